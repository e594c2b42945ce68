//! PostgreSQL: Sakila, dumped by `pg_dump` in every form, treated, and loaded by `psql` into an empty database.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::skipped;
use crate::support::{Workplace, checkout};

/// The forms in which dumps are made, each of one or several runs of `pg_dump`.
const FORMS: &[&[&str]] = &[
    &[""],
    &["--inserts"],
    &["--column-inserts --on-conflict-do-nothing"],
    &["--inserts --rows-per-insert=100"],
    &["--clean --if-exists --no-owner --no-privileges --verbose"],
    &["--schema-only", "--data-only --disable-triggers"],
];

pub const RULES: &str = include_str!("postgres-sakila.toml");

/// Where the programs of the server are; none if there are none.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path().join("bin")).collect();
    versions.retain(|folder| folder.join("initdb").exists() && folder.join("pg_dump").exists());
    versions.sort();
    versions.pop()
}

/// A server of its own for these tests, on a socket in a folder that goes with it.
pub struct Server {
    folder: tempfile::TempDir,
    programs: PathBuf,
    as_root: bool,
}

impl Server {
    /// Starts a server; none if there is none on this machine.
    pub fn start() -> Option<Self> {
        let programs = programs()?;
        let as_root = Command::new("id").arg("-u").output().ok()?.stdout.starts_with(b"0\n");
        let server = Self { folder: tempfile::tempdir().unwrap(), programs, as_root };
        if as_root {
            // PostgreSQL refuses to run as root.
            let owned = Command::new("chown").arg("postgres").arg(server.folder.path()).status().unwrap();
            assert!(owned.success(), "there is a server and no user for it");
        }
        let data = server.folder.path().join("data").display().to_string();
        server.done("initdb", &["-D", &data, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "postgres"]);
        let options = format!("-k {} -h '' -c fsync=off -c full_page_writes=off", server.folder.path().display());
        let log = server.folder.path().join("log").display().to_string();
        server.done("pg_ctl", &["-D", &data, "-o", &options, "-l", &log, "-w", "start"]);
        Some(server)
    }

    /// A program of the server, run as the user that it runs as.
    fn owned(&self, program: &str) -> Command {
        let path = self.programs.join(program);
        if !self.as_root {
            return Command::new(path);
        }
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(path).current_dir("/");
        command
    }

    fn done(&self, program: &str, arguments: &[&str]) {
        let status = self.owned(program).args(arguments).stdout(Stdio::null()).status().unwrap();
        assert!(status.success(), "{program}");
    }

    /// A client that talks to the server.
    pub fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command
            .env("PGHOST", self.folder.path())
            .env("PGUSER", "postgres")
            .env("PGOPTIONS", "-c client_min_messages=error");
        command
    }

    /// The start of a line of shell that calls such a client.
    pub fn client_line(&self, program: &str) -> String {
        format!("PGHOST={} PGUSER=postgres {}/{program}", self.folder.path().display(), self.programs.display())
    }

    /// Makes an empty database with the user names that the sample has.
    pub fn create(&self, database: &str) {
        assert!(self.client("createdb").arg(database).status().unwrap().success());
    }

    /// Loads a script as a whole or not at all, as a person would.
    pub fn load(&self, database: &str, script: &Path) {
        let mut psql = self.client("psql");
        psql.args(["-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", database, "-f"]).arg(script);
        let output = psql.output().unwrap();
        assert!(output.status.success(), "{}: {}", script.display(), String::from_utf8_lossy(&output.stderr));
    }

    /// The lines of an answer, values separated by `|`.
    pub fn ask(&self, database: &str, sql: &str) -> Vec<String> {
        let output = self.client("psql").args(["-X", "-A", "-t", "-d", database, "-c", sql]).output().unwrap();
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    pub fn dump(&self, database: &str, options: &str) -> Vec<u8> {
        let output = self.client("pg_dump").args(options.split_whitespace()).arg(database).output().unwrap();
        assert!(output.status.success(), "{options}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// All base tables of the sample's schema.
    pub fn tables(&self, database: &str) -> Vec<String> {
        self.ask(
            database,
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1",
        )
    }

    pub fn counts(&self, database: &str) -> Vec<(String, Vec<String>)> {
        let tables = self.tables(database);
        tables
            .into_iter()
            .map(|table| (table.clone(), self.ask(database, &format!("SELECT count(*) FROM {table}"))))
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.path().join("data").display().to_string();
        let _ = self.owned("pg_ctl").args(["-D", &data, "-m", "immediate", "stop"]).stdout(Stdio::null()).status();
    }
}

/// A server with Sakila in it; none, if the test is skipped.
pub fn sakila(test: &str) -> Option<Server> {
    static SAMPLE: OnceLock<Option<PathBuf>> = OnceLock::new();
    let sample = SAMPLE.get_or_init(|| {
        let folder = checkout().join("../shared/data/sakila/postgres-sakila-db");
        folder.exists().then_some(folder)
    });
    let Some(sample) = sample else {
        skipped(test, "there is no ../shared/data/sakila");
        return None;
    };
    let Some(server) = Server::start() else {
        skipped(test, "there is no PostgreSQL; see tests/install-databases.sh");
        return None;
    };
    server.create("sakila");
    for file in ["postgres-sakila-schema.sql", "postgres-sakila-insert-data-using-copy.sql"] {
        // The sample is older than the server, and says of some settings what is no longer known.
        let loaded =
            server.client("psql").args(["-X", "-q", "-d", "sakila", "-f"]).arg(sample.join(file)).output().unwrap();
        assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));
    }
    assert_eq!(server.ask("sakila", "SELECT count(*) FROM rental"), ["16044"]);
    Some(server)
}

/// Rules that keep everything of these tables.
pub fn keep(tables: &[String]) -> String {
    let rules = tables.iter().map(|table| format!("[tables.{table}.columns]\n\"*\" = \"keep\"\n"));
    format!("version = 1\n{}", rules.collect::<String>())
}

#[test]
fn a_dump_that_keeps_everything_is_the_same_to_the_byte() {
    let Some(server) = sakila("a_dump_that_keeps_everything_is_the_same_to_the_byte") else { return };
    let workplace = Workplace::new().with("rules.toml", keep(&server.tables("sakila")));
    for (place, options) in FORMS.iter().copied().flatten().enumerate() {
        let (from, to) = (format!("in{place}/dump.sql"), format!("out{place}"));
        workplace.write(&from, server.dump("sakila", options));
        workplace.bowdler(&format!("run rules.toml --from in{place} --to {to}")).exits(0);
        assert!(workplace.bytes(&format!("{to}/dump.sql")) == workplace.bytes(&from), "pg_dump {options}");
    }
}

/// The values of text columns of the sample by which a customer or a member of staff is known.
const KNOWN_BY: &[(&str, &str)] = &[
    ("customer", "email"),
    ("customer", "first_name || ' ' || last_name"),
    ("customer", "last_name"),
    ("staff", "email"),
    ("staff", "first_name"),
    ("staff", "last_name"),
    ("staff", "username"),
    ("staff", "password"),
    ("address", "address"),
    ("address", "phone"),
    ("address", "postal_code"),
];

/// Every value in a text column of a database, but for the tables of actors and films, who are no customers.
fn texts(server: &Server, database: &str) -> BTreeSet<String> {
    let columns = server.ask(
        database,
        "SELECT c.table_name || '|' || c.column_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) \
         WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' AND data_type IN ('text', 'character varying', 'character', 'bytea', 'ARRAY', 'USER-DEFINED', 'tsvector') \
         AND table_name NOT IN ('actor', 'film')",
    );
    assert!(columns.len() > 10);
    let all = |column: &String| {
        let (table, column) = column.split_once('|').unwrap();
        server.ask(database, &format!("SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"))
    };
    columns.iter().flat_map(all).collect()
}

#[test]
fn a_treated_dump_loads_and_nobody_is_left_in_it() {
    let Some(server) = sakila("a_treated_dump_loads_and_nobody_is_left_in_it") else { return };
    let workplace = Workplace::new().with("rules.toml", RULES);
    let counts = server.counts("sakila");
    let originals: BTreeSet<String> = KNOWN_BY
        .iter()
        .flat_map(|(table, value)| {
            server.ask("sakila", &format!("SELECT DISTINCT {value} FROM {table} WHERE length({value}) > 3"))
        })
        .collect();
    assert!(originals.len() > 2000);
    for (place, runs) in FORMS.iter().enumerate() {
        let database = format!("restored{place}");
        server.create(&database);
        for (run, options) in runs.iter().enumerate() {
            let name = format!("{place}_{run}.sql");
            workplace.write(&name, server.dump("sakila", options));
            let ran = workplace.bowdler(&format!("run rules.toml --from {name} --to safe_{name} --key-file key"));
            ran.exits(0);
            server.load(&database, &workplace.path(&format!("safe_{name}")));
        }
        assert_eq!(server.counts(&database), counts, "{runs:?}");
        // The names of actors are kept, and found.
        let verified = workplace.bowdler(&format!("verify safe_{place}_0.sql"));
        assert!(matches!(verified.code, 0 | 1), "{verified:?}");
        assert!(
            !["not-", "customer", "not looked at"].iter().any(|word| verified.stdout.contains(word)),
            "{verified:?}"
        );
        let left: Vec<_> = texts(&server, &database).intersection(&originals).cloned().collect();
        assert!(left.is_empty(), "{runs:?}: {left:?}");
        let treated = fs::read_to_string(workplace.path(&format!("safe_{place}_{}.sql", runs.len() - 1))).unwrap();
        for mail in originals.iter().filter(|value| value.contains('@')) {
            assert!(!treated.contains(mail.as_str()), "{runs:?}");
        }
        for (sql, answer) in [
            // What is shown to be so of the source first, so that the question is known to be a good one.
            (
                "SELECT count(*) FROM rental r JOIN customer c USING (customer_id) JOIN staff s ON s.staff_id = r.staff_id",
                "16044",
            ),
            (
                "SELECT count(*) FROM payment p JOIN rental r USING (rental_id) JOIN customer c ON c.customer_id = p.customer_id",
                "16049",
            ),
            (
                "SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f') AND convalidated",
                "55",
            ),
            ("SELECT count(DISTINCT customer_id) FROM customer WHERE email IS NOT NULL", "599"),
        ] {
            assert_eq!(server.ask("sakila", sql), [answer], "{sql}");
            assert_eq!(server.ask(&database, sql), [answer], "{runs:?}: {sql}");
        }
        assert_eq!(
            server.ask(&database, "SELECT count(*) FROM staff WHERE picture IS NOT NULL OR password IS NOT NULL"),
            ["0"]
        );
    }
    // One key, one token: whatever form the dump had.
    let ids = |place: usize| server.ask(&format!("restored{place}"), "SELECT customer_id FROM customer ORDER BY 1");
    assert!((1..FORMS.len()).all(|place| ids(place) == ids(0)));
}

#[test]
fn rules_that_would_not_load_are_refused_before_anything_is_written() {
    let Some(server) = sakila("rules_that_would_not_load_are_refused_before_anything_is_written") else { return };
    let workplace = Workplace::new().with("dump.sql", server.dump("sakila", ""));
    for (line, instead, says) in [
        (
            "customer_id = { do = \"token\", domain = \"customer\" }\nstore_id ",
            "customer_id = { do = \"clamp\", min = 1, max = 5 }\nstore_id ",
            "primary key",
        ),
        (
            "customer_id = { do = \"token\", domain = \"customer\" }\nstore_id ",
            "customer_id = \"keep\"\nstore_id ",
            "customer_id",
        ),
        (
            "manager_staff_id = { do = \"token\", domain = \"staff\" }",
            "manager_staff_id = { do = \"token\", domain = \"customer\" }",
            "staff_id",
        ),
        ("address2    = \"null\"", "address2    = \"null\"\n\"address\"   = \"null\"", "address"),
        ("city_id     = \"keep\"", "city_id     = \"drop\"", "NOT NULL"),
    ] {
        let rules = RULES.replace(line, instead);
        assert_ne!(rules, RULES, "{line}");
        let rules = if says == "address" {
            rules.replace("address     = { do = \"fake\", like = \"street\" }\n", "")
        } else {
            rules
        };
        workplace.write("rules.toml", rules);
        workplace.bowdler("run rules.toml --from dump.sql --to safe.sql").exits(3).says(&[says]);
        assert!(!workplace.path("safe.sql").exists());
    }
}

#[test]
fn a_dump_that_fails_in_a_pipe_does_not_load() {
    let Some(server) = sakila("a_dump_that_fails_in_a_pipe_does_not_load") else { return };
    let script = "CREATE TABLE t (a date, b text); CREATE TABLE u (a int);\
                  INSERT INTO t SELECT '2020-01-01', repeat('x', 500) FROM generate_series(1, 6000); INSERT INTO t VALUES ('infinity', 'x');\
                  INSERT INTO t SELECT '2020-01-01', 'y' FROM generate_series(1, 6000); INSERT INTO u VALUES (1);";
    server.create("odd");
    server.ask("odd", script);
    let rules = "version = 1\n[tables.t.columns]\na = { do = \"generalise\", to = \"year\" }\nb = \"keep\"\n[tables.u.columns]\na = \"keep\"\n";
    let workplace = Workplace::new().with("rules.toml", rules);
    for (place, options) in ["", "--inserts", "--inserts --rows-per-insert=9"].into_iter().enumerate() {
        workplace.write("dump.sql", server.dump("odd", options));
        for (times, flags) in ["-1 -v ON_ERROR_STOP=1", "-v ON_ERROR_STOP=1", ""].into_iter().enumerate() {
            let database = format!("cut{place}_{times}");
            server.create(&database);
            let line = format!(
                "set -o pipefail; $BOWDLER run rules.toml --from - --to - --key-file key < dump.sql | PGHOST={} PGUSER=postgres {}/psql -X -q {flags} -d {database} > /dev/null; echo ${{PIPESTATUS[*]}}",
                server.folder.path().display(),
                server.programs.display()
            );
            let mut shell = Command::new("bash");
            shell.args(["-c", &line]).current_dir(workplace.path("")).env("BOWDLER", env!("CARGO_BIN_EXE_bowdler"));
            let output = shell.output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "3 3", "{options} {flags}: {said}");
            assert!(said.contains("column `a`"), "{said}");
            let whole = server.ask(&database, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'u'");
            if flags.contains("-1") {
                assert_eq!(whole, ["0"]);
            } else {
                assert_eq!(server.ask(&database, "SELECT count(*) FROM u"), ["0"]);
            }
        }
    }
}

#[test]
fn a_dump_cut_off_anywhere_is_refused() {
    let Some(server) = sakila("a_dump_cut_off_anywhere_is_refused") else { return };
    for options in ["--table=staff --table=category", "--inserts --table=staff --table=category"] {
        let dump = server.dump("sakila", options);
        let workplace = Workplace::new().with("rules.toml", keep(&["staff".to_owned(), "category".to_owned()]));
        for end in (0..dump.len()).step_by(512) {
            workplace.write("dump.sql", &dump[..end]);
            let ran = workplace.bowdler("run rules.toml --from dump.sql --to safe.sql").exits(3);
            ran.never_says(&["panicked", "Hillyer"]);
            assert!(!workplace.path("safe.sql").exists());
        }
    }
}

#[test]
fn rules_that_are_proposed_load_at_once() {
    let Some(server) = sakila("rules that are proposed") else { return };
    let place = Workplace::new();
    place.write("dump.sql", server.dump("sakila", ""));
    place.bowdler("init dump.sql -o proposed.toml").exits(0);
    place.bowdler("check proposed.toml --from dump.sql --quiet").exits(0);
    place.bowdler("run proposed.toml dump.sql --to run.sql --key-file key").exits(0);
    place.bowdler("mask dump.sql -o mask.sql").exits(0);
    for (database, script) in [("of_run", "run.sql"), ("of_mask", "mask.sql")] {
        server.create(database);
        server.load(database, &place.path(script));
        assert_eq!(server.counts(database), server.counts("sakila"), "{script}");
        place.bowdler(&format!("verify {script}")).exits(0);
    }
    let people =
        "SELECT count(*) FROM customer WHERE email LIKE '%sakilacustomer.org' OR last_name IN ('SMITH', 'HILLYER')";
    assert_eq!(server.ask("sakila", people), ["599"]);
    assert_eq!(server.ask("of_run", people), ["0"]);
}
