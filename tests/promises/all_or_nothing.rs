//! Outputs appear under their names only when the whole run has succeeded; whatever happens, the destination is as it
//! was and nothing has to be cleaned up.

use std::process::Stdio;
use std::time::Duration;

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
