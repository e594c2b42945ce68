//! Venezuela.

use super::parts::{complement, digit, digits, place};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "VE",
    name: "ve_rif",
    title: "RIF, the Venezuelan tax number",
    kind: Kind::Tax,
    lengths: &[10],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["A999999999"],
    check: rif,
    odds: 1.4e-7,
    odds_in_shape: 0.019,
    separated: &["A-99999999-9", "A-999999999"],
    words: &["rif", "registro de información fiscal", "registro de informacion fiscal"],
}];

/// RIF: a letter for the kind of payer, eight digits, and a check digit modulo 11.
fn rif(number: &[u8]) -> bool {
    let [kind, rest @ ..] = number else { return false };
    let (Some(kind), Some(d)) = (place(*kind, b"VEJPG"), digits::<9>(rest)) else { return false };
    let sum = 4 * (kind + 1) + weighted(d, &[3, 2, 7, 6, 5, 4, 3, 2]);
    complement(sum, 11) % 10 == digit(d[8])
}
