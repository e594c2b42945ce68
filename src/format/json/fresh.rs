//! Rows of any format as objects: every column a member, nested columns as objects and lists.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringViewArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field, SchemaRef};

use crate::error::{Error, Result};
use crate::format::bytes::bytes_writer;
use crate::format::csv::{has_field, to_fields};
use crate::format::parquet::typed_batch;
use crate::format::{BlockEncoder, Decoded, Digest, Encoded, Encoder, Format, Writer};
use crate::json::{is_number, push_string};
use crate::rules::Plan;

/// An encoder of objects for a plan whose columns do not come from JSON. Texts get the types that a schema `typed` has.
///
/// # Errors
/// A column has values that have no text.
pub fn json_encoder(format: Format, plan: &Plan, typed: Option<SchemaRef>) -> Result<Box<dyn Encoder>> {
    for field in plan.output_schema().fields() {
        check(field, field.name())?;
    }
    Ok(Box::new(ObjectEncoder { format, typed }))
}

/// The values of every part of a column must have a text.
fn check(field: &Field, column: &str) -> Result<()> {
    match field.data_type() {
        DataType::Struct(fields) => fields.iter().try_for_each(|field| check(field, column)),
        DataType::List(item) | DataType::LargeList(item) | DataType::Map(item, _) => check(item, column),
        data_type if has_field(data_type) => Ok(()),
        data_type => Err(Error::data(format!("a column of type {data_type} has no form in JSON"))
            .in_column(column)
            .with_help("drop the column, or write the table as Parquet")),
    }
}

/// A writer of the rows that a [`json_encoder`] makes: as one list, or each on its line.
///
/// # Errors
/// The file can't be written.
pub fn json_writer<W: Write + Send + 'static>(format: Format, file: W, path: &Path) -> Result<Box<dyn Writer>> {
    match format {
        Format::Json => Ok(Box::new(ListWriter { inner: bytes_writer(file, path, b"[")?, any: false })),
        _ => bytes_writer(file, path, b""),
    }
}

/// Writes rows as one list: the first without the comma before it, and a bracket after the last.
struct ListWriter {
    inner: Box<dyn Writer>,
    any: bool,
}

impl Writer for ListWriter {
    fn write(&mut self, block: Encoded) -> Result<()> {
        match block {
            Encoded::Bytes(mut bytes) if !self.any && !bytes.is_empty() => {
                self.any = true;
                bytes.remove(0);
                self.inner.write(Encoded::Bytes(bytes))
            }
            block => self.inner.write(block),
        }
    }

    fn finish(mut self: Box<Self>) -> Result<Digest> {
        self.inner.write(Encoded::Bytes(b"\n]\n".to_vec()))?;
        self.inner.finish()
    }
}

struct ObjectEncoder {
    format: Format,
    typed: Option<SchemaRef>,
}

impl Encoder for ObjectEncoder {
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>> {
        Ok(Box::new(Objects { encoder: self, out: String::new() }))
    }
}

struct Objects<'e> {
    encoder: &'e ObjectEncoder,
    out: String,
}

impl BlockEncoder for Objects<'_> {
    fn push(&mut self, decoded: &Decoded, made: &RecordBatch) -> Result<()> {
        let ObjectEncoder { format, typed } = self.encoder;
        let made = &match typed {
            Some(schema) => typed_batch(schema, decoded, made)?,
            None => made.clone(),
        };
        let columns = made.schema_ref().fields().iter().zip(made.columns());
        let members = columns
            .map(|(field, values)| Member::new(field, values).map_err(|row| unwritable(field, row, decoded)))
            .collect::<Result<Vec<_>>>()?;
        for row in 0..decoded.batch.num_rows() {
            if *format == Format::Json {
                self.out.push_str(",\n");
            }
            if let Err(member) = write_object(&members, row, &mut self.out) {
                let column = made.schema_ref().fields().get(member).map_or("", |field| field.name());
                return Err(Error::data("JSON has no number that is infinite, or that is none")
                    .at(decoded.place(row))
                    .in_column(column)
                    .with_help("treat the column, or write the table as Parquet"));
            }
            if *format == Format::JsonLines {
                self.out.push('\n');
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Encoded> {
        Ok(Encoded::Bytes(self.out.into_bytes()))
    }
}

fn unwritable(field: &Field, row: Option<usize>, decoded: &Decoded) -> Error {
    let error = match row {
        None => Error::internal(format!("no text for a column of type {}", field.data_type())),
        Some(row) => Error::data(format!("a value of type {} has no text", field.data_type()))
            .at(decoded.place(row))
            .with_help("is it outside the calendar? Treat the column, or write the table as Parquet"),
    };
    error.in_column(field.name())
}

/// A column, or a part of one.
struct Member {
    /// Its name as it is written, with the colon.
    name: String,
    values: Values,
}

/// The values of a column, or of a part of one.
enum Values {
    /// In their written form, in quotes or not.
    Texts {
        texts: StringViewArray,
        quoted: bool,
    },
    Objects {
        members: Vec<Member>,
        nulls: Option<NullBuffer>,
    },
    Lists {
        ends: Vec<usize>,
        items: Box<Self>,
        nulls: Option<NullBuffer>,
    },
}

impl Member {
    /// # Errors
    /// The row of the first value that has no text; none, if that is in a list or the type has no text.
    fn new(field: &Field, values: &ArrayRef) -> Result<Self, Option<usize>> {
        let mut name = String::new();
        push_string(field.name(), &mut name);
        name.push(':');
        Ok(Self { name, values: Values::new(values)? })
    }
}

impl Values {
    fn new(values: &ArrayRef) -> Result<Self, Option<usize>> {
        let lists = |ends: Vec<usize>, items: &ArrayRef| {
            Ok(Self::Lists {
                ends,
                items: Box::new(Self::new(items).map_err(|_| None)?),
                nulls: values.logical_nulls(),
            })
        };
        match values.data_type() {
            DataType::Struct(fields) => {
                let members = fields.iter().zip(values.as_struct().columns());
                let members = members.map(|(field, values)| Member::new(field, values)).collect::<Result<_, _>>()?;
                Ok(Self::Objects { members, nulls: values.nulls().cloned() })
            }
            DataType::List(_) => {
                let list = values.as_list::<i32>();
                lists(list.offsets().iter().map(|end| *end as usize).collect(), list.values())
            }
            DataType::LargeList(_) => {
                let list = values.as_list::<i64>();
                lists(list.offsets().iter().map(|end| *end as usize).collect(), list.values())
            }
            DataType::Map(..) => {
                let map = values.as_map();
                let entries: ArrayRef = Arc::new(map.entries().clone());
                lists(map.offsets().iter().map(|end| *end as usize).collect(), &entries)
            }
            data_type => Ok(Self::Texts { texts: to_fields(values)?, quoted: is_quoted(data_type) }),
        }
    }

    /// Writes a value. False, if it is a number that JSON has not.
    fn write(&self, row: usize, out: &mut String) -> bool {
        match self {
            Self::Texts { texts, quoted } => match texts.is_valid(row).then(|| texts.value(row)) {
                None => out.push_str("null"),
                Some(text) if *quoted => push_string(text, out),
                Some(text @ ("true" | "false")) => out.push_str(text),
                Some(text) if is_number(text) => out.push_str(text),
                Some(_) => return false,
            },
            Self::Objects { nulls, .. } | Self::Lists { nulls, .. }
                if nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) =>
            {
                out.push_str("null");
            }
            Self::Objects { members, .. } => return write_object(members, row, out).is_ok(),
            Self::Lists { ends, items, .. } => {
                let (Some(first), Some(end)) = (ends.get(row), ends.get(row + 1)) else { return false };
                out.push('[');
                for item in *first..*end {
                    if item > *first {
                        out.push(',');
                    }
                    if !items.write(item, out) {
                        return false;
                    }
                }
                out.push(']');
            }
        }
        true
    }
}

/// Writes an object.
///
/// # Errors
/// The place of the member that JSON has no form for.
fn write_object(members: &[Member], row: usize, out: &mut String) -> Result<(), usize> {
    out.push('{');
    for (place, member) in members.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push_str(&member.name);
        if !member.values.write(row, out) {
            return Err(place);
        }
    }
    out.push('}');
    Ok(())
}

/// Whether values of a type are strings in JSON.
fn is_quoted(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => is_quoted(values),
        other => !other.is_numeric() && !matches!(other, DataType::Boolean | DataType::Null),
    }
}
