//! Austria.

use super::parts::{digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::{luhn, luhn_sum, weighted};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "AT",
        name: "at_tin",
        title: "Abgabenkontonummer, the Austrian tax number",
        kind: Kind::Tax,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: tin,
        odds: 0.04,
        odds_in_shape: 0.04,
        separated: &["99-999/9999", "99 999/9999"],
        words: &["abgabenkontonummer", "steuernummer", "tin"],
    },
    NationalNumber {
        country: "AT",
        name: "at_uid",
        title: "UID, the Austrian VAT number without its country",
        kind: Kind::Company,
        lengths: &[9],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["A99999999"],
        check: uid,
        odds: 9.9e-8,
        odds_in_shape: 0.0039,
        separated: &["A 99999999"],
        words: &["uid", "ust-id", "umsatzsteuer"],
    },
    NationalNumber {
        country: "AT",
        name: "at_vnr",
        title: "Versicherungsnummer, the Austrian social insurance number",
        kind: Kind::Health,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: vnr,
        odds: 0.082,
        odds_in_shape: 0.082,
        separated: &["9999 999999", "9999-999999", "9999/999999"],
        words: &["sozialversicherungsnummer", "versicherungsnummer", "svnr", "vsnr", "sv-nummer", "svnummer"],
    },
];

/// Abgabenkontonummer: a tax office, seven digits, and a Luhn check digit.
fn tin(number: &[u8]) -> bool {
    let offices = [
        3, 4, 6, 7, 8, 9, 10, 12, 15, 16, 18, 22, 23, 29, 33, 38, 41, 46, 51, 52, 53, 54, 57, 59, 61, 65, 67, 68, 69,
        71, 72, 81, 82, 83, 84, 90, 91, 93, 97, 98,
    ];
    digits::<9>(number).is_some_and(|d| luhn(d) && offices.contains(&value(&d[..2])))
}

/// UID: the letter U, seven digits of which every second is doubled as by Luhn, and a check digit.
pub(super) fn uid(number: &[u8]) -> bool {
    let [b'U', rest @ ..] = number else { return false };
    digits::<8>(rest).is_some_and(|d| (luhn_sum(&d[..7]) + digit(d[7]) + 4).is_multiple_of(10))
}

/// Versicherungsnummer: a serial number, its check digit, and usually a birth date. Where the dates of a day ran
/// out, the month is above 12, so that the date can't be checked.
fn vnr(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    d[0] != b'0' && weighted(d, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == digit(d[3])
}
