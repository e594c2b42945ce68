//! Kenya.

use super::parts::digits;
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "KE",
    name: "ke_pin",
    title: "PIN, the Kenyan tax number",
    kind: Kind::Tax,
    lengths: &[11],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["A999999999A"],
    check: pin,
    odds: 1.0,
    odds_in_shape: 1.0,
    separated: &[],
    words: &["kra pin", "kra", "pin"],
}];

/// PIN: A for a person or P for a body, nine digits, and a letter whose rule is not published.
fn pin(number: &[u8]) -> bool {
    let [b'A' | b'P', middle @ .., last] = number else { return false };
    digits::<9>(middle).is_some() && last.is_ascii_uppercase()
}
