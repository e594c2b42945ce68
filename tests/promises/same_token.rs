//! With one key, an identity domain gives one token for one value in every table, format, run and machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Decimal128Array, Int32Array, Int64Array, RecordBatch, StringArray, UInt64Array};
use arrow::datatypes::{DataType, Int32Type, Int64Type, UInt64Type};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::support::Workplace;

const RULES: &str = r#"
version = 1
[domains]
person = { form = "integer", max = 999_999_999 }
[tables.csv]
files = ["ids.csv"]
columns = { id = { do = "token", domain = "person" } }
[tables.parquet]
files = ["ids.parquet"]
[tables.parquet.columns]
small = { do = "token", domain = "person" }
big = { do = "token", domain = "person" }
unsigned = { do = "token", domain = "person" }
decimal = { do = "token", domain = "person" }
text = { do = "token", domain = "person" }
"#;

#[test]
fn an_id_has_one_token_in_csv_and_in_every_parquet_type() {
    let workplace = Workplace::new();
    let ids = [42, 0, 7, 999_999_999, 123_456, 42];
    workplace.write("rules.toml", RULES);
    workplace.write("exports/ids.csv", format!("id\n{}\n", ids.map(|id| id.to_string()).join("\n")));
    let columns: [(&str, ArrayRef); 5] = [
        ("small", Arc::new(Int32Array::from_iter_values(ids))),
        ("big", Arc::new(Int64Array::from_iter_values(ids.map(i64::from)))),
        ("unsigned", Arc::new(UInt64Array::from_iter_values(ids.map(|id| id as u64)))),
        (
            "decimal",
            Arc::new(Decimal128Array::from_iter_values(ids.map(i128::from)).with_precision_and_scale(20, 0).unwrap()),
        ),
        ("text", Arc::new(StringArray::from_iter_values(ids.map(|id| id.to_string())))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    workplace.write("exports/ids.parquet", writer.into_inner().unwrap());

    workplace.bowdler("run rules.toml --from exports --to staging --key-file key").exits(0);
    let tokens: Vec<i64> =
        workplace.read("staging/ids.csv").lines().skip(1).map(|line| line.parse().unwrap()).collect();
    let file = std::fs::File::open(workplace.path("staging/ids.parquet")).unwrap();
    let batch = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap().next().unwrap().unwrap();
    let column = |name: &str| Arc::clone(batch.column_by_name(name).unwrap());
    assert_eq!(column("big").as_primitive::<Int64Type>().values(), &tokens[..]);
    assert!(
        column("small").as_primitive::<Int32Type>().values().iter().eq(tokens
            .iter()
            .map(|id| *id as i32)
            .collect::<Vec<_>>()
            .iter())
    );
    assert!(
        column("unsigned").as_primitive::<UInt64Type>().values().iter().copied().eq(tokens.iter().map(|id| *id as u64))
    );
    for name in ["decimal", "text"] {
        let texts = arrow::compute::cast(&column(name), &DataType::Utf8).unwrap();
        let numbers: Vec<i64> = texts.as_string::<i32>().iter().map(|text| text.unwrap().parse().unwrap()).collect();
        assert_eq!(numbers, tokens, "{name}");
    }
    assert_eq!(tokens[0], tokens[5]);
    assert_eq!(tokens[..5].iter().collect::<std::collections::BTreeSet<_>>().len(), 5, "tokens are unique");
}

/// Tokens under the key of 32 zero bytes, made once and never to change: a release that changes one of them breaks every
/// join with data sets that were made before it.
#[test]
fn golden_vectors() {
    let golden: BTreeMap<(&str, &str), [&str; 3]> = BTreeMap::from([
        (("sha256", "integer"), ["678589596", "188280265", "655723950"]),
        (
            ("sha256", "uuid"),
            [
                "38870b71-d3fa-4dae-9368-7b702bad19bc",
                "1665a1ae-8506-7786-b15e-66fa7643aff0",
                "cf4dd6fd-60bf-4900-8d6a-f9931e95e564",
            ],
        ),
        (
            ("sha256", "text"),
            ["cw74khwyqhyyronvmelyonp6wv", "jyq44tpd2l6axh2i5plghpcno2", "d7ihzrfmyjkhz2nkkfu2miy4yg"],
        ),
        (("blake3", "integer"), ["751196786", "2563324", "449892593"]),
        (
            ("blake3", "uuid"),
            [
                "792caac0-76b0-4673-b443-d10a317046aa",
                "e9e2ee5b-a581-7a6b-8e1b-a0bb36f86c62",
                "49f668c1-fb19-4bb2-b878-d5181d31504e",
            ],
        ),
        (
            ("blake3", "text"),
            ["luptbam2ngvnzfk5ntcryov32s", "omixlkefx4ixojib437mrrhr7a", "dqqzxvpe3ch5zexqh2cupmj4sy"],
        ),
    ]);
    for ((suite, form), tokens) in golden {
        let workplace = Workplace::new();
        let max = if form == "integer" { ", max = 999_999_999" } else { "" };
        workplace.write(
            "rules.toml",
            format!(
                r#"
version = 1
suite = "{suite}"
[domains]
customer = {{ form = "{form}"{max} }}
[tables.t]
files = ["t.csv"]
columns = {{ id = {{ do = "token", domain = "customer" }} }}
"#
            ),
        );
        let ids = match form {
            "uuid" => [
                "00000000-0000-4000-8000-000000000000",
                "0192e4a1-77c3-7a10-8f3a-0242ac120002",
                "f47ac10b-58cc-4372-a567-0e02b2c3d479",
            ],
            "integer" => ["0", "42", "999999999"],
            _ => ["ana@example.org", "Élodie", "山田太郎"],
        };
        workplace.write("t.csv", format!("id\n{}\n", ids.join("\n")));
        workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key").exits(0);
        let made = workplace.read("out.csv");
        assert_eq!(made.lines().skip(1).collect::<Vec<_>>(), tokens, "{suite} {form}");
    }
}

/// What is escaped in one way here and in another there is one value, and null is what the format says and no word.
#[test]
fn a_value_has_one_token_in_text_formats_and_in_every_form_of_dump() {
    let rows = [(42, "Ana O'Neill"), (7, "Élodie\\\"tab\there"), (999_999_999, "山田太郎"), (42, "NULL")];
    let rules = r#"
version = 1
[domains]
person = { form = "integer", max = 999_999_999 }
name = { form = "text" }
[tables.t]
@FILES@
columns = { id = { do = "token", domain = "person" }, name = { do = "token", domain = "name" } }
"#;
    let workplace = Workplace::new()
        .with("files.toml", rules.replace("@FILES@", "files = [\"t.csv\", \"t.jsonl\"]"))
        .with("dumps.toml", rules.replace("@FILES@", ""));
    let lines = |line: &dyn Fn(&str, &str) -> String, between: &str| {
        rows.map(|(id, name)| line(&id.to_string(), name)).join(between)
    };
    let postgres = |rows: &str| {
        format!(
            "--\n-- PostgreSQL database dump\n--\n\nSET standard_conforming_strings = on;\n\n\
             CREATE TABLE public.t (\n    id integer,\n    name text\n);\n\n{rows}\n\n\
             --\n-- PostgreSQL database dump complete\n--\n"
        )
    };
    let mysql = |rows: &str| {
        format!(
            "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n\n/*!50503 SET NAMES utf8mb4 */;\n\
             CREATE TABLE `t` (\n  `id` int DEFAULT NULL,\n  `name` varchar(99) DEFAULT NULL\n);\n{rows}\n\n-- Dump completed\n"
        )
    };
    let doubled = |name: &str| name.replace('\'', "''");
    let escaped =
        |name: &str| name.replace('\\', "\\\\").replace('"', "\\\"").replace('\'', "\\'").replace('\t', "\\t");
    let json = |name: &str| name.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t");
    let copied = |name: &str| name.replace('\\', "\\\\").replace('\t', "\\t");
    for (name, text) in [
        ("t.csv", format!("id,name\n{}\n", lines(&|id, name| format!("{id},\"{}\"", name.replace('"', "\"\"")), "\n"))),
        ("t.jsonl", lines(&|id, name| format!("{{\"id\":{id},\"name\":\"{}\"}}", json(name)), "\n") + "\n"),
        (
            "copy.sql",
            postgres(&format!(
                "COPY public.t (id, name) FROM stdin;\n{}\n\\.\n",
                lines(&|id, name| format!("{id}\t{}", copied(name)), "\n")
            )),
        ),
        (
            "inserts.sql",
            postgres(&lines(&|id, name| format!("INSERT INTO public.t VALUES ({id}, '{}');", doubled(name)), "\n")),
        ),
        (
            "lists.sql",
            postgres(&format!(
                "INSERT INTO public.t (name, id) VALUES\n{};",
                lines(&|id, name| format!("\t('{}', {id})", doubled(name)), ",\n")
            )),
        ),
        (
            "mysql.sql",
            mysql(&format!(
                "INSERT INTO `t` VALUES {};",
                lines(&|id, name| format!("({id},'{}')", escaped(name)), ",")
            )),
        ),
        (
            "hex.sql",
            mysql(&lines(
                &|id, name| {
                    let hex: String = name.bytes().map(|byte| format!("{byte:02X}")).collect();
                    format!("INSERT INTO `t` (`id`, `name`) VALUES ({id},0x{hex});")
                },
                "\n",
            )),
        ),
    ] {
        workplace.write(name, text);
        let rules = if name.ends_with(".sql") { "dumps" } else { "files" };
        workplace.bowdler(&format!("run {rules}.toml --from {name} --to out_{name} --key-file key")).exits(0);
    }
    let made = workplace.read("out_t.csv");
    let expected: Vec<(&str, &str)> = made.lines().skip(1).map(|line| line.split_once(',').unwrap()).collect();
    assert_eq!(expected[0].0, expected[3].0);
    assert_eq!(expected.iter().map(|(_, name)| name).collect::<std::collections::BTreeSet<_>>().len(), 4);
    for (form, row) in [
        ("t.jsonl", r#"{"id":ID,"name":"NAME"}"#),
        ("copy.sql", "\nID\tNAME\n"),
        ("inserts.sql", "VALUES (ID, 'NAME');"),
        ("lists.sql", "('NAME', ID)"),
        ("mysql.sql", "(ID,'NAME')"),
        ("hex.sql", "(ID,'NAME')"),
    ] {
        let text = workplace.read(&format!("out_{form}"));
        let mut from = 0;
        for (id, name) in &expected {
            let row = row.replace("ID", id).replace("NAME", name);
            let at = text[from..].find(&row).unwrap_or_else(|| panic!("{form}: no {row} in {text}"));
            // The line end before a row may be the one behind another.
            from += at + row.trim_end().len();
        }
    }
}
