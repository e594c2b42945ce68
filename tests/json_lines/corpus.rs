//! Texts that nobody on this project wrote: each as a line, as an element of a list, as a member's value, as a file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Bench, lines};

/// The files of a folder of test data; nothing, and a printed line, where that is not there.
#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
fn data(folder: &str) -> Vec<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    match fs::read_dir(path) {
        Ok(files) => files.map(|file| file.unwrap().path()).collect(),
        Err(_) => {
            println!("skipped: there is no shared data beside this checkout");
            assert!(std::env::var_os("CI").is_none());
            Vec::new()
        }
    }
}

/// What is kept of a file: its bytes, or the words with which it is refused.
fn kept(name: &'static str, contents: &[u8]) -> Result<Vec<u8>, String> {
    let bench = Bench::new(name, contents);
    let to = format!("out-{name}");
    let ran = bench.run("\"*\" = \"keep\"", &to).or_else(|error| match error.to_string() {
        // Where there is no column at all, only a rule for one that may be missing matches.
        message if message.contains("matches no column") => bench.run("a = \"keep\"", &to),
        _ => Err(error),
    });
    match ran {
        Ok(outcome) => {
            assert!(outcome.published);
            Ok(fs::read(bench.path(&to)).unwrap())
        }
        Err(error) => {
            assert_eq!(error.kind(), bowdler::ErrorKind::Data, "{error}");
            Err(error.to_string())
        }
    }
}

/// What is JSON and yet no member of a row that can be kept: a name twice, and parts that no rule can name.
const REFUSED: &[&str] = &["one name twice", "no rule can name everything in it", "two paths are written alike"];

#[test]
fn what_is_json_is_kept_and_what_is_none_is_refused() {
    let files = data("json-test-suite/test_parsing");
    let mut seen = [0; 3];
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read(path).unwrap();
        let valid = match name.as_bytes()[0] {
            b'y' => Some(true),
            b'n' => Some(false),
            // Numbers out of range are kept as they are written, halves of surrogate pairs and other bytes refused.
            _ => Some(
                std::str::from_utf8(&text).is_ok()
                    && ["number", "500_nested", "BOM_empty"].iter().any(|kind| name.contains(kind)),
            ),
        };
        let is_deep = name.contains("500_nested") || name.contains("100000") || name.contains("opening_arrays");
        let valid = valid.map(|valid| valid && !is_deep).unwrap();
        seen[usize::from(valid)] += 1;
        // As a value, on one line; a text that breaks the line is for the list.
        let mut shapes: Vec<(&'static str, Vec<u8>)> =
            vec![("in.json", [b"[{\"a\":", text.as_slice(), b"}\n]"].concat())];
        if !text.contains(&b'\n') {
            shapes.push(("in.jsonl", [b"{\"a\":", text.as_slice(), b"}\n{}\n"].concat()));
        }
        // A byte order mark stands at the start of a file, and nowhere else.
        let inside = valid && !name.contains("BOM");
        for (file, contents) in shapes {
            match kept(file, &contents) {
                Ok(out) => assert!(inside && out == contents, "{name} in {file}"),
                Err(error) if inside => {
                    assert!(REFUSED.iter().any(|known| error.contains(known)), "{name} in {file}: {error}")
                }
                Err(_) => {}
            }
        }
        // As a whole file: what is no JSON is no file of rows either.
        for file in ["in.json", "in.jsonl"] {
            if let Ok(out) = kept(file, &text) {
                let rows_in_a_row = name.contains("trailing") || name.contains("double_array");
                let blank = text.trim_ascii() == "\u{feff}".as_bytes() || text.trim_ascii().is_empty();
                let blank = blank && file == "in.jsonl";
                assert!(out == text && (valid || blank) && !rows_in_a_row, "{name} as {file}");
            }
        }
    }
    assert!(files.is_empty() || (seen[0] > 180 && seen[1] > 100), "{seen:?}");
}

#[test]
fn naughty_strings_are_masked_and_kept() {
    let Some(path) = data("naughty-strings").into_iter().find(|path| path.ends_with("blns.txt")) else { return };
    let text = fs::read_to_string(path).unwrap();
    let strings: Vec<&str> = text.lines().collect();
    let rows: String =
        strings.iter().map(|text| serde_json::json!({"kept": text, "masked": text}).to_string() + "\n").collect();
    let out = lines(&rows, "kept = \"keep\"\nmasked = { do = \"mask\", with = \"#\" }");
    assert_eq!(out.lines().count(), strings.len());
    for (line, text) in out.lines().zip(strings) {
        let expected = serde_json::json!({"kept": text, "masked": "#".repeat(text.chars().count())});
        assert_eq!(serde_json::from_str::<serde_json::Value>(line).unwrap(), expected);
    }
}
