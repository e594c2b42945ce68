use arrow::array::{Array, AsArray, DictionaryArray, Int32Array, Int64Array, StringArray};
use arrow::datatypes::{DataType, Int32Type};

use super::*;

const KEEP: &str = "\"*\" = \"keep\"";

/// Rows that point into a dictionary of texts and one of numbers, which have the same keys.
fn pointing(keys: &[Option<i32>], texts: &[String]) -> RecordBatch {
    let numbers: ArrayRef = Arc::new((0..texts.len() as i64).map(|number| Some(number * 11)).collect::<Int64Array>());
    let texts: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
    let keys = Int32Array::from(keys.to_vec());
    let pointing = |values| Arc::new(DictionaryArray::<Int32Type>::new(keys.clone(), values)) as ArrayRef;
    let columns = [("text", pointing(texts), true), ("number", pointing(numbers), true)];
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

/// What the rows of a file or stream say, whatever its dictionaries are.
fn said(bytes: &[u8]) -> RecordBatch {
    let table = table(bytes);
    let plain = |column: &ArrayRef| match column.data_type() {
        DataType::Dictionary(_, values) => arrow::compute::cast(column, values).unwrap(),
        _ => Arc::clone(column),
    };
    let schema = table.schema();
    let columns = schema.fields().iter().zip(table.columns());
    RecordBatch::try_from_iter_with_nullable(columns.map(|(field, column)| (field.name(), plain(column), true)))
        .unwrap()
}

#[test]
fn a_stream_may_add_to_a_dictionary_and_put_another_in_its_place() {
    let texts = |of: &str, count: usize| -> Vec<String> { (0..count).map(|n| format!("{of}, number {n}")).collect() };
    let keys = |to: usize| -> Vec<Option<i32>> {
        (0..40).map(|row| (row % 7 > 0).then_some((row * 13 % to.max(1)) as i32)).collect()
    };
    // Each has what the one before has, and more; then comes another, which again grows.
    let mut batches: Vec<RecordBatch> =
        (1..60).map(|round| pointing(&keys(round * 3), &texts("one", round * 3))).collect();
    batches.extend((1..9).map(|round| pointing(&keys(round), &texts("another", round))));
    for compression in [None, Some(CompressionType::LZ4_FRAME)] {
        let bytes = stream_of(&batches, compression);
        let expected = said(&bytes);
        let given = Given::new("x.arrows", &bytes);
        for to in [Format::Arrow, Format::ArrowStream] {
            assert_eq!(said(&Run::new(KEEP, to).of(&given.path).unwrap()), expected, "{to}");
        }
        // Of columns that are not read, dictionaries are passed over.
        let made = Run::new("text = \"drop\"\nnumber = \"keep\"", Format::ArrowStream).of(&given.path).unwrap();
        assert_eq!(said(&made).column(0), expected.column(1));
    }
}

#[test]
fn a_key_that_points_to_nothing_is_refused() {
    let batch = pointing(&[Some(1_000_001), Some(0)], &(0..1_000_002).map(|n| format!("{n}")).collect::<Vec<_>>());
    let whole = stream_of(&[batch], None);
    for new in [1_000_002, -1, i32::MAX] {
        let mut spoilt = whole.clone();
        let place = memchr::memmem::rfind(&whole, &1_000_001_i32.to_le_bytes()).unwrap();
        spoilt[place..place + 4].copy_from_slice(&i32::to_le_bytes(new));
        let given = Given::new("x.arrows", &spoilt);
        let error = Run::new(KEEP, Format::Csv).of(&given.path).unwrap_err();
        assert_eq!((error.kind(), error.place().column.as_deref()), (ErrorKind::Data, Some("number")), "{new}");
    }
}

#[test]
fn a_stream_does_not_hold_on_to_all_values_that_it_ever_had() {
    let rows = 150_000_i64;
    let text = |row: i64| format!("a value that no other row has, of number {row}");
    let texts: ArrayRef = Arc::new((0..rows).map(|row| Some(text(row))).collect::<StringArray>());
    let of_texts = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let texts = arrow::compute::cast(&texts, &of_texts).unwrap();
    let batch = RecordBatch::try_from_iter(vec![("text", texts)]).unwrap();
    let bytes = file_of(&[batch], None);
    let given = Given::new("x.arrow", &bytes);
    let made = Run::new(KEEP, Format::ArrowStream).of(&given.path).unwrap();
    assert_eq!(said(&made), said(&bytes));
    let last = StreamReader::try_new(Cursor::new(made), None).unwrap().last().unwrap().unwrap();
    let held = last.column(0).as_any_dictionary().values().len();
    assert!(held <= last.num_rows(), "{held} values for {} rows", last.num_rows());
    // A file has one dictionary, and all of it.
    let made = Run::new(KEEP, Format::Arrow).of(&given.path).unwrap();
    assert_eq!(said(&made), said(&bytes));
}
