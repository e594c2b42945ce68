//! Which file, and which table of a dump, belongs to which table of the rules: the closed world of files.

use super::partition::told;
use super::spelling::key;
use super::{Rules, Table, Unlisted};
use crate::error::Error;
use crate::transform::Complaint;

/// A file's place in the rules, or that of a table in a dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignment {
    /// It holds rows of the table with this place in [`Rules::tables`].
    Table(usize),
    /// It is no data: not read, not copied.
    Ignored,
    /// No rule names it, and the rules say that such a file is left out.
    LeftOut,
}

/// A file of a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its path relative to the data set, with `/` between the parts.
    pub name: String,
    /// The names of its tables, if it is a dump.
    pub tables: Option<Vec<String>>,
}

impl Listed {
    /// A file that is one table.
    pub fn file(name: &str) -> Self {
        Self { name: name.to_owned(), tables: None }
    }
}

impl Rules {
    /// Assigns each file of a data set, and each table of its dumps. `whole` says that these are all files of it, so
    /// that a table or a pattern of the rules which matches none is a mistake.
    ///
    /// A table of the rules without `files` is for dumps. In a dump, a table is that of the rules with the same name, or
    /// with the name that is left without its schema.
    ///
    /// There is one assignment for a file, or for a dump one for each of its tables. Beside them comes what does not
    /// fit, all of it at once, as an error of [`ErrorKind::Data`](crate::ErrorKind::Data): a file or a table that no
    /// rule names (under `unlisted = "error"`), a file that two name, a pattern that matches no file. What does not fit
    /// is left out.
    pub fn assign(&self, files: &[Listed], whole: bool) -> (Vec<Vec<Assignment>>, Option<Error>) {
        let mut complaints = Vec::new();
        let mut assignments = Vec::with_capacity(files.len());
        for file in files {
            assignments.push(match &file.tables {
                None => vec![self.assign_file(&file.name, &mut complaints)],
                Some(_) if self.ignores(&file.name) => vec![Assignment::Ignored],
                Some(tables) => {
                    let assign = |table: &String| self.assign_table(Some(&file.name), table, &mut complaints);
                    tables.iter().map(assign).collect()
                }
            });
        }
        if whole {
            self.find_unused(files, &assignments, &mut complaints);
        }
        let misfit = (!complaints.is_empty()).then(|| self.reject(complaints));
        (assignments, misfit)
    }

    /// Whether a file is no data, as `ignore` has it. A file that a table names is data.
    pub fn ignores(&self, file: &str) -> bool {
        let named = || self.tables().iter().any(|table| table.names(file));
        self.document.ignore.iter().any(|pattern| pattern.matches(file)) && !named()
    }

    /// The name of a file of a table as it may be told: what stands in the names of its folders are cells, and those that
    /// are not kept are told as their shapes.
    pub fn told(&self, table: usize, file: &str) -> String {
        told(file, |key| self.rule_of(table, key) == Some("\"keep\""))
    }

    /// Assigns a table of a dump that comes through a pipe.
    ///
    /// # Errors
    /// No rule names it, under `unlisted = "error"`.
    pub fn assign_met(&self, table: &str) -> Result<Assignment, Error> {
        let mut complaints = Vec::new();
        let assignment = self.assign_table(None, table, &mut complaints);
        if complaints.is_empty() { Ok(assignment) } else { Err(self.reject(complaints)) }
    }

    fn assign_file(&self, file: &str, complaints: &mut Vec<Complaint>) -> Assignment {
        let named = self.tables().iter().enumerate().filter(|(_, table)| table.names(file));
        let tables: Vec<usize> = named.map(|(place, _)| place).collect();
        match tables[..] {
            [place] => Assignment::Table(place),
            [] if self.ignores(file) => Assignment::Ignored,
            [] if self.unlisted() == Unlisted::Drop => Assignment::LeftOut,
            [] => {
                complaints.push(
                    Complaint::new(0..0, format!("the file {} belongs to no table", told(file, |_| false)))
                        .help("name it in the `files` of a table, or under `ignore` if it is no data"),
                );
                Assignment::LeftOut
            }
            [first, second, ..] => {
                let (first, second) = (&self.tables()[first], &self.tables()[second]);
                complaints.push(Complaint::new(
                    second.span.clone(),
                    format!(
                        "the file {} belongs to two tables, {} and {}",
                        told(file, |_| false),
                        first.name,
                        second.name
                    ),
                ));
                Assignment::LeftOut
            }
        }
    }

    /// Assigns a table of a dump: to the table of the rules with its whole name if there is one.
    fn assign_table(&self, file: Option<&str>, name: &str, complaints: &mut Vec<Complaint>) -> Assignment {
        let short = name.rsplit('.').next().unwrap_or(name);
        let is_for = |table: &Table| file.is_none_or(|file| table.files.is_empty() || table.names(file));
        let of_name = |name: &str| self.tables().iter().position(|table| table.name == name && is_for(table));
        match of_name(name).or_else(|| of_name(short)) {
            Some(place) => Assignment::Table(place),
            None if self.unlisted() == Unlisted::Drop => Assignment::LeftOut,
            None => {
                let of = file.map_or_else(String::new, |file| format!(" of {file}"));
                complaints.push(
                    Complaint::new(0..0, format!("the table {name}{of} is none of the rules"))
                        .help(format!("write `[tables.{}]`, without `files`, and its columns", key(short))),
                );
                Assignment::LeftOut
            }
        }
    }

    /// Complains of what of the rules matches nothing.
    fn find_unused(&self, files: &[Listed], assignments: &[Vec<Assignment>], complaints: &mut Vec<Complaint>) {
        for (place, table) in self.tables().iter().enumerate() {
            for (span, pattern) in &table.files {
                if !files.iter().any(|file| pattern.matches(&file.name)) {
                    complaints.push(
                        Complaint::new(span.clone(), "no file matches this pattern")
                            .help("patterns are relative to the folder that is read"),
                    );
                }
            }
            let is_used = || assignments.iter().flatten().any(|found| *found == Assignment::Table(place));
            if table.files.is_empty() && !is_used() {
                complaints.push(
                    Complaint::new(table.span.clone(), format!("no dump has a table {}", table.name))
                        .help("a table that is in files of its own says in `files` which they are"),
                );
            }
        }
    }
}

impl Table {
    /// Whether one of its `files` matches the name.
    fn names(&self, file: &str) -> bool {
        self.files.iter().any(|(_, pattern)| pattern.matches(file))
    }
}
