//! Mauritius.

use super::parts::{complement, date_of_two_digits, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "MU",
    name: "mu_nid",
    title: "National identity number of Mauritius",
    kind: Kind::National,
    lengths: &[14],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["A9999999999999", "A999999999999A"],
    check: nid,
    odds: 1.6e-10,
    odds_in_shape: 0.0014,
    separated: &[],
    words: &["nid", "national identity"],
}];

/// NID: a letter of the name, birth date, serial number, and a check character modulo 17.
fn nid(number: &[u8]) -> bool {
    let [first @ b'A'..=b'Z', middle @ .., last] = number else { return false };
    let Some(d) = digits::<12>(middle) else { return false };
    let sum = 14 * (u32::from(first - b'A') + 10) + weighted(d, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    date_of_two_digits(value(&d[4..6]), value(&d[2..4]), value(&d[..2]))
        && b"0123456789ABCDEFG"[complement(sum, 17) as usize % 17] == *last
}
