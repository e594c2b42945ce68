/// The most characters that 32 bytes fill.
pub(super) const LONGEST: usize = 51;

/// Appends the first `length` (at most 51) base32 characters of `bytes`.
#[inline]
pub(in crate::transform) fn append(text: &mut Vec<u8>, bytes: &[u8; 32], length: usize) {
    let end = text.len() + length.min(LONGEST);
    let mut padded = [0; 40];
    padded[..32].copy_from_slice(bytes);
    for start in (0..LONGEST).step_by(8).take_while(|start| *start < length).map(|start| start / 8 * 5) {
        let mut five = [0; 8];
        five.copy_from_slice(&padded[start..start + 8]);
        text.extend_from_slice(&eight(five));
    }
    text.truncate(end);
}

/// How many characters [`first`] gives.
pub(super) const FIRST: usize = 32;

/// The first base32 characters of `bytes`.
#[inline]
pub(super) fn first(bytes: &[u8; 32]) -> [u8; FIRST] {
    let mut text = [0; FIRST];
    for (place, text) in text.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        *text = bytes[5 * place..].first_chunk().map_or([0; 8], |five| eight(*five));
    }
    text
}

/// The eight characters of the first five bytes, in the alphabet of RFC 4648, section 6, in lower case: letters from `a`
/// on for the numbers below 26, digits from `2` on for the others.
#[inline]
fn eight(five: [u8; 8]) -> [u8; 8] {
    let each = |byte: u8| u64::from_ne_bytes([byte; 8]);
    // 40 bits are spread by halves, until each five have a byte of their own.
    let bits = u64::from_be_bytes(five) >> 24;
    let bits = (bits & 0xff_fff0_0000) << 12 | bits & 0xf_ffff;
    let bits = (bits & 0x000f_fc00_000f_fc00) << 6 | bits & 0x0000_03ff_0000_03ff;
    let bits = (bits & 0x03e0_03e0_03e0_03e0) << 3 | bits & 0x001f_001f_001f_001f;
    let is_digit = (bits + each(0x80 - 26)) >> 7 & each(1);
    (bits + each(b'a') - is_digit * u64::from(b'a' + 26 - b'2')).to_be_bytes()
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
        let all: Vec<u8> = (0..32).map(|number| b"abcdefghijklmnopqrstuvwxyz234567"[number]).collect();
        let counted: [u8; 20] = std::array::from_fn(|place| {
            let bits = (0..8).map(|bit| 8 * place + bit).map(|bit| (bit / 5) as u8 >> (4 - bit % 5) & 1);
            bits.fold(0, |byte, bit| byte << 1 | bit)
        });
        let mut bytes = [0; 32];
        bytes[..20].copy_from_slice(&counted);
        assert_eq!(first(&bytes), *all);
        let mut text = Vec::new();
        append(&mut text, &[0xff; 32], LONGEST);
        assert_eq!(text, "7".repeat(LONGEST).as_bytes());
    }
}
