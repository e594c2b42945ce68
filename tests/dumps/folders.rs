//! PostgreSQL: dumps that are a folder, treated, and loaded by `pg_restore`. What becomes of a script of the same database
//! says what must become of the folder.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::odd::{TREAT, odd};
use crate::postgres::{RULES, Server, keep, sakila};
use crate::support::Workplace;

/// How folders are made.
const FORMS: &[&str] =
    &["-Z0", "", "-Z9 -j2", "-Z0 --inserts", "--column-inserts --rows-per-insert=100 --on-conflict-do-nothing"];

impl Server {
    fn dump_folder(&self, database: &str, options: &str, folder: &Path) {
        let _ = fs::remove_dir_all(folder);
        self.dump(database, &format!("-Fd {options} -f {}", folder.display()));
    }

    /// Loads a folder as a whole or not at all, as a person would.
    fn restore(&self, database: &str, folder: &Path) {
        self.create(database);
        let mut restore = self.client("pg_restore");
        let output = restore.args(["-1", "--exit-on-error", "-d", database]).arg(folder).output().unwrap();
        assert!(output.status.success(), "{}: {}", folder.display(), String::from_utf8_lossy(&output.stderr));
    }

    /// The script that a folder is to its own tools.
    fn script_of(&self, folder: &Path) -> Vec<u8> {
        let output = self.client("pg_restore").args(["-f", "-"]).arg(folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        unrestricted(output.stdout)
    }

    /// The lines of a script, sorted: rows that were inserted stand in another order than those that were copied.
    fn script(&self, database: &str) -> Vec<String> {
        let script = String::from_utf8(unrestricted(self.dump(database, ""))).unwrap();
        let mut lines: Vec<String> = script.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    }
}

/// A script without the word that is another in each.
fn unrestricted(script: Vec<u8>) -> Vec<u8> {
    let is_word = |line: &&[u8]| line.starts_with(b"\\restrict ") || line.starts_with(b"\\unrestrict ");
    script.split_inclusive(|byte| *byte == b'\n').filter(|line| !is_word(line)).flatten().copied().collect()
}

/// All files of a folder, as they are under their compression.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = match name.ends_with(".gz") {
                true => Command::new("gzip").arg("-dc").arg(&path).output().unwrap().stdout,
                false => fs::read(&path).unwrap(),
            };
            (name, bytes)
        })
        .filter(|(name, _)| name != "bowdler.manifest.json")
        .collect();
    files.sort();
    files
}

fn finds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

#[test]
fn a_folder_that_keeps_everything_is_the_same_to_the_byte() {
    let Some(server) = sakila("a_folder_that_keeps_everything_is_the_same_to_the_byte") else { return };
    let workplace = Workplace::new().with("rules.toml", keep(&server.tables("sakila")));
    for form in FORMS {
        server.dump_folder("sakila", form, &workplace.path("in"));
        workplace.bowdler("run rules.toml in --to out --replace").exits(0);
        let (before, after) = (contents(&workplace.path("in")), contents(&workplace.path("out")));
        assert!(before.len() > 20 && before.iter().any(|(name, _)| name == "toc.dat"), "{form}");
        assert_eq!(
            before.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            after.iter().map(|(name, _)| name).collect::<Vec<_>>()
        );
        assert!(before == after, "{form}");
        assert!(server.script_of(&workplace.path("in")) == server.script_of(&workplace.path("out")), "{form}");
    }
}

#[test]
fn a_treated_folder_loads_as_a_treated_script_does() {
    let Some(server) = sakila("a_treated_folder_loads_as_a_treated_script_does") else { return };
    let workplace = Workplace::new().with("rules.toml", RULES);
    workplace.write("plain.sql", server.dump("sakila", ""));
    workplace.bowdler("run rules.toml plain.sql --to safe.sql --key-file key").exits(0);
    server.create("of_script");
    server.load("of_script", &workplace.path("safe.sql"));
    // The same schema, the same tokens, the same rows.
    let expected = server.script("of_script");
    let mails = server.ask("sakila", "SELECT email FROM customer UNION SELECT email FROM staff");
    assert!(mails.len() > 600);
    for (place, form) in FORMS.iter().enumerate() {
        server.dump_folder("sakila", form, &workplace.path("in"));
        workplace.bowdler("run rules.toml in --to out --replace --key-file key").exits(0);
        let database = format!("of_folder{place}");
        server.restore(&database, &workplace.path("out"));
        assert!(server.script(&database) == expected, "{form}");
        assert_eq!(server.counts(&database), server.counts("sakila"), "{form}");
        let known =
            "SELECT count(*) FROM customer WHERE email LIKE '%sakilacustomer.org' OR last_name IN ('SMITH', 'HILLYER')";
        assert_eq!(server.ask("sakila", known), ["599"]);
        assert_eq!(server.ask(&database, known), ["0"], "{form}");
        for (name, bytes) in contents(&workplace.path("out")) {
            assert!(!finds(&bytes, "sakilacustomer") && !finds(&bytes, "hillyer"), "{form}: {name}");
        }
    }
    // The manifest has the digest of all files; what is changed afterwards is found.
    let verified = workplace.bowdler("verify out");
    assert!(matches!(verified.code, 0 | 1), "{verified:?}");
    assert!(verified.stdout.contains("public.actor") && !verified.stdout.contains("-file"), "{verified:?}");
    assert!(!verified.stdout.contains("public.customer") && !verified.stderr.contains("not looked at"), "{verified:?}");
    let rows = fs::read_dir(workplace.path("out")).unwrap().map(|entry| entry.unwrap().path());
    let rows = rows.filter(|path| path.to_string_lossy().ends_with(".dat.gz")).min().unwrap();
    fs::write(&rows, fs::read(workplace.path("in").join(rows.file_name().unwrap())).unwrap()).unwrap();
    let verified = workplace.bowdler("verify out");
    assert!(verified.code == 1 && verified.stdout.contains("changed-file"), "{verified:?}");
}

#[test]
fn odd_tables_of_a_folder_become_what_those_of_a_script_do() {
    let Some(server) = odd("odd_tables_of_a_folder_become_what_those_of_a_script_do") else { return };
    let workplace = Workplace::new().with("rules.toml", TREAT);
    for (place, options) in
        ["", "--inserts", "--load-via-partition-root --quote-all-identifiers"].into_iter().enumerate()
    {
        workplace.write("plain.sql", server.dump("odd", options));
        workplace.bowdler("run rules.toml plain.sql --to safe.sql --replace --key-file key").exits(0);
        server.create(&format!("of_script{place}"));
        server.load(&format!("of_script{place}"), &workplace.path("safe.sql"));
        server.dump_folder("odd", &format!("-Z0 {options}"), &workplace.path("in"));
        let before = contents(&workplace.path("in"));
        assert!(before.iter().filter(|(_, bytes)| finds(bytes, "canary")).count() > 5);
        workplace.bowdler("run rules.toml in --to out --replace --key-file key").exits(0);
        for (name, bytes) in contents(&workplace.path("out")) {
            assert!(!finds(&bytes, "canary"), "{options}: {name}");
        }
        server.restore(&format!("of_folder{place}"), &workplace.path("out"));
        let [script, folder] = ["of_script", "of_folder"].map(|of| server.script(&format!("{of}{place}")));
        assert!(script == folder, "{options}");
    }
}

#[test]
fn a_folder_goes_where_files_go() {
    let Some(server) = sakila("a_folder_goes_where_files_go") else { return };
    let workplace = Workplace::new().with("exports/people.csv", "name\nAna\n");
    workplace.write("exports/db/more.csv", "name\nAna\n");
    server.dump_folder("sakila", "", &workplace.path("exports/db/shop"));
    workplace.write(
        "rules.toml",
        format!("{RULES}\n[tables.people]\nfiles = [\"*.csv\", \"db/*.csv\"]\ncolumns = {{ name = \"mask\" }}\n"),
    );
    workplace.bowdler("check rules.toml --from exports").exits(0);
    let preview = workplace.bowdler("preview rules.toml --from exports --table staff --key-file key");
    assert!(
        preview.code == 0 && preview.stdout.contains("username") && preview.stdout.contains("413298316"),
        "{preview:?}"
    );
    workplace.bowdler("run rules.toml exports --to out --key-file key").exits(0);
    assert_eq!(workplace.read("out/people.csv"), "name\n***\n");
    server.restore("of_exports", &workplace.path("out/db/shop"));
    assert_eq!(server.counts("of_exports"), server.counts("sakila"));
    let verified = workplace.bowdler("verify out");
    assert!(
        verified.stdout.contains("out/db/shop: public.actor") && !verified.stdout.contains("-file"),
        "{verified:?}"
    );
    workplace.bowdler("run rules.toml exports --to -").exits(2);

    workplace.bowdler("init exports/db/shop -o proposed.toml").exits(0);
    workplace.bowdler("run proposed.toml exports/db/shop --to run --key-file key").exits(0);
    workplace.bowdler("mask exports/db/shop -o mask").exits(0);
    for folder in ["run", "mask"] {
        server.restore(&format!("of_{folder}"), &workplace.path(folder));
        assert_eq!(server.counts(&format!("of_{folder}")), server.counts("sakila"), "{folder}");
        workplace.bowdler(&format!("verify {folder}")).exits(0);
    }
}

#[test]
fn a_folder_cut_off_anywhere_is_refused() {
    let Some(server) = sakila("a_folder_cut_off_anywhere_is_refused") else { return };
    let workplace = Workplace::new().with("rules.toml", keep(&["staff".to_owned(), "category".to_owned()]));
    for form in ["-Z0", "", "-Z0 --inserts"] {
        server.dump_folder("sakila", &format!("{form} --table=staff --table=category"), &workplace.path("in"));
        let paths: Vec<_> = fs::read_dir(workplace.path("in")).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(paths.len(), 3);
        for path in paths {
            let whole = fs::read(&path).unwrap();
            let is_contents = path.ends_with("toc.dat");
            if is_contents && form != "-Z0" {
                continue;
            }
            let step = if is_contents { 64 } else { 24 };
            for end in (0..whole.len()).step_by(step).chain([whole.len() - 1]) {
                fs::write(&path, &whole[..end]).unwrap();
                let ran = workplace.bowdler("run rules.toml in --to out");
                ran.exits(3).never_says(&["panicked", "Hillyer"]);
                assert!(!workplace.path("out").exists(), "{form}: {} at {end}", path.display());
            }
            fs::write(&path, whole).unwrap();
        }
        workplace.bowdler("run rules.toml in --to out --replace").exits(0);
        fs::remove_dir_all(workplace.path("out")).unwrap();
    }
}

#[test]
fn what_is_no_part_of_a_folder_is_refused() {
    let Some(server) = sakila("what_is_no_part_of_a_folder_is_refused") else { return };
    let workplace = Workplace::new().with("rules.toml", keep(&["staff".to_owned()]));
    type Change = fn(&Path);
    let changes: [(&str, Change, &str); 7] = [
        ("another file", |folder| fs::write(folder.join("notes.txt"), "Ana").unwrap(), "does not name this file"),
        ("a folder", |folder| fs::create_dir(folder.join("more")).unwrap(), "does not name this file"),
        ("no rows", |folder| fs::remove_file(rows(folder)).unwrap(), "is not there"),
        ("rows twice", |folder| fs::write(rows(folder).with_extension("dat.zst"), "").unwrap(), "twice"),
        ("lz4", |folder| fs::rename(rows(folder), rows(folder).with_extension("dat.lz4")).unwrap(), "lz4"),
        (
            "an entry",
            |folder| replace(&folder.join("toc.dat"), "TABLE DATA", "TABLE DADA"),
            "unknown kind `TABLE DADA`",
        ),
        (
            "a statement",
            |folder| replace(&folder.join("toc.dat"), "CREATE TABLE public.staff", "VACUUM TABLE public.staff"),
            "`VACUUM TABLE` does not pass",
        ),
    ];
    for (change, make, says) in changes {
        server.dump_folder("sakila", "-Z0 --table=staff", &workplace.path("in"));
        make(&workplace.path("in"));
        workplace.bowdler("run rules.toml in --to out").exits(3).says(&[says]).never_says(&["Hillyer", "panicked"]);
        assert!(!workplace.path("out").exists(), "{change}");
    }
    server.ask("sakila", "SELECT lo_from_bytea(0, 'canary')");
    server.dump_folder("sakila", "", &workplace.path("in"));
    workplace.bowdler("run rules.toml in --to out").exits(3).says(&["BLOB", "--no-blobs"]).never_says(&["canary"]);
}

/// The file of rows in a folder of one table.
fn rows(folder: &Path) -> std::path::PathBuf {
    let mut files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| !path.ends_with("toc.dat")).unwrap()
}

/// Puts other bytes of the same length in the place of those that stand there.
fn replace(path: &Path, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    fs::write(path, bytes).unwrap();
}
