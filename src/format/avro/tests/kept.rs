use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use serde_json::json;

use super::{counted, file, long, schema_of, table};
use crate::format::Format;
use crate::format::runs::{Given, Run};

const SCHEMA: &str = r#"{"type": "record", "name": "Order", "namespace": "shop.v1", "fields": [
    {"name": "id", "type": "long"},
    {"name": "ref", "type": {"type": "string", "logicalType": "uuid"}},
    {"name": "note", "type": ["string", "null"]},
    {"name": "to", "type": {"type": "record", "name": "Address", "fields": [
        {"name": "street", "type": "string"}, {"name": "code", "type": {"type": "fixed", "name": "Code", "size": 2}}]}},
    {"name": "tags", "type": {"type": "array", "items": "string"}}]}"#;

/// Rows of the schema: every third note is null, and row `n` has `n % 3` tags.
fn rows(rows: std::ops::Range<i64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for row in rows {
        bytes.extend(long(row));
        bytes.extend(counted(format!("00000000-0000-4000-8000-{row:012}").as_bytes()));
        match row % 3 {
            0 => bytes.extend(long(1)),
            _ => bytes.extend([long(0), counted(format!("note {row}").as_bytes())].concat()),
        }
        bytes.extend(counted(format!("street {row}").as_bytes()));
        bytes.extend(b"AB");
        if row % 3 > 0 {
            bytes.extend(long(row % 3));
            (0..row % 3).for_each(|tag| bytes.extend(counted(format!("t{tag}").as_bytes())));
        }
        bytes.extend(long(0));
    }
    bytes
}

#[test]
fn rows_and_types_stay_as_they_are() {
    let made = file(SCHEMA, &[], &[(40, &rows(0..40)), (0, &[]), (60, &rows(40..100))]);
    let given = Given::new("t.avro", &made);
    let kept = Run::new("\"*\" = \"keep\"", Format::Avro).of(&given.path).unwrap();
    assert_eq!(schema_of(&kept), serde_json::from_str::<serde_json::Value>(SCHEMA).unwrap());
    assert!(kept.ends_with(&kept[kept.len() - 16..]));
    let (before, after) = (table(&made), table(&kept));
    assert_eq!(after.num_rows(), 100);
    assert_eq!(before.columns(), after.columns());
    // The bytes of the rows are those that came in: the encoding leaves nothing open here but where arrays are cut.
    assert!(memchr::memmem::find(&kept, &rows(0..100)).is_some());
}

#[test]
fn columns_are_treated_dropped_and_picked() {
    let given = Given::new("t.avro", &file(SCHEMA, &[], &[(50, &rows(0..50))]));
    let rules = "id = \"keep\"\nref = { do = \"token\" }\nnote = \"drop\"\n\"to.street\" = \"drop\"\n\"to.code\" = \"keep\"\n\"tags[]\" = { do = \"token\" }";
    let made = Run::new(rules, Format::Avro).of(&given.path).unwrap();
    let code = json!({ "type": "fixed", "name": "Code", "size": 2 });
    let fields = json!([
        { "name": "id", "type": "long" },
        // A token is no UUID.
        { "name": "ref", "type": "string" },
        { "name": "to", "type": { "type": "record", "name": "Address", "fields": [{ "name": "code", "type": code }] } },
        { "name": "tags", "type": { "type": "array", "items": "string" } },
    ]);
    let schema = json!({ "type": "record", "name": "Order", "namespace": "shop.v1", "fields": fields });
    assert_eq!(schema_of(&made), schema);
    let made = table(&made);
    assert_eq!(made.column(0).as_primitive::<Int64Type>().values(), &(0..50).collect::<Vec<_>>()[..]);
    let tags = made.column(3).as_list::<i32>();
    assert_eq!((tags.value_length(0), tags.value_length(1), tags.value_length(2)), (0, 1, 2));
    let tags = tags.values().as_string::<i32>();
    assert!(tags.iter().all(|tag| !["t0", "t1"].contains(&tag.unwrap())));
    // The same text, the same token.
    assert_eq!(tags.value(0), tags.value(1));
}

#[test]
fn blocks_depend_on_rows_alone() {
    // 70,000 rows are more than are made together; their blocks come in many sizes.
    let (one, many) = (rows(0..70_000), (0..70).map(|part| rows(part * 1000..part * 1000 + 1000)).collect::<Vec<_>>());
    let many: Vec<(i64, &[u8])> = many.iter().map(|rows| (1000, rows.as_slice())).collect();
    let mut made = Vec::new();
    for (blocks, size) in [(&[(70_000, one.as_slice())][..], 1 << 20), (&many, 1 << 20), (&many, 100)] {
        let given = Given::new("t.avro", &file(SCHEMA, &[], blocks));
        let mut run = Run::new("\"*\" = \"keep\"", Format::Avro);
        run.block_size = size;
        made.push(run.of(&given.path).unwrap());
    }
    assert!(made[0] == made[1] && made[1] == made[2]);
    assert_eq!(table(&made[0]).num_rows(), 70_000);
}

#[test]
fn rows_that_do_not_wait_for_others_are_the_same_bytes() {
    // 500 rows of 100 kB are more memory than what is encoded together; a block has three, wherever that was.
    let row = |row: i64| [long(row), counted(&vec![b'a' + (row % 26) as u8; 100_000])].concat();
    let schema = r#"{"type": "record", "name": "T", "fields": [{"name": "a", "type": "long"}, {"name": "b", "type": "string"}]}"#;
    let one = (0..500).flat_map(row).collect::<Vec<_>>();
    let many = (0..500).map(row).collect::<Vec<_>>();
    let many = many.iter().map(|row| (1, row.as_slice())).collect::<Vec<_>>();
    let given = |blocks: &[(i64, &[u8])]| Given::new("t.avro", &file(schema, &[], blocks));
    let (one, many) = (given(&[(500, one.as_slice())]), given(&many));
    let made = [(&one, 1 << 20), (&many, 1 << 20), (&many, 500_000), (&many, 100)].map(|(given, size)| {
        let mut run = Run::new("\"*\" = \"keep\"", Format::Avro);
        run.block_size = size;
        run.of(&given.path).unwrap()
    });
    assert!(made.iter().all(|bytes| *bytes == made[0]));
    assert_eq!(table(&made[0]).num_rows(), 500);
}

#[test]
fn other_formats_come_and_go() {
    let given = Given::new("t.avro", &file(SCHEMA, &[], &[(50, &rows(0..50))]));
    let keep = |to| Run::new("\"*\" = \"keep\"", to);
    let straight = keep(Format::JsonLines).of(&given.path).unwrap();
    for (ending, to) in [("parquet", Format::Parquet), ("arrow", Format::Arrow), ("arrows", Format::ArrowStream)] {
        let there = Given::new(&format!("t.{ending}"), &keep(to).of(&given.path).unwrap());
        let back = Given::new("t.avro", &keep(Format::Avro).of(&there.path).unwrap());
        assert_eq!(keep(Format::JsonLines).of(&back.path).unwrap(), straight, "{ending}");
    }
    let lines = String::from_utf8(straight).unwrap();
    let first = r#"{"id":1,"ref":"00000000-0000-4000-8000-000000000001","note":"note 1","to":{"street":"street 1","#;
    assert!(lines.lines().nth(1).unwrap().starts_with(first), "{lines}");
}

#[test]
fn integers_without_a_type_of_their_own_are_written_in_wider_ones() {
    let csv = Given::new("t.csv", b"a,b,c,d\n255,65535,4294967295,18446744073709551615\n0,1,2,3\n");
    let types = "types = { a = \"uint8\", b = \"uint16\", c = \"uint32\", d = \"uint64\" }";
    let parquet = Run::with_options(types, "\"*\" = \"keep\"", Format::Parquet).of(&csv.path).unwrap();
    let avro = Run::new("\"*\" = \"keep\"", Format::Avro).of(&Given::new("t.parquet", &parquet).path).unwrap();
    let back = Run::new("\"*\" = \"keep\"", Format::Csv).of(&Given::new("t.avro", &avro).path).unwrap();
    assert_eq!(String::from_utf8(back).unwrap(), std::fs::read_to_string(&csv.path).unwrap());
}

#[test]
fn names_that_avro_does_not_have_are_refused() {
    for (head, said) in [("first name,b", "first name"), ("a.b,b", "a.b"), ("1st,b", "1st"), ("é,b", "é")] {
        let csv = Given::new("t.csv", format!("{head}\nx,y\n").as_bytes());
        let error = Run::new("\"*\" = \"keep\"", Format::Avro).of(&csv.path).unwrap_err();
        assert!(error.message().contains("no form in Avro"), "{error}");
        assert!(error.to_string().contains(said), "{error}");
    }
}
