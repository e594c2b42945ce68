use std::net::{Ipv4Addr, Ipv6Addr};

use memchr::memchr_iter;

use super::text::class;
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Text};

/// IP addresses of both versions.
pub(super) struct Ip;

/// Words before four numbers that make them a version.
const VERSION: &[&str] = &["v", "ver", "version", "release", "rel", "build", "oid", "firmware", "section", "chapter"];

impl Detector for Ip {
    fn name(&self) -> &'static str {
        "ip"
    }

    fn entity(&self) -> Entity {
        Entity::Ip
    }

    fn summary(&self) -> &'static str {
        "IPv4 and IPv6 addresses; possible only if private, kept for a purpose, or as small as a version number"
    }

    fn example(&self) -> &'static str {
        "86.121.97.248"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["ip", "ip address", "ipv4", "ipv6", "ip addr", "client ip", "remote addr", "remote address", "last ip"]
    }

    fn words(&self) -> &'static [&'static str] {
        &["ip", "ipv4", "ipv6", "ip address", "address", "host", "client", "client_ip", "server", "subnet", "from"]
    }

    fn needs(&self) -> Needs {
        Needs { any: class::POINT | class::COLON, length: 4, digits: 1, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        if text.survey.classes & class::POINT != 0 && text.survey.digits >= 4 {
            for run in text.runs {
                if run.is_number() && run.len() <= 3 && text.at(run.end) == b'.' {
                    version_4(text, run.start).into_iter().for_each(|candidate| found.tell(candidate));
                }
            }
        }
        if text.survey.classes & class::COLON != 0 {
            let mut end = 0;
            for colon in memchr_iter(b':', text.bytes()) {
                if colon >= end
                    && let Some((looked_at, candidate)) = version_6(text, colon)
                {
                    end = looked_at;
                    candidate.into_iter().for_each(|candidate| found.tell(candidate));
                }
            }
        }
    }
}

/// The IPv4 address that starts at a place.
fn version_4(text: &Text<'_>, start: usize) -> Option<Candidate> {
    let before = text.before(start);
    let joined = matches!(before, b'.' | b'-' | b'+') && start >= 2 && text.at(start - 2).is_ascii_alphanumeric();
    if joined || before.is_ascii_alphanumeric() || before == b'_' {
        return None;
    }
    let (mut octets, mut place) = ([0u8; 4], start);
    for (number, octet) in octets.iter_mut().enumerate() {
        if number > 0 {
            if text.at(place) != b'.' {
                return None;
            }
            place += 1;
        }
        let (mut value, first) = (0u32, place);
        while text.at(place).is_ascii_digit() {
            value = 10 * value + u32::from(text.at(place) - b'0');
            place += 1;
            if place > first + 3 {
                return None;
            }
        }
        if place == first || place > first + 1 && text.at(first) == b'0' {
            return None;
        }
        *octet = u8::try_from(value).ok()?;
    }
    let (after, beyond) = (text.at(place), text.at(place + 1));
    if after.is_ascii_alphanumeric()
        || after == b'_'
        || matches!(after, b'.' | b'-' | b'+') && beyond.is_ascii_alphanumeric()
    {
        return None;
    }
    let address = Ipv4Addr::from(octets);
    let large = octets.iter().filter(|octet| **octet >= 100).count();
    let (special, version) = (is_special(address), is_version(text, start));
    let evidence = if special || version {
        Evidence::Capped
    } else if (large >= 2 || large == 1 && octets[0] > 10) && octets.iter().skip(1).all(|octet| *octet != 0) {
        Evidence::Strong
    } else {
        Evidence::Fair
    };
    let documentation = matches!(octets, [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _]);
    // A column of small numbers in fours is as likely one of versions, however many there are.
    let odds = if version || evidence == Evidence::Fair { 1.0 } else { 0.01 };
    Some(Candidate::new(start..place, evidence, odds).reserved(documentation))
}

/// Whether an address is nobody's in the world: private, of one machine or link, of many, or kept (RFC 6890).
fn is_special(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || a == 100 && b & 0xc0 == 64
        || a == 198 && b & 0xfe == 18
}

/// Whether the word before makes the numbers a version.
fn is_version(text: &Text<'_>, start: usize) -> bool {
    let before = text.slice(0..start).trim_ascii_end();
    let word = before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = before.get(before.len() - word..).unwrap_or_default();
    VERSION.iter().any(|version| word.eq_ignore_ascii_case(version.as_bytes()))
}

/// The IPv6 address round its first colon, and the place up to which there is no other.
fn version_6(text: &Text<'_>, colon: usize) -> Option<(usize, Option<Candidate>)> {
    let bytes = text.bytes();
    let hex = bytes.get(..colon)?.iter().rev().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let start = colon - hex;
    let part = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let length = bytes.get(start..)?.iter().take(46).take_while(|byte| part(byte)).count();
    let mut end = start + length;
    let looked_at = end;
    while matches!(text.before(end), b'.' | b':') && !bytes.get(start..end)?.ends_with(b"::") {
        end -= 1;
    }
    let (before, after) = (text.before(start), text.at(end));
    let joined = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let colons = bytes.get(start..end)?.iter().filter(|byte| **byte == b':').count();
    let pairs = bytes.get(start..end)?.split(|byte| *byte == b':').all(|group| group.len() == 2);
    if pairs || hex > 4 || length < 3 || colons < 2 || joined(before) || joined(after) || before == b'.' {
        return Some((looked_at, None));
    }
    let address = text.text.get(start..end).and_then(|address| address.parse::<Ipv6Addr>().ok());
    let candidate = address.map(|address| {
        let documentation = matches!(address.segments(), [0x2001, 0xdb8, ..] | [0x3fff, 0..0x1000, ..]);
        let special = documentation
            || address.is_loopback()
            || address.is_unspecified()
            || address.is_multicast()
            || address.is_unique_local()
            || address.is_unicast_link_local();
        let groups = address.segments().iter().filter(|group| **group != 0).count();
        let evidence = match groups {
            _ if special => Evidence::Capped,
            4.. => Evidence::Strong,
            _ => Evidence::Fair,
        };
        Candidate::new(start..end, evidence, 1e-3).reserved(documentation)
    });
    Some((looked_at, candidate.filter(|candidate| candidate.range.len() > 2)))
}
