//! India.

use super::parts::{digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::{luhn_36, verhoeff};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "IN",
        name: "in_aadhaar",
        title: "Aadhaar, the Indian identity number",
        kind: Kind::National,
        lengths: &[12],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: aadhaar,
        odds: 0.08,
        odds_in_shape: 0.08,
        separated: &["9999 9999 9999", "9999-9999-9999"],
        words: &["aadhaar", "aadhar", "uidai", "आधार"],
    },
    NationalNumber {
        country: "IN",
        name: "in_gstin",
        title: "GSTIN, the Indian goods and services tax number",
        kind: Kind::Company,
        lengths: &[15],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["99AAAAA9999A9A9", "99AAAAA9999A9AA"],
        check: gstin,
        odds: 2.2e-9,
        odds_in_shape: 0.00017,
        separated: &[],
        words: &["gstin", "gst number", "gst no"],
    },
    NationalNumber {
        country: "IN",
        name: "in_pan",
        title: "PAN, the Indian permanent account number",
        kind: Kind::Tax,
        lengths: &[10],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["AAAAA9999A"],
        check: pan,
        odds: 0.00036,
        odds_in_shape: 0.42,
        separated: &[],
        words: &["pan", "permanent account number", "pan card"],
    },
];

/// Aadhaar: twelve digits, the first above 1, with a check digit by Verhoeff; palindromes are none.
fn aadhaar(number: &[u8]) -> bool {
    digits::<12>(number).is_some_and(|d| d[0] > b'1' && verhoeff(d) && !d.iter().eq(d.iter().rev()))
}

/// GSTIN: a state, the PAN, a count, the letter Z, and a check character by Luhn modulo 36.
fn gstin(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 15]>::try_from(number) else { return false };
    n[..2].iter().all(u8::is_ascii_digit)
        && matches!(value(&n[..2]), 1..=38 | 97)
        && pan(&n[2..12])
        && n[12] != b'0'
        && n[13] == b'Z'
        && luhn_36(n)
}

/// PAN: three letters, the kind of holder, a letter of the name, four digits, and a letter whose rule is not published.
fn pan(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 10]>::try_from(number) else { return false };
    n[..5].iter().all(u8::is_ascii_uppercase)
        && b"ABCFGHJKLPT".contains(&n[3])
        && digits::<4>(&n[5..9]).is_some_and(|d| d != b"0000")
        && n[9].is_ascii_uppercase()
}
