//! Addresses of networks and machines, and names of things.

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::kernel::{Compose, Draw, Word};
use super::super::person::{DOMAINS, push_base36};
use super::{Coded, take};

/// The three networks for documentation (RFC 5737), of 254 machines each: 762 addresses in all.
pub(in crate::transform::fake) const IPV4: Coded = Coded::new(3 * 254, |mut number, value| {
    let machine = 1 + take(&mut number, 254) as u8;
    let address = match number {
        0 => Ipv4Addr::new(192, 0, 2, machine),
        1 => Ipv4Addr::new(198, 51, 100, machine),
        _ => Ipv4Addr::new(203, 0, 113, machine),
    };
    // Writing into a String can't fail.
    let _ = write!(value, "{address}");
});

/// The prefix for documentation, 2001:db8::/32 (RFC 3849), written as RFC 5952 has it. The low 64 bits of an address
/// tell it from all others.
#[derive(Debug, Clone, Copy)]
pub(in crate::transform::fake) struct Ipv6;

/// See [`Ipv6`].
pub(in crate::transform::fake) const IPV6: Ipv6 = Ipv6;

impl Compose for Ipv6 {
    fn compose(&self, draw: &Draw, value: &mut String) {
        let machine = 1 + draw.turned(Word::First, self.turns());
        let network = 0x2001_0db8_0000_0000 | draw.below(Word::Second, 1 << 32);
        let _ = write!(value, "{}", Ipv6Addr::from_bits(u128::from(network) << 64 | u128::from(machine)));
    }

    fn turns(&self) -> u64 {
        u64::MAX
    }
}

/// Addresses that no maker of cards has: unicast, with the bit of local administration set (IEEE 802, section 8.4).
pub(in crate::transform::fake) const MAC: Coded = Coded::new(1 << 46, |number, value| {
    // The two fixed bits of the first byte stand between the 6 high and the 40 low ones.
    let bits = number >> 40 << 42 | 2 << 40 | number & ((1 << 40) - 1);
    for (place, byte) in bits.to_be_bytes().into_iter().skip(2).enumerate() {
        let _ = write!(value, "{}{byte:02x}", if place == 0 { "" } else { ":" });
    }
});

/// Random UUIDs (RFC 9562, version 4) in lower case. The last 48 bits tell one from all others.
#[derive(Debug, Clone, Copy)]
pub(in crate::transform::fake) struct Uuid;

/// See [`Uuid`].
pub(in crate::transform::fake) const UUID: Uuid = Uuid;

impl Compose for Uuid {
    fn compose(&self, draw: &Draw, value: &mut String) {
        let node = draw.turned(Word::First, self.turns());
        let high = draw.word(Word::Second);
        let sequence = draw.below(Word::Third, 1 << 14);
        let _ = write!(
            value,
            "{:08x}-{:04x}-4{:03x}-{:04x}-{node:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            0x8000 | sequence
        );
    }

    fn turns(&self) -> u64 {
        1 << 48
    }
}

/// How many base36 characters are in an address.
const PATH: u32 = 10;

/// `https://example.com/k3x09q7abc`, at one of the domains that nobody has (RFC 2606, section 3).
#[derive(Debug, Clone, Copy)]
pub(in crate::transform::fake) struct Url;

impl Compose for Url {
    fn compose(&self, draw: &Draw, value: &mut String) {
        value.push_str("https://");
        value.push_str(draw.one(Word::Second, DOMAINS));
        value.push('/');
        push_base36(value, draw.turned(Word::First, self.turns()), PATH);
    }

    fn turns(&self) -> u64 {
        36u64.pow(PATH)
    }
}
