//! Columns as text: what kernels over characters share.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringViewArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;

use super::Rewritten;
use crate::error::{Error, Result, Shape};
use crate::unchecked::TextBuilder;

/// Rewrites a text column value by value. `rewrite` appends one value and says true, or appends nothing and says
/// false: the value does not conform.
#[inline]
pub(crate) fn rewrite_text(
    values: &ArrayRef,
    mut builder: TextBuilder,
    mut rewrite: impl FnMut(usize, &str, &mut TextBuilder) -> bool,
) -> Result<Rewritten> {
    let values = text(values)?;
    let mut invalid = Vec::new();
    if values.null_count() == 0 {
        for index in 0..values.len() {
            if !rewrite(index, values.value(index), &mut builder) {
                builder.push_null();
                invalid.push(index);
            }
        }
    } else {
        for (index, value) in values.iter().enumerate() {
            match value {
                None => builder.push_null(),
                Some(value) => {
                    if !rewrite(index, value, &mut builder) {
                        builder.push_null();
                        invalid.push(index);
                    }
                }
            }
        }
    }
    Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
}

/// The column as the one layout of text that kernels see.
///
/// # Errors
/// Internal, if the plan bound a text kernel to another type.
pub(crate) fn text(values: &ArrayRef) -> Result<&StringViewArray> {
    values
        .as_string_view_opt()
        .ok_or_else(|| Error::internal(format!("a text transform was given a column of type {}", values.data_type())))
}

/// The canonical text of a column's values, which is the same for the same value in every type and format: integers
/// and decimals in decimal digits, dates and times in ISO 8601. A date or a time outside the calendar is the number that
/// stands for it.
///
/// # Errors
/// Internal, if the type has none; the plan asks [`has_text`] first.
pub(crate) fn as_text(values: &ArrayRef) -> Result<ArrayRef> {
    if values.data_type() == &DataType::Utf8View {
        return Ok(Arc::clone(values));
    }
    let text = |values: &ArrayRef| cast(values, &DataType::Utf8View);
    let none = |_| Error::internal(format!("no text for a column of type {}", values.data_type()));
    if let Ok(texts) = text(values) {
        return Ok(texts);
    }
    let mut builder = TextBuilder::new(values.len());
    for index in 0..values.len() {
        let value = values.slice(index, 1);
        let number = match value.data_type() {
            DataType::Date32 => DataType::Int32,
            _ => DataType::Int64,
        };
        let one = text(&value).or_else(|_| text(&cast(&value, &number)?)).map_err(none)?;
        match one.as_string_view().iter().next().flatten() {
            Some(text) => builder.push(text),
            None => builder.push_null(),
        }
    }
    Ok(Arc::new(builder.finish()))
}

/// Whether the values of a type have a canonical text. Floating-point numbers have none: the same number is written in
/// several ways.
pub(crate) fn has_text(data_type: &DataType) -> bool {
    super::is_text(data_type)
        || data_type.is_integer()
        || data_type.is_decimal()
        || matches!(data_type, DataType::Boolean | DataType::Date32 | DataType::Date64 | DataType::Timestamp(..))
}

/// The shape of one value of any type.
pub(crate) fn shape_of(values: &ArrayRef, index: usize) -> Shape {
    let text = cast(&values.slice(index, 1), &DataType::Utf8View);
    match &text {
        Ok(text) if text.is_valid(0) => Shape::of(text.as_string_view().value(0)),
        _ => Shape::of(""),
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::{Date32Array, TimestampMicrosecondArray};

    use super::*;

    #[test]
    fn what_is_outside_the_calendar_has_a_text_too() {
        let days: ArrayRef = Arc::new(Date32Array::from(vec![Some(0), None, Some(i32::MAX)]));
        let micros: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![None, Some(i64::MIN), Some(0)]));
        for (values, expected) in [
            (days, [Some("1970-01-01"), None, Some("2147483647")]),
            (micros, [None, Some("-9223372036854775808"), Some("1970-01-01T00:00:00")]),
        ] {
            assert_eq!(as_text(&values).unwrap().as_string_view().iter().collect::<Vec<_>>(), expected);
        }
    }
}
