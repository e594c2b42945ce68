use std::path::Path;

use super::{Input, Inputs, Passage};
use crate::error::{Error, Result};
use crate::key::{Key, Keyring};
use crate::rules::{LeafReport, Rules};

/// How rules and exports fit together.
#[derive(Debug, Default)]
pub struct Fit {
    /// The files that belong to tables, in the order of their names.
    pub files: Vec<FileFit>,
    /// The names of the files that are left out because no rule names them.
    pub left_out: Vec<String>,
    /// What does not fit, or could not be looked at: first what is wrong with the files as such, then file by file.
    pub misfits: Vec<Error>,
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
    let mut files = Vec::with_capacity(inputs.files().len());
    for input in inputs.files() {
        let columns = match passage.open(input, |source| source.delivery(input.format)) {
            Ok((_, plan)) => Some(plan.report().collect()),
            Err(error) => {
                misfits.push(error);
                None
            }
        };
        let table = rules.tables()[input.table].name.clone();
        files.push(FileFit { input: input.clone(), table, columns });
    }
    Ok(Fit { files, left_out: inputs.left_out().to_vec(), misfits })
}
