use arrow::array::Int32Builder;
use arrow::array::{
    Array, AsArray, BinaryArray, BinaryViewArray, BooleanArray, Date32Array, Date64Array, Decimal128Array,
    Decimal256Array, DictionaryArray, DurationMillisecondArray, FixedSizeBinaryArray, FixedSizeListArray, Float64Array,
    Int8Array, Int32Array, Int64Array, IntervalMonthDayNanoArray, LargeBinaryArray, LargeListArray, LargeStringArray,
    ListArray, MapBuilder, NullArray, StringArray, StringBuilder, StringViewArray, StructArray, Time32SecondArray,
    Time64NanosecondArray, TimestampMillisecondArray, TimestampSecondArray, UInt64Array,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field, Int8Type, Int32Type, IntervalMonthDayNano, UInt16Type, i256};

use super::*;

/// A column of every type that passes, of `rows` rows, each with nulls in it.
fn everything(rows: usize) -> RecordBatch {
    let some = |row: usize| !row.is_multiple_of(5);
    let int = |row: usize| some(row).then_some(row as i64);
    let text =
        |row: usize| some(row).then(|| ["", "short", "rather longer than twelve", "ünïcödé"][row % 4].to_owned());
    let rows = 0..rows;
    let texts: Vec<Option<String>> = rows.clone().map(text).collect();
    let structs = StructArray::new(
        vec![
            Arc::new(Field::new("n", DataType::Int32, true)),
            Arc::new(Field::new_dictionary("d", DataType::Int8, DataType::Utf8, true)),
        ]
        .into(),
        vec![
            Arc::new(rows.clone().map(|row| Some(row as i32)).collect::<Int32Array>()),
            Arc::new(texts.iter().map(Option::as_deref).collect::<DictionaryArray<Int8Type>>()),
        ],
        Some(rows.clone().map(some).collect::<NullBuffer>()),
    );
    let mut map = MapBuilder::new(None, StringBuilder::new(), Int32Builder::new());
    for row in rows.clone() {
        for entry in 0..row % 3 {
            map.keys().append_value(format!("key {entry}"));
            map.values().append_option((entry > 0).then_some(row as i32));
        }
        map.append(some(row)).unwrap();
    }
    let lists = rows.clone().map(|row| some(row).then(|| (0..row % 4).map(move |n| (n > 0).then_some(n as i32))));
    let large = rows.clone().map(|row| some(row).then(|| (0..row % 3).map(move |n| Some(n as i32))));
    let fixed = rows.clone().map(|row| some(row).then_some([Some(row as i32), None, Some(3)]));
    let month = |row: usize| some(row).then(|| IntervalMonthDayNano::new(row as i32, 2, 3));
    let bytes: Vec<Option<&[u8]>> = texts.iter().map(|text| text.as_ref().map(String::as_bytes)).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("null", Arc::new(NullArray::new(rows.len()))),
        ("boolean", Arc::new(rows.clone().map(|row| some(row).then_some(row % 3 == 0)).collect::<BooleanArray>())),
        ("int8", Arc::new(rows.clone().map(|row| some(row).then_some(row as i8)).collect::<Int8Array>())),
        ("int64", Arc::new(rows.clone().map(int).collect::<Int64Array>())),
        ("uint64", Arc::new(rows.clone().map(|row| int(row).map(|n| u64::MAX - n as u64)).collect::<UInt64Array>())),
        (
            "float16",
            arrow::compute::cast(
                &Float64Array::from_iter(rows.clone().map(|row| int(row).map(|n| n as f64 / 4.0))),
                &DataType::Float16,
            )
            .unwrap(),
        ),
        ("float64", Arc::new(rows.clone().map(|row| int(row).map(|n| n as f64 / 3.0)).collect::<Float64Array>())),
        ("date32", Arc::new(rows.clone().map(|row| some(row).then_some(row as i32)).collect::<Date32Array>())),
        ("date64", Arc::new(rows.clone().map(|row| int(row).map(|n| n * 86_400_000)).collect::<Date64Array>())),
        ("time32", Arc::new(rows.clone().map(|row| some(row).then_some(row as i32)).collect::<Time32SecondArray>())),
        ("time64", Arc::new(rows.clone().map(int).collect::<Time64NanosecondArray>())),
        ("seconds", Arc::new(rows.clone().map(int).collect::<TimestampSecondArray>())),
        (
            "zoned",
            Arc::new(rows.clone().map(int).collect::<TimestampMillisecondArray>().with_timezone("Europe/Lisbon")),
        ),
        ("duration", Arc::new(rows.clone().map(int).collect::<DurationMillisecondArray>())),
        ("interval", Arc::new(rows.clone().map(month).collect::<IntervalMonthDayNanoArray>())),
        (
            "decimal128",
            Arc::new(
                rows.clone()
                    .map(|row| int(row).map(i128::from))
                    .collect::<Decimal128Array>()
                    .with_precision_and_scale(20, 2)
                    .unwrap(),
            ),
        ),
        (
            "decimal256",
            Arc::new(
                rows.clone()
                    .map(|row| int(row).map(|n| i256::from_i128(n.into())))
                    .collect::<Decimal256Array>()
                    .with_precision_and_scale(60, 2)
                    .unwrap(),
            ),
        ),
        ("text", Arc::new(StringArray::from(texts.clone()))),
        ("large_text", Arc::new(LargeStringArray::from(texts.clone()))),
        ("text_view", Arc::new(texts.iter().map(Option::as_deref).collect::<StringViewArray>())),
        ("binary", Arc::new(bytes.iter().copied().collect::<BinaryArray>())),
        ("large_binary", Arc::new(bytes.iter().copied().collect::<LargeBinaryArray>())),
        ("binary_view", Arc::new(bytes.iter().copied().collect::<BinaryViewArray>())),
        (
            "fixed_binary",
            Arc::new(
                FixedSizeBinaryArray::try_from_sparse_iter_with_size(
                    rows.clone().map(|row| some(row).then_some([row as u8, 7])),
                    2,
                )
                .unwrap(),
            ),
        ),
        ("dictionary", Arc::new(texts.iter().map(Option::as_deref).collect::<DictionaryArray<Int32Type>>())),
        (
            "numbers",
            Arc::new(
                DictionaryArray::<UInt16Type>::try_new(
                    rows.clone().map(|row| some(row).then_some((row % 3) as u16)).collect(),
                    Arc::new(Int64Array::from(vec![30, 20, 10])),
                )
                .unwrap(),
            ),
        ),
        ("struct", Arc::new(structs)),
        ("list", Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(lists))),
        ("large_list", Arc::new(LargeListArray::from_iter_primitive::<Int32Type, _, _>(large))),
        ("fixed_list", Arc::new(FixedSizeListArray::from_iter_primitive::<Int32Type, _, _>(fixed, 3))),
        ("map", Arc::new(map.finish())),
    ];
    let columns = columns.into_iter().map(|(name, column)| (name, column, true));
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

const KEEP: &str = "\"*\" = \"keep\"";

#[test]
fn everything_comes_back_as_it_was() {
    for compression in [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)] {
        let batches = [everything(1000), everything(7), everything(300)];
        let whole = arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap();
        for (name, bytes) in
            [("x.arrow", file_of(&batches, compression)), ("x.arrows", stream_of(&batches, compression))]
        {
            let given = Given::new(name, &bytes);
            for to in [Format::Arrow, Format::ArrowStream] {
                let made = Run::new(KEEP, to).of(&given.path).unwrap();
                assert_eq!(made.starts_with(b"ARROW1"), to == Format::Arrow);
                assert_eq!(table(&made), whole, "{name}, {compression:?}, {to}");
            }
        }
    }
}

#[test]
fn the_output_is_laid_out_as_the_input() {
    let batch = everything(200);
    // What Hugging Face calls `.arrow` is a stream.
    let given = Given::new("x.arrow", &stream_of(std::slice::from_ref(&batch), Some(CompressionType::ZSTD)));
    let made = Run::new(KEEP, Format::Arrow).of(&given.path).unwrap();
    assert!(!made.starts_with(b"ARROW1"));
    let schema_of = |bytes: &[u8]| StreamReader::try_new(Cursor::new(bytes.to_vec()), None).unwrap().schema();
    assert_eq!(schema_of(&made), batch.schema());
    let magic = [0x28, 0xb5, 0x2f, 0xfd];
    assert!(made.windows(4).any(|window| window == magic), "buffers are compressed with ZSTD");
}

#[test]
fn rows_are_cut_by_number_wherever_the_source_cut_them() {
    let whole = everything(5000);
    let cut = |at: usize| [whole.slice(0, at), whole.slice(at, whole.num_rows() - at)];
    let outputs: Vec<Vec<u8>> = [1, 64, 999, 4096]
        .iter()
        .flat_map(|at| {
            let given = Given::new("x.arrow", &file_of(&cut(*at), None));
            [Format::Arrow, Format::ArrowStream].map(|to| Run::new(KEEP, to).of(&given.path).unwrap())
        })
        .collect();
    for pair in outputs.chunks(2).collect::<Vec<_>>().windows(2) {
        assert_eq!(pair[0], pair[1]);
    }
}

#[test]
fn many_rows_come_in_batches_of_one_size() {
    let rows = 200_001;
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..rows));
    let names: ArrayRef = Arc::new((0..rows).map(|row| Some(format!("name {}", row % 1000))).collect::<StringArray>());
    let names =
        arrow::compute::cast(&names, &DataType::Dictionary(Box::new(DataType::Int16), Box::new(DataType::Utf8)));
    let batch = RecordBatch::try_from_iter(vec![("id", ids), ("name", names.unwrap())]).unwrap();
    let given = Given::new("x.arrow", &file_of(std::slice::from_ref(&batch), None));
    for to in [Format::Arrow, Format::ArrowStream] {
        let made = Run::new("\"*\" = \"keep\"", to).of(&given.path).unwrap();
        let made = table(&made);
        assert_eq!(made.column(0), batch.column(0));
        let texts = |column: &ArrayRef| arrow::compute::cast(column, &DataType::Utf8).unwrap();
        assert_eq!(&texts(made.column(1)), &texts(batch.column(1)));
    }
}

#[test]
fn a_dictionary_that_has_an_order_keeps_it() {
    let values: ArrayRef = Arc::new(StringArray::from(vec!["small", "medium", "large"]));
    let keys = Int8Array::from(vec![Some(2), Some(0), None, Some(2)]);
    let sizes: ArrayRef = Arc::new(DictionaryArray::<Int8Type>::new(keys, values));
    for ordered in [true, false] {
        let field = Field::new("size", sizes.data_type().clone(), true).with_dict_is_ordered(ordered);
        let batch = RecordBatch::try_new(Arc::new(Schema::new(vec![field])), vec![Arc::clone(&sizes)]).unwrap();
        let given = Given::new("x.arrow", &file_of(&[batch], None));
        let made = table(&Run::new("size = \"keep\"", Format::Arrow).of(&given.path).unwrap());
        assert_eq!(made.schema().field(0).dict_is_ordered(), Some(ordered));
        let made = made.column(0).as_dictionary::<Int8Type>();
        let values: Vec<_> = made.values().as_string::<i32>().iter().flatten().collect();
        let expected: &[&str] = if ordered { &["small", "medium", "large"] } else { &["large", "small"] };
        assert_eq!(values, expected);
    }
}

#[test]
fn a_dictionary_says_when_its_keys_are_too_few() {
    let text: ArrayRef = Arc::new(StringArray::from_iter_values((0..200).map(|row| format!("{}", row % 100))));
    let few = DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8));
    let batch = RecordBatch::try_from_iter(vec![("x", arrow::compute::cast(&text, &few).unwrap())]).unwrap();
    let batches: Vec<RecordBatch> = (0..1).map(|_| batch.clone()).collect();
    let given = Given::new("x.arrows", &stream_of(&batches, None));
    // Values stay as many as they were, or become fewer.
    for columns in ["x = \"keep\"", "x = { do = \"token\" }", "x = { do = \"mask\" }"] {
        let made = table(&Run::new(columns, Format::ArrowStream).of(&given.path).unwrap());
        assert_eq!(made.schema().field(0).data_type(), &few);
        assert_eq!(made.num_rows(), 200);
    }
    // A stream may put another dictionary in the place of the first, so that all together are too many.
    let other: ArrayRef = Arc::new(StringArray::from_iter_values((0..100).map(|row| format!("other {row}"))));
    let other = RecordBatch::try_from_iter(vec![("x", arrow::compute::cast(&other, &few).unwrap())]).unwrap();
    let given = Given::new("x.arrows", &stream_of(&[batch, other], None));
    let error = Run::new("x = \"keep\"", Format::ArrowStream).of(&given.path).unwrap_err();
    assert_eq!((error.kind(), error.place().column.as_deref()), (ErrorKind::Data, Some("x")));
    assert!(error.message().contains("more values than keys of type Int8 can count"), "{error}");
}

#[test]
fn tables_of_no_rows_and_of_leaves_dropped_pass() {
    let batch = everything(50);
    for batches in [vec![batch.slice(0, 0)], vec![batch.clone()]] {
        let given = Given::new("x.arrow", &file_of(&batches, None));
        for to in [Format::Arrow, Format::ArrowStream] {
            let columns = format!("{KEEP}\n\"struct.n\" = \"drop\"\n\"boolean\" = \"drop\"");
            let made = table(&Run::new(&columns, to).of(&given.path).unwrap());
            assert!(made.column_by_name("boolean").is_none());
            let DataType::Struct(fields) = made.column_by_name("struct").unwrap().data_type().clone() else { panic!() };
            assert_eq!(fields.iter().map(|field| field.name().as_str()).collect::<Vec<_>>(), ["d"]);
            assert_eq!(made.num_rows(), batches[0].num_rows());
        }
    }
}

#[test]
fn it_becomes_and_comes_from_other_formats() {
    let batch = everything(500);
    let plain = "\"*\" = \"keep\"\n\"*.*\" = \"drop\"\n\"*[]*\" = \"drop\"\ninterval = \"drop\"";
    let given = Given::new("x.arrow", &file_of(std::slice::from_ref(&batch), None));
    let parquet = Run::new(&format!("{KEEP}\ninterval = \"drop\""), Format::Parquet).of(&given.path).unwrap();
    let given_parquet = Given::new("x.parquet", &parquet);
    let back = table(&Run::new(KEEP, Format::Arrow).of(&given_parquet.path).unwrap());
    for name in ["boolean", "int8", "int64", "uint64", "float64", "date32", "text", "decimal128", "binary", "map"] {
        assert_eq!(back.column_by_name(name), batch.column_by_name(name), "{name}");
    }
    let csv = format!("{plain}\nduration = \"drop\"");
    let csv = Run::new(&csv, Format::Csv).of(&given.path).unwrap();
    let text = String::from_utf8(csv).unwrap();
    assert!(
        text.lines().nth(2).unwrap().starts_with(",false,1,1,18446744073709551614,0.25,0.3333333333333333,1970-01-02,"),
        "{text}"
    );
    let error = Run::new(KEEP, Format::Parquet).of(&given.path).unwrap_err();
    assert!(error.message().contains("has no form in Parquet"), "{error}");

    let given = Given::new("x.csv", b"id,name,when\n1,Ana,2024-01-31\n,\"a, b\",\n3,,2024-02-01\n");
    for to in [Format::Arrow, Format::ArrowStream] {
        let made = Run::with_options("infer = true", "\"*\" = \"keep\"", to).of(&given.path).unwrap();
        let made = table(&made);
        assert_eq!(made.column(0).as_ref(), &Int64Array::from(vec![Some(1), None, Some(3)]) as &dyn Array);
        assert_eq!(made.column(1).as_ref(), &StringArray::from(vec![Some("Ana"), Some("a, b"), None]) as &dyn Array);
        assert_eq!(made.column(2).data_type(), &DataType::Date32);
    }
}

#[test]
fn tokens_are_those_of_other_formats() {
    let columns = "id = { do = \"token\", domain = \"person\" }\nname = { do = \"token\" }";
    let csv = Given::new("x.csv", b"id,name\n42,Ana\n7,Li\n");
    let batch = RecordBatch::try_from_iter(vec![
        ("id", Arc::new(Int32Array::from(vec![42, 7])) as ArrayRef),
        ("name", Arc::new(vec![Some("Ana"), Some("Li")].into_iter().collect::<DictionaryArray<Int8Type>>())),
    ])
    .unwrap();
    let expected = Run::new(columns, Format::Csv).of(&csv.path).unwrap();
    for (name, bytes) in
        [("x.arrow", file_of(std::slice::from_ref(&batch), None)), ("x.arrows", stream_of(&[batch], None))]
    {
        let given = Given::new(name, &bytes);
        assert_eq!(Run::new(columns, Format::Csv).of(&given.path).unwrap(), expected);
    }
    let tsv = Given::new("x.tsv", b"id\tname\n42\tAna\n7\tLi\n");
    assert_eq!(Run::new(columns, Format::Csv).of(&tsv.path).unwrap(), expected);
}
