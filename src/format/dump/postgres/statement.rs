//! The statements of a dump: those that may pass, and what they say of tables. What is not on the list here is refused.

use std::ops::Range;

use super::lexer::{Fault, Kind, Lexer, Token};
use super::types::{data_type, max_length};
use crate::format::dump::{Constraint, TableName};

/// What a statement is to whoever writes a dump anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Statement {
    /// Schema: it passes as it is.
    Schema,
    /// It may hold values, and is left out.
    LeftOut,
    /// A table.
    Table(TableStatement),
    /// Another name for a type, and whether nulls are forbidden.
    Domain { name: TableName, sql_type: String, required: bool },
    /// A default that a column gets later, and whether it is a literal.
    Default { table: TableName, column: String, is_literal: bool },
    /// A constraint that a table gets later.
    Constraint { table: TableName, constraint: Constraint },
    /// The rows that follow.
    Copy { table: TableName, columns: Vec<ListedColumn> },
}

/// CREATE TABLE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableStatement {
    pub(super) name: TableName,
    pub(super) columns: Vec<ColumnClause>,
    /// The tables whose columns come before its own.
    pub(super) parents: Vec<TableName>,
    pub(super) constraints: Vec<Constraint>,
    /// Columns that a constraint of the table says are required.
    pub(super) required: Vec<String>,
}

/// A column of CREATE TABLE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnClause {
    pub(super) name: String,
    pub(super) sql_type: String,
    pub(super) required: bool,
    pub(super) default: Default,
}

/// What a column is where a row does not say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Default {
    /// Null.
    None,
    /// What an expression without literals says.
    Computed,
    /// What an expression with a literal says; it stands here in the statement.
    Literal(Range<usize>),
    /// What the database computes of other columns, always.
    Generated,
}

/// A column in the list of a COPY or an INSERT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListedColumn {
    pub(super) name: String,
    /// Where its name stands, quotes included.
    pub(super) range: Range<usize>,
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

/// A statement's tokens, one after the other.
struct Cursor<'a> {
    bytes: &'a [u8],
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut lexer = Lexer::new(bytes);
        let mut tokens = Vec::new();
        while let Some(token) = lexer.next()? {
            tokens.push(token);
        }
        Ok(Self { bytes, tokens, at: 0 })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn text(&self, token: &Token) -> &'a [u8] {
        self.bytes.get(token.range.clone()).unwrap_or_default()
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.at += 1;
        token
    }

    fn is_word_at(&self, at: usize, word: &str) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Word && self.text(token).eq_ignore_ascii_case(word.as_bytes()))
    }

    /// Whether these words come next.
    fn is(&self, words: &str) -> bool {
        words.split(' ').enumerate().all(|(place, word)| self.is_word_at(self.at + place, word))
    }

    /// Passes over these words, if they come next.
    fn skip(&mut self, words: &str) -> bool {
        let is = self.is(words);
        if is {
            self.at += words.split(' ').count();
        }
        is
    }

    fn is_symbol(&self, symbol: u8) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Symbol(symbol))
    }

    fn skip_symbol(&mut self, symbol: u8) -> bool {
        let is = self.is_symbol(symbol);
        self.at += usize::from(is);
        is
    }

    /// Passes over a name: in lower case unless it is quoted, as the server reads it.
    fn name(&mut self) -> Option<String> {
        let token = self.peek()?.clone();
        let text = std::str::from_utf8(self.text(&token)).ok()?;
        let name = match token.kind {
            Kind::Word => text.to_ascii_lowercase(),
            Kind::Name => text.get(1..text.len() - 1)?.replace("\"\"", "\""),
            _ => return None,
        };
        self.at += 1;
        Some(name)
    }

    /// Passes over a name with or without its schema.
    fn qualified(&mut self) -> Option<TableName> {
        let first = self.name()?;
        if !self.skip_symbol(b'.') {
            return Some(TableName { schema: None, table: first });
        }
        Some(TableName { schema: Some(first), table: self.name()? })
    }

    /// Passes over what is in parentheses here, and gives the range of its tokens.
    fn parentheses(&mut self) -> Option<Range<usize>> {
        if !self.skip_symbol(b'(') {
            return None;
        }
        let start = self.at;
        let mut depth = 1;
        while let Some(token) = self.next() {
            match token.kind {
                Kind::Symbol(b'(') => depth += 1,
                Kind::Symbol(b')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(start..self.at - 1);
            }
        }
        None
    }

    /// A list of names in parentheses.
    fn names(&mut self) -> Option<Vec<ListedColumn>> {
        let range = self.parentheses()?;
        let mut inner = Cursor { bytes: self.bytes, tokens: self.tokens.get(range)?.to_vec(), at: 0 };
        let mut names = Vec::new();
        while let Some(token) = inner.peek().cloned() {
            names.push(ListedColumn { name: inner.name()?, range: token.range });
            if !inner.skip_symbol(b',') && inner.peek().is_some() {
                return None;
            }
        }
        Some(names)
    }
}

fn only_names(columns: Vec<ListedColumn>) -> Vec<String> {
    columns.into_iter().map(|column| column.name).collect()
}

/// Reads a statement, its semicolon included.
///
/// # Errors
/// It is none that may pass.
pub(super) fn read(bytes: &[u8]) -> Result<Statement, Refused> {
    let mut cursor = Cursor::new(bytes)?;
    setting(&cursor)?;
    if cursor.is("COMMENT ON") || cursor.is("SECURITY LABEL") || cursor.is("CREATE USER MAPPING") {
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
    let statement = if creates { create(&mut cursor) } else { alter(&mut cursor, bytes) };
    statement.ok_or_else(|| {
        Refused::new("a table is written in a way that pg_dump does not have", "dump it with pg_dump as it comes")
    })
}

/// Settings that change what the rest of the dump means.
fn setting(cursor: &Cursor<'_>) -> Result<(), Refused> {
    let value = |place: usize| cursor.tokens.get(place).map_or(b"".as_slice(), |token| cursor.text(token));
    if cursor.is("SET client_encoding") && !value(3).eq_ignore_ascii_case(b"'UTF8'") {
        return Err(Refused::new("the dump is not in UTF-8", "dump it with `pg_dump --encoding=UTF8`"));
    }
    if cursor.is("SET standard_conforming_strings") && !value(3).eq_ignore_ascii_case(b"on") {
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
        Some("SELECT") => "large objects are not read: dump with `pg_dump --no-large-objects`",
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
    let literals = cursor.tokens.get(arguments)?.iter().all(is_literal);
    (known && literals && cursor.is_symbol(b';')).then_some(Statement::Schema)
}

fn copy(cursor: &mut Cursor<'_>) -> Option<Statement> {
    let table = cursor.qualified()?;
    let columns = if cursor.is_symbol(b'(') { cursor.names()? } else { Vec::new() };
    (cursor.skip("FROM stdin") && cursor.is_symbol(b';')).then_some(Statement::Copy { table, columns })
}

fn create(cursor: &mut Cursor<'_>) -> Option<Statement> {
    if ["TABLE", "UNLOGGED TABLE", "FOREIGN TABLE"].into_iter().any(|words| cursor.skip(words)) {
        return table(cursor).map(Statement::Table);
    }
    if cursor.skip("UNIQUE INDEX") {
        return Some(unique_index(cursor).unwrap_or(Statement::Schema));
    }
    if cursor.skip("DOMAIN") {
        return domain(cursor);
    }
    Some(Statement::Schema)
}

fn domain(cursor: &mut Cursor<'_>) -> Option<Statement> {
    let name = cursor.qualified()?;
    cursor.skip("AS");
    let start = cursor.at;
    while cursor.peek().is_some() && !is_option(cursor) && !cursor.is_symbol(b';') {
        cursor.at += 1;
    }
    let sql_type = written(cursor, start)?;
    let mut required = false;
    while cursor.peek().is_some() {
        required |= cursor.is("NOT NULL");
        cursor.at += 1;
    }
    Some(Statement::Domain { name, sql_type, required })
}

/// A unique index: one on the columns that are named in it, be it as they are or in an expression.
fn unique_index(cursor: &mut Cursor<'_>) -> Option<Statement> {
    while !cursor.skip("ON") {
        cursor.next()?;
    }
    cursor.skip("ONLY");
    let table = cursor.qualified()?;
    if cursor.skip("USING") {
        cursor.next();
    }
    let range = cursor.parentheses()?;
    let mut columns = Vec::new();
    let end = range.end;
    cursor.at = range.start;
    while cursor.at < end {
        match cursor.name() {
            Some(name) => columns.push(name),
            None => cursor.at += 1,
        }
    }
    Some(Statement::Constraint { table, constraint: Constraint::Unique { columns, primary: false } })
}

fn table(cursor: &mut Cursor<'_>) -> Option<TableStatement> {
    cursor.skip("IF NOT EXISTS");
    let name = cursor.qualified()?;
    let elements = cursor.parentheses()?;
    let after = cursor.at;
    let mut table = TableStatement {
        name,
        columns: Vec::new(),
        parents: Vec::new(),
        constraints: Vec::new(),
        required: Vec::new(),
    };
    cursor.at = elements.start;
    while cursor.at < elements.end {
        element(cursor, &mut table)?;
        if cursor.at < elements.end && !cursor.skip_symbol(b',') {
            return None;
        }
    }
    cursor.at = after;
    if cursor.skip("INHERITS") {
        let range = cursor.parentheses()?;
        let end = cursor.at;
        cursor.at = range.start;
        while cursor.at < range.end {
            table.parents.push(cursor.qualified()?);
            cursor.skip_symbol(b',');
        }
        cursor.at = end;
    }
    Some(table)
}

/// A column or a constraint of CREATE TABLE.
fn element(cursor: &mut Cursor<'_>, table: &mut TableStatement) -> Option<()> {
    let named = cursor.is("CONSTRAINT");
    if named {
        cursor.at += 2;
    }
    let words = ["PRIMARY KEY", "UNIQUE", "FOREIGN KEY", "CHECK", "NOT NULL"];
    if named || words.into_iter().any(|words| cursor.is(words)) {
        let start = cursor.at;
        if cursor.skip("NOT NULL") {
            table.required.push(cursor.name()?);
        } else {
            table.constraints.extend(constraint(cursor));
        }
        cursor.at = start;
        skip_to_comma(cursor);
        return Some(());
    }
    if cursor.is("LIKE") || cursor.is("EXCLUDE USING") {
        return None;
    }
    let name = cursor.name()?;
    let start = cursor.at;
    while cursor.peek().is_some() && !is_option(cursor) && !is_end(cursor) {
        skip_one(cursor)?;
    }
    let sql_type = written(cursor, start)?;
    let mut column = ColumnClause { name, sql_type, required: false, default: Default::None };
    while cursor.peek().is_some() && !is_end(cursor) {
        option(cursor, &mut column, &mut table.constraints)?;
    }
    table.columns.push(column);
    Some(())
}

/// Whether a column's or a type's clause ends here.
fn is_end(cursor: &Cursor<'_>) -> bool {
    cursor.is_symbol(b',') || cursor.is_symbol(b')') || cursor.is_symbol(b';')
}

/// Whether an option of a column comes next.
fn is_option(cursor: &Cursor<'_>) -> bool {
    const OPTIONS: &[&str] = &[
        "COLLATE",
        "DEFAULT",
        "NOT NULL",
        "NULL",
        "GENERATED",
        "CONSTRAINT",
        "CHECK",
        "PRIMARY KEY",
        "UNIQUE",
        "REFERENCES",
        "STORAGE",
        "COMPRESSION",
        "OPTIONS",
        "WITH OPTIONS",
    ];
    OPTIONS.iter().any(|words| cursor.is(words))
}

/// Passes over one token, or over all that is in parentheses here.
fn skip_one(cursor: &mut Cursor<'_>) -> Option<()> {
    if cursor.is_symbol(b'(') {
        cursor.parentheses()?;
    } else {
        cursor.next()?;
    }
    Some(())
}

fn skip_to_comma(cursor: &mut Cursor<'_>) {
    while cursor.peek().is_some() && !is_end(cursor) && skip_one(cursor).is_some() {}
}

/// What stands between the token `start` and the next one, as it is written.
fn written(cursor: &Cursor<'_>, start: usize) -> Option<String> {
    let (first, last) = (cursor.tokens.get(start)?, cursor.tokens.get(cursor.at.checked_sub(1)?)?);
    let text = cursor.bytes.get(first.range.start..last.range.end)?;
    std::str::from_utf8(text).ok().map(str::to_owned)
}

/// Reads one option of a column.
fn option(cursor: &mut Cursor<'_>, column: &mut ColumnClause, constraints: &mut Vec<Constraint>) -> Option<()> {
    let start = cursor.at;
    if cursor.skip("DEFAULT") {
        let is_literal = expression(cursor)?;
        // The blank before it goes with it.
        let from = cursor.tokens.get(start.checked_sub(1)?)?.range.end;
        let to = cursor.tokens.get(cursor.at.checked_sub(1)?)?.range.end;
        column.default = if is_literal { Default::Literal(from..to) } else { Default::Computed };
    } else if cursor.skip("NOT NULL") {
        column.required = true;
    } else if cursor.skip("GENERATED") {
        let mut is_identity = false;
        while cursor.peek().is_some() && !is_end(cursor) && !(cursor.at > start + 1 && cursor.is("NOT NULL")) {
            is_identity |= cursor.is("IDENTITY");
            skip_one(cursor)?;
        }
        column.default = if is_identity { Default::Computed } else { Default::Generated };
    } else if cursor.skip("CONSTRAINT") {
        cursor.name()?;
    } else if cursor.is("PRIMARY KEY") || cursor.is("UNIQUE") {
        let primary = cursor.skip("PRIMARY KEY") || !cursor.skip("UNIQUE");
        column.required |= primary;
        constraints.push(Constraint::Unique { columns: vec![column.name.clone()], primary });
    } else if cursor.skip("REFERENCES") {
        let (table, referenced) = reference(cursor)?;
        constraints.push(Constraint::ForeignKey { columns: vec![column.name.clone()], table, referenced });
    } else {
        skip_one(cursor)?;
    }
    Some(())
}

/// Passes over the expression of a default, and says whether it has a literal in it that is somebody's choice: a text
/// or a number, other than the name of a sequence and the words for moments.
fn expression(cursor: &mut Cursor<'_>) -> Option<bool> {
    const MOMENTS: &[&str] =
        &["''", "'now'", "'today'", "'tomorrow'", "'yesterday'", "'epoch'", "'infinity'", "'-infinity'"];
    let mut is_literal = false;
    let first = cursor.at;
    while let Some(token) = cursor.peek().cloned() {
        if is_end(cursor) || cursor.at > first && is_option(cursor) {
            break;
        }
        let start = cursor.at;
        skip_one(cursor)?;
        for place in start..cursor.at {
            let token = cursor.tokens.get(place).unwrap_or(&token);
            let text = cursor.text(token);
            let is_sequence = place > 1 && cursor.is_word_at(place - 2, "nextval");
            is_literal |= match token.kind {
                Kind::String => !is_sequence && !MOMENTS.iter().any(|moment| moment.as_bytes() == text),
                // The length of a type, as in `::character varying(5)`, is a number too, and no harm to leave out.
                Kind::Number => true,
                _ => false,
            };
        }
    }
    Some(is_literal)
}

/// Reads a constraint of a table; none, if it does not bind values of one row to those of another.
fn constraint(cursor: &mut Cursor<'_>) -> Option<Constraint> {
    if cursor.is("PRIMARY KEY") || cursor.is("UNIQUE") {
        let primary = cursor.skip("PRIMARY KEY") || !cursor.skip("UNIQUE");
        let _ = cursor.skip("NULLS NOT DISTINCT");
        return Some(Constraint::Unique { columns: only_names(cursor.names()?), primary });
    }
    if cursor.skip("FOREIGN KEY") {
        let columns = only_names(cursor.names()?);
        cursor.skip("REFERENCES").then_some(())?;
        let (table, referenced) = reference(cursor)?;
        return Some(Constraint::ForeignKey { columns, table, referenced });
    }
    None
}

fn reference(cursor: &mut Cursor<'_>) -> Option<(TableName, Vec<String>)> {
    let table = cursor.qualified()?;
    let referenced = if cursor.is_symbol(b'(') { only_names(cursor.names()?) } else { Vec::new() };
    Some((table, referenced))
}

fn alter(cursor: &mut Cursor<'_>, bytes: &[u8]) -> Option<Statement> {
    let is_table = bytes.get(..5).is_some_and(|word| word.eq_ignore_ascii_case(b"ALTER"))
        && (cursor.skip("TABLE") || cursor.skip("FOREIGN TABLE"));
    if !is_table {
        return Some(Statement::Schema);
    }
    cursor.skip("IF EXISTS");
    cursor.skip("ONLY");
    let table = cursor.qualified()?;
    if cursor.skip("ADD CONSTRAINT") {
        cursor.name()?;
        let constraint = constraint(cursor);
        return Some(constraint.map_or(Statement::Schema, |constraint| Statement::Constraint { table, constraint }));
    }
    if cursor.skip("ALTER COLUMN") {
        let column = cursor.name()?;
        if cursor.skip("SET DEFAULT") {
            let is_literal = expression(cursor)?;
            return Some(Statement::Default { table, column, is_literal });
        }
        if cursor.is("ADD GENERATED") {
            return Some(Statement::Default { table, column, is_literal: false });
        }
    }
    Some(Statement::Schema)
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

impl ColumnClause {
    /// The column as a plan sees it, with the types that domains stand for put in.
    pub(super) fn found(&self, resolve: impl Fn(&str) -> Option<(String, bool)>) -> crate::format::dump::FoundColumn {
        let (base, required) = resolve(&self.sql_type).unwrap_or_else(|| (self.sql_type.clone(), false));
        crate::format::dump::FoundColumn {
            name: self.name.clone(),
            data_type: data_type(&base),
            max_length: max_length(&base),
            sql_type: base,
            required: self.required || required,
            has_default: self.default == Default::Computed,
        }
    }
}
