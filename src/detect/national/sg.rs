//! Singapore.

use super::parts::{digits, place, value};
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "SG",
        name: "sg_nric",
        title: "NRIC and FIN, the Singaporean identity number",
        kind: Kind::National,
        lengths: &[9],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["A9999999A"],
        check: nric,
        odds: 4.9e-7,
        odds_in_shape: 0.0074,
        separated: &[],
        words: &["nric", "fin", "ic no", "identity card"],
    },
    NationalNumber {
        country: "SG",
        name: "sg_uen",
        title: "UEN, the Singaporean entity number",
        kind: Kind::Company,
        lengths: &[9, 10],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["99999999A", "999999999A", "A99AA9999A"],
        check: uen,
        odds: 5.4e-7,
        odds_in_shape: 0.016,
        separated: &[],
        words: &["uen", "unique entity number", "entity number"],
    },
];

/// NRIC and FIN: a letter for the century or the kind, seven digits, and a check letter modulo 11.
fn nric(number: &[u8]) -> bool {
    let [first, payload @ .., last] = number else { return false };
    let Some(d) = digits::<7>(payload) else { return false };
    let sum = weighted(d, &[2, 7, 6, 5, 4, 3, 2]) as usize;
    let check = match first {
        b'S' => b"JZIHGFEDCBA"[sum % 11],
        b'T' => b"JZIHGFEDCBA"[(sum + 4) % 11],
        b'F' => b"XWUTRQPNMLK"[sum % 11],
        b'G' => b"XWUTRQPNMLK"[(sum + 4) % 11],
        b'M' => b"XWUTRQPNJLK"[(sum + 3) % 11],
        _ => return false,
    };
    check == *last
}

/// UEN: eight digits of a business, nine of a company with the year before them, or a letter, a year, two letters for
/// the kind of any other body and four digits; each with a check letter modulo 11.
fn uen(number: &[u8]) -> bool {
    let Some((last, payload)) = number.split_last() else { return false };
    if let Some(d) = digits::<8>(payload) {
        return b"XMKECAWLJDB"[weighted(d, &[10, 4, 9, 3, 8, 2, 7, 1]) as usize % 11] == *last;
    }
    if let Some(d) = digits::<9>(payload) {
        let sum = weighted(d, &[10, 8, 6, 4, 9, 7, 5, 3, 1]);
        return value(&d[..4]) < 2100 && b"ZKCMDNERGWH"[sum as usize % 11] == *last;
    }
    let [b'R' | b'S' | b'T', y1, y2, k1, k2, rest @ ..] = payload else { return false };
    if digits::<2>(&[*y1, *y2]).is_none() || digits::<4>(rest).is_none() || !KINDS.contains(&[*k1, *k2]) {
        return false;
    }
    let letters = b"ABCDEFGHJKLMNPQRSTUVWX0123456789";
    let places = payload.iter().map(|byte| place(*byte, letters).unwrap_or_default());
    let sum: u32 = places.zip([4, 3, 5, 3, 10, 2, 2, 5, 7]).map(|(place, weight)| place * weight).sum();
    letters[(sum as usize + 6) % 11] == *last
}

/// The kinds of bodies that are neither businesses nor companies (ACRA).
const KINDS: [[u8; 2]; 38] = [
    *b"CC", *b"CD", *b"CH", *b"CL", *b"CM", *b"CP", *b"CS", *b"CX", *b"DP", *b"FB", *b"FC", *b"FM", *b"FN", *b"GA",
    *b"GB", *b"GS", *b"HS", *b"LL", *b"LP", *b"MB", *b"MC", *b"MD", *b"MH", *b"MM", *b"MQ", *b"NB", *b"NR", *b"PA",
    *b"PB", *b"PF", *b"RF", *b"RP", *b"SM", *b"SS", *b"TC", *b"TU", *b"VH", *b"XL",
];
