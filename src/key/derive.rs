//! Subkeys, by the key derivation function in counter mode of NIST SP 800-108r1, section 4.1, with HMAC-SHA-256 as its
//! pseudorandom function, or with keyed BLAKE3 in the suite of that name.

use super::{KEY_BYTES, Prf, Suite};

/// What a subkey is for. Keys of different purposes have nothing to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    KeyId,
    TextToken,
    IntegerToken,
    UuidToken,
    Fake,
    Shift,
    Noise,
    Prefix,
    Hardware,
    DigitsToken,
    DecimalToken,
    DateToken,
    Encrypt,
    EncryptIban,
    SivAuthenticate,
    SivEncrypt,
    Redact,
    Survivors,
    FileName,
}

impl Purpose {
    /// The label of the derivation. A label that changes, changes every token made with it.
    fn label(self) -> &'static str {
        match self {
            Self::KeyId => "bowdler/1 key id",
            Self::TextToken => "bowdler/1 token text",
            Self::IntegerToken => "bowdler/1 token integer",
            Self::UuidToken => "bowdler/1 token uuid",
            Self::Fake => "bowdler/1 fake",
            Self::Shift => "bowdler/1 shift",
            Self::Noise => "bowdler/1 noise",
            Self::Prefix => "bowdler/1 network prefix",
            Self::Hardware => "bowdler/1 network hardware",
            Self::DigitsToken => "bowdler/1 token digits",
            Self::DecimalToken => "bowdler/1 token decimal",
            Self::DateToken => "bowdler/1 token date",
            Self::Encrypt => "bowdler/1 encrypt",
            Self::EncryptIban => "bowdler/1 encrypt iban",
            Self::SivAuthenticate => "bowdler/1 encrypt siv authentication",
            Self::SivEncrypt => "bowdler/1 encrypt siv encryption",
            Self::Redact => "bowdler/1 redact",
            Self::Survivors => "bowdler/1 survivors",
            Self::FileName => "bowdler/1 file name",
        }
    }
}

/// Derives one subkey: `PRF(root, [1] || label || 0x00 || context || [256])`, integers as 32 bits, big-endian. One
/// round of the counter gives the whole subkey.
pub(super) fn derive(suite: Suite, root: &[u8; KEY_BYTES], purpose: Purpose, context: &str) -> [u8; KEY_BYTES] {
    let mut input = Vec::new();
    input.extend_from_slice(&1u32.to_be_bytes());
    input.extend_from_slice(purpose.label().as_bytes());
    input.push(0);
    input.extend_from_slice(context.as_bytes());
    input.extend_from_slice(&(8 * KEY_BYTES as u32).to_be_bytes());
    Prf::new(suite, root).tag(&input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_contexts_and_suites_give_different_subkeys() {
        let root = [7; KEY_BYTES];
        let subkeys = [
            derive(Suite::Sha256, &root, Purpose::TextToken, "customer"),
            derive(Suite::Sha256, &root, Purpose::TextToken, "order"),
            derive(Suite::Sha256, &root, Purpose::IntegerToken, "customer"),
            derive(Suite::Blake3, &root, Purpose::TextToken, "customer"),
            root,
        ];
        for (i, a) in subkeys.iter().enumerate() {
            for b in &subkeys[i + 1..] {
                assert_ne!(a, b);
            }
        }
    }
}
