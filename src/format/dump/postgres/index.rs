use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Schema};

use super::catalogue::Catalogue;
use super::copy::{CopyBlock, checked};
use super::insert::{self, InsertBlock};
use super::layout::{Head, Layout};
use super::read::{Script, command_refused};
use super::statement::{self, ListedColumn, Statement};
use super::walk::{LAST_LINE, Step, Walker};
use crate::error::{Error, Result};
use crate::format::dump::parked::Parked;
use crate::format::dump::{Dump, DumpTable, FoundTable, TableName};
use crate::format::{Batches, Block, Carried, Decoded, Digest, Reader, Reading, Stream};
use crate::unchecked::TextBuilder;

/// How much is passed at a time where only the end of something is looked for.
const STRETCH: usize = 1 << 20;

/// A dump that was read through once.
pub(super) struct PostgresDump {
    path: PathBuf,
    found: Vec<FoundTable>,
    tables: Vec<DumpTable>,
    runs: Vec<Run>,
    digest: Digest,
    /// The length of the dump, which is not that of the file if it is compressed.
    length: u64,
    /// Whether places in the dump are places in the file.
    is_plain: bool,
    parked: Arc<Parked<Walker>>,
}

/// Rows that stand together in the dump.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) table: usize,
    pub(super) range: Range<u64>,
    /// The lines before it.
    pub(super) lines: u64,
    pub(super) places: Vec<Option<usize>>,
    /// The head of the INSERT statements; none for the lines of a COPY.
    pub(super) head: Option<Vec<u8>>,
}

impl PostgresDump {
    pub(super) fn index(path: &Path) -> Result<Self> {
        let mut walker = Walker::new(Stream::open(path)?);
        let (catalogue, runs) = walk(&mut walker).map_err(|error| error.in_file(path))?;
        let tables =
            (0..catalogue.tables().len()).map(|table| catalogue.dump_table(table)).collect::<Result<Vec<_>>>()?;
        let length = walker.position();
        let is_plain = walker.is_as_it_stands();
        let found = catalogue.bound();
        let (path, digest, parked) = (path.to_path_buf(), walker.finish()?, Arc::default());
        Ok(Self { path, found, tables, runs, digest, length, is_plain, parked })
    }

    /// The dump from a place on.
    fn open_at(&self, position: u64) -> Result<Walker> {
        let failed = |error: std::io::Error| Error::io("read the file", &self.path, &error);
        let mut file = File::open(&self.path).map_err(failed)?;
        if self.is_plain {
            file.seek(SeekFrom::Start(position)).map_err(failed)?;
            return Ok(Walker::new(Stream::over(&self.path, Box::new(file))));
        }
        let mut walker = match self.parked.take(position) {
            Some(walker) => walker,
            None => Walker::new(Stream::open(&self.path)?),
        };
        walker.pass_by(position - walker.position())?;
        Ok(walker)
    }
}

/// Reads a dump through.
fn walk(walker: &mut Walker) -> Result<(Catalogue, Vec<Run>)> {
    let mut catalogue = Catalogue::default();
    let mut script = Script::default();
    let mut runs = Vec::new();
    loop {
        match walker.step()? {
            Step::Blank(length) => walker.pass(length),
            Step::Comment(length) => {
                script.comment(walker.ahead(length));
                walker.pass(length);
            }
            Step::Command(length) => {
                script.command(walker.ahead(length)).ok_or_else(|| walker.here(command_refused()))?;
                walker.pass(length);
            }
            Step::Statement(length) => {
                script.statement();
                let read = statement::read(walker.ahead(length)).map_err(|refused| walker.refuse(refused))?;
                catalogue.enter(&read).map_err(|error| walker.here(error))?;
                let Statement::Copy { table, columns } = read else {
                    walker.pass(length);
                    continue;
                };
                let (table, places) = rows_of(&mut catalogue, &table, &columns, walker)?;
                walker.pass(length);
                let Step::Blank(blanks) = walker.step()? else { continue };
                let line = walker.rest_of_line(blanks)?;
                walker.pass(line);
                let (start, lines) = (walker.position(), walker.lines());
                while let Some(length) = walker.copy_lines(STRETCH)? {
                    walker.pass(length);
                }
                runs.push(Run { table, range: start..walker.position(), lines, places, head: None });
                walker.pass(LAST_LINE.len());
            }
            Step::Insert(length) => {
                script.statement();
                let statement = walker.ahead(length);
                let insert = statement::insert_head(statement).map_err(|refused| walker.refuse(refused))?;
                let head = statement.get(..insert.end).unwrap_or_default().to_vec();
                let (table, places) = rows_of(&mut catalogue, &insert.table, &insert.columns, walker)?;
                let (start, lines) = (walker.position(), walker.lines());
                while let Some(length) = walker.insert_lines(&head, STRETCH)? {
                    walker.pass(length);
                }
                runs.push(Run { table, range: start..walker.position(), lines, places, head: Some(head) });
            }
            Step::End if script.may_end() => return Ok((catalogue, runs)),
            Step::End => return Err(walker.cut_off()),
        }
    }
}

fn rows_of(
    catalogue: &mut Catalogue,
    table: &TableName,
    columns: &[ListedColumn],
    walker: &Walker,
) -> Result<(usize, Vec<Option<usize>>)> {
    let (table, _, places) = catalogue.rows_of(table, columns).map_err(|error| walker.here(error))?;
    Ok((table, places))
}

impl Dump for PostgresDump {
    fn tables(&self) -> &[DumpTable] {
        &self.tables
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn digest(&self) -> Digest {
        self.digest
    }

    fn facts(&self) -> &[FoundTable] {
        &self.found
    }

    fn read_table(&self, table: usize, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>> {
        let columns = self.found.get(table).map_or(&[][..], |found| &found.columns);
        let mut runs = Vec::new();
        for run in self.runs.iter().filter(|run| run.table == table && !run.places.is_empty()) {
            let head = Head { bytes: run.head.clone().unwrap_or_default(), ..Head::default() };
            let layout = Layout::new(columns.to_vec().into(), run.places.clone(), head, reading).looking_only();
            runs.push((run.clone(), Arc::new(layout)));
        }
        let lines = runs.first().map_or(0, |(run, _)| run.lines);
        let start = runs.first().map_or(0, |(run, _)| run.range.start);
        let walker = Some(self.open_at(start)?);
        runs.reverse();
        let digest = self.digest;
        let parked = (!self.is_plain).then(|| Arc::clone(&self.parked));
        Ok(Box::new(TableReader { walker, position: start, runs, block_size, lines, rows: 0, digest, parked }))
    }

    fn read_rest(&self, block_size: usize) -> Result<Box<dyn Reader>> {
        let mut gaps = Vec::new();
        let mut start = 0;
        for run in &self.runs {
            gaps.push(start..run.range.start);
            start = run.range.end;
        }
        gaps.push(start..self.length);
        gaps.retain(|gap| !gap.is_empty());
        gaps.reverse();
        let digest = self.digest;
        Ok(Box::new(RestReader { walker: self.open_at(0)?, position: 0, gaps, block_size, rows: 0, digest }))
    }
}

/// Reads the rows of one table.
pub(super) struct TableReader {
    /// There until the reader is dropped.
    walker: Option<Walker>,
    /// The place of what the walker comes to next.
    position: u64,
    /// The runs that are left, the next one last.
    runs: Vec<(Run, Arc<Layout>)>,
    block_size: usize,
    lines: u64,
    rows: u64,
    digest: Digest,
    /// Where the walker is left, if the dump is compressed.
    parked: Option<Arc<Parked<Walker>>>,
}

impl TableReader {
    /// Reads one run, which starts where the walker is. `rows` come before it.
    pub(super) fn over(walker: Walker, run: (Run, Arc<Layout>), block_size: usize, rows: u64, digest: Digest) -> Self {
        Self {
            walker: Some(walker),
            position: run.0.range.start,
            runs: vec![run],
            block_size,
            lines: 0,
            rows,
            digest,
            parked: None,
        }
    }

    /// The rows that were read, where blocks count theirs, and those before.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }
}

impl Reader for TableReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        while let (Some((run, layout)), Some(walker)) = (self.runs.last(), &mut self.walker) {
            if self.position < run.range.start {
                walker.pass_by(run.range.start - self.position)?;
                self.position = run.range.start;
            }
            let length = match &run.head {
                None if self.position < run.range.end => walker.copy_lines(self.block_size)?,
                Some(head) if self.position < run.range.end => walker.insert_lines(head, self.block_size)?,
                _ => None,
            };
            let Some(length) = length else {
                self.runs.pop();
                continue;
            };
            let (start, layout) = (self.position, Arc::clone(layout));
            let bytes = walker.take(length);
            self.position += length as u64;
            let first_row = layout.counts_rows.then_some(self.rows);
            if run.head.is_some() {
                if layout.counts_rows {
                    self.rows += insert::count_rows(&bytes, &layout);
                }
                return Ok(Some(Box::new(InsertBlock { bytes, start, first_row, layout })));
            }
            self.rows += memchr::memchr_iter(b'\n', &bytes).count() as u64;
            return Ok(Some(Box::new(CopyBlock { bytes, start, first_row, layout })));
        }
        Ok(None)
    }

    fn lines_before(&self) -> u64 {
        self.lines
    }

    fn position(&self) -> u64 {
        self.position
    }

    /// That of the whole dump, as it was when it was read through.
    fn finish(self: Box<Self>) -> Result<Digest> {
        Ok(self.digest)
    }
}

impl Drop for TableReader {
    fn drop(&mut self) {
        if let (Some(parked), Some(walker)) = (&self.parked, self.walker.take()) {
            parked.leave(walker.position(), walker);
        }
    }
}

/// Reads what stands between rows.
pub(super) struct RestReader {
    walker: Walker,
    position: u64,
    /// The stretches that are left, the next one last.
    gaps: Vec<Range<u64>>,
    block_size: usize,
    rows: u64,
    digest: Digest,
}

impl RestReader {
    /// Reads everything, of this length.
    pub(super) fn over(walker: Walker, length: u64, block_size: usize, digest: Digest) -> Self {
        let gaps = (length > 0).then_some(0..length).into_iter().collect();
        Self { walker, position: 0, gaps, block_size, rows: 0, digest }
    }
}

impl Reader for RestReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        let Some(gap) = self.gaps.last_mut() else { return Ok(None) };
        self.walker.pass_by(gap.start - self.position)?;
        self.position = gap.start;
        let size = usize::try_from(gap.end - gap.start).unwrap_or(usize::MAX);
        let length = self.walker.lines_of(size, self.block_size)?;
        let bytes = self.walker.take(length);
        let start = self.position;
        self.position += length as u64;
        gap.start = self.position;
        if gap.is_empty() || length == 0 {
            self.gaps.pop();
        }
        let first_row = Some(self.rows);
        self.rows += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Ok(Some(Box::new(RestBlock { bytes, start, first_row })))
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        Ok(self.digest)
    }
}

/// Lines, each a row of one text column.
struct RestBlock {
    bytes: Vec<u8>,
    start: u64,
    first_row: Option<u64>,
}

impl Block for RestBlock {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn first_row(&self) -> Option<u64> {
        self.first_row
    }

    fn decode(self: Box<Self>) -> Result<Batches> {
        let text = checked(self.bytes, self.start)?;
        let mut builder = TextBuilder::over(text.clone(), 0);
        let mut start = 0;
        while start < text.bytes().len() {
            let end = memchr::memchr(b'\n', &text.bytes()[start..]).map_or(text.bytes().len(), |at| start + at);
            builder.push_shared(start..end);
            start = end + 1;
        }
        let schema = Arc::new(Schema::new(vec![Field::new("text", DataType::Utf8View, true)]));
        let batch = RecordBatch::try_new(schema, vec![Arc::new(builder.finish())])
            .map_err(|_| Error::internal("lines are no column"))?;
        Ok(Box::new(std::iter::once(Ok(Decoded { batch, carried: Carried::Nothing }))))
    }
}
