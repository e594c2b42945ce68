//! What no rule names stops the run before a byte is written, and a rule that matches nothing does too.

use crate::support::Workplace;

const RULES: &str = r#"
version = 1
[tables.customers]
files = ["customers*.csv"]
[tables.customers.columns]
id = "keep"
name = "null"
"#;

fn workplace(rules: &str, files: &[(&str, &str)]) -> Workplace {
    let workplace = Workplace::new();
    workplace.write("rules.toml", rules);
    for (name, contents) in files {
        workplace.write(&format!("exports/{name}"), contents);
    }
    workplace
}

#[test]
fn drift_stops_the_run_and_is_told_with_table_and_column() {
    const CUSTOMERS: (&str, &str) = ("customers.csv", "id,name\n1,Ana\n");
    #[allow(clippy::type_complexity, reason = "a table")]
    let cases: &[(&str, &[(&str, &str)], &[&str])] = &[
        (
            "a column added",
            &[("customers.csv", "id,name,ssn\n1,Ana,078-05-1120\n")],
            &["no rule names the column `ssn` of customers.csv"],
        ),
        (
            "a column renamed",
            &[("customers.csv", "id,nmae\n1,Ana\n")],
            &["no rule names the column `nmae`", "this rule matches no column", "did you mean `nmae`?"],
        ),
        ("a column in another case", &[("customers.csv", "id,Name\n1,Ana\n")], &["no rule names the column `Name`"]),
        ("a column gone", &[("customers.csv", "id\n1\n")], &["this rule matches no column"]),
        ("a column twice", &[("customers.csv", "id,name,name\n1,Ana,Ana\n")], &["two columns `name`"]),
        (
            "a column without name",
            &[("customers.csv", "id,name,\n1,Ana,x\n")],
            &["column 3 of customers.csv has no name"],
        ),
        ("a file added", &[CUSTOMERS, ("orders.csv", "id\n1\n")], &["the file orders.csv belongs to no table"]),
        (
            "a file of an unknown kind",
            &[CUSTOMERS, ("customers.xyz", "x")],
            &["the file customers.xyz belongs to no table"],
        ),
        (
            "a file that differs from its sisters",
            &[CUSTOMERS, ("customers2.csv", "id,name,age\n")],
            &["`age` of customers2.csv"],
        ),
        ("no file for a table", &[("x.csv", "id\n")], &["no file matches this pattern"]),
    ];
    for (case, files, said) in cases {
        let workplace = workplace(RULES, files);
        workplace.bowdler("run rules.toml --from exports --to staging --key-file key").exits(3).says(said);
        assert!(!workplace.path("staging").exists(), "{case}: something was published");
    }
}

#[test]
fn what_is_unlisted_is_left_out_where_the_rules_say_so_and_is_never_kept() {
    let rules = RULES.replace("version = 1", "version = 1\nunlisted = \"drop\"");
    let workplace =
        workplace(&rules, &[("customers.csv", "id,ssn,name\n1,078-05-1120,Ana\n"), ("orders.csv", "id\n1\n")]);
    workplace.bowdler("run rules.toml --from exports --to staging --key-file key").exits(0);
    assert_eq!(workplace.read("staging/customers.csv"), "id,name\n1,\n");
    assert!(!workplace.path("staging/orders.csv").exists());
    let manifest: serde_json::Value = serde_json::from_str(&workplace.read("staging/bowdler.manifest.json")).unwrap();
    assert_eq!(manifest["left_out"], serde_json::json!(["orders.csv"]));
    assert!(manifest["weakenings"].to_string().contains("unlisted"));
}

#[test]
fn there_is_no_way_to_keep_the_rest() {
    for unlisted in ["\"keep\"", "true", "\"allow\"", "\"\""] {
        let rules = RULES.replace("version = 1", &format!("version = 1\nunlisted = {unlisted}"));
        let workplace = workplace(&rules, &[("customers.csv", "id,name,ssn\n")]);
        workplace
            .bowdler("run rules.toml --from exports --to staging --key-file key")
            .exits(2)
            .says(&["`unlisted` is \"error\" or \"drop\""]);
    }
}

#[test]
fn files_that_are_no_data_are_neither_read_nor_copied() {
    let rules = RULES.replace("version = 1", "version = 1\nignore = [\"_SUCCESS\", \"*.md\"]");
    let workplace = workplace(&rules, &[("customers.csv", "id,name\n1,Ana\n"), ("_SUCCESS", ""), ("README.md", "x")]);
    workplace.bowdler("run rules.toml --from exports --to staging --key-file key").exits(0);
    let names: Vec<_> = workplace.tree("staging").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["bowdler.manifest.json", "customers.csv"]);
}

#[test]
fn a_file_that_two_tables_name_goes_to_neither() {
    let rules = format!("{RULES}[tables.people]\nfiles = [\"*.csv\"]\n[tables.people.columns]\n\"*\" = \"keep\"\n");
    let workplace = workplace(&rules, &[("customers.csv", "id,name\n1,Ana\n")]);
    workplace
        .bowdler("run rules.toml --from exports --to staging --key-file key")
        .exits(3)
        .says(&["the file customers.csv belongs to two tables, customers and people"]);
    assert!(!workplace.path("staging").exists());
}

#[test]
fn all_that_does_not_fit_is_told_at_once() {
    let orders = "[tables.orders]\nfiles = [\"orders.*\"]\n[tables.orders.columns]\nid = \"keep\"\n";
    for (case, files, said) in [
        (
            "files as such",
            [("customers.csv", "id,name\n"), ("orders.txt", "id\n"), ("x.csv", "id\n")],
            ["the file x.csv belongs to no table", "that of no known format"],
        ),
        (
            "columns of several files, and a file that can't be read as what it is",
            [("customers.csv", "id,name,ssn\n"), ("customers2.csv", "id\n"), ("orders.parquet", "id\n")],
            ["no rule names the column `ssn` of customers.csv", "this is no Parquet file"],
        ),
    ] {
        let workplace = workplace(&format!("{RULES}{orders}"), &files);
        let run = "run rules.toml --from exports --to staging --key-file key";
        let ran = workplace.bowdler(run).exits(3).says(&said);
        assert!(ran.stderr.lines().filter(|line| line.starts_with("error: ")).count() >= 2, "{case}: {}", ran.stderr);
        assert!(!workplace.path("staging").exists(), "{case}: something was published");
        // They are the misfits that `check` tells.
        let checked = workplace.bowdler("check rules.toml --from exports --log-format json").log();
        let log = workplace.bowdler(&format!("{run} --log-format json")).exits(3).log();
        assert!(log.iter().all(|line| checked.contains(line)), "{case}: {log:#?} {checked:#?}");
        assert!(log.len() >= 2, "{case}: {log:#?}");
    }
}
