//! The formats that the README names, by any of their endings, where the command line asks for a format.

use std::io::Write;
use std::process::Stdio;

use crate::support::{Ran, checkout};
use crate::{CANARIES, shop};

/// Rules that carry what was made of the people.
const CARRY: &str = "version = 1\n[tables.people]\n[tables.people.columns]\n\"*\" = \"keep\"\n";

/// The endings in the README's table of what is read and written, but for dumps, which are written as nothing else.
fn endings() -> Vec<String> {
    let readme = std::fs::read_to_string(checkout().join("README.md")).unwrap();
    let (_, table) = readme.split_once("| what | files | notes |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let files: String = rows.filter_map(|row| row.split('|').nth(2)).collect();
    let named = files.split('`').filter_map(|part| part.strip_prefix('.'));
    named.filter(|ending| *ending != "sql").map(str::to_owned).collect()
}

#[test]
fn every_format_is_written_by_the_name_of_its_files() {
    let place = shop();
    assert!(endings().len() >= 12, "{:?}", endings());
    for ending in endings() {
        place.bowdler(&format!("run rules.toml exports/people.csv --to {ending}.{ending} --key-file key")).exits(0);
        let arguments = format!("run rules.toml exports --to {ending} --to-format {ending} --key-file key");
        place.bowdler(&arguments).exits(0).never_says(CANARIES);
        let tree = place.tree(&ending);
        let (_, written) = tree.iter().find(|(name, _)| name.starts_with("people.")).unwrap();
        assert!(*written == place.bytes(&format!("{ending}.{ending}")), "{ending}");
    }
}

#[test]
fn every_format_that_a_pipe_can_carry_is_read_by_the_name_of_its_files() {
    let place = shop().with("carry.toml", CARRY);
    place.bowdler("run rules.toml exports/people.csv --to expected.csv --key-file key").exits(0);
    let mut carried = 0;
    for ending in endings() {
        place.bowdler(&format!("run rules.toml exports/people.csv --to {ending}.{ending} --key-file key")).exits(0);
        let mut command = place.command();
        command.args(["run", "carry.toml", "-", "--format", &ending, "--to-format", "csv"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that fails reads no further.
        let _ = child.stdin.take().unwrap().write_all(&place.bytes(&format!("{ending}.{ending}")));
        let ran = Ran::new(child.wait_with_output().unwrap());
        match ending.as_str() {
            "parquet" | "pq" | "arrow" | "feather" | "ipc" => {
                drop(ran.exits(2).says(&["can't be read through a pipe"]))
            }
            "xlsx" => drop(ran.exits(3).says(&["zip archive, which is not read here"])),
            _ => {
                assert_eq!(ran.exits(0).stdout, place.read("expected.csv"), "{ending}");
                carried += 1;
            }
        }
    }
    assert!(carried >= 7);
}

#[test]
fn a_format_that_is_none_is_answered_with_those_there_are() {
    for arguments in ["--to-format jsonlines", "--to-format sqlite"] {
        let ran = shop().bowdler(&format!("run rules.toml exports --to out {arguments}")).exits(2);
        ran.says(&["csv", "tsv", "psv", "parquet", "jsonl", "json", "arrow", "arrows", "xlsx", "dump"]);
    }
}
