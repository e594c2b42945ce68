//! Denmark.

use super::parts::{date, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "DK",
        name: "dk_cpr",
        title: "CPR number, the Danish personal number",
        kind: Kind::National,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: cpr,
        odds: 0.037,
        odds_in_shape: 0.037,
        separated: &["999999-9999", "999999 9999"],
        words: &["cpr", "cpr-nr", "cpr-nummer", "personnummer"],
    },
    NationalNumber {
        country: "DK",
        name: "dk_cvr",
        title: "CVR number, the Danish company number",
        kind: Kind::Company,
        lengths: &[8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: cvr,
        odds: 0.082,
        odds_in_shape: 0.082,
        separated: &["99 99 99 99"],
        words: &["cvr", "cvr-nr", "cvr-nummer", "momsnummer"],
    },
];

/// CPR number: birth date, and a serial number that tells the century. Since 2007 it has no check digit.
fn cpr(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    let year = value(&d[4..6]);
    let century = match d[6] {
        b'5'..=b'8' if year > 57 => 1800,
        b'0'..=b'3' => 1900,
        b'4' | b'9' if year > 36 => 1900,
        _ => 2000,
    };
    date(century + year, value(&d[2..4]), value(&d[..2]))
}

/// CVR number: a multiple of 11 under its weights.
pub(super) fn cvr(number: &[u8]) -> bool {
    digits::<8>(number).is_some_and(|d| d[0] != b'0' && weighted(d, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))
}
