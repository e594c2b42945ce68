use arrow::array::{Array, ArrayRef, StringViewArray};

use super::temporal::{self, Change, Clock, Date, Notation};
use super::text::{as_text, has_text, text};
use super::{
    Bound, Example, Facts, Makes, Parameter, Params, Properties, Recipe, Refusal, Rewritten, Rows, Site, Transform,
    TransformKind, TypeClass, Weakness,
};
use crate::error::{Error, Result};
use crate::key::{Prf, Purpose};

/// `shift`: the dates of one subject are moved back together.
pub(super) struct Shift;

/// The most days that a date may be moved: ten years.
const FARTHEST: i64 = 3_650;

fn properties(keeps_length: bool) -> Properties {
    Properties {
        deterministic: true,
        reversible: false,
        unique: false,
        keeps_length,
        keeps_type: true,
        keeps_format: true,
        always_differs: true,
        leaks: "each date to within `days` days, the time of day, and the intervals between the dates of one subject",
    }
}

impl TransformKind for Shift {
    fn name(&self) -> &'static str {
        "shift"
    }

    fn summary(&self) -> &'static str {
        "the dates of one subject are moved back by the same keyed number of whole days"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "days",
                takes: "a count of days, 1 to 3650",
                what: "the farthest that a date is moved; columns moved by the same `days` keep their intervals",
            },
            Parameter {
                name: "format",
                takes: "a date format as for strftime",
                what: "how dates in text are written; ISO 8601 by default",
            },
        ]
    }

    fn takes(&self) -> &'static [TypeClass] {
        &[TypeClass::Text, TypeClass::Date, TypeClass::Timestamp]
    }

    fn makes(&self) -> Makes {
        Makes::Near
    }

    fn properties(&self) -> Properties {
        properties(false)
    }

    /// The value belongs to subject `42` of a column `customer_id` without a domain.
    fn example(&self) -> Example {
        Example { rule: r#"{ do = "shift", days = 30 }"#, source: "2026-10-03", result: Some("2026-09-25") }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        if !params.has("days") {
            params.missing("`shift` needs to know how far", "write `days = 30`, or another number of days");
        }
        let days = params.integer("days", 1, FARTHEST);
        let notation = Notation::take(params);
        let (_, days) = days?;
        Some(Box::new(ShiftRecipe { days: days.unsigned_abs(), notation: notation? }))
    }
}

#[derive(Debug)]
struct ShiftRecipe {
    days: u64,
    notation: Notation,
}

impl Recipe for ShiftRecipe {
    fn properties(&self) -> Properties {
        properties(self.notation.keeps_length())
    }

    fn needs_subject(&self) -> bool {
        true
    }

    fn weaknesses(&self, _: &Facts) -> Vec<Weakness> {
        /// A week: whoever moves dates by less keeps them in it.
        const FEW: u64 = 7;
        if self.days >= FEW {
            return Vec::new();
        }
        let message = match self.days {
            1 => "every date is moved by the same day, so that all of them can be told".to_owned(),
            days => format!("a guess of how far a subject's dates were moved is right one time in {days}"),
        };
        vec![Weakness::new(message, "let dates be moved by more days: 30, or 365")]
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        if !temporal::takes(site.data_type) {
            return Err(Refusal::of_type("shift", site, temporal::TAKES));
        }
        let Some(subject) = site.subject else {
            return Err(Refusal::new("`shift` moves the dates of one subject together, and the table has no subject")
                .help("declare `subject = \"…\"` on the table: the column that says whose row it is"));
        };
        let prf = site.keys.prf(Purpose::Shift, subject.domain.unwrap_or(subject.column));
        let kernel =
            ShiftKernel { prf, subject: subject.column.to_owned(), days: self.days, notation: self.notation.clone() };
        Ok(Bound::same_type(site, kernel))
    }
}

/// Moves dates back by 1 to `days` days, always back, so that no date gets into the future that was not there. How far
/// is a keyed function of the subject's source value, which is the same in every table and format. A date without a
/// subject does not conform.
struct ShiftKernel {
    prf: Prf,
    /// The column that says whose row it is.
    subject: String,
    days: u64,
    notation: Notation,
}

impl Transform for ShiftKernel {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let subjects = rows
            .original(&self.subject)
            .ok_or_else(|| Error::internal("a shift of dates was not given the column of its subjects"))?;
        if !has_text(subjects.data_type()) {
            return Err(Error::internal("a shift of dates reads subjects that have no text"));
        }
        let subjects = as_text(subjects)?;
        let mut back = Back { kernel: self, rows, subjects: text(&subjects)?, last: None };
        temporal::rewrite(values, &self.notation, &mut back)
    }
}

/// The shift of one batch. Only the last offset is remembered: the values of one row follow each other, and often the
/// rows of one subject do.
struct Back<'a> {
    kernel: &'a ShiftKernel,
    rows: &'a Rows<'a>,
    subjects: &'a StringViewArray,
    /// A row, and the offset of its subject.
    last: Option<(usize, i64)>,
}

impl Back<'_> {
    /// How many days a value is moved; nothing if it has no subject.
    #[inline]
    fn offset(&mut self, index: usize) -> Option<i64> {
        let row = self.rows.row(index);
        if self.subjects.is_null(row) {
            return None;
        }
        let subject = self.subjects.value(row);
        let offset = match self.last {
            Some((last, offset)) if last == row || self.subjects.value(last) == subject => offset,
            _ => {
                let choice = self.kernel.prf.choice(subject.as_bytes());
                // The high half of the product: an even choice of 0 to `days` - 1.
                1 + ((u128::from(choice) * u128::from(self.kernel.days)) >> 64) as i64
            }
        };
        self.last = Some((row, offset));
        Some(offset)
    }
}

impl Change for Back<'_> {
    fn clock(&self) -> Clock {
        Clock::Whole
    }

    #[inline]
    fn date(&mut self, index: usize, date: Date) -> Option<Date> {
        self.day(index, date.to_day()).map(Date::from_day)
    }

    #[inline]
    fn day(&mut self, index: usize, day: i64) -> Option<i64> {
        day.checked_sub(self.offset(index)?)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{AsArray, Date32Array, Date64Array, Int64Array, TimestampMicrosecondArray};
    use arrow::datatypes::{DataType, Date32Type, TimeUnit};
    use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

    use super::*;
    use crate::key::{Key, Keyring, Suite};
    use crate::transform::trial::{SUBJECT, apply, bind, complaints, run, run_texts};
    use crate::transform::{Columns, Subject, Value};

    fn days(days: i64) -> [(&'static str, Value); 1] {
        [("days", Value::Integer(days))]
    }

    /// The offset by its definition: a keyed hash, as a fraction of all hashes, of the range.
    fn offset(context: &str, subject: &str, days: i64) -> i64 {
        let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::Sha256);
        let tag = keys.prf(Purpose::Shift, context).tag(subject.as_bytes());
        let (high, _) = tag.split_at(8);
        let choice = high.iter().fold(0u128, |choice, byte| choice << 8 | u128::from(*byte));
        1 + (choice * days as u128 / (1 << 64)) as i64
    }

    fn subjects(column: ArrayRef) -> Columns {
        Columns::from([(SUBJECT.column.to_owned(), column)])
    }

    fn shift_dates(bound: &Bound, dates: &[Option<i32>], column: ArrayRef) -> (Vec<Option<i32>>, Vec<usize>) {
        let dates: ArrayRef = Arc::new(Date32Array::from(dates.to_vec()));
        let made = apply(&*bound.transform, &dates, &subjects(column));
        (made.values.as_primitive::<Date32Type>().iter().collect(), made.invalid)
    }

    #[test]
    fn the_example_is_true() {
        let Example { source, result, .. } = Shift.example();
        assert_eq!(run_texts(&Shift, &days(30), &[source]), [result.map(str::to_owned)]);
    }

    #[test]
    fn every_notation_and_type_is_moved_by_the_offset_of_the_subject() {
        let back = offset("customer_id", "42", 30);
        let moved = |text: &str, format: &str| {
            let moment = NaiveDateTime::parse_from_str(text, format).unwrap() - TimeDelta::days(back);
            Some(moment.format(format).to_string())
        };
        let texts = [
            "2026-10-03T14:05:09.250Z",
            "2024-03-01T00:00:00.000Z",
            "1970-01-01T23:59:59.999Z",
            "0001-01-01T00:00:00.000Z",
        ];
        let expected = texts[..3].iter().map(|text| moved(text, "%Y-%m-%dT%H:%M:%S%.3fZ"));
        let expected: Vec<_> = expected.chain([Some(format!("0000-12-{:02}T00:00:00.000Z", 32 - back))]).collect();
        assert_eq!(run_texts(&Shift, &days(30), &texts), expected);
        for format in ["%d.%m.%Y %H:%M", "%-d/%m/%Y %H:%M:%S"] {
            let parameters = [days(30)[0].clone(), ("format", Value::Text(format.to_owned()))];
            let text =
                NaiveDate::from_ymd_opt(2024, 3, 1).unwrap().and_hms_opt(1, 2, 0).unwrap().format(format).to_string();
            assert_eq!(run_texts(&Shift, &parameters, &[&text]), [moved(&text, format)]);
        }
        let day_of = 86_400_000_000;
        let values: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![Some(7), None, Some(-1), Some(i64::MIN)]));
        let made = run(&Shift, &days(30), values);
        let expected =
            TimestampMicrosecondArray::from(vec![Some(7 - back * day_of), None, Some(-1 - back * day_of), None]);
        assert_eq!((&made.values, made.invalid), (&(Arc::new(expected) as ArrayRef), vec![3]));
        let made = run(&Shift, &days(30), Arc::new(Date64Array::from(vec![86_400_000 * 100])));
        assert_eq!(&made.values, &(Arc::new(Date64Array::from(vec![86_400_000 * (100 - back)])) as ArrayRef));
    }

    #[test]
    fn intervals_within_a_subject_stay_and_all_dates_go_back() {
        let customers: Vec<i64> = (0..600).map(|row| row * 7 % 50).collect();
        let dates: Vec<_> = (0..600).map(|row| Some(20_000 + (row * 131 % 997) - 500)).collect();
        let bound = bind(&Shift, &days(30), &DataType::Date32, Some(SUBJECT)).unwrap();
        let (made, invalid) = shift_dates(&bound, &dates, Arc::new(Int64Array::from(customers.clone())));
        assert!(invalid.is_empty());
        let mut seen = std::collections::BTreeSet::new();
        for (row, customer) in customers.iter().enumerate() {
            let back = dates[row].unwrap() - made[row].unwrap();
            assert_eq!(i64::from(back), offset("customer_id", &customer.to_string(), 30), "customer {customer}");
            assert!((1..=30).contains(&back));
            seen.insert(back);
        }
        assert!(seen.len() > 15, "fifty customers have many different offsets");
    }

    #[test]
    fn a_subject_is_the_same_in_text_and_in_integers_and_by_its_domain_in_every_column() {
        let dates = [Some(20_000), Some(20_001), None, Some(20_003)];
        let integers: ArrayRef = Arc::new(Int64Array::from(vec![Some(7), Some(-12), Some(7), None]));
        let texts: ArrayRef = Arc::new(StringViewArray::from(vec![Some("7"), Some("-12"), Some("7"), None]));
        let domain = Some("customer");
        let of = |column| bind(&Shift, &days(365), &DataType::Date32, Some(Subject { column, domain })).unwrap();
        let (made, invalid) = shift_dates(&of(SUBJECT.column), &dates, integers);
        assert_eq!(shift_dates(&of(SUBJECT.column), &dates, Arc::clone(&texts)), (made.clone(), invalid.clone()));
        let elsewhere = Columns::from([("buyer".to_owned(), texts)]);
        let values: ArrayRef = Arc::new(Date32Array::from(dates.to_vec()));
        let by_buyer = apply(&*of("buyer").transform, &values, &elsewhere);
        assert_eq!(by_buyer.values.as_primitive::<Date32Type>().iter().collect::<Vec<_>>(), made);
        let expected = |day: i32, subject| Some(day - offset("customer", subject, 365) as i32);
        assert_eq!((made, invalid), (vec![expected(20_000, "7"), expected(20_001, "-12"), None, None], vec![3]));
    }

    #[test]
    fn the_values_of_a_list_are_moved_with_the_row_that_owns_them() {
        let bound = bind(&Shift, &days(30), &DataType::Date32, Some(SUBJECT)).unwrap();
        let originals = subjects(Arc::new(StringViewArray::from(vec!["a", "b", "c"])));
        let values: ArrayRef = Arc::new(Date32Array::from(vec![100; 5]));
        let none = Columns::new();
        let rows = Rows::new(0, Some(&[2, 2, 0, 1, 1]), &originals, &none);
        let made = bound.transform.apply(&values, &rows).unwrap();
        let expected: Vec<_> =
            ["c", "c", "a", "b", "b"].iter().map(|s| 100 - offset("customer_id", s, 30) as i32).collect();
        assert_eq!(made.values.as_primitive::<Date32Type>().values(), &expected[..]);
    }

    #[test]
    fn a_table_without_subject_and_a_column_without_dates_are_refused() {
        let refusal = bind(&Shift, &days(30), &DataType::Utf8View, None).err().unwrap();
        assert!(refusal.help.unwrap().contains("subject"));
        assert!(bind(&Shift, &days(30), &DataType::Int64, Some(SUBJECT)).is_err());
        assert!(
            bind(&Shift, &days(30), &DataType::Timestamp(TimeUnit::Second, Some("UTC".into())), Some(SUBJECT)).is_ok()
        );
    }

    #[test]
    fn mistakes_are_told() {
        for (parameters, complained) in [
            (vec![], 1),
            (days(0).to_vec(), 1),
            (days(3_651).to_vec(), 1),
            (vec![("days", Value::Float(1.5))], 1),
            (vec![("format", Value::Text("%d".to_owned()))], 2),
        ] {
            assert_eq!(complaints(&Shift, &parameters).len(), complained, "{parameters:?}");
        }
    }
}
