//! From other formats to JSON, and from JSON to them.

use std::fs::File;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, ListArray,
    RecordBatch, StringArray, StructArray, TimestampMicrosecondArray, UInt64Array,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{DataType, Field};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::{Bench, support::Workplace};

#[test]
fn csv_becomes_objects_of_texts() {
    let csv = "id,name,note\n1,\"An\"\"a\",\n2,Bo\\b,\"\"\n";
    let columns = "id = \"keep\"\nname = \"keep\"\nnote = \"keep\"";
    let rows =
        ["{\"id\":\"1\",\"name\":\"An\\\"a\",\"note\":null}", "{\"id\":\"2\",\"name\":\"Bo\\\\b\",\"note\":\"\"}"];
    assert_eq!(Bench::new("in.csv", csv).made(columns, "out.jsonl"), format!("{}\n{}\n", rows[0], rows[1]));
    assert_eq!(Bench::new("in.csv", csv).made(columns, "out.json"), format!("[\n{},\n{}\n]\n", rows[0], rows[1]));
    assert_eq!(Bench::new("in.csv", "id,name,note\n").made(columns, "out.json"), "[\n]\n");
}

#[test]
fn csv_becomes_objects_of_the_types_that_the_rules_declare() {
    let place = Workplace::new().with("in.csv", "id,ok,price,code,day\n1,TRUE,19.90,007,2024-02-29\n,false,,x,\n");
    let rules = "version = 1\n[tables.t]\nfiles = [\"*.csv\"]\nTYPES\n[tables.t.columns]\n\"*\" = \"keep\"\n";
    let expected = "{\"id\":1,\"ok\":true,\"price\":19.9,\"code\":\"007\",\"day\":\"2024-02-29\"}\n\
                    {\"id\":null,\"ok\":false,\"price\":null,\"code\":\"x\",\"day\":null}\n";
    let declared = "types = { id = \"int64\", ok = \"boolean\", price = \"float64\", day = \"date\" }";
    for types in [declared, "infer = true"] {
        place.write("rules.toml", rules.replace("TYPES", types));
        let ran = place.bowdler("run rules.toml --from in.csv --to out.jsonl --replace --key-file key");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(place.read("out.jsonl"), expected, "{types}");
    }
}

#[test]
fn lines_become_a_list_and_a_list_becomes_lines() {
    let columns = "a = { do = \"round\", to = 1 }\nb = \"keep\"\nc = \"drop\"";
    let lines = "{\"a\": 1.50, \"b\":\"\\u0041\"}\n\n{\"c\":1,\"b\": [1.0,\"x\"] }\r\n{}\n";
    let columns = &format!("{columns}\n\"b[]\" = \"keep\"").replace("b = \"keep\"\n", "");
    let lines = &lines.replace("\"b\":\"\\u0041\"", "\"b\":[\"\\u0041\"]");
    let list = "[\n{\"a\": 2.00, \"b\":[\"\\u0041\"]},\n{\"b\": [1.0,\"x\"] },\n{}\n]\n";
    assert_eq!(Bench::new("in.jsonl", lines).made(columns, "out.json"), list);
    let pretty = "[{\n  \"a\": 1.50,\r\n  \"b\": [\n    \"\\n\"\n  ],\n  \"c\": 2\n}, {\n}]";
    let made = Bench::new("in.json", pretty).made(columns, "out.jsonl");
    assert_eq!(made, "{  \"a\": 2.00,  \"b\": [    \"\\n\"  ]}\n{}\n");
}

fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, values)| (name, values, true)))
            .unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn every_type_of_parquet_has_its_form() {
    let geo = StructArray::new(
        vec![Field::new("lat", DataType::Float64, true), Field::new("name", DataType::Utf8, true)].into(),
        vec![Arc::new(Float64Array::from(vec![Some(48.5), None])), Arc::new(StringArray::from(vec!["é\n", "x"]))],
        Some(NullBuffer::from(vec![true, false])),
    );
    let tags = ListArray::new(
        Arc::new(Field::new("item", DataType::Utf8, true)),
        OffsetBuffer::from_lengths([2, 0]),
        Arc::new(StringArray::from(vec![Some("a"), None])),
        None,
    );
    let decimal = Decimal128Array::from(vec![1050, -5]).with_precision_and_scale(9, 2).unwrap();
    let source = parquet(vec![
        ("int", Arc::new(Int64Array::from(vec![Some(-7), None]))),
        ("big", Arc::new(UInt64Array::from(vec![u64::MAX, 0]))),
        ("float", Arc::new(Float64Array::from(vec![1e300, 20.0]))),
        ("decimal", Arc::new(decimal)),
        ("flag", Arc::new(BooleanArray::from(vec![true, false]))),
        ("day", Arc::new(Date32Array::from(vec![0, 1]))),
        ("time", Arc::new(TimestampMicrosecondArray::from(vec![1, 0]))),
        ("bytes", Arc::new(BinaryArray::from(vec![b"\x00\xfe".as_slice(), b""]))),
        ("geo", Arc::new(geo)),
        ("tags", Arc::new(tags)),
    ]);
    let expected = "{\"int\":-7,\"big\":18446744073709551615,\"float\":1e300,\"decimal\":10.50,\"flag\":true,\
                    \"day\":\"1970-01-01\",\"time\":\"1970-01-01T00:00:00.000001\",\"bytes\":\"00fe\",\
                    \"geo\":{\"lat\":48.5,\"name\":\"é\\n\"},\"tags\":[\"a\",null]}\n\
                    {\"int\":null,\"big\":0,\"float\":20.0,\"decimal\":-0.05,\"flag\":false,\
                    \"day\":\"1970-01-02\",\"time\":\"1970-01-01T00:00:00\",\"bytes\":\"\",\"geo\":null,\"tags\":[]}\n";
    let made = Bench::new("in.parquet", source).made("\"*\" = \"keep\"", "out.jsonl");
    assert_eq!(made, expected);
    made.lines().for_each(|line| drop(serde_json::from_str::<serde_json::Value>(line).unwrap()));
    // What was written reads back, and stays.
    assert_eq!(Bench::new("in.jsonl", &made).made("\"*\" = \"keep\"", "out.jsonl"), made);
    let none = parquet(vec![("f", Arc::new(Float64Array::from(vec![f64::NAN])))]);
    let error = Bench::new("in.parquet", none).run("f = \"keep\"", "out.jsonl").unwrap_err();
    assert!(error.to_string().contains("JSON has no number that is infinite"), "{error}");
}

/// What becomes of JSON lines as Parquet, read by another reader.
fn to_parquet(rows: &str, columns: &str) -> RecordBatch {
    let bench = Bench::new("in.jsonl", rows);
    assert!(bench.run(columns, "out.parquet").unwrap_or_else(|error| panic!("{error}")).published);
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(bench.path("out.parquet")).unwrap()).unwrap();
    reader.build().unwrap().next().unwrap().unwrap()
}

#[test]
fn objects_become_typed_columns() {
    let rows = "{\"id\":1,\"ok\":true,\"price\":19.90,\"name\":\"Ana\",\"at\":{\"x\":1.5,\"gone\":1},\"l\":[{\"n\":2,\"t\":\"a\"}],\"mixed\":1}\n\
                {\"id\":null,\"price\":3,\"at\":null,\"l\":[],\"mixed\":\"x\",\"never\":null}\n";
    let columns = "\"*\" = \"keep\"\nname = { do = \"mask\" }\n\"at.gone\" = \"drop\"";
    let batch = to_parquet(rows, columns);
    let types: Vec<_> =
        batch.schema().fields().iter().map(|field| format!("{} {}", field.name(), field.data_type())).collect();
    assert_eq!(
        types,
        [
            "id Int64",
            "ok Boolean",
            "price Float64",
            "name Utf8",
            "at Struct(\"x\": Float64)",
            "l List(Struct(\"n\": Int64, \"t\": Utf8))",
            "mixed Utf8",
            "never Utf8",
        ]
    );
    let cells = |row: usize| {
        let cells =
            batch.columns().iter().map(|values| arrow::util::display::array_value_to_string(values, row).unwrap());
        cells.collect::<Vec<_>>()
    };
    assert_eq!(cells(0), ["1", "true", "19.9", "***", "{x: 1.5}", "[{n: 2, t: a}]", "1", ""]);
    assert_eq!(cells(1), ["", "", "3.0", "", "", "[]", "x", ""]);
}

#[test]
fn flat_objects_become_csv_and_nested_ones_do_not() {
    let rows = "{\"a\":1,\"b\":\"x,y\"}\n{\"b\":null}\n{\"b\":\"\",\"a\":2}\n";
    let made = Bench::new("in.jsonl", rows).made("a = \"keep\"\nb = \"keep\"", "out.csv");
    assert_eq!(made, "a,b\n1,\"x,y\"\n,\n2,\"\"\n");
    let bench = Bench::new("in.jsonl", "{\"a\":{\"b\":1}}");
    let error = bench.run("\"a.b\" = \"keep\"", "out.csv").unwrap_err();
    assert!(error.to_string().contains("has no form in CSV"), "{error}");
    // What can't be named is kept nowhere.
    let bench = Bench::new("in.jsonl", "{\"a\":{\"b\":1}}\n{\"a\":1}");
    for to in ["out.csv", "out.parquet", "out.json"] {
        assert!(bench.run("a = \"keep\"", to).unwrap_err().to_string().contains("no rule can name everything"), "{to}");
    }
}

#[test]
fn the_same_value_has_the_same_token_in_every_format() {
    let columns = "id = { do = \"token\", domain = \"person\" }\nname = { do = \"token\", domain = \"name\" }";
    let csv = Bench::new("in.csv", "id,name\n42,Zoë\n").made(columns, "out.csv");
    let (id, name) = csv.lines().nth(1).unwrap().split_once(',').unwrap();
    let expected = format!("{{\"id\":{id},\"name\":\"{name}\"}}\n");
    let source = || {
        vec![
            ("id", Arc::new(Int64Array::from(vec![42])) as ArrayRef),
            ("name", Arc::new(StringArray::from(vec!["Zoë"]))),
        ]
    };
    assert_eq!(Bench::new("in.parquet", parquet(source())).made(columns, "out.jsonl"), expected);
    for row in ["{\"id\":42,\"name\":\"Zoë\"}\n", "{\"id\":42,\"name\":\"Zo\\u00eb\"}\n"] {
        assert_eq!(Bench::new("in.jsonl", row).made(columns, "out.jsonl"), expected);
    }
    let text = Bench::new("in.jsonl", "{\"id\":\"42\",\"name\":\"Zoë\"}\n").made(columns, "out.jsonl");
    assert_eq!(text, expected.replace(&format!(":{id},"), &format!(":\"{id}\",")));
}

const RULES: &str =
    "version = 1\n[tables.t]\nfiles = [\"*.jsonl\"]\n[tables.t.columns]\nid = \"keep\"\nname = { do = \"mask\" }\n";

#[test]
fn a_pipe_is_read_by_its_beginning_and_what_the_rules_name() {
    let place = Workplace::new().with("rules.toml", RULES);
    for (rows, expected) in [
        ("{\\\"id\\\":1,\\\"name\\\":\\\"Ana\\\"}", "{\"id\":1,\"name\":\"***\"}\n"),
        ("{\\\"id\\\":1}", "{\"id\":1}\n"),
    ] {
        let ran = place.shell(&format!("echo \"{rows}\" | $BOWDLER run rules.toml --from - --to - --key-file key"));
        assert_eq!((ran.code, ran.stdout.as_str()), (0, expected), "{}", ran.stderr);
    }
    // A member that comes after all that was looked at.
    let late = "(yes '{\"id\":1,\"name\":\"a\"}' | head -n 900000; echo '{\"id\":1,\"late\":2}')";
    let ran = place.shell(&format!("{late} | $BOWDLER run rules.toml --from - --to out.jsonl --key-file key"));
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("line 900001") && ran.stderr.contains("no rule names it"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("late") && !place.path("out.jsonl").exists(), "{}", ran.stderr);
}

#[test]
fn rules_are_proposed_for_json_and_its_needles_are_found() {
    let rows: String = (0..60)
        .map(|row| format!("{{\"id\":{row},\"who\":{{\"email\":\"ana.{row}@posteo.de\"}},\"notes\":[\"write to bo.{row}@gmx.de\"]}}\n"))
        .collect();
    let place = Workplace::new().with("export.jsonl", &rows);
    let found = place.bowdler("verify export.jsonl");
    assert_eq!(found.code, 1, "{}", found.stderr);
    assert!(found.stdout.contains("who.email") && found.stdout.contains("notes[]"), "{}", found.stdout);
    let masked = place.bowdler("mask export.jsonl -o safe.jsonl");
    assert_eq!(masked.code, 0, "{}", masked.stderr);
    let safe = place.read("safe.jsonl");
    assert!(safe.lines().count() == 60 && !safe.contains("posteo") && !safe.contains("gmx"), "{safe}");
    assert_eq!(place.bowdler("verify safe.jsonl --against export.jsonl").code, 0);
    let proposed = place.bowdler("init export.jsonl");
    assert!(
        proposed.stdout.contains("\"who.email\"") && proposed.stdout.contains("\"notes[]\""),
        "{}",
        proposed.stdout
    );
}
