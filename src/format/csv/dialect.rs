use std::borrow::Cow;

use crate::rules::CsvOptions;

/// How the records of one file are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    pub(super) quote: Option<u8>,
    /// What an unquoted field holds for it to be null.
    pub(super) null: Vec<u8>,
}

impl From<&CsvOptions> for Dialect {
    fn from(options: &CsvOptions) -> Self {
        Self { delimiter: options.delimiter, quote: options.quote, null: options.null.clone().into_bytes() }
    }
}

impl Dialect {
    /// Whether a field is written in quotes.
    #[inline]
    pub(super) fn is_quoted(&self, field: &[u8]) -> bool {
        self.quote.is_some() && field.first().copied() == self.quote
    }

    /// The value of a field as it stands in the file, its quotes and line end's carriage return taken off.
    pub(super) fn unquote<'f>(&self, field: &'f [u8]) -> Cow<'f, [u8]> {
        match self.quote {
            Some(quote) if self.is_quoted(field) && field.len() >= 2 => {
                let inner = &field[1..field.len() - 1];
                if memchr::memchr(quote, inner).is_none() {
                    return Cow::Borrowed(inner);
                }
                let mut value = Vec::with_capacity(inner.len());
                let mut escaped = false;
                for byte in inner {
                    escaped = *byte == quote && !escaped;
                    if !escaped {
                        value.push(*byte);
                    }
                }
                Cow::Owned(value)
            }
            _ => Cow::Borrowed(field),
        }
    }

    /// Appends a value as a field, quoted where it must be. False if it can't be written, because the dialect has no
    /// quote.
    #[must_use]
    pub(super) fn write(&self, value: &[u8], out: &mut Vec<u8>) -> bool {
        let special = value
            .iter()
            .any(|byte| matches!(byte, b'\n' | b'\r') || *byte == self.delimiter || Some(*byte) == self.quote);
        if !special && value != self.null {
            out.extend_from_slice(value);
            return true;
        }
        let Some(quote) = self.quote else { return false };
        out.push(quote);
        for part in value.split_inclusive(|byte| *byte == quote) {
            out.extend_from_slice(part);
            if part.ends_with(&[quote]) {
                out.push(quote);
            }
        }
        out.push(quote);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let dialect = Dialect::from(&CsvOptions::default());
        for (value, field) in [
            ("plain", "plain"),
            ("", "\"\""),
            ("a,b", "\"a,b\""),
            ("a\nb", "\"a\nb\""),
            ("\"", "\"\"\"\""),
            ("say \"hi\"\"", "\"say \"\"hi\"\"\"\"\""),
            (" x ", " x "),
        ] {
            let mut out = Vec::new();
            assert!(dialect.write(value.as_bytes(), &mut out));
            assert_eq!(String::from_utf8_lossy(&out), field);
            assert_eq!(dialect.unquote(field.as_bytes()), value.as_bytes());
        }
    }

    #[test]
    fn without_a_quote_some_values_have_no_field() {
        let dialect = Dialect { delimiter: b';', quote: None, null: b"\\N".to_vec() };
        for (value, written) in [("a,b", true), ("\"", true), ("a;b", false), ("\\N", false), ("", true)] {
            assert_eq!(dialect.write(value.as_bytes(), &mut Vec::new()), written);
        }
    }
}
