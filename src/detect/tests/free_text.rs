//! The labelled texts of a public data set, all found and nothing else taken for it.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so, and what was found is worth a look")]

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::detect::{Found, Grade, Hint, Hit, ScanOptions, Scanner};

#[derive(Deserialize)]
struct Labelled {
    full_text: String,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    entity_type: String,
    /// In characters.
    start_position: usize,
    end_position: usize,
}

/// What the labels call each kind, and how many of them there are.
const EXPECTED: &[(&str, &str, usize)] = &[
    ("CREDIT_CARD", "card", 136),
    ("IBAN_CODE", "iban", 21),
    ("EMAIL_ADDRESS", "email", 49),
    ("IP_ADDRESS", "ip", 14),
    ("DOMAIN_NAME", "url", 37),
    ("US_SSN", "national-number", 16),
];

fn labelled() -> Option<Vec<Labelled>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/free-text/data/synth_dataset_v2.json");
    match std::fs::read_to_string(&path) {
        Ok(json) => Some(serde_json::from_str(&json).unwrap()),
        Err(_) => {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "the labelled texts are missing");
            println!("skipped: no labelled texts at {}", path.display());
            None
        }
    }
}

/// The ranges, in bytes, that a text's labels of a kind give.
fn ranges(text: &Labelled, kind: &str) -> Vec<std::ops::Range<usize>> {
    let byte = |characters: usize| text.full_text.chars().take(characters).map(char::len_utf8).sum::<usize>();
    let spans = text.spans.iter().filter(|span| span.entity_type == kind);
    spans.map(|span| byte(span.start_position)..byte(span.end_position)).collect()
}

#[test]
fn every_label_is_found_with_its_exact_range() {
    let Some(texts) = labelled() else { return };
    let (scanner, mut found) = (Scanner::new(&ScanOptions::default()), Found::default());
    let (mut certain, mut missed, mut false_alarms) = (BTreeMap::new(), Vec::new(), Vec::new());
    for text in &texts {
        let hits: Vec<Hit> = scanner.scan(&text.full_text, &Hint::default(), &mut found).to_vec();
        for (label, detector, _) in EXPECTED {
            let expected = ranges(text, label);
            for range in &expected {
                match hits.iter().find(|hit| hit.range == *range && hit.detector == *detector) {
                    Some(hit) => *certain.entry((detector, hit.grade)).or_insert(0) += 1,
                    None => missed.push(format!("{detector}: {}", &text.full_text)),
                }
            }
            let certain = |hit: &&Hit| hit.detector == *detector && hit.grade == Grade::Certain;
            for hit in hits.iter().filter(certain) {
                if !expected.contains(&hit.range) {
                    false_alarms.push(format!("{detector}: {}", &text.full_text[hit.range.clone()]));
                }
            }
        }
        for hit in &hits {
            let known = EXPECTED.iter().any(|(_, detector, _)| *detector == hit.detector);
            if !known && hit.grade == Grade::Certain {
                println!("{}: {}", hit.detector, &text.full_text[hit.range.clone()]);
            }
        }
    }
    println!("{certain:?}");
    assert_eq!(missed, [""; 0]);
    assert_eq!(false_alarms, [""; 0]);
    for (_, detector, count) in EXPECTED {
        let found: usize =
            [Grade::Certain, Grade::Possible].iter().filter_map(|grade| certain.get(&(detector, *grade))).sum();
        assert_eq!(found, *count, "{detector}");
    }
}

#[test]
fn telephones_are_found_mostly_and_hardly_anything_else_is_taken_for_one() {
    let Some(texts) = labelled() else { return };
    let (scanner, mut found) = (Scanner::new(&ScanOptions::default()), Found::default());
    let (mut labels, mut right, mut wrong) = (0, 0, 0);
    for text in &texts {
        let expected = ranges(text, "PHONE_NUMBER");
        labels += expected.len();
        for hit in
            scanner.scan(&text.full_text, &Hint::default(), &mut found).iter().filter(|hit| hit.detector == "phone")
        {
            match expected.iter().any(|range| range.start < hit.range.end && hit.range.start < range.end) {
                true => right += 1,
                false => wrong += 1,
            }
        }
    }
    println!("telephones: {labels} labelled, {right} right, {wrong} wrong");
    assert!(f64::from(right) >= 0.85 * labels as f64 && f64::from(right) >= 0.9 * f64::from(right + wrong));
}
