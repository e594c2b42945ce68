//! Paraguay.

use super::parts::{any_digits, complement, digit, weighted_from_right};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "PY",
    name: "py_ruc",
    title: "RUC, the Paraguayan tax number",
    kind: Kind::Tax,
    lengths: &[7, 8, 9],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: ruc,
    odds: 0.1,
    odds_in_shape: 0.1,
    separated: &["9999999-9", "99999999-9", "999999-9"],
    words: &["ruc", "registro único", "registro unico"],
}];

/// RUC: a check digit modulo 11.
fn ruc(number: &[u8]) -> bool {
    let (7..=9, Some(d)) = (number.len(), any_digits(number)) else { return false };
    let (payload, last) = d.split_at(d.len() - 1);
    complement(weighted_from_right(payload, &[2, 3, 4, 5, 6, 7, 8, 9]), 11) % 10 == digit(last[0])
}
