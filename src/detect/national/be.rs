//! Belgium.

use super::parts::{digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "BE",
        name: "be_nn",
        title: "Belgian national or BIS number",
        kind: Kind::National,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: nn,
        odds: 0.0078,
        odds_in_shape: 0.0078,
        separated: &["99.99.99-999.99", "99.99.99-999-99", "999999-999-99", "999999 999 99"],
        words: &[
            "rijksregisternummer",
            "registre national",
            "nationalregister",
            "insz",
            "niss",
            "national number",
            "bis",
        ],
    },
    NationalNumber {
        country: "BE",
        name: "be_vat",
        title: "Belgian enterprise number",
        kind: Kind::Company,
        lengths: &[9, 10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: vat,
        odds: 0.0062,
        odds_in_shape: 0.0062,
        separated: &["9999.999.999", "9999 999 999", "999.999.999"],
        words: &["ondernemingsnummer", "numéro d'entreprise", "numero d'entreprise", "btw", "tva", "kbo", "bce"],
    },
];

/// National number or BIS number (month raised by 20 or 40): birth date, serial number, and two digits that are 97
/// less the remainder, a 2 before the number for births from 2000. The day may be anything, as of births that were
/// registered without one.
fn nn(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let (payload, check) = (value(&d[..9]), value(&d[9..]));
    let checks = 97 - payload % 97 == check || 97 - (2_000_000_000 + payload) % 97 == check;
    checks && matches!(value(&d[2..4]), 0..=12 | 20..=32 | 40..=52)
}

/// Enterprise number: two digits that make it a multiple of 97; older ones lack the leading zero.
pub(super) fn vat(number: &[u8]) -> bool {
    let (first, rest) = match number {
        [first, rest @ ..] if number.len() == 10 => (*first, rest),
        _ => (b'0', number),
    };
    let Some(d) = digits::<9>(rest) else { return false };
    let payload = u64::from(digit(first)) * 10_000_000 + value(&d[..7]);
    let check = value(&d[7..]);
    matches!(first, b'0' | b'1') && payload + check > 0 && (payload + check).is_multiple_of(97)
}
