//! The command: parses, runs, and gives its exit code. All of it is in the library, where it can be tested.

use std::process::ExitCode;

fn main() -> ExitCode {
    bowdler::cli::main(std::env::args_os())
}
