//! Serbia.

use super::parts::digits;
use super::{Alphabet, Kind, NationalNumber, si};
use crate::detect::checksum::mod_11_10;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "RS",
        name: "rs_jmbg",
        title: "JMBG, the Serbian citizen number",
        kind: Kind::National,
        lengths: &[13],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: jmbg,
        odds: 0.0036,
        odds_in_shape: 0.0036,
        separated: &[],
        words: &["jmbg", "јмбг", "matični broj", "maticni broj"],
    },
    NationalNumber {
        country: "RS",
        name: "rs_pib",
        title: "PIB, the Serbian tax number",
        kind: Kind::Tax,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: pib,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &[],
        words: &["pib", "пиб", "poreski identifikacioni broj"],
    },
];

/// JMBG: birth date with three digits of the year, region, serial number, and a check digit modulo 11.
fn jmbg(number: &[u8]) -> bool {
    si::emso(number)
}

/// PIB: a check digit by MOD 11,10.
fn pib(number: &[u8]) -> bool {
    digits::<9>(number).is_some_and(|d| mod_11_10(d))
}
