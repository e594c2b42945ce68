//! Parquet from other formats: from rows of typed columns, and from text that gets its types here.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, RecordBatch, StringViewArray, StructArray, new_null_array};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowSchemaConverter, ArrowWriter, encode_arrow_schema};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::encoded::{EncodedChunk, EncodedRowGroup};
use super::fault::{caught, trusted};
use super::parse::parse;
use super::write::{ParquetFile, properties};
use crate::error::{Error, Result, Shape};
use crate::format::csv::to_fields;
use crate::format::pending::Pending;
use crate::format::{BlockEncoder, Decoded, Digest, Encoded, Encoder, Writer};
use crate::rules::{ColumnType, Plan, Table};
use crate::transform::Fate;

/// How many rows a row group has; the last of a file may have fewer, and so may those of large rows, which end with the
/// slice with which they have so many bytes.
const GROUP: usize = 131_072;
const GROUP_BYTES: u64 = 64 << 20;

/// How many rows reach the column writers at a time, counted from the start of the row group: pages end where the
/// writers are given the chance, so that this decides the bytes of the file. The blocks of the input do not. Of large
/// rows it is fewer: up to the one with which they have so many bytes.
const SLICE: usize = 8192;
const SLICE_BYTES: u64 = 8 << 20;

/// How many slices are encoded together, column by column on several threads.
const TOGETHER: usize = 4;

/// Makes what gives the columns of the output of a plan for a file of text their types, and says which they are.
///
/// A column has the type that the rules declare for it; of those that stay, the others have the type in `inferred`
/// (by column of the source); everything else has the type that it has.
///
/// # Errors
/// A type is declared for a column that is not in the output, or nothing is left of the columns.
pub fn typed_encoder(
    plan: &Plan,
    table: &Table,
    inferred: &[Option<DataType>],
) -> Result<(Box<dyn Encoder>, SchemaRef)> {
    let schema = Arc::new(typed_schema(plan, table, inferred)?);
    Ok((Box::new(TypedEncoder { schema: Arc::clone(&schema) }), schema))
}

/// Makes what writes rows of a schema that does not come from Parquet as Parquet. Whatever type Parquet has no name for
/// is noted as Arrow has it.
///
/// # Errors
/// A type has no form in Parquet, or the file can't be written.
pub fn rows_writer<W: Write + Send + 'static>(schema: SchemaRef, file: W, path: &Path) -> Result<Box<dyn Writer>> {
    for field in schema.fields() {
        if !is_writable(field) {
            return Err(Error::data(format!("a column of type {} has no form in Parquet", field.data_type()))
                .in_column(field.name())
                .with_help("drop the column, or write the table in the format that it came in"));
        }
    }
    let written = trusted("the types of the output", || ArrowSchemaConverter::new().convert(&schema))?;
    let roots: Vec<usize> = (0..written.num_columns()).map(|leaf| written.get_column_root_idx(leaf)).collect();
    let leaves = roots.chunk_by(|one, other| one == other).map(<[usize]>::len).collect();
    let root = written.root_schema_ptr();
    let mut properties = properties().set_compression(Compression::ZSTD(ZstdLevel::default()));
    if schema.fields().iter().any(|field| !says_itself(field.data_type())) {
        let entry = KeyValue::new(ARROW_SCHEMA_META_KEY.to_owned(), encode_arrow_schema(&schema));
        properties = properties.set_key_value_metadata(Some(vec![entry]));
    }
    let file = ParquetFile::start(file, path, root, Arc::new(properties.build()))?;
    let factory = ArrowRowGroupWriterFactory::new(file.inner(), Arc::clone(&schema));
    let writer = TypedWriter {
        file,
        factory,
        schema,
        pending: Pending::default(),
        leaves,
        columns: Vec::new(),
        rows: 0,
        bytes: 0,
        groups: 0,
    };
    Ok(Box::new(writer))
}

/// Whether the library writes a column: it knows more types than it can write, so that it is asked to.
fn is_writable(field: &Field) -> bool {
    caught(|| {
        let field = Field::new(field.name(), field.data_type().clone(), true);
        let nothing = new_null_array(field.data_type(), 1);
        let batch = RecordBatch::try_new(Arc::new(Schema::new(vec![field])), vec![nothing])?;
        let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None)?;
        writer.write(&batch)?;
        writer.close().map(|_| ())
    })
    .is_ok()
}

/// Whether Parquet has a type that says all of this one.
fn says_itself(data_type: &DataType) -> bool {
    match data_type {
        DataType::Struct(children) => children.iter().all(|child| says_itself(child.data_type())),
        DataType::List(child) | DataType::Map(child, _) => says_itself(child.data_type()),
        DataType::Timestamp(TimeUnit::Second, _)
        | DataType::Time32(TimeUnit::Second)
        | DataType::Date64
        | DataType::Duration(_)
        | DataType::LargeList(_) => false,
        _ => true,
    }
}

/// The types that the columns of the output of a plan get.
///
/// # Errors
/// As of [`typed_encoder`].
pub fn typed_schema(plan: &Plan, table: &Table, inferred: &[Option<DataType>]) -> Result<Schema> {
    let output = plan.output_schema();
    for name in table.types.keys() {
        if output.field_with_name(name).is_err() {
            return Err(Error::data("a type is declared for a column that is not in the output")
                .in_column(name)
                .with_help("was the column renamed, or is it dropped? Take it out of `types`"));
        }
    }
    if output.fields().is_empty() {
        return Err(Error::data("no column is left").with_help("keep or treat at least one"));
    }
    let stays = |column: usize| plan.report().any(|leaf| leaf.leaf.column == column && leaf.fate == Fate::Keep);
    let fields = output.fields().iter().map(|field| {
        let declared = table.types.get(field.name()).map(|ColumnType(data_type)| data_type.clone());
        let column = plan.source_schema().index_of(field.name()).ok().filter(|column| stays(*column));
        let found = || inferred.get(column?)?.clone();
        Field::new(field.name(), declared.or_else(found).unwrap_or_else(|| field.data_type().clone()), true)
    });
    Ok(Schema::new(fields.collect::<Vec<_>>()))
}

/// Gives texts their types, on any thread.
struct TypedEncoder {
    schema: SchemaRef,
}

impl Encoder for TypedEncoder {
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>> {
        Ok(Box::new(TypedBlockEncoder { schema: &self.schema, batches: Vec::new() }))
    }
}

struct TypedBlockEncoder<'e> {
    schema: &'e SchemaRef,
    batches: Vec<RecordBatch>,
}

impl BlockEncoder for TypedBlockEncoder<'_> {
    fn push(&mut self, decoded: &Decoded, made: &RecordBatch) -> Result<()> {
        let batch = typed_batch(self.schema, decoded, made)?;
        self.batches.push(batch);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Encoded> {
        Ok(Encoded::Batches(self.batches))
    }
}

/// What a plan made, in the types of a schema that [`typed_schema`] made for it.
///
/// # Errors
/// A value is none of its column's type.
pub fn typed_batch(schema: &SchemaRef, decoded: &Decoded, made: &RecordBatch) -> Result<RecordBatch> {
    let columns = schema.fields().iter().zip(made.columns());
    let columns = columns.map(|(field, column)| typed(field, column, decoded)).collect::<Result<Vec<ArrayRef>>>()?;
    RecordBatch::try_new(Arc::clone(schema), columns)
        .map_err(|_| Error::internal("the columns of a block do not fit together"))
}

fn typed(field: &Field, column: &ArrayRef, decoded: &Decoded) -> Result<ArrayRef> {
    let misfit = |value: Option<(&StringViewArray, usize)>| {
        let shape =
            value.map_or_else(String::new, |(texts, row)| format!(": its shape is {}", Shape::of(texts.value(row))));
        let place = value.map(|(_, row)| decoded.place(row)).unwrap_or_default();
        Error::data(format!("a value is no {}{shape}", name(field.data_type())))
            .at(place)
            .in_column(field.name())
            .with_help("declare another type for the column in the table's `types`, such as \"text\"")
    };
    let none = || Error::internal(format!("no {} from a column of type {}", field.data_type(), column.data_type()));
    if column.data_type().is_nested() {
        return retype(column, field.data_type()).ok_or_else(none)?.map_err(|()| misfit(None));
    }
    if column.data_type() == field.data_type() {
        return Ok(Arc::clone(column));
    }
    let texts = to_fields(column).map_err(|_| none())?;
    parse(&texts, field.data_type()).map_err(|place| match place {
        None => none(),
        Some(row) => misfit(Some((&texts, row))),
    })
}

/// A nested column in which leaves of text have got other types. None if it can't become of this type; an error if a
/// value is none of its leaf's type.
fn retype(column: &ArrayRef, data_type: &DataType) -> Option<Result<ArrayRef, ()>> {
    if column.data_type() == data_type {
        return Some(Ok(Arc::clone(column)));
    }
    match data_type {
        DataType::Struct(fields) => {
            let source = column.as_struct_opt()?;
            let mut arrays = Vec::with_capacity(fields.len());
            for field in fields {
                match retype(source.column_by_name(field.name())?, field.data_type())? {
                    Ok(array) => arrays.push(array),
                    Err(()) => return Some(Err(())),
                }
            }
            let nulls = source.nulls().cloned();
            let array = StructArray::try_new_with_length(fields.clone(), arrays, nulls, source.len()).ok()?;
            Some(Ok(Arc::new(array)))
        }
        DataType::List(item) => {
            let source = column.as_list_opt::<i32>()?;
            let Ok(values) = retype(source.values(), item.data_type())? else { return Some(Err(())) };
            let (offsets, nulls) = (source.offsets().clone(), source.nulls().cloned());
            Some(Ok(Arc::new(ListArray::try_new(Arc::clone(item), offsets, values, nulls).ok()?)))
        }
        leaf => match parse(column.as_string_view_opt()?, leaf) {
            Ok(array) => Some(Ok(array)),
            Err(Some(_)) => Some(Err(())),
            Err(None) => None,
        },
    }
}

/// What a type is called in the rules.
fn name(data_type: &DataType) -> String {
    match data_type {
        DataType::Boolean => "boolean".to_owned(),
        DataType::Date32 => "date".to_owned(),
        DataType::Timestamp(..) => "timestamp".to_owned(),
        DataType::Decimal128(precision, scale) => format!("decimal({precision}, {scale})"),
        other => other.to_string().to_ascii_lowercase(),
    }
}

/// Cuts rows into row groups, and encodes and writes those.
struct TypedWriter<W: Write> {
    file: ParquetFile<W>,
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    /// What has not been encoded yet.
    pending: Pending,
    /// How many leaves each column has.
    leaves: Vec<usize>,
    /// The writers of the leaves of the row group that is open; none, if none is.
    columns: Vec<ArrowColumnWriter>,
    /// The rows of the row group that is open, and what they take up written out.
    rows: usize,
    bytes: u64,
    groups: usize,
}

impl<W: Write + Send> TypedWriter<W> {
    /// Encodes some of the rows that wait, up to the end of the row group; the last ones, too, if this is the `end`.
    fn encode(&mut self, end: bool) -> Result<()> {
        let mut slices = Vec::with_capacity(TOGETHER);
        while slices.len() < TOGETHER && self.pending.rows() > 0 && !self.is_full() {
            let rows = match self.pending.piece(SLICE.min(GROUP - self.rows), SLICE_BYTES) {
                Some(rows) => rows,
                None if end => self.pending.rows(),
                None => break,
            };
            self.bytes += self.pending.bytes();
            slices.push(self.pending.take_as(rows, &self.schema)?);
            self.bytes -= self.pending.bytes();
            self.rows += rows;
        }
        if self.columns.is_empty() {
            let (factory, group) = (&self.factory, self.groups);
            self.columns = trusted("the columns of a row group", || factory.create_column_writers(group))?;
        }
        let mut columns = Vec::with_capacity(self.leaves.len());
        let mut rest = self.columns.as_mut_slice();
        for (place, (field, leaves)) in self.schema.fields().iter().zip(&self.leaves).enumerate() {
            let (own, others) =
                rest.split_at_mut_checked(*leaves).ok_or_else(|| Error::internal("a leaf has no writer"))?;
            columns.push((place, field, own));
            rest = others;
        }
        columns.into_par_iter().try_for_each(|(place, field, writers)| {
            slices.iter().try_for_each(|slice| write(writers, field, slice.column(place)))
        })?;
        if self.is_full() { self.close() } else { Ok(()) }
    }

    /// Whether the row group that is open has all its rows.
    fn is_full(&self) -> bool {
        self.rows == GROUP || self.bytes >= GROUP_BYTES
    }

    /// Ends the row group that is open.
    fn close(&mut self) -> Result<()> {
        let columns = std::mem::take(&mut self.columns);
        let chunks = columns
            .into_par_iter()
            .map(|writer| {
                trusted("the end of a column", || writer.close()).map(|chunk| EncodedChunk::Made(Box::new(chunk)))
            })
            .collect::<Result<Vec<_>>>()?;
        let rows = std::mem::take(&mut self.rows) as i64;
        self.bytes = 0;
        self.groups += 1;
        self.file.write(EncodedRowGroup { chunks, rows })
    }
}

fn write(writers: &mut [ArrowColumnWriter], field: &Field, column: &ArrayRef) -> Result<()> {
    trusted("a column", || {
        compute_leaves(field, column)?.iter().zip(writers).try_for_each(|(leaf, writer)| writer.write(leaf))?;
        Ok::<_, ParquetError>(())
    })
    .map_err(|error| error.in_column(field.name()))
}

impl<W: Write + Send> Writer for TypedWriter<W> {
    fn write(&mut self, block: Encoded) -> Result<()> {
        let Encoded::Batches(batches) = block else {
            return Err(Error::internal("a Parquet file was given a block of another format"));
        };
        for batch in batches {
            self.pending.push(batch);
        }
        while self.pending.rows() >= (SLICE * TOGETHER).min(GROUP - self.rows)
            || self.pending.bytes() >= SLICE_BYTES * TOGETHER as u64
        {
            self.encode(false)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Digest> {
        while self.pending.rows() > 0 {
            self.encode(true)?;
        }
        if self.rows > 0 {
            self.close()?;
        }
        self.file.finish()
    }
}
