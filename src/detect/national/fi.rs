//! Finland.

use super::parts::{date, digits, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "FI",
        name: "fi_hetu",
        title: "HETU, the Finnish personal identity code",
        kind: Kind::National,
        lengths: &[10, 11],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["9999999999", "999999999A", "999999A9999", "999999A999A"],
        check: hetu,
        odds: 5.5e-9,
        odds_in_shape: 0.00064,
        separated: &["999999-9999", "999999-999A", "999999+9999", "999999+999A"],
        words: &["henkilötunnus", "henkilotunnus", "hetu", "personbeteckning"],
    },
    NationalNumber {
        country: "FI",
        name: "fi_ytunnus",
        title: "Y-tunnus, the Finnish business number",
        kind: Kind::Company,
        lengths: &[8],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: ytunnus,
        odds: 0.091,
        odds_in_shape: 0.091,
        separated: &["9999999-9"],
        words: &["y-tunnus", "ytunnus", "fo-nummer", "business id"],
    },
];

/// HETU: birth date, a sign for the century, individual number, and a check character modulo 31. The signs - and +
/// are gone from the compact form of ten characters; later ones, and those since 2023, are letters.
fn hetu(number: &[u8]) -> bool {
    let (Some((birth, rest)), Some((last, _))) = (number.split_first_chunk::<6>(), number.split_last()) else {
        return false;
    };
    let (century, individual) = match rest {
        [individual @ .., _] if number.len() == 10 => (1900, individual),
        [b'U'..=b'Y', individual @ .., _] => (1900, individual),
        [b'A'..=b'F', individual @ .., _] => (2000, individual),
        _ => return false,
    };
    let (Some(birth), Some(individual)) = (digits::<6>(birth), digits::<3>(individual)) else { return false };
    let check = (value(birth) * 1000 + value(individual)) % 31;
    (2..900).contains(&value(individual))
        && date(century + value(&birth[4..]), value(&birth[2..4]), value(&birth[..2]))
        && b"0123456789ABCDEFHJKLMNPRSTUVWXY"[check as usize % 31] == *last
}

/// Y-tunnus: a multiple of 11 under its weights.
pub(super) fn ytunnus(number: &[u8]) -> bool {
    digits::<8>(number).is_some_and(|d| weighted(d, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11))
}
