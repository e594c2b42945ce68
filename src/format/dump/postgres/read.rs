use std::ops::Range;
use std::sync::Arc;

use super::catalogue::Catalogue;
use super::copy::CopyBlock;
use super::directory::Part;
use super::insert::{self, InsertBlock};
use super::layout::{Head, Layout};
use super::statement::{self, Default, ListedColumn, Statement, TableStatement};
use super::walk::{LAST_LINE, Step, Walker};
use crate::error::{Error, Result};
use crate::format::dump::{DumpReader, FoundTable, Piece, TableName, Tables, Treatment, check_types, misfits};
use crate::format::{Block, Digest, Reading, Stream};
use crate::transform::Fate;

/// Reads a dump to write it anew: statements pass or are left out, rows go through their tables' plans.
pub(super) struct PostgresReader {
    walker: Walker,
    block_size: usize,
    catalogue: Catalogue,
    /// What becomes of each table of the catalogue.
    fates: Vec<TableFate>,
    /// How many tables are not left out.
    met: usize,
    /// What was read and is to be written before the next rows.
    text: Vec<u8>,
    /// The lines of the input since the last piece.
    lines: u64,
    rows: Option<RowRun>,
    script: Script,
    part: Part,
    /// Whether a statement of this part was left out.
    left_out: bool,
    /// Whether what came last is what `pg_dump` ends a file of rows with.
    is_ended: bool,
}

/// What becomes of a table: nothing, if it is left out.
struct TableFate {
    kept: Option<Kept>,
}

struct Kept {
    /// Its place among the tables that are not left out.
    place: usize,
    reading: Reading,
    treatment: Treatment,
    /// The rows that have been read.
    rows: u64,
}

/// Rows that are being read.
struct RowRun {
    table: usize,
    /// For each value of a row its column.
    places: Vec<Option<usize>>,
    /// How they are laid out; none, if the table is left out, or has no columns.
    layout: Option<Arc<Layout>>,
    /// The head of the INSERT statements; none for the lines of a COPY.
    head: Option<Vec<u8>>,
    /// Whether what is not decoded is written as it is.
    passes: bool,
}

/// How far a dump is as a script for `psql`: what shows whether it is whole.
#[derive(Debug, Default)]
pub(super) struct Script {
    /// The word with which `psql` was restricted.
    word: Option<Vec<u8>>,
    is_restricted: bool,
    /// Whether nothing but blanks and comments came since the comment that ends a dump.
    is_complete: bool,
}

impl Script {
    /// Enters a comment. Whether it is one of `pg_dump`'s: a comment by anybody else may say anything.
    pub(super) fn comment(&mut self, line: &[u8]) -> bool {
        const KNOWN: &[&str] = &[
            "PostgreSQL database dump",
            "Dumped from database version ",
            "Dumped by pg_dump version ",
            "Started on ",
            "Completed on ",
            "TOC entry ",
            "Dependencies: ",
            "load via partition root ",
            "*not* creating schema, since initdb creates it",
            "*not* dropping schema, since initdb creates it",
        ];
        let Some(text) = std::str::from_utf8(line).ok().and_then(|line| line.strip_prefix("--")) else { return false };
        let text = text.trim();
        self.is_complete |= text == "PostgreSQL database dump complete";
        let is_header = (text.starts_with("Name: ") || text.contains(" for Name: ")) && text.contains("; Type: ");
        text.is_empty() || is_header || KNOWN.iter().any(|known| text.starts_with(known))
    }

    /// Enters a line that starts with a backslash: the two that `pg_dump` writes. None, if it is another.
    pub(super) fn command(&mut self, line: &[u8]) -> Option<()> {
        let is_word = |word: &[u8]| (1..=255).contains(&word.len()) && word.iter().all(u8::is_ascii_alphanumeric);
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(word) = line.strip_prefix(b"\\restrict ").filter(|word| is_word(word)) {
            let is_first = !std::mem::replace(&mut self.is_restricted, true);
            self.word = Some(word.to_vec());
            self.is_complete = false;
            return is_first.then_some(());
        }
        let word = line.strip_prefix(b"\\unrestrict ")?;
        let is_restricted = std::mem::take(&mut self.is_restricted);
        (is_restricted && self.word.as_deref() == Some(word)).then_some(())
    }

    /// Enters a statement.
    pub(super) fn statement(&mut self) {
        self.is_complete = false;
    }

    /// Whether the dump may end here.
    pub(super) fn may_end(&self) -> bool {
        self.is_complete && !self.is_restricted
    }
}

/// Where the rows of a part start.
pub(super) struct Start {
    pub(super) table: usize,
    /// For each value of a row its column.
    pub(super) places: Vec<Option<usize>>,
    /// The head of the INSERT statements; none for the lines of a COPY.
    pub(super) head: Option<Vec<u8>>,
    /// Whether the table is not left out.
    pub(super) is_kept: bool,
    /// The first line of the COPY, as it is to be written.
    pub(super) statement: Vec<u8>,
}

impl PostgresReader {
    pub(super) fn new(input: Stream, block_size: usize) -> Self {
        Self {
            walker: Walker::new(input),
            block_size,
            catalogue: Catalogue::default(),
            fates: Vec::new(),
            met: 0,
            text: Vec::new(),
            lines: 0,
            rows: None,
            script: Script::default(),
            part: Part::Script,
            left_out: false,
            is_ended: false,
        }
    }

    /// The tables, as far as the dump has been read.
    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Goes on with a part of a dump that is no script. Gives back the part before.
    pub(super) fn turn_to(&mut self, part: Part, input: Stream) -> Walker {
        self.part = part;
        self.left_out = false;
        self.is_ended = false;
        self.lines = 0;
        std::mem::replace(&mut self.walker, Walker::new(input).of_part())
    }

    /// Whether a statement of this part was left out.
    pub(super) fn left_out(&self) -> bool {
        self.left_out
    }

    /// How much of the part was read.
    pub(super) fn read(&self) -> u64 {
        self.walker.read()
    }

    /// Comes to the rows of the part. None if it has none.
    pub(super) fn start_rows(&mut self, tables: &mut dyn Tables) -> Result<Option<Start>> {
        while self.rows.is_none() {
            if !self.step(tables)? {
                return Ok(None);
            }
        }
        let Some(run) = &self.rows else { return Ok(None) };
        let (table, places, head) = (run.table, run.places.clone(), run.head.clone());
        Ok(Some(Start { table, places, head, is_kept: run.passes, statement: std::mem::take(&mut self.text) }))
    }

    /// Checks the rules against all that the dump says of its tables.
    ///
    /// # Errors
    /// The database would refuse the rows.
    pub(super) fn check(&self) -> Result<()> {
        let found: Vec<Option<&Treatment>> =
            (0..self.fates.len()).map(|table| self.kept(table).map(|kept| &kept.treatment)).collect();
        Error::all(misfits(&self.catalogue.bound(), &found)).map_or(Ok(()), Err)
    }

    /// Passes over the next `length` bytes; they are no piece of their own.
    fn pass(&mut self, length: usize) {
        let before = self.walker.lines();
        self.walker.pass(length);
        self.lines += self.walker.lines() - before;
    }

    /// Lets the next `length` bytes through as they are.
    fn let_through(&mut self, length: usize) {
        self.text.extend_from_slice(self.walker.ahead(length));
        self.pass(length);
    }

    fn take_text(&mut self) -> Option<Piece> {
        if self.text.is_empty() && self.lines == 0 {
            return None;
        }
        Some(Piece::Text { bytes: std::mem::take(&mut self.text), lines: std::mem::take(&mut self.lines) })
    }

    /// Asks what becomes of a table.
    fn meet(&mut self, table: usize, tables: &mut dyn Tables) -> Result<()> {
        let met = tables.meet(self.catalogue.dump_table(table)?)?;
        let kept = met.map(|reading| {
            let treatment = tables.plan(self.met).map(Treatment::of).unwrap_or_default();
            self.met += 1;
            Kept { place: self.met - 1, reading, treatment, rows: 0 }
        });
        let refused = self.catalogue.tables().get(table).zip(kept.as_ref());
        let refused = refused.and_then(|(found, kept)| check_types(found, &kept.treatment).err());
        self.fates.push(TableFate { kept });
        refused.map_or(Ok(()), Err)
    }

    fn kept(&self, table: usize) -> Option<&Kept> {
        self.fates.get(table).and_then(|fate| fate.kept.as_ref())
    }

    /// Takes one step outside rows. False at the end of the dump.
    fn step(&mut self, tables: &mut dyn Tables) -> Result<bool> {
        let step = self.walker.step()?;
        if !self.part.admits(step) {
            return Err(self.walker.here(misplaced()));
        }
        let was_ended = std::mem::take(&mut self.is_ended);
        match step {
            Step::Blank(length) => {
                self.is_ended = self.walker.ahead(length) == ROWS_END;
                self.let_through(length);
            }
            Step::Comment(length) => {
                if self.script.comment(self.walker.ahead(length)) {
                    self.let_through(length);
                } else {
                    self.pass(length);
                }
            }
            Step::Command(length) => {
                let line = self.walker.ahead(length);
                if self.script.command(line).is_none() {
                    return Err(self.walker.here(command_refused()));
                }
                self.let_through(length);
            }
            Step::Statement(length) => {
                self.script.statement();
                let read = statement::read(self.walker.ahead(length)).map_err(|refused| self.walker.refuse(refused))?;
                self.statement(read, length, tables)?;
            }
            Step::Insert(length) => {
                self.script.statement();
                self.inserts(length, tables)?;
            }
            Step::End if matches!(self.part, Part::Statements | Part::Drops) => return Ok(false),
            Step::End if self.part != Part::Script && was_ended => {
                self.is_ended = true;
                return Ok(false);
            }
            Step::End if self.part == Part::Script && self.script.may_end() => {
                self.check()?;
                return Ok(false);
            }
            Step::End => return Err(self.walker.cut_off()),
        }
        Ok(true)
    }

    fn statement(&mut self, statement: Statement, length: usize, tables: &mut dyn Tables) -> Result<()> {
        if !self.part.admits_statement(&statement) {
            return Err(self.walker.here(misplaced()));
        }
        let table = self.catalogue.enter(&statement).map_err(|error| self.walker.here(error))?;
        match statement {
            Statement::Domain { literal: range, .. }
            | Statement::Wrapper { options: range, .. }
            | Statement::Server { options: range, .. } => self.let_through_without(length, range.as_slice()),
            Statement::Schema
            | Statement::Enum { .. }
            | Statement::Composite { .. }
            | Statement::Type { .. }
            | Statement::Partition { .. }
            | Statement::Constraint { .. } => self.let_through(length),
            Statement::LeftOut => self.leave_out(length),
            Statement::Default { table, column, is_literal } => {
                if !is_literal || self.keeps(&table, &column) {
                    self.let_through(length);
                } else {
                    self.leave_out(length);
                }
            }
            Statement::Table(clauses) => {
                let table = table.ok_or_else(|| Error::internal("a table of a dump has no place"))?;
                self.meet(table, tables).map_err(|error| self.walker.here(error))?;
                self.create(&clauses, length);
            }
            Statement::Copy { table, columns } => self.copy(&table, &columns, length, tables)?,
        }
        Ok(())
    }

    fn leave_out(&mut self, length: usize) {
        self.left_out = true;
        self.pass(length);
    }

    /// Comes to the first of the rows, which are all that a part has.
    fn come_to_rows(&mut self, run: RowRun) {
        if self.part != Part::Script {
            self.part = Part::Tail;
            self.lines = 0;
            self.walker.count_from_here();
        }
        self.rows = Some(run);
    }

    /// Whether a column stays as it is.
    fn keeps(&self, table: &TableName, column: &str) -> bool {
        let kept = self.catalogue.find(table).and_then(|table| self.kept(table));
        kept.and_then(|kept| kept.treatment.column(column)).is_some_and(|column| column.fate == Fate::Keep)
    }

    /// Lets CREATE TABLE through, without the literal defaults of columns that do not stay as they are, and without
    /// options.
    fn create(&mut self, clauses: &TableStatement, length: usize) {
        let mut ranges = clauses.options.clone();
        for column in &clauses.columns {
            if let Default::Literal(range) = &column.default
                && !self.keeps(&clauses.name, &column.name)
            {
                ranges.push(range.clone());
            }
        }
        ranges.sort_by_key(|range| range.start);
        self.let_through_without(length, &ranges);
    }

    /// Lets the next `length` bytes through without what stands in these ranges of them.
    fn let_through_without(&mut self, length: usize, ranges: &[Range<usize>]) {
        let mut start = 0;
        for range in ranges {
            self.text.extend_from_slice(self.walker.ahead(length).get(start..range.start).unwrap_or_default());
            start = range.end;
        }
        self.text.extend_from_slice(self.walker.ahead(length).get(start..).unwrap_or_default());
        self.pass(length);
    }

    /// Lets the first line of a COPY through, without the columns that are dropped.
    fn copy(
        &mut self,
        name: &TableName,
        columns: &[ListedColumn],
        length: usize,
        tables: &mut dyn Tables,
    ) -> Result<()> {
        let (table, is_new, places) = self.catalogue.rows_of(name, columns).map_err(|error| self.walker.here(error))?;
        if is_new {
            self.meet(table, tables).map_err(|error| self.walker.here(error))?;
        }
        let statement = self.walker.ahead(length).to_vec();
        self.pass(length);
        let Step::Blank(blanks) = self.walker.step()? else {
            return Err(self.walker.here(Error::data("the first row of a COPY does not start on a line of its own")));
        };
        let line = self.walker.rest_of_line(blanks)?;
        let Some(kept) = self.fates.get(table).and_then(|fate| fate.kept.as_ref()) else {
            self.pass(line);
            self.come_to_rows(RowRun { table, places, layout: None, head: None, passes: false });
            return Ok(());
        };
        let found = self.catalogue.tables().get(table);
        let left = left(&places, found, &kept.treatment);
        if left.is_empty() && !places.is_empty() {
            return Err(self.walker.here(no_column_left(name)));
        }
        if left.len() == places.len() {
            self.text.extend_from_slice(&statement);
        } else if let (Some(first), Some(last)) = (columns.first(), columns.last()) {
            let part = |range| statement.get::<std::ops::Range<usize>>(range).unwrap_or_default();
            let names = left.iter().filter_map(|place| columns.get(*place)).map(|column| part(column.range.clone()));
            self.text.extend_from_slice(part(0..first.range.start));
            self.text.extend_from_slice(&names.collect::<Vec<_>>().join(b", ".as_slice()));
            self.text.extend_from_slice(part(last.range.end..statement.len()));
        }
        let layout = self.layout(table, places.clone(), Head::default())?;
        self.let_through(line);
        self.come_to_rows(RowRun { table, places, layout, head: None, passes: true });
        Ok(())
    }

    /// How rows of a table are laid out; none, if it has no columns.
    fn layout(&self, table: usize, places: Vec<Option<usize>>, head: Head) -> Result<Option<Arc<Layout>>> {
        let (Some(kept), Some(found)) = (self.kept(table), self.catalogue.tables().get(table)) else {
            return Err(Error::internal("a table of a dump has no place"));
        };
        if places.is_empty() {
            return Ok(None);
        }
        Ok(Some(Arc::new(Layout::new(found.columns.clone().into(), places, head, &kept.reading))))
    }

    /// Starts a run of INSERT statements.
    fn inserts(&mut self, length: usize, tables: &mut dyn Tables) -> Result<()> {
        let statement = self.walker.ahead(length).to_vec();
        let insert = statement::insert_head(&statement).map_err(|refused| self.walker.refuse(refused))?;
        let (table, is_new, places) =
            self.catalogue.rows_of(&insert.table, &insert.columns).map_err(|error| self.walker.here(error))?;
        if is_new {
            self.meet(table, tables).map_err(|error| self.walker.here(error))?;
        }
        let part = |start: usize, end: usize| statement.get(start..end).unwrap_or_default().to_vec();
        let bytes = part(0, insert.end);
        let Some(kept) = self.kept(table) else {
            self.come_to_rows(RowRun { table, places, layout: None, head: Some(bytes), passes: false });
            return Ok(());
        };
        if left(&places, self.catalogue.tables().get(table), &kept.treatment).is_empty() {
            return Err(self.walker.here(no_column_left(&insert.table)));
        }
        let listed = insert.columns.iter().map(|column| part(column.range.start, column.range.end));
        let names = if insert.columns.is_empty() { self.catalogue.names(table) } else { listed.collect() };
        let head = Head {
            bytes: bytes.clone(),
            table: part(0, insert.table_end),
            names,
            rest: part(insert.list_end, insert.end),
        };
        let layout = self.layout(table, places.clone(), head)?;
        self.come_to_rows(RowRun { table, places, layout, head: Some(bytes), passes: true });
        Ok(())
    }

    /// The next rows of the run; none at its end.
    fn block(&mut self, run: &RowRun) -> Result<Option<Piece>> {
        loop {
            let length = match &run.head {
                None => self.walker.copy_lines(self.block_size)?,
                Some(head) => self.walker.insert_lines(head, self.block_size)?,
            };
            let Some(length) = length else {
                if run.head.is_none() {
                    if run.passes { self.let_through(LAST_LINE.len()) } else { self.pass(LAST_LINE.len()) }
                }
                return Ok(None);
            };
            let Some(layout) = &run.layout else {
                if !run.passes {
                    self.pass(length);
                } else if self.walker.ahead(length).iter().all(|byte| *byte == b'\n') {
                    self.let_through(length);
                } else {
                    return Err(self.walker.here(Error::data("a table without columns has values")));
                }
                continue;
            };
            let start = self.walker.position();
            let bytes = self.walker.take(length);
            let kept = self.fates.get_mut(run.table).and_then(|fate| fate.kept.as_mut());
            let kept = kept.ok_or_else(|| Error::internal("a table of a dump has no place"))?;
            let first_row = layout.counts_rows.then_some(kept.rows);
            let layout = Arc::clone(layout);
            let block: Box<dyn Block> = match run.head {
                None => {
                    if layout.counts_rows {
                        kept.rows += memchr::memchr_iter(b'\n', &bytes).count() as u64;
                    }
                    Box::new(CopyBlock { bytes, start, first_row, layout })
                }
                Some(_) => {
                    if layout.counts_rows {
                        kept.rows += insert::count_rows(&bytes, &layout);
                    }
                    Box::new(InsertBlock { bytes, start, first_row, layout })
                }
            };
            return Ok(Some(Piece::Rows { table: kept.place, block }));
        }
    }
}

/// The places of the values of a row that are not dropped.
fn left(places: &[Option<usize>], table: Option<&FoundTable>, treatment: &Treatment) -> Vec<usize> {
    let is_dropped = |column: &usize| {
        let column = table.and_then(|table| table.columns.get(*column));
        column.and_then(|column| treatment.column(&column.name)).is_some_and(|column| column.fate == Fate::Drop)
    };
    let stays = |(place, column): (usize, &Option<usize>)| (!column.as_ref().is_some_and(is_dropped)).then_some(place);
    places.iter().enumerate().filter_map(stays).collect()
}

fn no_column_left(table: &TableName) -> Error {
    Error::data(format!("all columns of the table {table} are dropped, and it has rows"))
        .with_help("leave the table out, or keep or treat a column")
}

fn misplaced() -> Error {
    Error::data("something stands here that pg_dump does not write here").with_help("dump it with pg_dump as it comes")
}

pub(super) fn command_refused() -> Error {
    Error::data("a line with a command for psql does not pass")
        .with_help("of lines with a backslash, only `\\restrict` and `\\unrestrict` do; dump without `--create`")
}

impl DumpReader for PostgresReader {
    fn next(&mut self, tables: &mut dyn Tables) -> Result<Option<Piece>> {
        loop {
            if let Some(run) = self.rows.take() {
                if let Some(text) = self.take_text() {
                    self.rows = Some(run);
                    return Ok(Some(text));
                }
                if let Some(piece) = self.block(&run)? {
                    self.rows = Some(run);
                    return Ok(Some(piece));
                }
            } else if self.text.len() >= self.block_size || !self.step(tables)? {
                return Ok(self.take_text());
            }
        }
    }

    fn position(&self) -> u64 {
        self.walker.read()
    }

    /// A row of more values than a table can have and the end of a COPY, which fail outside one too; and then, with
    /// errors made fatal, what is no SQL.
    fn cut_off(&self) -> Vec<u8> {
        let mut tail = b"\nthis output is cut off".to_vec();
        tail.extend(std::iter::repeat_n(b'\t', MOST_COLUMNS));
        tail.extend_from_slice(b"\n\\.\n");
        if let Some(word) = &self.script.word {
            tail.extend_from_slice(b"\\unrestrict ");
            tail.extend_from_slice(word);
            tail.push(b'\n');
        }
        tail.extend_from_slice(b"\\set ON_ERROR_STOP on\nthis output is cut off;\n");
        tail
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.walker.finish()
    }
}

/// What `pg_dump` ends a file of rows with, after the end of its last line.
const ROWS_END: &[u8] = b"\n\n";

/// How many columns a table of PostgreSQL has at most.
const MOST_COLUMNS: usize = 1_600;
