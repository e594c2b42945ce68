use arrow::array::ArrayRef;

use super::base32;
use crate::error::Result;
use crate::key::{Keyring, Prf, Purpose};
use crate::transform::text::rewrite_text;
use crate::transform::{Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// Text tokens: the base32 of a keyed tag.
pub(crate) struct TextToken {
    prf: Prf,
    length: usize,
    prefix: String,
    suffix: String,
}

impl TextToken {
    pub(crate) fn new(keys: &Keyring, domain: &str, length: usize, prefix: &str, suffix: &str) -> Self {
        Self { prf: keys.prf(Purpose::TextToken, domain), length, prefix: prefix.to_owned(), suffix: suffix.to_owned() }
    }
}

impl Transform for TextToken {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let mut token = self.prefix.clone().into_bytes();
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            token.truncate(self.prefix.len());
            base32::append(&mut token, &self.prf.tag(value.as_bytes()), self.length);
            token.extend_from_slice(self.suffix.as_bytes());
            // Base32 is ASCII, and what stands round it is text.
            builder.push(std::str::from_utf8(&token).unwrap_or_default());
            true
        })
    }
}
