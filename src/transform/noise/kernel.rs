use std::fmt::{Display, Write};
use std::marker::PhantomData;
use std::str::FromStr;

use arrow::array::{Array, ArrayRef, StringViewArray};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
    i256,
};

use super::variate::{self, FRACTION};
use crate::error::{Error, Result};
use crate::key::{Prf, Purpose};
use crate::transform::number::{Decimal, Limits, MOST_DIGITS, TAKES, Unit, scale_of};
use crate::transform::primitive::rewrite_primitive;
use crate::transform::text::{as_text, has_text, rewrite_text, text};
use crate::transform::{Bound, Refusal, Rewritten, Rows, Site, Transform, is_text};
use crate::unchecked::TextBuilder;

type F16 = <Float16Type as ArrowPrimitiveType>::Native;

/// The most decimals of a floating-point number that count.
const FINEST: usize = 18;

/// How noise is distributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spread {
    Uniform,
    Laplace,
    Gaussian,
}

/// How far noise goes: the farthest of a uniform distribution, the scale of another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reach {
    Fixed(Unit),
    Percent(Unit),
}

/// Whose noise it is.
#[derive(Debug)]
pub(super) enum By {
    Row,
    /// The subject, by the column that says who it is.
    Subject(String),
}

/// Chooses the kernel for a column.
///
/// # Errors
/// If the column holds no numbers, or its type has no place for numbers so moved.
pub(super) fn bind(site: &Site<'_>, reach: Reach, spread: Spread, by: By, limits: Limits) -> Result<Bound, Refusal> {
    let prf = site.keys.prf(Purpose::Noise, &format!("{}\0{}", site.table, site.column));
    let source = Source { prf, by, spread };
    let Some(scale) = scale_of(site.data_type) else {
        let text = TextNoise { source, sizes: Size::in_text(reach), limits: limits.in_text() };
        return match site.data_type {
            data_type if is_text(data_type) => Ok(Bound::same_type(site, text)),
            DataType::Float16 | DataType::Float32 | DataType::Float64 => {
                let decimals = match reach {
                    Reach::Fixed(unit) => unit.parts().1,
                    Reach::Percent(_) => 2,
                };
                Ok(Bound::same_type(site, FloatNoise { text, decimals }))
            }
            _ => Err(Refusal::of_type("noise", site, TAKES)),
        };
    };
    let size = Size::new(reach, scale);
    if size.is_nothing() {
        let message = format!("the noise is less than the smallest step of a column of type {}", site.data_type);
        return Err(Refusal::new(message).help("nothing would change: choose more of it"));
    }
    let (min, max) = limits.steps(scale);
    let hold = |steps: i256| match steps.to_i128() {
        Some(steps) => steps,
        None if steps < i256::ZERO => i128::MIN,
        None => i128::MAX,
    };
    let (min, max) = (min.map_or(i128::MIN, hold), max.map_or(i128::MAX, hold));
    let column = Column { site, source, size, min, max };
    match site.data_type {
        DataType::Int8 => column.whole::<Int8Type>(i8::MIN.into(), i8::MAX.into()),
        DataType::Int16 => column.whole::<Int16Type>(i16::MIN.into(), i16::MAX.into()),
        DataType::Int32 => column.whole::<Int32Type>(i32::MIN.into(), i32::MAX.into()),
        DataType::Int64 => column.whole::<Int64Type>(i64::MIN.into(), i64::MAX.into()),
        DataType::UInt8 => column.whole::<UInt8Type>(0, u8::MAX.into()),
        DataType::UInt16 => column.whole::<UInt16Type>(0, u16::MAX.into()),
        DataType::UInt32 => column.whole::<UInt32Type>(0, u32::MAX.into()),
        DataType::UInt64 => column.whole::<UInt64Type>(0, u64::MAX.into()),
        DataType::Decimal32(precision, _) => column.decimal::<Decimal32Type>(*precision),
        DataType::Decimal64(precision, _) => column.decimal::<Decimal64Type>(*precision),
        DataType::Decimal128(precision, _) => column.decimal::<Decimal128Type>(*precision),
        DataType::Decimal256(precision, _) => {
            let most = most_of(*precision);
            column.native::<Decimal256Type>(-most, most, i256::to_i128, |steps| Some(i256::from_i128(steps)))
        }
        _ => Err(Refusal::of_type("noise", site, TAKES)),
    }
}

/// The largest number of as many digits, but no more than fit 128 bits.
fn most_of(precision: u8) -> i128 {
    10i128.pow(u32::from(precision).min(MOST_DIGITS as u32)) - 1
}

/// How far noise goes, in steps of a number's last decimal.
#[derive(Debug, Clone, Copy)]
enum Size {
    Fixed(i128),
    /// A part of each number: so much of it, divided by so much.
    Part(i128, i128),
}

impl Size {
    fn new(reach: Reach, scale: i16) -> Self {
        match reach {
            Reach::Fixed(unit) => Self::Fixed(unit.steps_below(scale)),
            Reach::Percent(unit) => {
                let (mantissa, scale) = unit.parts();
                Self::Part(mantissa, 100 * 10i128.pow(scale.into()))
            }
        }
    }

    /// The sizes for numbers of each count of decimals, from none to the most there may be.
    fn in_text(reach: Reach) -> Vec<Self> {
        (0..=MOST_DIGITS as i16).map(|scale| Self::new(reach, scale)).collect()
    }

    fn is_nothing(self) -> bool {
        matches!(self, Self::Fixed(0))
    }

    #[inline]
    fn of(self, number: i128) -> i128 {
        match self {
            Self::Fixed(steps) => steps,
            Self::Part(part, whole) => match number.saturating_abs().checked_mul(part) {
                Some(product) => product / whole,
                None => {
                    let product = i256::from_i128(number.saturating_abs()).wrapping_mul(i256::from_i128(part));
                    product.checked_div(i256::from_i128(whole)).and_then(i256::to_i128).unwrap_or(i128::MAX)
                }
            },
        }
    }
}

impl Spread {
    /// What is added to a number: a variate of this distribution and size, to the nearest step.
    #[inline]
    fn delta(self, tag: &[u8; 32], size: i128) -> i128 {
        match self {
            Self::Uniform => uniform(tag, size),
            Self::Laplace => scaled(variate::laplace(tag), size),
            Self::Gaussian => scaled(variate::gaussian(tag), size),
        }
    }
}

/// One of the whole numbers from `-size` to `size`, each as likely: the high half of the product of random bits and the
/// count of these.
#[inline]
fn uniform(tag: &[u8; 32], size: i128) -> i128 {
    let [high, low] = tag.as_chunks::<16>().0 else { return 0 };
    let high = u128::from_be_bytes(*high);
    if size < 1 << 62 {
        let count = 2 * size.unsigned_abs() + 1;
        return (((high >> 64) * count) >> 64) as i128 - size;
    }
    // 126 bits and a count of no more than 128 leave the sign of 256.
    let bits = i256::from_i128(((high ^ u128::from_be_bytes(*low)) >> 2) as i128);
    let size = i256::from_i128(size);
    let count = size.wrapping_add(size).wrapping_add(i256::from_i128(1));
    ((bits.wrapping_mul(count) >> 126u8).wrapping_sub(size)).to_i128().unwrap_or(0)
}

/// A variate of scale 1 brought to scale `size`.
#[inline]
fn scaled(variate: i64, size: i128) -> i128 {
    let half = 1i128 << (FRACTION - 1);
    if size < 1 << 63 {
        // Rounding to the nearest, half way up: to both sides alike but for one case in 2^56.
        return (i128::from(variate) * size + half) >> FRACTION;
    }
    let product = i256::from_i128(variate.into()).wrapping_mul(i256::from_i128(size));
    let product = product.wrapping_add(i256::from_i128(half)) >> FRACTION as u8;
    product.to_i128().unwrap_or(if variate < 0 { i128::MIN } else { i128::MAX })
}

/// Where noise comes from.
struct Source {
    prf: Prf,
    by: By,
    spread: Spread,
}

impl Source {
    /// The noise of one batch.
    fn draws<'a>(&'a self, rows: &'a Rows<'a>) -> Result<Draws<'a>> {
        let subjects = match &self.by {
            By::Row => None,
            By::Subject(column) => {
                let subjects = rows.original(column).filter(|subjects| has_text(subjects.data_type()));
                let missing = || Error::internal("noise by subject was not given the column of its subjects");
                Some(text(&as_text(subjects.ok_or_else(missing)?)?)?.clone())
            }
        };
        Ok(Draws { source: self, rows, subjects, last: None, message: Vec::new() })
    }
}

/// The noise of one batch. The message that a tag is of is a zero byte, the number of the row in its file and the number
/// of the value in its row (each from 0, 64 bits, big-endian); or a byte of 1 and the text of the subject.
struct Draws<'a> {
    source: &'a Source,
    rows: &'a Rows<'a>,
    subjects: Option<StringViewArray>,
    /// A row that a value was in, and the first value of it.
    last: Option<(usize, usize)>,
    message: Vec<u8>,
}

impl Draws<'_> {
    /// The number moved, as far as it stays between `min` and `max`; nothing if it has no subject.
    #[inline]
    fn moved(&mut self, index: usize, number: i128, size: i128, (min, max): (i128, i128)) -> Option<i128> {
        let row = self.rows.row(index);
        self.message.clear();
        match &self.subjects {
            None => {
                let place = (index - self.first_of(row, index)) as u64;
                self.message.push(0);
                self.message.extend_from_slice(&self.rows.number(index).to_be_bytes());
                self.message.extend_from_slice(&place.to_be_bytes());
            }
            Some(subjects) => {
                if subjects.is_null(row) {
                    return None;
                }
                self.message.push(1);
                self.message.extend_from_slice(subjects.value(row).as_bytes());
            }
        }
        let tag = self.source.prf.tag(&self.message);
        let moved = number.saturating_add(self.source.spread.delta(&tag, size));
        Some(moved.max(min).min(max))
    }

    /// The first value that a row has: inside a list, a row has several, which follow each other.
    #[inline]
    fn first_of(&mut self, row: usize, index: usize) -> usize {
        let first = match self.last {
            Some((last, first)) if last == row => first,
            _ => {
                let before = (0..index).rev().take_while(|before| self.rows.row(*before) == row);
                index - before.count()
            }
        };
        self.last = Some((row, first));
        first
    }
}

/// A column of integers or decimals, and what its numbers are held to.
struct Column<'a> {
    site: &'a Site<'a>,
    source: Source,
    size: Size,
    min: i128,
    max: i128,
}

impl Column<'_> {
    fn whole<T>(self, least: i128, most: i128) -> Result<Bound, Refusal>
    where
        T: ArrowPrimitiveType<Native: Into<i128> + TryFrom<i128>>,
    {
        self.native::<T>(least, most, |number| Some(number.into()), |steps| T::Native::try_from(steps).ok())
    }

    fn decimal<T>(self, precision: u8) -> Result<Bound, Refusal>
    where
        T: ArrowPrimitiveType<Native: Into<i128> + TryFrom<i128>>,
    {
        let most = most_of(precision);
        self.whole::<T>(-most, most)
    }

    fn native<T: ArrowPrimitiveType>(
        self,
        least: i128,
        most: i128,
        widen: fn(T::Native) -> Option<i128>,
        narrow: fn(i128) -> Option<T::Native>,
    ) -> Result<Bound, Refusal> {
        let (min, max) = (self.min.max(least), self.max.min(most));
        if min > max {
            let message = format!("a column of type {} has no number from `min` to `max`", self.site.data_type);
            return Err(Refusal::new(message).help("choose limits that its values can have"));
        }
        let Self { source, size, .. } = self;
        Ok(Bound::same_type(
            self.site,
            NativeNoise::<T> { source, size, limits: (min, max), widen, narrow, of_type: PhantomData },
        ))
    }
}

/// Integers and decimals. A decimal of more than 38 digits does not conform.
struct NativeNoise<T: ArrowPrimitiveType> {
    source: Source,
    size: Size,
    limits: (i128, i128),
    widen: fn(T::Native) -> Option<i128>,
    narrow: fn(i128) -> Option<T::Native>,
    of_type: PhantomData<fn() -> T>,
}

impl<T: ArrowPrimitiveType> Transform for NativeNoise<T> {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let mut draws = self.source.draws(rows)?;
        rewrite_primitive::<T>(values, |index, number| {
            let number = (self.widen)(number)?;
            (self.narrow)(draws.moved(index, number, self.size.of(number), self.limits)?)
        })
    }
}

/// Numbers in text, written with the decimals they came with. One with so few that the noise would be less than its last
/// does not conform.
struct TextNoise {
    source: Source,
    /// By the count of decimals, as the limits are.
    sizes: Vec<Size>,
    limits: Vec<(i128, i128)>,
}

impl TextNoise {
    #[inline]
    fn of(&self, draws: &mut Draws<'_>, index: usize, number: Decimal) -> Option<Decimal> {
        let size = self.sizes.get(usize::from(number.scale)).filter(|size| !size.is_nothing())?;
        let limits = self.limits.get(usize::from(number.scale)).filter(|(min, max)| min <= max)?;
        let mantissa = draws.moved(index, number.mantissa, size.of(number.mantissa), *limits)?;
        Some(Decimal { mantissa, ..number })
    }
}

impl Transform for TextNoise {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let mut draws = self.source.draws(rows)?;
        let mut digits = [0; 48];
        rewrite_text(values, TextBuilder::new(values.len()), |index, value, builder| {
            let made = Decimal::read(value).and_then(|number| self.of(&mut draws, index, number));
            made.map(|made| builder.push(made.write(&mut digits))).is_some()
        })
    }
}

/// Floating-point numbers, each taken as the shortest decimal that stands for it, with no fewer decimals than the measure
/// of the noise has, and no more than 18. Infinities and what is not a number do not conform, nor does a number of more
/// than 38 digits.
struct FloatNoise {
    text: TextNoise,
    decimals: u8,
}

impl FloatNoise {
    fn of<F: Display + FromStr>(&self, draws: &mut Draws<'_>, index: usize, number: F, text: &mut String) -> Option<F> {
        text.clear();
        write!(text, "{number}").ok()?;
        if text.find('.').is_some_and(|point| text.len() - point - 1 > FINEST) {
            text.clear();
            write!(text, "{number:.FINEST$}").ok()?;
        }
        let mut number = Decimal::read(text)?;
        let finer = self.decimals.saturating_sub(number.scale);
        if let Some(mantissa) = number.mantissa.checked_mul(10i128.pow(finer.into())) {
            number = Decimal { mantissa, scale: number.scale + finer };
        }
        self.text.of(draws, index, number)?.write(&mut [0; 48]).parse().ok()
    }
}

impl Transform for FloatNoise {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let mut draws = self.text.source.draws(rows)?;
        let (draws, text) = (&mut draws, &mut String::new());
        match values.data_type() {
            DataType::Float16 => rewrite_primitive::<Float16Type>(values, |index, number| {
                let moved = self.of(draws, index, number.to_f32(), text)?;
                Some(F16::from_f32(moved.clamp(F16::MIN.to_f32(), F16::MAX.to_f32())))
            }),
            DataType::Float32 => {
                rewrite_primitive::<Float32Type>(values, |index, number| self.of(draws, index, number, text))
            }
            DataType::Float64 => {
                rewrite_primitive::<Float64Type>(values, |index, number| self.of(draws, index, number, text))
            }
            other => Err(Error::internal(format!("a transform of numbers was bound to a column of type {other}"))),
        }
    }
}
