use std::collections::VecDeque;

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;
use arrow::datatypes::SchemaRef;

use crate::error::{Error, Result};

/// Rows that wait to be written, so that a writer cuts them where it likes and not where its blocks end.
#[derive(Default)]
pub(super) struct Pending {
    batches: VecDeque<RecordBatch>,
    rows: usize,
}

impl Pending {
    /// How many rows wait.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Adds the rows of a batch, all of one schema.
    pub(super) fn push(&mut self, batch: RecordBatch) {
        self.rows += batch.num_rows();
        self.batches.push_back(batch);
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
            let batch = self.batches.pop_front().ok_or_else(none)?;
            let length = batch.num_rows().min(left);
            parts.push(batch.slice(0, length));
            if length < batch.num_rows() {
                self.batches.push_front(batch.slice(length, batch.num_rows() - length));
            }
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
