use arrow::array::ArrayRef;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::Direction;
use crate::error::Result;
use crate::key::{Keyring, Siv};
use crate::transform::text::rewrite_text;
use crate::transform::{Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// Texts of any characters and length: AES-SIV (RFC 5297), written in base64url without padding (RFC 4648, section 5).
pub(super) struct Sealed {
    siv: Siv,
    direction: Direction,
}

impl Sealed {
    pub(super) fn new(keys: &Keyring, domain: &str, direction: Direction) -> Self {
        Self { siv: keys.siv(domain), direction }
    }
}

impl Transform for Sealed {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let mut siv = self.siv.start();
        let mut bytes = Vec::new();
        let mut written = String::new();
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| match self.direction {
            Direction::Encrypt => {
                let sealed = siv.seal(value.as_bytes(), &mut bytes);
                written.clear();
                BASE64_URL_SAFE_NO_PAD.encode_string(&bytes, &mut written);
                if sealed {
                    builder.push(&written);
                }
                sealed
            }
            Direction::Decrypt => {
                bytes.clear();
                let read = BASE64_URL_SAFE_NO_PAD.decode_vec(value, &mut bytes).ok();
                let opened = read.and_then(|()| siv.open(&mut bytes)).and_then(|text| std::str::from_utf8(text).ok());
                opened.map(|text| builder.push(text)).is_some()
            }
        })
    }
}
