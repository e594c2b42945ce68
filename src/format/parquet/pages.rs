use std::ops::Range;

use super::compact::Compact;
use crate::error::{Error, Result};

/// The largest page that is decompressed, in bytes.
const LARGEST_PAGE: u64 = 1 << 30;

/// What the pages that a row group needs at a time may take up decompressed, however little they take up in the file.
const DECOMPRESSED: u64 = 256 << 20;

/// Beyond [`DECOMPRESSED`], how many times their size in the file they may grow to. Files that are what they seem grow
/// two to twenty times.
const GROWTH: u64 = 100;

/// Encodings of a data page that point into a dictionary, as the format numbers them: PLAIN_DICTIONARY, RLE_DICTIONARY.
const DICTIONARY_ENCODINGS: [i64; 2] = [2, 8];

/// What the headers of the pages of a column chunk say.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Pages {
    /// The places of the data pages in the chunk, headers included, in order.
    pub(super) data: Vec<Range<usize>>,
    /// Whether the chunk begins with a dictionary.
    pub(super) has_dictionary: bool,
    /// Whether every data page points into the dictionary.
    only_dictionary: bool,
    /// How many entries the dictionary has.
    entries: i64,
    /// How many values there are, nulls included.
    pub(super) values: i64,
    /// The decompressed size of the dictionary and of the largest data page together.
    decompressed: u64,
    /// The decompressed size of the larger of them.
    largest: u64,
}

impl Pages {
    /// Walks from header to header. Pages must fill the chunk: bytes that belong to no page would be carried along
    /// unseen.
    ///
    /// # Errors
    /// The headers do not make sense.
    pub(super) fn find(chunk: &[u8]) -> Result<Self> {
        let malformed = || {
            Error::data("a column chunk is malformed: its pages do not fill it")
                .with_help("was the file cut off, or changed after it was written? Export it again")
        };
        let mut pages = Self { only_dictionary: true, ..Self::default() };
        let (mut at, mut largest, mut dictionary) = (0, 0_u64, 0);
        while at < chunk.len() {
            let mut compact = Compact::new(&chunk[at..]);
            let header = Header::read(&mut compact).ok_or_else(malformed)?;
            let length = compact.position() + usize::try_from(header.compressed).map_err(|_| malformed())?;
            let end = at.checked_add(length).filter(|end| *end <= chunk.len()).ok_or_else(malformed)?;
            let decompressed = u64::try_from(header.decompressed).map_err(|_| malformed())?;
            match header.kind {
                Kind::Dictionary if at == 0 && header.values <= header.decompressed => {
                    pages.has_dictionary = true;
                    pages.entries = header.values;
                    dictionary = decompressed;
                }
                Kind::Dictionary => return Err(malformed()),
                Kind::Data => {
                    pages.data.push(at..end);
                    pages.values = pages.values.checked_add(header.values).ok_or_else(malformed)?;
                    pages.only_dictionary &= DICTIONARY_ENCODINGS.contains(&header.encoding);
                    largest = largest.max(decompressed);
                }
                Kind::Index => {}
            }
            at = end;
        }
        pages.decompressed = largest + dictionary;
        pages.largest = largest.max(dictionary);
        Ok(pages)
    }

    /// Whether the writer of the chunk found that a dictionary is worth it to the end.
    pub(super) fn kept_dictionary(&self) -> bool {
        self.has_dictionary && self.only_dictionary
    }

    /// Whether hardly a value comes twice, as far as a dictionary tells: its writer had no use of it.
    pub(super) fn is_distinct(&self) -> bool {
        self.has_dictionary && self.entries.saturating_mul(2) > self.values
    }

    /// Checks that decompressing a page of each of several chunks, which have `bytes` together, is no trap.
    ///
    /// # Errors
    /// They would take up more memory than a file of this size has a right to, or a page is above 1 GiB.
    pub(super) fn check_growth<'p>(chunks: impl Iterator<Item = &'p Self> + Clone, bytes: u64) -> Result<()> {
        if chunks.clone().any(|pages| pages.largest > LARGEST_PAGE) {
            return Err(Error::data(format!("a page is larger than {} MiB", LARGEST_PAGE >> 20))
                .with_help("export the table with smaller pages"));
        }
        let decompressed: u64 = chunks.map(|pages| pages.decompressed).sum();
        if decompressed > DECOMPRESSED.max(bytes.saturating_mul(GROWTH)) {
            return Err(Error::data(format!(
                "pages would take up {} MiB decompressed, more than {GROWTH} times their size in the file",
                decompressed >> 20
            ))
            .with_help("this looks like a decompression bomb; if it is none, export the table with smaller pages"));
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Data,
    Index,
    Dictionary,
}

/// What of a page header counts here.
struct Header {
    kind: Kind,
    decompressed: i64,
    compressed: i64,
    values: i64,
    encoding: i64,
}

impl Header {
    fn read(compact: &mut Compact<'_>) -> Option<Self> {
        let (mut kind, mut decompressed, mut compressed, mut inner) = (None, None, None, None);
        let mut last = 0;
        while let Some(field) = compact.field(&mut last)? {
            match field.id {
                1 => kind = Some(compact.integer(field)?),
                2 => decompressed = Some(compact.integer(field)?),
                3 => compressed = Some(compact.integer(field)?),
                // The headers of a data page, a dictionary page, and a data page of the second version: the encoding is
                // the second field of the first two, the fourth of the third.
                5 | 7 if field.is_struct() => inner = Some((field.id, Self::read_inner(compact, 2)?)),
                8 if field.is_struct() => inner = Some((field.id, Self::read_inner(compact, 4)?)),
                _ => compact.skip(field)?,
            }
        }
        let (kind, (values, encoding)) = match (kind?, inner) {
            (0, Some((5, inner))) | (3, Some((8, inner))) => (Kind::Data, inner),
            (2, Some((7, inner))) => (Kind::Dictionary, inner),
            (1, _) => (Kind::Index, (0, 0)),
            _ => return None,
        };
        let (decompressed, compressed) = (decompressed?, compressed?);
        let plausible = values >= 0 && decompressed >= 0 && compressed >= 0;
        plausible.then_some(Self { kind, decompressed, compressed, values, encoding })
    }

    /// The number of values, which is the first field, and the encoding, which is the field `place`.
    fn read_inner(compact: &mut Compact<'_>, place: i16) -> Option<(i64, i64)> {
        let (mut values, mut encoding) = (None, None);
        let mut last = 0;
        while let Some(field) = compact.field(&mut last)? {
            match field.id {
                1 => values = Some(compact.integer(field)?),
                id if id == place => encoding = Some(compact.integer(field)?),
                _ => compact.skip(field)?,
            }
        }
        Some((values?, encoding?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page header of a data page of `values` values, and a body of `compressed` bytes.
    fn page(decompressed: i64, compressed: i64, values: i64, encoding: u8, body: usize) -> Vec<u8> {
        let zigzag = |value: i64| {
            let mut left = (value << 1 ^ value >> 63) as u64;
            let mut bytes = Vec::new();
            while left >= 0x80 {
                bytes.push(left as u8 | 0x80);
                left >>= 7;
            }
            bytes.push(left as u8);
            bytes
        };
        let parts =
            [vec![0x15], zigzag(0), vec![0x15], zigzag(decompressed), vec![0x15], zigzag(compressed), vec![0x2c, 0x15]];
        let rest = [zigzag(values), vec![0x15, encoding << 1, 0x15, 6, 0x15, 6, 0, 0], vec![7; body]];
        parts.into_iter().chain(rest).flatten().collect()
    }

    #[test]
    fn pages_are_found_one_after_the_other() {
        let chunk = [page(100, 40, 8, 8, 40), page(300, 20, 9, 8, 20)].concat();
        let pages = Pages::find(&chunk).unwrap();
        let first = page(100, 40, 8, 8, 40).len();
        assert_eq!(pages.data, [0..first, first..chunk.len()]);
        assert_eq!((pages.values, pages.decompressed, pages.kept_dictionary()), (17, 300, false));
    }

    #[test]
    fn what_does_not_fill_the_chunk_is_refused() {
        let whole = page(100, 40, 8, 0, 40);
        for cut in 1..whole.len() {
            assert!(Pages::find(&whole[..cut]).is_err(), "cut at {cut}");
        }
        for (decompressed, compressed, values) in [(-1, 40, 8), (100, -40, 8), (100, 40, -8), (100, 41, 8)] {
            assert!(Pages::find(&page(decompressed, compressed, values, 0, 40)).is_err());
        }
        assert!(Pages::find(&[whole, vec![0]].concat()).is_err());
    }

    #[test]
    fn a_little_file_may_not_grow_large() {
        let small = Pages::find(&page(200 << 20, 40, 8, 0, 40)).unwrap();
        assert!(Pages::check_growth([&small].into_iter(), 40).is_ok());
        assert!(Pages::check_growth([&small, &small].into_iter(), 80).is_err());
        assert!(Pages::check_growth([&small, &small].into_iter(), 8 << 20).is_ok());
        let large = Pages::find(&page(1 << 31, 40, 8, 0, 40)).unwrap();
        assert!(Pages::check_growth([&large].into_iter(), 1 << 40).is_err());
    }
}
