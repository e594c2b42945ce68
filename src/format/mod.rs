//! Bytes to record batches and back, one folder a format.
//!
//! Reading happens in two steps, and so does writing. A [`Reader`] cuts its file, in order, into [`Block`]s; a block
//! decodes itself on any thread. An [`Encoder`] encodes what was made of a block on any thread; a [`Writer`] puts the
//! encoded blocks into the file, in order. Only readers and writers touch files.

mod csv;
mod digest;
mod parquet;

use std::fmt;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;

use crate::error::{Place, Result};
use crate::rules::{Delivery, Output, Plan, Table};

use csv::{csv_encoder, csv_head, csv_writer};
use parquet::{parquet_target, typed_target};

pub use csv::{CsvSource, sniff};
pub use digest::{Digest, DigestReader, DigestWriter};
pub use parquet::{EncodedRowGroup, Notes, ParquetSource, RowGroup, panics_are_told};

/// The formats there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, RFC 4180, in the dialect that the rules declare.
    Csv,
    /// Apache Parquet.
    Parquet,
}

impl Format {
    /// Every format, with the endings of its files' names.
    pub const ALL: &[(Self, &[&str])] = &[(Self::Csv, &["csv"]), (Self::Parquet, &["parquet", "pq"])];

    /// The format of a file by the ending of its name.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map(|(format, _)| *format)
    }

    /// The ending that files of this format are given.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Csv => "CSV",
            Self::Parquet => "Parquet",
        })
    }
}

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
    /// The column chunks of a Parquet row group.
    RowGroup(Arc<RowGroup>),
}

impl Decoded {
    /// Where a row of the batch stands, counted from the start of the batch.
    pub fn place(&self, row: usize) -> Place {
        match &self.carried {
            Carried::Nothing | Carried::RowGroup(_) => Place { record: Some(row as u64 + 1), ..Place::default() },
            Carried::Csv(fields) => fields.place(row),
        }
    }

    /// The lines of the input that the batch takes up; 0 in formats without lines.
    pub fn lines(&self) -> u64 {
        match &self.carried {
            Carried::Nothing | Carried::RowGroup(_) => 0,
            Carried::Csv(fields) => fields.lines(),
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
}

/// Puts encoded blocks into a file, in order, on one thread.
pub trait Writer: Send {
    /// Writes the next block.
    ///
    /// # Errors
    /// The file can't be written.
    fn write(&mut self, block: Encoded) -> Result<()>;

    /// Writes what ends the file, and gives its length and digest.
    ///
    /// # Errors
    /// The file can't be written.
    fn finish(self: Box<Self>) -> Result<Digest>;
}

/// A file opened far enough to know its schema.
pub enum Source {
    /// A CSV file.
    Csv(CsvSource),
    /// A Parquet file.
    Parquet(ParquetSource),
}

impl Source {
    /// Opens a file of a table.
    ///
    /// # Errors
    /// The file can't be read, or is not what its format says.
    pub fn open(path: &Path, format: Format, table: &Table) -> Result<Self> {
        match format {
            Format::Csv => {
                let mut source = CsvSource::open(path, &table.csv)?;
                if table.infer {
                    source.infer_types()?;
                }
                Ok(Self::Csv(source))
            }
            Format::Parquet => Ok(Self::Parquet(ParquetSource::open(path)?)),
        }
    }

    /// The columns of the file. Text has the type Utf8View.
    pub fn schema(&self) -> &SchemaRef {
        match self {
            Self::Csv(source) => source.schema(),
            Self::Parquet(source) => source.schema(),
        }
    }

    /// How many rows the file has, where it says so without being read.
    pub fn rows(&self) -> Option<u64> {
        match self {
            Self::Csv(_) => None,
            Self::Parquet(source) => Some(source.rows()),
        }
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        match self {
            Self::Csv(_) => Format::Csv,
            Self::Parquet(_) => Format::Parquet,
        }
    }

    /// What a plan for this file may leave to the reader and the writer, if the output has the format `to`.
    pub fn delivery(&self, to: Format) -> Delivery {
        if self.format() == to { Delivery::Verbatim } else { Delivery::Decoded }
    }

    /// Makes what encodes and what writes the output of a plan for this file into `file`; `path` is what messages call
    /// it.
    ///
    /// # Errors
    /// The output's schema has no form in the format, or the file can't be written.
    pub fn target<W: Write + Send + 'static>(
        &self,
        to: Format,
        plan: &Plan,
        table: &Table,
        file: W,
        path: &Path,
    ) -> Result<(Box<dyn Encoder>, Box<dyn Writer>)> {
        match (self, to) {
            (Self::Csv(source), Format::Csv) => {
                Ok((csv_encoder(&table.csv, plan)?, csv_writer(file, path, &source.head(plan)?)?))
            }
            (Self::Csv(source), Format::Parquet) => typed_target(plan, table, source.inferred(), file, path),
            (Self::Parquet(source), Format::Csv) => {
                source.split_groups();
                Ok((csv_encoder(&table.csv, plan)?, csv_writer(file, path, &csv_head(&table.csv, plan)?)?))
            }
            (Self::Parquet(source), Format::Parquet) => parquet_target(source, plan, file, path),
        }
    }

    /// Starts reading what the plan wants, in blocks of about `block_size` bytes where the format leaves that open.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read(self, plan: &Plan, block_size: usize) -> Result<Box<dyn Reader>> {
        self.read_what(&Reading::of(plan), block_size)
    }

    /// Starts reading every column, decoded and for nobody to write again, in blocks of about `block_size` bytes or of
    /// a part of a row group. `counts_rows` says whether blocks must know their first row.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read_all(self, block_size: usize, counts_rows: bool) -> Result<Box<dyn Reader>> {
        let wanted = (0..self.schema().fields().len()).collect();
        self.read_columns(wanted, block_size, counts_rows)
    }

    /// The same for some columns, which are `wanted`, ascending.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read_columns(self, wanted: Vec<usize>, block_size: usize, counts_rows: bool) -> Result<Box<dyn Reader>> {
        if let Self::Parquet(source) = &self {
            source.split_groups();
        }
        self.read_what(&Reading { wanted, carried: Vec::new(), counts_rows }, block_size)
    }

    fn read_what(self, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>> {
        match self {
            Self::Csv(source) => Ok(source.read(reading, block_size)),
            Self::Parquet(source) => source.read(reading),
        }
    }
}

/// What of a file is read.
struct Reading {
    /// The columns that are decoded, ascending.
    wanted: Vec<usize>,
    /// The columns that are carried past in their encoded form.
    carried: Vec<usize>,
    /// Whether blocks must know their first row.
    counts_rows: bool,
}

impl Reading {
    fn of(plan: &Plan) -> Self {
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
