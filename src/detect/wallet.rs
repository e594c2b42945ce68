use sha2::{Digest, Sha256};
use sha3::Keccak256;

use super::text::class;
use super::{Candidate, Detector, Entity, Evidence, Needs, Run, Sink, Text};

/// Addresses of purses of cryptocurrencies.
pub(super) struct Wallet;

const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The human-readable parts of addresses in Bech32 (BIP 173 and those who follow it).
const PREFIXES: &[&str] = &["bc", "tb", "ltc", "addr", "stake", "cosmos", "bnb", "osmo", "terra", "inj", "sei"];

impl Detector for Wallet {
    fn name(&self) -> &'static str {
        "wallet"
    }

    fn entity(&self) -> Entity {
        Entity::Wallet
    }

    fn summary(&self) -> &'static str {
        "addresses of Bitcoin and its kin, Ethereum, Ripple, Stellar, by their checksums; Monero by shape"
    }

    fn example(&self) -> &'static str {
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["wallet", "wallet address", "btc address", "eth address", "crypto address", "bitcoin", "ethereum"]
    }

    fn words(&self) -> &'static [&'static str] {
        &["wallet", "bitcoin", "btc", "ethereum", "eth", "xrp", "monero", "xmr", "crypto", "usdt", "erc20", "erc-20"]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::DIGIT, any: class::LETTER, digits: 1, longest: 25, length: 25, hint: false }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        for run in text.runs {
            if run.len() >= 25
                && let Some(evidence) = judge(text.of(run), run)
            {
                found.tell(Candidate::new(run.start..run.end, evidence, 1e-6));
            }
        }
    }
}

fn judge(word: &[u8], run: &Run) -> Option<Evidence> {
    match (word.len(), word) {
        (42, [b'0', b'x' | b'X', address @ ..]) if address.iter().all(u8::is_ascii_hexdigit) => ethereum(address),
        (56, [b'G', ..]) if !run.has_lower() => stellar(word).then_some(Evidence::Strong),
        (95, [b'4' | b'8', ..]) => word.iter().all(|byte| BITCOIN.contains(byte)).then_some(Evidence::Fair),
        (26..=35, [b'1' | b'3' | b'L' | b'M' | b'D' | b'A' | b'9' | b'T' | b'X' | b't', ..]) => {
            base58(word, BITCOIN).then_some(Evidence::Strong)
        }
        (25..=35, [b'r', ..]) => base58(word, RIPPLE).then_some(Evidence::Strong),
        (26..=108, _) => bech32(word).then_some(Evidence::Strong),
        _ => None,
    }
}

/// 21 or 22 bytes in base 58 and four of a double SHA-256 of them.
fn base58(word: &[u8], alphabet: &[u8; 58]) -> bool {
    let mut number = [0u8; 26];
    for byte in word {
        let Some(digit) = alphabet.iter().position(|letter| letter == byte) else { return false };
        let mut carry = digit as u32;
        for place in number.iter_mut().rev() {
            carry += 58 * u32::from(*place);
            *place = carry as u8;
            carry >>= 8;
        }
        if carry != 0 {
            return false;
        }
    }
    // Zcash has two bytes of version, all others one.
    let start = usize::from(word.first() != Some(&b't'));
    let Some((payload, check)) = number.get(start..).and_then(|number| number.split_last_chunk::<4>()) else {
        return false;
    };
    number[..start] == [0; 1][..start] && Sha256::digest(Sha256::digest(payload)).starts_with(check)
}

/// A human-readable part, `1`, and data with a checksum of BIP 173 or BIP 350.
fn bech32(word: &[u8]) -> bool {
    let Some(place) = word.iter().position(|byte| *byte == b'1') else { return false };
    let (human, data) = word.split_at(place);
    if !PREFIXES.iter().any(|prefix| human.eq_ignore_ascii_case(prefix.as_bytes())) {
        return false;
    }
    if word.iter().any(u8::is_ascii_lowercase) && word.iter().any(u8::is_ascii_uppercase) {
        return false;
    }
    let step = |check: u32, value: u32| {
        let top = check >> 25;
        let generators = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
        let mixed = generators.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1);
        mixed.fold((check & 0x1ff_ffff) << 5 ^ value, |check, (_, generator)| check ^ generator)
    };
    let lower = |byte: &u8| u32::from(byte.to_ascii_lowercase());
    let mut check = human.iter().fold(1, |check, byte| step(check, lower(byte) >> 5));
    check = step(check, 0);
    check = human.iter().fold(check, |check, byte| step(check, lower(byte) & 31));
    for byte in data.iter().skip(1) {
        let Some(value) = BECH32.iter().position(|letter| *letter == byte.to_ascii_lowercase()) else { return false };
        check = step(check, value as u32);
    }
    matches!(check, 1 | 0x2bc8_30a3)
}

/// Forty hexadecimal digits. Where both cases are used, the case of each letter is a checksum (EIP-55).
fn ethereum(address: &[u8]) -> Option<Evidence> {
    let mixed = address.iter().any(u8::is_ascii_lowercase) && address.iter().any(u8::is_ascii_uppercase);
    if !mixed {
        return Some(Evidence::Fair);
    }
    let hash = Keccak256::digest(address.to_ascii_lowercase());
    let fits = address.iter().enumerate().all(|(place, byte)| {
        let half = hash.get(place / 2).map_or(0, |both| if place % 2 == 0 { both >> 4 } else { both & 15 });
        byte.is_ascii_digit() || byte.is_ascii_uppercase() == (half >= 8)
    });
    fits.then_some(Evidence::Strong)
}

/// A byte of version, 32 of the key and two of CRC-16/XMODEM in base 32 (SEP-23).
fn stellar(word: &[u8]) -> bool {
    let (mut bytes, mut bits, mut held) = ([0u8; 35], 0u32, 0);
    let mut length = 0;
    for byte in word {
        let Some(value) = BASE32.iter().position(|letter| letter == byte) else { return false };
        bits = bits << 5 | value as u32;
        held += 5;
        if held >= 8
            && let Some(slot) = bytes.get_mut(length)
        {
            held -= 8;
            *slot = (bits >> held) as u8;
            length += 1;
        }
    }
    let Some((payload, check)) = bytes.split_last_chunk::<2>() else { return false };
    let crc = payload.iter().fold(0u16, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| if crc >> 15 == 1 { crc << 1 ^ 0x1021 } else { crc << 1 })
    });
    crc.to_le_bytes() == *check
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Survey;

    fn wallet(word: &str) -> Option<Evidence> {
        let mut runs = Vec::new();
        Survey::of(word.as_bytes(), &mut runs);
        judge(word.as_bytes(), &runs[0])
    }

    /// Addresses published as examples in the standards, and the same with one character changed.
    #[test]
    fn checksums_are_checked() {
        use Evidence::{Fair, Strong};
        for (word, expected) in [
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Some(Strong)),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", None),
            ("3P14159f73E4gFr7JterCCQh9QjiTjiZrG", Some(Strong)),
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Some(Strong)),
            ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", Some(Strong)),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", None),
            ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Some(Strong)),
            ("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", Some(Strong)),
            ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed", None),
            ("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", Some(Fair)),
            ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", Some(Strong)),
            ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTi", None),
            ("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ", Some(Strong)),
            ("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGA", None),
        ] {
            assert_eq!(wallet(word), expected, "{word}");
        }
    }
}
