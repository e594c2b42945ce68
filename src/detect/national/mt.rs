//! Malta.

use super::parts::digits;
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "MT",
    name: "mt_vat",
    title: "VAT number of Malta without its country",
    kind: Kind::Company,
    lengths: &[8],
    alphabet: Alphabet::Digits,
    shapes: &[],
    check: vat,
    odds: 0.024,
    odds_in_shape: 0.024,
    separated: &["9999 9999", "9999-9999"],
    words: &["vat", "vat number", "vat no"],
}];

/// VAT number: a multiple of 37 under its weights.
pub(super) fn vat(number: &[u8]) -> bool {
    digits::<8>(number).is_some_and(|d| d[0] != b'0' && weighted(d, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37))
}
