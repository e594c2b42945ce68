//! Russia.

use super::parts::{digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "RU",
        name: "ru_inn",
        title: "INN, the Russian tax number",
        kind: Kind::Tax,
        lengths: &[10, 12],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: inn,
        odds: 0.055,
        odds_in_shape: 0.055,
        separated: &[],
        words: &["инн", "inn"],
    },
    NationalNumber {
        country: "RU",
        name: "ru_ogrn",
        title: "OGRN and OGRNIP, the Russian register number",
        kind: Kind::Company,
        lengths: &[13, 15],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ogrn,
        odds: 0.053,
        odds_in_shape: 0.053,
        separated: &[],
        words: &["огрн", "огрнип", "ogrn", "ogrnip"],
    },
    NationalNumber {
        country: "RU",
        name: "ru_snils",
        title: "SNILS, the Russian pension insurance number",
        kind: Kind::Health,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: snils,
        odds: 0.0099,
        odds_in_shape: 0.0099,
        separated: &["999-999-999 99", "999-999-999-99"],
        words: &["снилс", "snils"],
    },
];

/// INN: nine digits and a check digit of a company, ten and two of a person, modulo 11.
fn inn(number: &[u8]) -> bool {
    if let Some(d) = digits::<10>(number) {
        return weighted(d, &[2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == digit(d[9]);
    }
    let Some(d) = digits::<12>(number) else { return false };
    weighted(d, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == digit(d[10])
        && weighted(d, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == digit(d[11])
}

/// OGRN, thirteen digits, and of a sole trader OGRNIP, fifteen: the last is the remainder by 11 or 13.
fn ogrn(number: &[u8]) -> bool {
    if let Some(d) = digits::<13>(number) {
        return d[0] != b'0' && value(&d[..12]) % 11 % 10 == u64::from(digit(d[12]));
    }
    let Some(d) = digits::<15>(number) else { return false };
    matches!(d[0], b'3' | b'4') && value(&d[..14]) % 13 == u64::from(digit(d[14]))
}

/// SNILS: nine digits and their weighted sum modulo 101, 00 for 100; below 001-001-999 there is no such check.
fn snils(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let sum = weighted(d, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
    value(&d[..9]) > 1_001_998 && u64::from(sum) == value(&d[9..])
}
