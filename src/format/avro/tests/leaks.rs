use super::{file, schema_of};
use crate::format::runs::{Given, Run, finds};
use crate::format::{Format, Source};

/// A file that says CANARY in every place but the rows.
fn full() -> Given {
    let schema = r#"{"type": "record", "name": "T", "doc": "CANARY1", "aliases": ["CANARY2"], "CANARY3": "x", "fields": [
        {"name": "a", "type": "int", "doc": "CANARY4", "default": 4444444, "owner": {"mail": ["CANARY5"]}},
        {"name": "b", "type": {"type": "enum", "name": "E", "doc": "CANARY6", "symbols": ["RED", "CANARY7"]}},
        {"name": "c", "type": {"type": "string", "avro.java.string": "CANARY8"}, "aliases": ["CANARY9"], "default": "CANARY0"}]}"#;
    Given::new("t.avro", &file(schema, &[("CANARYk", b"CANARYv"), ("raw", &[0xff])], &[(1, &[2, 0, 2, b'x'])]))
}

#[test]
fn nothing_but_rows_and_types_comes_out() {
    let given = full();
    for to in [Format::Avro, Format::Parquet, Format::Arrow, Format::Csv, Format::JsonLines] {
        for rules in ["\"*\" = \"keep\"", "a = \"drop\"\nb = { do = \"token\" }\nc = \"keep\""] {
            let made = Run::new(rules, to).of(&given.path).unwrap();
            assert!(!finds(&made, "CANARY") && !finds(&made, "4444444"), "{to} {rules}");
        }
    }
    let made = Run::new("\"*\" = \"keep\"", Format::Avro).of(&given.path).unwrap();
    assert_eq!(schema_of(&made)["fields"][1]["type"], "string");
    assert!(made.ends_with(&[[2, 6, b'R', b'E', b'D'].as_slice(), &[2, b'x'], &made[made.len() - 16..]].concat()));
}

#[test]
fn what_stands_beside_the_rows_is_told() {
    let source = Source::open(&full().path, Format::Avro, &Default::default(), false).unwrap();
    let notes = source.notes().unwrap();
    let texts: Vec<&str> = notes.texts.iter().map(|(_, text)| text.as_str()).collect();
    for canary in "0123456789kv".chars() {
        assert!(texts.contains(&format!("CANARY{canary}").as_str()), "{canary}: {texts:?}");
    }
    assert!(texts.contains(&"4444444"));
    assert_eq!(notes.unseen.len(), 1);
}
