//! Names of files, folders, tables and columns are data: none that holds something of somebody is published, told in an
//! error or a log, or written to a manifest or into proposed rules.

use crate::support::{Ran, Workplace};

/// What files and folders are called after, and what may be told of it nowhere.
const PERSONS: &[(&str, &[&str])] = &[
    ("maria.garcia@gmail.com", &["maria.", "garcia", "gmail"]),
    ("+33612345678", &["612345678"]),
    ("card 4539578763621486", &["4539578763621486"]),
    ("DE89370400440532013000", &["370400440532013000"]),
];

/// All endings of names that say a format.
const ENDINGS: &[&str] = &["csv", "tsv", "psv", "csv.gz", "parquet", "jsonl", "json", "arrow", "arrows", "xlsx", "sql"];

const DUMP: &str = "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.18\n\
    -- Dumped by pg_dump version 15.18\n\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n\n\
    CREATE TABLE public.t (\n    id integer,\n    v text\n);\n\nCOPY public.t (id, v) FROM stdin;\n1\ta\n2\tb\n\\.\n\n\
    --\n-- PostgreSQL database dump complete\n--\n\n";

const COLUMNS: &str = "[tables.t.columns]\nid = \"keep\"\nv = { do = \"mask\" }\n";

fn canaries() -> Vec<&'static str> {
    PERSONS.iter().flat_map(|(_, canaries)| *canaries).copied().collect()
}

fn rules(table: &str) -> String {
    format!("version = 1\n[tables.t]\n{table}\n{COLUMNS}")
}

/// A small table with this ending: `id,v`, two rows.
fn small(ending: &str) -> Vec<u8> {
    if ending == "sql" {
        return DUMP.into();
    }
    let place = Workplace::new().with("rules.toml", rules("files = [\"*\"]").replace("{ do = \"mask\" }", "\"keep\""));
    place.write("t.csv", "id,v\n1,a\n2,b\n");
    place.bowdler(&format!("run rules.toml --from t.csv --to out.{ending}")).exits(0);
    place.bytes(&format!("out.{ending}"))
}

/// The pattern that a table of the rules has for all files; a table of a dump has none.
fn files(ending: &str) -> &'static str {
    if ending == "sql" { "" } else { "files = [\"**\"]" }
}

/// Asserts that nothing of these names stands in what is below `folder`, neither in names nor in what can be read.
#[track_caller]
fn holds_none(place: &Workplace, folder: &str) {
    for (name, bytes) in place.tree(folder) {
        let text = String::from_utf8_lossy(&bytes);
        canaries()
            .iter()
            .for_each(|canary| assert!(!name.contains(canary) && !text.contains(canary), "{canary}: {name}"));
    }
}

#[track_caller]
fn never(ran: Ran) -> Ran {
    ran.never_says(&canaries())
}

#[test]
fn an_export_with_such_names_is_refused_and_proposed_rules_publish_it_under_others() {
    for ending in ENDINGS {
        let small = small(ending);
        for at in ["in/NAME.ENDING", "in/NAME/t.ENDING", "in/old/t_NAME_2026.ENDING"] {
            let place = Workplace::new().with("rules.toml", rules(files(ending)));
            for (name, _) in PERSONS {
                place.write(&at.replace("NAME", name).replace("ENDING", ending), &small);
            }
            let why = ["the 1st in the order of names, would be published and holds what looks like", "publish_as"];
            never(place.bowdler("run rules.toml --from in --to out")).exits(3).says(&why).says(&["the 4th"]);
            never(place.bowdler("run rules.toml --from in --to out --log-format json")).exits(3);
            assert!(!place.path("out").exists() && !place.path(".out.bowdler-staging").exists(), "{at} {ending}");
            never(place.bowdler("check rules.toml --from in")).exits(1).says(&why);
            never(place.bowdler("check rules.toml --from in --json")).exits(1);
            never(place.bowdler("preview rules.toml --from in")).exits(0);
            never(place.bowdler("init in -o proposed/rules.toml")).exits(5);
            std::fs::create_dir(place.path("proposed")).unwrap();
            never(place.bowdler("init in -o proposed/rules.toml")).exits(0);
            holds_none(&place, "proposed");
            never(place.bowdler("run proposed/rules.toml --from in --to out")).exits(0).says(&["published 4 files"]);
            holds_none(&place, "out");
            assert_eq!(place.tree("out").len(), PERSONS.len() + 1, "{at} {ending}");
            never(place.bowdler("verify out --no-manifest")).exits(0);
            never(place.bowdler("verify out --rules proposed/rules.toml")).exits(0);
            never(place.bowdler("verify in")).exits(1);
        }
    }
}

#[test]
fn a_single_file_is_published_under_the_name_that_is_given() {
    for (index, ending) in ENDINGS.iter().enumerate() {
        let small = small(ending);
        for (name, _) in PERSONS.iter().cycle().skip(index).take(2) {
            let from = format!("in/{name}.{ending}");
            let place = Workplace::new().with("rules.toml", rules(files(ending))).with(&from, &small);
            let to = format!("out/safe.{ending}");
            std::fs::create_dir(place.path("out")).unwrap();
            never(place.bowdler_with(&["run", "rules.toml", "--from", &from, "--to", &to])).exits(0).says(&["safe"]);
            holds_none(&place, "out");
            never(place.bowdler("verify out --no-manifest")).exits(0);
            never(place.bowdler_with(&["check", "rules.toml", "--from", &from])).exits(0);
            never(place.bowdler_with(&["preview", "rules.toml", "--from", &from, "--json"])).exits(0);
            never(place.bowdler_with(&["init", &from])).exits(0).prints(&["publish_as = "]);
            let other = format!("out/masked.{ending}");
            never(place.bowdler_with(&["mask", &from, "-o", &other, "--save-rules", "out/mask.toml"])).exits(0);
            holds_none(&place, "out");
            never(place.bowdler_with(&["verify", &from])).exits(1);
        }
    }
}

#[test]
fn what_goes_wrong_with_such_a_file_is_told_without_its_name() {
    let renamed = rules("files = [\"**/*.*\"]\npublish_as = \"t-{token}\"");
    let cases = [
        ("a record too short", "csv", b"id,v\n1\n".as_slice()),
        ("no UTF-8", "csv", b"id,v\n1,\xff\n"),
        ("two columns of a name", "csv", b"id,v,v\n1,2,3\n"),
        ("a column without a name", "csv", b"id,v,\n1,2,3\n"),
        ("a column that no rule names", "csv", b"id,v,w\n1,2,3\n"),
        ("a column that is not there", "csv", b"id\n1\n"),
        ("nothing at all", "csv", b""),
        ("cut off", "csv.gz", b"\x1f\x8b\x08\x00"),
        ("not compressed", "csv.zst", b"id,v\n1,2\n"),
        ("no Parquet", "parquet", b"PAR1"),
        ("no JSON", "jsonl", b"{\"id\": 1, \"v\": \n"),
        ("no list", "json", b"["),
        ("no Arrow", "arrow", b"ARROW1"),
        ("no stream", "arrows", b"x"),
        ("no workbook", "xlsx", b"PK"),
        ("no dump", "sql", b"SELECT 1;\n"),
        ("a dump cut off", "sql", b"--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE public.t (\n"),
        ("an unknown format", "doc", b"x"),
        ("a backup", "csv.bak", b"x"),
    ];
    for ((case, ending, contents), (name, _)) in cases.into_iter().zip(PERSONS.iter().cycle()) {
        for at in ["in/NAME.ENDING", "in/NAME/x.ENDING"] {
            let from = at.replace("NAME", name).replace("ENDING", ending);
            let place = Workplace::new().with("rules.toml", &renamed).with(&from, contents);
            let mut codes = Vec::new();
            for command in [
                "run rules.toml --to o.csv --from",
                "mask -o m.csv",
                "preview rules.toml --from",
                "check rules.toml --from",
                "init",
                "verify",
            ] {
                for from in [from.as_str(), "in"] {
                    let arguments: Vec<&str> = command.split(' ').chain([from]).collect();
                    // A path that somebody types is theirs; what is found below it is not.
                    let ran = place.bowdler_with(&arguments);
                    let told = match from {
                        "in" => ran,
                        typed => Ran {
                            stderr: ran.stderr.replace(typed.rsplit_once('/').unwrap().0, ""),
                            stdout: ran.stdout.replace(typed.rsplit_once('/').unwrap().0, ""),
                            ..ran
                        },
                    };
                    codes.push(never(told).code);
                }
            }
            assert!(codes.iter().any(|code| *code != 0), "{case}: {codes:?}");
            assert!(!codes.contains(&70), "{case}: {codes:?}");
        }
    }
}

#[test]
fn what_goes_wrong_with_a_folder_is_told_without_its_names() {
    let person = PERSONS[0].0;
    let csv = "id,v\n1,a\n";
    type Make = fn(&Workplace, &str);
    let cases: &[(&str, &str, Make, i32, &str)] = &[
        (
            "a file that no table names",
            "files = [\"none.csv\"]",
            |_, _| {},
            3,
            "it is the 1st file in the order of names",
        ),
        (
            "a name that two files get",
            "files = [\"**/*.csv\"]\npublish_as = \"t\"",
            |_, _| {},
            2,
            "would both be written as t.csv",
        ),
        (
            "a link that leads nowhere",
            "files = [\"**/*.csv\"]",
            |place, name| {
                std::os::unix::fs::symlink("nowhere", place.path(&format!("in/{name}.parquet"))).unwrap();
            },
            5,
            "cannot read the input",
        ),
        (
            "a link to a folder",
            "files = [\"**/*.csv\"]",
            |place, name| {
                std::os::unix::fs::symlink(".", place.path(&format!("in/{name}.d"))).unwrap();
            },
            3,
            "neither a file nor a folder",
        ),
        (
            "a name that is no UTF-8",
            "files = [\"**/*.csv\"]",
            |place, name| {
                use std::os::unix::ffi::OsStringExt;
                let name = [name.as_bytes(), b"\xff.csv"].concat();
                std::fs::write(place.path("in").join(std::ffi::OsString::from_vec(name)), "x").unwrap();
            },
            3,
            "is not UTF-8",
        ),
        (
            "a value that does not conform",
            "files = [\"**/*.csv\"]\npublish_as = \"t-{token}\"",
            |place, _| {
                let rules = place.read("rules.toml").replace("{ do = \"mask\" }", "{ do = \"round\", to = 10 }");
                place.write("rules.toml", rules);
            },
            3,
            "does not conform to the rule",
        ),
    ];
    for (case, table, make, code, says) in cases {
        let place = Workplace::new().with("rules.toml", rules(table));
        for at in [format!("in/{person}.csv"), format!("in/{person}/a.csv"), format!("in/{person}/{person}.csv")] {
            place.write(&at, csv);
        }
        make(&place, person);
        never(place.bowdler("run rules.toml --from in --to out")).exits(*code).says(&[says]);
        assert!(!place.path("out").exists(), "{case}");
        for command in ["check rules.toml --from", "preview rules.toml --from", "init", "verify"] {
            never(place.bowdler(&format!("{command} in")));
            never(place.bowdler(&format!("{command} in --log-format json")));
        }
    }
}

#[test]
fn what_is_left_out_is_told_without_its_name() {
    let place =
        Workplace::new().with("rules.toml", rules("files = [\"t.csv\"]").replace("1\n", "1\nunlisted = \"drop\"\n"));
    place.write("in/t.csv", "id,v,maria.garcia@gmail.com\n1,a,b\n");
    PERSONS.iter().for_each(|(name, _)| place.write(&format!("in/{name}.csv"), "x\n"));
    never(place.bowdler("run rules.toml --from in --to out --json"))
        .exits(0)
        .says(&["left out, because no rule names it"]);
    holds_none(&place, "out");
    never(place.bowdler("check rules.toml --from in")).exits(0).prints(&["+99999999999.aaa: left out"]);
    never(place.bowdler("check rules.toml --from in --json")).exits(0);
    never(place.bowdler("verify out")).exits(0);
    never(place.bowdler("verify out --against in --rules rules.toml"));
}

#[test]
fn a_name_may_stand_by_a_weakening_that_the_manifest_has() {
    let place = Workplace::new().with("rules.toml", rules("files = [\"**\"]"));
    PERSONS.iter().for_each(|(name, _)| place.write(&format!("in/by person/{name}.csv"), "id,v\n1,a\n"));
    let run = |patterns: &[&str]| {
        let allow = patterns.iter().flat_map(|pattern| ["--allow-names", pattern]);
        let arguments: Vec<&str> =
            ["run", "rules.toml", "--from", "in", "--to", "out"].into_iter().chain(allow).collect();
        never(place.bowdler_with(&arguments))
    };
    run(&["by person/*@*"]).exits(3);
    run(&[""]).exits(2).says(&["takes a pattern of names"]);
    never(place.bowdler_with(&["check", "rules.toml", "--from", "in", "--allow-names", "by person/*"])).exits(0);
    run(&["by person/*"]).exits(0).says(&["weaker than by default: --allow-names by person/*"]);
    assert!(place.path("out/by person/+33612345678.csv").exists());
    let manifest: serde_json::Value = serde_json::from_str(&place.read("out/bowdler.manifest.json")).unwrap();
    assert!(manifest["weakenings"][0].as_str().unwrap().starts_with("--allow-names by person/*: "), "{manifest}");
    never(place.bowdler("verify out")).exits(1);
}

#[test]
fn what_files_are_called_is_said_once_and_stays_so() {
    let rules = |name: &str| {
        rules(&format!("files = [\"**\"]\npublish_as = {name:?}")).replace("id = ", "dt = \"keep\"\nid = ")
    };
    let place = Workplace::new().with("rules.toml", rules("by person/{token}"));
    let names = |from: &str| -> Vec<String> {
        place.bowdler(&format!("run rules.toml --from {from} --to out --replace --key-file key")).exits(0);
        place.tree("out").into_iter().map(|(name, _)| name).filter(|name| !name.contains("manifest")).collect()
    };
    for folder in ["one", "two"] {
        place.write(&format!("{folder}/dt=2026-01-01/maria.garcia@gmail.com.csv.gz"), small("csv.gz"));
        place.write(&format!("{folder}/dt=2026-01-02/maria.garcia@gmail.com.csv"), small("csv"));
    }
    place.write("two/dt=2026-01-01/adam@shop.pt.csv", small("csv"));
    let (one, two) = (names("one"), names("two"));
    let token = one[0].strip_prefix("dt=2026-01-01/by person/").unwrap().strip_suffix(".csv.gz").unwrap();
    assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    assert_eq!(one[1], format!("dt=2026-01-02/by person/{token}.csv"), "one name has one token");
    assert!(two.len() == 3 && one.iter().all(|name| two.contains(name)), "{two:?} whatever else there is");
    place.bowdler("run rules.toml --from one --to other").exits(0);
    assert!(!place.tree("other").iter().any(|(name, _)| name.contains(token)), "another key makes another token");
    for (name, code) in [("../t", 2), ("/t", 2), ("t/", 2), ("{n}", 2), ("a=b/t", 2), ("maria.garcia@gmail.com", 2)] {
        place.write("rules.toml", rules(name));
        let ran = place.bowdler("run rules.toml --from two --to none").exits(code);
        assert!(!place.path("none").exists(), "{name}: {}", ran.stderr);
    }
}

#[test]
fn names_of_columns_and_of_tables_are_judged_where_no_rule_has_them_letter_by_letter() {
    let csv = "id,v,maria.garcia@gmail.com\n1,a,b\n";
    let (pattern, drop, letters) =
        ("\"*@*\" = \"keep\"", "\"*@*\" = \"drop\"", "\"maria.garcia@gmail.com\" = \"keep\"");
    for (rule, code, says) in [
        ("", 3, "no rule names the column `aaaaa.aaaaaa@aaaaa.aaa` of in.csv: it is column 3"),
        (pattern, 3, "the name of column 3, aaaaa.aaaaaa@aaaaa.aaa, would be published"),
        ("\"*@*\" = { do = \"round\", to = 10 }", 3, "the name of column 3"),
        (drop, 0, "published 1 file"),
    ] {
        let place = Workplace::new().with("rules.toml", rules("files = [\"*\"]") + rule).with("in.csv", csv);
        std::fs::create_dir(place.path("out")).unwrap();
        never(place.bowdler("run rules.toml --from in.csv --to out/o.csv")).exits(code).says(&[says]);
        never(place.bowdler("check rules.toml --from in.csv --json")).exits((code != 0).into());
        never(place.bowdler("preview rules.toml --from in.csv"));
        holds_none(&place, "out");
        // A header with an address in it is taken for a row of a file that has none.
        never(place.bowdler("mask in.csv -o out/m.csv")).exits(0);
        holds_none(&place, "out");
    }
    let place = Workplace::new().with("rules.toml", rules("files = [\"*\"]") + letters).with("in.csv", csv);
    place.bowdler("run rules.toml --from in.csv --to o.parquet").exits(0);
    never(place.bowdler("init o.parquet")).exits(3).says(&["the name of column 3"]);
    never(place.bowdler("mask o.parquet -o m.parquet")).exits(3).says(&["the name of column 3"]);
    let place = Workplace::new().with("rules.toml", rules("files = [\"*\"]") + pattern).with("in.csv", csv);
    place.bowdler("run rules.toml --from in.csv --to o.csv --allow-names *@*").exits(0);

    let dump = DUMP.replace("public.t ", "public.\"maria.garcia@gmail.com\" ");
    let place = Workplace::new().with("rules.toml", rules("")).with("in.sql", &dump);
    let says = ["the table public.aaaaa.aaaaaa@aaaaa.aaa", "is none of the rules"];
    never(place.bowdler("run rules.toml --from in.sql --to o.sql")).exits(3).says(&says[1..]);
    never(place.bowdler("check rules.toml --from in.sql")).exits(1).says(&says[1..]);
    never(place.shell("$BOWDLER run rules.toml - < in.sql > p.sql")).exits(3).says(&says[1..]);
    let named = Workplace::new().with("in.sql", &dump);
    let columns = "[tables.\"public.maria.garcia@gmail.com\".columns]\nid = \"keep\"\nv = \"drop\"\n";
    named.write("rules.toml", format!("version = 1\n{columns}"));
    named.bowdler("run rules.toml --from in.sql --to o.sql").exits(0);
    named.shell("$BOWDLER run rules.toml - < in.sql > p.sql").exits(0);
    place.write(
        "rules.toml",
        "version = 1\nunlisted = \"drop\"\n[tables.t.columns]\nid = \"keep\"\n\"*@*\" = \"drop\"\n",
    );
    place.write("in.sql", DUMP.replace("v text", "v text,\n    \"maria.garcia@gmail.com\" text"));
    for command in ["$BOWDLER run rules.toml --from in.sql --to o.sql", "$BOWDLER run rules.toml - < in.sql > p.sql"] {
        never(place.shell(command)).exits(3).says(&["the name of column 3", "dump without it"]);
    }
    let other = format!(
        "{}{}",
        DUMP.split("--\n-- PostgreSQL database dump complete").next().unwrap(),
        &dump[dump.find("CREATE").unwrap()..]
    );
    place.write("rules.toml", rules("").replace("1\n", "1\nunlisted = \"drop\"\n"));
    place.write("in.sql", other);
    for command in ["$BOWDLER run rules.toml --from in.sql --to o.sql", "$BOWDLER run rules.toml - < in.sql > p.sql"] {
        never(place.shell(command)).exits(3).says(&["the name of table 2 of the dump", "dump without it"]);
    }
    place.write("in.sql", &dump);
    never(place.bowdler("init in.sql")).exits(3).says(&["the name of table 1 of the dump"]);
    never(place.bowdler("mask in.sql -o m.sql")).exits(3).says(&["the name of table 1 of the dump"]);
}

/// Names as real exports have them: of databases, warehouses, tools and people.
const ORDINARY: &[&str] = &[
    "customers.csv",
    "Customers.CSV",
    "orders_2026.parquet",
    "orders-2026-11-25.csv",
    "2026-01-01.csv",
    "20261125.csv",
    "20260101_20260131.csv",
    "orders_20261125T101500Z.csv",
    "orders_1764065700.csv",
    "1764065700123.csv",
    "202611251015.csv",
    "20261125101500.csv",
    "20261125101500123.csv",
    "20261125-101500123.csv",
    "12345.csv",
    "1234567890.csv",
    "batch_4711.csv",
    "batch_123456789.csv",
    "orders_1234567890123456.csv",
    "part-00000-1f3c2f0a-6f5a-4d7e-9b1a-2c3d4e5f6a7b-c000.snappy.parquet",
    "part-00001-8b0e1b5c-3d33-4a7a-a9f0-5d1f0c8a1e11.c000.csv.gz",
    "part-r-00000.csv",
    "run-1764065700-part-r-00000.csv",
    "1f3c2f0a-6f5a-4d7e-9b1a-2c3d4e5f6a7b.csv",
    "550e8400-e29b-41d4-a716-446655440000.parquet",
    "1f3c2f0a6f5a4d7e9b1a2c3d4e5f6a7b.csv",
    "d41d8cd98f00b204e9800998ecf8427e.csv",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709.csv",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV.csv",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.parquet",
    "000000000000.csv",
    "000000000001.csv",
    "0001.parquet",
    "0000_part_00.csv.gz",
    "unload_0001_part_00.csv",
    "data_0_0_0.csv.gz",
    "LOAD00000001.csv",
    "data_01b2c3d4-0000-1234-0000-000100020003_007_2_0.snappy.parquet",
    "bq-results-20261125-101500-1764065700.csv",
    "snapshot-8744736658442914487-1-2b5c6d7e.parquet",
    "00000-0-9d1b2f0a-aaaa-4d7e-9b1a-2c3d4e5f6a7b-00001.parquet",
    "attempt_202611250101_0001_m_000000_0.csv",
    "transactions-00000-of-00010.csv",
    "transactions_2026_11_25_000.csv",
    "export.csv",
    "export (1).csv",
    "export - Copy.csv",
    "Report Q3 2026 final.csv",
    "report_v1.2.3.csv",
    "public.users.csv",
    "dbo.Customer.csv",
    "shop_production_orders.csv",
    "backup_20261125_0300.csv",
    "film_actor.csv",
    "sales.2026.q4.csv",
    "sales_FR_2026.csv",
    "sales_DE-BY.csv",
    "eu-west-1.csv",
    "stripe_charges.csv",
    "salesforce_contact_export.csv",
    "Account_History__c.csv",
    "hubspot-crm-exports-all-contacts-2026-11-25.csv",
    "subscribed_members_export_a1b2c3d4e5.csv",
    "google_ads_campaigns_2026-11.csv",
    "events-2026-11-25-10.csv",
    "events.2026-11-25.0.csv",
    "clickstream_2026112510.csv",
    "web-01.prod.csv",
    "invoice_INV-2026-000123.csv",
    "statement_2026-11.csv",
    "zip_codes_us.csv",
    "california_housing.csv",
    "madison_county.csv",
    "jordan.csv",
    "paris.csv",
    "e-mail.csv",
    "phone_numbers.csv",
    "cards.csv",
    "iban.csv",
    "names@2x.csv",
    "user@example.com.csv",
    "Données clients.csv",
    "顧客.csv",
    "заказы_2026.csv",
    "müşteri-listesi.csv",
    "2026/11/25/orders.csv",
    "year/2026-11/0001/x.csv",
    "v1/users/1001/x.csv",
    "tenant-4711/orders.csv",
    "mysql-bin.000123.csv",
];

#[test]
fn ordinary_names_are_published() {
    assert!(ORDINARY.len() >= 60);
    let place = Workplace::new().with("rules.toml", rules("files = [\"**\"]"));
    let contents = ["csv", "csv.gz", "parquet"].map(|ending| (format!(".{ending}"), small(ending)));
    for name in ORDINARY {
        let (_, bytes) = contents.iter().find(|(ending, _)| name.to_lowercase().ends_with(ending)).unwrap();
        place.write(&format!("in/{name}"), bytes);
    }
    place.bowdler("check rules.toml --from in").exits(0);
    place.bowdler("run rules.toml --from in --to out").exits(0).says(&[&format!("published {} files", ORDINARY.len())]);
    for name in ORDINARY {
        assert!(place.path(&format!("out/{name}")).exists(), "{name}");
    }
    let manifest = place.read("out/bowdler.manifest.json");
    ORDINARY
        .iter()
        .filter(|name| name.is_ascii() && !name.contains('@'))
        .for_each(|name| assert!(manifest.contains(name), "{name}"));
    place.bowdler("verify out --no-manifest").exits(0);
    let proposed = place.bowdler("init in").exits(0);
    assert!(!proposed.stdout.contains("publish_as"), "{}", proposed.stdout);
}
