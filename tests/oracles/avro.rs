//! fastavro makes container files of Avro, and reads what comes out.

use std::collections::BTreeMap;

use bowdler::{Key, Keyring, Rules, RunOptions, Silent};
use serde_json::json;

use super::Oracle;

const KEEP: &str = "version = 1\n[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\n\"*\" = \"keep\"\n";

#[test]
fn what_fastavro_writes_comes_out_as_fastavro_reads_it() {
    let Some(mut oracle) = Oracle::start("avro.py", "fastavro") else { return };
    let folder = tempfile::tempdir().unwrap();
    let made: Vec<String> = oracle.ask(&json!({ "make": folder.path() }));
    assert!(made.len() >= 4, "{made:?}");
    let rules = Rules::parse("rules.toml", KEEP).unwrap();
    let keys = Keyring::new(Key::from_bytes([0; 32]), rules.suite());
    for name in &made {
        let from = folder.path().join(name);
        let to = folder.path().join(format!("{name}.out.avro"));
        bowdler::run(&rules, &from, &to, &keys, &RunOptions::default(), &Silent)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let differences: Vec<String> = oracle.ask(&json!({ "same": [from, to] }));
        assert_eq!(differences, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn fastavro_reads_what_was_csv() {
    let Some(mut oracle) = Oracle::start("avro.py", "fastavro") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("t.csv"), folder.path().join("t.avro"));
    std::fs::write(&from, "id,joined,name\n7,2024-02-29,\"a, b\"\n8,1969-12-31,\n").unwrap();
    let typed = KEEP.replace("files", "types = { id = \"int64\", joined = \"date\" }\nfiles");
    let rules = Rules::parse("rules.toml", &typed).unwrap();
    let keys = Keyring::new(Key::from_bytes([0; 32]), rules.suite());
    bowdler::run(&rules, &from, &to, &keys, &RunOptions::default(), &Silent).unwrap();
    let rows: Vec<BTreeMap<String, String>> = oracle.ask(&json!({ "rows": to }));
    let texts: Vec<Vec<&str>> = rows.iter().map(|row| row.values().map(String::as_str).collect()).collect();
    assert_eq!(texts, [["7", "2024-02-29", "a, b"], ["8", "1969-12-31", "None"]]);
}
