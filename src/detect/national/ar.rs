//! Argentina.

use super::parts::{any_digits, complement, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "AR",
        name: "ar_cuit",
        title: "CUIT and CUIL, the Argentine tax and labour number",
        kind: Kind::Tax,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: cuit,
        odds: 0.0099,
        odds_in_shape: 0.0099,
        separated: &["99-99999999-9"],
        words: &["cuit", "cuil", "clave única de identificación", "clave unica de identificacion"],
    },
    NationalNumber {
        country: "AR",
        name: "ar_dni",
        title: "DNI, the Argentine national identity document",
        kind: Kind::National,
        lengths: &[7, 8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: dni,
        odds: 1.0,
        odds_in_shape: 1.0,
        separated: &["99.999.999", "9.999.999"],
        words: &["dni", "documento nacional", "documento"],
    },
];

/// CUIT, for persons CUIL: a type, the DNI or a serial number, and a check digit modulo 11.
fn cuit(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let check = match complement(weighted(d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) {
        10 => 9,
        check => check,
    };
    matches!(value(&d[..2]), 20 | 23 | 24 | 27 | 30 | 33 | 34 | 50 | 51 | 55) && digit(d[10]) == check
}

/// DNI: seven or eight digits without a check digit.
fn dni(number: &[u8]) -> bool {
    matches!(number.len(), 7 | 8) && any_digits(number).is_some()
}
