//! Columns of numbers and times in Arrow's own layouts: what kernels over single values share.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, NullBufferBuilder, PrimitiveArray};
use arrow::buffer::ScalarBuffer;
use arrow::datatypes::ArrowPrimitiveType;

use super::Rewritten;
use crate::error::{Error, Result};

/// Rewrites a column of a primitive type value by value, as [`rewrite_text`](super::text::rewrite_text) does a column
/// of texts. `rewrite` gives nothing for a value that does not conform.
///
/// # Errors
/// Internal, if the plan bound the kernel to another type.
#[inline]
pub(crate) fn rewrite_primitive<T: ArrowPrimitiveType>(
    values: &ArrayRef,
    mut rewrite: impl FnMut(usize, T::Native) -> Option<T::Native>,
) -> Result<Rewritten> {
    let source = values.as_primitive_opt::<T>().ok_or_else(|| {
        Error::internal(format!("a transform of {} was given a column of type {}", T::DATA_TYPE, values.data_type()))
    })?;
    let mut invalid = Vec::new();
    let mut rewritten = Vec::with_capacity(source.len());
    let mut nulls = NullBufferBuilder::new(source.len());
    let presence = source.nulls();
    for (index, value) in source.values().iter().enumerate() {
        let present = presence.is_none_or(|nulls| nulls.is_valid(index));
        let made = if present { rewrite(index, *value) } else { None };
        if present && made.is_none() {
            invalid.push(index);
        }
        nulls.append(made.is_some());
        // What lies under a null is always the type's zero.
        rewritten.push(made.unwrap_or_default());
    }
    let rewritten = PrimitiveArray::<T>::new(ScalarBuffer::from(rewritten), nulls.finish());
    Ok(Rewritten { values: Arc::new(rewritten.with_data_type(values.data_type().clone())), invalid })
}
