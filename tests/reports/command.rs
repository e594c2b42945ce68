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
