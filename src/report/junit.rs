use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::markup::escape;
use super::words::{self, FileView};
use super::{Options, ReportFormat};
use crate::verify::{Check, Finding, Part, Report};

/// JUnit's XML, which build servers read: a suite a file, a case a column and check.
#[derive(Debug)]
pub(super) struct Junit;

/// What the suite is called of what is about no one file.
const WHOLE: &str = "data set";

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
        let files = words::files(report);
        let checks = report.findings.iter().map(|finding| finding.check).chain([Check::Detector]).collect();
        let mut suites: Vec<(&str, Suite)> =
            files.iter().map(|file| (file.name, Suite::of(file, &checks, options))).collect();
        let mut whole = Suite::default();
        for gap in report.coverage.iter().filter(|gap| gap.file.is_none()) {
            whole.skip(WHOLE, "looked at", &words::gap(gap, options.rounding()));
        }
        if whole.tests > 0 {
            suites.push((WHOLE, whole));
        }
        let sum = |count: fn(&Suite) -> usize| suites.iter().map(|(_, suite)| count(suite)).sum::<usize>();
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(
            out,
            r#"<testsuites name="bowdler verify" tests="{}" failures="{}" errors="0" skipped="{}">"#,
            sum(|suite| suite.tests),
            sum(|suite| suite.failures),
            sum(|suite| suite.skipped),
        )?;
        for (name, suite) in &suites {
            let Suite { cases, tests, failures, skipped } = suite;
            let name = escape(name);
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
    fn of(file: &FileView<'_>, checks: &BTreeSet<Check>, options: &Options) -> Self {
        let mut suite = Self::default();
        for column in file.columns() {
            for check in checks {
                let in_cells =
                    |finding: &&&Finding| finding.part == Part::Cells && finding.column.as_ref() == Some(&column.name);
                let found: Vec<&Finding> =
                    file.findings.iter().filter(in_cells).filter(|of| of.check == *check).copied().collect();
                suite.case(file, &column.name, *check, &found, options);
            }
        }
        // What is not in the cells of a column that was looked at is a case only where something was found.
        let known: BTreeSet<&str> = file.columns().iter().map(|column| column.name.as_str()).collect();
        let elsewhere = |finding: &&Finding| {
            finding.part != Part::Cells || finding.column.as_deref().is_none_or(|column| !known.contains(column))
        };
        for finding in file.findings.iter().copied().filter(elsewhere) {
            suite.case(file, &words::place(finding), finding.check, &[finding], options);
        }
        // What was not looked at is a case of its own: beside a failure it would not be shown.
        for gap in &file.gaps {
            let column = gap.column.as_ref().map_or_else(String::new, |column| format!("{column}: "));
            suite.skip(file.name, &format!("{column}looked at"), &words::gap(gap, options.rounding()));
        }
        suite
    }

    fn case(&mut self, file: &FileView<'_>, place: &str, check: Check, found: &[&Finding], options: &Options) {
        let (counting, other): (Vec<&Finding>, Vec<&Finding>) = found.iter().partition(|finding| finding.counts());
        let check = check.name();
        self.tests += 1;
        let (class, name) = (escape(file.name), escape(&format!("{place}: {check}")));
        // Writing to a string can't fail.
        let _ = write!(self.cases, r#"    <testcase classname="{class}" name="{name}""#);
        if found.is_empty() {
            self.cases.push_str("/>\n");
            return;
        }
        self.cases.push_str(">\n");
        let lines = |findings: &[&Finding]| {
            let lines: Vec<String> = findings.iter().map(|finding| line(file, finding, options)).collect();
            escape_lines(&lines)
        };
        if !counting.is_empty() {
            self.failures += 1;
            let what: Vec<String> = counting.iter().map(|finding| words::what(finding)).collect();
            let _ = writeln!(
                self.cases,
                r#"      <failure type="{check}" message="{}">{}</failure>"#,
                escape(&format!("found: {}", what.join(", "))),
                lines(&counting)
            );
        }
        if !other.is_empty() {
            let _ = writeln!(self.cases, "      <system-out>{}</system-out>", lines(&other));
        }
        self.cases.push_str("    </testcase>\n");
    }

    fn skip(&mut self, class: &str, name: &str, why: &str) {
        self.tests += 1;
        self.skipped += 1;
        let (class, name, why) = (escape(class), escape(name), escape(why));
        let _ = writeln!(
            self.cases,
            r#"    <testcase classname="{class}" name="{name}"><skipped message="{why}"/></testcase>"#
        );
    }
}

/// What is said of a finding.
fn line(file: &FileView<'_>, finding: &Finding, options: &Options) -> String {
    let rounding = options.rounding();
    let count = words::counted(finding, file.count(finding, rounding));
    let mut line = format!("{} ({}): {count}", words::what(finding), words::grade(finding.grade));
    if let Some(why) = words::excuse(finding.standing) {
        let _ = write!(line, "; does not count: {why}");
    }
    for site in file.sites(finding, rounding) {
        let at = words::at(site).map_or_else(String::new, |at| format!("{at}: "));
        let _ = write!(line, "; {at}{}", site.shape);
    }
    line
}

/// Lines for content, each escaped by itself: what breaks a line inside one is shown by its number.
fn escape_lines(lines: &[String]) -> String {
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\n")
}
