//! Belarus.

use super::parts::{digit, place};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "BY",
    name: "by_unp",
    title: "UNP, the Belarusian taxpayer number",
    kind: Kind::Tax,
    lengths: &[9],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["999999999", "AA9999999"],
    check: unp,
    odds: 1.3e-6,
    odds_in_shape: 0.037,
    separated: &["999 999 999"],
    words: &["унп", "unp", "учетный номер плательщика"],
}];

/// UNP: nine digits, or two letters and seven digits of a person, with a check digit modulo 11.
fn unp(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 9]>::try_from(number) else { return false };
    if !n[2..].iter().all(u8::is_ascii_digit)
        || !matches!(n[0], b'1'..=b'7' | b'A' | b'B' | b'C' | b'E' | b'H' | b'K' | b'M')
    {
        return false;
    }
    let letters = b"ABCEHKMOPT";
    let (first, second) = match (n[0].is_ascii_digit(), place(n[1], letters)) {
        (true, None) if n[1].is_ascii_digit() => (digit(n[0]), digit(n[1])),
        (false, Some(place)) => (u32::from(n[0] - b'A') + 10, place),
        _ => return false,
    };
    let sum = 29 * first + 23 * second + weighted(&n[2..], &[19, 17, 13, 7, 5, 3]);
    sum % 11 == digit(n[8])
}
