use arrow::array::{Array, DictionaryArray, Int64Array, TimestampMicrosecondArray};
use arrow::datatypes::{DataType, Field, Int32Type, Schema};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::{KeyValue, ParquetMetaDataBuilder, ParquetMetaDataWriter, RowGroupMetaData};
use parquet::file::properties::EnabledStatistics;
use parquet::file::writer::TrackedWrite;
use parquet::schema::types::ColumnPath;

use super::*;

/// Ids, cities in a dictionary, and moments in a time zone.
fn people(rows: i64) -> RecordBatch {
    let cities: DictionaryArray<Int32Type> =
        (0..rows).map(|row| (row % 7 != 3).then_some(["Ulm", "Łódź", "A Coruña"][row as usize % 3])).collect();
    let moments = TimestampMicrosecondArray::from_iter_values((0..rows).map(|row| row * 1_000_003));
    let moments = moments.with_timezone("Europe/Paris");
    let schema = Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        Field::new("city", cities.data_type().clone(), true),
        Field::new("moment", moments.data_type().clone(), true),
    ]);
    let id = Int64Array::from_iter_values(0..rows);
    RecordBatch::try_new(Arc::new(schema), vec![Arc::new(id), Arc::new(cities), Arc::new(moments)]).unwrap()
}

fn several_groups() -> WriterProperties {
    WriterProperties::builder()
        .set_max_row_group_row_count(Some(1000))
        .set_data_page_row_count_limit(100)
        .set_write_batch_size(50)
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_column_compression(ColumnPath::from("city"), Compression::SNAPPY)
        .set_column_compression(ColumnPath::from("moment"), Compression::UNCOMPRESSED)
        .set_column_statistics_enabled(ColumnPath::from("moment"), EnabledStatistics::Chunk)
        .build()
}

fn chunk_bytes<'b>(bytes: &'b [u8], group: &RowGroupMetaData, column: usize) -> &'b [u8] {
    let (start, length) = group.column(column).byte_range();
    &bytes[start as usize..(start + length) as usize]
}

#[test]
fn columns_that_stay_are_carried_over_byte_for_byte() {
    let batch = people(2500);
    let given = given(&batch, several_groups());
    let source = given.whole();
    let made = Run::new("\"*\" = \"keep\"", Format::Parquet).of(&given.path).unwrap();
    assert_eq!(table(&made, true), batch, "with the embedded schema: dictionaries and time zones");
    let (before, after) = (metadata(&source), metadata(&made));
    assert_eq!(before.file_metadata().schema(), after.file_metadata().schema());
    assert_eq!(before.num_row_groups(), after.num_row_groups());
    for (index, (a, b)) in before.row_groups().iter().zip(after.row_groups()).enumerate() {
        assert_eq!(a.num_rows(), b.num_rows());
        for column in 0..3 {
            assert_eq!(chunk_bytes(&source, a, column), chunk_bytes(&made, b, column));
            let (a, b) = (a.column(column), b.column(column));
            assert_eq!(a.compression_codec(), b.compression_codec());
            assert_eq!(a.statistics(), b.statistics());
            assert_eq!((a.num_values(), a.uncompressed_size()), (b.num_values(), b.uncompressed_size()));
            let (x, y) = (before.page_index().unwrap(), after.page_index().unwrap());
            assert_eq!(x.column_index(index, column), y.column_index(index, column));
            let rows = |metadata: &ParquetMetaData| -> Vec<i64> {
                let index = metadata.page_index().unwrap().offset_index(index, column).unwrap().clone();
                index.page_locations().iter().map(|page| page.first_row_index).collect()
            };
            assert_eq!(rows(&before), rows(&after));
        }
    }
}

#[test]
fn the_carried_page_index_finds_the_right_rows() {
    let given = given(&people(2500), several_groups());
    let made = Run::new("id = \"keep\"\ncity = \"drop\"\nmoment = \"null\"", Format::Parquet).of(&given.path).unwrap();
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Required);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(Bytes::from(made), options).unwrap();
    let selection =
        parquet::arrow::arrow_reader::RowSelection::from_consecutive_ranges(std::iter::once(1234..1237), 2500);
    let batch = builder.with_row_selection(selection).build().unwrap().next().unwrap().unwrap();
    let expected: ArrayRef = Arc::new(Int64Array::from(vec![1234, 1235, 1236]));
    assert_eq!(batch.column(0), &expected);
    assert_eq!(batch.column(1).null_count(), 3);
}

#[test]
fn dropped_columns_leave_the_others_in_their_places() {
    let batch = people(1500);
    let given = given(&batch, several_groups());
    for (dropped, kept) in [("id", [1, 2]), ("city", [0, 2]), ("moment", [0, 1])] {
        let rules = format!("\"*\" = \"keep\"\n{dropped} = \"drop\"");
        let made = Run::new(&rules, Format::Parquet).of(&given.path).unwrap();
        assert_eq!(table(&made, true), batch.project(&kept).unwrap(), "without {dropped}");
    }
}

#[test]
fn without_rows_there_is_still_a_schema() {
    for rows in [0, 1] {
        let batch = people(rows);
        let given = given(&batch, several_groups());
        for rules in ["\"*\" = \"keep\"", "\"*\" = \"null\"\nid = \"keep\""] {
            let made = Run::new(rules, Format::Parquet).of(&given.path).unwrap();
            assert_eq!(table(&made, true).schema().field(1), batch.schema().field(1));
            assert_eq!(table(&made, true).num_rows() as i64, rows);
        }
    }
}

#[test]
fn row_groups_out_of_order_are_read_where_they_are() {
    let batch = people(2500);
    let bytes = parquet_of(&batch, several_groups());
    let mut whole = ParquetMetaDataBuilder::new_from_metadata(
        ParquetMetaDataReader::new().parse_and_finish(&Bytes::from(bytes.clone())).unwrap(),
    );
    let mut groups = whole.take_row_groups();
    groups.rotate_left(1);
    let whole = whole.set_row_groups(groups).build();
    let mut turned = Vec::new();
    let mut out = TrackedWrite::new(&mut turned);
    out.write_all(&bytes).unwrap();
    ParquetMetaDataWriter::new_with_tracked(out, &whole).finish().unwrap();
    let given = Given::new("turned.parquet", &turned);
    for rules in ["\"*\" = \"keep\"", "\"*\" = \"keep\"\ncity = \"null\""] {
        let made = Run::new(rules, Format::Parquet).of(&given.path).unwrap();
        let ids = [batch.slice(1000, 1500), batch.slice(0, 1000)];
        let expected = arrow::compute::concat_batches(&batch.schema(), &ids).unwrap();
        assert_eq!(table(&made, true).column(0), expected.column(0));
        assert_eq!(table(&made, true).column(2), expected.column(2));
    }
}

#[test]
fn the_output_is_sorted_as_far_as_its_columns_stay() {
    let Some(folder) = corpus("parquet-testing/data") else { return };
    let path = folder.join("sort_columns.parquet");
    for (rules, sorted) in [
        ("\"*\" = \"keep\"", Some(vec![0, 1])),
        ("\"*\" = \"keep\"\nb = \"drop\"", Some(vec![0])),
        ("\"*\" = \"keep\"\na = \"drop\"", None),
        ("\"*\" = \"keep\"\na = \"null\"", None),
    ] {
        let made = Run::new(rules, Format::Parquet).of(&path).unwrap();
        for group in metadata(&made).row_groups() {
            let by = group.sorting_columns().map(|by| by.iter().map(|column| column.column_idx).collect());
            assert_eq!(by, sorted, "{rules}");
        }
    }
}

#[test]
fn nothing_but_the_embedded_schema_is_left_of_the_metadata() {
    let batch = people(10);
    let notes = std::collections::HashMap::from([("pandas".to_owned(), "an index".to_owned())]);
    let schema = batch.schema().as_ref().clone().with_metadata(notes);
    let batch = batch.with_schema(Arc::new(schema)).unwrap();
    let entry = KeyValue::new("a note".to_owned(), "of somebody".to_owned());
    let properties = WriterProperties::builder().set_key_value_metadata(Some(vec![entry])).build();
    let given = given(&batch, properties);
    let made = Run::new("\"*\" = \"keep\"", Format::Parquet).of(&given.path).unwrap();
    let made = metadata(&made);
    let keys: Vec<_> = made.file_metadata().key_value_metadata().unwrap().iter().map(|entry| &entry.key).collect();
    assert_eq!(keys, ["ARROW:schema"]);
    assert!(made.file_metadata().created_by().unwrap().starts_with("bowdler version "));
}
