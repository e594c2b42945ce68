//! What is known of a table by its definition.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tokens::Why;
use super::types::{Repertoire, Type};
use crate::format::dump::{Constraint, TableName};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    pub(super) name: TableName,
    /// All columns, those too that the server computes.
    pub(super) columns: Vec<Column>,
    pub(super) constraints: Vec<Constraint>,
    /// The comments on the table, on its keys and its partitions, with the words before them.
    pub(super) comments: Vec<Range<usize>>,
    /// The columns by which it is partitioned.
    pub(super) partitioned_by: Vec<String>,
    /// The names in the expressions of the columns that are computed, and the columns of periods of time.
    pub(super) computed: BTreeMap<String, Vec<String>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) sql_type: Type,
    /// The type as it is written.
    pub(super) written: String,
    /// Whether it has no numbers below zero.
    pub(super) unsigned: bool,
    /// Whether it has no nulls.
    pub(super) required: bool,
    /// Whether the server computes it, from other columns or by itself.
    pub(super) generated: bool,
    pub(super) auto_increment: bool,
    /// The characters that its texts may have.
    pub(super) repertoire: Repertoire,
    /// The order of its texts, if the column says it.
    pub(super) collation: Option<String>,
    /// Whether texts that differ in case or in accents are the same to its keys.
    pub(super) folds_case: bool,
    /// Where its comment stands, with the word before it.
    pub(super) comment: Option<Range<usize>>,
    pub(super) default: Option<Default>,
}

impl Definition {
    /// The columns that the server does not compute.
    pub(super) fn stored(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| !column.generated)
    }
}

/// The default of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Default {
    /// Where it stands, with the word before it.
    pub(super) range: Range<usize>,
    pub(super) kind: DefaultKind,
}

/// What a default is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DefaultKind {
    Null,
    /// A literal: a value, which may be somebody's.
    Value,
    /// A function or an expression.
    Expression,
}

pub(super) const UNREADABLE: Why = "a CREATE TABLE statement that can't be understood";
pub(super) const UNKNOWN_OPTION: Why = "a CREATE TABLE statement with an option that is not known";
