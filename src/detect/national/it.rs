//! Italy.

use super::parts::{date_of_two_digits, digit, digits, place, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::luhn;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "IT",
        name: "it_codice_fiscale",
        title: "Codice fiscale, the Italian tax code of a person",
        kind: Kind::National,
        lengths: &[16],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["AAAAAA99A99A999A"],
        check: codice_fiscale,
        odds: 9.7e-8,
        odds_in_shape: 0.014,
        separated: &["AAA AAA 99A99 A999A"],
        words: &["codice fiscale", "cod. fiscale", "codicefiscale", "cod_fisc"],
    },
    NationalNumber {
        country: "IT",
        name: "it_iva",
        title: "Partita IVA, the Italian VAT number without its country",
        kind: Kind::Company,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: iva,
        odds: 0.01,
        odds_in_shape: 0.01,
        separated: &[],
        words: &["partita iva", "p.iva", "piva", "p. iva"],
    },
];

/// The value of a digit of the codice fiscale; where two people would have the same, letters stand for digits.
fn stand_in(byte: u8) -> Option<u32> {
    place(byte, b"0123456789").or_else(|| place(byte, b"LMNPQRSTUV"))
}

/// Codice fiscale: letters of the names, year, month and day of birth (40 added to a woman's day), place, and a check
/// letter modulo 26.
fn codice_fiscale(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 16]>::try_from(number) else { return false };
    let mut standing = [0_u64; 7];
    for (value, index) in standing.iter_mut().zip([6, 7, 9, 10, 12, 13, 14]) {
        let Some(digit) = stand_in(n[index]) else { return false };
        *value = u64::from(digit);
    }
    let [y1, y2, d1, d2, ..] = standing;
    let Some(month) = place(n[8], b"ABCDEHLMPRST") else { return false };
    n[..6].iter().all(u8::is_ascii_uppercase)
        && n[11].is_ascii_uppercase()
        && date_of_two_digits(10 * y1 + y2, u64::from(month) + 1, (10 * d1 + d2) % 40)
        && check_letter(n) == n[15]
}

/// The check letter of the first fifteen characters, of which those in odd places count by a table.
fn check_letter(n: &[u8; 16]) -> u8 {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let even = |byte: u8| if byte.is_ascii_digit() { digit(byte) } else { u32::from(byte.wrapping_sub(b'A')) };
    let value = |(index, byte): (usize, &u8)| match index % 2 {
        0 => ODD[even(*byte) as usize % 26],
        _ => even(*byte),
    };
    let sum: u32 = n[..15].iter().enumerate().map(value).sum();
    b'A' + (sum % 26) as u8
}

/// Partita IVA: seven digits, a province, and a Luhn check digit.
pub(super) fn iva(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    value(&d[..7]) > 0 && matches!(value(&d[7..10]), 1..=100 | 120 | 121 | 888 | 999) && luhn(d)
}
