//! A table of a dump as the rules see it.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow::datatypes::{Field, Schema, SchemaRef};

use super::decode::column;
use super::defined::{Column, DefaultKind, Definition};
use super::encode::RowEncoder;
use super::insert::Head;
use super::rows::Rows;
use crate::error::{Error, Result};
use crate::format::dump::{Constraint, DumpTable, FoundColumn, FoundTable, RowForm, computed};
use crate::format::{Batches, Block, Carried, Decoded, Encoder, Reading};
use crate::rules::Plan;

impl Definition {
    /// What the dump tells of the table.
    pub(super) fn found(&self) -> FoundTable {
        let is_key = |column: &Column| {
            self.constraints.iter().any(|constraint| {
                matches!(constraint, Constraint::Unique { columns, primary: true, .. } if columns.contains(&column.name))
            })
        };
        let found = |column: &Column| FoundColumn {
            name: column.name.clone(),
            sql_type: column.written.clone(),
            data_type: column.sql_type.data_type(),
            required: column.required || is_key(column),
            has_default: column.auto_increment
                || column.default.as_ref().is_some_and(|default| default.kind != DefaultKind::Null),
            max_length: column.sql_type.characters(),
            takes: column.sql_type.takes(),
            folds_case: column.folds_case,
        };
        FoundTable {
            name: self.name.clone(),
            columns: self.stored().map(found).collect(),
            constraints: self.constraints.iter().map(|constraint| computed(constraint, &self.computed)).collect(),
        }
    }
}

/// How the rows of a table are written.
struct Form(Arc<Definition>);

impl RowForm for Form {
    fn encoder(&self, plan: &Plan) -> Result<Box<dyn Encoder>> {
        Ok(Box::new(RowEncoder::new(&self.0, plan)?))
    }
}

/// The table as a dump tells of it.
pub(super) fn dump_table(table: &Arc<Definition>) -> DumpTable {
    DumpTable { name: table.name.to_string(), schema: table.found().schema(), form: Arc::new(Form(Arc::clone(table))) }
}

/// What is wanted of the rows of a table.
pub(super) struct Wanted {
    table: Arc<Definition>,
    columns: Vec<usize>,
    schema: SchemaRef,
    counts_rows: bool,
    /// Whether rows are looked at only, and a value that no type here can say is null.
    looks_only: bool,
    /// The rows that were met so far.
    rows: u64,
}

impl Wanted {
    /// What is read of a table.
    ///
    /// # Errors
    /// A column is wanted that the table has not.
    pub(super) fn new(table: &Arc<Definition>, reading: &Reading) -> Result<Self> {
        let all = table.found().schema();
        let schema =
            all.project(&reading.wanted).map_err(|_| Error::internal("a column is wanted that is not there"))?;
        Ok(Self {
            table: Arc::clone(table),
            columns: reading.wanted.clone(),
            schema: Arc::new(Schema::new(schema.fields().clone())),
            counts_rows: reading.counts_rows,
            looks_only: false,
            rows: 0,
        })
    }

    /// The same for rows that nobody writes again.
    pub(super) fn looking_only(self) -> Self {
        let fields = self.schema.fields().iter().map(|field| field.as_ref().clone().with_nullable(true));
        Self { schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())), looks_only: true, ..self }
    }

    /// The next rows as a block. `lines_after` are the lines of the file between them and the next.
    pub(super) fn block(
        &mut self,
        bytes: Vec<u8>,
        head: Arc<Head>,
        start: u64,
        rows: u64,
        lines_after: u64,
    ) -> RowBlock {
        let first_row = self.counts_rows.then_some(self.rows);
        self.rows += rows;
        RowBlock {
            bytes,
            head,
            start,
            first_row,
            lines_after,
            table: Arc::clone(&self.table),
            columns: self.columns.clone(),
            schema: Arc::clone(&self.schema),
            looks_only: self.looks_only,
        }
    }
}

/// A stretch of rows.
pub(super) struct RowBlock {
    bytes: Vec<u8>,
    head: Arc<Head>,
    start: u64,
    first_row: Option<u64>,
    lines_after: u64,
    table: Arc<Definition>,
    columns: Vec<usize>,
    schema: SchemaRef,
    looks_only: bool,
}

impl Block for RowBlock {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn first_row(&self) -> Option<u64> {
        self.first_row
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let broken = || Error::internal("the columns of rows of a dump do not fit together");
        let rows = Rows::find(self.bytes, self.head, self.start, self.lines_after)?;
        let stored: Vec<&Column> = self.table.stored().collect();
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.columns.len());
        let mut fields: Vec<Field> = Vec::with_capacity(self.columns.len());
        for (wanted, field) in self.columns.iter().zip(self.schema.fields()) {
            let place = rows.head.layout.values.iter().position(|value| *value == Some(*wanted));
            let Some(place) = place else {
                // Rows that do not name a column leave it to the database.
                fields.push(field.as_ref().clone().with_nullable(true));
                columns.push(new_null_array(field.data_type(), rows.rows()));
                continue;
            };
            let column_here = stored.get(*wanted).ok_or_else(broken)?;
            let values = column(&rows, place, column_here, self.looks_only)?;
            if let Some(row) = values
                .nulls()
                .filter(|_| !field.is_nullable())
                .and_then(|nulls| (0..nulls.len()).find(|row| nulls.is_null(*row)))
            {
                return Err(Error::data("a null stands in a column that the dump says has none")
                    .at(rows.place(row))
                    .in_column(&column_here.name));
            }
            fields.push(field.as_ref().clone());
            columns.push(values);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows.rows()));
        let batch = RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &options)
            .map_err(|_| broken())?;
        Ok(Box::new(std::iter::once(Ok(Decoded { batch, carried: Carried::MySql(Arc::new(rows)) }))))
    }
}
