use crate::error::{Place, Shape};
use crate::format::{Digest, Encodings, Format};
use crate::rules::{LeafCounts, LeafReport};

use super::Manifest;

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// Whether the data set stands at the destination. If not, some values did not conform.
    pub published: bool,
    /// File by file, and of files that hold many tables table by table, in order.
    pub files: Vec<FileOutcome>,
    /// The manifest of the data set.
    pub manifest: Manifest,
}

/// What came of one file, or of one table of a file that holds many.
#[derive(Debug)]
pub struct FileOutcome {
    /// The table of the rules it belongs to.
    pub table: String,
    /// The name of the table in the file, where a file holds many; all of them have the same input and output.
    pub member: Option<String>,
    /// The input's path relative to the data set, and its format and digest.
    pub input: (String, Format, Digest),
    /// The same of the output.
    pub output: (String, Format, Digest),
    /// The encodings of the input and of the output; UTF-8 of what is no text.
    pub encodings: Encodings,
    /// Its rows.
    pub rows: u64,
    /// What happened to each leaf of the input.
    pub columns: Vec<(LeafReport, LeafCounts)>,
    /// Where values did not conform.
    pub findings: Vec<ColumnFindings>,
}

impl FileOutcome {
    /// Whether every value conformed to its column's transform.
    pub fn conforms(&self) -> bool {
        self.findings.is_empty()
    }
}

/// The values of one column that do not conform.
#[derive(Debug, Clone)]
pub struct ColumnFindings {
    /// The column, by name or path.
    pub column: String,
    /// How many there are.
    pub count: u64,
    /// The first few.
    pub first: Vec<Finding>,
}

/// One value that does not conform.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Where it stands.
    pub place: Place,
    /// What it looks like.
    pub shape: Shape,
    /// Why it does not conform, where the shape alone would not tell.
    pub reason: Option<String>,
}
