//! The row's own identifiers, and where they stand in its text.

use std::ops::Range;

use memchr::memmem;

use super::fold::{Folded, fold, is_unparted};

/// From how many characters on a value is found inside of words too; a shorter one only as a whole word.
const LONG: usize = 8;
/// The fewest characters that are looked for. In scripts without blanks between words it is one less.
const FEWEST: usize = 3;
/// The fewest digits that are compared as a number, whatever stands between them.
const NUMBER: usize = 7;
/// How many digits of a number decide, from the end: what stands before them may be a prefix of a country.
const TAIL: usize = 9;
/// The most characters between two groups of digits of one number.
const GAP: usize = 3;
/// What stands between the digits of no number.
const BREAK: u8 = b'|';

/// Which value it is that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    /// The place of its column among those of the rule.
    pub(super) column: usize,
    /// Which of how many words of it, from 0; 0 of 1 for the whole of it.
    pub(super) word: (usize, usize),
}

/// Something to look for.
#[derive(Debug)]
struct Needle {
    source: Source,
    bytes: Range<usize>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Anywhere,
    Word,
    /// Too short to be looked for; it is taken where it stands beside another.
    Beside,
    Digits,
}

/// One of the row's own values in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OwnHit {
    pub(super) source: Source,
    pub(super) range: Range<usize>,
    /// The same in the text in one spelling.
    folded: Range<usize>,
}

/// The values of a row to look for, and the memory to do it in. Serves any number of rows, one after the other.
#[derive(Debug, Default)]
pub(super) struct Own {
    needles: Vec<Needle>,
    bytes: Vec<u8>,
    text: Folded,
    digits: Vec<u8>,
    /// Where each of the digits stands in the text in one spelling.
    places: Vec<usize>,
    hits: Vec<OwnHit>,
}

impl Own {
    /// Forgets the last row's values.
    pub(super) fn clear(&mut self) {
        self.needles.clear();
        self.bytes.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// Adds a value of the row. `local_part` says whether what stands before the `@` of an address is a value too.
    pub(super) fn add(&mut self, column: usize, value: &str, local_part: bool) {
        let whole = Source { column, word: (0, 1) };
        let start = self.bytes.len();
        fold(value.trim(), &mut self.bytes, |_, _| {});
        let bytes = start..self.bytes.len();
        self.spelt(whole, bytes.clone());
        self.transcribed(whole, value);
        self.without_apostrophes(whole, bytes.clone());
        self.number(whole, bytes.clone());
        let of = |at: &usize| bytes.start + at;
        let part = self.bytes.get(bytes.clone()).unwrap_or_default();
        if let Some(at) = memchr::memchr(b'@', part).as_ref().map(of) {
            if local_part {
                self.spelt(whole, bytes.start..at);
            }
        } else if !part.iter().any(u8::is_ascii_digit) {
            self.words(column, bytes);
        }
    }

    /// Adds the words of a name, but for those that stand in names and texts alike.
    fn words(&mut self, column: usize, bytes: Range<usize>) {
        let text = self.bytes.get(bytes.clone()).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default();
        let mut words = Vec::new();
        let mut from = None;
        for (place, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (c.is_alphanumeric(), from) {
                (true, None) => from = Some(place),
                (false, Some(start)) => {
                    words.push(start..place);
                    from = None;
                }
                _ => {}
            }
        }
        let count = words.len();
        if count < 2 {
            return;
        }
        let particle = |word: &Range<usize>| text.get(word.clone()).is_some_and(|word| PARTICLES.contains(&word));
        words.iter_mut().for_each(|word| {
            if particle(word) {
                word.end = word.start;
            }
        });
        for (place, word) in words.into_iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            let word = bytes.start + word.start..bytes.start + word.end;
            self.spelt(Source { column, word: (place, count) }, word);
        }
    }

    /// Adds a value in the spelling in which `ae`, `oe` and `ue` stand for letters with two dots, and `aa` for one with
    /// a ring, if that is another one.
    fn transcribed(&mut self, source: Source, value: &str) {
        let spelling = |c| {
            Some(match c {
                'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
                'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
                'ü' | 'Ü' => "ue",
                'å' | 'Å' => "aa",
                _ => return None,
            })
        };
        if !value.chars().any(|c| spelling(c).is_some()) {
            return;
        }
        let start = self.bytes.len();
        for c in value.trim().chars() {
            match spelling(c) {
                Some(letters) => self.bytes.extend_from_slice(letters.as_bytes()),
                None => fold(c.encode_utf8(&mut [0; 4]), &mut self.bytes, |_, _| {}),
            }
        }
        let bytes = start..self.bytes.len();
        self.spelt(source, bytes.clone());
        self.words(source.column, bytes);
    }

    /// Adds a name in the spelling that leaves its apostrophes out: `obrien`.
    fn without_apostrophes(&mut self, source: Source, bytes: Range<usize>) {
        let start = self.bytes.len();
        if self.bytes.get(bytes.clone()).is_some_and(|name| name.contains(&b'\'')) {
            for place in bytes {
                self.bytes.extend(self.bytes.get(place).copied().filter(|byte| *byte != b'\''));
            }
            self.spelt(source, start..self.bytes.len());
        }
    }

    fn spelt(&mut self, source: Source, bytes: Range<usize>) {
        let text = self.bytes.get(bytes.clone()).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default();
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        let unparted = text.chars().all(is_unparted);
        let kind = match text.chars().count() {
            count if count < FEWEST - usize::from(unparted) => Kind::Beside,
            count if unparted || count >= LONG => Kind::Anywhere,
            _ => Kind::Word,
        };
        self.needles.push(Needle { source, bytes, kind });
    }

    /// Adds the digits of a value that is a number in groups.
    fn number(&mut self, source: Source, bytes: Range<usize>) {
        let start = self.bytes.len();
        for place in bytes {
            match self.bytes.get(place).copied() {
                Some(digit @ b'0'..=b'9') => self.bytes.push(digit),
                Some(byte) if is_between(byte) => {}
                _ => {
                    self.bytes.truncate(start);
                    return;
                }
            }
        }
        let mut digits = start..self.bytes.len();
        // A nought in front is a prefix that is left out from abroad.
        while digits.len() > NUMBER && self.bytes.get(digits.start) == Some(&b'0') {
            digits.start += 1;
        }
        if digits.len() >= NUMBER {
            self.needles.push(Needle { source, bytes: digits, kind: Kind::Digits });
        }
    }

    /// Finds the row's values in a text: ranges of whole characters, in any order, which may overlap.
    pub(super) fn search(&mut self, text: &str) -> &[OwnHit] {
        self.hits.clear();
        if self.needles.is_empty() {
            return &self.hits;
        }
        self.text.read(text);
        let mut has_number = false;
        for needle in &self.needles {
            let bytes = self.bytes.get(needle.bytes.clone()).unwrap_or_default();
            match needle.kind {
                Kind::Beside => {}
                Kind::Digits => has_number = true,
                Kind::Anywhere | Kind::Word => {
                    let whole = needle.kind == Kind::Word;
                    let mut from = 0;
                    while let Some(at) = self.text.bytes.get(from..).and_then(|rest| memmem::find(rest, bytes)) {
                        let start = from + at;
                        let folded = start..start + bytes.len();
                        let range = self.text.place(folded.start)..self.text.end(folded.end);
                        if !whole || is_word(text, &range) {
                            self.hits.push(OwnHit { source: needle.source, range, folded });
                            from = start + bytes.len();
                        } else {
                            from = start + 1;
                        }
                    }
                }
            }
        }
        if has_number {
            self.numbers();
        }
        self.beside(text);
        &self.hits
    }

    /// Finds the numbers, by their last digits.
    fn numbers(&mut self) {
        self.digits.clear();
        self.places.clear();
        let mut gap = 0;
        for (place, byte) in self.text.bytes.iter().enumerate() {
            if byte.is_ascii_digit() {
                if gap > GAP {
                    self.digits.push(BREAK);
                    self.places.push(place);
                }
                gap = 0;
                self.digits.push(*byte);
                self.places.push(place);
            } else {
                gap = if is_between(*byte) { gap + 1 } else { GAP + 1 };
            }
        }
        for needle in self.needles.iter().filter(|needle| needle.kind == Kind::Digits) {
            let number = self.bytes.get(needle.bytes.clone()).unwrap_or_default();
            let tail = number.get(number.len().saturating_sub(TAIL)..).unwrap_or_default();
            let mut from = 0;
            while let Some(at) = self.digits.get(from..).and_then(|rest| memmem::find(rest, tail)) {
                let (first, last) = (from + at, from + at + tail.len() - 1);
                from = first + 1;
                let start = self.number_start(first, number.len() - tail.len());
                let mut end = last;
                while self.follows(end + 1) {
                    end += 1;
                }
                if number.len() < LONG && (start != first || end != last) {
                    continue;
                }
                if let (Some(start), Some(end)) = (self.places.get(start), self.places.get(end)) {
                    let folded = self.opening(*start)..end + 1;
                    let range = self.text.place(folded.start)..self.text.end(folded.end);
                    self.hits.push(OwnHit { source: needle.source, range, folded });
                }
            }
        }
    }

    /// Whether the digit at `place` stands right behind the one before it.
    fn follows(&self, place: usize) -> bool {
        let at = |place: usize| self.places.get(place).copied();
        let digit = self.digits.get(place).is_some_and(|digit| *digit != BREAK);
        digit && place.checked_sub(1).and_then(at).is_some_and(|before| at(place) == Some(before + 1))
    }

    /// Where the number begins whose last digits begin at `first`: `more` digits before them are its own, if they are
    /// there; the rest of a group belongs to it, and so does a prefix of a country.
    fn number_start(&self, first: usize, more: usize) -> usize {
        let own = self.digits.iter().take(first).rev().take(more).take_while(|digit| **digit != BREAK).count();
        let group = |mut start: usize| {
            while self.follows(start) {
                start -= 1;
            }
            start
        };
        // Digits that are not the number's own may stand before its last ones, as in `0039 02 …` for `+39 02 …`: a
        // group of up to five digits that begins like a prefix goes with it.
        let mut start = group(first);
        for _ in 0..2 {
            let before = start.checked_sub(1).filter(|before| self.digits.get(*before).is_some_and(|d| *d != BREAK));
            let Some(before) = before else { break };
            let begin = group(before);
            let opens = |byte: u8| {
                let place = self.places.get(begin).and_then(|place| place.checked_sub(1));
                place.and_then(|place| self.text.bytes.get(place)) == Some(&byte)
            };
            let nought = self.digits.get(begin) == Some(&b'0');
            if start - begin <= 5 && (nought || opens(b'+') || opens(b'(') || first - begin <= own) {
                start = begin;
            }
        }
        start
    }

    /// The place of the `+` or `(` before the byte at `place`, or else `place`.
    fn opening(&self, place: usize) -> usize {
        let before = place.checked_sub(1).filter(|before| matches!(self.text.bytes.get(*before), Some(b'+' | b'(')));
        before.unwrap_or(place)
    }

    /// Finds the values that are too short to be looked for where they stand beside a hit: `이` before `지훈`.
    fn beside(&mut self, text: &str) {
        let found = self.hits.len();
        for needle in self.needles.iter().filter(|needle| needle.kind == Kind::Beside) {
            let bytes = self.bytes.get(needle.bytes.clone()).unwrap_or_default();
            for place in 0..found {
                let Some(hit) = self.hits.get(place).map(|hit| hit.folded.clone()) else { break };
                for gap in [0, 1] {
                    let before = hit.start.checked_sub(gap + bytes.len());
                    for start in [before, Some(hit.end + gap)].into_iter().flatten() {
                        let folded = start..start + bytes.len();
                        if self.text.bytes.get(folded.clone()) != Some(bytes) {
                            continue;
                        }
                        let range = self.text.place(folded.start)..self.text.end(folded.end);
                        if is_word(text, &range) || gap == 0 {
                            self.hits.push(OwnHit { source: needle.source, range, folded });
                        }
                    }
                }
            }
        }
    }
}

/// What may stand between the digits of one number.
fn is_between(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'(' | b')' | b'/' | b'+' | b'\\')
}

/// Whether no word goes on before or behind a range. A script without blanks has no such words.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unparted(c));
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let behind = text.get(range.end..).and_then(|behind| behind.chars().next());
    !goes_on(before) && !goes_on(behind)
}

/// Words of names that stand everywhere in texts of their language: alone they name nobody.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "des", "del", "della", "delle", "das", "dos", "les", "las", "los", "ter", "ten", "zur",
    "zum", "vom", "bin", "ibn", "bint", "ben", "und", "and", "the", "mrs", "san", "saint", "herr", "frau",
];
