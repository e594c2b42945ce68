//! Dominican Republic.

use super::parts::digits;
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::luhn;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "DO",
    name: "do_cedula",
    title: "Cédula, the Dominican identity card",
    kind: Kind::National,
    lengths: &[11],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: cedula,
    odds: 0.1,
    odds_in_shape: 0.1,
    separated: &["999-9999999-9"],
    words: &["cédula", "cedula"],
}];

/// Cédula: a Luhn check digit.
fn cedula(number: &[u8]) -> bool {
    digits::<11>(number).is_some_and(|d| luhn(d))
}
