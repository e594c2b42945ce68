//! Telephone numbers against an oracle, and in texts whose numbers somebody has marked.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use bowdler::detect::phone::{Form, judge, spans};

/// Passes over a test whose means are not here; in CI they have to be.
fn skip(test: &str, why: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{test}: {why}");
    println!("skipped {test}: {why}");
}

#[test]
fn example_numbers_of_every_region_are_known() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/phones.py");
    let output = match Command::new("python3").arg(script).output() {
        Ok(output) if output.status.success() => output,
        _ => return skip("example numbers", "python3 with phonenumbers is not installed"),
    };
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut known: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for line in lines.lines() {
        let [region, form, number] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let hint = Some(region).filter(|_| form == "national");
        let phone = judge(number, hint);
        let right = phone.is_some_and(|phone| form == "national" || phone.form == Form::International);
        let (all, hits) = known.entry(form).or_default();
        *all += 1;
        *hits += usize::from(right);
        if !right {
            missed.push(line);
        }
    }
    println!("{known:?}\n{}", missed.join("\n"));
    for (form, permille) in [("e164", 1000), ("international", 1000), ("national", 900)] {
        let (all, hits) = known[form];
        assert!(all > 1000 && hits * 1000 >= all * permille, "{form}: {hits} of {all}");
    }
}

#[test]
fn numbers_in_free_text_are_found_and_little_else() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/free-text/data/synth_dataset_v2.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        return skip("free text", "the corpus is not here");
    };
    let corpus: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (mut marked, mut given, mut right) = (0, 0, 0);
    for sample in corpus.as_array().unwrap() {
        let text = sample["full_text"].as_str().unwrap();
        // The marks count characters.
        let place =
            |mark: &serde_json::Value| text.char_indices().nth(mark.as_u64().unwrap() as usize).map(|(at, _)| at);
        let phones: Vec<_> = sample["spans"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|span| span["entity_type"] == "PHONE_NUMBER")
            .map(|span| place(&span["start_position"]).unwrap()..place(&span["end_position"]).unwrap_or(text.len()))
            .collect();
        marked += phones.len();
        let mut hits = 0;
        spans(text, &mut |range, _| {
            given += 1;
            let hit = phones
                .iter()
                .any(|phone| phone.start <= range.start && range.end <= phone.end && phone.len() <= range.len() + 2);
            hits += usize::from(hit);
            if !hit {
                println!("too much: {}", &text[range]);
            }
        });
        right += hits;
        if hits < phones.len() {
            println!("missed one of: {:?}", phones.into_iter().map(|phone| &text[phone]).collect::<Vec<_>>());
        }
    }
    println!("{marked} marked, {given} given, {right} right");
    assert!(marked > 50 && right * 100 >= marked * 85, "recall: {right} of {marked}");
    assert!(right * 100 >= given * 90, "precision: {right} of {given}");
}
