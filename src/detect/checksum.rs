//! Checksums of numbers, on ASCII bytes.

/// The formula of Luhn (ISO/IEC 7812-1, annex B), over all digits of a number with its check digit.
#[inline]
pub(super) fn luhn(digits: &[u8]) -> bool {
    let mut sum = 0u32;
    for (place, digit) in digits.iter().rev().enumerate() {
        let digit = u32::from(digit.wrapping_sub(b'0'));
        let weighted = if place % 2 == 1 { 2 * digit } else { digit };
        sum += if weighted > 9 { weighted - 9 } else { weighted };
    }
    sum % 10 == 0
}

/// The remainder by 97 of ISO 7064, letters counted from `A` = 10, in the order given.
#[inline]
pub(super) fn mod97(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte.to_ascii_uppercase().wrapping_sub(b'A')) + 10) % 97,
    })
}
