use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::FileOutcome;
use super::publish::manifest_path;
use crate::error::{Error, ErrorKind, Result};
use crate::key::Keyring;
use crate::rules::{Encoding, FileFacts, LeafReport, Rules, Unlisted};
use crate::transform::{Fate, RowCount};

/// The version of the way tokens are made. It changes if one value's token would.
const TOKEN_FORMAT: u32 = 1;

/// What is known of a data set: how it was made and what was done to it. No values, no names of people or machines.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Manifest {
    /// The version of bowdler that made it.
    pub bowdler: String,
    /// The version of the way tokens are made.
    pub token_format: u32,
    /// The suite of keyed functions.
    pub suite: String,
    /// The key that tokens were made with.
    pub key: KeyManifest,
    /// The BLAKE3 digest of the rules file.
    pub rules: String,
    /// What is weaker than it would be by default, each in a line.
    pub weakenings: Vec<String>,
    /// The files of the data set.
    pub files: Vec<FileManifest>,
    /// The input files that no rule names and that were left out.
    pub left_out: Vec<String>,
    /// The verdict of the check that every published data set has passed.
    pub check: String,
}

/// A key in a manifest.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct KeyManifest {
    /// Its check value.
    pub id: String,
    /// Where it was from.
    pub origin: KeyOrigin,
}

/// Where a key was from.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum KeyOrigin {
    /// It was given: the same tokens come out again.
    Given,
    /// It was made for the run and forgotten: its tokens link to nothing.
    Random,
}

/// One file of a data set, or one table of a file that holds many.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct FileManifest {
    /// The table of the rules it belongs to.
    pub table: String,
    /// The name of the table in the file, where a file holds many: then there is one entry for each.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub member: Option<String>,
    /// What it was made of.
    pub input: InputManifest,
    /// What it is.
    pub output: OutputManifest,
    /// Its rows.
    pub rows: u64,
    /// The columns of the input and what became of them.
    pub columns: Vec<ColumnManifest>,
}

/// The input of a file.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct InputManifest {
    /// Its path relative to the data set.
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its digest.
    pub blake3: String,
    /// The encoding of a text that is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub encoding: Option<String>,
}

/// The output of a file.
pub type OutputManifest = InputManifest;

/// What became of one column or leaf.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct ColumnManifest {
    /// Its name or path.
    pub name: String,
    /// Its type in the input.
    #[serde(rename = "type")]
    pub data_type: String,
    /// The rule as written; none for what was left out because no rule names it.
    pub rule: Option<String>,
    /// Whether the rule says that the source values may be had back with the key.
    #[serde(default)]
    pub reversible: bool,
    /// Nulls, if the values were looked at.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nulls: Option<u64>,
    /// Values that are not what they were.
    pub changed: u64,
    /// Values that are what they were.
    pub kept: u64,
    /// Values that did not conform to the transform; in a published data set they became what `on_invalid` says.
    pub invalid: u64,
}

impl Manifest {
    /// Reads the manifest that stands in a data set, or beside it if it is a single file.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it can't be read, [`ErrorKind::Data`] if it is none.
    pub fn of(data_set: &Path) -> Result<Self> {
        let path = manifest_path(data_set);
        let text =
            std::fs::read(&path).map_err(|error| Error::io("read the manifest of the data set", &path, &error))?;
        // The reason is not told: it may quote what the file holds.
        serde_json::from_slice(&text)
            .map_err(|_| Error::new(ErrorKind::Data, "this is no manifest of a data set").in_file(&path))
    }

    /// Writes the manifest to a new file that only its owner can read.
    ///
    /// # Errors
    /// The file exists, or can't be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let cannot = |error: std::io::Error| Error::io("write the manifest", path, &error);
        let mut text =
            serde_json::to_string_pretty(self).map_err(|_| Error::internal("the manifest can't be written"))?;
        text.push('\n');
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(cannot)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(cannot)
    }

    pub(super) fn new(
        rules: &Rules,
        keys: &Keyring,
        origin: KeyOrigin,
        left_out: &[String],
        files: &[FileOutcome],
    ) -> Self {
        let mut weakenings = Vec::new();
        if keys.suite() != crate::key::Suite::default() {
            weakenings.push(format!("suite {}: not an approved algorithm", keys.suite().name()));
        }
        if rules.unlisted() == Unlisted::Drop {
            weakenings.push("unlisted = \"drop\": what no rule names is left out without a word".to_owned());
        }
        let facts: Vec<FileFacts<'_>> = files.iter().filter_map(|file| facts(rules, file)).collect();
        weakenings.extend_from_slice(rules.advise(&facts).weakenings());
        let reversible = columns(files, |leaf| leaf.reversible);
        if !reversible.is_empty() {
            weakenings.push(format!("reversible: the key gives back the source values of {}", reversible.join(", ")));
        }
        Self {
            bowdler: env!("CARGO_PKG_VERSION").to_owned(),
            token_format: TOKEN_FORMAT,
            suite: keys.suite().name().to_owned(),
            key: KeyManifest { id: keys.id().to_string(), origin },
            rules: rules.digest(),
            weakenings,
            files: files.iter().map(FileManifest::new).collect(),
            left_out: left_out.to_vec(),
            check: "passed".to_owned(),
        }
    }
}

/// What is known of a file now that it has been read.
fn facts<'f>(rules: &Rules, file: &'f FileOutcome) -> Option<FileFacts<'f>> {
    let table = rules.tables().iter().position(|table| table.name == file.table)?;
    let columns = file.columns.iter().map(|(leaf, _)| leaf).collect();
    Some(FileFacts { table, columns, rows: Some(RowCount::Exactly(file.rows)) })
}

/// The columns of all files for which something holds, `table.column`, each once, in order.
pub(super) fn columns(files: &[FileOutcome], holds: impl Fn(&LeafReport) -> bool) -> Vec<String> {
    let columns: BTreeSet<String> = files
        .iter()
        .flat_map(|file| file.columns.iter().map(move |(leaf, _)| (file, leaf)))
        .filter(|(_, leaf)| holds(leaf))
        .map(|(file, leaf)| format!("{}.{}", file.table, leaf.leaf.path))
        .collect();
    columns.into_iter().collect()
}

impl FileManifest {
    fn new(file: &FileOutcome) -> Self {
        let other = |encoding: Encoding| (encoding != Encoding::Utf8).then(|| encoding.to_string());
        let end = |(path, _, digest): &(String, _, crate::format::Digest), encoding| InputManifest {
            path: path.clone(),
            bytes: digest.bytes,
            blake3: digest.hash.to_hex().to_string(),
            encoding: other(encoding),
        };
        let columns = file.columns.iter().map(|(leaf, counts)| {
            let seen = counts.nulls + counts.changed + counts.kept + counts.invalid > 0 || file.rows == 0;
            // A column that was carried past the plan is what it was, every row of it, and one that was dropped is gone.
            let (changed, kept) = match (seen, leaf.fate) {
                (true, _) => (counts.changed, counts.kept),
                (false, Fate::Keep) => (0, file.rows),
                (false, _) => (file.rows, 0),
            };
            ColumnManifest {
                name: leaf.leaf.path.clone(),
                data_type: leaf.leaf.data_type.to_string(),
                rule: leaf.rule.clone(),
                reversible: leaf.reversible,
                nulls: seen.then_some(counts.nulls),
                changed,
                kept,
                invalid: counts.invalid + counts.treated,
            }
        });
        Self {
            table: file.table.clone(),
            member: file.member.clone(),
            input: end(&file.input, file.encodings.input),
            output: end(&file.output, file.encodings.output),
            rows: file.rows,
            columns: columns.collect(),
        }
    }
}
