use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::{Schema, SchemaRef};
use arrow::ipc::writer::{
    DictionaryTracker, EncodedData, IpcDataGenerator, IpcWriteContext, IpcWriteOptions, write_message,
};
use arrow::ipc::{
    self, Block, BodyCompressionBuilder, CompressionType, DictionaryBatchBuilder, FieldNode, MessageBuilder,
    MessageHeader, MetadataVersion, RecordBatchBuilder, root_as_message,
};
use flatbuffers::FlatBufferBuilder;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::footer::{MAGIC, footer};
use super::fresh::{fresh, unfit};
use super::grown::News;
use super::message::{CONTINUATION, Compression};
use super::tree::Tree;
use crate::error::{Error, Result};
use crate::format::parquet::caught;
use crate::format::pending::Pending;
use crate::format::stream::Written;
use crate::format::{Digest, Encoded, Writer};

/// How many rows a record batch has; the last of a file may have fewer, and so may those of large rows, which end with
/// the row with which they have so many bytes.
const ROWS: usize = 32_768;
const BYTES: u64 = 16 << 20;

/// How many record batches are made together, on several threads.
const TOGETHER: usize = 4;

/// Where messages start: at multiples of this, counted from the start of a file.
const ALIGNMENT: usize = 64;

/// How record batches are laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// Whether it is a stream, not a file with a footer.
    pub(super) is_stream: bool,
    pub(super) compression: Compression,
}

/// Cuts rows into record batches, and encodes and writes those.
///
/// Dictionaries grow as rows come. In a file, they stand behind the record batches, where nothing is added to them any
/// more; in a stream, what is new in them stands before the record batch that needs it, and one that has become long
/// makes way for another.
pub(super) struct IpcWriter<W: Write> {
    out: Written<W>,
    /// How many bytes were written.
    length: usize,
    schema: SchemaRef,
    is_stream: bool,
    options: IpcWriteOptions,
    trees: Vec<Tree>,
    pending: Pending,
    batches: Vec<Block>,
    dictionaries: Vec<Block>,
}

impl<W: Write + Send> IpcWriter<W> {
    /// Starts a file or a stream of this schema; `path` is what messages call it and says whether it is compressed, and `seeds` is what the dictionary of
    /// a column starts with.
    ///
    /// # Errors
    /// The file can't be written.
    pub(super) fn start(
        file: W,
        path: &Path,
        schema: SchemaRef,
        layout: Layout,
        seeds: Vec<Option<ArrayRef>>,
    ) -> Result<Self> {
        if schema.fields().is_empty() {
            return Err(Error::data("no column is left").with_help("keep or treat at least one"));
        }
        let compression = match layout.compression {
            Compression::None => None,
            Compression::Lz4 => Some(CompressionType::LZ4_FRAME),
            Compression::Zstd => Some(CompressionType::ZSTD),
        };
        let options = caught(|| IpcWriteOptions::default().try_with_compression(compression));
        let options = options.map_err(|_| refused("the compression"))?;
        let trees = schema.fields().iter().zip(seeds).map(|(field, seed)| Tree::new(field, seed));
        let mut writer = Self {
            out: Written::new(file, path),
            length: 0,
            trees: trees.collect::<Result<_>>()?,
            is_stream: layout.is_stream,
            options,
            pending: Pending::default(),
            batches: Vec::new(),
            dictionaries: Vec::new(),
            schema,
        };
        if !writer.is_stream {
            let mut head = MAGIC.to_vec();
            head.resize(ALIGNMENT, 0);
            writer.put(&head)?;
        }
        let mut tracker = DictionaryTracker::new(false);
        let generator = IpcDataGenerator::default();
        let message = generator.schema_to_bytes_with_dictionary_tracker(&writer.schema, &mut tracker, &writer.options);
        writer.message(message)?;
        Ok(writer)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.length += bytes.len();
        self.out.put(bytes)
    }

    /// Writes a message, and says where it is.
    fn message(&mut self, message: EncodedData) -> Result<Block> {
        let start = self.length;
        let mut bytes = Vec::with_capacity(message.ipc_message.len() + message.arrow_data.len() + 2 * ALIGNMENT);
        let written = caught(|| write_message(&mut bytes, message, &self.options));
        let (metadata, body) = written.map_err(|_| refused("a message"))?;
        self.put(&bytes)?;
        Ok(Block::new(start as i64, metadata as i32, body as i64))
    }

    /// Writes some of the rows that wait, as many as are made together; the last ones, too, if this is the `end`.
    fn write_rows(&mut self, end: bool) -> Result<()> {
        let mut batches = Vec::with_capacity(TOGETHER);
        while batches.len() < TOGETHER && self.pending.rows() > 0 {
            match self.pending.piece(ROWS, BYTES) {
                Some(rows) => batches.push(self.pending.take(rows)?),
                None if end => batches.push(self.pending.take(self.pending.rows())?),
                None => break,
            }
        }
        let schema = &self.schema;
        let made = batches.par_iter().map(|batch| columns(schema, batch)).collect::<Result<Vec<_>>>()?;
        drop(batches);
        if !self.is_stream || self.trees.iter().all(Tree::is_plain) {
            let keyed = made.iter().map(|columns| self.keyed(columns)).collect::<Result<Vec<_>>>()?;
            let options = &self.options;
            let encoded = keyed.into_par_iter().map(|batch| encoded(&batch, options)).collect::<Result<Vec<_>>>()?;
            for message in encoded {
                let block = self.message(message)?;
                self.batches.push(block);
            }
            return Ok(());
        }
        for columns in made {
            let keyed = self.keyed(&columns)?;
            self.write_dictionaries()?;
            self.message(encoded(&keyed, &self.options)?)?;
        }
        Ok(())
    }

    /// The columns as a record batch holds them.
    fn keyed(&mut self, columns: &[ArrayRef]) -> Result<RecordBatch> {
        let mut keyed = Vec::with_capacity(columns.len());
        for ((tree, column), field) in self.trees.iter_mut().zip(columns).zip(self.schema.fields()) {
            keyed.push((field.name(), tree.keys(column).map_err(|error| error.in_column(field.name()))?, true));
        }
        RecordBatch::try_from_iter_with_nullable(keyed).map_err(|_| refused("the columns of a batch"))
    }

    /// Writes what is new in the dictionaries.
    fn write_dictionaries(&mut self) -> Result<()> {
        let mut trees = std::mem::take(&mut self.trees);
        for (number, dictionary) in trees.iter_mut().flat_map(Tree::dictionaries).enumerate() {
            if let Some(news) = dictionary.news()? {
                let block = self.message(dictionary_message(number as i64, &news, &self.options)?)?;
                self.dictionaries.push(block);
            }
            if self.is_stream {
                dictionary.renew();
            }
        }
        self.trees = trees;
        Ok(())
    }
}

/// The columns of a batch in new arrays, in the types of the file.
fn columns(schema: &Schema, batch: &RecordBatch) -> Result<Vec<ArrayRef>> {
    if schema.fields().len() != batch.num_columns() {
        return Err(unfit());
    }
    let columns = schema.fields().iter().zip(batch.columns());
    columns
        .map(|(field, column)| fresh(column, field.data_type()).map_err(|error| error.in_column(field.name())))
        .collect()
}

fn encoded(batch: &RecordBatch, options: &IpcWriteOptions) -> Result<EncodedData> {
    let encoded = caught(|| {
        let mut tracker = DictionaryTracker::new(true);
        IpcDataGenerator::default().encode(batch, &mut tracker, options, &mut IpcWriteContext::default())
    });
    encoded.map(|(_, batch)| batch).map_err(|_| refused("a record batch"))
}

/// The message of a dictionary: that of its values as a record batch, in another frame.
fn dictionary_message(number: i64, news: &News, options: &IpcWriteOptions) -> Result<EncodedData> {
    let batch = RecordBatch::try_from_iter_with_nullable([("", Arc::clone(&news.values), true)]);
    let EncodedData { ipc_message, arrow_data } = encoded(&batch.map_err(|_| refused("a dictionary"))?, options)?;
    let message = root_as_message(&ipc_message).ok();
    let values = message.and_then(|message| message.header_as_record_batch()).ok_or_else(|| refused("a dictionary"))?;
    let mut builder = FlatBufferBuilder::new();
    let nodes: Vec<FieldNode> = values.nodes().into_iter().flatten().copied().collect();
    let nodes = builder.create_vector(&nodes);
    let buffers: Vec<ipc::Buffer> = values.buffers().into_iter().flatten().copied().collect();
    let buffers = builder.create_vector(&buffers);
    let counts: Vec<i64> = values.variadicBufferCounts().into_iter().flatten().collect();
    let counts = builder.create_vector(&counts);
    let compression = values.compression().map(|compression| {
        let mut body = BodyCompressionBuilder::new(&mut builder);
        body.add_codec(compression.codec());
        body.add_method(compression.method());
        body.finish()
    });
    let mut data = RecordBatchBuilder::new(&mut builder);
    data.add_length(values.length());
    data.add_nodes(nodes);
    data.add_buffers(buffers);
    data.add_variadicBufferCounts(counts);
    compression.into_iter().for_each(|compression| data.add_compression(compression));
    let data = data.finish();
    let mut dictionary = DictionaryBatchBuilder::new(&mut builder);
    dictionary.add_id(number);
    dictionary.add_data(data);
    dictionary.add_isDelta(news.adds);
    let dictionary = dictionary.finish().as_union_value();
    let mut framed = MessageBuilder::new(&mut builder);
    framed.add_version(MetadataVersion::V5);
    framed.add_header_type(MessageHeader::DictionaryBatch);
    framed.add_bodyLength(arrow_data.len() as i64);
    framed.add_header(dictionary);
    let framed = framed.finish();
    builder.finish(framed, None);
    Ok(EncodedData { ipc_message: builder.finished_data().to_vec(), arrow_data })
}

fn refused(what: &str) -> Error {
    Error::internal(format!("Arrow refuses {what}"))
}

impl<W: Write + Send> Writer for IpcWriter<W> {
    fn write(&mut self, block: Encoded) -> Result<()> {
        let Encoded::Batches(batches) = block else {
            return Err(Error::internal("an Arrow file was given a block of another format"));
        };
        batches.into_iter().filter(|batch| batch.num_rows() > 0).for_each(|batch| self.pending.push(batch));
        while self.pending.rows() >= ROWS * TOGETHER || self.pending.bytes() >= BYTES * TOGETHER as u64 {
            self.write_rows(false)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Digest> {
        while self.pending.rows() > 0 {
            self.write_rows(true)?;
        }
        if !self.is_stream && !self.trees.iter().all(Tree::is_plain) {
            self.write_dictionaries()?;
        }
        self.put(&CONTINUATION)?;
        self.put(&[0; 4])?;
        if !self.is_stream {
            let footer = footer(&self.schema, &self.dictionaries, &self.batches);
            self.put(&footer)?;
        }
        self.out.finish()
    }
}
