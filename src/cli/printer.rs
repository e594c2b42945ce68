use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::args::OutputArgs;
use crate::error::{Error, Result};

/// Where everything that is printed goes through: data to standard output, talk to standard error.
pub(super) struct Printer {
    quiet: bool,
    json: bool,
}

impl Printer {
    pub(super) fn new(output: &OutputArgs) -> Self {
        Self { quiet: output.quiet, json: output.json }
    }

    /// Whether the result is wanted as JSON.
    pub(super) fn json(&self) -> bool {
        self.json
    }

    /// Whether bars may be drawn.
    pub(super) fn draws(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Whether a person wants to be told how it goes.
    pub(super) fn talks(&self) -> bool {
        !self.quiet
    }

    /// Says something in passing.
    pub(super) fn note(&self, message: &str) {
        if self.talks() {
            self.say(&format!("note: {message}"));
        }
    }

    /// Says what went wrong and what to do.
    pub(super) fn error(&self, error: &Error) {
        let title = if error.is_report() { "" } else { "error: " };
        self.say(&format!("{title}{error}"));
        if let Some(help) = error.help() {
            self.say(&format!("  help: {help}"));
        }
    }

    /// Says a line on standard error. A reader that is gone is no matter.
    pub(super) fn say(&self, line: &str) {
        let _ = writeln!(io::stderr(), "{line}");
    }

    /// Prints a result for a person, on standard output.
    ///
    /// # Errors
    /// Standard output can't be written; a reader that is gone is no error.
    pub(super) fn print(&self, text: &str) -> Result<()> {
        self.put(&format!("{text}\n"))
    }

    /// Prints a result for a program, on standard output.
    ///
    /// # Errors
    /// Standard output can't be written; a reader that is gone is no error.
    pub(super) fn print_json(&self, value: &impl Serialize) -> Result<()> {
        let text =
            serde_json::to_string_pretty(value).map_err(|_| Error::internal("the result can't be written as JSON"))?;
        self.put(&format!("{text}\n"))
    }

    fn put(&self, text: &str) -> Result<()> {
        match io::stdout().write_all(text.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::io("write", "standard output".as_ref(), &error))
            }
            _ => Ok(()),
        }
    }
}
