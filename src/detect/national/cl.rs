//! Chile.

use super::parts::{any_digits, weighted_from_right};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[NationalNumber {
    country: "CL",
    name: "cl_rut",
    title: "RUT or RUN, the Chilean number of persons and companies",
    kind: Kind::National,
    lengths: &[8, 9],
    alphabet: Alphabet::Alphanumeric,
    shapes: &["99999999", "9999999A", "999999999", "99999999A"],
    check: rut,
    odds: 2.3e-6,
    odds_in_shape: 0.047,
    separated: &["99.999.999-9", "99.999.999-A", "9.999.999-9", "9.999.999-A", "99999999-9", "99999999-A"],
    words: &["rut", "run", "rol único", "rol unico"],
}];

/// RUT or RUN: seven or eight digits, and a check character modulo 11, K for ten.
fn rut(number: &[u8]) -> bool {
    let Some((last, payload)) = number.split_last() else { return false };
    let check = match weighted_from_right(payload, &[9, 8, 7, 6, 5, 4]) % 11 {
        10 => b'K',
        check => b'0' + check as u8,
    };
    matches!(payload.len(), 7 | 8) && any_digits(payload).is_some() && check == *last
}
