use std::path::PathBuf;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use parquet::arrow::FieldLevels;
use parquet::file::metadata::ParquetMetaData;

use super::schema::FileSchema;

/// What all row groups of a file need to decode themselves.
pub(super) struct Shared {
    pub(super) path: PathBuf,
    /// With the page index of the columns that are carried, where there is one.
    pub(super) metadata: Arc<ParquetMetaData>,
    pub(super) schema: Arc<FileSchema>,
    pub(super) levels: FieldLevels,
    /// The schema of what is decoded.
    pub(super) batch_schema: SchemaRef,
    /// The leaves that are decoded, ascending.
    pub(super) wanted_leaves: Vec<usize>,
    /// The length of the file.
    pub(super) length: u64,
}
