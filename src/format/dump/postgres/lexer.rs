//! SQL as `psql` and the server cut it: where a statement ends, and the tokens in it.
//!
//! What a dump never has outside quotes is refused and not interpreted: a comment inside a statement, and a backslash,
//! behind which `psql` would look for a command.

use std::ops::Range;

/// Why a statement can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A comment inside a statement.
    Comment,
    /// A backslash outside quotes.
    Backslash,
    /// A quote that is opened and never closed.
    Unterminated,
    /// A string with backslashes that goes on in another.
    Continued,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword, or a name without quotes.
    Word,
    /// A name in double quotes.
    Name,
    /// A string, a bit string, or a text between dollar signs.
    String,
    /// A number.
    Number,
    /// Any other character.
    Symbol(u8),
}

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_word(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'$'
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Cuts a text into tokens.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// The next token; none at the end of the text.
    ///
    /// # Errors
    /// The text is none of a dump, or ends inside quotes.
    pub(super) fn next(&mut self) -> Result<Option<Token>, Fault> {
        while self.byte(0).is_some_and(is_blank) {
            self.at += 1;
        }
        let Some(first) = self.byte(0) else { return Ok(None) };
        let start = self.at;
        let kind = match (first, self.byte(1)) {
            (b'-', Some(b'-')) | (b'/', Some(b'*')) => return Err(Fault::Comment),
            (b'\\', _) => return Err(Fault::Backslash),
            (b'\'', _) => {
                self.quoted(1, b'\'', false)?;
                Kind::String
            }
            (b'"', _) => {
                self.quoted(1, b'"', false)?;
                Kind::Name
            }
            (b'e' | b'E', Some(b'\'')) => {
                self.quoted(2, b'\'', true)?;
                // One that goes on behind a line end would go on with backslashes, too.
                let mut after = self.bytes.get(self.at..).unwrap_or_default().iter();
                if after.find(|byte| !is_blank(**byte)) == Some(&b'\'') {
                    return Err(Fault::Continued);
                }
                Kind::String
            }
            (b'b' | b'B' | b'x' | b'X' | b'n' | b'N', Some(b'\'')) => {
                self.quoted(2, b'\'', false)?;
                Kind::String
            }
            (b'$', _) => match self.dollar_tag() {
                Some(length) => {
                    let tag = &self.bytes[start..start + length];
                    let body = start + length;
                    let end = memchr::memmem::find(&self.bytes[body..], tag).ok_or(Fault::Unterminated)?;
                    self.at = body + end + length;
                    Kind::String
                }
                None => {
                    self.at += 1;
                    Kind::Symbol(first)
                }
            },
            _ if is_word_start(first) => {
                self.take(is_word);
                Kind::Word
            }
            _ if first.is_ascii_digit() || first == b'.' && self.byte(1).is_some_and(|byte| byte.is_ascii_digit()) => {
                self.take(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_');
                Kind::Number
            }
            _ => {
                self.at += 1;
                Kind::Symbol(first)
            }
        };
        Ok(Some(Token { kind, range: start..self.at }))
    }

    fn take(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.byte(0).is_some_and(&belongs) {
            self.at += 1;
        }
    }

    /// Passes over a quoted text that `before` bytes open.
    fn quoted(&mut self, before: usize, quote: u8, escapes: bool) -> Result<(), Fault> {
        self.at += before;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let found = if escapes { memchr::memchr2(quote, b'\\', rest) } else { memchr::memchr(quote, rest) };
            let found = found.ok_or(Fault::Unterminated)?;
            let doubled = rest.get(found + 1) == Some(&quote);
            match rest.get(found) {
                Some(b'\\') if escapes => self.at += found + 2,
                _ if doubled => self.at += found + 2,
                _ => {
                    self.at += found + 1;
                    return Ok(());
                }
            }
        }
    }

    /// The length of the tag of a dollar-quoted text that starts here, dollar signs included.
    fn dollar_tag(&self) -> Option<usize> {
        let rest = self.bytes.get(self.at + 1..)?;
        let end = memchr::memchr(b'$', rest)?;
        let tag = &rest[..end];
        let is_tag = tag.first().is_none_or(|first| is_word_start(*first))
            && tag.iter().all(|byte| is_word(*byte) && *byte != b'$');
        is_tag.then_some(end + 2)
    }
}

/// The end of the statement at the start of `bytes`, its semicolon included; none, if it does not end in them.
///
/// # Errors
/// The text is none of a dump.
pub(super) fn statement_end(bytes: &[u8]) -> Result<Option<usize>, Fault> {
    let mut lexer = Lexer::new(bytes);
    let (mut depth, mut begun) = (0_usize, 0_usize);
    // The first words, of which `psql` takes note: `CREATE [OR REPLACE] FUNCTION`, whose body may be
    // `BEGIN ATOMIC …; END`.
    let (mut words, mut first) = (0, [false; 4]);
    let mut is_function = false;
    let mut begins = false;
    loop {
        let token = match lexer.next() {
            Ok(Some(token)) => token,
            // A quote may be closed in what has not been read yet.
            Ok(None) | Err(Fault::Unterminated) => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let begins_now = std::mem::take(&mut begins);
        match token.kind {
            Kind::Symbol(b'(') => depth += 1,
            Kind::Symbol(b')') => depth = depth.saturating_sub(1),
            Kind::Symbol(b';') if depth == 0 && begun == 0 => return Ok(Some(token.range.end)),
            Kind::Word => {
                let word = &bytes[token.range];
                let is = |other: &str| word.eq_ignore_ascii_case(other.as_bytes());
                let expected = [is("CREATE"), is("OR"), is("REPLACE")];
                let is_object = is("FUNCTION") || is("PROCEDURE");
                is_function |= is_object && (words == 1 && first[0] || words == 3 && first[..3] == [true; 3]);
                if let Some(first) = first.get_mut(words) {
                    *first = expected.get(words).copied().unwrap_or_default();
                }
                words += 1;
                if is_function && depth == 0 {
                    // A function may be called `begin`.
                    if is("ATOMIC") && begins_now || begun > 0 && (is("BEGIN") || is("CASE")) {
                        begun += 1;
                    } else if is("END") {
                        begun = begun.saturating_sub(1);
                    }
                    begins = is("BEGIN");
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(text: &str) -> Result<Vec<(Kind, &str)>, Fault> {
        let mut lexer = Lexer::new(text.as_bytes());
        let mut tokens = Vec::new();
        while let Some(token) = lexer.next()? {
            tokens.push((token.kind, &text[token.range]));
        }
        Ok(tokens)
    }

    #[test]
    fn tokens_are_those_of_the_server() {
        use Kind::{Name, Number, String, Symbol, Word};
        for (text, expected) in [
            ("a_1 é", Ok(vec![(Word, "a_1"), (Word, "é")])),
            (r#""a ""b"";" c"#, Ok(vec![(Name, r#""a ""b"";""#), (Word, "c")])),
            ("'it''s; -- no'x", Ok(vec![(String, "'it''s; -- no'"), (Word, "x")])),
            (r"'a\' b", Ok(vec![(String, r"'a\'"), (Word, "b")])),
            (r"E'a\' b' c", Ok(vec![(String, r"E'a\' b'"), (Word, "c")])),
            ("B'01' x'ff'", Ok(vec![(String, "B'01'"), (String, "x'ff'")])),
            ("$$ ; ' $$ $a$ $$ $a$", Ok(vec![(String, "$$ ; ' $$"), (String, "$a$ $$ $a$")])),
            ("$1+a$b$", Ok(vec![(Symbol(b'$'), "$"), (Number, "1"), (Symbol(b'+'), "+"), (Word, "a$b$")])),
            ("-1.5e10;", Ok(vec![(Symbol(b'-'), "-"), (Number, "1.5e10"), (Symbol(b';'), ";")])),
            ("name'x'", Ok(vec![(Word, "name"), (String, "'x'")])),
            ("E'a'\n'\\' b'", Err(Fault::Continued)),
            ("a -- b", Err(Fault::Comment)),
            ("a /* b */", Err(Fault::Comment)),
            (r"a \! b", Err(Fault::Backslash)),
            ("'a", Err(Fault::Unterminated)),
            ("\"a", Err(Fault::Unterminated)),
            (r"E'a\'", Err(Fault::Unterminated)),
            ("$$ a", Err(Fault::Unterminated)),
            ("'a''", Err(Fault::Unterminated)),
        ] {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn statements_end_where_psql_ends_them() {
        for (text, end) in [
            ("SET a = 1; SET b", Ok(Some(10))),
            ("SET a = ';'; x", Ok(Some(12))),
            ("CREATE RULE r AS ON INSERT TO t DO (a; b); x", Ok(Some(42))),
            ("CREATE FUNCTION f() AS $$ a; b $$; x", Ok(Some(34))),
            ("CREATE FUNCTION f() BEGIN ATOMIC a; CASE b END; END; x", Ok(Some(52))),
            ("CREATE OR REPLACE PROCEDURE f() BEGIN ATOMIC a; END; x", Ok(Some(52))),
            ("CREATE VIEW v AS SELECT begin; x", Ok(Some(30))),
            ("ALTER FUNCTION a.begin() OWNER TO b; x", Ok(Some(36))),
            ("GRANT ALL ON FUNCTION a.begin() TO b; x", Ok(Some(37))),
            ("CREATE FUNCTION a.begin() AS 'b'; x", Ok(Some(33))),
            ("CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE a WHEN b THEN (CASE c END) END; END; x", Ok(Some(81))),
            ("SET a = 1", Ok(None)),
            ("SET a = 'x;", Ok(None)),
            ("SET a -- ;", Err(Fault::Comment)),
            ("SET \\! a;", Err(Fault::Backslash)),
        ] {
            assert_eq!(statement_end(text.as_bytes()), end, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_tokens_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut lexer = Lexer::new(&bytes);
            let mut last = 0;
            while let Ok(Some(token)) = lexer.next() {
                prop_assert!(token.range.start >= last && token.range.end > token.range.start);
                last = token.range.end;
            }
        }

        #[test]
        fn a_quoted_value_never_ends_a_statement(value in any::<String>()) {
            let text = format!("INSERT INTO t VALUES ('{}');", value.replace('\'', "''"));
            prop_assert_eq!(statement_end(text.as_bytes()), Ok(Some(text.len())));
        }
    }
}
