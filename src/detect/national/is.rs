//! Iceland.

use super::parts::{date, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "IS",
    name: "is_kennitala",
    title: "Kennitala, the Icelandic number of persons and companies",
    kind: Kind::National,
    lengths: &[10],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: kennitala,
    odds: 0.0013,
    odds_in_shape: 0.0013,
    separated: &["999999-9999", "999999 9999"],
    words: &["kennitala", "kt."],
}];

/// Kennitala: birth date with 40 added to a company's day, serial number, a check digit modulo 11, and the century.
fn kennitala(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    let century = match d[9] {
        b'9' => 1900,
        b'0' => 2000,
        _ => return false,
    };
    let day = match value(&d[..2]) {
        day @ 40.. => day - 40,
        day => day,
    };
    date(century + value(&d[4..6]), value(&d[2..4]), day)
        && weighted(d, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}
