use std::ops::Range;

use super::Statement;
use super::cursor::Cursor;
use super::foreign;
use super::key::{constraint, reference};
use crate::format::dump::postgres::fit::Fit;
use crate::format::dump::postgres::lexer::Kind;
use crate::format::dump::postgres::types::{Domain, UserTypes, data_type, max_length, plain};
use crate::format::dump::{Constraint, FoundColumn, TableName};
use crate::rules::Takes;
use arrow::datatypes::DataType;

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
    /// The server that has its rows, where they are elsewhere.
    pub(in crate::format::dump::postgres) server: Option<String>,
    /// Where the options of it and of its columns stand, by which its rows are found there.
    pub(in crate::format::dump::postgres) options: Vec<Range<usize>>,
}

/// A column of CREATE TABLE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::format::dump::postgres) struct ColumnClause {
    pub(in crate::format::dump::postgres) name: String,
    pub(in crate::format::dump::postgres) sql_type: String,
    pub(in crate::format::dump::postgres) required: bool,
    pub(in crate::format::dump::postgres) default: Default,
    /// Whether its collation may take different texts for the same.
    pub(in crate::format::dump::postgres) folds_case: bool,
    /// The names in the expression of which it is computed.
    pub(in crate::format::dump::postgres) computed_of: Vec<String>,
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
    pub(in crate::format::dump::postgres) fn found(&self, types: &UserTypes) -> FoundColumn {
        let no_domain = || Domain { base: self.sql_type.clone(), ..Domain::default() };
        let domain = types.domain(&self.sql_type).cloned().unwrap_or_else(no_domain);
        let data_type = data_type(&domain.base);
        let is_citext = domain.base.ends_with(".citext");
        FoundColumn {
            name: self.name.clone(),
            max_length: max_length(&domain.base),
            required: self.required || domain.required,
            has_default: self.default == Default::Computed || self.default == Default::None && domain.has_default,
            takes: match data_type {
                DataType::Utf8View => Fit::of(&domain.base, types).takes(),
                _ => Takes::Any,
            },
            folds_case: self.folds_case || domain.folds_case || is_citext,
            data_type,
            sql_type: domain.base,
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
    let mut domain = Domain { base: written(cursor, start)?, ..Domain::default() };
    let mut literal = None;
    while cursor.peek().is_some() {
        let before = cursor.tokens.get(cursor.at.checked_sub(1)?)?.range.end;
        if cursor.skip("DEFAULT") {
            let is_literal = expression(cursor)?;
            let end = cursor.tokens.get(cursor.at.checked_sub(1)?)?.range.end;
            domain.has_default = !is_literal;
            literal = is_literal.then_some(before..end);
        } else if cursor.skip("COLLATE") {
            domain.folds_case = collation(cursor)?;
        } else {
            domain.required |= cursor.is("NOT NULL");
            cursor.at += 1;
        }
    }
    Some(Statement::Domain { name, domain, literal })
}

/// Passes over the name of a collation, and says whether it may take different texts for the same: those that PostgreSQL
/// ships do not.
fn collation(cursor: &mut Cursor<'_>) -> Option<bool> {
    Some(cursor.qualified()?.schema.as_deref() != Some("pg_catalog"))
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
        server: None,
        options: Vec::new(),
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
    if cursor.skip("SERVER") {
        table.server = Some(cursor.name()?);
        table.options.extend(foreign::options(cursor)?);
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
            table.constraints.extend(constraint(cursor)?);
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
    let mut column = ColumnClause {
        name,
        sql_type,
        required: false,
        default: Default::None,
        folds_case: false,
        computed_of: Vec::new(),
    };
    while cursor.peek().is_some() && !is_end(cursor) {
        match cursor.is("OPTIONS") {
            true => table.options.extend(foreign::options(cursor)?),
            false => option(cursor, &mut column, &mut table.constraints)?,
        }
    }
    table.columns.push(column);
    Some(())
}

/// Whether a column's or a type's clause ends here.
pub(super) fn is_end(cursor: &Cursor<'_>) -> bool {
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

/// The type that stands between the token `start` and the next one.
fn written(cursor: &Cursor<'_>, start: usize) -> Option<String> {
    let (first, last) = (cursor.tokens.get(start)?, cursor.tokens.get(cursor.at.checked_sub(1)?)?);
    let text = cursor.bytes.get(first.range.start..last.range.end)?;
    std::str::from_utf8(text).ok().map(plain)
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
        if !is_identity {
            column.computed_of = cursor.names_within(start..cursor.at);
        }
    } else if cursor.skip("CONSTRAINT") {
        cursor.name()?;
    } else if cursor.skip("COLLATE") {
        column.folds_case = collation(cursor)?;
    } else if cursor.is("PRIMARY KEY") || cursor.is("UNIQUE") {
        let primary = cursor.skip("PRIMARY KEY") || !cursor.skip("UNIQUE");
        column.required |= primary;
        let nulls_distinct = !cursor.skip("NULLS NOT DISTINCT");
        constraints.push(Constraint::Unique { columns: vec![column.name.clone()], primary, nulls_distinct });
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
