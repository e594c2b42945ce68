//! Check digits. Each function is given the digits before the one it computes.

/// ISO/IEC 7812-1, annex B: every second digit doubled, from the right.
pub(super) fn luhn(digits: impl DoubleEndedIterator<Item = u32>) -> u32 {
    let sum: u32 = digits
        .rev()
        .enumerate()
        .map(|(place, digit)| match place % 2 {
            // Without a branch, which nothing could foretell.
            0 => 2 * digit - 9 * u32::from(digit > 4),
            _ => digit,
        })
        .sum();
    (10 - sum % 10) % 10
}

/// The sum of the digits, each times its weight.
pub(super) fn weighted(digits: impl Iterator<Item = u32>, weights: &[u32]) -> u32 {
    digits.zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// ISO/IEC 7064, MOD 11,10.
pub(super) fn mod_11_10(digits: impl Iterator<Item = u32>) -> u32 {
    let product = digits.fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        2 * (if sum == 0 { 10 } else { sum }) % 11
    });
    (11 - product) % 10
}

/// The remainder by 97 of a number of which `remainder` is that of the part before.
pub(super) fn mod_97(remainder: u64, digits: impl Iterator<Item = u32>) -> u64 {
    digits.fold(remainder, |number, digit| 10 * shortened(number) + u64::from(digit)) % 97
}

/// The remainder by 97 of a text of capital letters and digits, a letter as two digits from A = 10 on (ISO 13616-1).
pub(super) fn mod_97_of(remainder: u64, text: &[u8]) -> u64 {
    let number = text.iter().fold(remainder, |number, byte| match byte {
        b'0'..=b'9' => 10 * shortened(number) + u64::from(byte - b'0'),
        byte => 100 * shortened(number) + u64::from(byte.saturating_sub(b'A')) + 10,
    });
    number % 97
}

/// A number with the same remainder by 97 that three more digits fit behind: divisions are what takes time.
#[inline]
fn shortened(number: u64) -> u64 {
    if number < u64::MAX / 1_000 { number } else { number % 97 }
}

/// Verhoeff, *Error detecting decimal codes* (1969): the digits of the dihedral group of ten elements, each permuted by
/// its place. Numbers below 5 are rotations, the others reflections.
pub(super) fn verhoeff(digits: impl DoubleEndedIterator<Item = u32>) -> u32 {
    const STEP: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permuted = |digit: u32, place: usize| {
        (0..place % 8).fold(digit, |digit, _| STEP.get(digit as usize).copied().unwrap_or_default())
    };
    let sum = digits.rev().enumerate().fold(0, |sum, (place, digit)| product(sum, permuted(digit, place + 1)));
    // The inverse: a reflection is its own.
    if sum < 5 { (5 - sum) % 5 } else { sum }
}

/// The product of two elements of the dihedral group of a pentagon.
fn product(one: u32, other: u32) -> u32 {
    let turns = other % 5;
    match (one < 5, other < 5) {
        (true, true) => (one + turns) % 5,
        (true, false) => 5 + (one + turns) % 5,
        (false, true) => 5 + (one % 5 + 5 - turns) % 5,
        (false, false) => (one % 5 + 5 - turns) % 5,
    }
}
