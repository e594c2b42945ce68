//! Switzerland.

use super::parts::digits;
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "CH",
        name: "ch_ahv",
        title: "AHV number, the Swiss social insurance number",
        kind: Kind::National,
        lengths: &[13],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ahv,
        odds: 9.8e-5,
        odds_in_shape: 9.8e-5,
        separated: &["999.9999.9999.99"],
        words: &["ahv", "avs", "ahvn13", "navs", "sozialversicherungsnummer", "numéro avs", "numero avs"],
    },
    NationalNumber {
        country: "CH",
        name: "ch_uid",
        title: "UID, the Swiss business number",
        kind: Kind::Company,
        lengths: &[12],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["AAA999999999"],
        check: uid,
        odds: 1.9e-11,
        odds_in_shape: 5.0e-6,
        separated: &["AAA-999.999.999", "AAA 999.999.999"],
        words: &["uid", "ide", "idi", "unternehmens-identifikationsnummer"],
    },
];

/// AHV number: 756 for Switzerland, nine digits, and the check digit of EAN-13 (GS1).
fn ahv(number: &[u8]) -> bool {
    let Some(d) = digits::<13>(number) else { return false };
    d[..3] == *b"756" && weighted(d, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10)
}

/// UID: CHE, eight digits, and a check digit modulo 11.
fn uid(number: &[u8]) -> bool {
    let [b'C', b'H', b'E', rest @ ..] = number else { return false };
    digits::<9>(rest).is_some_and(|d| weighted(d, &[5, 4, 3, 2, 7, 6, 5, 4, 1]).is_multiple_of(11))
}
