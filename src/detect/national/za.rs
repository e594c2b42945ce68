//! South Africa.

use super::parts::{date_of_two_digits, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::luhn;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "ZA",
        name: "za_id",
        title: "Identity number of South Africa",
        kind: Kind::National,
        lengths: &[13],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: id,
        odds: 0.00073,
        odds_in_shape: 0.00073,
        separated: &["999999 9999 999"],
        words: &["id number", "identity number", "sa id", "rsa id"],
    },
    NationalNumber {
        country: "ZA",
        name: "za_tin",
        title: "Income tax number of South Africa",
        kind: Kind::Tax,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: tin,
        odds: 0.05,
        odds_in_shape: 0.05,
        separated: &["9999/999/999"],
        words: &["tax reference", "income tax", "tax number"],
    },
];

/// Identity number: birth date, serial number, citizenship, and a Luhn check digit.
fn id(number: &[u8]) -> bool {
    let Some(d) = digits::<13>(number) else { return false };
    date_of_two_digits(value(&d[..2]), value(&d[2..4]), value(&d[4..6])) && matches!(d[10], b'0' | b'1') && luhn(d)
}

/// Income tax number: a Luhn check digit.
fn tin(number: &[u8]) -> bool {
    digits::<10>(number).is_some_and(|d| matches!(d[0], b'0'..=b'3' | b'9') && luhn(d))
}
