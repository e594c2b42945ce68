//! Uruguay.

use super::parts::{complement, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "UY",
    name: "uy_rut",
    title: "RUT, the Uruguayan tax number",
    kind: Kind::Tax,
    lengths: &[12],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: rut,
    odds: 1.8e-5,
    odds_in_shape: 1.8e-5,
    separated: &["99-999999-999-9"],
    words: &["rut", "ruc", "registro único tributario", "registro unico tributario"],
}];

/// RUT: an office, six digits, 001, and a check digit modulo 11.
fn rut(number: &[u8]) -> bool {
    let Some(d) = digits::<12>(number) else { return false };
    matches!(value(&d[..2]), 1..=22)
        && d[2..8] != *b"000000"
        && d[8..11] == *b"001"
        && complement(weighted(d, &[4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]), 11) == digit(d[11])
}
