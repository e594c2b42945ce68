//! Outputs appear under their names only when the whole run has succeeded; whatever happens, the destination is as it
//! was and nothing has to be cleaned up.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::support::Workplace;

const RULES: &str = r#"
version = 1
[tables.a]
files = ["a.csv"]
[tables.a.columns]
id = "keep"
name = { do = "token" }
[tables.b]
files = ["sub/b.csv"]
[tables.b.columns]
id = "keep"
day = { do = "round", to = 10 }
"#;

fn workplace(rows: usize) -> Workplace {
    let workplace = Workplace::new();
    workplace.write("rules.toml", RULES);
    let people: String = (0..rows).map(|row| format!("{row},person number {row}\n")).collect();
    workplace.write("exports/a.csv", format!("id,name\n{people}"));
    let days: String = (0..rows).map(|row| format!("{row},{row}\n")).collect();
    workplace.write("exports/sub/b.csv", format!("id,day\n{days}"));
    workplace
}

const RUN: &str = "run rules.toml --from exports --to staging --key-file key --replace";

#[test]
fn a_failing_run_leaves_the_destination_as_it_was() {
    let workplace = workplace(100);
    workplace.bowdler(RUN).exits(0);
    let before = workplace.tree("staging");
    assert_eq!(before.len(), 3);
    for (case, name, contents, code) in [
        ("a value that does not conform, in the last file", "exports/sub/b.csv", "id,day\n1,2\n2,three\n", 3),
        ("a malformed file", "exports/a.csv", "id,name\n1\n", 3),
        ("an added column", "exports/a.csv", "id,name,x\n", 3),
        ("wrong rules", "rules.toml", "version = 2\n", 2),
        ("a key that is none", "key", "secret", 2),
    ] {
        let kept = workplace.bytes(name);
        workplace.write(name, contents);
        workplace.bowdler(RUN).exits(code);
        assert_eq!(workplace.tree("staging"), before, "{case}");
        assert_eq!(hidden(&workplace), Vec::<String>::new(), "{case}: something is left");
        workplace.write(name, kept);
    }
}

/// What stands beside the destination that was not there before.
fn hidden(workplace: &Workplace) -> Vec<String> {
    let entries = std::fs::read_dir(workplace.path("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains("bowdler") || name.starts_with('.')).collect()
}

#[test]
fn killed_at_any_moment_the_destination_is_whole_and_the_next_run_works() {
    let workplace = workplace(20_000);
    workplace.bowdler(RUN).exits(0);
    let old = workplace.tree("staging");
    let names = workplace.read("exports/a.csv").replace("person", "somebody");
    workplace.write("exports/a.csv", names);
    let fresh = RUN.replace("staging", "fresh");
    workplace.bowdler(&fresh).exits(0);
    let new = workplace.tree("fresh");
    assert_ne!(old, new);
    let mut killed = 0;
    for moment in 0..60 {
        let mut child = workplace.command().args(RUN.split(' ')).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(moment * moment * 60));
        killed += usize::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        let now = workplace.tree("staging");
        assert!(now == old || now == new, "killed at moment {moment}: neither the old data set nor the new one");
    }
    assert!(killed > 0, "no run was ever killed");
    workplace.bowdler(RUN).exits(0);
    assert_eq!(workplace.tree("staging"), new);
    assert_eq!(hidden(&workplace), Vec::<String>::new());
}

#[test]
fn a_full_disk_is_told_and_nothing_is_left() {
    let workplace = workplace(20_000);
    // The limit on a file's size stands for the full disk: the write fails in the midst of the output.
    let line = format!("trap '' XFSZ; ulimit -f 64; exec $BOWDLER {RUN}");
    workplace.shell(&line).exits(5).says(&["cannot write the file"]);
    assert!(!workplace.path("staging").exists());
    assert_eq!(hidden(&workplace), Vec::<String>::new());
}

#[test]
fn the_input_is_never_overwritten() {
    let workplace = workplace(10);
    std::os::unix::fs::symlink(workplace.path("exports"), workplace.path("link")).unwrap();
    std::fs::hard_link(workplace.path("exports/a.csv"), workplace.path("again.csv")).unwrap();
    let before = workplace.tree("exports");
    for (from, to) in [
        ("exports", "exports"),
        ("exports", "exports/staging"),
        ("exports/sub/../", "exports"),
        ("exports/a.csv", "exports/a.csv"),
        ("exports/a.csv", "again.csv"),
        ("link", "exports"),
        ("exports", "link"),
        ("exports/sub", "exports"),
    ] {
        workplace
            .bowdler(&format!("run rules.toml --from {from} --to {to} --key-file key --replace"))
            .exits(if from == "exports/sub" { 3 } else { 2 });
        assert_eq!(workplace.tree("exports"), before, "from {from} to {to}");
    }
}

#[test]
fn what_bowdler_did_not_make_is_not_replaced() {
    let workplace = workplace(10);
    workplace.write("staging/precious.txt", "mine");
    workplace.bowdler(RUN).exits(2).says(&["no data set that bowdler made"]);
    assert_eq!(workplace.read("staging/precious.txt"), "mine");
    std::fs::remove_file(workplace.path("staging/precious.txt")).unwrap();
    workplace.bowdler(&RUN.replace(" --replace", "")).exits(0);
    workplace.bowdler(&RUN.replace(" --replace", "")).exits(2).says(&["--replace"]);
}

#[test]
fn a_data_set_is_swapped_whole() {
    let workplace = workplace(10);
    workplace.bowdler(RUN).exits(0);
    workplace.write("staging/stale.csv", "from an older run");
    workplace.bowdler(RUN).exits(0);
    let names: Vec<_> = workplace.tree("staging").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.csv", "bowdler.manifest.json", "sub/b.csv"]);
}

#[test]
fn two_runs_do_not_write_to_one_destination() {
    let workplace = workplace(10);
    let staging = workplace.path(".staging.bowdler-staging");
    std::fs::create_dir(&staging).unwrap();
    let held = std::fs::File::open(&staging).unwrap();
    held.lock().unwrap();
    workplace.bowdler(RUN).exits(2).says(&["another run is writing to this destination"]);
    assert!(!workplace.path("staging").exists());
    // The lock dies with the run that held it, and what that run left is no hindrance.
    workplace.write(".staging.bowdler-staging/a.csv", "half a fi");
    drop(held);
    workplace.bowdler(RUN).exits(0);
    assert_eq!(workplace.tree("staging").len(), 3);
    assert_eq!(hidden(&workplace), Vec::<String>::new());
}

#[test]
fn a_link_at_the_destination_is_not_followed() {
    let workplace = workplace(10);
    workplace.bowdler(&RUN.replace("staging", "elsewhere")).exits(0);
    workplace.write("elsewhere.csv", "mine");
    let (folder, file) = (workplace.tree("elsewhere"), workplace.bytes("elsewhere.csv"));
    for (target, link) in [("elsewhere", "staging"), ("elsewhere.csv", "out.csv"), ("nowhere.csv", "none.csv")] {
        std::os::unix::fs::symlink(workplace.path(target), workplace.path(link)).unwrap();
        let from = if link == "staging" { "exports" } else { "exports/a.csv" };
        workplace
            .bowdler(&format!("run rules.toml --from {from} --to {link} --key-file key --replace"))
            .exits(2)
            .says(&["the destination is a link"]);
        assert!(std::fs::symlink_metadata(workplace.path(link)).unwrap().is_symlink(), "{link}");
    }
    assert_eq!((workplace.tree("elsewhere"), workplace.bytes("elsewhere.csv")), (folder, file));
    assert!(!workplace.path("nowhere.csv").exists());
}

#[test]
fn a_manifest_that_can_t_be_written_is_known_before_the_file_is() {
    let workplace = workplace(3);
    workplace.write("out.csv.bowdler.manifest.json/taken", "by a folder");
    workplace.write(
        "one.toml",
        "version = 1\n[tables.a]\nfiles = [\"a.csv\"]\ncolumns = { id = \"keep\", name = \"drop\" }\n",
    );
    let ran = workplace.bowdler("run one.toml --from exports/a.csv --to out.csv --key-file key");
    ran.exits(2).says(&["out.csv.bowdler.manifest.json", "where the manifest is to be written"]);
    assert!(!workplace.path("out.csv").exists());
}

/// More than what is looked at before the first row is read.
const ROWS: usize = 200_000;

/// A run that reads from a pipe, up to where it has staged something.
fn run_on_a_pipe(workplace: &Workplace, before: &str) -> Child {
    workplace.write(
        "one.toml",
        "version = 1\n[tables.a]\nfiles = [\"a.csv\"]\ncolumns = { id = \"keep\", name = \"drop\" }\n",
    );
    let line = format!("{before} exec $BOWDLER run one.toml - --to out.csv --key-file key --replace --block-size 4096");
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &line]).current_dir(workplace.path("")).env("BOWDLER", env!("CARGO_BIN_EXE_bowdler"));
    command.env_remove("BOWDLER_KEY_FILE").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(format!("id,name\n{}", "1,x\n".repeat(ROWS)).as_bytes()).unwrap();
    while !workplace.path(".out.csv.bowdler-staging/data-out.csv").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

#[test]
fn the_first_signal_stops_a_run_which_cleans_up() {
    for (signal, name) in [(Signal::TERM, "SIGTERM"), (Signal::INT, "SIGINT"), (Signal::HUP, "SIGHUP")] {
        // Whether its input goes on, so that it gets to the next block, or it waits for more for ever.
        for goes_on in [true, false] {
            let workplace = workplace(10);
            workplace.bowdler("run rules.toml --from exports/a.csv --to out.csv --key-file key").exits(0);
            let before = (workplace.read("out.csv"), hidden(&workplace));
            let mut child = run_on_a_pipe(&workplace, "");
            send(&child, signal);
            let mut said = String::new();
            let mut stderr = BufReader::new(child.stderr.take().unwrap());
            while !said.contains("stopping") {
                assert!(stderr.read_line(&mut said).unwrap() > 0, "{name}: {said}");
            }
            let input = child.stdin.take();
            let input = input.filter(|_| !goes_on);
            let status = child.wait().unwrap();
            drop(input);
            stderr.read_to_string(&mut said).unwrap();
            assert_eq!(status.signal(), Some(signal.as_raw()), "{name}, {goes_on}: {said}");
            let message = format!("stopped by {name} before its end; nothing was published");
            assert_eq!(said.matches(&message).count(), 1, "{name}, {goes_on}: {said}");
            assert_eq!((workplace.read("out.csv"), hidden(&workplace)), before, "{name}, {goes_on}");
        }
    }
}

#[test]
fn a_second_signal_ends_a_run_at_once() {
    let workplace = workplace(10);
    let mut child = run_on_a_pipe(&workplace, "");
    send(&child, Signal::TERM);
    let mut said = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    while !said.contains("stopping") {
        assert!(stderr.read_line(&mut said).unwrap() > 0, "{said}");
    }
    send(&child, Signal::TERM);
    assert_eq!(child.wait().unwrap().signal(), Some(Signal::TERM.as_raw()));
    stderr.read_to_string(&mut said).unwrap();
    assert!(!said.contains("stopped by"), "{said}");
    assert!(!workplace.path("out.csv").exists());
    assert_eq!(hidden(&workplace), [".out.csv.bowdler-staging"]);
}

#[test]
fn a_signal_that_is_ignored_stops_nothing() {
    let workplace = workplace(10);
    let mut child = run_on_a_pipe(&workplace, "trap '' HUP;");
    send(&child, Signal::HUP);
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    assert_eq!(workplace.read("out.csv").lines().count(), ROWS + 1);
}
