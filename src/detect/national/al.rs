//! Albania.

use super::parts::digits;
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "AL",
    name: "al_nipt",
    title: "NIPT, the Albanian tax number",
    kind: Kind::Tax,
    lengths: &[10],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["A99999999A"],
    check: nipt,
    odds: 9.3e-6,
    odds_in_shape: 0.5,
    separated: &[],
    words: &["nipt", "nuis", "numri i identifikimit"],
}];

/// NIPT: a letter for the decade, eight digits, a letter. Its check letter is not published.
fn nipt(number: &[u8]) -> bool {
    let [decade, middle @ .., last] = number else { return false };
    digits::<8>(middle).is_some() && matches!(decade, b'A'..=b'M') && last.is_ascii_uppercase()
}
