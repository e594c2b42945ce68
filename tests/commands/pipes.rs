//! `-`: standard input and output of `run`, and what becomes of them when a run fails.

use std::io::Write;
use std::process::Stdio;

use crate::support::{Ran, Workplace};
use crate::{CANARIES, PEOPLE, RULES, VISITS, shop};

/// Rules for one table, which a pipe belongs to without a word.
const ONE: &str = "version = 1\n[tables.visits]\nfiles = [\"visits.csv\"]\n[tables.visits.columns]\nid = { do = \"mask\" }\nplace = \"keep\"\n";

fn piped(place: &Workplace, arguments: &str, input: &[u8]) -> Ran {
    let mut command = place.command();
    command.args(arguments.split_whitespace()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that fails reads no further.
    let _ = child.stdin.take().unwrap().write_all(input);
    Ran::new(child.wait_with_output().unwrap())
}

#[test]
fn a_pipe_gives_the_bytes_that_a_file_gives() {
    let place = shop();
    place.bowdler("run rules.toml exports --to out --key-file key").exits(0);
    for (arguments, input, output) in [
        ("run rules.toml - --table people --key-file key", PEOPLE, "out/people.csv"),
        ("run rules.toml --from - --table visits --key-file key --to -", VISITS, "out/visits/may.csv"),
        ("run rules.toml - --table visits --format csv --key-file key --block-size 1", VISITS, "out/visits/may.csv"),
        ("run rules.toml - --table visits --key-file key --to file.csv", VISITS, "out/visits/may.csv"),
    ] {
        let ran = piped(&place, arguments, input.as_bytes()).exits(0).never_says(CANARIES);
        let written = if arguments.contains("file.csv") { place.read("file.csv") } else { ran.stdout };
        assert_eq!(written, place.read(output), "{arguments}");
    }
    assert!(place.path("file.csv.bowdler.manifest.json").exists());
}

#[test]
fn the_only_table_is_the_one_that_is_meant() {
    let place = Workplace::new().with("rules.toml", ONE).with("visits.csv", VISITS);
    let ran = piped(&place, "run rules.toml - --manifest said.json", VISITS.as_bytes()).exits(0);
    assert_eq!(ran.stdout, "id,place\n********,Zanzibar\n*,Zanzibar\n*,\n");
    assert!(place.read("said.json").contains("\"table\": \"visits\""));
    let ran = place.bowdler("run rules.toml visits.csv -o -").exits(0);
    assert!(ran.stdout.starts_with("id,place\n********,"));
    let ran = place.bowdler("mask visits.csv -o -").exits(0).never_says(CANARIES);
    assert!(ran.stdout.starts_with("id,"), "{}", ran.stdout);
}

#[test]
fn a_pipe_that_does_not_fit_says_why() {
    let uneven = "id,place\n1,2\n3,Zanzibar,4\n";
    for (rules, arguments, input, code, message) in [
        (RULES, "run rules.toml -", VISITS, 2, "--table"),
        (RULES, "run rules.toml - --table visit", VISITS, 2, "did you mean `visits`?"),
        (RULES, "run rules.toml - --table visits --format parquet", VISITS, 2, "can't be read through a pipe"),
        (RULES, "run rules.toml - --format dump", VISITS, 3, "no dump of a kind that is known"),
        (RULES, "run rules.toml - --table visits --json", VISITS, 2, "--manifest"),
        (RULES, "run rules.toml exports -o -", "", 2, "a folder can't be written to standard output"),
        (RULES, "run rules.toml exports --to out --table visits", "", 2, "are of standard input"),
        (RULES, "run rules.toml exports --to out --manifest m", "", 2, "stands in the data set"),
        (RULES, "run rules.toml exports", "", 2, "no destination is named"),
        (RULES, "run rules.toml", "", 2, "required"),
        (ONE, "run rules.toml -", uneven, 3, "-, line 3, record 2"),
        (ONE, "run rules.toml -", "", 3, "the file has no header"),
        (ONE, "mask - -o out.csv", VISITS, 2, "read more than once"),
        (ONE, "init -", VISITS, 2, "read more than once"),
        (ONE, "verify -", VISITS, 2, "read more than once"),
        (ONE, "check rules.toml --from -", VISITS, 2, "read more than once"),
        (ONE, "preview rules.toml --from -", VISITS, 2, "read more than once"),
    ] {
        let place = shop().with("rules.toml", rules);
        piped(&place, arguments, input.as_bytes()).exits(code).says(&[message]).never_says(CANARIES);
    }
}

#[test]
fn a_value_that_does_not_conform_fails_the_pipe_though_rows_are_out() {
    let place = shop();
    let mut input = String::from("id,place\n");
    (0..10_000).for_each(|row| input += &format!("{row},somewhere\n"));
    input += "Zanzibar,somewhere\n";
    let ran = piped(&place, "run rules.toml - --table visits --block-size 4096", input.as_bytes()).exits(3);
    assert!(ran.stdout.lines().count() < 10_001);
    ran.says(&["a value of shape Aaaaaaaa does not conform", "record 10001"]).never_says(CANARIES);
}

#[test]
fn a_reader_that_goes_away_is_told_nothing() {
    let place = Workplace::new().with("rules.toml", ONE);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = place.command();
    command.args(["run", "rules.toml", "-", "--quiet"]).stdin(Stdio::piped()).stdout(writer).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(VISITS.as_bytes());
    drop(command);
    Ran::new(child.wait_with_output().unwrap()).exits(5).says_nothing();
}
