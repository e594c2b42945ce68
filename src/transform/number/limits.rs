use arrow::array::{ArrayRef, ArrowNativeTypeOp};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type, i256,
};

use super::text::{Decimal, MOST_DIGITS};
use super::{TAKES, scale_of};
use crate::error::Result;
use crate::transform::primitive::rewrite_primitive;
use crate::transform::text::rewrite_text;
use crate::transform::{Bound, Complaint, Params, Refusal, Rewritten, Rows, Site, Transform, is_text};
use crate::unchecked::TextBuilder;

type F16 = <Float16Type as ArrowPrimitiveType>::Native;

/// What numbers are held to: decimal numbers of either sign, exactly as the rule has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::transform) struct Limits {
    min: Option<Decimal>,
    max: Option<Decimal>,
}

/// What becomes of a number beyond a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::transform) enum Beyond {
    /// It becomes the limit.
    Held,
    /// It does not conform.
    Refused,
}

impl Limits {
    /// The numbers from `min` to `max`.
    pub(in crate::transform) fn between(min: i64, max: i64) -> Self {
        let whole = |number: i64| Some(Decimal { mantissa: number.into(), scale: 0 });
        Self { min: whole(min), max: whole(max) }
    }

    /// Takes the parameters `min` and `max`, each a number or absent. A mistake is told to `params`.
    pub(in crate::transform) fn take(params: &mut Params<'_>) -> Option<Self> {
        let min = limit(params, "min");
        let max = limit(params, "max");
        let (min, max) = (min?, max?);
        if let (Some((_, min)), Some((span, max))) = (&min, &max)
            && max.steps_below(MOST_DIGITS as i16) <= min.steps_below(MOST_DIGITS as i16)
        {
            params.complain(Complaint::new(span.clone(), "`max` is not above `min`"));
            return None;
        }
        Some(Self { min: min.map(|(_, min)| min), max: max.map(|(_, max)| max) })
    }

    /// The least and the most number within the limits, as counts of the steps of a type with `scale` decimals.
    pub(in crate::transform) fn steps(&self, scale: i16) -> (Option<i256>, Option<i256>) {
        (self.min.map(|min| min.steps_above(scale)), self.max.map(|max| max.steps_below(scale)))
    }

    /// The same for numbers in text of each count of decimals, from none to the most there may be. Where there is no
    /// limit, the most digits are one.
    pub(in crate::transform) fn in_text(&self) -> Vec<(i128, i128)> {
        const MOST: i128 = 10i128.pow(MOST_DIGITS as u32) - 1;
        let hold = |steps: Option<i256>, default: i128| {
            steps.map_or(default, |steps| {
                let most = if steps < i256::ZERO { -MOST } else { MOST };
                steps.to_i128().map_or(most, |steps| steps.clamp(-MOST, MOST))
            })
        };
        let at = |scale| {
            let (min, max) = self.steps(scale);
            (hold(min, -MOST), hold(max, MOST))
        };
        (0..=MOST_DIGITS as i16).map(at).collect()
    }

    /// Chooses the kernel that holds the numbers of a column to the limits. `owner` is the transform, for the refusal.
    ///
    /// # Errors
    /// If the column holds no numbers, or none within the limits, or only such.
    pub(in crate::transform) fn bind(self, site: &Site<'_>, owner: &str, beyond: Beyond) -> Result<Bound, Refusal> {
        let Some(scale) = scale_of(site.data_type) else {
            return match site.data_type {
                text if is_text(text) => Ok(Bound::same_type(site, TextLimits { limits: self.in_text(), beyond })),
                DataType::Float16 => {
                    self.float::<Float16Type>(site, beyond, |text| text.parse().ok().map(F16::from_f32))
                }
                DataType::Float32 => self.float::<Float32Type>(site, beyond, |text| text.parse().ok()),
                DataType::Float64 => self.float::<Float64Type>(site, beyond, |text| text.parse().ok()),
                _ => Err(Refusal::of_type(owner, site, TAKES)),
            };
        };
        match site.data_type {
            DataType::Int8 => self.whole::<Int8Type>(site, beyond),
            DataType::Int16 => self.whole::<Int16Type>(site, beyond),
            DataType::Int32 => self.whole::<Int32Type>(site, beyond),
            DataType::Int64 => self.whole::<Int64Type>(site, beyond),
            DataType::UInt8 => self.whole::<UInt8Type>(site, beyond),
            DataType::UInt16 => self.whole::<UInt16Type>(site, beyond),
            DataType::UInt32 => self.whole::<UInt32Type>(site, beyond),
            DataType::UInt64 => self.whole::<UInt64Type>(site, beyond),
            DataType::Decimal32(precision, _) => self.decimal::<Decimal32Type>(site, beyond, scale, *precision),
            DataType::Decimal64(precision, _) => self.decimal::<Decimal64Type>(site, beyond, scale, *precision),
            DataType::Decimal128(precision, _) => self.decimal::<Decimal128Type>(site, beyond, scale, *precision),
            DataType::Decimal256(precision, _) => {
                let narrow = |steps: i256| {
                    Some(steps).filter(|steps| Decimal256Type::is_valid_decimal_precision(*steps, *precision))
                };
                self.native::<Decimal256Type>(site, beyond, scale, narrow)
            }
            _ => Err(Refusal::of_type(owner, site, TAKES)),
        }
    }

    fn whole<T>(self, site: &Site<'_>, beyond: Beyond) -> Result<Bound, Refusal>
    where
        T: ArrowPrimitiveType<Native: TryFrom<i128>>,
    {
        self.native::<T>(site, beyond, 0, |steps| T::Native::try_from(steps.to_i128()?).ok())
    }

    fn decimal<T>(self, site: &Site<'_>, beyond: Beyond, scale: i16, precision: u8) -> Result<Bound, Refusal>
    where
        T: DecimalType + ArrowPrimitiveType<Native: TryFrom<i128>>,
    {
        self.native::<T>(site, beyond, scale, |steps| {
            let steps = T::Native::try_from(steps.to_i128()?).ok()?;
            T::is_valid_decimal_precision(steps, precision).then_some(steps)
        })
    }

    /// Binds to a type that counts steps; `narrow` gives the count in the type, if it has a place there.
    fn native<T: ArrowPrimitiveType>(
        self,
        site: &Site<'_>,
        beyond: Beyond,
        scale: i16,
        narrow: impl Fn(i256) -> Option<T::Native>,
    ) -> Result<Bound, Refusal> {
        let (min, max) = self.steps(scale);
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            return Err(none_within(site));
        }
        let hold = |steps: Option<i256>, open: T::Native, closed: fn(i256) -> bool| match steps {
            None => Ok(open),
            Some(steps) => match narrow(steps) {
                Some(limit) => Ok(limit),
                None if closed(steps) => Err(none_within(site)),
                None => Ok(open),
            },
        };
        let min = hold(min, T::Native::MIN_TOTAL_ORDER, |steps| steps > i256::ZERO)?;
        let max = hold(max, T::Native::MAX_TOTAL_ORDER, |steps| steps < i256::ZERO)?;
        if beyond == Beyond::Held && min == T::Native::MIN_TOTAL_ORDER && max == T::Native::MAX_TOTAL_ORDER {
            let message = format!("a column of type {} has no number beyond these limits", site.data_type);
            return Err(Refusal::new(message).help("nothing would change: choose closer ones, or write \"keep\""));
        }
        Ok(Bound::same_type(site, NativeLimits::<T> { min, max, beyond }))
    }

    fn float<T: ArrowPrimitiveType>(
        self,
        site: &Site<'_>,
        beyond: Beyond,
        parse: impl Fn(&str) -> Option<T::Native>,
    ) -> Result<Bound, Refusal> {
        let number = |limit: Option<Decimal>, open: T::Native| match limit {
            None => Ok(open),
            Some(limit) => parse(limit.write(&mut [0; 48])).ok_or_else(|| none_within(site)),
        };
        let zero = T::Native::ZERO;
        let infinity = T::Native::ONE.div_wrapping(zero);
        let (min, max) = (number(self.min, infinity.neg_wrapping())?, number(self.max, infinity)?);
        if min == infinity || max == infinity.neg_wrapping() {
            return Err(none_within(site));
        }
        Ok(Bound::same_type(site, NativeLimits::<T> { min, max, beyond }))
    }
}

/// Takes a limit; `None` is a mistake, `Some(None)` none given.
fn limit(params: &mut Params<'_>, name: &'static str) -> Option<Option<(crate::transform::Span, Decimal)>> {
    let Some((span, written)) = params.number(name) else {
        return (!params.has(name)).then_some(None);
    };
    let limit = Decimal::read(&written);
    if limit.is_none() {
        params.complain(Complaint::new(span.clone(), format!("`{name}` takes a number of at most 38 digits")));
    }
    limit.map(|limit| Some((span, limit)))
}

fn none_within(site: &Site<'_>) -> Refusal {
    Refusal::new(format!("a column of type {} has no number within these limits", site.data_type))
        .help("choose limits that its values can have")
}

/// Numbers in Arrow's own layouts. What is not a number does not conform.
struct NativeLimits<T: ArrowPrimitiveType> {
    min: T::Native,
    max: T::Native,
    beyond: Beyond,
}

impl<T: ArrowPrimitiveType> Transform for NativeLimits<T> {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        rewrite_primitive::<T>(values, |_, number| {
            // Only what is not a number is not equal to itself.
            let held = match number {
                nan if nan.partial_cmp(&nan).is_none() => return None,
                less if less < self.min => self.min,
                more if more > self.max => self.max,
                within => return Some(within),
            };
            (self.beyond == Beyond::Held).then_some(held)
        })
    }
}

/// Numbers in text. A number within the limits stays as it is written; one beyond them becomes the last within that
/// can be written with the decimals it came with. Where there is none, the number does not conform.
struct TextLimits {
    /// By the count of decimals.
    limits: Vec<(i128, i128)>,
    beyond: Beyond,
}

impl Transform for TextLimits {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let mut digits = [0; 48];
        rewrite_text(values, TextBuilder::new(values.len()), |_, value, builder| {
            let Some(number) = Decimal::read(value) else { return false };
            let Some((min, max)) = self.limits.get(usize::from(number.scale)).filter(|(min, max)| min <= max) else {
                return false;
            };
            if (*min..=*max).contains(&number.mantissa) {
                builder.push(value);
                return true;
            }
            if self.beyond == Beyond::Held {
                let held = Decimal { mantissa: number.mantissa.clamp(*min, *max), ..number };
                builder.push(held.write(&mut digits));
            }
            self.beyond == Beyond::Held
        })
    }
}
