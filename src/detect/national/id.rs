//! Indonesia.

use super::parts::{date_of_two_digits, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::luhn;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "ID",
        name: "id_nik",
        title: "NIK, the Indonesian identity number",
        kind: Kind::National,
        lengths: &[16],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: nik,
        odds: 0.037,
        odds_in_shape: 0.037,
        separated: &[],
        words: &["nik", "nomor induk kependudukan", "ktp"],
    },
    NationalNumber {
        country: "ID",
        name: "id_npwp",
        title: "NPWP, the Indonesian tax number",
        kind: Kind::Tax,
        lengths: &[15, 16],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: npwp,
        odds: 0.073,
        odds_in_shape: 0.073,
        separated: &["99.999.999.9-999.999"],
        words: &["npwp", "nomor pokok wajib pajak"],
    },
];

/// NIK: province, district, birth date with 40 added to a woman's day, and a serial number. It has no check digit.
fn nik(number: &[u8]) -> bool {
    let Some(d) = digits::<16>(number) else { return false };
    matches!(value(&d[..2]), 11..=19 | 21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=96)
        && date_of_two_digits(value(&d[10..12]), value(&d[8..10]), value(&d[6..8]) % 40)
}

/// NPWP: nine digits by Luhn and six of the office; since 2022 with a zero before it, or the NIK.
fn npwp(number: &[u8]) -> bool {
    match number {
        [b'0', rest @ ..] if number.len() == 16 => digits::<15>(rest).is_some_and(|d| luhn(&d[..9])),
        _ if number.len() == 16 => nik(number),
        _ => digits::<15>(number).is_some_and(|d| luhn(&d[..9])),
    }
}
