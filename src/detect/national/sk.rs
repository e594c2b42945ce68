//! Slovakia.

use super::parts::{digits, value};
use super::{Alphabet, Kind, NationalNumber, cz};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "SK",
        name: "sk_dph",
        title: "IČ DPH, the Slovak tax number",
        kind: Kind::Tax,
        lengths: &[10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: dph,
        odds: 0.059,
        odds_in_shape: 0.059,
        separated: &[],
        words: &["dič", "dic", "ič dph", "ic dph"],
    },
    NationalNumber {
        country: "SK",
        name: "sk_rc",
        title: "Rodné číslo, the Slovak birth number",
        kind: Kind::National,
        lengths: &[9, 10],
        alphabet: Alphabet::Digits,
        shapes: &[],
        check: rc,
        odds: 0.084,
        odds_in_shape: 0.084,
        separated: &["999999/9999", "999999/999"],
        words: &["rodné číslo", "rodne cislo", "rodne_cislo", "r.č."],
    },
];

/// IČ DPH: a multiple of 11 whose first digit is no zero and whose third tells the kind of payer; or a birth number.
pub(super) fn dph(number: &[u8]) -> bool {
    let Some(d) = digits::<10>(number) else { return false };
    let company =
        d[0] != b'0' && matches!(d[2], b'2' | b'3' | b'4' | b'7' | b'8' | b'9') && value(d).is_multiple_of(11);
    company || cz::rc(number)
}

/// Rodné číslo: as the Czech birth number, of the time when it was one country.
fn rc(number: &[u8]) -> bool {
    cz::rc(number)
}
