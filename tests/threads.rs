//! A run works on the threads it was given and on no others. Alone in its file: the pool of the process is one for all
//! the tests in it.

use bowdler::format::Format;
use bowdler::{Key, Keyring, Rules, RunOptions, Silent, Suite};

#[test]
#[allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
fn the_pool_of_the_process_is_never_started() {
    let folder = tempfile::tempdir().unwrap();
    let rules =
        "version = 1\n[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\nid = \"keep\"\nname = { do = \"mask\" }\n";
    let rules = Rules::parse("rules.toml", rules).unwrap();
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::default());
    let rows: String = (0..150_000).map(|row| format!("{row},name {row}\n")).collect();
    let csv = folder.path().join("t.csv");
    std::fs::write(&csv, format!("id,name\n{rows}")).unwrap();
    let mut from = csv;
    for (to, format) in [
        ("a.parquet", Format::Parquet),
        ("b.parquet", Format::Parquet),
        ("c.csv", Format::Csv),
        ("d.jsonl", Format::JsonLines),
        ("e.jsonl", Format::JsonLines),
    ] {
        let options = RunOptions { format: Some(format), threads: 1.try_into().ok(), ..RunOptions::default() };
        let to = folder.path().join(to);
        assert!(bowdler::run(&rules, &from, &to, &keys, &options, &Silent).unwrap().published);
        from = to;
    }
    // It can be built once, by whoever is the first to need it.
    assert!(rayon::ThreadPoolBuilder::new().num_threads(1).build_global().is_ok(), "it runs already");
}
