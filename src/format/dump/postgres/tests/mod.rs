//! Whole dumps in memory, through rules.

mod index;
mod refused;
mod rows;
mod schema;

use std::io::Cursor;
use std::path::Path;

use super::Postgres;
use crate::error::{Error, Result};
use crate::format::dump::{Dialect, DumpTable, Piece, Tables};
use crate::format::{Encoded, Encoder, Reading, Stream};
use crate::key::Keyring;
use crate::rules::{Delivery, Plan, Rules};
use crate::{Key, Suite};

/// A table's plan, and what encodes its rows.
struct Met {
    plan: Plan,
    encoder: Box<dyn Encoder>,
}

/// Rules, and the tables that were met. A table that the rules do not name is left out.
struct Told<'a> {
    rules: &'a Rules,
    keys: Keyring,
    met: Vec<Met>,
}

impl Tables for Told<'_> {
    fn meet(&mut self, table: DumpTable) -> Result<Option<Reading>> {
        let Some(place) = self.rules.tables().iter().position(|rules| rules.name == table.name) else {
            return Ok(None);
        };
        let plan = self.rules.bind(place, &table.name, &table.schema, &self.keys, Delivery::Verbatim)?;
        let reading = Reading::of(&plan);
        let encoder = table.form.encoder(&plan)?;
        self.met.push(Met { plan, encoder });
        Ok(Some(reading))
    }

    fn plan(&self, table: usize) -> Option<&Plan> {
        self.met.get(table).map(|met| &met.plan)
    }
}

/// The first and last lines of every dump, and the statements between them.
fn dump(statements: &str) -> String {
    format!(
        "--\n-- PostgreSQL database dump\n--\n\n\\restrict word1\n\n-- Dumped from database version 15.1\n\n\
         SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n\n{statements}\n\n\
         --\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict word1\n\n"
    )
}

/// Rules of the tables with these columns: `table: column = rule, …`.
fn rules(tables: &[(&str, &str)]) -> Rules {
    let mut text = "version = 1\n[domains]\nid = { form = \"integer\", max = 999_999_999 }\n".to_owned();
    for (table, columns) in tables {
        text.push_str(&format!("[tables.\"{table}\"]\ncolumns = {{ {columns} }}\n"));
    }
    Rules::parse("rules.toml", &text).unwrap()
}

/// A dump through rules, read in blocks of a size.
fn pass_in(dump: &str, rules: &Rules, block_size: usize) -> Result<String> {
    let input = Stream::over(Path::new("dump.sql"), Box::new(Cursor::new(dump.as_bytes().to_vec())));
    let mut reader = Postgres.read(input, block_size)?;
    let mut told = Told { rules, keys: Keyring::new(Key::from_bytes([0; 32]), Suite::default()), met: Vec::new() };
    let mut out = Vec::new();
    let (mut rows, mut lines) = (vec![0; 99], 0);
    while let Some(piece) = reader.next(&mut told)? {
        match piece {
            Piece::Text { bytes, lines: of_text } => {
                out.extend_from_slice(&bytes);
                lines += of_text;
            }
            Piece::File { .. } => panic!("a script has no files"),
            Piece::Rows { table, block } => {
                let met = &told.met[table];
                let located = |error: Error| error.after(rows[table], lines);
                if let Some(first) = block.first_row() {
                    assert_eq!(first, rows[table]);
                }
                let (mut new_rows, mut new_lines) = (0, 0);
                for decoded in block.decode().map_err(located)? {
                    let decoded = decoded.map_err(located)?;
                    let applied = met.plan.apply(&decoded.batch, rows[table])?;
                    assert!(applied.invalid.is_empty(), "{:?}", applied.invalid);
                    let mut encoding = met.encoder.start()?;
                    encoding.push(&decoded, &applied.batch).map_err(located)?;
                    let Encoded::Bytes(bytes) = encoding.finish()? else { panic!("rows are no bytes") };
                    out.extend_from_slice(&bytes);
                    new_rows += decoded.batch.num_rows() as u64;
                    new_lines += decoded.lines();
                }
                rows[table] += new_rows;
                lines += new_lines;
            }
        }
    }
    assert_eq!(lines, dump.matches('\n').count() as u64, "every line is in a piece");
    Ok(String::from_utf8(out).unwrap())
}

/// What stands between the first and last lines of a dump that went through rules, the same for blocks of any size.
#[track_caller]
fn passed(statements: &str, tables: &[(&str, &str)]) -> String {
    let (dump, rules) = (dump(statements), rules(tables));
    let whole = pass_in(&dump, &rules, 1 << 20).unwrap();
    for block_size in [1, 7, 64, 300] {
        assert_eq!(pass_in(&dump, &rules, block_size).unwrap(), whole, "in blocks of {block_size}");
    }
    let start = dump.find(statements).unwrap();
    let end = dump.len() - start - statements.len();
    assert_eq!(&whole[..start], &dump[..start]);
    assert_eq!(&whole[whole.len() - end..], &dump[dump.len() - end..]);
    whole[start..whole.len() - end].to_owned()
}

/// What is said of a dump that does not go through rules.
#[track_caller]
fn refused(statements: &str, tables: &[(&str, &str)]) -> Error {
    match pass_in(&dump(statements), &rules(tables), 1 << 20) {
        Err(error) => error,
        Ok(passed) => panic!("this passed: {passed}"),
    }
}
