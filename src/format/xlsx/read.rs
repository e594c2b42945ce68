use std::fs::File;
use std::path::{Path, PathBuf};

use arrow::array::{Array, RecordBatch};
use arrow::datatypes::SchemaRef;

use super::cells::read;
use super::columns::columns;
use super::notes;
use crate::error::{Error, Result};
use crate::format::{Batches, Block, Carried, Decoded, Digest, DigestReader, Notes, Reader, Reading};

/// How many rows a block has at most.
const PART: usize = 16_384;

/// A workbook, of which the one sheet that has cells has been read.
pub struct XlsxSource {
    path: PathBuf,
    rows: RecordBatch,
}

impl XlsxSource {
    /// Opens a workbook and reads it.
    ///
    /// # Errors
    /// The file can't be read, is no workbook, or has not one table in it.
    pub fn open(path: &Path) -> Result<Self> {
        let rows = read(path).and_then(|cells| columns(&cells)).map_err(|error| error.in_file(path))?;
        Ok(Self { path: path.to_path_buf(), rows })
    }

    /// The columns of the sheet.
    pub fn schema(&self) -> &SchemaRef {
        self.rows.schema_ref()
    }

    /// How many rows the sheet has, below the one that names the columns.
    pub fn rows(&self) -> u64 {
        self.rows.num_rows() as u64
    }

    /// What the workbook holds beside the cells of its table.
    pub fn notes(&self) -> Notes {
        notes::of(&self.path, &self.rows)
    }

    /// Starts reading, a run of rows a block.
    ///
    /// # Errors
    /// The file can't be read.
    pub(in crate::format) fn read(self, reading: &Reading) -> Result<Box<dyn Reader>> {
        let file = File::open(&self.path).map_err(|error| Error::io("open the file", &self.path, &error))?;
        let batch = self.rows.project(&reading.wanted);
        let batch = batch.map_err(|_| Error::internal("a workbook has fewer columns than were found"))?;
        Ok(Box::new(XlsxReader { path: self.path, input: DigestReader::new(file), rows: batch, given: 0 }))
    }
}

struct XlsxReader {
    path: PathBuf,
    /// The file once more, for its digest.
    input: DigestReader<File>,
    rows: RecordBatch,
    /// The rows of all blocks that have been given out.
    given: usize,
}

impl Reader for XlsxReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        let length = PART.min(self.rows.num_rows() - self.given);
        if length == 0 {
            return Ok(None);
        }
        let block = XlsxBlock { rows: self.rows.slice(self.given, length), first_row: self.given as u64 };
        self.given += length;
        Ok(Some(Box::new(block)))
    }

    fn position(&self) -> u64 {
        self.input.position()
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.input.finish().map_err(|error| Error::io("read the file", &self.path, &error))
    }
}

struct XlsxBlock {
    rows: RecordBatch,
    first_row: u64,
}

impl Block for XlsxBlock {
    fn size(&self) -> usize {
        // Slices share their buffers: what counts is the rows.
        self.rows.columns().iter().map(|column| 16 * column.len()).sum()
    }

    fn first_row(&self) -> Option<u64> {
        Some(self.first_row)
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        Ok(Box::new(std::iter::once(Ok(Decoded { batch: self.rows, carried: Carried::Nothing }))))
    }
}
