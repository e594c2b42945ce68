//! South Korea.

use super::parts::{complement, date, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "KR",
        name: "kr_brn",
        title: "Business registration number of South Korea",
        kind: Kind::Company,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: brn,
        odds: 0.089,
        odds_in_shape: 0.089,
        separated: &["999-99-99999"],
        words: &["사업자등록번호", "사업자 등록번호", "business registration"],
    },
    NationalNumber {
        country: "KR",
        name: "kr_rrn",
        title: "Resident registration number of South Korea",
        kind: Kind::National,
        lengths: &[13],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: rrn,
        odds: 0.0035,
        odds_in_shape: 0.0035,
        separated: &["999999-9999999"],
        words: &["주민등록번호", "주민번호", "resident registration", "rrn"],
    },
];

/// Business registration number: office, kind, serial number, and a check digit modulo 10, to which the tens of five
/// times the last digit count too.
fn brn(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    let sum = weighted(d, &[1, 3, 7, 1, 3, 7, 1, 3, 5]) + 5 * digit(d[8]) / 10;
    value(&d[..3]) > 100 && d[3..5] != *b"00" && d[5..9] != *b"0000" && complement(sum, 10) == digit(d[9])
}

/// RRN: birth date, century and sex, place, and a check digit modulo 11. Numbers given since October 2020 are random
/// behind the seventh digit, so that of those only one in eleven passes.
fn rrn(number: &[u8]) -> bool {
    let Some(d) = digits::<13>(number) else { return false };
    let century = match d[6] {
        b'1' | b'2' | b'5' | b'6' => 1900,
        b'3' | b'4' | b'7' | b'8' => 2000,
        _ => 1800,
    };
    let sum = weighted(d, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11;
    date(century + value(&d[..2]), value(&d[2..4]), value(&d[4..6]))
        && value(&d[7..9]) < 97
        && (11 - sum) % 10 == digit(d[12])
}
