//! What binds rows to each other, and what is elsewhere: keys, exclusions, domains and foreign servers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use crate::postgres::Server;
use crate::skipped;
use crate::support::Workplace;

fn server(test: &str) -> Option<Server> {
    let server = Server::start();
    if server.is_none() {
        skipped(test, "there is no PostgreSQL; see tests/install-databases.sh");
    }
    server
}

/// Of each table: what makes it and its rows, and rules, each with whether its rows load.
type Case<'c> = (&'c str, &'c str, &'c [(&'c str, bool)]);

const TOKEN: &str = "{ do = \"token\", domain = \"text\" }";
const LETTERS: &str = "{ do = \"encrypt\", alphabet = \"letters\" }";
const LOWER: &str = "{ do = \"encrypt\", alphabet = \"lower\" }";

#[test]
fn rules_that_break_what_binds_rows_are_refused() {
    let Some(server) = server("rules_that_break_what_binds_rows_are_refused") else { return };
    let keep = "\"keep\"";
    let cases: &[Case<'_>] = &[
        (
            "(a text, UNIQUE NULLS NOT DISTINCT (a))",
            "('abcdefgh'), (NULL), ('abcdefgi')",
            &[
                ("a = \"keep\"", true),
                ("a = \"null\"", false),
                ("a = \"drop\"", false),
                ("a = \"mask\"", false),
                ("a = TOKEN", true),
                ("a = { do = \"token\", domain = \"uuid\", on_invalid = \"null\" }", false),
            ],
        ),
        (
            "(a text, b int4range, EXCLUDE USING gist (a WITH =, b WITH &&))",
            "('abcdefgh', '[1,5)'), ('abcdefgi', '[1,5)'), ('abcdefgh', '[5,9)'), (NULL, '[1,5)')",
            &[
                ("a = \"keep\"\nb = \"keep\"", true),
                ("a = TOKEN\nb = \"keep\"", true),
                ("a = \"mask\"\nb = \"keep\"", false),
                ("a = \"null\"\nb = \"keep\"", true),
                ("a = \"mask\"\nb = \"null\"", true),
                ("a = \"keep\"\nb = { do = \"replace\", with = \"[1,2)\" }", false),
                ("a = \"keep\"\nb = \"drop\"", true),
            ],
        ),
        (
            "(a timestamp, b timestamp, EXCLUDE USING gist (tsrange(a, b) WITH &&))",
            "('2020-01-01', '2020-02-01'), ('2020-02-01', '2020-03-01')",
            &[
                ("a = \"keep\"\nb = \"keep\"", true),
                ("a = \"null\"\nb = \"keep\"", false),
                ("a = \"keep\"\nb = { do = \"generalise\", to = \"year\" }", false),
            ],
        ),
        (
            "(a text); CREATE UNIQUE INDEX ON t (lower(a))",
            "('abcdefgh'), ('ABCDEFGI'), (NULL)",
            &[
                ("a = TOKEN", true),
                ("a = LETTERS", false),
                ("a = \"mask\"", false),
                ("a = \"null\"", true),
                ("a = \"keep\"", true),
            ],
        ),
        (
            "(a citext UNIQUE)",
            "('abcdefgh'), ('abcdefgi')",
            &[("a = TOKEN", true), ("a = LETTERS", false), ("a = LOWER", true), ("a = \"mask\"", false)],
        ),
        (
            "(a text COLLATE blind UNIQUE)",
            "('abcdefgh'), ('abcdefgi')",
            &[("a = TOKEN", true), ("a = LETTERS", false), ("a = LOWER", true)],
        ),
        (
            "(a varchar(40), b int); CREATE UNIQUE INDEX ON t (upper(a), b)",
            "('abcdefgh', 1), ('abcdefgh', 2)",
            &[
                ("a = TOKEN\nb = \"keep\"", true),
                ("a = LETTERS\nb = \"keep\"", false),
                ("a = \"keep\"\nb = \"null\"", true),
            ],
        ),
        (
            "(a text); CREATE UNIQUE INDEX ON t (coalesce(a, ''))",
            "('abcdefgh'), (NULL)",
            &[("a = \"keep\"", true), ("a = \"null\"", false), ("a = TOKEN", false)],
        ),
        (
            "(a text); CREATE UNIQUE INDEX ON t (substr(a, 1, 4))",
            "('abcdefgh'), ('bbcdefgi')",
            &[("a = \"keep\"", true), ("a = { do = \"replace\", with = \"x\" }", false), ("a = TOKEN", false)],
        ),
        (
            "(a text, b text); CREATE UNIQUE INDEX ON t (a) WHERE b IS NULL",
            "('abcdefgh', NULL), ('abcdefgh', 'gone')",
            &[
                ("a = \"keep\"\nb = \"mask\"", true),
                ("a = \"keep\"\nb = \"null\"", false),
                ("a = \"keep\"\nb = \"drop\"", false),
                ("a = TOKEN\nb = \"keep\"", true),
                ("a = \"null\"\nb = \"null\"", true),
                ("a = \"keep\"\nb = { do = \"network\", on_invalid = \"null\" }", false),
            ],
        ),
        (
            "(a text, b text); CREATE UNIQUE INDEX ON t (a) WHERE b <> 'gone'",
            "('abcdefgh', 'here'), ('abcdefgh', 'gone')",
            &[("a = \"keep\"\nb = \"mask\"", false), ("a = TOKEN\nb = \"keep\"", true)],
        ),
        (
            "(a text, g text GENERATED ALWAYS AS (substr(a, 1, 4)) STORED UNIQUE)",
            "('abcdefgh'), ('bbcdefgi')",
            &[("a = \"keep\"", true), ("a = \"mask\"", false), ("a = TOKEN", false)],
        ),
        (
            "(a text UNIQUE, b text UNIQUE)",
            "(NULL, 'x'), (NULL, 'y'), ('abcdefgh', NULL)",
            &[
                ("a = \"keep\"\nb = { do = \"template\", text = \"{a}@example.com\" }", false),
                ("a = \"keep\"\nb = { do = \"template\", text = \"{id}@example.com\" }", true),
                (
                    "a = { do = \"null\", when = { column = \"id\", in = [9] }, otherwise = \"mask\" }\nb = \"keep\"",
                    false,
                ),
            ],
        ),
    ];
    for (number, (table, rows, rules)) in cases.iter().enumerate() {
        let database = format!("bound{number}");
        server.create(&database);
        server.ask(&database, "CREATE EXTENSION citext; CREATE EXTENSION btree_gist; CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
        let columns = table.replacen('(', "(id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, ", 1);
        let names = if table.contains(" b ") { "a, b" } else { "a" };
        server.ask(&database, &format!("CREATE TABLE t {columns}; INSERT INTO t ({names}) VALUES {rows}"));
        let workplace = Workplace::new().with("dump.sql", server.dump(&database, ""));
        for (place, (rules, loads)) in rules.iter().enumerate() {
            let rules = rules.replace("TOKEN", TOKEN).replace("LETTERS", LETTERS).replace("LOWER", LOWER);
            workplace.write(
                "rules.toml",
                format!("version = 1\n[domains]\ntext = {{ form = \"text\" }}\nuuid = {{ form = \"uuid\" }}\n[tables.t.columns]\nid = {keep}\n{rules}\n"),
            );
            let ran = workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --replace --key-file key");
            assert_eq!(ran.code == 0, *loads, "{table} {rules}: {ran:?}");
            assert!(
                *loads || ran.code == 3 && ran.stderr.contains("of the table public.t"),
                "{table} {rules}: {ran:?}"
            );
            if *loads {
                let copy = format!("{database}_{place}");
                server.create(&copy);
                server.load(&copy, &workplace.path("safe.sql"));
                let _ = std::fs::remove_file(workplace.path("safe.sql"));
            }
            assert!(!workplace.path("safe.sql").exists());
        }
        workplace.bowdler("init dump.sql -o proposed.toml").exits(0);
        let checked = workplace.bowdler("check proposed.toml --from dump.sql --quiet");
        // What an expression makes of a column is told of no rule but `keep`, and nothing says that it may stay.
        let by_expression = ["coalesce", "substr", "tsrange", "<>"].iter().any(|function| table.contains(function));
        assert!(checked.code == 0 || by_expression, "{table}: {checked:?}");
    }
}

#[test]
fn defaults_of_domains_and_options_of_what_is_elsewhere_do_not_pass() {
    let Some(server) = server("defaults_of_domains_and_options_of_what_is_elsewhere_do_not_pass") else { return };
    server.create("elsewhere");
    server.ask(
        "elsewhere",
        "CREATE EXTENSION postgres_fdw; \
         CREATE DOMAIN mail AS text COLLATE \"C\" DEFAULT 'canary@example.com' NOT NULL CHECK (VALUE <> 'x'); \
         CREATE DOMAIN day AS date DEFAULT now(); \
         CREATE FOREIGN DATA WRAPPER plain OPTIONS (debug 'canary'); \
         CREATE SERVER far TYPE 'x' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'canary', dbname 'canary'); \
         CREATE SERVER odd FOREIGN DATA WRAPPER plain OPTIONS (password 'canary'); \
         CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'canary', password 'canary'); \
         CREATE FOREIGN TABLE over_there (a int OPTIONS (column_name 'canary'), b text DEFAULT 'canary') SERVER far OPTIONS (table_name 'canary'); \
         CREATE FOREIGN TABLE odder (a int) SERVER odd OPTIONS (file 'canary'); \
         CREATE TABLE people (m mail, d day, t text DEFAULT 'fine'); INSERT INTO people VALUES ('a@example.com', '2020-01-01', 'x')",
    );
    let keep = |table: &str| format!("[tables.{table}.columns]\n\"*\" = \"keep\"\n");
    let rules = format!(
        "version = 1\n{}{}[tables.over_there.columns]\na = \"keep\"\nb = \"mask\"\n",
        keep("people"),
        keep("odder")
    );
    let workplace = Workplace::new().with("rules.toml", rules);
    for (place, options) in ["", "--inserts --quote-all-identifiers", "--clean --if-exists"].iter().enumerate() {
        workplace.write("dump.sql", server.dump("elsewhere", options));
        assert!(workplace.read("dump.sql").matches("canary").count() > 8);
        workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --replace --key-file key").exits(0);
        let piped = workplace.shell("$BOWDLER run rules.toml --key-file key - < dump.sql > piped.sql");
        assert_eq!(piped.code, 0, "{piped:?}");
        assert!(workplace.bytes("piped.sql") == workplace.bytes("safe.sql"));
        let safe = workplace.read("safe.sql");
        assert!(!safe.contains("canary") && safe.contains("'fine'"), "{safe}");
        let database = format!("here{place}");
        server.create(&database);
        server.load(&database, &workplace.path("safe.sql"));
        let days = "INSERT INTO people (m) VALUES ('b') RETURNING d = current_date";
        assert_eq!(server.ask(&database, days)[0], "t");
    }
    // What can't be made without its options is refused, as is a change of them.
    server.ask(
        "elsewhere",
        "CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw; \
         CREATE FOREIGN TABLE lines (a text) SERVER files OPTIONS (filename '/canary')",
    );
    workplace.write("dump.sql", server.dump("elsewhere", ""));
    workplace.write("rules.toml", format!("{}{}", workplace.read("rules.toml"), keep("lines")));
    let ran = workplace.bowdler("run rules.toml --from dump.sql --to other.sql --key-file key").exits(3);
    ran.says(&["options", "--exclude-table"]).never_says(&["canary"]);
    workplace.write("dump.sql", server.dump("elsewhere", "--exclude-table=lines"));
    workplace.write("rules.toml", workplace.read("rules.toml").replace(&keep("lines"), ""));
    workplace.bowdler("run rules.toml --from dump.sql --to other.sql --key-file key").exits(0);
    for change in [
        "ALTER SERVER far OPTIONS (SET host 'canary');",
        "ALTER FOREIGN DATA WRAPPER plain OPTIONS (SET debug 'canary');",
        "ALTER FOREIGN TABLE over_there OPTIONS (SET table_name 'canary');",
        "ALTER DOMAIN mail SET DEFAULT 'canary';",
        "ALTER TYPE pair ADD ATTRIBUTE c text;",
    ] {
        let end = "--\n-- PostgreSQL database dump complete";
        let dump = String::from_utf8(server.dump("elsewhere", "--exclude-table=lines")).unwrap();
        workplace.write("dump.sql", dump.replace(end, &format!("{change}\n\n{end}")));
        let ran = workplace.bowdler("run rules.toml --from dump.sql --to another.sql --key-file key").exits(3);
        ran.never_says(&["canary"]);
    }
}
