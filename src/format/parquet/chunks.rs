use std::ops::Range;

use bytes::{Buf, Bytes};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

/// Some stretches of a file, held in memory, that the library reads as if they were the file.
#[derive(Debug, Clone)]
pub(super) struct Chunks {
    /// The place of each stretch in the file and its bytes, ascending.
    held: Vec<(u64, Bytes)>,
    /// The length of the file.
    length: u64,
}

impl Chunks {
    pub(super) fn new(mut held: Vec<(u64, Bytes)>, length: u64) -> Self {
        held.sort_unstable_by_key(|(start, _)| *start);
        Self { held, length }
    }

    /// The bytes from a place in the file to the end of the stretch it is in.
    fn from(&self, start: u64) -> Result<Bytes> {
        let behind = self.held.partition_point(|(place, _)| *place <= start);
        let found = behind.checked_sub(1).and_then(|index| self.held.get(index)).and_then(|(place, bytes)| {
            let offset = usize::try_from(start - place).ok()?;
            (offset <= bytes.len()).then(|| bytes.slice(offset..))
        });
        found.ok_or_else(outside)
    }
}

fn outside() -> ParquetError {
    ParquetError::EOF("outside what was read of the file".to_owned())
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Chunks {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(self.from(start)?.reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.from(start)?;
        if bytes.len() < length { Err(outside()) } else { Ok(bytes.slice(..length)) }
    }
}

/// Whether ranges, in the order in which they will be read, follow one another in their file.
pub(super) fn are_in_order<'r>(ranges: impl Iterator<Item = &'r Range<u64>>) -> bool {
    let mut end = 0;
    for range in ranges.filter(|range| !range.is_empty()) {
        if range.start < end {
            return false;
        }
        end = range.end;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_read_as_the_file_they_are_from() {
        let chunks = Chunks::new(vec![(100, Bytes::from_static(b"world")), (10, Bytes::from_static(b"hello"))], 200);
        for (start, length, bytes) in [
            (10, 5, Some(b"hello".as_slice())),
            (12, 2, Some(b"ll")),
            (100, 1, Some(b"w")),
            (104, 1, Some(b"d")),
            (15, 0, Some(b"")),
            (12, 4, None),
            (9, 1, None),
            (50, 1, None),
            (u64::MAX, 1, None),
        ] {
            assert_eq!(chunks.get_bytes(start, length).ok().as_deref(), bytes, "{start}, {length}");
        }
    }
}
