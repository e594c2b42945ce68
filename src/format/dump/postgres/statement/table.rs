use std::ops::Range;

use super::Statement;
use super::cursor::{Cursor, only_names};
use crate::format::dump::postgres::lexer::Kind;
use crate::format::dump::postgres::types::{data_type, max_length};
use crate::format::dump::{Constraint, FoundColumn, TableName};

/// CREATE TABLE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::format::dump::postgres) struct TableStatement {
    pub(in crate::format::dump::postgres) name: TableName,
    pub(in crate::format::dump::postgres) columns: Vec<ColumnClause>,
    /// The tables whose columns come before its own.
    pub(in crate::format::dump::postgres) parents: Vec<TableName>,
    pub(in crate::format::dump::postgres) constraints: Vec<Constraint>,
    /// Columns that a constraint of the table says are required.
    pub(in crate::format::dump::postgres) required: Vec<String>,
}

/// A column of CREATE TABLE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::format::dump::postgres) struct ColumnClause {
    pub(in crate::format::dump::postgres) name: String,
    pub(in crate::format::dump::postgres) sql_type: String,
    pub(in crate::format::dump::postgres) required: bool,
    pub(in crate::format::dump::postgres) default: Default,
}

/// What a column is where a row does not say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::format::dump::postgres) enum Default {
    /// Null.
    None,
    /// What an expression without literals says.
    Computed,
    /// What an expression with a literal says; it stands here in the statement.
    Literal(Range<usize>),
    /// What the database computes of other columns, always.
    Generated,
}

impl ColumnClause {
    /// The column as a plan sees it, with the types that domains stand for put in.
    pub(in crate::format::dump::postgres) fn found(
        &self,
        resolve: impl Fn(&str) -> Option<(String, bool)>,
    ) -> FoundColumn {
        let (base, required) = resolve(&self.sql_type).unwrap_or_else(|| (self.sql_type.clone(), false));
        FoundColumn {
            name: self.name.clone(),
            data_type: data_type(&base),
            max_length: max_length(&base),
            sql_type: base,
            required: self.required || required,
            has_default: self.default == Default::Computed,
        }
    }
}

pub(super) fn domain(cursor: &mut Cursor<'_>) -> Option<Statement> {
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
pub(super) fn unique_index(cursor: &mut Cursor<'_>) -> Option<Statement> {
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

pub(super) fn table(cursor: &mut Cursor<'_>) -> Option<TableStatement> {
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

/// Passes over one token, or over all that is in parentheses or brackets here, as in `ARRAY['a', 'b']`.
fn skip_one(cursor: &mut Cursor<'_>) -> Option<()> {
    let mut depth = 0_usize;
    loop {
        match cursor.next()?.kind {
            Kind::Symbol(b'(' | b'[') => depth += 1,
            Kind::Symbol(b')' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(());
        }
    }
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
pub(super) fn expression(cursor: &mut Cursor<'_>) -> Option<bool> {
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
pub(super) fn constraint(cursor: &mut Cursor<'_>) -> Option<Constraint> {
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
