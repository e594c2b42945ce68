use arrow::array::{Array, ArrayRef, AsArray, StringViewArray};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::DataType;

use crate::unchecked::TextBuilder;

/// Whether the values of a type can be written as fields.
pub(in crate::format) fn has_field(data_type: &DataType) -> bool {
    match data_type {
        DataType::Interval(_) | DataType::Duration(_) => false,
        DataType::Dictionary(_, values) => has_field(values),
        other => !other.is_nested() && !matches!(other, DataType::Union(..) | DataType::RunEndEncoded(..)),
    }
}

/// The texts of a column's fields: numbers in decimal notation, floating-point numbers in the fewest digits that read
/// back as the same, dates and times in ISO 8601, bytes in lower-case hexadecimal digits.
///
/// # Errors
/// The row of the first value that has no text, such as a date outside the calendar; none if the type has no text.
pub(in crate::format) fn to_fields(values: &ArrayRef) -> Result<StringViewArray, Option<usize>> {
    match values.data_type() {
        DataType::Utf8View => Ok(values.as_string_view().clone()),
        DataType::Binary | DataType::LargeBinary => to_fields(&converted(values, &DataType::BinaryView)?),
        DataType::BinaryView => Ok(hexadecimal(values.as_binary_view().iter(), values.len())),
        DataType::FixedSizeBinary(_) => Ok(hexadecimal(values.as_fixed_size_binary().iter(), values.len())),
        DataType::Null => Ok(StringViewArray::new_null(values.len())),
        _ => Ok(converted(values, &DataType::Utf8View)?.as_string_view().clone()),
    }
}

fn converted(values: &ArrayRef, data_type: &DataType) -> Result<ArrayRef, Option<usize>> {
    // What has no text must be an error, and never become a null.
    let options = CastOptions { safe: false, ..CastOptions::default() };
    cast_with_options(values, data_type, &options).map_err(|_| {
        let has_none = |row: &usize| cast_with_options(&values.slice(*row, 1), data_type, &options).is_err();
        (0..values.len()).find(has_none)
    })
}

fn hexadecimal<'v>(values: impl Iterator<Item = Option<&'v [u8]>>, length: usize) -> StringViewArray {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut builder = TextBuilder::new(length);
    let mut text = String::new();
    for value in values {
        match value {
            None => builder.push_null(),
            Some(bytes) => {
                text.clear();
                for byte in bytes {
                    text.push(char::from(DIGITS[usize::from(byte >> 4)]));
                    text.push(char::from(DIGITS[usize::from(byte & 15)]));
                }
                builder.push(&text);
            }
        }
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{
        BinaryArray, BooleanArray, Date32Array, Decimal128Array, FixedSizeBinaryArray, Float32Array, Float64Array,
        Int8Array, Time64MicrosecondArray, TimestampMicrosecondArray, TimestampMillisecondArray, UInt64Array,
    };

    use super::*;

    #[test]
    fn every_type_has_its_text() {
        let utc = TimestampMillisecondArray::from(vec![0]).with_timezone("+00:00");
        let decimal = Decimal128Array::from(vec![-5]).with_precision_and_scale(9, 2).unwrap();
        for (values, text) in [
            (Arc::new(Int8Array::from(vec![-7])) as ArrayRef, Some("-7")),
            (Arc::new(UInt64Array::from(vec![u64::MAX])), Some("18446744073709551615")),
            (Arc::new(Float64Array::from(vec![0.1 + 0.2])), Some("0.30000000000000004")),
            (Arc::new(Float64Array::from(vec![1e300])), Some("1e300")),
            (Arc::new(Float64Array::from(vec![f64::NAN])), Some("NaN")),
            (Arc::new(Float64Array::from(vec![f64::NEG_INFINITY])), Some("-inf")),
            (Arc::new(Float32Array::from(vec![0.1])), Some("0.1")),
            (Arc::new(BooleanArray::from(vec![true])), Some("true")),
            (Arc::new(Date32Array::from(vec![-1])), Some("1969-12-31")),
            (Arc::new(Time64MicrosecondArray::from(vec![1])), Some("00:00:00.000001")),
            (Arc::new(TimestampMicrosecondArray::from(vec![1])), Some("1970-01-01T00:00:00.000001")),
            (Arc::new(utc), Some("1970-01-01T00:00:00Z")),
            (Arc::new(decimal), Some("-0.05")),
            (Arc::new(BinaryArray::from(vec![b"\x00\xfe".as_slice()])), Some("00fe")),
            (Arc::new(FixedSizeBinaryArray::try_from_iter([[1_u8, 2]].into_iter()).unwrap()), Some("0102")),
            (Arc::new(arrow::array::NullArray::new(1)), None),
            (Arc::new(Date32Array::from(vec![None])), None),
        ] {
            let texts = to_fields(&values).unwrap();
            assert_eq!(texts.iter().next(), Some(text), "{}", values.data_type());
        }
    }

    #[test]
    fn what_has_no_text_is_no_null() {
        let beyond: ArrayRef = Arc::new(Date32Array::from(vec![i32::MAX]));
        assert_eq!(to_fields(&beyond).err(), Some(Some(0)));
    }
}
