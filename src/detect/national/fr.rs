//! France.

use super::parts::{digits, place, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::{luhn, weighted};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "FR",
        name: "fr_nif",
        title: "SPI, the French tax number of a person",
        kind: Kind::Tax,
        lengths: &[13],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: nif,
        odds: 0.0004,
        odds_in_shape: 0.0004,
        separated: &["99 99 999 999 999"],
        words: &["numéro fiscal", "numero fiscal", "spi", "nif"],
    },
    NationalNumber {
        country: "FR",
        name: "fr_nir",
        title: "NIR, the French social security number",
        kind: Kind::National,
        lengths: &[15],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["999999999999999", "999999A99999999"],
        check: nir,
        odds: 4.6e-11,
        odds_in_shape: 0.005,
        separated: &["9 99 99 99 999 999 99", "9 99 99 9A 999 999 99", "9999999999999 99"],
        words: &["sécurité sociale", "securite sociale", "nir", "numéro de sécu", "insee", "numss"],
    },
    NationalNumber {
        country: "FR",
        name: "fr_siren",
        title: "SIREN, the French company number",
        kind: Kind::Company,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: siren,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &["999 999 999"],
        words: &["siren"],
    },
    NationalNumber {
        country: "FR",
        name: "fr_siret",
        title: "SIRET, the French number of an establishment",
        kind: Kind::Company,
        lengths: &[14],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: siret,
        odds: 0.0099,
        odds_in_shape: 0.0099,
        separated: &["999 999 999 99999"],
        words: &["siret"],
    },
    NationalNumber {
        country: "FR",
        name: "fr_tva",
        title: "The French VAT number without its country",
        kind: Kind::Company,
        lengths: &[11],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["99999999999", "A9999999999", "9A999999999", "AA999999999"],
        check: tva,
        odds: 7.4e-8,
        odds_in_shape: 0.0064,
        separated: &["99 999999999", "99 999 999 999"],
        words: &["tva", "tva intracommunautaire"],
    },
];

/// NIR: sex, year and month of birth, place, serial number, and two digits that are 97 less the remainder. For it
/// Corsica's 2A and 2B count as 19 and 18.
fn nir(number: &[u8]) -> bool {
    let Ok(mut n) = <[u8; 15]>::try_from(number) else { return false };
    match &n[5..7] {
        b"2A" => n[5..7].copy_from_slice(b"19"),
        b"2B" => n[5..7].copy_from_slice(b"18"),
        _ => {}
    }
    digits::<15>(&n).is_some_and(|d| 97 - value(&d[..13]) % 97 == value(&d[13..]))
}

/// SPI: ten digits, the first below 4, and the remainder by 511.
fn nif(number: &[u8]) -> bool {
    digits::<13>(number).is_some_and(|d| d[0] < b'4' && value(&d[..10]) % 511 == value(&d[10..]))
}

/// SIREN: a Luhn check digit.
fn siren(number: &[u8]) -> bool {
    digits::<9>(number).is_some_and(|d| luhn(d))
}

/// SIRET: the SIREN, five digits of the establishment, and a Luhn check digit. The offices of La Poste have a sum of
/// digits divisible by 5 instead.
fn siret(number: &[u8]) -> bool {
    let Some(d) = digits::<14>(number) else { return false };
    let check = if d.starts_with(b"356000000") && d != b"35600000000048" {
        weighted(d, &[1; 14]).is_multiple_of(5)
    } else {
        luhn(d)
    };
    check && siren(&d[..9])
}

/// TVA: two characters and the SIREN, of which those of Monaco start with three zeros and are not checked.
pub(super) fn tva(number: &[u8]) -> bool {
    let Some(([first, second], rest)) = number.split_first_chunk::<2>() else { return false };
    let Some(d) = digits::<9>(rest) else { return false };
    let letters = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let (Some(high), Some(low)) = (place(*first, letters), place(*second, letters)) else { return false };
    let key = u64::from(match (high < 10, low < 10) {
        (true, true) => {
            return (d.starts_with(b"000") || siren(d)) && (value(d) * 100 + 12) % 97 == value(&[*first, *second]);
        }
        (true, false) => high * 24 + low - 10,
        (false, _) => high * 34 + low - 100,
    });
    (d.starts_with(b"000") || siren(d)) && (value(d) + 1 + key / 11) % 11 == key % 11
}
