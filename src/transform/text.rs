//! Columns as text: what kernels over characters share.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringViewArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;

use super::Rewritten;
use crate::error::{Error, Place, Result, Shape};
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
/// and decimals in decimal digits, dates and times in ISO 8601.
///
/// # Errors
/// [`ErrorKind::Data`](crate::ErrorKind::Data) with the record, if a day or a time is so far away that no calendar has
/// it. Internal, if the type has no text; the plan asks [`has_text`] first.
pub(crate) fn as_text(values: &ArrayRef) -> Result<ArrayRef> {
    if values.data_type() == &DataType::Utf8View {
        return Ok(Arc::clone(values));
    }
    cast(values, &DataType::Utf8View).map_err(|_| match first_beyond(values) {
        Some(place) => Error::data("a day or a time is beyond the calendar, so that no rule can read it as text")
            .at(Place { record: Some(place as u64 + 1), ..Place::default() })
            .with_help("mend the value, or give no rule that reads this column"),
        None => Error::internal(format!("no text for a column of type {}", values.data_type())),
    })
}

/// The first day or time that no calendar has.
fn first_beyond(values: &ArrayRef) -> Option<usize> {
    let is_time = matches!(values.data_type(), DataType::Date32 | DataType::Date64 | DataType::Timestamp(..));
    let has_none = |place: &usize| cast(&values.slice(*place, 1), &DataType::Utf8View).is_err();
    (0..values.len()).filter(|_| is_time).find(has_none)
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
