//! Addresses of networks and machines, and names of things.

use std::fmt::Write;
use std::net::Ipv6Addr;

use super::super::kernel::{Compose, Draw, Word};
use super::super::person::{DOMAINS, push_base36};
use super::{Coded, push, take};
use crate::unchecked::push_ascii;

/// The three networks for documentation (RFC 5737), of 254 machines each: 762 addresses in all.
pub(in crate::transform::fake) const IPV4: Coded = Coded::new(3 * 254, |mut number, value| {
    let machine = 1 + take(&mut number, 254);
    value.push_str(match number {
        0 => "192.0.2.",
        1 => "198.51.100.",
        _ => "203.0.113.",
    });
    push(value, machine, 1);
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
        push_ipv6(value, u128::from(network) << 64 | u128::from(machine));
    }

    fn turns(&self) -> u64 {
        u64::MAX
    }
}

/// Appends an address as RFC 5952 has it.
fn push_ipv6(value: &mut String, address: u128) {
    let groups: [u16; 8] = std::array::from_fn(|place| (address >> (112 - 16 * place)) as u16);
    if groups.windows(2).any(|pair| pair == [0, 0]) {
        // One in a few thousand has groups to leave out. Writing into a String can't fail.
        let _ = write!(value, "{}", Ipv6Addr::from_bits(address));
        return;
    }
    for (place, group) in groups.into_iter().enumerate() {
        if place > 0 {
            value.push(':');
        }
        push_ascii(value, hex::<4>(group.into()), (group.leading_zeros() / 4).min(3) as usize);
    }
}

/// The lowest `N` hexadecimal digits of a number, in lower case.
#[inline]
fn hex<const N: usize>(number: u64) -> [u8; N] {
    std::array::from_fn(|place| {
        let digit = (number >> (4 * (N - 1 - place)) & 0xf) as u8;
        if digit < 10 { b'0' + digit } else { b'a' - 10 + digit }
    })
}

/// Addresses that no maker of cards has: unicast, with the bit of local administration set (IEEE 802, section 8.4).
pub(in crate::transform::fake) const MAC: Coded = Coded::new(1 << 46, |number, value| {
    // The two fixed bits of the first byte stand between the 6 high and the 40 low ones.
    let bits = number >> 40 << 42 | 2 << 40 | number & ((1 << 40) - 1);
    let digits: [u8; 12] = hex(bits);
    let address: [u8; 17] = std::array::from_fn(|place| if place % 3 == 2 { b':' } else { digits[place - place / 3] });
    push_ascii(value, address, 0);
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
        let high = hex::<16>(high & !0xf000 | 0x4000);
        let low = hex::<16>((0x8000 | sequence) << 48 | node);
        let mut uuid = [b'-'; 36];
        for (to, from) in
            [(0..8, &high[..8]), (9..13, &high[8..12]), (14..18, &high[12..]), (19..23, &low[..4]), (24..36, &low[4..])]
        {
            uuid[to].copy_from_slice(from);
        }
        push_ascii(value, uuid, 0);
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
        push_base36::<{ PATH as usize }>(value, draw.turned(Word::First, self.turns()));
    }

    fn turns(&self) -> u64 {
        36u64.pow(PATH)
    }
}
