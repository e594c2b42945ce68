//! A look at pages that the library would believe too much of: delta encodings state how many values follow, and the
//! library makes room for as many; and texts that share their beginnings grow when they are written out.

use parquet::basic::Encoding;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescriptor;

use super::compact::Compact;

/// What the texts of a page that share their beginnings may grow to, in bytes.
const LARGEST_EXPANSION: u64 = 256 << 20;

/// The most values of a block of a delta encoding. Writers use 128.
const LARGEST_BLOCK: u64 = 1 << 20;

/// Reads pages through to another reader, and looks at them.
pub(super) struct GuardedPages<R> {
    inner: R,
    max_def: i16,
    max_rep: i16,
}

impl<R: PageReader> GuardedPages<R> {
    pub(super) fn new(inner: R, column: &ColumnDescriptor) -> Self {
        Self { inner, max_def: column.max_def_level(), max_rep: column.max_rep_level() }
    }

    fn check(&self, page: Option<Page>) -> Result<Option<Page>> {
        match &page {
            Some(page) if !self.is_plausible(page).unwrap_or(false) => {
                Err(ParquetError::General("a page is not plausible".to_owned()))
            }
            _ => Ok(page),
        }
    }

    fn is_plausible(&self, page: &Page) -> Option<bool> {
        let count = u64::from(page.num_values());
        let values = || self.values(page);
        match page.encoding() {
            _ if !page.is_data_page() || count == 0 => Some(true),
            Encoding::DELTA_BINARY_PACKED | Encoding::DELTA_LENGTH_BYTE_ARRAY => {
                Some(Deltas::read(values()?)?.count <= count)
            }
            Encoding::DELTA_BYTE_ARRAY => {
                let values = values()?;
                let prefixes = Deltas::read(values)?;
                if prefixes.count > count {
                    return Some(false);
                }
                let (shared, end) = prefixes.sum()?;
                let suffixes = Deltas::read(values.get(end..)?)?;
                Some(suffixes.count <= count && shared <= LARGEST_EXPANSION)
            }
            _ => Some(true),
        }
    }

    /// The bytes of a data page behind its levels.
    fn values<'p>(&self, page: &'p Page) -> Option<&'p [u8]> {
        match page {
            Page::DataPage { buf, num_values, def_level_encoding, rep_level_encoding, .. } => {
                let rest = after_levels(buf, self.max_rep, *rep_level_encoding, *num_values)?;
                after_levels(rest, self.max_def, *def_level_encoding, *num_values)
            }
            Page::DataPageV2 { buf, def_levels_byte_len, rep_levels_byte_len, .. } => {
                buf.get((*def_levels_byte_len as usize).checked_add(*rep_levels_byte_len as usize)?..)
            }
            Page::DictionaryPage { buf, .. } => Some(buf),
        }
    }
}

/// What follows the levels of a page of the first version.
fn after_levels(bytes: &[u8], max_level: i16, encoding: Encoding, values: u32) -> Option<&[u8]> {
    if max_level <= 0 {
        return Some(bytes);
    }
    let length = match encoding {
        Encoding::RLE => {
            let (length, _) = bytes.split_first_chunk::<4>()?;
            (u32::from_le_bytes(*length) as usize).checked_add(4)?
        }
        _ => {
            let width = u64::from(u16::BITS - max_level.unsigned_abs().leading_zeros());
            usize::try_from((u64::from(values) * width).div_ceil(8)).ok()?
        }
    };
    bytes.get(length..)
}

/// Numbers in the delta encoding.
struct Deltas<'p> {
    bytes: &'p [u8],
    /// Where the first block starts.
    at: usize,
    minis: usize,
    /// How many values a miniblock has.
    mini: u64,
    count: u64,
    first: i64,
}

impl<'p> Deltas<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut compact = Compact::new(bytes);
        let (block, minis, count, first) = (compact.varint()?, compact.varint()?, compact.varint()?, compact.zigzag()?);
        let sound = block > 0 && block <= LARGEST_BLOCK && minis > 0 && block % minis == 0;
        sound.then(|| Self {
            bytes,
            at: compact.position(),
            minis: minis as usize,
            mini: block / minis.max(1),
            count,
            first,
        })
    }

    /// The sum of all values, none of which may be negative, and where they end. A sum that is too large to be of
    /// interest is not carried on exactly.
    fn sum(&self) -> Option<(u64, usize)> {
        let mut left = self.count;
        let mut at = self.at;
        let (mut value, mut sum) = (self.first, 0_u64);
        if left > 0 {
            left -= 1;
            sum = u64::try_from(value).ok()?;
        }
        while left > 0 {
            let mut compact = Compact::new(self.bytes.get(at..)?);
            let least = compact.zigzag()?;
            at += compact.position();
            let widths = self.bytes.get(at..at.checked_add(self.minis)?)?;
            at += self.minis;
            for width in widths {
                if left == 0 {
                    break;
                }
                let length = usize::try_from(u64::from(*width) * self.mini / 8).ok()?;
                let packed = self.bytes.get(at..at.checked_add(length)?)?;
                let here = left.min(self.mini);
                for place in 0..here {
                    value = value.checked_add(least)?.checked_add(unpack(packed, place, *width)?)?;
                    sum = sum.saturating_add(u64::try_from(value).ok()?);
                }
                left -= here;
                at += length;
            }
        }
        Some((sum, at))
    }
}

/// The number `place` of numbers of `width` bits.
fn unpack(packed: &[u8], place: u64, width: u8) -> Option<i64> {
    if width > 32 {
        return None;
    }
    let bit = place * u64::from(width);
    let mut bytes = [0; 8];
    let start = usize::try_from(bit / 8).ok()?;
    for (to, from) in bytes.iter_mut().zip(packed.get(start..)?) {
        *to = *from;
    }
    let mask = (1_u64 << width) - 1;
    Some((u64::from_le_bytes(bytes) >> (bit % 8) & mask) as i64)
}

impl<R: PageReader> Iterator for GuardedPages<R> {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl<R: PageReader> PageReader for GuardedPages<R> {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.inner.get_next_page()?;
        self.check(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.inner.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.inner.skip_next_page()
    }

    fn supports_deferred_dictionary(&self) -> bool {
        self.inner.supports_deferred_dictionary()
    }

    fn take_deferred_dictionary(&mut self) -> Result<Option<Page>> {
        let page = self.inner.take_deferred_dictionary()?;
        self.check(page)
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.inner.at_record_boundary()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deltas_are_summed_and_their_end_is_found() {
        // Blocks of 128 in 4 miniblocks, five values: 3, 4, 6, 5, 5. Deltas 1, 2, -1, 0: least -1, packed in 2 bits.
        let mut bytes = vec![0x80, 0x01, 4, 5, 6, 1, 2, 0, 0, 0];
        bytes.extend([0b0100_1110, 0, 0, 0, 0, 0, 0, 0]);
        let end = bytes.len();
        bytes.extend([9, 9]);
        let deltas = Deltas::read(&bytes).unwrap();
        assert_eq!((deltas.count, deltas.sum()), (5, Some((23, end))));
        for cut in 0..end {
            assert!(Deltas::read(&bytes[..cut]).is_none_or(|deltas| deltas.sum().is_none()), "cut at {cut}");
        }
    }

    #[test]
    fn levels_are_passed() {
        let bytes = [2, 0, 0, 0, 7, 7, 42];
        assert_eq!(after_levels(&bytes, 1, Encoding::RLE, 9), Some([42].as_slice()));
        assert_eq!(after_levels(&bytes, 0, Encoding::RLE, 9), Some(bytes.as_slice()));
        #[allow(deprecated, reason = "old files have it")]
        let packed = after_levels(&bytes, 3, Encoding::BIT_PACKED, 9);
        assert_eq!(packed, bytes.get(3..));
        assert_eq!(after_levels(&bytes[..3], 1, Encoding::RLE, 9), None);
    }
}
