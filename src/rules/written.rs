//! Rules as they are written by bowdler: one line a column, names, rules and reasons each below each other.

use super::CsvOptions;
use super::propose::{Proposal, TableProposal};
use super::spelling::{key, pattern, quoted};

/// The most that a rule takes up beside its reason; a longer one pushes its own reason out.
const RULE: usize = 64;

impl Proposal {
    /// The rules as a file; `head` is said first, in comments.
    pub fn written(&self, head: &str) -> String {
        let mut text: String = head.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
        text.push_str(
            "\nversion  = 1\nunlisted = \"error\"                      # what is not named here stops the run\n",
        );
        if !self.ignored.is_empty() {
            let names: Vec<String> = self.ignored.iter().map(|name| quoted(&pattern(name))).collect();
            text.push_str(&format!("ignore   = [{}]\n", names.join(", ")));
        }
        if !self.domains.is_empty() {
            text.push_str(
                "\n# Within a domain one value becomes one token, in every table: that keeps the joins.\n[domains]\n",
            );
            let width = self.domains.iter().map(|(name, _)| key(name).len()).max().unwrap_or(0);
            for (name, form) in &self.domains {
                text.push_str(&format!("{:width$} = {form}\n", key(name)));
            }
        }
        self.tables.iter().for_each(|table| text.push_str(&written(table)));
        text
    }
}

fn written(table: &TableProposal) -> String {
    let name = key(&table.name);
    let files: Vec<String> = table.files.iter().map(|file| quoted(file)).collect();
    let mut text = String::new();
    // A table of a dump is known by its name.
    if !files.is_empty() {
        text.push_str(&format!("files = [{}]\n", files.join(", ")));
    }
    if let Some(csv) = table.csv.as_ref().and_then(csv) {
        text.push_str(&format!("csv   = {csv}\n"));
    }
    if !text.is_empty() {
        text = format!("\n[tables.{name}]\n{text}");
    }
    text.push_str(&format!("\n[tables.{name}.columns]\n"));
    let keys: Vec<String> = table.columns.iter().map(|column| key(&column.path)).collect();
    let width = keys.iter().map(|key| key.chars().count()).max().unwrap_or(0);
    let rule_width = table
        .columns
        .iter()
        .map(|column| column.rule.chars().count())
        .filter(|width| *width <= RULE)
        .max()
        .unwrap_or(0);
    for (key, column) in keys.iter().zip(&table.columns) {
        let what =
            column.classification.entity.map_or_else(String::new, |entity| format!("{}: ", entity.replace('_', " ")));
        text.push_str(&format!("{key:width$} = {:rule_width$}  # {what}{}\n", column.rule, column.classification.why));
    }
    text
}

/// The dialect as it is written; none for the default.
fn csv(options: &CsvOptions) -> Option<String> {
    let CsvOptions { delimiter, quote, header, columns, null, formula_guard, encoding, output_encoding } = options;
    let default = CsvOptions::default();
    let mut parts = Vec::new();
    if let Some(delimiter) = delimiter {
        parts.push(format!("delimiter = {}", quoted(&char::from(*delimiter).to_string())));
    }
    if *quote != default.quote {
        parts.push(format!("quote = {}", quoted(&quote.map(char::from).map_or_else(String::new, String::from))));
    }
    if *null != default.null {
        parts.push(format!("null = {}", quoted(null)));
    }
    if !header {
        let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
        parts.push(format!("header = false, columns = [{}]", names.join(", ")));
    }
    if *formula_guard != default.formula_guard {
        parts.push(format!("formula_guard = {formula_guard}"));
    }
    for (name, encoding) in [("encoding", encoding), ("output_encoding", output_encoding)] {
        parts.extend(encoding.map(|encoding| format!("{name} = {}", quoted(&encoding.to_string()))));
    }
    (!parts.is_empty()).then(|| format!("{{ {} }}", parts.join(", ")))
}

/// Rules that keep all columns of a table whose CSV files are written so: for whoever reads a file only to look at it.
pub fn keep_all(csv_options: &CsvOptions) -> String {
    let csv = csv(csv_options).map_or_else(String::new, |csv| format!("csv = {csv}\n"));
    format!("version = 1\n[tables.table]\nfiles = [\"**\"]\n{csv}[tables.table.columns]\n\"*\" = \"keep\"\n")
}
