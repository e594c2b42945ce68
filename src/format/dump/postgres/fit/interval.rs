//! Intervals as texts: as `pg_dump` has them, and those of ISO 8601.

use super::digits;

/// The units of the words, in the order in which they stand.
const UNITS: &[&[&str]] = &[&["year", "years"], &["mon", "mons"], &["day", "days"]];

/// Whether a text is an interval, `1 year 2 mons -3 days 04:05:06.7` or `P1Y2M3DT4H5M6.7S`, of numbers so small that no
/// sum of them is too large.
pub(super) fn is_interval(text: &str) -> bool {
    match text.strip_prefix('P') {
        Some(rest) => is_iso(rest),
        None => is_written(text),
    }
}

/// A number with or without sign.
fn is_count(text: &str) -> bool {
    digits(text.strip_prefix(['-', '+']).unwrap_or(text), 1..=8)
}

fn is_written(text: &str) -> bool {
    let mut words = text.split(' ').peekable();
    let mut units = UNITS.iter();
    let mut count = 0;
    while let Some(word) = words.next() {
        count += 1;
        if words.peek().is_none() && word.contains(':') {
            return is_clock(word);
        }
        let Some(unit) = words.next().filter(|_| is_count(word)) else { return false };
        if !units.any(|names| names.contains(&unit)) {
            return false;
        }
    }
    count > 0
}

/// `[-]HH:MM:SS`, with up to nine digits of hours.
fn is_clock(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let parts: Vec<&str> = whole.split(':').collect();
    let [hours, minutes, seconds] = parts.as_slice() else { return false };
    let below = |part: &str| digits(part, 2..=2) && part < "60";
    digits(hours, 2..=9) && below(minutes) && below(seconds) && digits(fraction, 1..=6)
}

fn is_iso(text: &str) -> bool {
    let (days, clock) = match text.split_once('T') {
        Some((days, clock)) => (days, Some(clock)),
        None => (text, None),
    };
    let clock_fits = clock.is_none_or(|clock| !clock.is_empty() && fields(clock, "HMS"));
    (!days.is_empty() || clock.is_some()) && fields(days, "YMWD") && clock_fits
}

/// Whether numbers stand before these letters, in this order. Only seconds have decimals.
fn fields(text: &str, letters: &str) -> bool {
    let mut letters = letters.chars();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let (number, after) = rest.split_at(at);
        let Some(letter) = after.chars().next().filter(|letter| letters.any(|known| known == *letter)) else {
            return false;
        };
        let fits = match number.split_once('.') {
            Some((whole, fraction)) => letter == 'S' && is_count(whole) && digits(fraction, 1..=6),
            None => is_count(number),
        };
        if !fits {
            return false;
        }
        rest = after.get(letter.len_utf8()..).unwrap_or_default();
    }
    rest.is_empty()
}
