//! What `verify --rules` takes from a manifest: which table a file is of whose name no rule has, and nothing else. Whoever
//! can write a file where the output is can write a manifest beside it.

use serde_json::{Value, json};

use crate::support::{Workplace, checkout};
use crate::verify::{findings, shop};

const MANIFEST: &str = ".bowdler.manifest.json";

#[test]
fn an_output_of_another_name_is_of_the_table_that_it_was_made_of() {
    let place = shop("", "");
    let exports = checkout().join("samples/exports");
    let run = |from: &str, more: &[&str]| {
        let from = exports.join(from);
        let arguments = ["run", "rules.toml", "--key-file", "key", "--from", from.to_str().unwrap()];
        place.bowdler_with(&[&arguments, more].concat()).exits(0);
    };
    run("customers.csv", &["--to", "people.parquet"]);
    run("customers.csv", &["--to", "people.csv.gz"]);
    run("", &["--to", "typed", "--to-format", "parquet"]);
    for data_set in ["people.parquet", "people.csv.gz", "typed"] {
        let ran = place.bowdler(&format!("verify {data_set} --rules rules.toml")).exits(0);
        ran.prints(&["Clean", "its manifest alone says"]);
        let ran = place.bowdler(&format!("verify {data_set} --rules rules.toml --no-manifest --json")).exits(1);
        assert!(findings(&ran).iter().any(|finding| finding.ends_with("file - unlisted-file")), "{data_set}");
    }
}

const RULES: &str = r#"
version = 1
[tables.people]
files = ["people.csv"]
[tables.people.columns]
name = { do = "token" }
note = "keep"
[tables.weak]
files = ["weak.csv"]
[tables.weak.columns]
name = { do = "fake", like = "full_name" }
note = "keep"
"#;

/// Somebody, where nobody is to be.
const PLAIN: &str = "name,note\nAna Costa,write to ana.costa@correio.pt\nRui Silva,fine\nJos\u{e9} Pe\u{f1}a,fine\n";

/// A change to a manifest, and what is found all the same.
type Forgery<'f> = (&'f dyn Fn(&mut Value), &'f [&'f str]);

/// Source values under a name, with a manifest beside them that tells of a run which made them, changed in one way more.
fn forged(name: &str, forge: impl Fn(&mut Value)) -> Workplace {
    let place = Workplace::new().with("rules.toml", RULES).with("weak.csv", "name,note\nx,y\n");
    std::fs::create_dir(place.path("out")).unwrap();
    place.bowdler(&format!("run rules.toml weak.csv --to out/{name} --key-file key")).exits(0);
    let path = format!("out/{name}{MANIFEST}");
    let mut manifest: Value = serde_json::from_str(&place.read(&path)).unwrap();
    place.write(&format!("out/{name}"), PLAIN);
    manifest["files"][0]["output"]["bytes"] = PLAIN.len().into();
    manifest["files"][0]["output"]["blake3"] = blake3::hash(PLAIN.as_bytes()).to_hex().as_str().into();
    forge(&mut manifest);
    place.write(&path, manifest.to_string());
    place
}

/// What is found in source values under a name, without a manifest.
fn found_as(name: &str) -> Vec<String> {
    let place = Workplace::new().with("rules.toml", RULES).with(&format!("out/{name}"), PLAIN);
    findings(&place.bowdler(&format!("verify out/{name} --rules rules.toml --json")))
}

#[test]
fn a_forged_manifest_hides_no_more_than_another_name_would() {
    let all = |rule: &str| {
        let columns = json!([{ "name": "name", "type": "Utf8View", "rule": rule, "changed": 3, "kept": 0, "invalid": 0 },
                             { "name": "note", "type": "Utf8View", "rule": rule, "changed": 3, "kept": 0, "invalid": 0 }]);
        move |manifest: &mut Value| manifest["files"][0]["columns"] = columns.clone()
    };
    let set = |name: &'static str, value: Value| move |manifest: &mut Value| manifest["files"][0][name] = value.clone();
    let other_rules = |manifest: &mut Value| manifest["rules"] = "0".repeat(64).into();
    let encoded = |manifest: &mut Value| manifest["files"][0]["output"]["encoding"] = "utf-16le".into();
    let cyrillic = |manifest: &mut Value| manifest["files"][0]["output"]["encoding"] = "windows-1251".into();
    let changed = |manifest: &mut Value| manifest["files"][0]["output"]["bytes"] = 7.into();
    let nothing = |_: &mut Value| {};
    let unlisted = "stray.csv file - unlisted-file";
    let note = "stray.csv cells note email";
    let forgeries: [Forgery<'_>; 9] = [
        (&nothing, &[note]),
        (&other_rules, &[unlisted]),
        (&set("table", "nobody".into()), &[unlisted]),
        (&set("table", "people".into()), &[note, "stray.csv cells name no-token"]),
        (&all(r#"{ do = "replace", with = "x" }"#), &[note]),
        (&all(r#"{ do = "fake", like = "email" }"#), &[note]),
        (&encoded, &[note]),
        (&cyrillic, &[note]),
        (&changed, &[note, "stray.csv file - changed-file"]),
    ];
    for (number, (forge, expected)) in forgeries.into_iter().enumerate() {
        let place = forged("stray.csv", forge);
        let ran = place.bowdler("verify out/stray.csv --rules rules.toml --json").exits(1);
        let found = findings(&ran);
        for finding in expected {
            assert!(found.contains(&format!("out/{finding}")), "forgery {number}: {finding} is not in {found:?}");
        }
        // Under its own name a file is of the table that has it, whatever a manifest says.
        let found_by_name = found_as("people.csv");
        let place = forged("people.csv", forge);
        let found = findings(&place.bowdler("verify out/people.csv --rules rules.toml --json").exits(1));
        assert!(found_by_name.iter().all(|finding| found.contains(finding)), "{number}: {found_by_name:?} {found:?}");
    }
    let found = findings(&forged("stray.csv", nothing).bowdler("verify out/stray.csv --rules rules.toml --json"));
    let renamed: Vec<String> = found_as("weak.csv").iter().map(|finding| finding.replace("weak", "stray")).collect();
    assert_eq!(found, renamed);
}

#[test]
fn a_forged_encoding_hides_no_survivor() {
    let place = forged("stray.csv", |manifest| manifest["files"][0]["input"]["encoding"] = "utf-16be".into());
    place.write("weak.csv", PLAIN);
    let ran = place.bowdler("verify out/stray.csv --rules rules.toml --against weak.csv --json").exits(1);
    assert!(findings(&ran).contains(&"out/stray.csv cells note name of weak.csv".to_owned()), "{:?}", findings(&ran));
}
