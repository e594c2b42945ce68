use std::process::ExitCode;

use super::{init, run, summary};
use crate::cli::args::MaskArgs;
use crate::cli::exit;
use crate::cli::printer::{Printer, count};
use crate::cli::progress::Meter;
use crate::cli::signals;
use crate::cli::table::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::format::{Format, is_standard};
use crate::key::Keyring;
use crate::pipeline::{self, RunOptions, Survey};
use crate::rules::{Proposal, Purpose, Rules, propose};
use crate::verify::Survival;

/// `bowdler mask`: looks at all of a file, then sanitises it by the rules that this gives.
pub(in crate::cli) fn run(args: &MaskArgs, printer: &Printer) -> Result<ExitCode> {
    if args.from.is_dir() && Format::at(&args.from).is_none() {
        let help = "for a folder, let `bowdler init` propose rules, read them, and use `bowdler run`";
        return Err(Error::new(ErrorKind::Usage, "`mask` is for one file").in_file(&args.from).with_help(help));
    }
    if args.look.check_survivors && is_standard(&args.output) {
        let message = "what goes through a pipe can't be read again to look for survivors";
        return Err(Error::new(ErrorKind::Usage, message).with_help("write a file, or leave out `--check-survivors`"));
    }
    if let Some(rules) = args.save_rules.as_ref().filter(|rules| rules.exists()) {
        return Err(Error::new(ErrorKind::Usage, "the file exists, and rules are never overwritten").in_file(rules));
    }
    let (key, key_origin) = args.keys.given_or_random(printer)?;
    let meter = Meter::new(printer);
    let survey = pipeline::survey(&args.from, None, args.encoding, &meter);
    meter.clear();
    let survey = survey?;
    let proposal = propose(&survey.tables, &survey.ignored, Purpose::Now);
    let text = init::written(&proposal, &head(&survey))?;
    let rules = Rules::parse("the rules of this run", &text)?;
    let options = RunOptions {
        threads: args.threads,
        replace: args.replace,
        key_origin,
        inputs: survey.files.iter().map(|file| file.digest).collect(),
        ..RunOptions::default()
    };
    let survival = Survival::new(&rules, &args.from)
        .on(options.threads, options.block_size)
        .looking(args.look.looks(is_standard(&args.output)), &args.look.allow_survivors);
    let keys = Keyring::new(key, rules.suite());
    let meter = Meter::new(printer);
    signals::heed(*printer);
    let outcome = pipeline::run_inspected(&rules, &args.from, &args.output, &keys, &options, &meter, &survival);
    meter.clear();
    let outcome = outcome?;
    if printer.json() {
        printer.print_json(&outcome.manifest)?;
    }
    if !outcome.published {
        run::tell_findings(&outcome, printer);
        return Ok(ExitCode::from(exit::DATA));
    }
    if let Some(path) = &args.save_rules {
        init::save(path, &text)?;
    }
    printer.remarks(&table(&proposal).render(printer.width()));
    summary::tell(&outcome, &args.output, printer);
    Ok(ExitCode::SUCCESS)
}

fn head(survey: &Survey) -> String {
    let rows: u64 = survey.files.iter().map(|file| file.rows).sum();
    format!(
        "What `bowdler mask` did, by all {} of the file. A column was kept only on evidence that nobody can be found\n\
         by it, which holds for these rows alone: read the rules before you run them on others.",
        count(rows, "row")
    )
}

/// What happened to each column, and why.
fn table(proposal: &Proposal) -> Table {
    let mut table = Table::new(2);
    table.line(["column", "what happened", "why"]);
    for of in &proposal.tables {
        if proposal.tables.len() > 1 {
            table.line([format!("{}:", of.name)]);
        }
        for column in &of.columns {
            let class = &column.classification;
            let what = class.entity.map_or_else(String::new, |entity| format!("{}: ", entity.replace('_', " ")));
            table.line([&column.path, &happened(&column.rule), &format!("{what}{}", class.why)]);
        }
    }
    table
}

/// The rule without its punctuation.
fn happened(rule: &str) -> String {
    let words = rule.trim_matches(['{', '}', ' ']).replace("do = ", "").replace('"', "");
    match words.as_str() {
        "keep" => "kept".to_owned(),
        "drop" => "dropped".to_owned(),
        "null" => "emptied".to_owned(),
        other => other.to_owned(),
    }
}
