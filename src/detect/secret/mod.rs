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
    text.iter().enumerate().any(|(place, byte)| {
        let stands = |word: &&[u8]| {
            let part = text.get(place..place + word.len());
            part.is_some_and(|part| part.eq_ignore_ascii_case(word))
        };
        begins_a_stand_in(*byte) && STAND_INS.iter().any(stands)
    })
}

/// Whether a stand-in begins with a byte, in either case.
fn begins_a_stand_in(byte: u8) -> bool {
    const FIRST: [bool; 256] = {
        let mut first = [false; 256];
        let mut place = 0;
        while place < STAND_INS.len() {
            let byte = STAND_INS[place][0];
            first[byte as usize] = true;
            first[byte.to_ascii_uppercase() as usize] = true;
            place += 1;
        }
        first
    };
    FIRST.get(usize::from(byte)).copied().unwrap_or(false)
}
