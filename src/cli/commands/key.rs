use std::process::ExitCode;

use serde::Serialize;

use crate::cli::args::{KeyArgs, KeyCommand};
use crate::cli::printer::Printer;
use crate::error::{Error, ErrorKind, Result};
use crate::key::Key;

#[derive(Serialize)]
struct Named {
    id: String,
}

/// `bowdler key new` and `bowdler key id`: both print the key's id.
pub(in crate::cli) fn run(args: &KeyArgs, printer: &Printer) -> Result<ExitCode> {
    let key = match &args.command {
        KeyCommand::New { file } => {
            let key = Key::generate()?;
            key.write_new(file)?;
            key
        }
        KeyCommand::Id { keys } => keys.given()?.ok_or_else(|| {
            Error::new(ErrorKind::Usage, "no key is named")
                .with_help("name it with --key-file, --key-command or --key-fd")
        })?,
    };
    let id = key.id().to_string();
    if printer.json() {
        printer.print_json(&Named { id })?
    } else {
        printer.print(&id)?
    }
    Ok(ExitCode::SUCCESS)
}
