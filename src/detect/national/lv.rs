//! Latvia.

use super::parts::{date, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "LV",
        name: "lv_pk",
        title: "Personas kods, the Latvian personal code",
        kind: Kind::National,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: pk,
        odds: 0.0047,
        odds_in_shape: 0.0047,
        separated: &["999999-99999"],
        words: &["personas kods", "personal code"],
    },
    NationalNumber {
        country: "LV",
        name: "lv_pvn",
        title: "PVN, the Latvian VAT number without its country",
        kind: Kind::Company,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: pvn,
        odds: 0.059,
        odds_in_shape: 0.059,
        separated: &[],
        words: &["pvn", "reģistrācijas numurs", "registracijas numurs"],
    },
];

/// Personas kods: birth date, century, serial number; or a 32 before random digits since 2017; a check digit modulo 11.
fn pk(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let born = || date(1800 + 100 * u64::from(digit(d[6])) + value(&d[4..6]), value(&d[2..4]), value(&d[..2]));
    let check = (1 + weighted(d, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10;
    d[0] <= b'3' && (d.starts_with(b"32") || born()) && check == digit(d[10])
}

/// PVN: the personas kods, or the number of a company, which leaves 3 modulo 11.
pub(super) fn pvn(number: &[u8]) -> bool {
    let company = |d: &[u8; 11]| d[0] > b'3' && weighted(d, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3;
    pk(number) || digits::<11>(number).is_some_and(company)
}
