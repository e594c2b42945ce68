//! The statement that makes a table, without the values in it that the rules do not keep.

use std::ops::Range;

use super::defined::{DefaultKind, Definition};
use crate::error::{Error, Result};
use crate::format::dump::Treatment;
use crate::transform::Fate;

fn fate(treatment: &Treatment, column: &str) -> Fate {
    treatment.column(column).map_or(Fate::Drop, |treated| treated.fate)
}

/// Checks that rows stay in the partitions that the table has for them.
///
/// # Errors
/// The table is partitioned by a column that does not stay as it is.
pub(super) fn check_table(table: &Definition, treatment: &Treatment) -> Result<()> {
    let is_stored = |name: &&String| table.stored().any(|stored| stored.name == **name);
    let moved = table.partitioned_by.iter().filter(is_stored).find(|name| fate(treatment, name) != Fate::Keep);
    match moved {
        None => Ok(()),
        Some(column) => Err(Error::data(format!("the table {} is partitioned by this column", table.name))
            .in_column(column)
            .with_help("keep the column: a row with another value might belong to no partition")),
    }
}

/// The statement as it may be written, where this becomes of the table's columns.
///
/// A column that does not stay as it is loses its comment, and its default if that is a value: where it may be null,
/// the default is then null, and where its values are left out and it may not, it is zero, the empty text or the like.
/// The table's own comments stay where all columns do. Nothing else changes: types, keys, checks and expressions are the
/// database's and no row's.
pub(super) fn rewritten(bytes: &[u8], table: &Definition, treatment: &Treatment) -> Vec<u8> {
    let fate = |name: &str| fate(treatment, name);
    if table.stored().all(|column| fate(&column.name) == Fate::Keep) {
        return bytes.to_vec();
    }
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for column in &table.columns {
        let fate = fate(&column.name);
        if fate == Fate::Keep && !column.generated {
            continue;
        }
        edits.extend(column.comment.clone().map(|comment| (comment, String::new())));
        let Some(default) = column.default.as_ref().filter(|default| default.kind == DefaultKind::Value) else {
            continue;
        };
        let instead = match (column.required, fate) {
            (false, _) => " DEFAULT NULL".to_owned(),
            (true, Fate::Drop) => match column.sql_type.neutral() {
                Some(neutral) => format!(" DEFAULT {neutral}"),
                None => continue,
            },
            (true, _) => String::new(),
        };
        edits.push((default.range.clone(), instead));
    }
    edits.extend(table.comments.iter().cloned().map(|comment| (comment, String::new())));
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for (range, instead) in edits {
        out.extend_from_slice(bytes.get(at..range.start).unwrap_or_default());
        out.extend_from_slice(instead.as_bytes());
        at = range.end;
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    out
}
