//! Montenegro.

use super::parts::{complement, digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "ME",
    name: "me_pib",
    title: "PIB, the Montenegrin tax number",
    kind: Kind::Tax,
    lengths: &[8],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: pib,
    odds: 0.1,
    odds_in_shape: 0.1,
    separated: &[],
    words: &["pib", "poreski identifikacioni broj"],
}];

/// PIB: a check digit modulo 11.
fn pib(number: &[u8]) -> bool {
    digits::<8>(number).is_some_and(|d| complement(weighted(d, &[8, 7, 6, 5, 4, 3, 2]), 11) % 10 == digit(d[7]))
}
