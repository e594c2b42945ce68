//! Keys: one secret of 32 bytes, and everything that is derived from it.
//!
//! A [`Key`] can be made, read from a file or parsed, and named by its [`id`](Key::id); it can't be printed. Work is
//! done by a [`Keyring`]: a key with a [`Suite`], which derives one subkey a purpose and context.

mod derive;
mod ff1;
mod file;
#[doc(hidden)]
pub mod kernels;
mod permutation;
mod prefix;
mod prf;
mod siv;

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use crate::error::{Error, ErrorKind, Result};
use crate::unchecked::Locked;

pub(crate) use derive::Purpose;
pub(crate) use ff1::{Ff1, Halves};
pub(crate) use permutation::{Permutation, SMALLEST_DOMAIN};
pub(crate) use prefix::PrefixCipher;
pub(crate) use prf::{Prf, Tag};
pub(crate) use siv::Siv;

/// The length of a key and of every subkey, in bytes.
pub const KEY_BYTES: usize = 32;

/// A root key: 32 secret bytes, locked in memory where the system allows it, overwritten when dropped.
///
/// Its `Debug` form is its id.
pub struct Key(Locked<KEY_BYTES>);

impl Key {
    /// Makes a random key from the operating system's generator.
    ///
    /// # Errors
    /// [`ErrorKind::Key`] if the operating system has no randomness to give.
    pub fn generate() -> Result<Self> {
        let mut bytes = [0; KEY_BYTES];
        getrandom::fill(&mut bytes)
            .map_err(|_| Error::new(ErrorKind::Key, "the operating system gives no random bytes"))?;
        Ok(Self::from_bytes(bytes))
    }

    /// Takes 32 bytes as a key. The caller's copy is the caller's to wipe.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(Locked::new(bytes))
    }

    /// Reads a key as it is written in a key file: 64 hexadecimal digits, white space around them allowed.
    ///
    /// # Errors
    /// [`ErrorKind::Key`] if it is anything else.
    pub fn parse(text: &[u8]) -> Result<Self> {
        let digits = text.trim_ascii();
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        if digits.len() != 2 * KEY_BYTES {
            return Err(Self::malformed());
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| Self::malformed())?;
            if !pair.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return Err(Self::malformed());
            }
            *byte = u8::from_str_radix(pair, 16).map_err(|_| Self::malformed())?;
        }
        Ok(Self::from_bytes(*bytes))
    }

    fn malformed() -> Error {
        Error::new(ErrorKind::Key, "this is no key: a key is written as 64 hexadecimal digits")
            .with_help("make one with `bowdler key new FILE`")
    }

    /// Writes the key as a key file holds it: 64 hexadecimal digits.
    fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(2 * KEY_BYTES));
        for byte in self.0.bytes() {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
        text
    }

    /// Names the key by a check value from which nothing of the key can be learnt.
    pub fn id(&self) -> KeyId {
        let tag = derive::derive(Suite::Sha256, self.0.bytes(), Purpose::KeyId, "");
        let mut id = [0; 8];
        id.copy_from_slice(&tag[..8]);
        KeyId(id)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id())
    }
}

/// The name of a key: eight bytes of a keyed derivation, written as 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyId([u8; 8]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The family of keyed functions that tokens are made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Suite {
    /// HMAC-SHA-256 (FIPS 198-1): approved, and the default.
    #[default]
    Sha256,
    /// Keyed BLAKE3: faster, by choice, not an approved algorithm.
    Blake3,
}

impl Suite {
    /// Every suite, by the name it has in a rules file.
    pub const ALL: &[(&str, Self)] = &[("sha256", Self::Sha256), ("blake3", Self::Blake3)];

    /// The name the suite has in a rules file and in a manifest.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Blake3 => "blake3",
        }
    }
}

/// A key at work: derives, for each purpose and context, a subkey that says nothing of the others.
#[derive(Debug)]
pub struct Keyring {
    key: Key,
    suite: Suite,
}

impl Keyring {
    /// Puts a key to work with a suite.
    pub fn new(key: Key, suite: Suite) -> Self {
        Self { key, suite }
    }

    /// The id of the key.
    pub fn id(&self) -> KeyId {
        self.key.id()
    }

    /// The suite tokens are made with.
    pub fn suite(&self) -> Suite {
        self.suite
    }

    /// The pseudorandom function for one purpose and context.
    pub(crate) fn prf(&self, purpose: Purpose, context: &str) -> Prf {
        let mut subkey = derive::derive(self.suite, self.key.0.bytes(), purpose, context);
        let prf = Prf::new(self.suite, &subkey);
        subkey.zeroize();
        prf
    }

    /// The permutation of `0..=last` for one purpose and context, by AES-256 FF1 in either suite.
    pub(crate) fn permutation(&self, purpose: Purpose, context: &str, last: u128) -> Permutation {
        let mut subkey = derive::derive(self.suite, self.key.0.bytes(), purpose, context);
        let permutation = Permutation::new(&subkey, last);
        subkey.zeroize();
        permutation
    }

    /// The permutation of addresses that keeps prefixes for one purpose and context, by AES-256 in either suite.
    pub(crate) fn prefix_cipher(&self, purpose: Purpose, context: &str) -> PrefixCipher {
        let mut subkey = derive::derive(self.suite, self.key.0.bytes(), purpose, context);
        let cipher = PrefixCipher::new(&subkey);
        subkey.zeroize();
        cipher
    }

    /// FF1 over numeral strings of a radix from 2 to 256 for one purpose and context, under AES-256 in either suite.
    pub(crate) fn ff1(&self, purpose: Purpose, context: &str, radix: u32) -> Ff1 {
        let mut subkey = derive::derive(self.suite, self.key.0.bytes(), purpose, context);
        let ff1 = Ff1::new(&subkey, radix);
        subkey.zeroize();
        ff1
    }

    /// AES-SIV for one context, under AES-256 in either suite.
    pub(crate) fn siv(&self, context: &str) -> Siv {
        let derive = |purpose| Zeroizing::new(derive::derive(self.suite, self.key.0.bytes(), purpose, context));
        Siv::new(&derive(Purpose::SivAuthenticate), &derive(Purpose::SivEncrypt))
    }

    /// The permutation of `0..=last` for one of the several domains that share a purpose and context: its key is the
    /// tag of what names the domain.
    pub(crate) fn permutation_of(prf: &Prf, domain: &[u8], last: u128) -> Permutation {
        let mut subkey = prf.tag(domain);
        let permutation = Permutation::new(&subkey, last);
        subkey.zeroize();
        permutation
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_what_it_writes() {
        let key = Key::from_bytes(std::array::from_fn(|i| i as u8 * 7));
        let again = Key::parse(format!(" {}\n", *key.to_text()).as_bytes()).unwrap();
        assert_eq!(key.id(), again.id());
    }

    #[test]
    fn debug_shows_the_id_and_no_byte_of_the_key() {
        let shown = format!("{:?}", Keyring::new(Key::from_bytes([0xab; 32]), Suite::Sha256));
        assert!(shown.contains(&Key::from_bytes([0xab; 32]).id().to_string()));
        assert!(!shown.contains("abab") && !shown.contains("171"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "00", &"g".repeat(64), &"0".repeat(63), &"+1".repeat(32)] {
            assert_eq!(Key::parse(text.as_bytes()).unwrap_err().kind(), ErrorKind::Key);
        }
    }
}
