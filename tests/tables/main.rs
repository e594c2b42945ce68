//! Tables in every format: the same rows from one to another, the same bytes however a run is done, and nothing where a
//! file is not whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests of the commands")]
mod support;

mod arbitrary;

use support::Workplace;

/// The formats of tables, by the endings of their files.
const ENDINGS: &[&str] = &[
    "csv",
    "tsv",
    "psv",
    "parquet",
    "arrow",
    "arrows",
    "jsonl",
    #[cfg(feature = "avro")]
    "avro",
    #[cfg(feature = "xlsx")]
    "xlsx",
];

const RULES: &str = r#"
version = 1
[domains]
person = { form = "integer", max = 999_999_999 }
[tables.t]
files = ["t.*"]
types = { id = "int64", joined = "date" }
[tables.t.columns]
id     = { do = "token", domain = "person" }
name   = { do = "token" }
email  = { do = "mask" }
joined = { do = "generalise", to = "month" }
note   = "keep"
"#;

const KEEP: &str = "version = 1\n[tables.t]\nfiles = [\"t.*\"]\n[tables.t.columns]\n\"*\" = \"keep\"\n";

/// Rows with what formats differ in: delimiters, quotes, line ends, nulls, digits after a zero.
fn rows(count: usize) -> String {
    let mut text = "id,name,email,joined,note\n".to_owned();
    for row in 0..count {
        let note =
            ["plain", "\"a, b\"", "a|b", "tab\there", "00123", "\"two\nlines\"", "\"say \"\"hi\"\"\"", ""][row % 8];
        text.push_str(&format!("{row},name {},n{row}@loja-azul.pt,2024-0{}-15,{note}\n", row % 100, row % 9 + 1));
    }
    text
}

/// A place with a table in each format, all of the same rows.
fn place(count: usize, endings: &[&str]) -> Workplace {
    let place = Workplace::new();
    place.write("rules.toml", RULES);
    place.write("keep.toml", KEEP);
    place.write("typed.toml", KEEP.replace("[tables.t.columns]", "infer = true\n[tables.t.columns]"));
    place.write("t.csv", rows(count));
    std::fs::create_dir(place.path("made")).unwrap();
    for ending in endings.iter().filter(|ending| **ending != "csv") {
        place.bowdler(&format!("run typed.toml --from t.csv --to made/t.{ending} --key-file key")).exits(0);
        std::fs::rename(place.path(&format!("made/t.{ending}")), place.path(&format!("t.{ending}"))).unwrap();
    }
    place
}

#[test]
fn every_format_becomes_every_other_and_comes_back() {
    let place = place(300, ENDINGS);
    std::fs::create_dir(place.path("out")).unwrap();
    for from in ENDINGS {
        for to in ENDINGS {
            let there = format!("out/{from}.{to}");
            place.bowdler(&format!("run keep.toml --from t.{from} --to {there} --key-file key")).exits(0);
            std::fs::create_dir_all(place.path("back")).unwrap();
            std::fs::rename(place.path(&there), place.path(&format!("back/t.{to}"))).unwrap();
            place
                .bowdler(&format!("run keep.toml --from back/t.{to} --to back/{from}.{to}.csv --key-file key"))
                .exits(0);
            assert!(place.read(&format!("back/{from}.{to}.csv")) == rows(300), "{from} to {to} to csv");
            std::fs::remove_dir_all(place.path("back")).unwrap();
        }
    }
}

#[test]
fn a_value_has_one_token_in_every_format() {
    let place = place(200, ENDINGS);
    let mut expected = None;
    for from in ENDINGS {
        place.bowdler(&format!("run rules.toml --from t.{from} --to {from}.out.csv --key-file key")).exits(0);
        let made = place.read(&format!("{from}.out.csv"));
        assert!(!made.contains("loja-azul"));
        assert!(&made == expected.get_or_insert_with(|| made.clone()), "{from}");
    }
}

#[test]
fn threads_and_blocks_change_no_byte() {
    // 40,000 rows are more than a record batch of Arrow has.
    for (count, from, to) in [
        (40_000, "tsv", "arrow"),
        (40_000, "arrow", "arrows"),
        (40_000, "arrows", "psv"),
        (20_000, "arrow", "parquet"),
        #[cfg(feature = "avro")]
        (70_000, "csv", "avro"),
        #[cfg(feature = "avro")]
        (20_000, "avro", "avro"),
        #[cfg(feature = "avro")]
        (20_000, "avro", "csv"),
        #[cfg(feature = "xlsx")]
        (3000, "csv", "xlsx"),
        #[cfg(feature = "xlsx")]
        (3000, "xlsx", "arrow"),
    ] {
        let place = place(count, &[from]);
        let run = |name: &str, options: &str| {
            let line = format!("run rules.toml --from t.{from} --to {name}.{to} --key-file key {options}");
            place.bowdler(&line).exits(0);
            place.bytes(&format!("{name}.{to}"))
        };
        let first = run("first", "--threads 1 --block-size 100000");
        assert!(first == run("second", "--threads 5 --block-size 7777"), "{from} to {to}");
    }
}

#[test]
fn a_file_that_is_cut_off_leaves_nothing() {
    let place = place(60, ENDINGS);
    for from in [
        "arrow",
        "arrows",
        #[cfg(feature = "avro")]
        "avro",
        #[cfg(feature = "xlsx")]
        "xlsx",
    ] {
        let whole = place.bytes(&format!("t.{from}"));
        for cut in (0..whole.len()).step_by(512) {
            place.write(&format!("cut/t.{from}"), &whole[..cut]);
            let ran = place.bowdler(&format!("run rules.toml --from cut/t.{from} --to out --key-file key"));
            ran.exits(3).never_says(&["panicked", "loja-azul"]);
            assert!(!place.path("out").exists());
        }
    }
}

#[test]
fn the_ending_says_the_delimiter_and_the_rules_say_otherwise() {
    let place = Workplace::new();
    let rules = |csv: &str| {
        format!("version = 1\n[tables.t]\nfiles = [\"t.*\"]\n{csv}\n[tables.t.columns]\n\"*\" = \"keep\"\n")
    };
    place.write("t.tsv", "id\tname\n1\ta,b\n2\t\\N\n");
    place.write("rules.toml", rules(""));
    place.bowdler("run rules.toml --from t.tsv --to plain.csv --key-file key").exits(0);
    assert_eq!(place.read("plain.csv"), "id,name\n1,\"a,b\"\n2,\\N\n");
    // What stands for null is null only as declared.
    place.write("rules.toml", rules("csv = { null = \"\\\\N\" }"));
    place.bowdler("run rules.toml --from t.tsv --to null.parquet --key-file key").exits(0);
    place.write("keep.toml", KEEP.replace("t.*", "null.*"));
    place.bowdler("run keep.toml --from null.parquet --to null.psv --key-file key").exits(0);
    assert_eq!(place.read("null.psv"), "id|name\n1|a,b\n2|\n");
    place.write("rules.toml", rules("csv = { delimiter = \";\" }"));
    place.write("t.tsv", "id;name\n1;a\tb\n");
    place.bowdler("run rules.toml --from t.tsv --to declared.csv --key-file key").exits(0);
    assert_eq!(place.read("declared.csv"), "id;name\n1;a\tb\n");
}

#[test]
fn streams_of_arrow_go_through_pipes_and_compression() {
    let place = place(100, &["arrows"]);
    place
        .shell("cat t.arrows | $BOWDLER run keep.toml --from - --to - --format arrows --table t --key-file key > piped.arrows")
        .exits(0);
    place.bowdler("run keep.toml --from t.arrows --to straight.arrows --key-file key").exits(0);
    assert!(place.bytes("piped.arrows") == place.bytes("straight.arrows"));
    place.bowdler("run keep.toml --from t.arrows --to t.arrows.zst --key-file key").exits(0);
    std::fs::remove_file(place.path("t.arrows")).unwrap();
    place.bowdler("run keep.toml --from t.arrows.zst --to seen_through.csv --key-file key").exits(0);
    assert!(place.read("seen_through.csv") == rows(100));
}

#[test]
fn what_stands_beside_the_rows_is_verified() {
    let place = place(20, &["arrow"]);
    place.bowdler("verify t.arrow").exits(1).prints(&["email"]);
    place.write("clean.csv", "id,note\n1,a\n2,b\n");
    place.write("keep.toml", KEEP.replace("t.*", "clean.*"));
    for ending in [
        "arrow",
        "arrows",
        "tsv",
        #[cfg(feature = "avro")]
        "avro",
        #[cfg(feature = "xlsx")]
        "xlsx",
    ] {
        place.bowdler(&format!("run keep.toml --from clean.csv --to clean.{ending} --key-file key")).exits(0);
        place.bowdler(&format!("verify clean.{ending}")).exits(0);
    }
}
