use super::*;
use crate::format::dump::TableName;
use crate::format::dump::postgres::types::{Domain, plain};

/// The types of a schema: an enum, a composite type, domains and a range.
fn types() -> UserTypes {
    let name = |table: &str| TableName { schema: Some("public".to_owned()), table: table.to_owned() };
    let domain = |base: &str| Domain { base: base.to_owned(), ..Domain::default() };
    let mut types = UserTypes::default();
    types.enter_labels(&name("mood"), &["sad".to_owned(), "*".to_owned()]);
    types.enter_labels(&name("Odd Mood"), &["odd".to_owned()]);
    types.enter_fields(&name("pair"), 2);
    types.enter_fields(&name("one"), 1);
    types.enter_domain(&name("address"), &domain("inet"));
    types.enter_domain(&name("tags"), &domain("text[]"));
    types.enter_other(&name("floats"));
    types.enter_other(&name("hstore"));
    types
}

/// For each type, texts that are values of it and texts that are none. `tests/dumps/types.rs` asks a server.
const TEXTS: &[(&str, &[&str], &[&str])] = &[
    ("text", &["", "anything"], &[]),
    ("character varying(3)", &["abc", "äöü"], &["abcd"]),
    ("name", &["x"], &["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]),
    ("\"char\"", &["", "x"], &["ä", "xy"]),
    (
        "text[]",
        &["{}", "{a,b}", "[0:1]={a,b}", "{NULL,\"a,\\\"b\",\" \"}", "{{a,b},{c,d}}", "[1:1][2:3]={{a,b}}"],
        &[
            "*****",
            "",
            "{a",
            "{a,}",
            "{,a}",
            "{{a,b},{c}}",
            "{a,{b}}",
            "{{a},b}",
            "{{}}",
            "[0:2]={a,b}",
            "{a}x",
            "{a b }",
            "{\"a}",
            "{a\"b}",
            "[0:1]={}",
            "{{a,b},c}",
            "{\\a}",
        ],
    ),
    ("integer[]", &["{1}", "{-2147483648,NULL}"], &["1", "{x}", "{2147483648}", "{1.5}", "{\"\"}"]),
    ("character varying(2)[]", &["{ab}"], &["{abc}"]),
    ("boolean[]", &["{t,f}"], &["{2}"]),
    ("date[]", &["{2024-02-29}"], &["{2023-02-29}", "{x}"]),
    ("timestamp without time zone[]", &["{\"2024-02-29 01:02:03\"}"], &["{\"2024-02-29 25:02:03\"}"]),
    ("timestamp with time zone[]", &["{\"2024-02-29 01:02:03+00\"}"], &["{\"2024-02-29\"}"]),
    ("public.pair[]", &["{}"], &["{\"(a,1)\"}"]),
    ("public.address[]", &["{10.0.0.1}"], &["{x}"]),
    ("public.tags[]", &["{}"], &["{\"{a}\"}"]),
    ("bytea", &["\\x", "\\xff00"], &["\\xf", "**", "\\xg0"]),
    ("json", &["{}", "[1, \"\\u0000\"]"], &["*", "", "\"\\ud800\""]),
    ("jsonb", &["{}", "null", "[1, \"a\\u00e9\"]"], &["*", "", "{", "\"\\u0000\"", "\"\\ud800\""]),
    (
        "uuid",
        &["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "A0EEBC999C0B4EF8BB6D6BB9BD380A11"],
        &["", "a0ee", "a0eebc99--c0b4ef8bb6d6bb9bd380a11"],
    ),
    ("public.mood", &["sad", "*"], &["***", "SAD", ""]),
    ("public.\"Odd Mood\"", &["odd"], &["sad"]),
    ("numeric", &["1", "-1.5e3", "NaN", ".5", "1.", "00012"], &["*", "", "1,5", "e5", ".", "1e", "--1", "1e9999"]),
    (
        "numeric(50,2)",
        &["12.50", "NaN", "0000000000000000000000000000000000000000000000000001"],
        &["1.005", "1e3", "Infinity"],
    ),
    ("numeric(40,38)", &["99.5"], &["100.5"]),
    ("double precision", &["Infinity", "0.1", "-1e308", "NaN"], &["1,5", "1e309", "1e-400", ""]),
    ("real", &["1.5", "1e38"], &["1e39", "1e-50", "x"]),
    ("oid", &["0", "4294967295"], &["-1", "4294967296", "1.5", ""]),
    (
        "inet",
        &["10.1.2.3", "10.1.2.3/8", "0.0.0.0/0", "::1", "2001:db8::/32", "::ffff:1.2.3.4"],
        &["", "***", "10.1.2.256", "10.1.2.3/33", "::1/129", "10.1.2.3/", "x::1", "10.1.2.3/-1"],
    ),
    (
        "cidr",
        &["10.0.0.0/8", "10.1.2.3", "10.1.2.3/32", "0.0.0.0/0", "2001:db8::/32", "::/0"],
        &["10.1.2.3/8", "2001:db8::1/32", "x"],
    ),
    (
        "macaddr",
        &["08:00:2b:01:02:03", "08-00-2B-01-02-03"],
        &["08:00:2b:01:02", "08:00:2b:01:02:0g", "", "08:00:2b:01:02:03:04:05"],
    ),
    ("macaddr8", &["08:00:2b:01:02:03:04:05", "08:00:2b:01:02:03"], &["08:00:2b:01:02:03:04", "x"]),
    ("bit(5)", &["10101"], &["1010", "101010", "1010x", ""]),
    ("bit varying", &["", "1"], &["2"]),
    ("bit varying(3)", &["", "101"], &["1010"]),
    (
        "time without time zone",
        &["12:34:56", "12:34:56.5", "24:00:00", "00:00:00.000001"],
        &["", "25:00:00", "24:00:01", "12:60:00", "12:34:61", "***", "12:34:56.", "12:34:56+02"],
    ),
    ("time(3) without time zone", &["12:34:56.789"], &["x"]),
    (
        "time with time zone",
        &["12:34:56+02", "12:34:56-05:30", "12:00:00+00", "12:00:00+05:30:10", "24:00:00+00"],
        &["12:00:00+16", "12:00:00+", "x"],
    ),
    (
        "interval",
        &[
            "1 year 2 mons -3 days 04:05:06.7",
            "00:00:00",
            "-01:02:03",
            "1 day",
            "-1 years",
            "P1Y2M3DT4H5M6.7S",
            "PT0S",
            "P2W",
            "999999999:00:00",
        ],
        &["", "***", "1", "1 fortnight", "1 day 2 years", "P", "PT", "P1S", "1 year 2", "01:60:00", "P999999999Y"],
    ),
    ("interval(3)", &["1 day"], &["x"]),
    ("point", &["(1,2)", "(-1.5,1e10)"], &["1;2", "(1)", "(1,2,3)", "(x,y)", ""]),
    (
        "int4range",
        &["empty", "[1,5)", "(,5]", "[1,)", "(,)", "[5,5]", "[1,2147483646]"],
        &["", "[5,1)", "[1,2147483647]", "1,5", "[1,5", "[x,y)", "[1,2,3)"],
    ),
    ("int8range", &["[1,9223372036854775806]"], &["[1,9223372036854775807]"]),
    ("numrange", &["[1.5,2.25)", "[-1,1)", "[1,1.000]"], &["[2.26,2.25)", "[a,b)"]),
    ("daterange", &["[2020-01-01,2021-01-01)", "[2020-01-01,infinity)"], &["[2021-01-01,2020-01-01)", "[2020-02-30,)"]),
    (
        "tsrange",
        &["[\"2020-01-01 00:00:00\",\"2021-01-01 00:00:00\")"],
        &["[\"2021-01-01 00:00:00\",\"2020-01-01 00:00:00\")", "[\"\",)"],
    ),
    ("tstzrange", &["[\"2020-01-01 00:00:00+00\",\"2020-01-01 05:30:00+05:30\"]"], &["[\"2020-01-01\",x)"]),
    ("int4multirange", &["{}", "{[1,5)}", "{[7,9),[1,5)}"], &["[1,5)", "{[1,5)", "{[1,5),}", "{1}", "{[5,1)}"]),
    ("datemultirange", &["{[2020-01-01,2021-01-01)}"], &["{x}"]),
    ("tsvector", &[""], &["***"]),
    ("polygon", &["((0,0))"], &["***", "((1,1))"]),
    ("box[]", &["{}"], &["{(0,0),(0,0)}"]),
    ("public.pair", &["(,)"], &["(a,1)", "***", "()"]),
    ("public.one", &["()"], &["(,)"]),
    ("extensions.hstore", &[""], &["a=>1", "*"]),
    ("extensions.citext", &["", "anything"], &[]),
];

#[test]
fn values_fit_types_that_would_take_them() {
    let types = types();
    for (sql_type, takes, refuses) in TEXTS {
        let fit = Fit::of(sql_type, &types);
        for text in *takes {
            assert!(fit.has(text), "{sql_type}: {text}");
        }
        for text in *refuses {
            assert!(!fit.has(text), "{sql_type}: {text}");
        }
    }
}

#[test]
fn an_example_of_a_type_is_a_value_of_it() {
    let types = types();
    for (sql_type, ..) in TEXTS {
        let fit = Fit::of(sql_type, &types);
        let takes = fit.takes();
        assert!(takes.example().is_none_or(|text| fit.has(text)), "{sql_type}");
        assert!(matches!(takes, Takes::Any) || takes.example().is_some(), "{sql_type}");
    }
}

#[test]
fn of_a_type_that_is_not_known_nothing_is_a_value() {
    let types = types();
    // What the dump makes itself is no extension's, whatever its name.
    for sql_type in [
        "public.floats",
        "public.hstore",
        "public.geometry(Point,4326)",
        "regclass",
        "aclitem",
        "bit",
        "numeric(5,-2)",
        "numeric(2,5)",
    ] {
        let fit = Fit::of(sql_type, &types);
        assert_eq!((fit.takes(), fit.has("")), (Takes::Unknown, false), "{sql_type}");
    }
}

#[test]
fn types_are_the_same_with_quotes_that_they_could_do_without() {
    for (sql, same) in [
        ("\"text\"", "text"),
        ("\"public\".\"mood\"[]", "public.mood[]"),
        ("\"Odd \"\"Schema\".\"mood\"", "\"Odd \"\"Schema\".mood"),
        ("\"char\"", "\"char\""),
        ("\"char\"[]", "\"char\"[]"),
        ("public.\"char\"", "public.char"),
        ("character varying(5)", "character varying(5)"),
        ("\"\"", "\"\""),
        ("\"open", "open"),
    ] {
        assert_eq!(plain(sql), same);
    }
}
