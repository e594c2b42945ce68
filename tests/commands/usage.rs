//! The command line itself.

use crate::support::{Ran, Workplace};

#[test]
fn a_wrong_command_line_is_2_and_an_answer_is_0() {
    let place = Workplace::new();
    for (args, code) in [
        ("", 2),
        ("nonsense", 2),
        ("run", 2),
        ("run rules.toml", 2),
        ("run rules.toml --from a --to b --threads 0", 2),
        ("run rules.toml --from a --to b --to-format xml", 2),
        ("run rules.toml --from a --to b --key-file k --key-command c", 2),
        ("check", 2),
        ("check rules.toml extra", 2),
        ("preview rules.toml", 2),
        ("preview rules.toml --from a --rows 0", 2),
        ("preview rules.toml --from a --rows 1001", 2),
        ("key", 2),
        ("key new", 2),
        ("key id --key-fd minus", 2),
        ("completions", 2),
        ("completions tcsh", 2),
        ("man --from a", 2),
        ("transforms --log-format xml", 2),
        ("--version", 0),
        ("-h", 0),
        ("--help", 0),
        ("help run", 0),
    ] {
        let ran = place.bowdler(args).exits(code);
        if code == 0 {
            assert!(!ran.says_nothing().stdout.is_empty(), "{args}");
        } else {
            assert!(!ran.prints_nothing().stderr.is_empty(), "{args}");
        }
    }
}

#[test]
fn help_tells_streams_environment_and_exit_codes() {
    Workplace::new().bowdler("--help").prints(&["Exit codes:", "BOWDLER_KEY_FILE", "standard error", "70  a bug"]);
    Workplace::new().bowdler("key new --help").prints(&["64 hexadecimal digits", "0600"]);
    for command in ["run", "check", "preview", "transforms", "key", "key new", "key id", "completions", "man"] {
        Workplace::new().bowdler(&format!("{command} --help")).exits(0).prints(&["Usage: bowdler"]).says_nothing();
    }
}

#[test]
fn the_version_is_the_crates() {
    let ran = Workplace::new().bowdler("--version").exits(0);
    assert_eq!(ran.stdout, format!("bowdler {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_a_wrong_command_line_holds_drives_no_terminal() {
    let ran = Workplace::new().bowdler_with(&["run", "r", "--from", "x", "--to", "y", "\u{1b}]0;pwn\u{7}"]).exits(2);
    assert!(!ran.stderr.contains(['\u{1b}', '\u{7}']), "{ran:#?}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_is_gone_is_no_error() {
    let place = Workplace::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = Ran::new(place.command().args(["completions", "bash"]).stdout(writer).output().unwrap());
    ran.exits(0).says_nothing();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_5() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let place = Workplace::new();
    let ran = Ran::new(place.command().arg("transforms").stdout(full).output().unwrap());
    ran.exits(5).says(&["error: standard output: cannot write"]);
}
