//! Taiwan.

use super::parts::{digit, digits, place};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "TW",
        name: "tw_id",
        title: "Identity number of Taiwan",
        kind: Kind::National,
        lengths: &[10],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["A999999999"],
        check: id,
        odds: 2.9e-7,
        odds_in_shape: 0.04,
        separated: &[],
        words: &["身分證", "身份證", "統一證號", "national id"],
    },
    NationalNumber {
        country: "TW",
        name: "tw_ubn",
        title: "Unified business number of Taiwan",
        kind: Kind::Company,
        lengths: &[8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ubn,
        odds: 0.11,
        odds_in_shape: 0.11,
        separated: &[],
        words: &["統一編號", "統編", "ubn"],
    },
];

/// Identity number: a letter for the place, sex, eight digits with the check digit modulo 10.
fn id(number: &[u8]) -> bool {
    let [letter, rest @ ..] = number else { return false };
    let (Some(place), Some(d)) = (place(*letter, b"ABCDEFGHJKLMNPQRSTUVXYWZIO"), digits::<9>(rest)) else {
        return false;
    };
    let (tens, ones) = ((place + 10) / 10, place % 10);
    matches!(d[0], b'1' | b'2' | b'8' | b'9')
        && (tens + 9 * ones + weighted(d, &[8, 7, 6, 5, 4, 3, 2, 1, 1])).is_multiple_of(10)
}

/// Unified business number: the digits of the products have a sum that is a multiple of 10; a 7 in seventh place may
/// count one more.
fn ubn(number: &[u8]) -> bool {
    let Some(d) = digits::<8>(number) else { return false };
    let sum: u32 = d
        .iter()
        .zip([1, 2, 1, 2, 1, 2, 4, 1])
        .map(|(byte, weight)| digit(*byte) * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10) || (sum % 10 == 9 && d[6] == b'7')
}
