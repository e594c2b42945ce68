//! `--log-format json`: what is said on standard error, for programs.

use crate::{CANARIES, PEOPLE, shop};

#[test]
fn every_line_is_an_object_with_level_and_message() {
    let place = shop().with("exports/broken.csv", "");
    for (args, code) in [
        ("run rules.toml --from exports/people.csv --to out", 0),
        ("run rules.toml --from exports --to out2", 3),
        ("run rules.toml --from missing --to out2", 5),
        ("check rules.toml --from exports", 1),
        ("key id", 2),
    ] {
        let ran = place.bowdler(&format!("{args} --log-format json")).exits(code).never_says(CANARIES);
        let log = ran.log();
        assert!(!log.is_empty(), "{args}");
        for line in log {
            let level = line["level"].as_str().unwrap();
            assert!(["error", "note", "info"].contains(&level), "{line}");
            assert!(line["message"].is_string(), "{line}");
        }
    }
}

#[test]
fn a_value_that_does_not_conform_has_its_place() {
    let place = shop().with("exports/visits/may.csv", "id,place\n\"1\",\"x\ny\"\nZanzibar,x\n");
    let ran = place.bowdler("run rules.toml --from exports --to out -q --log-format json").exits(3);
    let log = ran.never_says(CANARIES).log();
    let first = &log[0];
    assert_eq!(first["level"], "error");
    assert!(first["file"].as_str().is_some_and(|file| file.ends_with("visits/may.csv")), "{first}");
    for (part, expected) in [("record", 2), ("line", 4), ("byte", 19)] {
        assert_eq!(first[part], expected, "{first}");
    }
    assert_eq!(first["column"], "id");
    assert!(log[1]["help"].is_string());
}

#[test]
fn each_misfit_is_a_line_of_its_own_with_its_place_in_the_rules() {
    let place = shop().with("exports/people.csv", PEOPLE.replace("country", "land"));
    let log = place.bowdler("run rules.toml --from exports --to out -q --log-format json").exits(3).log();
    assert_eq!(log.len(), 2);
    for line in log {
        assert_eq!(line["file"], "rules.toml");
        assert!(line["line"].as_u64() > Some(1) && line["help"].is_string(), "{line}");
    }
}
