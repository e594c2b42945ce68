//! Colombia.

use super::parts::{any_digits, digit, weighted_from_right};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "CO",
    name: "co_nit",
    title: "NIT, the Colombian tax number",
    kind: Kind::Tax,
    lengths: &[9, 10, 11],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: nit,
    odds: 0.1,
    odds_in_shape: 0.1,
    separated: &["999.999.999-9", "999999999-9", "99.999.999-9"],
    words: &["nit", "número de identificación tributaria", "numero de identificacion tributaria", "rut"],
}];

/// NIT: eight to ten digits and a check digit modulo 11.
fn nit(number: &[u8]) -> bool {
    let (9..=11, Some(d)) = (number.len(), any_digits(number)) else { return false };
    let (payload, last) = d.split_at(d.len() - 1);
    let check = match weighted_from_right(payload, &[3, 7, 13, 17, 19, 23, 29, 37, 41, 43]) % 11 {
        check @ 0..=1 => check,
        check => 11 - check,
    };
    check == digit(last[0])
}
