//! Romania.

use super::parts::{any_digits, date, digit, digits, value, weighted_from_right};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "RO",
        name: "ro_cnp",
        title: "CNP, the Romanian personal code",
        kind: Kind::National,
        lengths: &[13],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: cnp,
        odds: 0.0018,
        odds_in_shape: 0.0018,
        separated: &[],
        words: &["cnp", "cod numeric personal"],
    },
    NationalNumber {
        country: "RO",
        name: "ro_cui",
        title: "CUI, the Romanian company code",
        kind: Kind::Company,
        lengths: &[6, 7, 8, 9, 10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: cui,
        odds: 0.09,
        odds_in_shape: 0.09,
        separated: &[],
        words: &["cui", "cif", "cod unic", "cod fiscal"],
    },
];

/// CNP: century and sex, birth date, county, serial number, and a check digit modulo 11, 1 for ten.
fn cnp(number: &[u8]) -> bool {
    let Some(d) = digits::<13>(number) else { return false };
    let century = match d[0] {
        b'0' => return false,
        b'3' | b'4' => 1800,
        b'5' | b'6' => 2000,
        _ => 1900,
    };
    let check = match weighted(d, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 {
        10 => 1,
        check => check,
    };
    date(century + value(&d[1..3]), value(&d[3..5]), value(&d[5..7]))
        && matches!(value(&d[7..9]), 1..=48 | 51 | 52 | 70 | 80..=83)
        && check == digit(d[12])
}

/// CUI: up to nine digits and a check digit modulo 11; shorter than six it is not told from any number.
pub(super) fn cui(number: &[u8]) -> bool {
    let (6..=10, Some(d)) = (number.len(), any_digits(number)) else { return false };
    let (payload, last) = d.split_at(d.len() - 1);
    let sum = 10 * weighted_from_right(payload, &[2, 3, 5, 7, 1, 2, 3, 5, 7]);
    d[0] != b'0' && sum % 11 % 10 == digit(last[0])
}
