use std::collections::VecDeque;
use std::ops::Range;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, SchemaRef};

use crate::error::{Error, Result};

/// Rows that wait to be written, so that a writer cuts them where it likes and not where its blocks end.
#[derive(Default)]
pub(super) struct Pending {
    /// Each with the size of its rows.
    batches: VecDeque<(RecordBatch, u64)>,
    rows: usize,
    bytes: u64,
}

impl Pending {
    /// How many rows wait.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// What the rows that wait take up together, each written out, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Adds the rows of a batch, all of one schema.
    pub(super) fn push(&mut self, batch: RecordBatch) {
        let size = size(&batch, 0..batch.num_rows());
        self.rows += batch.num_rows();
        self.bytes += size;
        self.batches.push_back((batch, size));
    }

    /// How many of the first rows that wait make a piece: `rows`, or fewer of large ones, of which the last is the one with
    /// which they take up `bytes` bytes; nothing, if more rows have to come first. It depends on the rows alone, whatever
    /// batches they came in.
    pub(super) fn piece(&self, rows: usize, bytes: u64) -> Option<usize> {
        let (mut before, mut room) = (0, bytes);
        for (batch, size) in &self.batches {
            if before >= rows {
                break;
            }
            if *size >= room {
                let within: Vec<usize> = (1..=batch.num_rows()).collect();
                let short = within.partition_point(|end| self::size(batch, 0..*end) < room);
                return Some((before + short + 1).min(rows));
            }
            before += batch.num_rows();
            room -= size;
        }
        (before >= rows).then_some(rows)
    }

    /// Takes the first `rows` of the rows that wait, at least one, in the schema of the first of them.
    ///
    /// # Errors
    /// Internal, if there are not as many.
    pub(super) fn take(&mut self, rows: usize) -> Result<RecordBatch> {
        let parts = self.parts(rows)?;
        let schema = parts.first().ok_or_else(none)?.schema();
        together(&schema, &parts)
    }

    /// The same in this schema.
    ///
    /// # Errors
    /// Internal, if there are not as many, or they have another schema.
    pub(super) fn take_as(&mut self, rows: usize, schema: &SchemaRef) -> Result<RecordBatch> {
        together(schema, &self.parts(rows)?)
    }

    fn parts(&mut self, rows: usize) -> Result<Vec<RecordBatch>> {
        let mut parts = Vec::new();
        let mut left = rows;
        while left > 0 {
            let (batch, size) = self.batches.pop_front().ok_or_else(none)?;
            let length = batch.num_rows().min(left);
            let taken = if length < batch.num_rows() { self::size(&batch, 0..length) } else { size };
            parts.push(batch.slice(0, length));
            if length < batch.num_rows() {
                self.batches.push_front((batch.slice(length, batch.num_rows() - length), size - taken));
            }
            self.bytes -= taken;
            left -= length;
        }
        self.rows -= rows;
        Ok(parts)
    }
}

fn none() -> Error {
    Error::internal("rows that wait are not there")
}

fn together(schema: &SchemaRef, parts: &[RecordBatch]) -> Result<RecordBatch> {
    concat_batches(schema, parts).map_err(|_| Error::internal("rows can't be put together"))
}

/// What some rows take up if each is written out: the sum of what each of them does.
fn size(batch: &RecordBatch, rows: Range<usize>) -> u64 {
    batch.columns().iter().map(|column| size_of(column, rows.clone())).sum()
}

fn size_of(array: &ArrayRef, rows: Range<usize>) -> u64 {
    /// What the place of a value takes up where it is not of one width, about.
    const PLACE: usize = 8;
    let each = |width: usize| (rows.len() * width) as u64;
    let views = |views: &[u128]| {
        views.get(rows.clone()).unwrap_or_default().iter().map(|view| u64::from(*view as u32)).sum::<u64>()
    };
    let within = |values: &ArrayRef, start: usize, end: usize| size_of(values, start..end) + each(PLACE);
    match array.data_type() {
        DataType::Utf8View => views(array.as_string_view().views()) + each(PLACE),
        DataType::BinaryView => views(array.as_binary_view().views()) + each(PLACE),
        DataType::List(_) => {
            let (list, offsets) = (array.as_list::<i32>(), array.as_list::<i32>().value_offsets());
            within(list.values(), offsets[rows.start] as usize, offsets[rows.end] as usize)
        }
        DataType::LargeList(_) => {
            let (list, offsets) = (array.as_list::<i64>(), array.as_list::<i64>().value_offsets());
            within(list.values(), offsets[rows.start] as usize, offsets[rows.end] as usize)
        }
        DataType::Map(..) => {
            let (map, offsets) = (array.as_map(), array.as_map().value_offsets());
            let (start, end) = (offsets[rows.start] as usize, offsets[rows.end] as usize);
            map.entries().columns().iter().map(|column| size_of(column, start..end)).sum::<u64>() + each(PLACE)
        }
        DataType::Struct(_) => array.as_struct().columns().iter().map(|column| size_of(column, rows.clone())).sum(),
        DataType::FixedSizeBinary(width) => each(usize::try_from(*width).unwrap_or_default()),
        other => each(other.primitive_width().unwrap_or(PLACE)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{Int64Array, ListBuilder, StringViewArray, StringViewBuilder};

    use super::*;

    /// Texts of up to 600 bytes, and lists of such texts.
    fn rows() -> RecordBatch {
        let text = |row: usize| "x".repeat(row * 7919 % 601);
        let mut lists = ListBuilder::new(StringViewBuilder::new());
        for row in 0..500 {
            (0..row % 3).for_each(|place| lists.values().append_value(text(row + place)));
            lists.append(row % 5 > 0);
        }
        let texts = StringViewArray::from_iter((0..500).map(|row| (row % 4 > 0).then(|| text(row))));
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("number", Arc::new(Int64Array::from_iter_values(0..500))),
            ("text", Arc::new(texts)),
            ("list", Arc::new(lists.finish())),
        ];
        RecordBatch::try_from_iter(columns).unwrap()
    }

    /// The rows of each piece, if the rows come in batches of so many.
    fn pieces(batch: usize, rows_of_piece: usize, bytes: u64) -> Vec<usize> {
        let (rows, mut pending, mut pieces) = (rows(), Pending::default(), Vec::new());
        for start in (0..rows.num_rows()).step_by(batch) {
            pending.push(rows.slice(start, batch.min(rows.num_rows() - start)));
            while let Some(piece) = pending.piece(rows_of_piece, bytes) {
                assert_eq!(pending.take(piece).unwrap().num_rows(), piece);
                pieces.push(piece);
            }
        }
        pieces.push(pending.rows());
        pieces
    }

    #[test]
    fn pieces_are_the_same_whatever_batches_rows_come_in() {
        for (rows_of_piece, bytes) in [(100, u64::MAX), (500, 10_000), (30, 9_000), (7, 1), (1000, 700)] {
            let whole = pieces(500, rows_of_piece, bytes);
            assert_eq!(whole.iter().sum::<usize>(), 500);
            assert!(whole.iter().all(|piece| *piece <= rows_of_piece));
            for batch in [1, 3, 64, 499] {
                assert_eq!(
                    pieces(batch, rows_of_piece, bytes),
                    whole,
                    "{rows_of_piece} rows, {bytes} bytes by {batch}"
                );
            }
        }
        assert_eq!(pieces(9, 100, u64::MAX), [100, 100, 100, 100, 100, 0]);
        assert_eq!(pieces(9, 100, 1).len(), 501, "each row is a piece");
    }

    #[test]
    fn a_piece_ends_with_the_row_that_fills_it() {
        let mut pending = Pending::default();
        let texts = ["", "aaaa", "bb", "", "cccccccc"].map(Some);
        pending.push(
            RecordBatch::try_from_iter([("t", Arc::new(StringViewArray::from_iter(texts)) as ArrayRef)]).unwrap(),
        );
        // Each place takes up eight bytes.
        for (bytes, rows) in
            [(1, Some(1)), (8, Some(1)), (9, Some(2)), (20, Some(2)), (21, Some(3)), (54, Some(5)), (55, None)]
        {
            assert_eq!(pending.piece(9, bytes), rows, "{bytes}");
        }
        assert_eq!((pending.bytes(), pending.piece(4, 55)), (54, Some(4)));
    }
}
