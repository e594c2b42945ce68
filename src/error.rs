//! The one error of the library: a kind, a place, and words that were written here.
//!
//! An [`Error`] never carries a value from the data, and never another crate's error as its source: those quote the
//! cell they failed on. What the reader of a message needs to see of a value is its [`Shape`].

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

mod shape;

pub use shape::Shape;

/// A result of the library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, as far as a caller decides anything by it. The command maps each kind to one exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call makes no sense: an argument, a destination that exists, an input over an output.
    Usage,
    /// The rules file is wrong in itself.
    Rules,
    /// There is no usable key where one was named.
    Key,
    /// The data does not fit the rules: an unlisted or missing column, a malformed file, a value out of its domain.
    Data,
    /// Reading or writing failed.
    Io,
    /// Whoever read the output has closed it before its end.
    Closed,
    /// The process was asked to stop before its end.
    Stopped,
    /// A promise of the program did not hold. A bug, never the data's fault.
    Internal,
}

/// Where in the input it went wrong. Every part is optional; numbers count from 1, bytes from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, as the person named or would name it.
    pub file: Option<PathBuf>,
    /// The record among the data records of the file, the header not counted.
    pub record: Option<u64>,
    /// The line of the file on which the record or the cell starts.
    pub line: Option<u64>,
    /// The byte of the file at which the record or the cell starts.
    pub byte: Option<u64>,
    /// The column's name or path.
    pub column: Option<String>,
}

impl Place {
    /// Moves a place that counts from the start of a block to count from the start of its file.
    pub(crate) fn after(mut self, records: u64, lines: u64) -> Self {
        self.record = self.record.map(|record| record + records);
        self.line = self.line.map(|line| line + lines);
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(file) = &self.file {
            parts.push(printable(&file.to_string_lossy()));
        }
        if let Some(line) = self.line {
            parts.push(format!("line {line}"));
        }
        if let Some(record) = self.record {
            parts.push(format!("record {record}"));
        }
        if let Some(byte) = self.byte {
            parts.push(format!("byte {byte}"));
        }
        if let Some(column) = &self.column {
            parts.push(format!("column `{}`", printable(column)));
        }
        f.write_str(&parts.join(", "))
    }
}

/// One of the several things that an error reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it is: in the rules file, for what is wrong between rules and data.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

/// What went wrong, where, and what to do about it.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    place: Place,
    message: String,
    help: Option<String>,
    /// What the message is a report of, where it is one: several things, each with its own place and help.
    parts: Vec<Part>,
    /// Whether the place is counted from the start of the file, whatever part of it was at hand.
    is_of_whole_file: bool,
}

impl Error {
    /// Makes an error of `kind`. `message` is the author's own words: never a value, never another error's text.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            place: Place::default(),
            message: message.into(),
            help: None,
            parts: Vec::new(),
            is_of_whole_file: false,
        }))
    }

    /// Makes an error whose message is a report of several things, which `parts` tells one by one.
    pub(crate) fn report(kind: ErrorKind, report: String, parts: Vec<Part>) -> Self {
        let mut error = Self::new(kind, report);
        error.0.parts = parts;
        error
    }

    /// Makes one error of several: itself, if it is one alone, or else a report of them all, one after the other, of the
    /// kind of the first that is no misfit of the data.
    pub(crate) fn all(errors: Vec<Self>) -> Option<Self> {
        let (first, rest) = errors.split_first()?;
        if rest.is_empty() {
            return Some(first.clone());
        }
        let kind = errors.iter().map(Self::kind).find(|kind| *kind != ErrorKind::Data).unwrap_or(ErrorKind::Data);
        let report = errors.iter().map(Self::text).collect::<Vec<_>>().join("\n\n");
        Some(Self::report(kind, report, errors.iter().flat_map(Self::as_parts).collect()))
    }

    /// The error as it stands in a report.
    fn text(&self) -> String {
        if self.is_report() {
            return self.message().to_owned();
        }
        let help = self.help().map_or_else(String::new, |help| format!("\n  help: {}", printable(help)));
        format!("error: {}{help}", printable(&self.to_string()))
    }

    fn as_parts(&self) -> Vec<Part> {
        if self.is_report() {
            return self.parts().to_vec();
        }
        let (place, message) = (self.place().clone(), self.message().to_owned());
        vec![Part { place, message, help: self.help().map(str::to_owned) }]
    }

    pub(crate) fn data(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Data, message)
    }

    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, message)
    }

    /// Makes an error of a failed call of the operating system. Its words are the system's for the error number, or
    /// the standard library's for the kind: neither holds data.
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        let cause = match error.raw_os_error() {
            Some(number) => io::Error::from_raw_os_error(number).to_string(),
            None => error.kind().to_string(),
        };
        let kind = if error.kind() == io::ErrorKind::BrokenPipe { ErrorKind::Closed } else { ErrorKind::Io };
        Self::new(kind, format!("cannot {doing}: {cause}")).in_file(path)
    }

    pub(crate) fn in_file(mut self, file: &Path) -> Self {
        self.0.place.file.get_or_insert_with(|| file.to_path_buf());
        self
    }

    /// Calls a file, or a folder with the files in it, by a name that may be told.
    pub(crate) fn told_as(mut self, file: &Path, told: &Path) -> Self {
        let parts = self.0.parts.iter_mut().map(|part| &mut part.place);
        for place in parts.chain([&mut self.0.place]) {
            let inside = place.file.as_deref().and_then(|place| place.strip_prefix(file).ok());
            if let Some(inside) = inside {
                place.file = Some(if inside.as_os_str().is_empty() { told.to_path_buf() } else { told.join(inside) });
            }
        }
        self
    }

    /// Calls columns by names that may be told.
    pub(crate) fn columns_told(mut self, told: impl Fn(&str) -> String) -> Self {
        let parts = self.0.parts.iter_mut().map(|part| &mut part.place);
        for place in parts.chain([&mut self.0.place]) {
            place.column = place.column.as_deref().map(&told);
        }
        self
    }

    pub(crate) fn in_column(mut self, column: &str) -> Self {
        self.0.place.column.get_or_insert_with(|| column.to_owned());
        self
    }

    pub(crate) fn at(mut self, place: Place) -> Self {
        let here = &mut self.0.place;
        here.file = here.file.take().or(place.file);
        here.record = here.record.or(place.record);
        here.line = here.line.or(place.line);
        here.byte = here.byte.or(place.byte);
        here.column = here.column.take().or(place.column);
        self
    }

    /// Notes that the place is counted from the start of the file already.
    pub(crate) fn of_whole_file(mut self) -> Self {
        self.0.is_of_whole_file = true;
        self
    }

    pub(crate) fn after(mut self, records: u64, lines: u64) -> Self {
        if self.0.is_of_whole_file {
            return self;
        }
        self.0.place = std::mem::take(&mut self.0.place).after(records, lines);
        self
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Whether the message is a report of several things, each with its own place and help.
    pub fn is_report(&self) -> bool {
        !self.0.parts.is_empty()
    }

    /// What the message is a report of, one by one; nothing, if it is none.
    pub fn parts(&self) -> &[Part] {
        &self.0.parts
    }

    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where it happened.
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// What happened, without the place.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<&str> {
        self.0.help.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.0.place.to_string();
        if !place.is_empty() && !self.is_report() {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)
    }
}

impl std::error::Error for Error {}

/// A name from outside (a file, a column) with every control character escaped, so that it can't forge a log line or
/// drive a terminal.
pub(crate) fn printable(name: &str) -> String {
    name.chars()
        .flat_map(|c| {
            let (plain, escaped) = if is_printable(c) { (Some(c), None) } else { (None, Some(c.escape_unicode())) };
            plain.into_iter().chain(escaped.into_iter().flatten())
        })
        .collect()
}

/// Whether a character neither drives a terminal nor turns the order of what it shows.
pub(crate) fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
