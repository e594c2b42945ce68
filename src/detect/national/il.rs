//! Israel.

use super::parts::value;
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::luhn;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "IL",
    name: "il_zehut",
    title: "Mispar zehut, the Israeli identity number",
    kind: Kind::National,
    lengths: &[8, 9],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: zehut,
    odds: 0.1,
    odds_in_shape: 0.1,
    separated: &["99999999-9"],
    words: &["תעודת זהות", "מספר זהות", "teudat zehut", "ת.ז"],
}];

/// Mispar zehut: a Luhn check digit; often without leading zeros.
fn zehut(number: &[u8]) -> bool {
    matches!(number.len(), 8 | 9) && luhn(number) && value(number) > 0
}
