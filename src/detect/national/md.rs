//! Moldova.

use super::parts::{digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "MD",
    name: "md_idno",
    title: "IDNO and IDNP, the Moldovan number of companies and persons",
    kind: Kind::National,
    lengths: &[13],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: idno,
    odds: 0.1,
    odds_in_shape: 0.1,
    separated: &[],
    words: &["idno", "idnp"],
}];

/// IDNO: a check digit modulo 10.
fn idno(number: &[u8]) -> bool {
    digits::<13>(number).is_some_and(|d| weighted(d, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10 == digit(d[12]))
}
