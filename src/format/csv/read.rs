use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::buffer::Buffer;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use super::fields::place_of;
use super::{Dialect, Fields};
use crate::error::{Error, Place, Result};
use crate::format::{Batches, Block, Carried, Decoded, Digest, DigestReader, Reader};
use crate::rules::{CsvOptions, Plan};
use crate::unchecked::Utf8Buffer;

/// The largest record, in bytes: a quote that is never closed would otherwise fill the memory.
const LARGEST_RECORD: usize = 64 << 20;

/// How much is read for the header at first.
const HEAD: usize = 64 << 10;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A CSV file whose header has been read.
pub struct CsvSource {
    path: PathBuf,
    cutter: Cutter,
    dialect: Dialect,
    columns: Arc<[String]>,
    schema: SchemaRef,
    /// The header as it stands in the file, its line end included; empty if there is none.
    header: Vec<u8>,
    has_mark: bool,
}

impl CsvSource {
    /// Opens a CSV file and reads its header.
    ///
    /// # Errors
    /// The file can't be read, is empty where a header was to be, or its header is not CSV.
    pub fn open(path: &Path, options: &CsvOptions) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::io("open the file", path, &error))?;
        let dialect = Dialect::from(options);
        let mut cutter = Cutter::new(file, path, dialect.quote);
        cutter.fill(HEAD)?;
        let mark = if cutter.bytes().starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        cutter.skip(mark);
        let in_file = |error: Error| error.in_file(path);
        let (header, columns) = if options.header {
            let record = cutter.first_record()?;
            if record.trim_ascii().is_empty() {
                return Err(in_file(Error::data("the file has no header").with_help(
                    "an export without rows still names its columns; for files without header say `csv = { header = false, columns = […] }`",
                )));
            }
            let text = checked(record.clone(), mark as u64).map_err(in_file)?;
            (record, names(text, &dialect, mark as u64).map_err(in_file)?)
        } else {
            (Vec::new(), headless(&mut cutter, options, &dialect).map_err(in_file)?)
        };
        let schema = columns.iter().map(|name| Field::new(name, DataType::Utf8View, true)).collect::<Vec<_>>();
        Ok(Self {
            path: path.to_path_buf(),
            cutter,
            dialect,
            columns: columns.into(),
            schema: Arc::new(Schema::new(schema)),
            header,
            has_mark: mark > 0,
        })
    }

    /// What stands before the first record of the output: the byte order mark, and the header of the columns that are
    /// left, each as it stands in the file.
    pub fn head(&self, plan: &Plan) -> Result<Vec<u8>> {
        let mut head = if self.has_mark { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
        if self.header.is_empty() {
            return Ok(head);
        }
        let fields = Fields::find(checked(self.header.clone(), 0)?, &self.columns, &self.dialect, 0)?;
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

/// The names in a header.
fn names(text: Utf8Buffer, dialect: &Dialect, start: u64) -> Result<Vec<String>> {
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
    let fields = names(checked(record, 0)?, dialect, 0)?.len();
    Ok((1..=fields).map(|column| format!("column_{column}")).collect())
}

/// Bytes that must be UTF-8, or the place where they are not.
fn checked(bytes: Vec<u8>, start: u64) -> Result<Utf8Buffer> {
    let bytes = Buffer::from_vec(bytes);
    Utf8Buffer::new(bytes.clone()).map_err(|at| {
        Error::data("the file is not UTF-8").at(place_of(&bytes, at, start, None)).with_help("export it as UTF-8")
    })
}

impl CsvSource {
    /// The columns of the file, all text.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Starts reading what the plan wants, in blocks of about `block_size` bytes.
    pub fn read(self, plan: &Plan, block_size: usize) -> Box<dyn Reader> {
        let wanted = plan.wanted().iter().map(|column| Arc::clone(&self.schema.fields()[*column])).collect::<Vec<_>>();
        Box::new(CsvReader {
            path: self.path,
            block_size,
            rows: plan.needs_row_numbers().then_some(0),
            lines: memchr::memchr_iter(b'\n', &self.header).count() as u64,
            shared: Arc::new(Shared {
                dialect: self.dialect,
                columns: self.columns,
                wanted: plan.wanted().to_vec(),
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
    path: PathBuf,
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
        let start = self.cutter.start;
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
        self.cutter.input.position()
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.cutter.input.finish().map_err(|error| Error::io("read the file", &self.path, &error))
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
    start: u64,
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

/// Cuts a stream of bytes at the ends of records, knowing nothing of them but quotes and line feeds.
struct Cutter {
    path: PathBuf,
    input: DigestReader<File>,
    quote: Option<u8>,
    /// What was read and not yet given out.
    pending: Vec<u8>,
    /// The place of the pending bytes in the file.
    start: u64,
    at_end: bool,
}

impl Cutter {
    fn new(file: File, path: &Path, quote: Option<u8>) -> Self {
        Self {
            path: path.to_path_buf(),
            input: DigestReader::new(file),
            quote,
            pending: Vec::new(),
            start: 0,
            at_end: false,
        }
    }

    fn bytes(&self) -> &[u8] {
        &self.pending
    }

    fn skip(&mut self, bytes: usize) {
        self.pending.drain(..bytes);
        self.start += bytes as u64;
    }

    /// Reads until `size` bytes are pending, or the file ends.
    fn fill(&mut self, size: usize) -> Result<()> {
        let mut length = self.pending.len();
        if self.at_end || length >= size {
            return Ok(());
        }
        self.pending.resize(size, 0);
        while length < size {
            match self.input.read(&mut self.pending[length..]) {
                Ok(0) => {
                    self.at_end = true;
                    break;
                }
                Ok(read) => length += read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::io("read the file", &self.path, &error)),
            }
        }
        self.pending.truncate(length);
        Ok(())
    }

    /// Takes the next run of whole records, of about `size` bytes; none at the end of the file.
    fn next(&mut self, size: usize) -> Result<Option<Vec<u8>>> {
        let mut size = size.max(1);
        loop {
            self.fill(size)?;
            if self.at_end {
                let rest = std::mem::take(&mut self.pending);
                self.start += rest.len() as u64;
                return Ok((!rest.is_empty()).then_some(rest));
            }
            if let Some(end) = last_end(&self.pending, self.quote) {
                let rest = self.pending[end..].to_vec();
                let mut run = std::mem::replace(&mut self.pending, rest);
                run.truncate(end);
                self.start += end as u64;
                return Ok(Some(run));
            }
            if size > LARGEST_RECORD {
                return Err(self.too_large());
            }
            size *= 2;
        }
    }

    /// Takes the first record, its line end included.
    fn first_record(&mut self) -> Result<Vec<u8>> {
        let record = self.peek_record()?;
        self.skip(record.len());
        Ok(record)
    }

    fn peek_record(&mut self) -> Result<Vec<u8>> {
        let mut size = HEAD;
        loop {
            self.fill(size)?;
            if let Some(end) = first_end(&self.pending, self.quote) {
                return Ok(self.pending[..end].to_vec());
            }
            if self.at_end {
                return Ok(self.pending.clone());
            }
            if size > LARGEST_RECORD {
                return Err(self.too_large());
            }
            size *= 2;
        }
    }

    fn too_large(&self) -> Error {
        Error::data(format!("a record is larger than {} MiB", LARGEST_RECORD >> 20))
            .in_file(&self.path)
            .at(Place { byte: Some(self.start), ..Place::default() })
            .with_help("most likely a quote is opened here and never closed")
    }
}

/// The end of the last record that ends in `bytes`, which start at the start of one.
fn last_end(bytes: &[u8], quote: Option<u8>) -> Option<usize> {
    let Some(quote) = quote else { return memchr::memrchr(b'\n', bytes).map(|place| place + 1) };
    let mut outside = memchr::memchr_iter(quote, bytes).count() % 2 == 0;
    for place in memchr::memrchr2_iter(b'\n', quote, bytes) {
        if bytes[place] == quote {
            outside = !outside;
        } else if outside {
            return Some(place + 1);
        }
    }
    None
}

/// The end of the first record in `bytes`, if it ends there.
fn first_end(bytes: &[u8], quote: Option<u8>) -> Option<usize> {
    let Some(quote) = quote else { return memchr::memchr(b'\n', bytes).map(|place| place + 1) };
    let mut outside = true;
    for place in memchr::memchr2_iter(b'\n', quote, bytes) {
        if bytes[place] == quote {
            outside = !outside;
        } else if outside {
            return Some(place + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_where_records_end() {
        for (bytes, last, first) in [
            ("a\nb\nc", Some(4), Some(2)),
            ("\"a\nb\"\nc", Some(6), Some(6)),
            ("\"a\nb", None, None),
            ("abc", None, None),
            ("x,\"a\"\"\n\"\ny\n\"z\n", Some(11), Some(9)),
        ] {
            assert_eq!(last_end(bytes.as_bytes(), Some(b'"')), last, "{bytes:?}");
            assert_eq!(first_end(bytes.as_bytes(), Some(b'"')), first, "{bytes:?}");
        }
        assert_eq!(last_end(b"\"a\nb", None), Some(3));
    }
}
