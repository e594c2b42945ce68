//! Dates in ISO 8601: `YYYY-MM-DD`, after which may stand `T` or a blank, `HH:MM`, `:SS`, a fraction after a point, and
//! `Z` or an offset (`+02`, `+0200`, `+02:00`).
//!
//! Rewriting works on the digits, so that everything else stays byte for byte. The years are 0000 to 9999; there is no
//! leap second and no 24:00.

use super::{Clock, Date};

/// Rewrites a date into `written`; nothing, if it does not conform or its image is not of these years.
#[inline]
pub(super) fn rewrite<'w>(
    value: &str,
    written: &'w mut Vec<u8>,
    clock: Clock,
    change: impl FnOnce(Date) -> Option<Date>,
) -> Option<&'w str> {
    let (date, end_of_time) = read(value.as_bytes())?;
    let date = change(date)?;
    let [y0, y1, y2, y3] = four(date.year)?;
    let [m0, m1] = two(date.month);
    let [d0, d1] = two(date.day);
    written.clear();
    written.extend_from_slice(&[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1]);
    written.extend_from_slice(value.as_bytes().get("YYYY-MM-DD".len()..)?);
    let lost = match clock {
        Clock::Whole => end_of_time,
        Clock::Hour => "YYYY-MM-DDTHH:".len(),
        Clock::Midnight => "YYYY-MM-DDT".len(),
    };
    // Without a time the range starts after its end, and there is nothing to do.
    for byte in written.get_mut(lost..end_of_time).into_iter().flatten() {
        if byte.is_ascii_digit() {
            *byte = b'0';
        }
    }
    std::str::from_utf8(written).ok()
}

/// The day of a date without a time, counted from 1970-01-01; nothing, if it does not conform.
pub(crate) fn read_day(value: &str) -> Option<i64> {
    let (date, _) = read(value.as_bytes()).filter(|_| value.len() == "YYYY-MM-DD".len())?;
    Some(date.to_day())
}

/// Writes a day of the years 0000 to 9999 as a date without a time; nothing, if it is of other years.
pub(in crate::transform) fn write_day(day: i64, written: &mut String) {
    let date = Date::from_day(day);
    written.clear();
    if let Some(year) = four(date.year) {
        let digits = [&year[..], b"-", &two(date.month), b"-", &two(date.day)];
        written.extend(digits.into_iter().flatten().copied().map(char::from));
    }
}

/// Reads the date, and where the time of day ends.
#[inline(always)]
fn read(text: &[u8]) -> Option<(Date, usize)> {
    let (&[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1], rest) = text.split_first_chunk()? else {
        return None;
    };
    let date = Date::new(year([y0, y1, y2, y3])?, number([m0, m1])?, number([d0, d1])?)?;
    let zone = match rest {
        [] => return Some((date, text.len())),
        [b'T' | b' ', h0, h1, b':', m0, m1, rest @ ..] => {
            let valid = number([*h0, *h1])? < 24 && number([*m0, *m1])? < 60;
            if !valid {
                return None;
            }
            after_seconds(rest)?
        }
        _ => return None,
    };
    is_zone(zone).then_some((date, text.len() - zone.len()))
}

/// What follows the seconds and their fraction, if there are any.
fn after_seconds(text: &[u8]) -> Option<&[u8]> {
    let [b':', s0, s1, rest @ ..] = text else { return Some(text) };
    if number([*s0, *s1])? >= 60 {
        return None;
    }
    let [b'.', fraction @ ..] = rest else { return Some(rest) };
    let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 { fraction.get(digits..) } else { None }
}

/// Whether it is nothing, `Z` or an offset.
fn is_zone(text: &[u8]) -> bool {
    let (hours, minutes) = match text {
        [] | [b'Z'] => return true,
        [b'+' | b'-', h0, h1] => ([*h0, *h1], [b'0'; 2]),
        [b'+' | b'-', h0, h1, m0, m1] | [b'+' | b'-', h0, h1, b':', m0, m1] => ([*h0, *h1], [*m0, *m1]),
        _ => return false,
    };
    number(hours).is_some_and(|hours| hours < 24) && number(minutes).is_some_and(|minutes| minutes < 60)
}

/// Reads `2026-01-31`: a whole date, and nothing else.
pub(super) fn date(text: &[u8]) -> Option<Date> {
    match *text {
        [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] => {
            Date::new(year([y0, y1, y2, y3])?, number([m0, m1])?, number([d0, d1])?)
        }
        _ => None,
    }
}

/// The number that two digits make.
#[inline]
pub(super) fn number([tens, ones]: [u8; 2]) -> Option<u8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| 10 * tens + ones)
}

/// The year that four digits make.
#[inline]
pub(super) fn year([y0, y1, y2, y3]: [u8; 4]) -> Option<i64> {
    Some(100 * i64::from(number([y0, y1])?) + i64::from(number([y2, y3])?))
}

/// The two digits of a number below 100.
#[inline]
pub(super) fn two(number: u8) -> [u8; 2] {
    [b'0' + number / 10, b'0' + number % 10]
}

/// The four digits of a year, if it has as many.
#[inline]
pub(super) fn four(year: i64) -> Option<[u8; 4]> {
    let year = u16::try_from(year).ok().filter(|year| *year <= 9_999)?;
    let ([y0, y1], [y2, y3]) = (two((year / 100) as u8), two((year % 100) as u8));
    Some([y0, y1, y2, y3])
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, NaiveDateTime};

    use super::*;

    fn identity(value: &str, clock: Clock) -> Option<String> {
        rewrite(value, &mut Vec::new(), clock, Some).map(str::to_owned)
    }

    #[test]
    fn the_notation_stays_byte_for_byte_outside_the_fields_that_change() {
        for (value, hour, midnight) in [
            ("2026-10-03", "2026-10-03", "2026-10-03"),
            ("2026-10-03 14:05", "2026-10-03 14:00", "2026-10-03 00:00"),
            ("2026-10-03T14:05:09", "2026-10-03T14:00:00", "2026-10-03T00:00:00"),
            ("2026-10-03T14:05Z", "2026-10-03T14:00Z", "2026-10-03T00:00Z"),
            ("2026-10-03 14:05:09.1", "2026-10-03 14:00:00.0", "2026-10-03 00:00:00.0"),
            ("2026-10-03T14:05:09.123456789Z", "2026-10-03T14:00:00.000000000Z", "2026-10-03T00:00:00.000000000Z"),
            ("2026-10-03T14:05:09-05:30", "2026-10-03T14:00:00-05:30", "2026-10-03T00:00:00-05:30"),
            ("2026-10-03 14:05:09+0530", "2026-10-03 14:00:00+0530", "2026-10-03 00:00:00+0530"),
            ("2026-10-03 14:05:09.25+02", "2026-10-03 14:00:00.00+02", "2026-10-03 00:00:00.00+02"),
            ("0000-02-29", "0000-02-29", "0000-02-29"),
        ] {
            assert_eq!(identity(value, Clock::Whole).as_deref(), Some(value));
            assert_eq!(identity(value, Clock::Hour).as_deref(), Some(hour));
            assert_eq!(identity(value, Clock::Midnight).as_deref(), Some(midnight));
        }
    }

    #[test]
    fn anything_else_does_not_conform() {
        for value in [
            "",
            "2026",
            "2026-10",
            "2026-1-3",
            "20261003",
            "+2026-10-03",
            "-0044-03-15",
            "12026-10-03",
            "2026-10-03Z",
            "2026-02-30",
            "2025-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-10-00",
            "0000-00-00",
            "2026/10/03",
            "2026-10-03T",
            "2026-10-03t14:05",
            "2026-10-03T14",
            "2026-10-03T14:05:",
            "2026-10-03T14:05:0",
            "2026-10-03T14:05:09.",
            "2026-10-03T14:05:09,5",
            "2026-10-03T14:05.5",
            "2026-10-03T24:00",
            "2026-10-03T14:60",
            "2026-10-03T14:05:60",
            "2026-10-03T14:05z",
            "2026-10-03T14:05 Z",
            "2026-10-03T14:05+2",
            "2026-10-03T14:05+24:00",
            "2026-10-03T14:05+02:60",
            "2026-10-03T14:05+02:",
            "2026-10-03T14:05+02:0",
            "2026-10-03  14:05",
            " 2026-10-03",
            "2026-10-03 ",
            "2026-10-0３",
            "٢٠٢٦-10-03",
            "unknown",
        ] {
            assert_eq!(identity(value, Clock::Whole), None, "{value:?}");
        }
    }

    #[test]
    fn what_conforms_is_what_chrono_reads() {
        let pieces = ["00", "01", "12", "13", "23", "24", "28", "29", "30", "31", "32", "59", "60", "99", "0a", "-1"];
        for a in pieces {
            for b in pieces {
                let date = format!("2024-{a}-{b}");
                assert_eq!(
                    identity(&date, Clock::Whole).is_some(),
                    NaiveDate::parse_from_str(&date, "%F").is_ok(),
                    "{date}"
                );
                let time = format!("2024-02-29T{a}:{b}:07");
                let oracle = NaiveDateTime::parse_from_str(&time, "%FT%T").is_ok();
                assert_eq!(identity(&time, Clock::Whole).is_some(), oracle, "{time}");
                let zoned = format!("2024-02-29T07:07:07.5+{a}:{b}");
                let oracle = DateTime::parse_from_rfc3339(&zoned).is_ok();
                assert_eq!(identity(&zoned, Clock::Whole).is_some(), oracle, "{zoned}");
            }
        }
    }

    #[test]
    fn a_year_of_other_than_four_digits_has_no_place() {
        for (year, written) in [(0, Some("0000-03-01")), (9_999, Some("9999-03-01")), (10_000, None), (-1, None)] {
            let change = |_| Date::new(year, 3, 1);
            assert_eq!(rewrite("2026-10-03", &mut Vec::new(), Clock::Whole, change), written);
        }
    }
}
