use std::fmt::Write as _;
use std::io::{self, Write};

use console::measure_text_width;

use super::count::percent;
use super::words::{self, Coverage};
use super::{ColumnReport, FileReport, FindingReport, Options, Report, ReportFormat, Style, Verdict};
use crate::detect::Grade;
use crate::error::printable;

/// How many places of a finding are shown.
const SHOWN: usize = 3;

/// Lines for a terminal.
#[derive(Debug)]
pub(super) struct Text;

/// What a piece of text means, by which it is coloured.
#[derive(Debug, Clone, Copy)]
enum Tone {
    Name,
    Bad,
    Unsure,
    Good,
    Aside,
}

impl ReportFormat for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn summary(&self) -> &'static str {
        "Lines for a terminal, by file and column"
    }

    fn write(&self, report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        for file in &report.files {
            out.write_all(of_file(file, report, options).as_bytes())?;
        }
        out.write_all(verdict(report, options).as_bytes())
    }
}

/// What is to be said of a file: nothing, of one that is whole and has no findings.
fn of_file(file: &FileReport, report: &Report, options: &Options) -> String {
    let skipped = words::skipped(file);
    if skipped.is_empty() && file.findings().next().is_none() {
        return String::new();
    }
    let mut text = format!("{}\n", paint(&printable(&file.path), Tone::Name, options));
    for (column, why) in skipped {
        let name = column.map_or_else(String::new, |column| format!("{}: ", printable(&column.name)));
        let _ = writeln!(text, "  {} {name}{}", paint("skipped", Tone::Unsure, options), printable(why));
    }
    let lines: Vec<[String; 4]> =
        file.findings().map(|(column, finding)| cells(column, finding, report, options)).collect();
    let widths: Vec<usize> = (0..4)
        .map(|place| lines.iter().filter_map(|line| line.get(place)).map(|cell| measure_text_width(cell)).max())
        .map(Option::unwrap_or_default)
        .collect();
    for ((column, finding), line) in file.findings().zip(&lines) {
        text.push_str("  ");
        for ((cell, width), place) in line.iter().zip(&widths).zip(0..) {
            let blanks = " ".repeat(width.saturating_sub(measure_text_width(cell)));
            let tone = match (place, finding.grade) {
                (0, _) => Tone::Name,
                (1, Grade::Certain) => Tone::Bad,
                (1, Grade::Possible) => Tone::Unsure,
                _ => {
                    let _ = match place {
                        // Numbers stand to the right.
                        3 => write!(text, "{blanks}{cell}  "),
                        _ => write!(text, "{cell}{blanks}  "),
                    };
                    continue;
                }
            };
            let _ = write!(text, "{}{blanks}  ", paint(cell, tone, options));
        }
        let _ = writeln!(text, "{}", paint(places(column, finding, options).trim_end(), Tone::Aside, options));
    }
    text.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n") + "\n"
}

/// What is said of a finding, apart from where it is.
fn cells(column: &ColumnReport, finding: &FindingReport, report: &Report, options: &Options) -> [String; 4] {
    let below = if report.fails(finding) { "" } else { ", below threshold" };
    let count = words::cells_of(finding, column, options.rounding());
    [
        printable(&column.name),
        format!("{}{below}", words::grade(finding.grade)),
        printable(&format!("{}, by {}", words::what(finding), finding.check)),
        words::things(count, "cell ", "cells"),
    ]
}

/// Where the first values of a finding are, and what they look like.
fn places(column: &ColumnReport, finding: &FindingReport, options: &Options) -> String {
    let spots = words::spots(finding, column, options.rounding());
    let places: Vec<String> = spots
        .iter()
        .take(SHOWN)
        .map(|spot| match spot.line {
            Some(line) => format!("line {line}: {}", spot.shape),
            None => format!("row {}: {}", spot.row, spot.shape),
        })
        .collect();
    places.join(" | ")
}

/// The last lines: how far was looked, and what it comes to.
fn verdict(report: &Report, options: &Options) -> String {
    let rounding = options.rounding();
    let coverage = Coverage::of(words::columns(&report.files), rounding);
    let findings = report.findings().map(|(_, column, finding)| (column, finding));
    let (failing, other) = words::totals(report, findings, rounding);
    let share = coverage.share().map_or_else(String::new, |share| format!(" ({})", percent(share)));
    let verdict = report.verdict();
    let tone = match verdict {
        Verdict::Clean => Tone::Good,
        Verdict::Findings => Tone::Bad,
        Verdict::Incomplete => Tone::Unsure,
    };
    let columns = words::columns(&report.files).count();
    format!(
        "Looked at {}{share} in {columns} column{} of {} file{}: {failing} with findings that count, {other} with others.\n{} {}\n",
        words::things(coverage.scanned, "filled cell", "filled cells"),
        if columns == 1 { "" } else { "s" },
        report.files.len(),
        if report.files.len() == 1 { "" } else { "s" },
        paint(verdict.sentence(), tone, options),
        verdict.advice(),
    )
}

/// A piece of text in the colour of what it means.
fn paint(text: &str, tone: Tone, options: &Options) -> String {
    if options.style == Style::Plain || text.is_empty() {
        return text.to_owned();
    }
    let code = match tone {
        Tone::Name => "1",
        Tone::Bad => "1;31",
        Tone::Unsure => "33",
        Tone::Good => "32",
        Tone::Aside => "2",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}
