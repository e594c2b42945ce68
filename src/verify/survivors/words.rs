//! Texts as runs of words, so that a value is found inside free text and JSON, however it is spaced there.
//!
//! Of a text only letters and digits count, in small letters, and where words begin and end. A value is known by all
//! its letters and digits end to end: `4111 1111 1111 1111` and `4111-1111-11111111` are the same.

/// The most words of a value: of a longer one, the first are looked for.
pub(super) const MOST_WORDS: usize = 12;

/// The fewest letters and digits of a value that is looked for.
pub(super) const FEWEST: usize = 7;

/// An odd number without pattern, by which hashes of texts that begin alike grow apart.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The words of a text, and the memory they are in. One serves any number of texts, one after the other.
#[derive(Debug, Default)]
pub(in crate::verify) struct Words {
    /// Letters and digits, end to end.
    text: String,
    /// Where each word ends in it.
    ends: Vec<usize>,
    /// The hash of the text up to each byte.
    hashes: Vec<u64>,
    /// The powers of the base.
    powers: Vec<u64>,
}

impl Words {
    /// Reads a text.
    pub(super) fn read(&mut self, text: &str) {
        self.text.clear();
        self.ends.clear();
        let mut is_inside = false;
        for c in text.chars() {
            let is_word = c.is_alphanumeric();
            if is_word {
                if c.is_ascii() {
                    self.text.push(c.to_ascii_lowercase());
                } else {
                    self.text.extend(c.to_lowercase());
                }
            } else if is_inside {
                self.ends.push(self.text.len());
            }
            is_inside = is_word;
        }
        if is_inside {
            self.ends.push(self.text.len());
        }
    }

    /// How many words there are.
    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    /// The first words, as many as a value may have, end to end, and how many they are.
    pub(super) fn value(&self) -> (&str, usize) {
        let words = self.ends.len().min(MOST_WORDS);
        let end = words.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        (self.text.get(..end).unwrap_or_default(), words)
    }

    /// Tells of every run of words that may be a value, with its hash and the number of its words, as long as `goes_on`
    /// says that there are values that start with the first word and have so many.
    pub(super) fn each_run(&mut self, lengths: impl Fn(u64, &str) -> u16, mut tell: impl FnMut(u64, &str)) {
        if self.text.len() < FEWEST {
            return;
        }
        self.hashes.clear();
        self.hashes.push(0);
        let mut hash = 0_u64;
        for byte in self.text.bytes() {
            hash = step(hash, byte);
            self.hashes.push(hash);
        }
        while self.powers.len() < self.hashes.len() {
            let next = self.powers.last().map_or(1, |power| power.wrapping_mul(BASE));
            self.powers.push(next);
        }
        let between = |start: usize, end: usize| {
            let at = |place: usize| self.hashes.get(place).copied().unwrap_or(0);
            let power = self.powers.get(end - start).copied().unwrap_or(0);
            at(end).wrapping_sub(at(start).wrapping_mul(power))
        };
        let mut start = 0;
        for (first, end) in self.ends.iter().enumerate() {
            let mut lengths = lengths(between(start, *end), self.text.get(start..*end).unwrap_or_default());
            for last in self.ends.iter().skip(first).take(MOST_WORDS) {
                if lengths == 0 {
                    break;
                }
                if lengths & 1 == 1 && last - start >= FEWEST {
                    tell(between(start, *last), self.text.get(start..*last).unwrap_or_default());
                }
                lengths >>= 1;
            }
            start = *end;
        }
    }

    /// The first word.
    pub(super) fn first(&self) -> &str {
        let end = self.ends.first().copied().unwrap_or(0);
        self.text.get(..end).unwrap_or_default()
    }

    /// Tells of the hash of each word.
    pub(super) fn each_word(&self, mut tell: impl FnMut(u64)) {
        let mut start = 0;
        for end in &self.ends {
            tell(hash_of(self.text.get(start..*end).unwrap_or_default()));
            start = *end;
        }
    }
}

/// The hash of the first word of a text that was not read, as [`Words::first`] would give it.
pub(super) fn hash_of_first(text: &str) -> u64 {
    let mut hash = 0;
    for byte in text.bytes().skip_while(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()) {
        if !byte.is_ascii() {
            // The letters of other scripts have small forms that are not told byte by byte.
            return hash_of_any_first(text);
        }
        if !byte.is_ascii_alphanumeric() {
            break;
        }
        hash = step(hash, byte.to_ascii_lowercase());
    }
    hash
}

#[cold]
fn hash_of_any_first(text: &str) -> u64 {
    let mut words = Words::default();
    words.read(text);
    hash_of(words.first())
}

fn step(hash: u64, byte: u8) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1)
}

/// The hash of letters and digits end to end.
pub(super) fn hash_of(text: &str) -> u64 {
    text.bytes().fold(0, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_the_same_however_it_is_spaced_and_wherever_it_stands() {
        let mut words = Words::default();
        for (value, text) in [
            ("4111 1111 1111 1111", "paid with 4111-1111-11111111, thanks"),
            ("Ana.Costa@shop.pt", r#"{"mail":"ana.costa@SHOP.pt"}"#),
            ("Élodie Martin", "ÉLODIE  MARTIN"),
        ] {
            words.read(value);
            let wanted = hash_of(words.value().0);
            let mut found = 0;
            words.read(text);
            words.each_run(
                |_, _| u16::MAX,
                |hash, run| {
                    assert_eq!(hash, hash_of(run));
                    found += usize::from(hash == wanted);
                },
            );
            assert_eq!(found, 1, "{value} in {text}");
        }
    }

    #[test]
    fn the_first_word_of_a_text_has_one_hash_read_or_not() {
        let mut words = Words::default();
        for text in
            ["Ana Costa", "  (912) 345", "+351-9", "Élodie M", "anaÉ.x", "—Zoë", "", "--", "x", "İstanbul 1", "ana·b"]
        {
            words.read(text);
            assert_eq!(hash_of_first(text), hash_of(words.first()), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_word_is_no_value() {
        let mut words = Words::default();
        let wanted = hash_of("1234567");
        for (text, expected) in [("1234567", 1), ("x1234567", 0), ("12345678", 0), ("(1234567)", 1), ("123 4567", 1)] {
            let mut found = 0;
            words.read(text);
            words.each_run(|_, _| u16::MAX, |hash, _| found += usize::from(hash == wanted));
            assert_eq!(found, expected, "{text}");
        }
    }
}
