//! Australia.

use super::parts::{any_digits, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "AU",
        name: "au_abn",
        title: "ABN, the Australian business number",
        kind: Kind::Company,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: abn,
        odds: 0.01,
        odds_in_shape: 0.01,
        separated: &["99 999 999 999"],
        words: &["abn", "australian business number"],
    },
    NationalNumber {
        country: "AU",
        name: "au_acn",
        title: "ACN, the Australian company number",
        kind: Kind::Company,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: acn,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &["999 999 999"],
        words: &["acn", "australian company number"],
    },
    NationalNumber {
        country: "AU",
        name: "au_medicare",
        title: "Medicare card number of Australia",
        kind: Kind::Health,
        lengths: &[10, 11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: medicare,
        odds: 0.043,
        odds_in_shape: 0.043,
        separated: &["9999 99999 9", "9999-99999-9", "9999 99999 9 9"],
        words: &["medicare"],
    },
    NationalNumber {
        country: "AU",
        name: "au_tfn",
        title: "TFN, the Australian tax file number",
        kind: Kind::Tax,
        lengths: &[8, 9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: tfn,
        odds: 0.091,
        odds_in_shape: 0.091,
        separated: &["999 999 999", "99 999 999"],
        words: &["tfn", "tax file number"],
    },
];

/// ABN: two check digits by which the number, with 10 taken from them, is a multiple of 89 under its weights.
fn abn(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let check = value(&d[..2]) as u32;
    let sum = weighted(&d[2..], &[3, 5, 7, 9, 11, 13, 15, 17, 19]);
    check > 10 && (check - 10 + sum).is_multiple_of(89)
}

/// ACN: a check digit modulo 10.
fn acn(number: &[u8]) -> bool {
    digits::<9>(number).is_some_and(|d| weighted(d, &[8, 7, 6, 5, 4, 3, 2, 1, 1]).is_multiple_of(10))
}

/// Medicare card number: eight digits, a check digit, an issue number, and often the holder's place on the card.
fn medicare(number: &[u8]) -> bool {
    let (card, holder) = match number {
        [card @ .., holder] if number.len() == 11 => (card, *holder),
        _ => (number, b'1'),
    };
    let Some(d) = digits::<10>(card) else { return false };
    matches!(d[0], b'2'..=b'6')
        && d[9] != b'0'
        && matches!(holder, b'1'..=b'9')
        && weighted(d, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digit(d[8])
}

/// TFN: a multiple of 11 under its weights.
fn tfn(number: &[u8]) -> bool {
    matches!(number.len(), 8 | 9)
        && any_digits(number).is_some_and(|d| weighted(d, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11))
}
