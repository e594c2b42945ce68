//! Bytes to record batches and back, one folder a format.
//!
//! Reading happens in two steps, and so does writing. A [`Reader`] cuts its file, in order, into [`Block`]s; a block
//! decodes itself on any thread. An [`Encoder`] encodes what was made of a block on any thread; a [`Writer`] puts the
//! encoded blocks into the file, in order. Only readers and writers touch files.

#[cfg(feature = "avro")]
mod avro;
mod bytes;
mod csv;
mod digest;
pub mod dump;
mod ipc;
mod json;
mod kind;
mod parquet;
mod pending;
mod rows;
#[cfg(test)]
mod runs;
mod source;
mod stream;
mod target;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::sync::Arc;

use arrow::array::RecordBatch;

use crate::error::{Place, Result};
use crate::rules::{Output, Plan};

#[cfg(feature = "avro")]
pub use avro::AvroSource;
pub use bytes::bytes_writer;
pub use csv::{CsvSource, sniff};
pub use digest::{Digest, DigestReader, DigestWriter};
pub use ipc::IpcSource;
pub use json::{JsonSource, Lines};
pub use kind::Format;
pub use parquet::{EncodedRowGroup, Notes, ParquetSource, RowGroup, panics_are_told};
pub use source::Source;
pub use stream::{Compression, STANDARD, Stream, is_standard};
pub use target::Encodings;
#[cfg(feature = "xlsx")]
pub use xlsx::XlsxSource;

/// Reads one file as blocks, in order, on one thread.
pub trait Reader: Send {
    /// The next block, or none at the end of the file.
    ///
    /// # Errors
    /// The file can't be read, or is not what its format says.
    fn next(&mut self) -> Result<Option<Box<dyn Block>>>;

    /// The lines of the file before its first block: those of a header.
    fn lines_before(&self) -> u64 {
        0
    }

    /// The bytes read so far.
    fn position(&self) -> u64;

    /// The length and digest of the file, all of which has been read.
    ///
    /// # Errors
    /// The rest of the file can't be read.
    fn finish(self: Box<Self>) -> Result<Digest>;
}

/// A piece of a file that can be worked on alone.
pub trait Block: Send {
    /// The bytes of memory that it takes up before it is decoded.
    fn size(&self) -> usize;

    /// The number of its first row in its file, from 0, where the reader was asked to count.
    fn first_row(&self) -> Option<u64>;

    /// Decodes the block, on any thread. Rows come in one or several batches.
    ///
    /// # Errors
    /// The block is not what its format says. Records and lines in the error's place count from the block's start.
    fn decode(self: Box<Self>) -> Result<Batches>;
}

/// The batches of one block.
pub type Batches = Box<dyn Iterator<Item = Result<Decoded>>>;

/// A batch as decoded: the columns that the plan wants, and what carries the others past it.
pub struct Decoded {
    /// The columns that were wanted.
    pub batch: RecordBatch,
    /// What only an encoder of the same format understands.
    pub carried: Carried,
}

/// Columns in their encoded form, on their way past the plan.
pub enum Carried {
    /// None.
    Nothing,
    /// The fields of a run of CSV records.
    Csv(Arc<csv::Fields>),
    /// A run of JSON objects.
    Json(Arc<json::Lines>),
    /// The column chunks of a Parquet row group.
    RowGroup(Arc<RowGroup>),
    /// The values of rows of a dump of MySQL or MariaDB.
    MySql(Arc<dump::MySqlRows>),
    /// The rows of a dump of PostgreSQL.
    Postgres(Arc<dump::PostgresRows>),
}

impl Decoded {
    /// Where a row of the batch stands, counted from the start of the batch.
    pub fn place(&self, row: usize) -> Place {
        match &self.carried {
            Carried::Nothing | Carried::RowGroup(_) => Place { record: Some(row as u64 + 1), ..Place::default() },
            Carried::Csv(fields) => fields.place(row),
            Carried::MySql(rows) => rows.place(row),
            Carried::Postgres(rows) => rows.place(row),
            Carried::Json(lines) => lines.place(row),
        }
    }

    /// The lines of the input that the batch takes up; 0 in formats without lines.
    pub fn lines(&self) -> u64 {
        match &self.carried {
            Carried::Nothing | Carried::RowGroup(_) => 0,
            Carried::Csv(fields) => fields.lines(),
            Carried::MySql(rows) => rows.lines(),
            Carried::Postgres(rows) => rows.lines(),
            Carried::Json(lines) => lines.lines(),
        }
    }
}

/// Encodes blocks for one file, on any thread.
pub trait Encoder: Send + Sync {
    /// Starts a block.
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>>;
}

/// A block being encoded.
pub trait BlockEncoder {
    /// Adds a batch: what was decoded, and the columns that the plan made of it.
    ///
    /// # Errors
    /// A value can't be written in this format.
    fn push(&mut self, decoded: &Decoded, made: &RecordBatch) -> Result<()>;

    /// Ends the block.
    ///
    /// # Errors
    /// The block can't be encoded.
    fn finish(self: Box<Self>) -> Result<Encoded>;
}

/// A block as encoded.
pub enum Encoded {
    /// Bytes that follow those of the block before.
    Bytes(Vec<u8>),
    /// A Parquet row group.
    RowGroup(EncodedRowGroup),
    /// Rows that the writer cuts into row groups of its own.
    Batches(Vec<RecordBatch>),
    /// The start of a file with this name in a folder, to which the bytes that follow belong.
    File(String),
}

impl Default for Encoded {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

/// Puts encoded blocks into a file, in order, on one thread.
pub trait Writer: Send {
    /// Writes the next block.
    ///
    /// # Errors
    /// The file can't be written.
    fn write(&mut self, block: Encoded) -> Result<()>;

    /// Whether writing a block is more than putting it down, so that it is for the pool of threads to do.
    fn works_on(&self, block: &Encoded) -> bool {
        matches!(block, Encoded::Batches(_))
    }

    /// Writes what ends the file, and gives its length and digest.
    ///
    /// # Errors
    /// The file can't be written.
    fn finish(self: Box<Self>) -> Result<Digest>;
}

/// What of a table is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The columns that are decoded, ascending.
    pub wanted: Vec<usize>,
    /// The columns that are carried past in their encoded form, in the order of the output.
    pub carried: Vec<usize>,
    /// Whether blocks must know their first row.
    pub counts_rows: bool,
}

impl Reading {
    /// All of so many columns, for nobody to write again.
    pub fn all(columns: usize, counts_rows: bool) -> Self {
        Self { wanted: (0..columns).collect(), carried: Vec::new(), counts_rows }
    }

    /// What a plan wants.
    pub fn of(plan: &Plan) -> Self {
        let verbatim = |output: &Output| match output {
            Output::Verbatim(column) => Some(*column),
            Output::Computed(_) => None,
        };
        Self {
            wanted: plan.wanted().to_vec(),
            carried: plan.outputs().iter().filter_map(verbatim).collect(),
            counts_rows: plan.needs_row_numbers(),
        }
    }
}
