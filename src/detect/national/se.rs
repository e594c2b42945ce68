//! Sweden.

use super::parts::{any_digits, date, date_of_two_digits, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::luhn;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "SE",
        name: "se_orgnr",
        title: "Organisationsnummer, the Swedish company number",
        kind: Kind::Company,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: orgnr,
        odds: 0.1,
        odds_in_shape: 0.1,
        separated: &["999999-9999"],
        words: &["organisationsnummer", "orgnr", "org.nr"],
    },
    NationalNumber {
        country: "SE",
        name: "se_personnummer",
        title: "Personnummer, the Swedish identity number",
        kind: Kind::National,
        lengths: &[10, 12],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: personnummer,
        odds: 0.0074,
        odds_in_shape: 0.0074,
        separated: &["999999-9999", "99999999-9999", "999999+9999"],
        words: &["personnummer", "persnr", "pnr", "samordningsnummer"],
    },
];

/// Organisationsnummer: a Luhn check digit.
fn orgnr(number: &[u8]) -> bool {
    digits::<10>(number).is_some_and(|d| luhn(d))
}

/// Personnummer or samordningsnummer (60 added to the day): birth date, serial number, and a Luhn check digit over
/// the last ten digits.
fn personnummer(number: &[u8]) -> bool {
    let (10 | 12, Some(d)) = (number.len(), any_digits(number)) else { return false };
    let Some((century, [y1, y2, m1, m2, d1, d2, ..])) = d.split_last_chunk::<10>() else { return false };
    let (year, month) = (value(&[*y1, *y2]), value(&[*m1, *m2]));
    let day = match value(&[*d1, *d2]) {
        day @ 61.. => day - 60,
        day => day,
    };
    let born = match century {
        [] => date_of_two_digits(year, month, day),
        century => date(100 * value(century) + year, month, day),
    };
    born && luhn(&d[d.len() - 10..])
}

/// Momsregistreringsnummer: the organisationsnummer and 01.
pub(super) fn vat(number: &[u8]) -> bool {
    number.strip_suffix(b"01").is_some_and(orgnr)
}
