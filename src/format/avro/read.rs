use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec::IntoIter;

use arrow::array::{RecordBatch, RecordBatchOptions};
use arrow::datatypes::SchemaRef;
use arrow_avro::reader::ReaderBuilder;

use super::codec::{Codec, LARGEST};
use super::container::{Container, Header, Rows, header, put_block};
use super::emit::bare;
use super::notes;
use super::schema::Type;
use super::walk::room;
use crate::error::{Error, Result};
use crate::format::ipc::{viewed_schema, viewed_whole};
use crate::format::parquet::{Fault, Notes, guarded};
use crate::format::stream::most_of;
use crate::format::{Batches, Block, Carried, Decoded, Digest, Reader, Reading, Stream};

/// How many rows a block has, unless a single block of the file has more; and how many are decoded at a time.
const PART: u64 = 65_536;
const AT_A_TIME: u64 = 16_384;

/// How many bytes of rows are decoded together, where blocks of the file are smaller: it takes a while to start.
const GATHERED: usize = 1 << 20;

/// The most bytes that the rows of a block of the file may take up in memory.
const ROOM: u64 = 2 * LARGEST;

/// An Avro container file whose header has been read.
pub struct AvroSource {
    path: PathBuf,
    container: Container,
    header: Header,
    schema: SchemaRef,
}

impl AvroSource {
    /// Opens a container file.
    ///
    /// # Errors
    /// The file can't be read, is malformed, or there is no treatment for its schema or codec.
    pub fn open(path: &Path) -> Result<Self> {
        Self::from_stream(Stream::open(path)?)
    }

    /// Reads the header of a container file.
    ///
    /// # Errors
    /// As of [`open`](Self::open).
    pub fn from_stream(input: Stream) -> Result<Self> {
        let path = input.path().to_path_buf();
        Self::read_header(input, &path).map_err(|error| error.in_file(&path))
    }

    fn read_header(input: Stream, path: &Path) -> Result<Self> {
        let (container, header) = Container::open(input)?;
        let empty = super::container::header(&bare(&header.schema), Codec::Null).0;
        let schema = guarded(|| builder(1).build(Cursor::new(empty)).map(|reader| reader.schema()));
        let schema = schema.map_err(|fault| fault.reading("the schema"))?;
        let schema = viewed_schema(&schema);
        Ok(Self { path: path.to_path_buf(), container, header, schema })
    }

    /// The columns of the file. Text has the type Utf8View, bytes have BinaryView; enumerations are text.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// What the file says beside its rows.
    pub fn notes(&self) -> Notes {
        notes::of(&self.header.entries)
    }

    /// How the blocks of the file are compressed.
    pub(super) fn codec(&self) -> Codec {
        self.header.codec
    }

    /// What the file calls its rows.
    pub(super) fn name(&self) -> &str {
        if let Type::Record { name, .. } = &self.header.schema { name } else { "" }
    }

    /// The type of a column.
    pub(super) fn column(&self, name: &str) -> Option<&Type> {
        let Type::Record { fields, .. } = &self.header.schema else { return None };
        fields.iter().find(|(known, _)| known == name).map(|(_, of)| of)
    }

    /// Starts reading, blocks of the file that come to about `block_size` bytes a block.
    ///
    /// # Errors
    /// A column that is wanted is not there.
    pub(in crate::format) fn read(self, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>> {
        let schema = self.schema.project(&reading.wanted);
        let schema = schema.map_err(|_| Error::internal("an Avro file has fewer columns than were found"))?;
        let shared = Shared {
            head: header(&bare(&self.header.schema), Codec::Null),
            of: self.header.schema.clone(),
            codec: self.header.codec,
            wanted: reading.wanted.clone(),
            schema: Arc::new(schema),
            path: self.path,
        };
        let Self { container, header, .. } = self;
        Ok(Box::new(AvroReader { container, header, block_size, rows: 0, shared: Arc::new(shared) }))
    }
}

/// Text comes as Utf8: where it comes as Utf8View, the library makes empty texts of nulls.
fn builder(rows: usize) -> ReaderBuilder {
    ReaderBuilder::new().with_batch_size(rows)
}

struct AvroReader {
    container: Container,
    header: Header,
    block_size: usize,
    /// The rows of all blocks that have been given out.
    rows: u64,
    shared: Arc<Shared>,
}

impl Reader for AvroReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        let mut parts = Vec::new();
        let (mut size, mut count) = (0, 0);
        while size < self.block_size && count < PART {
            let part = self.container.next(&self.header).map_err(|error| error.in_file(&self.shared.path))?;
            let Some(part) = part else { break };
            // Even a block without rows takes up memory.
            size += part.bytes.len() + size_of::<Rows>();
            count += part.count;
            parts.push(part);
        }
        if parts.is_empty() {
            return Ok(None);
        }
        let first_row = self.rows;
        self.rows += count;
        Ok(Some(Box::new(AvroBlock { parts, first_row, shared: Arc::clone(&self.shared) })))
    }

    fn position(&self) -> u64 {
        self.container.position()
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.container.finish()
    }
}

/// What all blocks of a file need to decode themselves.
struct Shared {
    path: PathBuf,
    /// A header for the library, and its marker.
    head: (Vec<u8>, [u8; 16]),
    of: Type,
    codec: Codec,
    /// The columns that are decoded, ascending.
    wanted: Vec<usize>,
    /// The schema of what is decoded.
    schema: SchemaRef,
}

impl Shared {
    /// The rows of some blocks of the file as one, of as many as come to [`GATHERED`].
    fn decode(self: &Arc<Self>, parts: &mut IntoIter<Rows>) -> Result<Part> {
        let mut gathered = Rows::default();
        while gathered.bytes.len() < GATHERED {
            let Some(part) = parts.next() else { break };
            let most = ROOM.min(most_of(part.bytes.len() as u64));
            let bytes = self.codec.decompressed(part.bytes)?;
            room(&self.of, &bytes, part.count, most)?;
            gathered.count += part.count;
            if gathered.bytes.is_empty() {
                gathered.bytes = bytes;
            } else {
                gathered.bytes.extend(bytes);
            }
        }
        let left = gathered.count;
        let rows = if self.wanted.is_empty() || left == 0 {
            None
        } else {
            let mut file = self.head.0.clone();
            file.reserve_exact(gathered.bytes.len() + 64);
            put_block(&gathered, &self.head.1, &mut file);
            let builder = builder(left.min(AT_A_TIME) as usize).with_projection(self.wanted.clone());
            Some(guarded(|| builder.build(Cursor::new(file))).map_err(malformed)?)
        };
        Ok(Part { rows, left, shared: Arc::clone(self) })
    }

    /// The columns of a batch in the layouts that kernels see.
    fn viewed(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let fields = self.schema.fields();
        let mut columns = Vec::with_capacity(fields.len());
        for (field, column) in fields.iter().zip(batch.columns()) {
            let viewed = guarded(|| viewed_whole(column, field.data_type()));
            columns.push(viewed.map_err(|fault| fault.reading("a block").in_column(field.name()))?);
        }
        RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(|_| Fault::Malformed.reading("a block"))
    }
}

fn malformed(fault: Fault) -> Error {
    fault.reading("a block")
}

/// Blocks of the file being decoded.
struct Part {
    /// What decodes them, if anything of them is wanted.
    rows: Option<arrow_avro::reader::Reader<Cursor<Vec<u8>>>>,
    /// How many rows are left.
    left: u64,
    shared: Arc<Shared>,
}

impl Part {
    fn batch(&mut self) -> Result<RecordBatch> {
        let Some(rows) = &mut self.rows else {
            let options = RecordBatchOptions::new().with_row_count(Some(self.left as usize));
            let batch = RecordBatch::try_new_with_options(Arc::clone(&self.shared.schema), Vec::new(), &options);
            return batch.map_err(|_| malformed(Fault::Malformed));
        };
        let batch = guarded(|| rows.next().transpose()).map_err(malformed)?;
        self.shared.viewed(&batch.ok_or_else(|| malformed(Fault::Malformed))?)
    }
}

impl Iterator for Part {
    type Item = Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        let batch = self.batch().and_then(|batch| match batch.num_rows() as u64 {
            0 => Err(malformed(Fault::Malformed)),
            rows => Ok((batch, self.left.checked_sub(rows).ok_or_else(|| malformed(Fault::Malformed))?)),
        });
        self.left = batch.as_ref().map_or(0, |(_, left)| *left);
        Some(batch.map(|(batch, _)| batch))
    }
}

/// Some blocks of a file, one after the other.
struct AvroBlock {
    parts: Vec<Rows>,
    first_row: u64,
    shared: Arc<Shared>,
}

impl Block for AvroBlock {
    fn size(&self) -> usize {
        self.parts.iter().map(|part| part.bytes.len() + size_of::<Rows>()).sum()
    }

    fn first_row(&self) -> Option<u64> {
        Some(self.first_row)
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let Self { parts, shared, .. } = *self;
        Ok(Box::new(Parts { waiting: parts.into_iter(), open: None, shared }))
    }
}

/// The batches of some blocks of a file.
struct Parts {
    waiting: IntoIter<Rows>,
    open: Option<Part>,
    shared: Arc<Shared>,
}

impl Parts {
    fn batch(&mut self) -> Result<Option<RecordBatch>> {
        loop {
            if let Some(batch) = self.open.as_mut().and_then(Part::next) {
                return batch.map(Some);
            }
            if self.waiting.len() == 0 {
                return Ok(None);
            }
            self.open = Some(self.shared.decode(&mut self.waiting)?);
        }
    }
}

impl Iterator for Parts {
    type Item = Result<Decoded>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batch().map_err(|error| error.in_file(&self.shared.path)).transpose()?;
        Some(batch.map(|batch| Decoded { batch, carried: Carried::Nothing }))
    }
}
