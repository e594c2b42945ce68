//! `bowdler verify --format`, from outside.

use std::process::Command;

use bowdler::report::FORMATS;

#[test]
fn every_format_goes_to_a_file_and_to_standard_output_without_a_value() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("people.csv");
    std::fs::write(&data, "id,email\n1,zoe.canary@mail-of-hers.fr\n").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bowdler"));
        command.current_dir(&folder).args(["verify", "people.csv"]).args(arguments).output().unwrap()
    };
    for format in FORMATS.iter().map(|format| format.name()) {
        let printed = run(&["--format", format]);
        assert_eq!(printed.status.code(), Some(1), "{format}");
        let written = run(&["--format", format, "--output", "report"]);
        assert_eq!((written.status.code(), written.stdout.len()), (Some(1), 0), "{format}");
        let report = std::fs::read(folder.path().join("report")).unwrap();
        assert_eq!(report, printed.stdout, "{format}");
        let text = String::from_utf8(report).unwrap();
        assert!(text.contains("people.csv") && !text.contains("canary") && !text.contains("hers"), "{format}");
        let rounded = String::from_utf8(run(&["--format", format, "--round-below", "5"]).stdout).unwrap();
        assert!(rounded.contains("< 5") || rounded.contains("&lt; 5"), "{format}");
    }
    assert_eq!(run(&["--format", "pdf"]).status.code(), Some(2));
}

#[test]
fn a_dump_is_one_file_and_so_many_tables() {
    let folder = tempfile::tempdir().unwrap();
    let dump = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/dumps/shop.sql")).unwrap();
    let tables = dump.lines().filter(|line| line.starts_with("CREATE TABLE ")).count();
    assert!(tables > 1);
    std::fs::write(folder.path().join("shop.sql"), dump).unwrap();
    std::fs::write(folder.path().join("more.csv"), "id\n1\n").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bowdler"));
        String::from_utf8(command.current_dir(&folder).arg("verify").args(arguments).output().unwrap().stdout).unwrap()
    };
    for (paths, told) in [
        (&["shop.sql"][..], format!(" of 1 file and {tables} tables of dumps: ")),
        (&["shop.sql", "more.csv"], format!(" of 2 files and {tables} tables of dumps: ")),
        (&["more.csv"], " of 1 file: ".to_owned()),
    ] {
        let text = run(paths);
        assert!(text.contains(&told), "{told}: {text}");
    }
    let json: serde_json::Value = serde_json::from_str(&run(&["shop.sql", "--json"])).unwrap();
    assert_eq!((&json["totals"]["files"], &json["totals"]["tables"]), (&1.into(), &tables.into()));
    assert!(run(&["shop.sql", "--format", "html"]).contains(&format!("Tables of dumps</dt><dd>{tables}</dd>")));
}
