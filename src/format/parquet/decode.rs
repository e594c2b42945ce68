use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, RecordBatchOptions};
use arrow::datatypes::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use super::fault::{Fault, guarded};
use super::group::{BATCH, DECODED, GROWTH, RowGroup, bomb};
use crate::error::{Error, Result};
use crate::format::{Batches, Block, Carried, Decoded};

/// What the values of a part of a row group may take up decoded. Parts are for formats whose encoded blocks stay in
/// memory, which is where a bomb goes off.
const PART_DECODED: u64 = 256 << 20;

/// A row group, or some of its rows.
pub(super) struct RowGroupBlock {
    group: Arc<RowGroup>,
    rows: Range<u64>,
    /// The number of the first of these rows in the file.
    first_row: u64,
}

impl RowGroupBlock {
    pub(super) fn new(group: Arc<RowGroup>, rows: Range<u64>, first_row: u64) -> Self {
        Self { group, rows, first_row }
    }

    fn is_whole(&self) -> bool {
        self.rows == (0..self.group.rows())
    }
}

impl Block for RowGroupBlock {
    fn size(&self) -> usize {
        let memory = self.group.memory() as u128;
        let part = u128::from(self.rows.end - self.rows.start) * memory / u128::from(self.group.rows().max(1));
        if self.is_whole() { memory as usize } else { part as usize }
    }

    fn first_row(&self) -> Option<u64> {
        Some(self.first_row)
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let shared = &self.group.shared;
        let rows = self.rows.end - self.rows.start;
        if rows == 0 || shared.wanted_leaves.is_empty() {
            // A batch comes all the same: what is carried past the plan is carried by batches.
            let columns =
                shared.batch_schema.fields().iter().map(|field| arrow::array::new_empty_array(field.data_type()));
            let options = RecordBatchOptions::new().with_row_count(Some(rows as usize));
            let batch =
                RecordBatch::try_new_with_options(Arc::clone(&shared.batch_schema), columns.collect(), &options)
                    .map_err(|_| Error::internal("a batch without values can't be made"))?;
            let carried = Carried::RowGroup(Arc::clone(&self.group));
            return Ok(Box::new(std::iter::once(Ok(Decoded { batch, carried }))));
        }
        let reader = self.group.reader(&self.rows);
        let reader = reader.map_err(|fault| self.group.explain(fault).in_file(&shared.path))?;
        let most = if self.is_whole() { DECODED } else { PART_DECODED };
        Ok(Box::new(RowGroupBatches {
            reader: Some(reader),
            most: most.max(self.group.size().saturating_mul(GROWTH)),
            group: self.group,
            decoded: 0,
            expected: rows,
            read: 0,
            left: None,
        }))
    }
}

/// The batches of a block, decoded one at a time.
struct RowGroupBatches {
    /// None after a fault: what comes behind it is not read.
    reader: Option<ParquetRecordBatchReader>,
    group: Arc<RowGroup>,
    /// What the values may take up, in bytes, and what those take up that were decoded.
    most: u64,
    decoded: u64,
    /// How many rows there must be, and how many were decoded.
    expected: u64,
    read: u64,
    /// A batch of long values that is given out in parts, and the rows of a part.
    left: Option<(RecordBatch, usize)>,
}

impl RowGroupBatches {
    fn read(&mut self) -> Result<Option<RecordBatch>> {
        if let Some((batch, rows)) = self.left.take() {
            return Ok(Some(self.part(batch, rows)));
        }
        let Some(reader) = &mut self.reader else { return Ok(None) };
        let batch = match guarded(|| reader.next().transpose()) {
            Ok(Some(batch)) => batch,
            Ok(None) if self.read == self.expected => return Ok(None),
            Ok(None) => return Err(self.group.explain(Fault::Malformed)),
            Err(fault) => return Err(self.group.explain(fault)),
        };
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let schema = Arc::clone(&self.group.shared.batch_schema);
        let batch = RecordBatch::try_new_with_options(schema, batch.columns().to_vec(), &options)
            .map_err(|_| Error::internal("a Parquet file was decoded to other types than its schema has"))?;
        self.read += batch.num_rows() as u64;
        let size: u64 = batch.columns().iter().map(decoded_size).sum();
        self.decoded = self.decoded.saturating_add(size);
        if self.decoded > self.most {
            return Err(bomb("the values of a row group are too large"));
        }
        let rows = (batch.num_rows() as u64 * BATCH / size.max(BATCH)).max(1) as usize;
        Ok(Some(self.part(batch, rows)))
    }

    /// The first rows of a batch; the rest is kept for the next time.
    fn part(&mut self, batch: RecordBatch, rows: usize) -> RecordBatch {
        if batch.num_rows() <= rows {
            return batch;
        }
        let part = batch.slice(0, rows);
        self.left = Some((batch.slice(rows, batch.num_rows() - rows), rows));
        part
    }
}

impl Iterator for RowGroupBatches {
    type Item = Result<Decoded>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.read() {
            Ok(None) => None,
            Ok(Some(batch)) => Some(Ok(Decoded { batch, carried: Carried::RowGroup(Arc::clone(&self.group)) })),
            Err(error) => {
                self.reader = None;
                self.left = None;
                Some(Err(error.in_file(&self.group.shared.path)))
            }
        }
    }
}

/// What values take up if each is written out: a view that points to a long text counts as the text.
fn decoded_size(array: &ArrayRef) -> u64 {
    let nested = |children: &[ArrayRef]| children.iter().map(decoded_size).sum();
    let views = |views: &[u128]| views.iter().map(|view| u64::from(*view as u32)).sum();
    match array.data_type() {
        DataType::Utf8View => views(array.as_string_view().views()),
        DataType::BinaryView => views(array.as_binary_view().views()),
        DataType::Struct(_) => nested(array.as_struct().columns()),
        DataType::List(_) => decoded_size(array.as_list::<i32>().values()),
        DataType::LargeList(_) => decoded_size(array.as_list::<i64>().values()),
        DataType::Map(..) => nested(array.as_map().entries().columns()),
        _ => array.get_buffer_memory_size() as u64,
    }
}
