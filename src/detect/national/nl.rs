//! Netherlands.

use super::parts::{any_digits, digit, digits, value, weighted_from_right};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::mod_97_10;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "NL",
        name: "nl_bsn",
        title: "BSN, the Dutch citizen service number",
        kind: Kind::National,
        lengths: &[8, 9],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: bsn,
        odds: 0.091,
        odds_in_shape: 0.091,
        separated: &["9999.99.999", "999.999.999", "999 999 999"],
        words: &["bsn", "burgerservicenummer", "sofinummer", "sofi-nummer"],
    },
    NationalNumber {
        country: "NL",
        name: "nl_btw",
        title: "Btw-id, the Dutch VAT number without its country",
        kind: Kind::Company,
        lengths: &[12],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["999999999A99"],
        check: btw,
        odds: 2.0e-9,
        odds_in_shape: 0.0037,
        separated: &["999999999.A.99", "9999.99.999.A.99"],
        words: &["btw", "btw-id", "btw-nummer", "omzetbelasting"],
    },
];

/// BSN: a multiple of 11 under its weights, the last of which is -1; often without the leading zero.
pub(super) fn bsn(number: &[u8]) -> bool {
    let (8 | 9, Some(d)) = (number.len(), any_digits(number)) else { return false };
    let (payload, last) = d.split_at(d.len() - 1);
    value(d) > 0 && weighted_from_right(payload, &[2, 3, 4, 5, 6, 7, 8, 9]) % 11 == digit(last[0])
}

/// Btw-id: nine digits, a B, two digits; the nine are a BSN, or since 2020 all of it with NL is valid by MOD 97-10.
pub(super) fn btw(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 12]>::try_from(number) else { return false };
    let (Some(payload), Some(suffix)) = (digits::<9>(&n[..9]), digits::<2>(&n[10..])) else { return false };
    let with_country = || {
        let mut all = *b"NL000000000B00";
        all[2..].copy_from_slice(n);
        mod_97_10(&all)
    };
    n[9] == b'B' && value(payload) > 0 && value(suffix) > 0 && (bsn(payload) || with_country())
}
