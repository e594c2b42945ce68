//! Texts in one spelling: without case, accents and characters that nobody sees, so that a value is found however it
//! is written.

use deunicode::deunicode_char;

/// A text in one spelling, and where each of its bytes comes from. Serves any number of texts, one after the other.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) bytes: Vec<u8>,
    /// For each byte, where its character begins in the text.
    places: Vec<u32>,
    length: usize,
}

impl Folded {
    pub(super) fn read(&mut self, text: &str) {
        self.bytes.clear();
        self.places.clear();
        self.length = text.len();
        fold(text, &mut self.bytes, |place, count| self.places.extend(std::iter::repeat_n(place, count)));
    }

    /// Where the character begins in the text that the byte at `place` comes from; the text's end behind the last.
    pub(super) fn place(&self, place: usize) -> usize {
        self.places.get(place).map_or(self.length, |place| *place as usize)
    }

    /// Where the character ends that the byte before `end` comes from, with the marks on it.
    pub(super) fn end(&self, mut end: usize) -> usize {
        let last = end.checked_sub(1).and_then(|last| self.places.get(last));
        while last.is_some() && self.places.get(end) == last {
            end += 1;
        }
        self.place(end)
    }
}

/// Appends a text in one spelling: small letters, Latin, Greek and Cyrillic ones without marks and in Latin letters
/// (`ß` as `ss`), one blank for any white space, one hyphen and one apostrophe for all of them, ASCII digits; nothing
/// for marks and what has no width. `each` hears where each character begins and how many bytes it became.
pub(super) fn fold(text: &str, bytes: &mut Vec<u8>, mut each: impl FnMut(u32, usize)) {
    for (place, c) in text.char_indices() {
        let before = bytes.len();
        match c {
            c if c.is_whitespace() => {
                if bytes.last() != Some(&b' ') {
                    bytes.push(b' ');
                }
            }
            c if c.is_ascii() => bytes.push(c.to_ascii_lowercase() as u8),
            // Marks of Latin, Greek and Cyrillic, Hebrew and Arabic; what has no width; what chooses a glyph.
            '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{640}' => {}
            '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {}
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' | '\u{2032}' => bytes.push(b'\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => bytes.push(b'-'),
            '\u{ff01}'..='\u{ff5e}' => push(char::from_u32(c as u32 - 0xfee0).unwrap_or(c), bytes),
            '\u{660}'..='\u{669}' => bytes.push(b'0' + (c as u32 - 0x660) as u8),
            '\u{6f0}'..='\u{6f9}' => bytes.push(b'0' + (c as u32 - 0x6f0) as u8),
            c if c.is_alphabetic() && ((c as u32) < 0x530 || ('\u{1e00}'..='\u{1fff}').contains(&c)) => {
                let latin = deunicode_char(c).unwrap_or_default().bytes();
                bytes.extend(latin.filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()));
            }
            c => push(c, bytes),
        }
        each(place as u32, bytes.len() - before);
    }
}

fn push(c: char, bytes: &mut Vec<u8>) {
    for c in c.to_lowercase() {
        bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// Whether a character belongs to a script that sets no blanks between words, or joins particles to them: Han, kana,
/// Hangul, Thai, Lao, Burmese, Khmer.
pub(super) fn is_unparted(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_is_left_of_many() {
        for (text, folded) in [
            ("Zoé", "zoe"),
            ("ZOE\u{301}", "zoe"),
            ("Weiß", "weiss"),
            ("N\u{2019}Diaye", "n'diaye"),
            ("Mary\u{2011}Ann \n Lee", "mary-ann lee"),
            ("Ａｎａ", "ana"),
            ("A\u{200b}n\u{ad}a", "ana"),
            ("Łukasz Źrebiec", "lukasz zrebiec"),
            ("Иван", "ivan"),
            ("山田", "山田"),
            ("٠٦ ۷", "06 7"),
        ] {
            let mut bytes = Vec::new();
            fold(text, &mut bytes, |_, _| {});
            assert_eq!(String::from_utf8(bytes).unwrap(), folded, "{text}");
        }
    }

    #[test]
    fn a_range_is_always_of_whole_characters_with_their_marks() {
        let mut folded = Folded::default();
        folded.read("aße\u{301}!");
        assert_eq!(folded.bytes, b"asse!");
        assert_eq!((folded.place(1), folded.place(2), folded.end(2), folded.end(3)), (1, 1, 3, 3));
        assert_eq!((folded.end(4), folded.end(5), folded.place(9)), (6, 7, 7));
    }
}
