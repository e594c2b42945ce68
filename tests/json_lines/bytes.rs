//! What stays to the byte, however a file is cut.

use proptest::prelude::*;
use serde_json::Value;

use crate::{Bench, cut};

/// Rules that keep whatever may be kept, and drop what can't.
fn kept(rows: &str, name: &'static str) -> Option<String> {
    let bench = Bench::new(name, rows);
    let outcome = bench.run("\"*\" = \"keep\"", &format!("out-{name}")).ok()?;
    assert!(outcome.published);
    Some(String::from_utf8(std::fs::read(bench.path(&format!("out-{name}"))).unwrap()).unwrap())
}

#[test]
fn files_that_are_kept_are_the_same_to_the_byte() {
    for rows in [
        "{\"a\":1}",
        "{\"a\":1}\n",
        "\u{feff}{\"a\":1}\r\n\r\n \t\n{ \"a\" :\t1.0e+05 }\r\n\n",
        "{\"a\":\"\\u0041\\/\\ud83d\\ude00\"}\n{\"b\":[ ],\"a\":null}\n{}\n",
        "{\"a\":-0}\n{\"a\":0.10}\n{\"a\":123456789012345678901234567890}\n",
        "{\"a\":[[[[{\"b\":[{}]}]]]],\"c\":{\"d\":{\"e\":{}}}}\n",
    ] {
        assert_eq!(kept(rows, "in.jsonl").as_deref(), Some(rows));
    }
    for list in [
        "[]",
        " [ ] \n",
        "[{\"a\":1}]",
        "\u{feff}[\n {\"a\":1},\n{\"a\":2} ,{}\n]\n",
        "{\"a\":1}{\"a\":2}\n",
        "{\n\"a\"\n:\n[\n1\n]\n}",
    ] {
        let columns = if list.contains('a') { "\"*\" = \"keep\"" } else { "a = \"keep\"" };
        assert_eq!(Bench::new("in.json", list).made(columns, "out.json"), list);
    }
}

/// Any value with these leaves; names as people write them.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-c]", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn object() -> impl Strategy<Value = Value> {
    prop::collection::vec(("[a-e]", value()), 0..5).prop_map(|members| Value::Object(members.into_iter().collect()))
}

/// Rules that mask whatever is text at the paths of these rows, keep the rest, and drop what can't be kept.
fn masked(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from("*".repeat(text.chars().count())),
        Value::Array(items) => items.iter().map(masked).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), masked(value))).collect())
        }
        other => other.clone(),
    }
}

/// The same rows with strings for every value that has no parts, so that one rule fits all.
fn texts(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(texts).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), texts(value))).collect())
        }
        Value::Null => Value::Null,
        other => Value::from(format!("\"{other}\\")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    /// A file that is kept is the same, or is refused because no rule can name what is in it.
    #[test]
    fn any_objects_that_can_be_kept_are_the_same_to_the_byte(rows in prop::collection::vec(object(), 1..6), pretty: bool) {
        let write = |row: &Value| if pretty { serde_json::to_string_pretty(row) } else { serde_json::to_string(row) }.unwrap();
        let lines: String = rows.iter().map(|row| row.to_string() + "\n").collect();
        let list = format!("[{}]", rows.iter().map(write).collect::<Vec<_>>().join(", "));
        let any = rows.iter().any(|row| row.as_object().is_some_and(|row| !row.is_empty()));
        let error = any.then(|| Bench::new("in.jsonl", &lines).run("\"*\" = \"keep\"", "out.jsonl").err()).flatten();
        if let Some(error) = error {
            prop_assert!(error.to_string().contains("no rule can name everything in it"), "{error}");
        } else if any {
            prop_assert_eq!(kept(&lines, "in.jsonl"), Some(lines));
            prop_assert_eq!(kept(&list, "in.json"), Some(list));
        }
    }

    /// What is rewritten reads back, by another reader, as what the rule makes of it; blocks and threads are no matter.
    #[test]
    fn rewritten_strings_read_back(rows in prop::collection::vec(object().prop_map(|row| texts(&row)), 1..12), size in 1..200usize) {
        let text: String = rows.iter().map(|row| row.to_string() + "\r\n").collect();
        let bench = Bench::new("in.jsonl", &text);
        match bench.run_with("\"*\" = { do = \"mask\" }", "out.jsonl", &cut(size, 2)) {
            Ok(outcome) => {
                prop_assert!(outcome.published);
                let out = std::fs::read_to_string(bench.path("out.jsonl")).unwrap();
                let read: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                prop_assert_eq!(read, rows.iter().map(masked).collect::<Vec<_>>());
                bench.run_with("\"*\" = { do = \"mask\" }", "again.jsonl", &cut(1 << 20, 1)).unwrap();
                prop_assert_eq!(std::fs::read_to_string(bench.path("again.jsonl")).unwrap(), out);
            }
            // Texts and objects at one path; or nothing at all.
            Err(error) => {
                let error = error.to_string();
                prop_assert!(error.contains("a value keeps its kind") || error.contains("matches no column"), "{error}");
            }
        }
    }
}

#[test]
fn blocks_and_threads_change_nothing() {
    let rows: String = (0..500)
        .map(|row| match row % 5 {
            0 => format!("{{\"id\":{row},\"name\":\"Ana {row}\",\"tags\":[\"a\",\"b{row}\"]}}\n"),
            1 => format!("{{\"id\":{row},\"tags\":[],\"name\":null}}\n\n"),
            2 => "{}\n".to_owned(),
            _ => format!("  {{\"tags\":[\"{row}\",null], \"id\" : {row}}}\r\n"),
        })
        .collect();
    let columns = "id = { do = \"token\", domain = \"person\" }\nname = { do = \"noise\", by = \"1%\" }";
    let columns = columns.replace("{ do = \"noise\", by = \"1%\" }", "{ do = \"mask\" }")
        + "\n\"tags[]\" = { do = \"mask\", keep_first = 1 }";
    let list = format!("[{}]", rows.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n,"));
    for (name, to, contents) in [("in.jsonl", "out.jsonl", &rows), ("in.json", "out.json", &list)] {
        let bench = Bench::new(name, contents);
        let expected = bench.made(&columns, to);
        for (size, threads) in [(1, 1), (7, 2), (64, 4), (1000, 3), (1 << 20, 8)] {
            bench.run_with(&columns, to, &cut(size, threads)).unwrap();
            assert_eq!(std::fs::read_to_string(bench.path(to)).unwrap(), expected, "{size} bytes, {threads} threads");
        }
    }
}

#[test]
fn utf_16_is_read_by_its_mark_and_becomes_utf_8() {
    let wide = |text: &str, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(to_bytes).collect()
    };
    for (name, to, text) in [
        ("in.jsonl", "out.jsonl", "{\"n\":\"Zoë\",  \"k\":\"😀é\"}\r\n{\"k\":\"€\"}"),
        ("in.json", "out.json", "[ {\"n\":\"Zoë\",\n\"k\":\"😀é\"}, {\"k\":\"€\"} ]\n"),
        ("in.jsonl", "out.csv", "{\"n\":\"Zoë\",\"k\":\"é\"}"),
    ] {
        let columns = "n = { do = \"mask\", keep_first = 1 }\nk = \"keep\"";
        let expected = Bench::new(name, text).made(columns, to);
        assert!(expected.contains("Z**"), "{expected}");
        for bytes in [wide(text, u16::to_le_bytes), wide(text, u16::to_be_bytes)] {
            let bench = Bench::new(name, bytes);
            assert_eq!(bench.made(columns, to), expected);
            let manifest = std::fs::read_to_string(bench.path(&format!("{to}.bowdler.manifest.json"))).unwrap();
            assert_eq!(manifest.matches("\"encoding\": \"utf-16").count(), 1, "the input's: {manifest}");
        }
        let mut cut = wide(text, u16::to_le_bytes);
        cut.pop();
        let error = Bench::new(name, cut).refused(columns);
        assert!(error.to_string().contains("the file is no utf-16le"), "{error}");
    }
    // In any other encoding JSON is no JSON, and nothing is guessed.
    let error = Bench::new("in.jsonl", b"{\"a\":1}\n{\"a\":\"Zo\xeb\"}\n").refused("a = \"keep\"");
    assert_eq!((error.place().line, error.message()), (Some(2), "the file is not UTF-8"));
    assert!(error.help().unwrap().contains("UTF-16 with a byte order mark"), "{:?}", error.help());
}
