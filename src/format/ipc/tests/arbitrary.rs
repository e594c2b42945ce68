use arrow::array::{
    Array, BinaryArray, BooleanArray, DictionaryArray, Float64Array, Int64Array, ListArray, StringArray, StructArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{Field, Int16Type};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

/// A column of any kind, of so many rows.
fn column(rows: usize, depth: usize) -> BoxedStrategy<ArrayRef> {
    let text = || vec(option::of("[a-zé\u{1F600}]{0,20}"), rows);
    let plain = prop_oneof![
        vec(option::of(any::<i64>()), rows).prop_map(|values| Arc::new(Int64Array::from(values)) as ArrayRef),
        vec(option::of(any::<f64>()), rows).prop_map(|values| Arc::new(Float64Array::from(values)) as ArrayRef),
        vec(option::of(any::<bool>()), rows).prop_map(|values| Arc::new(BooleanArray::from(values)) as ArrayRef),
        vec(option::of(vec(any::<u8>(), 0..20)), rows)
            .prop_map(|values| Arc::new(values.into_iter().collect::<BinaryArray>()) as ArrayRef),
        text().prop_map(|values| Arc::new(StringArray::from(values)) as ArrayRef),
        text().prop_map(|values| {
            let values = values.iter().map(Option::as_deref);
            Arc::new(values.collect::<DictionaryArray<Int16Type>>()) as ArrayRef
        }),
    ];
    if depth == 0 {
        return plain.boxed();
    }
    let valid = move || vec(any::<bool>(), rows);
    let list = (vec(0_usize..4, rows), valid()).prop_flat_map(move |(lengths, valid)| {
        column(lengths.iter().sum(), depth - 1).prop_map(move |values| {
            let field = Arc::new(Field::new("item", values.data_type().clone(), true));
            let offsets = OffsetBuffer::from_lengths(lengths.clone());
            Arc::new(ListArray::new(field, offsets, values, Some(NullBuffer::from(valid.clone())))) as ArrayRef
        })
    });
    let structs = (column(rows, depth - 1), column(rows, 0), valid()).prop_map(|(one, other, valid)| {
        let field = |name: &str, array: &ArrayRef| Arc::new(Field::new(name, array.data_type().clone(), true));
        let fields = vec![field("one", &one), field("other", &other)];
        Arc::new(StructArray::new(fields.into(), vec![one, other], Some(NullBuffer::from(valid)))) as ArrayRef
    });
    prop_oneof![4 => plain, 1 => list, 1 => structs].boxed()
}

fn batch() -> impl Strategy<Value = RecordBatch> {
    (0_usize..40).prop_flat_map(|rows| {
        vec(column(rows, 2), 1..4).prop_map(|columns| {
            let named = columns.into_iter().enumerate().map(|(place, column)| (format!("c{place}"), column, true));
            RecordBatch::try_from_iter_with_nullable(named).unwrap()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_table_comes_back_as_it_was(batch in batch(), start in 0_usize..5, compressed in any::<bool>()) {
        // A slice, so that offsets do not start at zero.
        let start = start.min(batch.num_rows());
        let batch = batch.slice(start, batch.num_rows() - start);
        let compression = compressed.then_some(CompressionType::LZ4_FRAME);
        let keep = "\"*\" = \"keep\"";
        for (name, bytes) in [
            ("x.arrow", file_of(std::slice::from_ref(&batch), compression)),
            ("x.arrows", stream_of(std::slice::from_ref(&batch), compression)),
        ] {
            let given = Given::new(name, &bytes);
            for to in [Format::Arrow, Format::ArrowStream] {
                prop_assert_eq!(&table(&Run::new(keep, to).of(&given.path).unwrap()), &batch);
            }
        }
    }
}
