//! Values as written in rows, decoded into columns.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryViewBuilder, BooleanArray, Decimal128Array, Decimal256Array, FixedSizeBinaryBuilder,
    PrimitiveArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{
    ArrowPrimitiveType, Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type, i256,
};
use chrono::{NaiveDate, NaiveDateTime};

use super::defined::Column;
use super::literal::Literal;
use super::rows::Rows;
use super::types::Type;
use crate::error::{Error, Result, Shape};
use crate::unchecked::TextBuilder;

/// The values of a column: those that stand at this place of each row. `looks_only` says that nobody writes them again:
/// then a day that no calendar has is null.
///
/// # Errors
/// A value is none of the column's type.
pub(super) fn column(rows: &Rows, value: usize, column: &Column, looks_only: bool) -> Result<ArrayRef> {
    let values = Values { rows, value, column, looks_only };
    Ok(match &column.sql_type {
        Type::Integer { bits: 8, unsigned: false } => values.numbers::<Int8Type>(integer)?,
        Type::Integer { bits: 8, unsigned: true } => values.numbers::<UInt8Type>(integer)?,
        Type::Integer { bits: 16, unsigned: false } => values.numbers::<Int16Type>(integer)?,
        Type::Integer { bits: 16, unsigned: true } | Type::Year => values.numbers::<UInt16Type>(integer)?,
        Type::Integer { bits: 24 | 32, unsigned: false } => values.numbers::<Int32Type>(integer)?,
        Type::Integer { bits: 24 | 32, unsigned: true } => values.numbers::<UInt32Type>(integer)?,
        Type::Integer { unsigned: false, .. } => values.numbers::<Int64Type>(integer)?,
        Type::Integer { unsigned: true, .. } => values.numbers::<UInt64Type>(integer)?,
        Type::Float => values.numbers::<Float32Type>(parsed)?,
        Type::Double => values.numbers::<Float64Type>(parsed)?,
        Type::Date => values.numbers::<Date32Type>(|text| date(text).map(Date32Type::from_naive_date))?,
        Type::DateTime(_) | Type::Timestamp(_) => {
            Arc::new(TimestampMicrosecondArray::from(values.each(|literal| moment(&written(literal)?))?))
        }
        Type::Decimal { precision, scale } if *precision <= 38 => {
            let decimals = values.each(|literal| decimal(&written(literal)?, *precision, *scale))?;
            let array = Decimal128Array::from(decimals).with_precision_and_scale(*precision, *scale);
            Arc::new(array.map_err(|_| values.broken())?)
        }
        Type::Decimal { precision, scale } => {
            let decimals = values.each(|literal| i256::from_string(&digits(&written(literal)?, *scale)?))?;
            let array = Decimal256Array::from(decimals).with_precision_and_scale(*precision, *scale);
            Arc::new(array.map_err(|_| values.broken())?)
        }
        Type::Bit(1) => {
            Arc::new(BooleanArray::from(values.bits()?.iter().map(|bit| bit.map(|bit| bit != 0)).collect::<Vec<_>>()))
        }
        Type::Bit(_) => Arc::new(PrimitiveArray::<UInt64Type>::from(values.bits()?)),
        Type::Text(_) => values.texts()?,
        Type::Bytes(_) | Type::Geometry => values.bytes()?,
        Type::Fixed(length) => match i32::try_from(*length) {
            Ok(length) => values.fixed(length)?,
            Err(_) => values.bytes()?,
        },
    })
}

/// The values at one place of all rows.
struct Values<'r> {
    rows: &'r Rows,
    value: usize,
    column: &'r Column,
    looks_only: bool,
}

impl Values<'_> {
    fn literal(&self, row: usize) -> Literal<'_> {
        self.rows.literal(row, self.value)
    }

    fn broken(&self) -> Error {
        Error::internal("the values of a column do not fit together").in_column(&self.column.name)
    }

    /// The error of a value that is none of the column's type.
    fn misfit(&self, row: usize) -> Error {
        let written = self.rows.bytes().get(self.rows.range(row, self.value)).unwrap_or_default();
        let shape = Shape::of(&String::from_utf8_lossy(written));
        Error::data(format!("a value of the shape {shape} is none of the type of its column"))
            .at(self.rows.place(row))
            .in_column(&self.column.name)
            .with_help("a day that no calendar has, such as that of zeros, is none: keep the column, or make it null")
    }

    /// Whether this is a day, or a moment of one, that the servers have and no calendar has.
    fn is_no_day(&self, literal: Literal<'_>) -> bool {
        let is_of_days = matches!(self.column.sql_type, Type::Date | Type::DateTime(_) | Type::Timestamp(_));
        let Some(text) = is_of_days.then(|| written(literal)).flatten() else { return false };
        let (day, clock) = text.split_once(' ').unwrap_or((&text, "00:00:00"));
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
        let looks_so = |text: &str, pattern: &str| {
            let is_digit = |(one, other): (u8, u8)| if other == b'0' { one.is_ascii_digit() } else { one == other };
            text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(is_digit)
        };
        looks_so(day, "0000-00-00")
            && looks_so(clock, "00:00:00")
            && fraction.bytes().all(|byte| byte.is_ascii_digit())
            && date(day).is_none()
    }

    fn each<T>(&self, parse: impl Fn(Literal<'_>) -> Option<T>) -> Result<Vec<Option<T>>> {
        (0..self.rows.rows())
            .map(|row| match self.literal(row) {
                Literal::Null => Ok(None),
                literal if self.looks_only && self.is_no_day(literal) => Ok(None),
                literal => parse(literal).map(Some).ok_or_else(|| self.misfit(row)),
            })
            .collect()
    }

    fn numbers<T: ArrowPrimitiveType>(&self, parse: impl Fn(&str) -> Option<T::Native>) -> Result<ArrayRef> {
        let values = self.each(|literal| parse(&written(literal)?))?;
        Ok(Arc::new(PrimitiveArray::<T>::from_iter(values)))
    }

    /// The values of a column of bits, which are written as the bytes that hold them or as numbers.
    fn bits(&self) -> Result<Vec<Option<u64>>> {
        self.each(|literal| match literal {
            Literal::Number(number) => std::str::from_utf8(number).ok()?.parse().ok(),
            literal => {
                let mut scratch = Vec::new();
                let bytes = literal.bytes(&mut scratch)?;
                let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
                let bytes = bytes.get(zeros..)?;
                (bytes.len() <= 8).then(|| bytes.iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
            }
        })
    }

    fn texts(&self) -> Result<ArrayRef> {
        let shared = self.rows.text();
        let count = self.rows.rows();
        let mut builder = match shared {
            Some(text) => TextBuilder::over(text.clone(), count),
            None => TextBuilder::new(count),
        };
        let mut scratch = Vec::new();
        for row in 0..count {
            let literal = self.literal(row);
            let bytes = match literal {
                Literal::Null => {
                    builder.push_null();
                    continue;
                }
                Literal::Plain(inner) if shared.is_some() => {
                    // The quote that closes it is the last byte of the value.
                    let end = self.rows.range(row, self.value).end - 1;
                    builder.push_shared(end - inner.len()..end);
                    continue;
                }
                Literal::Number(number) => number,
                literal => literal.bytes(&mut scratch).ok_or_else(|| self.misfit(row))?,
            };
            let text = simdutf8::basic::from_utf8(bytes).map_err(|_| {
                Error::data("a text is not UTF-8")
                    .at(self.rows.place(row))
                    .in_column(&self.column.name)
                    .with_help("dump the database with --default-character-set=utf8mb4; or keep the column, or drop it")
            })?;
            builder.push(text);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn bytes(&self) -> Result<ArrayRef> {
        let mut builder = BinaryViewBuilder::with_capacity(self.rows.rows());
        let mut scratch = Vec::new();
        for row in 0..self.rows.rows() {
            match self.literal(row) {
                Literal::Null => builder.append_null(),
                Literal::Number(number) => builder.append_value(number),
                literal => builder.append_value(literal.bytes(&mut scratch).ok_or_else(|| self.misfit(row))?),
            }
        }
        Ok(Arc::new(builder.finish()))
    }

    /// Bytes of one length. The server fills shorter ones up with zeros.
    fn fixed(&self, length: i32) -> Result<ArrayRef> {
        let width = usize::try_from(length).map_err(|_| self.broken())?;
        let mut builder = FixedSizeBinaryBuilder::with_capacity(self.rows.rows(), length);
        let (mut scratch, mut filled) = (Vec::new(), Vec::new());
        for row in 0..self.rows.rows() {
            let literal = self.literal(row);
            if literal == Literal::Null {
                builder.append_null();
                continue;
            }
            let bytes = literal.bytes(&mut scratch).filter(|bytes| bytes.len() <= width);
            filled.clear();
            filled.extend_from_slice(bytes.ok_or_else(|| self.misfit(row))?);
            filled.resize(width, 0);
            builder.append_value(&filled).map_err(|_| self.broken())?;
        }
        Ok(Arc::new(builder.finish()))
    }
}

/// The text of a number, or of a string: dates are strings, and some tools write numbers as such.
#[inline]
fn written(literal: Literal<'_>) -> Option<std::borrow::Cow<'_, str>> {
    match literal {
        Literal::Number(text) | Literal::Plain(text) => std::str::from_utf8(text).ok().map(Into::into),
        _ => None,
    }
}

#[inline]
fn parsed<T: std::str::FromStr>(text: &str) -> Option<T> {
    // What Rust reads as a number that is none in SQL starts with a letter.
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.').then(|| text.parse().ok()).flatten()
}

/// A whole number; columns that are filled up with zeros have some before it.
#[inline]
fn integer<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// `YYYY-MM-DD`.
fn date(text: &str) -> Option<NaiveDate> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
    let number = |digits: &[&u8]| {
        let all = digits.iter().all(|digit| digit.is_ascii_digit());
        all.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(**digit - b'0')))
    };
    NaiveDate::from_ymd_opt(number(&[y1, y2, y3, y4])? as i32, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// `YYYY-MM-DD hh:mm:ss`, perhaps with a fraction of up to six digits: microseconds since 1970.
fn moment(text: &str) -> Option<i64> {
    let (day, rest) = text.split_at_checked(10)?;
    let (clock, fraction) = rest.strip_prefix([' ', 'T'])?.split_at_checked(8)?;
    let [h1, h2, b':', m1, m2, b':', s1, s2] = clock.as_bytes() else { return None };
    let two = |a: &u8, b: &u8| {
        (a.is_ascii_digit() && b.is_ascii_digit()).then(|| u32::from(a - b'0') * 10 + u32::from(b - b'0'))
    };
    let time: NaiveDateTime = date(day)?.and_hms_opt(two(h1, h2)?, two(m1, m2)?, two(s1, s2)?)?;
    let micros = match fraction.strip_prefix('.') {
        None if fraction.is_empty() => 0,
        Some(digits) if (1..=6).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            digits.parse::<i64>().ok()? * 10_i64.pow(6 - digits.len() as u32)
        }
        _ => return None,
    };
    time.and_utc().timestamp().checked_mul(1_000_000)?.checked_add(micros)
}

/// The digits of a decimal number without its point, as many behind it as the scale says.
fn digits(text: &str, scale: i8) -> Option<String> {
    let scale = usize::try_from(scale).ok()?;
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let all = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    let whole = if whole.is_empty() { "0" } else { whole };
    (all && fraction.len() <= scale).then(|| format!("{sign}{whole}{fraction:0<scale$}"))
}

fn decimal(text: &str, precision: u8, scale: i8) -> Option<i128> {
    let (negative, unsigned) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    };
    let mut behind: Option<i8> = None;
    let mut value: i128 = 0;
    for byte in unsigned {
        match byte {
            b'0'..=b'9' => {
                value = value.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
                behind = behind.map(|behind| behind.saturating_add(1));
            }
            b'.' if behind.is_none() => behind = Some(0),
            _ => return None,
        }
    }
    let missing = u32::try_from(scale - behind.unwrap_or(0)).ok()?;
    let value = value.checked_mul(10_i128.checked_pow(missing)?)?;
    let bound = 10_i128.checked_pow(u32::from(precision))?;
    (value < bound).then_some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use arrow::util::display::array_value_to_string;

    use super::*;
    use crate::format::dump::mysql::insert::{Head, Layout};
    use crate::format::dump::mysql::types::{Form, Repertoire};

    fn decoded(sql_type: &Type, literal: &[u8]) -> Result<Option<String>, String> {
        let head =
            Head::new(b"INSERT INTO t VALUES ", false, 13..13, Layout { values: vec![Some(0)], columns: vec![0] });
        let text = [b"(".as_slice(), literal, b");"].concat();
        let rows = Rows::find(text, head, 0, 0).map_err(|error| error.to_string())?;
        let column = Column {
            name: "c".to_owned(),
            sql_type: sql_type.clone(),
            written: String::new(),
            unsigned: false,
            required: false,
            generated: false,
            auto_increment: false,
            repertoire: Repertoire::All,
            collation: None,
            folds_case: false,
            comment: None,
            default: None,
        };
        let array = super::column(&rows, 0, &column, false).map_err(|error| error.to_string())?;
        assert_eq!(array.data_type(), &sql_type.data_type());
        Ok(arrow::array::Array::is_valid(&array, 0).then(|| array_value_to_string(&array, 0).unwrap()))
    }

    #[test]
    fn values_are_decoded_as_the_server_would_store_them() {
        let unsigned = Type::Integer { bits: 64, unsigned: true };
        let small = Type::Integer { bits: 8, unsigned: false };
        let decimal = Type::Decimal { precision: 5, scale: 2 };
        let wide = Type::Decimal { precision: 60, scale: 2 };
        let text = Type::Text(Form::Octets(1000));
        for (sql_type, literal, expected) in [
            (&small, b"-128".as_slice(), Ok(Some("-128"))),
            (&small, b"128", Err(())),
            (&small, b"'7'", Ok(Some("7"))),
            (&small, b"1.5", Err(())),
            (&unsigned, b"18446744073709551615", Ok(Some("18446744073709551615"))),
            (&Type::Integer { bits: 32, unsigned: true }, b"000042", Ok(Some("42"))),
            (&decimal, b"-0.50", Ok(Some("-0.50"))),
            (&decimal, b"7", Ok(Some("7.00"))),
            (&decimal, b"1000.00", Err(())),
            (&decimal, b"1.234", Err(())),
            (
                &wide,
                b"-123456789012345678901234567890123456789012345.6",
                Ok(Some("-123456789012345678901234567890123456789012345.60")),
            ),
            (&Type::Float, b"1.5e20", Ok(Some("1.5e20"))),
            (&Type::Double, b"1e-300", Ok(Some("1e-300"))),
            (&Type::Double, b"'nan'", Err(())),
            (&Type::Date, b"'2024-02-29'", Ok(Some("2024-02-29"))),
            (&Type::Date, b"'0000-00-00'", Err(())),
            (&Type::DateTime(3), b"'2024-01-02 03:04:05.678'", Ok(Some("2024-01-02T03:04:05.678"))),
            (&Type::Timestamp(0), b"'1970-01-01 00:00:01'", Ok(Some("1970-01-01T00:00:01"))),
            (&Type::DateTime(0), b"'2024-01-02'", Err(())),
            (&Type::Year, b"2024", Ok(Some("2024"))),
            (&Type::Bit(1), b"'\\0'", Ok(Some("false"))),
            (&Type::Bit(1), b"0x01", Ok(Some("true"))),
            (&Type::Bit(10), b"'\x02\x01'", Ok(Some("513"))),
            (&Type::Bit(10), b"b'1000000001'", Ok(Some("513"))),
            (&Type::Bit(64), b"0x0102030405060708FF", Err(())),
            (&Type::Bytes(None), b"'\\0\xff\\''", Ok(Some("00ff27"))),
            (&Type::Bytes(None), b"_binary 0xABCD", Ok(Some("abcd"))),
            (&Type::Fixed(4), b"'\x01\x02'", Ok(Some("01020000"))),
            (&Type::Fixed(1), b"'ab'", Err(())),
            (&text, b"'it\\'s ''x'''", Ok(Some("it's 'x'"))),
            (&text, "'übrig und länger als zwölf'".as_bytes(), Ok(Some("übrig und länger als zwölf"))),
            (&text, b"0x616263", Ok(Some("abc"))),
            (&text, b"''", Ok(Some(""))),
            (&text, b"NULL", Ok(None)),
            (&text, b"'\xff'", Err(())),
            (&text, b"DEFAULT", Err(())),
        ] {
            let found = decoded(sql_type, literal).map_err(|_| ());
            let expected = expected.map(|value: Option<&str>| value.map(str::to_owned));
            assert_eq!(found, expected, "{sql_type:?} {}", literal.escape_ascii());
        }
    }

    #[test]
    fn a_misfit_is_told_by_place_and_shape_alone() {
        let error = decoded(&Type::Date, b"'Smith-4711'").unwrap_err();
        assert!(error.contains("line 1, record 1") && error.contains("column `c`"), "{error}");
        assert!(!error.contains("Smith") && !error.contains("4711"), "{error}");
    }
}
