use std::ops::Range;

use arrow::array::StringViewArray;

use super::Dialect;
use super::scan::{Fault, Separators, scan};
use crate::error::{Error, Place};
use crate::unchecked::{TextBuilder, Utf8Buffer};

/// The fields of a run of records: their bytes, and where each begins and ends.
pub struct Fields {
    text: Utf8Buffer,
    dialect: Dialect,
    /// The places of all separators. The last record may lack its line end: its place is then the end of the text.
    separators: Vec<u32>,
    columns: usize,
    records: usize,
    lines: u64,
    /// The place of the text in its file, if its bytes are those of the file.
    start: Option<u64>,
}

impl Fields {
    /// Finds the fields of a text that starts at the start of a record and ends at the end of one.
    ///
    /// # Errors
    /// The first fault, with the record, line and byte at which it stands. Records and lines count from the text's
    /// start.
    pub(super) fn find(
        text: Utf8Buffer,
        columns: &[String],
        dialect: &Dialect,
        start: Option<u64>,
    ) -> Result<Self, Error> {
        let bytes = text.bytes();
        let fault = |message: &str, help: &str, at: usize| {
            Err(Error::data(message).with_help(help).at(place_of(bytes, at, start, None)))
        };
        let found = match scan(bytes, dialect) {
            Ok(found) => found,
            Err((what, at)) => {
                let (message, help) = explain(what);
                return fault(message, help, at);
            }
        };
        let Separators { places: mut separators, mut records, lines } = found;
        let terminated = bytes.last().is_none_or(|byte| *byte == b'\n');
        if !terminated {
            separators.push(bytes.len() as u32);
            records += 1;
        }
        let fields = Self {
            dialect: dialect.clone(),
            separators,
            columns: columns.len(),
            records,
            lines: lines as u64 + u64::from(!terminated),
            start,
            text,
        };
        fields.check_records()?;
        Ok(fields)
    }

    /// Every record must have as many fields as there are columns.
    fn check_records(&self) -> Result<(), Error> {
        let bytes = self.text.bytes();
        let is_end = |separator: u32| bytes.get(separator as usize).is_none_or(|byte| *byte == b'\n');
        // With as many line ends as records and one at the end of each, none is left to stand elsewhere.
        let mut rows = self.separators.chunks_exact(self.columns);
        if rows.len() == self.records && rows.remainder().is_empty() && rows.all(|row| is_end(row[self.columns - 1])) {
            return Ok(());
        }
        let mut start = 0;
        for (record, row) in self.separators.split_inclusive(|separator| is_end(*separator)).enumerate() {
            if row.len() != self.columns {
                let at = place_of(bytes, start, self.start, Some(record));
                return Err(Error::data(format!(
                    "the record has {} fields, and there are {} columns",
                    row.len(),
                    self.columns
                ))
                .with_help(
                    "a delimiter or line end inside a value must be in quotes; or is the `csv` of the table wrong?",
                )
                .at(at));
            }
            start = row.last().map_or(start, |end| *end as usize + 1);
        }
        Ok(())
    }

    /// How many records there are.
    pub fn records(&self) -> usize {
        self.records
    }

    /// How many lines they take up.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.bytes()
    }

    /// Where a field stands, without its delimiter or line end.
    #[inline]
    pub(super) fn range(&self, record: usize, column: usize) -> Range<usize> {
        let place = record * self.columns + column;
        let start = if place == 0 { 0 } else { self.separators[place - 1] as usize + 1 };
        let end = self.separators[place] as usize;
        if column + 1 == self.columns && end > start && self.text.bytes()[end - 1] == b'\r' {
            return start..end - 1;
        }
        start..end
    }

    /// The line end of a record: `\n`, `\r\n`, or nothing at the end of the text.
    #[inline]
    pub(super) fn line_end(&self, record: usize) -> &[u8] {
        let end = self.separators[(record + 1) * self.columns - 1] as usize;
        let bytes = self.text.bytes();
        let start = if end > 0 && bytes[end - 1] == b'\r' { end - 1 } else { end };
        &bytes[start..(end + 1).min(bytes.len())]
    }

    /// The values of a column. A field with doubled quotes is copied, any other is pointed to.
    pub(super) fn column(&self, column: usize) -> StringViewArray {
        let bytes = self.text.bytes();
        let null = self.dialect.null.as_slice();
        let mut builder = TextBuilder::over(self.text.clone(), self.records);
        for record in 0..self.records {
            let range = self.range(record, column);
            let field = &bytes[range.clone()];
            if self.dialect.is_quoted(field) {
                let inner = range.start + 1..range.end - 1;
                match self.dialect.unquote(field) {
                    std::borrow::Cow::Borrowed(_) => builder.push_shared(inner),
                    // Quotes are ASCII: taking some away leaves UTF-8.
                    std::borrow::Cow::Owned(value) => builder.push(std::str::from_utf8(&value).unwrap_or_default()),
                }
            } else if field == null {
                builder.push_null();
            } else {
                builder.push_shared(range);
            }
        }
        builder.finish()
    }

    /// Where a record stands, counted from the start of the text.
    pub fn place(&self, record: usize) -> Place {
        let at = if self.columns == 0 || record >= self.records { 0 } else { self.range(record, 0).start };
        if at > 0 && self.lines == self.records as u64 {
            // A record a line: they need not be counted.
            let number = Some(record as u64 + 1);
            let byte = self.start.map(|start| start + at as u64);
            return Place { line: number, record: number, byte, ..Place::default() };
        }
        place_of(self.text.bytes(), at, self.start, Some(record))
    }
}

fn explain(fault: Fault) -> (&'static str, &'static str) {
    match fault {
        Fault::AfterQuote => (
            "something follows a closing quote that is neither a delimiter nor a line end",
            "a quote inside a quoted field is written twice; or is another `delimiter` meant?",
        ),
        Fault::Unterminated => ("a quote is opened and never closed", "is the file cut off?"),
        Fault::BareReturn => {
            ("a carriage return stands alone outside quotes", "lines end with LF or CR LF; CR alone is not read")
        }
        Fault::Nul => (
            "the file has a NUL byte",
            "a binary file? Or UTF-16 without a byte order mark: then say `csv = { encoding = \"utf-16le\" }`",
        ),
    }
}

/// The place of a byte, and of its record if that is not known to be another; `start` is that of the bytes in the file,
/// if they are the file's.
pub(super) fn place_of(bytes: &[u8], at: usize, start: Option<u64>, record: Option<usize>) -> Place {
    let lines = memchr::memchr_iter(b'\n', &bytes[..at.min(bytes.len())]).count() as u64;
    Place {
        line: Some(lines + 1),
        record: record.map(|record| record as u64 + 1),
        byte: start.map(|start| start + at as u64),
        ..Place::default()
    }
}
