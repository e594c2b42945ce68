//! The findings of a verification, in every format.
//!
//! What each format makes of the reports in `samples.rs` stands in `tests/reports/golden`. After a change that is meant,
//! `BOWDLER_RENEW_REPORTS=1 cargo test --test reports` writes the files anew; read the difference before it is committed.

mod browser;
mod command;
mod samples;
mod sarif;
mod xml;

use std::path::PathBuf;

use bowdler::report::{self, FORMATS, Options, Style};
use bowdler::verify::{Report, Verdict};
use serde_json::Value;

/// A report in a format.
fn written(format: &str, report: &Report, options: &Options) -> String {
    let mut out = Vec::new();
    report::write(report::format(format).unwrap(), report, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(report: &Report, options: &Options) -> Value {
    serde_json::from_str(&written("json", report, options)).unwrap()
}

/// Small counts are not told.
const ROUNDED: Options = Options { round_below: Some(5), style: Style::Plain };

/// Whether a program that the tests ask is not there; under `CI=true` it must be.
fn missing(program: &str, how: &str) -> bool {
    let there = std::process::Command::new(program).arg("--version").output();
    if there.is_ok_and(|output| output.status.success()) {
        return false;
    }
    println!("skipped: there is no {program}; see {how}");
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{program} must be there");
    true
}

#[test]
fn formats_are_told_apart_and_say_what_they_are_for() {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
    assert_eq!(names, ["text", "json", "sarif", "junit", "html"]);
    assert!(FORMATS.iter().all(|format| !format.summary().is_empty() && !format.summary().ends_with('.')));
    assert!(report::format("pdf").is_none());
}

#[test]
fn every_format_says_what_it_said() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reports/golden"));
    let renew = std::env::var_os("BOWDLER_RENEW_REPORTS").is_some();
    let mut differ = Vec::new();
    for (sample, report) in samples::all() {
        for (suffix, options) in [("", Options::default()), (".rounded", ROUNDED)] {
            for format in FORMATS {
                let path = folder.join(format!("{sample}{suffix}.{}", format.name()));
                // A file is as git has it: the version of the program is not part of what is held.
                let text = written(format.name(), &report, &options).replace(env!("CARGO_PKG_VERSION"), "[version]");
                if renew {
                    std::fs::write(&path, &text).unwrap();
                }
                if std::fs::read_to_string(&path).ok() != Some(text) {
                    differ.push(path);
                }
            }
        }
    }
    assert!(differ.is_empty(), "these differ; see the head of tests/reports/main.rs: {differ:#?}");
}

#[test]
fn the_last_line_is_the_verdict_and_what_to_do() {
    for (sample, verdict, words) in [
        ("leaky", Verdict::Findings, "Not clean: more was found than is allowed. Keep the data set back, give"),
        ("clean", Verdict::Clean, "Clean: everything was looked at, and nothing was found that counts. Nothing is"),
        ("shop", Verdict::Incomplete, "Not clean, and not all of it could be looked at. Keep the data set back, mend"),
        ("empty", Verdict::Incomplete, "Nothing is claimed: not all of it could be looked at. Keep the data set back"),
    ] {
        let report = samples::named(sample);
        assert_eq!(report.verdict, verdict, "{sample}");
        let text = written("text", &report, &Options::default());
        let last = text.lines().last().unwrap();
        assert!(last.starts_with(words), "{sample}: {last}");
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let report = samples::named("shop");
    let plain = written("text", &report, &Options::default());
    let colour = written("text", &report, &Options { style: Style::Colour, ..Options::default() });
    assert!(!plain.contains('\u{1b}') && colour.contains("\u{1b}[1;31m"));
    let stripped: Vec<String> =
        colour.lines().map(|line| console::strip_ansi_codes(line).trim_end().to_owned()).collect();
    assert_eq!(stripped, plain.lines().collect::<Vec<_>>());
}

#[test]
fn names_from_data_are_text_and_nothing_else() {
    let report = samples::named("hostile");
    for format in FORMATS {
        let text = written(format.name(), &report, &ROUNDED);
        for c in ['\u{202e}', '\u{2066}', '\u{1b}', '\u{0}', '\u{7f}', '\u{9b}', '\r', '\t'] {
            assert!(!text.contains(c), "{}: {c:?}", format.name());
        }
        if matches!(format.name(), "html" | "junit") {
            assert!(!text.contains("<script") && !text.contains("]]>") && !text.contains("<img"), "{}", format.name());
        }
    }
    // A program gets the name as it is.
    let names: Vec<String> = json(&report, &Options::default())["files"][0]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, samples::HOSTILE);
}

#[test]
fn small_counts_and_what_gives_them_away_are_not_told() {
    let report = samples::named("small");
    let document = json(&report, &ROUNDED);
    // Three of 997 are null, and three of the others have a name: neither how many, nor where, nor the 994 others.
    let column = &document["files"][0]["columns"][0];
    assert_eq!((&column["nulls"], &column["cells"]), (&"< 5".into(), &">= 990".into()));
    let [few, all] = document["findings"].as_array().unwrap().as_slice() else { panic!() };
    assert_eq!((&few["cells"], &few["hits"], &few["of"]), (&"< 5".into(), &"< 5".into(), &">= 990".into()));
    assert_eq!(few["sites"], Value::Array(vec![]));
    assert_eq!((&all["cells"], &all["hits"]), (&">= 990".into(), &">= 990".into()));
    assert_eq!((&document["totals"]["cells"], &document["totals"]["hits"]), (&">= 990".into(), &">= 990".into()));
    for format in FORMATS {
        let text = written(format.name(), &report, &ROUNDED);
        assert!(["< 5", "&lt; 5"].iter().any(|shown| text.contains(shown)), "{}", format.name());
        for told in ["778", "994", "99.7", "0.3 %", "\"hits\": 3", ">3 cells", " 3 cells"] {
            assert!(!text.contains(told), "{}: {told}\n{text}", format.name());
        }
        // What is hidden by choice is there by default.
        assert!(written(format.name(), &report, &Options::default()).contains("778"), "{}", format.name());
    }
}

#[test]
fn json_is_the_report_field_by_field() {
    for (sample, report) in samples::all() {
        assert_eq!(json(&report, &Options::default()), serde_json::to_value(&report).unwrap(), "{sample}");
        // Rounding moves counts alone.
        let rounded = json(&report, &ROUNDED);
        for same in ["format", "bowdler", "verdict", "fail_on", "max", "coverage", "weakenings"] {
            assert_eq!(rounded[same], serde_json::to_value(&report).unwrap()[same], "{sample}: {same}");
        }
    }
}

#[test]
fn the_page_needs_nothing_else() {
    for (sample, report) in samples::all() {
        let page = written("html", &report, &Options::default());
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""));
        for from_elsewhere in ["<script", "http:", "https:", "url(", "@import", "<link", "<iframe", "<img", "<object"] {
            assert!(!page.contains(from_elsewhere), "{sample}: {from_elsewhere}");
        }
        // Every picture has its words, or is passed over by readers aloud because the words stand beside it.
        for svg in page.split("<svg").skip(1) {
            let tag = svg.split('>').next().unwrap();
            assert!(tag.contains("aria-label=\"") || tag.contains("aria-hidden=\"true\""), "{sample}: {tag}");
        }
        assert_eq!(page.matches("<th>").count(), 0, "{sample}: every head of a table says what it heads");
        assert_eq!(page.matches("<h1>").count(), 1);
    }
}
