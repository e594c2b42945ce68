//! What opens doors: keys of interfaces, private keys, hashes of passwords.

mod hash;
mod private_key;
mod token;
mod vendors;

pub(super) use hash::PasswordHash;
pub(super) use private_key::PrivateKey;
pub(super) use token::Token;

/// Words that stand in for a secret in examples and templates.
const STAND_INS: &[&[u8]] =
    &[b"example", b"placeholder", b"changeme", b"xxxx", b"your", b"dummy", b"redacted", b"****"];

/// Whether a text is a stand-in for a secret.
pub(super) fn is_stand_in(text: &[u8]) -> bool {
    STAND_INS.iter().any(|word| text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word)))
}
