use arrow::array::ArrayRef;

use super::Direction;
use crate::error::Result;
use crate::key::{Keyring, Permutation, Prf, Purpose};
use crate::transform::text::{rewrite_text, text};
use crate::transform::{Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// IBANs (ISO 13616): the country stays, every digit of what follows the check digits becomes a digit and every letter
/// a letter, and the check digits are those of the whole. Among IBANs that have their letters in the same places it is
/// a permutation: FF1 walked in cycles over exactly the strings with as many digits and letters.
pub(super) struct Iban {
    prf: Prf,
    direction: Direction,
}

/// The length of an IBAN, in characters without blanks.
const SHORTEST: usize = 15;
const LONGEST: usize = 34;

/// The number of an IBAN among those with its country and its letters where it has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    number: u128,
    domain: Domain,
}

/// How many digits and letters stand after the check digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Domain {
    digits: u8,
    letters: u8,
}

impl Domain {
    /// The largest number; nothing, if it has more than 128 bits.
    fn last(self) -> Option<u128> {
        let letters = 26u128.checked_pow(self.letters.into())?;
        10u128.checked_pow(self.digits.into())?.checked_mul(letters)?.checked_sub(1)
    }
}

/// The IBANs of a batch that are of one domain.
struct Group {
    domain: Domain,
    permutation: Permutation,
    numbers: Vec<u128>,
    given: usize,
}

impl Iban {
    pub(super) fn new(keys: &Keyring, domain: &str, direction: Direction) -> Self {
        Self { prf: keys.prf(Purpose::EncryptIban, domain), direction }
    }
}

impl Transform for Iban {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let mut groups: Vec<Group> = Vec::new();
        let mut characters = Vec::new();
        for value in text(values)?.iter().flatten() {
            let Some(place) = read(value, &mut characters) else { continue };
            let found = groups.iter().position(|group| group.domain == place.domain);
            let group = found.unwrap_or(groups.len());
            if let (None, Some(last)) = (found, place.domain.last()) {
                let name = [place.domain.digits, place.domain.letters];
                let permutation = Keyring::permutation_of(&self.prf, &name, last);
                groups.push(Group { domain: place.domain, permutation, numbers: Vec::new(), given: 0 });
            }
            groups.get_mut(group).into_iter().for_each(|group| group.numbers.push(place.number));
        }
        for group in &mut groups {
            match self.direction {
                Direction::Encrypt => group.permutation.apply(&mut group.numbers),
                Direction::Decrypt => group.permutation.invert(&mut group.numbers),
            }
        }
        let mut written = String::new();
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            let Some(place) = read(value, &mut characters) else { return false };
            let Some(group) = groups.iter_mut().find(|group| group.domain == place.domain) else { return false };
            let Some(number) = group.numbers.get(group.given) else { return false };
            group.given += 1;
            write(*number, value, &mut characters, &mut written);
            builder.push(&written);
            true
        })
    }
}

/// Reads an IBAN: its letters and digits into `characters`, and its number. Blanks and the like do not count. An IBAN
/// with other check digits than it should have is none.
fn read(text: &str, characters: &mut Vec<u8>) -> Option<Place> {
    characters.clear();
    for c in text.chars() {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii_alphanumeric() => characters.push(byte),
            _ if c.is_alphanumeric() => return None,
            _ => {}
        }
    }
    let (&[a, b, c, d], rest) = characters.split_first_chunk()?;
    let conforms = (SHORTEST..=LONGEST).contains(&characters.len())
        && a.is_ascii_alphabetic()
        && b.is_ascii_alphabetic()
        && [c, d] == check_digits([a, b], rest);
    if !conforms {
        return None;
    }
    let mut place = Place { number: 0, domain: Domain { digits: 0, letters: 0 } };
    for byte in rest {
        if byte.is_ascii_digit() {
            place.domain.digits += 1;
        } else {
            place.domain.letters += 1;
        }
    }
    place.domain.last()?;
    place.number = rest.iter().fold(0, |number, byte| {
        let (numeral, radix) = numeral(*byte);
        number * u128::from(radix) + u128::from(numeral)
    });
    Some(place)
}

/// Writes the IBAN with this number where `text` has its letters and digits, which are in `characters`.
fn write(number: u128, text: &str, characters: &mut [u8], written: &mut String) {
    let Some((head @ &mut [a, b, ..], rest)) = characters.split_first_chunk_mut::<4>() else { return };
    let mut left = number;
    for byte in rest.iter_mut().rev() {
        let (_, radix) = numeral(*byte);
        let first = match byte {
            b'0'..=b'9' => b'0',
            b'a'..=b'z' => b'a',
            _ => b'A',
        };
        *byte = first + (left % u128::from(radix)) as u8;
        left /= u128::from(radix);
    }
    let [c, d] = check_digits([a, b], rest);
    *head = [a, b, c, d];
    let mut characters = characters.iter().copied().map(char::from);
    written.clear();
    written.extend(text.chars().map(|c| if c.is_ascii_alphanumeric() { characters.next().unwrap_or(c) } else { c }));
}

/// A character's numeral, and how many there are of its kind.
fn numeral(byte: u8) -> (u8, u8) {
    match byte {
        b'0'..=b'9' => (byte - b'0', 10),
        _ => (byte.to_ascii_uppercase().saturating_sub(b'A'), 26),
    }
}

/// The check digits by ISO 7064, MOD 97-10: the rest, the country and `00`, letters as 10 to 35, taken modulo 97 and
/// from 98.
fn check_digits(country: [u8; 2], rest: &[u8]) -> [u8; 2] {
    let checked = rest.iter().copied().chain(country).chain(*b"00");
    let modulo = checked.fold(0u32, |modulo, byte| match numeral(byte) {
        (digit, 10) => (10 * modulo + u32::from(digit)) % 97,
        (letter, _) => (100 * modulo + 10 + u32::from(letter)) % 97,
    });
    let check = (98 - modulo) as u8;
    [b'0' + check / 10, b'0' + check % 10]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of the registry of IBANs.
    const IBANS: &[&str] = &[
        "DE89370400440532013000",
        "GB29NWBK60161331926819",
        "FR1420041010050500013M02606",
        "MT84MALT011000012345MTLCAST001S",
        "NO9386011117947",
        "SC18SSCB11010000000000001497USD",
    ];

    #[test]
    fn ibans_of_the_registry_are_read_and_written() {
        for iban in IBANS {
            let (mut characters, mut written) = (Vec::new(), String::new());
            for text in [(*iban).to_owned(), iban.to_lowercase(), format!("{} {}", &iban[..4], &iban[4..])] {
                let place = read(&text, &mut characters).unwrap_or_else(|| panic!("{text}"));
                write(place.number, &text, &mut characters, &mut written);
                assert_eq!(written, text);
            }
        }
    }

    #[test]
    fn what_is_no_iban_is_not_read() {
        for text in [
            "",
            "DE",
            "DE88370400440532013000",
            "DE8937040044053201300",
            "8937040044053201300000",
            "DE89 3704 0044 0532 0130 00é",
            "LC55HEMM000100010012001200023015LCX",
        ] {
            assert_eq!(read(text, &mut Vec::new()), None, "{text}");
        }
        assert_eq!(Domain { digits: 1, letters: 26 }.last(), Some(10 * 26u128.pow(26) - 1));
        let too_many = [b'A'; 28];
        let [c, d] = check_digits(*b"LC", &too_many);
        let iban = [&[b'L', b'C', c, d], &too_many[..]].concat();
        assert_eq!(read(std::str::from_utf8(&iban).unwrap(), &mut Vec::new()), None, "more than 128 bits");
    }
}
