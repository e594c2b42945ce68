//! Ecuador.

use super::parts::{digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::luhn;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "EC",
    name: "ec_ci",
    title: "Cédula de identidad, the Ecuadorian identity card",
    kind: Kind::National,
    lengths: &[10],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: ci,
    odds: 0.018,
    odds_in_shape: 0.018,
    separated: &["999999999-9"],
    words: &["cédula", "cedula", "ci"],
}];

/// Cédula de identidad: a province, a kind below 7, and a Luhn check digit.
fn ci(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    matches!(value(&d[..2]), 1..=24 | 30 | 50) && d[2] <= b'6' && luhn(d)
}
