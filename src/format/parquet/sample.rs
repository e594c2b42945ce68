use std::collections::HashSet;
use std::hash::Hash;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::DataType;

/// How many values are looked at.
const SAMPLE: usize = 4096;

/// The largest dictionary that is worth having, in bytes: half of what the writer allows before it gives up.
const LARGEST: u64 = 512 << 10;

/// How often each entry of a dictionary should be pointed to, at least.
const USES: u64 = 4;

/// Whether a dictionary is worth it for a chunk of `rows` values that begins with these: whether they come again often
/// enough, as far as the first of them tell.
///
/// It depends on the values alone, so that the bytes of the output depend on nothing else either.
pub(super) fn is_repetitive(values: &ArrayRef, rows: u64) -> bool {
    let values = values.slice(0, values.len().min(SAMPLE));
    let present = (values.len() - values.null_count()) as u64;
    let Some((distinct, bytes)) = distinct(&values) else { return false };
    let repeated = present - distinct;
    if repeated == 0 {
        return false;
    }
    // Where values have come twice on average, hardly one is still to come. Else: of `m` values equally likely, `n`
    // draws meet about n² / 2m pairs.
    let entries = if 2 * distinct <= present { distinct } else { present * present / (2 * repeated) };
    entries * USES <= rows && entries * (bytes / present) <= LARGEST
}

/// How many different values there are, and the bytes of all of them; nothing for a type that is not looked into.
fn distinct(values: &ArrayRef) -> Option<(u64, u64)> {
    fn count<T: Hash + Eq>(values: impl Iterator<Item = T>, width: impl Fn(&T) -> usize) -> (u64, u64) {
        let mut seen = HashSet::with_capacity(SAMPLE);
        let bytes = values.fold(0, |bytes, value| {
            let width = width(&value);
            seen.insert(value);
            bytes + width as u64
        });
        (seen.len() as u64, bytes)
    }
    match values.data_type() {
        DataType::Utf8View => Some(count(values.as_string_view().iter().flatten(), |value| value.len())),
        DataType::BinaryView => Some(count(values.as_binary_view().iter().flatten(), |value| value.len())),
        data_type => {
            let width = data_type.primitive_width()?;
            let data = values.to_data();
            let bytes = data.buffers().first()?.get(data.offset() * width..)?;
            let present = bytes.chunks_exact(width).take(values.len()).enumerate();
            Some(count(present.filter(|(place, _)| values.is_valid(*place)).map(|(_, value)| value), |value| {
                value.len()
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{Int64Array, StringViewArray};

    use super::*;

    /// Numbers that look drawn at random (splitmix64), from 0 to below `of`.
    fn draws(of: u64) -> impl Iterator<Item = u64> {
        (1..=8192u64).map(move |n| {
            let z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            (z ^ z >> 31) % of
        })
    }

    #[test]
    fn values_that_come_again_often_are_worth_a_dictionary() {
        for (of, rows, worth) in [
            (5, 100_000, true),
            (10_000, 100_000, true),
            (10_000, 20_000, false),
            (5_000_000, 10_000_000, false),
            (u64::MAX, u64::MAX, false),
        ] {
            let numbers: ArrayRef = Arc::new(Int64Array::from_iter(draws(of).map(|draw| draw as i64)));
            assert_eq!(is_repetitive(&numbers, rows), worth, "{of} numbers in {rows} rows");
            let texts: ArrayRef =
                Arc::new(StringViewArray::from_iter_values(draws(of).map(|draw| format!("**** **** {draw}"))));
            assert_eq!(is_repetitive(&texts, rows), worth, "{of} texts in {rows} rows");
        }
    }

    #[test]
    fn long_values_make_a_dictionary_too_large() {
        let texts: ArrayRef =
            Arc::new(StringViewArray::from_iter_values(draws(2_000).map(|draw| format!("{draw:0>900}"))));
        assert!(!is_repetitive(&texts, 1_000_000));
    }

    #[test]
    fn nulls_and_nothing_are_worth_none() {
        for values in [Int64Array::from(vec![None; 100]), Int64Array::from(Vec::<i64>::new())] {
            assert!(!is_repetitive(&(Arc::new(values) as ArrayRef), 100));
        }
    }
}
