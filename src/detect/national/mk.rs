//! North Macedonia.

use super::parts::{complement, digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "MK",
    name: "mk_edb",
    title: "EDB, the Macedonian tax number",
    kind: Kind::Tax,
    lengths: &[13],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: edb,
    odds: 0.1,
    odds_in_shape: 0.1,
    separated: &[],
    words: &["едб", "edb", "единствен даночен број"],
}];

/// EDB: a check digit modulo 11.
fn edb(number: &[u8]) -> bool {
    let Some(d) = digits::<13>(number) else { return false };
    complement(weighted(d, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10 == digit(d[12])
}
