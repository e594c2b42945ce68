//! Hungary.

use super::parts::{digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "HU",
        name: "hu_ado",
        title: "Adóazonosító jel, the Hungarian tax number of a person",
        kind: Kind::Tax,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ado,
        odds: 0.0092,
        odds_in_shape: 0.0092,
        separated: &[],
        words: &["adóazonosító", "adoazonosito"],
    },
    NationalNumber {
        country: "HU",
        name: "hu_anum",
        title: "Adószám, the Hungarian tax number of a company",
        kind: Kind::Company,
        lengths: &[8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: anum,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &[],
        words: &["adószám", "adoszam", "közösségi adószám"],
    },
    NationalNumber {
        country: "HU",
        name: "hu_taj",
        title: "TAJ szám, the Hungarian social insurance number",
        kind: Kind::Health,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: taj,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &["999 999 999", "999-999-999"],
        words: &["taj", "taj szám", "taj szam"],
    },
];

/// Adóazonosító jel: an eight, eight digits, and a check digit modulo 11.
fn ado(number: &[u8]) -> bool {
    digits::<10>(number).is_some_and(|d| d[0] == b'8' && weighted(d, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == digit(d[9]))
}

/// Adószám, its first eight digits: a check digit modulo 10.
pub(super) fn anum(number: &[u8]) -> bool {
    digits::<8>(number).is_some_and(|d| weighted(d, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10))
}

/// TAJ szám: a check digit modulo 10.
fn taj(number: &[u8]) -> bool {
    digits::<9>(number).is_some_and(|d| weighted(d, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == digit(d[8]))
}
