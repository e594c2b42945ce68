//! Canada.

use super::parts::{complement, digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::{luhn, weighted};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "CA",
        name: "ca_bc_phn",
        title: "Personal health number of British Columbia",
        kind: Kind::Health,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: phn,
        odds: 0.009,
        odds_in_shape: 0.009,
        separated: &["9999 999 999"],
        words: &["phn", "personal health number", "care card", "carecard"],
    },
    NationalNumber {
        country: "CA",
        name: "ca_bn",
        title: "Canadian business number",
        kind: Kind::Company,
        lengths: &[9, 15],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["999999999", "999999999AA9999"],
        check: bn,
        odds: 4.9e-7,
        odds_in_shape: 0.05,
        separated: &["99999 9999", "999999999 AA 9999"],
        words: &["business number", "numéro d'entreprise", "numero d'entreprise"],
    },
    NationalNumber {
        country: "CA",
        name: "ca_sin",
        title: "SIN, the Canadian social insurance number",
        kind: Kind::National,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: sin,
        odds: 0.08,
        odds_in_shape: 0.08,
        separated: &["999-999-999", "999 999 999"],
        words: &["social insurance number", "sin", "numéro d'assurance sociale", "nas"],
    },
];

/// Business number: nine digits with a Luhn check digit, and the account of a programme where one is named.
fn bn(number: &[u8]) -> bool {
    let account = |account: &[u8]| match account {
        [b'R', b'C' | b'M' | b'P' | b'T', rest @ ..] => digits::<4>(rest).is_some(),
        rest => rest.is_empty(),
    };
    number.split_at_checked(9).is_some_and(|(business, rest)| luhn(business) && account(rest))
}

/// Personal health number of British Columbia: a nine, eight digits, and a check digit modulo 11.
fn phn(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    d[0] == b'9' && complement(weighted(&d[1..9], &[2, 4, 8, 5, 10, 9, 7, 3]), 11) == digit(d[9])
}

/// SIN: a Luhn check digit; none starts with 0 or 8.
fn sin(number: &[u8]) -> bool {
    digits::<9>(number).is_some_and(|d| !matches!(d[0], b'0' | b'8') && luhn(d))
}
