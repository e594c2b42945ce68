//! What the checks of several countries share. All of it is total: no number, however wrong, makes it panic.

/// The number, where it is exactly `N` digits.
#[inline]
pub(super) fn digits<const N: usize>(number: &[u8]) -> Option<&[u8; N]> {
    let number: &[u8; N] = number.try_into().ok()?;
    number.iter().all(u8::is_ascii_digit).then_some(number)
}

/// The number, where all of it is digits and at least one is.
#[inline]
pub(super) fn any_digits(number: &[u8]) -> Option<&[u8]> {
    (!number.is_empty() && number.iter().all(u8::is_ascii_digit)).then_some(number)
}

/// The value of a digit.
#[inline]
pub(super) fn digit(byte: u8) -> u32 {
    u32::from(byte & 15)
}

/// The value of up to 19 digits.
#[inline]
pub(super) fn value(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |value: u64, byte| value.wrapping_mul(10).wrapping_add(u64::from(byte & 15)))
}

/// The place of a character in an alphabet.
#[inline]
pub(super) fn place(byte: u8, alphabet: &[u8]) -> Option<u32> {
    alphabet.iter().position(|other| *other == byte).map(|place| place as u32)
}

/// What brings a sum to a multiple of `modulus`.
#[inline]
pub(super) fn complement(sum: u32, modulus: u32) -> u32 {
    (modulus - sum % modulus) % modulus
}

/// Whether the Gregorian calendar has that day; years from 1.
#[inline]
pub(super) fn date(year: u64, month: u64, day: u64) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day)
}

/// Whether the twentieth or the twenty-first century has that day, of a year of two digits.
#[inline]
pub(super) fn date_of_two_digits(year: u64, month: u64, day: u64) -> bool {
    // Every leap year of the one is a leap year of the other but 1900.
    date(2000 + year, month, day)
}

/// The sum of the digits from the right, each times the next of `weights`, which start over when they end.
#[inline]
pub(super) fn weighted_from_right(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().rev().zip(weights.iter().cycle()).map(|(byte, weight)| digit(*byte) * weight).sum()
}
