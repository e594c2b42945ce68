use std::ops::Range;

use crate::format::dump::TableName;
use crate::format::dump::postgres::lexer::{Fault, Kind, Lexer, Token};

/// A column in the list of a COPY or an INSERT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::format::dump::postgres) struct ListedColumn {
    pub(in crate::format::dump::postgres) name: String,
    /// Where its name stands, quotes included.
    pub(in crate::format::dump::postgres) range: Range<usize>,
}

/// A statement's tokens, one after the other.
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut lexer = Lexer::new(bytes);
        let mut tokens = Vec::new();
        while let Some(token) = lexer.next()? {
            tokens.push(token);
        }
        Ok(Self { bytes, tokens, at: 0 })
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn text(&self, token: &Token) -> &'a [u8] {
        self.bytes.get(token.range.clone()).unwrap_or_default()
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.at += 1;
        token
    }

    pub(super) fn is_word_at(&self, at: usize, word: &str) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Word && self.text(token).eq_ignore_ascii_case(word.as_bytes()))
    }

    /// Whether these words come next.
    pub(super) fn is(&self, words: &str) -> bool {
        words.split(' ').enumerate().all(|(place, word)| self.is_word_at(self.at + place, word))
    }

    /// Passes over these words, if they come next.
    pub(super) fn skip(&mut self, words: &str) -> bool {
        let is = self.is(words);
        if is {
            self.at += words.split(' ').count();
        }
        is
    }

    pub(super) fn is_symbol(&self, symbol: u8) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Symbol(symbol))
    }

    pub(super) fn skip_symbol(&mut self, symbol: u8) -> bool {
        let is = self.is_symbol(symbol);
        self.at += usize::from(is);
        is
    }

    /// Passes over a name: in lower case unless it is quoted, as the server reads it.
    pub(super) fn name(&mut self) -> Option<String> {
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
    pub(super) fn qualified(&mut self) -> Option<TableName> {
        let first = self.name()?;
        if !self.skip_symbol(b'.') {
            return Some(TableName { schema: None, table: first });
        }
        Some(TableName { schema: Some(first), table: self.name()? })
    }

    /// Passes over what is in parentheses here, and gives the range of its tokens.
    pub(super) fn parentheses(&mut self) -> Option<Range<usize>> {
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

    /// All words and names among these tokens, those of functions and types too.
    pub(super) fn names_within(&self, range: Range<usize>) -> Vec<String> {
        let tokens = self.tokens.get(range).unwrap_or_default().to_vec();
        let mut inner = Cursor { bytes: self.bytes, tokens, at: 0 };
        let mut names = Vec::new();
        while inner.peek().is_some() {
            match inner.name() {
                Some(name) => names.push(name),
                None => inner.at += 1,
            }
        }
        names
    }

    /// A list of names in parentheses.
    pub(super) fn names(&mut self) -> Option<Vec<ListedColumn>> {
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

pub(super) fn only_names(columns: Vec<ListedColumn>) -> Vec<String> {
    columns.into_iter().map(|column| column.name).collect()
}
