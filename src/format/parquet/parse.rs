//! Texts as values of a type, strictly: what has two spellings for one value is read in one of them only, so that a
//! column means the same to whoever reads the file.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Decimal128Array, PrimitiveArray, StringViewArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimeUnit, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use chrono::NaiveDate;

/// The values of a column of texts in another type; nulls stay nulls. A column of text stays as it is.
///
/// # Errors
/// The place of the first value that is none of the type; none where the type can't be had from text.
pub(super) fn parse(values: &StringViewArray, data_type: &DataType) -> Result<ArrayRef, Option<usize>> {
    Ok(match data_type {
        DataType::Utf8View => Arc::new(values.clone()),
        DataType::Boolean => Arc::new(BooleanArray::from(each(values, boolean)?)),
        DataType::Int8 => primitive::<Int8Type>(values, integer)?,
        DataType::Int16 => primitive::<Int16Type>(values, integer)?,
        DataType::Int32 => primitive::<Int32Type>(values, integer)?,
        DataType::Int64 => primitive::<Int64Type>(values, integer)?,
        DataType::UInt8 => primitive::<UInt8Type>(values, integer)?,
        DataType::UInt16 => primitive::<UInt16Type>(values, integer)?,
        DataType::UInt32 => primitive::<UInt32Type>(values, integer)?,
        DataType::UInt64 => primitive::<UInt64Type>(values, integer)?,
        DataType::Float32 => primitive::<Float32Type>(values, float)?,
        DataType::Float64 => primitive::<Float64Type>(values, float)?,
        DataType::Date32 => primitive::<Date32Type>(values, |text| date(text).map(Date32Type::from_naive_date))?,
        DataType::Timestamp(TimeUnit::Microsecond, None) => {
            Arc::new(TimestampMicrosecondArray::from(each(values, timestamp)?))
        }
        DataType::Decimal128(precision, scale) => {
            let decimals = each(values, |text| decimal(text, *precision, *scale))?;
            Arc::new(Decimal128Array::from(decimals).with_precision_and_scale(*precision, *scale).map_err(|_| None)?)
        }
        _ => return Err(None),
    })
}

fn each<T>(values: &StringViewArray, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<Option<T>>, Option<usize>> {
    values
        .iter()
        .enumerate()
        .map(|(place, value)| match value {
            None => Ok(None),
            Some(text) => parse(text).map(Some).ok_or(Some(place)),
        })
        .collect()
}

fn primitive<T: ArrowPrimitiveType>(
    values: &StringViewArray,
    parse: impl Fn(&str) -> Option<T::Native>,
) -> Result<ArrayRef, Option<usize>> {
    Ok(Arc::new(PrimitiveArray::<T>::from_iter(each(values, parse)?)))
}

/// `true` or `false`, in any case.
pub(super) fn boolean(text: &str) -> Option<bool> {
    [("true", true), ("false", false)]
        .into_iter()
        .find(|(word, _)| text.eq_ignore_ascii_case(word))
        .map(|(_, value)| value)
}

/// Decimal digits without leading zeros, with `-` before a negative number and nothing before others.
pub(super) fn integer<T: std::str::FromStr>(text: &str) -> Option<T> {
    is_whole(text).then(|| text.parse().ok()).flatten()
}

fn is_whole(text: &str) -> bool {
    match text.as_bytes() {
        [b'0'] => true,
        [b'-', rest @ ..] | rest => {
            rest.first().is_some_and(|digit| *digit != b'0') && rest.iter().all(u8::is_ascii_digit)
        }
    }
}

/// A number in decimal notation, with or without an exponent, or `NaN`, `inf` and `-inf`.
fn float<T: std::str::FromStr>(text: &str) -> Option<T> {
    let known = matches!(text, "NaN" | "inf" | "-inf") || is_number(text);
    known.then(|| text.parse().ok()).flatten()
}

/// Whether a text is digits with at most one point among them, and perhaps an exponent.
pub(super) fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (whole == "0" || (digits(whole) && !whole.starts_with('0')))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

/// `YYYY-MM-DD`.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let [year @ .., b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    };
    if year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(number(year)? as i32, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
}

/// `YYYY-MM-DDThh:mm:ss`, with a blank in place of the `T` if one likes, perhaps with a fraction of up to six digits
/// that count, perhaps with `Z` or an offset such as `+02:00`, in which case it is stored in UTC. Microseconds since
/// 1970.
pub(super) fn timestamp(text: &str) -> Option<i64> {
    let (day, rest) = text.split_at_checked(10)?;
    let day = date(day)?;
    let rest = rest.strip_prefix(['T', ' '])?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let [h1, h2, b':', m1, m2, b':', s1, s2] = clock.as_bytes() else { return None };
    let two = |a: &u8, b: &u8| {
        (a.is_ascii_digit() && b.is_ascii_digit()).then(|| u32::from(a - b'0') * 10 + u32::from(b - b'0'))
    };
    let time = day.and_hms_opt(two(h1, h2)?, two(m1, m2)?, two(s1, s2)?)?;
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (fraction, zone) = rest.split_at_checked(end)?;
            (Some(fraction), zone)
        }
        None => (None, rest),
    };
    let micros = match fraction {
        None => 0,
        Some(digits) => {
            let (counting, rest) = digits.split_at(digits.len().min(6));
            if counting.is_empty() || rest.bytes().any(|digit| digit != b'0') {
                return None;
            }
            counting.parse::<i64>().ok()? * 10_i64.pow(6 - counting.len() as u32)
        }
    };
    let offset = match zone.as_bytes() {
        [] | [b'Z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two(h1, h2)?, two(m1, m2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = i64::from(hours * 3600 + minutes * 60);
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => return None,
    };
    let seconds = time.and_utc().timestamp() - offset;
    seconds.checked_mul(1_000_000)?.checked_add(micros)
}

/// A number in decimal notation that has no more digits than fit; digits behind the scale must be zeros.
fn decimal(text: &str, precision: u8, scale: i8) -> Option<i128> {
    if !is_number(text) || text.contains(['e', 'E']) {
        return None;
    }
    let scale = usize::try_from(scale).ok()?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (counting, rest) = fraction.split_at(fraction.len().min(scale));
    if rest.bytes().any(|digit| digit != b'0') {
        return None;
    }
    let digits = format!("{whole}{counting:0<scale$}");
    let value = digits.parse::<i128>().ok()?;
    let bound = 10_i128.checked_pow(u32::from(precision))?;
    (value.unsigned_abs() < bound.unsigned_abs()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str, data_type: &DataType) -> Option<String> {
        let parsed = parse(&StringViewArray::from(vec![text]), data_type).ok()?;
        arrow::util::display::array_value_to_string(&parsed, 0).ok()
    }

    #[test]
    fn one_value_has_one_spelling() {
        let timestamp = DataType::Timestamp(TimeUnit::Microsecond, None);
        let decimal = DataType::Decimal128(5, 2);
        for (text, data_type, value) in [
            ("0", &DataType::Int64, Some("0")),
            ("-7", &DataType::Int64, Some("-7")),
            ("-0", &DataType::Int64, None),
            ("+7", &DataType::Int64, None),
            ("007", &DataType::Int64, None),
            ("7.0", &DataType::Int64, None),
            (" 7", &DataType::Int64, None),
            ("", &DataType::Int64, None),
            ("9223372036854775807", &DataType::Int64, Some("9223372036854775807")),
            ("9223372036854775808", &DataType::Int64, None),
            ("255", &DataType::UInt8, Some("255")),
            ("256", &DataType::UInt8, None),
            ("-1", &DataType::UInt8, None),
            ("-128", &DataType::Int8, Some("-128")),
            ("1.5", &DataType::Float64, Some("1.5")),
            ("-0.0", &DataType::Float64, Some("-0.0")),
            ("1e300", &DataType::Float64, Some("1e300")),
            ("NaN", &DataType::Float64, Some("NaN")),
            ("infinity", &DataType::Float64, None),
            (".5", &DataType::Float64, None),
            ("5.", &DataType::Float64, None),
            ("1_000", &DataType::Float64, None),
            ("TRUE", &DataType::Boolean, Some("true")),
            ("False", &DataType::Boolean, Some("false")),
            ("1", &DataType::Boolean, None),
            ("2024-02-29", &DataType::Date32, Some("2024-02-29")),
            ("2023-02-29", &DataType::Date32, None),
            ("2024-2-9", &DataType::Date32, None),
            ("12024-02-09", &DataType::Date32, None),
            ("2024-02-29T01:02:03", &timestamp, Some("2024-02-29T01:02:03")),
            ("2024-02-29 01:02:03.5", &timestamp, Some("2024-02-29T01:02:03.500")),
            ("2024-02-29T01:02:03.123456000", &timestamp, Some("2024-02-29T01:02:03.123456")),
            ("2024-02-29T01:02:03.1234567", &timestamp, None),
            ("2024-02-29T01:02:03Z", &timestamp, Some("2024-02-29T01:02:03")),
            ("2024-02-29T01:02:03+02:00", &timestamp, Some("2024-02-28T23:02:03")),
            ("1969-12-31T23:59:59.999999", &timestamp, Some("1969-12-31T23:59:59.999999")),
            ("2024-02-29T24:00:00", &timestamp, None),
            ("2024-02-29", &timestamp, None),
            ("2024-02-29T01:02:03.", &timestamp, None),
            ("2024-02-29T01:02:0é", &timestamp, None),
            ("123.45", &decimal, Some("123.45")),
            ("-0.5", &decimal, Some("-0.50")),
            ("1.500", &decimal, Some("1.50")),
            ("1.505", &decimal, None),
            ("1000", &decimal, None),
            ("1e2", &decimal, None),
            ("any text", &DataType::Utf8View, Some("any text")),
            ("00", &DataType::Binary, None),
        ] {
            assert_eq!(first(text, data_type).as_deref(), value, "{text:?} as {data_type}");
        }
    }

    #[test]
    fn nulls_stay_and_the_first_misfit_is_told() {
        let values = StringViewArray::from(vec![Some("1"), None, Some("x"), Some("y")]);
        assert_eq!(parse(&values, &DataType::Int32).err(), Some(Some(2)));
        assert_eq!(parse(&values.slice(0, 2), &DataType::Int32).unwrap().null_count(), 1);
    }
}
