//! The pseudorandom functions of the two suites.
//!
//! HMAC-SHA-256 is put together here from the compression function, because a token is one short message: with the
//! two keyed states made once, a message of up to 55 bytes costs two compressions and no more.

use sha2::block_api::compress256;
use zeroize::Zeroize;

use super::{KEY_BYTES, Suite};

/// The output of a pseudorandom function: 32 bytes.
pub(crate) type Tag = [u8; 32];

const BLOCK: usize = 64;

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
    let bits = ((BLOCK + message.len()) as u64) * 8;
    block[BLOCK - 8..].copy_from_slice(&bits.to_be_bytes());
    compress256(&mut state, &[block]);
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
            assert_eq!(prf.tag(&message[..length])[..], oracle.finalize().into_bytes()[..], "length {length}");
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
