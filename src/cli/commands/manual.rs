use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::args::{Args, CompletionsArgs, ManArgs};
use crate::cli::printer::Printer;
use crate::error::{Error, Result};

/// `bowdler completions`: prints a script for a shell.
pub(in crate::cli) fn completions(args: &CompletionsArgs, printer: &Printer) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "bowdler", &mut script);
    printer.put(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// `bowdler man`: prints the main page, or writes the page of every command.
pub(in crate::cli) fn man(args: &ManArgs, printer: &Printer) -> Result<ExitCode> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    match &args.to {
        None => printer.put(&page(command)?)?,
        Some(folder) => {
            fs::create_dir_all(folder).map_err(|error| Error::io("make the folder", folder, &error))?;
            write_pages(command, folder)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the page of a command and of each command below it.
fn write_pages(command: Command, folder: &Path) -> Result<()> {
    for below in command.get_subcommands() {
        write_pages(below.clone(), folder)?;
    }
    let name = command.get_display_name().unwrap_or(command.get_name());
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, page(command)?).map_err(|error| Error::io("write the manual page", &path, &error))
}

fn page(command: Command) -> Result<Vec<u8>> {
    let mut page = Vec::new();
    let source = concat!("bowdler ", env!("CARGO_PKG_VERSION"));
    Man::new(command)
        .source(source)
        .render(&mut page)
        .map_err(|_| Error::internal("a manual page can't be written"))?;
    Ok(page)
}
