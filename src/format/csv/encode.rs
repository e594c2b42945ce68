use arrow::array::{Array, ArrayRef, RecordBatch, StringViewArray};
use arrow::datatypes::{DataType, Field};

use super::dialect::append_short;
use super::formula::guard;
use super::text::{has_field, to_fields};
use super::{Dialect, Fields};
use crate::error::{Error, Result};
use crate::format::{BlockEncoder, Carried, Decoded, Encoded, Encoder};
use crate::rules::{CsvOptions, Output, Plan};

/// An encoder of CSV records for a plan. Columns that do not come from CSV (`Output::Verbatim`) are written as text,
/// whatever their type.
///
/// # Errors
/// A column has values that are no one text, such as lists.
pub fn csv_encoder(options: &CsvOptions, plan: &Plan) -> Result<Box<dyn Encoder>> {
    for (field, output) in plan.output_schema().fields().iter().zip(plan.outputs()) {
        if matches!(output, Output::Computed(_)) && !has_field(field.data_type()) {
            return Err(Error::data(format!("a column of type {} has no form in CSV", field.data_type()))
                .in_column(field.name())
                .with_help("drop the column, or write the table as Parquet"));
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    for output in plan.outputs() {
        match (parts.last_mut(), output) {
            // Columns that stay next to each other stay together, delimiters and all.
            (Some(Part::Verbatim { last, .. }), Output::Verbatim(column)) if *last + 1 == *column => *last = *column,
            (_, Output::Verbatim(column)) => parts.push(Part::Verbatim { first: *column, last: *column }),
            (_, Output::Computed(column)) => parts.push(Part::Computed(*column)),
        }
    }
    Ok(Box::new(CsvEncoder { dialect: Dialect::from(options), parts, formula_guard: options.formula_guard }))
}

/// What stands before the first record of a file that does not come from CSV: the names of the columns, unless there is
/// to be no header.
///
/// # Errors
/// A name can't be written because the dialect has no quotes.
pub fn csv_head(options: &CsvOptions, plan: &Plan) -> Result<Vec<u8>> {
    let dialect = Dialect::from(options);
    let mut head = Vec::new();
    if !options.header {
        return Ok(head);
    }
    for (place, field) in plan.output_schema().fields().iter().enumerate() {
        if place > 0 {
            head.push(dialect.delimiter);
        }
        if !dialect.write(field.name().as_bytes(), &mut head) {
            return Err(Error::data("the name of a column can't be written without quotes").in_column(field.name()));
        }
    }
    head.push(b'\n');
    Ok(head)
}

/// What a record is put together from.
enum Part {
    /// The fields of these columns of the source, with all that stands between them.
    Verbatim { first: usize, last: usize },
    /// A column that the plan made.
    Computed(usize),
}

struct CsvEncoder {
    dialect: Dialect,
    parts: Vec<Part>,
    formula_guard: bool,
}

impl CsvEncoder {
    /// The fields of a column that the plan made.
    fn fields(&self, field: &Field, values: &ArrayRef) -> Result<StringViewArray, Option<usize>> {
        let fields = to_fields(values)?;
        // Numbers and dates have signs, and call nothing.
        let is_text = matches!(kind(field.data_type()), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        Ok(if self.formula_guard && is_text { guard(&fields) } else { fields })
    }
}

fn kind(data_type: &DataType) -> &DataType {
    match data_type {
        DataType::Dictionary(_, values) => values,
        other => other,
    }
}

impl Encoder for CsvEncoder {
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>> {
        Ok(Box::new(CsvBlockEncoder { encoder: self, out: Vec::new() }))
    }
}

struct CsvBlockEncoder<'e> {
    encoder: &'e CsvEncoder,
    out: Vec<u8>,
}

impl BlockEncoder for CsvBlockEncoder<'_> {
    fn push(&mut self, decoded: &Decoded, made: &RecordBatch) -> Result<()> {
        let fields = match &decoded.carried {
            Carried::Csv(fields) => Some(&**fields),
            _ => None,
        };
        let made = made
            .schema_ref()
            .fields()
            .iter()
            .zip(made.columns())
            .map(|(field, values)| self.encoder.fields(field, values).map_err(|row| unwritable(field, row, decoded)))
            .collect::<Result<Vec<_>>>()?;
        let mut parts = Vec::with_capacity(self.encoder.parts.len());
        for part in &self.encoder.parts {
            parts.push(match part {
                Part::Verbatim { first, last } => {
                    let fields = fields.ok_or_else(|| Error::internal("columns that stay were not carried along"))?;
                    Source::Fields { fields, first: *first, last: *last }
                }
                Part::Computed(column) => {
                    let values = made.get(*column);
                    Source::Values(values.ok_or_else(|| Error::internal("a plan gave back too few columns"))?)
                }
            });
        }
        self.out.reserve(fields.map_or(0, |fields| fields.bytes().len()));
        for row in 0..decoded.batch.num_rows() {
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    self.out.push(self.encoder.dialect.delimiter);
                }
                if !part.write(row, &self.encoder.dialect, &mut self.out) {
                    return Err(Error::data("a value can't be written without quotes").at(decoded.place(row)));
                }
            }
            self.out.extend_from_slice(fields.map_or(b"\n", |fields| fields.line_end(row)));
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Encoded> {
        Ok(Encoded::Bytes(self.out))
    }
}

fn unwritable(field: &Field, row: Option<usize>, decoded: &Decoded) -> Error {
    match row {
        None => Error::internal(format!("no text for a column of type {}", field.data_type())),
        Some(row) => Error::data(format!("a value of type {} has no text", field.data_type()))
            .at(decoded.place(row))
            .in_column(field.name())
            .with_help("is it outside the calendar? Treat the column, or write the table as Parquet"),
    }
}

/// Where the next part of a record comes from.
enum Source<'b> {
    Fields { fields: &'b Fields, first: usize, last: usize },
    Values(&'b StringViewArray),
}

impl Source<'_> {
    #[inline]
    fn write(&self, row: usize, dialect: &Dialect, out: &mut Vec<u8>) -> bool {
        match self {
            Self::Fields { fields, first, last } => {
                let (start, end) = (fields.range(row, *first).start, fields.range(row, *last).end);
                match fields.bytes().get(start..).and_then(<[u8]>::first_chunk::<32>) {
                    Some(chunk) if end - start <= chunk.len() => append_short(chunk, end - start, out),
                    _ => out.extend_from_slice(&fields.bytes()[start..end]),
                }
                true
            }
            Self::Values(values) if values.is_null(row) => {
                out.extend_from_slice(&dialect.null);
                true
            }
            Self::Values(values) if values.views()[row] as u32 <= 12 => dialect.write_short(values.views()[row], out),
            Self::Values(values) => dialect.write(values.value(row).as_bytes(), out),
        }
    }
}
