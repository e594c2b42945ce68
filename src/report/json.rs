use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::count::Shown;
use super::words::{self, Coverage};
use super::{FileReport, Options, Report, ReportFormat};
use crate::detect::Grade;
use crate::error::is_printable;

/// The version of the schema. It changes if a field goes or its meaning changes; new fields may come at any time.
const VERSION: u32 = 1;

/// One JSON document.
///
/// A count is a number, or a text where small counts are not told: `"< 5"`, `">= 96"`. Names are as the data has them,
/// with what could drive a terminal written as `\uXXXX`.
#[derive(Debug)]
pub(super) struct Json;

#[derive(Serialize)]
struct Document<'r> {
    /// The version of the schema.
    version: u32,
    /// The version of bowdler.
    bowdler: &'static str,
    /// `clean`, `findings` or `incomplete`.
    verdict: &'static str,
    /// The lowest grade that fails the verification: `possible` or `certain`.
    threshold: Grade,
    /// The checks that were made, by name.
    checks: &'r [String],
    totals: Totals,
    files: Vec<File<'r>>,
}

#[derive(Serialize)]
struct Totals {
    files: usize,
    columns: usize,
    #[serde(flatten)]
    coverage: Coverage,
    /// Cells with findings at or above the threshold, and below it.
    failing: Shown,
    other: Shown,
}

#[derive(Serialize)]
struct File<'r> {
    /// Relative to the data set, parted by `/`.
    path: &'r str,
    format: &'r str,
    rows: Shown,
    /// Why it was not looked at, or not to its end; else null.
    skipped: Option<&'r str>,
    columns: Vec<Column<'r>>,
}

#[derive(Serialize)]
struct Column<'r> {
    name: &'r str,
    #[serde(flatten)]
    coverage: Coverage,
    /// About how many different values there are, where that is known; else null.
    distinct: Option<Shown>,
    /// Why it was not looked at, or not whole; else null.
    skipped: Option<&'r str>,
    findings: Vec<Finding<'r>>,
}

#[derive(Serialize)]
struct Finding<'r> {
    check: &'r str,
    entity: String,
    kind: &'r str,
    grade: Grade,
    /// Whether it is at or above the threshold.
    fails: bool,
    /// Cells.
    count: Shown,
    /// Where the first are.
    first: Vec<Place>,
}

#[derive(Serialize)]
struct Place {
    /// From 1, the header not counted.
    row: u64,
    /// From 1, for formats that have lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// Letters as `A`, `a` or `x`, digits as `9`.
    shape: String,
}

impl ReportFormat for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn summary(&self) -> &'static str {
        "One JSON document, for programs"
    }

    fn write(&self, report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        let rounding = options.rounding();
        let findings = report.findings().map(|(_, column, finding)| (column, finding));
        let (failing, other) = words::totals(report, findings, rounding);
        let document = Document {
            version: VERSION,
            bowdler: env!("CARGO_PKG_VERSION"),
            verdict: report.verdict().name(),
            threshold: report.threshold,
            checks: &report.checks,
            totals: Totals {
                files: report.files.len(),
                columns: words::columns(&report.files).count(),
                coverage: Coverage::of(words::columns(&report.files), rounding),
                failing,
                other,
            },
            files: report.files.iter().map(|file| of_file(file, report, options)).collect(),
        };
        write_json(&document, out)
    }
}

fn of_file<'r>(file: &'r FileReport, report: &Report, options: &Options) -> File<'r> {
    let rounding = options.rounding();
    let columns = file.columns.iter().map(|column| {
        let findings = column.findings.iter().map(|finding| Finding {
            check: &finding.check,
            entity: words::entity(finding.entity),
            kind: &finding.kind,
            grade: finding.grade,
            fails: report.fails(finding),
            count: words::cells_of(finding, column, rounding),
            first: words::spots(finding, column, rounding)
                .iter()
                .map(|spot| Place { row: spot.row, line: spot.line, shape: spot.shape.to_string() })
                .collect(),
        });
        Column {
            name: &column.name,
            coverage: Coverage::of_column(column, rounding),
            distinct: column.distinct.map(|distinct| rounding.alone(distinct)),
            skipped: column.skipped.as_deref(),
            findings: findings.collect(),
        }
    });
    File {
        path: &file.path,
        format: &file.format,
        rows: rounding.alone(file.rows),
        skipped: file.skipped.as_deref(),
        columns: columns.collect(),
    }
}

/// Writes a document, indented, ended by a line feed.
pub(super) fn write_json(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(document)?;
    writeln!(out, "{}", escaped_json(text))
}

/// JSON text with the characters escaped that JSON allows and a terminal obeys. They occur in its strings alone.
pub(crate) fn escaped_json(text: String) -> String {
    if text.chars().all(|c| is_printable(c) || c == '\n') {
        return text;
    }
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        if is_printable(c) || c == '\n' {
            escaped.push(c);
        } else {
            // All of them are in the basic plane: one unit of UTF-16. Writing to a string can't fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        }
        escaped
    })
}
