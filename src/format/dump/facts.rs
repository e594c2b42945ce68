//! What dumps of all systems tell of their tables, and what the rules make of the columns.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use crate::rules::{Distinct, Plan, Takes};
use crate::transform::Fate;

/// The name of a table in a dump.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableName {
    /// The schema (in MySQL: the database) that the table is in, where the dump says it.
    pub schema: Option<String>,
    /// Its own name, without quotes.
    pub table: String,
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.table),
            None => f.write_str(&self.table),
        }
    }
}

/// What a dump tells of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundColumn {
    /// Its name, without quotes.
    pub name: String,
    /// Its type as the dump writes it.
    pub sql_type: String,
    /// The type that its values are decoded to: text (Utf8View) for all that has no exact type of its own.
    pub data_type: DataType,
    /// Whether the dump forbids nulls in it.
    pub required: bool,
    /// Whether a row that does not name it gets a value that is no null: a default, or the next of a sequence.
    pub has_default: bool,
    /// How many characters a value has at most, where there is a limit.
    pub max_length: Option<usize>,
    /// Which texts are values of it, as far as that can be told.
    pub takes: Takes,
    /// Whether texts that differ in the case of letters, or in accents, are one value to its keys.
    pub folds_case: bool,
}

impl FoundColumn {
    /// The column as the plan sees it.
    pub fn field(&self) -> Field {
        Field::new(&self.name, self.data_type.clone(), !self.required)
    }
}

/// A constraint on the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// No two rows have the same values in these columns, nulls apart.
    Unique {
        /// The columns.
        columns: Vec<String>,
        /// Whether it is the primary key, in which there are no nulls either.
        primary: bool,
        /// Whether two nulls are different values, as they are unless the dump says otherwise.
        nulls_distinct: bool,
    },
    /// No two rows are alike in all these parts.
    Unlike(Vec<Part>),
    /// The values in these columns are those of a row of another table, unless one of them is null.
    ForeignKey {
        /// The columns.
        columns: Vec<String>,
        /// The other table.
        table: TableName,
        /// The columns of the other table, in the same order; none stands for its primary key.
        referenced: Vec<String>,
    },
}

/// Something of a row by which it is compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The column.
    pub column: String,
    /// What of it is compared.
    pub by: By,
}

/// How rows are compared by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By its value. A null is like no other.
    Value,
    /// By its text without regard to case. A null is like no other.
    Folded,
    /// By its value in another way than whether it is the same. A null is like no other.
    Operator,
    /// By what an expression makes of it, nulls too.
    Expression,
    /// By whether it is null.
    Nullness,
}

/// A constraint by the columns that its own are computed of. `of` has the names in the expressions of those that are.
pub fn computed(constraint: &Constraint, of: &BTreeMap<String, Vec<String>>) -> Constraint {
    let sources = |part: Part| match of.get(&part.column) {
        Some(sources) => sources.iter().map(|column| Part { column: column.clone(), by: By::Expression }).collect(),
        None => vec![part],
    };
    match constraint {
        Constraint::Unique { columns, .. } if columns.iter().any(|column| of.contains_key(column)) => {
            let parts = columns.iter().map(|column| Part { column: column.clone(), by: By::Value });
            Constraint::Unlike(parts.flat_map(sources).collect())
        }
        Constraint::Unlike(parts) => Constraint::Unlike(parts.iter().cloned().flat_map(sources).collect()),
        other => other.clone(),
    }
}

/// A table as a dump tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundTable {
    /// Its name.
    pub name: TableName,
    /// The columns whose values the dump has, in order: not those that the database computes.
    pub columns: Vec<FoundColumn>,
    /// The constraints known so far. They stand behind the rows in some dumps: a stream tells of them late.
    pub constraints: Vec<Constraint>,
}

impl FoundTable {
    /// The columns as the plan sees them.
    pub fn schema(&self) -> SchemaRef {
        Arc::new(Schema::new(self.columns.iter().map(FoundColumn::field).collect::<Vec<_>>()))
    }

    /// The column with this name.
    pub fn column(&self, name: &str) -> Option<&FoundColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The columns of the primary key; none, if there is none.
    pub fn primary_key(&self) -> &[String] {
        let key = self.constraints.iter().find_map(|constraint| match constraint {
            Constraint::Unique { columns, primary: true, .. } => Some(columns.as_slice()),
            _ => None,
        });
        key.unwrap_or_default()
    }
}

/// What the rules make of the columns of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Treatment {
    columns: Vec<TreatedColumn>,
}

/// What a rule makes of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreatedColumn {
    /// The column.
    pub name: String,
    /// The name of the transform.
    pub transform: &'static str,
    /// The names of the transforms that make its values: its own, and that of `otherwise` if it has a condition.
    pub arms: Vec<&'static str>,
    /// Whether a null stands where there was one, and nowhere else.
    pub keeps_nulls: bool,
    /// Whether texts that are made of different values may differ in no more than the case of letters.
    pub mixes_case: bool,
    /// Whether it stays, goes, or is rewritten.
    pub fate: Fate,
    /// Whether different values stay different.
    pub distinct: Distinct,
    /// Two columns with the same likeness make the same of the same value.
    pub likeness: Option<String>,
}

impl TreatedColumn {
    /// The transforms that make values of it which it did not have.
    pub fn makers(&self) -> impl Iterator<Item = &'static str> {
        let arms = if self.fate == Fate::Rewrite { self.arms.as_slice() } else { &[] };
        arms.iter().copied().filter(|arm| !["keep", "null", "drop"].contains(arm))
    }
}

impl Treatment {
    /// What a plan makes of the columns of its table.
    pub fn of(plan: &Plan) -> Self {
        let column = |leaf: crate::rules::LeafReport| TreatedColumn {
            name: leaf.leaf.path,
            transform: leaf.transform,
            arms: leaf.arms,
            keeps_nulls: leaf.keeps_nulls,
            mixes_case: leaf.mixes_case,
            fate: leaf.fate,
            distinct: leaf.distinct,
            likeness: leaf.likeness,
        };
        Self { columns: plan.report().map(column).collect() }
    }

    /// What becomes of the column with this name.
    pub fn column(&self, name: &str) -> Option<&TreatedColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}
