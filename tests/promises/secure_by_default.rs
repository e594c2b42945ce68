//! No flag is needed to be safe, and every weakening stands in the manifest.

use std::os::unix::fs::PermissionsExt;

use crate::support::{Workplace, set_mode};

const RULES: &str = "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\nname = { do = \"token\" }\n";

fn workplace() -> Workplace {
    let workplace = Workplace::new();
    workplace.write("rules.toml", RULES);
    workplace.write("exports/t.csv", "name\nAna\nBo\nAna\n");
    workplace
}

fn manifest(workplace: &Workplace, name: &str) -> serde_json::Value {
    serde_json::from_str(&workplace.read(name)).unwrap()
}

#[test]
fn without_a_key_tokens_link_to_nothing_and_that_is_said() {
    let workplace = workplace();
    for to in ["first", "second"] {
        workplace.bowdler(&format!("run rules.toml --from exports --to {to}")).exits(0).says(&["random"]);
        assert_eq!(manifest(&workplace, &format!("{to}/bowdler.manifest.json"))["key"]["origin"], "random");
    }
    let (first, second) = (workplace.read("first/t.csv"), workplace.read("second/t.csv"));
    assert_ne!(first, second);
    let lines: Vec<_> = first.lines().collect();
    assert_eq!(lines[1], lines[3], "within a run they are still tokens");
}

#[test]
fn outputs_are_for_their_owner_alone() {
    let workplace = workplace();
    workplace.shell("umask 000; exec $BOWDLER run rules.toml --from exports --to staging --key-file key").exits(0);
    for (name, mode) in [("staging", 0o700), ("staging/t.csv", 0o600), ("staging/bowdler.manifest.json", 0o600)] {
        let metadata = std::fs::metadata(workplace.path(name)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, mode, "{name}");
    }
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let workplace = workplace();
    for mode in [0o640, 0o604, 0o660, 0o777] {
        set_mode(&workplace.path("key"), mode);
        workplace.bowdler("run rules.toml --from exports --to staging --key-file key").exits(2).says(&["mode"]);
    }
    assert!(!workplace.path("staging").exists());
}

#[test]
fn weakenings_stand_in_the_manifest() {
    let workplace = workplace();
    workplace.bowdler("run rules.toml --from exports --to strong --key-file key").exits(0);
    assert_eq!(manifest(&workplace, "strong/bowdler.manifest.json")["weakenings"], serde_json::json!([]));
    workplace.write("rules.toml", RULES.replace("version = 1", "version = 1\nsuite = \"blake3\"\nunlisted = \"drop\""));
    workplace.bowdler("run rules.toml --from exports --to weak --key-file key").exits(0);
    let weakenings = manifest(&workplace, "weak/bowdler.manifest.json")["weakenings"].to_string();
    assert!(weakenings.contains("blake3") && weakenings.contains("unlisted"));
}

#[test]
fn a_key_is_never_an_argument_nor_in_the_output() {
    let workplace = workplace();
    workplace.bowdler("run rules.toml --from exports --to staging --key 00").exits(2);
    workplace
        .bowdler("run rules.toml --from exports --to staging --key-file key --json")
        .exits(0)
        .never_says(&["0000000000000000"]);
    assert!(!workplace.read("staging/bowdler.manifest.json").contains(&"0".repeat(16)));
}

#[test]
fn a_key_of_another_user_is_refused() {
    let workplace = workplace();
    // Only the superuser can give a file away: nobody else can make what is to be refused here.
    if std::os::unix::fs::chown(workplace.path("key"), Some(65_534), None).is_ok() {
        workplace.bowdler("key id --key-file key").exits(2).prints_nothing().says(&["belongs to another user"]);
    }
}

#[test]
fn a_single_output_and_its_manifest_are_for_their_owner_alone() {
    let workplace = workplace();
    workplace
        .shell("umask 000; exec $BOWDLER run rules.toml --from exports/t.csv --to out.csv --key-file key")
        .exits(0);
    for name in ["out.csv", "out.csv.bowdler.manifest.json"] {
        let metadata = std::fs::metadata(workplace.path(name)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn formulas_are_guarded_where_the_rules_ask_for_it_and_nothing_else_changes() {
    const FORMULA: &str = "=HYPERLINK(\"http://x.example\")";
    let rules = |guard: &str| {
        format!(
            "version = 1\n[tables.t]\nfiles = [\"t.*\"]\ncsv = {{ {guard} }}\n[tables.t.columns]\nkept = \"keep\"\n\
             made = {{ do = \"replace\", with = '{FORMULA}' }}\nmasked = {{ do = \"mask\", with = \"-\", keep_last = 4 }}\n\
             number = {{ do = \"round\", to = 10 }}\n"
        )
    };
    let run = |guard: &str, from: &str, to: &str| {
        let workplace = Workplace::new();
        workplace.write("rules.toml", rules(guard));
        workplace.write("t.csv", "kept,made,masked,number\n=1+1,x,+33 1 23 45 67 89,-18\n=1+1,x,cell A1,12\n");
        workplace.bowdler("run rules.toml --from t.csv --to t.parquet --key-file key").exits(0);
        workplace.bowdler(&format!("run rules.toml --from {from} --to {to} --key-file key")).exits(0);
        workplace
    };
    let quoted = FORMULA.replace('"', "\"\"");
    let without = run("", "t.csv", "out.csv").read("out.csv");
    let with = run("formula_guard = true", "t.csv", "out.csv").read("out.csv");
    assert_eq!(without.matches('\'').count(), 0, "{without}");
    // What is carried over stays as it is, byte for byte.
    let last = format!("=1+1,\"'{quoted}\",'---l A1,10");
    assert_eq!(with.lines().nth(2), Some(last.as_str()), "{with}");
    assert_eq!(with.replace('\'', ""), without);
    let typed = |guard: &str| run(guard, "t.csv", "out.parquet").bytes("out.parquet");
    assert!(typed("") == typed("formula_guard = true"), "Parquet has no formulas");
    // From another format everything is written anew, what stays included.
    let anew = run("formula_guard = true", "t.parquet", "out.csv").read("out.csv");
    assert!(anew.lines().skip(1).all(|line| line.starts_with("'=1+1,\"'=HYPERLINK")), "{anew}");
}
