use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::json::write_json;
use super::words::{self, FileView};
use super::{Options, ReportFormat};
use crate::detect::{self, Grade};
use crate::error::printable;
use crate::verify::{Finding, Gap, Report, Site};

/// Static Analysis Results Interchange Format 2.1.0 (OASIS), which code hosts read.
///
/// One result a finding, at the first place of it; the others are related locations. Its fingerprint is
/// the baseline's, so that it is the same alert tomorrow, wherever the rows are then.
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
        let rules: BTreeMap<String, &Finding> =
            report.findings.iter().rev().map(|finding| (rule_id(finding), finding)).collect();
        let places: BTreeMap<&str, usize> = rules.keys().map(String::as_str).zip(0..).collect();
        let files = words::files(report);
        let results = files.iter().flat_map(|file| file.findings.iter().map(move |finding| (file, *finding)));
        let results: Vec<Value> = results
            .map(|(file, finding)| {
                let mut result = result(file, finding, options);
                if let Some(place) = places.get(&*rule_id(finding)) {
                    put(&mut result, "ruleIndex", json!(place));
                }
                result
            })
            .collect();
        let notifications: Vec<Value> = report.coverage.iter().map(|gap| notification(gap, options)).collect();
        let weakenings: Vec<String> = report.weakenings.iter().map(|weakening| printable(weakening)).collect();
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
                    "executionSuccessful": !report.coverage.iter().any(|gap| gap.grave),
                    "toolExecutionNotifications": notifications,
                }],
                "columnKind": "unicodeCodePoints",
                "results": results,
                "properties": { "verdict": report.verdict, "weakenings": weakenings },
            }],
        });
        write_json(&document, out)
    }
}

/// Puts a field into an object.
fn put(value: &mut Value, name: &str, field: Value) {
    if let Some(object) = value.as_object_mut() {
        object.insert(name.to_owned(), field);
    }
}

/// The name of the rule that a finding breaks.
fn rule_id(finding: &Finding) -> String {
    printable(&format!("{}/{}", finding.check.name(), finding.kind))
}

fn rule(id: &str, finding: &Finding) -> Value {
    let what = words::what(finding);
    let help = detect::detector(&finding.kind).map_or_else(
        || format!("{what}, found by the check `{}`.", finding.check.name()),
        |of| format!("{}.", of.summary()),
    );
    json!({
        "id": id,
        "name": id.split(|c: char| !c.is_alphanumeric()).map(capital).collect::<String>(),
        "shortDescription": { "text": printable(&format!("The data holds: {what}")) },
        "fullDescription": { "text": printable(&help) },
        "help": { "text": "Give what was found a rule that treats it, make the data set anew, and verify again." },
        "defaultConfiguration": { "level": "error" },
    })
}

/// A word with its first letter in upper case.
fn capital(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn result(file: &FileView<'_>, finding: &Finding, options: &Options) -> Value {
    let rounding = options.rounding();
    let count = file.count(finding, rounding);
    let sites = file.sites(finding, rounding);
    let shape = sites.first().map_or_else(String::new, |site| format!(", shaped like {}", site.shape));
    let excuse = words::excuse(finding.standing).map_or_else(String::new, |why| format!("; does not count: {why}"));
    let message = format!(
        "{} ({}): {} in {}{shape}{excuse}",
        words::what(finding),
        words::grade(finding.grade),
        words::counted(finding, count),
        words::place(finding)
    );
    let level = match finding.grade {
        _ if !finding.counts() => "note",
        Grade::Certain => "error",
        Grade::Possible => "warning",
    };
    let related: Vec<Value> = sites
        .iter()
        .enumerate()
        .skip(1)
        .map(|(id, site)| {
            let mut location = location(finding, Some(site));
            let at = words::at(site).map_or_else(String::new, |at| format!("{at}, "));
            put(&mut location, "id", json!(id));
            put(&mut location, "message", json!({ "text": printable(&format!("{at}shaped like {}", site.shape)) }));
            location
        })
        .collect();
    let mut result = json!({
        "ruleId": rule_id(finding),
        "level": level,
        "kind": "fail",
        "message": { "text": printable(&message) },
        "locations": [location(finding, sites.first())],
        "relatedLocations": related,
        "partialFingerprints": { "bowdler/v1": finding.fingerprint },
        "properties": {
            "count": count,
            "grade": finding.grade,
            "entity": finding.entity,
            "class": finding.class,
            "part": finding.part,
            "standing": finding.standing,
        },
    });
    if let Some(count) = count.exact().filter(|count| *count > 0) {
        put(&mut result, "occurrenceCount", json!(count));
    }
    result
}

fn location(finding: &Finding, site: Option<&Site>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&finding.file) } });
    if let Some(line) = site.and_then(|site| site.line) {
        put(&mut physical, "region", json!({ "startLine": line }));
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(column) = &finding.column {
        let logical = json!([{
            "name": printable(column),
            "fullyQualifiedName": printable(&format!("{}#{column}", finding.file)),
            "kind": "member",
        }]);
        put(&mut location, "logicalLocations", logical);
    }
    location
}

/// What was not looked at.
fn notification(gap: &Gap, options: &Options) -> Value {
    let column = gap.column.as_ref().map_or_else(String::new, |column| format!("column `{column}`, "));
    let help = gap.help.as_ref().map_or_else(String::new, |help| format!("; help: {help}"));
    let mut notification = json!({
        "level": if gap.grave { "error" } else { "note" },
        "descriptor": { "id": "not-looked-at" },
        "message": { "text": printable(&format!("Not looked at: {column}{}{help}", words::gap(gap, options.rounding()))) },
    });
    if let Some(file) = &gap.file {
        let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
        if let (Some(line), _) = words::gap_place(gap, options.rounding()) {
            put(&mut physical, "region", json!({ "startLine": line }));
        }
        put(&mut notification, "locations", json!([{ "physicalLocation": physical }]));
    }
    notification
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
