//! El Salvador.

use super::parts::{complement, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "SV",
    name: "sv_nit",
    title: "NIT, the Salvadoran tax number",
    kind: Kind::Tax,
    lengths: &[14],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: nit,
    odds: 0.03,
    odds_in_shape: 0.03,
    separated: &["9999-999999-999-9"],
    words: &["nit", "número de identificación tributaria", "numero de identificacion tributaria"],
}];

/// NIT: place, birth date, serial number, and a check digit modulo 11; the rule changed after serial number 100.
fn nit(number: &[u8]) -> bool {
    let Some(d) = digits::<14>(number) else { return false };
    let check = if value(&d[10..13]) <= 100 {
        weighted(d, &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
    } else {
        complement(weighted(d, &[2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11)
    };
    matches!(d[0], b'0' | b'1' | b'9') && check % 10 == digit(d[13])
}
