//! SHA-256's compression function (FIPS 180-4, section 6.2.2) for two messages at once.
//!
//! The processor's own SHA instructions each wait for the one before; two messages that take turns hardly cost more than
//! one. Where the processor has no such instructions, one message follows the other.

use sha2::block_api::compress256;

/// Adds a block to each of two states.
#[inline]
pub(crate) fn compress_two(states: &mut [[u32; 8]; 2], blocks: &[[u8; 64]; 2]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("sha") && is_x86_feature_detected!("sse4.1") {
        // SAFETY: the processor has the instructions that the function is compiled for; it does nothing else unsafe.
        unsafe { interleaved::compress(states, blocks) };
        return;
    }
    for (state, block) in states.iter_mut().zip(blocks) {
        compress256(state, std::slice::from_ref(block));
    }
}

#[cfg(target_arch = "x86_64")]
mod interleaved {
    use std::arch::x86_64::*;

    /// FIPS 180-4, section 4.2.2, four to a row.
    const ROUND_CONSTANTS: [[u32; 4]; 16] = [
        [0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5],
        [0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5],
        [0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3],
        [0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174],
        [0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc],
        [0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da],
        [0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7],
        [0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967],
        [0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13],
        [0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85],
        [0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3],
        [0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070],
        [0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5],
        [0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3],
        [0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208],
        [0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2],
    ];

    #[target_feature(enable = "sse2,ssse3,sse4.1")]
    #[inline]
    fn four(words: [u32; 4]) -> __m128i {
        let [a, b, c, d] = words.map(u32::cast_signed);
        _mm_set_epi32(d, c, b, a)
    }

    /// The 16 words of a block, four to a vector.
    #[target_feature(enable = "sse2,ssse3,sse4.1")]
    #[inline]
    fn words(block: &[u8; 64]) -> [__m128i; 4] {
        let big_endian = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
        let (rows, _) = block.as_chunks::<16>();
        let mut words = [_mm_setzero_si128(); 4];
        for (word, row) in words.iter_mut().zip(rows) {
            let row = u128::from_le_bytes(*row);
            let row = _mm_set_epi64x((row >> 64) as i64, row as i64);
            *word = _mm_shuffle_epi8(row, big_endian);
        }
        words
    }

    /// Every step is done for the first message and then for the second, so that neither waits for itself.
    #[target_feature(enable = "sha,sse2,ssse3,sse4.1")]
    pub(super) fn compress(states: &mut [[u32; 8]; 2], blocks: &[[u8; 64]; 2]) {
        // The instructions want the state in this order.
        let start = [0, 1].map(|lane: usize| {
            let [a, b, c, d, e, f, g, h] = states[lane];
            [four([f, e, b, a]), four([h, g, d, c])]
        });
        let [[mut abef_0, mut cdgh_0], [mut abef_1, mut cdgh_1]] = start;
        let mut words_0 = words(&blocks[0]);
        let mut words_1 = words(&blocks[1]);
        for (group, constants) in ROUND_CONSTANTS.into_iter().enumerate() {
            let constants = four(constants);
            if group >= 4 {
                words_0 = scheduled(words_0);
                words_1 = scheduled(words_1);
            }
            let place = group.min(3);
            let sum_0 = _mm_add_epi32(words_0[place], constants);
            let sum_1 = _mm_add_epi32(words_1[place], constants);
            cdgh_0 = _mm_sha256rnds2_epu32(cdgh_0, abef_0, sum_0);
            cdgh_1 = _mm_sha256rnds2_epu32(cdgh_1, abef_1, sum_1);
            abef_0 = _mm_sha256rnds2_epu32(abef_0, cdgh_0, _mm_shuffle_epi32::<0x0e>(sum_0));
            abef_1 = _mm_sha256rnds2_epu32(abef_1, cdgh_1, _mm_shuffle_epi32::<0x0e>(sum_1));
        }
        let ends = [[abef_0, cdgh_0], [abef_1, cdgh_1]];
        for ((state, start), end) in states.iter_mut().zip(start).zip(ends) {
            let [abef, cdgh] = [_mm_add_epi32(start[0], end[0]), _mm_add_epi32(start[1], end[1])];
            *state = [
                _mm_extract_epi32::<3>(abef),
                _mm_extract_epi32::<2>(abef),
                _mm_extract_epi32::<3>(cdgh),
                _mm_extract_epi32::<2>(cdgh),
                _mm_extract_epi32::<1>(abef),
                _mm_extract_epi32::<0>(abef),
                _mm_extract_epi32::<1>(cdgh),
                _mm_extract_epi32::<0>(cdgh),
            ]
            .map(i32::cast_unsigned);
        }
    }

    /// The last sixteen words of the message schedule, four further on.
    #[target_feature(enable = "sha,sse2,ssse3,sse4.1")]
    #[inline]
    fn scheduled([a, b, c, d]: [__m128i; 4]) -> [__m128i; 4] {
        let sum = _mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8::<4>(d, c));
        [b, c, d, _mm_sha256msg2_epu32(sum, d)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_messages_become_what_each_becomes_alone() {
        let mut seed = 1u64;
        let mut byte = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 56) as u8
        };
        for _ in 0..1000 {
            let blocks: [[u8; 64]; 2] = std::array::from_fn(|_| std::array::from_fn(|_| byte()));
            let mut states: [[u32; 8]; 2] =
                std::array::from_fn(|_| std::array::from_fn(|_| u32::from_le_bytes([byte(), byte(), byte(), byte()])));
            let mut expected = states;
            for (state, block) in expected.iter_mut().zip(&blocks) {
                compress256(state, &[*block]);
            }
            compress_two(&mut states, &blocks);
            assert_eq!(states, expected);
        }
    }
}
