use std::sync::Arc;

use arrow::array::{Array, ArrayRef};

use super::base32;
use crate::error::Result;
use crate::key::{Keyring, Prf, Purpose, Tag};
use crate::transform::text::text;
use crate::transform::{Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// Text tokens: the base32 of a keyed tag.
pub(crate) struct TextToken {
    prf: Prf,
    length: usize,
    prefix: String,
    suffix: String,
    /// Whether there is nothing round the token.
    is_bare: bool,
}

impl TextToken {
    pub(crate) fn new(keys: &Keyring, domain: &str, length: usize, prefix: &str, suffix: &str) -> Self {
        Self {
            prf: keys.prf(Purpose::TextToken, domain),
            length,
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            is_bare: prefix.is_empty() && suffix.is_empty(),
        }
    }
}

impl TextToken {
    /// Appends the token of a tag. `token` begins with the prefix, which stays.
    #[inline]
    fn push(&self, tag: &Tag, token: &mut Vec<u8>, builder: &mut TextBuilder) {
        if self.is_bare && self.length <= base32::FIRST {
            builder.push_ascii(base32::first(tag), self.length);
            return;
        }
        token.truncate(self.prefix.len());
        base32::append(token, tag, self.length);
        token.extend_from_slice(self.suffix.as_bytes());
        // Base32 is ASCII, and what stands round it is text.
        builder.push(std::str::from_utf8(token).unwrap_or_default());
    }
}

impl Transform for TextToken {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let texts = text(values)?;
        let mut builder = TextBuilder::new(texts.len());
        let mut token = self.prefix.clone().into_bytes();
        let mut index = 0;
        while index < texts.len() {
            let last = index + 1 == texts.len();
            if texts.is_null(index) {
                builder.push_null();
                index += 1;
            } else if last || texts.is_null(index + 1) {
                self.push(&self.prf.tag(texts.value(index).as_bytes()), &mut token, &mut builder);
                index += 1;
            } else {
                // Two at once cost little more than one.
                let pair = [texts.value(index), texts.value(index + 1)].map(str::as_bytes);
                for tag in self.prf.tags(pair) {
                    self.push(&tag, &mut token, &mut builder);
                }
                index += 2;
            }
        }
        Ok(Rewritten::all(Arc::new(builder.finish())))
    }
}
