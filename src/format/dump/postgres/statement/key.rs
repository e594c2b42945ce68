//! What binds rows to each other: keys, unique indexes, exclusions and foreign keys.

use std::ops::Range;

use super::Statement;
use super::cursor::{Cursor, only_names};
use crate::format::dump::postgres::lexer::Kind;
use crate::format::dump::{By, Constraint, Part, TableName};

/// Reads a constraint of a table; none, if it can't be read. There is nothing in it if it does not bind rows to others.
#[allow(clippy::option_option, reason = "what can't be read is no constraint that binds nothing")]
pub(super) fn constraint(cursor: &mut Cursor<'_>) -> Option<Option<Constraint>> {
    if cursor.is("PRIMARY KEY") || cursor.is("UNIQUE") {
        let primary = cursor.skip("PRIMARY KEY") || !cursor.skip("UNIQUE");
        let nulls_distinct = !cursor.skip("NULLS NOT DISTINCT");
        let range = cursor.parentheses()?;
        return Some(Some(key(parts(cursor, range)?, primary, nulls_distinct)));
    }
    if cursor.skip("EXCLUDE") {
        if cursor.skip("USING") {
            cursor.name()?;
        }
        let range = cursor.parentheses()?;
        let mut parts = parts(cursor, range)?;
        parts.extend(condition(cursor, &parts)?);
        return Some(Some(Constraint::Unlike(parts)));
    }
    if cursor.skip("FOREIGN KEY") {
        let columns = only_names(cursor.names()?);
        cursor.skip("REFERENCES").then_some(())?;
        let (table, referenced) = reference(cursor)?;
        return Some(Some(Constraint::ForeignKey { columns, table, referenced }));
    }
    (cursor.is("CHECK") || cursor.is("NOT NULL")).then_some(None)
}

pub(super) fn reference(cursor: &mut Cursor<'_>) -> Option<(TableName, Vec<String>)> {
    let table = cursor.qualified()?;
    let referenced = if cursor.is_symbol(b'(') { only_names(cursor.names()?) } else { Vec::new() };
    Some((table, referenced))
}

/// CREATE UNIQUE INDEX.
pub(super) fn unique_index(cursor: &mut Cursor<'_>) -> Option<Statement> {
    while !cursor.skip("ON") {
        cursor.next()?;
    }
    cursor.skip("ONLY");
    let table = cursor.qualified()?;
    if cursor.skip("USING") {
        cursor.name()?;
    }
    let range = cursor.parentheses()?;
    let mut parts = parts(cursor, range)?;
    let after = cursor.at;
    let mut nulls_distinct = true;
    while cursor.peek().is_some() && !cursor.is("WHERE") {
        nulls_distinct &= !cursor.is("NULLS NOT DISTINCT");
        cursor.at += 1;
    }
    cursor.at = after;
    parts.extend(condition(cursor, &parts)?);
    Some(Statement::Constraint { table, constraint: key(parts, false, nulls_distinct) })
}

/// No two rows with the same in all these parts.
fn key(mut parts: Vec<Part>, primary: bool, nulls_distinct: bool) -> Constraint {
    if parts.iter().all(|part| part.by == By::Value) {
        let columns = parts.into_iter().map(|part| part.column).collect();
        return Constraint::Unique { columns, primary, nulls_distinct };
    }
    if !nulls_distinct {
        parts.iter_mut().for_each(|part| part.by = By::Expression);
    }
    Constraint::Unlike(parts)
}

/// The parts of an index or an exclusion: the elements between these tokens.
fn parts(cursor: &Cursor<'_>, range: Range<usize>) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, range.start);
    for at in range.clone() {
        match cursor.tokens.get(at)?.kind {
            Kind::Symbol(b'(' | b'[') => depth += 1,
            Kind::Symbol(b')' | b']') => depth = depth.saturating_sub(1),
            Kind::Symbol(b',') if depth == 0 => {
                element(cursor, start..at, &mut parts)?;
                start = at + 1;
            }
            _ => {}
        }
    }
    element(cursor, start..range.end, &mut parts)?;
    Some(parts)
}

/// Reads one element: a column or an expression, and how it is compared.
fn element(cursor: &Cursor<'_>, range: Range<usize>, parts: &mut Vec<Part>) -> Option<()> {
    let kind = |at: usize| cursor.tokens.get(at).filter(|_| at < range.end).map(|token| token.kind);
    let mut inner = Cursor { bytes: cursor.bytes, tokens: cursor.tokens.clone(), at: range.start };
    let name = inner.name();
    let after = kind(inner.at);
    if let Some(column) = name.clone().filter(|_| !matches!(after, Some(Kind::Symbol(b'(' | b'.')))) {
        let words = |word: &str| (inner.at..range.end).find(|at| cursor.is_word_at(*at, word));
        let by = match words("WITH") {
            _ if words("WITHOUT").is_some() => By::Operator,
            Some(at) if kind(at + 1) != Some(Kind::Symbol(b'=')) || at + 2 != range.end => By::Operator,
            _ if words("COLLATE").is_some() => By::Folded,
            _ => By::Value,
        };
        parts.push(Part { column, by });
        return Some(());
    }
    // Behind an expression of an exclusion stands how it is compared.
    let is_compared =
        range.len() > 2 && kind(range.end - 1) == Some(Kind::Symbol(b'=')) && cursor.is_word_at(range.end - 2, "WITH");
    let end = if is_compared { range.end - 2 } else { range.end };
    if let Some(column) = folded(cursor, name.as_deref(), inner.at..end) {
        parts.push(Part { column, by: By::Folded });
        return Some(());
    }
    let names = cursor.names_within(range.start..end);
    parts.extend(names.into_iter().map(|column| Part { column, by: By::Expression }));
    Some(())
}

/// The column of `lower(name)` or `upper((name)::text)`, if that and no more stands here behind the function's name.
fn folded(cursor: &Cursor<'_>, function: Option<&str>, range: Range<usize>) -> Option<String> {
    matches!(function, Some("lower" | "upper")).then_some(())?;
    let tokens = cursor.tokens.get(range.clone())?;
    let is_closed = tokens.last().is_some_and(|last| last.kind == Kind::Symbol(b')'));
    let is_simple = |kind: Kind| matches!(kind, Kind::Word | Kind::Name | Kind::Symbol(b'(' | b')' | b':'));
    (is_closed && tokens.iter().all(|token| is_simple(token.kind))).then_some(())?;
    let mut names = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let is_type = place > 0 && tokens.get(place - 1).is_some_and(|before| before.kind == Kind::Symbol(b':'));
        if matches!(token.kind, Kind::Word | Kind::Name) && !is_type {
            names.extend(cursor.names_within(range.start + place..range.start + place + 1));
        }
    }
    // A type of two words, such as `character varying`, has one that does not follow a colon.
    names.retain(|name| name != "varying");
    match names.as_slice() {
        [name] => Some(name.clone()),
        _ => None,
    }
}

/// What a condition for the rows of an index or an exclusion adds to its parts.
fn condition(cursor: &mut Cursor<'_>, parts: &[Part]) -> Option<Vec<Part>> {
    const WORDS: &[&str] = &["is", "not", "null", "and", "or"];
    while cursor.peek().is_some() && !cursor.skip("WHERE") {
        cursor.at += 1;
    }
    let range = cursor.at..cursor.tokens.len();
    let is_test = |kind: Kind| matches!(kind, Kind::Word | Kind::Name | Kind::Symbol(b'(' | b')' | b';'));
    let tokens = cursor.tokens.get(range.clone())?;
    let names: Vec<String> =
        cursor.names_within(range).into_iter().filter(|name| !WORDS.contains(&name.as_str())).collect();
    let tests = tokens.iter().filter(|token| cursor.text(token).eq_ignore_ascii_case(b"IS")).count();
    let by = if tokens.iter().all(|token| is_test(token.kind)) && tests == names.len() {
        By::Nullness
    } else {
        By::Expression
    };
    // A row whose own value is null is like no other, whatever the condition says of it.
    let is_seen =
        |name: &String| by == By::Nullness && parts.iter().any(|part| part.by == By::Value && part.column == *name);
    Some(names.into_iter().filter(|name| !is_seen(name)).map(|column| Part { column, by }).collect())
}
