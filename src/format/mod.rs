//! Bytes to record batches and back, one folder a format.
//!
//! Reading happens in two steps, and so does writing. A [`Reader`] cuts its file, in order, into [`Block`]s; a block
//! decodes itself on any thread. An [`Encoder`] encodes what was made of a block on any thread; a [`Writer`] puts the
//! encoded blocks into the file, in order. Only readers and writers touch files.

mod bytes;
mod csv;
mod digest;
pub mod dump;
mod ipc;
mod json;
mod parquet;
mod pending;
mod rows;
#[cfg(test)]
mod runs;
mod stream;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::fmt;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use crate::error::{Error, ErrorKind, Place, Result};
use crate::rules::{CsvOptions, Delivery, Encoding, Output, Plan, Table};

use csv::{csv_encoder, csv_head};
use dump::Dump;
use ipc::{ipc_target, ipc_writer};
use json::{json_encoder, json_writer};
use parquet::{parquet_target, rows_writer, typed_encoder, typed_schema};
use rows::RowsEncoder;
use stream::{must_be_plain, text_target};
#[cfg(feature = "xlsx")]
use xlsx::xlsx_writer;

pub use bytes::bytes_writer;
pub use csv::{CsvSource, sniff};
pub use digest::{Digest, DigestReader, DigestWriter};
pub use ipc::IpcSource;
pub use json::{JsonSource, Lines};
pub use parquet::{EncodedRowGroup, Notes, ParquetSource, RowGroup, panics_are_told};
pub use stream::{Compression, STANDARD, Stream, is_standard};
#[cfg(feature = "xlsx")]
pub use xlsx::XlsxSource;

/// The formats there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, RFC 4180, in the dialect that the rules declare.
    Csv,
    /// The same with a tab between fields.
    Tsv,
    /// The same with a `|` between fields.
    Psv,
    /// Apache Parquet.
    Parquet,
    /// JSON lines: an object a line.
    JsonLines,
    /// JSON: a list of objects, or objects that follow each other.
    Json,
    /// Arrow IPC, the file format: Feather version 2.
    Arrow,
    /// Arrow IPC, the stream format.
    ArrowStream,
    /// An Excel workbook of one sheet.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// A dump of a database, in SQL.
    Dump,
    /// A dump of PostgreSQL that is a folder. No ending says that: what is in it does.
    DumpFolder,
}

impl Format {
    /// Every format, with the endings of its files' names.
    pub const ALL: &[(Self, &[&str])] = &[
        (Self::Csv, &["csv"]),
        (Self::Tsv, &["tsv", "tab"]),
        (Self::Psv, &["psv"]),
        (Self::Parquet, &["parquet", "pq"]),
        (Self::JsonLines, &["jsonl", "ndjson"]),
        (Self::Json, &["json"]),
        (Self::Arrow, &["arrow", "feather", "ipc"]),
        (Self::ArrowStream, &["arrows"]),
        #[cfg(feature = "xlsx")]
        (Self::Xlsx, &["xlsx"]),
        (Self::Dump, &["sql"]),
    ];

    /// The format of a file by the ending of its name, or by what stands before an ending that says how it is compressed.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = Compression::off(path).extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map(|(format, _)| *format)
    }

    /// The format of what stands at a path: by its name, or by what is in it where that is a folder, or the name says
    /// nothing of an archive that is a dump.
    pub fn at(path: &Path) -> Option<Self> {
        match path.is_dir() {
            true => dump::Archive::at(path).map(|_| Self::DumpFolder),
            false => Self::of(path).or_else(|| dump::Archive::at(path).map(|_| Self::Dump)),
        }
    }

    /// Whether it is a dump, which has many tables.
    pub fn is_dump(self) -> bool {
        matches!(self, Self::Dump | Self::DumpFolder)
    }

    /// Whether files of this format are read and written from their start to their end, so that they may be compressed
    /// as a whole.
    pub fn is_stream(self) -> bool {
        match self {
            Self::Csv | Self::Tsv | Self::Psv | Self::JsonLines | Self::Json | Self::ArrowStream | Self::Dump => true,
            Self::Parquet | Self::Arrow | Self::DumpFolder => false,
            #[cfg(feature = "xlsx")]
            Self::Xlsx => false,
        }
    }

    /// The ending that files of this format are given.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Psv => "psv",
            Self::Parquet => "parquet",
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Arrow => "arrow",
            Self::ArrowStream => "arrows",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "xlsx",
            Self::Dump => "sql",
            Self::DumpFolder => "dir",
        }
    }

    /// The byte between fields, in formats that are CSV in one dialect or another; rules may declare another.
    pub fn delimiter(self) -> Option<u8> {
        match self {
            Self::Csv => Some(b','),
            Self::Tsv => Some(b'\t'),
            Self::Psv => Some(b'|'),
            _ => None,
        }
    }

    /// Whether it is CSV in one dialect or another.
    pub fn is_delimited(self) -> bool {
        self.delimiter().is_some()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Psv => "PSV",
            Self::Parquet => "Parquet",
            Self::JsonLines => "JSON lines",
            Self::Json => "JSON",
            Self::Arrow => "Arrow",
            Self::ArrowStream => "Arrow stream",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "Excel workbook",
            Self::Dump => "SQL dump",
            Self::DumpFolder => "dump in a folder",
        })
    }
}

/// The encodings of a file and of its output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Encodings {
    /// That of the file.
    pub input: Encoding,
    /// That of its output.
    pub output: Encoding,
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

/// A file opened far enough to know its schema.
pub enum Source {
    /// A CSV file.
    Csv(CsvSource),
    /// A Parquet file.
    Parquet(ParquetSource),
    /// A JSON file.
    Json(JsonSource),
    /// An Arrow file or stream, whichever of the two formats its name says.
    Ipc(IpcSource, Format),
    /// An Excel workbook.
    #[cfg(feature = "xlsx")]
    Xlsx(XlsxSource),
    /// A table of a dump, by its place among the tables.
    Member(Arc<dyn Dump>, usize),
    /// What is no row of a table in a dump: its lines, each a row of one text column.
    Rest(Arc<dyn Dump>, SchemaRef),
}

impl Source {
    /// Opens a file of a table. `csv` says how a CSV file is written, and `infers` whether its columns' types are told
    /// from a sample.
    ///
    /// # Errors
    /// The file can't be read, or is not what its format says.
    pub fn open(path: &Path, format: Format, csv: &CsvOptions, infers: bool) -> Result<Self> {
        match format {
            Format::Csv | Format::Tsv | Format::Psv => Self::from_stream(Stream::open(path)?, format, csv, infers),
            Format::Parquet => {
                must_be_plain(path, format)?;
                Ok(Self::Parquet(ParquetSource::open(path)?))
            }
            Format::JsonLines | Format::Json if !is_standard(path) => Ok(Self::Json(JsonSource::open(path, format)?)),
            Format::JsonLines | Format::Json => Self::from_stream(Stream::open(path)?, format, csv, infers),
            Format::Arrow => {
                must_be_plain(path, format)?;
                Ok(Self::Ipc(IpcSource::open(path)?, format))
            }
            Format::ArrowStream => Ok(Self::Ipc(IpcSource::open(path)?, format)),
            #[cfg(feature = "xlsx")]
            Format::Xlsx => {
                must_be_plain(path, format)?;
                Ok(Self::Xlsx(XlsxSource::open(path)?))
            }
            Format::Dump | Format::DumpFolder => Err(Error::internal("a dump was opened as if it were one table")),
        }
    }

    /// What is no row of a table in a dump.
    pub fn rest(dump: Arc<dyn Dump>) -> Self {
        Self::Rest(dump, Arc::new(Schema::new(vec![Field::new("text", DataType::Utf8View, true)])))
    }

    /// The same of an input that is read once.
    ///
    /// # Errors
    /// As of [`open`](Self::open), and [`ErrorKind::Usage`] if the format can't be read so.
    pub fn from_stream(input: Stream, format: Format, csv: &CsvOptions, infers: bool) -> Result<Self> {
        match format {
            Format::Csv | Format::Tsv | Format::Psv => {
                let input = input.declared(csv.encoding)?;
                let mut source = CsvSource::open(input, &dialect(csv, format))?.of_format(format);
                if infers {
                    source.infer_types()?;
                }
                Ok(Self::Csv(source))
            }
            Format::JsonLines | Format::Json => Ok(Self::Json(JsonSource::from_stream(input, format)?)),
            Format::Arrow | Format::ArrowStream => Ok(Self::Ipc(IpcSource::from_stream(input)?, format)),
            Format::Dump | Format::DumpFolder => Err(Error::internal("a dump was opened as if it were one table")),
            _ => Err(Error::new(ErrorKind::Usage, format!("{format} can't be read through a pipe"))
                .with_help("read it from a file")),
        }
    }

    /// The columns of the file. Text has the type Utf8View.
    pub fn schema(&self) -> &SchemaRef {
        match self {
            Self::Csv(source) => source.schema(),
            Self::Parquet(source) => source.schema(),
            Self::Json(source) => source.schema(),
            Self::Ipc(source, _) => source.schema(),
            #[cfg(feature = "xlsx")]
            Self::Xlsx(source) => source.schema(),
            Self::Member(dump, place) => &dump.tables()[*place].schema,
            Self::Rest(_, schema) => schema,
        }
    }

    /// How many rows the file has, where it says so without being read.
    pub fn rows(&self) -> Option<u64> {
        match self {
            Self::Parquet(source) => Some(source.rows()),
            Self::Csv(_) | Self::Json(_) | Self::Ipc(..) | Self::Member(..) | Self::Rest(..) => None,
            #[cfg(feature = "xlsx")]
            Self::Xlsx(source) => Some(source.rows()),
        }
    }

    /// What the file says beside its rows, in formats where it can.
    pub fn notes(&self) -> Option<Notes> {
        match self {
            Self::Parquet(source) => Some(source.notes()),
            Self::Ipc(source, _) => Some(source.notes()),
            #[cfg(feature = "xlsx")]
            Self::Xlsx(source) => Some(source.notes()),
            Self::Csv(_) | Self::Json(_) | Self::Member(..) | Self::Rest(..) => None,
        }
    }

    /// Makes columns of paths that the rules name and the file lacks, where the format leaves it to each row which
    /// columns it has.
    ///
    /// # Errors
    /// A path of the rules can't be told from one of the file.
    pub fn expect<'p>(&mut self, paths: impl Iterator<Item = &'p str>) -> Result<()> {
        match self {
            Self::Json(source) => source.expect(paths),
            _ => Ok(()),
        }
    }

    /// Whether all of the file was read to open it, so that it should not be opened twice.
    pub fn was_read(&self) -> bool {
        matches!(self, Self::Json(_))
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        match self {
            Self::Csv(source) => source.format(),
            Self::Parquet(_) => Format::Parquet,
            Self::Json(source) => source.format(),
            Self::Ipc(_, format) => *format,
            #[cfg(feature = "xlsx")]
            Self::Xlsx(_) => Format::Xlsx,
            Self::Member(..) | Self::Rest(..) => Format::Dump,
        }
    }

    /// What a plan for this file may leave to the reader and the writer, if the output has the format `to`.
    pub fn delivery(&self, to: Format) -> Delivery {
        match self {
            // What can't be written in the encoding of the output must be seen, so that it can be told where it is.
            Self::Csv(source) if !source.is_carried() => Delivery::Decoded,
            Self::Member(..) if to.is_dump() => Delivery::Verbatim,
            // Arrow files and workbooks are always written anew.
            Self::Csv(_) | Self::Parquet(_) if self.format() == to => Delivery::Verbatim,
            Self::Json(_) if matches!(to, Format::JsonLines | Format::Json) => Delivery::Verbatim,
            _ => Delivery::Decoded,
        }
    }

    /// The encodings of the file and of its output in the format `to`, each where it may be another than UTF-8.
    pub fn encodings(&self, to: Format, csv: &CsvOptions) -> Encodings {
        let (input, own) = match self {
            Self::Csv(source) => (source.encodings().0, Some(source.encodings().1)),
            Self::Json(source) => (source.encoding(), None),
            _ => (Encoding::default(), None),
        };
        let output = match own {
            _ if !to.is_delimited() => None,
            Some(own) => Some(own),
            None => csv.published().encoding,
        };
        Encodings { input, output: output.unwrap_or_default() }
    }

    /// Makes what encodes and what writes the output of a plan for this file into `file`; `path` is what messages call
    /// it, and its ending says whether it is compressed.
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
        let encoding = self.encodings(to, &table.csv).output;
        if let Self::Json(source) = self {
            source.check(plan)?;
        }
        match (to, self) {
            (_, Self::Member(..) | Self::Rest(..)) | (Format::Dump | Format::DumpFolder, _) => {
                let message = format!("{} can't be written as {to}", self.format());
                Err(Error::new(ErrorKind::Usage, message)
                    .with_help("a dump comes out as a dump, and nothing else does"))
            }
            (Format::Csv | Format::Tsv | Format::Psv, _) => {
                let options = dialect(&table.csv, to);
                let head = match self {
                    Self::Csv(source) if source.format() == to => source.head(plan)?,
                    _ => csv_head(&options, plan)?,
                };
                self.split();
                text_target(csv_encoder(&options, plan)?, head, encoding, file, path)
            }
            (Format::JsonLines | Format::Json, Self::Json(source)) => source.target(to, plan, file, path),
            (Format::JsonLines | Format::Json, _) => {
                self.split();
                let typed = match self {
                    Self::Csv(source) => Some(Arc::new(typed_schema(plan, table, source.inferred())?)),
                    _ => None,
                };
                Ok((json_encoder(to, plan, typed)?, json_writer(to, file, path)?))
            }
            (Format::Parquet, Self::Parquet(source)) => parquet_target(source, plan, file, path),
            (Format::Parquet, _) => {
                let (encoder, schema) = self.rows_of(plan, table)?;
                Ok((encoder, rows_writer(schema, file, path)?))
            }
            (Format::Arrow | Format::ArrowStream, Self::Ipc(source, format)) => {
                let is_stream = if *format == to { source.is_stream() } else { to == Format::ArrowStream };
                ipc_target(source, plan, is_stream, file, path)
            }
            (Format::Arrow | Format::ArrowStream, _) => {
                let (encoder, schema) = self.rows_of(plan, table)?;
                Ok((encoder, ipc_writer(&schema, to == Format::ArrowStream, file, path)?))
            }
            #[cfg(feature = "xlsx")]
            (Format::Xlsx, _) => {
                let (encoder, schema) = self.rows_of(plan, table)?;
                Ok((encoder, xlsx_writer(&schema, file, path)?))
            }
        }
    }

    /// What gives the output of a plan as rows of typed columns, for a writer that cuts them itself; and their schema.
    fn rows_of(&self, plan: &Plan, table: &Table) -> Result<(Box<dyn Encoder>, SchemaRef)> {
        self.split();
        match self {
            Self::Csv(source) => typed_encoder(plan, table, source.inferred()),
            Self::Json(source) => typed_encoder(plan, table, &source.inferred(plan)),
            _ if plan.output_schema().fields().is_empty() => {
                Err(Error::data("no column is left").with_help("keep or treat at least one"))
            }
            _ => Ok((Box::new(RowsEncoder), Arc::clone(plan.output_schema()))),
        }
    }

    /// Notes that the output does not keep the row groups that a source has.
    fn split(&self) {
        if let Self::Parquet(source) = self {
            source.split_groups();
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
        self.split();
        self.read_what(&Reading { wanted, carried: Vec::new(), counts_rows }, block_size)
    }

    fn read_what(self, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>> {
        match self {
            Self::Csv(source) => Ok(source.read(reading, block_size)),
            Self::Parquet(source) => source.read(reading),
            Self::Json(source) => source.read(reading, block_size),
            Self::Ipc(source, _) => source.read(reading),
            #[cfg(feature = "xlsx")]
            Self::Xlsx(source) => source.read(reading),
            Self::Member(dump, place) => dump.read_table(place, reading, block_size),
            Self::Rest(dump, _) => dump.read_rest(block_size),
        }
    }
}

/// The dialect of a table's files of a format: as declared, but for a delimiter that is left to the format.
fn dialect(options: &CsvOptions, format: Format) -> CsvOptions {
    CsvOptions { delimiter: options.delimiter.or(format.delimiter()), ..options.clone() }
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
