//! What a user would notice, on whole files. The oracles are the library's own readers, on the bytes that came out.

mod corpora;
mod from_csv;
mod hostile;
mod leaks;
mod rewritten;
mod spliced;
mod texts;
mod to_csv;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::SchemaRef;
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::properties::WriterProperties;

use crate::error::Result;
use crate::format::runs::{Given, Run, Sink};
use crate::format::{Format, Source};
use crate::key::{Key, Keyring, Suite};
use crate::rules::{Delivery, Rules};

/// A Parquet file of one batch.
fn given(batch: &RecordBatch, properties: WriterProperties) -> Given {
    Given::new("given.parquet", &parquet_of(batch, properties))
}

fn parquet_of(batch: &RecordBatch, properties: WriterProperties) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    bytes
}

/// The whole file as one batch, as a reader sees it that heeds the embedded schema if `hinted`.
fn table(bytes: &[u8], hinted: bool) -> RecordBatch {
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(!hinted);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(Bytes::from(bytes.to_vec()), options).unwrap();
    let schema: SchemaRef = Arc::clone(builder.schema());
    let batches: Vec<RecordBatch> = builder.with_batch_size(1 << 16).build().unwrap().map(Result::unwrap).collect();
    let batches: Vec<RecordBatch> =
        batches.into_iter().map(|batch| batch.with_schema(Arc::clone(&schema)).unwrap()).collect();
    arrow::compute::concat_batches(&schema, &batches).unwrap()
}

fn metadata(bytes: &[u8]) -> ParquetMetaData {
    ParquetMetaDataReader::new()
        .with_page_index_policy(PageIndexPolicy::Optional)
        .parse_and_finish(&Bytes::from(bytes.to_vec()))
        .unwrap()
}

/// The columns of a table without what their fields say beside name, type and nullability.
fn columns(batch: &RecordBatch) -> Vec<(String, ArrayRef)> {
    let fields = batch.schema();
    fields
        .fields()
        .iter()
        .zip(batch.columns())
        .map(|(field, column)| (field.name().clone(), Arc::clone(column)))
        .collect()
}

/// The folder of files from outside, if it is there.
#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
fn corpus(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there", folder.display());
    None
}
