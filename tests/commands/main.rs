//! Every command, exit code and stream, as somebody meets them who has nothing but the command line.

mod check;
mod formats;
mod keys;
mod logs;
mod manifests;
mod partitions;
mod pipes;
mod preview;
mod reference;
mod reveal;
mod run;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests of the promises")]
mod support;
mod survivors;
mod usage;
mod verify;

use support::Workplace;

/// Values that no output may hold, unless a rule keeps them or a person asks for them.
const CANARIES: &[&str] = &["Zanzibar", "zoe@canary.test", "4111-1111", "31415926"];

/// Rules for the two tables of [`shop`].
const RULES: &str = r#"
version = 1
ignore  = ["_SUCCESS"]

[domains]
customer = { form = "integer", max = 999_999_999 }

[tables.people]
files = ["people*.csv"]
[tables.people.columns]
id      = { do = "token", domain = "customer" }
name    = { do = "replace", with = "Somebody" }
email   = { do = "token", suffix = "@example.com" }
card    = { do = "mask", keep_last = 4, keep_separators = true }
country = "keep"
"*_at"  = "keep"
note    = "drop"

[tables.visits]
files = ["visits/*.csv"]
[tables.visits.columns]
id    = { do = "token", domain = "customer" }
place = "null"
"#;

const PEOPLE: &str = "\
id,name,email,card,country,seen_at,note
31415926,Zanzibar,zoe@canary.test,4111-1111-1111-1234,FR,2026-01-02,Zanzibar wrote
7,,,,GB,2026-01-03,
";

const VISITS: &str = "id,place\n31415926,Zanzibar\n8,Zanzibar\n7,\n";

/// Rules and exports that fit.
fn shop() -> Workplace {
    Workplace::new()
        .with("rules.toml", RULES)
        .with("exports/people.csv", PEOPLE)
        .with("exports/visits/may.csv", VISITS)
        .with("exports/_SUCCESS", "")
}
