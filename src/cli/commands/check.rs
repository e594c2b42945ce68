use std::process::ExitCode;

use serde::Serialize;

use crate::cli::args::CheckArgs;
use crate::cli::exit;
use crate::cli::printer::{Line, Printer, count};
use crate::cli::table::Table;
use crate::error::{Part, Result};
use crate::pipeline::{self, FileFit, Fit};
use crate::rules::{LeafReport, Rules};
use crate::transform::Fate;

/// The result of a check as JSON has it.
#[derive(Serialize)]
struct Report<'r> {
    /// The digest of the rules file.
    rules: String,
    tables: Vec<&'r str>,
    fits: bool,
    files: Vec<FileReport<'r>>,
    left_out: &'r [String],
    misfits: Vec<Line<'r>>,
    /// What is allowed, and weaker than it may look.
    warnings: Vec<Line<'r>>,
}

#[derive(Serialize)]
struct FileReport<'r> {
    path: &'r str,
    table: &'r str,
    format: String,
    fits: bool,
    columns: Vec<ColumnReport<'r>>,
}

/// What happens to a column, as JSON has it.
#[derive(Serialize)]
pub(super) struct ColumnReport<'r> {
    name: &'r str,
    #[serde(rename = "type")]
    data_type: String,
    pattern: Option<&'r str>,
    rule: Option<&'r str>,
    transform: &'static str,
    fate: &'static str,
    /// What a reader of the output can still learn.
    leaks: &'r [&'static str],
}

impl<'r> ColumnReport<'r> {
    pub(super) fn new(column: &'r LeafReport) -> Self {
        Self {
            name: &column.leaf.path,
            data_type: column.leaf.data_type.to_string(),
            pattern: column.pattern.as_deref(),
            rule: column.rule.as_deref(),
            transform: column.transform,
            fate: match column.fate {
                Fate::Keep => "keep",
                Fate::Drop => "drop",
                Fate::Rewrite => "rewrite",
            },
            leaks: &column.leaks,
        }
    }
}

/// `bowdler check`: the rules alone, or the rules and what exports look like.
pub(in crate::cli) fn run(args: &CheckArgs, printer: &Printer) -> Result<ExitCode> {
    let rules = Rules::from_file(&args.rules)?;
    let fit = match &args.from {
        None => Fit { advice: rules.advise(&[]), ..Fit::default() },
        Some(from) => pipeline::check(&rules, from, &args.allow_names)?,
    };
    printer.errors(&fit.misfits);
    // Where warnings decide the exit code, they are errors to whoever wants to hear of nothing else.
    if printer.talks() || args.strict {
        printer.advice(&fit.advice, !fit.misfits.is_empty());
    }
    let warnings = fit.advice.parts();
    if printer.json() {
        printer.print_json(&report(&rules, &fit, &warnings))?;
    } else if printer.talks() {
        printer.print(&text(&rules, args, &fit, printer.width()))?;
    }
    Ok(exit::code_of_findings(&fit.misfits, args.strict && !fit.advice.is_empty()))
}

fn report<'r>(rules: &'r Rules, fit: &'r Fit, warnings: &'r [Part]) -> Report<'r> {
    let file = |file: &'r FileFit| FileReport {
        path: &file.input.told,
        table: &file.table,
        format: file.input.format.to_string(),
        fits: file.columns.is_some(),
        columns: file.columns.iter().flatten().map(ColumnReport::new).collect(),
    };
    Report {
        rules: rules.digest(),
        tables: rules.tables().iter().map(|table| table.name.as_str()).collect(),
        fits: fit.misfits.is_empty(),
        files: fit.files.iter().map(file).collect(),
        left_out: &fit.left_out,
        misfits: fit.misfits.iter().flat_map(Line::of).collect(),
        warnings: warnings.iter().map(Line::of_advice).collect(),
    }
}

fn text(rules: &Rules, args: &CheckArgs, fit: &Fit, width: Option<usize>) -> String {
    let mut text = String::new();
    for file in &fit.files {
        let verdict = if file.columns.is_some() { "" } else { ": does not fit" };
        let mut table = Table::new(0);
        table.line([format!("{}: table {}, {}{verdict}", file.input.told, &file.table, file.input.format)]);
        text.push_str(&table.render(None));
        if let Some(columns) = &file.columns {
            text.push_str(&columns_table(columns).render(width));
        }
        text.push('\n');
    }
    let mut table = Table::new(0);
    for name in &fit.left_out {
        table.line([format!("{name}: left out, because no rule names it")]);
    }
    table.line([verdict(rules, args, fit)]);
    text.push_str(&table.render(None));
    text
}

fn columns_table(columns: &[LeafReport]) -> Table {
    let mut table = Table::new(2);
    table.line(["column", "type", "what happens", "rule"]);
    for column in columns {
        let happens = match (column.fate, column.transform, &column.rule) {
            (_, _, None) => "left out".to_owned(),
            (Fate::Keep, ..) => "kept".to_owned(),
            (Fate::Drop, ..) => "dropped".to_owned(),
            (Fate::Rewrite, "keep", _) => "kept in some rows".to_owned(),
            (Fate::Rewrite, transform, _) => format!("rewritten by {transform}"),
        };
        let rule = match (&column.rule, &column.pattern) {
            (Some(rule), Some(pattern)) if pattern != &column.leaf.path => format!("{pattern:?} = {rule}"),
            (Some(rule), _) => rule.clone(),
            (None, _) => "(none: unlisted = \"drop\")".to_owned(),
        };
        table.line([&column.leaf.path, &column.leaf.data_type.to_string(), &happens, &rule]);
    }
    table
}

fn verdict(rules: &Rules, args: &CheckArgs, fit: &Fit) -> String {
    let name = args.rules.display();
    if args.from.is_none() {
        return format!("{name}: nothing is wrong with the rules for {}", count(rules.tables().len() as u64, "table"));
    }
    let fitting = fit.files.iter().filter(|file| file.columns.is_some()).count();
    if fit.misfits.is_empty() {
        return format!("{name}: fits {}", count(fitting as u64, "file"));
    }
    format!("{name}: fits {fitting} of {}; see the errors", count(fit.files.len() as u64, "file"))
}
