/// The alphabets that have names, in the order of their numerals.
const NAMED: &[(&str, &str)] = &[
    ("digits", "0123456789"),
    ("lower", "abcdefghijklmnopqrstuvwxyz"),
    ("upper", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("letters", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("alphanumeric", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("lower_alphanumeric", "0123456789abcdefghijklmnopqrstuvwxyz"),
    ("upper_alphanumeric", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("hex", "0123456789abcdef"),
];

/// The most characters of an alphabet, so that a numeral is a byte and one byte is none.
const MOST: usize = 255;
const NONE: u8 = 255;

/// The characters that are encrypted, each standing for a numeral.
#[derive(Debug, Clone)]
pub(super) struct Alphabet {
    characters: Vec<char>,
    ascii: [u8; 128],
    /// The other characters with their numerals, ascending.
    wide: Vec<(char, u8)>,
}

impl Alphabet {
    /// The names of the alphabets that have one.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, _)| *name)
    }

    /// An alphabet by its name.
    pub(super) fn named(name: &str) -> Option<Self> {
        NAMED.iter().find(|(known, _)| *known == name).and_then(|(_, characters)| Self::of(characters))
    }

    /// An alphabet of 2 to 255 characters, no two the same.
    pub(super) fn of(text: &str) -> Option<Self> {
        let characters: Vec<char> = text.chars().collect();
        if !(2..=MOST).contains(&characters.len()) {
            return None;
        }
        let mut ascii = [NONE; 128];
        let mut wide = Vec::new();
        for (numeral, c) in characters.iter().enumerate() {
            match ascii.get_mut(*c as usize) {
                Some(place) if *place == NONE => *place = numeral as u8,
                Some(_) => return None,
                None => wide.push((*c, numeral as u8)),
            }
        }
        wide.sort_unstable();
        let distinct = wide.windows(2).all(|pair| !matches!(pair, [(a, _), (b, _)] if a == b));
        distinct.then_some(Self { characters, ascii, wide })
    }

    /// Whether it has letters of both cases, or characters beyond ASCII letters and digits, of which databases may take
    /// some for others.
    pub(super) fn mixes_case(&self) -> bool {
        let upper = self.characters.iter().any(char::is_ascii_uppercase);
        let lower = self.characters.iter().any(char::is_ascii_lowercase);
        upper && lower || !self.characters.iter().all(char::is_ascii_alphanumeric)
    }

    /// How many characters it has.
    pub(super) fn radix(&self) -> u32 {
        self.characters.len() as u32
    }

    /// Whether it is the ten digits in their order.
    pub(super) fn is_digits(&self) -> bool {
        self.characters.iter().copied().eq('0'..='9')
    }

    /// Writes the numerals of the characters that are of the alphabet. A text with a letter or digit that is not, does
    /// not conform; everything else stays where it is, and is not written here.
    #[inline]
    pub(super) fn read(&self, text: &str, numerals: &mut Vec<u8>) -> bool {
        numerals.clear();
        if text.is_ascii() {
            return text.bytes().all(|byte| match self.ascii.get(usize::from(byte)) {
                Some(&NONE) | None => !byte.is_ascii_alphanumeric(),
                Some(numeral) => {
                    numerals.push(*numeral);
                    true
                }
            });
        }
        text.chars().all(|c| match self.numeral(c) {
            None => !c.is_alphanumeric(),
            Some(numeral) => {
                numerals.push(numeral);
                true
            }
        })
    }

    /// Writes `text` with other numerals in place of those that [`read`](Self::read) has found in it.
    #[inline]
    pub(super) fn write(&self, text: &str, numerals: &[u8], written: &mut String) {
        let mut numerals = numerals.iter();
        written.clear();
        written.extend(text.chars().map(|c| match self.numeral(c) {
            None => c,
            Some(_) => numerals.next().and_then(|numeral| self.characters.get(usize::from(*numeral))).map_or(c, |c| *c),
        }));
    }

    #[inline]
    fn numeral(&self, c: char) -> Option<u8> {
        match self.ascii.get(c as usize) {
            Some(numeral) => Some(*numeral).filter(|numeral| *numeral != NONE),
            None => {
                let place = self.wide.binary_search_by_key(&c, |(character, _)| *character).ok()?;
                self.wide.get(place).map(|(_, numeral)| *numeral)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alphabet_is_of_distinct_characters() {
        let longest: String = ('\u{100}'..).take(255).collect();
        for text in ["01", "ab-é山", &longest] {
            assert_eq!(Alphabet::of(text).map(|alphabet| alphabet.radix()), Some(text.chars().count() as u32));
        }
        for text in ["", "a", "aba", "山é山", &format!("{longest}a")] {
            assert!(Alphabet::of(text).is_none(), "{text}");
        }
        Alphabet::names().for_each(|name| assert!(Alphabet::named(name).is_some(), "{name}"));
        assert!(Alphabet::named("digits").unwrap().is_digits() && !Alphabet::named("hex").unwrap().is_digits());
    }

    #[test]
    fn what_is_neither_letter_nor_digit_stays_and_other_letters_do_not_conform() {
        let alphabet = Alphabet::of("012éü").unwrap();
        for (text, numerals, written) in [
            ("1-2 0", Some(vec![1, 2, 0]), "2-é 1"),
            ("é(ü)\u{1f642}", Some(vec![3, 4]), "ü(0)\u{1f642}"),
            ("", Some(vec![]), ""),
            ("3", None, ""),
            ("1a", None, ""),
            ("à", None, ""),
            ("1٣", None, ""),
        ] {
            let (mut read, mut again) = (Vec::new(), String::new());
            assert_eq!(alphabet.read(text, &mut read).then_some(read.clone()), numerals, "{text}");
            if numerals.is_some() {
                read.iter_mut().for_each(|numeral| *numeral = (*numeral + 1) % 5);
                alphabet.write(text, &read, &mut again);
                assert_eq!(again, written);
            }
        }
    }
}
