use std::path::Path;

use super::partition::output_name;
use super::{Input, Inputs, Passage};
use crate::error::{Error, Result};
use crate::format::{Compression, Source};
use crate::key::{Key, Keyring};
use crate::rules::{Advice, FileFacts, LeafReport, Rules};
use crate::transform::RowCount;

/// How rules and exports fit together.
#[derive(Debug, Default)]
pub struct Fit {
    /// The files that belong to tables, in the order of their names.
    pub files: Vec<FileFit>,
    /// The names of the files that are left out because no rule names them.
    pub left_out: Vec<String>,
    /// What does not fit, or could not be looked at: first what is wrong with the files as such, then file by file.
    pub misfits: Vec<Error>,
    /// What is allowed, and weaker than it may look.
    pub advice: Advice,
}

/// How one file fits its table.
#[derive(Debug)]
pub struct FileFit {
    /// The file.
    pub input: Input,
    /// The name of its table.
    pub table: String,
    /// What would happen to each leaf; none if the file does not fit.
    pub columns: Option<Vec<LeafReport>>,
    /// How many rows it has, as far as that can be told without reading them.
    pub rows: Option<RowCount>,
}

/// Binds the rules to every file that `from` is or holds, by headers and footers alone: no data is read.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) if there is nothing to look at. What does not fit is no error: it comes back
/// in [`Fit::misfits`], all of it at once.
pub fn check(rules: &Rules, from: &Path) -> Result<Fit> {
    // A plan needs a key, and what is asked of it here depends on none.
    let keys = Keyring::new(Key::generate()?, rules.suite());
    let passage = Passage::forward(rules, &keys);
    let (inputs, mut misfits) = Inputs::survey(rules, from)?;
    let mut files: Vec<FileFit> = Vec::with_capacity(inputs.files().len());
    for input in inputs.files() {
        let (rows, columns) = match passage.open(input, |source| source.delivery(input.format)) {
            Ok((source, plan)) => {
                let mut columns: Vec<LeafReport> = plan.report().collect();
                match output_name(&passage, input) {
                    Ok((_, partitions)) => columns.extend(partitions.columns.into_iter().map(|(leaf, _)| leaf)),
                    Err(error) => misfits.push(error),
                }
                (Some(rows(&source, input)), Some(columns))
            }
            Err(error) => {
                misfits.push(error);
                (None, None)
            }
        };
        let table = rules.tables()[input.table].name.clone();
        files.push(FileFit { input: input.clone(), table, columns, rows });
    }
    let mut rest = files.iter();
    for members in inputs.by_file() {
        // What does not fit by itself has been told already.
        if rest.by_ref().take(members.len()).filter(|file| file.columns.is_none()).count() == 0 {
            misfits.extend(passage.bind_members(members).err());
        }
    }
    let facts: Vec<FileFacts<'_>> = files
        .iter()
        .filter_map(|file| {
            Some(FileFacts {
                table: file.input.table,
                columns: file.columns.as_ref()?.iter().collect(),
                rows: file.rows,
            })
        })
        .collect();
    let advice = rules.advise(&facts);
    Ok(Fit { files, left_out: inputs.left_out().to_vec(), misfits, advice })
}

/// How many rows a file has: a footer says it, and of other files the size suggests it.
fn rows(source: &Source, input: &Input) -> RowCount {
    /// The bytes that a field of CSV takes up, about, with what stands round it.
    const FIELD: u64 = 8;
    /// What a table grows by, about, when it is decompressed.
    const GROWTH: u64 = 5;
    let growth = if Compression::of(&input.path).is_some() { GROWTH } else { 1 };
    match source.rows() {
        Some(rows) => RowCount::Exactly(rows),
        None => RowCount::About(input.bytes * growth / (FIELD * source.schema().fields().len().max(1) as u64)),
    }
}
