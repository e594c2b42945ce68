//! SARIF 2.1.0, held to what its schema requires of the parts that are used: by section of the specification.

use bowdler::report::Options;
use serde_json::Value;

use super::{ROUNDED, samples, written};

/// A text that is not empty.
fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().filter(|text| !text.is_empty()).unwrap_or_else(|| panic!("{name} in {value}"))
}

/// A list; an absent one is empty.
fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    match &value[name] {
        Value::Null => &[],
        list => list.as_array().unwrap_or_else(|| panic!("{name} in {value}")),
    }
}

/// A message (3.11) needs a text or an id.
fn message(value: &Value, name: &str) {
    text(&value[name], "text");
}

/// An object has no property but these: the schema says `additionalProperties: false` nearly everywhere.
fn only(value: &Value, names: &[&str]) {
    for name in value.as_object().unwrap().keys() {
        assert!(names.contains(&name.as_str()), "{name} in {value}");
    }
}

/// A location (3.28), and within it 3.29, 3.30, 3.33.
fn location(value: &Value) {
    only(value, &["id", "physicalLocation", "logicalLocations", "message"]);
    let physical = &value["physicalLocation"];
    only(physical, &["artifactLocation", "region"]);
    // RFC 3986, relative reference: no character that has to be encoded, and every percent sign starts an octet.
    let uri = text(&physical["artifactLocation"], "uri");
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
    assert!(uri.chars().all(allowed) && !uri.starts_with('/'), "{uri}");
    for octet in uri.split('%').skip(1) {
        assert!(octet.len() >= 2 && octet[..2].chars().all(|c| c.is_ascii_hexdigit()), "{uri}");
    }
    if let Some(region) = physical.get("region") {
        assert!(region["startLine"].as_u64().unwrap() >= 1, "{region}");
    }
    for logical in list(value, "logicalLocations") {
        only(logical, &["name", "fullyQualifiedName", "kind"]);
        assert!(logical["name"].is_string());
    }
}

/// A whole log (3.13) with its one run (3.14).
fn check(log: &Value) {
    only(log, &["$schema", "version", "runs"]);
    assert_eq!(log["version"], "2.1.0");
    assert!(text(log, "$schema").ends_with("sarif-schema-2.1.0.json"));
    let [run] = list(log, "runs") else { panic!("one run") };
    only(run, &["tool", "invocations", "columnKind", "results", "properties"]);
    let driver = &run["tool"]["driver"];
    text(driver, "name");
    let rules = list(driver, "rules");
    for rule in rules {
        only(rule, &["id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"]);
        text(rule, "id");
        ["shortDescription", "fullDescription", "help"].iter().for_each(|name| message(rule, name));
    }
    let [invocation] = list(run, "invocations") else { panic!("one invocation") };
    assert!(invocation["executionSuccessful"].is_boolean());
    for notification in list(invocation, "toolExecutionNotifications") {
        message(notification, "message");
        list(notification, "locations").iter().for_each(location);
    }
    assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&text(run, "columnKind")));
    for result in list(run, "results") {
        only(
            result,
            &[
                "ruleId",
                "ruleIndex",
                "level",
                "kind",
                "message",
                "locations",
                "relatedLocations",
                "partialFingerprints",
                "occurrenceCount",
                "properties",
            ],
        );
        message(result, "message");
        assert!(["error", "warning", "note"].contains(&text(result, "level")));
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(!list(result, "locations").is_empty());
        list(result, "locations").iter().chain(list(result, "relatedLocations")).for_each(location);
        assert!(result["partialFingerprints"].as_object().unwrap().values().all(Value::is_string));
        if let Some(count) = result.get("occurrenceCount") {
            assert!(count.as_u64().unwrap() >= 1);
        }
    }
}

#[test]
fn every_report_is_a_sarif_log() {
    for (_, report) in samples::all() {
        for options in [Options::default(), ROUNDED] {
            let log: Value = serde_json::from_str(&written("sarif", &report, &options)).unwrap();
            check(&log);
            assert_eq!(list(&log["runs"][0], "results").len(), report.findings.len());
        }
    }
}

#[test]
fn an_alert_is_the_same_tomorrow() {
    let fingerprints = |report: &_, options: &_| -> Vec<String> {
        let log: Value = serde_json::from_str(&written("sarif", report, options)).unwrap();
        let of = |result: &Value| result["partialFingerprints"]["bowdler/v1"].as_str().unwrap().to_owned();
        list(&log["runs"][0], "results").iter().map(of).collect()
    };
    let today = samples::named("shop");
    let mut tomorrow = today.clone();
    for finding in &mut tomorrow.findings {
        finding.cells += 1_000;
        finding.sites.clear();
    }
    let first = fingerprints(&today, &Options::default());
    assert_eq!(first, fingerprints(&tomorrow, &ROUNDED));
    let different: std::collections::BTreeSet<&String> = first.iter().collect();
    assert_eq!(different.len(), first.len());
}
