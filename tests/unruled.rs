//! Files that nobody wrote rules for: `mask` and `init` on every labelled table and every export of the sample shop.

#[allow(dead_code, reason = "shared with the other tests")]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use support::{Workplace, checkout};

/// What points at one person wherever it stands.
const TELLING: [&str; 9] =
    ["full_name", "email", "phone", "street", "national_id", "tax_id", "iban", "card_number", "mac_address"];

/// The tables, and of those with labels the places of the columns that point at somebody.
fn tables() -> Vec<(PathBuf, Vec<usize>)> {
    let folder = checkout().join("tests/columns");
    let mut telling: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for record in csv::Reader::from_path(folder.join("labels.csv")).unwrap().into_records() {
        let record = record.unwrap();
        let columns = telling.entry(record[0].to_owned()).or_default();
        if TELLING.contains(&&record[3]) {
            columns.push(record[1].parse::<usize>().unwrap() - 1);
        }
    }
    let labelled = telling.into_iter().map(|(table, columns)| (folder.join(format!("{table}.csv")), columns));
    let exports = ["customers.csv", "payments.csv", "support_tickets.csv", "orders/orders-2026-09.parquet"];
    let exports = exports.map(|name| (checkout().join("samples/exports").join(name), Vec::new()));
    labelled.chain(exports).collect()
}

/// The values of columns of a CSV file that are long enough not to stand elsewhere by chance.
fn values(path: &Path, columns: &[usize]) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let delimiter = if text.lines().next().unwrap().contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let records = reader.records().map(Result::unwrap);
    records
        .flat_map(|record| columns.iter().map(|column| record[*column].to_owned()).collect::<Vec<_>>())
        .filter(|value| value.len() > 6)
        .collect()
}

#[test]
fn what_is_masked_without_rules_is_clean_and_holds_nothing_of_its_source() {
    for (source, telling) in tables() {
        let workplace = Workplace::new();
        let name = source.file_name().unwrap().to_str().unwrap();
        let (from, to) = (source.to_str().unwrap(), format!("safe-{name}"));
        workplace.bowdler_with(&["mask", from, "-o", &to, "--quiet"]).exits(0);
        workplace.bowdler_with(&["verify", &to]).exits(0).prints(&["Clean"]);
        if !telling.is_empty() {
            let made = workplace.read(&to);
            for value in values(&source, &telling) {
                assert!(!made.contains(&value), "{name}: a value of the source is still there");
            }
        }
    }
}

#[test]
fn rules_that_are_proposed_fit_and_run_at_once() {
    for (source, _) in tables() {
        let workplace = Workplace::new();
        let name = source.file_name().unwrap().to_str().unwrap();
        let from = source.to_str().unwrap();
        workplace.bowdler_with(&["init", from, "-o", "rules.toml"]).exits(0);
        workplace.bowdler_with(&["check", "rules.toml", "--from", from]).exits(0);
        workplace.bowdler_with(&["run", "rules.toml", "--from", from, "--to", name, "--quiet"]).exits(0);
    }
}

#[test]
fn what_can_t_be_masked_is_told_and_nothing_is_published() {
    for (name, bytes, code) in [
        ("ragged.csv", "a,b\n1,2\n1,2,3\n", 3),
        ("cut.csv", "a,b\n1,\"never closed\n", 3),
        ("unknown.xyz", "a,b\n", 3),
        ("cut.parquet", "PAR1 and no more", 3),
    ] {
        let workplace = Workplace::new();
        workplace.write(name, bytes);
        let ran = workplace.bowdler(&format!("mask {name} -o out.csv"));
        assert_eq!(ran.code, code, "{name}: {ran:?}");
        assert!(!workplace.path("out.csv").exists(), "{name}");
    }
    let workplace = Workplace::new();
    workplace.write("a.csv", "email\nana@shop.example\n");
    workplace.bowdler("mask a.csv -o a.csv").exits(2);
    assert_eq!(workplace.read("a.csv"), "email\nana@shop.example\n");
}

#[test]
fn what_is_proposed_for_tables_without_rows_runs_at_once() {
    let postgres = |columns: &str, rest: &str| {
        format!(
            "--\n-- PostgreSQL database dump\n--\n\nSET standard_conforming_strings = on;\n\nCREATE TABLE public.t (\n{columns}\n);\n\n\
             COPY public.t FROM stdin;\n\\.\n\n{rest}\n\n--\n-- PostgreSQL database dump complete\n--\n"
        )
    };
    let mysql = |columns: &str| {
        format!(
            "-- MySQL dump 10.13\n\nCREATE TABLE `t` (\n{columns}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n\n-- Dump completed\n"
        )
    };
    let primary = "ALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (id);";
    for dump in [
        postgres("    id integer NOT NULL,\n    born date NOT NULL", primary),
        postgres("    id bigint NOT NULL,\n    amount numeric(9,2) NOT NULL", primary),
        postgres("    id uuid NOT NULL,\n    flag boolean NOT NULL", primary),
        postgres("    id text NOT NULL,\n    name character varying(12)", primary),
        postgres(
            "    id integer NOT NULL,\n    code character varying(20) NOT NULL",
            "CREATE UNIQUE INDEX i ON public.t USING btree (id, code);",
        ),
        mysql(
            "  `id` int NOT NULL AUTO_INCREMENT,\n  `k` bigint unsigned NOT NULL,\n  PRIMARY KEY (`id`),\n  UNIQUE KEY `k` (`k`)",
        ),
        mysql("  `id` char(36) NOT NULL,\n  `t` varchar(20) NOT NULL,\n  PRIMARY KEY (`id`),\n  UNIQUE KEY `t` (`t`)"),
    ] {
        let place = Workplace::new().with("d.sql", &dump);
        place.bowdler("init d.sql -o rules.toml").exits(0);
        let ran = place.bowdler("run rules.toml d.sql --to out.sql");
        assert!(ran.code == 0, "{dump}{}\n{}", place.read("rules.toml"), ran.stderr);
        place.bowdler("mask d.sql -o masked.sql").exits(0);
    }
}
