//! Which file belongs to which table: the closed world of files.

use super::{Rules, Unlisted};
use crate::error::Error;
use crate::transform::Complaint;

/// A file's place in the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignment {
    /// It holds rows of the table with this place in [`Rules::tables`].
    Table(usize),
    /// It is no data: not read, not copied.
    Ignored,
    /// No rule names it, and the rules say that such a file is left out.
    LeftOut,
}

impl Rules {
    /// Assigns each file of a data set, by its path relative to the data set, with `/` between the parts. `whole` says
    /// that these are all files of it, so that a pattern which matches none is a mistake.
    ///
    /// Beside the assignments comes what does not fit, all of it at once, as an error of
    /// [`ErrorKind::Data`](crate::ErrorKind::Data): a file that no table names (under `unlisted = "error"`), a file
    /// that two name, a pattern that matches no file. A file that does not fit is left out.
    pub fn assign(&self, files: &[String], whole: bool) -> (Vec<Assignment>, Option<Error>) {
        let mut complaints = Vec::new();
        let mut assignments = Vec::with_capacity(files.len());
        for file in files {
            let tables: Vec<usize> = self
                .tables()
                .iter()
                .enumerate()
                .filter(|(_, table)| table.files.iter().any(|(_, pattern)| pattern.matches(file)))
                .map(|(place, _)| place)
                .collect();
            let assignment = match tables[..] {
                [place] => Assignment::Table(place),
                [] if self.document.ignore.iter().any(|pattern| pattern.matches(file)) => Assignment::Ignored,
                [] if self.unlisted() == Unlisted::Drop => Assignment::LeftOut,
                [] => {
                    complaints.push(
                        Complaint::new(0..0, format!("the file {file} belongs to no table"))
                            .help("name it in the `files` of a table, or under `ignore` if it is no data"),
                    );
                    Assignment::LeftOut
                }
                [first, second, ..] => {
                    let (first, second) = (&self.tables()[first], &self.tables()[second]);
                    complaints.push(Complaint::new(
                        second.span.clone(),
                        format!("the file {file} belongs to two tables, {} and {}", first.name, second.name),
                    ));
                    Assignment::LeftOut
                }
            };
            assignments.push(assignment);
        }
        if whole {
            for (span, pattern) in self.tables().iter().flat_map(|table| &table.files) {
                if !files.iter().any(|file| pattern.matches(file)) {
                    complaints.push(
                        Complaint::new(span.clone(), "no file matches this pattern")
                            .help("patterns are relative to the folder that is read"),
                    );
                }
            }
        }
        let misfit = (!complaints.is_empty()).then(|| self.reject(complaints));
        (assignments, misfit)
    }
}
