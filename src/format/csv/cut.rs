use std::ops::Range;

use super::Dialect;
use crate::error::{Error, Place, Result};
use crate::format::{Digest, Stream};
use crate::rules::Encoding;

/// The largest record, in bytes: a quote that is never closed would otherwise fill the memory.
const LARGEST_RECORD: usize = 64 << 20;

/// How much is read, at most, to see which types columns have.
const LARGEST_SAMPLE: usize = 16 << 20;

/// How much is read for the header at first.
pub(super) const HEAD: usize = 64 << 10;

/// Cuts a stream of bytes at the ends of records, knowing nothing of them but quotes and line feeds.
pub(super) struct Cutter {
    input: Stream,
    dialect: Dialect,
    /// What was read and not yet given out.
    pending: Vec<u8>,
    /// The place of the pending bytes in the text.
    start: u64,
    at_end: bool,
}

impl Cutter {
    pub(super) fn new(input: Stream, dialect: Dialect) -> Self {
        Self { input, dialect, pending: Vec::new(), start: 0, at_end: false }
    }

    /// The place of the next run in the file, decompressed; none in a text that was not UTF-8, whose bytes are others.
    pub(super) fn start(&self) -> Option<u64> {
        (self.input.encoding() == Encoding::Utf8).then_some(self.start)
    }

    /// The encoding of the file.
    pub(super) fn encoding(&self) -> Encoding {
        self.input.encoding()
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.input.position()
    }

    /// Reads what is left, and gives the digest of everything.
    pub(super) fn finish(self) -> Result<Digest> {
        self.input.finish()
    }

    /// What was read and not yet given out.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.pending
    }

    /// Passes over bytes that were read.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.pending.drain(..bytes);
        self.start += bytes as u64;
    }

    /// Reads until `size` bytes are pending, or the file ends.
    pub(super) fn fill(&mut self, size: usize) -> Result<()> {
        if !self.at_end {
            self.at_end = !self.input.fill(&mut self.pending, size)?;
        }
        Ok(())
    }

    /// Takes the next run of whole records, of about `size` bytes; none at the end of the file.
    pub(super) fn next(&mut self, size: usize) -> Result<Option<Vec<u8>>> {
        let mut size = size.max(1);
        loop {
            self.fill(size)?;
            if self.at_end {
                let rest = std::mem::take(&mut self.pending);
                self.start += rest.len() as u64;
                return Ok((!rest.is_empty()).then_some(rest));
            }
            if let Some(end) = last_end(&self.pending, &self.dialect) {
                let rest = self.pending[end..].to_vec();
                let mut run = std::mem::replace(&mut self.pending, rest);
                run.truncate(end);
                self.start += end as u64;
                return Ok(Some(run));
            }
            if size > LARGEST_RECORD {
                return Err(self.too_large());
            }
            size *= 2;
        }
    }

    /// Takes the first record, its line end included.
    pub(super) fn first_record(&mut self) -> Result<Vec<u8>> {
        let record = self.peek_record()?;
        self.skip(record.len());
        Ok(record)
    }

    /// The first record, its line end included, left where it is.
    pub(super) fn peek_record(&mut self) -> Result<Vec<u8>> {
        let mut size = HEAD;
        loop {
            self.fill(size)?;
            if let Some(end) = first_end(&self.pending, &self.dialect) {
                return Ok(self.pending[..end].to_vec());
            }
            if self.at_end {
                return Ok(self.pending.clone());
            }
            if size > LARGEST_RECORD {
                return Err(self.too_large());
            }
            size *= 2;
        }
    }

    /// The first `count` records, left where they are: all if there are fewer, or as many as the first 16 MiB have.
    pub(super) fn peek_records(&mut self, count: usize) -> Result<Vec<u8>> {
        let mut size = HEAD;
        loop {
            self.fill(size)?;
            let mut end = 0;
            let mut found = 0;
            while let Some(length) = first_end(&self.pending[end..], &self.dialect).filter(|_| found < count) {
                end += length;
                found += 1;
            }
            if found == count || size >= LARGEST_SAMPLE {
                return Ok(self.pending[..end].to_vec());
            }
            if self.at_end {
                return Ok(self.pending.clone());
            }
            size *= 2;
        }
    }

    fn too_large(&self) -> Error {
        Error::data(format!("a record is larger than {} MiB", LARGEST_RECORD >> 20))
            .in_file(self.input.path())
            .at(Place { byte: self.start(), ..Place::default() })
            .with_help("most likely a quote is opened here and never closed")
    }
}

/// The end of the last record that ends in `bytes`, which start at the start of one.
fn last_end(bytes: &[u8], dialect: &Dialect) -> Option<usize> {
    let ranges = outside_quotes(bytes, dialect, |_| false);
    ranges
        .into_iter()
        .rev()
        .find_map(|range| memchr::memrchr(b'\n', &bytes[range.clone()]).map(|at| range.start + at + 1))
}

/// The end of the first record in `bytes`, if it ends there.
fn first_end(bytes: &[u8], dialect: &Dialect) -> Option<usize> {
    let has_end = |range: &Range<usize>| memchr::memchr(b'\n', &bytes[range.clone()]).is_some();
    let ranges = outside_quotes(bytes, dialect, has_end);
    ranges.into_iter().find_map(|range| memchr::memchr(b'\n', &bytes[range.clone()]).map(|at| range.start + at + 1))
}

/// The stretches of `bytes` outside quotes, up to the first that is `enough`. Only quotes and their neighbours are
/// looked at: a quote opens after a delimiter or line end, and closes unless another follows.
fn outside_quotes(bytes: &[u8], dialect: &Dialect, enough: impl Fn(&Range<usize>) -> bool) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = Some(0);
    let mut escaped = false;
    let quotes = dialect.quote.map(|quote| memchr::memchr_iter(quote, bytes));
    for place in quotes.into_iter().flatten() {
        match start {
            _ if escaped => escaped = false,
            Some(from) => {
                let opens = place == 0 || bytes[place - 1] == b'\n' || bytes[place - 1] == dialect.delimiter;
                if opens {
                    let range = from..place;
                    start = None;
                    let ends = enough(&range);
                    ranges.push(range);
                    if ends {
                        return ranges;
                    }
                }
            }
            None if bytes.get(place + 1).copied() == dialect.quote => escaped = true,
            None => start = Some(place + 1),
        }
    }
    ranges.extend(start.map(|from| from..bytes.len()));
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_where_records_end() {
        let dialect = Dialect { delimiter: b',', quote: Some(b'"'), null: Vec::new() };
        for (bytes, last, first) in [
            ("a\nb\nc", Some(4), Some(2)),
            ("\"a\nb\"\nc", Some(6), Some(6)),
            ("\"a\nb", None, None),
            ("abc", None, None),
            ("x,\"a\"\"\n\"\ny\n\"z\n", Some(11), Some(9)),
            ("5\" pipe,1\n6\" pipe,\"2\n\"\n7\"", Some(23), Some(10)),
        ] {
            assert_eq!(last_end(bytes.as_bytes(), &dialect), last, "{bytes:?}");
            assert_eq!(first_end(bytes.as_bytes(), &dialect), first, "{bytes:?}");
        }
        assert_eq!(last_end(b"\"a\nb", &Dialect { quote: None, ..dialect }), Some(3));
    }
}
