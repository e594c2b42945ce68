//! Bulgaria.

use super::parts::{complement, date, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "BG",
        name: "bg_egn",
        title: "EGN, the Bulgarian civil number",
        kind: Kind::National,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: egn,
        odds: 0.011,
        odds_in_shape: 0.011,
        separated: &["999999 9999"],
        words: &["егн", "egn", "единен граждански номер"],
    },
    NationalNumber {
        country: "BG",
        name: "bg_pnf",
        title: "LNCh, the personal number of a foreigner in Bulgaria",
        kind: Kind::National,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: pnf,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &[],
        words: &["лнч", "lnch", "личен номер на чужденец"],
    },
    NationalNumber {
        country: "BG",
        name: "bg_uic",
        title: "UIC or BULSTAT, the Bulgarian number of an organisation",
        kind: Kind::Company,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: uic,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &["999 999 999"],
        words: &["еик", "булстат", "eik", "bulstat", "uic"],
    },
];

/// EGN: birth date, the century in the month, and a check digit modulo 11.
fn egn(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    let (year, month, day) = (value(&d[..2]), value(&d[2..4]), value(&d[4..6]));
    let born = match month {
        41.. => date(2000 + year, month - 40, day),
        21.. => date(1800 + year, month - 20, day),
        _ => date(1900 + year, month, day),
    };
    born && weighted(d, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == digit(d[9])
}

/// LNCh: a check digit modulo 10.
fn pnf(number: &[u8]) -> bool {
    digits::<10>(number).is_some_and(|d| weighted(d, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == digit(d[9]))
}

/// UIC of an organisation, nine digits, with a second set of weights where the first leaves ten.
fn uic(number: &[u8]) -> bool {
    let Some(d) = digits::<9>(number) else { return false };
    let check = match weighted(d, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
        10 => weighted(d, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
        check => check,
    };
    check == digit(d[8])
}

/// VAT number: that of an organisation, or ten digits of a person, a foreigner or any other.
pub(super) fn vat(number: &[u8]) -> bool {
    let other = |d: &[u8; 10]| complement(weighted(d, &[4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) == digit(d[9]);
    uic(number) || egn(number) || pnf(number) || digits::<10>(number).is_some_and(other)
}
