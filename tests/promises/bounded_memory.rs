//! Memory depends on block size and thread count, not on the input's size.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::Int32Type;
use arrow::ipc::writer::{FileWriter, StreamWriter};

use crate::support::Workplace;

#[test]
fn a_file_far_larger_than_the_memory_allowed_goes_through() {
    let workplace = Workplace::new();
    workplace.write(
        "rules.toml",
        "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\nid = \"keep\"\nname = { do = \"mask\" }\nrest = \"keep\"\n",
    );
    let row = format!("1,some name,{}\n", "x".repeat(1000));
    workplace.write("t.csv", format!("id,name,rest\n{}", row.repeat(150_000)));
    // The limit holds for everything the process can write to: 100 MB, for a file of 150 MB.
    workplace
        .shell("ulimit -d 100000; exec $BOWDLER run rules.toml --from t.csv --to out.csv --key-file key --threads 2")
        .exits(0);
    assert_eq!(workplace.bytes("out.csv").len(), workplace.bytes("t.csv").len());
}

#[test]
fn what_is_compressed_is_never_there_as_a_whole() {
    let rules = "version = 1\n[tables.t]\nfiles = [\"t.csv*\"]\n[tables.t.columns]\nid = \"keep\"\nname = { do = \"mask\" }\nrest = \"keep\"\n";
    for ending in ["gz", "zst"] {
        let workplace = Workplace::new().with("rules.toml", rules);
        let file = File::create(workplace.path(&format!("t.csv.{ending}"))).unwrap();
        // Text that is compressed well, and not so well that it looks like a bomb.
        let number = |row: u64| row.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let numbers = |row: u64| (0..8).map(|part| format!("{:016x}", number(row * 8 + part))).collect::<String>();
        let row = |row| format!("1,some name,{}{}\n", numbers(row), "x".repeat(10_000));
        let write = |to: &mut dyn Write| {
            to.write_all(b"id,name,rest\n").unwrap();
            (0..15_000).for_each(|number| to.write_all(row(number).as_bytes()).unwrap());
        };
        if ending == "gz" {
            let mut to = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
            write(&mut to);
            to.finish().unwrap();
        } else {
            let mut to = zstd::Encoder::new(file, 1).unwrap();
            write(&mut to);
            to.finish().unwrap();
        }
        let run = format!("run rules.toml --from t.csv.{ending} --to out.csv --key-file key --threads 2");
        workplace.shell(&format!("ulimit -d 130000; exec $BOWDLER {run}")).exits(0);
    }
}

#[test]
fn an_arrow_file_or_stream_far_larger_than_the_memory_allowed_goes_through() {
    let rules = "version = 1\n[tables.t]\nfiles = [\"t.*\"]\n[tables.t.columns]\nid = \"keep\"\nname = { do = \"mask\" }\nrest = \"keep\"\nkind = \"keep\"\n";
    // A dictionary of a few values stands before each batch of a stream, in the place of the one before.
    let batch = |number: Option<usize>| {
        let rows = 10_000;
        let text = |of: &str| Arc::new(StringArray::from_iter_values((0..rows).map(|_| of))) as ArrayRef;
        let kinds = number.map(|number| ["one".to_owned(), format!("two of {number}")]);
        let kinds = kinds.map(|kinds| -> ArrayRef {
            let kinds = (0..rows).map(|row| Some(kinds[row % 2].as_str()));
            Arc::new(kinds.collect::<DictionaryArray<Int32Type>>())
        });
        RecordBatch::try_from_iter_with_nullable(vec![
            ("id", Arc::new(Int64Array::from_iter_values(0..rows as i64)) as ArrayRef, true),
            ("name", text("some name"), true),
            ("rest", text(&"x".repeat(150)), true),
            ("kind", kinds.unwrap_or_else(|| text("none")), true),
        ])
        .unwrap()
    };
    for name in ["t.arrow", "t.arrows"] {
        let workplace = Workplace::new().with("rules.toml", rules);
        let file = File::create(workplace.path(name)).unwrap();
        if name == "t.arrow" {
            // One dictionary is all that a file may have: here it has none.
            let mut to = FileWriter::try_new(file, &batch(None).schema()).unwrap();
            (0..100).for_each(|_| to.write(&batch(None)).unwrap());
            to.finish().unwrap();
        } else {
            let mut to = StreamWriter::try_new(file, &batch(Some(0)).schema()).unwrap();
            (0..100).for_each(|number| to.write(&batch(Some(number))).unwrap());
            to.finish().unwrap();
        }
        let run = format!("run rules.toml --from {name} --to out/{name} --key-file key --threads 2");
        std::fs::create_dir(workplace.path("out")).unwrap();
        workplace.shell(&format!("ulimit -d 160000; exec $BOWDLER {run}")).exits(0);
    }
}

#[test]
fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
    let workplace = Workplace::new();
    workplace.write("rules.toml", "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\nid = \"keep\"\n");
    workplace.write("t.csv", format!("id\n1\n\"{}", format!("{}\n", "x".repeat(1 << 20)).repeat(140)));
    workplace
        .bowdler("run rules.toml --from t.csv --to out.csv --key-file key")
        .exits(3)
        .says(&["larger than 64 MiB", "never closed"]);
}

#[test]
fn what_becomes_parquet_does_not_wait_for_the_end_of_the_file() {
    let workplace = Workplace::new();
    workplace.write(
        "rules.toml",
        "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\nid = \"keep\"\nrest = \"keep\"\n",
    );
    let rest = "x".repeat(250);
    workplace.write("t.csv", format!("id,rest\n{}", format!("1,{rest}\n").repeat(600_000)));
    workplace
        .shell(
            "ulimit -d 130000; exec $BOWDLER run rules.toml --from t.csv --to out.parquet --key-file key --threads 2",
        )
        .exits(0);
}

#[test]
fn long_rows_do_not_wait_for_others() {
    let workplace = Workplace::new();
    workplace.write(
        "rules.toml",
        "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\nid = \"keep\"\nrest = \"keep\"\n",
    );
    let rest = "x".repeat(5000);
    workplace.write("t.csv", format!("id,rest\n{}", format!("1,{rest}\n").repeat(60_000)));
    for ending in [
        "parquet",
        "arrow",
        "arrows",
        #[cfg(feature = "avro")]
        "avro",
    ] {
        let run = format!("run rules.toml --from t.csv --to out.{ending} --key-file key --threads 2");
        workplace.shell(&format!("ulimit -d 220000; exec $BOWDLER {run}")).exits(0);
    }
}

#[test]
fn of_values_that_do_not_conform_a_few_are_shown_and_all_are_counted() {
    let workplace = Workplace::new();
    workplace.write(
        "rules.toml",
        "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\na = { do = \"round\", to = 10 }\n",
    );
    workplace.write("t.csv", format!("a\n{}", "x\n".repeat(300_000)));
    let ran = workplace
        .bowdler("run rules.toml --from t.csv --to out.csv --key-file key --block-size 1000")
        .exits(3)
        .says(&["300,000 values of column `a` do not conform"]);
    let shown = ran.stderr.lines().filter(|line| line.contains("a value of shape")).count();
    assert_eq!(shown, 10);
}
