//! A dump from its start to its end, in the steps that `psql` would take.

use super::insert;
use super::lexer::{Fault, is_blank, statement_end};
use super::statement::Refused;
use crate::error::{Error, Place, Result};
use crate::format::{Digest, Stream};

/// The largest statement or row, in bytes: a quote that is never closed would otherwise fill the memory.
const LARGEST: usize = 64 << 20;

/// How much is read for a statement at first.
const STATEMENT: usize = 64 << 10;

/// How much is read at a time of what is passed by.
const STRETCH: usize = 1 << 20;

/// What comes next, of so many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Blanks and line ends.
    Blank(usize),
    /// A comment to the end of its line.
    Comment(usize),
    /// A line that starts with a backslash.
    Command(usize),
    /// A statement.
    Statement(usize),
    /// A statement that inserts rows.
    Insert(usize),
    /// The end of the dump.
    End,
}

pub(super) struct Walker {
    input: Stream,
    buffer: Vec<u8>,
    /// How much of the buffer has been passed.
    at: usize,
    /// The place of what comes next in the dump.
    position: u64,
    /// The lines before that.
    lines: u64,
    at_end: bool,
    /// How a whole one ends.
    whole: &'static str,
}

impl Walker {
    pub(super) fn new(input: Stream) -> Self {
        Self { input, buffer: Vec::new(), at: 0, position: 0, lines: 0, at_end: false, whole: WHOLE_SCRIPT }
    }

    /// The same for a part of a dump that is no script.
    pub(super) fn of_part(self) -> Self {
        Self { whole: WHOLE_PART, ..self }
    }

    /// Counts lines and bytes from what comes next.
    pub(super) fn count_from_here(&mut self) {
        self.position = 0;
        self.lines = 0;
    }

    /// What was read and not passed.
    pub(super) fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    /// The next `length` bytes of that.
    pub(super) fn ahead(&self, length: usize) -> &[u8] {
        self.rest().get(..length).unwrap_or_default()
    }

    /// The place of what comes next in the dump.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// The lines before what comes next.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// How many bytes of the input were read.
    pub(super) fn read(&self) -> u64 {
        self.input.position()
    }

    /// Whether places in the dump are places in the file.
    pub(super) fn is_as_it_stands(&self) -> bool {
        self.input.is_as_it_stands()
    }

    pub(super) fn finish(self) -> Result<Digest> {
        self.input.finish()
    }

    /// Reads until there are `size` bytes ahead, or the input ends.
    fn need(&mut self, size: usize) -> Result<()> {
        if self.at_end || self.rest().len() >= size {
            return Ok(());
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        self.at_end = !self.input.fill(&mut self.buffer, size)?;
        Ok(())
    }

    /// Passes over the next `length` bytes.
    pub(super) fn pass(&mut self, length: usize) {
        self.lines += memchr::memchr_iter(b'\n', self.ahead(length)).count() as u64;
        self.at += length;
        self.position += length as u64;
    }

    /// Takes the next `length` bytes.
    pub(super) fn take(&mut self, length: usize) -> Vec<u8> {
        let bytes = self.ahead(length).to_vec();
        self.pass(length);
        bytes
    }

    /// Passes over so many bytes, read or not.
    pub(super) fn pass_by(&mut self, mut bytes: u64) -> Result<()> {
        while bytes > 0 {
            self.need(STRETCH)?;
            let length = self.rest().len().min(usize::try_from(bytes).unwrap_or(usize::MAX));
            if length == 0 {
                return Err(self.cut_off());
            }
            self.pass(length);
            bytes -= length as u64;
        }
        Ok(())
    }

    /// How many of the next `size` bytes are whole lines, about `wanted`; all of them, if they have no line end.
    pub(super) fn lines_of(&mut self, size: usize, wanted: usize) -> Result<usize> {
        let mut wanted = wanted.max(1);
        loop {
            self.need(wanted.min(size))?;
            let window = self.rest().get(..wanted.min(size)).unwrap_or(self.rest());
            if window.len() == size {
                return Ok(size);
            }
            if let Some(end) = memchr::memrchr(b'\n', window) {
                return Ok(end + 1);
            }
            if self.at_end && window.len() == self.rest().len() || wanted > LARGEST {
                return Ok(window.len());
            }
            wanted *= 2;
        }
    }

    /// An error at what comes next.
    pub(super) fn here(&self, error: Error) -> Error {
        error.at(Place { line: Some(self.lines + 1), byte: Some(self.position), ..Place::default() })
    }

    pub(super) fn refuse(&self, refused: Refused) -> Error {
        let error = Error::data(refused.message);
        self.here(match refused.help {
            Some(help) => error.with_help(help),
            None => error,
        })
    }

    /// The dump ends where it may not.
    pub(super) fn cut_off(&self) -> Error {
        self.here(Error::data("the dump is cut off")).with_help(self.whole)
    }

    fn too_large(&self, what: &str) -> Error {
        let message = format!("{what} is larger than {} MiB", LARGEST >> 20);
        self.here(Error::data(message).with_help("or is a quote opened here and never closed?"))
    }

    /// Looks for the end of something in what is ahead, and reads on until it is there. None, if the dump ends before.
    fn until(&mut self, what: &str, end: impl Fn(&[u8]) -> Result<Option<usize>, Fault>) -> Result<Option<usize>> {
        loop {
            match end(self.rest()) {
                Ok(Some(length)) if length <= LARGEST => return Ok(Some(length)),
                Ok(None) if self.at_end => return Ok(None),
                Ok(Some(_)) => return Err(self.too_large(what)),
                Ok(None) if self.rest().len() >= LARGEST => return Err(self.too_large(what)),
                Ok(None) => self.need((self.rest().len() * 2).max(STATEMENT))?,
                Err(fault) => return Err(self.refuse(fault.into())),
            }
        }
    }

    /// What comes next, outside rows.
    ///
    /// # Errors
    /// The input can't be read, or is no dump.
    pub(super) fn step(&mut self) -> Result<Step> {
        if self.rest().len() < STATEMENT {
            self.need(STATEMENT)?;
        }
        let rest = self.rest();
        if rest.starts_with(b"\xef\xbb\xbf") {
            return Err(self.here(Error::data("a byte order mark stands in the dump")).with_help(AS_IT_COMES));
        }
        let blanks = rest.iter().take_while(|byte| is_blank(**byte)).count();
        if blanks > 0 {
            return Ok(Step::Blank(blanks));
        }
        let line_end = |bytes: &[u8]| Ok(memchr::memchr(b'\n', bytes).map(|at| at + 1));
        let first_line = rest.starts_with(b"--") || rest.starts_with(b"\\");
        if first_line {
            let is_comment = rest.starts_with(b"--");
            let length = self.until("a line", line_end)?.unwrap_or(self.rest().len());
            return Ok(if is_comment { Step::Comment(length) } else { Step::Command(length) });
        }
        if rest.is_empty() {
            return Ok(Step::End);
        }
        let inserts = rest.get(..12).is_some_and(|words| words.eq_ignore_ascii_case(b"INSERT INTO "));
        let end = if inserts {
            self.until("a statement", |bytes| Ok(insert::statement_end(bytes)))?
        } else {
            self.until("a statement", statement_end)?
        };
        let length = end.ok_or_else(|| self.cut_off())?;
        Ok(if inserts { Step::Insert(length) } else { Step::Statement(length) })
    }

    /// The length of what is left of the line of a COPY statement, of the next `blanks` bytes.
    ///
    /// # Errors
    /// The lines of the dump do not end as those of `pg_dump`.
    pub(super) fn rest_of_line(&self, blanks: usize) -> Result<usize> {
        let line = memchr::memchr(b'\n', self.ahead(blanks)).map_or(blanks, |at| at + 1);
        if self.ahead(line).contains(&b'\r') {
            let error = Error::data("a carriage return stands at the end of a line");
            return Err(self.here(error).with_help(AS_IT_COMES));
        }
        Ok(line)
    }

    /// How many of the bytes ahead are whole lines of a COPY, about `size`; none at its end, where its last line is
    /// ahead.
    ///
    /// # Errors
    /// The input can't be read, or ends before the COPY.
    pub(super) fn copy_lines(&mut self, size: usize) -> Result<Option<usize>> {
        let mut size = size.max(LAST_LINE.len());
        loop {
            self.need(size)?;
            let rest = self.rest();
            if rest.starts_with(LAST_LINE) {
                return Ok(None);
            }
            let window = rest.get(..size).unwrap_or(rest);
            if let Some(end) = memchr::memmem::find(window, b"\n\\.\n") {
                return Ok(Some(end + 1));
            }
            if let Some(end) = memchr::memrchr(b'\n', window) {
                return Ok(Some(end + 1));
            }
            if self.at_end && window.len() == rest.len() {
                return Err(self.cut_off());
            }
            if size >= LARGEST {
                return Err(self.too_large("a row"));
            }
            size = (size * 2).min(LARGEST);
        }
    }

    /// How many of the bytes ahead are whole INSERT statements that start with `head`, about `size`; none, if something
    /// else comes.
    ///
    /// # Errors
    /// The input can't be read.
    pub(super) fn insert_lines(&mut self, head: &[u8], size: usize) -> Result<Option<usize>> {
        let mut size = size.max(head.len());
        loop {
            self.need(size)?;
            let rest = self.rest();
            let mut end = 0;
            while end < size && rest.get(end..).is_some_and(|rest| rest.starts_with(head)) {
                let Some(length) = insert::statement_end(&rest[end..]) else { break };
                end += length;
                end += usize::from(rest.get(end) == Some(&b'\n'));
            }
            if end > 0 {
                if end == rest.len() && !rest.ends_with(b"\n") {
                    // The line goes with its end, or the rows would seem to end here.
                    self.need(end + 1)?;
                    end += usize::from(self.rest().get(end) == Some(&b'\n'));
                }
                return Ok(Some(end));
            }
            if !rest.starts_with(head) {
                return Ok(None);
            }
            if self.at_end {
                return Err(self.cut_off());
            }
            if size >= LARGEST {
                return Err(self.too_large("a statement"));
            }
            size = (size * 2).min(LARGEST);
        }
    }
}

const WHOLE_SCRIPT: &str = "a whole dump ends with the line `-- PostgreSQL database dump complete`";
const WHOLE_PART: &str = "a whole file of rows ends with empty lines; copy or dump the folder again";

const AS_IT_COMES: &str = "write what pg_dump writes as it comes: a program on the way has changed it";

/// The last line of a COPY.
pub(super) const LAST_LINE: &[u8] = b"\\.\n";
