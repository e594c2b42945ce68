use arrow::array::{
    BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int32Array, Int64Array, ListArray,
    StringArray, TimestampMillisecondArray,
};
use arrow::datatypes::Int32Type;

use super::*;
use crate::error::ErrorKind;

fn typed() -> RecordBatch {
    let decimals = Decimal128Array::from(vec![Some(1050), None]).with_precision_and_scale(9, 2).unwrap();
    let moments = TimestampMillisecondArray::from(vec![Some(1500), None]).with_timezone("UTC");
    RecordBatch::try_from_iter(vec![
        ("id", Arc::new(Int64Array::from(vec![Some(-7), None])) as ArrayRef),
        ("a, \"quoted\" name", Arc::new(StringArray::from(vec![Some("x,\"y\"\nz"), Some("")]))),
        ("price", Arc::new(decimals)),
        ("share", Arc::new(Float64Array::from(vec![Some(0.1), None]))),
        ("day", Arc::new(Date32Array::from(vec![Some(19_000), None]))),
        ("moment", Arc::new(moments)),
        ("raw", Arc::new(BinaryArray::from(vec![Some(b"\x0a\xff".as_slice()), None]))),
        ("yes", Arc::new(BooleanArray::from(vec![Some(true), None]))),
    ])
    .unwrap()
}

#[test]
fn every_value_has_its_text() {
    let given = given(&typed(), WriterProperties::default());
    for (options, expected) in [
        (
            "",
            "id,\"a, \"\"quoted\"\" name\",price,share,day,moment,raw,yes\n\
             -7,\"x,\"\"y\"\"\nz\",10.50,0.1,2022-01-08,1970-01-01T00:00:01.500Z,0aff,true\n,\"\",,,,,,\n",
        ),
        (
            "csv = { delimiter = \";\", null = \"NULL\", header = false }",
            "-7;\"x,\"\"y\"\"\nz\";10.50;0.1;2022-01-08;1970-01-01T00:00:01.500Z;0aff;true\n\
             NULL;;NULL;NULL;NULL;NULL;NULL;NULL\n",
        ),
    ] {
        let made = Run::with_options(options, "\"*\" = \"keep\"", Format::Csv).of(&given.path).unwrap();
        assert_eq!(String::from_utf8(made).unwrap(), expected, "{options}");
    }
}

#[test]
fn treated_columns_stand_beside_those_that_stay() {
    let given = given(&typed(), WriterProperties::default());
    let rules = "\"*\" = \"drop\"\nid = \"keep\"\n\"a*\" = { do = \"mask\" }";
    let made = Run::new(rules, Format::Csv).of(&given.path).unwrap();
    assert_eq!(String::from_utf8(made).unwrap(), "id,\"a, \"\"quoted\"\" name\"\n-7,*******\n,\"\"\n");
}

#[test]
fn what_has_no_form_in_csv_is_refused_by_name() {
    let list = ListArray::from_iter_primitive::<Int32Type, _, _>([Some([Some(1)])]);
    let batch = RecordBatch::try_from_iter(vec![
        ("id", Arc::new(Int32Array::from(vec![1])) as ArrayRef),
        ("scores", Arc::new(list)),
    ])
    .unwrap();
    let given = given(&batch, WriterProperties::default());
    let error = Run::new("\"*\" = \"keep\"", Format::Csv).of(&given.path).unwrap_err();
    assert_eq!((error.kind(), error.place().column.as_deref()), (ErrorKind::Data, Some("scores")));
    assert!(error.help().is_some());
    let made = Run::new("id = \"keep\"\nscores = \"drop\"", Format::Csv).of(&given.path).unwrap();
    assert_eq!(made, b"id\n1\n");
    let error = Run::with_options(
        "csv = { quote = \"\", delimiter = \"c\" }",
        "id = \"drop\"\n\"scores[]\" = \"keep\"",
        Format::Csv,
    )
    .of(&given.path)
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
}

#[test]
fn a_date_outside_the_calendar_is_an_error_and_no_null() {
    let batch =
        RecordBatch::try_from_iter(vec![("day", Arc::new(Date32Array::from(vec![1, 2, i32::MAX])) as ArrayRef)])
            .unwrap();
    let given = given(&batch, WriterProperties::default());
    let error = Run::new("day = \"keep\"", Format::Csv).of(&given.path).unwrap_err();
    let place = error.place();
    assert_eq!((error.kind(), place.record, place.column.as_deref()), (ErrorKind::Data, Some(3), Some("day")));
}

#[test]
fn large_row_groups_are_taken_in_parts() {
    let rows = 300_000;
    let batch = RecordBatch::try_from_iter_with_nullable(vec![
        ("id", Arc::new(Int64Array::from_iter_values(0..rows)) as ArrayRef, false),
        (
            "name",
            Arc::new((0..rows).map(|row| (row % 3 > 0).then(|| format!("n{}", row % 5000))).collect::<StringArray>()),
            true,
        ),
    ])
    .unwrap();
    let expected: String = std::iter::once("id,name\n".to_owned())
        .chain(
            (0..rows)
                .map(|row| format!("{row},{}\n", if row % 3 > 0 { format!("n{}", row % 5000) } else { String::new() })),
        )
        .collect();
    let given = given(&batch, WriterProperties::builder().set_max_row_group_row_count(Some(270_000)).build());
    let made = Run::new("\"*\" = \"keep\"", Format::Csv).of(&given.path).unwrap();
    assert!(made == expected.as_bytes());
}
