//! Lithuania.

use super::parts::{any_digits, date, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber, ee};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "LT",
        name: "lt_asmens",
        title: "Asmens kodas, the Lithuanian personal code",
        kind: Kind::National,
        lengths: &[11],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: asmens,
        odds: 0.013,
        odds_in_shape: 0.013,
        separated: &[],
        words: &["asmens kodas", "personal code"],
    },
    NationalNumber {
        country: "LT",
        name: "lt_pvm",
        title: "PVM kodas, the Lithuanian VAT number without its country",
        kind: Kind::Company,
        lengths: &[9, 12],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: pvm,
        odds: 0.0099,
        odds_in_shape: 0.0099,
        separated: &[],
        words: &["pvm", "pvm kodas"],
    },
];

/// Asmens kodas: as the Estonian code, but that one with a 9 in front has no birth date.
fn asmens(number: &[u8]) -> bool {
    let Some(d) = digits::<11>(number) else { return false };
    let century = match d[0] {
        b'1' | b'2' => 1800,
        b'3' | b'4' => 1900,
        b'5' | b'6' => 2000,
        b'7' | b'8' => 2100,
        b'9' => return ee::check_digit(d),
        _ => return false,
    };
    date(century + value(&d[1..3]), value(&d[3..5]), value(&d[5..7])) && ee::check_digit(d)
}

/// PVM kodas: nine digits, or twelve of a temporary payer, a 1 before the check digit.
pub(super) fn pvm(number: &[u8]) -> bool {
    let (9 | 12, Some(([.., before, last], payload))) =
        (number.len(), any_digits(number).map(|d| (d, &d[..d.len() - 1])))
    else {
        return false;
    };
    let check = match weighted(payload, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]) % 11 {
        10 => weighted(payload, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]) % 11 % 10,
        check => check,
    };
    *before == b'1' && check == digit(*last)
}
