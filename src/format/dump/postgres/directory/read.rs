use std::collections::{BTreeMap, VecDeque};
use std::io::{Cursor, empty};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::read::PostgresReader;
use super::toc::{Contents, Entry, Written};
use super::{Part, files};
use crate::error::{Error, Result};
use crate::format::dump::archive::CONTENTS;
use crate::format::dump::{DumpReader, Piece, Tables};
use crate::format::{Compression, Digest, Stream};

/// Starts reading a folder to write it anew, in blocks of about `block_size` bytes.
///
/// # Errors
/// It can't be read, or is not what it seems.
pub(in crate::format::dump) fn open(folder: &Path, block_size: usize) -> Result<Box<dyn DumpReader>> {
    Ok(Box::new(DirectoryReader::open(folder, block_size)?))
}

/// Reads a folder, entry by entry.
pub(super) struct DirectoryReader {
    folder: PathBuf,
    contents: Arc<Contents>,
    /// The files, by the names that they have in the table of contents.
    files: BTreeMap<String, String>,
    /// The digests of those that were read to their ends.
    digests: BTreeMap<String, Digest>,
    /// The bytes of those.
    passed: u64,
    inner: PostgresReader,
    /// How many entries were read.
    at: usize,
    /// The entries that stay.
    written: Vec<Written>,
    /// The file whose rows are being read, and whether its table is not left out.
    open: Option<(String, bool)>,
    /// What comes next.
    next: VecDeque<Piece>,
    is_written: bool,
    runs: Vec<FileRun>,
}

/// The rows in one file.
pub(super) struct FileRun {
    pub(super) file: String,
    pub(super) table: usize,
    /// For each value of a row its column.
    pub(super) places: Vec<Option<usize>>,
    /// The head of the INSERT statements; none for the lines of a COPY.
    pub(super) head: Option<Vec<u8>>,
}

impl DirectoryReader {
    pub(super) fn open(folder: &Path, block_size: usize) -> Result<Self> {
        let (contents, digest) = files::contents(folder)?;
        let files = files::find(folder, &contents)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            contents: Arc::new(contents),
            files,
            digests: BTreeMap::from([(CONTENTS.to_owned(), digest)]),
            passed: digest.bytes,
            inner: PostgresReader::new(Stream::over(folder, Box::new(empty())), block_size),
            at: 0,
            written: Vec::new(),
            open: None,
            next: VecDeque::new(),
            is_written: false,
            runs: Vec::new(),
        })
    }

    /// What was found, once all has been read: the reader of its statements, the rows, and the table of contents.
    pub(super) fn found(self) -> (PostgresReader, Vec<FileRun>, Arc<Contents>, Digest) {
        (self.inner, self.runs, self.contents, Digest::of_folder(&self.digests))
    }

    /// Reads the statements of an entry. Gives those that stay, and whether any does not.
    fn statements(
        &mut self,
        part: Part,
        text: Option<&str>,
        tables: &mut dyn Tables,
    ) -> Result<(Option<Vec<u8>>, bool)> {
        let Some(text) = text else { return Ok((None, false)) };
        let input = Stream::over(&self.folder, Box::new(Cursor::new(text.to_owned().into_bytes())));
        self.inner.turn_to(part, input);
        let mut left = Vec::with_capacity(text.len());
        while let Some(piece) = self.inner.next(tables)? {
            match piece {
                Piece::Text { bytes, .. } => left.extend_from_slice(&bytes),
                Piece::Rows { .. } | Piece::File { .. } => return Err(Error::internal("statements have rows")),
            }
        }
        Ok((Some(left), self.inner.left_out()))
    }

    /// Reads an entry, as far as its rows.
    fn enter(&mut self, place: usize, entry: &Entry, tables: &mut dyn Tables) -> Result<()> {
        let named = self.folder.join(format!("{CONTENTS}: {} {}", entry.kind, entry.tag));
        let in_entry = |error: Error| error.in_file(&named);
        let (makes, left_out) = self.statements(Part::Statements, entry.makes.as_deref(), tables).map_err(in_entry)?;
        let (drops, _) = self.statements(Part::Drops, entry.drops.as_deref(), tables).map_err(in_entry)?;
        let copies = entry.copies.as_deref().unwrap_or_default();
        let mut written = Written { entry: place, makes, drops, copies: None };
        let Some(file) = entry.file.as_ref().and_then(|name| self.files.get(name)).cloned() else {
            if !copies.is_empty() {
                return Err(in_entry(misplaced()));
            }
            written.copies = entry.copies.clone().map(String::into_bytes);
            let is_empty = written.makes.as_deref().is_none_or(has_no_statement);
            // Of an entry of which nothing is left there is nothing to restore.
            if !(left_out && is_empty) {
                self.written.push(written);
            }
            return Ok(());
        };
        if !copies.is_empty() && !copies.ends_with(";\n") {
            return Err(in_entry(misplaced()));
        }
        let path = self.folder.join(&file);
        self.inner.turn_to(Part::Rows, open_rows(&path)?.behind(copies.as_bytes().to_vec()));
        let start = self.inner.start_rows(tables).map_err(|error| error.in_file(&path))?;
        let is_copy = start.as_ref().is_some_and(|start| start.head.is_none());
        if is_copy == copies.is_empty() {
            return Err(misplaced().in_file(&path));
        }
        let is_kept = start.as_ref().is_none_or(|start| start.is_kept);
        written.copies = entry.copies.clone().map(String::into_bytes);
        if let Some(start) = start {
            if is_copy {
                written.copies = Some(start.statement);
            }
            self.runs.push(FileRun { file: file.clone(), table: start.table, places: start.places, head: start.head });
        }
        if is_kept {
            self.written.push(written);
            self.next.push_back(Piece::File { name: file.clone() });
        }
        self.open = Some((file, is_kept));
        Ok(())
    }

    /// Reads on in the rows of a file. None at its end.
    fn rows(&mut self, tables: &mut dyn Tables) -> Result<Option<Piece>> {
        let Some((file, is_kept)) = &self.open else { return Ok(None) };
        let path = self.folder.join(file);
        while let Some(piece) = self.inner.next(tables).map_err(|error| error.in_file(&path))? {
            if *is_kept {
                return Ok(Some(piece));
            }
        }
        let nothing = Stream::over(&self.folder, Box::new(empty()));
        let walker = self.inner.turn_to(Part::Statements, nothing);
        let digest = walker.finish().map_err(|error| error.in_file(&path))?;
        self.passed += digest.bytes;
        if let Some((file, _)) = self.open.take() {
            self.digests.insert(file, digest);
        }
        Ok(None)
    }

    /// The table of contents, when all else has been read.
    fn end(&mut self) -> Result<()> {
        self.inner.check()?;
        self.next.push_back(Piece::File { name: CONTENTS.to_owned() });
        self.next.push_back(Piece::Text { bytes: self.contents.written(&self.written), lines: 0 });
        self.is_written = true;
        Ok(())
    }
}

/// Opens a file of rows, which must be what its name says.
fn open_rows(path: &Path) -> Result<Stream> {
    let input = Stream::open(path)?;
    input.must_be_utf8("a dump")?;
    if input.compression() != Compression::of(path) {
        return Err(Error::data("the name of the file does not say that it is compressed").in_file(path));
    }
    Ok(input)
}

/// Whether there is nothing but blanks and comments to the ends of their lines.
fn has_no_statement(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).all(|line| line.is_empty() || line.starts_with(b"--"))
}

fn misplaced() -> Error {
    Error::data("the rows of a table are not written as pg_dump does").with_help("dump it with pg_dump as it comes")
}

impl DumpReader for DirectoryReader {
    fn next(&mut self, tables: &mut dyn Tables) -> Result<Option<Piece>> {
        let contents = Arc::clone(&self.contents);
        loop {
            if let Some(piece) = self.next.pop_front() {
                return Ok(Some(piece));
            }
            if self.open.is_some() {
                if let Some(piece) = self.rows(tables)? {
                    return Ok(Some(piece));
                }
            } else if let Some(entry) = contents.entries.get(self.at) {
                self.at += 1;
                self.enter(self.at - 1, entry, tables)?;
            } else if self.is_written {
                return Ok(None);
            } else {
                self.end()?;
            }
        }
    }

    fn position(&self) -> u64 {
        self.passed + if self.open.is_some() { self.inner.read() } else { 0 }
    }

    /// A folder is no stream, and what is cut off of it is never published.
    fn cut_off(&self) -> Vec<u8> {
        Vec::new()
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        Ok(Digest::of_folder(&self.digests))
    }
}
