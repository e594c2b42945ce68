use std::process::ExitCode;

use crate::cli::args::{FormatArg, RunArgs};
use crate::cli::exit;
use crate::cli::printer::Printer;
use crate::error::Result;
use crate::format::Format;
use crate::key::Keyring;
use crate::pipeline::{self, BLOCK_SIZE, Outcome, RunOptions, Silent};
use crate::rules::Rules;

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
    };
    let outcome = pipeline::run(&rules, &args.from, &args.to, &keys, &options, &Silent)?;
    if printer.json() {
        printer.print_json(&outcome.manifest)?;
    }
    if outcome.published {
        return Ok(ExitCode::SUCCESS);
    }
    tell_findings(&outcome, printer);
    Ok(ExitCode::from(exit::DATA))
}

/// Says which values do not conform: per column the count, and of the first few place and shape.
fn tell_findings(outcome: &Outcome, printer: &Printer) {
    for column in outcome.files.iter().flat_map(|file| &file.findings) {
        for finding in &column.first {
            printer.say(&format!("error: {}: a value of shape {} does not conform", finding.place, finding.shape));
        }
        printer.say(&format!("error: {} values of column `{}` do not conform", column.count, column.column));
    }
    printer.say("  help: nothing was published; `on_invalid = \"null\"` or \"token\" treats such values");
}
