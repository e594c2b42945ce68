use super::super::codec::Codec;
use super::{counted, file, long};
use crate::format::Format;
use crate::format::runs::{Given, Run};

const SCHEMA: &str = r#"{"type": "record", "name": "T", "fields": [
    {"name": "a", "type": ["null", "string"]}, {"name": "b", "type": {"type": "map", "values": "double"}},
    {"name": "c", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
    {"name": "d", "type": {"type": "enum", "name": "E", "symbols": ["X", "Y"]}},
    {"name": "e", "type": {"type": "array", "items": {"type": "int", "logicalType": "date"}}}]}"#;

fn row() -> Vec<u8> {
    let map = [long(1), counted(b"key"), vec![0; 8], long(0)].concat();
    [long(1), counted(b"CANARY"), map, counted(&[1, 2]), long(1), long(2), long(3), long(4), long(0)].concat()
}

fn run(bytes: &[u8]) -> crate::Result<Vec<u8>> {
    Run::new("\"*\" = \"keep\"", Format::Avro).of(&Given::new("t.avro", bytes).path)
}

#[test]
fn a_byte_that_is_another_is_an_error_or_another_value_and_never_told() {
    let whole = file(SCHEMA, &[], &[(2, &row().repeat(2)), (1, &row())]);
    assert!(run(&whole).is_ok());
    let rows = whole.len() - (3 * row().len() + 3 * 16 + 8);
    for place in (0..whole.len()).filter(|place| *place >= rows || place % 7 == 0) {
        for value in [0x00, 0x01, 0x7f, 0x80, 0xff, whole[place] ^ 2] {
            let mut bytes = whole.clone();
            bytes[place] = value;
            if let Err(error) = run(&bytes) {
                assert_eq!(error.kind(), crate::ErrorKind::Data, "{place} {value}: {error}");
                assert!(!error.to_string().contains("CANARY"), "{error}");
            }
        }
    }
}

#[test]
fn a_file_that_ends_inside_a_block_is_no_file() {
    let whole = file(SCHEMA, &[], &[(2, &row().repeat(2)), (1, &row())]);
    let first = whole.len() - (row().len() + 2 + 16);
    for cut in 0..whole.len() {
        // A container does not say how many blocks it has: behind its header, and behind each block, it may end.
        let is_whole = cut == first || cut == first - (2 * row().len() + 2 + 16);
        match run(&whole[..cut]) {
            Ok(_) => assert!(is_whole, "{cut} of {}", whole.len()),
            Err(error) => assert_eq!(error.kind(), crate::ErrorKind::Data, "{cut}: {error}"),
        }
    }
}

#[test]
fn what_grows_out_of_all_proportion_is_refused_by_name() {
    let nulls = r#"{"type": "record", "name": "T", "fields": [{"name": "a", "type":
        ["null", {"type": "fixed", "name": "F", "size": 1000}]}]}"#;
    let text = r#"{"type": "record", "name": "T", "fields": [{"name": "a", "type": "string"}]}"#;
    let compressed = |bytes: &[u8]| Codec::Zstandard.compressed(bytes).unwrap();
    let long_text = [long(70 << 20), vec![b'x'; 70 << 20]].concat();
    for (what, schema, count, rows) in [
        ("nulls of a fixed length", nulls, 100_000, vec![0; 100_000]),
        ("empty texts", text, 5_000_000, vec![0; 5_000_000]),
        ("one long text", text, 1, long_text),
    ] {
        let bytes = file(schema, &[("avro.codec", b"zstandard")], &[(count, &compressed(&rows))]);
        let Err(error) = run(&bytes) else { panic!("{what} should be refused") };
        assert!(error.message().contains("out of all proportion"), "{what}: {error}");
    }
}

#[test]
fn sizes_that_lie_cost_nothing() {
    let text = r#"{"type": "record", "name": "T", "fields": [{"name": "a", "type": "string"}]}"#;
    let fixed = r#"{"type": "record", "name": "T", "fields": [{"name": "a", "type":
        {"type": "array", "items": ["null", {"type": "fixed", "name": "F", "size": 1000000}]}}]}"#;
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let nulls = [long(100_000), vec![0; 100_000], long(0)].concat();
    let mut header = b"Obj\x01".to_vec();
    header.extend(long(i64::MAX));
    let mut entry = b"Obj\x01".to_vec();
    entry.extend([long(1), long(i64::MAX)].concat());
    let mut block = file(text, &[], &[]);
    block.extend([long(1), long(i64::MAX)].concat());
    let mut count = file(text, &[], &[]);
    count.extend([long(i64::MAX), counted(&[0])].concat());
    count.extend([7; 16]);
    let snappy: &[(&str, &[u8])] = &[("avro.codec", b"snappy")];
    for (what, bytes) in [
        ("a text", file(text, &[], &[(1, &long(i64::MAX))])),
        ("a text below zero", file(text, &[], &[(1, &long(-5))])),
        ("nulls that are long", file(fixed, &[], &[(1, &nulls)])),
        ("a schema", file(&deep, &[], &[])),
        ("entries", header),
        ("an entry", entry),
        ("a block", block),
        ("a count", count),
        ("rows that are not there", file(text, &[], &[(1000, &[0])])),
        ("rows that are too many", file(text, &[], &[(1, &[0, 0])])),
        ("a length of snappy", file(text, snappy, &[(1, &[0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0])])),
        ("a codec", file(text, &[("avro.codec", b"bzip2")], &[])),
    ] {
        let error = run(&bytes).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Data, "{what}: {error}");
    }
}
