//! Keys, foreign keys and checks. A unique key is over columns, over the first characters of them, and over expressions.

use std::ops::Range;

use super::defined::{Column, Definition, UNKNOWN_OPTION, UNREADABLE};
use super::lex::Kind;
use super::tokens::{Tokens, Why};
use crate::format::dump::{By, Constraint, Part, TableName};

impl Tokens<'_> {
    /// The names between parentheses: none where there is anything else between them than names, lengths and orders.
    fn names(&mut self) -> Result<Option<Vec<String>>, Why> {
        let start = self.at;
        if !self.take_symbol(b'(') {
            return Err(UNREADABLE);
        }
        let mut names = Vec::new();
        loop {
            let Some(name) = self.take_name() else {
                self.at = start;
                self.skip_parentheses()?;
                return Ok(None);
            };
            names.push(name);
            self.skip_parentheses()?;
            let _ = self.take_word("ASC") || self.take_word("DESC");
            if self.take_symbol(b')') {
                return Ok(Some(names));
            }
            if !self.take_symbol(b',') {
                return Err(UNREADABLE);
            }
        }
    }

    /// Takes a key, a foreign key or a check. False if there is a column here.
    pub(super) fn key(&mut self, table: &mut Definition) -> Result<bool, Why> {
        let start = self.at;
        if self.take_word("CONSTRAINT")
            && !(self.is("PRIMARY") || self.is("UNIQUE") || self.is("FOREIGN") || self.is("CHECK"))
        {
            self.take_name().ok_or(UNREADABLE)?;
        }
        if self.take_word("CHECK") {
            self.skip_parentheses()?;
            let _ = self.take_word("NOT");
            let _ = self.take_word("ENFORCED");
        } else if self.take_words(&["PERIOD", "FOR"]) {
            let name = self.take_name().ok_or(UNREADABLE)?;
            let columns = self.names()?.ok_or(UNREADABLE)?;
            table.computed.insert(name, columns);
        } else if self.take_words(&["FOREIGN", "KEY"]) {
            if !self.peek().is_some_and(|token| token.is_symbol(b'(')) {
                self.take_name().ok_or(UNREADABLE)?;
            }
            let columns = self.names()?.ok_or(UNREADABLE)?;
            let (other, referenced) = self.references(table)?;
            table.constraints.push(Constraint::ForeignKey { columns, table: other, referenced });
        } else {
            let primary = self.take_words(&["PRIMARY", "KEY"]);
            let unique = primary || self.take_word("UNIQUE");
            let other = !unique && (self.take_word("FULLTEXT") || self.take_word("SPATIAL"));
            let key = !primary && (self.take_word("KEY") || self.take_word("INDEX"));
            if !(unique || other || key) {
                // A name without quotes may be one of these words only where nothing was taken.
                return if self.at == start { Ok(false) } else { Err(UNREADABLE) };
            }
            let mut named = 0;
            while !self.peek().is_some_and(|token| token.is_symbol(b'(')) && named < 4 {
                self.take_name().ok_or(UNREADABLE)?;
                named += 1;
            }
            let constraint = self.unique_key(primary)?;
            table.constraints.extend(Some(constraint).filter(|_| unique));
            self.key_options(table)?;
        }
        Ok(true)
    }

    pub(super) fn references(&mut self, table: &Definition) -> Result<(TableName, Vec<String>), Why> {
        if !self.take_word("REFERENCES") {
            return Err(UNREADABLE);
        }
        let other = self.table_name(table.name.schema.as_deref())?;
        let referenced = self.names()?.unwrap_or_default();
        loop {
            let taken = self.take_words(&["ON", "DELETE"]) || self.take_words(&["ON", "UPDATE"]);
            if !taken {
                return Ok((other, referenced));
            }
            let known = [&["CASCADE"][..], &["RESTRICT"], &["NO", "ACTION"], &["SET", "NULL"], &["SET", "DEFAULT"]];
            if !known.iter().any(|words| self.take_words(words)) {
                return Err(UNREADABLE);
            }
        }
    }

    fn key_options(&mut self, table: &mut Definition) -> Result<(), Why> {
        while let Some(token) = self.peek().filter(|token| !token.is_symbol(b',') && !token.is_symbol(b')')) {
            if token.is(self.bytes, "COMMENT") {
                table.comments.push(self.comment()?);
                continue;
            }
            let known = [
                "USING",
                "BTREE",
                "HASH",
                "RTREE",
                "KEY_BLOCK_SIZE",
                "WITH",
                "PARSER",
                "VISIBLE",
                "INVISIBLE",
                "IGNORED",
                "NOT",
                "CLUSTERING",
            ];
            let is_known = known.iter().any(|word| token.is(self.bytes, word))
                || matches!(token.kind, Kind::Symbol(b'=') | Kind::Number | Kind::Name);
            // The name of a parser is a word of its own.
            let after_parser =
                self.at > 0 && self.tokens.get(self.at - 1).is_some_and(|token| token.is(self.bytes, "PARSER"));
            if !is_known && !after_parser {
                return Err(UNKNOWN_OPTION);
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Takes what stands between the parentheses of a unique key.
    fn unique_key(&mut self, primary: bool) -> Result<Constraint, Why> {
        if !self.take_symbol(b'(') {
            return Err(UNREADABLE);
        }
        let mut parts: Vec<Part> = Vec::new();
        loop {
            let start = self.at;
            if self.skip_parentheses()? {
                parts.extend(expression(self, start..self.at));
            } else {
                let column = self.take_name().ok_or(UNREADABLE)?;
                // Of a column's first characters two values may have the same.
                let is_cut = self.skip_parentheses()?;
                parts.push(Part { column, by: if is_cut { By::Operator } else { By::Value } });
            }
            let _ = self.take_word("ASC") || self.take_word("DESC");
            if self.take_words(&["WITHOUT", "OVERLAPS"]) {
                parts.iter_mut().rev().take(1).for_each(|part| part.by = By::Operator);
            }
            if self.take_symbol(b')') {
                break;
            }
            if !self.take_symbol(b',') {
                return Err(UNREADABLE);
            }
        }
        if parts.iter().all(|part| part.by == By::Value) {
            let columns = parts.into_iter().map(|part| part.column).collect();
            return Ok(Constraint::Unique { columns, primary, nulls_distinct: true });
        }
        Ok(Constraint::Unlike(parts))
    }
}

/// A column that is a key by itself.
pub(super) fn unique_column(column: &Column, primary: bool) -> Constraint {
    Constraint::Unique { columns: vec![column.name.clone()], primary, nulls_distinct: true }
}

/// What an expression in parentheses compares: of `(lower(`name`))` the text without regard to case, of any other what
/// can't be told.
fn expression(reader: &Tokens<'_>, range: Range<usize>) -> Vec<Part> {
    let tokens = reader.tokens.get(range.clone()).unwrap_or_default();
    let folds = tokens.get(1).is_some_and(|word| {
        ["LOWER", "LCASE", "UPPER", "UCASE"].into_iter().any(|function| word.is(reader.bytes, function))
    });
    let columns = columns_of(reader, range);
    let is_folded = folds && columns.len() == 1 && tokens.len() == 6;
    let by = if is_folded { By::Folded } else { By::Expression };
    columns.into_iter().map(|column| Part { column, by }).collect()
}

/// The names among these tokens that may be columns: those that no parenthesis follows.
pub(super) fn columns_of(reader: &Tokens<'_>, range: Range<usize>) -> Vec<String> {
    let is_call = |at: usize| reader.tokens.get(at + 1).is_some_and(|next| next.is_symbol(b'('));
    range
        .filter_map(|at| Some((at, reader.tokens.get(at)?)))
        .filter(|(at, token)| matches!(token.kind, Kind::Name | Kind::Word) && !is_call(*at))
        .filter_map(|(_, token)| token.name(reader.bytes))
        .collect()
}

/// Whether a collation takes texts that differ in case or in accents for the same: all do but those that say otherwise,
/// and so do the default ones of all character sets.
pub(super) fn folds_case(collation: Option<&str>) -> bool {
    collation.is_none_or(|name| {
        let name = name.to_ascii_lowercase();
        !(name == "binary" || name.ends_with("_bin") || name.ends_with("_cs"))
    })
}
