//! Dumps of databases: one file, many tables, and between their rows the statements that make the database.
//!
//! A dump in a file is read through once before anything else ([`Dump`]): what tables it has, what binds them, and where
//! their rows are. It is written anew in a second reading ([`DumpReader`]), which is all there is of a dump that comes
//! through a pipe. A dump that is a folder is read and written in the same way, file after file.

mod archive;
mod check;
mod facts;
mod mysql;
mod parked;
mod postgres;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;

use super::{Block, Digest, Encoder, Reader, Reading, Stream};
use crate::error::{Error, Result};
use crate::rules::Plan;

pub use archive::{Archive, MANIFEST_NAME};
pub use check::{Known, check_constraint, check_required, check_types, misfits};
pub use facts::{By, Constraint, FoundColumn, FoundTable, Part, TableName, TreatedColumn, Treatment, computed};
pub use mysql::Rows as MySqlRows;
pub use postgres::Rows as PostgresRows;

/// A kind of dump.
pub trait Dialect: Sync {
    /// Whether a dump that starts like this, or is this, is one of these.
    fn knows(&self, head: &[u8]) -> bool;

    /// Reads a dump through, to know what is in it.
    ///
    /// # Errors
    /// The file can't be read, or is not what it seems.
    fn index(&self, path: &Path) -> Result<Arc<dyn Dump>>;

    /// Starts reading a dump to write it anew, in blocks of about `block_size` bytes.
    ///
    /// # Errors
    /// The input can't be read.
    fn read(&self, input: Stream, block_size: usize) -> Result<Box<dyn DumpReader>>;
}

/// Every kind of dump that is known.
const DIALECTS: &[&dyn Dialect] = &[&mysql::MySql, &postgres::Postgres];

/// How much of a dump tells its kind, in bytes.
const HEAD: usize = 64 << 10;

/// The kind of a dump, by its first bytes.
///
/// # Errors
/// It is none that is known, or the input can't be read.
pub fn dialect_of(input: &mut Stream) -> Result<&'static dyn Dialect> {
    known(input)?.ok_or_else(|| {
        Error::data("this is no dump of a kind that is known")
            .in_file(input.path())
            .with_help("known are the plain dumps of pg_dump, mysqldump and mariadb-dump")
    })
}

/// The kind of a dump, by its first bytes; none if it is none that is known.
///
/// # Errors
/// The input can't be read, or is an archive of `pg_dump`.
pub fn known(input: &mut Stream) -> Result<Option<&'static dyn Dialect>> {
    let head = input.peek(HEAD)?;
    if let Some(archive) = Archive::of_head(head) {
        return Err(archive.refused().in_file(input.path()));
    }
    let known = DIALECTS.iter().find(|dialect| dialect.knows(head)).copied();
    if known.is_some() {
        input.must_be_utf8("a dump")?;
    }
    Ok(known)
}

/// Reads a dump through, to know what is in it.
///
/// # Errors
/// The file can't be read, or is no dump of a kind that is known.
pub fn index(path: &Path) -> Result<Arc<dyn Dump>> {
    if path.is_dir() {
        return postgres::index_directory(path);
    }
    dialect_of(&mut Stream::open(path)?)?.index(path)
}

/// Starts reading a dump to write it anew, in blocks of about `block_size` bytes.
///
/// # Errors
/// The input can't be read, or is no dump of a kind that is known.
pub fn read(mut input: Stream, block_size: usize) -> Result<Box<dyn DumpReader>> {
    dialect_of(&mut input)?.read(input, block_size)
}

/// The same of a dump that is a folder.
///
/// # Errors
/// The folder can't be read, or is no dump.
pub fn read_folder(folder: &Path, block_size: usize) -> Result<Box<dyn DumpReader>> {
    postgres::read_directory(folder, block_size)
}

/// A table of a dump.
#[derive(Clone)]
pub struct DumpTable {
    /// Its name, with that of its schema before it where the dump says one.
    pub name: String,
    /// Its columns.
    pub schema: SchemaRef,
    /// How its rows are written.
    pub form: Arc<dyn RowForm>,
}

/// How the rows of a table of a dump are written.
pub trait RowForm: Send + Sync {
    /// Makes what encodes what a plan made of them.
    ///
    /// # Errors
    /// The output's columns have no form in the dump.
    fn encoder(&self, plan: &Plan) -> Result<Box<dyn Encoder>>;
}

/// A dump that was read through once.
pub trait Dump: Send + Sync {
    /// Its tables, those without rows too, in order.
    fn tables(&self) -> &[DumpTable];

    /// Where it is.
    fn path(&self) -> &Path;

    /// The length and digest of the file.
    fn digest(&self) -> Digest;

    /// What of the rules does not fit what the dump says of its tables, by table: a plan, or none if the table is left
    /// out.
    fn misfits(&self, plans: &[Option<&Plan>]) -> Vec<Error> {
        let treatments: Vec<Option<Treatment>> = plans.iter().map(|plan| plan.map(Treatment::of)).collect();
        let treatments: Vec<Option<&Treatment>> = treatments.iter().map(Option::as_ref).collect();
        let errors = misfits(self.facts(), &treatments).into_iter().chain(self.own_misfits(&treatments));
        errors.map(|error| error.in_file(self.path())).collect()
    }

    /// The same of what dumps of its kind alone know.
    fn own_misfits(&self, _: &[Option<&Treatment>]) -> Vec<Error> {
        Vec::new()
    }

    /// What the dump tells of its tables, in the same order; nothing, if it tells nothing but their columns.
    fn facts(&self) -> &[FoundTable] {
        &[]
    }

    /// Starts reading the rows of one table, for nobody to write again. The reader's digest is that of the file. A
    /// value that databases have and no type here can say, as the number NaN or a day of zeros, is null, whatever the
    /// table says of nulls.
    ///
    /// # Errors
    /// The file can't be read.
    fn read_table(&self, table: usize, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>>;

    /// Starts reading everything that is no row of a table, each line a row of one text column. The reader's digest is
    /// that of the file.
    ///
    /// # Errors
    /// The file can't be read.
    fn read_rest(&self, block_size: usize) -> Result<Box<dyn Reader>>;
}

impl fmt::Debug for dyn Dump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.tables().iter().map(|table| &table.name)).finish()
    }
}

/// Reads a dump as pieces, in order, on one thread, for it to be written anew.
pub trait DumpReader: Send {
    /// The next piece, or none at the end. `tables` is asked of every table that it comes to, before its first rows.
    ///
    /// # Errors
    /// The dump can't be read, is not what it seems, or holds what must not pass.
    fn next(&mut self, tables: &mut dyn Tables) -> Result<Option<Piece>>;

    /// The bytes of the input that were read so far.
    fn position(&self) -> u64;

    /// What is written after an output that ends before its time, so that loading it fails.
    fn cut_off(&self) -> Vec<u8>;

    /// The length and digest of the input, all of which has been read.
    ///
    /// # Errors
    /// The rest of the input can't be read.
    fn finish(self: Box<Self>) -> Result<Digest>;
}

/// A piece of a dump.
pub enum Piece {
    /// The next file of a dump that is a folder, to which the pieces that follow belong.
    File {
        /// Its name in the folder.
        name: String,
    },
    /// What stands between rows, as it is to be written.
    Text {
        /// The bytes.
        bytes: Vec<u8>,
        /// How many lines of the input it comes from.
        lines: u64,
    },
    /// Rows of a table.
    Rows {
        /// Which of the tables they belong to, of those that are not left out, in the order in which they were met.
        table: usize,
        /// The rows.
        block: Box<dyn Block>,
    },
}

/// Who knows what becomes of the tables of a dump.
pub trait Tables {
    /// Says what is wanted of the rows of a table that the reader has come to; nothing, if it is left out.
    ///
    /// # Errors
    /// The rules do not fit the table.
    fn meet(&mut self, table: DumpTable) -> Result<Option<Reading>>;

    /// What becomes of a table that was met and not left out, by its place among those.
    fn plan(&self, table: usize) -> Option<&Plan>;
}
