use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

use arrow::array::ArrayRef;

use super::text::rewrite_text;
use super::{
    Bound, Example, Facts, Parameter, Params, Properties, Recipe, Refusal, Rewritten, Rows, Site, Transform,
    TransformKind, Weakness, is_text, strength,
};
use crate::error::Result;
use crate::unchecked::TextBuilder;

/// `network`: of an IP address, only the network stays.
pub(super) struct Network;

/// How many bits of an address stay where the rule does not say.
const KEEP: i64 = 24;
const KEEP_V6: i64 = 48;

const PROPERTIES: Properties = Properties {
    deterministic: true,
    reversible: false,
    unique: false,
    keeps_length: false,
    keeps_type: true,
    keeps_format: true,
    always_differs: false,
    leaks: "the network that each address lies in",
};

impl TransformKind for Network {
    fn name(&self) -> &'static str {
        "network"
    }

    fn summary(&self) -> &'static str {
        "of an IP address only the network stays, the other bits become zero"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "keep",
                takes: "a count of bits, 0 to 31",
                what: "how many bits of an IPv4 address stay; 24 by default",
            },
            Parameter {
                name: "keep_v6",
                takes: "a count of bits, 0 to 127",
                what: "how many bits of an IPv6 address stay; 48 by default",
            },
        ]
    }

    fn properties(&self) -> Properties {
        PROPERTIES
    }

    fn example(&self) -> Example {
        Example { rule: r#"{ do = "network", keep = 24 }"#, source: "198.51.100.23", result: Some("198.51.100.0") }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let mut bits = |name, most, default| match params.integer(name, 0, most) {
            Some((_, bits)) => Some(bits as u32),
            None => (!params.has(name)).then_some(default as u32),
        };
        let (keep, keep_v6) = (bits("keep", 31, KEEP), bits("keep_v6", 127, KEEP_V6));
        Some(Box::new(NetworkRecipe { keep: keep?, keep_v6: keep_v6? }))
    }
}

/// IP addresses in text. IPv4 is read and written as four decimal numbers without leading zeros, IPv6 in any notation
/// of RFC 4291 and written in that of RFC 5952.
///
/// An IPv6 address that has an IPv4 address in it keeps no more of that than an IPv4 address would: `::ffff:a.b.c.d`
/// is treated as IPv4 in its own notation, and of the other kinds at most `keep` bits stay behind the place where the
/// IPv4 address begins.
#[derive(Debug, Clone)]
struct NetworkRecipe {
    keep: u32,
    keep_v6: u32,
}

impl Recipe for NetworkRecipe {
    fn properties(&self) -> Properties {
        PROPERTIES
    }

    fn weaknesses(&self, _: &Facts) -> Vec<Weakness> {
        let of = |kept: u32, most: i64, bits: u32, kind| {
            (i64::from(kept) > most).then(|| {
                let addresses = strength::about(2f64.powi((bits - kept) as i32));
                let message = format!(
                    "an {kind} network of {kept} bits has {addresses} addresses, which may all be one customer's"
                );
                Weakness::new(
                    message,
                    "keep fewer bits: 24 of IPv4 and 48 of IPv6, the default, are what one provider has",
                )
            })
        };
        of(self.keep, KEEP, 32, "IPv4").into_iter().chain(of(self.keep_v6, KEEP_V6, 128, "IPv6")).collect()
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        if !is_text(site.data_type) {
            return Err(Refusal::of_type("network", site, "IP addresses in text"));
        }
        Ok(Bound::same_type(site, self.clone()))
    }
}

impl Transform for NetworkRecipe {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let mut written = String::new();
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            written.clear();
            let conforms = self.rewrite(value, &mut written).is_some();
            if conforms {
                builder.push(&written);
            }
            conforms
        })
    }
}

impl NetworkRecipe {
    #[inline]
    fn rewrite(&self, value: &str, written: &mut String) -> Option<()> {
        if let Some(address) = read_v4(value.as_bytes()) {
            let [a, b, c, d] = (address & first_of_v4(self.keep)).to_be_bytes();
            write_number(a, written);
            for number in [b, c, d] {
                written.push('.');
                write_number(number, written);
            }
            return Some(());
        }
        let address: Ipv6Addr = value.parse().ok()?;
        let network = match (address.to_ipv4_mapped(), v4_inside(address)) {
            (Some(mapped), _) => Ipv4Addr::from_bits(mapped.to_bits() & first_of_v4(self.keep)).to_ipv6_mapped(),
            (None, start) => {
                let keep = start.map_or(self.keep_v6, |start| self.keep_v6.min(start + self.keep));
                Ipv6Addr::from_bits(address.to_bits() & u128::MAX.checked_shl(128 - keep).unwrap_or(0))
            }
        };
        write!(written, "{network}").ok()
    }
}

/// The mask of the first bits of an IPv4 address.
#[inline]
fn first_of_v4(bits: u32) -> u32 {
    u32::MAX.checked_shl(32 - bits).unwrap_or(0)
}

/// The bit at which an IPv4 address begins in an IPv6 address: after the prefix of 6to4 (RFC 3056), and at the end of
/// an address of Teredo (RFC 4380), of a translator (RFC 6052), or compatible with IPv4 (RFC 4291).
fn v4_inside(address: Ipv6Addr) -> Option<u32> {
    match address.segments() {
        [0x2002, ..] => Some(16),
        [0x2001, 0, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] | [0, 0, 0, 0, 0, 0, ..] => Some(96),
        _ => None,
    }
}

/// Reads four decimal numbers up to 255, without leading zeros and with a point between each two.
#[inline]
fn read_v4(text: &[u8]) -> Option<u32> {
    let (mut address, mut number, mut digits, mut points) = (0u32, 0u32, 0, 0);
    for byte in text {
        match byte.wrapping_sub(b'0') {
            digit @ 0..=9 => {
                let leading_zero = digits > 0 && number == 0;
                number = 10 * number + u32::from(digit);
                digits += 1;
                if leading_zero || number > 255 {
                    return None;
                }
            }
            _ if *byte == b'.' && digits > 0 && points < 3 => {
                address = address << 8 | number;
                (number, digits) = (0, 0);
                points += 1;
            }
            _ => return None,
        }
    }
    (points == 3 && digits > 0).then_some(address << 8 | number)
}

#[inline]
fn write_number(number: u8, text: &mut String) {
    let digit = |number: u8| char::from(b'0' + number % 10);
    if number >= 100 {
        text.push(digit(number / 100));
    }
    if number >= 10 {
        text.push(digit(number / 10));
    }
    text.push(digit(number));
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;
    use std::sync::Arc;

    use arrow::array::{AsArray, StringViewArray};
    use arrow::datatypes::DataType;

    use super::*;
    use crate::transform::Value;
    use crate::transform::trial::{bind, complaints, run, run_texts};

    fn keep(v4: i64, v6: i64) -> [(&'static str, Value); 2] {
        [("keep", Value::Integer(v4)), ("keep_v6", Value::Integer(v6))]
    }

    #[test]
    fn addresses_become_their_networks() {
        for (parameters, address, expected) in [
            (vec![], "198.51.100.23", Some("198.51.100.0")),
            (vec![], "2001:db8:aaaa:bbbb:cccc::1", Some("2001:db8:aaaa::")),
            (vec![], "2001:0DB8:AAAA:BBBB:CCCC:0000:0000:0001", Some("2001:db8:aaaa::")),
            (vec![], "::ffff:198.51.100.23", Some("::ffff:198.51.100.0")),
            (vec![], "::FFFF:C633:6417", Some("::ffff:198.51.100.0")),
            (vec![], "::1", Some("::")),
            (vec![], "fe80::1", Some("fe80::")),
            (vec![], "64:ff9b::198.51.100.23", Some("64:ff9b::")),
            (vec![], "2002:c633:6417::1", Some("2002:c633:6400::")),
            (keep(8, 20).to_vec(), "2002:c633:6417::1", Some("2002:c000::")),
            (keep(8, 127).to_vec(), "2002:c633:6417::1", Some("2002:c600::")),
            (keep(8, 127).to_vec(), "64:ff9b::198.51.100.23", Some("64:ff9b::c600:0")),
            (keep(8, 127).to_vec(), "2001:0:4136:e378:8000:63bf:39cc:9be8", Some("2001:0:4136:e378:8000:63bf:3900:0")),
            (keep(8, 127).to_vec(), "::198.51.100.23", Some("::c600:0")),
            (keep(0, 0).to_vec(), "255.255.255.255", Some("0.0.0.0")),
            (keep(0, 0).to_vec(), "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Some("::")),
            (keep(31, 127).to_vec(), "255.255.255.255", Some("255.255.255.254")),
            (keep(31, 127).to_vec(), "2001:db8:0:0:1:0:0:1", Some("2001:db8:0:0:1::")),
            (keep(20, 64).to_vec(), "10.20.255.9", Some("10.20.240.0")),
            (vec![], "", None),
            (vec![], "localhost", None),
            (vec![], "198.51.100", None),
            (vec![], "198.51.100.256", None),
            (vec![], "198.51.100.023", None),
            (vec![], "198.51.100.23.4", None),
            (vec![], "198.51..23", None),
            (vec![], "198.51.100.", None),
            (vec![], ".51.100.23", None),
            (vec![], "198.51.100.23 ", None),
            (vec![], "198.51.100.23:80", None),
            (vec![], "198.51.100.0/24", None),
            (vec![], "[::1]", None),
            (vec![], "fe80::1%eth0", None),
            (vec![], "1.2.3.99999999999", None),
            (vec![], "٣.1.1.1", None),
        ] {
            let made = run_texts(&Network, &parameters, &[address]);
            assert_eq!(made, [expected.map(str::to_owned)], "{address} {parameters:?}");
        }
    }

    #[test]
    fn agrees_with_the_standard_library_on_what_an_address_is() {
        let pieces = ["0", "1", "00", "9", "10", "99", "100", "199", "200", "255", "256", "1000", "", "-1", "a"];
        for place in 0..pieces.len().pow(3) {
            let [a, b, c] = [1, pieces.len(), pieces.len().pow(2)].map(|weight| pieces[place / weight % pieces.len()]);
            for text in [format!("{a}.{b}.{c}.7"), format!("7.{a}.{b}.{c}"), format!("{a}.{b}.{c}")] {
                assert_eq!(read_v4(text.as_bytes()), text.parse().ok().map(Ipv4Addr::to_bits), "{text}");
            }
        }
    }

    #[test]
    fn the_bits_that_stay_are_those_of_the_address_and_the_others_are_zero() {
        for bits in 0..32u32 {
            let address = Ipv4Addr::from_bits(0xdead_beef_u32.rotate_left(bits));
            let made = run_texts(&Network, &keep(bits.into(), 48), &[&address.to_string()]);
            let network: Ipv4Addr = made[0].as_ref().unwrap().parse().unwrap();
            let differing = (0..32).filter(|bit| (address.to_bits() ^ network.to_bits()) >> (31 - bit) & 1 == 1);
            assert!(differing.clone().all(|bit| bit >= bits), "{address} {bits}");
            assert!(network.to_bits().trailing_zeros() >= 32 - bits);
        }
        for bits in 0..128u32 {
            let address =
                Ipv6Addr::from_bits((0xdead_beef_0123_4567_89ab_cdef_f00d_cafe_u128).rotate_left(bits) | 1 << 127);
            let made = run_texts(&Network, &keep(24, bits.into()), &[&address.to_string()]);
            let network: Ipv6Addr = made[0].as_ref().unwrap().parse().unwrap();
            assert_eq!(network.to_bits().checked_shr(128 - bits), address.to_bits().checked_shr(128 - bits));
            assert!(network.to_bits().trailing_zeros() >= 128 - bits);
            assert_eq!(made[0].as_ref().unwrap(), &IpAddr::from(network).to_string());
        }
    }

    #[test]
    fn nulls_stay_and_what_is_no_address_is_null() {
        let made = run(&Network, &[], Arc::new(StringViewArray::from(vec![None, Some("?"), Some("198.51.100.23")])));
        assert_eq!(made.invalid, [1]);
        assert_eq!(made.values.as_string_view().iter().collect::<Vec<_>>(), [None, None, Some("198.51.100.0")]);
    }

    #[test]
    fn mistakes_are_told() {
        assert_eq!(complaints(&Network, &keep(32, 48)).len(), 1);
        assert_eq!(complaints(&Network, &keep(24, 128)).len(), 1);
        assert_eq!(complaints(&Network, &keep(-1, 200)).len(), 2);
        assert!(bind(&Network, &[], &DataType::UInt32, None).is_err());
    }
}
