use std::path::Path;
use std::process::ExitCode;

use crate::cli::args::{GradeArg, VerifyArgs};
use crate::cli::exit;
use crate::cli::printer::Printer;
use crate::cli::progress::Meter;
use crate::detect::Grade;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::BLOCK_SIZE;
use crate::report::{self, Options, Style};
use crate::rules::Rules;
use crate::verify::{Allow, Baseline, Patterns, SurvivorFilter, VerifyOptions, verify};

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
        encoding: args.encoding,
        against: args.against.clone(),
        survivors: args.survivors.as_deref().map(|file| filter(file, args)).transpose()?,
    };
    let meter = Meter::new(printer);
    let found = verify(&args.paths, &options, &meter);
    meter.clear();
    let found = found?;
    if let Some(path) = &args.write_baseline {
        Baseline::of(&found).write(path)?;
    }
    let name = args.format.unwrap_or(if printer.json() { "json" } else { "text" });
    let format = report::format(name).ok_or_else(|| Error::internal("a format that is listed is not there"))?;
    let style = if args.output.is_none() && printer.paints() { Style::Colour } else { Style::Plain };
    let mut out = Vec::new();
    report::write(format, &found, &Options { round_below: args.round_below, style }, &mut out)
        .map_err(|_| Error::internal("the report can't be written"))?;
    match &args.output {
        Some(path) => std::fs::write(path, &out).map_err(|error| Error::io("write", path, &error))?,
        None if name == "text" && !printer.talks() => {}
        None => printer.put(&out)?,
    }
    Ok(exit::code_of_verdict(found.verdict))
}

/// The filter that a run has left, with its key.
fn filter(file: &Path, args: &VerifyArgs) -> Result<SurvivorFilter> {
    let key = args.keys.given()?.ok_or_else(|| {
        Error::new(ErrorKind::Key, "a filter of survivors tells nothing without the key that it was made with")
            .with_help("give the key of the run, by `--key-file` or another key option")
    })?;
    SurvivorFilter::open(file, key)
}
