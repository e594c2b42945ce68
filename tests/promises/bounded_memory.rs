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
