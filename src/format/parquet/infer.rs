use arrow::array::{Array, StringViewArray};
use arrow::datatypes::{DataType, TimeUnit};

use super::parse::{boolean, date, integer, is_number, timestamp};

/// How many records types are inferred from: the first of the file.
pub const SAMPLE: usize = 1000;

/// How many significant digits every number of 64 floating bits can keep.
const EXACT_DIGITS: usize = 15;

/// Whether a text is a value of some type.
type Fits = fn(&str) -> bool;

/// The type that all values of a sample have: a 64-bit integer or floating-point number, a truth value, a date, a
/// timestamp. None where that is text, or where there are only nulls.
///
/// What looks like a number and is a name stays text: digits after a leading zero, and more digits than a
/// floating-point number keeps.
pub fn infer(sample: &StringViewArray) -> Option<DataType> {
    let kinds: [(DataType, Fits); 5] = [
        (DataType::Int64, |text| integer::<i64>(text).is_some()),
        (DataType::Float64, is_short_number),
        (DataType::Boolean, |text| boolean(text).is_some()),
        (DataType::Date32, |text| date(text).is_some()),
        (DataType::Timestamp(TimeUnit::Microsecond, None), |text| timestamp(text).is_some()),
    ];
    if sample.null_count() == sample.len() {
        return None;
    }
    kinds.into_iter().find(|(_, fits)| sample.iter().flatten().all(fits)).map(|(data_type, _)| data_type)
}

fn is_short_number(text: &str) -> bool {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    is_number(text)
        && mantissa.bytes().filter(u8::is_ascii_digit).count() <= EXACT_DIGITS
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_what_all_values_have() {
        let micros = DataType::Timestamp(TimeUnit::Microsecond, None);
        for (values, data_type) in [
            (vec![Some("1"), None, Some("-20")], Some(DataType::Int64)),
            (vec![Some("1"), Some("2.50")], Some(DataType::Float64)),
            (vec![Some("1"), Some("02")], None),
            (vec![Some("12345678901234567890")], None),
            (vec![Some("0.1234567890123456")], None),
            (vec![Some("1e999")], None),
            (vec![Some("true"), Some("FALSE")], Some(DataType::Boolean)),
            (vec![Some("2024-01-31")], Some(DataType::Date32)),
            (vec![Some("2024-01-31"), Some("2024-01-31T00:00:00")], None),
            (vec![Some("2024-01-31 10:00:00.5Z")], Some(micros)),
            (vec![Some("1"), Some("x")], None),
            (vec![Some("")], None),
            (vec![None, None], None),
            (vec![], None),
        ] {
            assert_eq!(infer(&StringViewArray::from(values.clone())), data_type, "{values:?}");
        }
    }
}
