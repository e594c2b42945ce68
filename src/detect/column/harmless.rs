use serde::Serialize;

use super::profile::{ColumnKind, ColumnProfile};
use super::words::{KEYS, MEASURES, MOMENTS, TEXTS};
use crate::detect::words::{self, COUNTRY};
use crate::detect::{Class, Entity};

/// Why nobody can be found by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Harmless {
    /// It counts or measures.
    Measure,
    /// It says yes or no.
    Flag,
    /// It says when, and not when somebody was born.
    Timestamp,
    /// It has few different values, each of which many rows share, and none of them is a name or a number of somebody.
    Enumeration,
    /// It has no values.
    Empty,
}

/// How many different values an enumeration has, at most.
const KINDS: u64 = 64;
/// As many digits in a row may be somebody's number.
const LONG: usize = 6;
/// How many rows share a value of an enumeration, at least, on average.
const SHARED: u64 = 4;

/// The evidence that a column of this entity is harmless, if there is any.
pub(super) fn evidence(column: &ColumnProfile, entity: Option<&str>, of_persons: bool) -> Option<Harmless> {
    if column.values == 0 {
        return Some(Harmless::Empty);
    }
    let country = entity == Some(COUNTRY);
    if entity.is_some() && !country || has_somebody(column) {
        return None;
    }
    let whole = |count| count == column.values;
    if column.kind == ColumnKind::Flag || column.flags != 0 && whole(column.flagged) {
        return Some(Harmless::Flag);
    }
    if is_moment(column, of_persons) {
        return Some(Harmless::Timestamp);
    }
    if !country && is_measure(column) {
        return Some(Harmless::Measure);
    }
    is_enumeration(column, country).then_some(Harmless::Enumeration)
}

/// Whether any cell is, or holds, what names somebody.
fn has_somebody(column: &ColumnProfile) -> bool {
    column.tallies.values().any(|tally| {
        let names = !matches!(tally.entity.class(), Class::None) && tally.entity != Entity::Coordinates;
        names && (tally.certain > 0 || tally.inside > 0)
    })
}

/// Whether all values are moments, and it can't be that they are of birth.
fn is_moment(column: &ColumnProfile, of_persons: bool) -> bool {
    let typed = matches!(column.kind, ColumnKind::Date | ColumnKind::Moment);
    let all = column.any_dates == column.values || column.times == column.values;
    if !typed && !all {
        return false;
    }
    let numbers = column.wholes == column.values;
    let spoken = column.speaks(MOMENTS);
    // A time of day and a moment to the second are nobody's birth; days over decades may be.
    let exact = column.times == column.values || column.kind == ColumnKind::Moment && column.shortest > 10;
    let span = column.latest.saturating_sub(column.earliest);
    let recent = column.earliest >= 1995 || span <= 12;
    (spoken || exact || !of_persons && !numbers) && (exact || recent || spoken && !of_persons)
}

/// Whether all values are numbers of something.
fn is_measure(column: &ColumnProfile) -> bool {
    if column.numbers != column.values || column.padded * 4 > column.values {
        return false;
    }
    if column.kind == ColumnKind::Fraction || column.wholes < column.values {
        // Money and degrees have a fraction; telephone numbers and keys have none.
        return true;
    }
    let last = words::split(&column.header).pop().unwrap_or_default();
    if KEYS.contains(&last.as_str()) && !column.speaks(MEASURES) {
        return false;
    }
    if column.speaks(MEASURES) {
        return column.most_digits <= 15;
    }
    // Without a word for it: small numbers that come again, or that may be less than nothing.
    let again = column.distinct() * 3 <= column.values * 2 && column.most_digits <= 4;
    column.negatives > 0 && column.most_digits <= 9 || again || column.most_digits <= 2
}

/// Whether few values are shared by many rows.
fn is_enumeration(column: &ColumnProfile, country: bool) -> bool {
    let distinct = column.distinct();
    let shared = column.values / distinct.max(1);
    let named = column.given + column.full_names + column.streets;
    let short = column.longest <= 40 && column.texts == 0;
    // One name is enough, however many rows share the other values: `order of Wójcik`.
    let names = !country && (column.names_inside + column.eastern > 0 || named * 20 > column.values);
    let names = names || column.ats > 0 || column.longest_digits >= LONG;
    column.kind == ColumnKind::Text
        && (distinct <= KINDS || country && distinct <= 250)
        && shared >= SHARED
        && short
        && !names
        && (!column.speaks(TEXTS) || shared >= 10 * SHARED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Found, ScanOptions, Scanner, classify_columns};

    /// Eight values that many rows share, and one more in two rows.
    fn with(more: &str) -> Option<Harmless> {
        let (scanner, mut found) = (Scanner::new(&ScanOptions::default()), Found::default());
        let mut column = ColumnProfile::new("query", ColumnKind::Text);
        for value in
            ["wool scarf", "candle", "tea pot", "lamp", "Kerzenständer", "theière", "décapsuleur", "garden chair"]
        {
            (0..12).for_each(|_| column.add(Some(value), &scanner, &mut found));
        }
        (0..2).for_each(|_| column.add(Some(more), &scanner, &mut found));
        classify_columns(&[column]).first().and_then(|told| told.harmless)
    }

    #[test]
    fn one_value_that_names_somebody_makes_an_enumeration_none() {
        for harmless in ["lamp", "black lamp", "order of May", "pot 12345", "sofa-2024"] {
            assert_eq!(with(harmless), Some(Harmless::Enumeration), "{harmless}");
        }
        for somebody in [
            "order of Wójcik",
            "order of O'Brien",
            "order of Ewa",
            "order of Lemaître",
            "order of wojcik",
            "wojcik2024",
            "Lemaître, 12",
            "for Małgorzata",
            "王小明",
            "ana.s@shop.pt",
            "ana.s (at) x@y",
            "order 123456",
            "no.1234567x",
        ] {
            assert_eq!(with(somebody), None, "{somebody}");
        }
    }
}
