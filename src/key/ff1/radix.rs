//! FF1 in any radix.
//!
//! A numeral string is kept as the numbers of its two halves, in `u128`; half of it fits as long as the string is not
//! longer than [`Ff1::lengths`] says (76 digits, 42 of 62 characters). Everything of a round's CBC-MAC that does not
//! depend on the string is computed once a key and length: the chain over P, over all blocks of Q but the last, and
//! over what is constant in that one. Where a half has at most 8 bytes, lanes of eight strings go through AES together;
//! longer strings go one by one.

use std::ops::RangeInclusive;

use aes::Aes256;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};

use super::{LANES, ROUNDS};
use crate::key::{KEY_BYTES, SMALLEST_DOMAIN};

/// The numbers of the two halves of a numeral string. The left half is the shorter one if the length is odd.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Halves {
    left: u128,
    right: u128,
}

impl Halves {
    /// The numeral string of these numerals, each below `radix`: NUM of the standard for each half.
    #[inline]
    pub(crate) fn of(numerals: &[u8], radix: u32) -> Self {
        let (left, right) = numerals.split_at(numerals.len() / 2);
        Self { left: number(left, radix), right: number(right, radix) }
    }

    /// Writes the numerals: STR of the standard for each half.
    #[inline]
    pub(crate) fn write(self, numerals: &mut [u8], radix: u32) {
        let (left, right) = numerals.split_at_mut(numerals.len() / 2);
        write(self.left, left, radix);
        write(self.right, right, radix);
    }
}

#[inline]
fn number(numerals: &[u8], radix: u32) -> u128 {
    // Ten numerals of any radix up to 84 make a number below 2^64, eight do of any, and 128 bits are slow.
    let (head, tail) = numerals.split_at(numerals.len().min(if radix <= 84 { 10 } else { 8 }));
    let head = head.iter().fold(0u64, |number, numeral| number * u64::from(radix) + u64::from(*numeral));
    tail.iter().fold(head.into(), |number, numeral| number * u128::from(radix) + u128::from(*numeral))
}

#[inline]
fn write(mut number: u128, numerals: &mut [u8], radix: u32) {
    let mut places = numerals.iter_mut().rev();
    while number > u128::from(u32::MAX) {
        let Some(place) = places.next() else { return };
        (*place, number) = match u64::try_from(number) {
            Ok(number) => ((number % u64::from(radix)) as u8, (number / u64::from(radix)).into()),
            Err(_) => ((number % u128::from(radix)) as u8, number / u128::from(radix)),
        };
    }
    let mut number = number as u32;
    for place in places {
        *place = (number % radix) as u8;
        number /= radix;
    }
}

/// FF1 over numeral strings of one radix, of every length that it can do, with an empty tweak.
pub(crate) struct Ff1 {
    cipher: Aes256,
    shortest: usize,
    rounds: Vec<Rounds>,
}

impl Ff1 {
    /// Makes the cipher for a radix from 2 to 256.
    pub(in crate::key) fn new(key: &[u8; KEY_BYTES], radix: u32) -> Self {
        assert!((2..=256).contains(&radix), "FF1 is used with a radix from 2 to 256");
        let cipher = Aes256::new(&Array::from(*key));
        let lengths = Self::lengths(radix);
        let shortest = *lengths.start();
        let rounds = lengths.map(|length| Rounds::new(&cipher, radix, length, &[])).collect();
        Self { cipher, shortest, rounds }
    }

    /// The lengths of numeral strings that are encrypted: at least those of a domain of 10^6, as SP 800-38G revision 1
    /// demands, and at most those whose halves' numbers are below 2^128.
    pub(crate) fn lengths(radix: u32) -> RangeInclusive<usize> {
        let radix = u128::from(radix);
        let mut shortest = 2;
        while radix.pow(shortest) < SMALLEST_DOMAIN {
            shortest += 1;
        }
        let mut half = 1;
        while radix.checked_pow(half + 1).is_some() {
            half += 1;
        }
        shortest as usize..=2 * half as usize
    }

    /// Encrypts every string in place, all of them of `length` numerals, which must be one of the
    /// [`lengths`](Self::lengths): strings of another length are left as they are, and false is said.
    #[must_use]
    pub(crate) fn encrypt(&self, length: usize, strings: &mut [Halves]) -> bool {
        let rounds = length.checked_sub(self.shortest).and_then(|place| self.rounds.get(place));
        rounds.map(|rounds| rounds.run::<false>(&self.cipher, strings)).is_some()
    }

    /// Gives back what every string was encrypted from, under the same conditions.
    #[must_use]
    pub(crate) fn decrypt(&self, length: usize, strings: &mut [Halves]) -> bool {
        let rounds = length.checked_sub(self.shortest).and_then(|place| self.rounds.get(place));
        rounds.map(|rounds| rounds.run::<true>(&self.cipher, strings)).is_some()
    }
}

/// What the ten rounds over strings of one length need.
struct Rounds {
    /// `b` of the standard: how many bytes the number of the right half has.
    bytes: u32,
    /// For each round, the state of CBC-MAC before the last block of Q, and what is constant in that block.
    first: [u128; ROUNDS as usize],
    /// `radix^u` and `radix^v`.
    moduli: [Modulus; 2],
}

impl Rounds {
    /// Makes them for strings of `length` numerals, one of the lengths that the radix allows.
    fn new(cipher: &Aes256, radix: u32, length: usize, tweak: &[u8]) -> Self {
        let (left, right) = (length / 2, length - length / 2);
        let power = |numerals: usize| u128::from(radix).pow(numerals as u32);
        let bytes = (128 - (power(right) - 1).leading_zeros()).div_ceil(8);
        let mut p = [0; 16];
        p[..8].copy_from_slice(&[1, 2, 1, 0, (radix >> 8) as u8, radix as u8, 10, left as u8]);
        p[8..12].copy_from_slice(&(length as u32).to_be_bytes());
        p[12..].copy_from_slice(&(tweak.len() as u32).to_be_bytes());
        let after_p = encrypt(cipher, u128::from_be_bytes(p));
        let first = std::array::from_fn(|round| {
            let number = 1 + bytes as usize;
            let mut q = tweak.to_vec();
            q.resize((tweak.len() + number).next_multiple_of(16) - number, 0);
            q.push(round as u8);
            q.resize(q.len() + bytes as usize, 0);
            let (blocks, _) = q.as_chunks::<16>();
            blocks.iter().enumerate().fold(after_p, |state, (place, block)| {
                let state = if place == 0 { state } else { encrypt(cipher, state) };
                state ^ u128::from_be_bytes(*block)
            })
        });
        Self { bytes, first, moduli: [Modulus::new(power(left)), Modulus::new(power(right))] }
    }

    fn run<const BACK: bool>(&self, cipher: &Aes256, strings: &mut [Halves]) {
        match self.bytes {
            0..=4 => self.by_lanes::<true, BACK>(cipher, strings),
            // 2^64 itself may be the modulus, which 64 bits do not hold.
            5..=8 if self.moduli[1].value <= u64::MAX.into() => self.by_lanes::<false, BACK>(cipher, strings),
            _ => strings.iter_mut().for_each(|string| self.one::<BACK>(cipher, string)),
        }
    }

    fn by_lanes<const NARROW: bool, const BACK: bool>(&self, cipher: &Aes256, strings: &mut [Halves]) {
        let (chunks, rest) = strings.as_chunks_mut::<LANES>();
        for chunk in chunks {
            self.lanes::<NARROW, BACK>(cipher, chunk);
        }
        if !rest.is_empty() {
            let mut lanes = [Halves::default(); LANES];
            lanes[..rest.len()].copy_from_slice(rest);
            self.lanes::<NARROW, BACK>(cipher, &mut lanes);
            rest.copy_from_slice(&lanes[..rest.len()]);
        }
    }

    /// Eight strings whose halves have at most 8 bytes; at most 4, if `NARROW`.
    #[inline]
    fn lanes<const NARROW: bool, const BACK: bool>(&self, cipher: &Aes256, strings: &mut [Halves; LANES]) {
        let mut a = strings.map(|string| string.left as u64);
        let mut b = strings.map(|string| string.right as u64);
        for step in 0..usize::from(ROUNDS) {
            let round = if BACK { usize::from(ROUNDS) - 1 - step } else { step };
            let first = self.first[round];
            let modulus = &self.moduli[round % 2];
            let known = if BACK { a } else { b };
            let mut blocks = known.map(|half| Array::from((first ^ u128::from(half)).to_be_bytes()));
            cipher.encrypt_blocks(&mut blocks);
            for ((a, b), block) in a.iter_mut().zip(&mut b).zip(blocks) {
                let block = u128::from_be_bytes(block.into());
                // S is the first d = 4 * ceil(b / 4) + 4 bytes of R: 8 where a half has at most 4 bytes, 12 above.
                let y = if NARROW { modulus.of_64((block >> 64) as u64) } else { modulus.of_128(block >> 32) };
                let modulus = modulus.value as u64;
                if BACK {
                    (*a, *b) = (if *b >= y { *b - y } else { *b + (modulus - y) }, *a);
                } else {
                    let gap = modulus - y;
                    (*a, *b) = (*b, if *a >= gap { *a - gap } else { *a + y });
                }
            }
        }
        for ((string, a), b) in strings.iter_mut().zip(a).zip(b) {
            *string = Halves { left: a.into(), right: b.into() };
        }
    }

    /// One string of any length.
    fn one<const BACK: bool>(&self, cipher: &Aes256, string: &mut Halves) {
        let Halves { left: mut a, right: mut b } = *string;
        for step in 0..usize::from(ROUNDS) {
            let round = if BACK { usize::from(ROUNDS) - 1 - step } else { step };
            let modulus = &self.moduli[round % 2];
            let r = encrypt(cipher, self.first[round] ^ if BACK { a } else { b });
            // S is of 12, 16 or 20 bytes; in the last case the next block gives 4 of them.
            let y = match self.bytes {
                0..=8 => modulus.of_128(r >> 32),
                9..=12 => modulus.of_128(r),
                _ => modulus.of_160(r, (encrypt(cipher, r ^ 1) >> 96) as u32),
            };
            let gap = modulus.value - y;
            (a, b) = match BACK {
                true if b >= y => (b - y, a),
                true => (b + gap, a),
                false if a >= gap => (b, a - gap),
                false => (b, a + y),
            };
        }
        *string = Halves { left: a, right: b };
    }
}

fn encrypt(cipher: &Aes256, block: u128) -> u128 {
    let mut block = Array::from(block.to_be_bytes());
    cipher.encrypt_block(&mut block);
    u128::from_be_bytes(block.into())
}

/// A number that others are taken modulo of.
struct Modulus {
    value: u128,
    /// Barrett's reciprocal: the largest 64-bit number over it.
    reciprocal: u64,
}

impl Modulus {
    fn new(value: u128) -> Self {
        Self { value, reciprocal: (u128::from(u64::MAX) / value) as u64 }
    }

    /// A 64-bit number modulo a value below 2^63. The estimated quotient is right or one too small.
    #[inline]
    fn of_64(&self, number: u64) -> u64 {
        let value = self.value as u64;
        let quotient = ((u128::from(number) * u128::from(self.reciprocal)) >> 64) as u64;
        let rest = number - quotient * value;
        if rest >= value { rest - value } else { rest }
    }

    /// A 128-bit number modulo the value, as the low half of it.
    #[inline]
    fn of_128<T: TryFrom<u128> + Default>(&self, number: u128) -> T {
        T::try_from(number % self.value).unwrap_or_default()
    }

    /// A number of 160 bits modulo the value: the lowest bits are shifted in one by one, since the value may have 128.
    fn of_160(&self, high: u128, low: u32) -> u128 {
        (0..32).rev().fold(high % self.value, |rest, bit| {
            let gap = self.value - rest;
            let doubled = if rest >= gap { rest - gap } else { rest + rest };
            let bit = u128::from(low >> bit & 1);
            if doubled + bit == self.value { 0 } else { doubled + bit }
        })
    }
}

#[cfg(test)]
mod tests {
    use fpe::ff1::{FF1, FlexibleNumeralString};

    use super::*;

    fn numerals(text: &str) -> Vec<u8> {
        text.chars().map(|c| c.to_digit(36).unwrap() as u8).collect()
    }

    /// Runs strings of one length, with any tweak.
    fn run<const BACK: bool>(
        key: &[u8; 32],
        radix: u32,
        length: usize,
        tweak: &[u8],
        strings: &[Vec<u8>],
    ) -> Vec<Vec<u8>> {
        let cipher = Aes256::new(&Array::from(*key));
        let mut halves: Vec<Halves> = strings.iter().map(|string| Halves::of(string, radix)).collect();
        Rounds::new(&cipher, radix, length, tweak).run::<BACK>(&cipher, &mut halves);
        let written = halves.into_iter().map(|halves| {
            let mut numerals = vec![0; length];
            halves.write(&mut numerals, radix);
            numerals
        });
        written.collect()
    }

    /// The samples of NIST for FF1 with AES-256, from "FF1samples.pdf" beside SP 800-38G.
    #[test]
    fn samples_of_the_standard() {
        const KEY: u128 = 0x2b7e_1516_28ae_d2a6_abf7_1588_09cf_4f3c;
        const REST: u128 = 0xef43_59d8_d580_aa4f_7f03_6d6f_04fc_6a94;
        let key: Vec<u8> = [KEY.to_be_bytes(), REST.to_be_bytes()].concat();
        let key: [u8; 32] = key.try_into().unwrap();
        let tweak = [0x37, 0x37, 0x37, 0x37, 0x70, 0x71, 0x72, 0x73, 0x37, 0x37, 0x37];
        for (radix, tweak, plain, encrypted) in [
            (10, &b""[..], "0123456789", "6657667009"),
            (10, b"9876543210", "0123456789", "1001623463"),
            (36, &tweak, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
        ] {
            let (plain, encrypted) = (vec![numerals(plain)], vec![numerals(encrypted)]);
            assert_eq!(run::<false>(&key, radix, plain[0].len(), tweak, &plain), encrypted);
            assert_eq!(run::<true>(&key, radix, plain[0].len(), tweak, &encrypted), plain);
        }
    }

    #[test]
    fn agrees_with_a_big_integer_implementation_at_every_radix_and_length() {
        let mut state = 7u64;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u32
        };
        let mut cases = 0;
        for radix in 2..=62 {
            for length in Ff1::lengths(radix) {
                let key: [u8; 32] = std::array::from_fn(|_| random() as u8);
                let tweak: Vec<u8> = (0..random() % 20).map(|_| random() as u8).collect();
                let mut strings: Vec<Vec<u8>> = vec![vec![0; length], vec![(radix - 1) as u8; length]];
                strings.extend((0..30).map(|_| (0..length).map(|_| (random() % radix) as u8).collect()));
                cases += strings.len();
                let ours = run::<false>(&key, radix, length, &tweak, &strings);
                let oracle = FF1::<Aes256>::new(&key, radix).unwrap();
                for (plain, ours) in strings.iter().zip(&ours) {
                    let wide: Vec<u16> = plain.iter().copied().map(u16::from).collect();
                    let theirs: Vec<u16> = oracle.encrypt(&tweak, &FlexibleNumeralString::from(wide)).unwrap().into();
                    assert!(ours.iter().copied().map(u16::from).eq(theirs), "radix {radix}, {plain:?}");
                }
                assert_eq!(
                    run::<true>(&key, radix, length, &tweak, &ours),
                    strings,
                    "radix {radix}, {length} numerals"
                );
            }
        }
        assert!(cases >= 100_000, "{cases}");
    }

    #[test]
    fn lengths_are_those_of_a_large_enough_domain_and_of_halves_that_fit() {
        for (radix, shortest, longest) in
            [(2, 20, 254), (10, 6, 76), (26, 5, 54), (36, 4, 48), (62, 4, 42), (256, 3, 30)]
        {
            assert_eq!(Ff1::lengths(radix), shortest..=longest, "radix {radix}");
        }
    }

    #[test]
    fn a_length_that_is_not_allowed_is_refused() {
        let ff1 = Ff1::new(&[1; 32], 10);
        for length in [0, 5, 77] {
            assert!(!ff1.encrypt(length, &mut [Halves::default()]) && !ff1.decrypt(length, &mut [Halves::default()]));
        }
        let mut strings = [Halves::of(&[1; 6], 10)];
        assert!(ff1.encrypt(6, &mut strings) && ff1.decrypt(6, &mut strings));
        assert_eq!(strings, [Halves::of(&[1; 6], 10)]);
    }
}
