use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::cli::args::InitArgs;
use crate::cli::printer::{Printer, count};
use crate::cli::progress::Meter;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::pipeline::{self, Survey};
use crate::rules::{Proposal, Purpose, Rules, propose};

/// `bowdler init`: looks at exports and writes rules for them.
pub(in crate::cli) fn run(args: &InitArgs, printer: &Printer) -> Result<ExitCode> {
    let meter = Meter::new(printer);
    let survey = pipeline::survey(&args.from, (!args.all).then_some(args.sample), args.encoding, &meter);
    meter.clear();
    let survey = survey?;
    let proposal = propose(&survey.tables, &survey.ignored, Purpose::Draft);
    let text = written(&proposal, &head(args, &survey))?;
    match &args.output {
        None => printer.print(&text)?,
        Some(output) => {
            save(output, &text)?;
            let columns: usize = proposal.tables.iter().map(|table| table.columns.len()).sum();
            let place = Place { file: Some(output.clone()), ..Place::default() };
            let (tables, columns) = (count(proposal.tables.len() as u64, "table"), count(columns as u64, "column"));
            printer.info(&place, &format!("rules for {tables} with {columns}; read them before you run them"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn head(args: &InitArgs, survey: &Survey) -> String {
    let rows: u64 = survey.files.iter().map(|file| file.rows).sum();
    let (rows, files) = (count(rows, "row"), count(survey.files.len() as u64, "file"));
    let looked = if args.all { "all rows" } else { "a sample" };
    format!(
        "Proposed by bowdler from {looked}, {rows} of {files}: a start, to be read and edited.\n\
         A column is kept only where its values gave evidence that nobody can be found by it. What follows each `#`\n\
         is why. `bowdler transforms` lists what else can be done to a column. Free text is dropped: `redact` keeps\n\
         it without what it recognises, and `run` publishes none that still holds values of the other columns."
    )
}

/// The rules as text, which are read once to make sure that `run` will take them.
pub(super) fn written(proposal: &Proposal, head: &str) -> Result<String> {
    let text = proposal.written(head);
    match Rules::parse("the proposed rules", &text) {
        Ok(_) => Ok(text),
        Err(_) => Err(Error::internal("the rules that were proposed can't be read")),
    }
}

/// Writes rules to a new file.
pub(super) fn save(path: &Path, text: &str) -> Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Error::new(ErrorKind::Usage, "the file exists, and rules are never overwritten").in_file(path)
        }
        _ => Error::io("make the rules file", path, &error),
    })?;
    file.write_all(text.as_bytes()).map_err(|error| Error::io("write the rules", path, &error))
}
