//! Cuts a stream of bytes between rows, knowing nothing of them but line feeds, or quotes and brackets.

use std::ops::Range;

use super::fault::LARGEST_ROW;
use super::rows::Rows;
use crate::error::{Error, Place, Result};
use crate::format::{Digest, Stream};
use crate::json::string_end;
use crate::rules::Encoding;

const MARK: &[u8] = "\u{feff}".as_bytes();

/// A run of whole rows.
pub(super) struct Cut {
    pub(super) bytes: Vec<u8>,
    pub(super) rows: Rows,
    /// The place of the run in its file, decompressed; none in a text that was not UTF-8, whose bytes are others.
    pub(super) start: Option<u64>,
}

/// What may come next in a file whose rows are not lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The start of the file.
    Start,
    /// An object; none has come yet in the list.
    First,
    /// An object of a list, after a comma.
    Element,
    /// A comma or the end of the list.
    Comma,
    /// An object, or the end of a file that is no list.
    Object,
    /// Nothing.
    End,
}

/// Cuts a file.
pub(super) struct Cutter {
    input: Stream,
    /// What was read and not yet given out.
    pending: Vec<u8>,
    start: u64,
    at_end: bool,
    /// None for a file whose rows are lines.
    next: Option<Next>,
    has_mark: bool,
}

impl Cutter {
    /// Cuts lines, or else the elements of a list or objects that follow each other.
    pub(super) fn new(input: Stream, lines: bool) -> Result<Self> {
        let next = (!lines).then_some(Next::Start);
        let mut cutter = Self { input, pending: Vec::new(), start: 0, at_end: false, next, has_mark: false };
        cutter.fill(MARK.len())?;
        if cutter.pending.starts_with(MARK) {
            cutter.has_mark = true;
            cutter.pending.clear();
            cutter.start = MARK.len() as u64;
        }
        Ok(cutter)
    }

    /// The byte order mark, if the file has one and is UTF-8.
    pub(super) fn mark(&self) -> &'static [u8] {
        if self.has_mark && self.encoding() == Encoding::Utf8 { MARK } else { &[] }
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.input.encoding()
    }

    /// The place of what is not yet given out.
    fn place(&self) -> Option<u64> {
        (self.encoding() == Encoding::Utf8).then_some(self.start)
    }

    pub(super) fn position(&self) -> u64 {
        self.input.position()
    }

    pub(super) fn finish(self) -> Result<Digest> {
        self.input.finish()
    }

    fn fill(&mut self, size: usize) -> Result<()> {
        if !self.at_end {
            self.at_end = !self.input.fill(&mut self.pending, size)?;
        }
        Ok(())
    }

    /// Puts back a run that was taken to be looked at; nothing was taken since.
    pub(super) fn put_back(&mut self, cuts: Vec<Cut>) {
        let rest = std::mem::take(&mut self.pending);
        for cut in cuts {
            self.start -= cut.bytes.len() as u64;
            self.pending.extend(cut.bytes);
        }
        self.pending.extend(rest);
        self.next = self.next.map(|_| Next::Start);
    }

    /// Takes the next run of whole rows, of about `size` bytes; none at the end of the file.
    pub(super) fn next(&mut self, size: usize) -> Result<Option<Cut>> {
        let mut size = size.max(1);
        loop {
            self.fill(size)?;
            if self.pending.is_empty() {
                return self.check_end().map(|()| None);
            }
            let (end, rows) = match self.next {
                None => (self.last_line(), Rows::Lines),
                Some(next) => {
                    let (end, after, rows) = self.last_object(next)?;
                    // A run that holds no row yet goes on, unless the file ends with it.
                    let end = (end > 0 && (!rows.is_empty() || self.at_end)).then_some(end);
                    if end.is_some() {
                        self.next = Some(after);
                    }
                    (end, Rows::At(rows.into()))
                }
            };
            if let Some(end) = end {
                let rest = self.pending.split_off(end);
                let bytes = std::mem::replace(&mut self.pending, rest);
                let start = self.place();
                self.start += end as u64;
                return Ok(Some(Cut { bytes, rows, start }));
            }
            if self.at_end || size > LARGEST_ROW {
                return Err(self.no_end());
            }
            size *= 2;
        }
    }

    /// The end of the last whole line that was read.
    fn last_line(&self) -> Option<usize> {
        let end = memchr::memrchr(b'\n', &self.pending).map(|end| end + 1);
        if self.at_end { Some(self.pending.len()) } else { end }
    }

    /// The end of the last whole object that was read, what may come after it, and where each object is.
    fn last_object(&self, mut next: Next) -> Result<(usize, Next, Vec<Range<usize>>)> {
        let bytes = &self.pending;
        let mut rows: Vec<Range<usize>> = Vec::new();
        let (mut at, mut end) = (0, 0);
        let mut after = next;
        loop {
            while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\t' | b'\r')) {
                at += 1;
            }
            let Some(byte) = bytes.get(at) else { break };
            next = match (next, byte) {
                (Next::Start, b'[') => Next::First,
                (Next::Comma, b',') => Next::Element,
                (Next::First | Next::Comma, b']') => Next::End,
                (Next::Start | Next::First | Next::Element | Next::Object, b'{') => {
                    let Some(length) = object_end(bytes.get(at..).unwrap_or_default()) else { break };
                    rows.push(at..at + length);
                    at += length - 1;
                    if matches!(next, Next::Start | Next::Object) { Next::Object } else { Next::Comma }
                }
                _ => return Err(self.fault(at, WHAT)),
            };
            at += 1;
            if rows.last().is_some_and(|row| row.end == at) {
                (end, after) = (at, next);
            }
        }
        if self.at_end && at == bytes.len() {
            (end, after) = (at, next);
        }
        Ok((end, after, rows))
    }

    /// What is left when nothing more is to come.
    fn check_end(&self) -> Result<()> {
        match self.next {
            None | Some(Next::Object | Next::End) => Ok(()),
            Some(Next::Start) => Err(self.fault(0, "the file has nothing in it")),
            Some(Next::First | Next::Element | Next::Comma) => Err(self.fault(0, "a list is opened and never closed")),
        }
    }

    /// What was read has no whole row.
    fn no_end(&self) -> Error {
        if self.at_end {
            return self.fault(0, "an object or a string is opened and never closed");
        }
        let message = format!("a row is larger than {} MiB", LARGEST_ROW >> 20);
        self.fault(0, &message)
    }

    fn fault(&self, at: usize, message: &str) -> Error {
        Error::data(message)
            .in_file(self.input.path())
            .at(Place { byte: self.place().map(|start| start + at as u64), ..Place::default() })
    }
}

const WHAT: &str = "here is neither an object nor what stands between the objects of a list";

/// Where the object ends that begins a text; none, if it does not. What is wrong with it is told when it is decoded.
fn object_end(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        match bytes.get(at)? {
            b'"' => at = skip_string(bytes, at + 1)?,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The place of the quote that ends a string.
fn skip_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match string_end(bytes, at) {
            Ok((end, _)) => return Some(end),
            // What is wrong in it, and is no end, is passed over here.
            Err((wrong, _)) => {
                let rest = bytes.get(wrong..)?;
                match rest.first()? {
                    b'\\' => at = wrong + 2,
                    _ => at = wrong + 1,
                }
            }
        }
    }
}
