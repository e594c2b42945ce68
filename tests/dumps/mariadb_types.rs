//! Types and keys of MariaDB: what rules make of values loads, or nothing is published.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use std::fs;

use crate::mariadb::Server;
use crate::skipped;
use crate::support::Workplace;

/// What makes a column and a key on it, its values, and rules: those that load and those that are refused.
type Case<'c> = (&'c str, &'c str, &'c [&'c str], &'c [&'c str]);

const CASES: &[Case<'_>] = &[
    ("a enum('small','la''rge')", "('small')", &["WITH \"la'rge\""], &["WITH \"Ana\"", "WITH \"\"", "\"mask\""]),
    ("a enum('small') COLLATE utf8mb4_bin", "('small')", &["WITH \"small\""], &["WITH \"Small\""]),
    ("a set('a','b')", "('a,b')", &["WITH \"\"", "WITH \"b\""], &["WITH \"a,\"", "WITH \"c\"", "TOKEN"]),
    (
        "a json",
        "('{}')",
        &["WITH \"[1]\"", "WITH \"\\\"\\\\u00e9\\\"\""],
        &["WITH \"Ana\"", "WITH \"\\\"\\\\ud800\\\"\""],
    ),
    ("a uuid", "('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')", &["UUID"], &["\"mask\"", "TOKEN", "WITH \"a0ee\""]),
    ("a inet4", "('192.0.2.1')", &["\"network\"", "WITH \"0.0.0.0\""], &["WITH \"192.0.2.256\"", "WITH \"::1\""]),
    ("a inet6", "('::1')", &["\"network\"", "WITH \"::\"", "WITH \"::ffff:1.2.3.4\""], &["WITH \"Ana\""]),
    (
        "a time(6)",
        "('12:34:56')",
        &["WITH \"-838:59:59\"", "WITH \"838:59:58.5\"", "WITH \"838:59:59.0\""],
        &["WITH \"839:00:00\"", "WITH \"12:60:00\"", "WITH \"Ana\"", "\"mask\""],
    ),
    ("a year", "(2001)", &["WITH 0", "WITH 1901", "WITH 2155"], &["WITH 1900", "WITH 2156"]),
    ("a bit(5)", "(b'10101')", &["WITH 31", "WITH 0"], &["WITH 32"]),
    ("a bit", "(b'1')", &["WITH false"], &[]),
    ("a point", "(point(1, 2))", &[], &["TOKEN", "\"mask\""]),
    ("a geometry", "(point(1, 2))", &[], &["TOKEN", "\"mask\""]),
    ("a decimal(5,2)", "(999.99)", &["WITH -999.99"], &["{ do = \"round\", to = 1000 }"]),
    ("a tinyint unsigned", "(1)", &["WITH 255"], &["WITH 256", "WITH -1"]),
    ("a mediumint", "(1)", &["WITH -8388608"], &["WITH 8388608"]),
    ("a varchar(3) CHARACTER SET latin1", "('Ana')", &["WITH \"äöü\""], &["WITH \"ж\"", "WITH \"Anna\""]),
    ("a tinytext", "('Ana')", &["TOKEN", "\"mask\""], &[]),
    ("a double", "(1.5)", &["WITH 1e308"], &[]),
    // Keys.
    ("a varchar(40) UNIQUE", "('abcdefgh'), ('abcdefgi'), (NULL)", &["TOKEN", "LOWER"], &["LETTERS", "\"mask\""]),
    ("a varchar(40) COLLATE utf8mb4_bin UNIQUE", "('abcdefgh'), ('ABCDEFGH')", &["TOKEN", "LETTERS"], &["\"mask\""]),
    ("a varchar(40) CHARACTER SET latin1 COLLATE latin1_general_cs UNIQUE", "('abcdefgh')", &["LETTERS"], &[]),
    ("a varchar(40) CHARACTER SET latin1 UNIQUE", "('abcdefgh')", &["LOWER"], &["LETTERS"]),
    ("a varchar(40), UNIQUE (a(4))", "('abcdefgh'), ('bbcdefgh')", &[], &["TOKEN", "\"mask\""]),
    ("a varchar(40), UNIQUE (id, a)", "('abcdefgh'), ('abcdefgi')", &["\"mask\"", "LETTERS"], &[]),
    (
        "a varchar(40), g varchar(40) AS (left(a, 4)) VIRTUAL UNIQUE",
        "('abcdefgh'), ('bbcdefgh')",
        &[],
        &["TOKEN", "\"mask\""],
    ),
];

#[test]
fn what_rules_make_loads_in_mariadb_or_is_not_published() {
    let Some(server) = Server::start() else {
        skipped("what_rules_make_loads_in_mariadb", "there is no MariaDB here: run tests/install-databases.sh");
        return;
    };
    server.ask("", "CREATE DATABASE typed CHARACTER SET utf8mb4");
    for (place, (columns, rows, ..)) in CASES.iter().enumerate() {
        let table = format!("CREATE TABLE t{place} (id int AUTO_INCREMENT PRIMARY KEY, {columns})");
        server.ask("typed", &format!("{table}; INSERT INTO t{place} (a) VALUES {rows}"));
    }
    let workplace = Workplace::new();
    let mut loads = 0;
    for (place, (columns, _, taken, refused)) in CASES.iter().enumerate() {
        workplace.write("dump.sql", server.dump(&format!("typed t{place}"), "--hex-blob"));
        let always = ["\"keep\"", "\"null\"", "\"drop\""];
        let rules =
            always.iter().chain(*taken).map(|rule| (rule, true)).chain(refused.iter().map(|rule| (rule, false)));
        for (rule, is_taken) in rules {
            let rule = match rule.strip_prefix("WITH ") {
                Some(value) => format!("{{ do = \"replace\", with = {value} }}"),
                None => rule
                    .replace("TOKEN", "{ do = \"token\", domain = \"text\" }")
                    .replace("UUID", "{ do = \"token\", domain = \"uuid\" }")
                    .replace("LETTERS", "{ do = \"encrypt\", alphabet = \"letters\" }")
                    .replace("LOWER", "{ do = \"encrypt\", alphabet = \"lower\" }"),
            };
            workplace.write(
                "rules.toml",
                format!("version = 1\n[domains]\ntext = {{ form = \"text\" }}\nuuid = {{ form = \"uuid\" }}\n[tables.t{place}.columns]\nid = \"keep\"\na = {rule}\n"),
            );
            // Of two rows whose expressions are compared, neither may change, even to null.
            let is_taken = is_taken && !(columns.contains(" AS ") && rule != "\"keep\"");
            let ran = workplace.bowdler("run rules.toml --from dump.sql --to safe.sql --key-file key");
            assert_eq!(ran.code == 0, is_taken, "{columns} {rule}: {ran:?}");
            if !is_taken {
                assert!(matches!(ran.code, 2 | 3) && !workplace.path("safe.sql").exists(), "{columns} {rule}: {ran:?}");
                continue;
            }
            // The server is told to take no value that it has to change, which dumps tell it to do: as they come, they have
            // values of computed columns.
            if !columns.contains(" AS ") {
                let (lenient, strict) = ("SQL_MODE='NO_AUTO_VALUE_ON_ZERO'", "SQL_MODE='STRICT_ALL_TABLES'");
                let safe = workplace.read("safe.sql").replace(lenient, strict);
                assert!(safe.contains(strict));
                workplace.write("safe.sql", safe);
            }
            loads += 1;
            let loaded = server.load(&format!("loaded{loads}"), workplace.path("safe.sql"), "SET @x = 1");
            assert!(loaded.status.success(), "{columns} {rule}: {}", String::from_utf8_lossy(&loaded.stderr));
            fs::remove_file(workplace.path("safe.sql")).unwrap();
        }
        let _ = fs::remove_file(workplace.path("proposed.toml"));
        workplace.bowdler("init dump.sql -o proposed.toml").exits(0);
        let checked = workplace.bowdler("check proposed.toml --from dump.sql --quiet");
        assert!(checked.code == 0 || columns.contains(" AS ") || columns.contains("a(4)"), "{columns}: {checked:?}");
    }
}
