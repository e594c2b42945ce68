//! Estonia.

use super::parts::{date, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "EE",
        name: "ee_ik",
        title: "Isikukood, the Estonian personal code",
        kind: Kind::National,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ik,
        odds: 0.003,
        odds_in_shape: 0.003,
        separated: &[],
        words: &["isikukood", "personal code", "id-kood"],
    },
    NationalNumber {
        country: "EE",
        name: "ee_registrikood",
        title: "Registrikood, the Estonian company number",
        kind: Kind::Company,
        lengths: &[8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: registrikood,
        odds: 0.04,
        odds_in_shape: 0.04,
        separated: &[],
        words: &["registrikood", "registry code"],
    },
];

/// Isikukood: century and sex, birth date, serial number, and a check digit with a second set of weights.
fn ik(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let century = match d[0] {
        b'1' | b'2' => 1800,
        b'3' | b'4' => 1900,
        b'5' | b'6' => 2000,
        b'7' | b'8' => 2100,
        _ => return false,
    };
    date(century + value(&d[1..3]), value(&d[3..5]), value(&d[5..7])) && check_digit(d)
}

/// Whether the last digit is the check digit that Estonian and Lithuanian numbers of eight and eleven digits have.
pub(super) fn check_digit(number: &[u8]) -> bool {
    let Some((last, payload)) = number.split_last() else { return false };
    let check = match weighted(payload, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11 {
        10 => weighted(payload, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10,
        check => check,
    };
    check == digit(*last)
}

/// Registrikood: a first digit for the kind of body, and the same check digit.
fn registrikood(number: &[u8]) -> bool {
    digits::<8>(number).is_some_and(|d| matches!(d[0], b'1' | b'7' | b'8' | b'9') && check_digit(d))
}

/// KMKR: a multiple of 10 under its weights.
pub(super) fn kmkr(number: &[u8]) -> bool {
    digits::<9>(number).is_some_and(|d| weighted(d, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10))
}
