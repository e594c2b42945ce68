//! Vietnam.

use super::parts::{any_digits, digit, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "VN",
    name: "vn_mst",
    title: "MST, the Vietnamese tax number",
    kind: Kind::Tax,
    lengths: &[10, 13],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: mst,
    odds: 0.091,
    odds_in_shape: 0.091,
    separated: &["9999999999-999"],
    words: &["mst", "mã số thuế", "ma so thue"],
}];

/// MST: a province, seven digits, a check digit modulo 11, and three more of a branch.
fn mst(number: &[u8]) -> bool {
    let (10 | 13, Some(d)) = (number.len(), any_digits(number)) else { return false };
    let rest = weighted(d, &[31, 29, 23, 19, 17, 13, 7, 5, 3]) % 11;
    rest > 0 && 10 - rest == digit(d[9]) && value(&d[2..9]) > 0 && (d.len() == 10 || value(&d[10..]) > 0)
}
