//! The statements of a dump: those that may pass, and what they say of tables. What is not on the list here is refused.

mod cursor;
mod foreign;
mod key;
mod table;

use super::lexer::{Fault, Kind, Lexer, Token};
use std::ops::Range;

use crate::format::dump::postgres::types::Domain;
use crate::format::dump::{Constraint, TableName};

use cursor::Cursor;
use key::{constraint, unique_index};
use table::{domain, expression};

pub(super) use cursor::ListedColumn;
pub(super) use table::{Default, TableStatement};

/// What a statement is to whoever writes a dump anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Statement {
    /// Schema: it passes as it is.
    Schema,
    /// It may hold values, and is left out.
    LeftOut,
    /// A table.
    Table(TableStatement),
    /// Another name for a type, and where its default stands if that is a literal.
    Domain { name: TableName, domain: Domain, literal: Option<Range<usize>> },
    /// The labels of an enum.
    Enum { name: TableName, labels: Vec<String> },
    /// A type of rows with so many fields.
    Composite { name: TableName, fields: usize },
    /// A type of another kind.
    Type { name: TableName },
    /// What fetches rows from elsewhere, whether it looks at options, and where its own stand.
    Wrapper { name: String, validates: bool, options: Option<Range<usize>> },
    /// A place from which rows are fetched, and where its options stand.
    Server { name: String, wrapper: String, options: Option<Range<usize>> },
    /// A table whose rows are some of those of another.
    Partition { table: TableName, of: TableName },
    /// A default that a column gets later, and whether it is a literal.
    Default { table: TableName, column: String, is_literal: bool },
    /// A constraint that a table gets later.
    Constraint { table: TableName, constraint: Constraint },
    /// The rows that follow.
    Copy { table: TableName, columns: Vec<ListedColumn> },
}

/// Why a statement does not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

impl Refused {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { message: message.into(), help: Some(help) }
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        let message = match fault {
            Fault::Comment => "a comment stands inside a statement",
            Fault::Backslash => "a backslash stands outside quotes, where psql looks for a command",
            Fault::Continued => "a string with backslashes goes on in another",
            Fault::Unterminated => "a quote is opened and never closed",
        };
        Self { message: message.to_owned(), help: None }
    }
}

/// What may come after CREATE and ALTER and DROP, and is schema.
const OBJECTS: &[&str] = &[
    "ACCESS METHOD",
    "AGGREGATE",
    "CAST",
    "COLLATION",
    "CONVERSION",
    "DATABASE",
    "DEFAULT CONVERSION",
    "DEFAULT PRIVILEGES",
    "DOMAIN",
    "EVENT TRIGGER",
    "EXTENSION",
    "FOREIGN DATA WRAPPER",
    "FOREIGN TABLE",
    "FUNCTION",
    "INDEX",
    "LANGUAGE",
    "MATERIALIZED VIEW",
    "OPERATOR",
    "POLICY",
    "PROCEDURAL LANGUAGE",
    "PROCEDURE",
    "PUBLICATION",
    "ROUTINE",
    "RULE",
    "SCHEMA",
    "SEQUENCE",
    "SERVER",
    "STATISTICS",
    "TABLE",
    "TEXT SEARCH",
    "TRANSFORM",
    "TRIGGER",
    "CONSTRAINT TRIGGER",
    "TRUSTED LANGUAGE",
    "TRUSTED PROCEDURAL LANGUAGE",
    "TYPE",
    "UNIQUE INDEX",
    "UNLOGGED SEQUENCE",
    "UNLOGGED TABLE",
    "VIEW",
];

/// The statements that are schema whatever follows these words.
const SCHEMA: &[&str] = &["GRANT", "REVOKE", "REFRESH MATERIALIZED VIEW", "BEGIN", "COMMIT", "SET"];

/// Words that a message may name: nobody's data.
const KEYWORDS: &[&str] = &[
    "ALTER",
    "ANALYZE",
    "CALL",
    "CLUSTER",
    "COMMENT",
    "COPY",
    "CREATE",
    "DATABASE",
    "DELETE",
    "DO",
    "DROP",
    "EXECUTE",
    "EXPLAIN",
    "GROUP",
    "IMPORT",
    "INSERT",
    "INTO",
    "LARGE",
    "LOAD",
    "LOCK",
    "MAPPING",
    "MERGE",
    "OBJECT",
    "PREPARE",
    "ROLE",
    "SELECT",
    "SUBSCRIPTION",
    "SYSTEM",
    "TABLE",
    "TABLESPACE",
    "TEMPORARY",
    "TRUNCATE",
    "UPDATE",
    "USER",
    "VACUUM",
    "VALUES",
    "WITH",
];

/// Reads a statement, its semicolon included.
///
/// # Errors
/// It is none that may pass.
pub(super) fn read(bytes: &[u8]) -> Result<Statement, Refused> {
    let mut cursor = Cursor::new(bytes)?;
    setting(&cursor)?;
    if ["COMMENT ON", "SECURITY LABEL", "CREATE USER MAPPING", "DROP USER MAPPING"].iter().any(|words| cursor.is(words))
    {
        return Ok(if is_shipped(bytes) { Statement::Schema } else { Statement::LeftOut });
    }
    if SCHEMA.iter().any(|words| cursor.is(words)) {
        return Ok(Statement::Schema);
    }
    if cursor.is("SELECT") {
        return select(&mut cursor).ok_or_else(|| refused(&cursor));
    }
    if cursor.skip("COPY") {
        return copy(&mut cursor).ok_or_else(|| {
            Refused::new("a COPY is none of pg_dump's", "it must read text from stdin and name its columns")
        });
    }
    let creates = cursor.is("CREATE");
    if !["CREATE OR REPLACE", "CREATE", "ALTER", "DROP"].into_iter().any(|words| cursor.skip(words)) {
        return Err(refused(&cursor));
    }
    if !OBJECTS.iter().any(|words| cursor.is(words)) {
        return Err(refused(&cursor));
    }
    if creates && is_typed(&cursor) {
        return Err(Refused::new(
            "a table has the columns of a type, which is not read",
            "leave the table out of the dump",
        ));
    }
    let statement = if creates { create(&mut cursor) } else { alter(&mut cursor, bytes) };
    statement.ok_or_else(|| {
        Refused::new("a table is written in a way that pg_dump does not have", "dump it with pg_dump as it comes")
    })
}

/// Whether this goes on as `TABLE name OF type`.
fn is_typed(cursor: &Cursor<'_>) -> bool {
    let mut cursor = Cursor { bytes: cursor.bytes, tokens: cursor.tokens.clone(), at: cursor.at };
    (cursor.skip("TABLE") || cursor.skip("UNLOGGED TABLE")) && cursor.qualified().is_some() && cursor.is("OF")
}

/// Settings that change what the rest of the dump means.
fn setting(cursor: &Cursor<'_>) -> Result<(), Refused> {
    // What is set in another way than pg_dump does would be set unseen.
    let is_said_otherwise = ["SET SESSION", "SET LOCAL", "SET NAMES"].iter().any(|words| cursor.is(words));
    if is_said_otherwise && !cursor.is("SET SESSION AUTHORIZATION") {
        return Err(Refused::new("a SET statement is none of pg_dump's", "dump it with pg_dump as it comes"));
    }
    let value = |place: usize| cursor.tokens.get(place).map_or(b"".as_slice(), |token| cursor.text(token));
    if cursor.is("SET client_encoding") && !value(3).eq_ignore_ascii_case(b"'UTF8'") {
        return Err(Refused::new("the dump is not in UTF-8", "dump it with `pg_dump --encoding=UTF8`"));
    }
    let is_on = || [b"on".as_slice(), b"'on'"].iter().any(|on| value(3).eq_ignore_ascii_case(on));
    if cursor.is("SET standard_conforming_strings") && !is_on() {
        return Err(Refused::new(
            "the dump has backslash escapes in its strings",
            "dump it with `PGOPTIONS='-c standard_conforming_strings=on' pg_dump`",
        ));
    }
    Ok(())
}

/// Comments that PostgreSQL itself makes, word for word.
fn is_shipped(bytes: &[u8]) -> bool {
    [
        "COMMENT ON SCHEMA public IS 'standard public schema';",
        "COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';",
    ]
    .iter()
    .any(|shipped| bytes.eq_ignore_ascii_case(shipped.as_bytes()))
}

/// A statement of another kind, named by those of its first words that are nobody's data.
fn refused(cursor: &Cursor<'_>) -> Refused {
    let words: Vec<String> = cursor
        .tokens
        .iter()
        .take(3)
        .map_while(|token| KEYWORDS.iter().find(|word| cursor.text(token).eq_ignore_ascii_case(word.as_bytes())))
        .map(|word| (*word).to_owned())
        .collect();
    let what = if words.is_empty() { "of an unknown kind".to_owned() } else { format!("`{}`", words.join(" ")) };
    let help = match words.first().map(String::as_str) {
        Some("SELECT") => {
            "large objects are not read: dump with `pg_dump --no-large-objects`, which is `--no-blobs` before version 16"
        }
        Some("ROLE" | "USER") => "accounts and their passwords do not pass: dump one database with pg_dump, not all",
        _ => "only what pg_dump writes of schemas and tables may pass; with `--no-subscriptions`, without `--create`",
    };
    Refused::new(format!("a statement {what} does not pass"), help)
}

/// Calls of functions: of those that a dump has, with literals.
fn select(cursor: &mut Cursor<'_>) -> Option<Statement> {
    let is_statistic = |token: &Token| {
        let text = cursor.text(token);
        text.starts_with(b"pg_restore_") && text.ends_with(b"_stats")
    };
    if cursor.tokens.iter().take(8).any(is_statistic) {
        return Some(Statement::LeftOut);
    }
    cursor.skip("SELECT");
    let function = cursor.qualified()?;
    let known = function.schema.as_deref() == Some("pg_catalog") && matches!(&*function.table, "setval" | "set_config");
    let arguments = cursor.parentheses()?;
    let is_literal = |token: &Token| match token.kind {
        Kind::String | Kind::Number | Kind::Symbol(b',' | b'-') => true,
        Kind::Word => [b"true".as_slice(), b"false"].contains(&cursor.text(token)),
        _ => false,
    };
    let arguments = cursor.tokens.get(arguments)?;
    let literals = arguments.iter().all(is_literal);
    let is_path = || arguments.first().is_some_and(|name| cursor.text(name) == b"'search_path'");
    let known = known && (function.table != "set_config" || is_path());
    (known && literals && cursor.is_symbol(b';')).then_some(Statement::Schema)
}

fn copy(cursor: &mut Cursor<'_>) -> Option<Statement> {
    let table = cursor.qualified()?;
    let columns = if cursor.is_symbol(b'(') { cursor.names()? } else { Vec::new() };
    (cursor.skip("FROM stdin") && cursor.is_symbol(b';')).then_some(Statement::Copy { table, columns })
}

fn create(cursor: &mut Cursor<'_>) -> Option<Statement> {
    if ["TABLE", "UNLOGGED TABLE", "FOREIGN TABLE"].into_iter().any(|words| cursor.skip(words)) {
        return table::table(cursor).map(Statement::Table);
    }
    if cursor.skip("UNIQUE INDEX") {
        return unique_index(cursor);
    }
    if cursor.skip("SERVER") {
        return foreign::server(cursor);
    }
    if cursor.skip("FOREIGN DATA WRAPPER") {
        return foreign::wrapper(cursor);
    }
    // A schema may come with tables in it, which would be made unseen.
    if cursor.is("SCHEMA") && (cursor.at + 1..cursor.tokens.len()).any(|at| cursor.is_word_at(at, "CREATE")) {
        return None;
    }
    if cursor.skip("DOMAIN") {
        return domain(cursor);
    }
    if cursor.skip("TYPE") {
        let name = cursor.qualified()?;
        if cursor.is("AS ENUM") {
            return labels(cursor, name);
        }
        return match cursor.is("AS") && !cursor.is("AS RANGE") {
            true => fields(cursor, name),
            false => Some(Statement::Type { name }),
        };
    }
    Some(Statement::Schema)
}

/// The fields of a type of rows.
fn fields(cursor: &mut Cursor<'_>, name: TableName) -> Option<Statement> {
    cursor.skip("AS");
    let range = cursor.parentheses()?;
    let mut fields = usize::from(!range.is_empty());
    let mut depth = 0_usize;
    for token in cursor.tokens.get(range)? {
        match token.kind {
            Kind::Symbol(b'(') => depth += 1,
            Kind::Symbol(b')') => depth = depth.saturating_sub(1),
            Kind::Symbol(b',') if depth == 0 => fields += 1,
            _ => {}
        }
    }
    Some(Statement::Composite { name, fields })
}

/// The labels of an enum.
fn labels(cursor: &mut Cursor<'_>, name: TableName) -> Option<Statement> {
    cursor.skip("AS ENUM").then_some(())?;
    let range = cursor.parentheses()?;
    let label = |token: &Token| {
        let text = std::str::from_utf8(cursor.text(token)).ok()?;
        Some(text.strip_prefix('\'')?.strip_suffix('\'')?.replace("''", "'"))
    };
    let labels = cursor.tokens.get(range)?.iter().filter(|token| token.kind == Kind::String).map(label);
    Some(Statement::Enum { name, labels: labels.collect::<Option<_>>()? })
}

fn alter(cursor: &mut Cursor<'_>, bytes: &[u8]) -> Option<Statement> {
    let alters = bytes.get(..5).is_some_and(|word| word.eq_ignore_ascii_case(b"ALTER"));
    let says = |words: &str| {
        let words: Vec<&str> = words.split(' ').collect();
        let is_at = |at: usize| words.iter().enumerate().all(|(place, word)| cursor.is_word_at(at + place, word));
        (cursor.at..cursor.tokens.len()).any(is_at)
    };
    // What would change a default, a type or the options of what is elsewhere: none of it is pg_dump's.
    let is_elsewhere = cursor.is("SERVER") || cursor.is("FOREIGN DATA WRAPPER");
    let changes = cursor.is("DOMAIN") && says("SET DEFAULT") || cursor.is("TYPE") && says("ATTRIBUTE");
    if alters && (changes || is_elsewhere && says("OPTIONS")) {
        return None;
    }
    let is_foreign = alters && cursor.is("FOREIGN TABLE");
    if !alters || !(cursor.skip("TABLE") || cursor.skip("FOREIGN TABLE")) {
        return Some(Statement::Schema);
    }
    cursor.skip("IF EXISTS");
    cursor.skip("ONLY");
    let table = cursor.qualified()?;
    if cursor.skip("ADD CONSTRAINT") {
        cursor.name()?;
        if has_second(cursor) {
            return None;
        }
        let constraint = constraint(cursor)?;
        return Some(constraint.map_or(Statement::Schema, |constraint| Statement::Constraint { table, constraint }));
    }
    if cursor.skip("ATTACH PARTITION") {
        return Some(Statement::Partition { table: cursor.qualified()?, of: table });
    }
    // Another column, another constraint or a second command may hold values, and none of them is pg_dump's.
    if cursor.is("ADD") || is_foreign && cursor.is("OPTIONS") || has_second(cursor) {
        return None;
    }
    if !cursor.skip("ALTER COLUMN") {
        return (!cursor.is("ALTER")).then_some(Statement::Schema);
    }
    let column = cursor.name()?;
    if is_foreign && cursor.is("OPTIONS") {
        return Some(Statement::LeftOut);
    }
    if cursor.skip("SET DEFAULT") {
        let is_literal = expression(cursor)?;
        return Some(Statement::Default { table, column, is_literal });
    }
    if cursor.is("ADD GENERATED") {
        return Some(Statement::Default { table, column, is_literal: false });
    }
    let changes_values = cursor.is("TYPE") || cursor.is("SET DATA TYPE") || cursor.is("SET EXPRESSION");
    (!changes_values).then_some(Statement::Schema)
}

/// Whether what is left of a statement has a comma outside parentheses and brackets.
fn has_second(cursor: &Cursor<'_>) -> bool {
    let mut depth = 0_usize;
    cursor.tokens.get(cursor.at..).unwrap_or_default().iter().any(|token| {
        match token.kind {
            Kind::Symbol(b'(' | b'[') => depth += 1,
            Kind::Symbol(b')' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && token.kind == Kind::Symbol(b',')
    })
}

/// The head of an INSERT statement, if it is one of `pg_dump`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InsertHead {
    pub(super) table: TableName,
    /// Where the table's name ends.
    pub(super) table_end: usize,
    /// The columns that it lists; none, if it lists none.
    pub(super) columns: Vec<ListedColumn>,
    /// Where what follows the list of columns starts.
    pub(super) list_end: usize,
    /// Where the word VALUES ends.
    pub(super) end: usize,
}

/// Reads the head of an INSERT statement.
///
/// # Errors
/// It is none that may pass.
pub(super) fn insert_head(statement: &[u8]) -> Result<InsertHead, Refused> {
    let mut lexer = Lexer::new(statement);
    let mut tokens = Vec::new();
    let refused = || Refused::new("an INSERT is none of pg_dump's", "only INSERT INTO … VALUES with literals is read");
    loop {
        let token = lexer.next()?.ok_or_else(refused)?;
        let is_values = token.kind == Kind::Word
            && statement.get(token.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case(b"VALUES"));
        tokens.push(token);
        if is_values {
            break;
        }
    }
    let mut cursor = Cursor { bytes: statement, tokens, at: 0 };
    let head = |cursor: &mut Cursor<'_>| {
        cursor.skip("INSERT INTO").then_some(())?;
        let table = cursor.qualified()?;
        let table_end = cursor.tokens.get(cursor.at.checked_sub(1)?)?.range.end;
        let columns = if cursor.is_symbol(b'(') { cursor.names()? } else { Vec::new() };
        let list_end = cursor.tokens.get(cursor.at.checked_sub(1)?)?.range.end;
        let _ = cursor.skip("OVERRIDING SYSTEM VALUE") || cursor.skip("OVERRIDING USER VALUE");
        cursor.is("VALUES").then_some(())?;
        Some(InsertHead { table, table_end, columns, list_end, end: cursor.peek()?.range.end })
    };
    head(&mut cursor).ok_or_else(refused)
}
