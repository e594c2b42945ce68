//! Cyprus.

use super::parts::{digit, digits};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "CY",
    name: "cy_tic",
    title: "TIC, the Cypriot tax number",
    kind: Kind::Tax,
    lengths: &[9],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["99999999A"],
    check: tic,
    odds: 9.8e-7,
    odds_in_shape: 0.038,
    separated: &[],
    words: &["φπα", "αφτ", "tic", "vat"],
}];

/// TIC: eight digits and a check letter modulo 26, every second digit by a table; none starts with 12.
pub(super) fn tic(number: &[u8]) -> bool {
    let Some((last, payload)) = number.split_last() else { return false };
    let Some(d) = digits::<8>(payload) else { return false };
    let odd = |byte: u8| [1, 0, 5, 7, 9, 13, 15, 17, 19, 21][digit(byte) as usize % 10];
    let sum: u32 = d.chunks_exact(2).map(|pair| odd(pair[0]) + digit(pair[1])).sum();
    d[..2] != *b"12" && b'A' + (sum % 26) as u8 == *last
}
