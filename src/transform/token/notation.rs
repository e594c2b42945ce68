use std::fmt::Write;

use crate::transform::temporal::{read_day, write_day};

/// How the values of a range are written in text: each in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// Decimal digits without leading zeros, `-` before a negative number.
    Integer,
    /// Exactly `length` digits.
    Digits { length: usize },
    /// An integer, a point and exactly `scale` decimals. The number is in units of the last one.
    Decimal { scale: u8 },
    /// `YYYY-MM-DD`. The number is the day, counted from 1970-01-01.
    Date,
}

/// Room for what is written.
#[derive(Default)]
pub(super) struct Written {
    digits: itoa::Buffer,
    text: String,
}

impl Written {
    /// A number in decimal.
    #[inline]
    fn decimal(&mut self, number: i128) -> &str {
        // Hardly any number needs 128 bits.
        match i64::try_from(number) {
            Ok(number) => self.digits.format(number),
            Err(_) => self.digits.format(number),
        }
    }
}

impl Notation {
    /// The number that a text stands for; nothing, if it is not written in this way.
    #[inline]
    pub(super) fn read(self, text: &str) -> Option<i128> {
        match self {
            Self::Integer => canonical(text),
            Self::Digits { length } => {
                let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
                if digits { text.parse().ok() } else { None }
            }
            Self::Decimal { scale } => {
                let (whole, decimals) = text.split_once('.')?;
                if decimals.len() != usize::from(scale) || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                let (negative, whole) = whole.strip_prefix('-').map_or((false, whole), |whole| (true, whole));
                let whole = canonical(whole).filter(|whole| *whole >= 0 && !text.starts_with("--"))?;
                let number =
                    whole.checked_mul(10i128.checked_pow(scale.into())?)?.checked_add(decimals.parse().ok()?)?;
                if negative { Some(-number).filter(|number| *number != 0) } else { Some(number) }
            }
            Self::Date => read_day(text).map(i128::from),
        }
    }

    /// Writes a number of the domain.
    #[inline]
    pub(super) fn write(self, number: i128, written: &mut Written) -> &str {
        match self {
            Self::Integer => written.decimal(number),
            Self::Digits { length } => {
                let mut text = std::mem::take(&mut written.text);
                let digits = written.decimal(number);
                text.clear();
                text.extend(std::iter::repeat_n('0', length.saturating_sub(digits.len())));
                text.push_str(digits);
                written.text = text;
                &written.text
            }
            Self::Decimal { scale } => {
                let unit = 10u128.pow(scale.into());
                let (sign, number) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
                let text = &mut written.text;
                text.clear();
                // Writing to a text does not fail.
                let _ = write!(text, "{sign}{}.{:0width$}", number / unit, number % unit, width = usize::from(scale));
                text
            }
            Self::Date => {
                write_day(i64::try_from(number).unwrap_or_default(), &mut written.text);
                &written.text
            }
        }
    }
}

/// Reads a number in its canonical decimal notation: no sign but `-`, no leading zero, no `-0`.
fn canonical(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let negative = digits.len() < text.len();
    let leading_zero = digits.starts_with('0') && (negative || digits.len() > 1);
    if leading_zero || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if digits.len() <= 18 {
        let number = digits.bytes().fold(0i64, |number, digit| number * 10 + i64::from(digit - b'0'));
        return Some(i128::from(if negative { -number } else { number }));
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_writes_what_the_standard_library_writes() {
        for number in [0, 7, -1, 42, 10, -1000, i64::MAX as i128, u64::MAX as i128 + 1, i128::MAX, i128::MIN] {
            assert_eq!(Written::default().decimal(number), number.to_string());
        }
    }

    #[test]
    fn only_the_canonical_notation_is_a_number() {
        for (text, number) in [
            ("0", Some(0)),
            ("42", Some(42)),
            ("-42", Some(-42)),
            ("170141183460469231731687303715884105727", Some(i128::MAX)),
            ("170141183460469231731687303715884105728", None),
            ("007", None),
            ("-0", None),
            ("+7", None),
            (" 7", None),
            ("", None),
            ("-", None),
            ("4.0", None),
            ("٣", None),
        ] {
            assert_eq!(canonical(text), number, "{text:?}");
        }
    }

    #[test]
    fn every_notation_is_written_as_it_is_read_and_in_one_way_only() {
        let mut written = Written::default();
        for (notation, text, number) in [
            (Notation::Digits { length: 6 }, "000042", Some(42)),
            (Notation::Digits { length: 38 }, "99999999999999999999999999999999999999", Some(10i128.pow(38) - 1)),
            (Notation::Digits { length: 6 }, "42", None),
            (Notation::Digits { length: 6 }, "0000042", None),
            (Notation::Digits { length: 6 }, "+00042", None),
            (Notation::Decimal { scale: 2 }, "12.30", Some(1230)),
            (Notation::Decimal { scale: 2 }, "-0.07", Some(-7)),
            (Notation::Decimal { scale: 2 }, "0.00", Some(0)),
            (Notation::Decimal { scale: 2 }, "-0.00", None),
            (Notation::Decimal { scale: 2 }, "--1.00", None),
            (Notation::Decimal { scale: 2 }, "12.3", None),
            (Notation::Decimal { scale: 2 }, "12", None),
            (Notation::Decimal { scale: 2 }, "01.00", None),
            (Notation::Decimal { scale: 2 }, ".50", None),
            (Notation::Decimal { scale: 2 }, "1.+1", None),
            (Notation::Decimal { scale: 2 }, "170141183460469231731687303715884105727.00", None),
            (Notation::Date, "1970-01-02", Some(1)),
            (Notation::Date, "0001-01-01", Some(-719_162)),
            (Notation::Date, "2023-02-29", None),
            (Notation::Date, "2023-02-28T00:00", None),
        ] {
            assert_eq!(notation.read(text), number, "{notation:?} {text}");
            if let Some(number) = number {
                assert_eq!(notation.write(number, &mut written), text, "{notation:?}");
            }
        }
    }
}
