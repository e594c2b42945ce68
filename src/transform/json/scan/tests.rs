use std::path::Path as FilePath;

use proptest::prelude::*;

use super::*;
use crate::json::FEW;
use crate::transform::json::path::Path;

/// Scans a text under paths with these fates.
fn scan(rules: &[(&str, Fate)], leave_out_unlisted: bool, text: &str) -> Result<Vec<Cut>, Fault> {
    let paths: Vec<_> = rules.iter().map(|(path, _)| Path::read(path).unwrap()).collect();
    let fates: Vec<_> = rules.iter().map(|(_, fate)| *fate).collect();
    let paths = Paths::new(&paths).unwrap();
    let mut cuts = Vec::new();
    Scanner::new(&paths, &fates, leave_out_unlisted).scan(0, text, &mut cuts).map(|()| cuts)
}

/// What is wrong with a text as such.
fn syntax(text: &str) -> Option<Fault> {
    // A text of which nothing is named is looked at to its end before that is said.
    scan(&[("\"never here\"", Fate::Keep)], true, text).err().filter(|fault| *fault != Fault::Unlisted(String::new()))
}

#[test]
#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
fn what_is_json_to_the_letter_passes_and_nothing_else() {
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/json-test-suite/test_parsing");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: there is no shared data beside this checkout");
        assert!(std::env::var_os("CI").is_none());
        return;
    };
    let mut seen = [0; 3];
    for file in files {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(text) = String::from_utf8(std::fs::read(&path).unwrap()) else {
            assert!(!name.starts_with("y_"), "{name}");
            continue;
        };
        let fault = syntax(&text);
        match name.as_bytes()[0] {
            // A name twice is valid JSON, and is refused for what could hide behind it.
            b'y' if name.contains("duplicated_key") => {
                assert_eq!(fault, Some(Fault::Twice(String::new())), "{name}")
            }
            b'y' => assert_eq!(fault, None, "{name}"),
            b'n' => assert!(matches!(fault, Some(Fault::Syntax(..))), "{name}: {fault:?}"),
            _ => {}
        }
        seen[match name.as_bytes()[0] {
            b'y' => 0,
            b'n' => 1,
            _ => 2,
        }] += 1;
    }
    assert!(seen[0] > 90 && seen[1] > 170 && seen[2] > 15, "{seen:?}");
}

#[test]
fn faults_have_places_and_never_the_text() {
    let rules = [("name", Fate::Rewrite), ("address.city", Fate::Keep), ("tags[]", Fate::Keep), ("x*", Fate::Drop)];
    for (text, said) in [
        ("", "at byte 0 of it, the end where a value should be"),
        ("{\"name\": 1,}", "at byte 11 of it, a member without a name"),
        ("{\"name\": \"\\ud800\"}", "at byte 10 of it, half a surrogate pair, which is no character"),
        ("{\"name\": NaN}", "at byte 9 of it, something that is no value"),
        ("{\"name\": 01}", "at byte 10 of it, neither a comma nor an end"),
        ("{} {}", "at byte 3 of it, something after the end of the value"),
        ("{\"name\": \"a\", \"na\\u006de\": \"b\"}", "two members of one name"),
        ("{\"address\": {\"city\": 1, \"city\": 2}}", "two members of one name inside `address`"),
        ("{\"secret\": 1}", "a path that no rule names"),
        ("{\"secret\": null}", "a path that no rule names"),
        ("{\"address\": {\"secret\": {}}}", "a path that no rule names inside `address`"),
        ("{\"address\": \"secret\"}", "`address` has no parts of the kind that the rules name"),
        ("{\"address\": [\"secret\"]}", "`address` has no parts of the kind that the rules name"),
        ("{\"tags\": [[\"secret\"]]}", "`tags[]` is an object or a list, and no rule names its parts"),
        ("{\"name\": {}}", "`name` is an object or a list, and no rule names its parts"),
        ("{\"address.city\": \"secret\"}", "a path that no rule names"),
        ("\"secret\"", "the whole of it has none of the parts that the rules name"),
        ("[]", "the whole of it has none of the parts that the rules name"),
    ] {
        assert_eq!(scan(&rules, false, text).map_err(|fault| fault.tell()), Err(said.to_owned()), "{text}");
    }
    for text in [
        "null",
        "{}",
        "{\"address\": null}",
        "{\"tags\": []}",
        "{\"address\": {}}",
        "{\"tags\": null}",
        "{\"name\": null, \"tags\": [1, null, true]}",
        "{\"x\": {\"secret\": [1]}, \"xy\": 2}",
    ] {
        assert!(scan(&rules, false, text).is_ok(), "{text}");
    }
    let tie = [("a*", Fate::Keep), ("*b", Fate::Keep)];
    assert_eq!(scan(&tie, false, "{\"ab\": 1}"), Err(Fault::Ambiguous(String::new())));
}

#[test]
fn depth_has_an_end() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(syntax(&nested(DEEPEST)), None);
    assert!(matches!(syntax(&nested(DEEPEST + 1)), Some(Fault::Syntax(DEEPEST, _))));
    assert!(matches!(syntax(&"{\"a\":".repeat(1_000_000)), Some(Fault::Syntax(..))));
}

#[test]
fn a_name_twice_is_found_in_objects_of_any_size() {
    for members in [2, FEW, FEW + 1, 40] {
        let object = |last: usize| {
            let names = (0..members - 1).chain([last]);
            format!("{{{}}}", names.map(|name| format!("\"n\\u0030{name}\": 0")).collect::<Vec<_>>().join(","))
        };
        assert_eq!(syntax(&object(members)), None);
        assert_eq!(syntax(&object((members - 1) / 2)), Some(Fault::Twice(String::new())), "{members}");
    }
}

/// Texts that are JSON, or nearly.
fn nearly_json() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"\"",
        "\"a\"",
        "\"\\u0061\"",
        "\"\\ud800\"",
        "\"",
        "0",
        "-",
        "1.5e1",
        ".",
        "true",
        "null",
        "nul",
        " ",
        "\n",
        "\u{b}",
        "é",
    ]);
    let valid = prop::sample::select(vec![
        r#"{"a": [1, -0.5e+3, {"b": null}], "c": "\\\"\u00e9", "d": {}}"#,
        r#"[[], [true, false], {"": "long enough for several words at once"}]"#,
        r#" "a text alone" "#,
    ]);
    let changed = (valid, 0..80_usize, 0..3_usize, token.clone(), any::<bool>()).prop_map(
        |(text, at, length, token, inserts)| {
            let chars: Vec<char> = text.chars().collect();
            let (before, after) = chars.split_at(at.min(chars.len()));
            let after = &after[length.min(after.len())..];
            let token = if inserts { token } else { "" };
            format!("{}{token}{}", before.iter().collect::<String>(), after.iter().collect::<String>())
        },
    );
    prop_oneof![prop::collection::vec(token, 0..8).prop_map(|tokens| tokens.concat()), changed]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn serde_json_takes_the_same_texts(text in nearly_json()) {
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let ours = !matches!(syntax(&text), Some(Fault::Syntax(..)));
        prop_assert_eq!(ours, theirs, "{}", text);
    }
}
