use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, PrimitiveBuilder};
use arrow::datatypes::{ArrowPrimitiveType, DataType};

use crate::error::{Error, Result};
use crate::key::{Keyring, Permutation, Purpose};
use crate::transform::text::text;
use crate::transform::{Bound, Refusal, Rewritten, Rows, Site, Transform, is_text};
use crate::unchecked::TextBuilder;

/// Integer tokens: a permutation of the domain's range. Numbers in text are written as they are in canonical decimal;
/// anything else, `007` and `+7` and ` 7` included, does not conform, since two notations of a number would become one.
struct IntegerToken {
    permutation: Permutation,
    min: i128,
    max: i128,
}

/// Binds to any integer type that can hold the whole domain, to decimals without fraction, and to text.
pub(super) fn bind(site: &Site<'_>, domain: &str, min: i128, max: i128) -> Result<Bound, Refusal> {
    let (least, most) = match range_of(site.data_type) {
        Some(range) => range,
        None if is_text(site.data_type) => (i128::MIN, i128::MAX),
        None => {
            return Err(Refusal::of_type(
                "token",
                site,
                "integers, decimals without fraction, or text in a domain of integer form",
            ));
        }
    };
    if min < least || max > most {
        return Err(Refusal::new(format!(
            "a token of this domain can be as large as {max}, which a column of type {} can't hold",
            site.data_type
        ))
        .help(format!("give the domain a `max` of at most {most}")));
    }
    Ok(Bound::same_type(site, IntegerToken::new(site.keys, domain, min, max)))
}

/// The integers that a type can hold.
fn range_of(data_type: &DataType) -> Option<(i128, i128)> {
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

impl IntegerToken {
    fn new(keys: &Keyring, domain: &str, min: i128, max: i128) -> Self {
        let last = (max - min).unsigned_abs();
        Self { permutation: keys.permutation(Purpose::IntegerToken, domain, last), min, max }
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

    fn apply_to<T: ArrowPrimitiveType>(&self, values: &ArrayRef) -> Result<Rewritten>
    where
        T::Native: TryFrom<i128> + Into<i128>,
    {
        let source = values.as_primitive::<T>();
        let (tokens, invalid) =
            self.tokens(source.len(), |index| source.is_valid(index).then(|| Some(source.value(index).into())));
        let mut builder = PrimitiveBuilder::<T>::with_capacity(source.len()).with_data_type(values.data_type().clone());
        self.spread(source, tokens, &invalid, |token| {
            builder.append_option(token.and_then(|token| T::Native::try_from(token).ok()));
        });
        Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
    }

    fn apply_to_text(&self, values: &ArrayRef) -> Result<Rewritten> {
        let source = text(values)?;
        let (tokens, invalid) =
            self.tokens(source.len(), |index| source.is_valid(index).then(|| canonical(source.value(index))));
        let mut builder = TextBuilder::new(source.len());
        let mut digits = [0; 40];
        self.spread(source, tokens, &invalid, |token| match token {
            Some(token) => builder.push(decimal(token, &mut digits)),
            None => builder.push_null(),
        });
        Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
    }
}

impl Transform for IntegerToken {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        use arrow::datatypes::*;
        match values.data_type() {
            DataType::Utf8View => self.apply_to_text(values),
            DataType::Int8 => self.apply_to::<Int8Type>(values),
            DataType::Int16 => self.apply_to::<Int16Type>(values),
            DataType::Int32 => self.apply_to::<Int32Type>(values),
            DataType::Int64 => self.apply_to::<Int64Type>(values),
            DataType::UInt8 => self.apply_to::<UInt8Type>(values),
            DataType::UInt16 => self.apply_to::<UInt16Type>(values),
            DataType::UInt32 => self.apply_to::<UInt32Type>(values),
            DataType::UInt64 => self.apply_to::<UInt64Type>(values),
            DataType::Decimal32(..) => self.apply_to::<Decimal32Type>(values),
            DataType::Decimal64(..) => self.apply_to::<Decimal64Type>(values),
            DataType::Decimal128(..) => self.apply_to::<Decimal128Type>(values),
            other => Err(Error::internal(format!("an integer token was bound to a column of type {other}"))),
        }
    }
}

/// Reads a number in its canonical decimal notation: no sign but `-`, no leading zero, no `-0`.
fn canonical(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let negative = digits.len() < text.len();
    let leading_zero = digits.starts_with('0') && (negative || digits.len() > 1);
    if leading_zero || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if digits.len() <= 18 {
        let number = digits.bytes().fold(0i64, |number, digit| number * 10 + i64::from(digit - b'0'));
        return Some(i128::from(if negative { -number } else { number }));
    }
    text.parse().ok()
}

/// Writes a number in decimal into `digits` and gives the part of it that was written.
fn decimal(number: i128, digits: &mut [u8; 40]) -> &str {
    let mut start = digits.len();
    let mut rest = number.unsigned_abs();
    // Division of 128 bits is slow, and hardly any number needs it.
    while rest > u128::from(u64::MAX) {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    let mut rest = rest as u64;
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        start -= 1;
        digits[start] = b'-';
    }
    std::str::from_utf8(&digits[start..]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_writes_what_the_standard_library_writes() {
        for number in [0, 7, -1, 42, 10, -1000, i64::MAX as i128, u64::MAX as i128 + 1, i128::MAX, i128::MIN] {
            assert_eq!(decimal(number, &mut [0; 40]), number.to_string());
        }
    }

    #[test]
    fn only_the_canonical_notation_is_a_number() {
        for (text, number) in [
            ("0", Some(0)),
            ("42", Some(42)),
            ("-42", Some(-42)),
            ("170141183460469231731687303715884105727", Some(i128::MAX)),
            ("170141183460469231731687303715884105728", None),
            ("007", None),
            ("-0", None),
            ("+7", None),
            (" 7", None),
            ("", None),
            ("-", None),
            ("4.0", None),
            ("٣", None),
        ] {
            assert_eq!(canonical(text), number, "{text:?}");
        }
    }
}
