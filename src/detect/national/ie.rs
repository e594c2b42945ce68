//! Ireland.

use super::parts::digits;
use super::{Alphabet, Kind, NationalNumber};
use crate::detect::checksum::weighted;

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "IE",
    name: "ie_pps",
    title: "PPS number, the Irish personal public service number",
    kind: Kind::National,
    lengths: &[8, 9],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["9999999A", "9999999AA"],
    check: pps,
    odds: 2.1e-6,
    odds_in_shape: 0.024,
    separated: &["9999999 A", "9999999 AA"],
    words: &["pps", "ppsn", "pps number", "personal public service"],
}];

/// The check letter of seven digits and, where it counts, the letter behind it.
fn letter(payload: &[u8; 7], second: u8) -> u8 {
    let behind = if second == b'W' { 0 } else { u32::from(second.wrapping_sub(b'@')) };
    let sum = weighted(payload, &[8, 7, 6, 5, 4, 3, 2]) + 9 * behind;
    b"WABCDEFGHIJKLMNOPQRSTUV"[sum as usize % 23]
}

/// PPS number: seven digits, a check letter, and often a second letter, which counts if it is A, B or H.
fn pps(number: &[u8]) -> bool {
    let Some((payload, letters)) = number.split_first_chunk::<7>() else { return false };
    let Some(d) = digits::<7>(payload) else { return false };
    match letters {
        [check] | [check, b'W' | b'T' | b'X'] => letter(d, b'W') == *check,
        [check, second @ (b'A' | b'B' | b'H')] => letter(d, *second) == *check,
        _ => false,
    }
}

/// VAT number: as the PPS number, or of old with a letter in second place, the first digit then counting as the last.
pub(super) fn vat(number: &[u8]) -> bool {
    let Some((payload, letters)) = number.split_first_chunk::<7>() else { return false };
    let (check, second) = match letters {
        [check] => (*check, b'W'),
        [check, second @ b'A'..=b'W'] => (*check, *second),
        _ => return false,
    };
    match payload {
        [first, b'A'..=b'Z', rest @ ..] => {
            let mut moved = [b'0'; 7];
            moved[1..6].copy_from_slice(rest);
            moved[6] = *first;
            digits::<7>(&moved).is_some_and(|d| letter(d, b'W') == check)
        }
        _ => digits::<7>(payload).is_some_and(|d| letter(d, second) == check),
    }
}
