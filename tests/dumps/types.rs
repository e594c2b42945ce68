//! Types of columns: what rules make of values loads, or nothing is published.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use crate::postgres::Server;
use crate::skipped;
use crate::support::Workplace;

/// A type, a value of it, texts that a rule may put in its place and texts that it may not.
struct Type {
    name: &'static str,
    value: &'static str,
    taken: &'static [&'static str],
    refused: &'static [&'static str],
}

const fn of(
    name: &'static str,
    value: &'static str,
    taken: &'static [&'static str],
    refused: &'static [&'static str],
) -> Type {
    Type { name, value, taken, refused }
}

const TYPES: &[Type] = &[
    of("text", "Ana", &["", "x\\\\y"], &[]),
    of("varchar(30)", "Ana", &["äöü"], &["0123456789012345678901234567890"]),
    of("char(3)", "Ana", &["x"], &["Anna"]),
    of("name", "Ana", &["x"], &["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]),
    of("\"char\"", "A", &["", "x"], &["ä"]),
    of("citext", "Ana", &["x"], &[]),
    of("bytea", "Ana", &["\\\\x", "\\\\xff00"], &["\\\\xf", "Ana"]),
    of("json", "{\"a\":1}", &["{}", "\"\\\\u0000\""], &["Ana", "\"\\\\ud800\""]),
    of("jsonb", "{\"a\":1}", &["[1, \"\\\\u00e9\"]"], &["Ana", "\"\\\\u0000\"", "\"\\\\ud800\""]),
    of(
        "uuid",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        &["A0EEBC999C0B4EF8BB6D6BB9BD380A12"],
        &["Ana", "a0eebc99--c0b4ef8bb6d6bb9bd380a11"],
    ),
    of("mood", "sad", &["it's \"ok\""], &["Sad", ""]),
    of("\"Odd Mood\"", "odd", &["odd"], &["Ana"]),
    of("numeric", "1.50", &["-1.5e3", "NaN", ".5", "1.", "1e1000"], &["Ana", "", "1,5"]),
    of(
        "numeric(50,2)",
        "1.50",
        &["00012.5", "NaN", "999999999999999999999999999999999999999999999999.99"],
        &["1e60", "9999999999999999999999999999999999999999999999999", "Infinity"],
    ),
    of("numeric(2,5)", "0.00012", &[], &["1"]),
    of("double precision", "1.5", &["1e308", "-Infinity", "4.9e-324"], &["1e309", "1e-400", "Ana"]),
    of("real", "1.5", &["1e38", "NaN"], &["1e39", "1e-50"]),
    of("oid", "4294967295", &["0"], &["1.5", "4294967296", "Ana"]),
    of("bit(5)", "10101", &["00000"], &["1", "1010101", "Ana"]),
    of("bit varying", "101", &["", "1"], &["2"]),
    of("bit varying(3)", "101", &["", "101"], &["1111"]),
    of(
        "interval",
        "1 year 2 mons -3 days 04:05:06.7",
        &["00:00:00", "P1Y2M3DT4H5M6.7S", "-01:02:03", "P2W", "99999999 years", "999999999:00:00", "1 mon -00:00:01"],
        &["Ana", "P999999999Y", "1 fortnight"],
    ),
    of("interval(3)", "1 day", &["00:00:01.5"], &["Ana"]),
    of("interval day to second", "1 day", &[], &["1 day"]),
    of(
        "inet",
        "10.1.2.3/8",
        &["192.0.2.1", "0.0.0.0/0", "::1", "::ffff:1.2.3.4", "1:2:3:4:5:6:7::", "2001:db8::/32"],
        &["Ana", "10.1.2.256", "10.1.2.3/33", "::1/129"],
    ),
    of("address", "10.1.2.3", &["192.0.2.1"], &["Ana"]),
    of(
        "cidr",
        "10.0.0.0/8",
        &["192.0.2.1", "192.0.2.0/24", "0.0.0.0/0", "::/0", "2001:db8::/32"],
        &["192.0.2.1/24", "2001:db8::1/32"],
    ),
    of("macaddr", "08:00:2b:01:02:03", &["08-00-2B-01-02-03"], &["08:00:2b:01:02", "Ana", "08:00:2b:01:02:03:04:05"]),
    of(
        "macaddr8",
        "08:00:2b:01:02:03:04:05",
        &["08:00:2b:01:02:03", "08-00-2B-01-02-03-04-05"],
        &["08:00:2b:01:02:03:04"],
    ),
    of("time", "12:34:56.7", &["24:00:00", "00:00:00.000001"], &["25:00:00", "24:00:01", "Ana"]),
    of("time(3)", "12:34:56.7", &["23:59:59.999999"], &["Ana"]),
    of("timetz", "12:34:56+02", &["24:00:00-15:59", "00:00:00+05:30:10"], &["12:00:00+16", "Ana"]),
    of("point", "(1,2)", &["(-1.5,1e10)", "(0,0)"], &["Ana", "(1)", "(1e400,0)"]),
    of(
        "int4range",
        "[1,5)",
        &["empty", "(,)", "[5,5]", "[1,2147483646]", "(1,1)"],
        &["[5,1)", "[1,2147483647]", "Ana"],
    ),
    of("int8range", "[1,5)", &["[1,9223372036854775806]"], &["[1,9223372036854775807]"]),
    of("numrange", "[1.5,2)", &["[-1,1.000000000000000001)", "[1,1.00]"], &["[2.1,2)"]),
    of(
        "daterange",
        "[2020-01-01,2021-01-01)",
        &["[2020-01-01,infinity]", "[0044-03-15 BC,)"],
        &["[2021-01-01,2020-01-01)", "[5000-01-01 BC,)"],
    ),
    of(
        "tsrange",
        "[2020-01-01,2021-01-01)",
        &["[\"2020-01-01 00:00:00\",\"2021-01-01 00:00:00\")"],
        &["[\"\",)", "[\"2021-01-01 00:00:00\",\"2020-01-01 00:00:00\"]"],
    ),
    of(
        "tstzrange",
        "[2020-01-01,2021-01-01)",
        &["[\"2020-01-01 00:00:00+00\",\"2020-01-01 05:30:00+05:30\"]"],
        &["Ana"],
    ),
    of("int4multirange", "{[1,5)}", &["{}", "{[7,9),[1,5)}", "{empty}"], &["[1,5)", "{[5,1)}"]),
    of(
        "text[]",
        "{Ana,NULL}",
        &[
            "{}",
            "[0:1]={a,b}",
            "{{a,b},{c,d}}",
            "{NULL,\"a,\\\\\"b\",\" \",\"NULL\"}",
            "[1:1][2:3]={{a,b}}",
            "[-5:-4]={a,b}",
        ],
        &["Ana", "{{a},b}", "{a,{b}}", "{a,}", "[0:2]={a,b}", "{{}}"],
    ),
    of("varchar(3)[]", "{Ana}", &["{x}"], &["{Anna}"]),
    of("int[]", "{1}", &["{2147483647,NULL}"], &["{2147483648}", "{Ana}"]),
    of("inet[]", "{10.1.2.3}", &["{192.0.2.1,::1}"], &["{Ana}"]),
    of("boolean[]", "{t}", &["{t,false}"], &["{2}"]),
    of("timestamptz[]", "{2020-01-01}", &["{\"2024-02-29 01:02:03+00\"}"], &["{Ana}"]),
    of("mood[]", "{sad}", &["{sad,\"it's \\\\\"ok\\\\\"\"}"], &["{Ana}"]),
    of("positive[]", "{1}", &["{7}"], &["{Ana}"]),
    of("pair[]", "{\"(Ana,1)\"}", &["{}"], &["{\"(Ana,2)\"}", "Ana"]),
    of("box[]", "{(1,2),(0,0)}", &["{}"], &["{(1,2),(3,4)}"]),
    of("pair", "(Ana,1)", &["(,)"], &["Ana", "(Ana,2)"]),
    of("single", "(Ana)", &["()"], &["(Eva)"]),
    of("empty", "()", &["()"], &["Ana"]),
    of("hstore", "a=>1", &[""], &["Ana"]),
    of("ltree", "Top.Ana", &[""], &["a b"]),
    of("money", "1.50", &["0"], &["Ana"]),
    of("tsvector", "Ana", &[""], &["Ana"]),
    of("tsquery", "Ana", &[""], &["Ana &"]),
    of("xml", "<a/>", &[""], &["<a>"]),
    of("jsonpath", "$.a", &["$"], &["Ana("]),
    of("pg_lsn", "1/2", &["0/0"], &["Ana"]),
    of("box", "(1,2),(0,0)", &["(0,0),(0,0)"], &["Ana"]),
    of("circle", "<(1,2),3>", &["<(0,0),0>"], &["Ana"]),
    of("line", "{1,2,3}", &["{1,0,0}"], &["{0,0,1}"]),
    of("lseg", "[(1,2),(0,0)]", &["[(0,0),(0,0)]"], &["Ana"]),
    of("path", "((1,2))", &["((0,0))"], &["Ana"]),
    of("polygon", "((1,2))", &["((0,0))"], &["Ana"]),
    of("floats", "[1,2)", &[], &["[1,2)", "empty"]),
    of("regclass", "pg_class", &[], &["pg_class"]),
    of("cube", "(1,2)", &[], &["(1,2)"]),
];

const SCHEMA: &str = r#"
CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE EXTENSION cube;
CREATE TYPE mood AS ENUM ('sad', 'it''s "ok"'); CREATE TYPE "Odd Mood" AS ENUM ('odd');
CREATE TYPE pair AS (a text, b numeric(5,2)); CREATE TYPE single AS (a text); CREATE TYPE empty AS ();
CREATE DOMAIN address AS inet; CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TYPE floats AS RANGE (subtype = float8);
"#;

const FORMS: &[&str] = &["", "--inserts", "--quote-all-identifiers"];

/// A database with a table for each type; none, if the test is skipped.
fn with_types(test: &str) -> Option<Server> {
    let Some(server) = Server::start() else {
        skipped(test, "there is no PostgreSQL; see tests/install-databases.sh");
        return None;
    };
    server.create("typed");
    let mut script = SCHEMA.to_owned();
    for (place, Type { name, value, .. }) in TYPES.iter().enumerate() {
        let value = value.replace('\'', "''");
        script.push_str(&format!(
            "CREATE TABLE t{place} (id int PRIMARY KEY, a {name}); INSERT INTO t{place} VALUES (1, '{value}'), (2, NULL);\n"
        ));
    }
    let workplace = Workplace::new().with("types.sql", script);
    server.load("typed", &workplace.path("types.sql"));
    Some(server)
}

/// Rules for tables, each with a rule for its column. Other tables are left out.
fn rules<'r>(rules: impl IntoIterator<Item = (usize, &'r str)>) -> String {
    let table = |(place, rule)| format!("[tables.t{place}.columns]\nid = \"keep\"\na = {rule}\n");
    let tables: String = rules.into_iter().map(table).collect();
    format!("version = 1\nunlisted = \"drop\"\n[domains]\ntext = {{ form = \"text\" }}\n{tables}")
}

fn replace(text: &str) -> String {
    format!("{{ do = \"replace\", with = \"{}\" }}", text.replace('"', "\\\""))
}

#[test]
fn what_a_type_takes_loads() {
    let Some(server) = with_types("what_a_type_takes_loads") else { return };
    let most = TYPES.iter().map(|of| of.taken.len()).max().unwrap();
    for (form, options) in FORMS.iter().enumerate() {
        let workplace = Workplace::new().with("dump.sql", server.dump("typed", options));
        let mut runs: Vec<Vec<(usize, String)>> = Vec::new();
        for rule in [
            "\"keep\"",
            "\"null\"",
            "\"drop\"",
            "{ do = \"keep\", when = { column = \"id\", in = [1] }, otherwise = \"null\" }",
        ] {
            runs.push((0..TYPES.len()).map(|place| (place, rule.to_owned())).collect());
        }
        for number in 0..most {
            let taken =
                TYPES.iter().enumerate().filter_map(|(place, of)| Some((place, replace(of.taken.get(number)?))));
            runs.push(taken.collect());
        }
        for (run, of_tables) in runs.iter().enumerate() {
            workplace.write("rules.toml", rules(of_tables.iter().map(|(place, rule)| (*place, rule.as_str()))));
            workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --replace --key-file key").exits(0);
            let database = format!("loaded{form}_{run}");
            server.create(&database);
            server.load(&database, &workplace.path("safe.sql"));
            for (place, rule) in of_tables {
                let count = server.ask(&database, &format!("SELECT count(*), count(a) FROM t{place}"));
                let expected = if rule == "\"null\"" || rule == "\"drop\"" { "2|0" } else { "2|1" };
                assert_eq!(count, [expected], "{} {rule}", TYPES[*place].name);
            }
        }
    }
}

#[test]
fn what_a_type_does_not_take_is_not_published() {
    let Some(server) = with_types("what_a_type_does_not_take_is_not_published") else { return };
    let workplace = Workplace::new().with("dump.sql", server.dump("typed", ""));
    for (place, of) in TYPES.iter().enumerate() {
        for text in of.refused {
            workplace.write("rules.toml", rules([(place, replace(text).as_str())]));
            let ran = workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --key-file key").exits(3);
            ran.says(&["column `a`"]);
            assert!(!workplace.path("safe.sql").exists(), "{} {text}", of.name);
        }
    }
}

#[test]
fn what_rules_make_loads_or_is_not_published() {
    let Some(server) = with_types("what_rules_make_loads_or_is_not_published") else { return };
    let workplace = Workplace::new().with("dump.sql", server.dump("typed", ""));
    let mut published = Vec::new();
    for rule in [
        "\"mask\"",
        "{ do = \"token\", domain = \"text\" }",
        "{ do = \"fake\", like = \"city\" }",
        "{ do = \"template\", text = \"{id}\" }",
        "{ do = \"network\", keep = 8, on_invalid = \"null\" }",
        "\"redact\"",
    ] {
        workplace.write("rules.toml", rules((0..TYPES.len()).map(|place| (place, rule))));
        let refused = workplace.bowdler("check rules.toml --from dump.sql --quiet").stderr;
        for (place, of) in TYPES.iter().enumerate() {
            if refused.contains(&format!("in the table public.t{place}\n")) {
                continue;
            }
            workplace.write("rules.toml", rules([(place, rule)]));
            let ran = workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --replace --key-file key");
            match ran.code {
                0 => {
                    let database = format!("made{}", published.len());
                    server.create(&database);
                    server.load(&database, &workplace.path("safe.sql"));
                    published.push((of.name, rule));
                }
                3 => assert!(!workplace.path("safe.sql").exists(), "{} {rule}", of.name),
                _ => panic!("{} {rule}: {ran:?}", of.name),
            }
            let _ = std::fs::remove_file(workplace.path("safe.sql"));
        }
    }
    for made in [
        ("text", "\"mask\""),
        ("citext", "{ do = \"token\", domain = \"text\" }"),
        ("oid", "{ do = \"template\", text = \"{id}\" }"),
    ] {
        assert!(published.contains(&made), "{made:?}");
    }
    let unknown = ["floats", "pair", "hstore", "polygon", "tsvector", "cube"];
    assert!(!published.iter().any(|(name, _)| unknown.contains(name)), "{published:?}");
}

#[test]
fn rules_that_are_proposed_for_odd_types_load() {
    let Some(server) = with_types("rules_that_are_proposed_for_odd_types_load") else { return };
    // Once as they are, and once where every row needs a value.
    for (round, required) in
        ["", "ALTER TABLE t{} ALTER a DROP NOT NULL", "ALTER TABLE t{} ALTER a SET NOT NULL"].iter().enumerate()
    {
        if !required.is_empty() {
            for (place, of) in TYPES.iter().enumerate() {
                // Of these nothing is known but that they are not null.
                if !of.taken.is_empty() {
                    server.ask("typed", &format!("DELETE FROM t{place} WHERE a IS NOT DISTINCT FROM NULL"));
                    server.ask("typed", &required.replace("{}", &place.to_string()));
                }
            }
        }
        let workplace = Workplace::new().with("dump.sql", server.dump("typed", ""));
        workplace.bowdler("init dump.sql -o proposed.toml").exits(0);
        workplace.bowdler("check proposed.toml --from dump.sql --quiet").exits(0);
        workplace.bowdler("run proposed.toml dump.sql --to run.sql --key-file key").exits(0);
        workplace.bowdler("mask dump.sql -o mask.sql").exits(0);
        for script in ["run", "mask"] {
            let database = format!("{script}{round}");
            server.create(&database);
            server.load(&database, &workplace.path(&format!("{script}.sql")));
        }
    }
}
