//! MAC addresses: 48 bits, of which the first 24 are the vendor's (IEEE 802, "OUI").

use crate::key::{Keyring, Permutation, Prf, Purpose};

/// The bits of the first octet that say whether an address is one of a group, and whether it is administered locally.
const GROUP: u64 = 1;
const LOCAL: u64 = 2;

const BROADCAST: u64 = (1 << 48) - 1;

/// How a MAC address is written: twelve hexadecimal digits in groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Notation {
    /// What stands between the groups, if there is more than one.
    separator: Option<u8>,
    /// How many digits a group has.
    group: usize,
    upper: bool,
}

/// Reads `00:1b:44:11:3a:b7`, `00-1B-44-11-3A-B7`, `001b.4411.3ab7` or `001B44113AB7`, the letters of one case.
#[inline]
pub(super) fn read(text: &[u8]) -> Option<(u64, Notation)> {
    let (separator, group) = match *text {
        [_, _, separator @ (b':' | b'-'), ..] if text.len() == 17 => (Some(separator), 2),
        [_, _, _, _, b'.', ..] if text.len() == 14 => (Some(b'.'), 4),
        _ if text.len() == 12 => (None, 12),
        _ => return None,
    };
    let (mut address, mut lower, mut upper) = (0u64, false, false);
    for (place, byte) in text.iter().enumerate() {
        if separator.is_some() && place % (group + 1) == group {
            if Some(*byte) != separator {
                return None;
            }
            continue;
        }
        lower |= byte.is_ascii_lowercase();
        upper |= byte.is_ascii_uppercase();
        address = address << 4 | u64::from(char::from(*byte).to_digit(16)?);
    }
    (!(lower && upper)).then_some((address, Notation { separator, group, upper }))
}

/// Appends an address as the notation has it.
#[inline]
pub(super) fn write(address: u64, notation: Notation, text: &mut String) {
    for place in 0..12 {
        if let Some(separator) = notation.separator
            && place > 0
            && place % notation.group == 0
        {
            text.push(char::from(separator));
        }
        let digit = char::from_digit((address >> (44 - 4 * place) & 15) as u32, 16).unwrap_or('0');
        text.push(if notation.upper { digit.to_ascii_uppercase() } else { digit });
    }
}

/// A permutation of MAC addresses. The broadcast address and that of all zeros, which belong to no device, stay.
pub(super) struct Hardware {
    keep_vendor: bool,
    permutation: Permutation,
    /// Turns the permutation into another for every part of an address that stays.
    tweak: Prf,
}

impl Hardware {
    pub(super) fn new(keys: &Keyring, keep_vendor: bool) -> Self {
        let (context, bits) = if keep_vendor { ("device", 24) } else { ("address", 46) };
        Self {
            keep_vendor,
            permutation: keys.permutation(Purpose::Hardware, context, (1 << bits) - 1),
            tweak: keys.prf(Purpose::Hardware, if keep_vendor { "vendor" } else { "kind" }),
        }
    }

    /// The image of an address. With the vendor, the first 24 bits stay; without it, all bits change but the one that
    /// says whether the address is one of a group, and the image is administered locally: no vendor has it.
    #[inline]
    pub(super) fn image(&self, address: u64) -> u64 {
        if address == 0 || address == BROADCAST {
            return address;
        }
        let octet = address >> 40;
        if self.keep_vendor {
            let (vendor, device) = (address >> 24, address & 0xff_ffff);
            return vendor << 24 | self.permute(device, 24, vendor);
        }
        let free = (octet >> 2) << 40 | address & 0xff_ffff_ffff;
        let image = self.permute(free, 46, octet & (LOCAL | GROUP));
        (image >> 40 << 2 | LOCAL | octet & GROUP) << 40 | image & 0xff_ffff_ffff
    }

    #[inline]
    fn permute(&self, number: u64, bits: u32, stays: u64) -> u64 {
        let tweak = self.tweak.choice(&stays.to_be_bytes()) >> (64 - bits);
        let mut numbers = [u128::from(number ^ tweak)];
        self.permutation.apply(&mut numbers);
        let [image] = numbers;
        image as u64
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::key::{Key, Suite};

    fn hardware(keep_vendor: bool) -> Hardware {
        Hardware::new(&Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256), keep_vendor)
    }

    #[test]
    fn notations_are_read_and_written_alike() {
        for text in [
            "00:1b:44:11:3a:b7",
            "00:1B:44:11:3A:B7",
            "00-1b-44-11-3a-b7",
            "001b.4411.3ab7",
            "001B.4411.3AB7",
            "001b44113ab7",
        ] {
            let (address, notation) = read(text.as_bytes()).unwrap();
            assert_eq!(address, 0x1b_4411_3ab7, "{text}");
            let mut written = String::new();
            write(address, notation, &mut written);
            assert_eq!(written, text);
        }
        for text in [
            "",
            "00:1b:44:11:3a",
            "00:1b:44:11:3a:b7:00",
            "00:1b-44:11:3a:b7",
            "00:1b:44:11:3a:g7",
            "0:01b:44:11:3a:b7",
            "00:1b:44:11:3A:b7",
            "001b:4411:3ab7",
            "001b.4411:3ab7",
            "001b44113ab",
            "001b44113ab77",
            "+01b44113ab7",
            "00 1b 44 11 3a b7",
            "éé:1b:44:11:3a",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn the_vendor_stays_or_the_image_is_of_none() {
        let (vendor, free) = (hardware(true), hardware(false));
        for step in 1..2_000u64 {
            let address = step.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16;
            assert_eq!(vendor.image(address) >> 24, address >> 24, "{address:x}");
            let image = free.image(address);
            assert_eq!(image >> 40 & LOCAL, LOCAL, "{address:x}");
            assert_eq!((image >> 40 & GROUP, image >> 48), (address >> 40 & GROUP, 0), "{address:x}");
        }
        for address in [0, BROADCAST] {
            assert_eq!((vendor.image(address), free.image(address)), (address, address));
        }
    }

    #[test]
    fn no_two_devices_become_one_and_vendors_have_permutations_of_their_own() {
        let vendor = hardware(true);
        let images: BTreeSet<u64> = (0..50_000).map(|device| vendor.image(0x1b44 << 24 | device)).collect();
        assert_eq!(images.len(), 50_000);
        let device = |oui: u64| vendor.image(oui << 24 | 0x11_3ab7) & 0xff_ffff;
        assert_eq!((0..100).map(device).collect::<BTreeSet<_>>().len(), 100);
        let free = hardware(false);
        let images: BTreeSet<u64> = (1..50_000).map(|address| free.image(address << 20)).collect();
        assert_eq!(images.len(), 49_999);
    }
}
