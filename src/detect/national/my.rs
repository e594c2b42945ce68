//! Malaysia.

use super::parts::{date_of_two_digits, digits, value};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "MY",
    name: "my_nric",
    title: "NRIC, the Malaysian identity card",
    kind: Kind::National,
    lengths: &[12],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: nric,
    odds: 0.031,
    odds_in_shape: 0.031,
    separated: &["999999-99-9999"],
    words: &["nric", "mykad", "kad pengenalan", "no kp", "no. kp"],
}];

/// NRIC: birth date, place of birth, and a serial number. It has no check digit.
fn nric(number: &[u8]) -> bool {
    let Some(d) = digits::<12>(number) else { return false };
    let place = value(&d[6..8]);
    let unused = matches!(place, 0 | 17..=20 | 69 | 70 | 73 | 80 | 81 | 94..=97);
    !unused && date_of_two_digits(value(&d[..2]), value(&d[2..4]), value(&d[4..6]))
}
