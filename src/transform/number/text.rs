use arrow::array::{ArrayRef, ArrowNativeTypeOp};
use arrow::datatypes::i256;

use super::{Rounding, Unit};
use crate::error::Result;
use crate::transform::text::rewrite_text;
use crate::transform::{Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// The most digits that a number in text may have: with as many, no mantissa leaves 128 bits.
pub(in crate::transform) const MOST_DIGITS: usize = 38;

/// Room for a sign, a point, and the digits of any mantissa or scale.
pub(super) type Digits = [u8; 48];

/// A decimal number: `mantissa` over ten to the power of `scale`, which is the number of its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::transform) struct Decimal {
    pub(in crate::transform) mantissa: i128,
    pub(in crate::transform) scale: u8,
}

impl Decimal {
    /// Reads the plain notation: `-` or nothing, digits, and perhaps a point and more digits; at most 38 digits. `+5`,
    /// `.5`, `5.`, `1e3`, `1,000` and ` 5` are no numbers here.
    #[inline]
    pub(in crate::transform) fn read(text: &str) -> Option<Self> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let mut point = None;
        let mut mantissa = 0u64;
        // 18 digits and a point fill no more than 64 bits; the longer ones are gone through again.
        for (place, byte) in digits.iter().enumerate() {
            match byte.wrapping_sub(b'0') {
                digit @ 0..=9 => mantissa = mantissa.wrapping_mul(10).wrapping_add(digit.into()),
                _ if *byte == b'.' && point.is_none() => point = Some(place),
                _ => return None,
            }
        }
        let whole = point.unwrap_or(digits.len());
        let scale = point.map_or(0, |point| digits.len() - point - 1);
        if whole == 0 || (point.is_some() && scale == 0) || whole + scale > MOST_DIGITS {
            return None;
        }
        let mantissa = if whole + scale <= 18 {
            i128::from(mantissa)
        } else {
            let digits = digits.iter().filter(|byte| **byte != b'.');
            digits.fold(0, |mantissa, digit| 10 * mantissa + i128::from(digit - b'0'))
        };
        Some(Self { mantissa: if negative { -mantissa } else { mantissa }, scale: scale as u8 })
    }

    /// The number as a count of the steps of a type with `scale` decimals, rounded down if there is no such count. What
    /// 256 bits do not hold becomes the largest that they do.
    pub(super) fn steps_below(self, scale: i16) -> i256 {
        let mantissa = i256::from_i128(self.mantissa);
        let finer = scale - i16::from(self.scale);
        let power = i256::from_i128(10).checked_pow(finer.unsigned_abs().into());
        let negative = self.mantissa < 0;
        if finer >= 0 {
            let steps = power.and_then(|power| mantissa.checked_mul(power));
            return steps.unwrap_or(match self.mantissa {
                0 => i256::ZERO,
                _ if negative => i256::MIN,
                _ => i256::MAX,
            });
        }
        match power.and_then(|power| mantissa.div_rem_checked(power).ok()) {
            Some((steps, rest)) if rest < i256::ZERO => steps.sub_wrapping(i256::ONE),
            Some((steps, _)) => steps,
            // A power of ten that large is larger than any mantissa.
            None if negative => i256::MINUS_ONE,
            None => i256::ZERO,
        }
    }

    /// The same, rounded up.
    pub(super) fn steps_above(self, scale: i16) -> i256 {
        Self { mantissa: -self.mantissa, ..self }.steps_below(scale).wrapping_neg()
    }

    /// Writes it with as many decimals as its scale says, and gives the part of `digits` that was written. Zero has no
    /// sign.
    #[inline]
    pub(in crate::transform) fn write(self, digits: &mut Digits) -> &str {
        let mut rest = self.mantissa.unsigned_abs();
        let mut start = digits.len();
        let mut decimals = 0;
        let mut put = |byte: u8| {
            start = start.saturating_sub(1);
            if let Some(place) = digits.get_mut(start) {
                *place = byte;
            }
        };
        loop {
            // Division of 128 bits is slow, and hardly any number needs it.
            let digit = match u64::try_from(rest) {
                Ok(short) => {
                    rest = (short / 10).into();
                    short % 10
                }
                Err(_) => {
                    let digit = rest % 10;
                    rest /= 10;
                    digit as u64
                }
            };
            put(b'0' + digit as u8);
            decimals += 1;
            if decimals == self.scale {
                put(b'.');
            } else if rest == 0 && decimals > self.scale {
                break;
            }
        }
        if self.mantissa < 0 {
            put(b'-');
        }
        std::str::from_utf8(&digits[start..]).unwrap_or_default()
    }
}

/// The multiples of a unit, for decimal numbers of every scale.
#[derive(Debug, Clone)]
pub(super) struct DecimalMultiples {
    rounding: Rounding,
    scale: u8,
    /// The unit in steps of each scale from its own on, as far as 128 bits go.
    units: Vec<i128>,
}

impl DecimalMultiples {
    pub(super) fn new(unit: Unit, rounding: Rounding) -> Self {
        let longest = 0..=MOST_DIGITS as u8 - unit.scale;
        let units = longest.map_while(|finer| unit.mantissa.checked_mul(10i128.checked_pow(finer.into())?)).collect();
        Self { rounding, scale: unit.scale, units }
    }

    /// The multiple that a number becomes, with as many decimals as both together need.
    #[inline]
    pub(super) fn of(&self, Decimal { mantissa, scale }: Decimal) -> Option<Decimal> {
        let (mantissa, scale) = match self.scale.checked_sub(scale) {
            None | Some(0) => (mantissa, scale),
            Some(finer) => (mantissa.checked_mul(10i128.checked_pow(finer.into())?)?, self.scale),
        };
        let unit = *self.units.get(usize::from(scale - self.scale))?;
        Some(Decimal { mantissa: self.rounding.of_i128(mantissa, unit)?, scale })
    }
}

/// Numbers in text, written with the decimals they came with: `7.50` to a unit of 1 is `8.00`. A multiple that needs
/// more decimals than its value came with, as `7` down to a unit of 0.3 does, makes the value one that does not
/// conform: whoever reads so many decimals only would read another number.
pub(super) struct TextMultiples(DecimalMultiples);

impl TextMultiples {
    pub(super) fn new(unit: Unit, rounding: Rounding) -> Self {
        Self(DecimalMultiples::new(unit, rounding))
    }

    #[inline]
    fn rewrite<'d>(&self, value: &str, digits: &'d mut Digits) -> Option<&'d str> {
        let number = Decimal::read(value)?;
        let mut multiple = self.0.of(number)?;
        while multiple.scale > number.scale {
            if multiple.mantissa % 10 != 0 {
                return None;
            }
            multiple = Decimal { mantissa: multiple.mantissa / 10, scale: multiple.scale - 1 };
        }
        Some(multiple.write(digits))
    }
}

impl Transform for TextMultiples {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let mut digits = [0; 48];
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            self.rewrite(value, &mut digits).map(|multiple| builder.push(multiple)).is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_plain_notation_is_a_number() {
        for (text, number) in [
            ("0", Some((0, 0))),
            ("42", Some((42, 0))),
            ("-42.50", Some((-4250, 2))),
            ("007", Some((7, 0))),
            ("-0.00", Some((0, 2))),
            ("999999999999999999.9", Some((9_999_999_999_999_999_999, 1))),
            ("99999999999999999999999999999999999999", Some((10i128.pow(38) - 1, 0))),
            ("0.0000000000000000000000000000000000001", Some((1, 37))),
            ("100000000000000000000000000000000000000", None),
            ("0.00000000000000000000000000000000000001", None),
            ("", None),
            ("-", None),
            (".", None),
            ("-.", None),
            (".5", None),
            ("5.", None),
            ("1.2.3", None),
            ("--5", None),
            ("+5", None),
            (" 5", None),
            ("5 ", None),
            ("1e3", None),
            ("1,000", None),
            ("1'000", None),
            ("NaN", None),
            ("inf", None),
            ("n/a", None),
            ("٣", None),
            ("−5", None),
        ] {
            let expected = number.map(|(mantissa, scale)| Decimal { mantissa, scale });
            assert_eq!(Decimal::read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_number_is_written_as_the_standard_library_writes_its_parts() {
        let powers = (0..=38).map(|power| 10i128.pow(power));
        let mantissas = powers.flat_map(|power| [power - 1, power, power + 1, 7 * (power / 10), i128::MAX - power]);
        for mantissa in mantissas.flat_map(|mantissa| [mantissa, -mantissa]) {
            for scale in 0..=38u8 {
                let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = usize::from(scale) + 1);
                let (whole, decimals) = digits.split_at(digits.len() - usize::from(scale));
                let sign = if mantissa < 0 { "-" } else { "" };
                let point = if scale > 0 { "." } else { "" };
                let expected = format!("{sign}{whole}{point}{decimals}");
                assert_eq!(Decimal { mantissa, scale }.write(&mut [0; 48]), expected);
            }
        }
    }

    #[test]
    fn a_multiple_has_the_decimals_its_value_came_with() {
        for (unit, value, down, nearest) in [
            ("100", "1178.34", Some("1100.00"), Some("1200.00")),
            ("100", "50", Some("0"), Some("100")),
            ("100", "-50.00", Some("-100.00"), Some("-100.00")),
            ("100", "-49.99", Some("-100.00"), Some("0.00")),
            ("100", "-0.00", Some("0.00"), Some("0.00")),
            ("1", "2.5", Some("2.0"), Some("3.0")),
            ("1", "-0.4", Some("-1.0"), Some("0.0")),
            ("0.5", "7", Some("7"), Some("7")),
            ("0.3", "7", None, None),
            ("0.3", "6", Some("6"), Some("6")),
            ("0.25", "7.3", None, None),
            ("0.25", "7.5", Some("7.5"), Some("7.5")),
            ("0.25", "7.37", Some("7.25"), Some("7.25")),
            ("0.25", "7.375", Some("7.250"), Some("7.500")),
            ("0.1", "0.3", Some("0.3"), Some("0.3")),
            (
                "10",
                "99999999999999999999999999999999999999",
                Some("99999999999999999999999999999999999990"),
                Some("100000000000000000000000000000000000000"),
            ),
            ("1000000000000000000", "0.0000000000000000000000000000001", None, None),
            ("1000000000000000000", "600000000000000000.0", Some("0.0"), Some("1000000000000000000.0")),
        ] {
            for (rounding, expected) in [(Rounding::Down, down), (Rounding::Nearest, nearest)] {
                let multiples = TextMultiples::new(Unit::new(unit).unwrap(), rounding);
                assert_eq!(multiples.rewrite(value, &mut [0; 48]), expected, "{value} {rounding:?} {unit}");
            }
        }
    }
}
