use std::path::Path;

use indicatif::DecimalBytes;

use crate::cli::printer::{Printer, count};
use crate::error::Place;
use crate::pipeline::{FileOutcome, KeyOrigin, Outcome};
use crate::rules::names::shown;
use crate::rules::{LeafCounts, LeafReport, told};
use crate::transform::Fate;

/// Says, for a person, what a run has published, and what of it deserves a second look.
pub(super) fn tell(outcome: &Outcome, to: &Path, printer: &Printer) {
    for file in &outcome.files {
        // What is all of a data set has the name of that.
        let output = if file.output.0 == "." { &file.input.0 } else { &file.output.0 };
        printer.info(&in_file(&name(output, file)), &in_numbers(file));
    }
    let key = match outcome.manifest.key.origin {
        KeyOrigin::Given => "",
        KeyOrigin::Random => ", made for this run and forgotten",
    };
    let files = outcome.files.chunk_by(|one, other| one.output.0 == other.output.0).count();
    let files = count(files as u64, "file");
    let id = &outcome.manifest.key.id;
    printer.info(&in_file(&to.to_string_lossy()), &format!("published {files}, key {id}{key}"));
    for name in &outcome.manifest.left_out {
        printer.note(&in_file(name), "left out, because no rule names it");
    }
    for weakening in &outcome.manifest.weakenings {
        printer.note(&Place::default(), &format!("weaker than by default: {weakening}"));
    }
    for file in &outcome.files {
        for (leaf, counts) in &file.columns {
            let place = Place { column: Some(leaf.leaf.path.clone()), ..in_file(&name(&file.input.0, file)) };
            remarks(leaf, counts).iter().for_each(|remark| printer.note(&place, remark));
        }
    }
}

/// A file, and the table in it, if it holds many, as they may be told: of what stands in names of folders, whatever the
/// rules made of it.
fn name(file: &str, of: &FileOutcome) -> String {
    let file = told(file, |_| true);
    of.member.as_ref().map_or_else(|| file.clone(), |member| format!("{file}: {}", shown(member, true)))
}

fn in_file(name: &str) -> Place {
    Place { file: Some(name.into()), ..Place::default() }
}

fn in_numbers(file: &FileOutcome) -> String {
    let of = |fate| file.columns.iter().filter(|(leaf, _)| leaf.fate == fate).count();
    format!(
        "{}, {} to {}, columns: {} rewritten, {} kept, {} dropped",
        count(file.rows, "row"),
        DecimalBytes(file.input.2.bytes),
        DecimalBytes(file.output.2.bytes),
        of(Fate::Rewrite),
        of(Fate::Keep),
        of(Fate::Drop)
    )
}

/// Where something else happened to a column than somebody may expect who wrote its rule.
fn remarks(leaf: &LeafReport, counts: &LeafCounts) -> Vec<String> {
    let mut remarks = Vec::new();
    if leaf.rule.is_none() {
        remarks.push("left out, because no rule names it".to_owned());
    }
    if counts.treated > 0 {
        remarks.push(format!("{} did not conform, treated by `on_invalid`", count(counts.treated, "value")));
    }
    if leaf.fate == Fate::Rewrite && leaf.transform != "keep" && counts.changed == 0 && counts.kept > 0 {
        remarks.push(format!("`{}` left every value as it was", leaf.transform));
    }
    remarks
}
