//! The text format of COPY: a line a row, tabs between values, escapes with backslashes.
//!
//! `pg_dump` escapes every tab, line end and backslash of a value, so that a line is a row and a tab ends a value. What
//! the server would read too, a backslash before a line end or a tab, is refused: a wrong guess shifts columns.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, StringViewArray};
use arrow::buffer::Buffer;
use arrow::datatypes::DataType;
use wide::u8x16;

use super::Rows;
use super::layout::{Layout, misfit, place_of};
use super::value::{self, Words};
use crate::error::{Error, Place, Result};
use crate::format::dump::FoundColumn;
use crate::format::{Batches, Block, Carried, Decoded};
use crate::unchecked::{TextBuilder, Utf8Buffer};

/// What a null is written as.
pub(super) const NULL: &[u8] = b"\\N";

/// A run of lines of a COPY.
pub(super) struct CopyBlock {
    pub(super) bytes: Vec<u8>,
    /// Its place in the dump.
    pub(super) start: u64,
    pub(super) first_row: Option<u64>,
    pub(super) layout: Arc<Layout>,
}

impl Block for CopyBlock {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn first_row(&self) -> Option<u64> {
        self.first_row
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let rows = CopyRows::find(checked(self.bytes, self.start)?, self.start, self.layout)?;
        let batch = rows.layout.batch(rows.records, |value, column| rows.column(value, column))?;
        let carried = Carried::Postgres(Arc::new(Rows::Copy(rows)));
        Ok(Box::new(std::iter::once(Ok(Decoded { batch, carried }))))
    }
}

/// Bytes that must be UTF-8, or the place where they are not.
pub(super) fn checked(bytes: Vec<u8>, start: u64) -> Result<Utf8Buffer> {
    let bytes = Buffer::from_vec(bytes);
    Utf8Buffer::new(bytes.clone()).map_err(|at| {
        Error::data("the dump is not UTF-8")
            .at(place_of(&bytes, at, start, None))
            .with_help("dump it with `pg_dump --encoding=UTF8`")
    })
}

/// The rows of a run of lines: their bytes, and where each value ends.
pub struct CopyRows {
    text: Utf8Buffer,
    /// The places of tabs and line feeds.
    separators: Vec<u32>,
    records: usize,
    /// The place of the text in the dump.
    start: u64,
    pub(super) layout: Arc<Layout>,
}

impl CopyRows {
    /// Finds the rows in whole lines.
    ///
    /// # Errors
    /// The first fault, with its place; records and lines count from the start of the text.
    fn find(text: Utf8Buffer, start: u64, layout: Arc<Layout>) -> Result<Self> {
        let (separators, records) = scan(text.bytes());
        let rows = Self { text, separators, records, start, layout };
        rows.check()?;
        Ok(rows)
    }

    fn check(&self) -> Result<()> {
        let bytes = self.text.bytes();
        let fault = |message: &str, at: usize| Err(Error::data(message).at(place_of(bytes, at, self.start, None)));
        if let Some(at) = memchr::memchr2(b'\r', 0, bytes) {
            return fault("a carriage return or NUL byte stands unescaped among the rows", at);
        }
        let escaped = |separator: &&u32| {
            let before = bytes.get(..**separator as usize).unwrap_or_default();
            before.last() == Some(&b'\\') && before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
        };
        if let Some(at) = self.separators.iter().find(escaped) {
            return fault("a backslash stands before a tab or a line end", *at as usize);
        }
        let columns = self.layout.places.len();
        let is_end = |separator: u32| bytes.get(separator as usize) == Some(&b'\n');
        let mut rows = self.separators.chunks_exact(columns.max(1));
        if rows.len() == self.records
            && rows.remainder().is_empty()
            && rows.all(|row| row.last().is_some_and(|end| is_end(*end)))
        {
            return Ok(());
        }
        let mut start = 0;
        for (record, row) in self.separators.split_inclusive(|separator| is_end(*separator)).enumerate() {
            if row.len() != columns {
                let place = place_of(bytes, start, self.start, Some(record));
                let message = format!("the row has {} values, and there are {columns} columns", row.len());
                return Err(Error::data(message).at(place));
            }
            start = row.last().map_or(start, |end| *end as usize + 1);
        }
        fault("a line of the rows has no end", bytes.len())
    }

    /// How many rows there are.
    pub(super) fn records(&self) -> usize {
        self.records
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.bytes()
    }

    /// Where a value stands, without what ends it.
    #[inline]
    pub(super) fn range(&self, record: usize, value: usize) -> Range<usize> {
        let place = record * self.layout.places.len() + value;
        let start = if place == 0 { 0 } else { self.separators[place - 1] as usize + 1 };
        start..self.separators[place] as usize
    }

    /// Where a row stands, counted from the start of the text.
    pub(super) fn place(&self, record: usize) -> Place {
        let at = if record < self.records { self.range(record, 0).start } else { 0 };
        place_of(self.bytes(), at, self.start, Some(record))
    }

    fn column(&self, value: usize, column: &FoundColumn) -> Result<ArrayRef> {
        if column.data_type == DataType::Utf8View {
            return self.texts(value, column).map(|texts| Arc::new(texts) as ArrayRef);
        }
        let bytes = self.bytes();
        let values = (0..self.records).map(|record| {
            let field = &bytes[self.range(record, value)];
            (field != NULL && !self.layout.passes_over(field, column)).then_some(field)
        });
        value::column(values, &column.data_type, Words::Short).map_err(|misfits| match misfits {
            None => Error::internal(format!("no column of type {} in a dump", column.data_type)),
            Some(row) => misfit(column, &bytes[self.range(row, value)], self.place(row)),
        })
    }

    /// The texts of a column. A value with escapes is copied, any other is pointed to.
    fn texts(&self, value: usize, column: &FoundColumn) -> Result<StringViewArray> {
        let bytes = self.bytes();
        let mut builder = TextBuilder::over(self.text.clone(), self.records);
        let mut scratch = Vec::new();
        for record in 0..self.records {
            let range = self.range(record, value);
            let field = &bytes[range.clone()];
            if memchr::memchr(b'\\', field).is_none() {
                builder.push_shared(range);
            } else if field == NULL {
                builder.push_null();
            } else {
                scratch.clear();
                unescape(field, &mut scratch);
                let text = std::str::from_utf8(&scratch).map_err(|_| {
                    Error::data("the escapes of a value make no UTF-8").at(self.place(record)).in_column(&column.name)
                })?;
                builder.push(text);
            }
        }
        Ok(builder.finish())
    }
}

/// The places of tabs and line feeds, and how many of them are line feeds.
fn scan(text: &[u8]) -> (Vec<u32>, usize) {
    let mut places = Vec::with_capacity(text.len() / 8);
    let mut records = 0;
    let mut enter = |base: usize, mut separators: u64, ends: u64| {
        records += ends.count_ones() as usize;
        separators |= ends;
        while separators != 0 {
            places.push((base + separators.trailing_zeros() as usize) as u32);
            separators &= separators - 1;
        }
    };
    let (chunks, rest) = text.as_chunks::<64>();
    let mut base = 0;
    for chunk in chunks {
        enter(base, mask(chunk, b'\t'), mask(chunk, b'\n'));
        base += 64;
    }
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    enter(base, mask(&last, b'\t'), mask(&last, b'\n'));
    (places, records)
}

/// One bit for each byte of the chunk that is `byte`.
#[inline]
fn mask(chunk: &[u8; 64], byte: u8) -> u64 {
    let wanted = u8x16::splat(byte);
    chunk.as_chunks::<16>().0.iter().rev().fold(0, |mask, part| {
        let equal = u8x16::new(*part).simd_eq(wanted);
        mask << 16 | u64::from(equal.to_bitmask())
    })
}

/// Appends what a value with escapes stands for: those of the documentation of COPY, and any other escaped character
/// for itself.
pub(super) fn unescape(field: &[u8], out: &mut Vec<u8>) {
    let mut rest = field;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let Some((escaped, after)) = rest.split_first() else { return };
        rest = after;
        let byte = match escaped {
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0x0b,
            b'0'..=b'7' => {
                let mut number = u32::from(escaped - b'0');
                for _ in 0..2 {
                    let Some((digit @ b'0'..=b'7', after)) = rest.split_first() else { break };
                    number = number * 8 + u32::from(digit - b'0');
                    rest = after;
                }
                number as u8
            }
            b'x' if rest.first().is_some_and(u8::is_ascii_hexdigit) => {
                let mut number = 0;
                for _ in 0..2 {
                    let Some((digit, after)) = rest.split_first().filter(|(digit, _)| digit.is_ascii_hexdigit()) else {
                        break;
                    };
                    number = number * 16 + char::from(*digit).to_digit(16).unwrap_or_default();
                    rest = after;
                }
                number as u8
            }
            other => *other,
        };
        out.push(byte);
    }
    out.extend_from_slice(rest);
}

/// What stands behind the backslash where a byte is escaped; 0, where it is not.
const ESCAPES: [u8; 256] = {
    let mut escapes = [0; 256];
    escapes[0x08] = b'b';
    escapes[0x0c] = b'f';
    escapes[b'\n' as usize] = b'n';
    escapes[b'\r' as usize] = b'r';
    escapes[b'\t' as usize] = b't';
    escapes[0x0b] = b'v';
    escapes[b'\\' as usize] = b'\\';
    escapes
};

/// Appends a value as `pg_dump` escapes it.
pub(super) fn escape(value: &[u8], out: &mut Vec<u8>) {
    let mut rest = value;
    while let Some(at) = rest.iter().position(|byte| ESCAPES[usize::from(*byte)] != 0) {
        let (before, after) = rest.split_at(at);
        out.extend_from_slice(before);
        if let Some((byte, after)) = after.split_first() {
            out.extend_from_slice(&[b'\\', ESCAPES[usize::from(*byte)]]);
            rest = after;
        }
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unescaped(field: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        unescape(field, &mut out);
        out
    }

    #[test]
    fn escapes_are_those_of_the_documentation() {
        for (field, value) in [
            (r"plain", b"plain".as_slice()),
            (r"\b\f\n\r\t\v\\", b"\x08\x0c\n\r\t\x0b\\"),
            (r"\101\7\60x\0610", b"A\x070x10"),
            (r"\x41\x4g\xg", b"A\x04gxg"),
            (r"\a\.\N", b"a.N"),
            (r"\\N", b"\\N"),
            (r"\377", b"\xff"),
            ("\\", b""),
        ] {
            assert_eq!(unescaped(field.as_bytes()), value, "{field}");
        }
    }

    proptest! {
        #[test]
        fn every_value_comes_back_and_is_one_field(value in any::<String>(), hard in "[\\\\\t\n\r\x08Nx.]{0,20}") {
            for value in [&value, &hard] {
                let mut field = Vec::new();
                escape(value.as_bytes(), &mut field);
                prop_assert_eq!(unescaped(&field), value.as_bytes());
                prop_assert!(!field.iter().any(|byte| b"\t\n\r".contains(byte)));
                prop_assert!(field != NULL && field != b"\\.");
            }
        }

        #[test]
        fn the_scan_finds_what_a_loop_finds(text in "[a\t\n\\\\]{0,200}") {
            let places: Vec<u32> =
                (0..text.len() as u32).filter(|at| b"\t\n".contains(&text.as_bytes()[*at as usize])).collect();
            let records = text.bytes().filter(|byte| *byte == b'\n').count();
            prop_assert_eq!(scan(text.as_bytes()), (places, records));
        }
    }
}
