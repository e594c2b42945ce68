//! A dump that was read through once: its tables, and where their rows are.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{RecordBatch, StringViewArray};
use arrow::datatypes::{DataType, Field, Schema};

use super::defined::Definition;
use super::insert::Head;
use super::rewrite::check_table;
use super::rows::Cutter;
use super::script::{Script, Step};
use super::table::{Wanted, dump_table};
use crate::error::{Error, Result};
use crate::format::dump::parked::Parked;
use crate::format::dump::{Dump, DumpTable, FoundTable, Treatment};
use crate::format::{Batches, Block, Carried, Decoded, Digest, Reader, Reading, Stream};

/// How much is read at once, in bytes.
const BLOCK: usize = 4 << 20;

/// The largest row, in bytes: larger ones were refused when the dump was read through.
const LARGEST: u64 = 256 << 20;

/// Rows of a table that follow each other, all under `INSERT`s of one form.
#[derive(Clone)]
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
    found: Vec<FoundTable>,
    extents: Vec<Vec<Extent>>,
    /// Whether it is not compressed, so that a place in it is a place in the file.
    is_plain: bool,
    digest: Digest,
    parked: Arc<Parked<Source>>,
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
        let found = definitions.iter().map(|table| table.found()).collect();
        let is_plain = script.is_as_it_stands();
        let digest = script.finish()?;
        let parked = Arc::default();
        Ok(Self { path: path.to_path_buf(), definitions, tables, found, extents, is_plain, digest, parked })
    }
}

impl Dump for MySqlDump {
    fn tables(&self) -> &[DumpTable] {
        &self.tables
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn digest(&self) -> Digest {
        self.digest
    }

    fn facts(&self) -> &[FoundTable] {
        &self.found
    }

    fn own_misfits(&self, treatments: &[Option<&Treatment>]) -> Vec<Error> {
        let tables = self.definitions.iter().zip(treatments);
        tables.filter_map(|(table, treatment)| check_table(table, (*treatment)?).err()).collect()
    }

    fn read_table(&self, table: usize, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>> {
        let none = || Error::internal("a table is read that the dump has not");
        let definition = self.definitions.get(table).ok_or_else(none)?;
        let extents = self.extents.get(table).ok_or_else(none)?;
        let rest: Vec<Extent> = extents.iter().rev().cloned().collect();
        Ok(Box::new(TableReader {
            source: Some(match self.parked.take(rest.last().map_or(0, |first| first.start)) {
                Some(source) => source,
                None => Source::open(&self.path, self.is_plain)?,
            }),
            parked: Arc::clone(&self.parked),
            lines_before: rest.last().map_or(0, |first| first.line),
            rest,
            wanted: Wanted::new(definition, reading)?.looking_only(),
            block_size: block_size.max(1) as u64,
            digest: self.digest,
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

/// The bytes of a dump, from one place on to another further behind.
struct Source {
    path: PathBuf,
    /// Whether the places in the dump are those of the file.
    is_plain: bool,
    stream: Stream,
    /// The place of what is pending.
    at: u64,
    pending: Vec<u8>,
}

impl Source {
    fn open(path: &Path, is_plain: bool) -> Result<Self> {
        Ok(Self { path: path.to_path_buf(), is_plain, stream: Stream::open(path)?, at: 0, pending: Vec::new() })
    }

    /// Goes on to a place.
    fn go_to(&mut self, place: u64) -> Result<()> {
        while self.at < place {
            let length = self.pending.len().min(usize::try_from(place - self.at).unwrap_or(usize::MAX));
            self.pending.drain(..length);
            self.at += length as u64;
            if self.at < place && self.is_plain {
                let failed = |error: std::io::Error| Error::io("read the file", &self.path, &error);
                let mut file = File::open(&self.path).map_err(failed)?;
                file.seek(SeekFrom::Start(place)).map_err(failed)?;
                self.stream = Stream::over(&self.path, Box::new(file));
                self.at = place;
            } else if self.at < place && !self.stream.fill(&mut self.pending, BLOCK)? && self.pending.is_empty() {
                return Err(self.changed());
            }
        }
        Ok(())
    }

    /// The next bytes.
    fn next(&mut self, length: usize) -> Result<&[u8]> {
        self.stream.fill(&mut self.pending, length)?;
        match self.pending.get(..length) {
            Some(bytes) => Ok(bytes),
            None => Err(self.changed()),
        }
    }

    fn changed(&self) -> Error {
        Error::data("the file has changed while it was read").in_file(&self.path)
    }
}

/// Reads the rows of one table.
struct TableReader {
    /// There until the reader is dropped.
    source: Option<Source>,
    parked: Arc<Parked<Source>>,
    /// What is left to read, the next last.
    rest: Vec<Extent>,
    wanted: Wanted,
    block_size: u64,
    lines_before: u64,
    digest: Digest,
}

impl Reader for TableReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        let (Some(mut extent), Some(source)) = (self.rest.pop(), &mut self.source) else { return Ok(None) };
        source.go_to(extent.start)?;
        let left = extent.end - extent.start;
        let mut size = self.block_size;
        let (length, rows) = loop {
            let is_last = left <= size;
            let length = usize::try_from(left.min(size)).map_err(|_| source.changed())?;
            let mut cutter = Cutter::default();
            cutter.look(source.next(length)?, &extent.head, is_last);
            if is_last || cutter.end > 0 {
                break (if is_last { length } else { cutter.end }, cutter.rows);
            }
            if size > LARGEST {
                return Err(source.changed());
            }
            size *= 2;
        };
        let bytes = source.next(length)?.to_vec();
        let start = extent.start;
        let head = Arc::clone(&extent.head);
        extent.start += length as u64;
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
        self.source.as_ref().map_or(0, |source| source.at)
    }

    /// That of the whole dump, as it was when it was read through.
    fn finish(self: Box<Self>) -> Result<Digest> {
        Ok(self.digest)
    }
}

impl Drop for TableReader {
    fn drop(&mut self) {
        if let Some(source) = self.source.take().filter(|source| !source.is_plain) {
            self.parked.leave(source.at, source);
        }
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
        let schema = Schema::new(vec![Field::new("text", DataType::Utf8View, true)]);
        let batch = RecordBatch::try_new(Arc::new(schema), vec![Arc::new(lines)])
            .map_err(|_| Error::internal("lines make no column"))?;
        Ok(Box::new(std::iter::once(Ok(Decoded { batch, carried: Carried::Nothing }))))
    }
}
