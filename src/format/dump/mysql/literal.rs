//! The values of a row as they are written, and how made ones are written.

/// The byte that a backslash and this byte stand for, as the server reads strings. What has no meaning of its own stands
/// for itself.
#[inline]
fn escape(byte: u8) -> u8 {
    match byte {
        b'0' => 0,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'r' => b'\r',
        b'Z' => 0x1a,
        other => other,
    }
}

/// Appends what stands for the text between two quotes. `\%` and `\_` keep their backslash: they mean something to
/// `LIKE` only.
pub(super) fn unescaped(inner: &[u8], quote: u8, out: &mut Vec<u8>) {
    let mut rest = inner;
    while let Some(at) = memchr::memchr2(quote, b'\\', rest) {
        let (plain, special) = rest.split_at(at);
        out.extend_from_slice(plain);
        rest = match special {
            [b'\\', byte @ (b'%' | b'_'), rest @ ..] => {
                out.extend_from_slice(&[b'\\', *byte]);
                rest
            }
            [b'\\', byte, rest @ ..] => {
                out.push(escape(*byte));
                rest
            }
            [byte, second, rest @ ..] if byte == second => {
                out.push(*byte);
                rest
            }
            [byte, rest @ ..] => {
                out.push(*byte);
                rest
            }
            [] => rest,
        };
    }
    out.extend_from_slice(rest);
}

/// What follows the backslash in the literal of a byte; 0 where it stands for itself.
const ESCAPED: [u8; 256] = {
    let mut table = [0; 256];
    table[0] = b'0';
    table[b'\n' as usize] = b'n';
    table[b'\r' as usize] = b'r';
    table[0x1a] = b'Z';
    table[b'\\' as usize] = b'\\';
    table[b'\'' as usize] = b'\'';
    table[b'"' as usize] = b'"';
    table
};

/// Appends a string literal for a text, with the escapes that the dump tools write.
#[inline]
pub(super) fn write_text(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'\'');
    let mut start = 0;
    for (at, byte) in text.iter().enumerate() {
        let escaped = ESCAPED[usize::from(*byte)];
        if escaped != 0 {
            out.extend_from_slice(text.get(start..at).unwrap_or_default());
            out.extend_from_slice(&[b'\\', escaped]);
            start = at + 1;
        }
    }
    out.extend_from_slice(text.get(start..).unwrap_or_default());
    out.push(b'\'');
}

/// Appends a literal for bytes: hexadecimal digits after `0x`, or an empty string.
pub(super) fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if bytes.is_empty() {
        out.extend_from_slice(b"''");
        return;
    }
    out.extend_from_slice(b"0x");
    out.extend(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| DIGITS[usize::from(digit)]));
}

/// A value as it is written in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Literal<'v> {
    /// `NULL`.
    Null,
    /// What stands between the quotes of a string without anything escaped.
    Plain(&'v [u8]),
    /// What stands between the quotes of any other string.
    Escaped(&'v [u8]),
    /// Digits, perhaps with a sign, a point and an exponent; `TRUE` and `FALSE` are 1 and 0.
    Number(&'v [u8]),
    /// Hexadecimal digits.
    Hexadecimal(&'v [u8]),
    /// Binary digits.
    Binary(&'v [u8]),
    /// `DEFAULT`.
    Default,
}

impl<'v> Literal<'v> {
    /// Reads a value: none if it is no literal. Strings may have one of the introducers that change nothing.
    pub(super) fn read(value: &'v [u8]) -> Option<Self> {
        match value {
            [b'\'', inner @ .., b'\''] => Some(Self::string(inner)),
            [b'0', b'x', digits @ ..] => hexadecimal(digits),
            [b'0', b'b', digits @ ..] => binary(digits),
            [b'x' | b'X', b'\'', digits @ .., b'\''] if digits.len() % 2 == 0 => hexadecimal(digits),
            [b'b' | b'B', b'\'', digits @ .., b'\''] => binary(digits),
            [b'n' | b'N', b'\'', inner @ .., b'\''] => Some(Self::string(inner)),
            [b'_', ..] => {
                let word = value.iter().position(|byte| !is_word(*byte))?;
                let (introducer, rest) = value.split_at(word);
                let known = [b"_binary".as_slice(), b"_utf8mb4", b"_utf8mb3", b"_utf8"];
                let rest = rest.trim_ascii_start();
                let literal = Self::read(rest)?;
                let is_bytes = matches!(literal, Self::Plain(_) | Self::Escaped(_) | Self::Hexadecimal(_));
                let is_known = known.iter().any(|known| introducer.eq_ignore_ascii_case(known));
                (is_known && is_bytes && rest.first() != Some(&b'_')).then_some(literal)
            }
            [b'0'..=b'9' | b'-' | b'+' | b'.', ..] => is_number(value).then_some(Self::Number(value)),
            word if word.eq_ignore_ascii_case(b"NULL") => Some(Self::Null),
            word if word.eq_ignore_ascii_case(b"TRUE") => Some(Self::Number(b"1")),
            word if word.eq_ignore_ascii_case(b"FALSE") => Some(Self::Number(b"0")),
            word if word.eq_ignore_ascii_case(b"DEFAULT") => Some(Self::Default),
            _ => None,
        }
    }

    #[inline]
    fn string(inner: &'v [u8]) -> Self {
        match memchr::memchr2(b'\'', b'\\', inner) {
            None => Self::Plain(inner),
            Some(_) => Self::Escaped(inner),
        }
    }

    /// Gives the bytes of a string, or of hexadecimal or binary digits; none of other values. `scratch` is room for what
    /// has to be put together.
    pub(super) fn bytes<'b>(&self, scratch: &'b mut Vec<u8>) -> Option<&'b [u8]>
    where
        'v: 'b,
    {
        scratch.clear();
        match self {
            Self::Plain(inner) => return Some(inner),
            Self::Escaped(inner) => unescaped(inner, b'\'', scratch),
            Self::Hexadecimal(digits) => {
                let odd = digits.len() % 2;
                let (first, pairs) = digits.split_at_checked(odd)?;
                scratch.extend(first.iter().map(|digit| nibble(*digit)));
                scratch.extend(
                    pairs.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | nibble(*digit))),
                );
            }
            Self::Binary(digits) => {
                scratch
                    .extend(digits.rchunks(8).rev().map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | (bit & 1))));
            }
            Self::Null | Self::Number(_) | Self::Default => return None,
        }
        Some(scratch)
    }
}

fn hexadecimal(digits: &[u8]) -> Option<Literal<'_>> {
    digits.iter().all(u8::is_ascii_hexdigit).then_some(Literal::Hexadecimal(digits))
}

fn binary(digits: &[u8]) -> Option<Literal<'_>> {
    digits.iter().all(|digit| matches!(digit, b'0' | b'1')).then_some(Literal::Binary(digits))
}

fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}

/// Whether it is digits with at most one sign before them and one point among them, and perhaps an exponent.
fn is_number(value: &[u8]) -> bool {
    let unsigned = match value {
        [b'-' | b'+', rest @ ..] => rest,
        all => all,
    };
    let exponent = unsigned.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(unsigned.len());
    let (mantissa, exponent) = unsigned.split_at(exponent);
    let exponent = match exponent {
        [] => None,
        [_, b'-' | b'+', rest @ ..] | [_, rest @ ..] => Some(rest),
    };
    let points = mantissa.iter().filter(|byte| **byte == b'.').count();
    mantissa.len() > points
        && points <= 1
        && mantissa.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
        && exponent.is_none_or(|digits| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
}

/// Whether a byte may stand in a name without quotes.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes(literal: &[u8]) -> Option<Vec<u8>> {
        let mut scratch = Vec::new();
        Literal::read(literal)?.bytes(&mut scratch).map(<[u8]>::to_vec)
    }

    #[test]
    fn strings_mean_what_they_mean_to_the_server() {
        // From the tables of string, hexadecimal and bit-value literals in the servers' manuals.
        for (literal, value) in [
            (r"'hello'".as_bytes(), Some(b"hello".as_slice())),
            (br"''", Some(b"")),
            (br"'hel''lo'", Some(b"hel'lo")),
            (br"'\'hello'", Some(b"'hello")),
            (br"'This\nIs\nFour\nLines'", Some(b"This\nIs\nFour\nLines")),
            (br"'disappearing\ backslash'", Some(b"disappearing backslash")),
            (br"'\0\b\t\n\r\Z\\'", Some(b"\0\x08\t\n\r\x1a\\")),
            (br"'\%\_'", Some(br"\%\_")),
            (br#"'\"a"'"#, Some(b"\"a\"")),
            (br"'\\n'", Some(br"\n")),
            (br"'\B\N\z'", Some(b"BNz")),
            (b"'\xff\xfe'", Some(b"\xff\xfe")),
            (b"_binary 'a\\0'", Some(b"a\0")),
            (b"_binary'a'", Some(b"a")),
            (b"_BINARY 0x4D", Some(b"M")),
            (b"_utf8mb4 'a'", Some(b"a")),
            (b"_latin1 'a'", None),
            (b"_binary NULL", None),
            (b"_binary _binary 'a'", None),
            (b"N'a'", Some(b"a")),
            (b"0x4D7953514C", Some(b"MySQL")),
            (b"0x5d", Some(b"]")),
            (b"0xABC", Some(b"\x0a\xbc")),
            (b"0x", Some(b"")),
            (b"x'4D79'", Some(b"My")),
            (b"X'4D7'", None),
            (b"0xZZ", None),
            (b"b'1000001'", Some(b"A")),
            (b"0b0100000101000010", Some(b"AB")),
            (b"b'2'", None),
            (b"NULL", None),
            (b"1", None),
        ] {
            assert_eq!(bytes(literal).as_deref(), value, "{}", literal.escape_ascii());
        }
    }

    #[test]
    fn only_literals_are_values() {
        for (value, is_literal) in [
            ("NULL", true),
            ("null", true),
            ("1", true),
            ("-1", true),
            ("+1.5e-10", true),
            (".5", true),
            ("5.", true),
            ("TRUE", true),
            ("DEFAULT", true),
            ("", false),
            ("-", false),
            (".", false),
            ("1e", false),
            ("1.2.3", false),
            ("1-1", false),
            ("NOW", false),
            ("@x", false),
            ("NULLS", false),
            ("1a", false),
        ] {
            assert_eq!(Literal::read(value.as_bytes()).is_some(), is_literal, "{value}");
        }
    }

    #[test]
    fn made_texts_are_escaped_as_the_tools_do() {
        let mut out = Vec::new();
        write_text(b"\0\x08\t\n\r\x1a\\'\"%_a", &mut out);
        assert_eq!(out, b"'\\0\x08\t\\n\\r\\Z\\\\\\'\\\"%_a'");
        out.clear();
        write_bytes(b"\x00\xff", &mut out);
        write_bytes(b"", &mut out);
        assert_eq!(out, b"0x00FF''");
    }

    /// The manual's rules, byte by byte.
    fn slow(literal: &[u8]) -> Vec<u8> {
        let mut bytes = literal[1..literal.len() - 1].iter().copied();
        let mut out = Vec::new();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\'' => out.push(bytes.next().unwrap()),
                b'\\' => match bytes.next().unwrap() {
                    b'0' => out.push(0),
                    b'n' => out.push(10),
                    b'r' => out.push(13),
                    b't' => out.push(9),
                    b'b' => out.push(8),
                    b'Z' => out.push(26),
                    wild @ (b'%' | b'_') => out.extend([b'\\', wild]),
                    other => out.push(other),
                },
                other => out.push(other),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn any_bytes_survive_being_written(value: Vec<u8>) {
            let mut literal = Vec::new();
            write_text(&value, &mut literal);
            prop_assert_eq!(slow(&literal), value.clone());
            prop_assert_eq!(super::super::lex::quoted(&literal), Ok(literal.len()));
            prop_assert_eq!(bytes(&literal), Some(value.clone()));
            literal.clear();
            write_bytes(&value, &mut literal);
            prop_assert_eq!(bytes(&literal), Some(value));
        }

        #[test]
        fn any_literal_is_read_as_the_manual_says(parts in proptest::collection::vec(
            prop_oneof![Just("''".to_owned()), r"\\[0bnrtZ%_'a\\]", "[^'\\\\]"], 0..20
        )) {
            let literal = format!("'{}'", parts.concat());
            prop_assert_eq!(bytes(literal.as_bytes()), Some(slow(literal.as_bytes())));
        }
    }
}
