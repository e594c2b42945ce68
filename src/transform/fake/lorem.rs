//! Text that says nothing, about as long as the text it stands for.

use fake::locales::{Data, EN};

use super::kernel::{Compose, Draw, Word};

/// The longest word that may end a text: of every length up to here there are words.
const LONGEST: usize = 12;

/// How long a text is that stands for none, in characters.
const USUAL: usize = 60;

/// Latin words as printers set them, in every locale. The length is drawn from seven to nine eighths of the source's,
/// so that it does not tell the source from its likes by a character; what is too short for a word is letters.
pub(super) struct Lorem {
    /// The words of each length, from none on.
    words: [Vec<&'static str>; LONGEST + 1],
}

impl Lorem {
    pub(super) fn new() -> Self {
        let mut words: [Vec<&'static str>; LONGEST + 1] = Default::default();
        for word in EN::LOREM_WORD {
            if let Some(words) = words.get_mut(word.len()).filter(|words| !words.contains(word)) {
                words.push(word);
            }
        }
        Self { words }
    }

    fn push(&self, value: &mut String, length: usize, word: u64) {
        let words = self.words.get(length).map_or(&[][..], Vec::as_slice);
        let place = word.checked_rem(words.len() as u64).unwrap_or_default();
        value.push_str(words.get(place as usize).copied().unwrap_or_default());
    }
}

/// The letters that texts are made of where they are too short for a word.
const LETTERS: u64 = 26;

/// From here on a text is words.
const WORDS: usize = 4;

/// The lengths of words inside a text, as often as they are to be drawn.
const LENGTHS: &[usize] = &[2, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10];

impl Compose for Lorem {
    fn compose(&self, draw: &Draw, value: &mut String) {
        let source = draw.length().unwrap_or(USUAL).max(1);
        let spread = source / 8;
        let length = source - spread + draw.below(Word::Second, 2 * spread as u64 + 1) as usize;
        let start = value.len();
        if length < WORDS {
            let first = draw.turned(Word::First, LETTERS);
            let rest = draw.word(Word::Third);
            for place in 0..length {
                let letter = if place == 0 { first } else { (rest >> (16 * place)) % LETTERS };
                value.push(char::from(b'a' + letter as u8));
            }
            return;
        }
        let mut stream = Stream(draw.word(Word::Third));
        let first = if length <= LONGEST { length } else { 4 + (stream.next() % 5) as usize };
        let count = self.words.get(first).map_or(0, Vec::len) as u64;
        self.push(value, first, draw.turned(Word::First, count));
        let sentence = length > LONGEST;
        // What is left is either nothing or enough for a space and a word.
        let mut left = length - first - usize::from(sentence);
        while left > 1 {
            value.push(' ');
            left -= 1;
            let drawn = LENGTHS.get((stream.next() % LENGTHS.len() as u64) as usize).copied().unwrap_or(2);
            let next = if left <= LONGEST { left } else { drawn };
            self.push(value, next, stream.next());
            left -= next;
        }
        if sentence {
            value.push('.');
        }
        if let Some(first) = value.get_mut(start..start + 1) {
            first.make_ascii_uppercase();
        }
    }

    /// The fewest that any length has.
    fn turns(&self) -> u64 {
        2
    }
}

/// A stream of words from one: SplitMix64 (Steele, Lea and Flood, 2014). What it starts from is a part of a keyed tag,
/// and says nothing of any value without the key.
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }
}
