//! Encapsulated messages, and a look at what they say of their bodies before the library believes it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::buffer::Buffer;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::ipc::reader::read_record_batch;
use arrow::ipc::{self, CompressionType, MessageHeader, root_as_message};

use crate::error::{Error, Result};
use crate::format::parquet::{Fault, guarded};

/// What the buffers of a message may take up decompressed, in bytes, however little they take up in the file.
pub(super) const DECODED: u64 = 1 << 30;

/// Beyond [`DECODED`], how many times their size in the file they may grow to.
pub(super) const GROWTH: u64 = 1000;

/// The most values of a column and a batch, if they take up no room: nulls, or values of no length.
const VALUES: u64 = 1 << 24;

/// The longest metadata of a message, in bytes.
pub(super) const LONGEST_METADATA: u64 = 64 << 20;

/// How the buffers of a file are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Lz4,
    Zstd,
}

/// The marker that stands before the length of a message's metadata. Files of before 2019 have none.
pub(super) const CONTINUATION: [u8; 4] = [0xff; 4];

/// What a message is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Schema,
    Dictionary,
    /// Rows: how many.
    Batch(u64),
}

/// A message with its body, whose lengths and places have been found plausible.
#[derive(Debug, Clone)]
pub(super) struct Message {
    metadata: Buffer,
    body: Buffer,
    pub(super) kind: Kind,
    pub(super) compression: Option<Compression>,
}

impl Message {
    /// Takes a message whose body is of the length that its metadata says.
    ///
    /// # Errors
    /// It is malformed, of a kind that is not known here, or would grow beyond bounds.
    pub(super) fn new(metadata: Buffer, body: Buffer) -> Result<Self> {
        let (kind, compression) = survey(&metadata, &body)?;
        Ok(Self { metadata, body, kind, compression })
    }

    /// Takes a message out of a piece of a file: the metadata with its prefix, and the body.
    ///
    /// # Errors
    /// As of [`new`](Self::new).
    pub(super) fn of_block(piece: &Buffer, metadata: u64) -> Result<Self> {
        let metadata = usize::try_from(metadata).map_err(|_| malformed())?;
        let prefix = if piece.starts_with(&CONTINUATION) { 8 } else { 4 };
        if !(prefix..=piece.len()).contains(&metadata) {
            return Err(malformed());
        }
        let body = piece.slice(metadata);
        Self::new(piece.slice_with_length(prefix, metadata - prefix), body)
    }

    /// The bytes of the body.
    pub(super) fn size(&self) -> usize {
        self.body.len()
    }

    /// The schema, with its numbers of dictionaries.
    ///
    /// # Errors
    /// It is no message of a schema, or one that can't be read.
    pub(super) fn schema(&self) -> Result<SchemaRef> {
        super::schema::read(root_as_message(&self.metadata).ok().and_then(|message| message.header_as_schema()))
    }

    /// The number of the dictionary that it is or adds to, and whether it adds.
    ///
    /// # Errors
    /// It is no message of a dictionary.
    pub(super) fn dictionary(&self) -> Result<(i64, bool)> {
        let message = root_as_message(&self.metadata).ok();
        let dictionary = message.and_then(|message| message.header_as_dictionary_batch());
        dictionary.map(|dictionary| (dictionary.id(), dictionary.isDelta())).ok_or_else(malformed)
    }

    /// Reads the values of a dictionary.
    ///
    /// # Errors
    /// It is malformed.
    pub(super) fn values(&self, value_type: &DataType) -> Result<ArrayRef, Fault> {
        guarded(|| {
            let message = root_as_message(&self.metadata).map_err(|_| Fault::Malformed)?;
            let dictionary = message.header_as_dictionary_batch().ok_or(Fault::Malformed)?;
            let batch = dictionary.data().ok_or(Fault::Malformed)?;
            let schema = Arc::new(Schema::new(vec![Field::new("", value_type.clone(), true)]));
            let read = read_record_batch(&self.body, batch, schema, &HashMap::new(), None, &message.version())
                .map_err(Fault::from)?;
            read.columns().first().map(Arc::clone).ok_or(Fault::Malformed)
        })
    }

    /// Reads these columns of a record batch, of which `schema` has keys in the place of dictionaries.
    ///
    /// # Errors
    /// It is malformed.
    pub(super) fn batch(&self, schema: &SchemaRef, columns: &[usize]) -> Result<RecordBatch, Fault> {
        guarded(|| {
            let message = root_as_message(&self.metadata).map_err(|_| Fault::Malformed)?;
            let batch = message.header_as_record_batch().ok_or(Fault::Malformed)?;
            let version = message.version();
            read_record_batch(&self.body, batch, schema.clone(), &HashMap::new(), Some(columns), &version)
                .map_err(Fault::from)
        })
    }
}

/// The error for a fault of the library in `what`.
pub(super) fn told(fault: Fault, what: &str) -> Error {
    match fault {
        Fault::Malformed => fault.reading(what),
        Fault::Unsupported => {
            Error::data(format!("{what} can't be read: it is written in a way that is not known here"))
                .with_help("write the file anew with a current version of Arrow, uncompressed or with LZ4 or ZSTD")
        }
    }
}

/// The error for what is not as the format says.
pub(super) fn malformed() -> Error {
    Fault::Malformed.reading("a message")
}

fn survey(metadata: &[u8], body: &[u8]) -> Result<(Kind, Option<Compression>)> {
    let message = guarded(|| root_as_message(metadata).map_err(|_| Fault::Malformed));
    let message = message.map_err(|_| malformed())?;
    if u64::try_from(message.bodyLength()).ok() != Some(body.len() as u64) {
        return Err(malformed());
    }
    match message.header_type() {
        MessageHeader::Schema => Ok((Kind::Schema, None)),
        MessageHeader::RecordBatch => {
            let batch = message.header_as_record_batch().ok_or_else(malformed)?;
            let compression = survey_batch(&batch, body)?;
            Ok((Kind::Batch(u64::try_from(batch.length()).map_err(|_| malformed())?), compression))
        }
        MessageHeader::DictionaryBatch => {
            let dictionary = message.header_as_dictionary_batch().ok_or_else(malformed)?;
            let batch = dictionary.data().ok_or_else(malformed)?;
            Ok((Kind::Dictionary, survey_batch(&batch, body)?))
        }
        _ => Err(Error::data("the file has a message that is neither schema, dictionary nor record batch")
            .with_help("tensors are no tables: leave them out of the export")),
    }
}

/// Looks whether all buffers are inside the body, and what they would grow to.
fn survey_batch(batch: &ipc::RecordBatch<'_>, body: &[u8]) -> Result<Option<Compression>> {
    let compression = match batch.compression().map(|compression| compression.codec()) {
        None => None,
        Some(CompressionType::LZ4_FRAME) => Some(Compression::Lz4),
        Some(CompressionType::ZSTD) => Some(Compression::Zstd),
        Some(_) => return Err(told(Fault::Unsupported, "a record batch")),
    };
    let mut decoded = 0_u64;
    for buffer in batch.buffers().into_iter().flatten() {
        let range = inside(buffer.offset(), buffer.length(), body.len()).ok_or_else(malformed)?;
        let bytes = body.get(range).ok_or_else(malformed)?;
        let grown = match (compression, bytes) {
            (None, bytes) => bytes.len() as u64,
            (Some(_), []) => 0,
            (Some(_), bytes) => {
                let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(malformed)?;
                match i64::from_le_bytes(*length) {
                    -1 => rest.len() as u64,
                    length => u64::try_from(length).map_err(|_| malformed())?,
                }
            }
        };
        decoded = decoded.saturating_add(grown);
    }
    if decoded > DECODED.max((body.len() as u64).saturating_mul(GROWTH)) {
        return Err(bomb("the buffers of a record batch are too large"));
    }
    // Buffers that share their bytes are as good as a compression without bounds.
    if compression.is_none() && decoded > body.len() as u64 {
        return Err(malformed());
    }
    let most = VALUES.max(decoded.saturating_mul(8));
    let rows = u64::try_from(batch.length()).map_err(|_| malformed())?;
    for node in batch.nodes().into_iter().flatten() {
        let (values, nulls) = (u64::try_from(node.length()), u64::try_from(node.null_count()));
        let (Ok(values), Ok(nulls)) = (values, nulls) else { return Err(malformed()) };
        if nulls > values {
            return Err(malformed());
        }
        if values > most {
            return Err(bomb("a record batch has too many values"));
        }
    }
    if rows > most { Err(bomb("a record batch has too many rows")) } else { Ok(compression) }
}

fn inside(offset: i64, length: i64, body: usize) -> Option<Range<usize>> {
    let start = usize::try_from(offset).ok()?;
    let end = start.checked_add(usize::try_from(length).ok()?)?;
    (end <= body).then_some(start..end)
}

pub(super) fn bomb(what: &str) -> Error {
    Error::data(format!("{what} for what they take up in the file"))
        .with_help("this looks like a decompression bomb; if it is none, export the table in smaller record batches")
}
