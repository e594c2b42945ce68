//! JUnit, as Python's parser reads it.

use std::io::Write;
use std::process::{Command, Stdio};

use bowdler::report::Options;
use serde_json::Value;

use super::{ROUNDED, missing, samples, written};

/// What the parser makes of a document: suites with their counts as said, and cases with what is in them.
fn parsed(document: &str) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/junit.py");
    let mut python = Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    python.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "no XML:\n{document}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_report_is_well_formed_and_counts_its_own_cases() {
    if missing("python3", "tests/install-oracles.sh") {
        return;
    }
    for (sample, report) in samples::all() {
        for options in [Options::default(), ROUNDED] {
            let document = parsed(&written("junit", &report, &options));
            let mut totals = [0, 0, 0];
            for suite in document["suites"].as_array().unwrap() {
                let cases = suite["cases"].as_array().unwrap();
                let having = |what: &str| {
                    cases.iter().filter(|case| case["has"].as_array().unwrap().contains(&what.into())).count()
                };
                let counted = [cases.len(), having("failure"), having("skipped")];
                let said = ["tests", "failures", "skipped"]
                    .map(|name| suite[name].as_str().unwrap().parse::<usize>().unwrap());
                assert_eq!(said, counted, "{sample}: {suite}");
                totals = [0, 1, 2].map(|place: usize| totals[place] + counted[place]);
            }
            let said =
                ["tests", "failures", "skipped"].map(|name| document[name].as_str().unwrap().parse::<usize>().unwrap());
            assert_eq!(said, totals, "{sample}");
        }
    }
}

#[test]
fn cases_fail_where_findings_count_and_are_skipped_where_nobody_looked() {
    if missing("python3", "tests/install-oracles.sh") {
        return;
    }
    let document = parsed(&written("junit", &samples::named("shop"), &Options::default()));
    let has = |suite: usize, name: &str| -> Option<String> {
        let cases = document["suites"][suite]["cases"].as_array().unwrap();
        let case = cases.iter().find(|case| case["name"] == name)?;
        Some(case["has"].as_array().unwrap().iter().map(|has| has.as_str().unwrap()).collect::<Vec<_>>().join(" "))
    };
    for (suite, name, expected) in [
        (0, "customer_id: detector", Some("")),
        (0, "email: detector", Some("failure")),
        (0, "email: survivor", Some("failure")),
        (0, "first_name: detector", Some("system-out")),
        (0, "notes: detector", Some("failure system-out")),
        (0, "notes: looked at", Some("skipped")),
        (1, "card_number: detector", Some("system-out")),
        (1, "created_by (metadata): detector", Some("failure")),
        (1, "photo: looked at", Some("skipped")),
        (2, "looked at", Some("skipped")),
        (3, "looked at", Some("skipped")),
    ] {
        assert_eq!(has(suite, name).as_deref(), expected, "{name}");
    }
}
