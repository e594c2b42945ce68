//! Kinds whose values are numbered: each number below a count has one value, and each value one number.
//!
//! Wherever a value of the kind could be somebody's, the values here are of a range that is reserved, or that nobody is
//! given a number from; where a country has none such, its entry says so.

mod account;
mod card;
mod check;
mod network;
mod person;
mod plate;
#[cfg(test)]
mod tests;

use super::kernel::{Compose, Draw, Word};
use crate::unchecked::push_ascii;

pub(super) use account::{Bic, IBANS};
pub(super) use card::CARD;
pub(super) use network::{IPV4, IPV6, MAC, UUID, Url};
pub(super) use person::NATIONAL_IDS;
pub(super) use plate::PLATES;

/// Values by number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coded {
    /// How many there are.
    count: u64,
    /// Appends the value of a number below the count: no two numbers have one value.
    write: fn(u64, &mut String),
}

impl Coded {
    const fn new(count: u64, write: fn(u64, &mut String)) -> Self {
        Self { count, write }
    }
}

impl Compose for Coded {
    fn compose(&self, draw: &Draw, value: &mut String) {
        (self.write)(draw.turned(Word::First, self.count), value);
    }

    fn turns(&self) -> u64 {
        self.count
    }
}

/// Splits off a number below `count`, which must not be 0, from the low end of another.
#[inline]
fn take(number: &mut u64, count: u64) -> u64 {
    let taken = *number % count;
    *number /= count;
    taken
}

/// Splits off one of a list of ASCII characters.
#[inline]
fn take_one(number: &mut u64, of: &[u8]) -> char {
    let place = take(number, of.len().max(1) as u64);
    of.get(place as usize).map_or(' ', |byte| char::from(*byte))
}

/// Appends a number in decimal with zeros in front to fill `width`.
pub(super) fn push(value: &mut String, number: u64, width: u32) {
    let (figures, count) = figures(number);
    push_ascii(value, figures, FIGURES - count.max(width as usize).clamp(1, FIGURES));
}

/// How many decimal digits a number has at most.
pub(super) const FIGURES: usize = 20;

/// A number in decimal with zeros in front, and how many digits it has without them: none if it is 0.
#[inline]
pub(super) fn figures(mut number: u64) -> ([u8; FIGURES], usize) {
    let mut figures = [b'0'; FIGURES];
    let mut count = 0;
    // Two digits at a time: half the divisions, which wait for each other.
    for [ten, one] in figures.as_chunks_mut::<2>().0.iter_mut().rev() {
        if number == 0 {
            break;
        }
        let two = (number % 100) as u8;
        number /= 100;
        *ten += two / 10;
        *one += two % 10;
        count += if number == 0 && two < 10 { 1 } else { 2 };
    }
    (figures, count)
}

/// Appends one decimal digit.
fn push_digit(value: &mut String, digit: u32) {
    value.push(char::from(b'0' + (digit % 10) as u8));
}

/// The decimal digits of what has been appended since the byte `start`, signs between them left out.
fn digits(value: &str, start: usize) -> impl DoubleEndedIterator<Item = u32> + '_ {
    value.bytes().skip(start).filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'))
}

/// Splits off a date that every calendar has: a year below `years`, a month, a day up to the 28th.
fn take_date(number: &mut u64, years: u64) -> (u64, u64, u64) {
    (take(number, years), 1 + take(number, 12), 1 + take(number, 28))
}

/// How many dates [`take_date`] can take of one year.
const DATES: u64 = 12 * 28;
