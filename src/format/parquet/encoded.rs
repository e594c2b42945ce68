//! What encoders hand to the writer.

use bytes::Bytes;
use parquet::arrow::arrow_writer::ArrowColumnChunk;
use parquet::column::writer::ColumnCloseResult;

/// What the files say they were made by.
pub(super) const CREATED_BY: &str = concat!("bowdler version ", env!("CARGO_PKG_VERSION"));

/// The column chunks of a row group, in the order of their schema.
pub struct EncodedRowGroup {
    pub(super) chunks: Vec<EncodedChunk>,
    pub(super) rows: i64,
}

/// An encoded column chunk.
pub(super) enum EncodedChunk {
    /// As it was in the source, with what the footer says of it, counted from its own start.
    Carried(Bytes, Box<ColumnCloseResult>),
    /// Written anew.
    Made(Box<ArrowColumnChunk>),
}
