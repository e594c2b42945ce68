//! Slovenia.

use super::parts::{complement, date, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "SI",
        name: "si_ddv",
        title: "Davčna številka, the Slovenian tax number",
        kind: Kind::Tax,
        lengths: &[8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ddv,
        odds: 0.082,
        odds_in_shape: 0.082,
        separated: &[],
        words: &["davčna številka", "davcna stevilka", "id za ddv", "ddv"],
    },
    NationalNumber {
        country: "SI",
        name: "si_emso",
        title: "EMŠO, the Slovenian citizen number",
        kind: Kind::National,
        lengths: &[13],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: emso,
        odds: 0.0036,
        odds_in_shape: 0.0036,
        separated: &[],
        words: &["emšo", "emso"],
    },
];

/// Davčna številka: a check digit modulo 11.
pub(super) fn ddv(number: &[u8]) -> bool {
    let Some(d) = digits::<8>(number) else { return false };
    let rest = weighted(d, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    d[0] != b'0' && rest > 0 && (11 - rest) % 10 == digit(d[7])
}

/// EMŠO: birth date with three digits of the year, region, serial number, and a check digit modulo 11.
pub(super) fn emso(number: &[u8]) -> bool {
    let Some(d) = digits::<13>(number) else { return false };
    let year = match value(&d[4..7]) {
        year @ ..800 => 2000 + year,
        year => 1000 + year,
    };
    date(year, value(&d[2..4]), value(&d[..2]))
        && complement(weighted(d, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10 == digit(d[12])
}
