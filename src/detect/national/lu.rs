//! Luxembourg.

use super::parts::{date, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::{luhn, verhoeff_digit};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "LU",
        name: "lu_matricule",
        title: "Matricule, the Luxembourgish national number",
        kind: Kind::National,
        lengths: &[13],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: matricule,
        odds: 1.0e-5,
        odds_in_shape: 1.0e-5,
        separated: &["9999 9999 99999", "99999999 99999"],
        words: &["matricule", "numéro d'identification nationale", "numero d'identification"],
    },
    NationalNumber {
        country: "LU",
        name: "lu_tva",
        title: "TVA, the Luxembourgish VAT number without its country",
        kind: Kind::Company,
        lengths: &[8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: tva,
        odds: 0.01,
        odds_in_shape: 0.01,
        separated: &[],
        words: &["tva"],
    },
];

/// Matricule: birth date, serial number, a check digit by Luhn, and one by Verhoeff over the same eleven digits.
fn matricule(number: &[u8]) -> bool {
    let Some(d) = digits::<13>(number) else { return false };
    let year = value(&d[..4]);
    (1850..2100).contains(&year)
        && date(year, value(&d[4..6]), value(&d[6..8]))
        && luhn(&d[..12])
        && verhoeff_digit(&d[..11]) == d[12]
}

/// TVA: six digits and their remainder by 89.
pub(super) fn tva(number: &[u8]) -> bool {
    digits::<8>(number).is_some_and(|d| value(&d[..6]) % 89 == value(&d[6..]))
}
