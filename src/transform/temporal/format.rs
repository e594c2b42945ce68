//! Dates in a declared format, written as for strftime.
//!
//! A format of digits in fixed places, `%d/%m/%Y %H:%M`, is a [`Layout`], and as quick as ISO 8601. Any other goes
//! through chrono, which reads leniently: a value only conforms if what was read renders to the value again, so that
//! `%Y` does not take `85` for the year 85 and `%d` does not take `7` for `07`.

use std::fmt::Write;

use chrono::format::{DelayedFormat, Fixed, Item, Parsed, StrftimeItems, parse};
use chrono::{Datelike, FixedOffset, NaiveDate, NaiveTime, Timelike};

use super::layout::Layout;
use super::{Clock, Date};

/// A declared format that holds a whole date.
#[derive(Debug, Clone)]
pub(in crate::transform) enum Format {
    Fixed(Layout),
    Free(Free),
}

impl Format {
    /// Reads a format.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn new(written: &str) -> Result<Self, &'static str> {
        let items = StrftimeItems::new(written).parse_to_owned().map_err(|_| "this is no date format")?;
        match Layout::new(&items) {
            Some(layout) => Ok(Self::Fixed(layout)),
            None => Free::new(items).map(Self::Free),
        }
    }

    /// Whether it holds a time of day too.
    pub(super) fn has_time(&self) -> bool {
        match self {
            Self::Fixed(layout) => layout.has_time(),
            Self::Free(free) => free.has_time,
        }
    }
}

/// A format that chrono reads and writes.
#[derive(Debug, Clone)]
pub(in crate::transform) struct Free {
    items: Vec<Item<'static>>,
    has_time: bool,
    has_offset: bool,
}

/// A date and time as chrono reads it: midnight where the format has no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    date: NaiveDate,
    time: NaiveTime,
    offset: Option<FixedOffset>,
}

impl Free {
    /// Takes a format if a date and time that was written with it can be read again.
    fn new(items: Vec<Item<'static>>) -> Result<Self, &'static str> {
        if items.iter().any(|item| matches!(item, Item::Fixed(Fixed::TimezoneName))) {
            return Err("a date format can't have the name of a time zone");
        }
        let sample = Reading {
            date: NaiveDate::from_ymd_opt(2026, 10, 23).unwrap_or_default(),
            time: NaiveTime::from_hms_nano_opt(14, 5, 9, 123_456_789).unwrap_or_default(),
            offset: FixedOffset::east_opt(3_600),
        };
        let mut written = String::new();
        let mut parsed = Parsed::new();
        let probe = Self { items, has_time: true, has_offset: true };
        let read =
            probe.write(sample, &mut written).and_then(|()| parse(&mut parsed, &written, probe.items.iter()).ok());
        let format =
            Self { has_time: parsed.to_naive_time().is_ok(), has_offset: parsed.to_fixed_offset().is_ok(), ..probe };
        match read.and_then(|()| format.read(&written, &mut String::new())) {
            Some(_) => Ok(format),
            None => Err("the format does not hold a whole date, or not a whole time beside it"),
        }
    }

    /// Rewrites a date into `written`; nothing, if it does not conform or its image has no place here, as a date of
    /// 1969 has none where the year is `%y`.
    pub(super) fn rewrite<'w>(
        &self,
        value: &str,
        written: &'w mut String,
        clock: Clock,
        change: impl FnOnce(Date) -> Option<Date>,
    ) -> Option<&'w str> {
        let Reading { date, time, offset } = self.read(value, written)?;
        let date = change(Date { year: date.year().into(), month: date.month() as u8, day: date.day() as u8 })?;
        let image = Reading {
            date: NaiveDate::from_ymd_opt(date.year.try_into().ok()?, date.month.into(), date.day.into())?,
            time: match clock {
                Clock::Whole => time,
                Clock::Hour => NaiveTime::from_hms_opt(time.hour(), 0, 0)?,
                Clock::Midnight => NaiveTime::MIN,
            },
            offset,
        };
        self.write(image, written)?;
        (self.parse(written)? == image).then_some(written)
    }

    /// Reads a text that renders to itself; a leap second does not conform.
    fn read(&self, text: &str, rendered: &mut String) -> Option<Reading> {
        let reading = self.parse(text)?;
        self.write(reading, rendered)?;
        (rendered == text && reading.time.nanosecond() < 1_000_000_000).then_some(reading)
    }

    fn parse(&self, text: &str) -> Option<Reading> {
        let mut parsed = Parsed::new();
        parse(&mut parsed, text, self.items.iter()).ok()?;
        Some(Reading {
            date: parsed.to_naive_date().ok()?,
            time: if self.has_time { parsed.to_naive_time().ok()? } else { NaiveTime::MIN },
            offset: if self.has_offset { Some(parsed.to_fixed_offset().ok()?) } else { None },
        })
    }

    fn write(&self, Reading { date, time, offset }: Reading, text: &mut String) -> Option<()> {
        text.clear();
        let (date, time, items) = (Some(date), Some(time), self.items.iter());
        match offset {
            None => write!(text, "{}", DelayedFormat::new(date, time, items)).ok(),
            Some(offset) => write!(text, "{}", DelayedFormat::new_with_offset(date, time, &offset, items)).ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrite(format: &str, value: &str, clock: Clock, change: impl FnOnce(Date) -> Option<Date>) -> Option<String> {
        match Format::new(format).unwrap() {
            Format::Fixed(layout) => layout.rewrite(value, &mut Vec::new(), clock, change).map(str::to_owned),
            Format::Free(free) => free.rewrite(value, &mut String::new(), clock, change).map(str::to_owned),
        }
    }

    #[test]
    fn the_first_of_january_in_many_formats() {
        for (format, is_fixed, value, expected) in [
            ("%d/%m/%Y", true, "23/10/2026", "01/01/2026"),
            ("%Y%m%d", true, "20261023", "20260101"),
            ("%F %T", true, "2026-10-23 14:05:09", "2026-01-01 00:00:00"),
            ("%d.%m.%Y %H:%M", true, "23.10.2026 14:05", "01.01.2026 00:00"),
            ("%Y年%m月%d日", true, "2026年10月23日", "2026年01月01日"),
            ("%%%d%m%Y%%", true, "%23102026%", "%01012026%"),
            ("%-d.%-m.%Y", false, "23.7.2026", "1.1.2026"),
            ("%b %e, %Y", false, "Oct 23, 2026", "Jan  1, 2026"),
            ("%d-%B-%Y", false, "23-October-2026", "01-January-2026"),
            ("%d/%m/%y", false, "23/10/26", "01/01/26"),
            ("%d/%m/%y", false, "23/10/85", "01/01/85"),
            ("%m/%d/%Y %I:%M %p", false, "10/23/2026 02:05 PM", "01/01/2026 12:00 AM"),
            ("%Y-%m-%dT%H:%M:%S%.3f%:z", false, "2026-10-23T14:05:09.250-05:30", "2026-01-01T00:00:00.000-05:30"),
            ("%A, %d %B %Y", false, "Friday, 23 October 2026", "Thursday, 01 January 2026"),
            ("%Y-%j", false, "2026-296", "2026-001"),
            ("%G-W%V-%u", false, "2026-W43-5", "2026-W01-4"),
        ] {
            assert_eq!(matches!(Format::new(format).unwrap(), Format::Fixed(_)), is_fixed, "{format}");
            let change = |date: Date| Date::new(date.year, 1, 1);
            assert_eq!(rewrite(format, value, Clock::Midnight, change).as_deref(), Some(expected), "{format}");
            assert_eq!(rewrite(format, value, Clock::Whole, Some).as_deref(), Some(value), "{format}");
        }
        assert_eq!(
            rewrite("%d.%m.%Y %H:%M:%S", "23.10.2026 14:05:09", Clock::Hour, Some).as_deref(),
            Some("23.10.2026 14:00:00")
        );
        assert_eq!(
            rewrite("%-d.%m.%Y %H:%M:%S", "23.10.2026 14:05:09", Clock::Hour, Some).as_deref(),
            Some("23.10.2026 14:00:00")
        );
    }

    #[test]
    fn a_value_in_another_notation_does_not_conform() {
        for (format, values) in [
            (
                "%d/%m/%Y",
                &[
                    "",
                    "  ",
                    "unknown",
                    "1985-03-04",
                    "00/00/0000",
                    "31/02/1985",
                    "04/03/85",
                    "4/3/1985",
                    "04/03/1985 ",
                    " 04/03/1985",
                    "04/03/+985",
                    "04-03-1985",
                    "04/03/11985",
                    "04/03/-044",
                    "é4/03/198",
                    "29/02/2025",
                ][..],
            ),
            ("%Y年%m月%d日", &["2026年10月23", "2026年10月23月", "2026-10-23abcdef"]),
            ("%d.%m.%Y %H:%M:%S", &["23.10.2026 24:05:09", "23.10.2026 14:60:09", "23.10.2026 14:05:60"]),
            ("%-d.%-m.%Y", &["07.1.1985", "7.1.85", "31.2.1985", "7.1. 1985", "+7.1.1985", "7.1.1985x", ""]),
            ("%-d.%m.%Y %H:%M:%S", &["7.01.1985 23:59:60"]),
            ("%d-%B-%Y", &["23-OCTOBER-2026", "23-Oct-2026", "23-Oktober-2026"]),
        ] {
            for value in values {
                assert_eq!(rewrite(format, value, Clock::Whole, Some), None, "{format}: {value:?}");
            }
        }
    }

    #[test]
    fn an_image_that_the_format_would_read_otherwise_has_no_place() {
        for (format, value, year) in [
            ("%d/%m/%y", "01/03/70", 1969),
            ("%d/%m/%y", "01/03/70", 2070),
            ("%d/%m/%Y", "01/03/0000", -1),
            ("%-d/%m/%Y", "1/03/2026", 1_000_000_000),
        ] {
            assert_eq!(rewrite(format, value, Clock::Whole, |_| Date::new(year, 3, 1)), None, "{format}");
        }
        assert!(rewrite("%d/%m/%y", "01/03/70", Clock::Whole, |_| Date::new(1985, 3, 1)).is_some());
    }

    #[test]
    fn a_format_holds_a_whole_date_that_can_be_read_again() {
        for format in [
            "",
            "dates",
            "%",
            "%Q",
            "%Y",
            "%m/%Y",
            "%d/%m",
            "%H:%M",
            "%d/%m/%Y %I:%M",
            "%b %d %Y %H",
            "%s",
            "%d/%m/%Y %H:%M %Z",
            "%Y-%U",
            "%d/%m/%C",
        ] {
            assert!(Format::new(format).is_err(), "{format}");
        }
        for (format, has_time) in
            [("%F", false), ("%F %R", true), ("%e.%m.%Y", false), ("%e.%m.%Y %R", true), ("%+", true)]
        {
            assert_eq!(Format::new(format).unwrap().has_time(), has_time, "{format}");
        }
    }
}
