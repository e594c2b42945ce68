use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, RowGroups, RowSelection};
use parquet::basic::Type as Physical;
use parquet::column::page::{PageIterator, PageReader};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, RowGroupMetaData};
use parquet::file::serialized_reader::SerializedPageReader;

use super::chunks::Chunks;
use super::fault::{Fault, guarded};
use super::footer::range;
use super::guard::GuardedPages;
use super::pages::Pages;
use super::shared::Shared;
use crate::error::{Error, Result};

/// How many rows are decoded at a time, if they are of usual width.
const ROWS: u64 = 8192;

/// What the rows that are decoded at a time should take up, in bytes.
pub(super) const BATCH: u64 = 32 << 20;

/// What the values of a row group may take up decoded, in bytes, however little they take up in the file.
pub(super) const DECODED: u64 = 1 << 30;

/// Beyond [`DECODED`], how many times their size in the file they may grow to. A dictionary makes long values that
/// repeat very small, so this is far more than pages may grow.
pub(super) const GROWTH: u64 = 1000;

/// The most values of a column inside a list and a row group, however little they take up in the file; nulls count. One
/// row may have them all.
const LIST_VALUES: u64 = 1 << 24;

/// A column chunk in memory.
pub(super) struct Chunk {
    pub(super) bytes: Bytes,
    pub(super) pages: Pages,
}

/// A row group on its way, not decoded: the chunks that are decoded or carried past the plan, by leaf.
pub struct RowGroup {
    pub(super) shared: Arc<Shared>,
    pub(super) index: usize,
    chunks: Vec<Option<Chunk>>,
}

impl RowGroup {
    /// Looks at the pages of the chunks that are needed: each leaf with its bytes.
    ///
    /// # Errors
    /// They are malformed, or would grow beyond bounds if they were decoded.
    pub(super) fn survey(shared: Arc<Shared>, index: usize, needed: Vec<(usize, Bytes)>) -> Result<Self> {
        let metadata = shared.metadata.row_group(index);
        let mut chunks: Vec<Option<Chunk>> = metadata.columns().iter().map(|_| None).collect();
        for (leaf, bytes) in needed {
            let column = metadata.column(leaf);
            let name = || column.column_path().string();
            let pages = Pages::find(&bytes).map_err(|error| error.in_column(&name()))?;
            if pages.values != column.num_values() {
                return Err(Fault::Malformed.reading("a column chunk").in_column(&name()));
            }
            chunks[leaf] = Some(Chunk { bytes, pages });
        }
        let group = Self { shared, index, chunks };
        Pages::check_growth(group.wanted().filter_map(|leaf| Some(&group.chunk(leaf)?.pages)), group.size())?;
        group.check_values()?;
        Ok(group)
    }

    /// Checks that there are not more values than may be decoded, before any is.
    fn check_values(&self) -> Result<()> {
        let mut decoded = 0_u64;
        for column in self.wanted_columns() {
            let values = column.num_values().unsigned_abs();
            decoded = decoded.saturating_add(values.saturating_mul(width(column)));
            let most = LIST_VALUES.max(column.compressed_size().unsigned_abs().saturating_mul(GROWTH));
            if column.column_descr().max_rep_level() > 0 && values > most {
                return Err(bomb("lists have too many values").in_column(&column.column_path().string()));
            }
        }
        if decoded > DECODED.max(self.size().saturating_mul(GROWTH)) {
            return Err(bomb("a row group has too many values"));
        }
        Ok(())
    }

    pub(super) fn metadata(&self) -> &RowGroupMetaData {
        self.shared.metadata.row_group(self.index)
    }

    pub(super) fn rows(&self) -> u64 {
        self.metadata().num_rows().unsigned_abs()
    }

    pub(super) fn chunk(&self, leaf: usize) -> Option<&Chunk> {
        self.chunks.get(leaf)?.as_ref()
    }

    /// What the row group takes up in memory, not decoded: the bytes of all chunks.
    pub(super) fn memory(&self) -> usize {
        self.chunks.iter().flatten().map(|chunk| chunk.bytes.len()).sum()
    }

    /// What the chunks that are decoded take up in the file.
    pub(super) fn size(&self) -> u64 {
        self.wanted().filter_map(|leaf| self.chunk(leaf)).map(|chunk| chunk.bytes.len() as u64).sum()
    }

    /// The leaves that are decoded.
    fn wanted(&self) -> impl Iterator<Item = usize> + Clone {
        self.shared.wanted_leaves.iter().copied()
    }

    fn wanted_columns(&self) -> impl Iterator<Item = &ColumnChunkMetaData> {
        self.wanted().map(|leaf| self.metadata().column(leaf))
    }

    /// How many rows are decoded at a time: fewer of wide rows and long lists. It depends on nothing but the file, so
    /// that the bytes of an output don't either.
    fn batch_rows(&self) -> usize {
        let rows = self.rows().max(1);
        let fixed: u64 = self.wanted_columns().map(width).sum();
        let uncompressed: u64 = self.wanted_columns().map(|column| column.uncompressed_size().unsigned_abs()).sum();
        let values: u64 = self.wanted_columns().map(|column| column.num_values().unsigned_abs()).sum();
        let row = fixed.max(uncompressed / rows).max(16 * (values / rows));
        (BATCH / row.max(1)).clamp(1, ROWS).min(rows) as usize
    }

    /// Starts decoding some of the rows.
    pub(super) fn reader(&self, rows: &Range<u64>) -> Result<ParquetRecordBatchReader, Fault> {
        let pages = self.pages();
        let all = self.rows() as usize;
        let part = (rows.start as usize)..(rows.end as usize);
        let selection = (part != (0..all)).then(|| RowSelection::from_consecutive_ranges(std::iter::once(part), all));
        guarded(|| {
            let levels = &self.shared.levels;
            ParquetRecordBatchReader::try_new_with_row_groups(levels, &pages, self.batch_rows(), selection)
        })
    }

    fn pages(&self) -> GroupPages {
        let held = self.wanted().filter_map(|leaf| {
            let start = range(self.metadata().column(leaf))?.start;
            Some((start, self.chunk(leaf)?.bytes.clone()))
        });
        let chunks = Arc::new(Chunks::new(held.collect(), self.shared.length));
        GroupPages { shared: Arc::clone(&self.shared), index: self.index, chunks }
    }

    /// The error for a fault in the row group, with the first column that can't be read alone.
    pub(super) fn explain(&self, fault: Fault) -> Error {
        let what = format!("row group {}", self.index + 1);
        let schema = &self.shared.schema;
        let pages = self.pages();
        for (column, field) in schema.arrow.fields().iter().enumerate() {
            if !schema.leaves(&[column]).iter().any(|leaf| self.shared.wanted_leaves.contains(leaf)) {
                continue;
            }
            let Ok(levels) = schema.levels(&[column]) else { continue };
            let alone = guarded(|| {
                let rows = self.batch_rows();
                let reader = ParquetRecordBatchReader::try_new_with_row_groups(&levels, &pages, rows, None)?;
                for batch in reader {
                    batch?;
                }
                Ok::<_, ParquetError>(())
            });
            if let Err(fault) = alone {
                return fault.reading(&what).in_column(field.name());
            }
        }
        fault.reading(&what)
    }
}

/// What a value of the chunk takes up decoded, at least, in bytes.
fn width(column: &ColumnChunkMetaData) -> u64 {
    match column.column_type() {
        Physical::BOOLEAN => 1,
        Physical::INT32 | Physical::FLOAT => 4,
        Physical::INT64 | Physical::DOUBLE | Physical::INT96 => 8,
        Physical::BYTE_ARRAY => 16,
        Physical::FIXED_LEN_BYTE_ARRAY => column.column_descr().type_length().unsigned_abs().into(),
    }
}

pub(super) fn bomb(what: &str) -> Error {
    Error::data(format!("{what} for what they take up in the file"))
        .with_help("this looks like a decompression bomb; if it is none, export the table with smaller row groups")
}

/// One row group as the library wants to see it.
struct GroupPages {
    shared: Arc<Shared>,
    index: usize,
    chunks: Arc<Chunks>,
}

impl GroupPages {
    fn group(&self) -> &RowGroupMetaData {
        self.shared.metadata.row_group(self.index)
    }
}

impl RowGroups for GroupPages {
    fn num_rows(&self) -> usize {
        usize::try_from(self.group().num_rows()).unwrap_or(0)
    }

    fn column_chunks(&self, leaf: usize) -> ParquetResult<Box<dyn PageIterator>> {
        let column = self.group().column(leaf);
        let pages = SerializedPageReader::new(Arc::clone(&self.chunks), column, self.num_rows(), None)?;
        Ok(Box::new(OneChunk(Some(Box::new(GuardedPages::new(pages, column.column_descr()))))))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(std::iter::once(self.group()))
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.shared.metadata
    }
}

/// The pages of the one chunk that a column has in a row group.
struct OneChunk(Option<Box<dyn PageReader>>);

impl Iterator for OneChunk {
    type Item = ParquetResult<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.take().map(Ok)
    }
}

impl PageIterator for OneChunk {}
