//! MariaDB: Sakila, dumped by `mariadb-dump` in every form, treated, and loaded by `mariadb` into an empty database.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use crate::support::Workplace;
use crate::{sakila, skipped};

/// The forms in which dumps are made.
const FORMS: &[&str] = &[
    "",
    "--complete-insert",
    "--skip-extended-insert",
    "--hex-blob",
    "--compact",
    "--routines --triggers --events",
    "--insert-ignore --skip-comments --skip-triggers",
    "--replace --no-tablespaces --order-by-primary --single-transaction",
    "--skip-quote-names --default-character-set=utf8mb4 --skip-opt",
];

/// Tables that have rules, and how many rows of each there are.
const TABLES: &[&str] =
    &["country", "city", "address", "staff", "store", "customer", "film", "inventory", "rental", "payment"];

/// A server of its own for a test, on a socket in a folder that goes with it.
struct Server {
    folder: tempfile::TempDir,
    process: Child,
}

impl Server {
    /// Starts a server; none if there is none on this machine.
    fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let user = Command::new("id").arg("-un").output().ok()?.stdout;
        let user = format!("--user={}", String::from_utf8(user).ok()?.trim());
        let data = format!("--datadir={}", folder.path().join("data").display());
        let installed = Command::new("mariadb-install-db")
            .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", &user, &data])
            // A server that starts clears the place for temporary tables, those of its neighbours too.
            .env("TMPDIR", folder.path())
            .output()
            .ok()?;
        assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
        let socket = format!("--socket={}", folder.path().join("socket").display());
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let process = Command::new("mariadbd")
            .args(["--no-defaults", "--skip-networking", "--innodb-buffer-pool-size=32M", "--local-infile=1"])
            // What a crash would lose is thrown away in any case.
            .args(["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0"])
            .args([&user, &data, &socket])
            .env("TMPDIR", folder.path())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .ok()?;
        let server = Self { folder, process };
        for _ in 0..600 {
            if server.client("mariadb-admin", &["ping"]).output().is_ok_and(|ping| ping.status.success()) {
                return Some(server);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the server does not answer: {}", fs::read_to_string(server.folder.path().join("log")).unwrap());
    }

    fn client(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        let socket = format!("--socket={}", self.folder.path().join("socket").display());
        command.args(["--no-defaults", &socket, "--user=root"]).args(arguments);
        command
    }

    /// What a statement gives, one line a row.
    fn ask(&self, database: &str, sql: &str) -> Vec<String> {
        let output = self.client("mariadb", &["--batch", "--skip-column-names", database, "-e", sql]).output().unwrap();
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
    }

    /// Loads a file as a person would, after a statement: the client stops at the first error.
    fn load(&self, database: &str, file: PathBuf, first: &str) -> Output {
        self.ask("", &format!("CREATE DATABASE {database} CHARACTER SET utf8mb4"));
        let file = fs::File::open(file).unwrap();
        let first = format!("--init-command={first}");
        self.client("mariadb", &["--default-character-set=utf8mb4", &first, database]).stdin(file).output().unwrap()
    }

    /// A dump of a database, or of the tables that are named after it.
    fn dump(&self, database: &str, options: &str) -> Vec<u8> {
        let arguments: Vec<&str> = options.split_whitespace().chain(database.split_whitespace()).collect();
        let output = self.client("mariadb-dump", &arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A server with the sample database in it; none where one of them is missing.
fn with_sakila(test: &str, workplace: &Workplace) -> Option<Server> {
    let Some(rows) = sakila::rows() else {
        skipped(test, "the sample database is not beside this checkout");
        return None;
    };
    let Some(server) = Server::start() else {
        skipped(test, "there is no MariaDB here: run tests/install-databases.sh");
        return None;
    };
    let mut script =
        String::from("SET NAMES utf8mb4; SET foreign_key_checks = 0, sql_mode = 'NO_AUTO_VALUE_ON_ZERO';\n");
    script.push_str(include_str!("mariadb-sakila.sql"));
    for (table, columns) in [
        ("country", "country_id, country, last_update"),
        ("city", "city_id, city, country_id, last_update"),
        ("address", "address_id, address, address2, district, city_id, postal_code, phone, last_update"),
        (
            "staff",
            "staff_id, first_name, last_name, address_id, email, store_id, @flag, username, password, last_update, picture",
        ),
        ("store", "store_id, manager_staff_id, address_id, last_update"),
        (
            "customer",
            "customer_id, store_id, first_name, last_name, email, address_id, @flag, create_date, last_update, @active",
        ),
        ("film", "film_id, title, description, @y, @l, @o, @d, @rate, @len, replacement_cost, rating, @u, @s, @t"),
        ("inventory", "inventory_id, film_id, store_id, last_update"),
        ("rental", "rental_id, rental_date, inventory_id, customer_id, return_date, staff_id, last_update"),
        ("payment", "payment_id, customer_id, staff_id, rental_id, amount, payment_date"),
    ] {
        workplace.write(table, &rows[table]);
        let set = if columns.contains("@flag") { " SET active = @flag = 't'" } else { "" };
        let file = workplace.path(table);
        script.push_str(&format!(
            "LOAD DATA LOCAL INFILE '{}' INTO TABLE {table} CHARACTER SET utf8mb4 ({columns}){set};\n",
            file.display()
        ));
    }
    // Bytes of every value, and whatever a text may have in it.
    script.push_str(
        "UPDATE staff SET picture = x'000A0D1A225C27FF' WHERE staff_id = 1;\n\
         UPDATE customer SET flags = customer_id % 8, fingerprint = unhex(md5(email));\n\
         UPDATE film SET description = concat('\\'\\\\\\0\\Z\"\\n\\r\\t', description) WHERE film_id < 20;\n\
         INSERT INTO audit VALUES ('MARY.SMITH@sakilacustomer.org called');\n",
    );
    workplace.write("sakila.sql", &script);
    let loaded = server.load("source", workplace.path("sakila.sql"), "SET foreign_key_checks = 0");
    assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));
    Some(server)
}

#[test]
fn a_treated_dump_loads_with_all_rows_and_keys_and_nobody_in_it() {
    let workplace = Workplace::new().with("rules.toml", include_str!("mariadb-sakila.toml"));
    let Some(server) = with_sakila("treated dumps of MariaDB", &workplace) else { return };
    gather_people(&server);
    for (place, form) in FORMS.iter().enumerate() {
        let dump = server.dump("source", form);
        workplace.write("dump.sql", &dump);
        workplace.bowdler("run rules.toml --key-file key --from dump.sql --to safe.sql --replace").exits(0);
        let safe = String::from_utf8_lossy(&workplace.bytes("safe.sql")).into_owned();
        for canary in ["Hillyer", "1692 Ede Loop", "sakilastaff.com", "sakilacustomer.org", "MARY.SMITH"] {
            assert!(!safe.contains(canary), "{form}: {canary}");
        }

        let target = format!("target{place}");
        // Nothing in a compact dump keeps tables from referring to others that come later.
        let first = if form.contains("compact") { "SET foreign_key_checks = 0" } else { "SET NAMES utf8mb4" };
        let loaded = server.load(&target, workplace.path("safe.sql"), first);
        assert!(loaded.status.success(), "{form}: {}", String::from_utf8_lossy(&loaded.stderr));
        for table in TABLES {
            let count = format!("SELECT count(*) FROM {table}");
            assert_eq!(server.ask(&target, &count), server.ask("source", &count), "{form}: {table}");
        }
        assert_eq!(orphans(&server, &target), Vec::<String>::new(), "{form}");
        for (table, column) in [
            ("customer", "first_name"),
            ("customer", "email"),
            ("customer", "full_name"),
            ("staff", "email"),
            ("address", "phone"),
        ] {
            let sql = format!("SELECT count(DISTINCT {column}) FROM {table} WHERE {column} IS NOT NULL");
            assert_ne!(server.ask(&target, &sql), ["0"], "{form}: {table}.{column}");
        }
        assert_eq!(left(&server, &target), Vec::<String>::new(), "{form}");
        let masked = "SELECT count(*) FROM customer WHERE last_name NOT RLIKE '^[*]+$'";
        assert_eq!(server.ask(&target, masked), ["0"], "{form}");
        // What is kept is kept, whatever bytes it has.
        for kept in ["film", "city", "inventory", "store"] {
            let sql = format!("CHECKSUM TABLE source.{kept}, {target}.{kept}");
            let sums: Vec<String> =
                server.ask("", &sql).iter().map(|line| line.split('\t').nth(1).unwrap().to_owned()).collect();
            assert_eq!(sums[0], sums[1], "{form}: {kept}");
        }
        let flags = format!(
            "SELECT count(*) FROM source.customer s WHERE NOT EXISTS (SELECT 1 FROM {target}.customer t WHERE t.flags = s.flags)"
        );
        assert_eq!(server.ask("", &flags), ["0"], "{form}");
        let computed = "SELECT count(*) FROM customer WHERE full_name <> concat(first_name, ' ', last_name)";
        assert_eq!(server.ask(&target, computed), ["0"], "{form}");
    }
}

#[test]
fn a_kept_dump_comes_out_as_it_was_in_every_form() {
    let mut rules = String::from("version = 1\n");
    for table in TABLES.iter().chain(&["audit"]) {
        rules.push_str(&format!("[tables.{table}.columns]\n\"*\" = \"keep\"\n"));
    }
    let workplace = Workplace::new().with("rules.toml", rules);
    let Some(server) = with_sakila("kept dumps of MariaDB", &workplace) else { return };
    for form in FORMS.iter().chain(&["--databases", "--add-drop-database --databases"]) {
        let dump = server.dump("source", form);
        workplace.write("dump.sql", &dump);
        workplace.bowdler("run rules.toml --key-file key --from dump.sql --to safe.sql --replace").exits(0);
        assert!(workplace.bytes("safe.sql") == dump, "{form}");
    }
}

#[test]
fn a_dump_that_is_cut_off_publishes_nothing_and_through_a_pipe_loads_nowhere() {
    let workplace = Workplace::new().with("rules.toml", include_str!("mariadb-sakila.toml"));
    let Some(server) = with_sakila("cut off dumps of MariaDB", &workplace) else { return };
    let dump = server.dump("source staff store address", "--where=address_id<40");
    for length in (512..dump.len()).step_by(512) {
        workplace.write("cut.sql", &dump[..length]);
        workplace.bowdler("run rules.toml --key-file key --from cut.sql --to safe.sql").exits(3);
        assert!(!workplace.path("safe.sql").exists(), "{length}");
    }
    for (place, end) in ["rental_id", ") ENGINE=", "'2005-05-2", "DISABLE KEYS"].iter().enumerate() {
        let whole = server.dump("source", "");
        let text = String::from_utf8_lossy(&whole);
        let end = text.rfind(end).unwrap();
        workplace.write("cut.sql", &text[..end]);
        server.ask("", &format!("CREATE DATABASE pipe{place}"));
        let load = server.client("mariadb", &["--default-character-set=utf8mb4", &format!("pipe{place}")]);
        let load: Vec<String> = load.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect();
        let line = format!(
            "$BOWDLER run rules.toml --key-file key --from - --to-format dump < cut.sql | mariadb {}",
            load.join(" ")
        );
        let loaded = workplace.shell(&line);
        assert_ne!(loaded.code, 0, "{loaded:?}");
    }
}

/// Gathers what tells who somebody of the source is: e-mail addresses, names as pairs, streets, telephone numbers.
fn gather_people(server: &Server) {
    server.ask(
        "",
        "CREATE DATABASE people CHARACTER SET utf8mb4; CREATE TABLE people.known (value varchar(100) PRIMARY KEY) \
         SELECT email AS value FROM source.customer UNION SELECT full_name FROM source.customer \
         UNION SELECT email FROM source.staff UNION SELECT concat(first_name, ' ', last_name) FROM source.staff \
         UNION SELECT password FROM source.staff \
         UNION SELECT address FROM source.address UNION SELECT phone FROM source.address WHERE trim(phone) <> ''",
    );
    let known = server.ask("people", "SELECT count(*) FROM known");
    assert!(known[0].parse::<u32>().unwrap() > 1800, "{known:?}");
}

/// The columns of a database in which somebody of the source is left. A city may be called as somebody is.
fn left(server: &Server, database: &str) -> Vec<String> {
    let columns = server.ask(
        "information_schema",
        &format!(
            "SELECT table_name, column_name FROM columns WHERE table_schema = '{database}' \
             AND data_type IN ('varchar', 'text') AND table_name NOT IN ('city', 'country')"
        ),
    );
    assert!(columns.len() > 10, "{columns:?}");
    let holds = |column: &String| {
        let (table, column) = column.split_once('\t').unwrap();
        let sql = format!(
            "SELECT count(*) FROM {database}.{table} t JOIN people.known k ON t.{column} = k.value COLLATE utf8mb4_general_ci"
        );
        server.ask("", &sql) != ["0"]
    };
    columns.into_iter().filter(holds).collect()
}

/// The foreign keys of a database that refer to rows which are not there.
fn orphans(server: &Server, database: &str) -> Vec<String> {
    let keys = server.ask(
        "information_schema",
        &format!(
            "SELECT table_name, column_name, referenced_table_name, referenced_column_name FROM key_column_usage \
             WHERE table_schema = '{database}' AND referenced_table_name IS NOT NULL"
        ),
    );
    assert_eq!(keys.len(), 16, "{keys:?}");
    let broken = |key: &String| {
        let [table, column, other, referenced] = key.split('\t').collect::<Vec<_>>()[..] else { panic!("{key}") };
        let sql = format!(
            "SELECT count(*) FROM {table} a LEFT JOIN {other} b ON a.{column} = b.{referenced} \
             WHERE a.{column} IS NOT NULL AND b.{referenced} IS NULL"
        );
        server.ask(database, &sql) != ["0"]
    };
    keys.into_iter().filter(broken).collect()
}
