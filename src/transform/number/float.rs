use std::fmt::{Display, Write};
use std::str::FromStr;

use arrow::array::ArrayRef;
use arrow::datatypes::{ArrowPrimitiveType, DataType, Float16Type, Float32Type, Float64Type};

use super::text::{Decimal, DecimalMultiples};
use super::{Rounding, Unit};
use crate::error::{Error, Result};
use crate::transform::primitive::rewrite_primitive;
use crate::transform::{Rewritten, Rows, Transform};

type F16 = <Float16Type as ArrowPrimitiveType>::Native;

/// Floating-point numbers. Infinities and what is not a number do not conform, nor does a number so large that its
/// multiple has more than 38 digits.
#[derive(Debug, Clone)]
pub(super) struct FloatMultiples {
    rounding: Rounding,
    unit: f64,
    whole: bool,
    multiples: DecimalMultiples,
}

impl FloatMultiples {
    pub(super) fn new(unit: Unit, rounding: Rounding) -> Self {
        let decimal = Decimal { mantissa: unit.mantissa, scale: unit.scale };
        // A decimal in plain notation always is a floating-point number; were it none, nothing would conform.
        let value = decimal.write(&mut [0; 48]).parse().unwrap_or(f64::NAN);
        Self { rounding, unit: value, whole: unit.scale == 0, multiples: DecimalMultiples::new(unit, rounding) }
    }

    /// The multiple of one number. Up to `exact` in magnitude, the type holds every whole number and every half.
    #[inline]
    fn of<F>(&self, number: F, exact: f64, text: &mut String, narrow: impl Fn(f64) -> F) -> Option<F>
    where
        F: Copy + Into<f64> + Display + FromStr,
    {
        let wide = number.into();
        let multiple = if self.whole && wide.abs() <= exact && self.unit <= exact {
            narrow(self.of_whole_unit(wide))
        } else if wide.abs() < self.unit / 1_000.0 {
            narrow(if self.rounding == Rounding::Down && wide < 0.0 { -self.unit } else { 0.0 })
        } else {
            self.by_decimal(number, text)?
        };
        multiple.into().is_finite().then_some(multiple)
    }

    /// A remainder is exact in floating point, and so are the sums of whole numbers here: the answer is that of decimal
    /// arithmetic, which it is not worth to go through.
    #[inline]
    fn of_whole_unit(&self, number: f64) -> f64 {
        let rest = number % self.unit;
        let towards_zero = number - rest;
        let multiple = match self.rounding {
            Rounding::Down if rest < 0.0 => towards_zero - self.unit,
            Rounding::NearestEven if 2.0 * rest.abs() == self.unit && (towards_zero / self.unit) % 2.0 == 0.0 => {
                towards_zero
            }
            Rounding::Nearest | Rounding::NearestEven if 2.0 * rest.abs() >= self.unit => {
                towards_zero + self.unit.copysign(rest)
            }
            _ => towards_zero,
        };
        // Minus zero becomes zero.
        multiple + 0.0
    }

    fn by_decimal<F: Display + FromStr>(&self, number: F, text: &mut String) -> Option<F> {
        text.clear();
        write!(text, "{number}").ok()?;
        let multiple = self.multiples.of(Decimal::read(text)?)?;
        multiple.write(&mut [0; 48]).parse().ok()
    }
}

impl Transform for FloatMultiples {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        const EXACT_32: f64 = (1 << 23) as f64;
        const EXACT_64: f64 = (1u64 << 52) as f64;
        let mut text = String::new();
        let text = &mut text;
        match values.data_type() {
            DataType::Float16 => rewrite_primitive::<Float16Type>(values, |_, number| {
                let multiple = self.of(number.to_f32(), EXACT_32, text, |wide| wide as f32)?;
                Some(F16::from_f32(multiple)).filter(|multiple| multiple.is_finite())
            }),
            DataType::Float32 => rewrite_primitive::<Float32Type>(values, |_, number| {
                self.of(number, EXACT_32, text, |wide| wide as f32)
            }),
            DataType::Float64 => {
                rewrite_primitive::<Float64Type>(values, |_, number| self.of(number, EXACT_64, text, |wide| wide))
            }
            other => Err(Error::internal(format!("a transform of numbers was bound to a column of type {other}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(unit: &str, rounding: Rounding, number: f64) -> Option<f64> {
        let multiples = FloatMultiples::new(Unit::new(unit).unwrap(), rounding);
        multiples.of(number, (1u64 << 52) as f64, &mut String::new(), |wide| wide)
    }

    #[test]
    fn a_float_is_the_decimal_that_stands_for_it() {
        for (unit, number, down, nearest) in [
            ("0.1", 0.3, Some(0.3), Some(0.3)),
            ("0.1", -0.3, Some(-0.3), Some(-0.3)),
            ("0.1", 0.349, Some(0.3), Some(0.3)),
            ("0.1", 0.35, Some(0.3), Some(0.4)),
            ("0.05", 1.15, Some(1.15), Some(1.15)),
            ("100", 1178.34, Some(1100.0), Some(1200.0)),
            ("100", -50.0, Some(-100.0), Some(-100.0)),
            ("1", 2.5, Some(2.0), Some(3.0)),
            ("1", -2.5, Some(-3.0), Some(-3.0)),
            ("1", 0.49999999999999994, Some(0.0), Some(0.0)),
            ("10", -0.0, Some(0.0), Some(0.0)),
            ("10", -3.0, Some(-10.0), Some(0.0)),
            ("0.1", 1e-300, Some(0.0), Some(0.0)),
            ("0.1", -1e-300, Some(-0.1), Some(0.0)),
            ("1000000", -1e-300, Some(-1e6), Some(0.0)),
            ("7", 1e30, Some(999999999999999999999999999996.0), Some(1e30)),
            ("0.1", 1e300, None, None),
            ("1", f64::MAX, None, None),
            ("1", f64::NAN, None, None),
            ("1", f64::INFINITY, None, None),
            ("1", f64::NEG_INFINITY, None, None),
        ] {
            for (rounding, expected) in [(Rounding::Down, down), (Rounding::Nearest, nearest)] {
                let multiple = of(unit, rounding, number);
                assert_eq!(multiple, expected, "{number} {rounding:?} {unit}");
                assert!(multiple.is_none_or(|multiple| multiple != 0.0 || multiple.is_sign_positive()));
            }
        }
    }

    #[test]
    fn the_short_cut_for_whole_units_is_decimal_arithmetic() {
        for unit in ["1", "2", "3", "10", "100", "999"] {
            for rounding in [Rounding::Down, Rounding::Nearest, Rounding::NearestEven] {
                let multiples = FloatMultiples::new(Unit::new(unit).unwrap(), rounding);
                for step in -4_000..4_000i32 {
                    let number = f64::from(step) * 0.375 + f64::from(step % 7 / 3) * 0.1;
                    let oracle: Option<f64> = multiples.by_decimal(number, &mut String::new());
                    assert_eq!(of(unit, rounding, number), oracle, "{number} {rounding:?} {unit}");
                }
            }
        }
    }
}
