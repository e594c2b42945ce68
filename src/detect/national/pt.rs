//! Portugal.

use super::parts::{complement, digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::{luhn_digit, value_36, weighted};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "PT",
        name: "pt_cc",
        title: "Cartão de cidadão, the Portuguese identity card",
        kind: Kind::National,
        lengths: &[12],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["999999999AA9", "999999999A99", "9999999999A9", "999999999999"],
        check: cc,
        odds: 2.7e-7,
        odds_in_shape: 0.1,
        separated: &["99999999 9 AA9", "99999999 9 A99"],
        words: &["cartão de cidadão", "cartao de cidadao", "documento de identificação", "bi"],
    },
    NationalNumber {
        country: "PT",
        name: "pt_nif",
        title: "NIF, the Portuguese tax number",
        kind: Kind::Tax,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: nif,
        odds: 0.09,
        odds_in_shape: 0.09,
        separated: &["999 999 999"],
        words: &["nif", "contribuinte", "nipc"],
    },
];

/// Cartão de cidadão: nine digits, two characters of the version, and a check digit by Luhn, letters from 10 to 35.
fn cc(number: &[u8]) -> bool {
    let Some((payload, [first, second, last])) = number.split_last_chunk::<3>() else { return false };
    let (Some(d), true) = (digits::<9>(payload), last.is_ascii_digit()) else { return false };
    let (Some(first), Some(second)) = (value_36(*first), value_36(*second)) else { return false };
    let doubled = |value: u32| if value > 4 { 2 * value - 9 } else { 2 * value };
    let nine = complement(digit(luhn_digit(d)), 10);
    (nine + first + doubled(second) + digit(*last)).is_multiple_of(10)
}

/// NIF: a check digit modulo 11.
pub(super) fn nif(number: &[u8]) -> bool {
    let Some(d) = digits::<9>(number) else { return false };
    d[0] != b'0' && complement(weighted(d, &[9, 8, 7, 6, 5, 4, 3, 2]), 11) % 10 == digit(d[8])
}
