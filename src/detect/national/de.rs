//! Germany.

use super::parts::{digit, digits};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::mod_11_10;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "DE",
        name: "de_idnr",
        title: "Steuer-IdNr., the German tax number of a person",
        kind: Kind::Tax,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: idnr,
        odds: 0.0034,
        odds_in_shape: 0.0034,
        separated: &["99 999 999 999", "99/999/999/999"],
        words: &[
            "steuer-id",
            "steueridentifikationsnummer",
            "steuerliche identifikationsnummer",
            "idnr",
            "steuer-idnr",
            "steuerid",
            "tin",
        ],
    },
    NationalNumber {
        country: "DE",
        name: "de_vat",
        title: "USt-IdNr., the German VAT number without its country",
        kind: Kind::Company,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: vat,
        odds: 0.09,
        odds_in_shape: 0.09,
        separated: &["999 999 999"],
        words: &["ust-idnr", "ustid", "ust-id", "umsatzsteuer"],
    },
];

/// Steuerliche Identifikationsnummer: among the first ten digits exactly one comes twice or three times; a check
/// digit by MOD 11,10.
fn idnr(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let mut counts = [0_u8; 10];
    for byte in &d[..10] {
        counts[digit(*byte) as usize % 10] += 1;
    }
    let mut repeated = counts.iter().filter(|count| **count > 1);
    d[0] != b'0' && matches!((repeated.next(), repeated.next()), (Some(2 | 3), None)) && mod_11_10(d)
}

/// Umsatzsteuer-Identifikationsnummer: a check digit by MOD 11,10.
pub(super) fn vat(number: &[u8]) -> bool {
    digits::<9>(number).is_some_and(|d| d[0] != b'0' && mod_11_10(d))
}
