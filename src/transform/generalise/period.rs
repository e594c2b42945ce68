use arrow::array::ArrayRef;

use crate::error::Result;
use crate::transform::temporal::{self, Change, Clock, Date, Notation};
use crate::transform::{Rewritten, Rows, Transform};

/// The periods that dates are generalised to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Hour,
    Day,
    /// From Monday to Sunday, as in ISO 8601.
    Week,
    Month,
    Quarter,
    Year,
    /// The years that share all but the last digit.
    Decade,
    /// The years that share all but the last two digits: 1900 to 1999.
    Century,
}

impl Period {
    /// Every period, by the word it has in a rules file.
    pub(super) const ALL: &[(&str, Self)] = &[
        ("hour", Self::Hour),
        ("day", Self::Day),
        ("week", Self::Week),
        ("month", Self::Month),
        ("quarter", Self::Quarter),
        ("year", Self::Year),
        ("decade", Self::Decade),
        ("century", Self::Century),
    ];

    /// Whether it changes only the time of day.
    pub(super) fn is_of_time(self) -> bool {
        matches!(self, Self::Hour | Self::Day)
    }

    /// The first day of the period that a day lies in.
    #[inline]
    fn first(self, date: Date) -> Date {
        let first_of_years = |count: i64| Date { year: date.year - date.year.rem_euclid(count), month: 1, day: 1 };
        match self {
            Self::Hour | Self::Day => date,
            Self::Week => {
                let day = date.to_day();
                // 1970-01-01 was a Thursday, three days after its Monday.
                Date::from_day(day - (day + 3).rem_euclid(7))
            }
            Self::Month => Date { day: 1, ..date },
            Self::Quarter => Date { month: date.month - (date.month - 1) % 3, day: 1, ..date },
            Self::Year => first_of_years(1),
            Self::Decade => first_of_years(10),
            Self::Century => first_of_years(100),
        }
    }
}

/// Dates become the first moment of their period.
#[derive(Debug, Clone)]
pub(super) struct ToPeriod {
    pub(super) period: Period,
    pub(super) notation: Notation,
}

impl Transform for ToPeriod {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        temporal::rewrite(values, &self.notation, &mut { self.period })
    }
}

impl Change for Period {
    fn clock(&self) -> Clock {
        match self {
            Self::Hour => Clock::Hour,
            _ => Clock::Midnight,
        }
    }

    #[inline]
    fn date(&mut self, _: usize, date: Date) -> Option<Date> {
        Some(self.first(date))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::*;
    use arrow::datatypes::*;
    use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Timelike};

    use super::*;
    use crate::transform::Value;
    use crate::transform::trial::{run, run_texts};

    const PERIODS: [&str; 8] = ["hour", "day", "week", "month", "quarter", "year", "decade", "century"];

    fn to(period: &str) -> [(&'static str, Value); 1] {
        [("to", Value::Text(period.to_owned()))]
    }

    /// What chrono says: the earliest moment before which the period's own number is another.
    fn oracle(period: &str, moment: NaiveDateTime) -> NaiveDateTime {
        let date = moment.date();
        let first = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap();
        let floor = |count: i32| (f64::from(date.year()) / f64::from(count)).floor() as i32 * count;
        let date = match period {
            "hour" => return moment.with_minute(0).unwrap().with_second(0).unwrap().with_nanosecond(0).unwrap(),
            "day" => date,
            "week" => date - Days::new(date.weekday().num_days_from_monday().into()),
            "month" => first(date.year(), date.month()),
            "quarter" => first(date.year(), [1, 4, 7, 10][date.quarter() as usize - 1]),
            "year" => first(date.year(), 1),
            "decade" => first(floor(10), 1),
            _ => first(floor(100), 1),
        };
        date.and_hms_opt(0, 0, 0).unwrap()
    }

    /// Moments of all ages: leap days, ends of years, before 1970 and before the year 1.
    fn moments() -> Vec<NaiveDateTime> {
        let chosen = [
            "2026-10-03T14:05:09.123456789",
            "2024-02-29T23:59:59.999999999",
            "2000-12-31T00:00:00",
            "1970-01-01T00:00:00",
            "1969-12-31T23:59:59.999999999",
            "1900-02-28T12:00:00",
            "1899-12-31T01:02:03.5",
            "1700-01-01T00:00:01",
            "2100-03-01T09:30:00",
            "1985-07-11T06:00:00.25",
        ];
        let spread = (-9_000i64..9_000).step_by(37).map(|step| {
            DateTime::from_timestamp(step * 1_000_003, (step.unsigned_abs() * 55_555) as u32).unwrap().naive_utc()
        });
        chosen.iter().map(|text| text.parse().unwrap()).chain(spread).collect()
    }

    #[test]
    fn text_agrees_with_chrono() {
        for period in PERIODS {
            for format in ["%Y-%m-%dT%H:%M:%S%.9f", "%Y-%m-%d %H:%M:%SZ", "%d.%m.%Y %H:%M", "%-d %b %Y, %H:%M:%S"] {
                let moments = moments();
                let render = |moment: &NaiveDateTime| moment.format(format).to_string();
                let texts: Vec<_> = moments.iter().map(render).collect();
                let texts: Vec<_> = texts.iter().map(String::as_str).collect();
                let expected: Vec<_> = moments.iter().map(|moment| Some(render(&oracle(period, *moment)))).collect();
                let mut parameters = to(period).to_vec();
                if !format.starts_with("%Y") {
                    parameters.push(("format", Value::Text(format.to_owned())));
                }
                assert_eq!(run_texts(&super::super::Generalise, &parameters, &texts), expected, "{period} {format}");
            }
        }
    }

    fn agrees<T: ArrowPrimitiveType>(
        unit: &str,
        count: impl Fn(NaiveDateTime) -> Option<T::Native>,
        data_type: DataType,
    ) {
        for period in PERIODS.iter().filter(|period| !unit.starts_with("date") || !["hour", "day"].contains(period)) {
            let column = |moments: &[Option<NaiveDateTime>]| -> ArrayRef {
                let counts: PrimitiveArray<T> = moments.iter().map(|moment| moment.and_then(&count)).collect();
                Arc::new(counts.with_data_type(data_type.clone()))
            };
            let mut moments: Vec<_> = moments().into_iter().map(Some).collect();
            moments.insert(1, None);
            let expected: Vec<_> = moments.iter().map(|moment| moment.map(|moment| oracle(period, moment))).collect();
            let (values, expected) = (column(&moments), column(&expected));
            // Nanoseconds begin in the middle of a century, the start of which has no place.
            let no_place =
                (0..moments.len()).filter(|index| values.is_valid(*index) && expected.is_null(*index)).collect();
            let made = run(&super::super::Generalise, &to(period), values);
            assert_eq!((&made.values, made.invalid), (&expected, no_place), "{period} {unit}");
        }
    }

    #[test]
    fn every_type_agrees_with_chrono() {
        let utc = |moment: NaiveDateTime| moment.and_utc();
        agrees::<Date32Type>(
            "date32",
            |moment| Some(utc(moment).timestamp().div_euclid(86_400) as i32),
            DataType::Date32,
        );
        agrees::<Date64Type>("date64", |moment| Some(utc(moment).timestamp_millis()), DataType::Date64);
        for zone in [None, Some("UTC"), Some("+05:30")] {
            let zone = zone.map(Arc::from);
            let of = |unit| DataType::Timestamp(unit, zone.clone());
            agrees::<TimestampSecondType>("s", |moment| Some(utc(moment).timestamp()), of(TimeUnit::Second));
            agrees::<TimestampMillisecondType>(
                "ms",
                |moment| Some(utc(moment).timestamp_millis()),
                of(TimeUnit::Millisecond),
            );
            agrees::<TimestampMicrosecondType>(
                "us",
                |moment| Some(utc(moment).timestamp_micros()),
                of(TimeUnit::Microsecond),
            );
            agrees::<TimestampNanosecondType>(
                "ns",
                |moment| utc(moment).timestamp_nanos_opt(),
                of(TimeUnit::Nanosecond),
            );
        }
    }

    #[test]
    fn a_period_that_starts_before_the_type_does_has_no_place() {
        let days: ArrayRef = Arc::new(Date32Array::from(vec![Some(i32::MIN), Some(i32::MAX), None]));
        assert_eq!(run(&super::super::Generalise, &to("year"), days).invalid, [0]);
        let nanoseconds: ArrayRef = Arc::new(TimestampNanosecondArray::from(vec![i64::MIN, i64::MIN + 1, i64::MAX, 0]));
        assert_eq!(run(&super::super::Generalise, &to("hour"), nanoseconds).invalid, [0, 1]);
        assert_eq!(
            run_texts(&super::super::Generalise, &to("week"), &["0000-01-01", "0000-01-03"]),
            [None, Some("0000-01-03".to_owned())]
        );
    }

    #[test]
    fn years_before_the_first_are_counted_on_downwards() {
        let date = |year| Date { year, month: 5, day: 6 };
        for (year, decade, century) in [(5, 0, 0), (0, 0, 0), (-1, -10, -100), (-10, -10, -100), (-101, -110, -200)] {
            assert_eq!(Period::Decade.first(date(year)), Date { year: decade, month: 1, day: 1 });
            assert_eq!(Period::Century.first(date(year)), Date { year: century, month: 1, day: 1 });
        }
    }
}
