//! Ranges as texts, `[1,5)`, and multiranges, `{[1,5),[7,9)}`.

use super::integer;
use crate::format::dump::postgres::value;

/// Of what there are ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format::dump::postgres) enum Of {
    Integer,
    Bigint,
    Numeric,
    Date,
    Timestamp,
    Instant,
}

impl Of {
    /// By the name of the range.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "int4range" => Self::Integer,
            "int8range" => Self::Bigint,
            "numrange" => Self::Numeric,
            "daterange" => Self::Date,
            "tsrange" => Self::Timestamp,
            "tstzrange" => Self::Instant,
            _ => return None,
        })
    }

    /// The place of a bound among all others. The last one of a type that is counted has none behind it, by which the
    /// server would write it: it is none.
    fn place(self, text: &str) -> Option<i128> {
        let bytes = text.as_bytes();
        match self {
            Self::Integer => integer(text).filter(|number| (i64::from(i32::MIN)..i64::from(i32::MAX)).contains(number)),
            Self::Bigint => integer(text).filter(|number| *number < i64::MAX),
            Self::Date => value::date(bytes).filter(|day| value::has_date(*day)).map(i64::from),
            Self::Timestamp => value::timestamp(bytes).filter(|moment| value::has_moment(*moment)),
            Self::Instant => value::instant(bytes).filter(|moment| value::has_moment(*moment)),
            Self::Numeric => return decimal(text),
        }
        .map(i128::from)
    }
}

/// A number in units of its eighteenth decimal; none with more decimals, or of more than 18 digits before them.
fn decimal(text: &str) -> Option<i128> {
    let (whole, fraction, exponent) = super::number(text)?;
    (exponent == 0 && whole.len() <= 18 && fraction.len() <= 18).then_some(())?;
    let number: i128 = format!("{whole}{fraction:0<18}").parse().ok()?;
    Some(if text.starts_with('-') { -number } else { number })
}

/// Whether a text is a range.
pub(super) fn is_range(text: &str, of: Of) -> bool {
    range(text, of) == Some("")
}

/// Whether a text is a set of ranges.
pub(super) fn is_multirange(text: &str, of: Of) -> bool {
    let Some(mut rest) = text.strip_prefix('{') else { return false };
    if rest == "}" {
        return true;
    }
    while let Some(after) = range(rest, of) {
        match after.strip_prefix(',') {
            Some(after) => rest = after,
            None => return after == "}",
        }
    }
    false
}

/// What follows the range that a text starts with.
fn range(text: &str, of: Of) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("empty") {
        return Some(rest);
    }
    let rest = text.strip_prefix(['[', '('])?;
    let (lower, rest) = bound(rest, of)?;
    let (upper, rest) = bound(rest.strip_prefix(',')?, of)?;
    let is_ordered = lower.zip(upper).is_none_or(|(lower, upper)| lower <= upper);
    rest.strip_prefix([']', ')']).filter(|_| is_ordered)
}

/// A bound, with or without quotes, none where there is no text; and what follows it.
fn bound(text: &str, of: Of) -> Option<(Option<i128>, &str)> {
    let (bound, rest) = match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => text.split_at(text.find([',', ']', ')'])?),
    };
    if bound.is_empty() && !text.starts_with('"') {
        return Some((None, rest));
    }
    Some((Some(of.place(bound)?), rest))
}
