//! UTF-8 in, text in any encoding out.

use encoding_rs::{EncoderResult, mem};

use crate::rules::Encoding;

impl Encoding {
    /// Appends a text to bytes in this encoding. On failure it is the place in the text of a character that has no form
    /// in it.
    pub(in crate::format) fn encode(self, text: &str, out: &mut Vec<u8>) -> Result<(), usize> {
        match self {
            Self::Utf8 => out.extend_from_slice(text.as_bytes()),
            Self::Utf16Le => append_units(text, u16::to_le_bytes, out),
            Self::Utf16Be => append_units(text, u16::to_be_bytes, out),
            Self::Latin1 => {
                if !mem::is_str_latin1(text) {
                    return Err(mem::str_latin1_up_to(text));
                }
                let start = out.len();
                out.resize(start + text.len(), 0);
                let written = mem::convert_utf8_to_latin1_lossy(text.as_bytes(), &mut out[start..]);
                out.truncate(start + written);
            }
            Self::Table(table) => {
                let start = out.len();
                // A character is one byte, and one at least in UTF-8.
                out.resize(start + text.len(), 0);
                let (result, read, written) =
                    table.new_encoder().encode_from_utf8_without_replacement(text, &mut out[start..], true);
                out.truncate(start + written);
                if let EncoderResult::Unmappable(c) = result {
                    return Err(read - c.len_utf8());
                }
            }
        }
        Ok(())
    }

    /// Whether a text can be written in this encoding.
    pub(in crate::format) fn has_form(self, text: &str) -> bool {
        match self {
            _ if self.is_unicode() || text.is_ascii() => true,
            Self::Latin1 => mem::is_str_latin1(text),
            _ => self.encode(text, &mut Vec::with_capacity(text.len())).is_ok(),
        }
    }
}

fn append_units(text: &str, bytes: fn(u16) -> [u8; 2], out: &mut Vec<u8>) {
    out.reserve(text.len() * 2);
    text.encode_utf16().for_each(|unit| out.extend_from_slice(&bytes(unit)));
}
