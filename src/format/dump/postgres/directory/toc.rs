//! The table of contents of an archive of `pg_dump`, `toc.dat`: a header, and entries of numbers and texts, each in the
//! order in which a script would have it. Nothing of it is taken on trust: a length is one of what is there.
//!
//! A number is a sign and four bytes, the lowest first; a text is its length and its bytes, or the length -1 for none.

use std::ops::Range;

use crate::error::{Error, Place, Result};
use crate::format::dump::archive::MAGIC;

/// The versions of the format that are read: since 1.12 large objects have entries of their own; 1.14, of PostgreSQL 12,
/// has the access method of a table, 1.15 the compression by its name, 1.16 the kind of a relation.
const MINOR: std::ops::RangeInclusive<u8> = 12..=16;

/// What a number takes up, with its sign.
const NUMBER: usize = 5;

/// What a table of contents says it is: a tar file, in folders too, or a folder.
const KINDS: [u8; 2] = [3, 5];

/// A table of contents.
pub(super) struct Contents {
    bytes: Vec<u8>,
    /// Where the number of entries stands.
    count: usize,
    pub(super) entries: Vec<Entry>,
}

/// An entry: what makes, takes away and fills one thing in a database.
pub(super) struct Entry {
    /// Where its first parts stand, which stay as they are: numbers, tag and kind.
    first: Range<usize>,
    /// The same of those behind the statements: schema, tablespace, owner, and what it depends on.
    middle: Range<usize>,
    /// What it is called.
    pub(super) tag: String,
    /// What it is.
    pub(super) kind: String,
    /// Whether it has rows in a file.
    pub(super) has_rows: bool,
    /// The statements that make it.
    pub(super) makes: Option<String>,
    /// The statements that take it away.
    pub(super) drops: Option<String>,
    /// The COPY whose rows are in the file.
    pub(super) copies: Option<String>,
    pub(super) schema: Option<String>,
    pub(super) owner: Option<String>,
    /// The name of the file, without the ending of its compression.
    pub(super) file: Option<String>,
}

impl Contents {
    /// Reads all of a table of contents.
    ///
    /// # Errors
    /// It is none that is known, is cut off, or something follows it.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self> {
        let mut cursor = Cursor { bytes: &bytes, at: 0 };
        let version = cursor.header()?;
        let count = cursor.at;
        let length = cursor.number()?;
        let mut entries = Vec::new();
        for _ in 0..length {
            entries.push(cursor.entry(version)?);
        }
        if cursor.at != bytes.len() {
            return Err(cursor.fault("something follows the last entry of the table of contents"));
        }
        Ok(Self { count, entries, bytes })
    }

    /// The table of contents with these entries alone.
    pub(super) fn written(&self, entries: &[Written]) -> Vec<u8> {
        let mut out = self.part(&(0..self.count)).to_vec();
        number(entries.len(), &mut out);
        for Written { entry, makes, drops, copies } in entries {
            let Some(entry) = self.entries.get(*entry) else { continue };
            out.extend_from_slice(self.part(&entry.first));
            for statements in [makes, drops, copies] {
                text(statements.as_deref(), &mut out);
            }
            out.extend_from_slice(self.part(&entry.middle));
            text(entry.file.as_deref().map(str::as_bytes), &mut out);
        }
        out
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }
}

/// An entry with the statements that it has from now on.
pub(super) struct Written {
    /// Its place among the entries.
    pub(super) entry: usize,
    pub(super) makes: Option<Vec<u8>>,
    pub(super) drops: Option<Vec<u8>>,
    pub(super) copies: Option<Vec<u8>>,
}

fn number(value: usize, out: &mut Vec<u8>) {
    // What is written is no more than what was read, where lengths are of four bytes.
    out.push(0);
    out.extend_from_slice(&u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes());
}

fn text(text: Option<&[u8]>, out: &mut Vec<u8>) {
    match text {
        None => out.extend_from_slice(&[1, 1, 0, 0, 0]),
        Some(text) => {
            number(text.len(), out);
            out.extend_from_slice(text);
        }
    }
}

struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    fn fault(&self, message: &str) -> Error {
        Error::data(message).at(Place { byte: Some(self.at as u64), ..Place::default() })
    }

    fn take(&mut self, length: usize) -> Result<&'b [u8]> {
        let taken = self.at.checked_add(length).and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or_else(|| {
            self.fault("the table of contents is cut off, or damaged").with_help("copy or dump the folder again")
        })?;
        self.at += length;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    fn number(&mut self) -> Result<i64> {
        let (sign, rest) = self.take(NUMBER)?.split_first().unwrap_or((&0, &[]));
        let size = rest.iter().rev().fold(0, |number, byte| number << 8 | i64::from(*byte));
        match sign {
            0 => Ok(size),
            1 => Ok(-size),
            _ => Err(self.fault("a number in the table of contents has no sign")),
        }
    }

    fn text(&mut self) -> Result<Option<String>> {
        let length = self.number()?;
        if length == -1 {
            return Ok(None);
        }
        let length =
            usize::try_from(length).map_err(|_| self.fault("a text in the table of contents has no length"))?;
        let text = self.take(length)?;
        match std::str::from_utf8(text) {
            Ok(text) if !text.contains('\0') => Ok(Some(text.to_owned())),
            _ => {
                let fault = self.fault("a text in the table of contents is not UTF-8");
                Err(fault.with_help("dump it with `pg_dump --encoding=UTF8`"))
            }
        }
    }

    /// Reads the header, and gives the version.
    fn header(&mut self) -> Result<u8> {
        if self.take(MAGIC.len())? != MAGIC {
            return Err(self.fault("this is no table of contents of pg_dump"));
        }
        let (major, minor, _revision) = (self.byte()?, self.byte()?, self.byte()?);
        if major != 1 || !MINOR.contains(&minor) {
            return Err(self
                .fault("the archive has a version that is not known")
                .with_help("known are those of pg_dump 9.0 to 18"));
        }
        let (size, _offsets, kind) = (self.byte()?, self.byte()?, self.byte()?);
        if usize::from(size) + 1 != NUMBER || !KINDS.contains(&kind) {
            return Err(self.fault("the table of contents is not that of a folder"));
        }
        if minor >= 15 {
            self.byte()?;
        } else {
            self.number()?;
        }
        // When it was made: seconds, minutes, hours, day, month, year, and whether it was summer.
        for _ in 0..7 {
            self.number()?;
        }
        // The name of the database, and the versions of server and program.
        for _ in 0..3 {
            self.text()?;
        }
        Ok(minor)
    }

    fn entry(&mut self, version: u8) -> Result<Entry> {
        let start = self.at;
        if self.number()? <= 0 {
            return Err(self.fault("an entry of the table of contents has no number"));
        }
        let has_rows = self.number()? != 0;
        self.digits()?;
        self.digits()?;
        let tag = self.text()?.unwrap_or_default();
        let kind = self.text()?.unwrap_or_default();
        let _section = self.number()?;
        let first = start..self.at;
        let (makes, drops, copies) = (self.text()?, self.text()?, self.text()?);
        let start = self.at;
        let schema = self.text()?;
        let _tablespace = self.text()?;
        if version >= 14 {
            let _access_method = self.text()?;
        }
        if version >= 16 {
            let _relation_kind = self.number()?;
        }
        let owner = self.text()?;
        if self.text()?.as_deref() != Some("false") {
            return Err(self.fault("a table has numbers of rows, which are not read"));
        }
        while self.digits()? {}
        let middle = start..self.at;
        let file = self.text()?;
        Ok(Entry { first, middle, tag, kind, has_rows, makes, drops, copies, schema, owner, file })
    }

    /// Reads a number that is written as a text. False if there is none.
    fn digits(&mut self) -> Result<bool> {
        match self.text()? {
            None => Ok(false),
            Some(text) if !text.is_empty() && text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(true)
            }
            Some(_) => Err(self.fault("a number in the table of contents is none")),
        }
    }
}
