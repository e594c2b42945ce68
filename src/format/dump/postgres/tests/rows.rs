use proptest::prelude::*;

use super::super::copy::escape;
use super::super::insert::quote;
use super::*;

const PEOPLE: &str = "CREATE TABLE public.people (\n    id integer NOT NULL,\n    name character varying(12),\n    \
                      born date,\n    seen timestamp without time zone,\n    pay numeric(8,2),\n    ok boolean,\n    score real\n);\n\n";

const KEEP: &[(&str, &str)] = &[("public.people", r#""*" = "keep""#)];

const TREATED: &[(&str, &str)] = &[(
    "public.people",
    r#"id = { do = "token", domain = "id" }, name = { do = "mask", keep_first = 1 }, born = { do = "generalise", to = "year" },
       seen = { do = "generalise", to = "month" }, pay = { do = "round", to = 10 }, ok = "null", score = "keep""#,
)];

fn copy(lines: &str) -> String {
    format!(
        "{PEOPLE}COPY public.people (id, name, born, seen, pay, ok, score) FROM stdin;\n{lines}\\.\n\n\nSELECT pg_catalog.setval('public.people_id_seq', 7, true);"
    )
}

#[test]
fn copied_rows_are_treated_value_by_value() {
    let rows = "1\tAnaïs\t1980-05-06\t2020-02-03 04:05:06.5\t1234.56\tt\t1.5\n2\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\n-3\ta\\tb\\\\\t0001-01-01\t9999-12-31 00:00:00\t-5.00\tf\tNaN\n";
    assert_eq!(passed(&copy(rows), KEEP), copy(rows));
    let treated = passed(
        &copy(
            "1\tAnaïs\t1980-05-06\t2020-02-03 04:05:06.5\t1234.56\tt\t1.5\n2\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\n4\ta\\tb\\\\\t0001-05-01\t9999-12-31 00:00:00\t-5.00\tf\tNaN\n",
        ),
        TREATED,
    );
    assert_eq!(
        treated,
        copy(
            "355354295\tA****\t1980-01-01\t2020-02-01 00:00:00\t1230.00\t\\N\t1.5\n319424029\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\n5572507\ta***\t0001-01-01\t9999-12-01 00:00:00\t-10.00\t\\N\tNaN\n"
        )
    );
}

#[test]
fn inserted_rows_are_treated_value_by_value() {
    let one = "INSERT INTO public.people VALUES (1, 'O''Neil;', '1980-05-06', '2020-02-03 04:05:06.5', 1234.56, true, 1.5);\nINSERT INTO public.people VALUES (2, NULL, NULL, NULL, NULL, NULL, 'NaN');";
    let many = "INSERT INTO public.people (id, name, born, seen, pay, ok, score) OVERRIDING SYSTEM VALUE VALUES\n\t(1, 'O''Neil;', '1980-05-06', '2020-02-03 04:05:06.5', 1234.56, true, 1.5),\n\t(2, NULL, NULL, NULL, NULL, NULL, 'NaN') ON CONFLICT DO NOTHING;";
    for statements in [one, many] {
        let statements = format!("{PEOPLE}{statements}");
        assert_eq!(passed(&statements, KEEP), statements);
        let treated = statements
            .replace(
                "(1, 'O''Neil;', '1980-05-06', '2020-02-03 04:05:06.5', 1234.56, true,",
                "(355354295, 'O******', '1980-01-01', '2020-02-01 00:00:00', 1230.00, NULL,",
            )
            .replace("(2,", "(319424029,");
        assert_eq!(passed(&statements, TREATED), treated);
    }
}

#[test]
fn a_dropped_column_is_left_out_of_rows_and_stays_in_the_table() {
    let rules: &[(&str, &str)] = &[("public.t", r#"a = "keep", b = "drop", c = "mask", d = "drop""#)];
    let table = "CREATE TABLE public.t (\n    a integer,\n    b text DEFAULT 'x'::text,\n    c text,\n    d integer DEFAULT nextval('public.s'::regclass) NOT NULL\n);\n";
    let without = table.replace(" DEFAULT 'x'::text", "");
    for (before, after) in [
        (
            "COPY public.t (a, b, c, d) FROM stdin;\n1\tx\ty\t2\n\\N\tx\ty\\nz\t2\n\\.\n",
            "COPY public.t (a, c) FROM stdin;\n1\t*\n\\N\t***\n\\.\n",
        ),
        (
            "INSERT INTO public.t VALUES (1, 'x', 'y', 2);\nINSERT INTO public.t VALUES (NULL, 'x', 'y', 2);\n",
            "INSERT INTO public.t (\"a\", \"c\") VALUES (1, '*');\nINSERT INTO public.t (\"a\", \"c\") VALUES (NULL, '*');\n",
        ),
        (
            "INSERT INTO public.t (a, b, c, d) VALUES\n\t(1, 'x', 'y', 2),\n\t(NULL, 'x', 'y', 2);\n",
            "INSERT INTO public.t (a, c) VALUES\n\t(1, '*'),\n\t(NULL, '*');\n",
        ),
    ] {
        assert_eq!(passed(&format!("{table}{before}"), rules), format!("{without}{after}"));
    }
}

#[test]
fn rows_of_a_table_that_is_left_out_go() {
    let table = "CREATE TABLE public.t (\n    a integer,\n    b text DEFAULT 'x'::text\n);\n";
    let without = table.replace(" DEFAULT 'x'::text", "");
    for rows in [
        "COPY public.t (a, b) FROM stdin;\n1\tx\n\\.\n",
        "INSERT INTO public.t VALUES (1, 'x');\n",
        "INSERT INTO public.t (a, b) VALUES\n\t(1, 'x'),\n\t(1, 'x');\n",
    ] {
        assert_eq!(
            passed(&format!("{table}{rows}SET a = 1;"), &[("public.other", r#""*" = "keep""#)]),
            format!("{without}SET a = 1;")
        );
    }
}

#[test]
fn values_that_the_database_computes_stay_as_they_are() {
    let table =
        "CREATE TABLE public.t (\n    a text,\n    b text GENERATED ALWAYS AS (upper(a)) STORED,\n    c text\n);\n";
    for (before, after) in [
        ("INSERT INTO public.t VALUES ('x', DEFAULT, 'y');\n", "INSERT INTO public.t VALUES ('*', DEFAULT, 'y');\n"),
        ("COPY public.t (a, c) FROM stdin;\nx\ty\n\\.\n", "COPY public.t (a, c) FROM stdin;\n*\ty\n\\.\n"),
    ] {
        let rules: &[(&str, &str)] = &[("public.t", r#"a = "mask", c = "keep""#)];
        assert_eq!(passed(&format!("{table}{before}"), rules), format!("{table}{after}"));
    }
}

#[test]
fn rows_without_their_table_are_text() {
    let rules: &[(&str, &str)] = &[("public.t", r#"a = "mask", "B b" = "keep""#)];
    assert_eq!(
        passed("COPY public.t (a, \"B b\") FROM stdin;\n12\tx\n\\.\n", rules),
        "COPY public.t (a, \"B b\") FROM stdin;\n**\tx\n\\.\n"
    );
    assert!(refused("INSERT INTO public.t VALUES (1, 'x');\n", rules).message().contains("does not say which columns"));
}

#[test]
fn columns_of_parents_come_first() {
    let tables = "CREATE TABLE public.p (\n    a integer,\n    b text\n);\nCREATE TABLE public.c (\n    d text,\n    CONSTRAINT x CHECK ((d <> ''::text))\n)\nINHERITS (public.p);\n";
    let rules: &[(&str, &str)] =
        &[("public.p", r#""*" = "keep""#), ("public.c", r#"a = "keep", b = "mask", d = "keep""#)];
    assert_eq!(
        passed(&format!("{tables}INSERT INTO public.c VALUES (1, 'xy', 'z');\n"), rules),
        format!("{tables}INSERT INTO public.c VALUES (1, '**', 'z');\n")
    );
}

#[test]
fn a_table_without_columns_has_empty_rows() {
    let dump = "CREATE TABLE public.t (\n);\nCOPY public.t  FROM stdin;\n\n\n\\.\n";
    assert_eq!(passed(dump, &[("public.t", "")]), dump);
}

#[test]
fn what_does_not_fit_its_column_is_told_with_its_place() {
    for (line, column, says) in [
        ("x\ta\t\\N\t\\N\t\\N\t\\N\t\\N\n", "id", "shape is a"),
        ("1\ta\tnever\t\\N\t\\N\t\\N\t\\N\n", "born", "shape is aaaaa"),
        ("1\ta\t\\N\t\\N\tNaN\t\\N\t\\N\n", "pay", "AaA"),
    ] {
        let error = refused(&copy(&format!("5\tok\t\\N\t\\N\t\\N\t\\N\t\\N\n{line}")), TREATED);
        assert_eq!((error.place().column.as_deref(), error.place().record), (Some(column), Some(2)), "{line}");
        assert!(error.message().contains(says), "{error}");
    }
    let long: &[(&str, &str)] = &[("public.people", r#""*" = "keep", name = { do = "token" }"#)];
    let error = refused(&copy("1\tAna\t\\N\t\\N\t\\N\t\\N\t\\N\n"), long);
    assert!(error.message().contains("longer than the 12 characters"), "{error}");
}

#[test]
fn dates_that_others_have_no_word_for_are_values() {
    let table = "CREATE TABLE public.t (\n    a date,\n    b timestamp with time zone\n);\n\nCOPY public.t (a, b) FROM stdin;\n";
    let rows = "infinity\t-infinity\n2024-05-06\t2024-05-06 07:08:09+00\n0044-03-15 BC\tinfinity\n\\.\n";
    for (rules, made) in [
        (
            r#"a = "keep", b = { do = "null", when = { column = "a", in = ["2024-05-06"] }, otherwise = "keep" }"#,
            "infinity\t-infinity\n2024-05-06\t\\N\n0044-03-15 BC\tinfinity\n\\.\n",
        ),
        (r#"a = "keep", b = "null""#, "infinity\t\\N\n2024-05-06\t\\N\n0044-03-15 BC\t\\N\n\\.\n"),
    ] {
        assert_eq!(passed(&format!("{table}{rows}"), &[("public.t", rules)]), format!("{table}{made}"));
    }
    let rows = "0044-03-15 BC\t2024-05-06 07:08:09+00\n\\.\n";
    let years: &[(&str, &str)] = &[("public.t", r#""*" = { do = "generalise", to = "year" }"#)];
    let made = "0044-01-01 BC\t2024-01-01 00:00:00+00\n\\.\n";
    assert_eq!(passed(&format!("{table}{rows}"), years), format!("{table}{made}"));
    let error = refused(&format!("{table}infinity\t\\N\n\\.\n"), years);
    assert!(error.message().contains("outside the calendar"), "{error}");
}

#[test]
fn a_made_value_is_one_of_its_type() {
    let table = "CREATE TYPE public.mood AS ENUM (\n    'sad',\n    'it''s'\n);\n\nCREATE TABLE public.t (\n    a public.mood,\n    b text[]\n);\n\nCOPY public.t (a, b) FROM stdin;\nsad\t{x}\n\\.\n";
    let made = passed(table, &[("public.t", r#"a = { do = "replace", with = "it's" }, b = "keep""#)]);
    assert_eq!(made, table.replace("sad\t", "it's\t"));
    for rules in [r#"a = "mask", b = "keep""#, r#"a = "keep", b = "mask""#] {
        assert!(refused(table, &[("public.t", rules)]).message().contains("the database would refuse it"));
    }
}

#[test]
fn rows_that_are_cut_wrong_are_refused() {
    for (line, says) in [
        ("1\ta\n", "the row has 2 values, and there are 7 columns"),
        ("1\ta\t\\N\t\\N\t\\N\t\\N\t\\N\tx\n", "the row has 8 values"),
        ("\n", "the row has 1 values"),
        ("1\ta\\\n\t\\N\t\\N\t\\N\t\\N\t\\N\n", "a backslash stands before"),
        ("1\ta\\\tb\t\\N\t\\N\t\\N\t\\N\t\\N\n", "a backslash stands before"),
        ("1\ta\t\\N\t\\N\t\\N\t\\N\t\\N\r\n", "a carriage return"),
    ] {
        let error = refused(&copy(line), KEEP);
        assert!(error.message().contains(says), "{line:?}: {error}");
    }
    for values in [
        "1, 'a'",
        "1, 'a', NULL, NULL, NULL, NULL, NULL, 2",
        "now(), 'a', NULL, NULL, NULL, NULL, NULL",
        "1, 'a' || 'b', NULL, NULL, NULL, NULL, NULL",
        "1, (SELECT 1), NULL, NULL, NULL, NULL, NULL",
        "",
    ] {
        refused(&format!("{PEOPLE}INSERT INTO public.people VALUES ({values});\n"), KEEP);
    }
    refused(&format!("{PEOPLE}INSERT INTO public.people SELECT 1;\n"), KEEP);
    refused(
        &format!("{PEOPLE}INSERT INTO public.people VALUES (1, 'a', NULL, NULL, NULL, NULL, NULL) RETURNING id;\n"),
        KEEP,
    );
    refused(&format!("{PEOPLE}COPY public.people (id, other) FROM stdin;\n1\t2\n\\.\n"), KEEP);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_through_as_it_is_and_masked(values in prop::collection::vec(any::<Option<String>>(), 1..8), hard in "['\"\\\\\t\n\r;().N-]{0,12}", block_size in 1usize..200) {
        let clean = |value: &Option<String>| value.as_ref().map(|value| value.replace('\0', ""));
        let values: Vec<Option<String>> = values.iter().map(clean).chain([Some(hard)]).collect();
        let text = |write: fn(&[u8], &mut Vec<u8>), null: &str, value: &Option<String>| match value {
            None => null.to_owned(),
            Some(value) => {
                let mut out = Vec::new();
                write(value.as_bytes(), &mut out);
                String::from_utf8(out).unwrap()
            }
        };
        let table = "CREATE TABLE public.t (\n    a text,\n    b text\n);\n";
        let masked = |value: &Option<String>| value.as_ref().map(|value| "*".repeat(value.chars().count()));
        let with = |first: &dyn Fn(&Option<String>) -> Option<String>| {
            let mut copy = format!("{table}COPY public.t (a, b) FROM stdin;\n");
            let mut inserts = table.to_owned();
            for value in &values {
                let (a, b) = (first(value), value);
                copy.push_str(&format!("{}\t{}\n", text(escape, "\\N", &a), text(escape, "\\N", b)));
                inserts.push_str(&format!("INSERT INTO public.t VALUES ({}, {});\n", text(quote, "NULL", &a), text(quote, "NULL", b)));
            }
            copy.push_str("\\.\n");
            [copy, inserts]
        };
        for (before, after) in with(&Clone::clone).into_iter().zip(with(&masked)) {
            let keep = rules(&[("public.t", r#""*" = "keep""#)]);
            let mask = rules(&[("public.t", r#"a = "mask", b = "keep""#)]);
            prop_assert_eq!(pass_in(&dump(&before), &keep, block_size).unwrap(), dump(&before));
            prop_assert_eq!(pass_in(&dump(&before), &mask, block_size).unwrap(), dump(&after));
        }
    }
}
