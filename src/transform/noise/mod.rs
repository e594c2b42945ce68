//! `noise`: numbers perturbed by keyed random numbers, one a row, or one a subject.

mod kernel;
mod variate;

use super::number::{Limits, Unit};
use super::{
    Bound, Complaint, Example, Makes, Parameter, Params, Properties, Recipe, Refusal, Site, TransformKind, TypeClass,
};
use kernel::{By, Reach, Spread};

pub(super) struct Noise;

/// The parameters that say how much, of which a rule has exactly one.
const HOW_MUCH: [&str; 3] = ["amount", "percent", "scale"];

const SPREADS: &[(&str, Spread)] =
    &[("uniform", Spread::Uniform), ("laplace", Spread::Laplace), ("gaussian", Spread::Gaussian)];

const PROPERTIES: Properties = Properties {
    deterministic: false,
    reversible: false,
    unique: false,
    keeps_length: false,
    keeps_type: true,
    keeps_format: true,
    always_differs: false,
    leaks: "each number to within the noise; sums and means over many rows nearly as they were; everything, to \
            who holds the key",
};

impl TransformKind for Noise {
    fn name(&self) -> &'static str {
        "noise"
    }

    fn summary(&self) -> &'static str {
        "numbers are perturbed by keyed random ones, and written with the decimals they came with"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "amount",
                takes: "a positive number",
                what: "the farthest that a number is moved, up or down; every distance is as likely",
            },
            Parameter {
                name: "percent",
                takes: "a number above 0, up to 100",
                what: "the same as a part of each number; one so small that this is less than its last decimal stays",
            },
            Parameter {
                name: "scale",
                takes: "a positive number",
                what: "with `distribution`: of \"laplace\" the mean distance, of \"gaussian\" the standard deviation",
            },
            Parameter {
                name: "distribution",
                takes: "\"uniform\", \"laplace\" or \"gaussian\"",
                what: "how distances are distributed: \"uniform\" with `amount` and `percent`, another with `scale`",
            },
            Parameter {
                name: "by",
                takes: "\"row\" or \"subject\"",
                what: "whether each row of a file has noise of its own, the default, or all rows of a subject have the \
                       same, whatever their places",
            },
            Parameter { name: "min", takes: "a number", what: "what would become less becomes this" },
            Parameter { name: "max", takes: "a number", what: "what would become more becomes this" },
        ]
    }

    fn takes(&self) -> &'static [TypeClass] {
        &[TypeClass::Text, TypeClass::Integer, TypeClass::Float, TypeClass::Decimal]
    }

    fn makes(&self) -> Makes {
        Makes::Near
    }

    fn properties(&self) -> Properties {
        PROPERTIES
    }

    /// The value stands in row 0 of column `column` of table `example`.
    fn example(&self) -> Example {
        Example { rule: r#"{ do = "noise", amount = 10 }"#, source: "1178.34", result: Some("1181.47") }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let given = HOW_MUCH.into_iter().filter(|name| params.has(name)).count();
        if given != 1 {
            let message = match given {
                0 => "`noise` needs to know how much",
                _ => "`noise` takes only one measure",
            };
            params.missing(message, "write one of `amount`, `percent`, and `scale` with a `distribution`");
        }
        let has_scale = params.has("scale");
        let spread = match params.word("distribution", SPREADS) {
            Some((span, spread)) if has_scale == (spread == Spread::Uniform) => {
                let (measure, other) = if has_scale { ("scale", "amount") } else { ("amount` or `percent", "scale") };
                let message = format!("this distribution has no `{measure}`");
                params.complain(Complaint::new(span, message).help(format!("it goes with `{other}`")));
                None
            }
            Some((_, spread)) => Some(spread),
            None if params.has("distribution") => None,
            None if has_scale => {
                params.missing(
                    "`scale` belongs to a distribution",
                    "write `distribution = \"laplace\"` or `distribution = \"gaussian\"`",
                );
                None
            }
            None => Some(Spread::Uniform),
        };
        let amount = Unit::take(params, "amount");
        let percent = percent(params);
        let scale = Unit::take(params, "scale");
        let by = match params.word("by", &[("row", false), ("subject", true)]) {
            Some((_, subject)) => subject,
            None => false,
        };
        let limits = Limits::take(params);
        let reach = match (amount.or(scale), percent) {
            (Some(unit), _) => Reach::Fixed(unit),
            (None, Some(unit)) => Reach::Percent(unit),
            (None, None) => return None,
        };
        Some(Box::new(NoiseRecipe { reach, spread: spread?, by_subject: by, limits: limits? }))
    }
}

/// Takes the parameter `percent`.
fn percent(params: &mut Params<'_>) -> Option<Unit> {
    let span = params.place("percent");
    let percent = Unit::take(params, "percent")?;
    if percent.steps_below(12) > 100 * 10i128.pow(12) {
        params.complain(Complaint::new(span, "`percent` takes a number up to 100"));
        return None;
    }
    Some(percent)
}

#[derive(Debug)]
struct NoiseRecipe {
    reach: Reach,
    spread: Spread,
    by_subject: bool,
    limits: Limits,
}

impl Recipe for NoiseRecipe {
    fn properties(&self) -> Properties {
        if self.by_subject {
            let leaks = "each number to within the noise, and the differences between the numbers of one subject";
            Properties { leaks, ..PROPERTIES }
        } else {
            PROPERTIES
        }
    }

    fn needs_subject(&self) -> bool {
        self.by_subject
    }

    fn needs_row_numbers(&self) -> bool {
        !self.by_subject
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        let by = match site.subject {
            _ if !self.by_subject => By::Row,
            Some(subject) => By::Subject(subject.column.to_owned()),
            None => {
                return Err(Refusal::new(
                    "noise by subject needs to know whose row it is, and the table has no subject",
                )
                .help("declare `subject = \"…\"` on the table, or leave `by` out"));
            }
        };
        kernel::bind(site, self.reach, self.spread, by, self.limits)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::*;
    use arrow::datatypes::{DataType, Float64Type, Int64Type, UInt8Type, i256};

    use super::*;
    use crate::key::{Key, Keyring, Purpose, Suite};
    use crate::transform::trial::{SUBJECT, apply, bind, complaints, recipe, run, run_texts};
    use crate::transform::{Columns, Rows, Value};

    type Parameters = Vec<(&'static str, Value)>;

    fn amount(amount: i64) -> Parameters {
        vec![("amount", Value::Integer(amount))]
    }

    fn spread(distribution: &str, scale: i64) -> Parameters {
        vec![("scale", Value::Integer(scale)), ("distribution", Value::Text(distribution.to_owned()))]
    }

    fn with(mut parameters: Parameters, name: &'static str, value: Value) -> Parameters {
        parameters.push((name, value));
        parameters
    }

    /// The uniform noise of a row by its definition: 64 bits of a keyed hash, as a fraction of all, of the distances.
    fn by_hand(suite: Suite, row: u64, size: i128) -> i128 {
        let keys = Keyring::new(Key::from_bytes([0; 32]), suite);
        let message = [&[0][..], &row.to_be_bytes(), &[0; 8]].concat();
        let tag = keys.prf(Purpose::Noise, "table\0column").tag(&message);
        let bits = tag[..8].iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        (bits * (2 * size as u128 + 1) / (1 << 64)) as i128 - size
    }

    #[test]
    fn noise_is_a_keyed_function_of_the_row_and_is_written_with_the_decimals_of_the_value() {
        let texts = ["1178.34", "1178.34", "-5", "0.000", "007", "99999999999999999999999999.99"];
        let made = run_texts(&Noise, &amount(10), &texts);
        let moved = |row: usize, number: i128, size: i128| number + by_hand(Suite::Sha256, row as u64, size);
        let expected =
            [(117_834, 2), (117_834, 2), (-5, 0), (0, 3), (7, 0), (9_999_999_999_999_999_999_999_999_999, 2)];
        for (row, (number, decimals)) in expected.into_iter().enumerate() {
            let written = made[row].as_ref().unwrap();
            let digits: i128 = written.replace('.', "").parse().unwrap();
            assert_eq!(digits, moved(row, number, 10 * 10i128.pow(decimals)), "{written}");
            assert_eq!(written.split_once('.').map_or(0, |(_, after)| after.len()), decimals as usize, "{written}");
        }
        assert_ne!(made[0], made[1], "two rows have the same noise");
    }

    /// What must never change: the noise of the first rows, of each distribution in both suites.
    #[test]
    fn the_noise_of_a_key_never_changes() {
        let golden = [
            (Suite::Sha256, amount(1_000_000), GOLDEN[0]),
            (Suite::Sha256, spread("laplace", 1_000_000), GOLDEN[1]),
            (Suite::Sha256, spread("gaussian", 1_000_000), GOLDEN[2]),
            (Suite::Blake3, amount(1_000_000), GOLDEN[3]),
            (Suite::Blake3, spread("laplace", 1_000_000), GOLDEN[4]),
            (Suite::Blake3, spread("gaussian", 1_000_000), GOLDEN[5]),
        ];
        for (suite, parameters, expected) in golden {
            let keys = Keyring::new(Key::from_bytes([0; 32]), suite);
            let site = Site {
                table: "table",
                column: "column",
                data_type: &DataType::Int64,
                subject: None,
                fill_nulls: false,
                keys: &keys,
            };
            let bound = recipe(&Noise, &parameters).unwrap().bind(&site).unwrap();
            let made = apply(&*bound.transform, &(Arc::new(Int64Array::from(vec![0; 4])) as ArrayRef), &Columns::new());
            assert_eq!(made.values.as_primitive::<Int64Type>().values()[..], expected, "{suite:?} {parameters:?}");
            if parameters.len() == 1 {
                let oracle: Vec<_> = (0..4).map(|row| by_hand(suite, row, 1_000_000) as i64).collect();
                assert_eq!(oracle, expected);
            }
        }
    }

    /// Those of SHA-256 are what a computation in another language gives, with its own logarithm and cosine.
    const GOLDEN: [[i64; 4]; 6] = [
        [-505_533, -538_575, -479_707, 834_648],
        [-1_397_421, 1_466_582, -1_346_509, 86_295],
        [-1_639_072, 306_137, -1_639_829, 408_274],
        [-131_465, 265_123, 85_600, -307_006],
        [-834_094, 457_978, -611_015, -1_059_881],
        [-384_620, 899_134, -1_015_178, -563_443],
    ];

    #[test]
    fn every_type_of_number_is_moved_alike() {
        let moved = |row, number: i128, size| number + by_hand(Suite::Sha256, row, size);
        macro_rules! same {
            ($array:ty, $type:ty) => {
                let values: ArrayRef = Arc::new(<$array>::from(vec![Some(60), None, Some(50)]));
                let made = run(&Noise, &amount(9), values);
                let expected: ArrayRef = Arc::new(<$array>::from(vec![
                    Some(moved(0, 60, 9) as $type),
                    None,
                    Some(moved(2, 50, 9) as $type),
                ]));
                assert_eq!(&made.values, &expected, stringify!($array));
            };
        }
        same!(Int8Array, i8);
        same!(Int16Array, i16);
        same!(Int32Array, i32);
        same!(Int64Array, i64);
        same!(UInt8Array, u8);
        same!(UInt16Array, u16);
        same!(UInt32Array, u32);
        same!(UInt64Array, u64);
        let decimals: ArrayRef =
            Arc::new(Decimal128Array::from(vec![Some(6_000), None]).with_precision_and_scale(6, 2).unwrap());
        let wide = Decimal256Array::from(vec![Some(i256::from_i128(6_000)), None]).with_precision_and_scale(60, 2);
        for values in [decimals, Arc::new(wide.unwrap()) as ArrayRef] {
            let made = run(&Noise, &amount(9), values);
            let made = arrow::compute::cast(&made.values, &DataType::Utf8View).unwrap();
            let expected = moved(0, 6_000, 900).to_string();
            assert_eq!(made.as_string_view().value(0).replace('.', ""), expected);
        }
        let hundreds = Decimal128Array::from(vec![6]).with_precision_and_scale(9, -2).unwrap();
        let made = run(&Noise, &amount(1_000), Arc::new(hundreds));
        assert_eq!(made.values.as_primitive::<arrow::datatypes::Decimal128Type>().value(0), moved(0, 6, 10));
        let floats: ArrayRef = Arc::new(Float64Array::from(vec![Some(60.25), None, Some(50.0), Some(f64::NAN)]));
        let made = run(&Noise, &amount(9), floats);
        let expected = [moved(0, 6_025, 900) as f64 / 100.0, moved(2, 50, 9) as f64];
        let floats = made.values.as_primitive::<Float64Type>();
        assert_eq!(([floats.value(0), floats.value(2)], made.invalid), (expected, vec![3]));
    }

    #[test]
    fn noise_stays_within_its_measure_the_limits_and_the_type() {
        let bytes: ArrayRef = Arc::new((0..=255).collect::<UInt8Array>());
        for parameters in [amount(200), spread("laplace", 100), spread("gaussian", 100)] {
            let made = run(&Noise, &parameters, Arc::clone(&bytes));
            assert!(made.invalid.is_empty());
            let made = made.values.as_primitive::<UInt8Type>().values().to_vec();
            assert!(made.contains(&0) && made.contains(&255), "the ends of the type are where large noise ends");
        }
        let held = with(with(amount(200), "min", Value::Integer(20)), "max", Value::Float(30.5));
        let made = run(&Noise, &held, bytes);
        assert!(made.values.as_primitive::<UInt8Type>().values().iter().all(|number| (20..=30).contains(number)));
        assert_eq!(run_texts(&Noise, &held, &["0", "1000"]), [Some("20".to_owned()), Some("30".to_owned())]);
        let percent = vec![("percent", Value::Float(2.5))];
        for (row, made) in run_texts(&Noise, &percent, &["1000.0"; 200]).iter().enumerate() {
            let made: f64 = made.as_ref().unwrap().parse().unwrap();
            assert!((975.0..=1_025.0).contains(&made), "{row}");
        }
        assert_eq!(run_texts(&Noise, &percent, &["0.00", "1"]), ["0.00", "1"].map(|text| Some(text.to_owned())));
        let longest = "9".repeat(38);
        for made in run_texts(&Noise, &[("percent", Value::Integer(100))], &vec![longest.as_str(); 20]) {
            let made = made.unwrap();
            assert!(made.len() <= 38 && !made.starts_with('-'), "{made}");
        }
    }

    #[test]
    fn distances_are_spread_as_the_rule_says() {
        let numbers = || -> ArrayRef { Arc::new(Int64Array::from(vec![0; 20_000])) };
        for (parameters, mean, square) in [
            // Of a uniform distribution to 1000: the mean distance is a half, the mean square a third.
            (amount(1_000), 500.0, 1_000.0 * 1_000.0 / 3.0),
            (spread("laplace", 1_000), 1_000.0, 2.0 * 1_000.0 * 1_000.0),
            (spread("gaussian", 1_000), 1_000.0 * (2.0 / std::f64::consts::PI).sqrt(), 1_000.0 * 1_000.0),
        ] {
            let bound = bind(&Noise, &parameters, &DataType::Int64, None).unwrap();
            let none = Columns::new();
            let made = bound.transform.apply(&numbers(), &Rows::new(0, None, &none, &none)).unwrap();
            let made: Vec<f64> = made.values.as_primitive::<Int64Type>().values().iter().map(|n| *n as f64).collect();
            let average = |of: fn(f64) -> f64| made.iter().map(|number| of(*number)).sum::<f64>() / made.len() as f64;
            assert!(average(|number| number).abs() < mean / 20.0, "{parameters:?}: {}", average(|number| number));
            assert!((average(f64::abs) / mean - 1.0).abs() < 0.05, "{parameters:?}");
            assert!((average(|number| number * number) / square - 1.0).abs() < 0.05, "{parameters:?}");
        }
    }

    #[test]
    fn the_same_row_has_the_same_noise_and_each_value_of_a_list_its_own() {
        let bound = bind(&Noise, &amount(1_000_000), &DataType::Int64, None).unwrap();
        let none = Columns::new();
        let numbers = |count| -> ArrayRef { Arc::new(Int64Array::from(vec![0; count])) };
        let of = |values: ArrayRef, first, owners: Option<&[u32]>| {
            let made = bound.transform.apply(&values, &Rows::new(first, owners, &none, &none)).unwrap();
            made.values.as_primitive::<Int64Type>().iter().collect::<Vec<_>>()
        };
        assert_eq!(of(numbers(9), 0, None)[5..], of(numbers(4), 5, None));
        let lists = of(numbers(5), 0, Some(&[0, 0, 2, 2, 2]));
        assert_eq!(std::collections::BTreeSet::from_iter(&lists).len(), 5);
        assert_eq!(lists[2..], of(numbers(3), 2, Some(&[0, 0, 0])));
        let holed: ArrayRef = Arc::new(Int64Array::from(vec![None, Some(0), Some(0)]));
        assert_eq!(of(holed, 2, Some(&[0, 0, 0])), [None, lists[3], lists[4]], "a null takes the place of a value");
    }

    #[test]
    fn rows_of_a_subject_have_the_same_noise_wherever_they_stand() {
        let by = with(amount(1_000_000), "by", Value::Text("subject".to_owned()));
        let bound = bind(&Noise, &by, &DataType::Int64, Some(SUBJECT)).unwrap();
        let of = |subjects: ArrayRef| {
            let values: ArrayRef = Arc::new(Int64Array::from(vec![0; subjects.len()]));
            let made = apply(&*bound.transform, &values, &Columns::from([(SUBJECT.column.to_owned(), subjects)]));
            (made.values.as_primitive::<Int64Type>().iter().collect::<Vec<_>>(), made.invalid)
        };
        let (made, invalid) = of(Arc::new(StringViewArray::from(vec![Some("7"), Some("8"), None, Some("7")])));
        assert_eq!((made[0], made[2], invalid), (made[3], None, vec![2]));
        assert_ne!(made[0], made[1]);
        assert_eq!(of(Arc::new(Int64Array::from(vec![8, 7]))).0, [made[1], made[0]]);
        assert!(bind(&Noise, &by, &DataType::Int64, None).is_err());
        let (rows, subjects) = (recipe(&Noise, &amount(1)).unwrap(), recipe(&Noise, &by).unwrap());
        assert_eq!((rows.needs_row_numbers(), rows.needs_subject()), (true, false));
        assert_eq!((subjects.needs_row_numbers(), subjects.needs_subject()), (false, true));
    }

    #[test]
    fn what_is_no_number_and_what_is_too_coarse_does_not_conform() {
        let half = [("amount", Value::Float(0.5))];
        let made = run_texts(&Noise, &half, &["7", "7.5", "", "n/a", "1e3", "+5"]);
        assert!(made[1].is_some() && made.iter().flatten().count() == 1, "{made:?}");
        assert!(bind(&Noise, &half, &DataType::Int32, None).is_err());
        assert!(bind(&Noise, &half, &DataType::Decimal128(9, 1), None).is_ok());
        assert!(bind(&Noise, &amount(1), &DataType::Date32, None).is_err());
        let above = with(amount(10), "min", Value::Integer(300));
        assert!(bind(&Noise, &above, &DataType::UInt8, None).is_err());
    }

    #[test]
    fn mistakes_are_told() {
        let text = |text: &str| Value::Text(text.to_owned());
        for (parameters, complained) in [
            (vec![], 1),
            (with(amount(1), "percent", Value::Integer(1)), 1),
            (amount(0), 1),
            (vec![("percent", Value::Float(100.5))], 1),
            (vec![("percent", Value::Integer(-1))], 1),
            (vec![("scale", Value::Integer(1))], 1),
            (spread("uniform", 1), 1),
            (spread("gausian", 1), 1),
            (with(amount(1), "distribution", text("laplace")), 1),
            (with(amount(1), "by", text("column")), 1),
            (with(with(amount(1), "min", Value::Integer(5)), "max", Value::Integer(5)), 1),
            (with(amount(1), "max", text("5")), 1),
            (with(amount(1), "distribution", text("uniform")), 0),
            (with(spread("laplace", 1), "by", text("row")), 0),
        ] {
            let complaints = complaints(&Noise, &parameters);
            assert_eq!(complaints.len(), complained, "{parameters:?}: {complaints:?}");
        }
    }
}
