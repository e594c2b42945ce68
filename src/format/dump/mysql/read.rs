//! Reads a dump for it to be written anew.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::defined::Definition;
use super::rewrite::{check_table, rewritten};
use super::script::{Script, Step};
use super::statement::Statement;
use super::table::{Wanted, dump_table};
use crate::error::{Error, Result};
use crate::format::dump::{
    Constraint, DumpReader, Known, Piece, TableName, Tables, Treatment, check_constraint, check_required, check_types,
};
use crate::format::{Digest, Stream};

/// How much text is gathered before it is given out, in bytes.
const TEXT: usize = 1 << 20;

/// Ends whatever statement is open, so that it is none, and then says that something is wrong, which the client stops at
/// unless it was told to go on.
pub(super) const CUT_OFF: &[u8] = b"\n;\n;;\nDELIMITER ;\n\
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This dump was cut off while it was written';\n";

/// A dump being read.
pub(super) struct MySqlReader {
    script: Script,
    /// What is wanted of each table that was met, and its place among those that are not left out.
    wanted: Vec<Option<(usize, Wanted)>>,
    kept: usize,
    known: Known,
    /// The tables that are left out, and the views that go with them, by their own names.
    left_out: BTreeSet<String>,
    text: Vec<u8>,
    lines: u64,
    /// What drops the table that comes next, in the text.
    drops: Option<(TableName, Range<usize>)>,
    /// Rows that wait for the text before them.
    rows: Option<Piece>,
    is_done: bool,
}

impl MySqlReader {
    pub(super) fn new(input: Stream, block_size: usize) -> Self {
        Self {
            script: Script::new(input, block_size),
            wanted: Vec::new(),
            kept: 0,
            known: Known::new(),
            left_out: BTreeSet::new(),
            text: Vec::new(),
            lines: 0,
            drops: None,
            rows: None,
            is_done: false,
        }
    }

    /// Adds what is to be written to the text; nothing, where it is left out.
    fn add(&mut self, bytes: &[u8], passes: bool) {
        self.lines += memchr::memchr_iter(b'\n', bytes).count() as u64;
        if passes {
            self.text.extend_from_slice(bytes);
        }
    }

    fn take_text(&mut self) -> Option<Piece> {
        self.drops = None;
        let (bytes, lines) = (std::mem::take(&mut self.text), std::mem::take(&mut self.lines));
        (!bytes.is_empty() || lines > 0).then_some(Piece::Text { bytes, lines })
    }

    fn statement(&mut self, bytes: &[u8], statement: Statement, tables: &mut dyn Tables) -> Result<()> {
        match statement {
            Statement::Session | Statement::Closing | Statement::Use(_) => self.add(bytes, true),
            Statement::About { table, before: true } => {
                let start = self.text.len();
                self.add(bytes, true);
                self.drops = Some((table, start..self.text.len()));
            }
            Statement::About { table, before: false } => {
                let passes = !self.left_out.contains(&table.table);
                self.add(bytes, passes);
            }
            Statement::View { view, names } => {
                let passes = !names.iter().any(|name| self.left_out.contains(name));
                if !passes {
                    self.left_out.insert(view.table);
                }
                self.add(bytes, passes);
            }
            Statement::Create(_) => {
                let table = self.script.tables().last().cloned();
                let table = table.ok_or_else(|| Error::internal("a table was made and is not there"))?;
                self.create(bytes, &table, tables)?;
            }
        }
        Ok(())
    }

    fn create(&mut self, bytes: &[u8], table: &Arc<Definition>, tables: &mut dyn Tables) -> Result<()> {
        let Some(reading) = tables.meet(dump_table(table))? else {
            self.wanted.push(None);
            self.known.insert(table.name.clone(), (table.found(), None));
            self.left_out.insert(table.name.table.clone());
            if let Some((_, range)) = self.drops.take().filter(|(dropped, _)| *dropped == table.name) {
                self.text.drain(range);
            }
            self.add(bytes, false);
            return self.check(&table.name);
        };
        self.wanted.push(Some((self.kept, Wanted::new(table, &reading)?)));
        let treatment = tables.plan(self.kept).map(Treatment::of);
        self.kept += 1;
        let Some(treatment) = treatment else {
            self.add(bytes, true);
            return Ok(());
        };
        check_table(table, &treatment)?;
        let written = rewritten(bytes, table, &treatment);
        self.known.insert(table.name.clone(), (table.found(), Some(treatment)));
        self.add(bytes, false);
        self.text.extend_from_slice(&written);
        self.check(&table.name)
    }

    /// Checks what binds a table that was just met, and what binds others to it.
    fn check(&self, name: &TableName) -> Result<()> {
        let Some((table, treatment)) = self.known.get(name) else { return Ok(()) };
        if let Some(treatment) = treatment {
            check_required(table, treatment)?;
            check_types(table, treatment)?;
        }
        for (of, (table, _)) in &self.known {
            for constraint in &table.constraints {
                let binds = match constraint {
                    Constraint::ForeignKey { table: other, .. } => of == name || other == name,
                    Constraint::Unique { .. } | Constraint::Unlike(_) => of == name,
                };
                if binds {
                    check_constraint(&self.known, of, constraint)?;
                }
            }
        }
        Ok(())
    }
}

impl DumpReader for MySqlReader {
    fn next(&mut self, tables: &mut dyn Tables) -> Result<Option<Piece>> {
        loop {
            if let Some(rows) = self.rows.take() {
                return Ok(Some(rows));
            }
            if self.is_done {
                return Ok(None);
            }
            let refusal = self.script.refusal("");
            match self.script.next()? {
                None => {
                    self.is_done = true;
                    return Ok(self.take_text());
                }
                Some(Step::Between { bytes, passes }) => self.add(&bytes, passes),
                Some(Step::Statement { bytes, statement }) => {
                    self.statement(&bytes, statement, tables).map_err(|error| error.at(refusal.place().clone()))?;
                }
                Some(Step::Rows(stretch)) => {
                    let Some(Some((place, wanted))) = self.wanted.get_mut(stretch.table) else {
                        self.add(&stretch.bytes, false);
                        continue;
                    };
                    let block = wanted.block(stretch.bytes, stretch.head, stretch.start, stretch.rows, 0);
                    let rows = Piece::Rows { table: *place, block: Box::new(block) };
                    match self.take_text() {
                        None => return Ok(Some(rows)),
                        Some(text) => {
                            self.rows = Some(rows);
                            return Ok(Some(text));
                        }
                    }
                }
            }
            if self.text.len() >= TEXT && self.drops.is_none() {
                return Ok(self.take_text());
            }
        }
    }

    fn position(&self) -> u64 {
        self.script.position()
    }

    fn cut_off(&self) -> Vec<u8> {
        CUT_OFF.to_vec()
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.script.finish()
    }
}
