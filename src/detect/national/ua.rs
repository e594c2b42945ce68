//! Ukraine.

use super::parts::{digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "UA",
        name: "ua_edrpou",
        title: "EDRPOU, the Ukrainian company number",
        kind: Kind::Company,
        lengths: &[8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: edrpou,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &[],
        words: &["єдрпоу", "edrpou"],
    },
    NationalNumber {
        country: "UA",
        name: "ua_rnokpp",
        title: "RNOKPP, the Ukrainian taxpayer number",
        kind: Kind::Tax,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: rnokpp,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &[],
        words: &["рнокпп", "ідентифікаційний код", "іпн", "rnokpp", "ipn"],
    },
];

/// EDRPOU: a check digit modulo 11, with other weights from 30 to 60 million and a second set where the first leaves
/// ten.
fn edrpou(number: &[u8]) -> bool {
    let Some(d) = digits::<8>(number) else { return false };
    let (first, second) = match d[0] {
        b'3'..=b'5' => ([7, 1, 2, 3, 4, 5, 6], [9, 3, 4, 5, 6, 7, 8]),
        _ => ([1, 2, 3, 4, 5, 6, 7], [3, 4, 5, 6, 7, 8, 9]),
    };
    let check = match weighted(d, &first) % 11 {
        10 => weighted(d, &second) % 11 % 10,
        check => check,
    };
    check == digit(d[7])
}

/// RNOKPP: the birth date as days, serial number, and a check digit modulo 11.
fn rnokpp(number: &[u8]) -> bool {
    // 10 is the -1 of the rule, modulo 11.
    digits::<10>(number).is_some_and(|d| weighted(d, &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10 == digit(d[9]))
}
