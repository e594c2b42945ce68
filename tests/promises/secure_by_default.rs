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
    // Only the superuser can give a file away; to everybody else, files of the superuser are another's.
    match std::os::unix::fs::chown(workplace.path("key"), Some(65_534), None) {
        Ok(()) => {
            workplace.bowdler("key id --key-file key").exits(2).prints_nothing().says(&["belongs to another user"])
        }
        Err(error) => {
            assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied);
            return;
        }
    };
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
