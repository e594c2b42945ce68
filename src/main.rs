use std::process::ExitCode;

fn main() -> ExitCode {
    bowdler::cli::main(std::env::args_os())
}
