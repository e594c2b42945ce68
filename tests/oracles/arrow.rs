//! pyarrow makes Arrow files and streams, and reads what comes out.

use bowdler::{Key, Keyring, Rules, RunOptions, Silent};
use serde_json::json;

use super::Oracle;

const KEEP: &str = "version = 1\n[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\n\"*\" = \"keep\"\n";

#[test]
fn what_pyarrow_writes_comes_out_as_pyarrow_reads_it() {
    let Some(mut oracle) = Oracle::start("arrow.py", "pyarrow") else { return };
    let folder = tempfile::tempdir().unwrap();
    let made: Vec<String> = oracle.ask(&json!({ "make": folder.path() }));
    assert!(made.len() >= 6, "{made:?}");
    let rules = Rules::parse("rules.toml", KEEP).unwrap();
    let keys = Keyring::new(Key::from_bytes([0; 32]), rules.suite());
    for name in &made {
        let from = folder.path().join(name);
        for ending in ["arrow", "arrows", "feather"] {
            let to = folder.path().join(format!("{name}.out.{ending}"));
            bowdler::run(&rules, &from, &to, &keys, &RunOptions::default(), &Silent)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            let differences: Vec<String> = oracle.ask(&json!({ "same": [from, to] }));
            assert_eq!(differences, Vec::<String>::new(), "{name} to {ending}");
        }
    }
}
