//! Dates and times as spreadsheets have them: days, and parts of a day, since the last day of 1899.
//!
//! By the calendar of spreadsheets 1900 has a 29 February; Microsoft kept that fault of Lotus 1-2-3 on purpose. Days up
//! to it count from 31 December 1899, those after it from the day before.

use chrono::{DateTime, Datelike, NaiveDate};

/// The milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;

/// The day that the calendar has too much.
const LEAP: i64 = 60;

/// The first number that is no date any more: 1 January 10000.
const END: i64 = 2_958_466;

/// The days from 30 December 1899 to 1 January 1970.
const EPOCH: i64 = 25_569;

/// How many days later the other calendar starts, that of 1904.
pub(super) const CALENDAR_1904: f64 = 1462.0;

/// A number as a date or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// A time of day without a date, in milliseconds.
    Time(i64),
    /// In milliseconds since 1970.
    Instant(i64),
}

/// What a number is, in the calendar of 1900; none, if it is outside.
pub(super) fn moment(serial: f64) -> Option<Moment> {
    let in_calendar = (0.0..END as f64).contains(&serial);
    let milliseconds = in_calendar.then(|| (serial * DAY as f64).round() as i64)?;
    match milliseconds / DAY {
        0 => Some(Moment::Time(milliseconds)),
        LEAP => None,
        day if day < LEAP => Some(Moment::Instant(milliseconds + DAY - EPOCH * DAY)),
        _ => Some(Moment::Instant(milliseconds - EPOCH * DAY)),
    }
}

/// The number for a moment in milliseconds since 1970; none, where the calendar is not that of everybody else, or has
/// ended.
pub(super) fn serial(milliseconds: i64) -> Option<f64> {
    let shifted = milliseconds.checked_add(EPOCH * DAY)?;
    let in_calendar = ((LEAP + 1) * DAY..END * DAY).contains(&shifted);
    in_calendar.then(|| shifted as f64 / DAY as f64)
}

/// A moment in ISO 8601: a date alone, if it is the start of a day.
pub(super) fn text(moment: Moment) -> Option<String> {
    Some(match moment {
        Moment::Time(milliseconds) => time(milliseconds),
        Moment::Instant(milliseconds) => {
            let date = DateTime::from_timestamp_millis(milliseconds)?.date_naive();
            match milliseconds.rem_euclid(DAY) {
                0 => iso(date),
                rest => format!("{}T{}", iso(date), time(rest)),
            }
        }
    })
}

fn iso(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn time(milliseconds: i64) -> String {
    let seconds = milliseconds / 1000;
    let whole = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match milliseconds % 1000 {
        0 => whole,
        rest => format!("{whole}.{rest:03}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_days_that_excel_shows() {
        for (number, shown) in [
            (0.5, Some("12:00:00")),
            (1.0, Some("1900-01-01")),
            (59.0, Some("1900-02-28")),
            (60.0, None),
            (61.0, Some("1900-03-01")),
            (25_569.0, Some("1970-01-01")),
            (45_943.5, Some("2025-10-13T12:00:00")),
            (45_292.000_011_574_07, Some("2024-01-01T00:00:01")),
            (45_292.000_000_011_57, Some("2024-01-01T00:00:00.001")),
            (2_958_465.0, Some("9999-12-31")),
            (2_958_466.0, None),
            (-1.0, None),
            (f64::NAN, None),
        ] {
            assert_eq!(moment(number).and_then(text).as_deref(), shown, "{number}");
        }
    }

    #[test]
    fn dates_become_numbers_and_come_back() {
        for (milliseconds, number) in [
            (0, Some(25_569.0)),
            (-25_508 * DAY, Some(61.0)),
            (-25_509 * DAY, None),
            (DAY / 4, Some(25_569.25)),
            ((END - EPOCH) * DAY, None),
            (i64::MAX, None),
        ] {
            assert_eq!(serial(milliseconds), number);
            if let Some(number) = number {
                assert_eq!(moment(number), Some(Moment::Instant(milliseconds)));
            }
        }
    }
}
