use std::cmp::Ordering;

use arrow::array::StringViewArray;

/// The longest value that a view holds in itself.
const INLINE: u32 = 12;

/// The longest text of which a [`Key`] is all.
const KEYED: u32 = 20;

/// What is looked at of a text: its length and first four bytes, the eight bytes behind them, and of a long text the
/// last eight. Where one is shorter there are zeros. Up to [`KEYED`] bytes, texts are equal if these are.
pub(super) type Key = [u64; 3];

/// A text of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'b> {
    key: Key,
    /// The bytes of a long text, which is one that a view does not hold in itself.
    long: &'b [u8],
}

impl<'b> Text<'b> {
    /// The texts of a column, with something in the place of nulls.
    #[inline]
    pub(super) fn all(texts: &'b StringViewArray) -> impl ExactSizeIterator<Item = Self> {
        let buffers = texts.data_buffers();
        texts.views().iter().map(move |view| {
            let (low, high) = (*view as u64, (view >> 64) as u64);
            if low as u32 <= INLINE {
                return Self { key: [low, high, 0], long: &[] };
            }
            let bytes = buffers.get(high as u32 as usize).and_then(|buffer| buffer.get((high >> 32) as usize..));
            Self::long(bytes.and_then(|bytes| bytes.get(..low as u32 as usize)).unwrap_or_default())
        })
    }

    /// A text by its bytes.
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        if bytes.len() > INLINE as usize {
            return Self::long(bytes);
        }
        let mut view = [0; 16];
        view[4..4 + bytes.len()].copy_from_slice(bytes);
        let view = u128::from_le_bytes(view) | bytes.len() as u128;
        Self { key: [view as u64, (view >> 64) as u64, 0], long: &[] }
    }

    #[inline]
    fn long(bytes: &'b [u8]) -> Self {
        let first = bytes.first_chunk().map_or(0, |first| u32::from_le_bytes(*first));
        let next = bytes.get(4..).and_then(|rest| rest.first_chunk()).map_or(0, |next| u64::from_le_bytes(*next));
        let last = bytes.last_chunk().map_or(0, |last| u64::from_le_bytes(*last));
        Self { key: [bytes.len() as u64 | u64::from(first) << 32, next, last], long: bytes }
    }

    #[inline]
    pub(super) fn key(self) -> Key {
        self.key
    }

    #[inline]
    pub(super) fn len(self) -> u32 {
        self.key[0] as u32
    }

    #[inline]
    fn is_long(self) -> bool {
        self.len() > INLINE
    }

    /// The bytes that its key does not tell, if there are such.
    #[inline]
    pub(super) fn middle(self) -> Option<&'b [u8]> {
        if self.len() <= KEYED { None } else { self.long.get(12..self.long.len() - 8) }
    }

    /// Appends the bytes of the text. A short one is written with a fixed count of bytes, which is no call.
    #[inline]
    pub(super) fn push_to(self, out: &mut Vec<u8>) {
        if self.is_long() {
            out.extend_from_slice(self.long);
        } else {
            let end = out.len() + self.len() as usize;
            out.extend_from_slice(&self.short());
            out.truncate(end);
        }
    }

    /// The bytes of a text that is not long, and zeros.
    #[inline]
    fn short(self) -> [u8; 16] {
        (u128::from(self.key[0] >> 32) | u128::from(self.key[1]) << 32).to_le_bytes()
    }

    pub(super) fn to_vec(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16.max(self.long.len()));
        self.push_to(&mut bytes);
        bytes
    }

    /// The first twelve bytes as a number that has their order.
    #[inline]
    pub(super) fn head(self) -> u128 {
        u128::from((self.key[0] >> 32 << 32).swap_bytes()) << 64 | u128::from(self.key[1].swap_bytes())
    }

    /// A number for a table of texts, by secret numbers: nobody can bring texts that all have the same.
    #[inline]
    pub(super) fn hash(self, seeds: [u64; 3]) -> u64 {
        let hash = folded(self.key[0] ^ seeds[0], self.key[1] ^ seeds[1]);
        if !self.is_long() {
            return hash;
        }
        let middle = self.middle().unwrap_or_default().chunks(8);
        let hash = middle.fold(hash, |hash, chunk| {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            folded(hash ^ u64::from_le_bytes(bytes), seeds[2])
        });
        folded(hash ^ self.key[2], seeds[2])
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.middle() == other.middle()
    }
}

impl Eq for Text<'_> {}

impl PartialOrd for Text<'_> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text<'_> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        // Most differ in their first bytes, or in their last if they have one length.
        self.head().cmp(&other.head()).then_with(|| {
            if self.len() <= KEYED && self.len() == other.len() {
                return self.key[2].swap_bytes().cmp(&other.key[2].swap_bytes());
            }
            match (self.is_long(), other.is_long()) {
                (true, true) => self.long.cmp(other.long),
                // What fills up a short text may be bytes of the other.
                _ => self.len().cmp(&other.len()),
            }
        })
    }
}

/// The two halves of a product, one over the other.
#[inline]
fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Vec<String> {
        let mut texts: Vec<String> =
            ["", "\0", "a", "a\0", "ab", "exactly 12 b", "exactly 12 c", "Ünïcödé", "\u{10ffff}"]
                .map(String::from)
                .to_vec();
        for length in [3, 11, 12, 13, 14, 15, 16, 17, 24, 31, 32, 33, 48, 49, 100] {
            texts.push("x".repeat(length));
            // Others that differ in one place.
            texts.extend((0..length).map(|place| format!("{}y{}", "x".repeat(place), "x".repeat(length - place - 1))));
        }
        texts
    }

    #[test]
    fn texts_are_equal_ordered_and_hashed_by_their_bytes() {
        let texts = texts();
        let array = StringViewArray::from_iter_values(&texts);
        // The same again, elsewhere.
        let again = StringViewArray::from_iter_values(
            std::iter::once("something to stand before").chain(texts.iter().map(String::as_str)),
        );
        let seeds = [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb];
        let mut hashes = std::collections::HashSet::new();
        for ((a, text), same) in Text::all(&array).zip(&texts).zip(Text::all(&again).skip(1)) {
            assert_eq!(a.to_vec(), text.as_bytes());
            assert!(a == same && a == Text::new(text.as_bytes()) && a.hash(seeds) == same.hash(seeds), "{text}");
            hashes.insert(a.hash(seeds));
            for (b, other) in Text::all(&array).zip(&texts) {
                assert_eq!((a == b, a.cmp(&b)), (text == other, text.cmp(other)), "{text} and {other}");
            }
        }
        assert_eq!(hashes.len(), texts.len());
    }
}
