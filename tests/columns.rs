//! What columns of tables hold, told by header, values and neighbours: held to labels that people gave them.
//!
//! `tests/columns` has small tables of invented data from many fields and languages, and `labels.csv`, which says what
//! each column holds, `-` for nothing of a person; an address is one, whoever lives there. Tables whose names begin with `held_` were not looked at while the
//! classification was written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use bowdler::Silent;
use bowdler::detect::{Classification, Grade, classify_columns};
use bowdler::pipeline::survey;

/// What points at one person by itself. A key of the firm's own, which says nothing elsewhere, does not.
const DIRECT: [&str; 15] = [
    "first_name",
    "last_name",
    "full_name",
    "email",
    "phone",
    "street",
    "national_id",
    "tax_id",
    "iban",
    "card_number",
    "ip_address",
    "mac_address",
    "user_name",
    "licence_plate",
    "vin",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/columns")
}

/// The name of each column and what it holds, by table.
fn labels() -> BTreeMap<String, Vec<(String, String)>> {
    let mut labels: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for record in csv::Reader::from_path(folder().join("labels.csv")).unwrap().into_records() {
        let record = record.unwrap();
        labels.entry(record[0].to_owned()).or_default().push((record[2].to_owned(), record[3].to_owned()));
    }
    labels
}

fn classified(table: &str) -> Vec<Classification> {
    let survey = survey(&folder().join(format!("{table}.csv")), None, None, &Silent).unwrap();
    let profiles: Vec<_> =
        survey.tables.into_iter().flat_map(|table| table.columns).map(|facts| facts.profile).collect();
    classify_columns(&profiles)
}

/// How many columns that are called direct identifiers are such, how many that are such are called so, and what went
/// wrong, a line each.
#[derive(Default)]
struct Score {
    right: usize,
    false_alarms: usize,
    missed: usize,
    certain_alarms: usize,
    harmless: usize,
    wrong: Vec<String>,
}

fn score(only: impl Fn(&str) -> bool) -> Score {
    let mut score = Score::default();
    for (table, labels) in labels().into_iter().filter(|(table, _)| only(table)) {
        let told = classified(&table);
        assert_eq!(told.len(), labels.len(), "{table}");
        for ((name, holds), told) in labels.iter().zip(told) {
            let is_direct = DIRECT.contains(&holds.as_str());
            let called_direct = told.entity.is_some_and(|entity| DIRECT.contains(&entity));
            let told_as = format!("{table}.{name}: {holds}, told as {:?} {:?} ({})", told.class, told.entity, told.why);
            match (is_direct, called_direct) {
                (true, true) => score.right += 1,
                (true, false) => score.missed += 1,
                (false, true) => score.false_alarms += 1,
                (false, false) => {}
            }
            if is_direct != called_direct {
                score.wrong.push(told_as);
            }
            if holds == "-" {
                score.harmless += 1;
                score.certain_alarms += usize::from(called_direct && told.grade == Grade::Certain);
            }
        }
    }
    score
}

#[test]
fn direct_identifiers_are_found_and_little_else_is_taken_for_one() {
    let held = |table: &str| table.starts_with("held_");
    for (which, score) in [("written with", score(|table| !held(table))), ("held out", score(held))] {
        let precision = score.right as f64 / (score.right + score.false_alarms) as f64;
        let recall = score.right as f64 / (score.right + score.missed) as f64;
        println!("{which}: precision {precision:.3}, recall {recall:.3}\n{}", score.wrong.join("\n"));
        assert!(
            precision >= 0.95 && recall >= 0.90,
            "{which}: {precision:.3}, {recall:.3}\n{}",
            score.wrong.join("\n")
        );
        let alarms = score.certain_alarms as f64 / score.harmless as f64;
        assert!(alarms <= 0.003, "{which}: {} of {} are certain alarms", score.certain_alarms, score.harmless);
    }
}

#[test]
fn labels_are_of_the_tables_that_are_there() {
    let tables: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "labels")
        .collect();
    assert_eq!(tables, labels().into_keys().collect());
}
