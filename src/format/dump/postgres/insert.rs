//! The rows of INSERT statements, as `pg_dump --inserts` writes them: nothing but literals in them.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, StringViewArray};
use arrow::datatypes::DataType;

use super::Rows;
use super::copy::checked;
use super::layout::{Layout, misfit, place_of};
use super::lexer::is_blank;
use super::value::{self, Words};
use crate::error::{Error, Place, Result};
use crate::format::dump::FoundColumn;
use crate::format::{Batches, Block, Carried, Decoded};
use crate::unchecked::{TextBuilder, Utf8Buffer};

/// A run of INSERT statements with one head.
pub(super) struct InsertBlock {
    pub(super) bytes: Vec<u8>,
    /// Its place in the dump.
    pub(super) start: u64,
    pub(super) first_row: Option<u64>,
    pub(super) layout: Arc<Layout>,
}

impl Block for InsertBlock {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn first_row(&self) -> Option<u64> {
        self.first_row
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let rows = InsertRows::find(checked(self.bytes, self.start)?, self.start, self.layout)?;
        let batch = rows.layout.batch(rows.tuples.len(), |value, column| rows.column(value, column))?;
        let carried = Carried::Postgres(Arc::new(Rows::Insert(rows)));
        Ok(Box::new(std::iter::once(Ok(Decoded { batch, carried }))))
    }
}

/// How many rows a run of statements has. A run that is none is told as such when it is decoded.
pub(super) fn count_rows(bytes: &[u8], layout: &Layout) -> u64 {
    let mut found = Found::default();
    let _ = found.statements(bytes, layout);
    found.tuples.len() as u64
}

/// The rows of a run of INSERT statements: their bytes, and where each value stands.
pub struct InsertRows {
    text: Utf8Buffer,
    /// The values of all rows.
    values: Vec<(u32, u32)>,
    /// Where each row stands, its parentheses included.
    tuples: Vec<(u32, u32)>,
    /// Where each statement begins.
    heads: Vec<u32>,
    /// The place of the text in the dump.
    start: u64,
    pub(super) layout: Arc<Layout>,
}

#[derive(Default)]
struct Found {
    values: Vec<(u32, u32)>,
    tuples: Vec<(u32, u32)>,
    heads: Vec<u32>,
}

impl InsertRows {
    /// Finds the rows of whole statements.
    ///
    /// # Errors
    /// The first fault, with its place; records and lines count from the start of the text.
    fn find(text: Utf8Buffer, start: u64, layout: Arc<Layout>) -> Result<Self> {
        let mut found = Found::default();
        found.statements(text.bytes(), &layout).map_err(|(message, at)| {
            let place = place_of(text.bytes(), at, start, Some(found.tuples.len()));
            Error::data(message).at(place).with_help("only literals are read, as pg_dump writes them")
        })?;
        let Found { values, tuples, heads } = found;
        let rows = Self { text, values, tuples, heads, start, layout };
        let computed = || (0..rows.layout.places.len()).filter(|value| rows.layout.places.get(*value) == Some(&None));
        // What stands there is written as it is, and nobody's rule is asked.
        match (0..rows.records()).find(|record| computed().any(|value| !rows.is_left_out(*record, value))) {
            None => Ok(rows),
            Some(record) => {
                Err(Error::data("a value stands where the database computes one itself").at(rows.place(record)))
            }
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.bytes()
    }

    /// How many rows there are.
    pub(super) fn records(&self) -> usize {
        self.tuples.len()
    }

    /// Where a row stands, its parentheses included.
    pub(super) fn tuple(&self, record: usize) -> Range<usize> {
        let (start, end) = self.tuples[record];
        start as usize..end as usize
    }

    /// Where the statements begin.
    pub(super) fn heads(&self) -> &[u32] {
        &self.heads
    }

    /// Where a value stands, quotes included.
    #[inline]
    pub(super) fn range(&self, record: usize, value: usize) -> Range<usize> {
        let (start, end) = self.values[record * self.layout.places.len() + value];
        start as usize..end as usize
    }

    /// Where a row stands, counted from the start of the text.
    pub(super) fn place(&self, record: usize) -> Place {
        let at = if record < self.records() { self.tuple(record).start } else { 0 };
        place_of(self.bytes(), at, self.start, Some(record))
    }

    /// Whether a value is left to the database.
    fn is_left_out(&self, record: usize, value: usize) -> bool {
        self.bytes()[self.range(record, value)].eq_ignore_ascii_case(b"DEFAULT")
    }

    fn column(&self, value: usize, column: &FoundColumn) -> Result<ArrayRef> {
        let bytes = self.bytes();
        if let Some(record) = (0..self.records()).find(|record| self.is_left_out(*record, value)) {
            return Err(Error::data("a value is left to the database, and the column has a rule for values")
                .at(self.place(record))
                .in_column(&column.name));
        }
        if column.data_type == DataType::Utf8View {
            return Ok(Arc::new(self.texts(value)));
        }
        let values = (0..self.records()).map(|record| {
            let range = self.range(record, value);
            let literal = &bytes[range.clone()];
            let value = &bytes[inner(literal, range)];
            (!is_null(literal) && !self.layout.passes_over(value, column)).then_some(value)
        });
        value::column(values, &column.data_type, Words::Long).map_err(|misfits| match misfits {
            None => Error::internal(format!("no column of type {} in a dump", column.data_type)),
            Some(row) => {
                let range = self.range(row, value);
                misfit(column, &bytes[inner(&bytes[range.clone()], range)], self.place(row))
            }
        })
    }

    /// The texts of a column. A value with doubled quotes is copied, any other is pointed to.
    fn texts(&self, value: usize) -> StringViewArray {
        let bytes = self.bytes();
        let mut builder = TextBuilder::over(self.text.clone(), self.records());
        let mut scratch = String::new();
        for record in 0..self.records() {
            let range = self.range(record, value);
            let literal = &bytes[range.clone()];
            if is_null(literal) {
                builder.push_null();
                continue;
            }
            let inner = inner(literal, range);
            let text = &bytes[inner.clone()];
            if memchr::memchr(b'\'', text).is_none() {
                builder.push_shared(inner);
            } else {
                scratch.clear();
                // Quotes are ASCII: taking some away leaves UTF-8.
                scratch.push_str(&std::str::from_utf8(text).unwrap_or_default().replace("''", "'"));
                builder.push(&scratch);
            }
        }
        builder.finish()
    }
}

fn is_null(literal: &[u8]) -> bool {
    literal.eq_ignore_ascii_case(b"NULL")
}

/// What of a literal is its value: what is between its quotes, or all of it.
fn inner(literal: &[u8], range: Range<usize>) -> Range<usize> {
    match literal {
        [b'\'', ..] => range.start + 1..range.end - 1,
        [b'B' | b'X', b'\'', ..] => range.start + 2..range.end - 1,
        _ => range,
    }
}

type Misfit = (&'static str, usize);

impl Found {
    /// Finds everything in whole statements with the head of the layout.
    fn statements(&mut self, bytes: &[u8], layout: &Layout) -> Result<(), Misfit> {
        let head = layout.head.bytes.as_slice();
        let columns = layout.places.len();
        let mut at = blanks(bytes, 0);
        while at < bytes.len() {
            if !bytes[at..].starts_with(head) {
                return Err(("another statement stands between those of a table", at));
            }
            self.heads.push(at as u32);
            at = blanks(bytes, at + head.len());
            loop {
                at = self.tuple(bytes, at, columns)?;
                let next = blanks(bytes, at);
                match bytes.get(next) {
                    Some(b',') => at = blanks(bytes, next + 1),
                    Some(b';') => {
                        at = blanks(bytes, next + 1);
                        break;
                    }
                    _ if bytes[next..].starts_with(b"ON CONFLICT DO NOTHING;") => {
                        at = blanks(bytes, next + b"ON CONFLICT DO NOTHING;".len());
                        break;
                    }
                    _ => return Err(("something follows a row that is no other row", next)),
                }
            }
        }
        Ok(())
    }

    /// Finds the values of one row, and gives the place behind it.
    fn tuple(&mut self, bytes: &[u8], start: usize, columns: usize) -> Result<usize, Misfit> {
        if bytes.get(start) != Some(&b'(') {
            return Err(("a row has no opening parenthesis", start));
        }
        let mut at = start + 1;
        let mut count = 0;
        loop {
            at = blanks(bytes, at);
            let end = literal_end(bytes, at).ok_or(("a value is no literal", at))?;
            self.values.push((at as u32, end as u32));
            count += 1;
            at = blanks(bytes, end);
            match bytes.get(at) {
                Some(b',') => at += 1,
                Some(b')') => break,
                _ => return Err(("a value is no literal", at)),
            }
        }
        if count != columns {
            return Err(("a row has more or fewer values than there are columns", start));
        }
        self.tuples.push((start as u32, at as u32 + 1));
        Ok(at + 1)
    }
}

fn blanks(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_blank(*byte)) {
        at += 1;
    }
    at
}

/// The end of the literal at a place; none, if there is none.
fn literal_end(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = match bytes.get(at..)? {
        [b'\'', ..] => at,
        [b'B' | b'X', b'\'', ..] => at + 1,
        rest => {
            let length = rest
                .iter()
                .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')))
                .unwrap_or(rest.len());
            let literal = &rest[..length];
            let word = [b"NULL".as_slice(), b"true", b"false", b"DEFAULT"]
                .into_iter()
                .any(|word| literal.eq_ignore_ascii_case(word));
            let number = || {
                literal.iter().any(u8::is_ascii_digit)
                    && literal.iter().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte))
            };
            return (length > 0 && (word || number())).then_some(at + length);
        }
    };
    let mut end = quote + 1;
    loop {
        end += memchr::memchr(b'\'', bytes.get(end..)?)? + 1;
        if bytes.get(end) != Some(&b'\'') {
            return Some(end);
        }
        end += 1;
    }
}

/// The end of the INSERT statement at the start of `bytes`, if it ends in them. Only quotes and semicolons are looked
/// at: what is between them is for decoding to judge.
pub(super) fn statement_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + memchr::memchr3(b'\'', b'"', b';', bytes.get(at..)?)?;
        let quote = *bytes.get(found)?;
        if quote == b';' {
            return Some(found + 1);
        }
        // A doubled quote closes and opens.
        at = found + 1 + memchr::memchr(quote, bytes.get(found + 1..)?)? + 1;
    }
}

/// Appends a text as a literal.
pub(super) fn quote(value: &[u8], out: &mut Vec<u8>) {
    out.push(b'\'');
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'\'', rest) {
        out.extend_from_slice(&rest[..=at]);
        out.push(b'\'');
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'\'');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn literals_end_where_they_do() {
        for (text, end) in [
            ("'it''s', 1", Some(7)),
            ("'', 1", Some(2)),
            ("''''", Some(4)),
            ("B'0101')", Some(7)),
            ("-1.5e10)", Some(7)),
            ("NULL)", Some(4)),
            ("true,", Some(4)),
            ("DEFAULT)", Some(7)),
            ("now())", None),
            ("'a", None),
            ("E'a'", None),
            (",", None),
            ("(SELECT 1)", None),
        ] {
            assert_eq!(literal_end(text.as_bytes(), 0), end, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_value_comes_back_and_is_one_literal(value in any::<String>(), hard in "[';,()\\\\ -]{0,20}") {
            for value in [&value, &hard] {
                let mut literal = Vec::new();
                quote(value.as_bytes(), &mut literal);
                prop_assert_eq!(literal_end(&literal, 0), Some(literal.len()));
                let text = std::str::from_utf8(&literal[1..literal.len() - 1]).unwrap();
                prop_assert_eq!(&text.replace("''", "'"), value);
                let statement = [b"INSERT INTO \"a;\" VALUES (", literal.as_slice(), b");"].concat();
                prop_assert_eq!(statement_end(&[&statement[..], b" x;"].concat()), Some(statement.len()));
            }
        }
    }
}
