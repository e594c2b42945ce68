//! Czechia.

use super::parts::{any_digits, complement, date, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "CZ",
        name: "cz_ico",
        title: "IČO, the Czech company number",
        kind: Kind::Company,
        lengths: &[8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ico,
        odds: 0.09,
        odds_in_shape: 0.09,
        separated: &["999 99 999"],
        words: &["ičo", "ico", "ič", "identifikační číslo", "identifikacni cislo"],
    },
    NationalNumber {
        country: "CZ",
        name: "cz_rc",
        title: "Rodné číslo, the Czech birth number",
        kind: Kind::National,
        lengths: &[9, 10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: rc,
        odds: 0.084,
        odds_in_shape: 0.084,
        separated: &["999999/9999", "999999/999"],
        words: &["rodné číslo", "rodne cislo", "rodne_cislo", "r.č."],
    },
];

/// Birth number: birth date, the sex and exhausted days in the month, and since 1954 a check digit modulo 11.
pub(super) fn rc(number: &[u8]) -> bool {
    let Some(d) = any_digits(number) else { return false };
    let (9 | 10, Some(([y1, y2, m1, m2, d1, d2], _))) = (d.len(), d.split_first_chunk()) else { return false };
    let (year, month, day) = (value(&[*y1, *y2]), value(&[*m1, *m2]) % 50 % 20, value(&[*d1, *d2]));
    match d.split_last() {
        Some((last, payload)) if d.len() == 10 => {
            let century = if year < 54 { 2000 } else { 1900 };
            date(century + year, month, day) && value(payload) % 11 % 10 == u64::from(digit(*last))
        }
        _ if year > 79 => date(1800 + year, month, day),
        _ => year < 54 && date(1900 + year, month, day),
    }
}

/// IČO: seven digits and a check digit modulo 11; none starts with 9.
fn ico(number: &[u8]) -> bool {
    let Some(d) = digits::<8>(number) else { return false };
    let check = match complement(weighted(d, &[8, 7, 6, 5, 4, 3, 2]), 11) {
        0 => 1,
        check => check % 10,
    };
    d[0] != b'9' && check == digit(d[7])
}

/// DIČ: the IČO, the birth number, or a six and eight digits of those who have neither.
pub(super) fn dic(number: &[u8]) -> bool {
    match digits::<9>(number) {
        Some(d) if d[0] == b'6' => {
            let rest = 10 - weighted(&d[1..], &[8, 7, 6, 5, 4, 3, 2]) % 11;
            (18 - rest) % 10 == digit(d[8])
        }
        _ => ico(number) || rc(number),
    }
}
