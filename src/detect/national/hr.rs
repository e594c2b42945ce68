//! Croatia.

use super::parts::digits;
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::mod_11_10;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "HR",
    name: "hr_oib",
    title: "OIB, the Croatian personal and company number",
    kind: Kind::National,
    lengths: &[11],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: oib,
    odds: 0.1,
    odds_in_shape: 0.1,
    separated: &[],
    words: &["oib", "osobni identifikacijski broj"],
}];

/// OIB: a check digit by MOD 11,10.
pub(super) fn oib(number: &[u8]) -> bool {
    digits::<11>(number).is_some_and(|d| mod_11_10(d))
}
