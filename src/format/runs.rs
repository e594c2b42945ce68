//! One file through its rules on one thread, for tests of formats.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bytes::Bytes;

use super::{Format, Source};
use crate::error::Result;
use crate::key::{Key, Keyring, Suite};
use crate::rules::{Delivery, Rules};

/// Bytes that can be looked at while something else writes them.
#[derive(Debug, Clone, Default)]
pub(super) struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    /// What has been written so far.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One run over one file.
pub(super) struct Run {
    pub(super) rules: String,
    pub(super) to: Format,
    pub(super) block_size: usize,
    /// Whether columns that stay go through the plan even where they could be carried past it.
    pub(super) decode_all: bool,
}

impl Run {
    /// `columns` is the body of the columns' table.
    pub(super) fn new(columns: &str, to: Format) -> Self {
        Self::with_options("", columns, to)
    }

    /// The same with options of the table.
    pub(super) fn with_options(options: &str, columns: &str, to: Format) -> Self {
        let domains = "[domains]\nperson = { form = \"integer\", max = 999_999_999 }\n";
        let rules =
            format!("version = 1\n{domains}[tables.t]\nfiles = [\"*\"]\n{options}\n[tables.t.columns]\n{columns}\n");
        Self { rules, to, block_size: 1 << 20, decode_all: false }
    }

    /// The bytes of the output.
    pub(super) fn of(&self, path: &Path) -> Result<Vec<u8>> {
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
        let bytes = sink.bytes();
        assert_eq!((written.bytes, written.hash), (bytes.len() as u64, blake3::hash(&bytes)));
        Ok(bytes)
    }
}

/// A file in a folder that goes away with it.
pub(super) struct Given {
    _folder: tempfile::TempDir,
    pub(super) path: PathBuf,
}

impl Given {
    pub(super) fn new(name: &str, bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self { _folder: folder, path }
    }

    pub(super) fn whole(&self) -> Bytes {
        Bytes::from(std::fs::read(&self.path).unwrap())
    }
}

/// Whether bytes stand anywhere in others.
pub(super) fn finds(bytes: &[u8], canary: &str) -> bool {
    memchr::memmem::find(bytes, canary.as_bytes()).is_some()
}
