//! Pakistan.

use super::parts::digits;
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "PK",
    name: "pk_cnic",
    title: "CNIC, the Pakistani identity card",
    kind: Kind::National,
    lengths: &[13],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: cnic,
    odds: 0.63,
    odds_in_shape: 0.63,
    separated: &["99999-9999999-9"],
    words: &["cnic", "nic", "شناختی کارڈ"],
}];

/// CNIC: a province, twelve digits, the last of which is odd for men and never zero. It has no check digit.
fn cnic(number: &[u8]) -> bool {
    digits::<13>(number).is_some_and(|d| matches!(d[0], b'1'..=b'7') && d[12] != b'0')
}
