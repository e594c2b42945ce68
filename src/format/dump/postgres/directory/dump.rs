use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read::{DirectoryReader, FileRun};
use super::toc::Contents;
use crate::error::Result;
use crate::format::dump::postgres::index::{RestReader, Run, TableReader};
use crate::format::dump::postgres::layout::{Head, Layout};
use crate::format::dump::postgres::walk::Walker;
use crate::format::dump::{Dump, DumpReader, DumpTable, FoundTable, Tables};
use crate::format::{Block, Digest, Reader, Reading, Stream};
use crate::rules::Plan;

/// How much is passed at a time where only the end of something is looked for.
const STRETCH: usize = 1 << 20;

/// A folder that was read through once.
struct DirectoryDump {
    folder: PathBuf,
    found: Vec<FoundTable>,
    tables: Vec<DumpTable>,
    runs: Vec<FileRun>,
    digest: Digest,
    /// Everything in the table of contents that is text.
    texts: Vec<u8>,
}

/// Reads a folder through, to know what is in it.
///
/// # Errors
/// It can't be read, or is not what it seems.
pub(in crate::format::dump) fn index(folder: &Path) -> Result<Arc<dyn Dump>> {
    let mut reader = DirectoryReader::open(folder, STRETCH)?;
    while reader.next(&mut Nobody).map_err(|error| error.in_file(folder))?.is_some() {}
    let (read, runs, contents, digest) = reader.found();
    let catalogue = read.catalogue();
    let tables = (0..catalogue.tables().len()).map(|table| catalogue.dump_table(table)).collect::<Result<Vec<_>>>()?;
    let (folder, found, texts) = (folder.to_path_buf(), catalogue.bound(), texts(&contents));
    Ok(Arc::new(DirectoryDump { folder, found, tables, runs, digest, texts }))
}

/// Nobody wants anything of any table.
struct Nobody;

impl Tables for Nobody {
    fn meet(&mut self, _: DumpTable) -> Result<Option<Reading>> {
        Ok(None)
    }

    fn plan(&self, _: usize) -> Option<&Plan> {
        None
    }
}

fn texts(contents: &Contents) -> Vec<u8> {
    let mut texts = Vec::new();
    for entry in &contents.entries {
        let statements = [&entry.makes, &entry.drops, &entry.copies, &entry.schema, &entry.owner];
        for text in std::iter::once(&entry.tag).chain(statements.into_iter().flatten()) {
            texts.extend_from_slice(text.trim_end().as_bytes());
            texts.push(b'\n');
        }
    }
    texts
}

impl Dump for DirectoryDump {
    fn tables(&self) -> &[DumpTable] {
        &self.tables
    }

    fn path(&self) -> &Path {
        &self.folder
    }

    fn digest(&self) -> Digest {
        self.digest
    }

    fn facts(&self) -> &[FoundTable] {
        &self.found
    }

    fn read_table(&self, table: usize, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>> {
        let columns = self.found.get(table).map_or(&[][..], |found| &found.columns);
        let of_table = |run: &&FileRun| run.table == table && !run.places.is_empty();
        let part = |run: &FileRun| {
            let head = Head { bytes: run.head.clone().unwrap_or_default(), ..Head::default() };
            let layout = Layout::new(columns.to_vec().into(), run.places.clone(), head, reading).looking_only();
            let run_of_file =
                Run { table, range: 0..u64::MAX, lines: 0, places: run.places.clone(), head: run.head.clone() };
            (self.folder.join(&run.file), run_of_file, Arc::new(layout))
        };
        let mut left: Vec<_> = self.runs.iter().filter(of_table).map(part).collect();
        left.reverse();
        Ok(Box::new(FilesReader { left, open: None, block_size, rows: 0, passed: 0, digest: self.digest }))
    }

    fn read_rest(&self, block_size: usize) -> Result<Box<dyn Reader>> {
        let length = self.texts.len() as u64;
        let walker = Walker::new(Stream::over(&self.folder, Box::new(Cursor::new(self.texts.clone()))));
        Ok(Box::new(RestReader::over(walker, length, block_size, self.digest)))
    }
}

/// Reads the rows of one table, file after file.
struct FilesReader {
    /// The files that are left, the next one last.
    left: Vec<(PathBuf, Run, Arc<Layout>)>,
    open: Option<TableReader>,
    block_size: usize,
    rows: u64,
    passed: u64,
    digest: Digest,
}

impl Reader for FilesReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(block) = open.next()? {
                    return Ok(Some(block));
                }
                self.rows = open.rows();
                self.passed += open.position();
                self.open = None;
            }
            let Some((path, run, layout)) = self.left.pop() else { return Ok(None) };
            let walker = Walker::new(Stream::open(&path)?).of_part();
            self.open = Some(TableReader::over(walker, (run, layout), self.block_size, self.rows, self.digest));
        }
    }

    fn position(&self) -> u64 {
        self.passed + self.open.as_ref().map_or(0, Reader::position)
    }

    /// That of the whole folder, as it was when it was read through.
    fn finish(self: Box<Self>) -> Result<Digest> {
        Ok(self.digest)
    }
}
