//! Greece.

use super::parts::{any_digits, date_of_two_digits, digit, digits, value, weighted_from_right};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::luhn;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "GR",
        name: "gr_afm",
        title: "AFM, the Greek tax number",
        kind: Kind::Tax,
        lengths: &[8, 9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: afm,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &["999 999 999"],
        words: &["αφμ", "afm", "α.φ.μ."],
    },
    NationalNumber {
        country: "GR",
        name: "gr_amka",
        title: "AMKA, the Greek social security number",
        kind: Kind::Health,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: amka,
        odds: 0.0036,
        odds_in_shape: 0.0036,
        separated: &["999999 99999", "999999-99999"],
        words: &["αμκα", "amka", "α.μ.κ.α."],
    },
];

/// AFM: a check digit by powers of two modulo 11; older ones lack the leading zero.
pub(super) fn afm(number: &[u8]) -> bool {
    let (8 | 9, Some(d)) = (number.len(), any_digits(number)) else { return false };
    let (payload, last) = d.split_at(d.len() - 1);
    weighted_from_right(payload, &[2, 4, 8, 16, 32, 64, 128, 256]) % 11 % 10 == digit(last[0])
}

/// AMKA: birth date, serial number, and a Luhn check digit.
fn amka(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    date_of_two_digits(value(&d[4..6]), value(&d[2..4]), value(&d[..2])) && luhn(d)
}
