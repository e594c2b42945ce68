//! Norway.

use super::parts::{date, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "NO",
        name: "no_fodselsnummer",
        title: "Fødselsnummer, the Norwegian identity number",
        kind: Kind::National,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: fodselsnummer,
        odds: 0.0011,
        odds_in_shape: 0.0011,
        separated: &["999999 99999"],
        words: &["fødselsnummer", "fodselsnummer", "personnummer", "fnr", "d-nummer"],
    },
    NationalNumber {
        country: "NO",
        name: "no_orgnr",
        title: "Organisasjonsnummer, the Norwegian company number",
        kind: Kind::Company,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: orgnr,
        odds: 0.091,
        odds_in_shape: 0.091,
        separated: &["999 999 999"],
        words: &["organisasjonsnummer", "orgnr", "org.nr"],
    },
];

/// Fødselsnummer or D-nummer (40 added to the day): birth date, individual number, and two check digits modulo 11.
fn fodselsnummer(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let (day, month, year) = (value(&d[..2]), value(&d[2..4]), value(&d[4..6]));
    let century = match value(&d[6..9]) {
        ..500 => 1900,
        500..750 if year > 53 => 1800,
        500.. if year < 40 => 2000,
        900.. => 1900,
        _ => return false,
    };
    // Numbers of health services have days above 80; those for testing have 40 added to the month.
    let less_forty = |part: u64| if part > 40 { part - 40 } else { part };
    day < 80
        && date(century + year, less_forty(month), less_forty(day))
        && weighted(d, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// Organisasjonsnummer: a check digit modulo 11.
fn orgnr(number: &[u8]) -> bool {
    digits::<9>(number).is_some_and(|d| weighted(d, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))
}
