use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};

/// Which values there may be: a Bloom filter in blocks of 512 bits, six bits a value, and for each first word which
/// numbers of words values have that start with it. Values that are in it are always found; about one in a thousand that
/// is not is taken for one that is, and has to be looked up.
pub(super) struct Filter {
    /// Pages of blocks, made when something is put into them.
    pages: Vec<OnceLock<Box<[Block]>>>,
    starts: Vec<AtomicU16>,
}

type Block = [AtomicU64; 8];

impl Filter {
    const STARTS: usize = 1 << 18;
    /// How many blocks a page has: 64 KiB.
    const PAGE: usize = 1 << 10;
    /// The largest number of pages: 256 MiB.
    const PAGES: u64 = 1 << 12;

    /// A filter for so many values, sixteen bits each.
    pub(super) fn new(values: u64) -> Self {
        let pages = (values / 32 / Self::PAGE as u64 + 1).min(Self::PAGES);
        Self {
            pages: (0..pages).map(|_| OnceLock::new()).collect(),
            starts: (0..Self::STARTS).map(|_| AtomicU16::new(0)).collect(),
        }
    }

    /// Notes that there are values that start with a word of this hash and have these numbers of words: one in the
    /// lowest bit.
    pub(super) fn add_start(&self, first: u64, lengths: u16) {
        if let Some(start) = self.starts.get(mixed(first) as usize % Self::STARTS) {
            start.fetch_or(lengths, Ordering::Relaxed);
        }
    }

    /// Adds a value by its hash.
    pub(super) fn add(&self, hash: u64) {
        let (page, block) = self.place(hash);
        let Some(page) = self.pages.get(page) else { return };
        let page = page.get_or_init(|| (0..Self::PAGE).map(|_| Block::default()).collect());
        if let Some(block) = page.get(block) {
            for (word, bit) in bits(hash) {
                if let Some(word) = block.get(word) {
                    word.fetch_or(bit, Ordering::Relaxed);
                }
            }
        }
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.pages.iter().all(|page| page.get().is_none())
    }

    /// Whether the value may be there.
    #[inline]
    pub(super) fn has(&self, hash: u64) -> bool {
        let (page, block) = self.place(hash);
        let block = self.pages.get(page).and_then(OnceLock::get).and_then(|page| page.get(block));
        block.is_some_and(|block| {
            bits(hash).all(|(word, bit)| block.get(word).is_some_and(|word| word.load(Ordering::Relaxed) & bit != 0))
        })
    }

    /// The page of a value, and the block in it.
    #[inline]
    fn place(&self, hash: u64) -> (usize, usize) {
        let hash = mixed(hash) as usize;
        (hash / Self::PAGE % self.pages.len().max(1), hash % Self::PAGE)
    }

    /// Which numbers of words values have that start with a word of this hash: one in the lowest bit.
    pub(super) fn lengths(&self, first: u64) -> u16 {
        self.starts.get(mixed(first) as usize % Self::STARTS).map_or(0, |start| start.load(Ordering::Relaxed))
    }
}

/// The six bits of a value: words of its block and the bit in each.
#[inline]
fn bits(hash: u64) -> impl Iterator<Item = (usize, u64)> {
    let bits = mixed(mixed(hash) ^ 0x5851_f42d_4c95_7f2d);
    (0..6).map(move |turn| {
        let place = (bits >> (9 * turn)) as usize & 511;
        (place / 64, 1 << (place % 64))
    })
}

/// Words of a text, by a bit each: what is in it is always found, and one in so many that is not.
pub(in crate::verify) struct FirstWords(Vec<AtomicU64>);

impl FirstWords {
    /// 128 KiB: what a core has near.
    const WORDS: usize = 1 << 14;

    /// None.
    pub(in crate::verify) fn new() -> Self {
        Self((0..Self::WORDS).map(|_| AtomicU64::new(0)).collect())
    }

    /// Adds a word by its hash.
    pub(super) fn add(&self, hash: u64) {
        let hash = mixed(hash);
        if let Some(bits) = self.0.get(hash as usize % Self::WORDS) {
            let bit = 1 << (hash >> 58);
            // Words come again and again: reading keeps the line shared between the cores.
            if bits.load(Ordering::Relaxed) & bit == 0 {
                bits.fetch_or(bit, Ordering::Relaxed);
            }
        }
    }

    /// Whether the word may be there.
    #[inline]
    pub(super) fn has(&self, hash: u64) -> bool {
        let hash = mixed(hash);
        self.0
            .get(hash as usize % Self::WORDS)
            .is_some_and(|bits| bits.load(Ordering::Relaxed) & 1 << (hash >> 58) != 0)
    }
}

/// Which of so many parts a value belongs to. It goes by other bits of the hash than a filter does.
pub(super) fn part_of(hash: u64, of: u64) -> u64 {
    mixed(hash ^ 0xda3e_39cb_94b9_5bdb) % of
}

/// The finaliser of splitmix64.
fn mixed(hash: u64) -> u64 {
    let mixed = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

#[cfg(test)]
mod tests {
    use super::super::words::hash_of;
    use super::*;

    #[test]
    fn what_is_in_it_is_found_and_little_else() {
        let filter = Filter::new(100_000);
        let name = |number: u32| hash_of(&format!("value{number}"));
        (0..100_000).for_each(|number| filter.add(name(number)));
        filter.add_start(1, 0b100);
        assert!((0..100_000).all(|number| filter.has(name(number))));
        let wrong = (100_000..200_000).filter(|number| filter.has(name(*number))).count();
        assert!(wrong < 500, "{wrong} of 100,000");
        assert_eq!((filter.lengths(1), filter.lengths(2)), (0b100, 0));
    }

    #[test]
    fn first_words_are_found_and_few_others() {
        let words = FirstWords::new();
        let name = |number: u32| hash_of(&format!("w{number}"));
        (0..10_000).for_each(|number| words.add(name(number)));
        assert!((0..10_000).all(|number| words.has(name(number))));
        let wrong = (10_000..110_000).filter(|number| words.has(name(*number))).count();
        assert!(wrong < 2_000, "{wrong} of 100,000");
    }
}
