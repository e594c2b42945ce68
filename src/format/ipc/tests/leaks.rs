use std::collections::HashMap;

use arrow::array::{
    Array, DictionaryArray, Int8Array, Int64Array, ListArray, PrimitiveArray, StringArray, StringViewArray, StructArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, Field, Int8Type, Int64Type};

use super::*;

const CANARY: &str = "CANARY";

/// A number whose eight bytes spell a word.
const NUMBER: i64 = i64::from_le_bytes(*b"CANARY64");

/// Secrets in every place where Arrow can have a value that no row has: under nulls, behind and before a slice, in a
/// dictionary and not pointed to, in lists and structs that are null, in buffers of views.
fn hidden() -> RecordBatch {
    let half = || NullBuffer::from(vec![true, false, true, false]);
    let text = StringArray::new(
        OffsetBuffer::from_lengths([5, 14, 5, 14]),
        "keep1CANARY under 1keep2CANARY under 2".as_bytes().into(),
        Some(half()),
    );
    let number = PrimitiveArray::<Int64Type>::new(vec![1, NUMBER, 2, NUMBER].into(), Some(half()));
    let views =
        StringViewArray::from(vec!["CANARY before the slice of views", "a", "b", "c", "d", "CANARY after it, too"]);
    let dictionary = DictionaryArray::<Int8Type>::new(
        Int8Array::from(vec![1, 1, 3, 3]),
        Arc::new(StringArray::from(vec!["CANARY never", "one", "CANARY never either", "three"])),
    );
    let inside = StringArray::from(vec!["x", "CANARY in a list", "y", "CANARY in another", "CANARY behind all lists"]);
    let list = ListArray::new(
        Arc::new(Field::new("item", DataType::Utf8, true)),
        OffsetBuffer::new(ScalarBuffer::from(vec![0, 1, 2, 3, 4])),
        Arc::new(inside),
        Some(half()),
    );
    let child: ArrayRef = Arc::new(StringArray::from(vec!["s", "CANARY in a struct", "t", "CANARY in another"]));
    let structs =
        StructArray::new(vec![Arc::new(Field::new("s", DataType::Utf8, true))].into(), vec![child], Some(half()));
    let note = |of: &str| HashMap::from([(format!("{CANARY} key of {of}"), format!("{CANARY} value of {of}"))]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("text", Arc::new(text)),
        ("number", Arc::new(number)),
        ("views", Arc::new(views.slice(1, 4))),
        ("dictionary", Arc::new(dictionary)),
        ("list", Arc::new(list)),
        ("struct", Arc::new(structs)),
    ];
    let field = |(name, column): &(&str, ArrayRef)| {
        Field::new(*name, column.data_type().clone(), true).with_metadata(note(name))
    };
    let fields: Vec<Field> = columns.iter().map(field).collect();
    let schema = Schema::new_with_metadata(fields, note("the schema"));
    RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, column)| column).collect()).unwrap()
}

#[test]
fn what_no_row_has_is_in_no_output() {
    let batch = hidden();
    for (name, bytes) in [
        ("x.arrow", file_of(std::slice::from_ref(&batch), None)),
        ("x.arrows", stream_of(std::slice::from_ref(&batch), None)),
    ] {
        assert!(memchr::memmem::find_iter(&bytes, CANARY).count() > 10, "the source has them in all places");
        let given = Given::new(name, &bytes);
        for rules in [
            "\"*\" = \"keep\"",
            "\"*\" = \"keep\"\n\"*.*\" = { do = \"mask\" }\n\"list[]\" = { do = \"mask\" }\ntext = { do = \"token\" }\ndictionary = { do = \"mask\" }",
        ] {
            for to in [Format::Arrow, Format::ArrowStream, Format::Parquet] {
                let made = Run::new(rules, to).of(&given.path).unwrap();
                assert!(!finds(&made, CANARY), "{name}, {rules}, {to}");
            }
        }
        let made = table(&Run::new("\"*\" = \"keep\"", Format::Arrow).of(&given.path).unwrap());
        for (made, source) in made.columns().iter().zip(batch.columns()) {
            let text = |array: &ArrayRef| arrow::util::display::array_value_to_string(array, 0).unwrap();
            assert_eq!((made.len(), made.null_count(), text(made)), (source.len(), source.null_count(), text(source)));
        }
    }
}

#[test]
fn nothing_of_a_treated_column_is_left_anywhere() {
    let secret = |row: i64| format!("{CANARY} {row:06}");
    let plain: StringArray = (0..3000).map(|row| Some(secret(row))).collect();
    let few: DictionaryArray<Int8Type> =
        (0..3000).map(|row| secret(row % 5)).collect::<Vec<_>>().iter().map(|text| Some(text.as_str())).collect();
    let batch = RecordBatch::try_from_iter(vec![
        ("id", Arc::new(Int64Array::from_iter_values(0..3000)) as ArrayRef),
        ("plain", Arc::new(plain)),
        ("few", Arc::new(few)),
    ])
    .unwrap();
    for (name, bytes) in [
        ("x.feather", file_of(std::slice::from_ref(&batch), None)),
        ("x.arrows", stream_of(std::slice::from_ref(&batch), None)),
    ] {
        let given = Given::new(name, &bytes);
        for rules in [
            "id = \"keep\"\nplain = { do = \"mask\" }\nfew = { do = \"mask\" }",
            "id = \"keep\"\nplain = { do = \"token\" }\nfew = \"drop\"",
            "id = \"drop\"\nplain = { do = \"replace\", with = \"y\" }\nfew = { do = \"replace\", with = \"x\" }",
        ] {
            for to in [Format::Arrow, Format::ArrowStream, Format::Parquet, Format::Csv, Format::Tsv] {
                let made = Run::new(rules, to).of(&given.path).unwrap();
                assert!(!finds(&made, CANARY), "{rules}, {to}");
            }
        }
    }
}

#[test]
fn a_column_of_text_brings_nothing_of_its_neighbours() {
    let given = Given::new("x.csv", b"id,secret,kept\n1,CANARY,a text that is longer than twelve\n");
    for to in [Format::Arrow, Format::ArrowStream] {
        let made = Run::new("secret = \"drop\"\n\"*\" = \"keep\"", to).of(&given.path).unwrap();
        assert!(!finds(&made, CANARY), "{to}");
    }
}
