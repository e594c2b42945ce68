//! The kernels of this room on their own, for the benches, which can reach nothing else of it. No part of the interface.

use super::{Ff1, Halves, KEY_BYTES, Keyring, Purpose};

/// FF1 over strings of 16 numerals of a radix, in place.
pub fn ff1(key: &[u8; KEY_BYTES], radix: u32) -> impl Fn(&mut [[u8; 16]]) + use<> {
    let ff1 = Ff1::new(key, radix);
    move |strings| {
        let mut halves: Vec<Halves> = strings.iter().map(|string| Halves::of(string, radix)).collect();
        let done = ff1.encrypt(16, &mut halves);
        debug_assert!(done, "16 numerals are a length that FF1 takes");
        strings.iter_mut().zip(halves).for_each(|(string, halves)| halves.write(string, radix));
    }
}

/// The pseudorandom function that text tokens of a domain are made with.
pub fn prf(keys: &Keyring, domain: &str) -> impl Fn(&[u8]) -> [u8; 32] + use<> {
    let prf = keys.prf(Purpose::TextToken, domain);
    move |message| prf.tag(message)
}
