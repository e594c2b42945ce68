//! The rules language: what a person may write, what is wrong with it, and what it means for the data found.
//!
//! [`Rules`] are as written; a [`Plan`] is what they come to for one file: rules, schema and key resolved into what
//! happens to each column. Whether something is left unlisted is decided in one place, `plan`.

mod advice;
mod arm;
mod compare;
mod diagnostic;
mod document;
mod encoding;
mod files;
mod leaf;
pub(crate) mod names;
mod partition;
mod pattern;
mod plan;
mod propose;
mod publish;
mod read;
mod spelling;
mod written;

use std::fmt;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::key::Suite;
use crate::transform::{Beside, Complaint};

pub use advice::{Advice, FileFacts};
pub use arm::{OnInvalid, OnNull};
pub use diagnostic::Rejected;
pub use document::{COMMON_PARAMETERS, COMMON_WORDS, ColumnType, CommonWord, CsvOptions, Table, Unlisted};
pub use encoding::Encoding;
pub use files::{Assignment, Listed};
pub use leaf::Leaf;
pub(crate) use leaf::{leaves, take_apart};
pub(crate) use partition::{Partition, Renamed, is_told, partition_folders, partitions, renamed, told, without_values};
pub(crate) use pattern::Pattern;
pub use plan::{Applied, Cell, Delivery, Distinct, LeafCounts, LeafReport, Nonconforming, Output, Plan};
pub use propose::{ColumnFacts, ColumnProposal, Demands, Proposal, Purpose, TableFacts, TableProposal, Takes, propose};
pub use spelling::pattern;
pub(crate) use spelling::percent_decoded;
pub use written::keep_all;

use document::Document;

/// The largest rules file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// A rules file, read and checked as far as that can be done without data.
pub struct Rules {
    name: String,
    text: String,
    /// The files beside it that it names, each with its digest.
    files: Vec<(String, blake3::Hash)>,
    document: Document,
}

impl Rules {
    /// Reads a rules file.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it can't be read, [`ErrorKind::Rules`] with every mistake in it if it is wrong.
    pub fn from_file(path: &Path) -> Result<Self> {
        let cannot = |error: std::io::Error| Error::io("read the rules", path, &error);
        if std::fs::metadata(path).map_err(cannot)?.len() > LARGEST {
            return Err(Error::new(ErrorKind::Rules, "the rules file is larger than 16 MiB").in_file(path));
        }
        let bytes = std::fs::read(path).map_err(cannot)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Error::new(ErrorKind::Rules, format!("the rules file is not UTF-8 at byte {at}")).in_file(path)
        })?;
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        Ok(Self::read(&path.to_string_lossy(), &text, Beside::folder(folder))?)
    }

    /// Reads rules from text; `name` is what messages call it. Rules that name files beside the rules file can't be read
    /// so: see [`parse_beside`](Self::parse_beside).
    ///
    /// # Errors
    /// Every mistake in it, each with its place.
    pub fn parse(name: &str, text: &str) -> Result<Self, Rejected> {
        Self::read(name, text, Beside::nothing())
    }

    /// Reads rules from text as if it stood in a file of `folder`, from which the paths of files start that it names.
    ///
    /// # Errors
    /// Every mistake in it, each with its place.
    pub fn parse_beside(name: &str, text: &str, folder: &Path) -> Result<Self, Rejected> {
        Self::read(name, text, Beside::folder(folder))
    }

    fn read(name: &str, text: &str, beside: Beside) -> Result<Self, Rejected> {
        let (document, complaints) = document::read(text, &beside);
        match document {
            Some(document) if complaints.is_empty() => {
                Ok(Self { name: name.to_owned(), text: text.to_owned(), files: beside.digests(), document })
            }
            _ => Err(Rejected::new(ErrorKind::Rules, name, text, complaints)),
        }
    }

    /// The tables of the rules, in the order in which they are written.
    pub fn tables(&self) -> &[Table] {
        &self.document.tables
    }

    /// The suite of keyed functions that the rules ask for.
    pub fn suite(&self) -> Suite {
        self.document.suite
    }

    /// What becomes of what no rule names.
    pub fn unlisted(&self) -> Unlisted {
        self.document.unlisted
    }

    /// The digest of the rules: BLAKE3, 64 hexadecimal digits. It is that of the rules file's text; where rules name
    /// files beside it, that of the digest of the text, followed by the name (as it is written, and a zero byte) and the
    /// digest of each of those, in the order of their names.
    pub fn digest(&self) -> String {
        let text = blake3::hash(self.text.as_bytes());
        if self.files.is_empty() {
            return text.to_hex().to_string();
        }
        let mut all = blake3::Hasher::new();
        all.update(text.as_bytes());
        for (name, digest) in &self.files {
            all.update(name.as_bytes()).update(&[0]).update(digest.as_bytes());
        }
        all.finalize().to_hex().to_string()
    }

    /// Complaints about data that does not fit, shown in the lines of these rules.
    fn reject(&self, complaints: Vec<Complaint>) -> Error {
        Rejected::new(ErrorKind::Data, &self.name, &self.text, complaints).into()
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rules({})", self.name)
    }
}
