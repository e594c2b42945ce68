//! Check digits: the systems that cards, accounts, companies and people are numbered by.
//!
//! Everything here takes ASCII, as numbers come. A number that holds a byte outside the alphabet of its system is
//! never valid; what computes check digits or sums takes its digits on trust, and of other bytes it computes nonsense,
//! without a panic. All of the named systems catch every single wrong digit. Verhoeff, Damm, MOD 11-2 and MOD 97-10 catch
//! every swap of neighbours too; Luhn misses that of 0 and 9, the hybrid systems MOD 11,10 and MOD 37,36 a few.

/// The value of a digit, or of whatever stands in its place.
#[inline]
fn value(byte: u8) -> u32 {
    u32::from(byte & 15)
}

/// The value of a digit or an upper-case letter: A is 10, Z is 35.
#[inline]
pub(super) fn value_36(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A') + 10),
        _ => None,
    }
}

/// The digit or upper-case letter of a value below 36.
#[inline]
fn sign_36(value: u32) -> u8 {
    let value = value as u8;
    if value < 10 { b'0' + value } else { b'A' + value - 10 }
}

/// Whether there is at least one byte and all are digits.
#[inline]
fn digits(number: &[u8]) -> bool {
    !number.is_empty() && number.iter().all(u8::is_ascii_digit)
}

/// The Luhn sum modulo 10, the last digit counting once, the one before it doubled, and so on.
#[inline]
pub fn luhn_sum(number: &[u8]) -> u32 {
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let mut pairs = number.rchunks_exact(2);
    let sum: u32 = pairs.by_ref().map(|pair| doubled(value(pair[0])) + value(pair[1])).sum();
    (sum + pairs.remainder().iter().map(|byte| value(*byte)).sum::<u32>()) % 10
}

/// Whether the last digit is the Luhn check digit of those before it (ISO/IEC 7812-1, annex B).
#[inline]
pub fn luhn(number: &[u8]) -> bool {
    digits(number) && luhn_sum(number) == 0
}

/// The Luhn check digit that follows `payload` (ISO/IEC 7812-1, annex B).
#[inline]
pub fn luhn_digit(payload: &[u8]) -> u8 {
    // With the check digit behind them, the last digits of the payload are the doubled ones.
    let mut sum = 0;
    for (place, byte) in payload.iter().rev().enumerate() {
        let digit = value(*byte);
        sum += match place % 2 {
            1 => digit,
            _ if digit > 4 => 2 * digit - 9,
            _ => 2 * digit,
        };
    }
    b'0' + ((10 - sum % 10) % 10) as u8
}

/// Whether the last character is the check character of those before it by Luhn modulo 36, over 0-9A-Z.
#[inline]
pub fn luhn_36(number: &[u8]) -> bool {
    let mut sum = 0;
    for (place, byte) in number.iter().rev().enumerate() {
        let Some(value) = value_36(*byte) else { return false };
        sum += match place % 2 {
            0 => value,
            _ => 2 * value / 36 + 2 * value % 36,
        };
    }
    !number.is_empty() && sum % 36 == 0
}

/// The remainder by 97 of a number of any length, letters counting as two digits, A as 10 and Z as 35; `None` where
/// there is something else.
#[inline]
pub fn remainder_97(number: &[u8]) -> Option<u32> {
    let mut remainder: u32 = 0;
    for byte in number {
        let value = value_36(*byte)?;
        remainder = (remainder * if value < 10 { 10 } else { 100 } + value) % 97;
    }
    Some(remainder)
}

/// Whether the last two digits are the check digits of what stands before them (ISO/IEC 7064, MOD 97-10).
///
/// An IBAN (ISO 13616) is valid when this holds with its first four characters moved to the end.
#[inline]
pub fn mod_97_10(number: &[u8]) -> bool {
    remainder_97(number) == Some(1)
}

/// The two check digits that follow `payload` (ISO/IEC 7064, MOD 97-10); `None` where it holds anything but digits
/// and upper-case letters.
#[inline]
pub fn mod_97_10_digits(payload: &[u8]) -> Option<[u8; 2]> {
    let check = 98 - remainder_97(payload)? * 100 % 97;
    Some([b'0' + (check / 10) as u8, b'0' + (check % 10) as u8])
}

/// The state of MOD 11-2 after the digits of `payload`.
#[inline]
fn power_of_two(payload: &[u8]) -> u32 {
    payload.iter().fold(0, |sum, byte| (sum + value(*byte)) * 2 % 11)
}

/// Whether the last character, a digit or `X` for ten, is the check character of the digits before it (ISO/IEC 7064,
/// MOD 11-2).
#[inline]
pub fn mod_11_2(number: &[u8]) -> bool {
    number.split_last().is_some_and(|(last, payload)| digits(payload) && mod_11_2_digit(payload) == *last)
}

/// The check character, a digit or `X`, that follows the digits of `payload` (ISO/IEC 7064, MOD 11-2).
#[inline]
pub fn mod_11_2_digit(payload: &[u8]) -> u8 {
    match (12 - power_of_two(payload)) % 11 {
        10 => b'X',
        check => b'0' + check as u8,
    }
}

/// The state of a hybrid system (ISO/IEC 7064, MOD m+1,m) with one more character of that value.
#[inline]
const fn hybrid(state: u32, value: u32, modulus: u32) -> u32 {
    let sum = match (state + value) % modulus {
        0 => modulus,
        sum => sum,
    };
    sum * 2 % (modulus + 1)
}

/// The states of MOD 11,10 by state and digit: a chain of look-ups is several times faster than one of divisions.
const HYBRID_10: [[u8; 10]; 11] = {
    let mut states = [[0; 10]; 11];
    let mut state = 1;
    while state < 11 {
        let mut digit = 0;
        while digit < 10 {
            states[state][digit] = hybrid(state as u32, digit as u32, 10) as u8;
            digit += 1;
        }
        state += 1;
    }
    states
};

/// Whether the last digit is the check digit of those before it (ISO/IEC 7064, MOD 11,10).
#[inline]
pub fn mod_11_10(number: &[u8]) -> bool {
    number.split_last().is_some_and(|(last, payload)| digits(payload) && mod_11_10_digit(payload) == *last)
}

/// The check digit that follows the digits of `payload` (ISO/IEC 7064, MOD 11,10).
#[inline]
pub fn mod_11_10_digit(payload: &[u8]) -> u8 {
    let next = |state: u8, byte: &u8| HYBRID_10[state as usize % 11][value(*byte) as usize % 10];
    b'0' + (11 - payload.iter().fold(10, next)) % 10
}

/// Whether the last character is the check character of those before it, over 0-9A-Z (ISO/IEC 7064, MOD 37,36).
#[inline]
pub fn mod_37_36(number: &[u8]) -> bool {
    number.split_last().is_some_and(|(last, payload)| mod_37_36_sign(payload) == Some(*last))
}

/// The check character that follows `payload` (ISO/IEC 7064, MOD 37,36); `None` where it is empty or holds anything
/// but digits and upper-case letters.
#[inline]
pub fn mod_37_36_sign(payload: &[u8]) -> Option<u8> {
    if payload.is_empty() {
        return None;
    }
    let mut state = 36;
    for byte in payload {
        state = hybrid(state, value_36(*byte)?, 36);
    }
    Some(sign_36((37 - state) % 36))
}

/// The dihedral group of ten elements, by which Verhoeff multiplies.
const DIHEDRAL: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];

/// What each further place from the right does to a digit, by Verhoeff: the powers of one permutation.
const PERMUTED: [[u8; 10]; 8] = permuted();

const fn permuted() -> [[u8; 10]; 8] {
    let once = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let mut powers = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]; 8];
    let mut place = 1;
    while place < 8 {
        let mut digit = 0;
        while digit < 10 {
            powers[place][digit] = powers[place - 1][once[digit] as usize];
            digit += 1;
        }
        place += 1;
    }
    powers
}

/// The product of the digits by Verhoeff, the rightmost standing in `place`.
#[inline]
fn dihedral(number: &[u8], place: usize) -> u8 {
    number.iter().rev().zip(place..).fold(0, |product, (byte, place)| {
        let digit = PERMUTED[place % 8][value(*byte) as usize % 10];
        DIHEDRAL[product as usize % 10][digit as usize % 10]
    })
}

/// Whether the last digit is the check digit of those before it (J. Verhoeff, Error Detecting Decimal Codes, 1969).
#[inline]
pub fn verhoeff(number: &[u8]) -> bool {
    digits(number) && dihedral(number, 0) == 0
}

/// The check digit that follows the digits of `payload` by Verhoeff.
#[inline]
pub fn verhoeff_digit(payload: &[u8]) -> u8 {
    // The inverse: rotations undo each other in pairs, reflections undo themselves.
    match dihedral(payload, 1) {
        rotation @ 1..=4 => b'0' + 5 - rotation,
        itself => b'0' + itself,
    }
}

/// A totally anti-symmetric quasigroup of order ten with a zero diagonal, by which Damm multiplies.
const QUASIGROUP: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// Whether the last digit is the check digit of those before it (H. M. Damm, Total anti-symmetrische Quasigruppen,
/// 2004).
#[inline]
pub fn damm(number: &[u8]) -> bool {
    digits(number) && damm_digit(number) == b'0'
}

/// The check digit that follows the digits of `payload` by Damm.
#[inline]
pub fn damm_digit(payload: &[u8]) -> u8 {
    b'0' + payload.iter().fold(0, |row: u8, byte| QUASIGROUP[row as usize % 10][value(*byte) as usize % 10])
}

/// The sum of the digits, each times the weight of its place, over the shorter of the two.
#[inline]
pub fn weighted(number: &[u8], weights: &[u32]) -> u32 {
    number.iter().zip(weights).map(|(byte, weight)| value(*byte) * weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published examples of each system: a payload, and what follows it.
    #[test]
    fn published_numbers_have_the_check_digits_they_are_published_with() {
        for (payload, check) in [("7992739871", b'3'), ("411111111111111", b'1'), ("80840123456789", b'3')] {
            assert_eq!(luhn_digit(payload.as_bytes()), check, "{payload}");
        }
        for (payload, check) in [("079", b'X'), ("000000021825009", b'7'), ("000000012146438", b'X')] {
            assert_eq!(mod_11_2_digit(payload.as_bytes()), check, "{payload}");
        }
        assert_eq!(mod_11_10_digit(b"0794"), b'5');
        assert_eq!(mod_37_36_sign(b"A12425GABC1234002"), Some(b'M'));
        assert_eq!(mod_97_10_digits(b"794"), Some(*b"44"));
        assert_eq!(mod_97_10_digits(b"WEST12345698765432GB"), Some(*b"82"));
        assert_eq!(verhoeff_digit(b"236"), b'3');
        assert_eq!(damm_digit(b"572"), b'4');
        assert!(luhn_36(b"27AAPFU0939F1ZV") && !luhn_36(b"27AAPFU0939F1ZA"));
    }

    #[test]
    fn what_is_computed_is_accepted_and_every_other_digit_is_not() {
        type System = (&'static str, fn(&[u8]) -> u8, fn(&[u8]) -> bool);
        let systems: [System; 5] = [
            ("luhn", luhn_digit, luhn),
            ("mod 11-2", mod_11_2_digit, mod_11_2),
            ("mod 11,10", mod_11_10_digit, mod_11_10),
            ("verhoeff", verhoeff_digit, verhoeff),
            ("damm", damm_digit, damm),
        ];
        for (name, digit, valid) in systems {
            for seed in 0..2000_u64 {
                let mut number = (seed * 7_919 % 1_000_003).to_string().into_bytes();
                let check = digit(&number);
                number.push(check);
                assert!(valid(&number), "{name} {seed}");
                for place in 0..number.len() {
                    for other in b'0'..=b'9' {
                        let mut wrong = number.clone();
                        wrong[place] = other;
                        assert_eq!(valid(&wrong), wrong == number, "{name} {seed}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_not_of_the_alphabet_is_never_valid() {
        let all: [fn(&[u8]) -> bool; 8] = [luhn, luhn_36, mod_97_10, mod_11_2, mod_11_10, mod_37_36, verhoeff, damm];
        for valid in all {
            for text in ["", "-", "0 0", "00\u{e9}", "a0"] {
                assert!(!valid(text.as_bytes()), "{text:?}");
            }
        }
    }
}
