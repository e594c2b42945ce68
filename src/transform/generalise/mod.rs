//! `generalise`: a value becomes the class it is in: a date its period, a number its bucket, a text its first
//! characters.

mod period;
mod prefix;

use arrow::datatypes::DataType;

use super::number::{self, Rounding, Unit};
use super::temporal::{self, Notation};
use super::{
    Bound, Complaint, Example, Facts, Parameter, Params, Properties, Recipe, Refusal, Site, TransformKind, TypeClass,
    Weakness, is_text, strength,
};
use period::{Period, ToPeriod};
use prefix::Prefix;

pub(super) struct Generalise;

/// The parameters that say how far, of which a rule has exactly one.
const HOW_FAR: [&str; 3] = ["to", "keep_first", "bucket"];

impl TransformKind for Generalise {
    fn name(&self) -> &'static str {
        "generalise"
    }

    fn summary(&self) -> &'static str {
        "a date becomes the start of its period, a number its bucket, a text its first characters"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "to",
                takes: "hour, day, week, month, quarter, year, decade or century",
                what: "dates: the period whose first moment they become; a week starts on Monday, a century with 2000, \
                       a timestamp with a time zone is taken in UTC",
            },
            Parameter {
                name: "format",
                takes: "a date format as for strftime",
                what: "with `to`, how dates in text are written; ISO 8601 by default",
            },
            Parameter {
                name: "keep_first",
                takes: "a count of characters",
                what: "text: how many stay at the start; of a text with no more than these, the first half",
            },
            Parameter {
                name: "bucket",
                takes: "a positive number",
                what: "numbers: the width of the buckets, the lower end of which they become",
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

    fn properties(&self) -> Properties {
        Properties {
            leaks: "the period, the bucket or the characters that are kept",
            keeps_length: false,
            keeps_format: false,
            ..CLASSES
        }
    }

    fn example(&self) -> Example {
        Example { rule: r#"{ do = "generalise", to = "year" }"#, source: "1985-07-11", result: Some("1985-01-01") }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let given = HOW_FAR.into_iter().filter(|name| params.has(name)).count();
        if given != 1 {
            let message = match given {
                0 => "`generalise` needs to know how far",
                _ => "`generalise` can do only one thing to a column",
            };
            params.missing(message, "write one of `to` (dates), `keep_first` (text) and `bucket` (numbers)");
        }
        if params.has("format") && !params.has("to") {
            params.missing(
                "`format` says how dates are written, and this rule treats none",
                "write it together with `to`",
            );
        }
        let period = params.word("to", Period::ALL);
        let notation = Notation::take(params);
        let keep_first = params.integer("keep_first", 1, 1_000_000);
        let bucket = Unit::take(params, "bucket");
        let class = match (period, keep_first, bucket) {
            (Some((span, period)), ..) => {
                let notation = notation?;
                if period.is_of_time() && !notation.has_time() {
                    let message = "dates in this format have no time, and nothing would change";
                    params.complain(Complaint::new(span, message).help("choose a longer period, or write \"keep\""));
                }
                Class::Period(period, notation)
            }
            (None, Some((_, count)), _) => Class::Prefix(count as usize),
            (None, None, Some(unit)) => Class::Bucket(unit),
            (None, None, None) => return None,
        };
        Some(Box::new(GeneraliseRecipe { class }))
    }
}

/// What all ways to generalise promise.
const CLASSES: Properties = Properties {
    deterministic: true,
    reversible: false,
    unique: false,
    keeps_length: false,
    keeps_type: true,
    keeps_format: true,
    always_differs: false,
    leaks: "",
};

/// What a value becomes.
#[derive(Debug)]
enum Class {
    Period(Period, Notation),
    Prefix(usize),
    Bucket(Unit),
}

#[derive(Debug)]
struct GeneraliseRecipe {
    class: Class,
}

impl Recipe for GeneraliseRecipe {
    fn properties(&self) -> Properties {
        match &self.class {
            Class::Period(_, notation) => Properties {
                keeps_length: notation.keeps_length(),
                leaks: "the period that each date lies in",
                ..CLASSES
            },
            Class::Prefix(_) => Properties {
                keeps_format: false,
                leaks: "the characters that are kept, of short values the first half, and how long those are",
                ..CLASSES
            },
            Class::Bucket(_) => Properties { leaks: "the bucket that each number lies in", ..CLASSES },
        }
    }

    fn weaknesses(&self, facts: &Facts) -> Vec<Weakness> {
        match &self.class {
            Class::Prefix(count) => strength::of_kept_characters(*count, facts).into_iter().collect(),
            Class::Period(..) | Class::Bucket(_) => Vec::new(),
        }
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        match &self.class {
            Class::Period(period, notation) => {
                if !temporal::takes(site.data_type) {
                    return Err(Refusal::of_type("generalise", site, "").help(TAKES));
                }
                if period.is_of_time() && matches!(site.data_type, DataType::Date32 | DataType::Date64) {
                    let message = format!("a column of type {} has no time, and nothing would change", site.data_type);
                    return Err(Refusal::new(message).help("choose a longer period, or write \"keep\""));
                }
                Ok(Bound::same_type(site, ToPeriod { period: *period, notation: notation.clone() }))
            }
            Class::Prefix(count) => {
                if !is_text(site.data_type) {
                    return Err(Refusal::of_type("generalise", site, "").help(TAKES));
                }
                Ok(Bound::same_type(site, Prefix { count: *count }))
            }
            Class::Bucket(unit) => number::bind(site, "generalise", "bucket", *unit, Rounding::Down),
        }
    }
}

/// What is generalised how: whoever has a column of the wrong type may have taken the wrong parameter.
const TAKES: &str = "dates are generalised by `to`, text by `keep_first`, numbers by `bucket`";

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, Float64Array, Int32Array};
    use arrow::datatypes::TimeUnit;

    use super::*;
    use crate::transform::Value;
    use crate::transform::trial::{bind, complaints, recipe, run, run_texts};

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn the_example_is_true() {
        let Example { source, result, .. } = Generalise.example();
        assert_eq!(run_texts(&Generalise, &[("to", text("year"))], &[source]), [result.map(str::to_owned)]);
    }

    #[test]
    fn numbers_become_the_lower_end_of_their_bucket() {
        let bucket = [("bucket", Value::Integer(10))];
        let texts = ["19", "20", "-1", "-0.5", "0", "9.99", "", "n/a", "1e3"];
        let expected = ["10", "20", "-10", "-10.0", "0", "0.00"].map(|text| Some(text.to_owned()));
        let made = run_texts(&Generalise, &bucket, &texts);
        assert_eq!((&made[..6], &made[6..]), (&expected[..], &[None, None, None][..]));
        let made =
            run(&Generalise, &bucket, Arc::new(Int32Array::from(vec![Some(-1), None, Some(i32::MIN), Some(19)])));
        let expected: ArrayRef = Arc::new(Int32Array::from(vec![Some(-10), None, None, Some(10)]));
        assert_eq!((&made.values, made.invalid), (&expected, vec![2]));
        let made = run(&Generalise, &[("bucket", Value::Float(0.1))], Arc::new(Float64Array::from(vec![0.3, -0.05])));
        assert_eq!(&made.values, &(Arc::new(Float64Array::from(vec![0.3, -0.1])) as ArrayRef));
    }

    #[test]
    fn a_rule_says_exactly_once_how_far() {
        let (to, keep_first, bucket) =
            (("to", text("year")), ("keep_first", Value::Integer(3)), ("bucket", Value::Integer(10)));
        for (parameters, complained) in [
            (vec![], 1),
            (vec![to.clone(), keep_first.clone()], 1),
            (vec![bucket.clone(), keep_first.clone()], 1),
            (vec![("to", text("fortnight"))], 1),
            (vec![("to", text("yaer"))], 1),
            (vec![("keep_first", Value::Integer(0))], 1),
            (vec![("bucket", Value::Integer(0))], 1),
            (vec![("format", text("%d/%m/%Y"))], 2),
            (vec![bucket.clone(), ("format", text("%d/%m/%Y"))], 1),
            (vec![to.clone(), ("format", text("%d/%m"))], 1),
            (vec![to.clone(), ("format", Value::Integer(8))], 1),
            (vec![("to", text("day")), ("format", text("%d/%m/%Y"))], 1),
            (vec![("to", text("hour")), ("format", text("%-d/%m/%Y"))], 1),
        ] {
            let complaints = complaints(&Generalise, &parameters);
            assert_eq!(complaints.len(), complained, "{parameters:?}: {complaints:?}");
        }
        for parameters in [vec![to.clone()], vec![keep_first], vec![bucket], vec![to, ("format", text("%d/%m/%Y"))]] {
            let properties = recipe(&Generalise, &parameters).unwrap().properties();
            assert!(!properties.leaks.is_empty() && properties.deterministic && !properties.always_differs);
        }
    }

    #[test]
    fn a_bad_format_is_told_at_its_place() {
        let complaints = complaints(&Generalise, &[("to", text("year")), ("format", text("%d/%Q"))]);
        assert_eq!(complaints, [(10, "this is no date format".to_owned())]);
    }

    #[test]
    fn a_column_of_the_wrong_type_is_refused() {
        let to = |period| ("to", text(period));
        for (parameter, data_type) in [
            (to("year"), DataType::Int32),
            (to("year"), DataType::Time32(TimeUnit::Second)),
            (to("hour"), DataType::Date32),
            (to("day"), DataType::Date64),
            (("keep_first", Value::Integer(3)), DataType::Int64),
            (("bucket", Value::Integer(10)), DataType::Date32),
            (("bucket", Value::Integer(1)), DataType::Int32),
        ] {
            assert!(bind(&Generalise, &[parameter], &data_type, None).is_err(), "{data_type}");
        }
    }
}
