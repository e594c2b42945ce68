//! A dump as a sequence of steps: statements, stretches of rows, and what stands between them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::comment::{begins_dump, ends_dump, passes, sandbox};
use super::defined::Definition;
use super::insert::{self, Found, Head, Layout};
use super::lex::{Fault, Kind, Lexer, comment};
use super::literal::is_word;
use super::rows::{CutAt, Cutter};
use super::settings::Settings;
use super::statement::{Statement, statement};
use super::tokens::Why;
use crate::error::{Error, Place, Result};
use crate::format::dump::TableName;
use crate::format::{Digest, Stream};

/// The largest statement and the largest row, in bytes: a quote that is never closed would otherwise fill the memory.
const LARGEST: usize = 64 << 20;

/// How much is read at first to find the end of a statement, in bytes.
const FIRST: usize = 64 << 10;

/// A step.
pub(super) enum Step {
    /// Blanks, comments and commands of the client that say what ends a statement.
    Between {
        /// The bytes.
        bytes: Vec<u8>,
        /// Whether they may be written again.
        passes: bool,
    },
    /// A statement, with what ends it.
    Statement {
        /// The bytes.
        bytes: Vec<u8>,
        /// What it does. A table that it makes is the last of [`Script::tables`].
        statement: Statement,
    },
    /// Rows.
    Rows(Stretch),
}

/// A stretch of whole rows of one table.
pub(super) struct Stretch {
    /// The table, by its place among all that were met.
    pub(super) table: usize,
    pub(super) head: Arc<Head>,
    pub(super) bytes: Vec<u8>,
    /// Where it starts in the file.
    pub(super) start: u64,
    /// How many lines of the file there are before it.
    pub(super) line: u64,
    pub(super) rows: u64,
}

/// Reads a dump step by step.
pub(super) struct Script {
    input: Stream,
    pending: Vec<u8>,
    /// Where what is pending starts.
    at: usize,
    at_end: bool,
    /// The bytes and lines of the file before what is pending.
    start: u64,
    line: u64,
    delimiter: Vec<u8>,
    database: Option<String>,
    settings: Settings,
    tables: Vec<Arc<Definition>>,
    by_name: BTreeMap<TableName, usize>,
    /// The table whose rows follow, and how they begin.
    within: Option<(usize, Arc<Head>)>,
    /// Whether a line said that this is a dump, and none said yet that it is complete.
    is_open: bool,
    block_size: usize,
}

impl Script {
    pub(super) fn new(input: Stream, block_size: usize) -> Self {
        Self {
            input,
            pending: Vec::new(),
            at: 0,
            at_end: false,
            start: 0,
            line: 0,
            delimiter: b";".to_vec(),
            database: None,
            settings: Settings::default(),
            tables: Vec::new(),
            by_name: BTreeMap::new(),
            within: None,
            is_open: false,
            block_size: block_size.max(1),
        }
    }

    /// The tables that were made so far.
    pub(super) fn tables(&self) -> &[Arc<Definition>] {
        &self.tables
    }

    /// The bytes of the input that were read.
    pub(super) fn position(&self) -> u64 {
        self.input.position()
    }

    /// Whether places in the dump are places in the file.
    pub(super) fn is_as_it_stands(&self) -> bool {
        self.input.is_as_it_stands()
    }

    /// The length and digest of the input.
    pub(super) fn finish(self) -> Result<Digest> {
        self.input.finish()
    }

    /// The lines of the file before the next step.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    fn bytes(&self) -> &[u8] {
        self.pending.get(self.at..).unwrap_or_default()
    }

    /// Reads until so many bytes are pending, or the input ends.
    fn fill(&mut self, size: usize) -> Result<()> {
        if !self.at_end && self.bytes().len() < size {
            self.pending.drain(..self.at);
            self.at = 0;
            self.at_end = !self.input.fill(&mut self.pending, size)?;
        }
        Ok(())
    }

    /// Takes bytes that are pending.
    fn take(&mut self, length: usize) -> Vec<u8> {
        let taken = self.bytes().get(..length).unwrap_or_default().to_vec();
        self.at += taken.len();
        self.start += taken.len() as u64;
        self.line += memchr::memchr_iter(b'\n', &taken).count() as u64;
        taken
    }

    /// An error about what starts at the next byte.
    pub(super) fn refusal(&self, message: impl Into<String>) -> Error {
        let place = Place { line: Some(self.line + 1), byte: Some(self.start), ..Place::default() };
        Error::data(message).in_file(self.input.path()).at(place)
    }

    fn refused(&self, why: Why) -> Error {
        self.refusal(why).with_help("what mysqldump and mariadb-dump write passes, and nothing else")
    }

    fn cut_off(&self) -> Error {
        self.refusal("the dump ends inside a statement").with_help("the file is cut off; dump the database again")
    }

    /// Finds an end in what is pending, reading on until there is one. The end is found, or not yet, or it is known that
    /// there is none that may pass.
    fn until(&mut self, find: impl Fn(&[u8], bool) -> Result<Option<usize>, Why>) -> Result<usize> {
        let mut size = FIRST;
        loop {
            self.fill(size)?;
            if let Some(end) = find(self.bytes(), self.at_end).map_err(|why| self.refused(why))? {
                return Ok(end);
            }
            if self.at_end {
                return Err(self.cut_off());
            }
            size = self.more()?;
        }
    }

    /// How many bytes have to be pending next, where what is pending has no end.
    fn more(&self) -> Result<usize> {
        if self.bytes().len() > LARGEST {
            let message = format!("a statement or a row is larger than {} MiB", LARGEST >> 20);
            return Err(self.refusal(message).with_help("most likely a quote is opened here and never closed"));
        }
        Ok((self.bytes().len() * 2).clamp(FIRST, LARGEST + 1))
    }

    /// The next step, or none at the end.
    ///
    /// # Errors
    /// The dump can't be read, is cut off, or has what must not pass.
    pub(super) fn next(&mut self) -> Result<Option<Step>> {
        if self.within.is_some() {
            return self.rows().map(Some);
        }
        self.fill(FIRST)?;
        let bytes = self.bytes();
        let Some(first) = bytes.first() else { return self.ends().map(|()| None) };
        if first.is_ascii_whitespace() {
            let blanks = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
            return Ok(Some(Step::Between { bytes: self.take(blanks), passes: true }));
        }
        if bytes.starts_with(&self.delimiter) {
            let bytes = self.take(self.delimiter.len());
            return Ok(Some(Step::Between { bytes, passes: true }));
        }
        if let Some(length) = sandbox(bytes) {
            return Ok(Some(Step::Between { bytes: self.take(length), passes: true }));
        }
        if bytes.starts_with(b"#") || bytes.starts_with(b"--") || is_comment(bytes) {
            return self.comment().map(Some);
        }
        let word = bytes.iter().position(|byte| !is_word(*byte)).unwrap_or(bytes.len());
        let word = bytes.get(..word).unwrap_or_default();
        if word.eq_ignore_ascii_case(b"DELIMITER") {
            return self.delimiter().map(Some);
        }
        if word.eq_ignore_ascii_case(b"INSERT") || word.eq_ignore_ascii_case(b"REPLACE") {
            self.insert()?;
            return self.rows().map(Some);
        }
        self.statement().map(Some)
    }

    fn comment(&mut self) -> Result<Step> {
        let length = self.until(|bytes, is_last| match comment(bytes) {
            Ok(Some(length)) => Ok(Some(length)),
            // The last line of a file may have no line end.
            Err(_) if is_last && !bytes.starts_with(b"/*") => Ok(Some(bytes.len())),
            Err(_) => Ok(None),
            Ok(None) if is_last && bytes == b"--" => Ok(Some(bytes.len())),
            Ok(None) => Err("a statement of a kind that does not pass"),
        })?;
        let bytes = self.take(length);
        self.is_open = (self.is_open || begins_dump(&bytes)) && !ends_dump(&bytes);
        let passes = passes(&bytes);
        Ok(Step::Between { bytes, passes })
    }

    /// Takes the client's command that says what ends a statement from here on.
    fn delimiter(&mut self) -> Result<Step> {
        let length = self.until(|bytes, is_last| {
            let end = memchr::memchr(b'\n', bytes).map(|end| end + 1);
            Ok(end.or(is_last.then_some(bytes.len())))
        })?;
        let line = self.bytes().get(b"DELIMITER".len()..length).unwrap_or_default();
        let delimiter = line.trim_ascii().to_vec();
        let is_plain =
            delimiter.iter().all(|byte| matches!(byte, b';' | b'$' | b'/' | b'|' | b'!' | b'%' | b'^' | b'&'));
        if delimiter.is_empty() || delimiter.len() > 8 || !is_plain || delimiter.starts_with(b"/*") {
            return Err(self.refused("a DELIMITER that is not of a few signs such as `;;`"));
        }
        self.delimiter = delimiter;
        Ok(Step::Between { bytes: self.take(length), passes: true })
    }

    fn statement(&mut self) -> Result<Step> {
        let delimiter = self.delimiter.clone();
        let end = self.until(|bytes, _| statement_end(bytes, &delimiter))?;
        let mut settings = self.settings;
        let body = self.bytes().get(..end).unwrap_or_default();
        let found = statement(body, self.database.as_deref(), &mut settings).map_err(|why| self.refused(why))?;
        self.settings = settings;
        match &found {
            Statement::Create(table) => {
                if self.by_name.insert(table.name.clone(), self.tables.len()).is_some() {
                    return Err(self.refusal("a table is made twice"));
                }
                self.tables.push(Arc::new((**table).clone()));
            }
            Statement::Use(database) => self.database = Some(database.clone()),
            Statement::Closing => self.settings.keeps_notes = false,
            _ => {}
        }
        Ok(Step::Statement { bytes: self.take(end + delimiter.len()), statement: found })
    }

    /// Reads how an `INSERT` begins.
    fn insert(&mut self) -> Result<()> {
        if self.delimiter != b";" || self.settings.is_ansi {
            return Err(self.refused("an INSERT among routines, or under an SQL_MODE that reads quotes in its own way"));
        }
        let database = self.database.clone();
        let length = self.until(|bytes, _| match insert::find(bytes, database.as_deref()) {
            Found::Rows { length, .. } => Ok(Some(length)),
            Found::Cut => Ok(None),
            Found::Other(why) => Err(why),
        })?;
        let Found::Rows { table, columns, list, .. } = insert::find(self.bytes(), self.database.as_deref()) else {
            return Err(Error::internal("the head of an INSERT is read in two ways"));
        };
        let Some(place) = self.by_name.get(&table).copied() else {
            return Err(self
                .refusal("an INSERT into a table whose CREATE TABLE is not in the file before it")
                .with_help("dump the database with its table definitions: without --no-create-info"));
        };
        let definition = self.tables.get(place).ok_or_else(|| Error::internal("a table was lost"))?;
        let layout = Layout::of(definition, columns.as_deref()).map_err(|why| self.refused(why))?;
        let head = Head::new(self.bytes().get(..length).unwrap_or_default(), columns.is_some(), list, layout);
        self.within = Some((place, head));
        Ok(())
    }

    /// Takes the next stretch of rows of the table that this is within.
    fn rows(&mut self) -> Result<Step> {
        let Some((table, head)) = self.within.clone() else {
            return Err(Error::internal("rows are looked for outside an INSERT"));
        };
        let mut cutter = Cutter::default();
        let mut size = self.block_size;
        loop {
            self.fill(size)?;
            let end = match cutter.look(self.bytes(), &head, self.at_end) {
                CutAt::Statement(end) => {
                    self.within = None;
                    end
                }
                CutAt::Bytes if self.at_end => return Err(self.cut_off()),
                CutAt::Bytes if cutter.end > 0 => cutter.end,
                CutAt::Bytes => {
                    size = self.more()?;
                    continue;
                }
            };
            let (start, line) = (self.start, self.line);
            return Ok(Step::Rows(Stretch { table, head, bytes: self.take(end), start, line, rows: cutter.rows }));
        }
    }

    /// Checks that the dump may end here.
    fn ends(&self) -> Result<()> {
        let what = if self.is_open {
            "the dump does not end with `-- Dump completed`"
        } else if self.settings.keeps_notes {
            "the dump ends before it has set the session back to what it was"
        } else if self.delimiter != b";" {
            "the dump ends among routines"
        } else {
            return Ok(());
        };
        Err(self.refusal(what).with_help("the file is cut off; dump the database again"))
    }
}

/// Whether a comment starts here that no server executes.
fn is_comment(bytes: &[u8]) -> bool {
    bytes.starts_with(b"/*") && !bytes.starts_with(b"/*!") && !bytes.starts_with(b"/*M!")
}

/// The end of a statement: where what ends it starts.
fn statement_end(bytes: &[u8], delimiter: &[u8]) -> Result<Option<usize>, Why> {
    let mut lexer = Lexer::new(bytes);
    let fault = |fault| match fault {
        Fault::Unterminated => Ok(None),
        Fault::ClientCommand => Err("a command of the client outside strings"),
        Fault::Nul => Err("a statement with a NUL byte outside strings"),
    };
    loop {
        if let Err(found) = lexer.skip_blanks() {
            return fault(found);
        }
        let at = lexer.at();
        if bytes.get(at..).is_some_and(|rest| rest.starts_with(delimiter)) {
            return Ok(Some(at));
        }
        match lexer.next() {
            Ok(None) => return Ok(None),
            Ok(Some(token)) if matches!(token.kind, Kind::Word | Kind::Number) => {
                // `END$$`: the client looks for what ends a statement inside words too.
                if let Some(inside) = memchr::memmem::find(token.of(bytes), delimiter) {
                    return Ok(Some(token.range.start + inside));
                }
            }
            Ok(Some(_)) => {}
            Err(found) => return fault(found),
        }
    }
}
