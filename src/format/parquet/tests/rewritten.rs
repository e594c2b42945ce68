use arrow::array::*;
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::*;
use parquet::basic::{Compression, CompressionCodec, Encoding, Type as Physical};
use parquet::file::properties::EnabledStatistics;
use parquet::schema::types::ColumnPath;

use super::*;

/// A column of every type, with nulls and empty values.
fn every_type() -> RecordBatch {
    fn array(array: impl Array + 'static) -> ArrayRef {
        Arc::new(array)
    }
    let decimal = |precision, scale| {
        let values = Decimal128Array::from(vec![Some(-12345), None, Some(0), Some(99999)]);
        array(values.with_precision_and_scale(precision, scale).unwrap())
    };
    let wide = Decimal256Array::from(vec![Some(i256::from_i128(-7)), None, Some(i256::ZERO), Some(i256::MAX >> 20)]);
    let numbers = [Some(-1), None, Some(0), Some(77)];
    let texts = [Some("Ünal"), None, Some(""), Some("a text that is longer than twelve bytes")];
    let bytes: [Option<&[u8]>; 4] = [Some(b"\xff\x00"), None, Some(b""), Some(&[7; 40])];
    let codes: DictionaryArray<Int8Type> = texts.into_iter().collect();
    let moments = |zone: Option<&str>| {
        array(TimestampMicrosecondArray::from(numbers.map(|n| n.map(i64::from)).to_vec()).with_timezone_opt(zone))
    };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("boolean", array(BooleanArray::from(vec![Some(true), None, Some(false), Some(true)]))),
        ("int8", array(Int8Array::from_iter(numbers.map(|n| n.map(|n| n as i8))))),
        ("int16", array(Int16Array::from_iter(numbers.map(|n| n.map(|n| n as i16))))),
        ("int32", array(Int32Array::from_iter(numbers))),
        ("int64", array(Int64Array::from_iter(numbers.map(|n| n.map(i64::from))))),
        ("uint8", array(UInt8Array::from(vec![Some(0), None, Some(1), Some(u8::MAX)]))),
        ("uint16", array(UInt16Array::from(vec![Some(0), None, Some(1), Some(u16::MAX)]))),
        ("uint32", array(UInt32Array::from(vec![Some(0), None, Some(1), Some(u32::MAX)]))),
        ("uint64", array(UInt64Array::from(vec![Some(0), None, Some(1), Some(u64::MAX)]))),
        ("float32", array(Float32Array::from(vec![Some(-0.0), None, Some(1e-40), Some(f32::INFINITY)]))),
        ("float64", array(Float64Array::from(vec![Some(-0.0), None, Some(1e-310), Some(f64::NAN)]))),
        (
            "float16",
            arrow::compute::cast(&Float32Array::from(vec![Some(1.5), None, Some(0.0), Some(-2.0)]), &DataType::Float16)
                .unwrap(),
        ),
        ("decimal 9", decimal(9, 2)),
        ("decimal 18", decimal(18, 0)),
        ("decimal 38", decimal(38, 10)),
        ("decimal 76", array(wide.with_precision_and_scale(76, 3).unwrap())),
        ("date", array(Date32Array::from(vec![Some(-1), None, Some(0), Some(20_000)]))),
        ("time32", array(Time32MillisecondArray::from(vec![Some(1), None, Some(0), Some(86_399_999)]))),
        ("time64", array(Time64NanosecondArray::from(vec![Some(1), None, Some(0), Some(86_399_999_999_999)]))),
        ("timestamp", moments(None)),
        ("timestamp utc", moments(Some("UTC"))),
        ("text", array(StringArray::from(texts.to_vec()))),
        ("large text", array(LargeStringArray::from(texts.to_vec()))),
        ("text view", array(StringViewArray::from(texts.to_vec()))),
        ("dictionary", array(codes)),
        ("bytes", array(BinaryArray::from(bytes.to_vec()))),
        (
            "fixed",
            array(
                FixedSizeBinaryArray::try_from_sparse_iter_with_size(
                    bytes.into_iter().map(|b| b.map(|b| [b.len() as u8; 3])),
                    3,
                )
                .unwrap(),
            ),
        ),
        ("null", array(NullArray::new(4))),
    ];
    let numbers = Int32Array::from(vec![Some(1), None, Some(3), Some(4), Some(5)]);
    let list = ListArray::new(
        Arc::new(Field::new("item", DataType::Int32, true)),
        OffsetBuffer::new(vec![0, 2, 2, 2, 5].into()),
        Arc::new(numbers),
        Some(NullBuffer::from(vec![true, false, true, true])),
    );
    let inner = StructArray::new(
        vec![Field::new("name", DataType::Utf8, true), Field::new("tags", list.data_type().clone(), true)].into(),
        vec![Arc::new(StringArray::from(texts.to_vec())), Arc::new(list.clone())],
        Some(NullBuffer::from(vec![true, true, false, true])),
    );
    let mut map = MapBuilder::new(
        None,
        StringBuilder::new(),
        Decimal128Builder::new().with_data_type(DataType::Decimal128(12, 1)),
    );
    for pairs in [vec![("a", Some(1)), ("b", None)], vec![], vec![("", Some(-9))], vec![]] {
        for (key, value) in pairs {
            map.keys().append_value(key);
            map.values().append_option(value);
        }
        map.append(true).unwrap();
    }
    let nested: Vec<(&str, ArrayRef)> =
        vec![("list", array(list)), ("struct", array(inner)), ("map", array(map.finish()))];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().chain(nested).map(|(name, array)| (name, array, true)))
        .unwrap()
}

#[test]
fn every_type_is_written_as_it_was_read() {
    let batch = every_type();
    for (times, page) in [(1, 20_000), (5000, 300)] {
        let rows: Vec<_> = vec![batch.clone(); times];
        let batch = arrow::compute::concat_batches(&batch.schema(), &rows).unwrap();
        let properties = WriterProperties::builder().set_data_page_row_count_limit(page).build();
        let given = given(&batch, properties);
        for decode_all in [false, true] {
            let job = Run { decode_all, ..Run::new("\"*\" = \"keep\"", Format::Parquet) };
            let made = job.of(&given.path).unwrap();
            let source = table(&given.whole(), true);
            let read = table(&made, true);
            for ((name, a), (_, b)) in columns(&source).iter().zip(columns(&read)) {
                assert_eq!(a, &b, "column {name}, decoded: {decode_all}");
            }
            assert_eq!(source.num_columns(), read.num_columns());
            let (a, b) = (metadata(&given.whole()), metadata(&made));
            assert_eq!(a.file_metadata().schema(), b.file_metadata().schema());
        }
    }
}

fn texts(columns: &[(&str, Vec<Option<String>>)]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.iter().map(|(name, values)| {
        (*name, Arc::new(values.iter().map(Option::as_deref).collect::<StringArray>()) as ArrayRef, true)
    }))
    .unwrap()
}

#[test]
fn rewritten_columns_are_stored_as_their_sources_were() {
    let rows = 40_000;
    let column =
        |every: usize| (0..rows).map(|row| (row % 11 != 0).then(|| format!("value {:09}", row % every))).collect();
    let batch = texts(&[
        ("few", column(10)),
        ("many", column(rows)),
        ("ids", column(rows)),
        ("plain", column(10)),
        ("bare", column(10)),
    ]);
    let path = ColumnPath::from;
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(30_000))
        .set_dictionary_page_size_limit(10_000)
        .set_column_dictionary_enabled(path("plain"), false)
        .set_column_compression(path("few"), Compression::SNAPPY)
        .set_column_compression(path("many"), Compression::BROTLI(Default::default()))
        .set_column_compression(path("plain"), Compression::LZ4_RAW)
        .set_column_statistics_enabled(path("plain"), EnabledStatistics::Chunk)
        .set_column_statistics_enabled(path("bare"), EnabledStatistics::None)
        .build();
    let given = given(&batch, properties);
    let rules = "\"*\" = { do = \"mask\", keep_last = 3 }\nids = \"token\"";
    let made = Run::new(rules, Format::Parquet).of(&given.path).unwrap();
    let read = table(&made, false);
    assert_eq!(read.column(0).as_string::<i32>().value(1), "*********".to_owned() + "***001");
    assert_eq!(read.column(1).null_count(), batch.column(1).null_count());
    let made = metadata(&made);
    assert_eq!(made.row_groups().iter().map(|group| group.num_rows()).collect::<Vec<_>>(), [30_000, 10_000]);
    for (name, codec, dictionary, chunk_statistics, page_statistics) in [
        ("few", CompressionCodec::SNAPPY, true, true, true),
        // Too many for a dictionary in the source, and a thousand now that they are masked.
        ("many", CompressionCodec::BROTLI, true, true, true),
        ("ids", CompressionCodec::UNCOMPRESSED, false, true, true),
        ("plain", CompressionCodec::LZ4_RAW, false, true, false),
        ("bare", CompressionCodec::UNCOMPRESSED, true, false, false),
    ] {
        for group in made.row_groups() {
            let column = group.columns().iter().find(|column| column.column_path().string() == name).unwrap();
            assert_eq!(column.compression_codec(), codec, "{name}");
            assert_eq!(column.dictionary_page_offset().is_some(), dictionary, "{name}");
            assert_eq!(column.encodings().any(|encoding| encoding == Encoding::RLE_DICTIONARY), dictionary, "{name}");
            assert_eq!(column.statistics().is_some(), chunk_statistics, "{name}");
            assert_eq!(column.column_index_offset().is_some(), page_statistics, "{name}");
            if let Some(statistics) = column.statistics() {
                assert!(!statistics.max_bytes_opt().unwrap().starts_with(b"value"), "{name}");
            }
        }
    }
}

#[test]
fn numbers_become_numbers() {
    let batch =
        RecordBatch::try_from_iter(vec![("id", Arc::new(Int64Array::from_iter_values(0..5000)) as ArrayRef)]).unwrap();
    let given = given(&batch, WriterProperties::default());
    let made = Run::new("id = { do = \"token\", domain = \"person\" }", Format::Parquet).of(&given.path).unwrap();
    let read = table(&made, true);
    let mut tokens = read.column(0).as_primitive::<Int64Type>().values().to_vec();
    tokens.sort_unstable();
    tokens.dedup();
    assert_eq!(tokens.len(), 5000);
    let leaf = metadata(&made).file_metadata().schema_descr().column(0);
    assert_eq!(leaf.physical_type(), Physical::INT64);
    assert!(!read.schema().field(0).is_nullable());
}

#[test]
fn parts_of_nested_columns_are_dropped_and_rewritten() {
    let batch = every_type().project(&[28, 29, 30]).unwrap();
    let given = given(&batch, WriterProperties::default());
    for (rules, name, expected) in [
        ("\"*\" = \"keep\"\n\"struct.name\" = \"drop\"", "struct", "{tags: [1, ]}"),
        ("\"*\" = \"keep\"\n\"struct.tags[]\" = \"drop\"", "struct", "{name: Ünal}"),
        ("\"*\" = \"keep\"\n\"struct.name\" = { do = \"mask\" }", "struct", "{name: ****, tags: [1, ]}"),
        ("\"*\" = \"keep\"\n\"struct.tags[]\" = \"null\"", "struct", "{name: Ünal, tags: [, ]}"),
        ("\"*\" = \"keep\"\n\"map[].value\" = \"null\"", "map", "{a: , b: }"),
        ("\"*\" = \"keep\"\n\"map[].key\" = { do = \"mask\" }\n\"map[].value\" = \"keep\"", "map", "{*: 0.1, *: }"),
    ] {
        let made = Run::new(rules, Format::Parquet).of(&given.path).unwrap();
        let read = table(&made, true);
        let column = read.column_by_name(name).unwrap();
        assert_eq!(arrow::util::display::array_value_to_string(column, 0).unwrap(), expected, "{rules}");
        // What the other columns and rows hold is as it was.
        let other = if name == "map" { "struct" } else { "map" };
        assert_eq!(read.column_by_name(other), table(&given.whole(), true).column_by_name(other), "{rules}");
    }
}

#[test]
fn int96_comes_back_as_a_timestamp_only_where_it_must() {
    let Some(folder) = corpus("parquet-testing/data") else { return };
    let path = folder.join("int96_from_spark.parquet");
    for (decode_all, physical) in [(false, Physical::INT96), (true, Physical::INT64)] {
        let job = Run { decode_all, ..Run::new("\"*\" = \"keep\"", Format::Parquet) };
        let made = job.of(&path).unwrap();
        let leaf = metadata(&made).file_metadata().schema_descr().column(0);
        assert_eq!(leaf.physical_type(), physical);
        if decode_all {
            let read = table(&made, true);
            let micros: Vec<_> = read.column(0).as_primitive::<TimestampMicrosecondType>().iter().collect();
            let expected = [
                Some(1_704_141_296_123_456),
                Some(1_704_070_800_000_000),
                Some(253_402_225_200_000_000),
                Some(1_735_599_600_000_000),
                None,
                Some(9_089_380_393_200_000_000),
            ];
            assert_eq!(micros, expected);
        }
    }
}

#[test]
fn blocks_may_be_worked_on_in_any_order_by_any_thread() {
    let batch = every_type();
    let batch = arrow::compute::concat_batches(&batch.schema(), &vec![batch.clone(); 500]).unwrap();
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(600)).build();
    let given = given(&batch, properties);
    let job = Run { decode_all: true, ..Run::new("\"*\" = \"keep\"\ntext = { do = \"mask\" }", Format::Parquet) };
    let alone = job.of(&given.path).unwrap();
    let rules = Rules::parse("rules.toml", &job.rules).unwrap();
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::default());
    let source = Source::open(&given.path, Format::Parquet, &rules.tables()[0].csv, rules.tables()[0].infer).unwrap();
    let plan = rules.bind(0, "the file", source.schema(), &keys, Delivery::Decoded).unwrap();
    let sink = Sink::default();
    let (encoder, mut writer) =
        source.target(Format::Parquet, &plan, &rules.tables()[0], sink.clone(), Path::new("out")).unwrap();
    let mut reader = source.read(&plan, 0).unwrap();
    let mut blocks = Vec::new();
    while let Some(block) = reader.next().unwrap() {
        blocks.push(block);
    }
    assert!(blocks.len() > 3);
    let work = |block: Box<dyn crate::format::Block>| {
        let mut rows = block.first_row().unwrap();
        let mut encoding = encoder.start().unwrap();
        for decoded in block.decode().unwrap() {
            let decoded = decoded.unwrap();
            encoding.push(&decoded, &plan.apply(&decoded.batch, rows).unwrap().batch).unwrap();
            rows += decoded.batch.num_rows() as u64;
        }
        encoding.finish().unwrap()
    };
    let encoded: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = blocks.into_iter().rev().map(|block| scope.spawn(|| work(block))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for block in encoded.into_iter().rev() {
        writer.write(block).unwrap();
    }
    writer.finish().unwrap();
    assert_eq!(sink.bytes(), alone);
}
