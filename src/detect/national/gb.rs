//! United Kingdom.

use super::parts::{any_digits, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "GB",
        name: "gb_nhs",
        title: "NHS number of England, Wales and the Isle of Man",
        kind: Kind::Health,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: nhs,
        odds: 0.091,
        odds_in_shape: 0.091,
        separated: &["999 999 9999", "999-999-9999"],
        words: &["nhs", "nhs number"],
    },
    NationalNumber {
        country: "GB",
        name: "gb_nino",
        title: "National Insurance number of the United Kingdom",
        kind: Kind::National,
        lengths: &[9],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["AA999999A"],
        check: nino,
        odds: 1.5e-5,
        odds_in_shape: 0.085,
        separated: &["AA 99 99 99 A", "AA 999999 A", "AA-99-99-99-A"],
        words: &["national insurance", "nino", "ni number", "ni no"],
    },
    NationalNumber {
        country: "GB",
        name: "gb_utr",
        title: "Unique taxpayer reference of the United Kingdom",
        kind: Kind::Tax,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: utr,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &["99999 99999"],
        words: &["utr", "unique taxpayer reference", "tax reference"],
    },
    NationalNumber {
        country: "GB",
        name: "gb_vat",
        title: "VAT number of the United Kingdom without its country",
        kind: Kind::Company,
        lengths: &[9, 12],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: vat,
        odds: 0.029,
        odds_in_shape: 0.029,
        separated: &["999 9999 99", "999 9999 99 999"],
        words: &["vat", "vat number", "vat no", "vat reg"],
    },
];

/// NHS number: a check digit modulo 11.
fn nhs(number: &[u8]) -> bool {
    digits::<10>(number).is_some_and(|d| weighted(d, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))
}

/// NINO: a prefix of two letters that is in use, six digits, and a letter from A to D (HMRC, NIM39110).
fn nino(number: &[u8]) -> bool {
    let [first, second, middle @ .., b'A'..=b'D'] = number else { return false };
    digits::<6>(middle).is_some()
        && b"ABCEGHJKLMNOPRSTWXYZ".contains(first)
        && b"ABCEGHJKLMNPRSTWXYZ".contains(second)
        && !matches!(&[*first, *second], b"BG" | b"GB" | b"KN" | b"NK" | b"NT" | b"TN" | b"ZZ")
}

/// UTR: a check digit modulo 11, which comes first.
fn utr(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    let sum = weighted(&d[1..], &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
    b"21987654321"[sum as usize % 11] == d[0]
}

/// VAT number: a multiple of 97 under its weights, since 2010 also with 55 added; three more digits are of a branch.
pub(super) fn vat(number: &[u8]) -> bool {
    let (9 | 12, Some(d)) = (number.len(), any_digits(number)) else { return false };
    let sum = weighted(d, &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
    sum == 0 || (matches!(sum, 42 | 55) && value(&d[..3]) >= 100)
}
