//! What may be shown of a value: everything of what a rule has made, and of a source value its shape alone, unless the
//! person asked for more.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::pipeline::{Glance, PreviewRow};
use crate::rules::{Cell, LeafReport};
use crate::transform::Fate;

/// A null, in words.
pub(super) const NULL: &str = "(null)";

/// What may be shown of one value.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Shown<'c> {
    Null,
    Shape { shape: String },
    Value { value: &'c str },
}

/// What may be shown of a leaf in a row: one value, or the values of a list.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Side<'c> {
    One(Shown<'c>),
    Many(Vec<Shown<'c>>),
}

/// What became of a leaf in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Became {
    /// It is what it was.
    Kept,
    /// It is something else.
    Changed,
    /// It holds a value that does not conform: a run would count such values and publish nothing.
    Invalid,
    /// It held a value that does not conform, which is what `on_invalid` says now.
    Treated,
    /// It is a value that stands in another column of the source row.
    Borrowed,
}

/// A leaf in a row, before and after.
#[derive(Debug, Serialize)]
pub(super) struct Sight<'c> {
    pub(super) column: &'c str,
    pub(super) before: Side<'c>,
    pub(super) after: Side<'c>,
    pub(super) became: Became,
}

/// What may be shown of a row: of every leaf that is not dropped.
pub(super) fn sights<'p>(columns: &'p [LeafReport], row: &'p PreviewRow, show_source: bool) -> Vec<Sight<'p>> {
    let sources: BTreeSet<&str> = row
        .leaves
        .iter()
        .flat_map(|leaf| &leaf.before)
        .filter_map(Cell::reveal)
        .filter(|text| !text.is_empty())
        .collect();
    columns
        .iter()
        .zip(&row.leaves)
        .filter(|(column, _)| column.fate != Fate::Drop)
        .map(|(column, leaf)| {
            let side = |cells: Vec<Shown<'p>>| match column.leaf.repeated {
                true => Side::Many(cells),
                false => Side::One(cells.into_iter().next().unwrap_or(Shown::Null)),
            };
            let is_source = |place: usize, cell: &Cell| {
                leaf.before.get(place) == Some(cell) || cell.reveal().is_some_and(|text| sources.contains(text))
            };
            Sight {
                column: &column.leaf.path,
                before: side(leaf.before.iter().map(|cell| Shown::of(cell, show_source)).collect()),
                after: side(
                    leaf.after
                        .iter()
                        .enumerate()
                        .map(|(place, cell)| Shown::of(cell, show_source || !is_source(place, cell)))
                        .collect(),
                ),
                became: Became::of(leaf, &sources),
            }
        })
        .collect()
}

impl<'c> Shown<'c> {
    fn of(cell: &'c Cell, whole: bool) -> Self {
        match (cell.reveal(), cell.shape()) {
            (Some(value), Some(_)) if whole => Self::Value { value },
            (_, Some(shape)) => Self::Shape { shape: shape.to_string() },
            (_, None) => Self::Null,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Null => NULL,
            Self::Shape { shape } => shape,
            Self::Value { value: "" } => "(empty)",
            Self::Value { value } => value,
        }
    }
}

impl Side<'_> {
    /// The values as one text; those of a list in brackets.
    pub(super) fn text(&self) -> String {
        match self {
            Self::One(shown) => shown.text().to_owned(),
            Self::Many(shown) => format!("[{}]", shown.iter().map(Shown::text).collect::<Vec<_>>().join(", ")),
        }
    }
}

impl Sight<'_> {
    /// What a person should know of what became of it.
    pub(super) fn remark(&self) -> &'static str {
        match (self.became, &self.after) {
            (Became::Kept, Side::One(Shown::Null)) | (Became::Changed, _) => "",
            (Became::Kept, _) => "(as it was)",
            (Became::Invalid, _) => "(does not conform: a run would publish nothing)",
            (Became::Treated, _) => "(by on_invalid)",
            (Became::Borrowed, _) => "(a source value)",
        }
    }
}

impl Became {
    fn of(leaf: &Glance, sources: &BTreeSet<&str>) -> Self {
        match leaf {
            Glance { invalid: 1.., .. } => Self::Invalid,
            Glance { treated: 1.., .. } => Self::Treated,
            Glance { before, after, .. } if before == after => Self::Kept,
            Glance { after, .. } if after.iter().filter_map(Cell::reveal).any(|text| sources.contains(text)) => {
                Self::Borrowed
            }
            _ => Self::Changed,
        }
    }
}
