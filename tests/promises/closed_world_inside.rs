//! What no rule names stops the run inside a JSON text as well, however rare it is.

use crate::support::{Ran, Workplace};

/// Stands where no rule looks for it, as a name and as a value. It may be told by its shape only.
const CANARY: &str = "Zq7canary";

const RULES: &str = r#"
version = 1
[tables.people]
files = ["people*.csv"]
[tables.people.columns]
id = "keep"
profile = { do = "json", paths = { name = { do = "mask", keep_first = 1 }, "emails[]" = { do = "token" }, "address.city" = "keep" } }
"#;

/// A data set of thousands of profiles, into one of which something has been put.
fn workplace(rules: &str, odd: &str) -> Workplace {
    let workplace = Workplace::new().with("rules.toml", rules);
    let profile = |row: usize| match row {
        7777 => odd.to_owned(),
        _ => format!(r#"{{"name": "Ana {row}", "emails": ["ana{row}@x.example"], "address": {{"city": "Lyon"}}}}"#),
    };
    let rows = (1..10_000).map(|row| format!("{row},\"{}\"\n", profile(row).replace('"', "\"\"")));
    workplace.write("exports/people.csv", format!("id,profile\n{}", rows.collect::<String>()));
    workplace
}

fn run(workplace: &Workplace) -> Ran {
    workplace.bowdler("run rules.toml --from exports --to staging --key-file key")
}

#[test]
fn one_odd_value_among_thousands_stops_the_run_and_is_told_by_place_alone() {
    for (case, odd, said) in [
        ("a member more", format!(r#"{{"name": "A", "{CANARY}": 1}}"#), "a path that no rule names"),
        (
            "a member more, deeper",
            format!(r#"{{"address": {{"city": "L", "street": "{CANARY}"}}}}"#),
            "a path that no rule names inside `address`",
        ),
        ("a list where there was a value", format!(r#"{{"name": ["{CANARY}"]}}"#), "`name` is an object or a list"),
        ("a value where there was a list", format!(r#"{{"emails": "{CANARY}"}}"#), "`emails` has no parts"),
        ("a name twice", format!(r#"{{"name": "A", "name": "{CANARY}"}}"#), "two members of one name"),
        ("no JSON", format!("{{'name': '{CANARY}'}}"), "at byte 1 of it, a member without a name"),
        ("another encoding of a number", format!(r#"{{"name": 0x1, "x": "{CANARY}"}}"#), "neither a comma nor an end"),
    ] {
        let workplace = workplace(RULES, &odd);
        let ran = run(&workplace).exits(3).never_says(&[CANARY]);
        ran.says(&["people.csv, line 7778, record 7777", "column `profile`", said, "1 value", "nothing was published"]);
        assert!(!workplace.path("staging").exists(), "{case}: something was published");
    }
}

#[test]
fn what_is_unlisted_inside_is_left_out_where_the_rules_say_so() {
    let rules = RULES.replace("version = 1", "version = 1\nunlisted = \"drop\"");
    let workplace = workplace(&rules, &format!(r#"{{"{CANARY}": {{"name": "{CANARY}"}}, "name": "Bo", "x": 1}}"#));
    run(&workplace).exits(0);
    let output = workplace.read("staging/people.csv");
    assert!(!output.contains(CANARY));
    assert_eq!(output.lines().nth(7777), Some(r#"7777,"{""name"": ""B*""}""#));
    assert_eq!(output.lines().count(), 10_000);
}

#[test]
fn the_manifest_shows_what_is_kept_inside() {
    let workplace = workplace(RULES, "{}");
    run(&workplace).exits(0);
    let manifest: serde_json::Value = serde_json::from_str(&workplace.read("staging/bowdler.manifest.json")).unwrap();
    let profile = &manifest["files"][0]["columns"][1];
    assert!(profile["rule"].as_str().unwrap().contains(r#""address.city" = "keep""#), "{profile}");
    assert_eq!((&profile["changed"], &profile["kept"]), (&9998.into(), &1.into()));
}
