//! What the rules mean for what stands in objects.

use crate::{Bench, lines};

/// Rows, rules, and what becomes of them.
const REWRITTEN: &[(&str, &str, &str)] = &[
    // Strings, and every other byte as it was.
    (r#"{"name": "Ana",  "n" :1.50 }"#, "name = { do = \"mask\" }\nn = \"keep\"", r#"{"name": "***",  "n" :1.50 }"#),
    // Numbers keep their kind: integers as such, decimals with the decimals that they came with.
    (
        "{\"a\": 17, \"b\": 19.90}\n{\"b\": -3.25, \"a\": 4}",
        "a = { do = \"round\", to = 10 }\nb = { do = \"round\", to = 1 }",
        "{\"a\": 20, \"b\": 20.00}\n{\"b\": -3.00, \"a\": 0}",
    ),
    // A number with an exponent is a floating-point number, and so are the others at its path.
    ("{\"a\": 1.5e1}\n{\"a\": 22}", "a = { do = \"round\", to = 10 }", "{\"a\": 20.0}\n{\"a\": 20.0}"),
    // Several kinds at one path: each keeps its own.
    (
        "{\"id\": 42}\n{\"id\": \"42\"}\n{\"id\": null}\n{}",
        "id = { do = \"token\", domain = \"person\" }",
        "{\"id\": 693096392}\n{\"id\": \"693096392\"}\n{\"id\": null}\n{}",
    ),
    // Missing members stay missing, nulls stay null, `{}` and `[]` say that nothing is there.
    (
        "{\"a\":\"x\"}\n{\"a\":null}\n{}\n{\"a\":{}}\n{\"a\":[ ]}",
        "a = { do = \"mask\" }",
        "{\"a\":\"*\"}\n{\"a\":null}\n{}\n{\"a\":{}}\n{\"a\":[ ]}",
    ),
    ("{\"a\":\"x\"}\n{\"a\":null}", "a = \"null\"", "{\"a\":null}\n{\"a\":null}"),
    (
        "{\"a\":\"x\"}\n{\"a\":null}\n{}",
        "a = { do = \"replace\", with = \"q\\\"\", on_null = \"replace\" }",
        "{\"a\":\"q\\\"\"}\n{\"a\":\"q\\\"\"}\n{}",
    ),
    (
        "{\"a\":1.5}\n{\"a\":null}",
        "a = { do = \"replace\", with = \"7\", on_null = \"replace\" }",
        "{\"a\":7}\n{\"a\":7}",
    ),
    // Nested paths; those that no rule rewrites stay to the byte.
    (
        r#"{"who":{"name":"Ana","geo":[2.350, 48.0]},"items":[{"t":"a"},{ "t":"bc","u":1},{}],"x":[["p"],[],["q","r"]]}"#,
        "\"who.name\" = { do = \"mask\" }\n\"who.geo[]\" = \"keep\"\n\"items[].t\" = { do = \"mask\" }\n\
         \"items[].u\" = \"keep\"\n\"x[][]\" = { do = \"mask\" }",
        r#"{"who":{"name":"***","geo":[2.350, 48.0]},"items":[{"t":"*"},{ "t":"**","u":1},{}],"x":[["*"],[],["*","*"]]}"#,
    ),
    // What is dropped goes with one comma, wherever it stands.
    (r#"{"a":1, "b":2,"c":3 }"#, "a = \"drop\"\nb = \"keep\"\nc = \"keep\"", r#"{"b":2,"c":3 }"#),
    (r#"{"a":1, "b":2,"c":3 }"#, "a = \"keep\"\nb = \"drop\"\nc = \"keep\"", r#"{"a":1,"c":3 }"#),
    (r#"{"a":1, "b":2,"c":3 }"#, "a = \"keep\"\nb = \"keep\"\nc = \"drop\"", r#"{"a":1, "b":2 }"#),
    (r#"{"a":1, "b":2,"c":3 }"#, "a = \"drop\"\nb = \"drop\"\nc = \"keep\"", r#"{"c":3 }"#),
    ("{\"a\":1}\n{\"b\":2}", "a = \"drop\"\nb = \"keep\"", "{}\n{\"b\":2}"),
    (
        r#"{"o":{"a":1,"b":"x"},"l":[{"a":1},{"b":"y","a":2}],"d":{"p":{"q":1}}}"#,
        "\"o.a\" = \"drop\"\n\"o.b\" = { do = \"mask\" }\n\"l[].a\" = \"drop\"\n\"l[].b\" = \"keep\"\nd = \"drop\"",
        r#"{"o":{"b":"*"},"l":[{},{"b":"y"}]}"#,
    ),
    // An empty list where others have objects, as PHP writes it.
    (
        "{\"o\":{\"a\":\"x\"}}\n{\"o\":[]}\n{\"o\":null}\n{\"o\":{}}\n{}",
        "\"o.a\" = { do = \"mask\" }",
        "{\"o\":{\"a\":\"*\"}}\n{\"o\":[]}\n{\"o\":null}\n{\"o\":{}}\n{}",
    ),
    // Escapes are read, and written where they must be.
    (
        r#"{"n\u0061me": "\u00e9\ud83d\ude00\/", "m": "a\u0000b"}"#,
        "name = { do = \"mask\", keep_first = 2 }\nm = { do = \"mask\", keep_first = 2 }",
        r#"{"n\u0061me": "é😀*", "m": "a\u0000*"}"#,
    ),
    // Whole numbers beyond 64 bits are text of the kind number.
    (
        "{\"a\":12345678901234567890}\n{\"a\":1}",
        "a = { do = \"mask\", keep_first = 1, with = \"0\" }",
        "{\"a\":10000000000000000000}\n{\"a\":0}",
    ),
    ("{\"a\":true}\n{\"a\":false}", "a = \"keep\"", "{\"a\":true}\n{\"a\":false}"),
    // A path that holds objects here and texts there is one text of JSON.
    (
        "{\"p\":{\"email\":\"a@b.example\"}}\n{\"p\":null}",
        "\"p.email\" = { do = \"mask\" }",
        "{\"p\":{\"email\":\"***********\"}}\n{\"p\":null}",
    ),
    (
        "{\"p\":{\"email\":\"ab\"}}\n{\"p\":[{\"email\":\"cde\"}]}",
        "p = { do = \"json\", paths = { email = { do = \"mask\" }, \"[].email\" = { do = \"mask\" } } }",
        "{\"p\":{\"email\":\"**\"}}\n{\"p\":[{\"email\":\"***\"}]}",
    ),
    ("{\"p\":{\"x\":1},\"q\":1}\n{\"p\":\"s\",\"q\":2}", "p = \"drop\"\nq = \"keep\"", "{\"q\":1}\n{\"q\":2}"),
    // Names that are data.
    (
        "{\"by\":{\"ana@shop.example\":\"x\",\"b@shop.example\":\"yz\"},\"k\":{\"100001\":\"v\"}}",
        "by = { do = \"json\", paths = { \"*\" = { do = \"mask\" } } }\nk = \"drop\"",
        "{\"by\":{\"ana@shop.example\":\"*\",\"b@shop.example\":\"**\"}}",
    ),
    // Paths that the rules name and tonight's file has not.
    (
        "{\"a\":\"x\"}",
        "a = { do = \"mask\" }\ncoupon = \"drop\"\n\"to[].who.name\" = { do = \"mask\" }",
        "{\"a\":\"*\"}",
    ),
    // Other columns of the same row, nested ones too.
    (
        "{\"c\":{\"f\":\"DE\"},\"n\":\"Ana\"}\n{\"n\":\"Bob\",\"c\":{\"f\":\"FR\"}}",
        "\"c.f\" = \"keep\"\nn = { do = \"mask\", when = { column = \"c.f\", in = [\"DE\"] }, otherwise = \"keep\" }",
        "{\"c\":{\"f\":\"DE\"},\"n\":\"***\"}\n{\"n\":\"Bob\",\"c\":{\"f\":\"FR\"}}",
    ),
];

#[test]
fn rows_become_what_the_rules_say() {
    for (rows, columns, expected) in REWRITTEN {
        assert_eq!(lines(rows, columns), *expected, "{columns}");
    }
}

#[test]
fn a_list_of_objects_is_treated_like_lines() {
    for (rows, columns, expected) in REWRITTEN {
        for (first, between, last) in
            [("[", ",", "]"), ("\u{feff}\n [\n  ", ",\n  ", "\n]\n\n"), ("", "\n", ""), ("", " ", "\r\n")]
        {
            let list = |rows: &str| first.to_owned() + &rows.split('\n').collect::<Vec<_>>().join(between) + last;
            assert_eq!(Bench::new("in.json", list(rows)).made(columns, "out.json"), list(expected), "{columns}");
        }
    }
}

#[test]
fn objects_over_several_lines_are_rows_of_a_json_file() {
    let rows = "{\n  \"name\": \"Ana\",\n  \"tags\": [\n    1\n  ]\n}\n\n{\n  \"name\": \"Bob\"\n}\n";
    let columns = "name = { do = \"mask\" }\n\"tags[]\" = \"drop\"";
    let expected = "{\n  \"name\": \"***\"\n}\n\n{\n  \"name\": \"***\"\n}\n";
    assert_eq!(Bench::new("in.json", rows).made(columns, "out.json"), expected);
}

#[test]
fn what_no_rule_names_stops_the_run() {
    for (rows, columns, message) in [
        ("{\"a\":1,\"b\":2}", "a = \"keep\"", "no rule names the column `b`"),
        ("{\"a\":1}\n{\"a\":1,\"b\":{\"c\":[1]}}", "a = \"keep\"", "no rule names the column `b.c[]`"),
        (
            "{\"a\":[{\"x\":1}]}\n{\"a\":[{\"x\":1},{\"y\":2}]}",
            "\"a[].x\" = \"keep\"",
            "no rule names the column `a[].y`",
        ),
        ("{\"a\":1}", "a = \"keep\"\n\"a.b\" = \"keep\"", "this rule matches no column"),
        ("{\"a\":{\"x\":1}}\n{\"a\":\"s\"}", "a = \"keep\"", "no rule can name everything in it"),
        ("{\"a\":{\"x\":1}}\n{\"a\":\"s\"}", "\"*\" = \"keep\"", "no rule can name everything in it"),
        ("{\"a\":{\"ana@shop.example\":1}}", "a = \"keep\"", "no rule can name everything in it"),
        ("{\"a.b\":1,\"a\":{\"b\":2}}", "\"*\" = \"keep\"", "two paths are written alike"),
        ("{\"ana@shop.example\":1}", "\"*\" = \"keep\"", "a name that looks like a value"),
        ("{\"a\":1,\"a\":2}", "a = \"keep\"", "one name twice"),
        ("{\"a\":1,\"\\u0061\":2}", "a = \"keep\"", "one name twice"),
        ("{\"a\":{\"x\":1}}\n{\"a\":[{\"x\":1,\"x\":2}]}", "a = \"drop\"", "one name twice"),
    ] {
        let error = Bench::new("in.jsonl", rows).refused(columns);
        assert!(error.to_string().contains(message), "{error} for {columns}");
        assert!(!format!("{error:?} {:?}", error.help()).contains("ana@"), "a value was spoken");
    }
}

#[test]
fn unlisted_paths_are_left_out_where_that_is_asked_for() {
    let folder = Bench::new("in.jsonl", "{\"a\":1,\"b\":{\"c\":2,\"d\":3},\"e\":[1]}\n");
    let text = "version = 1\nunlisted = \"drop\"\n[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\na = \"keep\"\n\"b.d\" = \"keep\"\n";
    let rules = bowdler::Rules::parse("rules", text).unwrap();
    let keys = bowdler::Keyring::new(bowdler::Key::from_bytes([0; 32]), rules.suite());
    let (from, to) = (folder.path("in.jsonl"), folder.path("out.jsonl"));
    bowdler::run(&rules, &from, &to, &keys, &bowdler::RunOptions::default(), &bowdler::Silent).unwrap();
    assert_eq!(std::fs::read_to_string(to).unwrap(), "{\"a\":1,\"b\":{\"d\":3}}\n");
}

#[test]
fn a_value_keeps_its_kind() {
    for (rows, columns) in [
        ("{\"a\":1.5}", "a = { do = \"mask\" }"),
        ("{\"a\":\"x\"}\n{\"a\":true}", "a = { do = \"mask\" }"),
        ("{\"a\":{\"x\":1}}\n{\"a\":\"s\"}", "a = { do = \"mask\" }"),
    ] {
        let error = Bench::new("in.jsonl", rows).refused(columns);
        assert!(error.to_string().contains("a value keeps its kind"), "{error}");
        assert_eq!(error.place().column.as_deref(), Some("a"));
    }
    // Of a path that has whole numbers alone it is known before a byte is written.
    let error = Bench::new("in.jsonl", "{\"a\":1}").refused("a = { do = \"mask\" }");
    assert!(error.to_string().contains("can't treat a column of type Int64"), "{error}");
}

#[test]
fn the_row_that_makes_a_path_another_shape_is_the_one_that_is_told() {
    for (usual, odd) in [
        (r#"{"a":"x"}"#, r#"{"a":{"b":1}}"#),
        (r#"{"a":{"b":1}}"#, r#"{"a":"x"}"#),
        (r#"{"a":["x"]}"#, r#"{"a":"x"}"#),
        (r#"{"a":{"b":"x"}}"#, r#"{"a":{"31415926":"x"}}"#),
        (r#"{"a":{"b":"x"}}"#, r#"{"a":{"b":"x", "zoe@canary.test":"y"}}"#),
    ] {
        // A handful, and more than is looked at in one piece.
        for (before, after) in
            [(3, "\n"), (3, &format!("\n{odd}\n")), (3, &format!("\n{usual}\n")), (1_100_000 / usual.len(), "\n")]
        {
            let rows = format!("{}{odd}{after}", format!("{usual}\n").repeat(before));
            for columns in ["a = \"keep\"", "a = { do = \"mask\" }"] {
                let error = Bench::new("in.jsonl", &rows).refused(columns);
                let place = (error.place().line, error.place().record, error.place().column.as_deref());
                let row = before as u64 + 1;
                assert_eq!(place, (Some(row), Some(row), Some("a")), "{usual}, {odd}, {columns}: {error}");
                assert!(!format!("{error} {:?}", error.help()).contains("31415926"));
            }
        }
    }
    let list = "[\n{\"a\":\n1},\n{\"a\":2}, {\"c\":\n\n3, \"a\":\n{}},\n{\"c\":1,\n\"a\":\n{\"b\":3}}]";
    let error = Bench::new("in.json", list).refused("a = { do = \"mask\" }\nc = \"keep\"");
    assert_eq!((error.place().line, error.place().record), (Some(10), Some(4)), "{error}");
}

#[test]
fn places_are_those_of_the_file() {
    let rows = format!("{}{{\"a\":\"x\",\"n\":2.5}}\n", "\n{\"a\":\"abc\",\"n\":1.5}\r\n".repeat(1000));
    let bench = Bench::new("in.jsonl", rows);
    let columns = "n = \"keep\"\na = { do = \"encrypt\", alphabet = \"digits\" }";
    let outcome = bench.run_with(columns, "out.jsonl", &crate::cut(64, 2)).unwrap();
    let places: Vec<_> =
        outcome.files[0].findings[0].first.iter().map(|found| (found.place.line, found.place.record)).collect();
    assert_eq!(places[..3], [(Some(2), Some(1)), (Some(4), Some(2)), (Some(6), Some(3))]);
}
