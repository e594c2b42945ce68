//! Free text holds none of its row's own identifiers once it has been redacted.

use std::collections::HashMap;

use crate::support::{Workplace, checkout};

const RULES: &str = r#"
version = 1
[tables.tickets]
files = ["tickets.csv"]
[tables.tickets.columns]
first_name = { do = "fake", like = "first_name" }
last_name = { do = "fake", like = "last_name" }
email = { do = "fake", like = "email" }
phone = { do = "fake", like = "phone" }
body = { do = "redact", also = ["first_name", "last_name", "email", "phone"], with = "WITH" }
"json" = { do = "json", paths = { "notes[]" = { do = "redact", also = ["first_name", "last_name", "email", "phone"], with = "WITH" } } }
"#;

fn table(path: std::path::PathBuf) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The tickets of the sample shop that say whose they are, each with its customer's names, address and number.
fn tickets() -> Vec<[String; 5]> {
    let exports = checkout().join("samples/exports");
    let customers = table(exports.join("customers.csv"));
    let customers: HashMap<&str, _> = customers.iter().map(|row| (row["customer_id"].as_str(), row)).collect();
    let tickets = table(exports.join("support_tickets.csv"));
    let whose = |ticket: &HashMap<String, String>| {
        let customer = customers.get(ticket["customer_id"].as_str())?;
        let of = |name: &str| customer[name].clone();
        let body = format!("{}\n\n{}", ticket["subject"], ticket["body"]);
        Some([of("first_name"), of("last_name"), of("email"), of("phone"), body])
    };
    tickets.iter().filter_map(whose).collect()
}

/// Whether a text has a value as a word, as both are written but for case.
fn has(text: &str, value: &str) -> bool {
    let (text, value) = (text.to_lowercase(), value.to_lowercase());
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c.is_ascii());
    text.match_indices(&value)
        .any(|(at, _)| !joined(text[..at].chars().next_back()) && !joined(text[at + value.len()..].chars().next()))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn the_tickets_of_the_shop_hold_nothing_of_their_customers() {
    let tickets = tickets();
    let workplace = Workplace::new();
    let mut export = csv::Writer::from_writer(Vec::new());
    export.write_record(["first_name", "last_name", "email", "phone", "body", "json"]).unwrap();
    for ticket in &tickets {
        let json = serde_json::json!({ "notes": [ticket[4], null, "nothing"] }).to_string();
        export.write_record(ticket.iter().chain([&json])).unwrap();
    }
    workplace.write("tickets.csv", export.into_inner().unwrap());
    for with in ["tag", "token", "fake", "mask"] {
        workplace.write("rules.toml", RULES.replace("WITH", with));
        let out = format!("{with}.csv");
        workplace.bowdler(&format!("run rules.toml --from tickets.csv --to {out} --key-file key")).exits(0);
        let made = table(workplace.path(&out));
        assert_eq!(made.len(), tickets.len());
        let (mut stood, mut untouched, mut fakes) = (0, 0, 0);
        for (source, made) in tickets.iter().zip(&made) {
            let body = &made["body"];
            let json: serde_json::Value = serde_json::from_str(&made["json"]).unwrap();
            assert_eq!(json, serde_json::json!({ "notes": [body, null, "nothing"] }), "inside JSON it is the same");
            for value in source[..3].iter().filter(|value| value.chars().count() >= 3) {
                stood += usize::from(has(&source[4], value));
                assert!(!has(body, value), "{with}: {value} is left in {body}");
            }
            let phone = digits(&source[3]);
            assert!(phone.len() < 9 || !digits(body).contains(&phone), "{with}: {phone} is left in {body}");
            untouched += usize::from(*body == source[4]);
            fakes += usize::from(has(body, &made["last_name"]));
        }
        assert!(stood > 1000, "{stood} values stood in the texts");
        assert!(untouched > 20, "{untouched} texts had nothing in them");
        assert_eq!(fakes > 300, with == "fake", "{with}: {fakes} texts have the row's new name");
    }
}
