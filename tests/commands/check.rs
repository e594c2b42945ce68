//! `bowdler check`.

use crate::support::Workplace;
use crate::{CANARIES, PEOPLE, RULES, shop};

#[test]
fn rules_alone_are_right_or_wrong() {
    let place = shop().with("wrong.toml", RULES.replace("\"mask\"", "\"msk\"").replace("version = 1", "version = 7"));
    place.bowdler("check rules.toml").exits(0).says_nothing().prints(&["2 tables"]);
    let wrong = place.bowdler("check wrong.toml").exits(2).prints_nothing();
    wrong.says(&["did you mean \"mask\"?", "wrong.toml:", "write `version = 1`"]);
    place.bowdler("check wrong.toml --from exports").exits(2).prints_nothing();
    place.bowdler("check missing.toml").exits(5).prints_nothing().says(&["missing.toml: cannot read the rules"]);
    let json = place.bowdler("check rules.toml --json").exits(0).json();
    assert_eq!((&json["fits"], &json["tables"][1]), (&true.into(), &"visits".into()));
}

#[test]
fn what_fits_is_shown_with_the_rule_that_won() {
    let ran = shop().bowdler("check rules.toml --from exports").exits(0).says_nothing().never_says(CANARIES);
    let ran = ran.prints(&["people.csv: table people, CSV\n", "visits/may.csv: table visits, CSV\n", "fits 2 files"]);
    for (column, words) in [
        ("id", vec!["Utf8View", "rewritten by token", "{ do = \"token\", domain = \"customer\" }"]),
        ("country", vec!["kept", "\"keep\""]),
        ("seen_at", vec!["kept", "\"*_at\" = \"keep\""]),
        ("note", vec!["dropped", "\"drop\""]),
    ] {
        let line = ran.stdout.lines().find(|line| line.split_whitespace().next() == Some(column));
        let line = line.unwrap_or_else(|| panic!("no line for {column}"));
        words.iter().for_each(|word| assert!(line.contains(word), "{word} in {line}"));
    }
}

#[test]
fn the_table_is_there_for_programs() {
    let ran = shop().bowdler("check rules.toml --from exports --json").exits(0).says_nothing();
    let json = ran.json();
    assert_eq!(json["files"][0]["path"], "people.csv");
    let seen = &json["files"][0]["columns"][5];
    assert_eq!((&seen["name"], &seen["pattern"]), (&"seen_at".into(), &"*_at".into()));
    assert_eq!((&seen["fate"], &seen["type"]), (&"keep".into(), &"Utf8View".into()));
    assert_eq!(json["misfits"].as_array().map(Vec::len), Some(0));
}

#[test]
fn drift_is_1_and_all_of_it_is_told_at_once() {
    let place = shop()
        .with("exports/people.csv", PEOPLE.replace("country", "land"))
        .with("exports/visits/june.csv", "id\n1\n")
        .with("exports/stray.csv", "a\n1\n")
        .with("exports/people-empty.csv", "");
    let ran = place.bowdler("check rules.toml --from exports").exits(1).never_says(CANARIES);
    let ran = ran.says(&[
        "no rule names the column `land` of people.csv",
        "this rule matches no column of people.csv",
        "this rule matches no column of visits/june.csv",
        "the file stray.csv belongs to no table",
        "people-empty.csv: the file has no header",
        "rules.toml:",
    ]);
    ran.prints(&[
        "people.csv: table people, CSV: does not fit",
        "visits/may.csv: table visits, CSV\n",
        "fits 1 of 4 files",
    ]);
    let quiet = place.bowdler("check rules.toml --from exports --quiet").exits(1).prints_nothing();
    quiet.says(&["stray.csv"]);
    let json = place.bowdler("check rules.toml --from exports --json").exits(1).json();
    assert_eq!(json["fits"], false);
    let misfits = json["misfits"].as_array().unwrap();
    assert!(misfits.iter().any(|misfit| misfit["file"] == "rules.toml" && misfit["line"].is_u64()), "{misfits:?}");
    place.bowdler("run rules.toml --from exports --to out").exits(3);
    assert!(!place.path("out").exists());
}

#[test]
fn quiet_leaves_the_exit_code() {
    shop().bowdler("check rules.toml --from exports -q").exits(0).says_nothing().prints_nothing();
    shop().bowdler("check rules.toml -q").exits(0).says_nothing().prints_nothing();
}

#[test]
fn what_cannot_be_read_is_5() {
    let ran = shop().bowdler("check rules.toml --from missing").exits(5).prints_nothing();
    ran.says(&["missing: cannot read the input"]);
}

#[test]
fn what_is_left_out_is_said() {
    let place = Workplace::new()
        .with("rules.toml", RULES.replace("version = 1", "version = 1\nunlisted = \"drop\""))
        .with(
            "exports/people.csv",
            PEOPLE.replace("country", "country,extra").replace(",FR,", ",FR,x,").replace(",GB,", ",GB,y,"),
        )
        .with("exports/visits/may.csv", "id,place\n")
        .with("exports/stray.csv", "a\n1\n");
    let ran = place.bowdler("check rules.toml --from exports").exits(0).says_nothing();
    ran.prints(&["stray.csv: left out", "extra", "(none: unlisted = \"drop\")"]);
    let ran = place.bowdler("run rules.toml --from exports --to out").exits(0);
    ran.says(&["note: stray.csv: left out", "note: people.csv, column `extra`: left out", "weaker than by default"]);
}

#[test]
fn names_from_outside_drive_no_terminal() {
    let place = Workplace::new()
        .with("rules.toml", "version = 1\n[tables.t]\nfiles = [\"*.csv\"]\n[tables.t.columns]\n\"*\" = \"keep\"\n")
        .with("exports/a\u{1b}[31m.csv", "id\u{1b}]0;pwn\u{7}\n1\n");
    for args in [
        "check rules.toml --from exports",
        "check rules.toml --from exports --json",
        "preview rules.toml --from exports",
    ] {
        let ran = place.bowdler(args).exits(0);
        assert!(!ran.stdout.contains(['\u{1b}', '\u{7}']) && !ran.stderr.contains('\u{1b}'), "{ran:#?}");
    }
    let ran = place.bowdler("run rules.toml --from exports --to out").exits(0);
    assert!(!ran.stderr.contains('\u{1b}'), "{ran:#?}");
}
