//! Peru.

use super::parts::{digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "PE",
        name: "pe_cui",
        title: "CUI, the Peruvian identity number with its check character",
        kind: Kind::National,
        lengths: &[9],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["999999999", "99999999A"],
        check: cui,
        odds: 2.0e-6,
        odds_in_shape: 0.069,
        separated: &["99999999-9", "99999999-A"],
        words: &["dni", "cui", "documento nacional"],
    },
    NationalNumber {
        country: "PE",
        name: "pe_ruc",
        title: "RUC, the Peruvian tax number",
        kind: Kind::Tax,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ruc,
        odds: 0.004,
        odds_in_shape: 0.004,
        separated: &[],
        words: &["ruc", "registro único de contribuyentes", "registro unico de contribuyentes"],
    },
];

/// CUI: the eight digits of the DNI and a check character modulo 11, as a digit or as a letter.
fn cui(number: &[u8]) -> bool {
    let Some((last, payload)) = number.split_last() else { return false };
    let Some(d) = digits::<8>(payload) else { return false };
    let sum = weighted(d, &[3, 2, 7, 6, 5, 4, 3, 2]) as usize % 11;
    b"65432110987"[sum] == *last || b"KJIHGFEDCBA"[sum] == *last
}

/// RUC: the kind of payer, eight digits, and a check digit modulo 11.
fn ruc(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let sum = weighted(d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    matches!(&d[..2], b"10" | b"15" | b"17" | b"20") && (11 - sum) % 10 == digit(d[10])
}
