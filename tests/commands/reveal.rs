//! `bowdler reveal`: what is reversible comes back, for who holds the key, and nothing else does.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::Int64Type;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::support::{Workplace, set_mode};

const RULES: &str = r#"
version = 1
[domains]
customer = { form = "integer", max = 999_999_999 }
[tables.people]
files = ["people.csv"]
[tables.people.columns]
id    = { do = "token", domain = "customer" }
phone = { do = "encrypt", alphabet = "digits", keep_first = 2, reversible = true }
card  = { do = "encrypt", luhn = true, reversible = true, on_invalid = "null" }
iban  = { do = "encrypt", iban = true, reversible = true }
note  = { do = "encrypt", alphabet = "any", reversible = true }
name  = { do = "encrypt", alphabet = "letters" }
town  = "keep"
ssn   = "drop"
[tables.visits]
files = ["visits/*.parquet"]
[tables.visits.columns]
number = { do = "encrypt", alphabet = "digits", length = 9, reversible = true }
text   = { do = "encrypt", alphabet = "any", reversible = true }
[tables.bare]
files = ["bare.csv"]
csv = { header = false, columns = ["a", "b", "c"], delimiter = ";" }
[tables.bare.columns]
a = "drop"
b = { do = "encrypt", alphabet = "hex", reversible = true }
c = "keep"
"#;

const PEOPLE: &str = "\
id,phone,card,iban,note,name,town,ssn
7,+33 612345678,4111 1111 1111 1111,DE89370400440532013000,\"called, twice\",Zanzibar,Oslo,078051120
8,,,,,,,
9,0049 30 123456,4111 1111 1111 1112,NO9386011117947,Zanzibar,Zebulon,Bergen,1
";

fn workplace() -> Workplace {
    let workplace = Workplace::new().with("rules.toml", RULES).with("exports/people.csv", PEOPLE);
    workplace.write("exports/bare.csv", "1;00ff00;x\n2;abcdef;y\n");
    let columns: [(&str, ArrayRef); 2] = [
        ("number", Arc::new(Int64Array::from(vec![Some(42), None, Some(999_999_999)]))),
        ("text", Arc::new(StringArray::from(vec![Some("Zanzibar"), Some(""), None]))),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    workplace.write("exports/visits/may.parquet", writer.into_inner().unwrap());
    workplace.bowdler("run rules.toml --from exports --to staging --key-file key").exits(0).says(&["reversible"]);
    workplace
}

fn columns(csv: &str, wanted: &[usize]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| wanted.iter().map(|column| row[*column].to_owned()).collect()).collect()
}

#[test]
fn reversible_columns_come_back_and_all_others_stay_as_they_are() {
    let place = workplace();
    let ran = place.bowdler("reveal rules.toml --from staging --to revealed --key-file key").exits(0).prints_nothing();
    ran.never_says(&["Zanzibar"]).says(&["revealed: source values stand again in bare.b, people.card, people.iban"]);
    let (staging, revealed) = (place.read("staging/people.csv"), place.read("revealed/people.csv"));
    assert_eq!(
        columns(&revealed, &[0, 5, 6]),
        columns(&staging, &[0, 5, 6]),
        "tokens, other columns and what was kept"
    );
    assert_eq!(columns(&revealed, &[1, 3, 4]), columns(PEOPLE, &[1, 3, 4]));
    let cards: Vec<String> = columns(&revealed, &[2]).concat();
    assert_eq!(cards, ["card", "4111 1111 1111 1111", "", ""], "what did not conform is gone for good");
    for column in 1..5 {
        assert_ne!(columns(&staging, &[column])[1], columns(PEOPLE, &[column])[1], "it was encrypted");
    }
    assert_eq!(place.read("revealed/bare.csv"), "00ff00;x\nabcdef;y\n");
    let file = std::fs::File::open(place.path("revealed/visits/may.parquet")).unwrap();
    let batch = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap().next().unwrap().unwrap();
    assert!(batch.column(0).as_primitive::<Int64Type>().iter().eq([Some(42), None, Some(999_999_999)]));
    assert!(
        batch.column(1).as_string::<i32>().iter().eq([Some("Zanzibar"), Some(""), None])
            && batch.column(1).null_count() == 1
    );
}

#[test]
fn the_manifest_says_what_is_reversible_and_what_was_revealed() {
    let place = workplace();
    place.bowdler("reveal rules.toml --from staging --to revealed --key-file key -q").exits(0);
    let manifest = |name: &str| serde_json::from_str::<serde_json::Value>(&place.read(name)).unwrap();
    let (staging, revealed) = (manifest("staging/bowdler.manifest.json"), manifest("revealed/bowdler.manifest.json"));
    let reversible = |manifest: &serde_json::Value| -> Vec<String> {
        let files = manifest["files"].as_array().unwrap().iter();
        let columns = files.flat_map(|file| file["columns"].as_array().unwrap());
        columns.filter(|column| column["reversible"] == true).map(|column| column["name"].to_string()).collect()
    };
    assert_eq!(
        reversible(&staging),
        ["b", "phone", "card", "iban", "note", "number", "text"].map(|name| format!("{name:?}"))
    );
    assert_eq!(
        staging["weakenings"][0],
        "reversible: the key gives back the source values of bare.b, people.card, people.iban, people.note, \
         people.phone, visits.number, visits.text"
    );
    assert!(reversible(&revealed).is_empty() && revealed["weakenings"].to_string().contains("people.phone"));
}

#[test]
fn nothing_is_revealed_that_should_not_be() {
    let place = workplace().with_mode("other", "1".repeat(64), 0o600);
    place.write("newer.toml", format!("{RULES}# newer\n"));
    for (args, code, message) in [
        ("rules.toml --from staging --to out", 2, "nothing is revealed without the key"),
        ("rules.toml --from staging --to out --key-file other", 2, "made with another key"),
        ("newer.toml --from staging --to out --key-file key", 2, "made by other rules"),
        ("rules.toml --from exports --to out --key-file key", 5, "cannot read the manifest"),
        ("rules.toml --from staging --to staging --key-file key", 2, "the destination is the input"),
        ("rules.toml --from staging --to exports --key-file key", 2, "the destination exists"),
    ] {
        place
            .bowdler(&format!("reveal {args}"))
            .exits(code)
            .prints_nothing()
            .says(&[message])
            .never_says(&["Zanzibar"]);
        assert!(!place.path("out").exists(), "{message}");
    }
    place.write("one.toml", "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\ncolumns = { a = \"keep\" }\n");
    place.write("t.csv", "a\n1\n");
    place.bowdler("run one.toml --from t.csv --to t.out.csv --key-file key -q").exits(0);
    place
        .bowdler("reveal one.toml --from t.out.csv --to out.csv --key-file key")
        .exits(2)
        .says(&["no column of the data"]);
}

#[test]
fn values_that_were_not_encrypted_with_the_key_stop_it() {
    let place = workplace();
    let staging = place.read("staging/people.csv");
    let note = &columns(&staging, &[4])[1][0];
    let forged = note.chars().rev().collect::<String>();
    place.write("staging/people.csv", staging.replace(note.as_str(), &forged));
    let ran = place.bowdler("reveal rules.toml --from staging --to out --key-file key").exits(3);
    ran.says(&["1 value of column `note` does not conform"]).never_says(&["Zanzibar", &forged]);
    assert!(!place.path("out").exists());
}

#[test]
fn a_single_file_has_its_manifest_beside_it_and_is_for_its_owner() {
    let place = workplace();
    place.write(
        "one.toml",
        "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\n\
                             a = { do = \"encrypt\", alphabet = \"upper\", reversible = true }\n",
    );
    place.write("t.csv", "a\nZANZIBAR\n");
    place.bowdler("run one.toml --from t.csv --to safe.csv --key-file key -q").exits(0);
    assert_ne!(place.read("safe.csv"), "a\nZANZIBAR\n");
    place.shell("umask 000; exec $BOWDLER reveal one.toml --from safe.csv --to back.csv --key-file key -q").exits(0);
    assert_eq!(place.read("back.csv"), "a\nZANZIBAR\n");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(place.path("back.csv")).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    set_mode(&place.path("key"), 0o644);
    place.bowdler("reveal one.toml --from safe.csv --to again.csv --key-file key").exits(2).says(&["mode"]);
}
