/// The alphabet of RFC 4648, section 6, in lower case.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The most characters that 32 bytes fill.
pub(super) const LONGEST: usize = 51;

/// Appends the first `length` (at most 51) base32 characters of `bytes`.
pub(super) fn append(text: &mut String, bytes: &[u8; 32], length: usize) {
    let mut characters = [0; 56];
    let mut padded = [0; 35];
    padded[..32].copy_from_slice(bytes);
    let groups = length.min(LONGEST).div_ceil(8);
    for (five, eight) in padded.as_chunks::<5>().0.iter().zip(characters.as_chunks_mut::<8>().0).take(groups) {
        let word = five.iter().fold(0u64, |word, byte| (word << 8) | u64::from(*byte));
        for (place, character) in eight.iter_mut().enumerate() {
            *character = ALPHABET[(word >> (35 - 5 * place)) as usize & 31];
        }
    }
    // The alphabet is ASCII, so every byte is a character.
    text.extend(characters[..length.min(LONGEST)].iter().map(|byte| *byte as char));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_rfc_4648() {
        let mut bytes = [0; 32];
        bytes[..6].copy_from_slice(b"foobar");
        for (length, expected) in [(2, "mz"), (8, "mzxw6ytb"), (9, "mzxw6ytbo"), (10, "mzxw6ytboi")] {
            let mut text = String::new();
            append(&mut text, &bytes, length);
            assert_eq!(text, expected);
        }
        let mut text = String::new();
        append(&mut text, &[0xff; 32], LONGEST);
        assert_eq!(text, "7".repeat(LONGEST));
    }
}
