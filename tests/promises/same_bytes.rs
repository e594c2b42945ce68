//! One thread or many, any block size, today or after a retry: identical output.

use crate::support::{Workplace, checkout};

/// Runs the samples of the shop and gives every byte that came of them.
fn shop(workplace: &Workplace, to: &str, options: &str) -> Vec<(String, Vec<u8>)> {
    let (rules, exports) = (checkout().join("rules/shop.toml"), checkout().join("samples/exports"));
    let (rules, exports) = (rules.display(), exports.display());
    workplace.bowdler(&format!("run {rules} --from {exports} --to {to} --key-file key {options}")).exits(0);
    workplace.tree(to)
}

#[test]
fn threads_blocks_and_repetition_change_no_byte() {
    let workplace = Workplace::new();
    let first = shop(&workplace, "first", "");
    assert!(first.len() >= 5, "the shop has files");
    for (run, options) in [
        "--threads 1",
        "--threads 2",
        "--threads 7",
        "--block-size 1",
        "--block-size 100 --threads 3",
        "--block-size 4099",
        "--block-size 100000000",
        "",
    ]
    .iter()
    .enumerate()
    {
        assert!(shop(&workplace, &format!("run{run}"), options) == first, "another output with {options:?}");
    }
}

#[test]
fn from_one_format_to_the_other_as_well() {
    let workplace = Workplace::new();
    for format in ["csv", "parquet"] {
        let rules = r#"
version = 1
[tables.t]
files = ["t.csv"]
types = { id = "int64" }
[tables.t.columns]
id = "keep"
name = { do = "token" }
"#;
        workplace.write("rules.toml", rules);
        let rows: String = (0..300_000).map(|row| format!("{row},name {}\n", row % 1000)).collect();
        workplace.write("t.csv", format!("id,name\n{rows}"));
        let run = |to: &str, options: &str| {
            let line = format!("run rules.toml --from t.csv --to {to} --to-format {format} --key-file key {options}");
            workplace.bowdler(&line).exits(0);
            workplace.bytes(to)
        };
        let first = run(&format!("first.{format}"), "--threads 1 --block-size 1000000");
        assert!(first == run(&format!("second.{format}"), "--threads 5 --block-size 77777"), "to {format}");
    }
}

#[test]
fn the_order_in_which_a_folder_lists_its_files_changes_nothing() {
    let names: Vec<String> = (0..40).map(|file| format!("t{:02}.csv", file * 17 % 40)).collect();
    let made = |names: &mut dyn Iterator<Item = &String>| {
        let workplace = Workplace::new();
        workplace
            .write("rules.toml", "version = 1\n[tables.t]\nfiles = [\"*.csv\"]\n[tables.t.columns]\na = \"token\"\n");
        names.for_each(|name| workplace.write(&format!("exports/{name}"), format!("a\n{name}\n")));
        workplace.bowdler("run rules.toml --from exports --to staging --key-file key").exits(0);
        let manifest: serde_json::Value =
            serde_json::from_str(&workplace.read("staging/bowdler.manifest.json")).unwrap();
        let files = manifest["files"].as_array().unwrap();
        assert!(files.iter().map(|file| file["input"]["path"].as_str().unwrap()).is_sorted());
        workplace.tree("staging")
    };
    assert!(made(&mut names.iter()) == made(&mut names.iter().rev()));
}
