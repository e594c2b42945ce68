use std::hash::{BuildHasher, RandomState};

use super::text::{Key, Text};

/// The largest dictionary, in bytes: beyond it, values do not come again often enough.
const LARGEST: usize = 1 << 20;

/// How many slots a table has at first.
const SLOTS: usize = 4096;

/// How many bits of a slot are the number of a text. A page of [`LARGEST`] bytes has no more texts than four times as
/// few.
const PLACE: u32 = 19;
const _: () = assert!(LARGEST / size_of::<u32>() < 1 << PLACE);

/// How many texts are looked up at a time. What is waited for is memory: these wait together.
const TOGETHER: usize = 16;

/// A dictionary that is being filled: each text once, in the order in which they were met first.
pub(super) struct Words {
    /// The texts as the dictionary's page has them, each behind its length.
    page: Vec<u8>,
    /// Where each text is in the page.
    starts: Vec<u32>,
    keys: Vec<Key>,
    /// Where to look for a text by its hash, and from there on: 0 for nothing, or the number of a text from 1 below some
    /// bits of its hash, so that others are passed unseen.
    slots: Vec<u32>,
    seeds: [u64; 3],
}

impl Words {
    pub(super) fn new() -> Self {
        let random = RandomState::new();
        // An odd number, so that a product with it loses nothing.
        let seeds = [random.hash_one(0), random.hash_one(1), random.hash_one(2) | 1];
        Self { page: Vec::new(), starts: Vec::new(), keys: Vec::new(), slots: vec![0; SLOTS], seeds }
    }

    pub(super) fn len(&self) -> u32 {
        self.keys.len() as u32
    }

    /// The page of the dictionary, in plain encoding.
    pub(super) fn page(&self) -> &[u8] {
        &self.page
    }

    /// The word with this number.
    fn get(&self, place: u32) -> Text<'_> {
        let (Some(key), Some(start)) = (self.keys.get(place as usize), self.starts.get(place as usize)) else {
            return Text::new(&[]);
        };
        let rest = self.page.get(*start as usize..).unwrap_or_default();
        Text::new(rest.get(..key[0] as u32 as usize).unwrap_or_default())
    }

    /// Appends the numbers of texts, of which some may be new, and says how many: not all, if there is no room for one.
    pub(super) fn place<'t>(&mut self, texts: impl Iterator<Item = Text<'t>>, places: &mut Vec<u32>) -> usize {
        let mut texts = texts.peekable();
        let before = places.len();
        let mut waiting = [(Text::new(&[]), 0, None); TOGETHER];
        while texts.peek().is_some() {
            let mut count = 0;
            for (waiting, text) in waiting.iter_mut().zip(&mut texts) {
                let hash = text.hash(self.seeds);
                *waiting = (text, hash, self.find(hash, |_| true).0);
                count += 1;
            }
            for (text, hash, found) in &waiting[..count] {
                let place = found.filter(|place| self.is_at(*place, *text)).or_else(|| self.search(*text, *hash));
                let Some(place) = place else { return places.len() - before };
                places.push(place);
            }
        }
        places.len() - before
    }

    /// The first text from the slot of a hash on that has the same bits of its hash and is as wanted, or the slot where
    /// it would be.
    #[inline]
    fn find(&self, hash: u64, mut is_wanted: impl FnMut(u32) -> bool) -> (Option<u32>, usize) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return (None, at);
            }
            if slot >> PLACE == tag(hash) && is_wanted((slot & ((1 << PLACE) - 1)) - 1) {
                return (Some((slot & ((1 << PLACE) - 1)) - 1), at);
            }
            at = (at + 1) & mask;
        }
    }

    #[inline]
    fn is_at(&self, place: u32, text: Text<'_>) -> bool {
        // Word by word: what was written in parts a moment ago is slow to read as a whole.
        let differs = |key: &Key| key.iter().zip(text.key()).fold(0, |bits, (a, b)| bits | (a ^ b)) != 0;
        self.keys.get(place as usize).is_some_and(|key| !differs(key))
            && text.middle().is_none_or(|middle| self.get(place).middle() == Some(middle))
    }

    /// The number of a text that was not found at first sight; nothing, if it is new and there is no room for it.
    #[cold]
    fn search(&mut self, text: Text<'_>, hash: u64) -> Option<u32> {
        let (found, slot) = self.find(hash, |place| self.is_at(place, text));
        found.or_else(|| self.add(text, hash, slot))
    }

    fn add(&mut self, text: Text<'_>, hash: u64, slot: usize) -> Option<u32> {
        if self.page.len() + size_of::<u32>() + text.len() as usize > LARGEST {
            return None;
        }
        let place = self.len();
        self.page.extend_from_slice(&text.len().to_le_bytes());
        self.starts.push(self.page.len() as u32);
        text.push_to(&mut self.page);
        self.keys.push(text.key());
        self.slots[slot] = tag(hash) << PLACE | (place + 1);
        if self.keys.len() * 2 > self.slots.len() {
            self.grow();
        }
        Some(place)
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![0; mask + 1];
        for place in 0..self.len() {
            let hash = self.get(place).hash(self.seeds);
            let mut at = hash as usize & mask;
            while slots[at] != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = tag(hash) << PLACE | (place + 1);
        }
        self.slots = slots;
    }
}

/// The bits of a hash that a slot has: not those that decide which slot it is.
#[inline]
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32 >> PLACE
}

#[cfg(test)]
mod tests {
    use arrow::array::StringViewArray;

    use super::*;

    #[test]
    fn words_are_numbered_in_the_order_in_which_they_come() {
        let texts: Vec<String> = (0..50_000).map(|n| format!("{:0>1$}", n % 9000, n % 9000 % 20)).collect();
        let mut first: Vec<&String> = Vec::new();
        let mut known = std::collections::HashMap::new();
        let array = StringViewArray::from_iter_values(&texts);
        let mut words = Words::new();
        let expected: Vec<u32> = texts
            .iter()
            .map(|text| {
                *known.entry(text).or_insert_with(|| {
                    first.push(text);
                    first.len() as u32 - 1
                })
            })
            .collect();
        let mut places = Vec::new();
        assert_eq!(words.place(Text::all(&array), &mut places), texts.len());
        assert_eq!(places, expected);
        assert_eq!(words.len() as usize, first.len());
        let page: Vec<u8> =
            first.iter().flat_map(|text| [&(text.len() as u32).to_le_bytes(), text.as_bytes()].concat()).collect();
        assert_eq!(words.page(), page);
    }

    #[test]
    fn a_full_dictionary_still_knows_its_words() {
        let long = ["a".repeat(600_000), "b".repeat(600_000)];
        let array = StringViewArray::from_iter_values(&long);
        let mut words = Words::new();
        let mut places = Vec::new();
        for (text, placed) in [(0, 1), (1, 0), (0, 1)] {
            assert_eq!(words.place(Text::all(&array).skip(text).take(1), &mut places), placed);
        }
        assert_eq!(places, [0, 0]);
    }
}
