use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow::datatypes::{DataType, Schema, SchemaRef};

use crate::error::{Error, Place, Result, Shape};
use crate::format::Reading;
use crate::format::dump::FoundColumn;

/// How the rows of one COPY or of a run of INSERTs are laid out, and what of them is wanted.
#[derive(Debug)]
pub struct Layout {
    /// The columns of the table.
    pub(super) columns: Arc<[FoundColumn]>,
    /// For each value of a row its column; none for a value that the database computes.
    pub(super) places: Vec<Option<usize>>,
    /// What stands before the rows of an INSERT.
    pub(super) head: Head,
    /// The columns that are decoded.
    wanted: Vec<usize>,
    /// Those, as the plan sees them.
    schema: SchemaRef,
    /// Whether blocks count their rows.
    pub(super) counts_rows: bool,
    /// Whether rows are looked at only, and a value that no type here can say is null.
    looks_only: bool,
}

/// What stands before the rows of an INSERT, up to and with the word VALUES.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// As it stands in the dump.
    pub(super) bytes: Vec<u8>,
    /// As far as the table's name.
    pub(super) table: Vec<u8>,
    /// The names of all columns, as SQL has them.
    pub(super) names: Vec<Vec<u8>>,
    /// What follows the list of columns.
    pub(super) rest: Vec<u8>,
}

impl Head {
    /// The head of rows of which only some values are left.
    pub(super) fn of(&self, left: &[usize]) -> Vec<u8> {
        let mut head = self.table.clone();
        head.extend_from_slice(b" (");
        for (place, value) in left.iter().enumerate() {
            if place > 0 {
                head.extend_from_slice(b", ");
            }
            head.extend_from_slice(self.names.get(*value).map_or(&[], Vec::as_slice));
        }
        head.push(b')');
        head.extend_from_slice(&self.rest);
        head
    }
}

impl Layout {
    pub(super) fn new(columns: Arc<[FoundColumn]>, places: Vec<Option<usize>>, head: Head, reading: &Reading) -> Self {
        let field = |column: &usize| {
            let field = columns.get(*column)?.field();
            // What rows do not say is null, whatever the table says of it.
            let nullable = field.is_nullable() || !places.contains(&Some(*column));
            Some(field.with_nullable(nullable))
        };
        let schema = Arc::new(Schema::new(reading.wanted.iter().filter_map(field).collect::<Vec<_>>()));
        Self {
            columns,
            places,
            head,
            wanted: reading.wanted.clone(),
            schema,
            counts_rows: reading.counts_rows,
            looks_only: false,
        }
    }

    /// The same for rows that nobody writes again.
    pub(super) fn looking_only(self) -> Self {
        let fields = self.schema.fields().iter().map(|field| field.as_ref().clone().with_nullable(true));
        Self { schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())), looks_only: true, ..self }
    }

    /// Whether a value is passed over, since only looking at it is asked for, and its column's type here can't say it.
    #[inline]
    pub(super) fn passes_over(&self, value: &[u8], column: &FoundColumn) -> bool {
        self.looks_only
            && matches!(column.data_type, DataType::Decimal128(..))
            && matches!(value, b"NaN" | b"Infinity" | b"-Infinity")
    }

    /// Decodes the wanted columns: `decode` is given the place of a value in a row, and its column. A column that rows do
    /// not have is null in all of them.
    pub(super) fn batch(
        &self,
        rows: usize,
        decode: impl Fn(usize, &FoundColumn) -> Result<ArrayRef>,
    ) -> Result<RecordBatch> {
        let broken = || Error::internal("the columns of a block of a dump do not fit together");
        let mut columns = Vec::with_capacity(self.wanted.len());
        for wanted in &self.wanted {
            let column = self.columns.get(*wanted).ok_or_else(broken)?;
            columns.push(match self.places.iter().position(|place| place == &Some(*wanted)) {
                Some(value) => decode(value, column)?,
                None => new_null_array(&column.data_type, rows),
            });
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)
            .map_err(|_| Error::data("a null stands in a column that the dump says has none"))
    }
}

/// A value that is none of its column's type.
pub(super) fn misfit(column: &FoundColumn, value: &[u8], place: Place) -> Error {
    Error::data(format!("a value is no {} that can be treated: its shape is {}", column.sql_type, shape(value)))
        .at(place)
        .in_column(&column.name)
        .with_help("a number that is NaN or infinite can be kept or dropped, not treated")
}

fn shape(value: &[u8]) -> Shape {
    Shape::of(std::str::from_utf8(value).unwrap_or_default())
}

/// The place of a byte in a block that starts at the byte `start` of the dump.
pub(super) fn place_of(bytes: &[u8], at: usize, start: u64, record: Option<usize>) -> Place {
    let lines = memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or(bytes)).count() as u64;
    Place {
        line: Some(lines + 1),
        record: record.map(|record| record as u64 + 1),
        byte: Some(start + at as u64),
        ..Place::default()
    }
}
