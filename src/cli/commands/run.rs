use std::path::Path;
use std::process::ExitCode;

use super::summary;
use crate::cli::args::{CompressionArg, RunArgs};
use crate::cli::exit;
use crate::cli::printer::{Printer, count};
use crate::cli::progress::Meter;
use crate::cli::signals;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::format::{Compression, STANDARD, is_standard};
use crate::key::Keyring;
use crate::pipeline::{self, BLOCK_SIZE, KeyOrigin, Outcome, Packing, PipedAs, RunOptions};
use crate::rules::Rules;
use crate::verify::{NewFilter, Survival};

/// `bowdler run`: sanitises exports and publishes the outcome.
pub(in crate::cli) fn run(args: &RunArgs, printer: &Printer) -> Result<ExitCode> {
    let (from, to) = ends(args)?;
    if printer.json() && is_standard(to) {
        return Err(usage("`--json` and the data can't both go to standard output")
            .with_help("write the manifest to a file by `--manifest`"));
    }
    if args.manifest.is_some() && !is_standard(to) {
        return Err(usage("the manifest stands in the data set, or beside it").with_help("leave out `--manifest`"));
    }
    let rules = Rules::from_file(&args.rules)?;
    let (key, key_origin) = args.keys.given_or_random(printer)?;
    let keys = Keyring::new(key, rules.suite());
    let options = RunOptions {
        threads: args.threads,
        block_size: args.block_size.map_or(BLOCK_SIZE, |size| size.get()),
        replace: args.replace,
        format: args.to_format,
        packing: match args.compress {
            None => Packing::Kept,
            Some(CompressionArg::None) => Packing::Plain,
            Some(CompressionArg::Gzip) => Packing::In(Compression::Gzip),
            Some(CompressionArg::Zstd) => Packing::In(Compression::Zstd),
        },
        key_origin,
        inputs: Vec::new(),
        piped: PipedAs { table: args.table.clone(), format: args.format },
        allow_names: args.allow_names.clone(),
    };
    signals::heed(*printer);
    let filter =
        args.survivors.as_deref().map(|file| filter(file, (from, to), args.replace, &keys, key_origin)).transpose()?;
    let meter = Meter::new(printer);
    let survival = Survival::new(&rules, from)
        .on(options.threads, options.block_size)
        .looking(args.look.looks(is_standard(from) || is_standard(to)), &args.look.allow_survivors)
        .leaving(filter);
    let outcome = pipeline::run_inspected(&rules, from, to, &keys, &options, &meter, &survival);
    // Whatever came of it, the bars make way for what is said next.
    meter.clear();
    let outcome = outcome?;
    if let Some(path) = args.manifest.as_ref().filter(|_| outcome.published) {
        outcome.manifest.write(path)?;
    }
    tell(&outcome, to, printer)
}

/// Where a run reads and where it writes.
fn ends(args: &RunArgs) -> Result<(&Path, &Path)> {
    let from = args.export.as_deref().or(args.from.as_deref()).ok_or_else(|| usage("no export is named"))?;
    let to = args.to.as_deref().or_else(|| is_standard(from).then_some(Path::new(STANDARD)));
    let to = to.ok_or_else(|| usage("no destination is named").with_help("say by `--to` where to publish"))?;
    let is_piped = is_standard(from) || is_standard(to);
    if (args.look.check_survivors || args.survivors.is_some()) && is_piped {
        return Err(usage("what goes through a pipe can't be read again to look for survivors")
            .with_help("read and write files, or leave out `--check-survivors` and `--survivors`"));
    }
    if (args.format.is_some() || args.table.is_some()) && !is_standard(from) {
        return Err(usage("`--format` and `--table` are of standard input")
            .with_help("files are known by their names: `files` of the rules, and the ending"));
    }
    Ok((from, to))
}

fn usage(message: &str) -> Error {
    Error::new(ErrorKind::Usage, message)
}

/// Prepares the filter that the run is to leave.
fn filter(
    file: &Path,
    (from, to): (&Path, &Path),
    replace: bool,
    keys: &Keyring,
    origin: KeyOrigin,
) -> Result<NewFilter> {
    if origin == KeyOrigin::Random {
        let message = "a filter of survivors takes a key that is given: a random one is forgotten, and nothing could be \
                       looked for";
        return Err(Error::new(ErrorKind::Key, message)
            .with_help("make one with `bowdler key new FILE`, and name it by `--key-file`"));
    }
    NewFilter::prepare(file, from, to, keys, replace)
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
