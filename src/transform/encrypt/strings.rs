use std::ops::RangeInclusive;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, PrimitiveBuilder};
use arrow::datatypes::ArrowPrimitiveType;

use super::Direction;
use super::alphabet::Alphabet;
use super::cut::Cut;
use crate::error::{Error, Result};
use crate::key::{Ff1, Halves, Keyring, Purpose};
use crate::transform::text::text;
use crate::transform::{Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// FF1 over the characters of an alphabet, those of a text or the digits of a number.
pub(super) struct Strings {
    ff1: Ff1,
    lengths: RangeInclusive<usize>,
    alphabet: Alphabet,
    cut: Cut,
    direction: Direction,
}

/// What stands for a value in a batch while it is worked on: how many numerals are encrypted, or that nothing is.
const NOTHING: u16 = 0;

impl Strings {
    pub(super) fn new(keys: &Keyring, domain: &str, alphabet: &Alphabet, cut: Cut, direction: Direction) -> Self {
        let radix = alphabet.radix();
        let ff1 = keys.ff1(Purpose::Encrypt, domain, radix);
        Self { ff1, lengths: Ff1::lengths(radix), alphabet: alphabet.clone(), cut, direction }
    }

    /// Encrypts or decrypts the values of a batch, strings of one length together. `read` writes the numerals of a
    /// value, and says nothing of a null and false of what has none; `write` gets the numerals that it is to have, or
    /// none. The places of values that do not conform come back.
    fn run(
        &self,
        count: usize,
        read: impl Fn(usize, &mut Vec<u8>) -> Option<bool>,
        mut write: impl FnMut(usize, Option<&[u8]>),
    ) -> Result<Vec<usize>> {
        let radix = self.alphabet.radix();
        let mut numerals = Vec::new();
        let mut invalid = Vec::new();
        let mut counts = Vec::with_capacity(count);
        // By the number of numerals that are encrypted.
        let mut strings: Vec<Vec<Halves>> = vec![Vec::new(); self.lengths.end() + 1];
        for index in 0..count {
            let conforms = read(index, &mut numerals);
            let hidden = if conforms == Some(true) { self.cut.hidden(&numerals) } else { None };
            let hidden = hidden.filter(|hidden| self.lengths.contains(&hidden.len()));
            match hidden.and_then(|hidden| Some((strings.get_mut(hidden.len())?, numerals.get(hidden)?))) {
                Some((strings, hidden)) => {
                    strings.push(Halves::of(hidden, radix));
                    counts.push(hidden.len() as u16);
                }
                None => {
                    counts.push(NOTHING);
                    invalid.extend(conforms.map(|_| index));
                }
            }
        }
        for (length, strings) in strings.iter_mut().enumerate().filter(|(_, strings)| !strings.is_empty()) {
            let done = match self.direction {
                Direction::Encrypt => self.ff1.encrypt(length, strings),
                Direction::Decrypt => self.ff1.decrypt(length, strings),
            };
            if !done {
                return Err(Error::internal("a string of a length that FF1 does not take was to be encrypted"));
            }
        }
        let mut strings: Vec<_> = strings.into_iter().map(Vec::into_iter).collect();
        for (index, length) in counts.into_iter().enumerate() {
            let halves = strings.get_mut(usize::from(length)).and_then(Iterator::next);
            let Some(halves) = halves else {
                write(index, None);
                continue;
            };
            read(index, &mut numerals);
            let hidden = self.cut.keep_first..self.cut.keep_first + usize::from(length);
            if let Some(hidden) = numerals.get_mut(hidden) {
                halves.write(hidden, radix);
            }
            self.cut.mend(&mut numerals);
            write(index, Some(&numerals));
        }
        Ok(invalid)
    }

    fn apply_to_text(&self, values: &ArrayRef) -> Result<Rewritten> {
        let source = text(values)?;
        let mut builder = TextBuilder::new(source.len());
        let mut written = String::new();
        let invalid = self.run(
            source.len(),
            |index, numerals| source.is_valid(index).then(|| self.alphabet.read(source.value(index), numerals)),
            |index, numerals| match numerals {
                None => builder.push_null(),
                Some(numerals) => {
                    self.alphabet.write(source.value(index), numerals, &mut written);
                    builder.push(&written);
                }
            },
        )?;
        Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
    }

    /// A number is the string of its digits with as many leading zeros as the declared length asks for.
    fn apply_to<T: ArrowPrimitiveType>(&self, values: &ArrayRef) -> Result<Rewritten>
    where
        T::Native: TryFrom<i128> + Into<i128>,
    {
        let source = values.as_primitive::<T>();
        let length = self.cut.length.unwrap_or_default();
        let mut builder = PrimitiveBuilder::<T>::with_capacity(source.len()).with_data_type(values.data_type().clone());
        let invalid = self.run(
            source.len(),
            |index, numerals| source.is_valid(index).then(|| digits(source.value(index).into(), length, numerals)),
            |_, numerals| {
                let number =
                    numerals.map(|digits| digits.iter().fold(0, |number, digit| 10 * number + i128::from(*digit)));
                builder.append_option(number.and_then(|number| T::Native::try_from(number).ok()));
            },
        )?;
        Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
    }
}

/// Writes the last `length` digits of a number that has no more.
fn digits(number: i128, length: usize, digits: &mut Vec<u8>) -> bool {
    let Ok(mut rest) = u128::try_from(number) else { return false };
    digits.clear();
    digits.resize(length, 0);
    for digit in digits.iter_mut().rev() {
        *digit = (rest % 10) as u8;
        rest /= 10;
    }
    rest == 0
}

impl Transform for Strings {
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
            other => Err(Error::internal(format!("`encrypt` was bound to a column of type {other}"))),
        }
    }
}
