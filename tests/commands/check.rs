//! `bowdler check`.

use bowdler::transform::kind;

use crate::support::{Workplace, checkout};
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
    assert_eq!(seen["leaks"], serde_json::json!([kind("keep").unwrap().properties().leaks]));
    // The rule's own, not the weakest that its transform may have.
    let id = "which values are equal, and how often each occurs; everything, to who holds the key; one value in the domain's size may stand for itself";
    assert_eq!(json["files"][0]["columns"][0]["leaks"], serde_json::json!([id]));
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

/// Rules of which each line that ends in `# warn` is weaker than it may look.
const WEAK: &str = r#"
version = 1
[domains]
short = { form = "text", length = 8 }
person = { form = "integer", max = 999_999_999 }
[tables.a]
files = ["a.csv"]
subject = "customer_id"
types = { flag = "boolean", small = "int8", born = "date", seen = "date" }
[tables.a.columns]
customer_id = { do = "token", domain = "person" }
email = "token" # warn: do not join
code = { do = "token", domain = "short" } # warn: of 8 characters have 40 bits
flag = "token" # warn: at most 2 different values
small = { do = "mask", when = { column = "flag", in = ["true"] }, otherwise = "token" } # warn: at most 256
born = { do = "mask", keep_first = 6 } # warn: most of a value of 10
seen = "keep"
paid = { do = "shift", days = 2 } # warn: one time in 2
ip = { do = "network", keep = 25 } # warn: about 128 addresses
ip6 = { do = "network", keep_v6 = 64 } # warn: IPv6 network of 64 bits
card = { do = "mask", keep_first = 8, keep_last = 4 } # warn: 12 characters stay
place = { do = "generalise", keep_first = 11 } # warn: 11 characters stay
name = "token"
id = "token"
[tables.b]
files = ["b.csv"]
subject = "customer_id" # warn: shifted otherwise here than in table `a`
[tables.b.columns]
customer_id = "keep" # warn: is made a token in table `a`
email = "token" # warn: do not join
paid = { do = "shift", days = 7 }
ip = { do = "network" }
card = { do = "mask", keep_first = 6, keep_last = 4 }
id = "token"
"#;

/// What is warned of, by line.
fn warned(json: &serde_json::Value) -> Vec<(usize, String)> {
    let warnings = json["warnings"].as_array().unwrap().iter();
    warnings
        .map(|warning| {
            assert_eq!(warning["level"], "warning");
            assert!(warning["help"].is_string());
            (warning["line"].as_u64().unwrap() as usize, warning["message"].as_str().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn what_is_weaker_than_it_may_look_is_shown_in_its_line() {
    let place = Workplace::new().with("weak.toml", WEAK);
    let ran = place.bowdler("check weak.toml").exits(0);
    assert!(ran.stderr.starts_with("warning: "), "{}", ran.stderr);
    let warned = warned(&place.bowdler("check weak.toml --json").exits(0).json());
    let expected: Vec<(usize, &str)> =
        WEAK.lines().enumerate().filter_map(|(line, text)| Some((line + 1, text.split_once("# warn: ")?.1))).collect();
    assert_eq!(
        warned.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        expected.iter().map(|(line, _)| *line).collect::<Vec<_>>()
    );
    for ((line, message), (_, part)) in warned.iter().zip(&expected) {
        assert!(message.contains(part), "{line}: {message}");
        assert!(ran.stderr.contains(&format!("weak.toml:{line}:")), "{line}");
    }
}

#[test]
fn warnings_decide_nothing_unless_they_are_asked_to() {
    let place = shop().with("weak.toml", WEAK);
    place.bowdler("check weak.toml --strict").exits(1).says(&["warning: "]);
    place.bowdler("check weak.toml --strict --quiet").exits(1).says(&["warning: "]).prints_nothing();
    place.bowdler("check weak.toml --quiet").exits(0).says_nothing();
    place.bowdler("check rules.toml --strict --from exports").exits(0).says_nothing();
    let log = place.bowdler("check weak.toml --log-format json").exits(0).log();
    assert!(log.len() > 10 && log.iter().all(|line| line["level"] == "warning"));
}

#[test]
fn the_rules_of_the_project_are_strong() {
    let rules = |name: &str| checkout().join(name).display().to_string();
    let place = Workplace::new();
    place.bowdler_with(&["check", "--strict", &rules("rules/shop.toml"), "--from", &rules("samples/exports")]).exits(0);
    place.bowdler_with(&["check", "--strict", &rules("benches/reference/rules.toml")]).exits(0);
}

#[test]
fn a_length_of_tokens_is_judged_by_the_rows_at_hand() {
    let rules = |length: u8| {
        format!(
            "version = 1\n[domains]\nd = {{ form = \"text\", length = {length} }}\n[tables.t]\nfiles = [\"t.*\"]\n\
             [tables.t.columns]\na = {{ do = \"token\", domain = \"d\" }}\nb = \"keep\"\n"
        )
    };
    let rows = |count: usize| format!("a,b\n{}", "1,\n".repeat(count));
    let place = Workplace::new().with("rules.toml", rules(8)).with("t.csv", rows(100_000));
    // The size of the file suggests some 19,000 rows, of which no two are to be expected to share a token.
    place.bowdler("check rules.toml --from t.csv --strict").exits(0).says_nothing();
    // That there are 100,000 is known when they have been read, and said by a Parquet file at once: with 40 bits,
    // 100,000 x 99,999 / 2 / 2^40 = 0.0045 pairs.
    let words = "of 100000 different values, about 0.0045 pairs are to be expected to share a token";
    let ran = place.bowdler("run rules.toml --from t.csv --to out.parquet").exits(0);
    ran.says(&["note: weaker than by default: t.a: tokens of 8 characters have 40 bits", words]);
    let manifest: serde_json::Value = serde_json::from_str(&place.read("out.parquet.bowdler.manifest.json")).unwrap();
    assert_eq!(manifest["weakenings"].as_array().map(Vec::len), Some(1));
    std::fs::rename(place.path("out.parquet"), place.path("t.parquet")).unwrap();
    place.bowdler("check rules.toml --from t.parquet --strict").exits(1).says(&[words]);
    place.write("rules.toml", rules(9));
    place.bowdler("check rules.toml --from t.parquet --strict").exits(0).says_nothing();
}

#[test]
fn dates_that_stay_beside_dates_that_move_are_warned_of() {
    let rules = |rule: &str| {
        format!(
            "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\nsubject = \"id\"\ntypes = {{ seen = \"date\", n = \"int64\" }}\n\
             [tables.t.columns]\nid = \"token\"\npaid = {{ do = \"shift\", days = 30 }}\nn = \"keep\"\nseen = {rule}\n"
        )
    };
    let place = Workplace::new().with("t.csv", "id,paid,seen,n\n1,2026-10-03,2026-10-04,5\n");
    place.write("rules.toml", rules("\"keep\""));
    let json = place.bowdler("check rules.toml --from t.csv --json --strict").exits(1).json();
    assert_eq!(warned(&json).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [10]);
    place.write("rules.toml", rules("{ do = \"generalise\", to = \"month\" }"));
    place.bowdler("check rules.toml --from t.csv --strict").exits(0).says_nothing();
}
