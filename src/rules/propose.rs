//! Rules for data that has none: what becomes of each column by what it was found to hold.
//!
//! A column stays only on evidence that it is harmless. What is not known is treated as if it were somebody's.

mod domains;
mod kin;
mod locale;
mod treatment;

use arrow::datatypes::DataType;

use super::CsvOptions;
use crate::detect::{Classification, ColumnProfile, classify_columns};

use domains::Domains;
use kin::Kin;

/// What was found out about a table.
#[derive(Debug)]
pub struct TableFacts {
    /// Its name.
    pub name: String,
    /// The patterns of its files.
    pub files: Vec<String>,
    /// How its CSV files are written; none for other formats.
    pub csv: Option<CsvOptions>,
    /// Its leaves, in order.
    pub columns: Vec<ColumnFacts>,
}

/// What was found out about a column, or a leaf of one.
#[derive(Debug)]
pub struct ColumnFacts {
    /// Its name or path.
    pub path: String,
    /// The type of its values.
    pub data_type: DataType,
    /// Whether its values may be null.
    pub nullable: bool,
    /// Whether there may be several values a row.
    pub repeated: bool,
    /// What its values are like.
    pub profile: ColumnProfile,
    /// What the database demands of it, where it comes from a dump of one.
    pub demands: Demands,
}

/// What a database demands of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demands {
    /// Whether a row can't be loaded without a value of it.
    pub required: bool,
    /// How many characters a value of it has at most.
    pub max_length: Option<usize>,
    /// Whether it is part of a key: different values must stay different.
    pub unique: bool,
    /// The columns that it refers to, by the places of table and column: what becomes of them must become of it.
    pub refers_to: Vec<(usize, usize)>,
}

/// For what rules are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A rules file that a person reads, edits and runs many times, on data that is not there yet.
    Draft,
    /// One run, now, on the data that was looked at, all of it.
    Now,
}

/// Rules for tables that have none.
#[derive(Debug)]
pub struct Proposal {
    /// The identity domains: name, and what stands after its `=`.
    pub(super) domains: Vec<(String, String)>,
    /// The tables, in order.
    pub tables: Vec<TableProposal>,
    /// The files that are no data.
    pub(super) ignored: Vec<String>,
}

/// Rules for one table.
#[derive(Debug)]
pub struct TableProposal {
    /// Its name.
    pub name: String,
    pub(super) files: Vec<String>,
    pub(super) csv: Option<CsvOptions>,
    /// Its columns, in order.
    pub columns: Vec<ColumnProposal>,
}

/// The rule for one column.
#[derive(Debug)]
pub struct ColumnProposal {
    /// Its name or path.
    pub path: String,
    /// The rule, as it stands after the `=`.
    pub rule: String,
    /// What the column was found to hold, and why.
    pub classification: Classification,
}

/// Proposes rules for tables. `ignored` are the names of files that are no data.
pub fn propose(tables: &[TableFacts], ignored: &[String], purpose: Purpose) -> Proposal {
    let classified: Vec<Vec<Classification>> = tables
        .iter()
        .map(|table| {
            let profiles: Vec<ColumnProfile> = table.columns.iter().map(|column| column.profile.clone()).collect();
            classify_columns(&profiles)
        })
        .collect();
    let kin = Kin::find(tables);
    let domains = Domains::find(tables, &classified, &kin);
    let proposals = tables.iter().zip(classified).enumerate().map(|(place, (table, classified))| TableProposal {
        name: table.name.clone(),
        files: table.files.clone(),
        csv: table.csv.clone(),
        columns: treatment::of_table(place, table, classified, &domains, purpose),
    });
    Proposal { tables: proposals.collect(), domains: domains.written(), ignored: ignored.to_vec() }
}
