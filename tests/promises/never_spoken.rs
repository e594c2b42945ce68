//! No value from the data reaches an error, a log, a progress line, a manifest or a report.

use crate::support::Workplace;

/// Stands in a cell wherever one can make trouble. It may be told by its shape only.
const CANARY: &str = "Zq7canary";

fn workplace(rule: &str, export: &[u8]) -> Workplace {
    let workplace = Workplace::new();
    workplace.write(
        "rules.toml",
        format!(
            r#"
version = 1
[domains]
person = {{ form = "integer", max = 999_999_999 }}
device = {{ form = "uuid" }}
[tables.t]
files = ["*.csv"]
subject = "id"
csv = {{ null = "NULL" }}
[tables.t.columns]
id = "keep"
value = {rule}
"#
        ),
    );
    workplace.write("t.csv", export);
    workplace
}

#[test]
fn malformed_files_are_told_by_place_alone() {
    let cases: &[(&str, Vec<u8>, &[&str])] = &[
        ("a record too short", format!("id,value\n1,a\n{CANARY}\n").into(), &["t.csv, line 3, record 2", "1 fields"]),
        ("a record too long", format!("id,value\n1,a,{CANARY}\n").into(), &["line 2, record 1", "3 fields"]),
        ("text after a quote", format!("id,value\n1,\"a\"{CANARY}\n").into(), &["line 2", "quote"]),
        ("an open quote", format!("id,value\n1,\"{CANARY}\n").into(), &["line 2", "never closed"]),
        ("a NUL byte", format!("id,value\n1,{CANARY}\0\n").into(), &["line 2", "NUL"]),
        ("a lone carriage return", format!("id,value\n1,{CANARY}\rx\n").into(), &["line 2", "carriage return"]),
        (
            "bytes that are no UTF-8",
            [format!("id,value\n1,{CANARY}").as_bytes(), b"\xff\n"].concat(),
            &["line 2", "UTF-8"],
        ),
    ];
    for (case, export, said) in cases {
        let workplace = workplace("\"keep\"", export);
        let ran = workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key");
        ran.exits(3).says(said).never_says(&[CANARY]);
        assert!(!workplace.path("out.csv").exists(), "{case}");
    }
}

#[test]
fn values_that_do_not_conform_are_counted_and_told_by_shape() {
    for rule in [
        r#"{ do = "token", domain = "person" }"#,
        r#"{ do = "token", domain = "device" }"#,
        r#"{ do = "generalise", to = "year" }"#,
        r#"{ do = "generalise", bucket = 10 }"#,
        r#"{ do = "shift", days = 30 }"#,
        r#"{ do = "round", to = 100 }"#,
        r#"{ do = "network", keep = 24 }"#,
        r#"{ do = "network", preserve = "prefix", keep_vendor = false }"#,
        r#"{ do = "noise", amount = 10 }"#,
        r#"{ do = "clamp", max = 100 }"#,
        r#"{ do = "generalise", bands = 5 }"#,
        r#"{ do = "generalise", to = "grid", decimals = 1 }"#,
        r#"{ do = "generalise", keep_first = 3, hipaa = true }"#,
    ] {
        let workplace =
            workplace(rule, format!("id,value\n1,{CANARY}\n2,NULL\n3,\"{CANARY}\n\"\n4,{CANARY}\n").as_bytes());
        workplace
            .bowdler("run rules.toml --from t.csv --to out.csv --key-file key --json")
            .exits(3)
            .says(&["line 2, record 1", "line 6, record 4", "Aa9aaaaaa", "3 values of column `value` do not conform"])
            .never_says(&[CANARY]);
        assert!(!workplace.path("out.csv").exists(), "{rule}");
    }
}

#[test]
fn manifests_and_reports_hold_no_value() {
    let workplace = workplace("\"keep\"", format!("id,value\n1,{CANARY}\n").as_bytes());
    let ran = workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key --json").exits(0);
    ran.never_says(&[CANARY]);
    assert!(!workplace.read("out.csv.bowdler.manifest.json").contains(CANARY));
    assert!(workplace.read("out.csv").contains(CANARY), "the canary was there to be said");
}

#[test]
fn names_from_outside_can_neither_forge_a_line_nor_drive_a_terminal() {
    let workplace = workplace("\"keep\"", b"id,value,\"x\x1b]0;owned\x07\n2026 INFO all fine\"\n");
    let ran = workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key").exits(3);
    assert!(!ran.stderr.contains('\x1b') && !ran.stderr.contains('\x07'));
    assert!(!ran.stderr.lines().any(|line| line.starts_with("2026 INFO")));
}

#[test]
fn a_value_that_is_not_of_its_declared_type_is_told_by_shape() {
    for declared in ["boolean", "int64", "float64", "date", "timestamp", "decimal(9, 2)"] {
        let workplace = workplace("\"keep\"", format!("id,value\n1,NULL\n2,{CANARY}\n").as_bytes());
        let rules = workplace.read("rules.toml");
        workplace
            .write("rules.toml", rules.replace("subject =", &format!("types = {{ value = {declared:?} }}\nsubject =")));
        workplace
            .bowdler("run rules.toml --from t.csv --to out.parquet --key-file key --json")
            .exits(3)
            .says(&["line 3, record 2", "column `value`", "its shape is Aa9aaaaaa"])
            .never_says(&[CANARY]);
        assert!(!workplace.path("out.parquet").exists(), "{declared}");
    }
}

#[test]
fn a_place_can_neither_forge_a_line_nor_drive_a_terminal() {
    let workplace = Workplace::new();
    let rules =
        "version = 1\n[tables.t]\nfiles = [\"*.csv\"]\n[tables.t.columns]\n\"*\" = { do = \"round\", to = 10 }\n";
    workplace.write("rules.toml", rules);
    workplace.write("exports/t\x1b]0;owned\x07\n2026 INFO all fine.csv", "\"x\x1b[31m\n2026 INFO all fine\"\na\n");
    for options in ["", "--json", "--log-format json"] {
        let ran =
            workplace.bowdler(&format!("run rules.toml --from exports --to out --key-file key {options}")).exits(3);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains("owned"), "the name was there to be said: {said}");
        assert!(!said.contains(['\x1b', '\x07']), "{said:?}");
        assert!(!said.lines().any(|line| line.starts_with("2026 INFO")), "{said}");
    }
}
