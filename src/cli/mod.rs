//! The command: the only rooms that print, read the environment or know a terminal.

mod args;
mod commands;
mod exit;
mod keys;
mod printer;
mod process;
mod progress;
mod signals;
mod table;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::error::ErrorKind;
use args::{Args, Command};
use printer::Printer;

/// Runs the command with these arguments, the program's name first, and gives its exit code.
///
/// For the process as a whole, core dumps are switched off and panics say nothing but their place.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    process::harden();
    process::mute_panics(Printer::default());
    process::guarded(|| run(args))
}

fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            if error.use_stderr() {
                Printer::default().usage(&error.render().to_string());
                return ExitCode::from(exit::USAGE);
            }
            // Help and version are answers. A reader that is gone is no matter.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
    };
    let printer = Printer::new(&args.output);
    process::mute_panics(printer);
    let result = match args.command {
        Command::Run(args) => commands::run::run(&args, &printer),
        Command::Check(args) => commands::check::run(&args, &printer),
        Command::Preview(args) => commands::preview::run(&args, &printer),
        Command::Reveal(args) => commands::reveal::run(&args, &printer),
        Command::Verify(args) => commands::verify::run(&args, &printer),
        Command::Init(args) => commands::init::run(&args, &printer),
        Command::Mask(args) => commands::mask::run(&args, &printer),
        Command::Transforms(args) => commands::transforms::run(&args, &printer),
        Command::Key(args) => commands::key::run(&args, &printer),
        Command::Completions(args) => commands::manual::completions(&args, &printer),
        Command::Man(args) => commands::manual::man(&args, &printer),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            signals::end(&printer);
            // Who reads no further needs no reason.
            if error.kind() != ErrorKind::Closed {
                printer.error(&error);
            }
            exit::code(&error)
        }
    }
}
