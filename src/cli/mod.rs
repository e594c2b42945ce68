//! The command: the only rooms that print, read the environment or know a terminal.

mod args;
mod commands;
mod exit;
mod keys;
mod printer;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use printer::Printer;

/// Runs the command with these arguments, the program's name first, and gives its exit code.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are answers; everything else is a wrong command line. A reader that is gone is no matter.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(exit::USAGE) } else { ExitCode::SUCCESS };
        }
    };
    let printer = Printer::new(&args.output);
    let result = match args.command {
        Command::Run(args) => commands::run::run(&args, &printer),
        Command::Key(args) => commands::key::run(&args, &printer),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            printer.error(&error);
            exit::code(&error)
        }
    }
}
