use std::path::Path;

use super::manifest::columns;
use super::{FileOutcome, Inputs, Manifest, Outcome, Passage, Progress, RunOptions, Unseen, pass};
use crate::error::{Error, ErrorKind, Result};
use crate::key::Keyring;
use crate::rules::Rules;
use crate::transform::Fate;

/// Gives back the source values of a data set's reversible columns, with the key and the rules that it was made with, and
/// publishes the outcome as `to` as [`run`](super::run) does. All other columns are carried as they are.
///
/// What is published holds production data again, and its manifest says so.
///
/// # Errors
/// [`ErrorKind::Key`] if the data set was made with another key, [`ErrorKind::Rules`] if it was made by other rules,
/// [`ErrorKind::Usage`] if it has no reversible column; and as of [`run`](super::run). Whatever goes wrong, nothing of
/// the destination has changed. Values that were not encrypted with the key are no error: they come back as an
/// [`Outcome`] that was not published.
pub fn reveal(
    rules: &Rules,
    from: &Path,
    to: &Path,
    keys: &Keyring,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Outcome> {
    let manifest = Manifest::of(from)?;
    let refuse = |kind, message: String, help: &str| Err(Error::new(kind, message).in_file(from).with_help(help));
    if manifest.key.id != keys.id().to_string() {
        let message = format!("the data set was made with another key than {}", keys.id());
        return refuse(ErrorKind::Key, message, "its manifest says the id of the key, as `bowdler key id` prints it");
    }
    if manifest.rules != rules.digest() {
        let message = "the data set was made by other rules than these".to_owned();
        return refuse(ErrorKind::Rules, message, "take the rules file as it was then: its manifest says the digest");
    }
    if !manifest.files.iter().flat_map(|file| &file.columns).any(|column| column.reversible) {
        let message = "no column of the data set is reversible".to_owned();
        return refuse(ErrorKind::Usage, message, "only `encrypt` with `reversible = true` can be undone");
    }
    let inputs = Inputs::of_data_set(rules, from, &manifest)?;
    pass(&Passage::back(rules, &rules.published_tables(), keys), &inputs, from, to, options, progress, &Unseen)
}

/// The line of the manifest that says what was revealed.
pub(super) fn weakening(files: &[FileOutcome]) -> String {
    let revealed = columns(files, |leaf| leaf.fate == Fate::Rewrite);
    format!("revealed: source values stand again in {}", revealed.join(", "))
}
