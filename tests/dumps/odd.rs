//! What few databases have: odd names, types, values and statements, through dumps.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use crate::postgres::Server;
use crate::skipped;
use crate::support::Workplace;

const TABLES: &[&str] = &[
    "Odd.Schema.t",
    "public.T",
    "public.Weird.Name",
    "public.child",
    "public.defaults",
    "public.none",
    "public.parent",
    "public.part",
    "public.part_a",
    "public.part_d",
    "public.ring1",
    "public.ring2",
    "public.t",
    "public.types",
    "public.unlogged",
];

const FORMS: &[&str] = &[
    "",
    "--inserts",
    "--column-inserts",
    "--inserts --rows-per-insert=3",
    "--clean --if-exists --quote-all-identifiers",
    "--load-via-partition-root --verbose",
];

/// Rules that rewrite or drop all that is somebody's; a table that they do not name goes.
pub const TREAT: &str = r#"
version = 1
unlisted = "drop"
[domains]
text = { form = "text" }
[tables."public.Weird.Name".columns]
Id = "keep"
"a.b" = { do = "token", domain = "text" }
"q\"uote" = "mask"
"new\nline" = "mask"
select = { do = "template", text = "x\ty\\N{Id}" }
[tables."Odd.Schema.t".columns]
id = "keep"
name = "mask"
[tables."public.t".columns]
id = "keep"
name = { do = "token", domain = "text" }
[tables.types.columns]
id = "keep"
tx = "mask"
"*" = "drop"
[tables.parent.columns]
id = "keep"
name = "mask"
[tables.child.columns]
id = "keep"
name = "mask"
extra = "drop"
[tables.part.columns]
id = "keep"
region = "keep"
name = "mask"
[tables.part_a.columns]
id = "keep"
region = "keep"
name = "mask"
[tables.part_d.columns]
id = "keep"
region = "keep"
name = "drop"
[tables.defaults.columns]
id = "keep"
e = "keep"
f = "keep"
b = "mask"
[tables.ring1.columns]
"*" = "keep"
[tables.ring2.columns]
"*" = "keep"
"#;

/// A server with the odd schema in it; none, if the test is skipped.
pub fn odd(test: &str) -> Option<Server> {
    let Some(server) = Server::start() else {
        skipped(test, "there is no PostgreSQL; see tests/install-databases.sh");
        return None;
    };
    server.create("odd");
    let script = Workplace::new().with("odd.sql", include_str!("postgres-odd.sql"));
    server.load("odd", &script.path("odd.sql"));
    Some(server)
}

/// All rows of all tables of a database as text, one a line.
fn rows(server: &Server, database: &str) -> Vec<(String, Vec<String>)> {
    let name = |table: &&str| {
        let (schema, table) = table
            .strip_prefix("Odd.Schema.")
            .map_or_else(|| ("public", table.trim_start_matches("public.")), |table| ("Odd.Schema", table));
        format!("\"{schema}\".\"{table}\"")
    };
    TABLES
        .iter()
        .map(name)
        .map(|table| (table.clone(), server.ask(database, &format!("SELECT x::text FROM ONLY {table} x ORDER BY 1"))))
        .collect()
}

#[test]
fn odd_tables_that_are_kept_are_the_same_when_loaded() {
    let Some(server) = odd("odd_tables_that_are_kept_are_the_same_when_loaded") else { return };
    let keep = TABLES.iter().map(|table| format!("[tables.\"{table}\".columns]\n\"*\" = \"keep\"\n"));
    let workplace = Workplace::new().with("rules.toml", format!("version = 1\n{}", keep.collect::<String>()));
    let before = rows(&server, "odd");
    for (place, form) in FORMS.iter().enumerate() {
        workplace.write("dump.sql", server.dump("odd", form));
        workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --replace").exits(0);
        let database = format!("kept{place}");
        server.create(&database);
        server.load(&database, &workplace.path("safe.sql"));
        assert_eq!(rows(&server, &database), before, "{form}");
        let safe = workplace.read("safe.sql");
        assert!(!safe.contains("COMMENT ON COLUMN") && !safe.contains("password"), "{form}");
    }
}

#[test]
fn odd_tables_that_are_treated_load_and_nobody_is_left_in_them() {
    let Some(server) = odd("odd_tables_that_are_treated_load_and_nobody_is_left_in_them") else { return };
    let workplace = Workplace::new().with("rules.toml", TREAT);
    for (place, form) in FORMS.iter().enumerate() {
        let dump = server.dump("odd", form);
        assert!(String::from_utf8_lossy(&dump).matches("canary").count() > 30, "{form}");
        workplace.write("dump.sql", dump);
        workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --replace").exits(0);
        assert!(!workplace.read("safe.sql").contains("canary"), "{form}");
        let piped = workplace.shell("$BOWDLER run rules.toml - < dump.sql > piped.sql");
        assert_eq!(piped.code, 0, "{form}: {piped:?}");
        assert!(!workplace.read("piped.sql").contains("canary"), "{form}");
        let database = format!("treated{place}");
        server.create(&database);
        server.load(&database, &workplace.path("safe.sql"));
        for (table, count) in [("\"Weird.Name\"", "2"), ("types", "2"), ("child", "1"), ("part", "2"), ("\"T\"", "0")] {
            assert_eq!(server.ask(&database, &format!("SELECT count(*) FROM {table}")), [count], "{form}: {table}");
        }
        let made = "SELECT count(*) FROM \"Weird.Name\" WHERE \"select\" = E'x\\ty\\\\N' || \"Id\"";
        assert_eq!(server.ask(&database, made), ["2"], "{form}");
        assert_eq!(server.ask(&database, "SELECT made FROM types ORDER BY id LIMIT 1"), ["******"], "{form}");
    }
}

#[test]
fn what_no_type_here_can_say_is_kept_and_dropped_and_not_treated() {
    let postgres = "--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE public.t (\n    a numeric(9,2) NOT NULL,\n    b text\n);\n\n\
                    COPY public.t (a, b) FROM stdin;\nNaN\tAna\n-1.50\tBen\n\\.\n\n\
                    INSERT INTO public.t VALUES ('NaN', 'Cleo');\n\n--\n-- PostgreSQL database dump complete\n--\n";
    let mysql = "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n\nCREATE TABLE `t` (\n  `a` TYPE NOT NULL,\n  `b` text\n);\n\
                 INSERT INTO `t` VALUES (THIS,'Ana'),('2020-02-29','Ben');\n\n-- Dump completed\n";
    let day = |sql_type: &str, value: &str| mysql.replace("TYPE", sql_type).replace("THIS", value);
    let workplace = Workplace::new();
    for (dump, kept) in [
        (postgres.to_owned(), "NaN\t***"),
        (day("date", "'0000-00-00'"), "('0000-00-00','***')"),
        (day("date", "'1985-00-00'"), "('1985-00-00','***')"),
        (day("date", "'2021-02-30'"), "('2021-02-30','***')"),
        (day("datetime(6)", "'0000-00-00 00:00:00.000000'"), "('0000-00-00 00:00:00.000000','***')"),
        (day("timestamp", "'0000-00-00 00:00:00'"), "('0000-00-00 00:00:00','***')"),
    ] {
        let dump = if kept.contains(":") { dump.replace("'2020-02-29'", "'2020-02-29 01:02:03'") } else { dump };
        workplace.write("dump.sql", &dump);
        workplace.write("rules.toml", "version = 1\n[tables.t.columns]\na = \"keep\"\nb = \"mask\"\n");
        workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --replace").exits(0);
        assert!(workplace.read("safe.sql").contains(kept), "{kept}");
        workplace.bowdler("verify safe.sql").exits(0);
        workplace.write("dump.sql", dump.replace(" NOT NULL", ""));
        workplace.write("rules.toml", "version = 1\n[tables.t.columns]\na = \"drop\"\nb = \"mask\"\n");
        workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --replace").exits(0);
        workplace.write(
            "rules.toml",
            "version = 1\n[tables.t.columns]\na = { do = \"replace\", with = \"7\" }\nb = \"mask\"\n",
        );
        workplace.bowdler("run rules.toml --from dump.sql --to other.sql").exits(3);
    }
}
