//! Türkiye.

use super::parts::{complement, digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "TR",
        name: "tr_tckn",
        title: "T.C. kimlik no., the Turkish identity number",
        kind: Kind::National,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: tckn,
        odds: 0.0089,
        odds_in_shape: 0.0089,
        separated: &[],
        words: &["tc kimlik", "t.c. kimlik", "tckn", "kimlik no"],
    },
    NationalNumber {
        country: "TR",
        name: "tr_vkn",
        title: "Vergi kimlik no., the Turkish tax number",
        kind: Kind::Tax,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: vkn,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &[],
        words: &["vergi kimlik", "vergi no", "vkn"],
    },
];

/// T.C. kimlik no.: nine digits, the first no zero, and two check digits modulo 10.
fn tckn(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    d[0] != b'0'
        && weighted(d, &[3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10)
        && weighted(d, &[1; 10]) % 10 == digit(d[10])
}

/// Vergi kimlik no.: each digit is moved by its place and multiplied by a power of two modulo 9.
fn vkn(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    let moved = d[..9].iter().zip((1..=9_u32).rev()).map(|(byte, place)| match (digit(*byte) + place) % 10 {
        0 => 0,
        moved => match (moved << place) % 9 {
            0 => 9,
            rest => rest,
        },
    });
    complement(moved.sum(), 10) == digit(d[9])
}
