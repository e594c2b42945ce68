//! A dump that was read through once: its tables, and where their rows are.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{RecordBatch, StringViewArray};
use arrow::datatypes::{DataType, Field, Schema};

use super::definition::Definition;
use super::insert::Head;
use super::rewrite::check_partitions;
use super::rows::Cutter;
use super::script::{Script, Step};
use super::table::{Wanted, dump_table};
use crate::error::{Error, Result};
use crate::format::dump::{Dump, DumpTable, FoundTable, Treatment, misfits};
use crate::format::{Batches, Block, Carried, Decoded, Digest, Reader, Reading, Stream};
use crate::rules::Plan;

/// How much is read at once, in bytes.
const BLOCK: usize = 4 << 20;

/// The largest row, in bytes: larger ones were refused when the dump was read through.
const LARGEST: u64 = 256 << 20;

/// Rows of a table that follow each other, all under `INSERT`s of one form.
struct Extent {
    head: Arc<Head>,
    start: u64,
    end: u64,
    /// The lines of the file before it, and before its end.
    line: u64,
    end_line: u64,
}

/// A dump that was read through.
pub(super) struct MySqlDump {
    path: PathBuf,
    definitions: Vec<Arc<Definition>>,
    tables: Vec<DumpTable>,
    extents: Vec<Vec<Extent>>,
    digest: Digest,
}

impl MySqlDump {
    /// Reads a dump through.
    ///
    /// # Errors
    /// It can't be read, is cut off, or has what must not pass.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let mut script = Script::new(Stream::open(path)?, BLOCK);
        let mut extents: Vec<Vec<Extent>> = Vec::new();
        while let Some(step) = script.next()? {
            extents.resize_with(script.tables().len(), Vec::new);
            let Step::Rows(stretch) = step else { continue };
            let end = stretch.start + stretch.bytes.len() as u64;
            let of_table = extents.get_mut(stretch.table).ok_or_else(|| Error::internal("rows of no table"))?;
            match of_table.last_mut() {
                Some(last) if last.end == stretch.start && Arc::ptr_eq(&last.head, &stretch.head) => {
                    (last.end, last.end_line) = (end, script.line());
                }
                _ => of_table.push(Extent {
                    head: stretch.head,
                    start: stretch.start,
                    end,
                    line: stretch.line,
                    end_line: script.line(),
                }),
            }
        }
        let definitions = script.tables().to_vec();
        let tables = definitions.iter().map(dump_table).collect();
        Ok(Self { path: path.to_path_buf(), definitions, tables, extents, digest: script.finish()? })
    }
}

impl Dump for MySqlDump {
    fn tables(&self) -> &[DumpTable] {
        &self.tables
    }

    fn digest(&self) -> Digest {
        self.digest.clone()
    }

    fn misfits(&self, plans: &[Option<&Plan>]) -> Vec<Error> {
        let found: Vec<FoundTable> = self.definitions.iter().map(|table| table.found()).collect();
        let treatments: Vec<Option<Treatment>> = plans.iter().map(|plan| plan.map(Treatment::of)).collect();
        let treated: Vec<Option<&Treatment>> = treatments.iter().map(Option::as_ref).collect();
        let partitions = self.definitions.iter().zip(&treated);
        let partitions = partitions.filter_map(|(table, treatment)| check_partitions(table, (*treatment)?).err());
        misfits(&found, &treated).into_iter().chain(partitions).map(|error| error.in_file(&self.path)).collect()
    }

    fn read_table(&self, table: usize, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>> {
        let none = || Error::internal("a table is read that the dump has not");
        let definition = self.definitions.get(table).ok_or_else(none)?;
        let extents = self.extents.get(table).ok_or_else(none)?;
        let pieces = extents.iter().map(|extent| Rest {
            head: Arc::clone(&extent.head),
            start: extent.start,
            end: extent.end,
            line: extent.line,
            end_line: extent.end_line,
        });
        let mut pieces: Vec<Rest> = pieces.collect();
        pieces.reverse();
        Ok(Box::new(TableReader {
            file: File::open(&self.path).map_err(|error| Error::io("open the file", &self.path, &error))?,
            path: self.path.clone(),
            lines_before: pieces.last().map_or(0, |rest| rest.line),
            rest: pieces,
            wanted: Wanted::new(definition, reading)?,
            block_size: block_size.max(1) as u64,
            position: 0,
            digest: self.digest.clone(),
        }))
    }

    fn read_rest(&self, block_size: usize) -> Result<Box<dyn Reader>> {
        Ok(Box::new(RestReader {
            script: Script::new(Stream::open(&self.path)?, BLOCK),
            block_size: block_size.max(1),
            text: Vec::new(),
            rows: 0,
            is_done: false,
        }))
    }
}

/// What is left of an extent.
type Rest = Extent;

/// Reads the rows of one table.
struct TableReader {
    file: File,
    path: PathBuf,
    /// What is left to read, the next last.
    rest: Vec<Rest>,
    wanted: Wanted,
    block_size: u64,
    lines_before: u64,
    position: u64,
    digest: Digest,
}

impl TableReader {
    /// The bytes of the file from a place on.
    fn bytes(&mut self, start: u64, length: u64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read =
            self.file.seek(SeekFrom::Start(start)).and_then(|_| (&mut self.file).take(length).read_to_end(&mut bytes));
        match read {
            Ok(read) if read as u64 == length => Ok(bytes),
            Ok(_) => Err(Error::data("the file has become shorter while it was read").in_file(&self.path)),
            Err(error) => Err(Error::io("read the file", &self.path, &error)),
        }
    }
}

impl Reader for TableReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        let Some(mut extent) = self.rest.pop() else { return Ok(None) };
        let mut size = self.block_size;
        let (bytes, rows) = loop {
            let left = extent.end - extent.start;
            let bytes = self.bytes(extent.start, left.min(size))?;
            let mut cutter = Cutter::default();
            let is_last = left <= size;
            cutter.look(&bytes, &extent.head, is_last);
            if is_last {
                break (bytes, cutter.rows);
            }
            if cutter.end > 0 {
                break (bytes.get(..cutter.end).unwrap_or_default().to_vec(), cutter.rows);
            }
            if size > LARGEST {
                return Err(Error::data("the file has changed while it was read").in_file(&self.path));
            }
            size *= 2;
        };
        extent.start += bytes.len() as u64;
        extent.line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        let start = extent.start - bytes.len() as u64;
        self.position = extent.start;
        let head = Arc::clone(&extent.head);
        let lines_after = if extent.start < extent.end {
            self.rest.push(extent);
            0
        } else {
            self.rest.last().map_or(0, |next| next.line.saturating_sub(extent.end_line))
        };
        Ok(Some(Box::new(self.wanted.block(bytes, head, start, rows, lines_after))))
    }

    fn lines_before(&self) -> u64 {
        self.lines_before
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        Ok(self.digest)
    }
}

/// Reads everything that is no row of a table.
struct RestReader {
    script: Script,
    block_size: usize,
    text: Vec<u8>,
    rows: u64,
    is_done: bool,
}

impl Reader for RestReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        while !self.is_done && self.text.len() < self.block_size {
            match self.script.next()? {
                None => self.is_done = true,
                Some(Step::Between { bytes, .. } | Step::Statement { bytes, .. }) => {
                    self.text.extend_from_slice(&bytes)
                }
                Some(Step::Rows(_)) => {}
            }
        }
        if self.text.is_empty() {
            return Ok(None);
        }
        let bytes = std::mem::take(&mut self.text);
        let first_row = self.rows;
        self.rows += bytes.split_inclusive(|byte| *byte == b'\n').count() as u64;
        Ok(Some(Box::new(TextBlock { bytes, first_row })))
    }

    fn position(&self) -> u64 {
        self.script.position()
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.script.finish()
    }
}

/// Lines.
struct TextBlock {
    bytes: Vec<u8>,
    first_row: u64,
}

impl Block for TextBlock {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn first_row(&self) -> Option<u64> {
        Some(self.first_row)
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let text = String::from_utf8_lossy(&self.bytes);
        let lines =
            StringViewArray::from_iter_values(text.split_inclusive('\n').map(|line| line.trim_end_matches('\n')));
        let schema = Schema::new(vec![Field::new("text", DataType::Utf8View, false)]);
        let batch = RecordBatch::try_new(Arc::new(schema), vec![Arc::new(lines)])
            .map_err(|_| Error::internal("lines make no column"))?;
        Ok(Box::new(std::iter::once(Ok(Decoded { batch, carried: Carried::Nothing }))))
    }
}
