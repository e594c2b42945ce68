//! Memory depends on block size and thread count, not on the input's size.

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

#[cfg(feature = "avro")]
#[test]
fn long_rows_do_not_wait_for_others_to_become_avro() {
    let workplace = Workplace::new();
    workplace.write(
        "rules.toml",
        "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\nid = \"keep\"\nrest = \"keep\"\n",
    );
    let rest = "x".repeat(2500);
    workplace.write("t.csv", format!("id,rest\n{}", format!("1,{rest}\n").repeat(60_000)));
    workplace
        .shell("ulimit -d 130000; exec $BOWDLER run rules.toml --from t.csv --to out.avro --key-file key --threads 2")
        .exits(0);
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
