use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, Field, FieldRef, Fields, Schema, SchemaRef, TimeUnit};
use arrow_avro::schema::SCHEMA_METADATA_KEY;
use arrow_avro::writer::format::AvroBinaryFormat;
use arrow_avro::writer::{EncodedRows, WriterBuilder};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::codec::Codec;
use super::container::{Marker, Rows, header, put_block};
use super::emit::{bare, emitted};
use super::schema::Type;
use super::written::entry;
use crate::error::{Error, Result};
use crate::format::parquet::caught;
use crate::format::pending::Pending;
use crate::format::stream::Written;
use crate::format::{Digest, Encoded, Writer};

/// How many rows are encoded together; how many times that at once, on several threads; and at how many bytes of memory
/// rows no longer wait for others.
const ROWS: usize = 8192;
const TOGETHER: usize = 8;
const WAITING: usize = 32 << 20;

/// The size of a block before it is compressed: it ends with the row that reaches it. In bytes.
const BLOCK: usize = 256 << 10;

/// Cuts rows into blocks, and encodes and writes those.
pub(super) struct AvroWriter<W: Write> {
    out: Written<W>,
    codec: Codec,
    marker: Marker,
    /// The schema of what the library encodes, with that of Avro beside it.
    schema: SchemaRef,
    pending: Pending,
    /// The memory that the rows take up that wait, in bytes, at most.
    waiting: usize,
    /// The rows of a block that is not full yet.
    open: Rows,
}

impl<W: Write + Send> AvroWriter<W> {
    /// Starts a file of rows of `fields`, which are written in the types of `of`; `path` is what messages call it and
    /// says whether it is compressed as a whole.
    ///
    /// # Errors
    /// The file can't be written.
    pub(super) fn start(file: W, path: &Path, fields: &Fields, of: Type, codec: Codec) -> Result<Self> {
        let fields = fields.iter().map(|field| encodable(field)).collect::<Fields>();
        let metadata = HashMap::from([(SCHEMA_METADATA_KEY.to_owned(), bare(&of).to_string())]);
        let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
        let (head, marker) = header(&emitted(&of), codec);
        let mut writer = Self {
            out: Written::new(file, path),
            codec,
            marker,
            schema,
            pending: Pending::default(),
            waiting: 0,
            open: Rows::default(),
        };
        writer.out.put(&head)?;
        Ok(writer)
    }

    /// Writes the rows that wait, but for those of a block that is not full yet.
    fn write_rows(&mut self) -> Result<()> {
        while self.pending.rows() > 0 {
            let rows = self.pending.rows().min(ROWS * TOGETHER);
            let cut = |start| self.pending.take(ROWS.min(rows - start));
            let batches = (0..rows).step_by(ROWS).map(cut).collect::<Result<Vec<_>>>()?;
            let schema = &self.schema;
            let made = batches.into_par_iter().map(|batch| encoded(schema, &batch)).collect::<Result<Vec<_>>>()?;
            let mut full = Vec::new();
            for row in made.iter().flat_map(EncodedRows::iter) {
                self.open.count += 1;
                self.open.bytes.extend_from_slice(&row);
                if self.open.bytes.len() >= BLOCK {
                    full.push(std::mem::take(&mut self.open));
                }
            }
            drop(made);
            self.write_blocks(full)?;
        }
        self.waiting = 0;
        Ok(())
    }

    fn write_blocks(&mut self, blocks: Vec<Rows>) -> Result<()> {
        let (codec, marker) = (self.codec, &self.marker);
        let made = blocks.into_par_iter().map(|block| {
            let block = Rows { count: block.count, bytes: codec.compressed(&block.bytes)? };
            let mut bytes = Vec::with_capacity(block.bytes.len() + 2 * marker.len() + 4);
            put_block(&block, marker, &mut bytes);
            Ok(bytes)
        });
        let made = made.collect::<Result<Vec<_>>>()?;
        made.iter().try_for_each(|bytes| self.out.put(bytes))
    }
}

/// The rows of a batch in the encoding of Avro.
fn encoded(schema: &SchemaRef, batch: &RecordBatch) -> Result<EncodedRows> {
    let mut columns = Vec::with_capacity(batch.num_columns());
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        columns.push(converted(column, field.data_type()).map_err(|error| error.in_column(field.name()))?);
    }
    let batch = RecordBatch::try_new(Arc::clone(schema), columns).map_err(|_| refused("the columns of a block"))?;
    let encoded = caught(|| {
        let builder = WriterBuilder::new(schema.as_ref().clone());
        let mut encoder = builder.build_encoder::<AvroBinaryFormat>().map_err(|_| Refused)?;
        encoder.encode(&batch).map_err(|_| Refused)?;
        Ok::<_, Refused>(encoder.flush())
    });
    encoded.map_err(|_| refused("the rows of a block"))
}

/// The library refuses, which it should not: what it would refuse has been refused before.
struct Refused;

impl From<Refused> for crate::format::parquet::Fault {
    fn from(_: Refused) -> Self {
        Self::Malformed
    }
}

fn refused(what: &str) -> Error {
    Error::internal(format!("Avro refuses {what}"))
}

fn converted(column: &ArrayRef, target: &DataType) -> Result<ArrayRef> {
    if column.data_type() == target {
        return Ok(Arc::clone(column));
    }
    let options = CastOptions { safe: false, ..CastOptions::default() };
    caught(|| cast_with_options(column, target, &options)).map_err(|_| {
        Error::data("a value has no form in the type of Avro that the column is written in")
            .with_help("a time may be too far away: treat the column, or write the table as Parquet")
    })
}

/// The field in the type that the library encodes.
fn encodable(field: &Field) -> FieldRef {
    let data_type = match field.data_type() {
        DataType::Int8 | DataType::Int16 | DataType::UInt8 | DataType::UInt16 => DataType::Int32,
        DataType::UInt32 => DataType::Int64,
        DataType::UInt64 => DataType::Decimal128(20, 0),
        DataType::Decimal32(digits, behind) | DataType::Decimal64(digits, behind) => {
            DataType::Decimal128(*digits, *behind)
        }
        DataType::Float16 => DataType::Float32,
        DataType::Time32(_) => DataType::Time32(TimeUnit::Millisecond),
        DataType::Date64 => DataType::Timestamp(TimeUnit::Millisecond, None),
        DataType::Timestamp(TimeUnit::Second, zone) => DataType::Timestamp(TimeUnit::Millisecond, zone.clone()),
        DataType::List(child) => DataType::List(encodable(child)),
        DataType::LargeList(child) => DataType::LargeList(encodable(child)),
        DataType::Struct(children) => DataType::Struct(children.iter().map(|child| encodable(child)).collect()),
        DataType::Map(entries, ordered) => match entry(entries) {
            Some((key, value)) => {
                // The library looks for keys and values by these names, and knows no views as keys.
                let key = Field::new("key", DataType::LargeUtf8, key.is_nullable());
                let value = encodable(value).as_ref().clone().with_name("value");
                let fields = Fields::from(vec![key, value]);
                DataType::Map(Arc::new(Field::new("entries", DataType::Struct(fields), false)), *ordered)
            }
            None => field.data_type().clone(),
        },
        other => other.clone(),
    };
    Arc::new(Field::new(field.name(), data_type, field.is_nullable()))
}

impl<W: Write + Send> Writer for AvroWriter<W> {
    fn write(&mut self, block: Encoded) -> Result<()> {
        let Encoded::Batches(batches) = block else {
            return Err(Error::internal("an Avro file was given a block of another format"));
        };
        for batch in batches.into_iter().filter(|batch| batch.num_rows() > 0) {
            self.waiting += batch.get_array_memory_size();
            self.pending.push(batch);
            if self.pending.rows() >= ROWS * TOGETHER || self.waiting >= WAITING {
                self.write_rows()?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Digest> {
        self.write_rows()?;
        if self.open.count > 0 {
            let last = std::mem::take(&mut self.open);
            self.write_blocks(vec![last])?;
        }
        self.out.finish()
    }
}
