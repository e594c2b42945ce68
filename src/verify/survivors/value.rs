use super::words::{FEWEST, MOST_WORDS, Words};

/// What a value of the source is made of, as far as it matters for how it may come to stand elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::verify) enum Nature {
    /// An address with an at sign.
    Address,
    /// Letters and digits.
    Mixed,
    /// Words of letters.
    Words,
    /// Ten digits and more.
    LongNumber,
    /// Seven to nine digits: other numbers are as long.
    ShortNumber,
}

impl Nature {
    /// All, in the order of their numbers.
    pub(super) const ALL: [Self; 5] = [Self::Address, Self::Mixed, Self::Words, Self::LongNumber, Self::ShortNumber];

    /// Its number.
    pub(super) fn number(self) -> u32 {
        self as u32
    }

    /// The nature with this number.
    pub(super) fn of_number(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }
}

/// Of how many words a value without digits must be that is a text of its own.
const TEXT: usize = 5;

/// What a value is, if it tells by itself whose it is: nothing of one word of letters, of few characters, of dates. Two
/// words and more of letters are taken from columns of names of persons alone (`is_name`): elsewhere they are towns, or
/// states of an order.
pub(super) fn nature(value: &str, words: &Words, is_name: bool) -> Option<Nature> {
    let (text, _) = words.value();
    let length = text.chars().count();
    if length < FEWEST || is_date(value) {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let count = words.count();
    if value.contains('@') && digits < length {
        return Some(Nature::Address);
    }
    match digits {
        _ if digits == length => match value.contains('.') {
            // An amount.
            true if value.bytes().filter(|byte| *byte == b'.').count() == 1 => None,
            _ if digits >= 10 => Some(Nature::LongNumber),
            _ => Some(Nature::ShortNumber),
        },
        0 if count >= TEXT && length >= 3 * FEWEST => Some(Nature::Words),
        0 => (is_name && count >= 2).then_some(Nature::Words),
        _ if is_telling(digits, length, count) => Some(Nature::Mixed),
        _ => None,
    }
}

/// Whether letters with digits are so many that another hardly has the same: a street and number, a reference.
fn is_telling(digits: usize, length: usize, words: usize) -> bool {
    digits >= 5 && length >= 8 || (digits >= 3 && words <= MOST_WORDS || words >= 3) && length >= 10
}

/// Whether it is a day or a time as ISO 8601 writes it, or a day with points or slashes.
pub(super) fn is_date(value: &str) -> bool {
    let Some((day, rest)) = value.as_bytes().split_first_chunk::<10>() else { return false };
    let shape = day.map(|byte| if byte.is_ascii_digit() { b'9' } else { byte });
    matches!(&shape, b"9999-99-99" | b"99/99/9999" | b"99.99.9999" | b"9999/99/99")
        && rest.iter().all(|byte| byte.is_ascii_digit() || b"T :.+-Z".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_looked_for_only_if_it_tells_whose_it_is() {
        for (value, is_name, expected) in [
            ("ana.costa@shop.pt", false, Some(Nature::Address)),
            ("4111 1111 1111 1111", false, Some(Nature::LongNumber)),
            ("+351 912 345 678", false, Some(Nature::LongNumber)),
            ("1234567", false, Some(Nature::ShortNumber)),
            ("PT50 0027 0000 0001 2345 6783 3", false, Some(Nature::Mixed)),
            ("157 North Terrace", false, Some(Nature::Mixed)),
            ("bc9760cd-2453-4629-9b22-f1a690d36ac8", false, Some(Nature::Mixed)),
            ("Beau Hegmann", true, Some(Nature::Words)),
            ("Milton Keynes", false, None),
            ("Elizabeth", true, None),
            ("rang about the parcel and was told to wait", false, Some(Nature::Words)),
            ("1985-04-12", false, None),
            ("2024-04-12T10:11:12.000Z", false, None),
            ("12/04/1985", false, None),
            ("12345.67", false, None),
            ("KX-00120-ZZ", false, Some(Nature::Mixed)),
            ("Room 12", false, None),
            ("open", false, None),
            ("SW1A 1AA", false, None),
        ] {
            let mut words = Words::default();
            words.read(value);
            assert_eq!(nature(value, &words, is_name), expected, "{value}");
        }
    }
}
