//! What a user would notice, on whole files. The oracles are the library's own readers, on the bytes that came out.

mod corpora;
mod from_csv;
mod hostile;
mod leaks;
mod rewritten;
mod spliced;
mod to_csv;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::SchemaRef;
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::properties::WriterProperties;

use crate::error::Result;
use crate::format::{Format, Source};
use crate::key::{Key, Keyring, Suite};
use crate::rules::{Delivery, Rules};

/// Bytes that can be looked at while something else writes them.
#[derive(Debug, Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One run over one file, on one thread.
struct Job {
    rules: String,
    to: Format,
    block_size: usize,
    /// Whether columns that stay go through the plan even where they could be carried past it.
    decode_all: bool,
}

impl Job {
    /// `columns` is the body of the columns' table, `options` what stands before it.
    fn with_options(options: &str, columns: &str, to: Format) -> Self {
        let domains = "[domains]\nperson = { form = \"integer\", max = 999_999_999 }\n";
        let rules =
            format!("version = 1\n{domains}[tables.t]\nfiles = [\"*\"]\n{options}\n[tables.t.columns]\n{columns}\n");
        Self { rules, to, block_size: 1 << 20, decode_all: false }
    }

    fn new(columns: &str, to: Format) -> Self {
        Self::with_options("", columns, to)
    }

    fn run(&self, path: &Path) -> Result<Vec<u8>> {
        let format = Format::of(path).expect("a known ending");
        let rules = Rules::parse("rules.toml", &self.rules).unwrap_or_else(|rejected| panic!("{rejected}"));
        let table = &rules.tables()[0];
        let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::default());
        let source = Source::open(path, format, &table.csv, table.infer)?;
        let delivery = if self.decode_all { Delivery::Decoded } else { source.delivery(self.to) };
        let plan = rules.bind(0, "the file", source.schema(), &keys, delivery)?;
        let sink = Sink::default();
        let (encoder, mut writer) = source.target(self.to, &plan, table, sink.clone(), Path::new("out"))?;
        let mut reader = source.read(&plan, self.block_size)?;
        while let Some(block) = reader.next()? {
            let mut rows = block.first_row().unwrap_or(0);
            let mut encoding = encoder.start()?;
            for decoded in block.decode()? {
                let decoded = decoded?;
                let applied = plan.apply(&decoded.batch, rows)?;
                assert!(applied.invalid.is_empty());
                rows += decoded.batch.num_rows() as u64;
                encoding.push(&decoded, &applied.batch)?;
            }
            writer.write(encoding.finish()?)?;
        }
        let read = reader.finish()?;
        let whole = std::fs::read(path).unwrap();
        assert_eq!((read.bytes, read.hash), (whole.len() as u64, blake3::hash(&whole)), "the whole file was digested");
        let written = writer.finish()?;
        let bytes = sink.0.lock().unwrap().clone();
        assert_eq!((written.bytes, written.hash), (bytes.len() as u64, blake3::hash(&bytes)));
        Ok(bytes)
    }
}

/// A file in a folder that goes away with it.
struct Given {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Given {
    fn bytes(name: &str, bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self { _folder: folder, path }
    }

    fn parquet(batch: &RecordBatch, properties: WriterProperties) -> Self {
        Self::bytes("given.parquet", &parquet_of(batch, properties))
    }

    fn whole(&self) -> Bytes {
        Bytes::from(std::fs::read(&self.path).unwrap())
    }
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
