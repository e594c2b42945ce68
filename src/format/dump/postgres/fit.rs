//! Which texts are values of a type, by the grammar of the server's own input functions or a part of it: what is taken
//! here is taken there. What `pg_dump` writes of such a type is taken here.

mod array;
mod interval;
mod range;
#[cfg(test)]
mod tests;

use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::types::{UserTypes, max_length, numeric, typmod};
use super::value;
use crate::rules::Takes;

/// Which texts are values of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fit {
    /// All, or the type has values of its own here.
    Any,
    /// Texts of at most so many characters.
    Characters(usize),
    /// Texts of at most so many bytes.
    Octets(usize),
    /// One character of ASCII, or none.
    Letter,
    Array(Box<Fit>),
    /// So many bits, or at most so many.
    Bits {
        length: Option<usize>,
        varies: bool,
    },
    Boolean,
    Bytes,
    Date,
    /// Binary floating-point numbers, of 32 bits or of 64.
    Float {
        single: bool,
    },
    /// An address with or without the length of a prefix, or the address of a network.
    Inet {
        network: bool,
    },
    /// Whole numbers between these.
    Integer(i64, i64),
    Interval,
    Json {
        binary: bool,
    },
    /// One of the labels of an enum.
    Labels(Arc<[String]>),
    /// The address of a network card, of six bytes or of either six or eight.
    Hardware {
        eight: bool,
    },
    /// Decimal numbers: with at most so many digits before the point and after it, where there is a limit.
    Numeric(Option<(usize, usize)>),
    Point,
    Range(range::Of),
    Ranges(range::Of),
    Time {
        has_zone: bool,
    },
    /// A moment, with or without the offset of its time zone.
    Timestamp {
        has_zone: bool,
    },
    Uuid,
    /// This text. The type has others, of a grammar that is not known here.
    Only(&'static str),
    /// A row of so many nulls. The type has other values, of other types.
    Nulls(usize),
    /// There are some, and which is not known here.
    Unknown,
}

/// Types of the server itself of which one value is known.
const ONE_KNOWN: &[(&str, &str)] = &[
    ("box", "(0,0),(0,0)"),
    ("circle", "<(0,0),0>"),
    ("jsonpath", "$"),
    ("line", "{1,0,0}"),
    ("lseg", "[(0,0),(0,0)]"),
    ("money", "0"),
    ("path", "((0,0))"),
    ("pg_lsn", "0/0"),
    ("polygon", "((0,0))"),
    ("tsquery", ""),
    ("tsvector", ""),
    ("xml", ""),
];

/// The same for types of extensions, whatever the schema they are in.
const OF_EXTENSIONS: &[(&str, Fit)] = &[("citext", Fit::Any), ("hstore", Fit::Only("")), ("ltree", Fit::Only(""))];

impl Fit {
    /// The one for an SQL type.
    pub(super) fn of(sql_type: &str, types: &UserTypes) -> Self {
        if let Some(element) = sql_type.strip_suffix("[]") {
            let base = types.domain(element).map_or(element, |domain| domain.base.as_str());
            return match Self::of(base, types) {
                // The delimiter of boxes is another, and of a domain over arrays there are arrays of arrays.
                _ if base == "box" || base.ends_with("[]") => Self::Only("{}"),
                Self::Only(_) | Self::Nulls(_) | Self::Unknown => Self::Only("{}"),
                element => Self::Array(Box::new(element)),
            };
        }
        if let Some(labels) = types.labels(sql_type) {
            return Self::Labels(labels);
        }
        if let Some(fields) = types.fields(sql_type) {
            return Self::Nulls(fields);
        }
        if let Some(limit) = max_length(sql_type) {
            return Self::Characters(limit);
        }
        if let Some(known) = ONE_KNOWN.iter().find(|(name, _)| *name == sql_type) {
            return Self::Only(known.1);
        }
        if let Some(of) = range::Of::named(sql_type) {
            return Self::Range(of);
        }
        if let Some(of) = sql_type.strip_suffix("multirange").and_then(|name| range::Of::named(&format!("{name}range")))
        {
            return Self::Ranges(of);
        }
        match sql_type {
            "text" | "character varying" | "bpchar" => Self::Any,
            "name" => Self::Octets(63),
            "\"char\"" => Self::Letter,
            "boolean" => Self::Boolean,
            "bytea" => Self::Bytes,
            "cidr" => Self::Inet { network: true },
            "date" => Self::Date,
            "double precision" => Self::Float { single: false },
            "real" => Self::Float { single: true },
            "inet" => Self::Inet { network: false },
            "smallint" => Self::Integer(i64::from(i16::MIN), i64::from(i16::MAX)),
            "integer" => Self::Integer(i64::from(i32::MIN), i64::from(i32::MAX)),
            "bigint" => Self::Integer(i64::MIN, i64::MAX),
            "oid" => Self::Integer(0, i64::from(u32::MAX)),
            "json" => Self::Json { binary: false },
            "jsonb" => Self::Json { binary: true },
            "macaddr" => Self::Hardware { eight: false },
            "macaddr8" => Self::Hardware { eight: true },
            "numeric" => Self::Numeric(None),
            "point" => Self::Point,
            "uuid" => Self::Uuid,
            "bit varying" => Self::Bits { length: None, varies: true },
            _ => Self::of_parts(sql_type, types),
        }
    }

    /// The one for a type with numbers or words behind its name.
    fn of_parts(sql_type: &str, types: &UserTypes) -> Self {
        if let Some(length) = typmod(sql_type, "bit varying") {
            return Self::Bits { length: Some(length), varies: true };
        }
        if let Some(length) = typmod(sql_type, "bit") {
            return Self::Bits { length: Some(length), varies: false };
        }
        if sql_type == "interval" || typmod(sql_type, "interval").is_some() {
            return Self::Interval;
        }
        if let Some((precision, scale)) = numeric(sql_type) {
            let scale = usize::try_from(scale).ok().filter(|scale| *scale <= precision);
            return scale.map_or(Self::Unknown, |scale| Self::Numeric(Some((precision - scale, scale))));
        }
        for (end, has_zone) in [(" without time zone", false), (" with time zone", true)] {
            let Some(name) = sql_type.strip_suffix(end) else { continue };
            let is = |word: &str| name == word || typmod(name, word).is_some();
            if is("time") {
                return Self::Time { has_zone };
            }
            if is("timestamp") {
                return Self::Timestamp { has_zone };
            }
        }
        let of_extension = OF_EXTENSIONS
            .iter()
            .find(|(name, _)| !types.makes(sql_type) && sql_type.rsplit_once('.').is_some_and(|(_, own)| own == *name));
        of_extension.map_or(Self::Unknown, |(_, fit)| fit.clone())
    }

    /// What whoever makes rules needs to know of it.
    pub(super) fn takes(&self) -> Takes {
        let form = |text: &str| Takes::Form(text.to_owned());
        match self {
            Self::Any | Self::Characters(_) => Takes::Any,
            Self::Boolean => form("f"),
            Self::Date => form("1970-01-01"),
            Self::Timestamp { has_zone: false } => form("1970-01-01 00:00:00"),
            Self::Timestamp { has_zone: true } => form("1970-01-01 00:00:00+00"),
            Self::Integer(..) | Self::Numeric(_) | Self::Float { .. } => Takes::Number,
            Self::Uuid => Takes::Uuid,
            Self::Inet { .. } => Takes::Address("0.0.0.0".to_owned()),
            Self::Hardware { eight: false } => Takes::Address("00:00:00:00:00:00".to_owned()),
            // Written out, it looks like an address of the Internet protocol.
            Self::Hardware { eight: true } => form("00:00:00:00:00:00:00:00"),
            Self::Octets(_) | Self::Letter => form("-"),
            Self::Array(_) | Self::Ranges(_) => form("{}"),
            Self::Range(_) => form("empty"),
            Self::Bits { varies: true, .. } => form(""),
            Self::Bits { length, varies: false } => Takes::Form("0".repeat(length.unwrap_or(1))),
            Self::Bytes => form("\\x"),
            Self::Interval => form("00:00:00"),
            Self::Json { .. } => form("{}"),
            Self::Labels(labels) => labels.first().map_or(Takes::Unknown, |label| Takes::Form(label.clone())),
            Self::Point => form("(0,0)"),
            Self::Time { has_zone: false } => form("00:00:00"),
            Self::Time { has_zone: true } => form("00:00:00+00"),
            Self::Only(text) => Takes::Only((*text).to_owned()),
            Self::Nulls(fields) => Takes::Only(nulls(*fields)),
            Self::Unknown => Takes::Unknown,
        }
    }

    /// Whether a text is a value of the type, as far as the grammar here goes.
    pub(super) fn has(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Characters(most) => text.len() <= *most || text.chars().count() <= *most,
            Self::Octets(most) => text.len() <= *most,
            Self::Letter => text.len() <= 1,
            Self::Array(element) => array::is_array(text, element),
            Self::Bits { length, varies } => {
                let digits = text.bytes().all(|byte| matches!(byte, b'0' | b'1'));
                digits && length.is_none_or(|length| text.len() == length || *varies && text.len() < length)
            }
            Self::Boolean => matches!(text, "t" | "f" | "true" | "false"),
            Self::Bytes => {
                let digits = text.strip_prefix("\\x");
                digits
                    .is_some_and(|digits| digits.len() % 2 == 0 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            }
            Self::Date => value::date(text.as_bytes()).is_some_and(value::has_date),
            Self::Float { single } => is_float(text, *single),
            Self::Inet { network } => is_inet(text, *network),
            Self::Integer(least, most) => integer(text).is_some_and(|number| (*least..=*most).contains(&number)),
            Self::Interval => interval::is_interval(text),
            Self::Json { binary } => is_json(text, *binary),
            Self::Labels(labels) => labels.iter().any(|label| label == text),
            Self::Hardware { eight } => is_hardware(text, *eight),
            Self::Numeric(limits) => is_numeric(text, *limits),
            Self::Point => {
                let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
                let parts = inner.and_then(|inner| inner.split_once(','));
                parts.is_some_and(|(x, y)| is_float(x, false) && is_float(y, false))
            }
            Self::Range(of) => range::is_range(text, *of),
            Self::Ranges(of) => range::is_multirange(text, *of),
            Self::Time { has_zone } => is_time(text, *has_zone),
            Self::Timestamp { has_zone } => {
                let moment =
                    if *has_zone { value::instant(text.as_bytes()) } else { value::timestamp(text.as_bytes()) };
                moment.is_some_and(value::has_moment)
            }
            Self::Uuid => {
                let (digits, hyphens) = (text.bytes().filter(u8::is_ascii_hexdigit).count(), text.matches('-').count());
                let grouped =
                    || text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == matches!(at, 8 | 13 | 18 | 23));
                digits == 32 && (hyphens == 0 && text.len() == 32 || hyphens == 4 && text.len() == 36 && grouped())
            }
            Self::Only(known) => text == *known,
            Self::Nulls(fields) => text == nulls(*fields),
            Self::Unknown => false,
        }
    }
}

/// A row of so many nulls.
fn nulls(fields: usize) -> String {
    format!("({})", ",".repeat(fields.saturating_sub(1)))
}

/// Whether a text is made of this many digits, neither fewer nor more.
fn digits(text: &str, counts: std::ops::RangeInclusive<usize>) -> bool {
    counts.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn integer(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    digits(unsigned, 1..=19).then(|| text.parse().ok()).flatten()
}

/// A number in digits: what stands before its point, and behind it, and its power of ten.
fn number(text: &str) -> Option<(&str, &str, i32)> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        None => (unsigned, 0),
        Some((mantissa, exponent)) => {
            digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent), 1..=4).then_some(())?;
            (mantissa, exponent.parse().ok()?)
        }
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = |part: &str| digits(part, 0..=usize::MAX);
    (all(whole) && all(fraction) && whole.len() + fraction.len() > 0).then_some((whole, fraction, exponent))
}

fn is_float(text: &str, single: bool) -> bool {
    if matches!(text, "NaN" | "Infinity" | "-Infinity") {
        return true;
    }
    let Some((whole, fraction, _)) = number(text) else { return false };
    // What is too large or too small for the type is an error to the server, not an infinity or zero.
    let is_zero = whole.bytes().chain(fraction.bytes()).all(|digit| digit == b'0');
    match single {
        true => text.parse::<f32>().is_ok_and(|number| number.is_finite() && (is_zero || number != 0.0)),
        false => text.parse::<f64>().is_ok_and(|number| number.is_finite() && (is_zero || number != 0.0)),
    }
}

/// Whether a text is a decimal number, with at most so many digits before the point and after it. A number with more
/// decimals is rounded by the server, which may make it too large: it is none.
fn is_numeric(text: &str, limits: Option<(usize, usize)>) -> bool {
    let Some((whole, fraction, exponent)) = number(text) else {
        return matches!(text, "NaN") || limits.is_none() && matches!(text, "Infinity" | "-Infinity");
    };
    match limits {
        Some((before, after)) => {
            exponent == 0 && whole.trim_start_matches('0').len() <= before && fraction.len() <= after
        }
        // The server's own limits are 131,072 and 16,383 digits.
        None => exponent.unsigned_abs() <= 1000 && whole.len() <= 100_000 && fraction.len() <= 10_000,
    }
}

/// `HH:MM:SS` up to 24 hours, the seconds with at most six decimals, with `+HH`, `+HH:MM` or `+HH:MM:SS` behind it where
/// there is a time zone.
fn is_time(text: &str, has_zone: bool) -> bool {
    let (clock, offset) = match text.find(['+', '-']) {
        Some(at) if has_zone => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        _ => (text, None),
    };
    let below = |part: &str, bound: u32| digits(part, 2..=2) && part.parse::<u32>().is_ok_and(|number| number < bound);
    let is_clock = |clock: &str| {
        let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let parts: Vec<&str> = whole.split(':').collect();
        let [hours, minutes, seconds] = parts.as_slice() else { return false };
        let is_midnight = whole == "24:00:00" && fraction.bytes().all(|digit| digit == b'0');
        digits(fraction, 1..=6) && (is_midnight || below(hours, 24) && below(minutes, 60) && below(seconds, 60))
    };
    let is_offset = |offset: &str| {
        let parts: Vec<&str> = offset.split(':').collect();
        let (hours, rest) = parts.split_first().unwrap_or((&"", &[]));
        below(hours, 16) && rest.len() <= 2 && rest.iter().all(|part| below(part, 60))
    };
    is_clock(clock) && (!has_zone || offset.is_none_or(is_offset))
}

/// An address of version 4 or 6, with or without the length of a prefix; of a network, with no bit set behind it.
fn is_inet(text: &str, network: bool) -> bool {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let length = |most: u32| match prefix {
        None => Some(most),
        Some(prefix) if digits(prefix, 1..=3) && (prefix == "0" || !prefix.starts_with('0')) => {
            prefix.parse::<u32>().ok().filter(|length| *length <= most)
        }
        Some(_) => None,
    };
    if let Ok(address) = Ipv4Addr::from_str(address) {
        let behind = |length| u32::from(address).checked_shl(length).unwrap_or(0);
        return length(32).is_some_and(|length| !network || behind(length) == 0);
    }
    let Ok(address) = Ipv6Addr::from_str(address) else { return false };
    let behind = |length| u128::from(address).checked_shl(length).unwrap_or(0);
    length(128).is_some_and(|length| !network || behind(length) == 0)
}

/// Pairs of hexadecimal digits with colons or with hyphens between them.
fn is_hardware(text: &str, eight: bool) -> bool {
    let separator = if text.contains(':') { ':' } else { '-' };
    let pairs: Vec<&str> = text.split(separator).collect();
    (pairs.len() == 6 || eight && pairs.len() == 8)
        && pairs.iter().all(|pair| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_json(text: &str, binary: bool) -> bool {
    if !text.contains("\\u") {
        return serde_json::from_str::<IgnoredAny>(text).is_ok();
    }
    // Halves of characters are no text, and NUL is none to `jsonb`.
    let is_whole = serde_json::from_str::<serde_json::Value>(text).is_ok();
    is_whole && !(binary && text.contains("\\u0000"))
}
