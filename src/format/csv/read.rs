use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::buffer::Buffer;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use super::cut::{Cutter, HEAD};
use super::fields::place_of;
use super::{Dialect, Fields};
use crate::error::{Error, Result};
use crate::format::parquet::{SAMPLE, infer};
use crate::format::{Batches, Block, Carried, Decoded, Digest, Format, Reader, Reading, Stream};
use crate::rules::{CsvOptions, Encoding, Plan};
use crate::unchecked::Utf8Buffer;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A CSV file whose header has been read.
pub struct CsvSource {
    cutter: Cutter,
    dialect: Dialect,
    columns: Arc<[String]>,
    schema: SchemaRef,
    /// The header as it stands in the file, its line end included; empty if there is none.
    header: Vec<u8>,
    has_mark: bool,
    format: Format,
    /// The encoding of what is written.
    output_encoding: Encoding,
    /// The types that the columns of a sample have, where that was asked for.
    inferred: Vec<Option<DataType>>,
}

impl CsvSource {
    /// Opens a CSV file and reads its header.
    ///
    /// # Errors
    /// The file can't be read, is empty where a header was to be, or its header is not CSV.
    pub fn open(input: Stream, options: &CsvOptions) -> Result<Self> {
        let dialect = Dialect::from(options);
        let path = input.path().to_path_buf();
        let mut cutter = Cutter::new(input, dialect.clone());
        cutter.fill(HEAD)?;
        let mark = if cutter.bytes().starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        cutter.skip(mark);
        let in_file = |error: Error| error.in_file(&path);
        let (header, columns) = if options.header {
            let start = cutter.start();
            let record = cutter.first_record()?;
            if record.trim_ascii().is_empty() {
                return Err(in_file(Error::data("the file has no header").with_help(
                    "an export without rows still names its columns; for files without header say `csv = { header = false, columns = […] }`",
                )));
            }
            let text = checked(record.clone(), start).map_err(in_file)?;
            (record, names(text, &dialect, start).map_err(in_file)?)
        } else {
            (Vec::new(), headless(&mut cutter, options, &dialect).map_err(in_file)?)
        };
        let schema = columns.iter().map(|name| Field::new(name, DataType::Utf8View, true)).collect::<Vec<_>>();
        Ok(Self {
            output_encoding: options.output_encoding.unwrap_or(cutter.encoding()),
            cutter,
            dialect,
            columns: columns.into(),
            schema: Arc::new(Schema::new(schema)),
            header,
            has_mark: mark > 0,
            format: Format::Csv,
            inferred: Vec::new(),
        })
    }

    /// Notes which of the formats that are CSV in a dialect of their own it is.
    pub(in crate::format) fn of_format(self, format: Format) -> Self {
        Self { format, ..self }
    }

    /// Which of the formats it is that are CSV in a dialect of their own.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The encodings of the file and of what is written in its place.
    pub fn encodings(&self) -> (Encoding, Encoding) {
        (self.cutter.encoding(), self.output_encoding)
    }

    /// Whether fields can be carried over as they are: those of the file have a form in the encoding of the output.
    pub fn is_carried(&self) -> bool {
        let (from, to) = self.encodings();
        from == to || to.is_unicode()
    }

    /// The byte order mark of an output in this encoding that has another dialect: nothing but the mark says that it is
    /// UTF-16, if the file had one.
    pub fn mark(&self, encoding: Encoding) -> &'static [u8] {
        let is_marked = self.has_mark && matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
        if is_marked { BYTE_ORDER_MARK } else { &[] }
    }

    /// What stands before the first record of the output: the byte order mark, and the header of the columns that are
    /// left, each as it stands in the file.
    pub fn head(&self, plan: &Plan) -> Result<Vec<u8>> {
        let mut head = if self.has_mark { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
        if self.header.is_empty() {
            return Ok(head);
        }
        let fields = Fields::find(checked(self.header.clone(), None)?, &self.columns, &self.dialect, None)?;
        for (place, field) in plan.output_schema().fields().iter().enumerate() {
            let column = self.columns.iter().position(|name| name == field.name());
            let column = column.ok_or_else(|| Error::internal("the output has a column that the source has not"))?;
            if place > 0 {
                head.push(self.dialect.delimiter);
            }
            head.extend_from_slice(&fields.bytes()[fields.range(0, column)]);
        }
        head.extend_from_slice(if fields.line_end(0).is_empty() { b"\n" } else { fields.line_end(0) });
        Ok(head)
    }
}

impl CsvSource {
    /// Finds out which types the columns of the first records have. A sample that is no CSV has none: reading it will
    /// tell.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn infer_types(&mut self) -> Result<()> {
        let start = self.cutter.start();
        let sample = self.cutter.peek_records(SAMPLE)?;
        let fields = checked(sample, start).and_then(|text| Fields::find(text, &self.columns, &self.dialect, start));
        self.inferred = match fields {
            Ok(fields) => (0..self.columns.len()).map(|column| infer(&fields.column(column))).collect(),
            Err(_) => Vec::new(),
        };
        Ok(())
    }

    /// The types that the columns of a sample have, by column; empty where there was none.
    pub fn inferred(&self) -> &[Option<DataType>] {
        &self.inferred
    }
}

/// The names in a header.
fn names(text: Utf8Buffer, dialect: &Dialect, start: Option<u64>) -> Result<Vec<String>> {
    let separators = super::scan::scan(text.bytes(), dialect);
    let columns = separators.map_or(1, |found| found.places.len() + 1 - found.records);
    let placeholders = vec![String::new(); columns];
    let fields = Fields::find(text, &placeholders, dialect, start)?;
    let name =
        |column| String::from_utf8_lossy(&dialect.unquote(&fields.bytes()[fields.range(0, column)])).into_owned();
    Ok((0..columns).map(name).collect())
}

/// The names of the columns of a file without header: those declared, of which there must be as many as fields.
fn headless(cutter: &mut Cutter, options: &CsvOptions, dialect: &Dialect) -> Result<Vec<String>> {
    if !options.columns.is_empty() {
        return Ok(options.columns.clone());
    }
    let record = cutter.peek_record()?;
    if record.is_empty() {
        let message = "the file is empty and has no header: nothing says its columns";
        return Err(Error::data(message).with_help("name them: `csv = { header = false, columns = […] }`"));
    }
    let fields = names(checked(record, cutter.start())?, dialect, cutter.start())?.len();
    Ok((1..=fields).map(|column| format!("column_{column}")).collect())
}

/// Bytes that must be UTF-8, or the place where they are not.
fn checked(bytes: Vec<u8>, start: Option<u64>) -> Result<Utf8Buffer> {
    let bytes = Buffer::from_vec(bytes);
    Utf8Buffer::new(bytes.clone()).map_err(|at| {
        Error::data("the file is not UTF-8").at(place_of(&bytes, at, start, None)).with_help(
            "if it is in another encoding, name it: `csv = { encoding = \"windows-1252\" }` in the table of the rules, or \
             `--encoding` where there are none",
        )
    })
}

impl CsvSource {
    /// The columns of the file, all text.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Starts reading, in blocks of about `block_size` bytes.
    pub(in crate::format) fn read(self, reading: &Reading, block_size: usize) -> Box<dyn Reader> {
        let wanted = reading.wanted.iter().map(|column| Arc::clone(&self.schema.fields()[*column])).collect::<Vec<_>>();
        Box::new(CsvReader {
            block_size,
            rows: reading.counts_rows.then_some(0),
            lines: memchr::memchr_iter(b'\n', &self.header).count() as u64,
            shared: Arc::new(Shared {
                dialect: self.dialect,
                columns: self.columns,
                wanted: reading.wanted.clone(),
                schema: Arc::new(Schema::new(wanted)),
            }),
            cutter: self.cutter,
        })
    }
}

/// What all blocks of a file need to decode themselves.
struct Shared {
    dialect: Dialect,
    columns: Arc<[String]>,
    wanted: Vec<usize>,
    schema: SchemaRef,
}

/// Cuts a CSV file into runs of records.
struct CsvReader {
    cutter: Cutter,
    block_size: usize,
    /// The rows before the next block, if they are counted.
    rows: Option<u64>,
    /// The lines of the header.
    lines: u64,
    shared: Arc<Shared>,
}

impl Reader for CsvReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        let start = self.cutter.start();
        let Some(bytes) = self.cutter.next(self.block_size)? else { return Ok(None) };
        let first_row = self.rows;
        if let Some(rows) = &mut self.rows {
            *rows += count_records(&bytes, &self.shared.dialect);
        }
        Ok(Some(Box::new(CsvBlock { bytes, start, first_row, shared: Arc::clone(&self.shared) })))
    }

    fn lines_before(&self) -> u64 {
        self.lines
    }

    fn position(&self) -> u64 {
        self.cutter.position()
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.cutter.finish()
    }
}

/// How many records a run has. A run that is not CSV is told as such when it is decoded.
fn count_records(bytes: &[u8], dialect: &Dialect) -> u64 {
    let unterminated = u64::from(bytes.last().is_some_and(|byte| *byte != b'\n'));
    super::scan::scan(bytes, dialect).map_or(0, |found| found.records as u64 + unterminated)
}

/// A run of whole records.
struct CsvBlock {
    bytes: Vec<u8>,
    start: Option<u64>,
    first_row: Option<u64>,
    shared: Arc<Shared>,
}

impl Block for CsvBlock {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn first_row(&self) -> Option<u64> {
        self.first_row
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let shared = &self.shared;
        let text = checked(self.bytes, self.start)?;
        let fields = Fields::find(text, &shared.columns, &shared.dialect, self.start)?;
        let columns: Vec<ArrayRef> =
            shared.wanted.iter().map(|column| Arc::new(fields.column(*column)) as ArrayRef).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(fields.records()));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&shared.schema), columns, &options)
            .map_err(|_| Error::internal("the columns of a CSV block do not fit together"))?;
        Ok(Box::new(std::iter::once(Ok(Decoded { batch, carried: Carried::Csv(Arc::new(fields)) }))))
    }
}
