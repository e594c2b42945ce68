//! The rows of the Sakila sample database, from the file in which they are shared with this checkout.

use std::collections::BTreeMap;
use std::path::Path;

/// The rows of each table, as lines of tab-separated values with `\N` for null: what `COPY` writes.
pub fn rows() -> Option<BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/sakila/postgres-sakila-db");
    let text = std::fs::read_to_string(folder.join("postgres-sakila-insert-data-using-copy.sql")).ok()?;
    let mut tables = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("COPY public.") else { continue };
        let name = rest.split_whitespace().next()?.to_owned();
        let rows: String = lines.by_ref().take_while(|line| *line != "\\.").map(|line| format!("{line}\n")).collect();
        tables.insert(name, rows);
    }
    Some(tables)
}
