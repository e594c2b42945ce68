//! China.

use super::parts::{date, place, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::mod_11_2;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "CN",
        name: "cn_ric",
        title: "Resident identity card of China",
        kind: Kind::National,
        lengths: &[18],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["999999999999999999", "99999999999999999A"],
        check: ric,
        odds: 3.1e-15,
        odds_in_shape: 1.5e-5,
        separated: &["999999 99999999 9999", "999999 99999999 999A"],
        words: &["身份证", "公民身份号码", "resident identity", "id card", "idcard"],
    },
    NationalNumber {
        country: "CN",
        name: "cn_uscc",
        title: "Unified social credit code of China",
        kind: Kind::Company,
        lengths: &[18],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["99999999XXXXXXXXXX"],
        check: uscc,
        odds: 2.6e-7,
        odds_in_shape: 0.0073,
        separated: &[],
        words: &["统一社会信用代码", "uscc", "unified social credit"],
    },
];

/// Resident identity card (GB 11643): province, county, birth date, serial number, and a check character by MOD 11-2.
/// Of the place only the province is checked; births before 1850 and after 2099 are none.
fn ric(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 18]>::try_from(number) else { return false };
    let place = |province| matches!(province, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83);
    let year = value(&n[6..10]);
    place(value(&n[..2]))
        && (1850..2100).contains(&year)
        && date(year, value(&n[10..12]), value(&n[12..14]))
        && mod_11_2(n)
}

/// Unified social credit code (GB 32100): kinds, place, the organisation's own code, and a check character modulo 31.
fn uscc(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 18]>::try_from(number) else { return false };
    if !n[..8].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1];
    let mut sum = 0;
    for (byte, weight) in n.iter().zip(weights) {
        let Some(value) = place(*byte, b"0123456789ABCDEFGHJKLMNPQRTUWXY") else { return false };
        sum += value * weight;
    }
    sum % 31 == 0
}
