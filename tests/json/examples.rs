use arrow::array::{Array, AsArray};
use bowdler::Rules;

use super::{apply, made, reasons, rules};

fn json(paths: &str) -> String {
    format!("{{ do = \"json\", paths = {{ {paths} }} }}")
}

#[test]
fn only_what_a_rule_names_changes_and_every_other_byte_stays() {
    for (paths, source, expected) in [
        (
            r#"name = { do = "mask", keep_first = 1 }, age = "keep""#,
            " { \"age\" : 1.50e+2 ,\n\t\"name\":\"\\u0041na\" } \r\n",
            " { \"age\" : 1.50e+2 ,\n\t\"name\":\"A**\" } \r\n",
        ),
        (
            r#""emails[]" = { do = "mask", keep_last = 2 }, "a.b" = "keep""#,
            r#"{"emails":["x@y.fr",null , "\"é\\"],"a":{"b":"\u00e9\/"}}"#,
            r#"{"emails":["****fr",null , "*é\\"],"a":{"b":"\u00e9\/"}}"#,
        ),
        (r#""[][].v" = "null""#, r#"[[{"v":1},{"v":"x"}],[],[{}]]"#, r#"[[{"v":null},{"v":null}],[],[{}]]"#),
        (
            r#"a = { do = "round", to = 10 }, b = { do = "replace", with = true }"#,
            r#"{"a": 42, "b": false}"#,
            r#"{"a": 40, "b": true}"#,
        ),
        (r#"x = { do = "replace", with = "line\n\"\u0001\"" }"#, r#"{"x": ""}"#, r#"{"x": "line\n\"\u0001\""}"#),
        (
            r#"a = { do = "replace", with = "-", on_null = "replace" }, b = { do = "generalise", to = "year", on_invalid = "null" }"#,
            r#"{"a": null, "b": "no date"}"#,
            r#"{"a": "-", "b": null}"#,
        ),
        (r#"'"a.b"' = "keep", 'a.b' = "null""#, r#"{"a.b": 1, "a": {"b": 2}}"#, r#"{"a.b": 1, "a": {"b": null}}"#),
        (
            r#"inner = { do = "json", paths = { n = "null" } }"#,
            r#"{"inner": "{\"n\": 1}"}"#,
            r#"{"inner": "{\"n\": null}"}"#,
        ),
        // The more specific path holds, also below something that is dropped.
        (
            r#""s.*" = "null", "s.id" = "keep", geo = "drop", "geo.country" = "keep""#,
            r#"{"s": {"id": 1, "a": 2}, "geo": {"lat": [1], "country": "FR", "lon": {}}}"#,
            r#"{"s": {"id": 1, "a": null}, "geo": {"country": "FR"}}"#,
        ),
        // Members go with one comma, wherever they stand.
        (r#"x = "drop", "x?" = "drop", k = "keep""#, r#"{"x":1 , "k":1}"#, r#"{"k":1}"#),
        (r#"x = "drop", "x?" = "drop", k = "keep""#, r#"{ "k":1 , "x":[{}] }"#, r#"{ "k":1  }"#),
        (r#"x = "drop", "x?" = "drop", k = "keep""#, r#"{"x":1,"x1":2,"k":1,"x2":3,"x3":4}"#, r#"{"k":1}"#),
        (r#"x = "drop", "x?" = "drop", k = "keep""#, r#"{ "x":1, "x1":2 }"#, r#"{  }"#),
        (r#""l[].x" = "drop", "l[]" = "drop""#, r#"{"l": [1, {"x": 1}, 2, {}]}"#, r#"{"l": [{}, {}]}"#),
    ] {
        let applied = apply(&json(paths), "error", &[Some(source)]);
        assert_eq!(reasons(&applied), [], "{source}");
        assert_eq!(made(&applied), [Some(expected)]);
        serde_json::from_str::<serde_json::Value>(expected).unwrap();
    }
}

#[test]
fn unlisted_parts_are_left_out_where_the_rules_say_so() {
    let rule = json(r#"a = "keep", "b.c" = "keep""#);
    for (source, expected) in [
        (r#"{"a": 1, "secret": 2}"#, Some(r#"{"a": 1}"#)),
        (r#"{"secret": {"a": 1}, "b": {"secret": 1}}"#, Some(r#"{"b": {}}"#)),
        (r#"{"a": {"secret": 1}, "b": "secret"}"#, Some("{}")),
        (r#"["secret"]"#, None),
        ("1", None),
    ] {
        assert_eq!(made(&apply(&rule, "drop", &[Some(source)])), [expected], "{source}");
    }
}

#[test]
fn a_token_is_the_same_in_json_and_outside_of_it() {
    let rule = json(r#"id = { do = "token", domain = "person" }, "ids[]" = { do = "token", domain = "person" }"#);
    let applied = apply(&rule, "error", &[Some(r#"{"id": 42, "ids": ["42"]}"#)]);
    let token = applied.batch.column(0).as_primitive::<arrow::datatypes::Int64Type>().value(0);
    assert_eq!(made(&applied), [Some(format!(r#"{{"id": {token}, "ids": ["{token}"]}}"#).as_str())]);
}

#[test]
fn rules_inside_read_the_row_that_they_are_in() {
    let rule = json(
        r#""mails[]" = { do = "template", text = "{name|lower}.{id}@example.com" }, day = { do = "shift", days = 30 }"#,
    );
    let texts = [
        Some(r#"{"mails": ["a", "b"], "day": "2024-02-03"}"#),
        None,
        Some(r#"{"day": "2024-02-03"}"#),
        Some(r#"{"mails": ["c"], "day": "2024-02-04"}"#),
    ];
    let applied = apply(&rule, "error", &texts);
    let ids: Vec<i64> = applied.batch.column(0).as_primitive::<arrow::datatypes::Int64Type>().values().to_vec();
    let made: Vec<Option<serde_json::Value>> =
        made(&applied).into_iter().map(|text| text.map(|text| serde_json::from_str(text).unwrap())).collect();
    let mail = |row: usize| format!("z**.{}@example.com", ids[row]);
    assert_eq!(made[0].as_ref().unwrap()["mails"], serde_json::json!([mail(0), mail(0)]));
    assert_eq!(made[3].as_ref().unwrap()["mails"], serde_json::json!([mail(3)]));
    assert_eq!(made[1], None);
    // Each person's days are shifted as that person's days are outside.
    let plain = apply(
        r#"{ do = "shift", days = 30 }"#,
        "error",
        &[Some("2024-02-03"), None, Some("2024-02-03"), Some("2024-02-04")],
    );
    for (row, day) in super::made(&plain).into_iter().enumerate() {
        assert_eq!(made[row].as_ref().map(|made| made["day"].as_str().unwrap()), day, "row {row}");
    }
}

#[test]
fn a_value_that_does_not_conform_is_told_by_row_and_path_alone() {
    let rule =
        json(r#"name = { do = "mask" }, day = { do = "generalise", to = "year" }, "tags[]" = "keep", gone = "drop""#);
    let texts = [
        Some(r#"{"name": "secret"}"#),
        Some(r#"{"name": 7}"#),
        Some(r#"{"day": "secret"}"#),
        None,
        Some(r#"{"name": "secret", "secret": 1}"#),
        Some(r#"{"tags": [1, {"secret": 2}]}"#),
        Some(r#"{"name": "secret""#),
    ];
    let applied = apply(&rule, "error", &texts);
    assert_eq!(
        reasons(&applied),
        [
            (1, "the rule of `name` makes of a number or a boolean what is none, and a value keeps its kind"),
            (2, "a value at `day` does not conform to the rule of that path"),
            (4, "a path that no rule names"),
            (5, "`tags[]` is an object or a list, and no rule names its parts"),
            (6, "at byte 17 of it, neither a comma nor an end"),
        ]
    );
    assert_eq!(applied.counts[2].invalid, 5);
    assert_eq!(made(&applied)[0], Some(r#"{"name": "******"}"#));
    assert_eq!(made(&applied)[1..], [None; 6]);
    let column = applied.batch.column_by_name("data").unwrap();
    let bytes = column.to_data().buffers().iter().flat_map(|buffer| buffer.as_slice().to_vec()).collect::<Vec<_>>();
    assert!(!String::from_utf8_lossy(&bytes).contains("secret"), "a value is left under a null");
    let treated = apply(&rule.replace("{ do = \"json\",", "{ do = \"json\", on_invalid = \"null\","), "error", &texts);
    assert_eq!((treated.counts[2].invalid, treated.counts[2].treated), (0, 5));
}

#[test]
fn every_mistake_inside_is_told_in_its_line() {
    for (paths, said) in [
        ("", "no path has a rule"),
        (r#""a..b" = "keep""#, "this is no path: a name is missing"),
        (r#""a[0]" = "keep""#, "a name with brackets or quotes stands in double quotes"),
        (r#""*" = "keep""#, "no pattern is kept"),
        (r#""address.*" = "keep""#, "no pattern is kept"),
        (r#"a = "kep""#, "did you mean \"keep\"?"),
        (r#"a = { do = "mask", keep_frist = 1 }"#, "did you mean `keep_first`?"),
        (r#"a = { do = "token", domain = "persn" }"#, "person"),
        (r#"a = { do = "mask", on_null = "replace" }"#, "can't make a value from nothing"),
        (r#"a = 7"#, "a rule is a word or a table"),
        (r#"'a' = "keep", '"a"' = "drop""#, "this path stands twice"),
        (r#"a = { do = "json", paths = { "" = "drop" } }"#, "a path is not empty"),
        (
            r#"a = { do = "mask", when = { column = "id", in = [1] }, otherwise = "null" }"#,
            "a rule for a part of a value has no `when`",
        ),
    ] {
        let text = rules(&json(paths), "error");
        let error = Rules::parse("rules.toml", &text).err().unwrap_or_else(|| panic!("{paths} is taken")).to_string();
        assert!(error.contains(said) && error.contains("rules.toml:11"), "{paths}: {error}");
    }
    for rule in [r#""json""#, r#"{ do = "json", paths = "name" }"#] {
        let error = Rules::parse("rules.toml", &rules(rule, "error")).unwrap_err().to_string();
        assert!(error.contains("paths"), "{error}");
    }
}

#[test]
fn a_rule_inside_is_held_to_the_column_it_is_in() {
    let bind = |rule: &str| {
        let rules = Rules::parse("rules.toml", &rules(rule, "error")).unwrap();
        let fields = ["id", "name", "data"]
            .map(|name| arrow::datatypes::Field::new(name, arrow::datatypes::DataType::Utf8, true));
        let schema = std::sync::Arc::new(arrow::datatypes::Schema::new(fields.to_vec()));
        let keys = bowdler::Keyring::new(bowdler::Key::from_bytes([0; 32]), bowdler::Suite::Sha256);
        rules.bind(0, "t", &schema, &keys, bowdler::rules::Delivery::Decoded).err().map(|error| error.to_string())
    };
    let missing = bind(&json(r#"a = { do = "template", text = "{nmae}" }"#)).unwrap();
    assert!(missing.contains("did you mean `name`?"), "{missing}");
    let circle = bind(&json(r#"a = { do = "template", text = "{data}" }"#)).unwrap();
    assert!(circle.contains("circle"), "{circle}");
    assert_eq!(bind(&json(r#"a = { do = "template", text = "{name}" }"#)), None);
}

#[test]
fn a_condition_decides_for_the_whole_text() {
    let paths = r#"paths = { a = { do = "mask" } }, when = { column = "id", in = [43, 44] }"#;
    let texts = [r#"{"b": 1}"#, r#"{"b": 1}"#, r#"{"a": "x"}"#, "no JSON"].map(Some);
    let applied = apply(&format!("{{ do = \"json\", {paths}, otherwise = \"null\" }}"), "error", &texts);
    assert_eq!(reasons(&applied), [(1, "a path that no rule names")]);
    assert_eq!(made(&applied), [None, None, Some(r#"{"a": "*"}"#), None]);
    // What does not conform to the other rule is told by its shape alone.
    let otherwise = r#"{ do = "generalise", to = "year" }"#;
    let applied = apply(&format!("{{ do = \"json\", {paths}, otherwise = {otherwise} }}"), "error", &texts);
    assert_eq!(reasons(&applied), [(0, "(none)"), (1, "a path that no rule names"), (3, "(none)")]);
}

#[test]
fn it_makes_no_difference_beside_what_a_text_stands() {
    let rule = json(r#"a = { do = "token" }, "l[]" = { do = "mask", keep_first = 1 }, x = "drop""#);
    let texts: Vec<String> = (0..200)
        .map(|row| match row % 5 {
            0 => format!(r#"{{"a": "v{row}", "l": ["{row}", "twelve bytes and more {row}"]}}"#),
            1 => format!(r#"{{"x": {row}, "a": "v{row}"}}"#),
            2 => format!("{{\"secret\": {row}}}"),
            3 => "{}".to_owned(),
            _ => format!(r#"{{"l": [null, "é{row}"], "a": null}}"#),
        })
        .collect();
    let together = apply(&rule, "error", &texts.iter().map(|text| Some(text.as_str())).collect::<Vec<_>>());
    for (text, together) in texts.iter().zip(made(&together)) {
        assert_eq!(made(&apply(&rule, "error", &[Some(text)])), [together]);
    }
}
