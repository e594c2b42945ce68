use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, Int64Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::Value;

use crate::support::{Ran, Workplace, checkout};

/// Genuine in form, and nobody's that anybody knows: a card of a test series, an address, an account of a bank's example.
const CARD: &str = "4539578763621486";
const EMAIL: &str = "ana.costa@correio.pt";
const IBAN: &str = "PT50002700000001234567833";

/// The findings that count, each as file, part, column and kind.
pub(super) fn findings(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let counts = |finding: &&Value| finding["standing"] == "counts";
    let told = |finding: &Value| {
        let text = |name: &str| finding[name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {} {}", text("file"), text("part"), text("column"), text("kind"))
    };
    report["findings"].as_array().unwrap().iter().filter(counts).map(told).collect()
}

/// So many rows of nothing in particular.
fn hay(rows: usize) -> Vec<String> {
    let states = ["open", "paid", "sent", "late"];
    let row = |row: usize| {
        format!("{},{},{}.{:02},shipped on 2024-{:02}-11", row + 1, states[row % 4], row % 90, row % 100, row % 12 + 1)
    };
    (0..rows).map(row).collect()
}

#[test]
fn one_needle_in_a_stack_of_rows_is_found_where_it_is() {
    // As large as one likes: the files of a nightly export have a million rows and more.
    let rows = std::env::var("BOWDLER_NEEDLE_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(20_000);
    for (number, (needle, kind)) in
        [("4539 5787 6362 1486", "card"), (EMAIL, "email"), (IBAN, "iban")].into_iter().enumerate()
    {
        let mut hay = hay(rows);
        let at = (rows * (2 * number + 1)) / 7;
        hay[at] = format!("{},open,1.00,\"said\n{needle} is right\"", at + 1);
        let place = Workplace::new().with("hay.csv", format!("id,state,price,remark\n{}\n", hay.join("\n")));
        let ran = place.bowdler("verify hay.csv --json").exits(1).never_says(&[needle]);
        assert_eq!(findings(&ran), [format!("hay.csv cells remark {kind}")]);
        let finding = &ran.json()["findings"][0];
        assert_eq!((&finding["hits"], &finding["of"]), (&1.into(), &rows.into()));
        let site = &finding["sites"][0];
        assert_eq!((site["row"].as_u64(), site["line"].as_u64()), (Some(at as u64 + 1), Some(at as u64 + 2)));
        place.write("hay.csv", "id,state,price,remark\n1,open,2.00,fine\n");
        place.bowdler("verify hay.csv").exits(0).prints(&["Clean"]);
    }
}

/// The shop's exports sanitised by its rules, in which `from` is replaced by `to`.
pub(super) fn shop(from: &str, to: &str) -> Workplace {
    let rules = std::fs::read_to_string(checkout().join("rules/shop.toml")).unwrap();
    assert!(rules.contains(from), "{from} is not in the rules");
    let place = Workplace::new().with("rules.toml", rules.replacen(from, to, 1));
    let exports = checkout().join("samples/exports");
    // A rule that is turned to keep leaks, and the run itself would see it.
    let arguments = ["run", "rules.toml", "--to", "out", "--key-file", "key", "--no-check-survivors", "--from"];
    place.bowdler_with(&[arguments.as_slice(), &[exports.to_str().unwrap()]].concat()).exits(0);
    place
}

#[test]
fn what_the_shops_rules_have_treated_is_clean() {
    let place = shop("", "");
    place.bowdler("verify out").exits(0).prints(&["Clean"]);
    place.bowdler("verify out --rules rules.toml").exits(0).prints(&["Clean"]);
    place.bowdler("verify out/customers.csv").exits(0).prints(&["Clean"]);
}

#[test]
fn one_rule_turned_to_keep_is_found() {
    for (from, finding) in [
        (r#"{ do = "mask", keep_last = 4, keep_separators = true }"#, "out/customers.csv cells card_number card"),
        (r#"{ do = "fake", like = "phone", locale = "en_GB" }"#, "out/customers.csv cells phone phone"),
        (r#"{ do = "fake", like = "street", locale = "en_GB" }"#, "out/customers.csv cells street address"),
        (r#"{ do = "mask", keep_first = 2, with = "X", keep_separators = true }"#, "out/payments.csv cells iban iban"),
        (r#"{ do = "replace", with = "Text removed" }"#, "out/support_tickets.csv cells body card"),
        (r#"gift_message = "null""#, "out/orders/orders-2026-10.parquet cells gift_message phone"),
    ] {
        let to = if from.starts_with("gift") { "gift_message = \"keep\"" } else { "\"keep\"" };
        let place = shop(from, to);
        let ran = place.bowdler("verify out --json").exits(1);
        assert!(findings(&ran).contains(&finding.to_owned()), "{finding} is not in {:?}", findings(&ran));
    }
}

#[test]
fn a_data_set_is_held_to_its_manifest() {
    let place = shop("", "");
    let agents = place.read("out/support_tickets.csv");
    let (before, _) = agents.trim_end().rsplit_once('\n').unwrap();
    let row =
        "T-ivfjzs6a4542guxvsotrlvie2k,Ana Costa,2026-08-03 00:00:00,chat,Hello,Text removed,a@example.com,,01/01/1982";
    place.write("out/support_tickets.csv", format!("{before}\n{row}\n"));
    std::fs::rename(place.path("out/payments.csv"), place.path("out/paid.csv")).unwrap();
    let ran = place.bowdler("verify out --json").exits(1).never_says(&["Ana Costa"]);
    let found = findings(&ran);
    for finding in [
        "out/payments.csv file - missing-file",
        "out/paid.csv file - stray-file",
        "out/support_tickets.csv file - changed-file",
        "out/support_tickets.csv cells customer_id no-token",
        "out/support_tickets.csv cells subject not-replaced",
    ] {
        assert!(found.contains(&finding.to_owned()), "{finding} is not in {found:?}");
    }
}

#[test]
fn rules_say_what_must_not_be_there() {
    let rules = r#"
        version = 1
        [tables.t]
        files = ["t.csv"]
        [tables.t.columns]
        id = { do = "token" }
        name = { do = "mask", keep_first = 1 }
        born = { do = "generalise", to = "year" }
        notes = "drop"
        state = "keep"
    "#;
    let place = Workplace::new()
        .with("rules.toml", rules)
        .with(
            "t.csv",
            "id,name,born,notes,state,extra\nAna,A**,1985-02-03,x,open,y\nivfjzs6a4542guxv,Zoe,1985-01-01,,late,\n",
        )
        .with("u.csv", "a\n1\n");
    let ran = place.bowdler("verify t.csv u.csv --rules rules.toml --json").exits(1);
    assert_eq!(
        findings(&ran),
        [
            "t.csv column-name notes not-dropped",
            "t.csv column-name extra unlisted-column",
            "t.csv cells id no-token",
            "t.csv cells name person-name",
            "t.csv cells name not-masked",
            "t.csv cells born not-generalised",
            "u.csv file - unlisted-file",
        ]
    );
}

fn write_parquet(place: &Workplace, name: &str, columns: Vec<(&str, ArrayRef)>, metadata: Option<(&str, &str)>) {
    let note = metadata.map(|(key, value)| vec![KeyValue::new(key.to_owned(), value.to_owned())]);
    let properties = WriterProperties::builder().set_key_value_metadata(note).build();
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    std::fs::create_dir_all(place.path(name).parent().unwrap()).unwrap();
    let file = File::create(place.path(name)).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn whatever_holds_it_a_value_is_found_and_never_said() {
    let place = Workplace::new();
    let texts = |texts: &[&str]| Arc::new(StringArray::from(texts.to_vec())) as ArrayRef;
    let numbers = |numbers: Vec<i64>| Arc::new(Int64Array::from(numbers)) as ArrayRef;
    write_parquet(&place, "in/cells.parquet", vec![("a", texts(&["x", EMAIL, "y"]))], None);
    write_parquet(&place, "in/numbers.parquet", vec![("card", numbers(vec![1, CARD.parse().unwrap()]))], None);
    write_parquet(&place, "in/noted.parquet", vec![("a", texts(&["x"]))], Some(("owner", EMAIL)));
    write_parquet(&place, "in/named.parquet", vec![(EMAIL, texts(&["x"]))], None);
    write_parquet(&place, &format!("in/email={EMAIL}/part.parquet"), vec![("a", texts(&["x"]))], None);
    let metadata = HashMap::from([("note".to_owned(), format!("from {EMAIL}"))]);
    let schema = Schema::new(vec![Field::new("a", DataType::Utf8, true).with_metadata(metadata)]);
    let batch = RecordBatch::try_new(Arc::new(schema), vec![texts(&["x"])]).unwrap();
    let file = File::create(place.path("in/field.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let inner = StructArray::from(vec![(Arc::new(Field::new("iban", DataType::Utf8, true)), texts(&["x", IBAN, "y"]))]);
    let item = Arc::new(Field::new("item", inner.data_type().clone(), true));
    let list = ListArray::new(item, OffsetBuffer::from_lengths([1, 2]), Arc::new(inner), None);
    write_parquet(&place, "in/nested.parquet", vec![("paid", Arc::new(list) as ArrayRef)], None);
    place.write("in/json.csv", "doc\n\"{\"\"mail\"\": \"\"ana.costa\\u0040correio.pt\"\"}\"\n");
    place.write("in/notes.txt", format!("first\nsecond, from {EMAIL}\n"));
    place.write(format!("in/{CARD}.csv").as_str(), "a\nx\n");

    let ran = place.bowdler("verify in --json").exits(1).never_says(&[EMAIL, CARD, IBAN, "ana.costa"]);
    let shape = "aaa.aaaaa@aaaaaaa.aa";
    let expected = [
        "in/cells.parquet cells a email".to_owned(),
        format!("in/email={shape}/part.parquet file-name - email"),
        "in/field.parquet metadata note email".to_owned(),
        "in/json.csv cells doc email".to_owned(),
        format!("in/named.parquet column-name {shape} email"),
        "in/nested.parquet cells paid[].iban iban".to_owned(),
        "in/noted.parquet metadata owner email".to_owned(),
        "in/notes.txt cells - email".to_owned(),
        "in/numbers.parquet cells card card".to_owned(),
        "in/numbers.parquet statistics card card".to_owned(),
    ];
    let found = findings(&ran);
    for finding in expected {
        assert!(found.contains(&finding), "{finding} is not in {found:#?}");
    }
    let report = ran.json();
    // A number alone may be anything, and is not shown either.
    assert!(report["files"].as_array().unwrap().iter().any(|file| file["name"] == "in/9999999999999999.csv"));
    let is_nested = |finding: &&Value| finding["column"] == "paid[].iban" && finding["part"] == "cells";
    let nested = report["findings"].as_array().unwrap().iter().find(is_nested);
    assert_eq!(nested.unwrap()["sites"][0]["row"], 2, "the second value of the second row's list");
    place.bowdler("verify in").exits(1).never_says(&[EMAIL, CARD, IBAN, "ana.costa"]);
    place.bowdler("verify in --log-format json").exits(1).never_says(&[EMAIL, CARD, IBAN, "ana.costa"]);
}

#[test]
fn the_same_values_are_found_in_csv_and_in_parquet() {
    let keep = r#"
        version = 1
        [tables.t]
        files = ["customers.csv"]
        [tables.t.columns]
        "*" = "keep"
    "#;
    let place = Workplace::new().with("keep.toml", keep);
    std::fs::copy(checkout().join("samples/exports/customers.csv"), place.path("customers.csv")).unwrap();
    place.bowdler("run keep.toml --from customers.csv --to customers.parquet").exits(0);
    let cells = |name: &str| {
        let report = place.bowdler_with(&["verify", name, "--json", "--no-manifest"]).exits(1).json();
        let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["part"] == "cells");
        let told = |finding: &Value| {
            let rows: Vec<_> = finding["sites"].as_array().unwrap().iter().map(|site| site["row"].clone()).collect();
            let names = ["column", "kind", "grade", "hits", "cells", "of", "standing"];
            (names.map(|name| finding[name].clone()), rows)
        };
        findings.map(told).collect::<Vec<_>>()
    };
    let (csv, parquet) = (cells("customers.csv"), cells("customers.parquet"));
    assert!(csv.len() > 5);
    assert_eq!(csv, parquet);
}

#[test]
fn what_can_t_be_read_is_never_clean() {
    let place = Workplace::new();
    write_parquet(&place, "whole.parquet", vec![("a", Arc::new(StringArray::from(vec!["x"; 100])) as ArrayRef)], None);
    let whole = place.bytes("whole.parquet");
    for (name, bytes, says) in [
        ("cut.csv", b"a,b\n1,2\n3,\"never closed\n".to_vec(), "cut off"),
        ("ragged.csv", b"a,b\n1,2\n1,2,3\n".to_vec(), "line 3"),
        ("cut.parquet", whole[..whole.len() / 2].to_vec(), "cut.parquet"),
        ("latin.csv", b"name\nJos\xe9\n".to_vec(), "not UTF-8"),
        ("export.csv.gz", vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0], "its gzip has no end"),
        ("x.bin", vec![0, 159, 146, 150], "no table that is known here"),
    ] {
        let place = Workplace::new().with(name, bytes).with("other.csv", format!("a\n{EMAIL}\n"));
        let ran = place.bowdler_with(&["verify", name]).exits(4).prints(&["not looked at", "Nothing is claimed", says]);
        assert!(!ran.stdout.contains("Clean"), "{ran:?}");
        // What was found elsewhere is told all the same.
        let ran = place.bowdler_with(&["verify", name, "other.csv", "--json"]).exits(4);
        assert_eq!(findings(&ran), ["other.csv cells a email"]);
    }
    let place = Workplace::new();
    std::fs::create_dir(place.path("empty")).unwrap();
    place.bowdler("verify empty").exits(4).prints(&["nothing was looked at"]);
    place.bowdler("verify nowhere.csv").exits(5);
    place.bowdler("verify").exits(2);
}

#[test]
fn a_report_is_the_same_with_any_number_of_threads_and_any_size_of_blocks() {
    let place = Workplace::new();
    let exports = checkout().join("samples/exports");
    let run = |options: &str| {
        let mut arguments = vec!["verify", exports.to_str().unwrap(), "--json"];
        arguments.extend(options.split_whitespace());
        place.bowdler_with(&arguments).exits(1).stdout
    };
    let report = run("--threads 1");
    for options in ["--threads 2", "--threads 7 --block-size 1000", "--threads 3 --block-size 33333"] {
        assert_eq!(run(options), report, "{options}");
    }
    let sampled = run("--sample 7 --threads 1");
    assert_eq!(run("--sample 7 --threads 4 --block-size 5000"), sampled);
    assert_ne!(sampled, report);
}

#[test]
fn what_is_allowed_or_known_does_not_count() {
    let place = Workplace::new()
        .with("t.csv", format!("agent,remark\n{EMAIL},{EMAIL}\n,qa@correio.pt\n"))
        .with("values.toml", format!("values = ['{EMAIL}']\npatterns = ['qa@.*']\n"))
        .with("column.toml", "[[columns]]\ncolumn = 'agent'\nentities = ['email']\n")
        .with("wrong.toml", "values = 'x'\n");
    place.bowdler("verify t.csv").exits(1);
    place.bowdler("verify t.csv --allow values.toml").exits(0);
    let ran = place.bowdler("verify t.csv --allow column.toml --json").exits(1);
    assert_eq!(findings(&ran), ["t.csv cells remark email"]);
    place.bowdler("verify t.csv --allow wrong.toml").exits(2).says(&["wrong.toml, line 1"]);
    place.bowdler("verify t.csv --max 2").exits(1);
    place.bowdler("verify t.csv --max 3").exits(0);

    place.bowdler("verify t.csv --write-baseline known.json").exits(1);
    assert!(!place.read("known.json").contains("correio"));
    place.bowdler("verify t.csv --baseline known.json").exits(0);
    place.write("t.csv", format!("agent,remark\n{EMAIL},{EMAIL}\n,qa@correio.pt\n,neu@correio.pt\n"));
    let ran = place.bowdler("verify t.csv --baseline known.json --json").exits(1);
    assert_eq!(findings(&ran), ["t.csv cells remark email"]);
    place.bowdler("verify t.csv --baseline t.csv").exits(2);
}

#[test]
fn what_is_only_possible_counts_when_it_is_asked_for_and_agrees() {
    let rows: String = (0..40).map(|row| format!("{row},{}\n", if row == 7 { CARD } else { "none" })).collect();
    let place = Workplace::new().with("t.csv", format!("id,ref\n{rows}"));
    let report = place.bowdler("verify t.csv --json").json();
    let Some(finding) = report["findings"].as_array().unwrap().first() else { panic!("nothing is found") };
    let (clean, found) = if finding["grade"] == "possible" { (0, 1) } else { panic!("{finding}") };
    place.bowdler("verify t.csv").exits(clean);
    place.bowdler("verify t.csv --fail-on possible").exits(found);
    place.bowdler("verify t.csv --fail-on possible --min-hits 2").exits(clean);
    place.bowdler("verify t.csv --fail-on possible --min-ratio 0.5").exits(clean);
    place.bowdler("verify t.csv --min-ratio 2").exits(2);
}

#[test]
fn what_is_possible_one_by_one_is_certain_when_a_column_agrees() {
    // Numbers of a test series with right check digits: one among others may be chance, thirty of thirty are not.
    let luhn = |number: u64| {
        let digits = number.to_string();
        let sum: u32 = digits
            .chars()
            .rev()
            .enumerate()
            .map(|(place, digit)| {
                let digit = digit.to_digit(10).unwrap();
                if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
            })
            .sum();
        format!("{digits}{}", (10 - sum % 10) % 10)
    };
    let cards: Vec<String> = (0..30).map(|row| luhn(453_957_876_362_100 + row * 7919)).collect();
    for (others, code) in [(0, 1), (30, 0)] {
        let others = (0..others).map(|row| format!("{}", 5_000 + row));
        let rows: Vec<String> = cards.iter().cloned().chain(others).collect();
        let place = Workplace::new().with("t.csv", format!("ref\n{}\n", rows.join("\n")));
        place.bowdler("verify t.csv").exits(code);
    }
}

#[test]
fn own_patterns_and_words_are_found() {
    let place = Workplace::new()
        .with("own.toml", "[patterns.staff]\nregex = 'S-\\d{4}'\n[patterns.customers]\nwords_file = 'words.txt'\ncolumns = ['remark']\n")
        .with("words.txt", "Acme Ltd\nGlobex\n")
        .with("t.csv", "id,remark,other\n1,by S-1234 for ACME LTD,Globex\n2,globexes,\n");
    let ran = place.bowdler("verify t.csv --patterns own.toml --json").exits(1).never_says(&["S-1234", "ACME"]);
    assert_eq!(findings(&ran), ["t.csv cells remark customers", "t.csv cells remark staff"]);
    place.bowdler("verify t.csv --patterns words.txt").exits(2);
}

#[test]
fn files_that_are_shown_by_one_shape_are_told_apart() {
    let place = Workplace::new();
    for (name, remark) in
        [("ana.costa@correio.pt", "fine"), ("rui.silva@correio.pt", EMAIL), ("eva.matos@correio.pt", "4")]
    {
        place.write(&format!("in/by={name}/part.csv"), format!("remark\n{remark}\n"));
    }
    place.write("in/by=ida.sousa@correio.pt/part.parquet", "PAR1 and no more");
    let ran =
        place.bowdler("verify in --json").exits(4).never_says(&["ana.costa", "rui.silva", "eva.matos", "ida.sousa"]);
    let report = ran.json();
    let shape = "in/by=aaa.aaaaa@aaaaaaa.aa/part.csv";
    let names: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
    let parquet = "in/by=aaa.aaaaa@aaaaaaa.aa/part.parquet";
    assert_eq!(names, [shape, &format!("{shape} (2)"), &format!("{shape} (3)"), parquet]);
    // In the order of their names, the third is the one with an address in it.
    let with_address: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["part"] == "cells")
        .map(|finding| finding["file"].as_str().unwrap())
        .collect();
    assert_eq!(with_address, [format!("{shape} (3)")]);
    let fingerprints: std::collections::BTreeSet<String> =
        report["findings"].as_array().unwrap().iter().map(|finding| finding["fingerprint"].to_string()).collect();
    assert_eq!(fingerprints.len(), report["findings"].as_array().unwrap().len());
}

#[test]
fn a_file_that_is_missing_is_named_by_its_shape_too() {
    let place = Workplace::new()
        .with("rules.toml", "version = 1\n[tables.t]\nfiles = ['*/t.csv']\n[tables.t.columns]\na = 'keep'\n")
        .with("in/rui.silva@correio.pt/t.csv", "a\n1\n");
    place.bowdler("run rules.toml --from in --to out --key-file key --allow-names */t.csv").exits(0);
    std::fs::remove_file(place.path("out/rui.silva@correio.pt/t.csv")).unwrap();
    let ran = place.bowdler("verify out --json").exits(1).never_says(&["rui.silva"]);
    let missing = "out/aaa.aaaaa@aaaaaaa.aa/t.csv file - missing-file";
    assert!(findings(&ran).contains(&missing.to_owned()), "{:?}", findings(&ran));
}

#[test]
fn where_reading_stopped_does_not_tell_how_few_rows_there_are() {
    let place = Workplace::new().with("t.csv", "a,b\n1,2\n3,4\n5\n");
    place.bowdler("verify t.csv").exits(4).prints(&["(line 4)"]);
    for format in ["text", "json", "sarif", "junit", "html"] {
        let ran = place.bowdler(&format!("verify t.csv --round-below 5 --format {format}")).exits(4);
        for told in ["line 4", "\"line\": 4", "\"row\": 3", "startLine\": 4"] {
            assert!(!ran.stdout.contains(told), "{format}: {}", ran.stdout);
        }
    }
}

#[test]
fn a_day_that_no_calendar_has_is_no_bug() {
    let place = Workplace::new();
    let days: ArrayRef = Arc::new(arrow::array::Date32Array::from(vec![0, 5, i32::MAX]));
    let names: ArrayRef = Arc::new(StringArray::from(vec!["Ana", "Rui", "Eva"]));
    write_parquet(&place, "t.parquet", vec![("born", days), ("name", names)], None);
    place.bowdler("verify t.parquet --fail-on possible").exits(1);
}
