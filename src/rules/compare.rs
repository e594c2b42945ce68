//! Is a value still its source? Asked cell by cell, by code that shares nothing with the transforms.

use arrow::array::{Array, ArrayRef, AsArray, StringViewArray};
use arrow::compute::kernels::cmp;

/// How many values of two columns of one length are equal, nulls not counted. Columns of types that can't be compared
/// have none in common.
pub(super) fn equal(before: &ArrayRef, after: &ArrayRef) -> usize {
    match (before.as_string_view_opt(), after.as_string_view_opt()) {
        (Some(before), Some(after)) => equal_texts(before, after),
        _ => cmp::eq(before, after).map_or(0, |equal| equal.true_count()),
    }
}

fn equal_texts(before: &StringViewArray, after: &StringViewArray) -> usize {
    let same = |index: usize| {
        let (a, b) = (before.views()[index], after.views()[index]);
        // Length and first four bytes tell most apart; a value of up to 12 bytes is its view.
        a as u64 == b as u64 && if a as u32 <= 12 { a == b } else { before.value(index) == after.value(index) }
    };
    let places = 0..before.len().min(after.len());
    if before.null_count() == 0 && after.null_count() == 0 {
        return places.filter(|index| same(*index)).count();
    }
    places.filter(|index| before.is_valid(*index) && after.is_valid(*index) && same(*index)).count()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::Int32Array;

    use super::*;

    #[test]
    fn counts_equal_values_and_no_nulls() {
        let texts = |values: [Option<&str>; 5]| -> ArrayRef { Arc::new(StringViewArray::from_iter(values)) };
        let before =
            texts([Some("a"), Some("longer than twelve bytes"), None, Some("longer than twelve bytes"), Some("")]);
        let after =
            texts([Some("b"), Some("longer than twelve bytes"), None, Some("longer than twelve bytez"), Some("")]);
        assert_eq!(equal(&before, &after), 2);
        let numbers = |values: [Option<i32>; 3]| -> ArrayRef { Arc::new(Int32Array::from_iter(values)) };
        assert_eq!(equal(&numbers([Some(1), None, Some(3)]), &numbers([Some(1), None, Some(4)])), 1);
    }
}
