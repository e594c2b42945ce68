use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use indicatif::HumanCount;
use serde::Serialize;

use super::args::{LogFormat, OutputArgs};
use crate::error::{Error, Part, Place, Result, printable};
use crate::report::escaped_json;
use crate::rules::Advice;

/// Where everything that is printed goes through: data to standard output, talk to standard error.
///
/// Whatever is printed, control characters other than line feeds are escaped on the way: names and values from outside
/// can't drive a terminal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Printer {
    quiet: bool,
    json: bool,
    log_format: LogFormat,
}

/// How much a line on standard error matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Error,
    Warning,
    Note,
    Info,
}

/// A line on standard error, as JSON has it.
#[derive(Serialize)]
pub(super) struct Line<'l> {
    level: Level,
    message: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<Cow<'l, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'l str>,
}

impl<'l> Line<'l> {
    fn new(level: Level, message: &'l str, place: &'l Place, help: Option<&'l str>) -> Self {
        Self {
            level,
            message,
            file: place.file.as_deref().map(Path::to_string_lossy),
            record: place.record,
            line: place.line,
            byte: place.byte,
            column: place.column.as_deref(),
            help,
        }
    }

    /// What an error tells: one line, or one for each of the things that it reports.
    pub(super) fn of(error: &'l Error) -> Vec<Self> {
        if !error.is_report() {
            return vec![Self::new(Level::Error, error.message(), error.place(), error.help())];
        }
        error.parts().iter().map(|part| Self::of_part(Level::Error, part)).collect()
    }

    /// A piece of advice.
    pub(super) fn of_advice(part: &'l Part) -> Self {
        Self::of_part(Level::Warning, part)
    }

    fn of_part(level: Level, part: &'l Part) -> Self {
        Self::new(level, &part.message, &part.place, part.help.as_deref())
    }
}

impl Printer {
    pub(super) fn new(output: &OutputArgs) -> Self {
        Self { quiet: output.quiet, json: output.json, log_format: output.log_format }
    }

    /// Whether the result is wanted as JSON.
    pub(super) fn json(&self) -> bool {
        self.json
    }

    /// Whether bars may be drawn.
    pub(super) fn draws(&self) -> bool {
        self.talks() && self.log_format == LogFormat::Text && io::stderr().is_terminal()
    }

    /// Whether a person wants to be told how it goes.
    pub(super) fn talks(&self) -> bool {
        !self.quiet
    }

    /// How many characters a line of standard output has room for, if that is a terminal.
    pub(super) fn width(&self) -> Option<usize> {
        let (_, columns) = console::Term::stdout().size_checked().filter(|_| io::stdout().is_terminal())?;
        Some(usize::from(columns))
    }

    /// Whether standard output takes colours.
    pub(super) fn paints(&self) -> bool {
        io::stdout().is_terminal() && console::colors_enabled()
    }

    /// Says something in passing that matters.
    pub(super) fn note(&self, place: &Place, message: &str) {
        self.tell(Level::Note, "note: ", place, message);
    }

    /// Says how it goes.
    pub(super) fn info(&self, place: &Place, message: &str) {
        self.tell(Level::Info, "", place, message);
    }

    /// Says a table of what was done, which nobody needs who wants quiet or reads logs by machine.
    pub(super) fn remarks(&self, text: &str) {
        if self.talks() && self.log_format == LogFormat::Text {
            self.say(text);
        }
    }

    /// Says that the command line is wrong, in words that have lines of their own.
    pub(super) fn usage(&self, report: &str) {
        self.say(report);
    }

    /// Says what went wrong and what to do.
    pub(super) fn error(&self, error: &Error) {
        match self.log_format {
            LogFormat::Text => {
                // A report has its own lines; any other message is one line, whatever the names in it hold.
                let message = match error.is_report() {
                    true => error.to_string(),
                    false => format!("error: {}", printable(&error.to_string())),
                };
                let help = error.help().map_or_else(String::new, |help| format!("\n  help: {}", printable(help)));
                self.say(&format!("{message}{help}"));
            }
            LogFormat::Json => Line::of(error).iter().for_each(|line| self.say_json(line)),
        }
    }

    /// Says one error after the other.
    pub(super) fn errors(&self, errors: &[Error]) {
        for (place, error) in errors.iter().enumerate() {
            // Reports take up several lines, and are easier to read apart.
            if place > 0 && self.log_format == LogFormat::Text {
                self.say("\n");
            }
            self.error(error);
        }
    }

    /// Says what is allowed and weaker than it may look, each thing in the lines of the rules; `after_errors` if others
    /// stand before it.
    pub(super) fn advice(&self, advice: &Advice, after_errors: bool) {
        if advice.is_empty() {
            return;
        }
        match self.log_format {
            LogFormat::Text => self.say(&format!("{}{advice}", if after_errors { "\n" } else { "" })),
            LogFormat::Json => advice.parts().iter().for_each(|part| self.say_json(&Line::of_advice(part))),
        }
    }

    fn tell(&self, level: Level, title: &str, place: &Place, message: &str) {
        if !self.talks() {
            return;
        }
        match self.log_format {
            LogFormat::Text => {
                let place = place.to_string();
                let colon = if place.is_empty() { "" } else { ": " };
                self.say(&format!("{title}{place}{colon}{}", printable(message)));
            }
            LogFormat::Json => self.say_json(&Line::new(level, message, place, None)),
        }
    }

    fn say_json(&self, line: &Line<'_>) {
        // A line of texts and numbers always has a form in JSON.
        self.say(&serde_json::to_string(line).map(escaped_json).unwrap_or_default());
    }

    /// Says lines on standard error. A reader that is gone is no matter.
    fn say(&self, lines: &str) {
        let _ = io::stderr().write_all(escaped(lines).as_bytes());
    }

    /// Prints a result for a person, on standard output.
    ///
    /// # Errors
    /// Standard output can't be written; a reader that is gone is no error.
    pub(super) fn print(&self, text: &str) -> Result<()> {
        self.put(escaped(text).as_bytes())
    }

    /// Prints a result for a program, on standard output.
    ///
    /// # Errors
    /// Standard output can't be written; a reader that is gone is no error.
    pub(super) fn print_json(&self, value: &impl Serialize) -> Result<()> {
        let text =
            serde_json::to_string_pretty(value).map_err(|_| Error::internal("the result can't be written as JSON"))?;
        self.put(format!("{}\n", escaped_json(text)).as_bytes())
    }

    /// Prints bytes as they are, on standard output. They must be bowdler's own.
    ///
    /// # Errors
    /// Standard output can't be written; a reader that is gone is no error.
    pub(super) fn put(&self, bytes: &[u8]) -> Result<()> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::io("write", "standard output".as_ref(), &error))
            }
            _ => Ok(()),
        }
    }
}

/// So many things, in words.
pub(super) fn count(number: u64, thing: &str) -> String {
    format!("{} {thing}{}", HumanCount(number), if number == 1 { "" } else { "s" })
}

/// Lines with every control character in them escaped, each ended by a line feed.
fn escaped(lines: &str) -> String {
    lines.lines().fold(String::with_capacity(lines.len() + 1), |mut text, line| {
        text.push_str(&printable(line));
        text.push('\n');
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::is_printable;

    #[test]
    fn nothing_printed_drives_a_terminal() {
        let text = "a\u{1b}[31m\nb\u{9b}c\u{202e}d\r\n";
        assert_eq!(escaped(text), "a\\u{1b}[31m\nb\\u{9b}c\\u{202e}d\n");
        let json = serde_json::to_string(text).map(escaped_json).unwrap();
        assert!(json.chars().all(is_printable));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
