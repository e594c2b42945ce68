//! What every format says alike.

use serde::Serialize;

use super::count::{Rounding, Shown};
use super::{ColumnReport, FileReport, FindingReport, Report, Spot};
use crate::detect::{Entity, Grade};

/// The name of a grade.
pub(super) fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Certain => "certain",
        Grade::Possible => "possible",
    }
}

/// The name of an entity, in kebab case, as JSON has it.
pub(super) fn entity(entity: Entity) -> String {
    match serde_json::to_value(entity) {
        Ok(serde_json::Value::String(name)) => name,
        // A variant without fields is always a text.
        _ => String::new(),
    }
}

/// What a finding is called: its entity, and its kind where that tells more.
pub(super) fn what(finding: &FindingReport) -> String {
    let entity = entity(finding.entity);
    match entity == finding.kind {
        true => entity,
        false => format!("{entity} ({})", finding.kind),
    }
}

/// So many things, in words.
pub(super) fn things(count: Shown, one: &str, many: &str) -> String {
    format!("{count} {}", if count == Shown::Exactly(1) { one } else { many })
}

/// The cells of a column that have a finding.
pub(super) fn cells_of(finding: &FindingReport, column: &ColumnReport, rounding: Rounding) -> Shown {
    rounding.part(finding.count, column.cells)
}

/// Where the first values of a finding are. Of a count that is not told, the places would tell it.
pub(super) fn spots<'f>(finding: &'f FindingReport, column: &ColumnReport, rounding: Rounding) -> &'f [Spot] {
    match cells_of(finding, column, rounding) {
        Shown::Under(_) => &[],
        _ => &finding.first,
    }
}

/// How far a column, a file or a data set was looked at.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Coverage {
    /// The cells, nulls among them.
    pub(super) cells: Shown,
    /// The nulls.
    pub(super) nulls: Shown,
    /// The cells that are not null and were looked at.
    pub(super) scanned: Shown,
    /// The cells that hold something and were not looked at.
    pub(super) left: Shown,
}

impl Coverage {
    /// That of a column.
    pub(super) fn of_column(column: &ColumnReport, rounding: Rounding) -> Self {
        let left = column.filled().saturating_sub(column.scanned);
        Self {
            cells: rounding.alone(column.cells),
            nulls: rounding.part(column.nulls, column.cells),
            // Cells, nulls and what was looked at tell what was left, and any two of the others.
            scanned: match (rounding.part(column.nulls, column.cells), rounding.alone(left)) {
                (Shown::Exactly(_), Shown::Exactly(_)) => rounding.part(column.scanned, column.cells),
                (_, _) if rounding.alone(column.scanned).exact().is_none() => rounding.alone(column.scanned),
                _ => rounding.at_least(column.scanned),
            },
            left: rounding.alone(left),
        }
    }

    /// That of several columns.
    pub(super) fn of<'c>(columns: impl Iterator<Item = &'c ColumnReport> + Clone, rounding: Rounding) -> Self {
        let each = columns.map(move |column| Self::of_column(column, rounding));
        Self {
            cells: rounding.sum(each.clone().map(|coverage| coverage.cells)),
            nulls: rounding.sum(each.clone().map(|coverage| coverage.nulls)),
            scanned: rounding.sum(each.clone().map(|coverage| coverage.scanned)),
            left: rounding.sum(each.map(|coverage| coverage.left)),
        }
    }

    /// The share of the cells that hold something and were looked at.
    pub(super) fn share(&self) -> Option<f64> {
        match (self.scanned, self.left) {
            (_, Shown::Exactly(0)) => Some(1.0),
            (Shown::Exactly(scanned), Shown::Exactly(left)) => {
                self.scanned.share(Shown::Exactly(scanned.saturating_add(left)))
            }
            _ => None,
        }
    }
}

/// The cells with findings that fail the verification, and with others, by finding: a cell with two counts twice.
pub(super) fn totals<'f>(
    report: &Report,
    findings: impl Iterator<Item = (&'f ColumnReport, &'f FindingReport)>,
    rounding: Rounding,
) -> (Shown, Shown) {
    let (mut failing, mut other) = (Vec::new(), Vec::new());
    for (column, finding) in findings {
        let side = if report.fails(finding) { &mut failing } else { &mut other };
        side.push(cells_of(finding, column, rounding));
    }
    (rounding.sum(failing), rounding.sum(other))
}

/// Every column of a data set.
pub(super) fn columns(files: &[FileReport]) -> impl Iterator<Item = &ColumnReport> + Clone {
    files.iter().flat_map(|file| &file.columns)
}

/// What was not looked at: the file, the column if it is one, and why.
pub(super) fn skipped(file: &FileReport) -> Vec<(Option<&ColumnReport>, &str)> {
    let whole = file.skipped.iter().map(|why| (None, why.as_str()));
    let columns = file.columns.iter().filter(|column| !column.is_whole());
    whole.chain(columns.map(|column| (Some(column), column.skipped.as_deref().unwrap_or(UNREAD)))).collect()
}

/// Why a column is not whole that says no reason.
const UNREAD: &str = "not every cell was looked at";
