//! `generalise`: a value becomes the class it is in: a date its period, a number its bucket, an age its band, a text its
//! first characters, a coordinate the nearest point of a grid, any text what a file says of it.

mod bands;
mod grid;
mod hierarchy;
mod period;
mod prefix;

use arrow::datatypes::DataType;

use super::number::{self, Rounding, Unit};
use super::temporal::{self, Notation};
use super::{
    Bound, Complaint, Example, Facts, Makes, Parameter, Params, Properties, Recipe, Refusal, Site, Span, TransformKind,
    TypeClass, Weakness, is_text, strength,
};
use bands::Bands;
use grid::Grid;
use hierarchy::Hierarchy;
use period::{Period, ToPeriod};
use prefix::{Prefix, ZipCode};

pub(super) struct Generalise;

/// The parameters that say how far, of which a rule has exactly one.
const HOW_FAR: [&str; 5] = ["to", "keep_first", "bucket", "bands", "hierarchy"];

/// The parameters that go with one of these only.
const BESIDE: [(&str, &str); 9] = [
    ("format", "a period in `to`, or `as_of`"),
    ("size", "`to = \"grid\"`"),
    ("decimals", "`to = \"grid\"`"),
    ("of", "`to = \"grid\"`"),
    ("hipaa", "`keep_first`"),
    ("top", "`bands`"),
    ("as_of", "`bands`"),
    ("level", "`hierarchy`"),
    ("delimiter", "`hierarchy`"),
];

impl TransformKind for Generalise {
    fn name(&self) -> &'static str {
        "generalise"
    }

    fn summary(&self) -> &'static str {
        "a value becomes its class: a date its period, a number its bucket, an age its band, a text its first characters"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "to",
                takes: "hour, day, week, month, quarter, year, decade, century or grid",
                what: "dates: the period whose first moment they become; a week starts on Monday, a century with 2000, \
                       a timestamp with a time zone is taken in UTC. Latitudes and longitudes: a grid, the nearest \
                       point of which they become",
            },
            Parameter {
                name: "format",
                takes: "a date format as for strftime",
                what: "with `to` or `as_of`, how dates in text are written; ISO 8601 by default",
            },
            Parameter {
                name: "size",
                takes: "degrees that divide 90: 0.1, 0.25, 5",
                what: "with `to = \"grid\"`, how far its points are apart; 0.1 of latitude are 11 km",
            },
            Parameter {
                name: "decimals",
                takes: "a count, 0 to 12",
                what: "the same as a count of decimals: 1 is a size of 0.1",
            },
            Parameter {
                name: "of",
                takes: "\"latitude\" or \"longitude\"",
                what: "with `to = \"grid\"`, what the column holds: from -90 to 90 degrees, or from -180 to 180, which \
                       is the default; a number beyond does not conform",
            },
            Parameter {
                name: "keep_first",
                takes: "a count of characters",
                what: "text: how many stay at the start; of a text with no more than these, the first half",
            },
            Parameter {
                name: "hipaa",
                takes: "true or false",
                what: "with `keep_first = 3`: US ZIP codes, of which those of areas with no more than 20,000 people \
                       become 000, as the safe harbour method of HIPAA asks; another text does not conform",
            },
            Parameter {
                name: "bucket",
                takes: "a positive number",
                what: "numbers: the width of the buckets, the lower end of which they become",
            },
            Parameter {
                name: "bands",
                takes: "a list of ages, or a count of years",
                what: "ages: where each band begins, the last of which has no end; or how wide bands from 0 on are. \
                       Text becomes `30-44`, an integer the start of its band",
            },
            Parameter {
                name: "top",
                takes: "an age, 1 to 150",
                what: "with a width of `bands`, where the last band begins, `90+`; 90 by default, as HIPAA asks",
            },
            Parameter {
                name: "as_of",
                takes: "a date as \"2026-01-01\"",
                what: "with `bands`: the column holds dates of birth, and this is the day on which ages are taken. Text \
                       becomes `30-44`, a date the latest date of birth in its band",
            },
            Parameter {
                name: "hierarchy",
                takes: "the path of a CSV file, from the folder of the rules file",
                what: "text: the file whose lines have a value, its class, the class of that, and so on, without a \
                       header; a value that has no line does not conform",
            },
            Parameter {
                name: "level",
                takes: "a count of steps, 1 or more",
                what: "with `hierarchy`, how many classes up a value goes; 1 by default",
            },
            Parameter {
                name: "delimiter",
                takes: "one character",
                what: "with `hierarchy`, what stands between the fields of the file; a comma by default",
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
        Makes::Coarser
    }

    fn properties(&self) -> Properties {
        Properties {
            leaks: "the period, the bucket, the band, the class or the characters that are kept",
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
            params.missing(message, format!("write one thing only: {TAKES}"));
        }
        let class = class(params);
        for name in HOW_FAR {
            params.take(name);
        }
        for (name, owner) in BESIDE {
            if let Some((span, _)) = params.take(name) {
                params.complain(Complaint::new(span, format!("`{name}` goes with {owner}, and this rule has none")));
            }
        }
        Some(Box::new(GeneraliseRecipe { class: class? }))
    }
}

/// Takes the first of the parameters that say how far, and those that go with it.
fn class(params: &mut Params<'_>) -> Option<Class> {
    if params.has("to") {
        let mut words: Vec<_> = Period::ALL.iter().map(|(word, period)| (*word, Some(*period))).collect();
        words.push(("grid", None));
        return match params.word("to", &words) {
            Some((span, Some(period))) => to_period(params, span, period),
            Some((_, None)) => Some(Class::Grid(Grid::take(params)?)),
            None => {
                params.take("format");
                None
            }
        };
    }
    if params.has("keep_first") {
        let place = params.place("keep_first");
        let keep_first = params.integer("keep_first", 1, 1_000_000);
        let hipaa = params.boolean("hipaa").is_some_and(|(_, hipaa)| hipaa);
        let (_, count) = keep_first?;
        if hipaa && count != ZipCode::KEEP {
            let message = "HIPAA lets the first three digits of a ZIP code stay";
            params.complain(Complaint::new(place, message).help("write `keep_first = 3`"));
            return None;
        }
        return Some(if hipaa { Class::ZipCode } else { Class::Prefix(count as usize) });
    }
    if params.has("bucket") {
        return Unit::take(params, "bucket").map(Class::Bucket);
    }
    if params.has("bands") {
        return Bands::take(params).map(Class::Bands);
    }
    Hierarchy::take(params).map(Class::Hierarchy)
}

fn to_period(params: &mut Params<'_>, span: Span, period: Period) -> Option<Class> {
    let notation = Notation::take(params)?;
    if period.is_of_time() && !notation.has_time() {
        let message = "dates in this format have no time, and nothing would change";
        params.complain(Complaint::new(span, message).help("choose a longer period, or write \"keep\""));
    }
    Some(Class::Period(period, notation))
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
    ZipCode,
    Bucket(Unit),
    Bands(Bands),
    Grid(Grid),
    Hierarchy(Hierarchy),
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
            Class::ZipCode => Properties {
                keeps_format: false,
                leaks: "the first three digits of each ZIP code whose area has more than 20,000 people",
                ..CLASSES
            },
            Class::Bucket(_) => Properties { leaks: "the bucket that each number lies in", ..CLASSES },
            Class::Bands(_) => Properties { keeps_format: false, leaks: "the band that each age lies in", ..CLASSES },
            Class::Grid(_) => Properties { leaks: "each coordinate to within half a cell of the grid", ..CLASSES },
            Class::Hierarchy(_) => {
                Properties { keeps_format: false, leaks: "the class that each value is in", ..CLASSES }
            }
        }
    }

    fn weaknesses(&self, facts: &Facts) -> Vec<Weakness> {
        match &self.class {
            Class::Prefix(count) => strength::of_kept_characters(*count, facts).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        let only_text = || {
            if is_text(site.data_type) { Ok(()) } else { Err(Refusal::of_type("generalise", site, "").help(TAKES)) }
        };
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
            Class::Prefix(count) => only_text().map(|()| Bound::same_type(site, Prefix { count: *count })),
            Class::ZipCode => only_text().map(|()| Bound::same_type(site, ZipCode)),
            Class::Bucket(unit) => number::bind(site, "generalise", "bucket", *unit, Rounding::Down),
            Class::Bands(bands) => bands.bind(site),
            Class::Grid(grid) => grid.bind(site),
            Class::Hierarchy(hierarchy) => only_text().map(|()| Bound::same_type(site, hierarchy.clone())),
        }
    }
}

/// What is generalised how: whoever has a column of the wrong type may have taken the wrong parameter.
const TAKES: &str = "dates are generalised by `to`, text by `keep_first` or `hierarchy`, numbers by `bucket`, ages by \
                     `bands`, coordinates by `to = \"grid\"`";

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
