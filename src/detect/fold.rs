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

    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// A list of folded words, each with what is known about it, sorted.
pub(super) struct Lexicon<T> {
    words: Vec<(Box<str>, T)>,
    /// Where the words of each first letter begin; what begins with no letter comes before `a` or after `z`.
    starts: [usize; 28],
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
        let mut starts = [0; 28];
        for (slot, start) in starts.iter_mut().enumerate() {
            *start = sorted.partition_point(|(word, _)| slot_of(word) < slot);
        }
        Self { words: sorted, starts }
    }

    /// What is known about a word in any case, with or without accents.
    pub(super) fn get(&self, word: &str) -> Option<T> {
        self.get_folded(&Folded::of(word)?)
    }

    pub(super) fn get_folded(&self, word: &Folded) -> Option<T> {
        let word = word.as_str();
        let slot = slot_of(word);
        let to = self.starts.get(slot + 1).copied().unwrap_or(self.words.len());
        let words = self.words.get(*self.starts.get(slot)?..to)?;
        let place = words.binary_search_by(|(known, _)| (**known).cmp(word)).ok()?;
        words.get(place).map(|(_, about)| *about)
    }
}

/// 0 before the letters, 1 to 26 for them, 27 after them: rising with the words.
fn slot_of(word: &str) -> usize {
    match word.bytes().next() {
        Some(first @ b'a'..=b'z') => usize::from(first - b'a') + 1,
        Some(first) if first > b'z' => 27,
        _ => 0,
    }
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
