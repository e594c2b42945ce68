use std::ops::Range;

use crate::error::Place;
use crate::unchecked::Utf8Buffer;

/// A value that a [`Lines`] knows the place of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) node: u32,
    /// Where its name begins, or itself if it has none.
    pub(super) from: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// How many of the entries that follow are inside of it.
    pub(super) inside: u32,
}

/// A run of rows: their bytes, and where in them the values stand that may be replaced or left out.
pub struct Lines {
    pub(super) text: Utf8Buffer,
    /// The bytes of the text that belong to these rows, what stands between and round them included.
    pub(super) range: Range<usize>,
    /// The values in their order, those that hold others before them.
    pub(super) entries: Vec<Entry>,
    /// Where each row begins.
    pub(super) rows: Vec<u32>,
    /// The place of the text in its file.
    pub(super) start: u64,
}

impl Lines {
    /// Where a row stands, counted from the start of the run.
    pub fn place(&self, row: usize) -> Place {
        let at = self.rows.get(row).map_or(self.range.start, |at| *at as usize);
        place_of(self.text.bytes(), self.range.start, at, self.start, Some(row))
    }

    /// How many lines the run takes up.
    pub fn lines(&self) -> u64 {
        let bytes = self.text.bytes().get(self.range.clone()).unwrap_or_default();
        memchr::memchr_iter(b'\n', bytes).count() as u64
    }
}

/// The place of a byte, and of its row if that is known, counted from the byte `first` of a text that begins at `start`
/// of its file.
pub(super) fn place_of(bytes: &[u8], first: usize, at: usize, start: u64, row: Option<usize>) -> Place {
    let before = bytes.get(first..at).unwrap_or_default();
    Place {
        line: Some(memchr::memchr_iter(b'\n', before).count() as u64 + 1),
        record: row.map(|row| row as u64 + 1),
        byte: Some(start + at as u64),
        ..Place::default()
    }
}
