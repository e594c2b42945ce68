use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, FixedSizeBinaryBuilder};

use crate::error::{Error, Result};
use crate::key::{Keyring, Permutation, Purpose};
use crate::transform::text::text;
use crate::transform::{Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// A permutation of the 122 bits of a UUID that are not its version and variant (RFC 9562, section 4): a UUID becomes
/// another of the same version, no two the same one.
struct UuidPermutation(Permutation);

/// The bits of the version and of the variant.
const FIXED: u128 = 0x0000_0000_0000_f000_c000_0000_0000_0000;

impl UuidPermutation {
    fn new(keys: &Keyring, domain: &str) -> Self {
        Self(keys.permutation(Purpose::UuidToken, domain, (1 << 122) - 1))
    }

    fn apply(&self, uuids: &mut [u128]) {
        let fixed: Vec<u128> = uuids.iter().map(|uuid| uuid & FIXED).collect();
        uuids.iter_mut().for_each(|uuid| *uuid = without_fixed(*uuid));
        self.0.apply(uuids);
        for (uuid, fixed) in uuids.iter_mut().zip(fixed) {
            *uuid = with_fixed(*uuid) | fixed;
        }
    }
}

/// Draws the 48, 12 and 62 free bits together.
fn without_fixed(uuid: u128) -> u128 {
    (uuid >> 80) << 74 | (uuid >> 64 & 0xfff) << 62 | uuid & (u128::MAX >> 66)
}

/// Spreads 122 bits round the fixed ones, which are left zero.
fn with_fixed(free: u128) -> u128 {
    (free >> 74) << 80 | (free >> 62 & 0xfff) << 64 | free & (u128::MAX >> 66)
}

/// UUID tokens in text: 36 characters with hyphens or 32 without, read in either case, written in lower case.
pub(in crate::transform) struct TextUuidToken(UuidPermutation);

impl TextUuidToken {
    pub(in crate::transform) fn new(keys: &Keyring, domain: &str) -> Self {
        Self(UuidPermutation::new(keys, domain))
    }
}

impl Transform for TextUuidToken {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let source = text(values)?;
        let mut invalid = Vec::new();
        let mut uuids = Vec::with_capacity(source.len());
        for (index, value) in source.iter().enumerate() {
            let uuid = value.map(parse);
            if uuid == Some(None) {
                invalid.push(index);
            }
            uuids.push(uuid.flatten());
        }
        let mut tokens: Vec<u128> = uuids.iter().copied().flatten().collect();
        self.0.apply(&mut tokens);
        let mut tokens = tokens.into_iter();
        let mut builder = TextBuilder::new(source.len());
        let mut written = String::new();
        for (uuid, value) in uuids.iter().zip(source.iter()) {
            match (uuid.and_then(|_| tokens.next()), value) {
                (Some(token), Some(value)) => {
                    write(&mut written, token, value.len() == 36);
                    builder.push(&written);
                }
                _ => builder.push_null(),
            }
        }
        Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
    }
}

/// UUID tokens in 16 bytes, big-endian.
pub(in crate::transform) struct BinaryUuidToken(UuidPermutation);

impl BinaryUuidToken {
    pub(in crate::transform) fn new(keys: &Keyring, domain: &str) -> Self {
        Self(UuidPermutation::new(keys, domain))
    }
}

impl Transform for BinaryUuidToken {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let source = values.as_fixed_size_binary();
        let sixteen = |value: &[u8]| value.try_into().map(u128::from_be_bytes).unwrap_or_default();
        let mut tokens: Vec<u128> = source.iter().flatten().map(sixteen).collect();
        self.0.apply(&mut tokens);
        let mut tokens = tokens.into_iter();
        let mut builder = FixedSizeBinaryBuilder::with_capacity(source.len(), 16);
        for index in 0..source.len() {
            match source.is_valid(index).then(|| tokens.next()).flatten() {
                Some(token) => builder
                    .append_value(token.to_be_bytes())
                    .map_err(|_| Error::internal("a UUID of 16 bytes does not fit its column"))?,
                None => builder.append_null(),
            }
        }
        Ok(Rewritten::all(Arc::new(builder.finish())))
    }
}

fn parse(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    let hyphens: &[usize] = match bytes.len() {
        36 => &[8, 13, 18, 23],
        32 => &[],
        _ => return None,
    };
    let mut uuid = 0;
    for (place, byte) in bytes.iter().enumerate() {
        if hyphens.contains(&place) {
            if *byte != b'-' {
                return None;
            }
            continue;
        }
        uuid = uuid << 4 | u128::from(char::from(*byte).to_digit(16)?);
    }
    Some(uuid)
}

fn write(text: &mut String, uuid: u128, hyphens: bool) {
    text.clear();
    for place in 0..32 {
        if hyphens && matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        let nibble = (uuid >> (124 - 4 * place)) as u32 & 15;
        text.push(char::from_digit(nibble, 16).unwrap_or('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_bits_are_drawn_together_and_spread_again() {
        for uuid in [0, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef, !FIXED] {
            assert_eq!(with_fixed(without_fixed(uuid)), uuid & !FIXED);
            assert!(without_fixed(uuid) < 1 << 122);
        }
    }

    #[test]
    fn a_uuid_is_read_in_both_notations_and_nothing_else_is() {
        let uuid = 0x0192_e4a1_77c3_7a10_8f3a_0242_ac12_0002;
        let mut written = String::new();
        write(&mut written, uuid, true);
        assert_eq!(written, "0192e4a1-77c3-7a10-8f3a-0242ac120002");
        assert_eq!(parse(&written.to_uppercase()), Some(uuid));
        assert_eq!(parse("0192e4a177c37a108f3a0242ac120002"), Some(uuid));
        for text in ["", "0192e4a1-77c3-7a10-8f3a-0242ac12000", "0192e4a1x77c3-7a10-8f3a-0242ac120002", "{}"] {
            assert_eq!(parse(text), None);
        }
    }
}
