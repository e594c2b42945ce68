//! Hong Kong.

use super::parts::{digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "HK",
    name: "hk_hkid",
    title: "Hong Kong identity card",
    kind: Kind::National,
    lengths: &[8, 9],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["A9999999", "A999999A", "AA9999999", "AA999999A"],
    check: hkid,
    odds: 7.9e-6,
    odds_in_shape: 0.047,
    separated: &["A999999(9)", "A999999(A)", "AA999999(9)", "AA999999(A)", "A999999-9"],
    words: &["hkid", "identity card", "身份證"],
}];

/// Identity card: one or two letters, six digits, and a check character modulo 11, A for ten. A missing letter counts 36.
fn hkid(number: &[u8]) -> bool {
    let letter = |byte: &u8| byte.is_ascii_uppercase().then(|| u32::from(byte - b'A') + 10);
    let (first, second, rest) = match number {
        [second, rest @ ..] if number.len() == 8 => (Some(36), letter(second), rest),
        [first, second, rest @ ..] => (letter(first), letter(second), rest),
        _ => return false,
    };
    let (Some(first), Some(second), Some((last, payload))) = (first, second, rest.split_last()) else { return false };
    let check = match last {
        b'A' => 10,
        b'0'..=b'9' => digit(*last),
        _ => return false,
    };
    digits::<6>(payload)
        .is_some_and(|d| (9 * first + 8 * second + weighted(d, &[7, 6, 5, 4, 3, 2]) + check).is_multiple_of(11))
}
