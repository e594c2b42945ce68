use std::process::ExitCode;

use crate::cli::args::{GradeArg, VerifyArgs};
use crate::cli::exit;
use crate::cli::printer::{Printer, count};
use crate::cli::progress::Meter;
use crate::cli::table::Table;
use crate::detect::Grade;
use crate::error::Result;
use crate::pipeline::BLOCK_SIZE;
use crate::rules::Rules;
use crate::verify::{Allow, Baseline, Finding, Gap, Patterns, Report, Site, Verdict, VerifyOptions, verify};

/// `bowdler verify`: looks for what of people is left in files.
pub(in crate::cli) fn run(args: &VerifyArgs, printer: &Printer) -> Result<ExitCode> {
    let rules = args.rules.as_deref().map(Rules::from_file).transpose()?;
    let options = VerifyOptions {
        threads: args.threads,
        block_size: args.block_size.map_or(BLOCK_SIZE, |size| size.get()),
        sample: args.sample,
        fail_on: match args.fail_on {
            GradeArg::Certain => Grade::Certain,
            GradeArg::Possible => Grade::Possible,
        },
        max: args.max,
        min_hits: args.min_hits,
        min_ratio: args.min_ratio,
        allow: args.allow.as_deref().map(Allow::from_file).transpose()?.unwrap_or_default(),
        patterns: args.patterns.as_deref().map(Patterns::from_file).transpose()?.unwrap_or_default(),
        baseline: args.baseline.as_deref().map(Baseline::from_file).transpose()?,
        rules: rules.as_ref(),
        manifests: !args.no_manifest,
        against: args.against.clone(),
    };
    let meter = Meter::new(printer);
    let report = verify(&args.paths, &options, &meter);
    meter.clear();
    let report = report?;
    if let Some(path) = &args.write_baseline {
        Baseline::of(&report).write(path)?;
    }
    if printer.json() {
        printer.print_json(&report)?;
    } else if printer.talks() {
        printer.print(&text(&report, printer.width()))?;
    }
    Ok(exit::code_of_verdict(report.verdict))
}

/// The report for a person: what counts, what was not looked at, and the verdict.
fn text(report: &Report, width: Option<usize>) -> String {
    let mut table = Table::new(0);
    for finding in report.findings.iter().filter(|finding| finding.counts()) {
        table.line([where_it_is(finding), finding.message.clone(), of(finding), sites(finding)]);
    }
    let mut text = table.render(width);
    for gap in &report.coverage {
        text.push_str(&told(gap));
    }
    let others = report.findings.iter().filter(|finding| !finding.counts()).count() as u64;
    if others > 0 {
        text.push_str(&format!("{} do not count; `--json` has them\n", count(others, "other finding")));
    }
    let verdict = match report.verdict {
        Verdict::Clean => "clean",
        Verdict::Findings => "findings",
        Verdict::Incomplete => "not everything could be looked at: nothing is claimed",
    };
    let totals = &report.totals;
    text.push_str(&format!(
        "{verdict}: {} in {} of {}, {} in {}\n",
        count(totals.cells, "cell"),
        count(totals.rows, "row"),
        count(totals.files, "file"),
        count(totals.hits, "hit"),
        count(totals.findings, "finding"),
    ));
    text
}

fn where_it_is(finding: &Finding) -> String {
    match &finding.column {
        Some(column) => format!("{}: {} of {column}", finding.file, finding.part.name()),
        None => format!("{}: {}", finding.file, finding.part.name()),
    }
}

fn of(finding: &Finding) -> String {
    format!("{} in {} of {}", count(finding.hits, "hit"), finding.cells, count(finding.of, "value"))
}

/// Where the first hits are.
fn sites(finding: &Finding) -> String {
    let site = |site: &Site| match (site.line, site.row) {
        (Some(line), _) => format!("line {line}: {}", site.shape),
        (None, Some(row)) => format!("row {row}: {}", site.shape),
        (None, None) => site.shape.clone(),
    };
    finding.sites.iter().take(3).map(site).collect::<Vec<_>>().join("; ")
}

fn told(gap: &Gap) -> String {
    let line = gap.line.map(|line| format!("line {line}"));
    let column = gap.column.as_ref().map(|column| format!("column {column}"));
    let place = gap.file.clone().into_iter().chain(line).chain(column).collect::<Vec<_>>().join(", ");
    let colon = if place.is_empty() { "" } else { ": " };
    let title = if gap.grave { "not looked at: " } else { "note: " };
    let help = gap.help.as_ref().map_or_else(String::new, |help| format!("\n  help: {help}"));
    format!("{title}{place}{colon}{}{help}\n", gap.message)
}
