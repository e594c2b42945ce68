//! `bowdler preview`.

use crate::{CANARIES, PEOPLE, RULES, shop};

#[test]
fn source_values_are_shapes_unless_asked_for() {
    let place = shop();
    let ran = place.bowdler("preview rules.toml --from exports").exits(0).never_says(CANARIES);
    ran.prints(&[
        "people.csv: table people",
        "dropped: note",
        "record 1",
        "Aaaaaaaa",
        "Somebody",
        "****-****-****-1234",
    ])
    .never_says(&["2026-01-02"]);
    let ran = place.bowdler("preview rules.toml --from exports --show-source").exits(0);
    ran.prints(&["Zanzibar", "zoe@canary.test", "2026-01-02 (as it was)", "Somebody"]);
    assert_eq!(place.tree(".").len(), 5, "nothing is written");
}

#[test]
fn json_has_the_same_secrets() {
    let place = shop();
    let json = place.bowdler("preview rules.toml --from exports --json").exits(0).never_says(CANARIES).json();
    assert_eq!(json["source_shown"], false);
    let row = &json["files"][0]["rows"][0];
    assert_eq!(row["record"], 1);
    let column = |row: &serde_json::Value, name: &str| {
        row["columns"].as_array().and_then(|columns| columns.iter().find(|entry| entry["column"] == name).cloned())
    };
    let name = column(row, "name").unwrap();
    assert_eq!((&name["before"]["shape"], &name["after"]["value"]), (&"Aaaaaaaa".into(), &"Somebody".into()));
    let country = column(row, "country").unwrap();
    assert_eq!((&country["after"]["shape"], &country["became"]), (&"AA".into(), &"kept".into()));
    assert_eq!(column(row, "note"), None);
    let null = column(&json["files"][0]["rows"][1], "email").unwrap();
    assert!(null["before"].is_null() && null["after"].is_null());
    let shown = place.bowdler("preview rules.toml --from exports --json --show-source").exits(0);
    assert_eq!(column(&shown.json()["files"][0]["rows"][0], "name").unwrap()["before"]["value"], "Zanzibar");
}

#[test]
fn values_that_a_rule_leaves_or_fetches_from_elsewhere_are_shapes_too() {
    let rules = RULES.replace(
        "{ do = \"replace\", with = \"Somebody\" }",
        "{ do = \"replace\", with = \"4111-1111-1111-1234\", when = { column = \"country\", in = [\"FR\"] }, otherwise = \"keep\" }",
    );
    let place = shop().with("rules.toml", rules).with("exports/people.csv", PEOPLE.replace("7,,", "7,Zanzibar,"));
    let ran = place.bowdler("preview rules.toml --from exports --table people").exits(0).never_says(CANARIES);
    ran.prints(&["(as it was)", "(a source value)"]);
}

#[test]
fn rows_and_tables_are_chosen() {
    let place = shop();
    let count = |args: &str| place.bowdler(args).exits(0).stdout.matches("  record ").count();
    assert_eq!(count("preview rules.toml --from exports"), 5);
    assert_eq!(count("preview rules.toml --from exports --rows 1"), 2);
    assert_eq!(count("preview rules.toml --from exports --rows 1000 --table visits"), 3);
    assert_eq!(count("preview rules.toml --from exports/people.csv"), 2);
    let ran = place.bowdler("preview rules.toml --from exports --table peple").exits(2).prints_nothing();
    ran.says(&["did you mean `people`?"]);
    let ran = place.bowdler("preview rules.toml --from exports/people.csv --table visits").exits(2);
    ran.prints_nothing().says(&["no file of this table"]);
    let empty = shop().with("exports/visits/may.csv", "id,place\n");
    empty.bowdler("preview rules.toml --from exports --table visits").exits(0).prints(&["no rows"]);
}

#[test]
fn values_that_do_not_conform_are_shown_as_such() {
    let place = shop().with("exports/visits/may.csv", "id,place\nZanzibar,x\n");
    let ran = place.bowdler("preview rules.toml --from exports --table visits").exits(0).never_says(CANARIES);
    ran.prints(&["Aaaaaaaa", "does not conform"]);
    let json = place.bowdler("preview rules.toml --from exports --table visits --json").json();
    assert_eq!(json["files"][0]["rows"][0]["columns"][0]["became"], "invalid");
    for on_invalid in ["null", "token"] {
        let rules = RULES
            .replace("domain = \"customer\" }", &format!("domain = \"customer\", on_invalid = \"{on_invalid}\" }}"));
        let place = shop().with("rules.toml", rules).with("exports/visits/may.csv", "id,place\nZanzibar,x\n");
        let ran = place.bowdler("preview rules.toml --from exports --table visits").exits(0).never_says(CANARIES);
        ran.prints(&["(by on_invalid)"]);
        let ran = place.bowdler("run rules.toml --from exports --to out").exits(0).never_says(CANARIES);
        ran.says(&["visits/may.csv, column `id`: 1 value did not conform"]);
    }
}

#[test]
fn a_preview_fits_on_a_terminal_and_drives_none() {
    let long = "x".repeat(300);
    let people = format!(
        "id,name,email,card,country,a_rather_long_name_of_a_column_at,note\n1,\"a\n\u{1b}[31m\",{long},{long},FR,{long},\n"
    );
    let place = shop().with("exports/people.csv", people);
    for args in ["preview rules.toml --from exports", "preview rules.toml --from exports --show-source"] {
        let ran = place.bowdler(args).exits(0);
        let widest = ran.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{ran:#?}");
        assert_eq!(ran.stdout.matches("\n\n").count(), 5, "blank lines stand before records and files alone: {ran:#?}");
        assert!(!ran.stdout.contains('\u{1b}'), "{ran:#?}");
    }
    place.bowdler("preview rules.toml --from exports --show-source").prints(&["a\\u{a}\\u{1b}[31m", "xxx…"]);
}

#[test]
fn what_does_not_fit_is_3() {
    let drifted = shop().with("exports/visits/may.csv", "id,placc\n1,2\n");
    drifted.bowdler("preview rules.toml --from exports").exits(3).prints_nothing().says(&["did you mean"]);
    let broken = shop().with("exports/visits/may.csv", "id,place\n1,2\n3,Zanzibar,4\n");
    let ran = broken.bowdler("preview rules.toml --from exports").exits(3).prints_nothing().never_says(CANARIES);
    ran.says(&["visits/may.csv, line 3, record 2", "3 fields"]);
    broken.bowdler("preview missing.toml --from exports").exits(5);
    broken.bowdler("preview rules.toml --from missing").exits(5);
}
