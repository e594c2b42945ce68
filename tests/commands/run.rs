//! `bowdler run`: streams and exit codes. What it does to data is tested elsewhere.

use crate::{CANARIES, PEOPLE, RULES, VISITS, shop};

#[test]
fn a_run_says_what_it_has_published() {
    let place = shop();
    let ran = place.bowdler("run rules.toml --from exports --to out").exits(0).prints_nothing();
    ran.never_says(CANARIES).says(&[
        "people.csv: 2 rows",
        "columns: 4 rewritten, 2 kept, 1 dropped",
        "visits/may.csv: 3 rows",
        "out: published 2 files, key ",
    ]);
    assert!(place.path("out/bowdler.manifest.json").exists() && place.path("out/visits/may.csv").exists());
    let published =
        place.read("out/people.csv") + &place.read("out/visits/may.csv") + &place.read("out/bowdler.manifest.json");
    CANARIES.iter().for_each(|canary| assert!(!published.contains(canary), "{canary} in {published}"));
}

#[test]
fn quiet_is_silent_and_json_is_the_manifest() {
    let place = shop();
    place.bowdler("run rules.toml --from exports --to a -q").exits(0).prints_nothing().says_nothing();
    let ran = place.bowdler("run rules.toml --from exports --to b --json -q").exits(0).says_nothing();
    let manifest: serde_json::Value = serde_json::from_str(&place.read("b/bowdler.manifest.json")).unwrap();
    assert_eq!(ran.json(), manifest);
}

#[test]
fn every_way_to_fail_has_its_code_and_publishes_nothing() {
    let unlisted = PEOPLE.replace("country", "land");
    let visits = "id,place\nZanzibar,x\n";
    let uneven = "id,place\n1,2\n3,Zanzibar,4\n";
    let latin = b"id,place\n1,Zanzibar \xe9\n".as_slice();
    for (file, content, args, code, message) in [
        ("rules.toml", RULES.replace("version = 1", "version = 7").as_bytes(), "", 2, "write `version = 1`"),
        ("rules.toml", b"\xff".as_slice(), "", 2, "not UTF-8"),
        ("exports/people.csv", unlisted.as_bytes(), "", 3, "no rule names the column `land`"),
        ("exports/stray.csv", b"a\n".as_slice(), "", 3, "belongs to no table"),
        ("exports/visits/may.csv", visits.as_bytes(), "", 3, "a value of shape Aaaaaaaa does not conform"),
        ("exports/visits/may.csv", uneven.as_bytes(), "", 3, "visits/may.csv, line 3, record 2"),
        ("exports/visits/may.csv", latin, "", 3, "not UTF-8"),
        ("other", b"".as_slice(), "--key-file other2", 2, "cannot open the key file"),
    ] {
        let place = shop().with(file, content);
        let ran = place.bowdler(&format!("run rules.toml --from exports --to out --quiet {args}")).exits(code);
        ran.prints_nothing().says(&[message]).never_says(CANARIES);
        assert!(!place.path("out").exists(), "{message}");
    }
    let place = shop().with("taken/file", "");
    for (args, code, message) in [
        ("run missing.toml --from exports --to out", 5, "cannot read the rules"),
        ("run rules.toml --from missing --to out", 5, "cannot read the input"),
        ("run rules.toml --from exports --to taken", 2, "the destination exists"),
        ("run rules.toml --from exports --to taken --replace", 2, "no data set that bowdler made"),
        ("run rules.toml --from exports --to exports", 2, "the destination is the input"),
        ("run rules.toml --from exports --to no/such/folder", 2, "does not exist"),
    ] {
        place.bowdler(args).exits(code).prints_nothing().says(&["error: ", message]).never_says(CANARIES);
    }
    assert_eq!(place.tree(".").len(), 6, "nothing is written");
}

#[test]
fn all_values_that_do_not_conform_are_counted() {
    let visits: String =
        std::iter::once("id,place\n".to_owned()).chain((0..25).map(|i| format!("Zanzibar {i},x\n"))).collect();
    let ran = shop().with("exports/visits/may.csv", visits).bowdler("run rules.toml --from exports --to out").exits(3);
    let ran = ran
        .never_says(CANARIES)
        .says(&["line 2, record 1", "25 values of column `id` do not conform to the rule; nothing"]);
    assert!((1..25).contains(&ran.stderr.matches("does not conform").count()), "{ran:#?}");
}

#[test]
fn a_rule_that_changed_nothing_is_said() {
    let place = shop().with("exports/visits/may.csv", VISITS.replace("Zanzibar", "x"));
    let place =
        place.with("rules.toml", RULES.replace("place = \"null\"", "place = { do = \"replace\", with = \"x\" }"));
    let ran = place.bowdler("run rules.toml --from exports --to out").exits(0);
    ran.says(&["note: visits/may.csv, column `place`: `replace` left every value as it was"]);
}

#[cfg(unix)]
#[test]
fn standard_error_may_be_closed() {
    let place = shop();
    place.shell("exec $BOWDLER run rules.toml --from exports --to out 2>&-").exits(0);
    assert!(place.path("out/people.csv").exists());
}

#[test]
fn a_marker_among_the_files_of_a_pattern_is_no_data_unless_it_is_named() {
    for (ignore, files, code, told) in [
        ("**/_*", "visits/*", 0, "published 2 files"),
        ("visits/_metadata", "visits/*", 3, "visits/_SUCCESS"),
        ("visits/_*", "visits/_late.csv", 3, "visits/may.csv"),
        ("**/_*", "visits/_*", 3, "every file that matches this pattern is one to `ignore`"),
    ] {
        let rules = RULES.replace("\"_SUCCESS\"", &format!("\"_SUCCESS\", {ignore:?}"));
        let place = shop()
            .with("rules.toml", rules.replace("visits/*.csv", files))
            .with("exports/visits/_SUCCESS", "")
            .with("exports/visits/_metadata", "PAR1 Zanzibar PAR1")
            .with("exports/visits/_late.csv", VISITS);
        let ran = place.bowdler("run rules.toml --from exports --to out --key-file key").exits(code);
        ran.says(&[told]).never_says(CANARIES);
        let published: Vec<String> = place.tree("out/visits").into_iter().map(|(name, _)| name).collect();
        assert_eq!(published, if code == 0 { vec!["may.csv"] } else { vec![] }, "{ignore} and {files}");
    }
    let rules = RULES.replace("\"_SUCCESS\"", "\"_SUCCESS\", \"**/_*\"").replace("visits/*.csv", "visits/_may.csv");
    let place = shop().with("rules.toml", rules);
    std::fs::rename(place.path("exports/visits/may.csv"), place.path("exports/visits/_may.csv")).unwrap();
    place.bowdler("run rules.toml --from exports --to out --key-file key").exits(0).says(&["visits/_may.csv: 3 rows"]);
}
