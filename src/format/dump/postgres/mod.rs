//! Dumps of PostgreSQL: what `pg_dump` writes as a plain script, from version 12 on.
//!
//! What is data and what is schema:
//!
//! - Data are the rows, in COPY or INSERT. They go through the rules of their table, and nothing else does.
//! - Schema are names, types, the labels of enums, the literals in CHECK and in the bounds of partitions and in indexes,
//!   the texts of functions and views and policies, and the last numbers of sequences. It passes as it is, if it is a
//!   statement of a kind that is known; a statement of any other kind stops the run.
//! - What may hold values and no rule names is left out: every COMMENT ON and SECURITY LABEL (but for the two comments
//!   that PostgreSQL ships), the statistics of version 18, user mappings, literal defaults of domains, the options of
//!   foreign servers and tables, and comments in SQL that are not `pg_dump`'s.
//! - A DEFAULT with a text or a number in it goes with its column: where the column stays as it is, it stays; where the
//!   column is treated, dropped or left out with its table, it is left out. A column that is dropped and NOT NULL is
//!   refused then, for its rows could not be loaded.
//! - Of a table that is left out, the definition stays and the rows go; so it is with a column that is dropped.
//!
//! Between rows, `psql` would run what stands behind a backslash: none passes but `\restrict` and `\unrestrict`.

mod catalogue;
mod copy;
mod directory;
mod encode;
mod fit;
mod index;
mod insert;
mod layout;
mod lexer;
mod read;
mod statement;
mod types;
mod value;
mod walk;

use std::path::Path;
use std::sync::Arc;

pub(super) use directory::{index as index_directory, read as read_directory};

use super::{Dialect, Dump, DumpReader};
use crate::error::{Place, Result};
use crate::format::Stream;

/// In how many bytes a dump says what it is.
const FIRST_LINES: usize = 4 << 10;

/// What `pg_dump` writes as a plain script.
pub(super) struct Postgres;

impl Dialect for Postgres {
    fn knows(&self, head: &[u8]) -> bool {
        const FIRST: &[u8] = b"--\n-- PostgreSQL database dump\n";
        let first = head.get(..FIRST_LINES).unwrap_or(head);
        let says = |words: &str| memchr::memmem::find(first, words.as_bytes()).is_some();
        !head.is_empty() && FIRST.starts_with(head) || says("-- PostgreSQL database ") || says("-- Dumped by pg_dump ")
    }

    fn index(&self, path: &Path) -> Result<Arc<dyn Dump>> {
        Ok(Arc::new(index::PostgresDump::index(path)?))
    }

    fn read(&self, input: Stream, block_size: usize) -> Result<Box<dyn DumpReader>> {
        Ok(Box::new(read::PostgresReader::new(input, block_size)))
    }
}

/// The rows of a block in the form they have in the dump.
pub enum Rows {
    /// Lines of a COPY.
    Copy(copy::CopyRows),
    /// INSERT statements.
    Insert(insert::InsertRows),
}

impl Rows {
    /// Where a row stands, counted from the start of its block.
    pub fn place(&self, row: usize) -> Place {
        match self {
            Self::Copy(rows) => rows.place(row),
            Self::Insert(rows) => rows.place(row),
        }
    }

    /// The lines that the block takes up.
    pub fn lines(&self) -> u64 {
        match self {
            Self::Copy(rows) => rows.records() as u64,
            Self::Insert(rows) => memchr::memchr_iter(b'\n', rows.bytes()).count() as u64,
        }
    }
}

#[cfg(test)]
mod tests;
