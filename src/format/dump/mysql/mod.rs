//! Dumps as `mysqldump` and `mariadb-dump` write them.
//!
//! A dump is read statement by statement ([`script`]), as the client that loads it reads it: a `;` in a string ends
//! nothing, and a comment with a `!` is executed. Only statements that the tools write pass ([`statement`], [`settings`]);
//! the client's own commands and all others are refused by kind. Comments of the tools' own pass, and others are left out.
//!
//! Rows are cut into blocks where one row ends and the next begins ([`rows`]), and found, decoded and encoded on any
//! thread. What no rule changes goes past in the bytes in which it came, character set and all.
//!
//! Values stand in statements too. `CREATE TABLE` loses those of the columns that do not stay ([`rewrite`]); conditions
//! that rows were chosen by are left out. Views, triggers, routines and the expressions of generated columns and checks
//! are programs: they pass as they are, literals and all. A trigger goes with its table, a view with the tables in it. The
//! value of a generated column, which MariaDB writes and ignores, becomes `DEFAULT` where any column of its table does not
//! stay.
//!
//! A dump that says at its beginning that it is one must say at its end that it is complete; one without comments must
//! set the session back to what it was. Of one that does neither (`--compact`), it can only be seen whether it ends
//! between two statements.

mod comment;
mod decode;
mod defined;
mod definition;
mod encode;
mod index;
mod insert;
mod keys;
mod lex;
mod literal;
mod read;
mod rewrite;
mod rows;
mod script;
mod settings;
mod statement;
mod table;
mod tokens;
mod types;

use std::path::Path;
use std::sync::Arc;

use super::{Dialect, Dump, DumpReader};
use crate::error::Result;
use crate::format::Stream;

use lex::{Kind, Lexer};

pub use rows::Rows;

/// MySQL and MariaDB.
pub struct MySql;

impl Dialect for MySql {
    fn knows(&self, head: &[u8]) -> bool {
        let head = head.trim_ascii_start();
        comment::sandbox(head).is_some() || comment::begins_dump(head) || speaks_mysql(head)
    }

    fn index(&self, path: &Path) -> Result<Arc<dyn Dump>> {
        Ok(Arc::new(index::MySqlDump::read(path)?))
    }

    fn read(&self, input: Stream, block_size: usize) -> Result<Box<dyn DumpReader>> {
        Ok(Box::new(read::MySqlReader::new(input, block_size)))
    }
}

/// How many statements are looked at for what only MySQL has.
const STATEMENTS: usize = 2;

/// Whether the first statements have what only these servers understand: names in backquotes, or comments that are
/// executed. A dump of another kind says what it is in its first line.
fn speaks_mysql(head: &[u8]) -> bool {
    if head.starts_with(b"-- PostgreSQL") || head.starts_with(b"--\n-- PostgreSQL") {
        return false;
    }
    let mut lexer = Lexer::new(head);
    let mut statements = 0;
    while statements < STATEMENTS {
        match lexer.next() {
            Ok(Some(token)) if token.conditional || token.kind == Kind::Name => return true,
            Ok(Some(token)) => statements += usize::from(token.is_symbol(b';')),
            Ok(None) | Err(_) => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests;
