//! Guatemala.

use super::parts::{any_digits, complement, value, weighted_from_right};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "GT",
    name: "gt_nit",
    title: "NIT, the Guatemalan tax number",
    kind: Kind::Tax,
    lengths: &[7, 8, 9],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["9999999", "999999A", "99999999", "9999999A", "999999999", "99999999A"],
    check: nit,
    odds: 5.7e-6,
    odds_in_shape: 0.047,
    separated: &["9999999-9", "9999999-A", "999999-9", "999999-A"],
    words: &["nit", "número de identificación tributaria", "numero de identificacion tributaria"],
}];

/// NIT: a check character modulo 11, K for ten.
fn nit(number: &[u8]) -> bool {
    let (7..=9, Some((last, payload))) = (number.len(), number.split_last()) else { return false };
    let check = match complement(weighted_from_right(payload, &[2, 3, 4, 5, 6, 7, 8, 9]), 11) {
        10 => b'K',
        check => b'0' + check as u8,
    };
    any_digits(payload).is_some_and(|d| value(d) > 0) && check == *last
}
