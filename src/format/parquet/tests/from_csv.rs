use std::fmt::Write as _;

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Int64Type, TimeUnit};

use super::*;
use crate::error::ErrorKind;

const CSV: &str = "id,code,price,share,born,seen,ok,name\n\
    1,007,10.50,0.25,1990-02-28,2024-01-31T10:00:00Z,true,Ünal\n\
    2,,-0.5,1e3,,2024-01-31 10:00:00.5,FALSE,\"a, b\"\n\
    3,042,7,NaN,2001-12-31,,,\"\"\n";

fn run(csv: &str, options: &str, columns: &str) -> Result<RecordBatch> {
    let given = Given::new("given.csv", csv.as_bytes());
    Ok(table(&Run::with_options(options, columns, Format::Parquet).of(&given.path)?, true))
}

fn types(batch: &RecordBatch) -> Vec<DataType> {
    batch.schema().fields().iter().map(|field| field.data_type().clone()).collect()
}

fn rows(batch: &RecordBatch) -> Vec<Vec<String>> {
    let text = |column: &ArrayRef, row| match column.is_null(row) {
        true => "null".to_owned(),
        false => arrow::util::display::array_value_to_string(column, row).unwrap(),
    };
    (0..batch.num_rows()).map(|row| batch.columns().iter().map(|column| text(column, row)).collect()).collect()
}

#[test]
fn without_declaration_everything_is_text() {
    let batch = run(CSV, "", "\"*\" = \"keep\"").unwrap();
    assert_eq!(types(&batch), vec![DataType::Utf8; 8]);
    assert_eq!(rows(&batch)[0][..3], ["1", "007", "10.50"]);
    assert_eq!(rows(&batch)[1][1], "null");
    assert_eq!(rows(&batch)[2][7], "");
}

#[test]
fn declared_columns_have_their_types() {
    let options = "types = { id = \"int32\", price = \"decimal(9, 2)\", share = \"float64\", born = \"date\", seen = \"timestamp\", ok = \"boolean\" }";
    let batch = run(CSV, options, "\"*\" = \"keep\"").unwrap();
    let micros = DataType::Timestamp(TimeUnit::Microsecond, None);
    let expected = [
        DataType::Int32,
        DataType::Utf8,
        DataType::Decimal128(9, 2),
        DataType::Float64,
        DataType::Date32,
        micros,
        DataType::Boolean,
        DataType::Utf8,
    ];
    assert_eq!(types(&batch), expected);
    assert_eq!(
        rows(&batch),
        [
            ["1", "007", "10.50", "0.25", "1990-02-28", "2024-01-31T10:00:00", "true", "Ünal"],
            ["2", "null", "-0.50", "1000.0", "null", "2024-01-31T10:00:00.500", "false", "a, b"],
            ["3", "042", "7.00", "NaN", "2001-12-31", "null", "null", ""],
        ]
    );
}

#[test]
fn types_are_inferred_for_columns_that_stay() {
    let columns = "\"*\" = \"keep\"\nprice = { do = \"mask\" }";
    let batch = run(CSV, "infer = true\ntypes = { share = \"text\" }", columns).unwrap();
    let micros = DataType::Timestamp(TimeUnit::Microsecond, None);
    let text = DataType::Utf8;
    let expected =
        [DataType::Int64, text.clone(), text.clone(), text.clone(), DataType::Date32, micros, DataType::Boolean, text];
    assert_eq!(types(&batch), expected, "codes with leading zeros, and what is masked or declared, are text");
}

#[test]
fn a_value_that_does_not_fit_is_told_by_place_and_shape() {
    let long = (0..2000).fold("id,name\n".to_owned(), |mut csv, row| {
        let id = if row == 1500 { "N/A-77".to_owned() } else { row.to_string() };
        writeln!(csv, "{id},x").unwrap();
        csv
    });
    for (csv, options, line, shape) in [
        (CSV, "types = { share = \"int64\" }", 2, "9.99"),
        (CSV, "types = { code = \"int64\" }", 2, "999"),
        (CSV, "types = { price = \"decimal(2, 1)\" }", 2, "99.99"),
        (long.as_str(), "infer = true", 1502, "A/A-99"),
    ] {
        let error = run(csv, options, "\"*\" = \"keep\"").unwrap_err();
        // Lines and records count from the block; the header's line is added by who knows it.
        assert_eq!(error.kind(), ErrorKind::Data);
        assert_eq!(error.place().line, Some(line - 1), "{error}");
        assert_eq!(error.place().record, Some(line - 1), "{error}");
        assert!(error.message().ends_with(shape), "{error}");
        assert!(error.help().unwrap().contains("types"));
    }
}

#[test]
fn a_type_for_no_column_is_an_error() {
    for (options, columns) in [
        ("types = { nobody = \"text\" }", "\"*\" = \"keep\""),
        ("types = { id = \"int64\" }", "\"*\" = \"keep\"\nid = \"drop\""),
    ] {
        let error = run(CSV, options, columns).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.place().column.is_some());
    }
}

#[test]
fn the_same_bytes_for_any_blocks_and_threads() {
    let rows = 300_000;
    let csv = (0..rows).fold("id,name,amount\n".to_owned(), |mut csv, row| {
        writeln!(csv, "{row},\"name {}\",{}.5", row % 977, row * 7 % 1000).unwrap();
        csv
    });
    let given = Given::new("given.csv", csv.as_bytes());
    let options = "infer = true";
    let columns = "id = \"keep\"\nname = { do = \"mask\", keep_last = 2 }\namount = \"keep\"";
    let mut seen: Option<Vec<u8>> = None;
    for (block_size, threads) in [(1 << 20, 1), (100_000, 3), (64 << 20, 2), (777_777, 4)] {
        let job = Run { block_size, ..Run::with_options(options, columns, Format::Parquet) };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let made = pool.install(|| job.of(&given.path)).unwrap();
        let first = seen.get_or_insert_with(|| made.clone());
        assert!(*first == made, "other bytes with blocks of {block_size} on {threads} threads");
    }
    let made = seen.unwrap();
    let groups: Vec<_> = metadata(&made).row_groups().iter().map(|group| group.num_rows()).collect();
    assert_eq!(groups, [131_072, 131_072, 37_856]);
    let read = table(&made, true);
    let ids = read.column(0).as_primitive::<Int64Type>();
    assert!((0..rows).all(|row| ids.value(row) == row as i64));
    assert_eq!(read.column(1).as_string::<i32>().value(977 + 13), "*****13");
}

#[test]
fn a_file_without_records_has_columns_all_the_same() {
    let batch = run("id,name\n", "infer = true\ntypes = { id = \"int64\" }", "\"*\" = \"keep\"").unwrap();
    assert_eq!((batch.num_rows(), types(&batch)), (0, vec![DataType::Int64, DataType::Utf8]));
}
