//! Dumps of many tables that are compressed as one.

use std::fmt::Write as _;

use crate::support::Workplace;
use crate::{WAYS, filter};

const TABLES: usize = 30;

/// A dump of many tables with rows that do not compress, as pg_dump writes it or as mysqldump does.
fn dump(postgres: bool) -> String {
    let mut dump = if postgres {
        "--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n\n"
            .to_owned()
    } else {
        "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n-- Host: localhost    Database: d\n\
         -- ------------------------------------------------------\n-- Server version\t8.0.36\n\n\
         /*!40101 SET NAMES utf8mb4 */;\n\n"
            .to_owned()
    };
    for table in 0..TABLES {
        let row = |row: usize| blake3::hash(format!("{table} {row}").as_bytes()).to_hex();
        // Writing to a string can't fail.
        let _ = if postgres {
            let rows: String = (0..200).map(|number| format!("{number}\t{}\n", row(number))).collect();
            write!(
                dump,
                "CREATE TABLE public.t{table:02} (\n    id integer,\n    ref text\n);\n\n\
                 COPY public.t{table:02} (id, ref) FROM stdin;\n{rows}\\.\n\n"
            )
        } else {
            let rows: Vec<String> = (0..200).map(|number| format!("({number},'{}')", row(number))).collect();
            write!(
                dump,
                "CREATE TABLE `t{table:02}` (\n  `id` int DEFAULT NULL,\n  `ref` text\n) ENGINE=InnoDB DEFAULT \
                 CHARSET=utf8mb4;\n\nINSERT INTO `t{table:02}` VALUES {};\n\n",
                rows.join(",")
            )
        };
    }
    dump.push_str(if postgres {
        "--\n-- PostgreSQL database dump complete\n--\n"
    } else {
        "-- Dump completed on 2026-11-01  3:00:00\n"
    });
    dump
}

/// However many tables there are: each thread passes through the dump, and who looks for tables and for what stands
/// between them.
#[cfg(target_os = "linux")]
#[test]
fn a_compressed_dump_is_not_read_from_its_start_for_every_table() {
    for (postgres, (ending, program)) in [true, false].into_iter().zip(WAYS) {
        let dump = dump(postgres);
        let Some(file) = filter(&[program, "-c"], dump.as_bytes()) else { continue };
        let name = format!("d.sql.{ending}");
        let place = Workplace::new().with("d.sql", &dump).with(&name, &file).with("one.csv", "ref\nx\n");
        place.bowdler(&format!("init {name} -o rules.toml")).exits(0);
        for (command, passes) in [
            (format!("init {name}"), 4),
            (format!("verify {name} --threads 1"), 6),
            (format!("verify {name} --threads 3"), 9),
            (format!("verify one.csv --against {name} --rules rules.toml --threads 1"), 6),
            (format!("verify one.csv --against {name} --threads 1"), 7),
        ] {
            // What the shell's children have read is added to what it has read.
            let line =
                format!("$BOWDLER {command} >out 2>&1; while read key value; do echo $key $value; done </proc/$$/io");
            let told = place.shell(&line).exits(0).stdout;
            let read = told.lines().find_map(|line| line.strip_prefix("rchar: ")).unwrap().parse::<usize>().unwrap();
            let passed = read / file.len();
            assert!((1..passes).contains(&passed), "{command} has read {passed} times what the file has");
        }
        // And what is told of the tables is what is told of them where the dump is not compressed.
        let told = |name: &str| place.bowdler(&format!("verify {name} --json --fail-on possible")).stdout;
        let comparable = |told: String| {
            let mut report: serde_json::Value = serde_json::from_str(&told.replace(&name, "d.sql")).unwrap();
            for file in report["files"].as_array_mut().unwrap() {
                file["bytes"].take();
                file["blake3"].take();
            }
            report["totals"]["bytes"].take();
            let _ = report["findings"]
                .as_array_mut()
                .unwrap()
                .iter_mut()
                .map(|finding| finding["fingerprint"].take())
                .count();
            report
        };
        assert_eq!(comparable(told(&name)), comparable(told("d.sql")));
    }
}
