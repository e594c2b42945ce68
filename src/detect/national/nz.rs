//! New Zealand.

use super::parts::{any_digits, complement, digit, value, weighted_from_right};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "NZ",
    name: "nz_ird",
    title: "IRD number, the New Zealand tax number",
    kind: Kind::Tax,
    lengths: &[8, 9],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: ird,
    odds: 0.052,
    odds_in_shape: 0.052,
    separated: &["999-999-999", "99-999-999", "999 999 999"],
    words: &["ird", "ird number", "inland revenue"],
}];

/// IRD number: from 10 to 150 million, with a check digit modulo 11 and a second set of weights where the first
/// leaves ten.
fn ird(number: &[u8]) -> bool {
    let (8 | 9, Some(d)) = (number.len(), any_digits(number)) else { return false };
    let (payload, last) = d.split_at(d.len() - 1);
    let sum = |weights: &[u32]| complement(weighted_from_right(payload, weights), 11);
    let check = match sum(&[2, 3, 4, 5, 6, 7, 2, 3]) {
        10 => sum(&[6, 7, 2, 5, 2, 3, 4, 7]),
        check => check,
    };
    (10_000_001..150_000_000).contains(&value(d)) && check == digit(last[0])
}
