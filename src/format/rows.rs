use arrow::array::RecordBatch;

use super::{BlockEncoder, Decoded, Encoded, Encoder};
use crate::error::Result;

/// Hands what the plan made on to a writer that cuts rows itself.
pub(super) struct RowsEncoder;

impl Encoder for RowsEncoder {
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>> {
        Ok(Box::new(Made(Vec::new())))
    }
}

struct Made(Vec<RecordBatch>);

impl BlockEncoder for Made {
    fn push(&mut self, _: &Decoded, made: &RecordBatch) -> Result<()> {
        self.0.push(made.clone());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Encoded> {
        Ok(Encoded::Batches(self.0))
    }
}
