use std::path::Path;
use std::process::ExitCode;

use super::summary;
use crate::cli::args::{FormatArg, RunArgs};
use crate::cli::exit;
use crate::cli::printer::{Printer, count};
use crate::cli::progress::Meter;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::format::Format;
use crate::key::Keyring;
use crate::pipeline::{self, BLOCK_SIZE, KeyOrigin, Outcome, RunOptions};
use crate::rules::Rules;
use crate::verify::{NewFilter, Survival, SurvivalLook};

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
        }),
        key_origin,
        inputs: Vec::new(),
    };
    let filter = args.survivors.as_deref().map(|file| filter(file, args, &keys, key_origin)).transpose()?;
    let meter = Meter::new(printer);
    let looks = match (args.check_survivors, args.no_check_survivors) {
        (true, _) => SurvivalLook::Everywhere,
        (_, true) => SurvivalLook::Nowhere,
        _ => SurvivalLook::Open,
    };
    let survival = Survival::new(&rules, &args.from)
        .on(options.threads, options.block_size)
        .looking(looks, &args.allow_survivors)
        .leaving(filter);
    let outcome = pipeline::run_inspected(&rules, &args.from, &args.to, &keys, &options, &meter, &survival);
    // Whatever came of it, the bars make way for what is said next.
    meter.clear();
    tell(&outcome?, &args.to, printer)
}

/// Prepares the filter that the run is to leave.
fn filter(file: &Path, args: &RunArgs, keys: &Keyring, origin: KeyOrigin) -> Result<NewFilter> {
    if origin == KeyOrigin::Random {
        let message = "a filter of survivors takes a key that is given: a random one is forgotten, and nothing could be \
                       looked for";
        return Err(Error::new(ErrorKind::Key, message)
            .with_help("make one with `bowdler key new FILE`, and name it by `--key-file`"));
    }
    NewFilter::prepare(file, &args.from, &args.to, keys, args.replace)
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
