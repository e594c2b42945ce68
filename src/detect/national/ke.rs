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
    odds: 4.0e-7,
    odds_in_shape: 0.077,
    separated: &[],
    words: &["kra pin", "kra", "pin"],
}];

/// PIN: A for a person or P for a body, nine digits, and a letter whose rule is not published.
fn pin(number: &[u8]) -> bool {
    let [b'A' | b'P', middle @ .., last] = number else { return false };
    digits::<9>(middle).is_some() && last.is_ascii_uppercase()
}
