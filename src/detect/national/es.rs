//! Spain.

use super::parts::{digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::luhn_digit;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "ES",
        name: "es_cif",
        title: "CIF, the Spanish tax number of a company",
        kind: Kind::Company,
        lengths: &[9],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["A99999999", "A9999999A"],
        check: cif,
        odds: 3.3e-6,
        odds_in_shape: 0.045,
        separated: &["A-99999999", "A-9999999-A"],
        words: &["cif", "nif", "código de identificación fiscal", "codigo de identificacion fiscal"],
    },
    NationalNumber {
        country: "ES",
        name: "es_dni",
        title: "DNI, the Spanish identity document",
        kind: Kind::National,
        lengths: &[9],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["99999999A"],
        check: dni,
        odds: 9.8e-7,
        odds_in_shape: 0.038,
        separated: &["99999999-A", "99.999.999-A"],
        words: &["dni", "nif", "documento nacional"],
    },
    NationalNumber {
        country: "ES",
        name: "es_nie",
        title: "NIE, the Spanish number of a foreigner",
        kind: Kind::National,
        lengths: &[9],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["A9999999A"],
        check: nie,
        odds: 2.9e-7,
        odds_in_shape: 0.0044,
        separated: &["A-9999999-A"],
        words: &["nie", "nif", "identidad de extranjero"],
    },
];

/// The letter that the number of a person has, by its remainder by 23.
fn letter(number: u64) -> u8 {
    b"TRWAGMYFPDXBNJZSQVHLCKE"[number as usize % 23]
}

/// DNI: eight digits and a check letter.
fn dni(number: &[u8]) -> bool {
    let Some((last, payload)) = number.split_last() else { return false };
    digits::<8>(payload).is_some_and(|d| letter(value(d)) == *last)
}

/// NIE: X, Y or Z for 0, 1 or 2, then as the DNI.
fn nie(number: &[u8]) -> bool {
    let [first @ b'X'..=b'Z', payload @ .., last] = number else { return false };
    digits::<7>(payload).is_some_and(|d| letter(u64::from(first - b'X') * 10_000_000 + value(d)) == *last)
}

/// CIF: a letter for the kind of body, seven digits, and a check character by Luhn, as a digit or a letter.
fn cif(number: &[u8]) -> bool {
    let [first, payload @ .., last] = number else { return false };
    let Some(d) = digits::<7>(payload) else { return false };
    let check = luhn_digit(d);
    let as_letter = b"JABCDEFGHI"[digit(check) as usize % 10];
    b"ABCDEFGHJNPQRSUVW".contains(first) && (*last == check || *last == as_letter)
}

/// NIF: any of these, or K, L or M before seven digits and a check letter.
pub(super) fn nif(number: &[u8]) -> bool {
    match number {
        [b'K' | b'L' | b'M', payload @ .., last] => digits::<7>(payload).is_some_and(|d| letter(value(d)) == *last),
        _ => dni(number) || nie(number) || cif(number),
    }
}
