use super::lex::{Kind, Token};
use crate::format::dump::TableName;

/// Why a statement can't be understood: words for a message.
pub(super) type Why = &'static str;

/// The tokens of a statement, taken one after the other.
pub(super) struct Tokens<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
}

impl<'t> Tokens<'t> {
    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn take(&mut self) -> Option<&'t Token> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.is(self.bytes, word))
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let is = self.is(word);
        self.at += usize::from(is);
        is
    }

    pub(super) fn take_words(&mut self, words: &[&str]) -> bool {
        let fits = words.iter().zip(self.tokens.get(self.at..).unwrap_or_default());
        let all = fits.clone().count() == words.len() && fits.clone().all(|(word, token)| token.is(self.bytes, word));
        self.at += if all { words.len() } else { 0 };
        all
    }

    pub(super) fn take_symbol(&mut self, symbol: u8) -> bool {
        let is = self.peek().is_some_and(|token| token.is_symbol(symbol));
        self.at += usize::from(is);
        is
    }

    pub(super) fn take_kind(&mut self, kind: Kind) -> Option<&'t Token> {
        let token = self.peek().filter(|token| token.kind == kind)?;
        self.at += 1;
        Some(token)
    }

    pub(super) fn take_name(&mut self) -> Option<String> {
        let name = self.peek()?.name(self.bytes)?;
        self.at += 1;
        Some(name)
    }

    /// The name of a table, perhaps after that of its database.
    pub(super) fn table_name(&mut self, database: Option<&str>) -> Result<TableName, Why> {
        let first = self.take_name().ok_or("a table whose name can't be read")?;
        if self.take_symbol(b'.') {
            let table = self.take_name().ok_or("a table whose name can't be read")?;
            return Ok(TableName { schema: Some(first), table });
        }
        Ok(TableName { schema: database.map(str::to_owned), table: first })
    }

    /// Passes over what stands between parentheses, if they open here.
    pub(super) fn skip_parentheses(&mut self) -> Result<bool, Why> {
        if !self.peek().is_some_and(|token| token.is_symbol(b'(')) {
            return Ok(false);
        }
        let mut depth = 0_usize;
        while let Some(token) = self.take() {
            depth += usize::from(token.is_symbol(b'('));
            depth -= usize::from(token.is_symbol(b')'));
            if depth == 0 {
                return Ok(true);
            }
        }
        Err("parentheses that do not close")
    }
}
