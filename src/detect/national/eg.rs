//! Egypt.

use super::parts::{date, digits, value};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "EG",
    name: "eg_nid",
    title: "Egyptian national number",
    kind: Kind::National,
    lengths: &[14],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: nid,
    odds: 0.002,
    odds_in_shape: 0.002,
    separated: &["9 999999 99 99999"],
    words: &["الرقم القومي", "national id", "nid"],
}];

/// National number: century, birth date, governorate, serial number, and a check digit whose rule is not published.
fn nid(number: &[u8]) -> bool {
    let Some(d) = digits::<14>(number) else { return false };
    let century = match d[0] {
        b'2' => 1900,
        b'3' => 2000,
        _ => return false,
    };
    date(century + value(&d[1..3]), value(&d[3..5]), value(&d[5..7]))
        && matches!(value(&d[7..9]), 1..=4 | 11..=19 | 21..=29 | 31..=35 | 88)
}
