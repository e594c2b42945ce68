//! Addresses under a permutation that keeps prefixes: two that share their first bits, and no more, share as many
//! afterwards.
//!
//! The construction is Crypto-PAn (Xu, Fan, Ammar and Moon, "Prefix-Preserving IP Address Anonymization", ICNP 2002):
//! bit `i` of an address is flipped by the first bit of what a cipher, here AES-256, answers to the `i` bits before it.
//! These are filled up to a block by one 1 and zeros. The authors' program fills them up with the bits of a secret pad,
//! and then the blocks of two bits that follow each other are one wherever address and pad agree, and so are the flips.

use aes::Aes256;
use aes::cipher::consts::U16;
use aes::cipher::{Array, BlockCipherEncrypt, BlockSizeUser, KeyInit};

use super::KEY_BYTES;

/// How many blocks the cipher is given at once: an answer waits for no other.
const LANES: u32 = 32;

/// A keyed permutation of bit strings of up to 128 bits.
pub(crate) struct PrefixCipher(Aes256);

impl PrefixCipher {
    pub(super) fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(Aes256::new(&Array::from(*key)))
    }

    /// The bits to flip of the first `bits` of an address, which starts at the most significant bit. The others are
    /// zero.
    #[inline]
    pub(crate) fn flips(&self, address: u128, bits: u32) -> u128 {
        first_bits(&self.0, bits, |known| {
            let unknown = u128::MAX.checked_shr(known).unwrap_or(0);
            address & !unknown | unknown & !(unknown >> 1)
        })
    }
}

/// The first bits of what the cipher makes of blocks 0 to `bits`, from the most significant one on.
#[inline]
fn first_bits<C>(cipher: &C, bits: u32, block: impl Fn(u32) -> u128) -> u128
where
    C: BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>,
{
    let mut firsts = 0;
    for start in (0..bits).step_by(LANES as usize) {
        let mut blocks = [Array::<u8, U16>::default(); LANES as usize];
        for (bytes, place) in blocks.iter_mut().zip(start..) {
            *bytes = Array::from(block(place).to_be_bytes());
        }
        cipher.encrypt_blocks(&mut blocks);
        for (bytes, place) in blocks.iter().zip(start..bits) {
            firsts |= u128::from_be_bytes((*bytes).into()) >> 127 << (127 - place);
        }
    }
    firsts
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use aes::Aes128;

    use super::*;

    /// The sample that comes with the authors' own program, which has AES-128, and a pad.
    #[test]
    fn agrees_with_the_sample_of_the_authors() {
        let key = [21, 34, 23, 141, 51, 164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16];
        let pad = [216, 152, 143, 131, 121, 121, 101, 39, 98, 87, 76, 45, 42, 132, 34, 2];
        let cipher = Aes128::new(&Array::from(key));
        let mut block = Array::from(pad);
        cipher.encrypt_block(&mut block);
        let pad = u128::from_be_bytes(block.into());
        for (address, expected) in [
            ("128.11.68.132", "135.242.180.132"),
            ("129.118.74.4", "134.136.186.123"),
            ("130.132.252.244", "133.68.164.234"),
            ("141.223.7.43", "141.167.8.160"),
            ("141.233.145.108", "141.129.237.235"),
            ("152.163.225.39", "151.140.114.167"),
            ("156.29.3.236", "147.225.12.42"),
            ("165.247.96.84", "162.9.99.234"),
            ("166.107.77.190", "160.132.178.185"),
            ("192.102.249.13", "252.138.62.131"),
        ] {
            let bits = address.parse::<Ipv4Addr>().unwrap().to_bits();
            let filled = |known: u32| {
                let unknown = u128::MAX >> known;
                u128::from(bits) << 96 & !unknown | pad & unknown
            };
            let flips = first_bits(&cipher, 32, filled);
            assert_eq!(Ipv4Addr::from_bits(bits ^ (flips >> 96) as u32).to_string(), expected, "{address}");
            assert_eq!(flips << 32, 0);
        }
    }

    /// The definition, one bit and one block at a time.
    fn by_definition(key: [u8; 32], address: u128, bits: u32) -> u128 {
        let cipher = Aes256::new(&Array::from(key));
        let encrypt = |block: [u8; 16]| {
            let mut block = Array::from(block);
            cipher.encrypt_block(&mut block);
            u128::from_be_bytes(block.into())
        };
        let address = format!("{address:0128b}");
        let flip = |place: usize| {
            let block = format!("{:0<128}", format!("{}1", &address[..place]));
            u8::from(encrypt(u128::from_str_radix(&block, 2).unwrap().to_be_bytes()) >= 1 << 127).to_string()
        };
        let flips: String = (0..bits as usize).map(flip).collect();
        u128::from_str_radix(&format!("{flips:0<128}"), 2).unwrap()
    }

    #[test]
    fn agrees_with_the_definition_at_every_length() {
        let key: [u8; 32] = std::array::from_fn(|i| (i * 29 + 3) as u8);
        let cipher = PrefixCipher::new(&key);
        let mut address = 1u128;
        for bits in 1..=128 {
            address = address.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(1);
            assert_eq!(cipher.flips(address, bits), by_definition(key, address, bits), "{bits} bits");
        }
    }
}
