//! FF1 in radix 2 with an empty tweak.
//!
//! In radix 2 a numeral string of up to 128 bits is a `u128`, NUM and STR cost nothing, and taking a number modulo
//! 2^m is a mask. With no tweak, P and Q are one block each.

use aes::Aes256;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};

use super::{LANES, ROUNDS};
use crate::key::KEY_BYTES;

/// FF1 over bit strings of one length.
pub(in crate::key) struct BinaryFf1 {
    cipher: Aes256,
    /// Lengths in bits of the two halves, `u` and `v` of the standard.
    left: u32,
    right: u32,
    /// CIPH(P), the first step of every round's CBC-MAC.
    first: u128,
}

impl BinaryFf1 {
    /// Makes the cipher for strings of `bits` bits, 20 to 128: fewer is a domain below 10^6, which the standard forbids.
    pub(in crate::key) fn new(key: &[u8; KEY_BYTES], bits: u32) -> Self {
        assert!((20..=128).contains(&bits), "FF1 takes strings of 20 to 128 bits");
        let cipher = Aes256::new(&Array::from(*key));
        let left = bits / 2;
        let mut p = [0; 16];
        p[..8].copy_from_slice(&[1, 2, 1, 0, 0, 2, 10, left as u8]);
        p[8..12].copy_from_slice(&bits.to_be_bytes());
        let mut block = Array::from(p);
        cipher.encrypt_block(&mut block);
        Self { cipher, left, right: bits - left, first: u128::from_be_bytes(block.into()) }
    }

    /// Encrypts every value in place. Each must be below 2^bits.
    pub(in crate::key) fn encrypt(&self, values: &mut [u128]) {
        self.run::<false>(values);
    }

    /// Gives back what every value was encrypted from, in place. Each must be below 2^bits.
    pub(in crate::key) fn decrypt(&self, values: &mut [u128]) {
        self.run::<true>(values);
    }

    fn run<const BACK: bool>(&self, values: &mut [u128]) {
        let (chunks, rest) = values.as_chunks_mut::<LANES>();
        for chunk in chunks {
            self.lanes::<BACK>(chunk);
        }
        if !rest.is_empty() {
            let mut lanes = [0; LANES];
            lanes[..rest.len()].copy_from_slice(rest);
            self.lanes::<BACK>(&mut lanes);
            rest.copy_from_slice(&lanes[..rest.len()]);
        }
    }

    #[inline]
    fn lanes<const BACK: bool>(&self, values: &mut [u128; LANES]) {
        let (left_mask, right_mask) = (mask(self.left), mask(self.right));
        let mut a: [u64; LANES] = values.map(|value| (value >> self.right) as u64);
        let mut b: [u64; LANES] = values.map(|value| (value as u64) & right_mask);
        // S is the first d = 4 * ceil(b / 4) + 4 bytes of R: 8 where a half has at most 32 bits, 12 above.
        let tail = if self.right <= 32 { 64 } else { 32 };
        for step in 0..ROUNDS {
            let round = if BACK { ROUNDS - 1 - step } else { step };
            // Q is zeroes, the round number and NUM(B) in b bytes. The round's place depends on b alone.
            let number = u128::from(round) << (8 * self.right.div_ceil(8));
            let known = if BACK { a } else { b };
            let mut blocks = known.map(|half| Array::from((self.first ^ (number | u128::from(half))).to_be_bytes()));
            self.cipher.encrypt_blocks(&mut blocks);
            let modulus = if round % 2 == 0 { left_mask } else { right_mask };
            for ((a, b), block) in a.iter_mut().zip(&mut b).zip(blocks) {
                let y = (u128::from_be_bytes(block.into()) >> tail) as u64;
                if BACK {
                    (*a, *b) = (b.wrapping_sub(y) & modulus, *a);
                } else {
                    (*a, *b) = (*b, a.wrapping_add(y) & modulus);
                }
            }
        }
        for ((value, a), b) in values.iter_mut().zip(a).zip(b) {
            *value = (u128::from(a) << self.right) | u128::from(b);
        }
    }
}

fn mask(bits: u32) -> u64 {
    u64::MAX >> (64 - bits)
}

#[cfg(test)]
mod tests {
    use fpe::ff1::{BinaryNumeralString, FF1};

    use super::*;

    #[test]
    fn agrees_with_a_big_integer_implementation_at_every_whole_byte_length() {
        let key: [u8; 32] = std::array::from_fn(|i| (i * 29 + 3) as u8);
        let oracle = FF1::<aes::Aes256>::new(&key, 2).unwrap();
        let mut seed = 1u128;
        for bits in (24..=128).step_by(8) {
            let ours = BinaryFf1::new(&key, bits);
            for _ in 0..50 {
                seed = seed.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(1);
                let value = seed >> (128 - bits);
                let mut encrypted = [value];
                ours.encrypt(&mut encrypted);
                assert_eq!(encrypted[0], by_oracle(&oracle, value, bits), "{bits} bits");
            }
        }
    }

    /// The crate reads the bits of each byte from the lowest up; the numeral string has its first numeral first.
    fn by_oracle(oracle: &FF1<aes::Aes256>, value: u128, bits: u32) -> u128 {
        let bytes: Vec<u8> = (0..bits / 8).map(|i| ((value >> (bits - 8 - 8 * i)) as u8).reverse_bits()).collect();
        let out = oracle.encrypt(&[], &BinaryNumeralString::from_bytes_le(&bytes)).unwrap().to_bytes_le();
        out.iter().fold(0, |value, byte| (value << 8) | u128::from(byte.reverse_bits()))
    }

    #[test]
    fn what_is_decrypted_is_what_was_encrypted() {
        for bits in 20..=128 {
            let ff1 = BinaryFf1::new(&[9; 32], bits);
            let values: Vec<u128> = (1..12).map(|value| (u128::MAX / value) >> (128 - bits)).collect();
            let mut there = values.clone();
            ff1.encrypt(&mut there);
            assert_ne!(there, values);
            ff1.decrypt(&mut there);
            assert_eq!(there, values, "{bits} bits");
        }
    }

    #[test]
    fn lanes_do_not_touch_each_other() {
        let ff1 = BinaryFf1::new(&[5; 32], 30);
        let mut together: Vec<u128> = (0..21).collect();
        ff1.encrypt(&mut together);
        for (value, expected) in together.iter().enumerate() {
            let mut alone = [value as u128];
            ff1.encrypt(&mut alone);
            assert_eq!(alone[0], *expected);
        }
    }
}
