use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::json::write_json;
use super::words;
use super::{ColumnReport, FileReport, FindingReport, Options, Report, ReportFormat, Spot};
use crate::detect::{self, Grade};
use crate::error::printable;

/// Static Analysis Results Interchange Format 2.1.0 (OASIS), which code hosts read.
///
/// One result a finding, at the first place of it; the others are related locations. Its fingerprint is a digest of
/// file, column, check and kind, so that it is the same alert tomorrow, wherever the rows are then.
#[derive(Debug)]
pub(super) struct Sarif;

/// Where the schema is published.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

impl ReportFormat for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn summary(&self) -> &'static str {
        "SARIF 2.1.0, for code hosts"
    }

    fn write(&self, report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        let mut rules = BTreeMap::new();
        for (.., finding) in report.findings() {
            rules.entry(rule_id(finding)).or_insert(finding);
        }
        let places: BTreeMap<&str, usize> = rules.keys().map(String::as_str).zip(0..).collect();
        let results: Vec<Value> = report
            .findings()
            .map(|(file, column, finding)| {
                let mut result = result(file, column, finding, report, options);
                if let (Some(object), Some(place)) = (result.as_object_mut(), places.get(&*rule_id(finding))) {
                    object.insert("ruleIndex".to_owned(), json!(place));
                }
                result
            })
            .collect();
        let notifications: Vec<Value> = report.files.iter().flat_map(notifications).collect();
        let document = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "bowdler",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.iter().map(|(id, finding)| rule(id, finding)).collect::<Vec<_>>(),
                } },
                "invocations": [{
                    "executionSuccessful": true,
                    "toolExecutionNotifications": notifications,
                }],
                "columnKind": "unicodeCodePoints",
                "results": results,
                "properties": { "verdict": report.verdict().name() },
            }],
        });
        write_json(&document, out)
    }
}

/// The name of the rule that a finding breaks.
fn rule_id(finding: &FindingReport) -> String {
    format!("{}/{}", finding.check, finding.kind)
}

fn rule(id: &str, finding: &FindingReport) -> Value {
    let what = words::what(finding);
    let help = detect::detector(&finding.kind)
        .map_or_else(|| format!("{what}, found by the check `{}`.", finding.check), |of| format!("{}.", of.summary()));
    json!({
        "id": id,
        "name": id.split(['/', '-']).map(capital).collect::<String>(),
        "shortDescription": { "text": printable(&format!("The data holds: {what}")) },
        "fullDescription": { "text": printable(&help) },
        "help": { "text": "Give the column a rule that treats it, make the data set anew, and verify again." },
        "defaultConfiguration": { "level": "error" },
    })
}

/// A word with its first letter in upper case.
fn capital(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn result(
    file: &FileReport,
    column: &ColumnReport,
    finding: &FindingReport,
    report: &Report,
    options: &Options,
) -> Value {
    let rounding = options.rounding();
    let count = words::cells_of(finding, column, rounding);
    let spots = words::spots(finding, column, rounding);
    let shape = spots.first().map_or_else(String::new, |spot| format!(", shaped like {}", spot.shape));
    let message = format!(
        "{} ({}) in {} of column `{}`{shape}",
        words::what(finding),
        words::grade(finding.grade),
        words::things(count, "cell", "cells"),
        column.name
    );
    let level = match finding.grade {
        _ if !report.fails(finding) => "note",
        Grade::Certain => "error",
        Grade::Possible => "warning",
    };
    let related: Vec<Value> = spots
        .iter()
        .enumerate()
        .skip(1)
        .map(|(id, spot)| {
            let mut location = location(file, column, Some(spot));
            if let Some(object) = location.as_object_mut() {
                object.insert("id".to_owned(), json!(id));
                object.insert("message".to_owned(), json!({ "text": place(spot) }));
            }
            location
        })
        .collect();
    let mut result = json!({
        "ruleId": rule_id(finding),
        "level": level,
        "kind": "fail",
        "message": { "text": printable(&message) },
        "locations": [location(file, column, spots.first())],
        "relatedLocations": related,
        "partialFingerprints": { "bowdler/v1": fingerprint(file, column, finding) },
        "properties": { "count": count, "grade": finding.grade, "entity": finding.entity },
    });
    if let (Some(object), Some(count)) = (result.as_object_mut(), count.exact().filter(|count| *count > 0)) {
        object.insert("occurrenceCount".to_owned(), json!(count));
    }
    result
}

/// Where a value is and what it looks like.
fn place(spot: &Spot) -> String {
    format!("Row {}, shaped like {}", spot.row, spot.shape)
}

fn location(file: &FileReport, column: &ColumnReport, spot: Option<&Spot>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&file.path) } });
    if let (Some(object), Some(line)) = (physical.as_object_mut(), spot.and_then(|spot| spot.line)) {
        object.insert("region".to_owned(), json!({ "startLine": line }));
    }
    json!({
        "physicalLocation": physical,
        "logicalLocations": [{
            "name": printable(&column.name),
            "fullyQualifiedName": printable(&format!("{}#{}", file.path, column.name)),
            "kind": "member",
        }],
    })
}

/// What was not looked at.
fn notifications(file: &FileReport) -> Vec<Value> {
    let of = |(column, why): (Option<&ColumnReport>, &str)| {
        let column = column.map_or_else(String::new, |column| format!("column `{}`, ", column.name));
        json!({
            "level": "warning",
            "descriptor": { "id": "skipped" },
            "message": { "text": printable(&format!("Not looked at: {column}{why}")) },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&file.path) } } }],
        })
    };
    words::skipped(file).into_iter().map(of).collect()
}

/// A path as a relative reference (RFC 3986, 4.2): what is not unreserved is percent-encoded, `/` apart, so that no
/// name can be taken for a scheme, a query or a fragment.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// What makes a finding the same as yesterday's: names alone, each with its length before it.
fn fingerprint(file: &FileReport, column: &ColumnReport, finding: &FindingReport) -> String {
    let mut hasher = blake3::Hasher::new();
    for name in [&file.path, &column.name, &finding.check, &words::entity(finding.entity), &finding.kind] {
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_relative_reference() {
        for (path, reference) in [
            ("a/b.csv", "a/b.csv"),
            ("été 1.csv", "%C3%A9t%C3%A9%201.csv"),
            ("javascript:x?y#z", "javascript%3Ax%3Fy%23z"),
            ("100%.csv", "100%25.csv"),
            ("a\nb", "a%0Ab"),
        ] {
            assert_eq!(uri(path), reference);
        }
    }
}
