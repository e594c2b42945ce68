use std::collections::HashMap;

use arrow::array::{Array, DictionaryArray, Int64Array, StringArray};
use arrow::datatypes::{DataType, Field, Int32Type, Schema};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::EnabledStatistics;

use super::*;

const CANARY: &str = "CANARY";

fn finds(bytes: &[u8], canary: &str) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary.as_bytes())
}

/// Secrets in a column of text, one of text in a dictionary, and one in a struct; and in everything that may be said
/// beside the data.
fn secrets() -> (RecordBatch, WriterProperties) {
    let secret = |row: i64| format!("{CANARY} {row:06}");
    let plain: StringArray = (0..3000).map(|row| Some(secret(row))).collect();
    let few: DictionaryArray<Int32Type> =
        (0..3000).map(|row| Some(secret(row % 5))).collect::<Vec<_>>().iter().map(|s| s.as_deref()).collect();
    let note = |key: &str| HashMap::from([(format!("{CANARY} key of {key}"), format!("{CANARY} value of {key}"))]);
    let schema = Schema::new_with_metadata(
        vec![
            Field::new("plain", DataType::Utf8, false).with_metadata(note("a field")),
            Field::new("few", few.data_type().clone(), false),
            Field::new("id", DataType::Int64, false),
        ],
        note("the schema"),
    );
    let id = Int64Array::from_iter_values(0..3000);
    let batch = RecordBatch::try_new(Arc::new(schema), vec![Arc::new(plain), Arc::new(few), Arc::new(id)]).unwrap();
    let properties = WriterProperties::builder()
        .set_bloom_filter_enabled(true)
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_write_page_header_statistics(true)
        .set_data_page_row_count_limit(500)
        .set_created_by(format!("{CANARY} version 1"))
        .set_key_value_metadata(Some(vec![KeyValue::new(format!("{CANARY} key"), format!("{CANARY} value"))]))
        .build();
    (batch, properties)
}

#[test]
fn nothing_of_a_treated_column_is_left_anywhere() {
    let (batch, properties) = secrets();
    let given = given(&batch, properties);
    assert!(finds(&given.whole(), CANARY), "the source is not compressed, so that the search means something");
    for rules in [
        "id = \"keep\"\nplain = { do = \"mask\" }\nfew = { do = \"mask\" }",
        "id = \"keep\"\nplain = { do = \"token\" }\nfew = { do = \"token\" }",
        "id = \"keep\"\nplain = \"drop\"\nfew = { do = \"replace\", with = \"x\" }",
        "id = \"drop\"\nplain = \"drop\"\nfew = { do = \"mask\" }",
    ] {
        for to in [Format::Parquet, Format::Csv] {
            let made = Run::new(rules, to).of(&given.path).unwrap();
            assert!(!finds(&made, CANARY), "{rules}, {to}");
            // Base64 of the word at each of the three places it may have: the embedded schema is written in it.
            for word in ["Q0FOQVJZ", "NBTkFSW", "DQU5BUl"] {
                assert!(!finds(&made, word), "{rules}, {to}");
            }
        }
        let made = metadata(&Run::new(rules, Format::Parquet).of(&given.path).unwrap());
        let columns = made.row_groups().iter().flat_map(|group| group.columns());
        assert!(columns.into_iter().all(|column| column.bloom_filter_offset().is_none()));
    }
}

#[test]
fn columns_that_stay_bring_no_metadata_of_their_chunks() {
    let Some(folder) = corpus("parquet-testing/data") else { return };
    let path = folder.join("column_chunk_key_value_metadata.parquet");
    let made = Run::new("\"*\" = \"keep\"", Format::Parquet).of(&path).unwrap();
    assert!(finds(&std::fs::read(&path).unwrap(), "thisiskeywithoutvalue"));
    assert!(!finds(&made, "thisiskeywithoutvalue"));
}

#[test]
fn no_error_tells_a_value() {
    // Bytes that are no text, in a column that says that it is: the library's own error would quote them.
    let (batch, _) = secrets();
    let bytes = parquet_of(&batch, WriterProperties::builder().set_dictionary_enabled(false).build());
    let mut spoilt = bytes.clone();
    let place = bytes.windows(CANARY.len()).position(|window| window == CANARY.as_bytes()).unwrap();
    spoilt[place + 7] = 0xff;
    let given = Given::new("spoilt.parquet", &spoilt);
    let error = Run::new("\"*\" = { do = \"mask\" }\nid = \"keep\"", Format::Parquet).of(&given.path).unwrap_err();
    assert_eq!(error.place().column.as_deref(), Some("plain"));
    assert!(!format!("{error} {error:?} {:?}", error.help()).contains(CANARY));
}
