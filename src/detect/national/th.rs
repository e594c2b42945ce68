//! Thailand.

use super::parts::{digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "TH",
    name: "th_pin",
    title: "Identity number of Thailand",
    kind: Kind::National,
    lengths: &[13],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: pin,
    odds: 0.08,
    odds_in_shape: 0.08,
    separated: &["9-9999-99999-99-9", "9 9999 99999 99 9"],
    words: &["เลขประจำตัวประชาชน", "บัตรประชาชน", "thai id", "national id"],
}];

/// Identity number: the kind of person, place, serial number, and a check digit modulo 11.
fn pin(number: &[u8]) -> bool {
    let Some(d) = digits::<13>(number) else { return false };
    let sum = weighted(d, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    matches!(d[0], b'1'..=b'8') && (11 - sum) % 10 == digit(d[12])
}
