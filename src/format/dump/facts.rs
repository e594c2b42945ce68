//! What dumps of all systems tell of their tables, and what the rules make of the columns.

use std::fmt;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use crate::rules::{Distinct, Plan};
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
    },
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
            Constraint::Unique { columns, primary: true } => Some(columns.as_slice()),
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
    /// Whether it stays, goes, or is rewritten.
    pub fate: Fate,
    /// Whether different values stay different.
    pub distinct: Distinct,
    /// Two columns with the same likeness make the same of the same value.
    pub likeness: Option<String>,
}

impl Treatment {
    /// What a plan makes of the columns of its table.
    pub fn of(plan: &Plan) -> Self {
        let column = |leaf: crate::rules::LeafReport| TreatedColumn {
            name: leaf.leaf.path,
            transform: leaf.transform,
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
