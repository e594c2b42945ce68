//! Japan.

use super::parts::{complement, digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "JP",
        name: "jp_corporate_number",
        title: "Hōjin bangō, the Japanese corporate number",
        kind: Kind::Company,
        lengths: &[13],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: corporate,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &["9-9999-9999-9999"],
        words: &["法人番号", "corporate number", "hojin bango"],
    },
    NationalNumber {
        country: "JP",
        name: "jp_my_number",
        title: "Kojin bangō, the Japanese My Number",
        kind: Kind::National,
        lengths: &[12],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: my_number,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &["9999-9999-9999", "9999 9999 9999"],
        words: &["個人番号", "マイナンバー", "my number", "mynumber"],
    },
];

/// Hōjin bangō: a check digit modulo 9, which comes first.
fn corporate(number: &[u8]) -> bool {
    digits::<13>(number)
        .is_some_and(|d| 9 - weighted(&d[1..], &[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9 == digit(d[0]))
}

/// Kojin bangō, My Number: a check digit modulo 11.
fn my_number(number: &[u8]) -> bool {
    let Some(d) = digits::<12>(number) else { return false };
    complement(weighted(d, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10 == digit(d[11])
}
