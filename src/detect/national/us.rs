//! United States.

use super::parts::{digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::{luhn_sum, weighted};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "US",
        name: "us_aba",
        title: "ABA routing number",
        kind: Kind::Bank,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: aba,
        odds: 0.038,
        odds_in_shape: 0.038,
        separated: &["9999-9999-9"],
        words: &["routing", "aba", "rtn", "transit number"],
    },
    NationalNumber {
        country: "US",
        name: "us_dea",
        title: "DEA registration number of a prescriber",
        kind: Kind::Licence,
        lengths: &[9],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["AA9999999", "A99999999"],
        check: dea,
        odds: 4.8e-6,
        odds_in_shape: 0.038,
        separated: &[],
        words: &["dea", "dea number", "dea no"],
    },
    NationalNumber {
        country: "US",
        name: "us_ein",
        title: "EIN, the employer identification number",
        kind: Kind::Company,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ein,
        odds: 0.83,
        odds_in_shape: 0.83,
        separated: &["99-9999999"],
        words: &["ein", "employer identification", "fein", "tax id"],
    },
    NationalNumber {
        country: "US",
        name: "us_itin",
        title: "ITIN, the individual taxpayer identification number",
        kind: Kind::Tax,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: itin,
        odds: 0.044,
        odds_in_shape: 0.044,
        separated: &["999-99-9999"],
        words: &["itin", "individual taxpayer", "tax id"],
    },
    NationalNumber {
        country: "US",
        name: "us_mbi",
        title: "Medicare beneficiary identifier",
        kind: Kind::Health,
        lengths: &[11],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["9A99A99AA99", "9A99AA9AA99", "9AA9A99AA99", "9AA9AA9AA99"],
        check: mbi,
        odds: 9.9e-5,
        odds_in_shape: 0.25,
        separated: &["9A99-A99-AA99", "9A99-AA9-AA99", "9AA9-A99-AA99", "9AA9-AA9-AA99"],
        words: &["mbi", "medicare", "medicare beneficiary"],
    },
    NationalNumber {
        country: "US",
        name: "us_npi",
        title: "NPI, the national provider identifier",
        kind: Kind::Licence,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: npi,
        odds: 0.02,
        odds_in_shape: 0.02,
        separated: &[],
        words: &["npi", "provider identifier"],
    },
    NationalNumber {
        country: "US",
        name: "us_ssn",
        title: "SSN, the social security number",
        kind: Kind::National,
        lengths: &[9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ssn,
        odds: 0.89,
        odds_in_shape: 0.89,
        separated: &["999-99-9999", "999 99 9999"],
        words: &["ssn", "social security", "ss#", "ss no"],
    },
];

/// ABA routing number: a Federal Reserve district that exists, and a multiple of 10 under its weights.
fn aba(number: &[u8]) -> bool {
    let Some(d) = digits::<9>(number) else { return false };
    matches!(value(&d[..2]), 0..=12 | 21..=32 | 61..=72 | 80)
        && weighted(d, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

/// DEA registration (21 CFR 1301): the kind of registrant, a letter of the name or 9, six digits, and a check digit
/// modulo 10.
fn dea(number: &[u8]) -> bool {
    let [kind, name, rest @ ..] = number else { return false };
    let Some(d) = digits::<7>(rest) else { return false };
    b"ABCDEFGHJKLMPRSTUX".contains(kind)
        && matches!(name, b'A'..=b'Z' | b'9')
        && weighted(d, &[1, 2, 1, 2, 1, 2]) % 10 == digit(d[6])
}

/// EIN: a prefix that the IRS assigns. It has no check digit.
fn ein(number: &[u8]) -> bool {
    let Some(d) = digits::<9>(number) else { return false };
    !matches!(value(&d[..2]), 0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97)
}

/// ITIN: a nine, and the groups that the IRS assigns: 50 to 65, 70 to 88, 90 to 92, 94 to 99.
fn itin(number: &[u8]) -> bool {
    let Some(d) = digits::<9>(number) else { return false };
    d[0] == b'9' && matches!(value(&d[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// Medicare beneficiary identifier (CMS): eleven places, each for digits, letters or both; no S, L, O, I, B or Z.
fn mbi(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 11]>::try_from(number) else { return false };
    let letter = |byte: u8| byte.is_ascii_uppercase() && !b"SLOIBZ".contains(&byte);
    let either = |byte: u8| byte.is_ascii_digit() || letter(byte);
    n[0] != b'0'
        && [0, 3, 6, 9, 10].iter().all(|place| n[*place].is_ascii_digit())
        && [1, 4, 7, 8].iter().all(|place| letter(n[*place]))
        && either(n[2])
        && either(n[5])
}

/// NPI (CMS): ten digits, the first 1 or 2, with a Luhn check digit that counts 80840 before them.
fn npi(number: &[u8]) -> bool {
    // 24 is what 80840 brings to the sum.
    digits::<10>(number).is_some_and(|d| matches!(d[0], b'1' | b'2') && (luhn_sum(d) + 24).is_multiple_of(10))
}

/// SSN: no area 000, 666 or 9xx, no group 00, no serial number 0000, and not those of old advertisements. It has no
/// check digit.
fn ssn(number: &[u8]) -> bool {
    let Some(d) = digits::<9>(number) else { return false };
    d[0] != b'9'
        && !matches!(&d[..3], b"000" | b"666")
        && d[3..5] != *b"00"
        && d[5..] != *b"0000"
        && !matches!(d, b"078051120" | b"219099999" | b"457555462")
}
