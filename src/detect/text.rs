use std::ops::Range;

/// What a byte is. A text's classes are the union of those of its bytes.
pub(super) mod class {
    pub const DIGIT: u16 = 1;
    pub const LOWER: u16 = 1 << 1;
    pub const UPPER: u16 = 1 << 2;
    pub const AT: u16 = 1 << 3;
    pub const COLON: u16 = 1 << 4;
    pub const POINT: u16 = 1 << 5;
    pub const HYPHEN: u16 = 1 << 6;
    pub const SLASH: u16 = 1 << 7;
    pub const EQUALS: u16 = 1 << 8;
    pub const DOLLAR: u16 = 1 << 9;
    pub const BLANK: u16 = 1 << 10;
    pub const HIGH: u16 = 1 << 11;
    /// A letter from `g` to `z`, in either case.
    pub const BEYOND_HEX: u16 = 1 << 12;
    pub const OTHER: u16 = 1 << 13;
    pub const LETTER: u16 = LOWER | UPPER;
    pub const WORD: u16 = DIGIT | LETTER;
    /// One more than all of them.
    pub const ALL: u16 = OTHER << 1;
}

const CLASSES: [u16; 256] = {
    let mut classes = [class::OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => class::DIGIT,
            b'a'..=b'f' => class::LOWER,
            b'g'..=b'z' => class::LOWER | class::BEYOND_HEX,
            b'A'..=b'F' => class::UPPER,
            b'G'..=b'Z' => class::UPPER | class::BEYOND_HEX,
            b'@' => class::AT,
            b':' => class::COLON,
            b'.' => class::POINT,
            b'-' => class::HYPHEN,
            b'/' => class::SLASH,
            b'=' => class::EQUALS,
            b'$' | b'{' => class::DOLLAR,
            b' ' | b'\t' | b'\r' | b'\n' => class::BLANK,
            0x80.. => class::HIGH,
            _ => class::OTHER,
        };
        byte += 1;
    }
    classes
};

/// The shortest run without a digit that is noted.
const LONG: usize = 8;

/// The class of a byte.
#[inline]
pub(super) fn class_of(byte: u8) -> u16 {
    CLASSES[usize::from(byte)]
}

/// A run of ASCII letters and digits, as long as it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where it starts, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How many digits it has.
    pub digits: u32,
    /// The classes of its bytes.
    pub(super) classes: u16,
}

impl Run {
    /// Its length in bytes.
    #[inline]
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether it has no bytes. There is no such run.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether it is all digits.
    #[inline]
    pub fn is_number(&self) -> bool {
        self.classes == class::DIGIT
    }

    /// Whether all its letters are hexadecimal digits.
    #[inline]
    pub fn is_hex(&self) -> bool {
        self.classes & class::BEYOND_HEX == 0
    }

    /// Whether it has a letter in lower case.
    #[inline]
    pub fn has_lower(&self) -> bool {
        self.classes & class::LOWER != 0
    }
}

/// What one pass over a text tells: its classes of bytes, its digits and its longest run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Survey {
    pub(super) classes: u16,
    /// How many digits there are.
    pub digits: u32,
    /// The length of the longest run of letters and digits.
    pub longest: usize,
    /// The length of the text in bytes.
    pub length: usize,
}

impl Survey {
    /// Whether the text is one run of letters and digits.
    #[inline]
    pub fn is_one_run(&self) -> bool {
        self.longest == self.length
    }

    /// Whether all of it is digits.
    #[inline]
    pub fn is_number(&self) -> bool {
        self.classes == class::DIGIT
    }

    /// Whether it is digits and points, and has both.
    #[inline]
    pub fn is_number_with_points(&self) -> bool {
        self.classes == class::DIGIT | class::POINT
    }

    /// Whether it is digits with what parts groups of them, and has both.
    #[inline]
    pub fn is_grouped_number(&self) -> bool {
        const PARTS: u16 = class::BLANK | class::POINT | class::HYPHEN | class::SLASH;
        self.classes & class::DIGIT != 0 && self.classes & PARTS != 0 && self.classes & !(class::DIGIT | PARTS) == 0
    }

    /// Surveys a text. Of its runs, those with a digit or of eight bytes and more are put into `runs`.
    pub fn of(text: &[u8], runs: &mut Vec<Run>) -> Self {
        runs.clear();
        let mut survey = Self { length: text.len(), ..Self::default() };
        let mut place = 0;
        while let Some(rest) = text.get(place..).filter(|rest| !rest.is_empty()) {
            let (mut length, mut digits, mut classes) = (0, 0, 0);
            for byte in rest {
                let class = class_of(*byte);
                if class & class::WORD == 0 {
                    survey.classes |= class;
                    break;
                }
                classes |= class;
                digits += u32::from(class & class::DIGIT);
                length += 1;
            }
            if digits > 0 || length >= LONG {
                runs.push(Run { start: place, end: place + length, digits, classes });
            }
            survey.classes |= classes;
            survey.digits += digits;
            survey.longest = survey.longest.max(length);
            place += length + 1;
        }
        survey
    }
}

/// What a text must have for a detector to look at it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// Classes of which it must have every one.
    pub(super) all: u16,
    /// Classes of which it must have one, if any are given.
    pub(super) any: u16,
    /// The fewest digits.
    pub digits: u32,
    /// The shortest that its longest run may be.
    pub longest: usize,
    /// The shortest that it may be.
    pub length: usize,
    /// Whether the column's header must have named the detector.
    pub hint: bool,
}

impl Needs {
    /// Whether a text whose bytes are of these classes may have it all.
    pub(super) fn allow(&self, classes: u16) -> bool {
        classes & self.all == self.all && (self.any == 0 || classes & self.any != 0)
    }

    /// Whether the text is long enough, and has enough digits.
    #[inline]
    pub(super) fn measure(&self, survey: &Survey) -> bool {
        survey.digits >= self.digits && survey.longest >= self.longest && survey.length >= self.length
    }
}

/// A text under search.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// What the one pass over it told.
    pub survey: Survey,
    /// Its runs of letters and digits that have a digit or are long.
    pub runs: &'a [Run],
}

impl<'a> Text<'a> {
    /// Its bytes.
    #[inline]
    pub fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The bytes of a range, none if it is not in the text.
    #[inline]
    pub fn slice(&self, range: Range<usize>) -> &'a [u8] {
        self.bytes().get(range).unwrap_or_default()
    }

    /// The bytes of a run.
    #[inline]
    pub fn of(&self, run: &Run) -> &'a [u8] {
        self.slice(run.start..run.end)
    }

    /// The byte at a place; 0 outside the text.
    #[inline]
    pub fn at(&self, place: usize) -> u8 {
        self.bytes().get(place).copied().unwrap_or(0)
    }

    /// The byte before a place; 0 at the start.
    #[inline]
    pub fn before(&self, place: usize) -> u8 {
        place.checked_sub(1).map_or(0, |place| self.at(place))
    }

    /// Whether the run is a part of something longer: a fraction, an identifier with hyphens or underscores, a path.
    pub fn is_joined(&self, range: &Range<usize>) -> bool {
        let word = |byte: u8| byte.is_ascii_alphanumeric();
        let joins = |byte: u8| matches!(byte, b'.' | b'-' | b'_' | b'/' | b',' | b':');
        let (before, after) = (self.before(range.start), self.at(range.end));
        word(before)
            || word(after)
            || before == b'_'
            || after == b'_'
            || joins(before) && range.start >= 2 && word(self.at(range.start - 2))
            || joins(after) && word(self.at(range.end + 1))
    }

    /// Whether the range is the whole text, but for white space.
    pub fn is_whole(&self, range: &Range<usize>) -> bool {
        let blank = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_whitespace);
        blank(self.slice(0..range.start)) && blank(self.slice(range.end..self.text.len()))
    }
}
