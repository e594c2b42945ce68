//! Dumps of PostgreSQL that are a folder, as `pg_dump --format=directory` writes them: a table of contents, `toc.dat`,
//! and a file of rows for each table, compressed or not.
//!
//! An entry of the table of contents has the statements that a script would have for it, and goes through the same
//! reader: what passes there passes here, what is left out there is left out here, with its entry. The rows of a table go
//! behind the COPY of its entry, which makes of both what stands in a script, and come out as a file of the same name,
//! compressed in the same way. The table of contents is written last, with what became of its statements.
//!
//! ```text
//! toc.dat ── entry ── statements ────────┐                        ┌─ statements ── entry ── toc.dat
//!                └─── COPY ─┬─ rows ─────┴─► PostgresReader ──────┴─ rows ── 3650.dat.gz
//! 3650.dat.gz ──────────────┘
//! ```

mod dump;
mod files;
mod kinds;
mod part;
mod read;
mod toc;

#[cfg(test)]
mod tests;

pub(super) use part::Part;

pub(in crate::format::dump) use dump::index;
pub(in crate::format::dump) use read::open as read;
