//! The words of a statement, as the server and its client both read them. Where the two could differ, it is a fault.

use std::ops::Range;

use super::literal::{is_word, unescaped};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A key word, or a name without quotes.
    Word,
    /// A name in backquotes.
    Name,
    /// A string in single or double quotes.
    Text,
    /// A number, or hexadecimal or binary digits after `0x` or `0b`.
    Number,
    /// Any other byte.
    Symbol(u8),
}

/// A token, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
    /// Whether it stands in a comment that servers of some versions execute.
    pub(super) conditional: bool,
}

/// Why a text has no tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A string, name or comment is opened and never closed; there may be more to come.
    Unterminated,
    /// A backslash outside strings, which the client takes for a command of its own.
    ClientCommand,
    /// A NUL byte outside strings.
    Nul,
}

/// Walks through the tokens of a text.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'s> {
    bytes: &'s [u8],
    at: usize,
    conditional: bool,
}

impl<'s> Lexer<'s> {
    pub(super) fn new(bytes: &'s [u8]) -> Self {
        Self { bytes, at: 0, conditional: false }
    }

    /// Where the next token is looked for.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether a comment that some versions execute is open.
    pub(super) fn is_conditional(&self) -> bool {
        self.conditional
    }

    fn rest(&self) -> &'s [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Passes over blanks, comments, and the marks of comments that some versions execute.
    pub(super) fn skip_blanks(&mut self) -> Result<(), Fault> {
        loop {
            let rest = self.rest();
            if rest.first().is_some_and(u8::is_ascii_whitespace) {
                self.at += 1;
            } else if self.conditional && rest.starts_with(b"*/") {
                self.conditional = false;
                self.at += 2;
            } else if let Some(mark) = conditional_mark(rest).filter(|_| !self.conditional) {
                self.conditional = true;
                self.at += mark;
            } else if let Some(end) = comment(rest)? {
                self.at += end;
            } else {
                return Ok(());
            }
        }
    }

    /// The next token, or none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Token>, Fault> {
        self.skip_blanks()?;
        let rest = self.rest();
        let Some(first) = rest.first() else { return Ok(None) };
        let (kind, length) = match first {
            b'\\' => return Err(Fault::ClientCommand),
            0 => return Err(Fault::Nul),
            b'\'' | b'"' => (Kind::Text, quoted(rest)?),
            b'`' => (Kind::Name, quoted(rest)?),
            b'0'..=b'9' => number(rest),
            byte if is_word(*byte) => (Kind::Word, word(rest)),
            byte => (Kind::Symbol(*byte), 1),
        };
        let range = self.at..self.at + length;
        self.at = range.end;
        Ok(Some(Token { kind, range, conditional: self.conditional }))
    }
}

/// All tokens of a text.
pub(super) fn tokens(bytes: &[u8]) -> Result<Vec<Token>, Fault> {
    let mut lexer = Lexer::new(bytes);
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    if lexer.is_conditional() { Err(Fault::Unterminated) } else { Ok(tokens) }
}

fn word(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !is_word(*byte)).unwrap_or(bytes.len())
}

/// A number, or a name that starts with a digit.
fn number(bytes: &[u8]) -> (Kind, usize) {
    let length = word(bytes);
    let head = bytes.get(..length).unwrap_or_default();
    if matches!(head, [b'0', b'x' | b'b', ..]) {
        return (Kind::Number, length);
    }
    if !head.iter().all(u8::is_ascii_digit) {
        return (Kind::Word, length);
    }
    match bytes.get(length..) {
        Some([b'.', rest @ ..]) => (Kind::Number, length + 1 + word(rest)),
        _ => (Kind::Number, length),
    }
}

/// The length of a quoted string or name at the start of `bytes`, its quotes included. A doubled quote is none; a
/// backslash takes the meaning from what follows it, except in names.
pub(super) fn quoted(bytes: &[u8]) -> Result<usize, Fault> {
    let Some(quote) = bytes.first().copied() else { return Err(Fault::Unterminated) };
    let escape = if quote == b'`' { b'`' } else { b'\\' };
    let mut at = 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += memchr::memchr2(quote, escape, rest).ok_or(Fault::Unterminated)?;
        let (found, next) = (bytes.get(at), bytes.get(at + 1));
        if found != Some(&quote) || next == Some(&quote) {
            at += 2;
        } else {
            return Ok(at + 1);
        }
    }
}

/// The length of the mark that opens a comment which some versions execute: `/*!`, or `/*M!` for MariaDB alone, and
/// perhaps the version from which on.
fn conditional_mark(bytes: &[u8]) -> Option<usize> {
    let mark = [b"/*!".as_slice(), b"/*M!"].into_iter().find(|mark| bytes.starts_with(mark))?;
    let digits = bytes.iter().skip(mark.len()).take(6).take_while(|byte| byte.is_ascii_digit()).count();
    Some(mark.len() + digits)
}

/// The length of a comment that nobody executes at the start of `bytes`, if there is one.
pub(super) fn comment(bytes: &[u8]) -> Result<Option<usize>, Fault> {
    let line = match bytes {
        [b'#', ..] => true,
        [b'-', b'-', blank, ..] => blank.is_ascii_whitespace() || blank.is_ascii_control(),
        _ => false,
    };
    if line {
        return memchr::memchr(b'\n', bytes).map(|end| Some(end + 1)).ok_or(Fault::Unterminated);
    }
    if !bytes.starts_with(b"/*") || conditional_mark(bytes).is_some() {
        return Ok(None);
    }
    let inner = bytes.get(2..).unwrap_or_default();
    memchr::memmem::find(inner, b"*/").map(|end| Some(end + 4)).ok_or(Fault::Unterminated)
}

impl Token {
    /// The bytes of the token.
    pub(super) fn of<'s>(&self, bytes: &'s [u8]) -> &'s [u8] {
        bytes.get(self.range.clone()).unwrap_or_default()
    }

    /// Whether it is this key word.
    pub(super) fn is(&self, bytes: &[u8], word: &str) -> bool {
        self.kind == Kind::Word && self.of(bytes).eq_ignore_ascii_case(word.as_bytes())
    }

    pub(super) fn is_symbol(&self, symbol: u8) -> bool {
        self.kind == Kind::Symbol(symbol)
    }

    /// The name that it is, if it is one.
    pub(super) fn name(&self, bytes: &[u8]) -> Option<String> {
        let text = std::str::from_utf8(self.of(bytes)).ok()?;
        match self.kind {
            Kind::Word => Some(text.to_owned()),
            Kind::Name => Some(text.strip_prefix('`')?.strip_suffix('`')?.replace("``", "`")),
            _ => None,
        }
    }

    /// The text that it is, if it is one.
    pub(super) fn text(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let inner = match self.of(bytes) {
            [quote, inner @ .., _] if self.kind == Kind::Text => (inner, *quote),
            _ => return None,
        };
        let mut text = Vec::new();
        unescaped(inner.0, inner.1, &mut text);
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Result<Vec<(Kind, String)>, Fault> {
        let found = tokens(text.as_bytes())?;
        Ok(found.into_iter().map(|token| (token.kind, text[token.range].to_owned())).collect())
    }

    #[test]
    fn tokens_are_those_of_the_server() {
        use Kind::*;
        for (text, expected) in [
            ("SET a=1", vec![(Word, "SET"), (Word, "a"), (Symbol(b'='), "="), (Number, "1")]),
            ("`a``b`.c", vec![(Name, "`a``b`"), (Symbol(b'.'), "."), (Word, "c")]),
            (r"'it''s' 'a\'b'", vec![(Text, "'it''s'"), (Text, r"'a\'b'")]),
            (r#""say ""x""" "#, vec![(Text, r#""say ""x""""#)]),
            ("/*!40101 SET x */;", vec![(Word, "SET"), (Word, "x"), (Symbol(b';'), ";")]),
            ("/*M!100616 x*/", vec![(Word, "x")]),
            ("a /* 'it' */ b -- it's\n c # it's\nd", vec![(Word, "a"), (Word, "b"), (Word, "c"), (Word, "d")]),
            ("a--1", vec![(Word, "a"), (Symbol(b'-'), "-"), (Symbol(b'-'), "-"), (Number, "1")]),
            ("0x1F 1.5e10 1st", vec![(Number, "0x1F"), (Number, "1.5e10"), (Word, "1st")]),
            (r"`a\`", vec![(Name, r"`a\`")]),
        ] {
            let expected = expected.into_iter().map(|(kind, text)| (kind, text.to_owned())).collect();
            assert_eq!(kinds(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_the_client_would_execute_is_a_fault() {
        for (text, fault) in [
            (r"a \! b", Fault::ClientCommand),
            (r"/*!40101 a \- */", Fault::ClientCommand),
            ("a \0", Fault::Nul),
            ("'a", Fault::Unterminated),
            (r"'a\'", Fault::Unterminated),
            ("'a''", Fault::Unterminated),
            ("`a", Fault::Unterminated),
            ("/* a", Fault::Unterminated),
            ("/*!40101 a", Fault::Unterminated),
            ("-- a", Fault::Unterminated),
        ] {
            assert_eq!(kinds(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn names_and_texts_lose_their_quotes() {
        let text = br#"`a``b` 'c''d\n' "e""f" "#;
        let found = tokens(text).unwrap();
        assert_eq!(found[0].name(text).as_deref(), Some("a`b"));
        assert_eq!(found[1].text(text).as_deref(), Some(b"c'd\n".as_slice()));
        assert_eq!(found[2].text(text).as_deref(), Some(b"e\"f".as_slice()));
    }
}
