//! What bowdler tells of itself: the catalogue, completions, manual pages.

use bowdler::transform::{CATALOGUE, TypeClass};

use crate::support::{Workplace, checkout};

const COMMANDS: &[&str] = &["run", "check", "preview", "reveal", "transforms", "key", "completions", "man"];

#[test]
fn the_list_has_every_transform() {
    let ran = Workplace::new().bowdler("transforms").exits(0).says_nothing();
    assert_eq!(ran.stdout.lines().count(), CATALOGUE.len());
    for (line, kind) in ran.stdout.lines().zip(CATALOGUE) {
        assert!(line.starts_with(kind.name()) && line.ends_with(kind.summary()), "{line}");
    }
}

#[test]
fn every_transform_is_explained() {
    for kind in CATALOGUE {
        let ran = Workplace::new().bowdler(&format!("transforms {}", kind.name())).exits(0).says_nothing();
        let ran = ran.prints(&[kind.summary(), kind.example().rule, kind.properties().leaks]);
        let ran = ran.prints(&["on_null", "on_invalid", "when", "otherwise", "deterministic", "always differs"]);
        let parameters: Vec<_> = kind.parameters().iter().map(|parameter| parameter.name).collect();
        let ran = ran.prints(&parameters);
        let types: Vec<_> = kind.takes().iter().map(|class| class.name()).collect();
        ran.prints(if kind.takes() == TypeClass::ALL { &["  all\n"] } else { &types });
    }
}

#[test]
fn the_example_that_is_shown_is_what_a_run_does() {
    for kind in CATALOGUE {
        let name = kind.name();
        let example = Workplace::new().bowdler(&format!("transforms {name} --json")).exits(0).json();
        let example = &example["transforms"][0]["example"];
        let text = |name: &str| example[name].as_str().unwrap_or_default().to_owned();
        let rules = format!(
            "version = 1\n[tables.example]\nfiles = [\"*\"]\nsubject = \"customer_id\"\n[tables.example.columns]\n\
             customer_id = \"keep\"\nfirst_name = \"keep\"\nlast_name = \"keep\"\ncolumn = {}\n",
            text("rule")
        );
        let place = Workplace::new().with("rules.toml", rules);
        let mut writer = csv::Writer::from_path(place.path("in.csv")).unwrap();
        writer.write_record(["customer_id", "first_name", "last_name", "column"]).unwrap();
        writer.write_record(["42", "Zoé", "N'Diaye", &text("source")]).unwrap();
        writer.flush().unwrap();
        place.bowdler("run rules.toml --from in.csv --to out.csv --key-file key").exits(0);
        let mut reader = csv::Reader::from_path(place.path("out.csv")).unwrap();
        let made = reader.records().next().unwrap().unwrap();
        let expected = if name == "drop" { None } else { Some(text("result")) };
        assert_eq!(made.get(3), expected.as_deref(), "{name}");
    }
}

/// The page is made of the catalogue. If this fails, a transform has changed: make the page again, with
/// `cargo run -- transforms --markdown > rules/REFERENCE.md`, and read what changed.
#[test]
fn the_reference_page_is_that_of_the_catalogue() {
    let page = Workplace::new().bowdler("transforms --markdown").exits(0).says_nothing().stdout;
    let kept = std::fs::read_to_string(checkout().join("rules/REFERENCE.md")).unwrap();
    let differs = page.lines().zip(kept.lines()).find(|(made, kept)| made != kept);
    assert!(page == kept, "make the page again: cargo run -- transforms --markdown > rules/REFERENCE.md\n{differs:?}");
    for kind in CATALOGUE {
        assert!(page.contains(&format!("\n## `{}`\n", kind.name())) && page.contains(kind.example().rule));
    }
    assert!(page.lines().filter(|line| line.starts_with('|')).all(|line| line.ends_with('|')));
    Workplace::new().bowdler("transforms mask --markdown").exits(2);
}

#[test]
fn the_catalogue_is_there_for_programs() {
    let json = Workplace::new().bowdler("transforms --json").exits(0).json();
    let names: Vec<_> = json["transforms"].as_array().unwrap().iter().map(|entry| &entry["name"]).collect();
    assert_eq!(names, CATALOGUE.iter().map(|kind| kind.name()).collect::<Vec<_>>());
    assert_eq!(json["common_parameters"][0]["name"], "on_null");
    assert_eq!(json["common_words"][0]["value"], "a null");
    let mask = Workplace::new().bowdler("transforms mask --json").exits(0).json();
    assert_eq!(mask["transforms"][0]["properties"]["reversible"], false);
    assert_eq!(mask["transforms"][0]["takes"], serde_json::json!(["text"]));
    assert_eq!(mask["transforms"][0]["example"]["result"], "****-****-****-1234");
}

#[test]
fn an_unknown_transform_is_2_with_what_was_meant() {
    Workplace::new().bowdler("transforms tokn").exits(2).prints_nothing().says(&["did you mean `token`?"]);
    Workplace::new().bowdler("transforms xyzzy").exits(2).prints_nothing().says(&["`bowdler transforms` lists"]);
}

#[test]
fn every_shell_gets_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = Workplace::new().bowdler(&format!("completions {shell}")).exits(0).says_nothing();
        ran.prints(COMMANDS).prints(&["show-source"]);
    }
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let place = Workplace::new();
    let ran = place.bowdler("man").exits(0).says_nothing();
    let pages: Vec<String> = COMMANDS.iter().map(|command| format!("bowdler\\-{command}(1)")).collect();
    let main = ran.prints(&pages.iter().map(String::as_str).collect::<Vec<_>>()).stdout;
    place.bowdler("man --to share/man1").exits(0).says_nothing().prints_nothing();
    assert_eq!(place.read("share/man1/bowdler.1"), main);
    for command in COMMANDS.iter().chain(&["key-new", "key-id"]) {
        let page = place.read(&format!("share/man1/bowdler-{command}.1"));
        assert!(page.contains(&format!("bowdler\\-{}", command.replace('-', "\\-"))), "{command}: {page}");
    }
    let key_new = place.read("share/man1/bowdler-key-new.1");
    assert!(key_new.contains("64 hexadecimal digits"));
}

#[test]
fn a_folder_that_cannot_be_made_is_5() {
    let place = Workplace::new().with("taken", "");
    place.bowdler("man --to taken/man1").exits(5).says(&["taken/man1: cannot make the folder"]);
}
