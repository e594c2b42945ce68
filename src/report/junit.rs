use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::markup::escape;
use super::words;
use super::{ColumnReport, FileReport, FindingReport, Options, Report, ReportFormat};

/// JUnit's XML, which build servers read: a suite a file, a case a column and check.
#[derive(Debug)]
pub(super) struct Junit;

/// Cases of a suite, as they are counted.
#[derive(Debug, Default)]
struct Suite {
    cases: String,
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl ReportFormat for Junit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn summary(&self) -> &'static str {
        "JUnit XML, for build servers"
    }

    fn write(&self, report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        let suites: Vec<(&FileReport, Suite)> =
            report.files.iter().map(|file| (file, Suite::of(file, report, options))).collect();
        let sum = |count: fn(&Suite) -> usize| suites.iter().map(|(_, suite)| count(suite)).sum::<usize>();
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(
            out,
            r#"<testsuites name="bowdler verify" tests="{}" failures="{}" errors="0" skipped="{}">"#,
            sum(|suite| suite.tests),
            sum(|suite| suite.failures),
            sum(|suite| suite.skipped),
        )?;
        for (file, suite) in &suites {
            let Suite { cases, tests, failures, skipped } = suite;
            let name = escape(&file.path);
            writeln!(
                out,
                r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}">"#,
            )?;
            write!(out, "{cases}")?;
            writeln!(out, "  </testsuite>")?;
        }
        writeln!(out, "</testsuites>")
    }
}

impl Suite {
    fn of(file: &FileReport, report: &Report, options: &Options) -> Self {
        let mut suite = Self::default();
        if let Some(why) = &file.skipped {
            suite.skip(file, "the whole file", why);
        }
        for column in &file.columns {
            // A check that found something was made, whatever the list says.
            let found = column.findings.iter().map(|finding| &finding.check);
            let others: BTreeSet<&String> = found.filter(|check| !report.checks.contains(check)).collect();
            for check in report.checks.iter().chain(others) {
                suite.case(file, column, check, report, options);
            }
            // What is skipped is a case of its own: beside a failure it would not be shown.
            if !column.is_whole() {
                let why = column.skipped.as_deref().unwrap_or("not every cell was looked at");
                suite.skip(file, &format!("{}: all cells looked at", column.name), why);
            }
        }
        suite
    }

    fn case(&mut self, file: &FileReport, column: &ColumnReport, check: &str, report: &Report, options: &Options) {
        let of_check = column.findings.iter().filter(|finding| finding.check == check);
        let (failing, other): (Vec<_>, Vec<_>) = of_check.partition(|finding| report.fails(finding));
        let silent = failing.is_empty() && other.is_empty();
        if silent && column.scanned == 0 && !column.is_whole() {
            return;
        }
        self.tests += 1;
        let (class, name) = (escape(&file.path), escape(&format!("{}: {check}", column.name)));
        // Writing to a string can't fail.
        let _ = write!(self.cases, r#"    <testcase classname="{class}" name="{name}""#);
        if silent {
            self.cases.push_str("/>\n");
            return;
        }
        self.cases.push_str(">\n");
        let lines = |findings: &[&FindingReport]| {
            let lines: Vec<String> = findings.iter().map(|finding| line(column, finding, options)).collect();
            escape_lines(&lines)
        };
        if !failing.is_empty() {
            self.failures += 1;
            let what: Vec<String> = failing.iter().map(|finding| words::what(finding)).collect();
            let _ = writeln!(
                self.cases,
                r#"      <failure type="{}" message="{}">{}</failure>"#,
                escape(check),
                escape(&format!("found: {}", what.join(", "))),
                lines(&failing)
            );
        }
        if !other.is_empty() {
            let _ = writeln!(self.cases, "      <system-out>Below the threshold: {}</system-out>", lines(&other));
        }
        self.cases.push_str("    </testcase>\n");
    }

    fn skip(&mut self, file: &FileReport, name: &str, why: &str) {
        self.tests += 1;
        self.skipped += 1;
        let (class, name, why) = (escape(&file.path), escape(name), escape(why));
        let _ = writeln!(
            self.cases,
            r#"    <testcase classname="{class}" name="{name}"><skipped message="{why}"/></testcase>"#
        );
    }
}

/// What is said of a finding.
fn line(column: &ColumnReport, finding: &FindingReport, options: &Options) -> String {
    let rounding = options.rounding();
    let count = words::things(words::cells_of(finding, column, rounding), "cell", "cells");
    let mut line = format!("{} ({}): {count}", words::what(finding), words::grade(finding.grade));
    for spot in words::spots(finding, column, rounding) {
        let place = spot.line.map_or_else(|| format!("row {}", spot.row), |line| format!("line {line}"));
        let _ = write!(line, "; {place}: {}", spot.shape);
    }
    line
}

/// Lines for content, each escaped by itself: what breaks a line inside one is shown by its number.
fn escape_lines(lines: &[String]) -> String {
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\n")
}
