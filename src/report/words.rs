//! What every format says alike.

use std::collections::BTreeMap;

use super::count::{Rounding, Shown};
use crate::detect::{Entity, Grade};
use crate::verify::{ColumnReport, FileReport, Finding, Gap, Part, Report, Site, Standing, Verdict};

/// What is told of one file, whether it was looked at or only named.
#[derive(Debug)]
pub(super) struct FileView<'r> {
    pub(super) name: &'r str,
    pub(super) file: Option<&'r FileReport>,
    pub(super) findings: Vec<&'r Finding>,
    pub(super) gaps: Vec<&'r Gap>,
}

/// File by file, in the order of the report; then those that only a finding or a gap names, by name.
pub(super) fn files(report: &Report) -> Vec<FileView<'_>> {
    let view = |name, file| FileView { name, file, findings: Vec::new(), gaps: Vec::new() };
    // Files that were looked at keep their places; all others come after them.
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut views: BTreeMap<(usize, &str), FileView<'_>> = BTreeMap::new();
    for (place, file) in report.files.iter().enumerate() {
        places.insert(&file.name, place);
        views.insert((place, &file.name), view(&file.name, Some(file)));
    }
    let key = |name| (places.get(name).copied().unwrap_or(usize::MAX), name);
    for finding in &report.findings {
        let name = finding.file.as_str();
        views.entry(key(name)).or_insert_with(|| view(name, None)).findings.push(finding);
    }
    for gap in &report.coverage {
        if let Some(name) = gap.file.as_deref() {
            views.entry(key(name)).or_insert_with(|| view(name, None)).gaps.push(gap);
        }
    }
    views.into_values().collect()
}

impl<'r> FileView<'r> {
    /// Its columns, in order.
    pub(super) fn columns(&self) -> &'r [ColumnReport] {
        self.file.map(|file| file.columns.as_slice()).unwrap_or_default()
    }

    /// The column that a finding is in, where it is one that was looked at.
    fn column(&self, finding: &Finding) -> Option<&'r ColumnReport> {
        let name = finding.column.as_deref()?;
        self.columns().iter().find(|column| column.name == name)
    }

    /// How many cells have a finding; outside cells, how many hits there are.
    pub(super) fn count(&self, finding: &Finding, rounding: Rounding) -> Shown {
        if finding.part != Part::Cells {
            return rounding.alone(finding.hits);
        }
        match (rounding.part(finding.cells, finding.of), self.column(finding)) {
            // Nulls that are not told could be worked out from a finding in every cell that is not null.
            (Shown::Exactly(cells), Some(column)) => rounding.part(cells, column.cells + column.nulls),
            (shown, _) => shown,
        }
    }

    /// How many hits there are: as many as told of the cells, or more.
    pub(super) fn hits(&self, finding: &Finding, rounding: Rounding) -> Shown {
        match (self.count(finding, rounding), rounding.alone(finding.hits)) {
            (Shown::Exactly(_), hits) | (_, hits @ Shown::Under(_)) => hits,
            _ => rounding.at_least(finding.hits),
        }
    }

    /// Where the first values of a finding are. Of a count that is not told, the places would tell it.
    pub(super) fn sites<'f>(&self, finding: &'f Finding, rounding: Rounding) -> &'f [Site] {
        match self.count(finding, rounding) {
            Shown::Under(_) => &[],
            _ => &finding.sites,
        }
    }

    /// The counts of its findings that count, and of the others: a cell with two findings counts twice.
    pub(super) fn counts(&self, rounding: Rounding) -> (Shown, Shown) {
        let sum = |counts: bool| {
            let of = self.findings.iter().filter(move |finding| finding.counts() == counts);
            rounding.sum(of.map(|finding| self.count(finding, rounding)))
        };
        (sum(true), sum(false))
    }
}

/// The cells of a column that hold something, and its nulls.
pub(super) fn cells(column: &ColumnReport, rounding: Rounding) -> (Shown, Shown) {
    let all = column.cells + column.nulls;
    (rounding.part(column.cells, all), rounding.part(column.nulls, all))
}

/// Where a finding is, within its file.
pub(super) fn place(finding: &Finding) -> String {
    match (finding.part, &finding.column) {
        (Part::Cells, Some(column)) if column.is_empty() => "(no name)".to_owned(),
        (Part::Cells, Some(column)) => column.clone(),
        (part, Some(column)) => format!("{column} ({})", part_name(part)),
        (part, None) => format!("({})", part_name(part)),
    }
}

/// What of a file it is.
fn part_name(part: Part) -> &'static str {
    match part {
        Part::FileName => "name of the file",
        Part::ColumnName => "name of the column",
        Part::Metadata => "metadata",
        Part::Statistics => "statistics",
        Part::Cells => "cells",
        Part::File => "the whole file",
    }
}

/// The name of a grade.
pub(super) fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Certain => "certain",
        Grade::Possible => "possible",
    }
}

/// Why a finding does not count; nothing, if it does.
pub(super) fn excuse(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Counts => None,
        Standing::OnlyPossible => Some("below the threshold"),
        Standing::TooFew => Some("too few agree"),
        Standing::InBaseline => Some("in the baseline"),
        Standing::Reserved => Some("reserved for examples"),
    }
}

/// The name of an entity, in kebab case, as JSON has it.
fn entity(entity: Entity) -> String {
    match serde_json::to_value(entity) {
        Ok(serde_json::Value::String(name)) => name,
        // A variant without fields is always a text.
        _ => String::new(),
    }
}

/// What a finding is called: its entity, and its kind where that tells more.
pub(super) fn what(finding: &Finding) -> String {
    match finding.entity.map(entity) {
        Some(entity) if entity != finding.kind => format!("{entity} ({})", finding.kind),
        _ => finding.kind.clone(),
    }
}

/// The line or row of a site; nothing, outside cells.
pub(super) fn at(site: &Site) -> Option<String> {
    let line = site.line.map(|line| format!("line {line}"));
    line.or_else(|| site.row.map(|row| format!("row {row}")))
}

/// So many things, in words.
pub(super) fn things(count: Shown, one: &str, many: &str) -> String {
    format!("{count} {}", if count == Shown::Exactly(1) { one } else { many })
}

/// So many files, and of dumps so many tables.
pub(super) fn looked_at(report: &Report) -> String {
    let files = things(Shown::Exactly(report.totals.files), "file", "files");
    match report.totals.tables {
        0 => files,
        tables => format!("{files} and {}", things(Shown::Exactly(tables), "table of a dump", "tables of dumps")),
    }
}

/// What a finding's count is of.
pub(super) fn counted(finding: &Finding, count: Shown) -> String {
    match finding.part {
        Part::Cells => things(count, "cell", "cells"),
        _ => things(count, "hit", "hits"),
    }
}

/// What a gap says: what was not looked at, and where reading stopped.
pub(super) fn gap(gap: &Gap, rounding: Rounding) -> String {
    let counts = gap.counts.as_ref().filter(|_| rounding.0.is_none());
    let message = counts.map_or_else(|| gap.message.clone(), |counts| format!("{} ({counts})", gap.message));
    match gap_place(gap, rounding) {
        (Some(line), _) => format!("{message} (line {line})"),
        (None, Some(row)) => format!("{message} (row {row})"),
        (None, None) => message,
    }
}

/// The line and the row at which reading stopped. Before one of the first, there are as few as are not told.
pub(super) fn gap_place(gap: &Gap, rounding: Rounding) -> (Option<u64>, Option<u64>) {
    let is_early = |place: Option<u64>| place.is_some_and(|place| rounding.0.is_some_and(|least| place <= least + 1));
    if is_early(gap.line) || is_early(gap.row) { (None, None) } else { (gap.line, gap.row) }
}

/// The name of a verdict, in kebab case.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clean => "clean",
        Verdict::Findings => "findings",
        Verdict::Incomplete => "incomplete",
    }
}

/// What the verdict means, in a sentence.
pub(super) fn sentence(report: &Report) -> &'static str {
    let found = report.findings.iter().any(Finding::counts);
    match report.verdict {
        Verdict::Clean if found => "Clean: everything was looked at, and no more was found than is allowed.",
        Verdict::Clean => "Clean: everything was looked at, and nothing was found that counts.",
        Verdict::Findings => "Not clean: more was found than is allowed.",
        Verdict::Incomplete if found => "Not clean, and not all of it could be looked at.",
        Verdict::Incomplete => "Nothing is claimed: not all of it could be looked at.",
    }
}

/// What to do, in a sentence.
pub(super) fn advice(report: &Report) -> &'static str {
    match report.verdict {
        Verdict::Clean => "Nothing is to be done.",
        Verdict::Findings => "Keep the data set back, give what was found a rule that treats it, and verify again.",
        Verdict::Incomplete => "Keep the data set back, mend what could not be looked at, and verify again.",
    }
}
