//! How a number is written, apart from what it means.

/// The most digits of a number: fifteen by E.164, an international prefix before them, and a trunk prefix.
const MOST_DIGITS: usize = 20;
const MOST_GROUPS: usize = 12;

/// What stands between groups of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Space,
    Hyphen,
    Dot,
    Slash,
    Parenthesis,
}

impl Mark {
    pub(super) fn of(c: char) -> Option<Self> {
        Some(match c {
            ' ' | '\t' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' => Self::Space,
            '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' => Self::Hyphen,
            '.' | '\u{b7}' => Self::Dot,
            '/' => Self::Slash,
            '(' | ')' => Self::Parenthesis,
            _ => return None,
        })
    }
}

/// The digits of a candidate, and how they are grouped.
#[derive(Debug, Clone)]
pub(super) struct Written {
    digits: [u8; MOST_DIGITS],
    len: usize,
    groups: [u8; MOST_GROUPS],
    count: usize,
    marks: u8,
    /// It begins with a plus sign.
    pub(super) plus: bool,
    /// Groups stand in parentheses, the `(0)` of a trunk prefix aside.
    pub(super) parentheses: bool,
    pub(super) extension: bool,
}

impl Written {
    /// Reads digits and the marks that people put between them; nothing else is allowed, save an extension at the end.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut written = Self {
            digits: [0; MOST_DIGITS],
            len: 0,
            groups: [0; MOST_GROUPS],
            count: 0,
            marks: 0,
            plus: false,
            parentheses: false,
            extension: false,
        };
        let (mut open, mut run) = (false, 0);
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix("(0)").filter(|_| written.len > 0) {
                (rest, run) = (after, 3);
                continue;
            }
            if c.is_ascii_digit() {
                written.push(c as u8, run > 0 || written.len == 0)?;
                run = 0;
            } else if matches!(c, '+' | '\u{ff0b}') && written.len == 0 && !written.plus {
                written.plus = true;
            } else if let Some(mark) = Mark::of(c) {
                run += 1;
                if mark == Mark::Parenthesis {
                    if open == (c == '(') {
                        return None;
                    }
                    open = c == '(';
                    written.parentheses = true;
                }
                if run > 3 || (written.len == 0 && c != '(') {
                    return None;
                }
                written.marks |= 1 << mark as u8;
            } else {
                written.extension = extension(rest).is_some_and(|length| length == rest.len());
                if written.len < 7 || !written.extension {
                    return None;
                }
                break;
            }
            rest = rest.get(c.len_utf8()..)?;
        }
        let ends_well = run == 0 || written.extension || text.ends_with(')');
        (!open && written.len >= 4 && ends_well).then_some(written)
    }

    fn push(&mut self, digit: u8, opens: bool) -> Option<()> {
        *self.digits.get_mut(self.len)? = digit;
        self.len += 1;
        if opens {
            self.count += 1;
        }
        *self.groups.get_mut(self.count.checked_sub(1)?)? += 1;
        Some(())
    }

    pub(super) fn digits(&self) -> &[u8] {
        self.digits.get(..self.len).unwrap_or_default()
    }

    /// How many digits each group has.
    pub(super) fn groups(&self) -> &[u8] {
        self.groups.get(..self.count).unwrap_or_default()
    }

    pub(super) fn has(&self, mark: Mark) -> bool {
        self.marks >> mark as u8 & 1 == 1
    }

    /// Whether no other mark than this one stands between the groups.
    pub(super) fn only(&self, mark: Mark) -> bool {
        self.marks == 1 << mark as u8
    }

    /// The value of a group of at most four digits.
    pub(super) fn value(&self, group: usize) -> Option<u32> {
        let length = usize::from(*self.groups().get(group)?);
        let start: usize = self.groups().get(..group)?.iter().map(|length| usize::from(*length)).sum();
        let digits = self.digits().get(start..start + length).filter(|digits| digits.len() <= 4)?;
        Some(digits.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
    }
}

/// Words before an extension; longer ones first where one begins with another.
const EXTENSIONS: &[&str] =
    &["extension", "ext", "x", "#", "poste", "durchwahl", "dw", "interno", "int", "ramal", "anexo", "toestel", "wew"];

/// How many bytes at the beginning of `text` are an extension: `x12`, ` ext. 12`, ` #12`. One to six digits.
pub(super) fn extension(text: &str) -> Option<usize> {
    let start = text.trim_start_matches([' ', ',', ';', '(']);
    if !start.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#') {
        return None;
    }
    let word =
        EXTENSIONS.iter().find(|word| start.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))?;
    let after = start.get(word.len()..)?.trim_start_matches(['.', ':', ' ', '#']);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let next = after.get(digits..)?.chars().next();
    let ends = next.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    ((1..=6).contains(&digits) && ends).then(|| text.len() - after.len() + digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_groups_are_read() {
        let cases: &[(&str, &str, &[u8])] = &[
            ("+41 (0)44 668 18 00", "41446681800", &[2, 2, 3, 2, 2]),
            ("(650) 253-0000", "6502530000", &[3, 3, 4]),
            ("030/12345-67", "0301234567", &[3, 5, 2]),
            ("020\u{a0}7946\u{2011}0958 ext. 12", "02079460958", &[3, 4, 4]),
            ("4526", "4526", &[4]),
        ];
        for (text, digits, groups) in cases {
            let written = Written::read(text).unwrap();
            assert_eq!(written.digits(), digits.as_bytes(), "{text}");
            assert_eq!(written.groups(), *groups, "{text}");
        }
        for text in
            ["", "+", "123", "-1234567", "12 34567a", "(12 34567", "12) 34567", "12    34567", "1234567-", "1+234567"]
        {
            assert!(Written::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn extensions_have_their_word_and_a_few_digits() {
        for (text, length) in [("x12", 3), (" ext. 1234 now", 10), (", poste 4", 9), (" #7", 3)] {
            assert_eq!(extension(text), Some(length), "{text}");
        }
        for text in ["", " 12", "x", "x1234567", " exit 12", "x12ab", "xy12"] {
            assert_eq!(extension(text), None, "{text}");
        }
    }
}
