//! Values as `pg_dump` writes them. A text is read as a value of a type only if the value is written back as the same
//! text.

use std::io::Write;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, BooleanBuilder, Date32Array, Decimal128Array, Int16Array, Int32Array,
    Int64Array, PrimitiveBuilder, StringViewArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Decimal128Type, Int16Type, Int32Type, Int64Type, TimeUnit,
    TimestampMicrosecondType,
};
use chrono::{Datelike, NaiveDate};

use crate::error::{Error, Result};

/// How the words of `boolean` are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// `t` and `f`, in COPY.
    Short,
    /// `true` and `false`, in INSERT.
    Long,
}

impl Words {
    fn of(self, value: bool) -> &'static [u8] {
        match (self, value) {
            (Self::Short, true) => b"t",
            (Self::Short, false) => b"f",
            (Self::Long, true) => b"true",
            (Self::Long, false) => b"false",
        }
    }
}

/// Builds a column of a type that is not text from the texts of its values, of which null is none.
///
/// # Errors
/// The place of the first value that is none of the type, or is not written as this type is; none if there is no such
/// column.
pub(super) fn column<'v>(
    values: impl ExactSizeIterator<Item = Option<&'v [u8]>>,
    data_type: &DataType,
    words: Words,
) -> Result<ArrayRef, Option<usize>> {
    Ok(match data_type {
        DataType::Int16 => Arc::new(primitive::<Int16Type>(values, integer)?.finish()),
        DataType::Int32 => Arc::new(primitive::<Int32Type>(values, integer)?.finish()),
        DataType::Int64 => Arc::new(primitive::<Int64Type>(values, integer)?.finish()),
        DataType::Date32 => Arc::new(primitive::<Date32Type>(values, date)?.finish()),
        DataType::Timestamp(TimeUnit::Microsecond, zone) => {
            let parse = if zone.is_some() { instant } else { timestamp };
            let values = primitive::<TimestampMicrosecondType>(values, parse)?.finish();
            Arc::new(values.with_timezone_opt(zone.clone()))
        }
        DataType::Decimal128(precision, scale) => {
            let values = primitive::<Decimal128Type>(values, |text| decimal(text, *precision, *scale))?.finish();
            Arc::new(values.with_precision_and_scale(*precision, *scale).map_err(|_| None)?)
        }
        DataType::Boolean => {
            let mut builder = BooleanBuilder::with_capacity(values.len());
            for (place, value) in values.enumerate() {
                match value {
                    None => builder.append_null(),
                    Some(text) if text == words.of(true) => builder.append_value(true),
                    Some(text) if text == words.of(false) => builder.append_value(false),
                    Some(_) => return Err(Some(place)),
                }
            }
            Arc::new(builder.finish())
        }
        _ => return Err(None),
    })
}

fn primitive<'v, T: ArrowPrimitiveType>(
    values: impl ExactSizeIterator<Item = Option<&'v [u8]>>,
    parse: impl Fn(&[u8]) -> Option<T::Native>,
) -> Result<PrimitiveBuilder<T>, Option<usize>> {
    let mut builder = PrimitiveBuilder::<T>::with_capacity(values.len());
    for (place, value) in values.enumerate() {
        match value {
            None => builder.append_null(),
            Some(text) => builder.append_value(parse(text).ok_or(Some(place))?),
        }
    }
    Ok(builder)
}

/// The number that digits stand for; none if there are none, or other characters, or too many.
fn digits(text: &[u8]) -> Option<i128> {
    if text.is_empty() || text.len() > 38 {
        return None;
    }
    // What fits 64 bits is reckoned in them.
    if text.len() <= 18 {
        let mut number = 0_i64;
        for byte in text {
            number = number * 10 + i64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        return Some(i128::from(number));
    }
    let mut number = 0_i128;
    for byte in text {
        number = number * 10 + i128::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    Some(number)
}

fn integer<T: TryFrom<i128>>(text: &[u8]) -> Option<T> {
    let (negative, unsigned) = signed(text);
    let canonical = unsigned != b"0" || !negative;
    if !canonical || unsigned.first() == Some(&b'0') && unsigned.len() > 1 {
        return None;
    }
    let number = digits(unsigned)?;
    T::try_from(if negative { -number } else { number }).ok()
}

fn signed(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    }
}

/// A number with exactly `scale` decimals.
fn decimal(text: &[u8], precision: u8, scale: i8) -> Option<i128> {
    let (negative, unsigned) = signed(text);
    let scale = usize::try_from(scale).ok()?;
    let (whole, fraction) = match memchr::memchr(b'.', unsigned) {
        Some(point) => (&unsigned[..point], &unsigned[point + 1..]),
        None => (unsigned, &unsigned[unsigned.len()..]),
    };
    let has_point = whole.len() < unsigned.len();
    if fraction.len() != scale || has_point != (scale > 0) || whole.first() == Some(&b'0') && whole.len() > 1 {
        return None;
    }
    if whole.len() + fraction.len() > usize::from(precision) + 1 {
        return None;
    }
    let fraction = if scale == 0 { 0 } else { digits(fraction)? };
    let number = digits(whole)?.checked_mul(10_i128.checked_pow(scale as u32)?)?.checked_add(fraction)?;
    if negative && number == 0 || number >= 10_i128.checked_pow(u32::from(precision))? {
        return None;
    }
    Some(if negative { -number } else { number })
}

fn two(text: &[u8]) -> Option<u32> {
    let [tens, ones] = text else { return None };
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}

/// Days as PostgreSQL counts them: the first and the last number stand for the infinities.
const INFINITE_DAYS: [(&[u8], i32); 2] = [(b"infinity", i32::MAX), (b"-infinity", i32::MIN)];

/// The same for microseconds.
const INFINITE_MICROS: [(&[u8], i64); 2] = [(b"infinity", i64::MAX), (b"-infinity", i64::MIN)];

/// The first day of PostgreSQL's calendar, 4714-11-24 BC: the one from which Julian days are counted.
const FIRST_DAY: i32 = -2_440_588;

/// Whether PostgreSQL has a day.
pub(super) fn has_date(days: i32) -> bool {
    days >= FIRST_DAY || INFINITE_DAYS.iter().any(|(_, infinite)| *infinite == days)
}

/// Whether PostgreSQL has a moment.
pub(super) fn has_moment(micros: i64) -> bool {
    micros >= i64::from(FIRST_DAY) * DAY || INFINITE_MICROS.iter().any(|(_, infinite)| *infinite == micros)
}

/// `YYYY-MM-DD`, with ` BC` behind it before the year 1; or an infinity.
pub(super) fn date(text: &[u8]) -> Option<i32> {
    if let Some((_, days)) = INFINITE_DAYS.iter().find(|(word, _)| *word == text) {
        return Some(*days);
    }
    let (text, before_christ) = era(text);
    day(text, before_christ)
}

/// A text without the mark of its era, and whether it has one.
fn era(text: &[u8]) -> (&[u8], bool) {
    match text.strip_suffix(b" BC") {
        Some(text) => (text, true),
        None => (text, false),
    }
}

fn day(text: &[u8], before_christ: bool) -> Option<i32> {
    let [year @ .., b'-', m1, m2, b'-', d1, d2] = text else { return None };
    if year.len() < 4 || year.len() > 6 || year.len() > 4 && year.first() == Some(&b'0') {
        return None;
    }
    let year = i32::try_from(digits(year)?).ok().filter(|year| *year > 0)?;
    let year = if before_christ { 1 - year } else { year };
    let date = NaiveDate::from_ymd_opt(year, two(&[*m1, *m2])?, two(&[*d1, *d2])?)?;
    Some(Date32Type::from_naive_date(date))
}

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// `YYYY-MM-DD HH:MM:SS`, with as many decimals as it needs, in microseconds since 1970; or an infinity.
pub(super) fn timestamp(text: &[u8]) -> Option<i64> {
    if let Some((_, micros)) = INFINITE_MICROS.iter().find(|(word, _)| *word == text) {
        return Some(*micros);
    }
    let (text, before_christ) = era(text);
    moment(text, before_christ)
}

fn moment(text: &[u8], before_christ: bool) -> Option<i64> {
    let blank = memchr::memchr(b' ', text)?;
    let [h1, h2, b':', m1, m2, b':', s1, s2, fraction @ ..] = text.get(blank + 1..)? else { return None };
    let (hours, minutes, seconds) = (two(&[*h1, *h2])?, two(&[*m1, *m2])?, two(&[*s1, *s2])?);
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let micros = match fraction {
        [] => 0,
        [b'.', .., b'0'] | [b'.'] => return None,
        [b'.', decimals @ ..] if decimals.len() <= 6 => {
            digits(decimals)? as i64 * 10_i64.pow(6 - decimals.len() as u32)
        }
        _ => return None,
    };
    let seconds = i64::from(hours * 3600 + minutes * 60 + seconds);
    let day = i64::from(day(text.get(..blank)?, before_christ)?);
    day.checked_mul(DAY)?.checked_add(seconds * SECOND + micros)
}

/// A time with its offset, `+HH`, `+HH:MM` or `+HH:MM:SS`: the instant; or an infinity.
pub(super) fn instant(text: &[u8]) -> Option<i64> {
    if let Some((_, micros)) = INFINITE_MICROS.iter().find(|(word, _)| *word == text) {
        return Some(*micros);
    }
    let (text, before_christ) = era(text);
    let blank = memchr::memchr(b' ', text)?;
    let sign = blank + text.get(blank..)?.iter().position(|byte| matches!(byte, b'+' | b'-'))?;
    let (local, offset) = (text.get(..sign)?, text.get(sign + 1..)?);
    let seconds = match offset {
        [h1, h2] => two(&[*h1, *h2])? * 3600,
        [h1, h2, b':', m1, m2] => two(&[*h1, *h2])? * 3600 + two(&[*m1, *m2])? * 60,
        [h1, h2, b':', m1, m2, b':', s1, s2] => two(&[*h1, *h2])? * 3600 + two(&[*m1, *m2])? * 60 + two(&[*s1, *s2])?,
        _ => return None,
    };
    let offset = i64::from(seconds) * SECOND;
    let local = moment(local, before_christ)?;
    if text.get(sign) == Some(&b'-') { local.checked_add(offset) } else { local.checked_sub(offset) }
}

/// A column whose values are written.
pub(super) enum Column<'a> {
    Text(&'a StringViewArray),
    Int16(&'a Int16Array),
    Int32(&'a Int32Array),
    Int64(&'a Int64Array),
    Boolean(&'a BooleanArray),
    Date(&'a Date32Array),
    Timestamp(&'a TimestampMicrosecondArray),
    Decimal(&'a Decimal128Array, usize),
}

impl<'a> Column<'a> {
    /// # Errors
    /// The column has a type that no column of a dump is decoded to.
    pub(super) fn new(values: &'a ArrayRef) -> Result<Self> {
        Ok(match values.data_type() {
            DataType::Utf8View => Self::Text(values.as_string_view()),
            DataType::Int16 => Self::Int16(values.as_primitive()),
            DataType::Int32 => Self::Int32(values.as_primitive()),
            DataType::Int64 => Self::Int64(values.as_primitive()),
            DataType::Boolean => Self::Boolean(values.as_boolean()),
            DataType::Date32 => Self::Date(values.as_primitive()),
            DataType::Timestamp(TimeUnit::Microsecond, _) => Self::Timestamp(values.as_primitive()),
            DataType::Decimal128(_, scale) => {
                Self::Decimal(values.as_primitive(), usize::try_from(*scale).unwrap_or_default())
            }
            other => return Err(Error::internal(format!("a column of a dump became one of type {other}"))),
        })
    }

    #[inline]
    pub(super) fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Text(values) => values.is_null(row),
            Self::Int16(values) => values.is_null(row),
            Self::Int32(values) => values.is_null(row),
            Self::Int64(values) => values.is_null(row),
            Self::Boolean(values) => values.is_null(row),
            Self::Date(values) => values.is_null(row),
            Self::Timestamp(values) => values.is_null(row),
            Self::Decimal(values, _) => values.is_null(row),
        }
    }

    /// Writes a value that is neither null nor text. False, if it has no text: a date outside the calendar.
    pub(super) fn write(&self, row: usize, words: Words, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Text(_) => return false,
            Self::Int16(values) => write_integer(i64::from(values.value(row)), out),
            Self::Int32(values) => write_integer(i64::from(values.value(row)), out),
            Self::Int64(values) => write_integer(values.value(row), out),
            Self::Boolean(values) => out.extend_from_slice(words.of(values.value(row))),
            Self::Date(values) => return write_date(values.value(row), out),
            Self::Timestamp(values) => return write_moment(values.value(row), values.timezone().is_some(), out),
            Self::Decimal(values, scale) => write_decimal(values.value(row), *scale, out),
        }
        true
    }
}

fn write_integer(value: i64, out: &mut Vec<u8>) {
    if value < 0 {
        out.push(b'-');
    }
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut left = value.unsigned_abs();
    loop {
        start -= 1;
        digits[start] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

fn write_two(value: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'0' + (value / 10 % 10) as u8, b'0' + (value % 10) as u8]);
}

fn write_date(days: i32, out: &mut Vec<u8>) -> bool {
    if let Some((word, _)) = INFINITE_DAYS.iter().find(|(_, infinite)| *infinite == days) {
        out.extend_from_slice(word);
        return true;
    }
    let before_christ = write_day(days, out);
    if before_christ == Some(true) {
        out.extend_from_slice(b" BC");
    }
    before_christ.is_some()
}

fn write_moment(micros: i64, has_zone: bool, out: &mut Vec<u8>) -> bool {
    if let Some((word, _)) = INFINITE_MICROS.iter().find(|(_, infinite)| *infinite == micros) {
        out.extend_from_slice(word);
        return true;
    }
    let Ok(days) = i32::try_from(micros.div_euclid(DAY)) else { return false };
    let Some(before_christ) = write_day(days, out) else { return false };
    write_time(micros.rem_euclid(DAY), out);
    if has_zone {
        out.extend_from_slice(b"+00");
    }
    if before_christ {
        out.extend_from_slice(b" BC");
    }
    true
}

/// Writes a day without its era, and says whether that is before the year 1. None, if it is outside the calendar.
fn write_day(days: i32, out: &mut Vec<u8>) -> Option<bool> {
    let date = Date32Type::to_naive_date_opt(days).filter(|_| has_date(days))?;
    let before_christ = date.year() <= 0;
    let year = if before_christ { 1 - date.year() } else { date.year() }.unsigned_abs();
    if year > 9999 {
        write_integer(i64::from(year / 10_000), out);
    }
    write_two(year / 100 % 100, out);
    write_two(year % 100, out);
    out.push(b'-');
    write_two(date.month(), out);
    out.push(b'-');
    write_two(date.day(), out);
    Some(before_christ)
}

/// The time of a day in microseconds, after a blank.
fn write_time(micros: i64, out: &mut Vec<u8>) {
    let (seconds, mut fraction) = ((micros / SECOND) as u32, micros % SECOND);
    for (before, part) in [(b' ', seconds / 3600), (b':', seconds / 60 % 60), (b':', seconds % 60)] {
        out.push(before);
        write_two(part, out);
    }
    if fraction > 0 {
        out.push(b'.');
        let mut unit = SECOND / 10;
        while fraction > 0 {
            out.push(b'0' + (fraction / unit) as u8);
            fraction %= unit;
            unit /= 10;
        }
    }
}

fn write_decimal(value: i128, scale: usize, out: &mut Vec<u8>) {
    let sign = if value < 0 { "-" } else { "" };
    let unit = 10_u128.checked_pow(scale as u32).unwrap_or(u128::MAX);
    let (whole, fraction) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    // Writing to memory does not fail.
    let _ = match scale {
        0 => write!(out, "{sign}{whole}"),
        _ => write!(out, "{sign}{whole}.{fraction:0scale$}"),
    };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::types::UTC;
    use super::*;

    fn again(text: &str, data_type: &DataType) -> Option<String> {
        let values = column([Some(text.as_bytes())].into_iter(), data_type, Words::Short).ok()?;
        let mut out = Vec::new();
        assert!(Column::new(&values).unwrap().write(0, Words::Short, &mut out));
        Some(String::from_utf8(out).unwrap())
    }

    #[test]
    fn what_is_read_is_written_back_as_it_was_or_is_not_read() {
        let timestamp = DataType::Timestamp(TimeUnit::Microsecond, None);
        let decimal = DataType::Decimal128(5, 2);
        for (data_type, same, none) in [
            (
                DataType::Int16,
                vec!["0", "-1", "32767", "-32768"],
                vec!["", "-", "-0", "+1", "01", "32768", "1.0", " 1"],
            ),
            (DataType::Int32, vec!["2147483647", "-2147483648"], vec!["2147483648", "x"]),
            (
                DataType::Int64,
                vec!["9223372036854775807", "-9223372036854775808"],
                vec!["9223372036854775808", "999999999999999999999999999999999999999999"],
            ),
            (DataType::Boolean, vec!["t", "f"], vec!["true", "T", "1", ""]),
            (
                DataType::Date32,
                vec![
                    "2024-02-29",
                    "0001-01-01",
                    "9999-12-31",
                    "12024-02-09",
                    "0044-03-15 BC",
                    "4713-01-01 BC",
                    "infinity",
                    "-infinity",
                ],
                vec![
                    "2023-02-29",
                    "Infinity",
                    "0000-01-01",
                    "0000-01-01 BC",
                    "2024-2-29",
                    "02024-01-01",
                    "999999-01-01",
                    "044-01-01",
                ],
            ),
            (
                timestamp,
                vec![
                    "2024-02-29 23:59:59",
                    "1969-12-31 00:00:00.000001",
                    "2024-01-01 00:00:00.5",
                    "0001-01-01 00:00:00",
                    "0044-03-15 12:30:00.25 BC",
                    "20240-03-15 00:00:00",
                    "infinity",
                    "-infinity",
                ],
                vec![
                    "2024-01-01",
                    "2024-01-01 24:00:00",
                    "2024-01-01 00:00:00.50",
                    "2024-01-01 00:00:00.",
                    "2024-01-01T00:00:00",
                    "2024-01-01 00:00:00.1234567",
                    "2024-01-01 00:00:00+00",
                ],
            ),
            (
                decimal,
                vec!["0.00", "-0.01", "999.99", "12.50"],
                vec!["0", "1.5", "1.505", "1000.00", "NaN", "-0.00", "01.00", ".50", "1.", "1e2", "Infinity"],
            ),
            (DataType::Decimal128(3, 0), vec!["0", "999", "-12"], vec!["1.", "1000", "1.0", "-0"]),
            (DataType::Decimal128(38, 38), vec!["0.00000000000000000000000000000000000001"], vec!["1.0"]),
        ] {
            for text in same {
                assert_eq!(again(text, &data_type).as_deref(), Some(text), "{data_type}");
            }
            for text in none {
                assert_eq!(again(text, &data_type), None, "{text:?} as {data_type}");
            }
        }
    }

    #[test]
    fn an_instant_is_written_in_utc() {
        let instant = DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into()));
        for (text, written) in [
            ("2006-02-15 04:34:33+00", Some("2006-02-15 04:34:33+00")),
            ("2006-02-15 04:34:33.25+02", Some("2006-02-15 02:34:33.25+00")),
            ("2006-02-15 23:34:33-05:30", Some("2006-02-16 05:04:33+00")),
            ("1890-01-01 00:00:00+00:53:28", Some("1889-12-31 23:06:32+00")),
            ("2006-02-15 04:34:33", None),
            ("infinity", Some("infinity")),
            ("2006-02-15 04:34:33+", None),
            ("2006-02-15 04:34:33+0", None),
            ("0044-03-15 04:34:33+00 BC", Some("0044-03-15 04:34:33+00 BC")),
            ("0001-01-01 00:00:00+01", Some("0001-12-31 23:00:00+00 BC")),
        ] {
            assert_eq!(again(text, &instant).as_deref(), written, "{text}");
        }
    }

    #[test]
    fn what_is_outside_the_calendar_has_no_text() {
        let days: ArrayRef = Arc::new(Date32Array::from(vec![i32::MAX - 1, i32::MIN + 1]));
        let micros: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![i64::MAX - 1, i64::MIN + 1]));
        for values in [days, micros] {
            let column = Column::new(&values).unwrap();
            assert!((0..2).all(|row| !column.write(row, Words::Short, &mut Vec::new())));
        }
    }

    proptest! {
        #[test]
        fn every_number_comes_back(value in any::<i64>(), small in -99_999i128..=99_999, micros in 0i64..DAY, day in -2_000_000i32..90_000_000) {
            prop_assert_eq!(again(&value.to_string(), &DataType::Int64), Some(value.to_string()));
            let mut text = Vec::new();
            write_decimal(small, 2, &mut text);
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(decimal(text.as_bytes(), 5, 2), Some(small));
            for (micros, has_zone) in [(i64::from(day) * DAY + micros, false), (i64::from(day) * DAY - micros, true)] {
                let mut text = Vec::new();
                prop_assert!(write_moment(micros, has_zone, &mut text));
                prop_assert_eq!(if has_zone { instant(&text) } else { timestamp(&text) }, Some(micros));
            }
            let mut text = Vec::new();
            prop_assert!(write_date(day, &mut text));
            prop_assert_eq!(date(&text), Some(day));
        }
    }
}
