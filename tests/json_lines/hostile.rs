//! Files that are cut off, too deep, too wide, too long or not what they say.

use bowdler::ErrorKind;

use crate::{Bench, cut};

fn rows() -> String {
    (0..40)
        .map(|row| {
            format!(
                "{{\"id\": {row}, \"who\": {{\"name\": \"Añ\\u00e9 \\\"{row}\\\"\", \"tags\": [\"x\", {{\"y\": [true, null, -1.5e3]}}]}}, \"n\": 1.25}}\n"
            )
        })
        .collect()
}

const COLUMNS: &str =
    "id = { do = \"token\", domain = \"person\" }\n\"who.name\" = { do = \"mask\" }\n\"*\" = \"drop\"\nn = \"keep\"";

#[test]
fn a_file_that_is_cut_off_is_refused_and_nothing_is_published() {
    let rows = rows();
    let list = format!("[{}]\n", rows.trim().replace('\n', ",\n"));
    for (name, to, whole) in [("in.jsonl", "out.jsonl", rows), ("in.json", "out.json", list)] {
        for end in (1..whole.len() - 2).filter(|end| end % 512 < 3 || *end > whole.len() - 80) {
            let bench = Bench::new(name, &whole.as_bytes()[..end]);
            match bench.run_with(COLUMNS, to, &cut(300, 2)) {
                // A cut between rows leaves a file of fewer rows.
                Ok(_) => assert!(name == "in.jsonl" && whole[..end].ends_with(['\n', '}']), "{name} at {end}"),
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
                    assert!(!bench.path(to).exists());
                }
            }
        }
    }
}

#[test]
fn one_byte_that_is_another_is_never_a_panic() {
    let rows = rows();
    for at in (0..rows.len()).step_by(149) {
        for byte in [0, b'"', b'\\', b'{', b']', b'\n', 0x80, 0xff] {
            let mut bytes = rows.clone().into_bytes();
            bytes[at] = byte;
            if let Err(error) = Bench::new("in.jsonl", bytes).run(COLUMNS, "out.jsonl") {
                assert_ne!(error.kind(), ErrorKind::Internal, "{error} at {at}");
            }
        }
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_without_values() {
    for (rows, columns, message, line, byte) in [
        ("{\"a\":1}\n{\"a\":canary}\n", "a = \"keep\"", "something that is no value", 2, 13),
        ("{\"a\":1}\n\n[\"canary\"]\n", "a = \"keep\"", "a row is an object", 3, 9),
        ("{\"a\":1}\n\"canary\"\n", "a = \"keep\"", "a row is an object", 2, 8),
        ("{\"a\":1}{\"canary\":1}\n", "a = \"keep\"", "something follows the object", 1, 7),
        ("{\"a\":\"canary\n", "a = \"keep\"", "a string without end", 1, 12),
        ("{\"a\":\"\\ud800canary\"}\n", "a = \"keep\"", "half a surrogate pair", 1, 6),
        ("{\"a\":\"can\tary\"}\n", "a = \"keep\"", "a control character in a string", 1, 9),
        ("{\"a\":{\"canary\":1,\"canary\":2}}\n", "a = \"drop\"", "one name twice", 1, 17),
        ("{\"a\":01}\n", "a = \"keep\"", "neither a comma nor an end", 1, 6),
        ("{\"a\":NaN}\n", "a = \"keep\"", "something that is no value", 1, 5),
    ] {
        let error = Bench::new("in.jsonl", rows).refused(columns);
        assert!(error.to_string().contains(message), "{error}");
        assert!(!format!("{error} {error:?} {:?}", error.help()).contains("canary"), "a value was spoken");
        assert_eq!((error.place().line, error.place().byte), (Some(line), Some(byte)), "{error}");
    }
    let mut latin = b"{\"a\":1}\n{\"a\":\"caf".to_vec();
    latin.extend(b"\xe9\"}\n");
    let error = Bench::new("in.jsonl", latin).refused("a = \"keep\"");
    assert!(error.to_string().contains("not UTF-8") && error.place().line == Some(2), "{error}");
}

#[test]
fn depth_has_a_limit() {
    let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let path = |depth: usize| format!("\"{}\" = \"keep\"", vec!["a"; depth].join("."));
    assert_eq!(Bench::new("in.jsonl", nested(128)).made(&path(128), "out.jsonl"), nested(128));
    for rows in [nested(129), "{\"a\":".repeat(1_000_000), format!("{{\"a\":{}", "[".repeat(1_000_000))] {
        let error = Bench::new("in.jsonl", rows).refused("a = \"drop\"");
        assert!(error.to_string().contains("too deep"), "{error}");
    }
}

#[test]
fn rows_of_up_to_64_mib_are_read_and_no_larger_ones() {
    let row = |length: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(length - 8));
    let fits = row(64 << 20);
    let made = Bench::new("in.jsonl", format!("{fits}\n{{}}\n")).made("a = \"keep\"", "out.jsonl");
    assert!(made == format!("{fits}\n{{}}\n"));
    for name in ["in.jsonl", "in.json"] {
        let error = Bench::new(name, row((64 << 20) + 1)).refused("a = \"keep\"");
        assert!(error.to_string().contains("a row is larger than 64 MiB"), "{error}");
    }
}

#[test]
fn many_missing_values_do_not_fill_the_memory() {
    // Two hundred members, each in one element of a list of a hundred thousand.
    let members: String = (0..200).map(|member| format!("{{\"m_{member:x}\":\"v\"}},")).collect();
    let rows = format!("{{\"l\":[{members}{}{{}}]}}\n", "{},".repeat(100_000));
    let error = Bench::new("in.jsonl", &rows).refused("\"*\" = { do = \"mask\" }");
    assert!(error.to_string().contains("more values than fit in memory"), "{error}");
    // The same in fewer elements a row, which then take several batches.
    let rows = format!("{{\"l\":[{members}{}{{}}]}}\n", "{},".repeat(9_000)).repeat(3);
    let made = Bench::new("in.jsonl", &rows).made("\"*\" = { do = \"mask\" }", "out.jsonl");
    assert_eq!(made, rows.replace("\"v\"", "\"*\""));
}
