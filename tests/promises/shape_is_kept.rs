//! Row order, row count, column order, nulls and what passes unchanged are as they were.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringViewArray};
use arrow::datatypes::{DataType, Field, Schema};
use bowdler::rules::Delivery;
use bowdler::{Key, Keyring, Rules, Suite};

use crate::support::{Workplace, checkout};

fn identity(workplace: &Workplace, csv: &str, export: &[u8]) -> Vec<u8> {
    let rules = format!("version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n{csv}\n[tables.t.columns]\n\"*\" = \"keep\"\n");
    workplace.write("rules.toml", rules);
    workplace.write("t.csv", export);
    workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key --replace").exits(0);
    workplace.bytes("out.csv")
}

#[test]
fn what_stays_comes_out_byte_for_byte() {
    let workplace = Workplace::new();
    for (case, csv, export) in [
        ("plain", "", "a,b\n1,2\n"),
        ("no line end at the end", "", "a,b\n1,2"),
        ("CR LF", "", "a,b\r\n1,2\r\n"),
        ("a byte order mark", "", "\u{feff}a,b\n1,2\n"),
        ("needless quotes", "", "\"a\",b\n\"1\",2\n"),
        ("nulls and empty texts", "", "a,b\n,\"\"\n\"\",\n"),
        ("line ends and delimiters in quotes", "", "a,b\n\"1\n,\r\n2\",\"\"\"\"\n"),
        ("both line ends", "", "a,b\n1,2\r\n3,4\n"),
        ("blanks", "", " a , b \n 1 , 2 \n"),
        ("many scripts", "", "名,имя\n山田太郎,Łukasz\nمحمد,🙂\n"),
        ("semicolons", "csv = { delimiter = \";\" }", "a;b\n1,5;2\n"),
        ("tabs", "csv = { delimiter = \"\\t\", quote = \"\" }", "a\tb\n\"1\t2\"\n"),
        ("other quotes", "csv = { quote = \"'\" }", "a,b\n'1,''',\"\n"),
        ("no header", "csv = { header = false }", "1,2\n3,4\n"),
        ("names instead of a header", "csv = { header = false, columns = [\"x\", \"y\"] }", "1,2\n3,4\n"),
        ("a header and no rows", "", "a,b\n"),
        ("one column with an empty row", "", "a\n\n1\n"),
    ] {
        let out = identity(&workplace, csv, export.as_bytes());
        assert_eq!(String::from_utf8_lossy(&out), export, "{case}");
    }
}

#[test]
fn files_from_outside_come_out_byte_for_byte() {
    let folder = checkout().join("../shared/data/csv-spectrum/csvs");
    if !folder.exists() {
        println!("skipped: there is no shared data beside this checkout");
        assert!(std::env::var_os("CI").is_none());
        return;
    }
    let workplace = Workplace::new();
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let export = std::fs::read(&path).unwrap();
        assert_eq!(identity(&workplace, "", &export), export, "{}", path.display());
        files += 1;
    }
    assert!(files >= 12);
}

#[test]
fn rewritten_columns_keep_rows_order_and_nulls() {
    let workplace = Workplace::new();
    workplace.write(
        "rules.toml",
        "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\nn = \"keep\"\nv = { do = \"mask\" }\nw = \"drop\"\nx = \"keep\"\n",
    );
    workplace.write("t.csv", "n,v,w,x\r\n3,abc,q,\"x\"\r\n1,,q,\r\n2,\"\",q,\"\"\r\n1,\"a\"\"b\",q,y\r\n");
    workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key").exits(0);
    assert_eq!(workplace.read("out.csv"), "n,v,x\r\n3,***,\"x\"\r\n1,,\r\n2,\"\",\"\"\r\n1,***,y\r\n");
}

#[test]
fn bad_files_from_outside_are_read_or_refused_and_never_guessed_at() {
    let folder = checkout().join("../shared/data/polluted-csv");
    if !folder.exists() {
        println!("skipped: there is no shared data beside this checkout");
        assert!(std::env::var_os("CI").is_none());
        return;
    }
    let workplace = Workplace::new();
    let rules = "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\n\"*\" = \"keep\"\n";
    workplace.write("rules.toml", rules);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let export = std::fs::read(&path).unwrap();
        workplace.write("t.csv", &export);
        let ran = workplace.bowdler("run rules.toml --from t.csv --to out.csv --key-file key --replace");
        match ran.code {
            0 => assert_eq!(workplace.bytes("out.csv"), export, "{}", path.display()),
            3 => assert!(ran.stderr.contains("error:"), "{}: {}", path.display(), ran.stderr),
            code => panic!("{}: exit code {code}: {}", path.display(), ran.stderr),
        }
    }
}

#[test]
fn what_a_plan_gives_back_holds_nothing_of_what_was_treated() {
    const CANARY: &str = "Zq7canary, a text longer than a view";
    let rules = "version = 1\n[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\nwho = \"keep\"\n\
        name = { do = \"mask\", when = { column = \"who\", in = [\"x\"] }, otherwise = \"keep\" }\n";
    let rules = Rules::parse("rules.toml", rules).unwrap_or_else(|error| panic!("{error}"));
    let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::default());
    let noted = |name| {
        let note = HashMap::from([(CANARY.to_owned(), CANARY.to_owned())]);
        Arc::new(Field::new(name, DataType::Utf8View, true).with_metadata(note))
    };
    let schema = Arc::new(Schema::new(vec![noted("who"), noted("name")]));
    let texts = |texts: [&str; 2]| -> ArrayRef { Arc::new(StringViewArray::from_iter_values(texts)) };
    let columns = vec![texts(["x", "y"]), texts([CANARY, "another text that stays as it is"])];
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns).unwrap();
    let plan = rules.bind(0, "t", &schema, &keys, Delivery::Decoded).unwrap();
    let made = plan.apply(&batch, 0).unwrap().batch;
    assert_eq!(made.column(1).as_string_view().value(1), "another text that stays as it is");
    for buffer in made.column(1).to_data().buffers() {
        assert!(!buffer.windows(9).any(|window| window == &CANARY.as_bytes()[..9]));
    }
    for schema in [&**plan.output_schema(), &*made.schema()] {
        assert!(schema.fields().iter().all(|field| field.metadata().is_empty()), "{schema:?}");
    }
}
