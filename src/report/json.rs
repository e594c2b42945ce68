use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::words;
use super::{Options, ReportFormat};
use crate::error::is_printable;
use crate::verify::Report;

/// One JSON document: the [`Report`] field by field, its `format` being the version of the schema.
///
/// Where small counts are not told, a count is a number or a text, `"< 5"` or `">= 95"`, and `sites` may be empty. Names
/// are as the data has them, with what could drive a terminal written as `\uXXXX`.
#[derive(Debug)]
pub(super) struct Json;

impl ReportFormat for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn summary(&self) -> &'static str {
        "One JSON document, for programs"
    }

    fn write(&self, report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        if options.round_below.is_none() {
            return write_json(report, out);
        }
        let mut document = serde_json::to_value(report)?;
        round(&mut document, report, options);
        write_json(&document, out)
    }
}

/// Puts what may be shown in the place of each count.
fn round(document: &mut Value, report: &Report, options: &Options) {
    let rounding = options.rounding();
    let views = words::files(report);
    for (value, file) in items(document, "files").zip(&report.files) {
        for (value, column) in items(value, "columns").zip(&file.columns) {
            let (cells, nulls) = words::cells(column, rounding);
            put(value, [("cells", json!(cells)), ("nulls", json!(nulls))]);
        }
        put(value, [("rows", json!(rounding.alone(file.rows)))]);
    }
    for (value, finding) in items(document, "findings").zip(&report.findings) {
        let Some(view) = views.iter().find(|view| view.name == finding.file) else { continue };
        let cells = match finding.cells {
            0 => json!(0),
            _ => json!(view.count(finding, rounding)),
        };
        let of = match rounding.alone(finding.of) {
            few if few.exact().is_none() => few,
            _ => rounding.at_least(finding.of),
        };
        put(value, [("cells", cells), ("hits", json!(view.hits(finding, rounding))), ("of", json!(of))]);
        put(value, [("sites", json!(view.sites(finding, rounding)))]);
    }
    for (value, gap) in items(document, "coverage").zip(&report.coverage) {
        let (line, row) = words::gap_place(gap, rounding);
        put(value, [("line", json!(line)), ("row", json!(row))]);
        if let Some(gap) = value.as_object_mut() {
            gap.remove("counts");
        }
    }
    let hits = views.iter().flat_map(|view| {
        let counting = view.findings.iter().filter(|finding| finding.counts());
        counting.map(|finding| view.hits(finding, rounding))
    });
    let columns = report.files.iter().flat_map(|file| &file.columns);
    let totals = [
        ("rows", json!(rounding.sum(report.files.iter().map(|file| rounding.alone(file.rows))))),
        ("cells", json!(rounding.sum(columns.map(|column| words::cells(column, rounding).0)))),
        ("hits", json!(rounding.sum(hits))),
        ("allowed", json!(rounding.alone(report.totals.allowed))),
    ];
    if let Some(value) = document.get_mut("totals") {
        put(value, totals);
    }
}

/// The items of a list within an object.
fn items<'v>(value: &'v mut Value, name: &str) -> impl Iterator<Item = &'v mut Value> {
    value.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten()
}

/// Puts fields into an object.
fn put<const N: usize>(value: &mut Value, fields: [(&str, Value); N]) {
    if let Some(object) = value.as_object_mut() {
        object.extend(fields.map(|(name, value)| (name.to_owned(), value)).into_iter().collect::<Map<_, _>>());
    }
}

/// Writes a document, indented, ended by a line feed.
pub(super) fn write_json(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(document)?;
    writeln!(out, "{}", escaped_json(text))
}

/// JSON text with the characters escaped that JSON allows and a terminal obeys. They occur in its strings alone.
pub(crate) fn escaped_json(text: String) -> String {
    if text.chars().all(|c| is_printable(c) || c == '\n') {
        return text;
    }
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        if is_printable(c) || c == '\n' {
            escaped.push(c);
        } else {
            // All of them are in the basic plane: one unit of UTF-16. Writing to a string can't fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        }
        escaped
    })
}
