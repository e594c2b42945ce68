use std::process::ExitCode;

use super::run::tell;
use crate::cli::args::RevealArgs;
use crate::cli::printer::Printer;
use crate::cli::progress::Meter;
use crate::cli::signals;
use crate::error::{Error, ErrorKind, Result};
use crate::key::Keyring;
use crate::pipeline::{self, RunOptions};
use crate::rules::Rules;

/// `bowdler reveal`: gives back the source values of a data set's reversible columns.
pub(in crate::cli) fn run(args: &RevealArgs, printer: &Printer) -> Result<ExitCode> {
    let rules = Rules::from_file(&args.rules)?;
    let key = args.keys.given()?.ok_or_else(|| {
        Error::new(ErrorKind::Key, "nothing is revealed without the key that the data set was made with")
            .with_help("name it by `--key-file`, `--key-command` or `--key-fd`")
    })?;
    let keys = Keyring::new(key, rules.suite());
    let options = RunOptions { threads: args.threads, replace: args.replace, ..RunOptions::default() };
    let meter = Meter::new(printer);
    signals::heed(*printer);
    let outcome = pipeline::reveal(&rules, &args.from, &args.to, &keys, &options, &meter);
    meter.clear();
    tell(&outcome?, &args.to, printer)
}
