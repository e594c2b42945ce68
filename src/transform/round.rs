use super::number::{self, Rounding, Unit};
use super::{Bound, Example, Makes, Parameter, Params, Properties, Recipe, Refusal, Site, TransformKind, TypeClass};

/// `round`: numbers become the nearest multiple of a unit.
pub(super) struct Round;

const PROPERTIES: Properties = Properties {
    deterministic: true,
    reversible: false,
    unique: false,
    keeps_length: false,
    keeps_type: true,
    keeps_format: true,
    always_differs: false,
    leaks: "each number to within half of the unit",
};

impl TransformKind for Round {
    fn name(&self) -> &'static str {
        "round"
    }

    fn summary(&self) -> &'static str {
        "numbers become the nearest multiple of a unit, with the decimals they came with"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "to",
                takes: "a positive number",
                what: "the unit, whole or with decimals: 100, 0.5, 0.05",
            },
            Parameter {
                name: "half",
                takes: "\"away\" or \"even\"",
                what: "which multiple a number half way between two becomes: the one away from zero, the default, or \
                       the one that is an even number of units",
            },
        ]
    }

    fn takes(&self) -> &'static [TypeClass] {
        &[TypeClass::Text, TypeClass::Integer, TypeClass::Float, TypeClass::Decimal]
    }

    fn makes(&self) -> Makes {
        Makes::Multiples
    }

    fn properties(&self) -> Properties {
        PROPERTIES
    }

    fn example(&self) -> Example {
        Example { rule: r#"{ do = "round", to = 100 }"#, source: "1178.34", result: Some("1200.00") }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        if !params.has("to") {
            params.missing("`round` needs to know to what", "write `to = 100`, or another unit");
        }
        let unit = Unit::take(params, "to");
        let rounding = match params.word("half", &[("away", Rounding::Nearest), ("even", Rounding::NearestEven)]) {
            Some((_, rounding)) => rounding,
            None => Rounding::Nearest,
        };
        Some(Box::new(RoundRecipe { unit: unit?, rounding }))
    }
}

#[derive(Debug)]
struct RoundRecipe {
    unit: Unit,
    rounding: Rounding,
}

impl Recipe for RoundRecipe {
    fn properties(&self) -> Properties {
        PROPERTIES
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        number::bind(site, "round", "to", self.unit, self.rounding)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::*;
    use arrow::datatypes::{DataType, i256};

    use super::*;
    use crate::transform::Value;
    use crate::transform::trial::{bind, complaints, run, run_texts};

    fn to(unit: f64) -> [(&'static str, Value); 1] {
        [("to", Value::Float(unit))]
    }

    #[test]
    fn the_example_is_true() {
        let Example { source, result, .. } = Round.example();
        assert_eq!(run_texts(&Round, &[("to", Value::Integer(100))], &[source]), [result.map(str::to_owned)]);
    }

    #[test]
    fn half_way_is_away_from_zero_or_to_the_even_multiple() {
        for (unit, value, away, even) in [
            (Value::Integer(1), "2.5", "3.0", "2.0"),
            (Value::Integer(1), "3.5", "4.0", "4.0"),
            (Value::Integer(1), "-2.5", "-3.0", "-2.0"),
            (Value::Integer(1), "-0.5", "-1.0", "0.0"),
            (Value::Integer(1), "2.51", "3.00", "3.00"),
            (Value::Integer(100), "250", "300", "200"),
            (Value::Float(0.05), "1.025", "1.050", "1.000"),
            (Value::Float(0.05), "1.075", "1.100", "1.100"),
            (
                Value::Float(0.05),
                "-99999999999999999999.975",
                "-100000000000000000000.000",
                "-100000000000000000000.000",
            ),
        ] {
            for (half, expected) in [(None, away), (Some("away"), away), (Some("even"), even)] {
                let half = half.map(|half| ("half", Value::Text(half.to_owned())));
                let parameters: Vec<_> = [("to", unit.clone())].into_iter().chain(half).collect();
                assert_eq!(run_texts(&Round, &parameters, &[value]), [Some(expected.to_owned())], "{value}");
                let float: ArrayRef = Arc::new(Float64Array::from(vec![value.parse::<f64>().unwrap()]));
                let made = run(&Round, &parameters, float);
                let made = made.values.as_primitive::<arrow::datatypes::Float64Type>().value(0);
                assert_eq!(made, expected.parse::<f64>().unwrap(), "{value}");
            }
        }
        let even = [("to", Value::Integer(10)), ("half", Value::Text("even".to_owned()))];
        let made = run(&Round, &even, Arc::new(Int8Array::from(vec![Some(-125), Some(25), None, Some(127)])));
        let expected: ArrayRef = Arc::new(Int8Array::from(vec![Some(-120), Some(20), None, None]));
        assert_eq!((&made.values, made.invalid), (&expected, vec![3]));
    }

    #[test]
    fn every_type_of_number_is_rounded() {
        macro_rules! rounded {
            ($array:ty, $unit:expr, $values:expr, $expected:expr) => {
                let values: ArrayRef = Arc::new(<$array>::from($values.to_vec()));
                let made = run(&Round, &to($unit), values);
                let expected: ArrayRef = Arc::new(<$array>::from($expected.to_vec()));
                assert_eq!(&made.values, &expected, stringify!($array));
            };
        }
        rounded!(
            Int8Array,
            10.0,
            [Some(-128), Some(-125), None, Some(124), Some(127)],
            [None, None, None, Some(120), None]
        );
        rounded!(Int8Array, 1000.0, [Some(-128), Some(127)], [Some(0), Some(0)]);
        rounded!(Int16Array, 100.0, [Some(-150), Some(149), None], [Some(-200), Some(100), None]);
        rounded!(Int32Array, 7.0, [Some(10), Some(-11), Some(i32::MAX)], [Some(7), Some(-14), Some(i32::MAX - 1)]);
        rounded!(Int64Array, 10.0, [Some(i64::MAX), Some(i64::MIN + 9), None], [None, Some(i64::MIN + 8), None]);
        rounded!(UInt8Array, 10.0, [Some(4u8), Some(255), Some(254)], [Some(0), None, Some(250)]);
        rounded!(UInt16Array, 10.0, [Some(5), Some(65_535)], [Some(10), None]);
        rounded!(UInt32Array, 10.0, [Some(5), Some(u32::MAX)], [Some(10), None]);
        rounded!(
            UInt64Array,
            10.0,
            [Some(15), Some(u64::MAX), Some(u64::MAX - 1)],
            [Some(20), None, Some(u64::MAX - 5)]
        );
        rounded!(
            Float32Array,
            0.1,
            [Some(0.34f32), None, Some(-0.02), Some(f32::NAN)],
            [Some(0.3), None, Some(0.0), None]
        );
        rounded!(Float64Array, 0.1, [Some(0.35), None, Some(f64::INFINITY)], [Some(0.4), None, None]);
    }

    #[test]
    fn half_floats_are_rounded_and_do_not_overflow() {
        let values: Float32Array = [Some(2.5f32), None, Some(-0.25), Some(65_504.0)].into_iter().collect();
        let half = arrow::compute::cast(&values, &DataType::Float16).unwrap();
        let made = run(&Round, &to(1000.0), Arc::clone(&half));
        assert_eq!(made.invalid, [3]);
        let made = arrow::compute::cast(&run(&Round, &to(1.0), half).values, &DataType::Float32).unwrap();
        assert_eq!(
            &made,
            &(Arc::new(Float32Array::from(vec![Some(3.0), None, Some(0.0), Some(65_504.0)])) as ArrayRef)
        );
    }

    #[test]
    fn decimals_keep_their_scale_and_precision() {
        let values: ArrayRef = Arc::new(
            Decimal128Array::from(vec![Some(117_834), Some(-5_000), None, Some(999_999)])
                .with_precision_and_scale(6, 2)
                .unwrap(),
        );
        let made = run(&Round, &to(100.0), values);
        assert_eq!(made.values.data_type(), &DataType::Decimal128(6, 2));
        let numbers: Vec<_> = made.values.as_primitive::<arrow::datatypes::Decimal128Type>().iter().collect();
        assert_eq!((numbers, made.invalid), (vec![Some(120_000), Some(-10_000), None, None], vec![3]));

        let wide = |digits: &str| i256::from_string(digits);
        let zeros = "0".repeat(60);
        let values: ArrayRef = Arc::new(
            Decimal256Array::from(vec![wide(&format!("15{zeros}")), wide(&format!("-14{zeros}")), None])
                .with_precision_and_scale(76, 61)
                .unwrap(),
        );
        let made = run(&Round, &to(1.0), values);
        let numbers: Vec<_> = made.values.as_primitive::<arrow::datatypes::Decimal256Type>().iter().collect();
        assert_eq!(numbers, [wide(&format!("20{zeros}")), wide(&format!("-10{zeros}")), None]);

        let values: ArrayRef = Arc::new(Decimal32Array::from(vec![149, 150]).with_precision_and_scale(9, 2).unwrap());
        let made = run(&Round, &to(1.0), values);
        assert_eq!(made.values.as_primitive::<arrow::datatypes::Decimal32Type>().values(), &[100, 200]);
        let values: ArrayRef = Arc::new(Decimal64Array::from(vec![149, -150]).with_precision_and_scale(18, 2).unwrap());
        let made = run(&Round, &to(0.5), values);
        assert_eq!(made.values.as_primitive::<arrow::datatypes::Decimal64Type>().values(), &[150, -150]);
    }

    #[test]
    fn a_unit_that_a_type_has_no_place_for_is_refused() {
        for (unit, data_type) in [
            (0.5, DataType::Int32),
            (2.5, DataType::UInt8),
            (1.0, DataType::Int64),
            (0.25, DataType::Decimal128(10, 1)),
            (0.01, DataType::Decimal128(10, 2)),
            (50.0, DataType::Decimal64(10, -2)),
            (1e18, DataType::Decimal128(38, 38)),
            (1.0, DataType::Boolean),
            (1.0, DataType::Date32),
        ] {
            assert!(bind(&Round, &to(unit), &data_type, None).is_err(), "{unit} {data_type}");
        }
    }

    #[test]
    fn mistakes_are_told_at_their_place() {
        for (parameters, place) in [
            (vec![], 0),
            (vec![("to", Value::Integer(0))], 0),
            (vec![("to", Value::Float(-0.5))], 0),
            (vec![("to", Value::Float(f64::NAN))], 0),
            (vec![("to", Value::Text("100".to_owned()))], 0),
            (vec![("to", Value::Integer(1)), ("too", Value::Integer(1))], 10),
        ] {
            let complaints = complaints(&Round, &parameters);
            assert_eq!(complaints.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [place], "{complaints:?}");
        }
    }
}
