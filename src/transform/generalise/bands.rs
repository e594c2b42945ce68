use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};

use crate::error::{Error, Result};
use crate::transform::primitive::rewrite_primitive;
use crate::transform::temporal::{self, Change, Clock, Date, Notation, Scratch};
use crate::transform::text::rewrite_text;
use crate::transform::{Bound, Complaint, Params, Refusal, Rewritten, Rows, Site, Transform, Value, is_text};
use crate::unchecked::Words;

/// The highest age at which a band may begin.
const OLDEST: i64 = 150;

/// Where the last band begins unless the rule says: 45 CFR 164.514(b)(2)(i)(C), the safe harbour of HIPAA, has all ages
/// over 89 in one class.
const TOP: i64 = 90;

/// Ages in bands of years, of which the last has no end.
#[derive(Debug, Clone)]
pub(super) struct Bands {
    /// The age at which each band begins, ascending.
    starts: Arc<[i64]>,
    /// How each is written: `30-44`, `90+`.
    labels: Arc<Words>,
    /// With dates of birth: the day on which ages are taken, and how the dates are written.
    birth: Option<(Date, Notation)>,
}

impl Bands {
    /// Takes `bands` and what goes with it. A mistake is told to `params`.
    pub(super) fn take(params: &mut Params<'_>) -> Option<Self> {
        let top = match params.integer("top", 1, OLDEST) {
            Some((span, top)) => Some(Some((span, top))),
            None => (!params.has("top")).then_some(None),
        };
        let starts = starts(params, top);
        let as_of = temporal::take_date(params, "as_of");
        let birth = match as_of {
            Some(Some((_, date))) => Notation::take(params).map(|notation| Some((date, notation))),
            Some(None) => Some(None),
            None => {
                params.take("format");
                None
            }
        };
        let starts = starts?;
        let label = |(place, start): (usize, &i64)| match starts.get(place + 1) {
            Some(next) if start + 1 == *next => start.to_string(),
            Some(next) => format!("{start}-{}", next - 1),
            None => format!("{start}+"),
        };
        let labels: Vec<String> = starts.iter().enumerate().map(label).collect();
        let labels = Arc::new(Words::new(labels.iter().map(String::as_str)));
        Some(Self { starts: starts.into(), labels, birth: birth? })
    }

    pub(super) fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        let is_age = site.data_type.is_integer() || matches!(site.data_type, DataType::Float32 | DataType::Float64);
        let refusal = || Refusal::of_type("generalise", site, "");
        match &self.birth {
            _ if is_text(site.data_type) => {}
            None if is_age => {
                let most = match site.data_type {
                    DataType::Int8 => i8::MAX.into(),
                    DataType::UInt8 => u8::MAX.into(),
                    _ => OLDEST,
                };
                if self.starts.last().is_some_and(|last| *last > most) {
                    return Err(refusal().help(format!("it holds no age above {most}: let the last band begin before")));
                }
            }
            Some(_) if temporal::takes(site.data_type) => {}
            None if temporal::takes(site.data_type) => {
                return Err(
                    refusal().help("of dates of birth, say on which day ages are taken: `as_of = \"2026-01-01\"`")
                );
            }
            Some(_) if is_age => return Err(refusal().help("`as_of` is for dates of birth: leave it out for ages")),
            _ => return Err(refusal().help("`bands` are for ages, in numbers or text, and dates of birth")),
        }
        Ok(Bound::same_type(site, self.clone()))
    }

    /// The band of an age in whole years, by its place.
    #[inline]
    fn of(&self, age: i64) -> Option<usize> {
        self.starts.iter().rposition(|start| *start <= age)
    }

    #[inline]
    fn start_of(&self, age: i64) -> Option<i64> {
        self.starts.get(self.of(age)?).copied()
    }

    fn of_numbers<T: ArrowPrimitiveType>(
        &self,
        values: &ArrayRef,
        whole: impl Fn(T::Native) -> Option<i64>,
        narrow: impl Fn(i64) -> Option<T::Native>,
    ) -> Result<Rewritten> {
        rewrite_primitive::<T>(values, |_, age| narrow(self.start_of(whole(age)?)?))
    }

    fn of_integers<T>(&self, values: &ArrayRef) -> Result<Rewritten>
    where
        T: ArrowPrimitiveType<Native: TryInto<i64> + TryFrom<i64>>,
    {
        // An age that 64 bits do not hold is in the last band as well.
        self.of_numbers::<T>(values, |age| Some(age.try_into().unwrap_or(i64::MAX)), |start| start.try_into().ok())
    }
}

/// Takes where the bands begin, from a list or from their width.
fn starts(params: &mut Params<'_>, top: Option<Option<(crate::transform::Span, i64)>>) -> Option<Vec<i64>> {
    let (span, value) = params.take("bands")?;
    let entries = match value {
        Value::Integer(width) if (1..=OLDEST).contains(&width) => {
            let top = top?.map_or(TOP, |(_, top)| top);
            return Some((0..top).step_by(width as usize).chain([top]).collect());
        }
        Value::List(entries) => entries,
        other => {
            let message = format!("`bands` takes a list of ages or a count of years to {OLDEST}, and this is neither");
            params.complain(Complaint::new(span, message).help(match other {
                Value::Integer(_) => "as in `bands = 5`",
                _ => "as in `bands = [0, 18, 30, 45, 65, 90]`",
            }));
            return None;
        }
    };
    if let Some(Some((span, _))) = top {
        let message = "`top` goes with a width: of a list, the last band has no end";
        params.complain(Complaint::new(span, message).help("write it as the last of `bands`"));
    }
    let mut starts: Vec<i64> = Vec::with_capacity(entries.len());
    for (span, entry) in &entries {
        match entry {
            Value::Integer(start) if (0..=OLDEST).contains(start) && starts.last().is_none_or(|last| last < start) => {
                starts.push(*start);
            }
            _ => {
                let message = format!("`bands` takes whole ages up to {OLDEST}, each above the one before");
                params.complain(Complaint::new(span.clone(), message));
                return None;
            }
        }
    }
    if starts.is_empty() {
        params.complain(Complaint::new(span, "`bands` has no ages").help("as in `bands = [0, 18, 30, 45, 65, 90]`"));
        return None;
    }
    Some(starts)
}

/// How many whole years lie between a day and a later one. Who was born on 29 February is a year older on 1 March where
/// there is no such day.
#[inline]
fn age(birth: Date, as_of: Date) -> i64 {
    as_of.year - birth.year - i64::from((as_of.month, as_of.day) < (birth.month, birth.day))
}

/// An age in text: one to three digits.
#[inline]
fn read_age(text: &str) -> Option<i64> {
    let is_age = matches!(text.len(), 1..=3) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_age { text.parse().ok() } else { None }
}

impl Transform for Bands {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        match values.data_type() {
            DataType::Utf8View => {
                let mut scratch = Scratch::default();
                rewrite_text(values, self.labels.builder(values.len()), |_, value, builder| {
                    let age = match &self.birth {
                        None => read_age(value),
                        Some((as_of, notation)) => notation.read(value, &mut scratch).map(|birth| age(birth, *as_of)),
                    };
                    let band = age.and_then(|age| self.of(age));
                    band.map(|band| builder.push_word(&self.labels, band)).is_some()
                })
            }
            DataType::Int8 => self.of_integers::<Int8Type>(values),
            DataType::Int16 => self.of_integers::<Int16Type>(values),
            DataType::Int32 => self.of_integers::<Int32Type>(values),
            DataType::Int64 => self.of_integers::<Int64Type>(values),
            DataType::UInt8 => self.of_integers::<UInt8Type>(values),
            DataType::UInt16 => self.of_integers::<UInt16Type>(values),
            DataType::UInt32 => self.of_integers::<UInt32Type>(values),
            DataType::UInt64 => self.of_integers::<UInt64Type>(values),
            // A cast ends at the largest integer, and makes 0 of what is not a number.
            DataType::Float32 => self.of_numbers::<Float32Type>(
                values,
                |age| (!age.is_nan()).then(|| age.floor() as i64),
                |start| Some(start as f32),
            ),
            DataType::Float64 => self.of_numbers::<Float64Type>(
                values,
                |age| (!age.is_nan()).then(|| age.floor() as i64),
                |start| Some(start as f64),
            ),
            _ => match &self.birth {
                Some((as_of, notation)) => {
                    temporal::rewrite(values, notation, &mut LatestBirth { bands: self, as_of: *as_of })
                }
                None => Err(Error::internal("bands of ages were bound to a column of dates")),
            },
        }
    }
}

/// A date stays a date: that of the birth of who has the first age of the band since this very day.
struct LatestBirth<'a> {
    bands: &'a Bands,
    as_of: Date,
}

impl Change for LatestBirth<'_> {
    fn clock(&self) -> Clock {
        Clock::Midnight
    }

    #[inline]
    fn date(&mut self, _: usize, birth: Date) -> Option<Date> {
        let Date { year, month, day } = self.as_of;
        let year = year - self.bands.start_of(age(birth, self.as_of))?;
        // Of 29 February, the day before where there is none.
        Date::new(year, month, day).or_else(|| Date::new(year, month, day - 1))
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::*;
    use arrow::datatypes::Date32Type;
    use chrono::{Datelike, Days, NaiveDate};

    use super::*;
    use crate::transform::generalise::Generalise;
    use crate::transform::trial::{bind, complaints, run, run_texts};

    fn list(ages: &[i64]) -> (&'static str, Value) {
        ("bands", Value::List(ages.iter().map(|age| (7..8, Value::Integer(*age))).collect()))
    }

    fn as_of(date: &str) -> (&'static str, Value) {
        ("as_of", Value::Text(date.to_owned()))
    }

    const AGES: &[i64] = &[0, 18, 30, 45, 65, 90];

    #[test]
    fn ages_become_their_bands() {
        let fives = || vec![("bands", Value::Integer(5))];
        let top = || vec![("bands", Value::Integer(20)), ("top", Value::Integer(75))];
        for (parameters, age, expected) in [
            (vec![list(AGES)], "0", Some("0-17")),
            (vec![list(AGES)], "17", Some("0-17")),
            (vec![list(AGES)], "18", Some("18-29")),
            (vec![list(AGES)], "44", Some("30-44")),
            (vec![list(AGES)], "89", Some("65-89")),
            (vec![list(AGES)], "90", Some("90+")),
            (vec![list(AGES)], "117", Some("90+")),
            (vec![list(&[18, 19])], "18", Some("18")),
            (vec![list(&[18, 19])], "17", None),
            (fives(), "37", Some("35-39")),
            (fives(), "89", Some("85-89")),
            (fives(), "104", Some("90+")),
            (top(), "74", Some("60-74")),
            (top(), "75", Some("75+")),
            (vec![list(AGES)], "-1", None),
            (vec![list(AGES)], "37.5", None),
            (vec![list(AGES)], "1985-07-11", None),
            (vec![list(AGES)], "1000", None),
            (vec![list(AGES)], "", None),
        ] {
            let made = run_texts(&Generalise, &parameters, &[age]);
            assert_eq!(made, [expected.map(str::to_owned)], "{age} {parameters:?}");
        }
    }

    #[test]
    fn numbers_become_the_start_of_their_band() {
        let ages: ArrayRef = Arc::new(Int8Array::from(vec![Some(37), None, Some(-1), Some(127)]));
        let made = run(&Generalise, &[list(AGES)], ages);
        let expected: ArrayRef = Arc::new(Int8Array::from(vec![Some(30), None, None, Some(90)]));
        assert_eq!((&made.values, made.invalid), (&expected, vec![2]));
        let made = run(&Generalise, &[list(AGES)], Arc::new(UInt64Array::from(vec![u64::MAX, 3])));
        assert_eq!(&made.values, &(Arc::new(UInt64Array::from(vec![90, 0])) as ArrayRef));
        let ages: ArrayRef = Arc::new(Float64Array::from(vec![Some(17.9), Some(f64::NAN), Some(-0.1), Some(1e300)]));
        let made = run(&Generalise, &[list(AGES)], ages);
        let expected: ArrayRef = Arc::new(Float64Array::from(vec![Some(0.0), None, None, Some(90.0)]));
        assert_eq!((&made.values, made.invalid), (&expected, vec![1, 2]));
    }

    /// What chrono says of the age of who was born on `birth`.
    fn oracle(birth: NaiveDate, as_of: NaiveDate) -> Option<i64> {
        as_of.years_since(birth).map(i64::from)
    }

    #[test]
    fn the_age_of_a_birth_date_is_what_chrono_says_on_every_day() {
        for day in ["2026-01-01", "2024-02-29", "2025-02-28", "2025-03-01", "2026-12-31"] {
            let until: NaiveDate = day.parse().unwrap();
            let births: Vec<NaiveDate> = (0..45_000).step_by(7).map(|back| until - Days::new(back)).collect();
            let ages: Vec<i64> = births.iter().map(|birth| oracle(*birth, until).unwrap()).collect();
            let date =
                |date: NaiveDate| Date { year: date.year().into(), month: date.month() as u8, day: date.day() as u8 };
            for (birth, expected) in births.iter().zip(&ages) {
                assert_eq!(age(date(*birth), date(until)), *expected, "{birth} {day}");
            }
            let (births, ages) = (births.iter().step_by(23), ages.iter().step_by(23));
            let texts: Vec<String> = births.map(NaiveDate::to_string).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let ages: Vec<String> = ages.map(i64::to_string).collect();
            let ages: Vec<&str> = ages.iter().map(String::as_str).collect();
            let made = run_texts(&Generalise, &[list(AGES), as_of(day)], &texts);
            assert_eq!(made, run_texts(&Generalise, &[list(AGES)], &ages), "{day}");
            assert!(made.iter().all(Option::is_some));
        }
    }

    #[test]
    fn a_date_stays_a_date_in_its_own_band() {
        for day in ["2026-06-15", "2024-02-29"] {
            let until: NaiveDate = day.parse().unwrap();
            let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
            let births: Vec<NaiveDate> = (0..40_000).step_by(71).map(|back| until - Days::new(back)).collect();
            let days: Date32Array = births.iter().map(|birth| Some((*birth - epoch).num_days() as i32)).collect();
            let made = run(&Generalise, &[list(AGES), as_of(day)], Arc::new(days));
            let mut seen = std::collections::BTreeSet::new();
            for (birth, made) in births.iter().zip(made.values.as_primitive::<Date32Type>().values()) {
                let made = epoch.checked_add_signed(chrono::TimeDelta::days((*made).into())).unwrap();
                let band = |date| AGES.iter().rposition(|start| *start <= oracle(date, until).unwrap());
                assert_eq!(band(made), band(*birth), "{birth} {day}");
                seen.insert(made);
            }
            assert_eq!(seen.len(), AGES.len());
        }
        let moments: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![1]));
        let made = run(&Generalise, &[list(AGES), as_of("2026-01-01")], moments);
        let expected: ArrayRef =
            Arc::new(TimestampMicrosecondArray::from(vec![(1981 - 1970) * 365 * 86_400_000_000 + 3 * 86_400_000_000]));
        assert_eq!(&made.values, &expected);
    }

    #[test]
    fn dates_of_birth_are_read_in_their_format_and_none_is_in_the_future() {
        let written = ("format", Value::Text("%d.%m.%Y".to_owned()));
        let parameters = [list(AGES), as_of("2026-01-01"), written];
        let texts = ["11.07.1985", "01.01.1930", "1985-07-11", "02.01.2026", "37", "31.02.1985"];
        let expected = [Some("30-44"), Some("90+"), None, None, None, None].map(|text| text.map(str::to_owned));
        assert_eq!(run_texts(&Generalise, &parameters, &texts), expected);
        let free = [list(AGES), as_of("2026-01-01"), ("format", Value::Text("%-d %b %Y".to_owned()))];
        assert_eq!(run_texts(&Generalise, &free, &["11 Jul 1985"]), [Some("30-44".to_owned())]);
    }

    #[test]
    fn a_column_without_ages_is_refused() {
        for (parameters, data_type) in [
            (vec![list(AGES)], DataType::Date32),
            (vec![list(AGES), as_of("2026-01-01")], DataType::Int32),
            (vec![list(AGES)], DataType::Boolean),
            (vec![list(&[0, 140])], DataType::Int8),
        ] {
            assert!(bind(&Generalise, &parameters, &data_type, None).is_err(), "{data_type}");
        }
    }

    #[test]
    fn mistakes_are_told() {
        for (parameters, complained) in [
            (vec![list(&[])], 1),
            (vec![list(&[0, 18, 18])], 1),
            (vec![list(&[30, 18])], 1),
            (vec![list(&[-1])], 1),
            (vec![list(&[0, 151])], 1),
            (vec![("bands", Value::Integer(0))], 1),
            (vec![("bands", Value::Text("young".to_owned()))], 1),
            (vec![list(AGES), ("top", Value::Integer(90))], 1),
            (vec![("bands", Value::Integer(5)), ("top", Value::Integer(0))], 1),
            (vec![list(AGES), as_of("today")], 1),
            (vec![list(AGES), ("format", Value::Text("%d.%m.%Y".to_owned()))], 1),
            (vec![("bucket", Value::Integer(5)), as_of("2026-01-01")], 1),
            (vec![("bucket", Value::Integer(5)), ("top", Value::Integer(90))], 1),
        ] {
            let complaints = complaints(&Generalise, &parameters);
            assert_eq!(complaints.len(), complained, "{parameters:?}: {complaints:?}");
        }
    }
}
