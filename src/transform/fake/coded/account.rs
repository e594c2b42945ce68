//! Bank accounts and banks.

use super::super::kernel::{Compose, Draw, Word};
use super::check::{mod_97, mod_97_of, weighted};
use super::{push, take, take_one};
use crate::unchecked::push_ascii;

/// IBANs of one country (ISO 13616-1): of its length, with valid check digits, its own inside it too, at a bank that
/// there is none of.
#[derive(Debug, Clone, Copy)]
pub(in crate::transform::fake) struct Iban {
    country: &'static str,
    /// What follows the check digits: `#` is a digit of the number, `?` one that `inner` computes.
    layout: &'static str,
    inner: Inner,
    count: u64,
}

/// The check digits that a country had before there were IBANs.
#[derive(Debug, Clone, Copy)]
enum Inner {
    None,
    Es,
    Fr,
    It,
    Pl,
    Pt,
}

const fn iban(country: &'static str, layout: &'static str, inner: Inner) -> (&'static str, Iban) {
    let (mut count, mut place) = (1, 0);
    while place < layout.len() {
        if layout.as_bytes()[place] == b'#' {
            count *= 10;
        }
        place += 1;
    }
    (country, Iban { country, layout, inner, count })
}

/// By country (ISO 3166-1).
pub(in crate::transform::fake) const IBANS: &[(&str, Iban)] = &[
    iban("AT", "00000###########", Inner::None),
    // 00000000 is the Banco do Brasil.
    iban("BR", "99999999###############C1", Inner::None),
    iban("CH", "00000############", Inner::None),
    // The first digit of a bank is its region, 1 to 8.
    iban("DE", "90000000##########", Inner::None),
    iban("ES", "0000####??##########", Inner::Es),
    iban("FR", "00000################??", Inner::Fr),
    iban("GB", "XXXX000000########", Inner::None),
    iban("IE", "XXXX000000########", Inner::None),
    iban("IT", "?00000#################", Inner::It),
    iban("LU", "000#############", Inner::None),
    iban("NL", "XXXX##########", Inner::None),
    iban("PL", "0000###?################", Inner::Pl),
    iban("PT", "0000###############??", Inner::Pt),
    iban("SA", "00##################", Inner::None),
    iban("SE", "000#################", Inner::None),
    iban("TR", "000000################", Inner::None),
];

/// The most bytes after the check digits (ISO 13616-1).
const LONGEST: usize = 30;

impl Compose for Iban {
    fn compose(&self, draw: &Draw, value: &mut String) {
        let mut number = draw.turned(Word::First, self.turns());
        let mut whole = [0; LONGEST];
        for (byte, sign) in whole.iter_mut().zip(self.layout.bytes()) {
            *byte = match sign {
                b'#' => b'0' + take(&mut number, 10) as u8,
                b'?' => b'0',
                sign => sign,
            };
        }
        let account = whole.get_mut(..self.layout.len()).unwrap_or_default();
        self.inner.fill(account);
        let check = 98 - mod_97_of(mod_97_of(mod_97_of(0, account), self.country.as_bytes()), b"00");
        value.push_str(self.country);
        push(value, check, 2);
        // Those of an account from the left; what is behind it is not taken.
        let end = value.len() + account.len();
        push_ascii(value, whole, 0);
        value.truncate(end);
    }

    fn turns(&self) -> u64 {
        self.count
    }
}

impl Inner {
    /// Computes the check digits of an account that has zeros in their places.
    fn fill(self, account: &mut [u8]) {
        let figures = |from: usize, to: usize| {
            let part = account.get(from..to).unwrap_or_default();
            part.iter().map(|byte| u32::from(byte.saturating_sub(b'0')))
        };
        let (place, check, width) = match self {
            Self::None => return,
            Self::Es => {
                let digit = |sum: u32| match 11 - sum % 11 {
                    11 => 0,
                    10 => 1,
                    digit => digit,
                };
                let bank = digit(weighted(figures(0, 8), &[4, 8, 5, 10, 9, 7, 3, 6]));
                let number = digit(weighted(figures(10, 20), &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6]));
                (8, 10 * bank + number, 2)
            }
            Self::Fr => {
                let part = |from, to| mod_97(0, figures(from, to));
                (21, 97 - ((89 * part(0, 5) + 15 * part(5, 10) + 3 * part(10, 21)) % 97) as u32, 2)
            }
            Self::It => {
                let check = super::person::cin(account.get(1..).unwrap_or_default());
                if let Some(first) = account.first_mut() {
                    *first = check;
                }
                return;
            }
            Self::Pl => (7, (10 - weighted(figures(0, 7), &[3, 9, 7, 1, 3, 9, 7]) % 10) % 10, 1),
            Self::Pt => (19, 98 - mod_97(0, figures(0, 21)) as u32, 2),
        };
        for offset in 0..width {
            let digit = check / 10u32.pow((width - 1 - offset) as u32) % 10;
            if let Some(byte) = account.get_mut(place + offset) {
                *byte = b'0' + digit as u8;
            }
        }
    }
}

/// Business identifier codes of eight characters (ISO 9362): four letters, the country, and a location that ends with
/// 0, which no code has that is connected to the network.
#[derive(Debug, Clone, Copy)]
pub(in crate::transform::fake) struct Bic(pub(in crate::transform::fake) &'static str);

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";

impl Compose for Bic {
    fn compose(&self, draw: &Draw, value: &mut String) {
        let mut number = draw.turned(Word::First, self.turns());
        for _ in 0..4 {
            value.push(take_one(&mut number, LETTERS));
        }
        value.push_str(self.0);
        value.push(take_one(&mut number, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789"));
        value.push('0');
    }

    fn turns(&self) -> u64 {
        26u64.pow(4) * 34
    }
}
