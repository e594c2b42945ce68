//! Brazil.

use super::parts::{complement, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "BR",
        name: "br_cnpj",
        title: "CNPJ, the Brazilian company number",
        kind: Kind::Company,
        lengths: &[14],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["99999999999999", "XXXXXXXXXXXX99"],
        check: cnpj,
        odds: 0.00079,
        odds_in_shape: 0.01,
        separated: &["99.999.999/9999-99"],
        words: &["cnpj", "cadastro nacional da pessoa jurídica", "cadastro nacional da pessoa juridica"],
    },
    NationalNumber {
        country: "BR",
        name: "br_cpf",
        title: "CPF, the Brazilian number of a person",
        kind: Kind::Tax,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: cpf,
        odds: 0.01,
        odds_in_shape: 0.01,
        separated: &["999.999.999-99"],
        words: &["cpf", "cadastro de pessoas físicas", "cadastro de pessoas fisicas"],
    },
];

/// CNPJ: twelve characters, since 2026 letters among them, and two check digits modulo 11.
fn cnpj(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 14]>::try_from(number) else { return false };
    let letters = n[..12].iter().any(|byte| !byte.is_ascii_digit() && !byte.is_ascii_uppercase());
    if letters || !n[12..].iter().all(u8::is_ascii_digit) || n[..12] == *b"000000000000" {
        return false;
    }
    let sum = |weights: &[u32]| n.iter().zip(weights).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    let first: u32 = sum(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    let second: u32 = sum(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    complement(first, 11) % 10 == digit(n[12]) && complement(second, 11) % 10 == digit(n[13])
}

/// CPF: nine digits and two check digits modulo 11.
fn cpf(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let first = complement(weighted(d, &[10, 9, 8, 7, 6, 5, 4, 3, 2]), 11) % 10;
    let second = complement(weighted(d, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]), 11) % 10;
    value(d) > 0 && first == digit(d[9]) && second == digit(d[10])
}
