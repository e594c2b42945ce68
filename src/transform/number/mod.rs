//! Numbers brought to the multiples of a unit: what `round` and `generalise` with a bucket share.
//!
//! The unit is the decimal number that the rule has, and all arithmetic is decimal and exact: in [`text`], in integers
//! and in decimals by nature, in [`float`]ing-point numbers by the shortest decimal that stands for them. So `0.3` is a
//! multiple of `0.1` in every type, and a number becomes the same in a CSV and in a Parquet file.

mod float;
mod limits;
mod native;
mod text;

use arrow::array::ArrowNativeTypeOp;
use arrow::datatypes::{DataType, i256};

use super::{Bound, Complaint, Params, Refusal, Site, Value, is_text};
pub(super) use limits::{Beyond, Limits};
pub(super) use text::{Decimal, MOST_DIGITS};

/// The most decimals that a unit may have.
const FINEST: u8 = 12;

/// The largest mantissa that a unit may have.
const COARSEST: i128 = 10i128.pow(18);

/// A positive decimal number: `mantissa` over ten to the power of `scale`, without needless zeros behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    mantissa: i128,
    scale: u8,
}

/// Why a unit does not suit a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Misfit {
    TooFine,
    TooCoarse,
}

impl Unit {
    /// Takes a positive number, exactly as it is written: 0.1 is a tenth. A mistake is told to `params`.
    pub(super) fn take(params: &mut Params<'_>, name: &'static str) -> Option<Self> {
        let (span, value) = params.take(name)?;
        let written = match &value {
            Value::Integer(integer) => integer.to_string(),
            Value::Float(float) => float.to_string(),
            other => {
                let message = format!("`{name}` takes a positive number, and this is {}", other.kind());
                params.complain(Complaint::new(span, message));
                return None;
            }
        };
        let unit = Self::new(&written);
        if unit.is_none() {
            let message = format!(
                "`{name}` takes a number above 0, up to a million million million, with at most {FINEST} decimals"
            );
            params.complain(Complaint::new(span, message));
        }
        unit
    }

    /// One step of so many decimals, at most 12: a tenth, a hundredth.
    pub(super) fn tenth(decimals: u8) -> Self {
        Self { mantissa: 1, scale: decimals.min(FINEST) }
    }

    /// Whether a whole number is a multiple of the unit.
    pub(super) fn divides(self, number: i64) -> bool {
        i128::from(number) * 10i128.pow(self.scale.into()) % self.mantissa == 0
    }

    fn new(written: &str) -> Option<Self> {
        let Decimal { mut mantissa, mut scale } = Decimal::read(written)?;
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        (1..=COARSEST).contains(&mantissa).then_some(Self { mantissa, scale }).filter(|unit| unit.scale <= FINEST)
    }

    /// Its digits as a whole number, and how many of them are decimals.
    pub(super) fn parts(self) -> (i128, u8) {
        (self.mantissa, self.scale)
    }

    /// How many steps of a type with `scale` decimals it is at least, as far as 128 bits count.
    pub(super) fn steps_below(self, scale: i16) -> i128 {
        Decimal { mantissa: self.mantissa, scale: self.scale }.steps_below(scale).to_i128().unwrap_or(i128::MAX)
    }

    /// The unit as a count of the smallest steps of a type with `scale` decimals.
    fn steps(self, scale: i16) -> Result<i256, Misfit> {
        let mantissa = i256::from_i128(self.mantissa);
        let finer = scale - i16::from(self.scale);
        let power = i256::from_i128(10).checked_pow(finer.unsigned_abs().into()).ok_or(match finer {
            ..0 => Misfit::TooFine,
            0.. => Misfit::TooCoarse,
        })?;
        if finer >= 0 {
            return mantissa.checked_mul(power).ok_or(Misfit::TooCoarse);
        }
        let (steps, rest) = mantissa.div_rem_checked(power).map_err(|_| Misfit::TooFine)?;
        if rest == i256::ZERO { Ok(steps) } else { Err(Misfit::TooFine) }
    }
}

/// Which of the two multiples round a number it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    /// The lower one, towards minus infinity.
    Down,
    /// The nearer one; half way between them, the one away from zero.
    Nearest,
    /// The nearer one; half way between them, the one that is an even number of units: sums stay nearer to what they were.
    NearestEven,
}

impl Rounding {
    /// The multiple of `unit` (positive) that a number becomes, if the type holds it.
    #[inline]
    fn of<N: ArrowNativeTypeOp>(self, number: N, unit: N) -> Option<N> {
        let rest = number.mod_checked(unit).ok()?;
        let towards_zero = number.sub_wrapping(rest);
        let negative = rest.is_lt(N::ZERO);
        let further = match self {
            Self::Down => negative,
            Self::Nearest => {
                let rest = if negative { rest.neg_wrapping() } else { rest };
                rest.is_ge(unit.sub_wrapping(rest))
            }
            Self::NearestEven => {
                let rest = if negative { rest.neg_wrapping() } else { rest };
                let other = unit.sub_wrapping(rest);
                let two = N::ONE.add_wrapping(N::ONE);
                let odd = || {
                    number.div_checked(unit).and_then(|units| units.mod_checked(two)).is_ok_and(|odd| !odd.is_zero())
                };
                rest.is_gt(other) || (rest.is_eq(other) && odd())
            }
        };
        match (further, negative) {
            (false, _) => Some(towards_zero),
            (true, true) => towards_zero.sub_checked(unit).ok(),
            (true, false) => towards_zero.add_checked(unit).ok(),
        }
    }

    /// The same in 128 bits. Hardly any number needs as many, and division is much quicker in 64.
    #[inline]
    fn of_i128(self, number: i128, unit: i128) -> Option<i128> {
        if let (Ok(number), Ok(unit)) = (i64::try_from(number), i64::try_from(unit))
            && let Some(multiple) = self.of(number, unit)
        {
            return Some(multiple.into());
        }
        self.of(number, unit)
    }
}

/// The types a kernel of numbers takes, for a message.
pub(super) const TAKES: &str = "numbers, or numbers in text";

/// How many decimals the values of an integer or decimal type have, each a count of these.
pub(super) fn scale_of(data_type: &DataType) -> Option<i16> {
    match data_type {
        integer if integer.is_integer() => Some(0),
        DataType::Decimal32(_, scale)
        | DataType::Decimal64(_, scale)
        | DataType::Decimal128(_, scale)
        | DataType::Decimal256(_, scale) => Some((*scale).into()),
        _ => None,
    }
}

/// Chooses the kernel that brings the numbers of a column to multiples of `unit`. `owner` is the transform and
/// `parameter` where its unit stands, for the refusal.
///
/// A multiple that has no place in the type, or not with the decimals that a value in text came with, makes the value
/// one that does not conform.
///
/// # Errors
/// If the column holds no numbers, or its type is too coarse for the unit, or the unit would change nothing.
pub(super) fn bind(
    site: &Site<'_>,
    owner: &str,
    parameter: &str,
    unit: Unit,
    rounding: Rounding,
) -> Result<Bound, Refusal> {
    if is_text(site.data_type) {
        return Ok(Bound::same_type(site, text::TextMultiples::new(unit, rounding)));
    }
    if matches!(site.data_type, DataType::Float16 | DataType::Float32 | DataType::Float64) {
        return Ok(Bound::same_type(site, float::FloatMultiples::new(unit, rounding)));
    }
    let scale = scale_of(site.data_type).ok_or_else(|| Refusal::of_type(owner, site, TAKES))?;
    let steps = unit.steps(scale);
    if steps == Ok(i256::ONE) {
        let message = format!("`{parameter}` is the smallest step of a column of type {}", site.data_type);
        return Err(Refusal::new(message).help("nothing would change: choose a coarser one, or write \"keep\""));
    }
    native::bind(site, steps, rounding).map_err(|misfit| match misfit {
        Misfit::TooFine => {
            Refusal::new(format!("a column of type {} has no place for the multiples of `{parameter}`", site.data_type))
                .help("choose one with no more decimals than the column has")
        }
        Misfit::TooCoarse => {
            Refusal::new(format!("`{parameter}` is larger than anything a column of type {} holds", site.data_type))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_multiple_is_the_one_that_a_search_finds() {
        for unit in 1..=40i64 {
            for number in -130..=130i64 {
                let multiples = (-200..=200).map(|count| count * unit);
                let down = multiples.clone().filter(|multiple| *multiple <= number).max();
                // Of two that are equally near, the one farther from zero has the larger magnitude.
                let even = |multiple: &i64| ((multiple - number).abs(), multiple / unit % 2 != 0);
                assert_eq!(
                    Rounding::NearestEven.of(number, unit),
                    multiples.clone().min_by_key(even),
                    "{number} to {unit}"
                );
                let nearest = multiples.min_by_key(|multiple| ((multiple - number).abs(), -multiple.abs()));
                assert_eq!(Rounding::Down.of(number, unit), down, "{number} down to {unit}");
                assert_eq!(Rounding::Nearest.of(number, unit), nearest, "{number} to {unit}");
                let wide = |number: i64| i256::from_i128(number.into());
                assert_eq!(Rounding::Down.of(wide(number), wide(unit)), down.map(wide));
                assert_eq!(Rounding::Nearest.of_i128(number.into(), unit.into()), nearest.map(i128::from));
            }
        }
    }

    #[test]
    fn the_ends_of_the_types_are_no_trap() {
        assert_eq!(Rounding::Nearest.of(i64::MAX, 10), None);
        assert_eq!(Rounding::Nearest.of_i128(i64::MAX.into(), 10), Some(9_223_372_036_854_775_810));
        assert_eq!(Rounding::Down.of_i128(i64::MIN.into(), 10), Some(-9_223_372_036_854_775_810));
        assert_eq!(Rounding::Down.of_i128(i128::MIN, 10), None);
        assert_eq!(Rounding::Nearest.of_i128(i128::MAX, 10), None);
        assert_eq!(Rounding::Nearest.of(i64::MIN, i64::MAX), Some(-i64::MAX));
        assert_eq!(Rounding::Nearest.of(i64::MAX - 1, i64::MAX), Some(i64::MAX));
    }

    #[test]
    fn a_unit_is_what_is_written() {
        let unit = |mantissa, scale| Some(Unit { mantissa, scale });
        for (written, expected) in [
            ("1", unit(1, 0)),
            ("100", unit(100, 0)),
            ("0.1", unit(1, 1)),
            ("2.50", unit(25, 1)),
            ("0.000000000001", unit(1, 12)),
            ("0.0000000000001", None),
            ("1000000000000000000", unit(COARSEST, 0)),
            ("1000000000000000001", None),
            ("0", None),
            ("-5", None),
            ("NaN", None),
            ("inf", None),
        ] {
            assert_eq!(Unit::new(written), expected, "{written}");
        }
    }

    #[test]
    fn a_unit_is_counted_in_steps_of_a_type() {
        for (written, scale, steps) in [
            ("100", 0, Ok(100)),
            ("100", 2, Ok(10_000)),
            ("100", -2, Ok(1)),
            ("50", -2, Err(Misfit::TooFine)),
            ("0.25", 2, Ok(25)),
            ("0.25", 1, Err(Misfit::TooFine)),
            ("1", 38, Ok(10i128.pow(38))),
            ("1", 100, Err(Misfit::TooCoarse)),
            ("1", -100, Err(Misfit::TooFine)),
        ] {
            assert_eq!(Unit::new(written).unwrap().steps(scale), steps.map(i256::from_i128), "{written} at {scale}");
        }
    }
}
