use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::encode::Form;
use super::fit::Fit;
use super::statement::{Default, ListedColumn, Statement, TableStatement};
use crate::error::{Error, Result};
use crate::format::dump::{Constraint, DumpTable, FoundColumn, FoundTable, TableName};
use arrow::datatypes::DataType;

/// The values of a row, in order: the name of each, and its column; none, if the database computes it.
type Places = Vec<(String, Option<usize>)>;

/// The tables of a dump, as far as it has been read.
#[derive(Default)]
pub(super) struct Catalogue {
    tables: Vec<FoundTable>,
    /// For each value of a row that names no columns its name and its column, by table; nothing, if that is not known.
    places: Vec<Option<Places>>,
    by_name: BTreeMap<TableName, usize>,
    /// The types that domains stand for, by their names as written, and whether they forbid nulls.
    domains: BTreeMap<String, (String, bool)>,
    /// The labels of enums, by their names as written.
    enums: BTreeMap<String, Arc<[String]>>,
    /// The partitions of each table.
    partitions: BTreeMap<usize, Vec<usize>>,
}

impl Catalogue {
    pub(super) fn tables(&self) -> &[FoundTable] {
        &self.tables
    }

    /// The tables with all that binds them: what binds a table binds its partitions, and keys that refer to its rows
    /// refer to theirs.
    pub(super) fn bound(&self) -> Vec<FoundTable> {
        let mut tables = self.tables.clone();
        let constraints = self.tables.iter().flat_map(|table| &table.constraints);
        let referred: BTreeSet<TableName> = constraints
            .filter_map(|constraint| match constraint {
                Constraint::ForeignKey { table, .. } => Some(table.clone()),
                Constraint::Unique { .. } => None,
            })
            .collect();
        let children: BTreeSet<usize> = self.partitions.values().flatten().copied().collect();
        let mut left: Vec<usize> = self.partitions.keys().filter(|table| !children.contains(table)).copied().collect();
        while let Some(place) = left.pop() {
            let Some(parent) = tables.get(place).cloned() else { continue };
            let of_parent = |constraint: &Constraint| match constraint {
                Constraint::Unique { columns, .. } if referred.contains(&parent.name) => Some(Constraint::ForeignKey {
                    columns: columns.clone(),
                    table: parent.name.clone(),
                    referenced: columns.clone(),
                }),
                _ => None,
            };
            let keys: Vec<Constraint> = parent.constraints.iter().filter_map(of_parent).collect();
            for child in self.partitions.get(&place).into_iter().flatten() {
                let Some(table) = tables.get_mut(*child) else { continue };
                for constraint in parent.constraints.iter().chain(&keys) {
                    if !table.constraints.contains(constraint) {
                        table.constraints.push(constraint.clone());
                    }
                }
                left.push(*child);
            }
        }
        tables
    }

    pub(super) fn find(&self, name: &TableName) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// A table as its readers see it.
    pub(super) fn dump_table(&self, table: usize) -> Result<DumpTable> {
        let found = self.tables.get(table).ok_or_else(unknown)?;
        let fits = found.columns.iter().map(|column| Fit::of(&column.sql_type, &self.enums)).collect();
        let form = Arc::new(Form { columns: found.columns.clone().into(), fits });
        Ok(DumpTable { name: found.name.to_string(), schema: found.schema(), form })
    }

    /// Notes what a statement says. Gives the place of the table that it makes.
    ///
    /// # Errors
    /// A table is made twice, or of one that is not there.
    pub(super) fn enter(&mut self, statement: &Statement) -> Result<Option<usize>> {
        match statement {
            Statement::Table(table) => return self.enter_table(table).map(Some),
            Statement::Domain { name, sql_type, required } => {
                let (base, inner) = self.domains.get(sql_type).cloned().unwrap_or_else(|| (sql_type.clone(), false));
                self.domains.insert(name.to_string(), (base, *required || inner));
            }
            Statement::Enum { name, labels } => {
                self.enums.insert(name.to_string(), labels.as_slice().into());
            }
            Statement::Partition { table, of } => {
                if let (Some(table), Some(of)) = (self.find(table), self.find(of)) {
                    self.partitions.entry(of).or_default().push(table);
                }
            }
            Statement::Default { table, column, is_literal } => {
                if let Some(column) = self.column(table, column) {
                    column.has_default = !is_literal;
                }
            }
            Statement::Constraint { table, constraint } => {
                if let Some(table) = self.find(table).and_then(|table| self.tables.get_mut(table)) {
                    table.constraints.push(constraint.clone());
                }
            }
            Statement::Schema | Statement::LeftOut | Statement::Copy { .. } => {}
        }
        Ok(None)
    }

    fn column(&mut self, table: &TableName, column: &str) -> Option<&mut FoundColumn> {
        let table = self.find(table)?;
        self.tables.get_mut(table)?.columns.iter_mut().find(|found| found.name == column)
    }

    fn enter_table(&mut self, statement: &TableStatement) -> Result<usize> {
        if self.by_name.contains_key(&statement.name) {
            return Err(Error::data(format!("the dump makes the table {} twice", statement.name))
                .with_help("one dump at a time"));
        }
        let mut columns: Vec<FoundColumn> = Vec::new();
        let mut places = Vec::new();
        for parent in &statement.parents {
            let place = self.find(parent).ok_or_else(|| {
                Error::data(format!(
                    "the table {} has the columns of {parent}, which is not in the dump",
                    statement.name
                ))
                .with_help("dump the parent of the table too")
            })?;
            for column in self.tables.get(place).map_or(&[][..], |parent| &parent.columns) {
                enter_column(column.clone(), &mut columns, &mut places);
            }
        }
        for clause in &statement.columns {
            let column = clause.found(|sql_type| self.domains.get(sql_type).cloned());
            if clause.default == Default::Generated {
                places.push((clause.name.clone(), None));
            } else {
                enter_column(column, &mut columns, &mut places);
            }
        }
        for column in &mut columns {
            column.required |= statement.required.contains(&column.name);
        }
        let constraints = statement.constraints.clone();
        Ok(self.push(FoundTable { name: statement.name.clone(), columns, constraints }, Some(places)))
    }

    fn push(&mut self, table: FoundTable, places: Option<Places>) -> usize {
        self.by_name.insert(table.name.clone(), self.tables.len());
        self.tables.push(table);
        self.places.push(places);
        self.tables.len() - 1
    }

    /// The table whose rows come next, and for each value of a row its column. A table that the dump does not make, as
    /// in one of data alone, has the columns that are listed, all of them text. The second part says whether the table
    /// was not known before.
    ///
    /// # Errors
    /// The columns are not those of the table, or are not known.
    pub(super) fn rows_of(
        &mut self,
        name: &TableName,
        listed: &[ListedColumn],
    ) -> Result<(usize, bool, Vec<Option<usize>>)> {
        let Some(place) = self.find(name) else {
            if listed.is_empty() {
                return Err(Error::data(format!("the dump does not say which columns the table {name} has"))
                    .with_help("dump the schema too, or use `pg_dump --column-inserts`"));
            }
            let column = |column: &ListedColumn| FoundColumn {
                name: column.name.clone(),
                sql_type: "text".to_owned(),
                data_type: DataType::Utf8View,
                required: false,
                has_default: false,
                max_length: None,
            };
            let columns: Vec<FoundColumn> = listed.iter().map(column).collect();
            let places: Vec<Option<usize>> = (0..columns.len()).map(Some).collect();
            let place = self.push(FoundTable { name: name.clone(), columns, constraints: Vec::new() }, None);
            return Ok((place, true, places));
        };
        let table = self.tables.get(place).ok_or_else(unknown)?;
        if listed.is_empty() {
            let places = self.places.get(place).cloned().flatten();
            let places = places.ok_or_else(|| Error::data(format!("rows of {name} come without their columns")))?;
            return Ok((place, false, places.into_iter().map(|(_, column)| column).collect()));
        }
        let computed = self.places.get(place).and_then(Option::as_ref);
        let position = |column: &ListedColumn| {
            let found = table.columns.iter().position(|found| found.name == column.name).map(Some);
            let is_computed = || computed.is_some_and(|places| places.contains(&(column.name.clone(), None)));
            found.or_else(|| is_computed().then_some(None)).ok_or_else(|| {
                Error::data(format!("the rows of {name} have a column that the dump does not say the table has"))
                    .in_column(&column.name)
            })
        };
        Ok((place, false, listed.iter().map(position).collect::<Result<_>>()?))
    }

    /// The names of the values of a row that names no columns, as SQL has them.
    pub(super) fn names(&self, table: usize) -> Vec<Vec<u8>> {
        let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\"")).into_bytes();
        let places = self.places.get(table).and_then(Option::as_ref);
        places.map_or_else(Vec::new, |places| places.iter().map(|(name, _)| quoted(name)).collect())
    }
}

fn enter_column(column: FoundColumn, columns: &mut Vec<FoundColumn>, places: &mut Places) {
    match columns.iter_mut().find(|found| found.name == column.name) {
        // A column that is inherited and said again is one column.
        Some(found) => {
            found.required |= column.required;
            found.has_default |= column.has_default;
        }
        None => {
            places.push((column.name.clone(), Some(columns.len())));
            columns.push(column);
        }
    }
}

fn unknown() -> Error {
    Error::internal("a table of a dump is not in its catalogue")
}
