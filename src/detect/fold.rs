//! Words without case and accents, so that one list serves however a word is written.

use deunicode::deunicode_char;

/// The most bytes that a folded word may have; longer ones are in no list.
const MOST: usize = 48;

/// A word in small Latin letters without marks: `Søren` as `soren`, `Weiß` as `weiss`. Lives on the stack.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folded {
    bytes: [u8; MOST],
    len: usize,
}

impl Folded {
    /// Folds a word; none if it is longer than any that is known.
    pub(super) fn of(word: &str) -> Option<Self> {
        let mut folded = Self { bytes: [0; MOST], len: 0 };
        for c in word.chars() {
            if c.is_ascii() {
                folded.push(c as u8)?;
            } else {
                for byte in deunicode_char(c).unwrap_or_default().bytes() {
                    folded.push(byte)?;
                }
            }
        }
        Some(folded)
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.len)? = byte.to_ascii_lowercase();
        self.len += 1;
        Some(())
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(self.bytes()).unwrap_or_default()
    }
}

/// A list of folded words, each with what is known about it, found by their hashes.
pub(super) struct Lexicon<T> {
    words: Vec<(Box<str>, T)>,
    /// Twice as many and more, a power of two: one more than the place of a word whose hash leads here or to a slot
    /// before it that was taken, 0 if it is free.
    slots: Vec<u32>,
}

impl<T: Copy> Lexicon<T> {
    /// A list of words in any order; of words that come twice, `merge` joins what is known.
    pub(super) fn new<'w>(words: impl Iterator<Item = (&'w str, T)>, merge: impl Fn(T, T) -> T) -> Self {
        let mut sorted: Vec<(Box<str>, T)> =
            words.filter_map(|(word, about)| Some((Folded::of(word.trim())?.as_str().into(), about))).collect();
        sorted.retain(|(word, _)| !word.is_empty());
        sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
        sorted.dedup_by(|(next, about), (kept, known)| {
            let same = next == kept;
            if same {
                *known = merge(*known, *about);
            }
            same
        });
        let mut slots = vec![0; (sorted.len() * 2 + 1).next_power_of_two()];
        for (place, (word, _)) in sorted.iter().enumerate() {
            let mut slot = hash(word.as_bytes()) & (slots.len() - 1);
            while slots.get(slot).is_some_and(|taken| *taken != 0) {
                slot = (slot + 1) & (slots.len() - 1);
            }
            if let Some(slot) = slots.get_mut(slot) {
                *slot = place as u32 + 1;
            }
        }
        Self { words: sorted, slots }
    }

    /// What is known about a word in any case, with or without accents.
    pub(super) fn get(&self, word: &str) -> Option<T> {
        self.get_folded(&Folded::of(word)?)
    }

    pub(super) fn get_folded(&self, word: &Folded) -> Option<T> {
        let word = word.bytes();
        let mut slot = hash(word) & (self.slots.len() - 1);
        // There is always a free slot, at which the search ends.
        while let Some(place) = self.slots.get(slot).and_then(|slot| slot.checked_sub(1)) {
            let (known, about) = self.words.get(place as usize)?;
            if known.as_bytes() == word {
                return Some(*about);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        None
    }
}

/// FNV-1a over the bytes, its upper half then mixed into the lower.
fn hash(word: &[u8]) -> usize {
    let hash = word
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    (hash ^ hash >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        let list = Lexicon::new(
            [("Søren", 1), ("Łukasz", 2), ("soren", 4), ("d'Arc", 8), ("Weiß", 16)].into_iter(),
            |a, b| a | b,
        );
        let cases = [
            ("SOREN", Some(5)),
            ("søren", Some(5)),
            ("lukasz", Some(2)),
            ("D'ARC", Some(8)),
            ("weiss", Some(16)),
            ("x", None),
            ("", None),
        ];
        for (word, about) in cases {
            assert_eq!(list.get(word), about, "{word}");
        }
        assert_eq!(list.get(&"a".repeat(100)), None);
    }
}
