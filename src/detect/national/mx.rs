//! Mexico.

use super::parts::{complement, date, date_of_two_digits, digit, digits, value};
use super::{Alphabet, Kind, NationalNumber};

pub(super) const NUMBERS: &[NationalNumber] = &[
    NationalNumber {
        country: "MX",
        name: "mx_curp",
        title: "CURP, the Mexican population register code",
        kind: Kind::National,
        lengths: &[18],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["AAAA999999AAAAAA99", "AAAA999999AAAAAAA9"],
        check: curp,
        odds: 5.3e-11,
        odds_in_shape: 1.1e-5,
        separated: &[],
        words: &["curp", "clave única de registro", "clave unica de registro"],
    },
    NationalNumber {
        country: "MX",
        name: "mx_rfc",
        title: "RFC, the Mexican tax number",
        kind: Kind::Tax,
        lengths: &[10, 12, 13],
        alphabet: Alphabet::Alphanumeric,
        shapes: &["AAAA999999", "AAA999999XXX", "AAAA999999XXX"],
        check: rfc,
        odds: 5.1e-6,
        odds_in_shape: 0.036,
        separated: &["AAAA-999999-XXX", "AAAA 999999 XXX", "AAA-999999-XXX"],
        words: &["rfc", "registro federal de contribuyentes"],
    },
];

/// CURP: letters of the names, birth date, sex, state, consonants, and a check digit modulo 10.
fn curp(number: &[u8]) -> bool {
    let Ok(n) = <&[u8; 18]>::try_from(number) else { return false };
    let letters = n[..4].iter().chain(&n[10..16]).all(u8::is_ascii_uppercase);
    let century = if n[16].is_ascii_digit() { 1900 } else { 2000 };
    let (Some(birth), true) =
        (digits::<6>(&n[4..10]), letters && n[16].is_ascii_alphanumeric() && n[17].is_ascii_digit())
    else {
        return false;
    };
    // Ñ stands between N and O.
    let value_of = |byte: u8| match byte {
        b'0'..=b'9' => digit(byte),
        b'A'..=b'N' => u32::from(byte - b'A') + 10,
        _ => u32::from(byte.wrapping_sub(b'A')) + 11,
    };
    let sum = || n[..17].iter().zip((2..=18).rev()).map(|(byte, weight)| value_of(*byte) * weight).sum();
    date(century + value(&birth[..2]), value(&birth[2..4]), value(&birth[4..]))
        && matches!(n[10], b'H' | b'M')
        && STATES.contains(&[n[11], n[12]])
        && complement(sum(), 10) == digit(n[17])
}

/// The states in a CURP; NE is abroad.
const STATES: [[u8; 2]; 33] = [
    *b"AS", *b"BC", *b"BS", *b"CC", *b"CH", *b"CL", *b"CM", *b"CS", *b"DF", *b"DG", *b"GR", *b"GT", *b"HG", *b"JC",
    *b"MC", *b"MN", *b"MS", *b"NE", *b"NL", *b"NT", *b"OC", *b"PL", *b"QR", *b"QT", *b"SL", *b"SP", *b"SR", *b"TC",
    *b"TL", *b"TS", *b"VZ", *b"YN", *b"ZS",
];

/// RFC: three letters of a company or four of a person, a date, and mostly three more characters, whose check digit
/// many in use do not have. Names with & or Ñ are not recognised.
fn rfc(number: &[u8]) -> bool {
    let letters = match number.len() {
        10 | 13 => 4,
        12 => 3,
        _ => return false,
    };
    let (name, rest) = number.split_at(letters);
    let Some((born, homoclave)) = rest.split_first_chunk::<6>() else { return false };
    name.iter().all(u8::is_ascii_uppercase)
        && homoclave.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && digits::<6>(born).is_some_and(|d| date_of_two_digits(value(&d[..2]), value(&d[2..4]), value(&d[4..])))
}
