/// A day of the Gregorian calendar, which is taken to hold for all times. Year 0 is 1 BC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::transform) struct Date {
    pub(in crate::transform) year: i64,
    pub(in crate::transform) month: u8,
    pub(in crate::transform) day: u8,
}

/// The days of each month in a leap year; there is no month 0.
const LONGEST: [u8; 13] = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Days in 400 years, after which the calendar repeats itself.
const ERA: i64 = 146_097;

/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

impl Date {
    /// A date that the calendar has.
    #[inline]
    pub(in crate::transform) fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let last = *LONGEST.get(usize::from(month))?;
        let leaps = || year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let valid = (1..=last).contains(&day) && ((month, day) != (2, 29) || leaps());
        valid.then_some(Self { year, month, day })
    }

    /// The day that lies `day` days after 1970-01-01, or before it if negative. Any day that seconds can count in 64
    /// bits is far inside the range.
    ///
    /// Years are counted from March here, so that the leap day is the last of its year. The algorithm is
    /// `civil_from_days` of Howard Hinnant's "chrono-compatible low-level date algorithms".
    #[inline]
    pub(in crate::transform) fn from_day(day: i64) -> Self {
        let (era, of_era) = ((day + EPOCH).div_euclid(ERA), (day + EPOCH).rem_euclid(ERA) as u32);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        Self {
            year: era * 400 + i64::from(year_of_era) + i64::from(month <= 2),
            month: month as u8,
            day: (of_year - (153 * from_march + 2) / 5 + 1) as u8,
        }
    }

    /// How many days after 1970-01-01 it is; negative before.
    #[inline]
    pub(in crate::transform) fn to_day(self) -> i64 {
        let year = self.year - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400) as u32);
        let month = u32::from(self.month);
        let from_march = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * from_march + 2) / 5 + u32::from(self.day) - 1;
        let of_era = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + of_year;
        era * ERA + i64::from(of_era) - EPOCH
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Days, NaiveDate};

    use super::*;

    const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();

    fn date(oracle: NaiveDate) -> Date {
        Date { year: oracle.year().into(), month: oracle.month() as u8, day: oracle.day() as u8 }
    }

    #[test]
    fn days_and_dates_agree_with_chrono() {
        let every_day_of_two_eras = -ERA..ERA;
        let far_and_wide = (-95_000_000i64..95_000_000).step_by(9_973);
        for day in every_day_of_two_eras.chain(far_and_wide) {
            let distance = Days::new(day.unsigned_abs());
            let oracle = if day < 0 { EPOCH.checked_sub_days(distance) } else { EPOCH.checked_add_days(distance) };
            let oracle = oracle.unwrap();
            assert_eq!(Date::from_day(day), date(oracle), "day {day}");
            assert_eq!(date(oracle).to_day(), day, "{oracle}");
        }
    }

    #[test]
    fn the_farthest_days_come_back() {
        for day in
            [i64::MIN / 86_400, i64::MIN / 86_400_000, i64::from(i32::MIN), i64::from(i32::MAX), i64::MAX / 86_400]
        {
            assert_eq!(Date::from_day(day).to_day(), day);
        }
    }

    #[test]
    fn a_date_is_one_that_chrono_has() {
        for year in [-401, -400, -4, -1, 0, 1, 1582, 1700, 1900, 1904, 2000, 2023, 2024, 2026, 2100, 9999] {
            for (month, day) in (0..=14).flat_map(|month| (0..=33).map(move |day| (month, day))) {
                let oracle = NaiveDate::from_ymd_opt(year, month.into(), day.into());
                assert_eq!(Date::new(year.into(), month, day), oracle.map(date), "{year}-{month}-{day}");
            }
        }
    }
}
