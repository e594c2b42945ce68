//! Transforms that read more than their column: hierarchies from files beside the rules, noise from the places of rows.

#[path = "support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests of the commands")]
mod support;

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use bowdler::rules::Delivery;
use bowdler::{Key, Keyring, Rules, Suite};
use proptest::prelude::*;
use support::Workplace;

/// Rules whose only rule that is no "keep" is for the column `value`.
fn rules(rule: &str) -> String {
    format!(
        "version = 1\n[tables.t]\nfiles = [\"*t.csv\"]\nsubject = \"id\"\n[tables.t.columns]\nid = \"keep\"\nvalue = {rule}\n"
    )
}

const HIERARCHY: &str = r#"{ do = "generalise", hierarchy = "levels/cities.csv", level = 2 }"#;

fn with_hierarchy(hierarchy: &[u8]) -> Workplace {
    Workplace::new()
        .with("project/rules.toml", rules(HIERARCHY))
        .with("project/levels/cities.csv", hierarchy)
        .with("t.csv", "id,value\n1,Lyon\n2,\n3,\"Saint-Jean, du Doigt\"\n4,Tokyo\n")
}

const CITIES: &[u8] = b"Lyon,FR,Europe and around\n\"Saint-Jean, du Doigt\",FR,Europe and around\nTokyo,JP,Asia\n";

const RUN: &str = "run project/rules.toml --from t.csv --to out.csv --key-file key";

#[test]
fn a_hierarchy_is_read_from_beside_the_rules_wherever_the_command_runs() {
    let workplace = with_hierarchy(CITIES);
    workplace.bowdler(RUN).exits(0);
    assert_eq!(workplace.read("out.csv"), "id,value\n1,Europe and around\n2,\n3,Europe and around\n4,Asia\n");
    let marked = with_hierarchy(&[b"\xef\xbb\xbf", CITIES].concat());
    marked.bowdler(RUN).exits(0);
    assert_eq!(marked.read("out.csv"), workplace.read("out.csv"));
}

#[test]
fn a_value_that_the_hierarchy_does_not_have_does_not_conform() {
    let workplace = with_hierarchy(b"Lyon,FR,Europe\n");
    workplace
        .bowdler(RUN)
        .exits(3)
        .says(&["2 values of column `value` do not conform"])
        .never_says(&["Tokyo", "Saint"]);
    assert!(!workplace.path("out.csv").exists());
}

#[test]
fn a_mistake_in_a_hierarchy_is_told_at_the_rule_and_quotes_nothing() {
    for (hierarchy, message) in [
        (&b""[..], "the hierarchy has no lines"),
        (b"Lyon,FR\nTokyo,JP\n", "no level 2"),
        (b"Lyon;FR;Europe\n", "no level 2"),
        (b"Lyon,FR,Europe\nTokyo,JP\n", "line 2 of the hierarchy has not as many fields"),
        (b"Lyon,FR,Europe\nTokyo,JP,Asia\nLyon,JP,Asia\n", "line 3 of the hierarchy is for the same value as line 1"),
        (b"Lyon,FR,Europe\nT\xf4kyo,JP,Asia\n", "line 2 of the hierarchy is not UTF-8"),
    ] {
        let ran = with_hierarchy(hierarchy).bowdler(RUN).exits(2);
        ran.says(&[message, "rules.toml:7"]).never_says(&["Lyon", "Tokyo", "Europe", "Asia"]);
    }
    let workplace = with_hierarchy(CITIES);
    std::fs::remove_file(workplace.path("project/levels/cities.csv")).unwrap();
    workplace.bowdler(RUN).exits(2).says(&["does not exist", "the folder of the rules file"]);
    std::fs::create_dir(workplace.path("project/levels/cities.csv")).unwrap();
    workplace.bowdler(RUN).exits(2).says(&["the file of `hierarchy` can't be read"]);
}

#[test]
fn rules_from_text_have_no_files_beside_them() {
    let rejected = Rules::parse("rules.toml", &rules(HIERARCHY)).unwrap_err();
    let [complaint] = rejected.complaints() else { panic!("{rejected}") };
    assert!(complaint.message.contains("these rules stand in no folder"), "{}", complaint.message);
}

#[test]
fn the_digest_of_the_rules_is_of_their_files_too() {
    let digest = |workplace: &Workplace| Rules::from_file(&workplace.path("project/rules.toml")).unwrap().digest();
    let workplace = with_hierarchy(CITIES);
    let (before, text) = (digest(&workplace), rules(HIERARCHY));
    // The text, the name as it is written, and what is in the file.
    let mut oracle = blake3::Hasher::new();
    oracle.update(blake3::hash(text.as_bytes()).as_bytes()).update(b"levels/cities.csv\0");
    oracle.update(blake3::hash(CITIES).as_bytes());
    assert_eq!(before, oracle.finalize().to_hex().to_string());
    workplace.bowdler(RUN).exits(0);
    assert!(workplace.read("out.csv.bowdler.manifest.json").contains(&before));
    workplace.write("project/levels/cities.csv", [CITIES, b"Oslo,NO,Europe and around\n"].concat());
    assert_ne!(digest(&workplace), before);
    let plain = Rules::parse("rules.toml", &rules("\"keep\"")).unwrap();
    assert_eq!(plain.digest(), blake3::hash(rules("\"keep\"").as_bytes()).to_hex().to_string());
}

/// Rules for a table with noise in a column of decimals.
fn noisy(rule: &str) -> Workplace {
    let rows: String = (0..30_000).map(|row| format!("{},{}.50\n", row % 100, 1_000 + row % 7)).collect();
    Workplace::new().with("project/rules.toml", rules(rule)).with("t.csv", format!("id,value\n{rows}"))
}

#[test]
fn noise_is_the_same_with_any_threads_and_blocks_and_in_any_format() {
    for rule in [
        r#"{ do = "noise", amount = 100 }"#,
        r#"{ do = "noise", scale = 20, distribution = "laplace" }"#,
        r#"{ do = "clamp", max = 7, when = { column = "id", in = ["1"] }, otherwise = { do = "noise", percent = 5 } }"#,
    ] {
        let workplace = noisy(rule);
        let run = |to: &str, options: &str| {
            let line = format!("run project/rules.toml --from t.csv --to {to} --key-file key {options}");
            workplace.bowdler(&line).exits(0);
            workplace.bytes(to)
        };
        let first = run("first.csv", "--threads 1");
        for (number, options) in ["--threads 4 --block-size 999", "--threads 2 --block-size 65536"].iter().enumerate() {
            assert!(run(&format!("{number}.csv"), options) == first, "{rule} {options}");
        }
        let parquet = run("first.parquet", "--threads 1");
        assert!(run("second.parquet", "--threads 3 --block-size 777") == parquet, "{rule}");
        let values: std::collections::BTreeSet<&[u8]> = first.split(|byte| *byte == b'\n').collect();
        assert!(values.len() > 10_000, "rows have noise of their own");
    }
}

#[test]
fn noise_by_subject_does_not_depend_on_where_a_row_stands() {
    let rule = r#"{ do = "noise", amount = 100, by = "subject" }"#;
    let made = |rows: &str| {
        let workplace =
            Workplace::new().with("project/rules.toml", rules(rule)).with("t.csv", format!("id,value\n{rows}"));
        workplace.bowdler(RUN).exits(0);
        workplace.read("out.csv").lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let forwards = made("1,10.00\n2,10.00\n3,10.00\n");
    let mut backwards = made("3,10.00\n2,10.00\n1,10.00\n");
    backwards.reverse();
    assert_eq!(forwards, backwards);
    assert_ne!(forwards[0].split_once(',').unwrap().1, forwards[1].split_once(',').unwrap().1);
}

/// What becomes of texts under a rule, and how many of them do not conform.
fn apply(rule: &str, texts: &[String]) -> (Vec<Option<String>>, u64) {
    let rules = Rules::parse("rules.toml", &rules(rule)).unwrap();
    let field = |name: &str| Field::new(name, DataType::Utf8, true);
    let schema = Arc::new(Schema::new(vec![field("id"), field("value")]));
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
    let plan = rules.bind(0, "t.csv", &schema, &keys, Delivery::Decoded).unwrap();
    let ids: ArrayRef = Arc::new(StringArray::from_iter_values(texts.iter().map(|_| "1")));
    let values: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
    let batch = RecordBatch::try_new(schema, vec![ids, values]).unwrap().project(plan.wanted()).unwrap();
    let applied = plan.apply(&batch, 0).unwrap();
    let made = applied.batch.column_by_name("value").unwrap().as_string::<i32>();
    (made.iter().map(|text| text.map(str::to_owned)).collect(), applied.counts[1].invalid)
}

/// The number that a text is, as another implementation reads it.
fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

/// A rule, and what is true of a value and of what becomes of it.
type Holds = (&'static str, fn(&str, &str) -> bool);

const HOLDS: &[Holds] = &[
    (r#"{ do = "clamp", min = -5, max = 250.5 }"#, |value, made| {
        let inside = (-5.0..=250.5).contains(&number(value));
        (-5.0..=250.5).contains(&number(made)) && (!inside || value == made)
    }),
    (r#"{ do = "clamp", min = "1930-01-01", max = "2010-12-31" }"#, |value, made| {
        ("1930-01-01"..="2010-12-31").contains(&&made[..10]) && value[10..] == made[10..]
    }),
    (r#"{ do = "noise", amount = 10 }"#, |value, made| {
        (number(value) - number(made)).abs() <= 10.0 + number(value).abs() * 1e-15 && decimals(value) == decimals(made)
    }),
    (r#"{ do = "noise", percent = 5, min = 0 }"#, |value, made| {
        let farthest = number(value).abs() * 0.05 * (1.0 + 1e-12);
        number(made) >= 0.0 && (number(value).max(0.0) - number(made)).abs() <= farthest
    }),
    (r#"{ do = "round", to = 0.05, half = "even" }"#, |value, made| {
        (number(value) - number(made)).abs() <= 0.025 + number(value).abs() * 1e-15 && decimals(value) == decimals(made)
    }),
    (r#"{ do = "generalise", to = "grid", size = 0.25 }"#, |value, made| {
        (number(value) - number(made)).abs() <= 0.125 && (number(made) * 4.0).fract() == 0.0
    }),
    (r#"{ do = "generalise", bands = [0, 18, 65, 90] }"#, |value, made| {
        let (first, last) =
            made.strip_suffix('+').map_or_else(|| made.split_once('-').unwrap(), |first| (first, "999"));
        (number(first)..=number(last)).contains(&number(value))
    }),
    (r#"{ do = "generalise", bands = 10, as_of = "2026-01-01" }"#, |value, made| {
        let age = number("2025") - number(&value[..4]) + f64::from(&value[5..10] == "01-01");
        let first = made.strip_suffix('+').unwrap_or_else(|| made.split_once('-').unwrap().0);
        age >= number(first) && (made == "90+" || age < number(first) + 10.0)
    }),
    (r#"{ do = "generalise", keep_first = 3, hipaa = true }"#, |value, made| made == "000" || value.starts_with(made)),
    (r#"{ do = "network", preserve = "prefix", keep_special = true, keep_vendor = true }"#, |value, made| match value
        .parse::<Ipv4Addr>(
    ) {
        Ok(address) => made.parse::<Ipv4Addr>().is_ok_and(|made| made.is_private() == address.is_private()),
        Err(_) => value.parse::<Ipv6Addr>().is_ok() || value.get(..6) == made.get(..6) && value.len() == made.len(),
    }),
];

fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        any::<String>(),
        "-?[0-9]{1,14}(\\.[0-9]{1,3})?",
        "-?[0-9]{1,3}(\\.[0-9]{1,6})?",
        "[0-9]{1,3}",
        "(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])(T[01][0-9]:[0-5][0-9])?",
        "[0-9]{5}(-[0-9]{4})?",
        "(10|192|172|8|224)(\\.[0-9]{1,3}){3}",
        "[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}",
        "[0-9a-f]{2}(:[0-9a-f]{2}){5}",
    ];
    prop::collection::vec(text, 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_rule_says_holds_for_any_text(texts in texts()) {
        for (rule, holds) in HOLDS {
            let (made, invalid) = apply(rule, &texts);
            prop_assert_eq!(made.iter().filter(|made| made.is_none()).count() as u64, invalid, "{}", rule);
            for (value, made) in texts.iter().zip(&made) {
                if let Some(made) = made {
                    prop_assert!(holds(value, made), "{}: {} became {}", rule, value, made);
                }
            }
        }
    }
}

#[test]
fn every_rule_treats_some_values() {
    let texts = ["42", "1985-07-11", "90210", "192.168.1.7"].map(str::to_owned);
    for (rule, _) in HOLDS {
        assert!(apply(rule, &texts).1 < 4, "{rule}");
    }
}
