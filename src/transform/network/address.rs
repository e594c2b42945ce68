//! IP addresses in text, the networks they lie in, and the ranges of them that mean something.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The mask of the first bits of an IPv4 address.
#[inline]
pub(super) fn first_of_v4(bits: u32) -> u32 {
    u32::MAX.checked_shl(32 - bits).unwrap_or(0)
}

/// The bit at which an IPv4 address begins in an IPv6 address: after the prefix of 6to4 (RFC 3056), and at the end of
/// an address of Teredo (RFC 4380), of a translator (RFC 6052), or compatible with IPv4 (RFC 4291).
pub(super) fn v4_inside(address: Ipv6Addr) -> Option<u32> {
    match address.segments() {
        [0x2002, ..] => Some(16),
        [0x2001, 0, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] | [0, 0, 0, 0, 0, 0, ..] => Some(96),
        _ => None,
    }
}

/// Each byte of 16 the same.
const fn each(byte: u8) -> u128 {
    u128::from_ne_bytes([byte; 16])
}

/// Reads four decimal numbers up to 255, without leading zeros and with a point between each two.
///
/// All bytes are looked at together: how long each number is can't be foreseen, and a step a byte waits for it.
#[inline]
pub(super) fn read_v4(text: &[u8]) -> Option<u32> {
    const LOW: u128 = each(0x7f);
    let length = text.len();
    if length > 15 {
        return None;
    }
    let text = match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => {
            u128::from(u64::from_le_bytes(*first)) | u128::from(u64::from_le_bytes(*last)) << (8 * (length - 8))
        }
        _ => text.iter().rev().fold(0, |text, byte| text << 8 | u128::from(*byte)),
    };
    // With a point behind the last number, too.
    let text = text | u128::from(b'.') << (8 * length);
    // The topmost bit of each byte tells what it is not: a point, a digit.
    let other = text ^ each(b'.');
    let mut points = !(((other & LOW) + LOW) | other) & !LOW;
    let digits = text ^ each(b'0');
    let others = (((digits & LOW) + each(0x7f - 9)) | digits) & !LOW & (u128::MAX >> (120 - 8 * length));
    let (mut address, mut start, mut sound) = (0, 0, others == points);
    for _ in 0..4 {
        let end = points.trailing_zeros() / 8;
        points &= points.wrapping_sub(1);
        let digits_here = end.wrapping_sub(start);
        // Its last digit is the topmost byte.
        let number =
            ((digits >> ((8 * start) & 127)) as u32).wrapping_shl(4_u32.wrapping_sub(digits_here).wrapping_mul(8));
        let [_, hundreds, tens, ones] = number.to_le_bytes().map(u32::from);
        let number = 100 * hundreds + 10 * tens + ones;
        // Without a leading zero, a number has as many digits as it needs.
        let needed = 1 + u32::from(number > 9) + u32::from(number > 99);
        sound &= digits_here == needed && number <= 255;
        address = address << 8 | number;
        start = end + 1;
    }
    (sound && points == 0 && start as usize == length + 1).then_some(address)
}

/// The decimal notation of each number with a point behind it, and how long that is.
const NUMBERS: [([u8; 4], usize); 256] = {
    let mut numbers = [([0; 4], 0); 256];
    let mut number = 0;
    while number < 256 {
        let digits = [b'0' + (number / 100) as u8, b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8];
        numbers[number] = match number {
            0..10 => ([digits[2], b'.', 0, 0], 2),
            10..100 => ([digits[1], digits[2], b'.', 0], 3),
            _ => ([digits[0], digits[1], digits[2], b'.'], 4),
        };
        number += 1;
    }
    numbers
};

/// Four decimal numbers, and how long they are together with the points between them.
#[inline]
pub(super) fn written_v4(address: u32) -> ([u8; 16], usize) {
    let mut text = [0; 16];
    let mut end = 0;
    for number in address.to_be_bytes() {
        let (digits, length) = &NUMBERS[usize::from(number)];
        text[end..end + 4].copy_from_slice(digits);
        end += length;
    }
    (text, end - 1)
}

/// A range of addresses: how they begin, from the most significant bit on, and how many bits of that count.
pub(super) type Range = (u128, u32);

const fn v4(first: Ipv4Addr, bits: u32) -> Range {
    ((first.to_bits() as u128) << 96, bits)
}

const fn v6(first: Ipv6Addr, bits: u32) -> Range {
    (first.to_bits(), bits)
}

/// The IPv4 addresses that are no one's in particular: private (RFC 1918), loopback (RFC 1122), link-local (RFC 3927)
/// and multicast (RFC 5771).
pub(super) const SPECIAL_V4: &[Range] = &[
    v4(Ipv4Addr::new(10, 0, 0, 0), 8),
    v4(Ipv4Addr::new(127, 0, 0, 0), 8),
    v4(Ipv4Addr::new(169, 254, 0, 0), 16),
    v4(Ipv4Addr::new(172, 16, 0, 0), 12),
    v4(Ipv4Addr::new(192, 168, 0, 0), 16),
    v4(Ipv4Addr::new(224, 0, 0, 0), 4),
];

/// The IPv6 addresses that hold an IPv4 address (RFC 4291, section 2.5.5.2): they are treated as that.
pub(super) const MAPPED: &[Range] = &[v6(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96)];

/// The same of IPv6, and the mapped ones: unspecified, loopback, link-local and multicast (RFC 4291), unique local
/// (RFC 4193).
pub(super) const SPECIAL_V6: &[Range] = &[
    MAPPED[0],
    v6(Ipv6Addr::UNSPECIFIED, 128),
    v6(Ipv6Addr::LOCALHOST, 128),
    v6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
    v6(Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8),
    v6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
];

/// How many bits of an address must stay for every range to become itself: as many as it shares with one, and the next,
/// by which it leaves that.
pub(super) fn fixed_by(ranges: &[Range], address: u128) -> u32 {
    let fixed = |(first, bits): &Range| ((address ^ first).leading_zeros() + 1).min(*bits);
    ranges.iter().map(fixed).max().unwrap_or(0)
}
