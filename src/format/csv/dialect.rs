use std::borrow::Cow;

use wide::u8x16;

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
        let delimiter = options.delimiter.unwrap_or(b',');
        Self { delimiter, quote: options.quote, null: options.null.clone().into_bytes() }
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
        if let (Some(first), Some(last)) = (value.first_chunk::<16>(), value.last_chunk::<16>())
            && value.len() <= 32
        {
            if self.is_special(*first) || self.is_special(*last) || value == self.null {
                return self.write_quoted(value, out);
            }
            // Two copies of a fixed count of bytes, which may overlap, are no call.
            let (start, end) = (out.len(), out.len() + value.len());
            out.extend_from_slice(&[0; 32]);
            out[start..start + 16].copy_from_slice(first);
            out[end - 16..end].copy_from_slice(last);
            out.truncate(end);
            return true;
        }
        let (whole, rest) = value.as_chunks::<16>();
        let mut last = [b'x'; 16];
        last[..rest.len()].copy_from_slice(rest);
        let special = whole.iter().chain([&last]).any(|part| self.is_special(*part));
        if !special && value != self.null {
            out.extend_from_slice(value);
            return true;
        }
        self.write_quoted(value, out)
    }

    /// Appends a value of at most 12 bytes, given as the view that Arrow has of it.
    #[inline]
    #[must_use]
    pub(super) fn write_short(&self, view: u128, out: &mut Vec<u8>) -> bool {
        let length = view as u32 as usize & 15;
        let bytes = (view >> 32).to_le_bytes();
        // Bytes after the value are zero, which is nothing special.
        if self.is_special(bytes) || (length == self.null.len() && bytes[..length] == self.null) {
            return self.write_quoted(&bytes[..length], out);
        }
        append_short(&bytes, length, out);
        true
    }

    /// Whether any of the bytes makes a field need quotes.
    #[inline]
    fn is_special(&self, bytes: [u8; 16]) -> bool {
        let bytes = u8x16::new(bytes);
        let equal = |byte| bytes.simd_eq(u8x16::splat(byte));
        let quote = self.quote.unwrap_or(self.delimiter);
        (equal(self.delimiter) | equal(quote) | equal(b'\n') | equal(b'\r')).any()
    }

    #[cold]
    fn write_quoted(&self, value: &[u8], out: &mut Vec<u8>) -> bool {
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

/// Appends the first `length` of a few bytes, by a copy of all of them: its length is known when compiling, so that it
/// is two moves and no call.
#[inline]
pub(super) fn append_short<const N: usize>(bytes: &[u8; N], length: usize, out: &mut Vec<u8>) {
    let end = out.len() + length.min(N);
    out.extend_from_slice(bytes);
    out.truncate(end);
}

#[cfg(test)]
mod tests {
    use arrow::array::StringViewArray;

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
            ("4111 1111 1111 1", "4111 1111 1111 1"),
            ("4111 1111 1111 1111", "4111 1111 1111 1111"),
            ("thirty-two bytes, one is special", "\"thirty-two bytes, one is special\""),
            ("thirty-two bytes without any such", "thirty-two bytes without any such"),
            (",5 more than ten and", "\",5 more than ten and\""),
            ("at the end a line end\n", "\"at the end a line end\n\""),
        ] {
            let mut out = Vec::new();
            assert!(dialect.write(value.as_bytes(), &mut out));
            if value.len() <= 12 {
                let view = StringViewArray::from_iter_values([value]).views()[0];
                let mut short = Vec::new();
                assert!(dialect.write_short(view, &mut short));
                assert_eq!(short, out);
            }
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
