use std::path::Path;
use std::process::ExitCode;

use super::summary;
use crate::cli::args::{FormatArg, RunArgs};
use crate::cli::exit;
use crate::cli::printer::{Printer, count};
use crate::cli::progress::Meter;
use crate::error::{Error, Place, Result};
use crate::format::Format;
use crate::key::Keyring;
use crate::pipeline::{self, BLOCK_SIZE, Outcome, RunOptions};
use crate::rules::Rules;
use crate::verify::Survival;

/// `bowdler run`: sanitises exports and publishes the outcome.
pub(in crate::cli) fn run(args: &RunArgs, printer: &Printer) -> Result<ExitCode> {
    let rules = Rules::from_file(&args.rules)?;
    let (key, key_origin) = args.keys.given_or_random(printer)?;
    let keys = Keyring::new(key, rules.suite());
    let options = RunOptions {
        threads: args.threads,
        block_size: args.block_size.map_or(BLOCK_SIZE, |size| size.get()),
        replace: args.replace,
        format: args.to_format.map(|format| match format {
            FormatArg::Csv => Format::Csv,
            FormatArg::Parquet => Format::Parquet,
            FormatArg::Tsv => Format::Tsv,
            FormatArg::Psv => Format::Psv,
            FormatArg::Arrow => Format::Arrow,
            FormatArg::ArrowStream => Format::ArrowStream,
        }),
        key_origin,
        inputs: Vec::new(),
    };
    let meter = Meter::new(printer);
    let survival = Survival::new(&rules, &args.from, args.threads, &args.allow_survivors);
    let outcome = match args.check_survivors {
        true => pipeline::run_inspected(&rules, &args.from, &args.to, &keys, &options, &meter, &survival),
        false => pipeline::run(&rules, &args.from, &args.to, &keys, &options, &meter),
    };
    // Whatever came of it, the bars make way for what is said next.
    meter.clear();
    tell(&outcome?, &args.to, printer)
}

/// Says what came of a run: what was published, or why nothing was.
pub(super) fn tell(outcome: &Outcome, to: &Path, printer: &Printer) -> Result<ExitCode> {
    if printer.json() {
        printer.print_json(&outcome.manifest)?;
    }
    if outcome.published {
        summary::tell(outcome, to, printer);
        return Ok(ExitCode::SUCCESS);
    }
    tell_findings(outcome, printer);
    Ok(ExitCode::from(exit::DATA))
}

/// Says which values do not conform: of each column the first few with place and shape, and the count.
pub(super) fn tell_findings(outcome: &Outcome, printer: &Printer) {
    for file in &outcome.files {
        for column in &file.findings {
            for finding in &column.first {
                let reason = finding.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
                let message = format!("a value of shape {} does not conform to the rule{reason}", finding.shape);
                printer.error(&Error::data(message).at(finding.place.clone()));
            }
            let (values, verb) = (count(column.count, "value"), if column.count == 1 { "does" } else { "do" });
            let message =
                format!("{values} of column `{}` {verb} not conform to the rule; nothing was published", column.column);
            let file = column.first.first().and_then(|finding| finding.place.file.clone());
            let place = Place { file, ..Place::default() };
            let help = "`on_invalid = \"null\"` or \"token\" in the column's rule treats such values";
            printer.error(&Error::data(message).at(place).with_help(help));
        }
    }
}
