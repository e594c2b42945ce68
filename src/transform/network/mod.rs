//! `network`: addresses of networks. Of an IP address only the network stays, or it becomes another so that networks
//! stay together; a MAC address becomes another, of the same vendor or of none.

mod address;
mod hardware;

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

use arrow::array::ArrayRef;

use super::text::rewrite_text;
use super::{
    Bound, Complaint, Example, Facts, Makes, Parameter, Params, Properties, Recipe, Refusal, Rewritten, Rows, Site,
    Transform, TransformKind, Weakness, is_text, strength,
};
use crate::error::Result;
use crate::key::{Keyring, PrefixCipher, Purpose};
use crate::unchecked::TextBuilder;
use address::{MAPPED, SPECIAL_V4, SPECIAL_V6, first_of_v4, fixed_by, read_v4, v4_inside, written_v4};
use hardware::Hardware;

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
        "of an IP address only the network stays, or its place among networks; a MAC address becomes another"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "keep",
                takes: "a count of bits, 0 to 31",
                what: "how many bits of an IPv4 address stay; 24 by default. The others become zero",
            },
            Parameter {
                name: "keep_v6",
                takes: "a count of bits, 0 to 127",
                what: "how many bits of an IPv6 address stay; 48 by default",
            },
            Parameter {
                name: "preserve",
                takes: "\"prefix\"",
                what: "instead of these: addresses become others, no two the same one, and two that share their first \
                       bits share as many afterwards (Crypto-PAn, with AES-256)",
            },
            Parameter {
                name: "keep_special",
                takes: "true or false",
                what: "with `preserve`, whether private, loopback, link-local and multicast addresses become such, and \
                       no others do; false by default",
            },
            Parameter {
                name: "keep_vendor",
                takes: "true or false",
                what: "treats MAC addresses too, each in its own notation: the first half stays, or all changes and the \
                       address is marked as no vendor's. Without this, a MAC address does not conform",
            },
        ]
    }

    fn makes(&self) -> Makes {
        Makes::Networks
    }

    fn properties(&self) -> Properties {
        Properties {
            leaks: "the network that each IP address lies in, or how networks lie in each other; the vendor of a MAC \
                    address; where a key is used, everything to who holds it",
            ..PROPERTIES
        }
    }

    fn example(&self) -> Example {
        Example { rule: r#"{ do = "network", keep = 24 }"#, source: "198.51.100.23", result: Some("198.51.100.0") }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let preserve = params.word("preserve", &[("prefix", ())]);
        let keep_special = params.boolean("keep_special");
        let keep_vendor = params.boolean("keep_vendor").map(|(_, keep_vendor)| keep_vendor);
        let prefix = params.has("preserve");
        if let (Some((span, _)), false) = (&keep_special, prefix) {
            let message = "`keep_special` goes with `preserve`, and this rule has none";
            params.complain(Complaint::new(span.clone(), message).help("write `preserve = \"prefix\"` beside it"));
        }
        for name in ["keep", "keep_v6"] {
            if prefix && params.has(name) {
                let message = format!("`{name}` cuts addresses, and `preserve` does not");
                let complaint = Complaint::new(params.place(name), message).help("write one of the two");
                params.complain(complaint);
            }
        }
        let mut bits = |name, most, default| match params.integer(name, 0, most) {
            Some((_, bits)) => Some(bits as u32),
            None => (!params.has(name)).then_some(default as u32),
        };
        let (keep, keep_v6) = (bits("keep", 31, KEEP), bits("keep_v6", 127, KEEP_V6));
        let method = if prefix {
            preserve?;
            Method::Prefix { keep_special: keep_special.is_some_and(|(_, keep_special)| keep_special) }
        } else {
            Method::Cut(Cut { keep: keep?, keep_v6: keep_v6? })
        };
        Some(Box::new(NetworkRecipe { method, keep_vendor }))
    }
}

#[derive(Debug)]
struct NetworkRecipe {
    method: Method,
    /// Whether the vendors of MAC addresses stay, if these are treated.
    keep_vendor: Option<bool>,
}

/// What becomes of IP addresses.
#[derive(Debug, Clone, Copy)]
enum Method {
    Cut(Cut),
    Prefix { keep_special: bool },
}

impl Recipe for NetworkRecipe {
    fn properties(&self) -> Properties {
        let leaks = match (self.method, self.keep_vendor) {
            (Method::Cut(_), None | Some(false)) => PROPERTIES.leaks,
            (Method::Cut(_), Some(true)) => {
                "the network that each IP address lies in, and the vendor of each MAC address"
            }
            (Method::Prefix { keep_special: false }, None | Some(false)) => {
                "how many of their first bits any two addresses share"
            }
            (Method::Prefix { keep_special: false }, Some(true)) => {
                "how many of their first bits any two IP addresses share, and the vendor of each MAC address"
            }
            (Method::Prefix { keep_special: true }, None | Some(false)) => {
                "how many of their first bits any two addresses share, and with a private or another special range; \
                 those bits, and the one after them, are the source's"
            }
            (Method::Prefix { keep_special: true }, Some(true)) => {
                "how many of their first bits any two IP addresses share, and with a private or another special range \
                 (those bits, and the one after them, are the source's), and the vendor of each MAC address"
            }
        };
        Properties { leaks, ..PROPERTIES }
    }

    fn weaknesses(&self, _: &Facts) -> Vec<Weakness> {
        let Method::Cut(Cut { keep, keep_v6 }) = self.method else { return Vec::new() };
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
        of(keep, KEEP, 32, "IPv4").into_iter().chain(of(keep_v6, KEEP_V6, 128, "IPv6")).collect()
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        if !is_text(site.data_type) {
            return Err(Refusal::of_type("network", site, "IP and MAC addresses in text"));
        }
        let hardware = self.keep_vendor.map(|keep_vendor| Hardware::new(site.keys, keep_vendor));
        Ok(match self.method {
            Method::Cut(ip) => Bound::same_type(site, Kernel { ip, hardware }),
            Method::Prefix { keep_special } => {
                Bound::same_type(site, Kernel { ip: Prefix::new(site.keys, keep_special), hardware })
            }
        })
    }
}

/// What is done to IP addresses.
trait Addresses: Send + Sync {
    fn v4(&self, address: u32) -> u32;

    /// The same of an IPv6 address that is none of IPv4 mapped into IPv6.
    fn v6(&self, address: Ipv6Addr) -> Ipv6Addr;
}

/// Addresses in text. IPv4 is read and written as four decimal numbers without leading zeros, IPv6 in any notation of
/// RFC 4291 and written in that of RFC 5952; `::ffff:a.b.c.d` is treated as IPv4 in its own notation.
struct Kernel<A> {
    ip: A,
    hardware: Option<Hardware>,
}

impl<A: Addresses> Transform for Kernel<A> {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let mut written = String::new();
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            if let Some(address) = read_v4(value.as_bytes()) {
                let (text, length) = written_v4(self.ip.v4(address));
                builder.push_ascii(text, length);
                return true;
            }
            written.clear();
            let conforms = self.rewrite(value, &mut written).is_some();
            if conforms {
                builder.push(&written);
            }
            conforms
        })
    }
}

impl<A: Addresses> Kernel<A> {
    /// Rewrites what is no IPv4 address.
    fn rewrite(&self, value: &str, written: &mut String) -> Option<()> {
        if let Some(hardware) = &self.hardware
            && let Some((address, notation)) = hardware::read(value.as_bytes())
        {
            hardware::write(hardware.image(address), notation, written);
            return Some(());
        }
        let address: Ipv6Addr = value.parse().ok()?;
        let image = match address.to_ipv4_mapped() {
            Some(mapped) => Ipv4Addr::from_bits(self.ip.v4(mapped.to_bits())).to_ipv6_mapped(),
            None => self.ip.v6(address),
        };
        write!(written, "{image}").ok()
    }
}

/// Only the first bits stay. An IPv6 address that has an IPv4 address in it keeps no more of that than an IPv4 address
/// would: at most `keep` bits stay behind the place where the IPv4 address begins.
#[derive(Debug, Clone, Copy)]
struct Cut {
    keep: u32,
    keep_v6: u32,
}

impl Addresses for Cut {
    #[inline]
    fn v4(&self, address: u32) -> u32 {
        address & first_of_v4(self.keep)
    }

    #[inline]
    fn v6(&self, address: Ipv6Addr) -> Ipv6Addr {
        let keep = v4_inside(address).map_or(self.keep_v6, |start| self.keep_v6.min(start + self.keep));
        Ipv6Addr::from_bits(address.to_bits() & u128::MAX.checked_shl(128 - keep).unwrap_or(0))
    }
}

/// Addresses become others, and prefixes stay together. A range that has to become itself does so because, along the
/// way to it, no bit is flipped; so what comes of it is still a permutation that keeps prefixes.
struct Prefix {
    v4: PrefixCipher,
    v6: PrefixCipher,
    keep_special: bool,
}

impl Prefix {
    fn new(keys: &Keyring, keep_special: bool) -> Self {
        let cipher = |version| keys.prefix_cipher(Purpose::Prefix, version);
        Self { v4: cipher("ipv4"), v6: cipher("ipv6"), keep_special }
    }
}

impl Addresses for Prefix {
    #[inline]
    fn v4(&self, address: u32) -> u32 {
        let wide = u128::from(address) << 96;
        let fixed = if self.keep_special { fixed_by(SPECIAL_V4, wide) } else { 0 };
        address ^ ((self.v4.flips(wide, 32) >> 96) as u32 & !first_of_v4(fixed))
    }

    #[inline]
    fn v6(&self, address: Ipv6Addr) -> Ipv6Addr {
        let bits = address.to_bits();
        let fixed = fixed_by(if self.keep_special { SPECIAL_V6 } else { MAPPED }, bits);
        Ipv6Addr::from_bits(bits ^ (self.v6.flips(bits, 128) & u128::MAX.checked_shr(fixed).unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests;
