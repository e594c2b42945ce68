/// The alphabet of RFC 4648, section 6, in lower case.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The most characters that 32 bytes fill.
pub(super) const LONGEST: usize = 51;

/// Appends the first `length` (at most 51) base32 characters of `bytes`.
#[inline]
pub(in crate::transform) fn append(text: &mut Vec<u8>, bytes: &[u8; 32], length: usize) {
    let end = text.len() + length.min(LONGEST);
    let mut padded = [0; 40];
    padded[..32].copy_from_slice(bytes);
    for start in (0..LONGEST).step_by(8).take_while(|start| *start < length).map(|start| start / 8 * 5) {
        let mut eight = [0; 8];
        eight.copy_from_slice(&padded[start..start + 8]);
        let word = u64::from_be_bytes(eight);
        text.extend_from_slice(&std::array::from_fn::<u8, 8, _>(|place| {
            ALPHABET[(word >> (59 - 5 * place)) as usize & 31]
        }));
    }
    text.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_rfc_4648() {
        let mut bytes = [0; 32];
        bytes[..6].copy_from_slice(b"foobar");
        for (length, expected) in [(2, "mz"), (8, "mzxw6ytb"), (9, "mzxw6ytbo"), (10, "mzxw6ytboi")] {
            let mut text = Vec::new();
            append(&mut text, &bytes, length);
            assert_eq!(text, expected.as_bytes());
        }
        let mut text = Vec::new();
        append(&mut text, &[0xff; 32], LONGEST);
        assert_eq!(text, "7".repeat(LONGEST).as_bytes());
    }
}
