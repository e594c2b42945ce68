//! The pseudorandom functions of the two suites.
//!
//! HMAC-SHA-256 is put together here from the compression function, because a token is one short message: with the
//! two keyed states made once, a message of up to 55 bytes costs two compressions and no more.

use sha2::block_api::compress256;
use zeroize::Zeroize;

use super::{KEY_BYTES, Suite};
use crate::unchecked::compress_two;

/// The output of a pseudorandom function: 32 bytes.
pub(crate) type Tag = [u8; 32];

const BLOCK: usize = 64;

/// The longest message that fills one block with its padding.
const SHORT: usize = BLOCK - 9;

/// FIPS 180-4, section 5.3.3: the state SHA-256 starts from.
const SHA256_START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// A keyed pseudorandom function, ready for any number of messages.
#[derive(Clone)]
pub(crate) enum Prf {
    Sha256 { inner: [u32; 8], outer: [u32; 8] },
    Blake3 { key: [u8; KEY_BYTES] },
}

impl Prf {
    pub(super) fn new(suite: Suite, key: &[u8; KEY_BYTES]) -> Self {
        match suite {
            Suite::Sha256 => Self::Sha256 { inner: keyed_state(key, 0x36), outer: keyed_state(key, 0x5c) },
            Suite::Blake3 => Self::Blake3 { key: *key },
        }
    }

    /// The tag of a message of any length.
    #[inline]
    pub(crate) fn tag(&self, message: &[u8]) -> Tag {
        match self {
            Self::Sha256 { inner, outer } => {
                let digest = finish(*inner, message);
                finish(*outer, &digest)
            }
            Self::Blake3 { key } => *blake3::keyed_hash(key, message).as_bytes(),
        }
    }

    /// The tags of two messages, at little more than the cost of one if both are short.
    #[inline]
    pub(crate) fn tags(&self, messages: [&[u8]; 2]) -> [Tag; 2] {
        match self {
            Self::Sha256 { inner, outer } if messages.iter().all(|message| message.len() <= SHORT) => {
                let mut states = [*inner; 2];
                compress_two(&mut states, &messages.map(only_block));
                let digests = states.map(bytes_of);
                states = [*outer; 2];
                compress_two(&mut states, &[only_block(&digests[0]), only_block(&digests[1])]);
                states.map(bytes_of)
            }
            _ => messages.map(|message| self.tag(message)),
        }
    }

    /// The first 64 bits of the tag, for choosing one of a few.
    #[inline]
    pub(crate) fn choice(&self, message: &[u8]) -> u64 {
        let tag = self.tag(message);
        let mut word = [0; 8];
        word.copy_from_slice(&tag[..8]);
        u64::from_be_bytes(word)
    }
}

impl Drop for Prf {
    fn drop(&mut self) {
        match self {
            Self::Sha256 { inner, outer } => {
                inner.zeroize();
                outer.zeroize();
            }
            Self::Blake3 { key } => key.zeroize(),
        }
    }
}

/// The SHA-256 state after the key's padded block (FIPS 198-1, steps 4 to 6).
fn keyed_state(key: &[u8; KEY_BYTES], pad: u8) -> [u32; 8] {
    let mut block = [pad; BLOCK];
    for (byte, key) in block.iter_mut().zip(key) {
        *byte ^= key;
    }
    let mut state = SHA256_START;
    compress256(&mut state, &[block]);
    block.zeroize();
    state
}

/// Hashes `message` on from a state that has taken one block already, and pads (FIPS 180-4, section 5.1.1).
#[inline]
fn finish(mut state: [u32; 8], message: &[u8]) -> Tag {
    let (whole, rest) = message.as_chunks::<BLOCK>();
    if !whole.is_empty() {
        compress256(&mut state, whole);
    }
    let mut block = [0; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    block[rest.len()] = 0x80;
    if rest.len() >= BLOCK - 8 {
        compress256(&mut state, &[block]);
        block = [0; BLOCK];
    }
    block[BLOCK - 8..].copy_from_slice(&bits_behind_key(message).to_be_bytes());
    compress256(&mut state, &[block]);
    bytes_of(state)
}

/// The padded block of a message of at most [`SHORT`] bytes.
#[inline]
fn only_block(message: &[u8]) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block[..message.len()].copy_from_slice(message);
    block[message.len()] = 0x80;
    block[BLOCK - 8..].copy_from_slice(&bits_behind_key(message).to_be_bytes());
    block
}

/// The length of the message and of the key's block before it, in bits.
fn bits_behind_key(message: &[u8]) -> u64 {
    (BLOCK + message.len()) as u64 * 8
}

#[inline]
fn bytes_of(state: [u32; 8]) -> Tag {
    let mut tag = [0; 32];
    for (bytes, word) in tag.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    tag
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::Sha256;

    use super::*;

    #[test]
    fn hmac_agrees_with_the_hmac_crate_at_every_length() {
        let key: [u8; 32] = std::array::from_fn(|i| (i * 37 + 11) as u8);
        let message: Vec<u8> = (0..300u32).map(|i| (i * 131 % 251) as u8).collect();
        let prf = Prf::new(Suite::Sha256, &key);
        for length in 0..message.len() {
            let mut oracle = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            oracle.update(&message[..length]);
            let expected: Tag = oracle.finalize().into_bytes().into();
            assert_eq!(prf.tag(&message[..length]), expected, "length {length}");
            assert_eq!(prf.tags([&message[..length], b"other"]), [expected, prf.tag(b"other")], "length {length}");
        }
    }

    #[test]
    fn blake3_is_the_keyed_hash() {
        let prf = Prf::new(Suite::Blake3, &[9; 32]);
        let mut oracle = blake3::Hasher::new_keyed(&[9; 32]);
        oracle.update(b"a message");
        assert_eq!(prf.tag(b"a message"), *oracle.finalize().as_bytes());
    }
}
