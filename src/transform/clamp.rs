use arrow::array::ArrayRef;

use super::number::{self, Beyond, Limits};
use super::temporal::{self, Change, Clock, Date, Notation};
use super::{
    Bound, Complaint, Example, Makes, Parameter, Params, Properties, Recipe, Refusal, Rewritten, Rows, Site, Transform,
    TransformKind, TypeClass, Value, is_text,
};
use crate::error::Result;

/// `clamp`: numbers and dates beyond a limit become the limit.
pub(super) struct Clamp;

const PROPERTIES: Properties = Properties {
    deterministic: true,
    reversible: false,
    unique: false,
    keeps_length: false,
    keeps_type: true,
    keeps_format: true,
    always_differs: false,
    leaks: "every value that lies within the limits, and which lie beyond them; of a timestamp, the time of day",
};

impl TransformKind for Clamp {
    fn name(&self) -> &'static str {
        "clamp"
    }

    fn summary(&self) -> &'static str {
        "numbers and dates beyond a limit become the limit (top- and bottom-coding)"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "min",
                takes: "a number, or a date as \"1930-01-01\"",
                what: "what lies below becomes this; without it, there is no lower limit",
            },
            Parameter {
                name: "max",
                takes: "a number, or a date as \"2010-12-31\"",
                what: "what lies above becomes this; without it, there is no upper limit. A number in text keeps its \
                       decimals, a timestamp its time of day",
            },
            Parameter {
                name: "format",
                takes: "a date format as for strftime",
                what: "with dates, how they are written in text; ISO 8601 by default",
            },
        ]
    }

    fn takes(&self) -> &'static [TypeClass] {
        &[
            TypeClass::Text,
            TypeClass::Integer,
            TypeClass::Float,
            TypeClass::Decimal,
            TypeClass::Date,
            TypeClass::Timestamp,
        ]
    }

    fn makes(&self) -> Makes {
        Makes::Near
    }

    fn properties(&self) -> Properties {
        PROPERTIES
    }

    fn example(&self) -> Example {
        Example { rule: r#"{ do = "clamp", min = 0, max = 250_000 }"#, source: "1178340.50", result: Some("250000.00") }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        if !params.has("min") && !params.has("max") {
            params.missing("`clamp` needs a limit", "write `max = 250_000`, `min = \"1930-01-01\"`, or both");
        }
        let is_date = |value: Option<&Value>| matches!(value, Some(Value::Text(_) | Value::Other(_)));
        if !is_date(params.peek("min")) && !is_date(params.peek("max")) {
            if params.has("format") {
                params.missing("`format` says how dates are written, and these limits are numbers", "leave it out");
            }
            params.take("format");
            return Some(Box::new(ClampRecipe { limits: Kind::Numbers(Limits::take(params)?) }));
        }
        let min = temporal::take_date(params, "min");
        let max = temporal::take_date(params, "max");
        let notation = Notation::take(params);
        let (min, max) = (min?, max?);
        let day = |limit: &Option<(_, Date)>| limit.as_ref().map(|(_, date)| date.to_day());
        let (first, last) = (day(&min).unwrap_or(i64::MIN), day(&max).unwrap_or(i64::MAX));
        if let (Some((span, _)), true) = (max, first >= last) {
            params.complain(Complaint::new(span, "`max` is not above `min`"));
            return None;
        }
        Some(Box::new(ClampRecipe { limits: Kind::Dates(ClampDates { first, last, notation: notation? }) }))
    }
}

#[derive(Debug)]
enum Kind {
    Numbers(Limits),
    Dates(ClampDates),
}

#[derive(Debug)]
struct ClampRecipe {
    limits: Kind,
}

impl Recipe for ClampRecipe {
    fn properties(&self) -> Properties {
        match &self.limits {
            Kind::Numbers(_) => PROPERTIES,
            Kind::Dates(dates) => Properties { keeps_length: dates.notation.keeps_length(), ..PROPERTIES },
        }
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        match &self.limits {
            Kind::Numbers(_) if !is_text(site.data_type) && temporal::takes(site.data_type) => {
                Err(Refusal::of_type("clamp", site, "").help("write the limits as dates: \"1930-01-01\""))
            }
            Kind::Numbers(limits) => limits.bind(site, "clamp", Beyond::Held),
            Kind::Dates(dates) if temporal::takes(site.data_type) => Ok(Bound::same_type(site, dates.clone())),
            Kind::Dates(_) if number::scale_of(site.data_type).is_some() => {
                Err(Refusal::of_type("clamp", site, "").help("write the limits as numbers"))
            }
            Kind::Dates(_) => Err(Refusal::of_type("clamp", site, temporal::TAKES)),
        }
    }
}

/// Dates held between two days, counted from 1970-01-01. What changes is the date; the time of day stays.
#[derive(Debug, Clone)]
struct ClampDates {
    first: i64,
    last: i64,
    notation: Notation,
}

impl Transform for ClampDates {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        temporal::rewrite(values, &self.notation, &mut Between { first: self.first, last: self.last })
    }
}

struct Between {
    first: i64,
    last: i64,
}

impl Change for Between {
    fn clock(&self) -> Clock {
        Clock::Whole
    }

    #[inline]
    fn date(&mut self, index: usize, date: Date) -> Option<Date> {
        self.day(index, date.to_day()).map(Date::from_day)
    }

    #[inline]
    fn day(&mut self, _: usize, day: i64) -> Option<i64> {
        Some(day.clamp(self.first, self.last))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::*;
    use arrow::datatypes::{DataType, Decimal128Type, Float32Type, TimeUnit, i256};

    use super::*;
    use crate::transform::trial::{bind, complaints, recipe, run, run_texts};

    /// A rule with limits of any kind.
    fn limits(min: Option<Value>, max: Option<Value>) -> Vec<(&'static str, Value)> {
        [("min", min), ("max", max)].into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    fn whole(min: i64, max: i64) -> Vec<(&'static str, Value)> {
        limits(Some(Value::Integer(min)), Some(Value::Integer(max)))
    }

    fn date(text: &str) -> Option<Value> {
        Some(Value::Text(text.to_owned()))
    }

    #[test]
    fn the_example_is_true() {
        let Example { source, result, .. } = Clamp.example();
        assert_eq!(run_texts(&Clamp, &whole(0, 250_000), &[source]), [result.map(str::to_owned)]);
    }

    #[test]
    fn every_type_of_number_is_held() {
        macro_rules! held {
            ($array:ty, $min:expr, $max:expr, $values:expr, $expected:expr) => {
                let values: ArrayRef = Arc::new(<$array>::from($values.to_vec()));
                let made = run(&Clamp, &whole($min, $max), values);
                let expected: ArrayRef = Arc::new(<$array>::from($expected.to_vec()));
                assert_eq!(&made.values, &expected, stringify!($array));
            };
        }
        held!(Int8Array, -5, 90, [Some(-128), None, Some(90), Some(127)], [Some(-5), None, Some(90), Some(90)]);
        held!(Int8Array, -5, 1_000, [Some(-128), Some(127)], [Some(-5), Some(127)]);
        held!(Int16Array, 0, 90, [Some(i16::MIN), Some(1)], [Some(0), Some(1)]);
        held!(Int32Array, 0, 90, [Some(i32::MIN), None, Some(1)], [Some(0), None, Some(1)]);
        held!(Int64Array, i64::MIN, 90, [Some(i64::MIN), Some(i64::MAX)], [Some(i64::MIN), Some(90)]);
        held!(UInt8Array, -9, 90, [Some(0), Some(255)], [Some(0), Some(90)]);
        held!(UInt16Array, 1, 90, [Some(0), Some(65_535)], [Some(1), Some(90)]);
        held!(UInt32Array, 1, 90, [Some(0), Some(50)], [Some(1), Some(50)]);
        held!(UInt64Array, 1, i64::MAX, [Some(0), Some(u64::MAX)], [Some(1), Some(i64::MAX as u64)]);
        held!(
            Float64Array,
            0,
            90,
            [Some(-0.5), None, Some(89.9), Some(f64::INFINITY), Some(f64::NEG_INFINITY), Some(f64::NAN)],
            [Some(0.0), None, Some(89.9), Some(90.0), Some(0.0), None]
        );
        let tenths = limits(None, Some(Value::Float(0.1)));
        let made = run(&Clamp, &tenths, Arc::new(Float32Array::from(vec![0.2, -7.0])));
        assert_eq!(made.values.as_primitive::<Float32Type>().values()[..], [0.1, -7.0]);
        let half = arrow::compute::cast(&Float32Array::from(vec![95.5, 7.25]), &DataType::Float16).unwrap();
        let made = arrow::compute::cast(&run(&Clamp, &whole(0, 90), half).values, &DataType::Float32).unwrap();
        assert_eq!(made.as_primitive::<Float32Type>().values()[..], [90.0, 7.25]);
    }

    #[test]
    fn decimals_are_held_to_the_last_step_within() {
        let values = |numbers: Vec<Option<i128>>, precision, scale| -> ArrayRef {
            Arc::new(Decimal128Array::from(numbers).with_precision_and_scale(precision, scale).unwrap())
        };
        let fine = limits(Some(Value::Float(-1.125)), Some(Value::Float(1.125)));
        let made = run(&Clamp, &fine, values(vec![Some(-999), None, Some(112), Some(113), Some(999)], 5, 2));
        let numbers: Vec<_> = made.values.as_primitive::<Decimal128Type>().iter().collect();
        assert_eq!(numbers, [Some(-112), None, Some(112), Some(112), Some(112)]);
        let made = run(&Clamp, &whole(-250, 250), values(vec![Some(-9), Some(2), Some(3)], 5, -2));
        assert_eq!(made.values.as_primitive::<Decimal128Type>().values()[..], [-2, 2, 2]);
        let wide: ArrayRef = Arc::new(
            Decimal256Array::from(vec![i256::from_i128(i128::MAX).wrapping_mul(i256::from_i128(1_000))])
                .with_precision_and_scale(76, 2)
                .unwrap(),
        );
        let made = run(&Clamp, &whole(0, 90), wide);
        assert_eq!(made.values.as_primitive::<arrow::datatypes::Decimal256Type>().value(0), i256::from_i128(9_000));
    }

    #[test]
    fn numbers_in_text_keep_their_notation_within_and_their_decimals_beyond() {
        let fine = limits(Some(Value::Float(-1.125)), Some(Value::Float(99.5)));
        for (value, expected) in [
            ("7", Some("7")),
            ("007", Some("007")),
            ("-0.00", Some("-0.00")),
            ("99.5", Some("99.5")),
            ("99.500001", Some("99.500000")),
            ("100", Some("99")),
            ("-3", Some("-1")),
            ("-3.00", Some("-1.12")),
            ("-1.1250", Some("-1.1250")),
            ("-99999999999999999999999999999999999999", Some("-1")),
            ("", None),
            ("n/a", None),
            ("1e3", None),
        ] {
            assert_eq!(run_texts(&Clamp, &fine, &[value]), [expected.map(str::to_owned)], "{value}");
        }
        let narrow = limits(Some(Value::Float(0.2)), Some(Value::Float(0.4)));
        assert_eq!(run_texts(&Clamp, &narrow, &["7", "7.0"]), [None, Some("0.4".to_owned())]);
    }

    #[test]
    fn dates_are_held_in_every_type_and_notation() {
        let both = limits(date("1930-01-01"), date("2010-12-31"));
        for (value, expected) in [
            ("1929-12-31", Some("1930-01-01")),
            ("1930-01-01", Some("1930-01-01")),
            ("2010-12-31T23:59:59Z", Some("2010-12-31T23:59:59Z")),
            ("2011-01-01T12:30:00Z", Some("2010-12-31T12:30:00Z")),
            ("2011-02-30", None),
            ("42", None),
        ] {
            assert_eq!(run_texts(&Clamp, &both, &[value]), [expected.map(str::to_owned)], "{value}");
        }
        let mut written = both.clone();
        written.push(("format", Value::Text("%d/%m/%Y".to_owned())));
        assert_eq!(run_texts(&Clamp, &written, &["05/06/1900"]), [Some("01/01/1930".to_owned())]);
        let days: ArrayRef = Arc::new(Date32Array::from(vec![Some(i32::MIN), None, Some(0), Some(i32::MAX)]));
        let made = run(&Clamp, &both, days);
        // By Python: 1930-01-01 is day -14610, 2010-12-31 day 14974.
        let expected: ArrayRef = Arc::new(Date32Array::from(vec![Some(-14_610), None, Some(0), Some(14_974)]));
        assert_eq!(&made.values, &expected);
        let late: ArrayRef = Arc::new(TimestampSecondArray::from(vec![20_000 * 86_400 + 7]));
        let expected: ArrayRef = Arc::new(TimestampSecondArray::from(vec![14_974 * 86_400 + 7]));
        assert_eq!(&run(&Clamp, &both, late).values, &expected);
    }

    #[test]
    fn a_column_that_has_nothing_within_or_nothing_beyond_is_refused() {
        for (parameters, data_type) in [
            (whole(300, 400), DataType::UInt8),
            (limits(None, Some(Value::Integer(-1))), DataType::UInt32),
            (whole(-1_000, 1_000), DataType::Int8),
            (limits(Some(Value::Float(0.2)), Some(Value::Float(0.4))), DataType::Int32),
            (limits(Some(Value::Integer(100_000)), None), DataType::Decimal32(4, 0)),
            (limits(Some(Value::Integer(100_000)), None), DataType::Float16),
            (whole(0, 90), DataType::Date32),
            (whole(0, 90), DataType::Boolean),
            (limits(date("1930-01-01"), None), DataType::Int32),
            (limits(date("1930-01-01"), None), DataType::Time32(TimeUnit::Second)),
        ] {
            assert!(bind(&Clamp, &parameters, &data_type, None).is_err(), "{parameters:?} {data_type}");
        }
    }

    #[test]
    fn mistakes_are_told() {
        let text = |text: &str| Value::Text(text.to_owned());
        for (parameters, complained) in [
            (vec![], 1),
            (whole(5, 5), 1),
            (whole(6, 5), 1),
            (limits(date("2010-12-31"), date("2010-12-31")), 1),
            (limits(date("2010-02-30"), None), 1),
            (limits(date("2010-2-3"), None), 1),
            (limits(Some(Value::Other("a date")), None), 1),
            (limits(date("2010-12-31"), Some(Value::Integer(7))), 1),
            (limits(Some(Value::Boolean(true)), None), 1),
            (limits(Some(Value::Float(1e300)), None), 1),
            (vec![("max", Value::Integer(1)), ("format", text("%d/%m/%Y"))], 1),
            (vec![("max", text("2010-12-31")), ("format", text("%Q"))], 1),
        ] {
            let complaints = complaints(&Clamp, &parameters);
            assert_eq!(complaints.len(), complained, "{parameters:?}: {complaints:?}");
        }
        assert!(recipe(&Clamp, &limits(date("1930-01-01"), None)).unwrap().properties().keeps_length);
        assert!(!recipe(&Clamp, &whole(0, 90)).unwrap().properties().keeps_length);
    }
}
