//! Poland.

use super::parts::{date, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "PL",
        name: "pl_nip",
        title: "NIP, the Polish tax number",
        kind: Kind::Tax,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: nip,
        odds: 0.091,
        odds_in_shape: 0.091,
        separated: &["999-999-99-99", "999-99-99-999"],
        words: &["nip", "numer identyfikacji podatkowej"],
    },
    NationalNumber {
        country: "PL",
        name: "pl_pesel",
        title: "PESEL, the Polish identity number",
        kind: Kind::National,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: pesel,
        odds: 0.018,
        odds_in_shape: 0.018,
        separated: &[],
        words: &["pesel"],
    },
    NationalNumber {
        country: "PL",
        name: "pl_regon",
        title: "REGON, the Polish register number",
        kind: Kind::Company,
        lengths: &[9, 14],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: regon,
        odds: 0.055,
        odds_in_shape: 0.055,
        separated: &[],
        words: &["regon"],
    },
];

/// NIP: a check digit modulo 11.
pub(super) fn nip(number: &[u8]) -> bool {
    digits::<10>(number).is_some_and(|d| weighted(d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digit(d[9]))
}

/// PESEL: birth date, the century in the month, serial number, and a check digit modulo 10.
fn pesel(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let month = value(&d[2..4]);
    let century = match month / 20 {
        0 => 1900,
        1 => 2000,
        2 => 2100,
        3 => 2200,
        _ => 1800,
    };
    date(century + value(&d[..2]), month % 20, value(&d[4..6]))
        && weighted(d, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
}

/// REGON: nine digits, or fourteen of a branch, each with a check digit modulo 11.
fn regon(number: &[u8]) -> bool {
    let of_nine = |d: &[u8; 9]| weighted(d, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == digit(d[8]);
    match digits::<14>(number) {
        Some(d) => {
            weighted(d, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10 == digit(d[13])
                && digits::<9>(&d[..9]).is_some_and(of_nine)
        }
        None => digits::<9>(number).is_some_and(of_nine),
    }
}
