//! The rules file as written: its tables read into types, and every mistake in it found at once.

mod domains;
mod nested;
mod options;
mod rule;

use std::collections::BTreeMap;

use super::pattern::Pattern;
use super::publish::PublishAs;
use super::read;
use crate::key::Suite;
use crate::transform::{Beside, Complaint, Fields, Section, Span, Value};

pub use options::{ColumnType, CsvOptions};
use rule::Known;
pub(super) use rule::Rule;
pub use rule::{COMMON_PARAMETERS, COMMON_WORDS, CommonWord};

/// What becomes of a table, column or leaf that no rule names. There is no third way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unlisted {
    /// It stops the run before anything is written.
    #[default]
    Error,
    /// It is left out of the output.
    Drop,
}

/// A rules file as written.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) unlisted: Unlisted,
    pub(super) ignore: Vec<Pattern>,
    pub(super) suite: Suite,
    pub(super) tables: Vec<Table>,
}

/// One table of the rules.
#[derive(Debug)]
pub struct Table {
    /// Its name: the word after `tables.`.
    pub name: String,
    pub(super) span: Span,
    pub(super) files: Vec<(Span, Pattern)>,
    /// What its files are called in the data set; as they are in the exports, if nothing says it.
    pub(crate) publish_as: Option<PublishAs>,
    pub(super) subject: Option<(Span, String)>,
    /// How its CSV files are written.
    pub csv: CsvOptions,
    /// The types its CSV columns have in a typed format, with their places.
    pub types: BTreeMap<String, ColumnType>,
    /// Whether undeclared types are inferred from the data when CSV becomes a typed format.
    pub infer: bool,
    pub(super) columns: Vec<ColumnRule>,
}

impl Table {
    /// The patterns of its files, as written.
    pub fn patterns(&self) -> Vec<&str> {
        self.files.iter().map(|(_, pattern)| pattern.text()).collect()
    }

    /// The columns and paths that its rules name one by one.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|rule| &rule.pattern).filter(|pattern| !pattern.is_glob()).map(Pattern::text)
    }
}

/// The rule for a column, or for all columns that a pattern matches.
#[derive(Debug)]
pub(super) struct ColumnRule {
    pub(super) pattern: Pattern,
    /// Where the rule stands.
    pub(super) span: Span,
    pub(super) rule: Rule,
}

/// Reads a rules file, and those beside it that its rules name. A document comes back if enough of it could be read to
/// go on.
pub(super) fn read(text: &str, beside: &Beside) -> (Option<Document>, Vec<Complaint>) {
    let (fields, complaints) = read::read(text);
    if !complaints.is_empty() {
        return (None, complaints);
    }
    let mut file = Section::new(0..text.len().min(1), fields);
    let mut complaints = Vec::new();
    version(&mut file);
    let unlisted = unlisted(&mut file);
    let suite = file.word("suite", Suite::ALL).map_or_else(Suite::default, |(_, suite)| suite);
    let ignore = patterns(&mut file, "ignore").into_iter().map(|(_, pattern)| pattern).collect();
    let domains =
        file.table("domains").map_or_else(BTreeMap::new, |(_, fields)| domains::read(fields, &mut complaints));
    let mut tables = Vec::new();
    match file.table("tables") {
        Some((_, fields)) => {
            for (name, (span, value)) in fields {
                match value {
                    Value::Table(fields) => {
                        let known = Known { domains: &domains, beside, unlisted };
                        tables.push(table(name, span, fields, known, &mut complaints));
                    }
                    other => complaints
                        .push(Complaint::new(span, format!("a table of the rules, and this is {}", other.kind()))),
                }
            }
        }
        None => file.missing(
            "the rules name no table",
            "write `[tables.NAME]` with `files = [\"…\"]`, or without for a table of a dump",
        ),
    }
    tables.sort_by_key(|table| table.span.start);
    complaints.extend(file.finish());
    (Some(Document { unlisted, ignore, suite, tables }), complaints)
}

fn version(file: &mut Section) {
    match file.take("version") {
        Some((_, Value::Integer(1))) => {}
        Some((span, _)) => {
            file.complain(
                Complaint::new(span, "this is no version of the language that is known here")
                    .help("write `version = 1`"),
            );
        }
        None => file.missing("the rules do not say their version", "write `version = 1` in the first line"),
    }
}

fn unlisted(file: &mut Section) -> Unlisted {
    match file.take("unlisted") {
        None => Unlisted::Error,
        Some((span, value)) => match value {
            Value::Text(text) if text == "error" => Unlisted::Error,
            Value::Text(text) if text == "drop" => Unlisted::Drop,
            _ => {
                file.complain(
                    Complaint::new(span, "`unlisted` is \"error\" or \"drop\"")
                        .help("what is not named is never kept: name it, with the rule \"keep\""),
                );
                Unlisted::Error
            }
        },
    }
}

fn patterns(section: &mut Section, name: &'static str) -> Vec<(Span, Pattern)> {
    let texts = section.texts(name);
    let mut patterns = Vec::new();
    for (span, text) in texts {
        match Pattern::path(&text) {
            Some(pattern) => patterns.push((span, pattern)),
            None => section
                .complain(Complaint::new(span, "this is no pattern of file names").help("as in \"orders/*.parquet\"")),
        }
    }
    patterns
}

fn publish_as(section: &mut Section) -> Option<PublishAs> {
    let (span, text) = section.text("publish_as")?;
    match PublishAs::read(&text) {
        Ok(publish_as) => Some(publish_as),
        Err(message) => {
            let help =
                "as in \"customers/{token}\": a path without an ending; `{token}` is a token of the file's own name";
            section.complain(Complaint::new(span, message).help(help));
            None
        }
    }
}

fn table(name: String, span: Span, fields: Fields, known: Known<'_>, complaints: &mut Vec<Complaint>) -> Table {
    let names_none =
        fields.get("files").is_some_and(|(_, value)| matches!(value, Value::List(list) if list.is_empty()));
    let mut section = Section::new(span.clone(), fields);
    let files = patterns(&mut section, "files");
    if names_none {
        section.missing(
            "the table does not say which files it is",
            "write `files = [\"…\"]`, or leave it out for a table of a dump",
        );
    }
    let publish_as = publish_as(&mut section);
    let subject = section.text("subject");
    let csv = options::csv(&mut section);
    let types = options::types(&mut section);
    let infer = section.boolean("infer").is_some_and(|(_, infer)| infer);
    let mut columns = Vec::new();
    match section.table("columns") {
        Some((_, fields)) => {
            for (column, (span, value)) in fields {
                let rule = rule::read(&name, &column, span.clone(), value, known, complaints);
                let Some(pattern) = Pattern::column(&column) else {
                    complaints.push(Complaint::new(span, "this is no pattern of column names"));
                    continue;
                };
                columns.extend(rule.map(|rule| ColumnRule { pattern, span, rule }));
            }
        }
        None => section.missing("the table names no column", format!("write `[tables.{name}.columns]`")),
    }
    columns.sort_by_key(|column| column.span.start);
    complaints.extend(section.finish());
    Table { name, span, files, publish_as, subject, csv, types, infer, columns }
}
