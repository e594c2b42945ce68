use crate::detect::{Entity, Grade};
use crate::error::Shape;

/// What a verification found and how far it looked. It has no place for a value: names, counts, places and shapes.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The checks that were made, by name, in the order in which they are shown.
    pub checks: Vec<String>,
    /// The lowest grade that fails the verification.
    pub threshold: Grade,
    /// File by file, in order.
    pub files: Vec<FileReport>,
}

/// One file of the data set.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReport {
    /// Its path relative to the data set, parted by `/`.
    pub path: String,
    /// The name of its format.
    pub format: String,
    /// Its rows, as far as they were read.
    pub rows: u64,
    /// Its columns and leaves, in order.
    pub columns: Vec<ColumnReport>,
    /// Why it was not looked at, or not to its end.
    pub skipped: Option<String>,
}

/// One column, or one leaf of a nested column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnReport {
    /// Its name or path.
    pub name: String,
    /// Its cells, nulls among them.
    pub cells: u64,
    /// Its nulls.
    pub nulls: u64,
    /// The cells that are not null and were looked at.
    pub scanned: u64,
    /// About how many different values it has, where that is known.
    pub distinct: Option<u64>,
    /// What was found, in the order in which it is shown.
    pub findings: Vec<FindingReport>,
    /// Why it was not looked at, or not whole.
    pub skipped: Option<String>,
}

/// What one check found of one kind in one column.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingReport {
    /// The check that found it, by name.
    pub check: String,
    /// What it is.
    pub entity: Entity,
    /// The name of the kind, where several are told apart; else that of the detector.
    pub kind: String,
    /// How sure it is.
    pub grade: Grade,
    /// The cells that have it.
    pub count: u64,
    /// Where the first few are.
    pub first: Vec<Spot>,
}

/// Where a value was found, and what it looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The row, the first being 1, the header not counted.
    pub row: u64,
    /// The line of the file on which the row starts, for formats that have lines; the first is 1.
    pub line: Option<u64>,
    /// What the value looks like.
    pub shape: Shape,
}

/// What a verification comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All was looked at, and nothing reaches the threshold.
    Clean,
    /// Something reaches the threshold.
    Findings,
    /// Nothing reaches the threshold in what was looked at, and that is not all: nothing is claimed.
    Incomplete,
}

impl Report {
    /// What it comes to.
    pub fn verdict(&self) -> Verdict {
        if self.findings().any(|(.., finding)| self.fails(finding)) {
            Verdict::Findings
        } else if self.files.is_empty() || self.files.iter().any(|file| !file.is_whole()) {
            Verdict::Incomplete
        } else {
            Verdict::Clean
        }
    }

    /// Whether a finding fails the verification.
    pub fn fails(&self, finding: &FindingReport) -> bool {
        finding.grade >= self.threshold
    }

    /// Every finding, with its file and column.
    pub fn findings(&self) -> impl Iterator<Item = (&FileReport, &ColumnReport, &FindingReport)> {
        self.files.iter().flat_map(|file| file.findings().map(move |(column, finding)| (file, column, finding)))
    }
}

impl FileReport {
    /// Every finding of the file, with its column.
    pub fn findings(&self) -> impl Iterator<Item = (&ColumnReport, &FindingReport)> {
        self.columns.iter().flat_map(|column| column.findings.iter().map(move |finding| (column, finding)))
    }

    /// Whether every cell of it was looked at.
    pub fn is_whole(&self) -> bool {
        self.skipped.is_none() && self.columns.iter().all(ColumnReport::is_whole)
    }
}

impl ColumnReport {
    /// The cells that hold something.
    pub fn filled(&self) -> u64 {
        self.cells.saturating_sub(self.nulls)
    }

    /// Whether every cell of it was looked at.
    pub fn is_whole(&self) -> bool {
        self.skipped.is_none() && self.scanned >= self.filled()
    }

    /// The grade of its surest finding.
    pub fn worst(&self) -> Option<Grade> {
        self.findings.iter().map(|finding| finding.grade).max()
    }
}

impl Verdict {
    /// Its name, in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Findings => "findings",
            Self::Incomplete => "incomplete",
        }
    }

    /// What it means, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Clean => "Clean: all of it was looked at, and nothing was found that counts.",
            Self::Findings => "Not clean: personal data was found.",
            Self::Incomplete => "Nothing is claimed: not all of it was looked at.",
        }
    }

    /// What to do, in a sentence.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Clean => "Nothing is to be done.",
            Self::Findings => "Keep the data set back, give each column above a rule that treats it, and verify again.",
            Self::Incomplete => "Mend what was skipped, or leave it out of the data set, and verify again.",
        }
    }
}
