//! The values of a leaf as texts, in which detectors can look.

use std::borrow::Cow;

use arrow::array::{Array, ArrayRef, AsArray, StringViewArray, StringViewBuilder};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float32Type, Float64Type};

use crate::error::{Error, Result};
use crate::rules;

/// How the values of a type are made texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// They are texts, or become what they are written as.
    Written,
    /// They are numbers, of which a fraction that is none is left out.
    Number,
    /// They are days or times: the day, as ISO 8601 writes it.
    Day,
    /// They are bytes: what of them is UTF-8.
    Bytes,
    /// Nothing can be told of them as text: `true`, a time of day, a length of time.
    Nothing,
}

impl Form {
    /// The form for a type. Days say something only in a column that is named after what they are, and so do numbers
    /// that are too small to be anybody's.
    pub(super) fn of(data_type: &DataType, is_hinted: bool) -> Self {
        match data_type {
            DataType::Dictionary(_, values) => match Self::of(values, is_hinted) {
                Self::Bytes => Self::Bytes,
                Self::Nothing => Self::Nothing,
                _ => Self::Written,
            },
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Self::Written,
            DataType::Int8 | DataType::Int16 | DataType::UInt8 | DataType::UInt16 if !is_hinted => Self::Nothing,
            data_type if data_type.is_integer() => Self::Written,
            DataType::Float16 => Self::Nothing,
            data_type if data_type.is_numeric() => Self::Number,
            DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) if is_hinted => Self::Day,
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
                Self::Bytes
            }
            _ => Self::Nothing,
        }
    }

    /// The values as texts; none where nothing can be told of them. Nulls stay null.
    ///
    /// # Errors
    /// Arrow refuses what its types allow.
    pub(super) fn texts(self, values: &ArrayRef) -> Result<Option<StringViewArray>> {
        let texts = |values: &ArrayRef| as_type(values, &DataType::Utf8View);
        Ok(match self {
            Self::Nothing => None,
            Self::Written => Some(texts(values)?.as_string_view().clone()),
            Self::Number => Some(numbers(values)?),
            Self::Day => Some(days(&as_type(values, &DataType::Date32)?)?),
            Self::Bytes => Some(bytes(values)?),
        })
    }
}

fn as_type(values: &ArrayRef, data_type: &DataType) -> Result<ArrayRef> {
    if values.data_type() == data_type {
        return Ok(ArrayRef::clone(values));
    }
    cast(values, data_type).map_err(|_| Error::internal(format!("no {data_type} from {}", values.data_type())))
}

/// Days, as ISO 8601 writes them. One that no calendar has is nobody's: nothing can be told of it.
fn days(values: &ArrayRef) -> Result<StringViewArray> {
    if let Ok(texts) = as_type(values, &DataType::Utf8View) {
        return Ok(texts.as_string_view().clone());
    }
    let mut builder = StringViewBuilder::with_capacity(values.len());
    for place in 0..values.len() {
        let day = as_type(&values.slice(place, 1), &DataType::Utf8View).ok();
        builder.append_option(day.as_ref().filter(|day| day.is_valid(0)).map(|day| day.as_string_view().value(0)));
    }
    Ok(builder.finish())
}

/// Numbers with a fraction of nothing are written without: a card number may have come as one.
fn numbers(values: &ArrayRef) -> Result<StringViewArray> {
    /// Whole numbers beyond it have no exact form as a 64-bit float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let mut builder = StringViewBuilder::with_capacity(values.len());
    let mut float = |value: Option<f64>| {
        builder.append_option(value.map(|value| {
            if value.fract() == 0.0 && value.abs() <= EXACT { format!("{}", value as i64) } else { value.to_string() }
        }));
    };
    match values.data_type() {
        DataType::Float64 => values.as_primitive::<Float64Type>().iter().for_each(&mut float),
        DataType::Float32 => {
            values.as_primitive::<Float32Type>().iter().for_each(|value| float(value.map(f64::from)));
        }
        _ => {
            let texts = as_type(values, &DataType::Utf8View)?;
            for text in texts.as_string_view() {
                builder.append_option(text.map(|text| match text.split_once('.') {
                    Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
                    _ => text,
                }));
            }
        }
    }
    Ok(builder.finish())
}

/// What is UTF-8 in bytes; what is none becomes a blank.
fn bytes(values: &ArrayRef) -> Result<StringViewArray> {
    let mut builder = StringViewBuilder::with_capacity(values.len());
    let mut push = |value: Option<&[u8]>| builder.append_option(value.map(readable));
    match values.data_type() {
        DataType::FixedSizeBinary(_) => values.as_fixed_size_binary().iter().for_each(&mut push),
        _ => as_type(values, &DataType::BinaryView)?.as_binary_view().iter().for_each(&mut push),
    }
    Ok(builder.finish())
}

/// Bytes as text: what is no UTF-8 becomes a blank.
pub(super) fn readable(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes.utf8_chunks().fold(Cow::Owned(String::new()), |text, chunk| {
            text + chunk.valid() + if chunk.invalid().is_empty() { "" } else { " " }
        }),
    }
}

/// A text with its escapes undone, as JSON has them (`\u0040`); nothing, if it has none.
pub(super) fn unescaped(text: &str) -> Option<String> {
    // A search for two bytes takes longer to begin than most cells are long.
    let first = memchr::memchr(b'\\', text.as_bytes())?;
    memchr::memmem::find(text.as_bytes().get(first..)?, b"\\u")?;
    let mut plain = String::with_capacity(text.len());
    let mut parts = text.split("\\u");
    plain.push_str(parts.next()?);
    for part in parts {
        let code = part.get(..4).and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match code {
            Some(c) => {
                plain.push(c);
                plain.push_str(part.get(4..).unwrap_or_default());
            }
            None => {
                plain.push_str("\\u");
                plain.push_str(part);
            }
        }
    }
    Some(plain)
}

/// A name with its percent signs undone, as Hive writes partitions (`a%40b`); what is no UTF-8 then is a blank.
pub(super) fn percent_decoded(name: &str) -> Cow<'_, str> {
    if !name.contains('%') {
        return Cow::Borrowed(name);
    }
    Cow::Owned(readable(&rules::percent_decoded(name)).into_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{BinaryArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int64Array};
    use arrow::datatypes::Int32Type;

    use super::*;

    #[test]
    fn values_of_every_type_become_what_they_are_written_as() {
        let decimal = Decimal128Array::from(vec![411_100, 411_150]).with_precision_and_scale(20, 2).unwrap();
        let dictionary: DictionaryArray<Int32Type> = ["a", "b"].into_iter().collect();
        let cases: [(ArrayRef, bool, Option<[&str; 2]>); 7] = [
            (Arc::new(Int64Array::from(vec![7, -8])), false, Some(["7", "-8"])),
            (
                Arc::new(Float64Array::from(vec![4_111_111_111_111_111.0, 0.5])),
                false,
                Some(["4111111111111111", "0.5"]),
            ),
            (Arc::new(decimal), false, Some(["4111", "4111.50"])),
            (Arc::new(dictionary), false, Some(["a", "b"])),
            (Arc::new(BinaryArray::from_vec(vec![b"a\xffb", b"c"])), false, Some(["a b", "c"])),
            (Arc::new(Date32Array::from(vec![0, 31])), true, Some(["1970-01-01", "1970-02-01"])),
            (Arc::new(Date32Array::from(vec![0, 31])), false, None),
        ];
        for (values, hinted, expected) in cases {
            let texts = Form::of(values.data_type(), hinted).texts(&values).unwrap();
            let texts = texts.as_ref().map(|texts| texts.iter().flatten().collect::<Vec<_>>());
            assert_eq!(texts, expected.map(Vec::from), "{}", values.data_type());
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_no_text_and_no_bug() {
        let days: ArrayRef = Arc::new(Date32Array::from(vec![Some(0), Some(i32::MAX), None, Some(31)]));
        let texts = Form::of(days.data_type(), true).texts(&days).unwrap().unwrap();
        assert_eq!(texts.iter().collect::<Vec<_>>(), [Some("1970-01-01"), None, None, Some("1970-02-01")]);
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(unescaped(r#"{"a":"x\u0040y\u00"}"#).as_deref(), Some(r#"{"a":"x@y\u00"}"#));
        assert_eq!(unescaped("plain"), None);
        for (name, decoded) in [("a%40b", "a@b"), ("100%", "100%"), ("%zz", "%zz"), ("%ff", " ")] {
            assert_eq!(percent_decoded(name), decoded);
        }
    }
}
