use std::marker::PhantomData;

use arrow::array::ArrayRef;
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType, Int8Type,
    Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type, i256,
};

use super::{Misfit, Rounding};
use crate::error::Result;
use crate::transform::primitive::rewrite_primitive;
use crate::transform::{Bound, Rewritten, Rows, Site, Transform};

/// Binds to integers and decimals, whose values are counts of `unit`s' steps.
pub(super) fn bind(site: &Site<'_>, unit: Result<i256, Misfit>, rounding: Rounding) -> Result<Bound, Misfit> {
    let wide = unit?;
    let unit = || wide.to_i128().ok_or(Misfit::TooCoarse);
    Ok(match site.data_type {
        DataType::Int8 => whole::<Int8Type>(site, unit()?, rounding),
        DataType::Int16 => whole::<Int16Type>(site, unit()?, rounding),
        DataType::Int32 => whole::<Int32Type>(site, unit()?, rounding),
        DataType::Int64 => whole::<Int64Type>(site, unit()?, rounding),
        DataType::UInt8 => whole::<UInt8Type>(site, unit()?, rounding),
        DataType::UInt16 => whole::<UInt16Type>(site, unit()?, rounding),
        DataType::UInt32 => whole::<UInt32Type>(site, unit()?, rounding),
        DataType::UInt64 => whole::<UInt64Type>(site, unit()?, rounding),
        DataType::Decimal32(precision, _) => decimal::<Decimal32Type>(site, unit()?, rounding, *precision),
        DataType::Decimal64(precision, _) => decimal::<Decimal64Type>(site, unit()?, rounding, *precision),
        DataType::Decimal128(precision, _) => decimal::<Decimal128Type>(site, unit()?, rounding, *precision),
        DataType::Decimal256(precision, _) => {
            Bound::same_type(site, WideMultiples { unit: wide, rounding, precision: *precision })
        }
        _ => return Err(Misfit::TooFine),
    })
}

fn whole<T>(site: &Site<'_>, unit: i128, rounding: Rounding) -> Bound
where
    T: ArrowPrimitiveType<Native: Into<i128> + TryFrom<i128>>,
{
    let fits = |number: i128| T::Native::try_from(number).ok();
    Bound::same_type(site, Multiples::<T, _> { unit, rounding, fits, of_type: PhantomData })
}

fn decimal<T>(site: &Site<'_>, unit: i128, rounding: Rounding, precision: u8) -> Bound
where
    T: DecimalType + ArrowPrimitiveType<Native: Into<i128> + TryFrom<i128>>,
{
    let fits = move |number: i128| {
        T::Native::try_from(number).ok().filter(|number| T::is_valid_decimal_precision(*number, precision))
    };
    Bound::same_type(site, Multiples::<T, _> { unit, rounding, fits, of_type: PhantomData })
}

/// Integers and decimals of up to 128 bits.
struct Multiples<T, F> {
    unit: i128,
    rounding: Rounding,
    /// The number in the type, if it has a place there.
    fits: F,
    of_type: PhantomData<fn() -> T>,
}

impl<T, F> Transform for Multiples<T, F>
where
    T: ArrowPrimitiveType<Native: Into<i128>>,
    F: Fn(i128) -> Option<T::Native> + Send + Sync,
{
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        rewrite_primitive::<T>(values, |_, number| self.rounding.of_i128(number.into(), self.unit).and_then(&self.fits))
    }
}

/// Decimals of 256 bits.
struct WideMultiples {
    unit: i256,
    rounding: Rounding,
    precision: u8,
}

impl Transform for WideMultiples {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        rewrite_primitive::<Decimal256Type>(values, |_, number| {
            self.rounding
                .of(number, self.unit)
                .filter(|number| Decimal256Type::is_valid_decimal_precision(*number, self.precision))
        })
    }
}
