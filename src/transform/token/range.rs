use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, PrimitiveBuilder};
use arrow::datatypes::{ArrowPrimitiveType, DataType};

use super::notation::{Notation, Written};
use crate::error::{Error, Result};
use crate::key::{Keyring, Permutation, Purpose};
use crate::transform::text::text;
use crate::transform::{Bound, Refusal, Rewritten, Rows, Site, Transform, is_text};
use crate::unchecked::TextBuilder;

/// Tokens of integers, digits, decimals and dates: a permutation of the domain's range. In text they are written in the one
/// canonical notation; anything else, `007` and `+7` and ` 7` included, does not conform, since two notations of a
/// value would become one.
struct RangeToken {
    permutation: Permutation,
    notation: Notation,
    min: i128,
    max: i128,
}

/// Binds to any type of the notation that can hold the whole domain, and to text.
pub(super) fn bind(site: &Site<'_>, domain: &str, notation: Notation, min: i128, max: i128) -> Result<Bound, Refusal> {
    let range = match (notation, site.data_type) {
        (_, text) if is_text(text) => Some((i128::MIN, i128::MAX)),
        (Notation::Integer, data_type) => range_of(data_type),
        (Notation::Decimal { scale }, data_type) => decimal_range(data_type, scale),
        (Notation::Date, DataType::Date32) => Some((i32::MIN.into(), i32::MAX.into())),
        (Notation::Date, DataType::Date64) => Some((i64::MIN.into(), i64::MAX.into())),
        (Notation::Digits { .. } | Notation::Date, _) => None,
    };
    let Some((least, most)) = range else {
        return Err(match notation {
            Notation::Integer => Refusal::of_type(
                "token",
                site,
                "integers, decimals without fraction, or text in a domain of integer form",
            ),
            Notation::Digits { .. } => Refusal::of_type("token", site, "text in a domain of digits form")
                .help("a number has no leading zeros: declare the domain with form = \"integer\""),
            Notation::Decimal { scale } => {
                let takes = format!("decimals of {scale} decimals, or text, in this domain of decimal form");
                Refusal::of_type("token", site, &takes)
            }
            Notation::Date => Refusal::of_type("token", site, "dates without time, or text, in a domain of date form"),
        });
    };
    if min < least || max > most {
        return Err(Refusal::new(format!(
            "a token of this domain can be as large as {max}, which a column of type {} can't hold",
            site.data_type
        ))
        .help(format!("give the domain a `max` of at most {most}")));
    }
    Ok(Bound::same_type(site, RangeToken::new(site.keys, domain, notation, min, max)))
}

/// The integers that a type can hold.
pub(in crate::transform) fn range_of(data_type: &DataType) -> Option<(i128, i128)> {
    let signed = |bits: u32| Some((-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1));
    let unsigned = |bits: u32| Some((0, (1i128 << bits) - 1));
    match data_type {
        DataType::Int8 => signed(8),
        DataType::Int16 => signed(16),
        DataType::Int32 => signed(32),
        DataType::Int64 => signed(64),
        DataType::UInt8 => unsigned(8),
        DataType::UInt16 => unsigned(16),
        DataType::UInt32 => unsigned(32),
        DataType::UInt64 => unsigned(64),
        DataType::Decimal32(precision, 0) | DataType::Decimal64(precision, 0) | DataType::Decimal128(precision, 0) => {
            let most = 10i128.pow(u32::from(*precision)) - 1;
            Some((-most, most))
        }
        _ => None,
    }
}

/// The decimals that a type of this scale can hold, in units of the last decimal.
fn decimal_range(data_type: &DataType, scale: u8) -> Option<(i128, i128)> {
    match data_type {
        DataType::Decimal32(precision, of)
        | DataType::Decimal64(precision, of)
        | DataType::Decimal128(precision, of)
            if u8::try_from(*of) == Ok(scale) =>
        {
            let most = 10i128.pow(u32::from(*precision)) - 1;
            Some((-most, most))
        }
        _ => None,
    }
}

impl RangeToken {
    fn new(keys: &Keyring, domain: &str, notation: Notation, min: i128, max: i128) -> Self {
        let last = (max - min).unsigned_abs();
        let purpose = match notation {
            Notation::Integer => Purpose::IntegerToken,
            Notation::Digits { .. } => Purpose::DigitsToken,
            Notation::Decimal { .. } => Purpose::DecimalToken,
            Notation::Date => Purpose::DateToken,
        };
        Self { permutation: keys.permutation(purpose, domain, last), notation, min, max }
    }

    /// The tokens of all values that conform, one after the other, and the places of those that do not. `value` gives
    /// nothing for a null and `Some(None)` for what is no number.
    fn tokens(&self, length: usize, value: impl Fn(usize) -> Option<Option<i128>>) -> (Vec<u128>, Vec<usize>) {
        let mut numbers = Vec::with_capacity(length);
        let mut invalid = Vec::new();
        for index in 0..length {
            match value(index) {
                None => {}
                Some(Some(number)) if (self.min..=self.max).contains(&number) => {
                    numbers.push((number - self.min).unsigned_abs());
                }
                Some(_) => invalid.push(index),
            }
        }
        self.permutation.apply(&mut numbers);
        (numbers, invalid)
    }

    /// Gives each value its token, or none to a null and to what does not conform.
    fn spread(&self, source: &dyn Array, tokens: Vec<u128>, invalid: &[usize], mut give: impl FnMut(Option<i128>)) {
        let mut tokens = tokens.into_iter();
        let mut invalid = invalid.iter().copied().peekable();
        for index in 0..source.len() {
            let conforms = invalid.next_if_eq(&index).is_none();
            let token = if conforms && source.is_valid(index) { tokens.next() } else { None };
            give(token.map(|token| token as i128 + self.min));
        }
    }

    /// `UNIT` is how much of the type is one of the domain: a date may count milliseconds, and be of whole days only.
    fn apply_to<T: ArrowPrimitiveType, const UNIT: i64>(&self, values: &ArrayRef) -> Result<Rewritten>
    where
        T::Native: TryFrom<i128> + Into<i128>,
    {
        let source = values.as_primitive::<T>();
        let number = |value: i128| match UNIT {
            1 => Some(value),
            _ => (value % i128::from(UNIT) == 0).then(|| value / i128::from(UNIT)),
        };
        let (tokens, invalid) =
            self.tokens(source.len(), |index| source.is_valid(index).then(|| number(source.value(index).into())));
        let mut builder = PrimitiveBuilder::<T>::with_capacity(source.len()).with_data_type(values.data_type().clone());
        self.spread(source, tokens, &invalid, |token| {
            builder.append_option(token.and_then(|token| T::Native::try_from(token * i128::from(UNIT)).ok()));
        });
        Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
    }

    fn apply_to_text(&self, values: &ArrayRef) -> Result<Rewritten> {
        let source = text(values)?;
        let (tokens, invalid) =
            self.tokens(source.len(), |index| source.is_valid(index).then(|| self.notation.read(source.value(index))));
        let mut builder = TextBuilder::new(source.len());
        let mut written = Written::default();
        self.spread(source, tokens, &invalid, |token| match token {
            Some(token) => builder.push(self.notation.write(token, &mut written)),
            None => builder.push_null(),
        });
        Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
    }
}

impl Transform for RangeToken {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        use arrow::datatypes::*;
        match values.data_type() {
            DataType::Utf8View => self.apply_to_text(values),
            DataType::Int8 => self.apply_to::<Int8Type, 1>(values),
            DataType::Int16 => self.apply_to::<Int16Type, 1>(values),
            DataType::Int32 => self.apply_to::<Int32Type, 1>(values),
            DataType::Int64 => self.apply_to::<Int64Type, 1>(values),
            DataType::UInt8 => self.apply_to::<UInt8Type, 1>(values),
            DataType::UInt16 => self.apply_to::<UInt16Type, 1>(values),
            DataType::UInt32 => self.apply_to::<UInt32Type, 1>(values),
            DataType::UInt64 => self.apply_to::<UInt64Type, 1>(values),
            DataType::Decimal32(..) => self.apply_to::<Decimal32Type, 1>(values),
            DataType::Decimal64(..) => self.apply_to::<Decimal64Type, 1>(values),
            DataType::Decimal128(..) => self.apply_to::<Decimal128Type, 1>(values),
            DataType::Date32 => self.apply_to::<Date32Type, 1>(values),
            DataType::Date64 => self.apply_to::<Date64Type, 86_400_000>(values),
            other => Err(Error::internal(format!("a token of a range was bound to a column of type {other}"))),
        }
    }
}
