use serde::Serialize;

use crate::detect::{Class, Entity, Grade};

/// The version of the form in which a report is serialised. It changes if a field goes or means something else.
pub const REPORT_FORMAT: u32 = 1;

/// What a verification found, and what it could not look at. No values: names, places, counts and shapes.
///
/// The same data gives the same report, however many threads looked at it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The version of the report's form: [`REPORT_FORMAT`].
    pub format: u32,
    /// The version of bowdler that made it.
    pub bowdler: String,
    /// What it comes to.
    pub verdict: Verdict,
    /// How sure a finding must be to count.
    pub fail_on: Grade,
    /// How many hits in findings that count are tolerated.
    pub max: u64,
    /// Sums over everything.
    pub totals: Totals,
    /// The files, in the order of their names.
    pub files: Vec<FileReport>,
    /// Everything that was found, in the order of files and columns.
    pub findings: Vec<Finding>,
    /// What was not looked at, or only in part, and what was left out of a check by a rule of the check.
    pub coverage: Vec<Gap>,
    /// What was asked for that makes the verdict weaker than by default, each in a line.
    pub weakenings: Vec<String>,
}

/// What a verification comes to. The order is that of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything was looked at, and nothing was found that counts.
    Clean,
    /// Everything was looked at, and more was found than is allowed.
    Findings,
    /// Something could not be looked at: nothing is claimed, whatever was found elsewhere.
    Incomplete,
}

/// Sums over all files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Files that were looked at.
    pub files: u64,
    /// Tables of dumps among what was looked at.
    pub tables: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Rows that were looked at.
    pub rows: u64,
    /// Cells that were looked at: values of leaves, nulls left out.
    pub cells: u64,
    /// Hits in findings that count.
    pub hits: u64,
    /// Findings that count.
    pub findings: u64,
    /// Hits that the allow list, or the rules of the data set, explain.
    pub allowed: u64,
}

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// Its name as the path that was given leads to it, with `/` between the parts. What was found in the name itself is
    /// replaced by its shape.
    pub name: String,
    /// Its format: `CSV` or `Parquet`; none if that is not known.
    #[serde(rename = "type")]
    pub format: Option<String>,
    /// The table of the rules that it belongs to, where rules or a manifest say so.
    pub table: Option<String>,
    /// Its length in bytes.
    pub bytes: u64,
    /// The BLAKE3 digest of its bytes, 64 hexadecimal digits; none if it was not read to its end.
    pub blake3: Option<String>,
    /// Its rows that were looked at.
    pub rows: u64,
    /// Its columns and leaves, in the order of the file.
    pub columns: Vec<ColumnReport>,
}

/// A column, or a leaf of a nested one, that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnReport {
    /// Its name or path.
    pub name: String,
    /// Its type as it was read.
    #[serde(rename = "type")]
    pub data_type: String,
    /// The rule that made it, where rules or a manifest say so.
    pub rule: Option<String>,
    /// Its values, nulls left out.
    pub cells: u64,
    /// Its nulls.
    pub nulls: u64,
}

/// One kind of thing that was found in one column, or in one other place of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The name of the file.
    pub file: String,
    /// What of the file it was found in.
    pub part: Part,
    /// The column or leaf; of [`Part::Metadata`], the key.
    pub column: Option<String>,
    /// Which check found it.
    pub check: Check,
    /// What it is; none where the check does not tell, as for survivors, own patterns and broken rules.
    pub entity: Option<Entity>,
    /// What that means for the person whose it is.
    pub class: Option<Class>,
    /// The name of its kind: that of the detector or of its kind, of the own pattern, of the rule that does not hold.
    pub kind: String,
    /// How sure it is.
    pub grade: Grade,
    /// What was found, in words written here.
    pub message: String,
    /// How many hits there are, exactly.
    pub hits: u64,
    /// How many cells have one, exactly.
    pub cells: u64,
    /// How many cells were looked at where they are.
    pub of: u64,
    /// The first few, in the order of the file.
    pub sites: Vec<Site>,
    /// Whether it counts, and if not, why.
    pub standing: Standing,
    /// What a baseline knows it by: 32 hexadecimal digits, made of file, part, column, check, kind and grade; not of
    /// values nor counts.
    pub fingerprint: String,
}

impl Finding {
    /// Whether it counts against the verdict.
    pub fn counts(&self) -> bool {
        self.standing == Standing::Counts
    }
}

/// What of a file a finding is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Its name, or that of a folder it is in, such as a partition.
    FileName,
    /// The name of a column or leaf.
    ColumnName,
    /// A text that its writer left beside the data, such as a key-value pair of a Parquet footer.
    Metadata,
    /// The least and greatest values that a Parquet footer or page index notes of a column.
    Statistics,
    /// The cells.
    Cells,
    /// The file as a whole.
    File,
}

/// What finds things. The checks share nothing with one another: two over one list would be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The detectors: what has the shape of personal data.
    Detector,
    /// Patterns and word lists of one's own.
    Pattern,
    /// Values of the source that stand in the output.
    Survivor,
    /// Columns that are not what their rule makes.
    Rule,
    /// Files that are not those that the manifest of the data set tells of.
    Manifest,
}

/// Where one hit is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Site {
    /// The number of its row in the file, from 1, the header not counted; none outside cells.
    pub row: Option<u64>,
    /// The line of the file on which its record starts, from 1, in formats that have lines.
    pub line: Option<u64>,
    /// The shape of what was found: `9999 9999 9999 9999`.
    pub shape: String,
}

/// Whether a finding counts, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It counts.
    Counts,
    /// It is only possible, and only what is certain counts.
    OnlyPossible,
    /// It is possible, and too few values of its column agree.
    TooFew,
    /// The baseline knows it, with at least as many hits.
    InBaseline,
    /// All its hits are in ranges that standards keep for examples and tests, so that they are nobody's.
    Reserved,
}

/// Something that was not looked at, or only in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The name of the file; none if it is about all of them.
    pub file: Option<String>,
    /// The column or leaf, if it is about one.
    pub column: Option<String>,
    /// The row at which reading stopped, from 1, where that is known.
    pub row: Option<u64>,
    /// The line at which reading stopped, from 1, where that is known.
    pub line: Option<u64>,
    /// What was not looked at and why, in words written here.
    pub message: String,
    /// How many there are of what the message tells of. Where small counts are not told, nothing of this is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<String>,
    /// What can be done about it, where that is known.
    pub help: Option<String>,
    /// Whether the verdict is incomplete for it. What was asked for, such as a sample, and what a check leaves out by
    /// its own rule is told without that.
    pub grave: bool,
    /// Whether it is reading that failed, not understanding.
    pub io: bool,
}

impl Part {
    /// Its name as a report has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::FileName => "file-name",
            Self::ColumnName => "column-name",
            Self::Metadata => "metadata",
            Self::Statistics => "statistics",
            Self::Cells => "cells",
            Self::File => "file",
        }
    }
}

impl Check {
    /// Its name as a report has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Detector => "detector",
            Self::Pattern => "pattern",
            Self::Survivor => "survivor",
            Self::Rule => "rule",
            Self::Manifest => "manifest",
        }
    }
}

impl Gap {
    /// Something that makes the verdict incomplete.
    pub(super) fn grave(file: &str, message: &str, help: Option<&str>) -> Self {
        Self { grave: true, ..Self::told(Some(file), message, help) }
    }

    /// Something that is only told.
    pub(super) fn told(file: Option<&str>, message: &str, help: Option<&str>) -> Self {
        Self {
            file: file.map(str::to_owned),
            column: None,
            row: None,
            line: None,
            message: message.to_owned(),
            counts: None,
            help: help.map(str::to_owned),
            grave: false,
            io: false,
        }
    }

    pub(super) fn of_io(self) -> Self {
        Self { io: true, ..self }
    }
}
