//! The few types that Arrow's Parquet writer would not write as the source has them: they are handed to it as the bytes
//! that the file is to hold.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryBuilder, FixedSizeBinaryBuilder, LargeListArray, ListArray, MapArray, StructArray,
    new_null_array,
};
use arrow::datatypes::{DataType, Decimal128Type, Decimal256Type, Field, FieldRef, Fields};
use parquet::basic::Type as Physical;
use parquet::schema::types::ColumnDescPtr;

use crate::error::{Error, Result};

/// How the values of a leaf are handed to the writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// As they are.
    AsIs,
    /// As bytes of this length: decimals, which Arrow would write as short as their precision allows.
    Fixed(i32),
    /// As bytes of their own length: decimals that are byte arrays.
    Bytes,
    /// As nulls of this type: a column without a type of its own.
    Nulls(DataType),
}

impl Form {
    fn of(data_type: &DataType, leaf: &ColumnDescPtr) -> Self {
        let is_decimal = matches!(data_type, DataType::Decimal128(..) | DataType::Decimal256(..));
        match (leaf.physical_type(), data_type) {
            (Physical::FIXED_LEN_BYTE_ARRAY, _) if is_decimal => Self::Fixed(leaf.type_length()),
            (Physical::BYTE_ARRAY, _) if is_decimal => Self::Bytes,
            (Physical::INT32, DataType::Null) => Self::AsIs,
            (Physical::BOOLEAN, DataType::Null) => Self::Nulls(DataType::Boolean),
            (Physical::INT64, DataType::Null) => Self::Nulls(DataType::Int64),
            (Physical::FLOAT, DataType::Null) => Self::Nulls(DataType::Float32),
            (Physical::DOUBLE, DataType::Null) => Self::Nulls(DataType::Float64),
            (Physical::BYTE_ARRAY, DataType::Null) => Self::Nulls(DataType::BinaryView),
            (Physical::FIXED_LEN_BYTE_ARRAY, DataType::Null) => {
                Self::Nulls(DataType::FixedSizeBinary(leaf.type_length()))
            }
            _ => Self::AsIs,
        }
    }

    fn data_type(&self, plain: &DataType) -> DataType {
        match self {
            Self::AsIs => plain.clone(),
            Self::Fixed(length) => DataType::FixedSizeBinary(*length),
            Self::Bytes => DataType::Binary,
            Self::Nulls(data_type) => data_type.clone(),
        }
    }

    fn apply(&self, array: &ArrayRef) -> Result<ArrayRef> {
        match self {
            Self::AsIs => Ok(Arc::clone(array)),
            Self::Nulls(data_type) => Ok(new_null_array(data_type, array.len())),
            Self::Fixed(length) => {
                let mut builder = FixedSizeBinaryBuilder::with_capacity(array.len(), *length);
                each_decimal(array, |value| {
                    match value {
                        None => builder.append_null(),
                        Some(value) => builder.append_value(&*resized(value, *length as usize)?).ok()?,
                    }
                    Some(())
                })?;
                Ok(Arc::new(builder.finish()))
            }
            Self::Bytes => {
                let mut builder = BinaryBuilder::new();
                each_decimal(array, |value| {
                    builder.append_option(value.map(shortest));
                    Some(())
                })?;
                Ok(Arc::new(builder.finish()))
            }
        }
    }
}

/// Gives the values of a column of decimals, big end first, to `take`, until it gives nothing back.
fn each_decimal(array: &ArrayRef, mut take: impl FnMut(Option<&[u8]>) -> Option<()>) -> Result<()> {
    let fits = match array.data_type() {
        DataType::Decimal128(..) => array
            .as_primitive::<Decimal128Type>()
            .iter()
            .try_for_each(|value| take(value.map(i128::to_be_bytes).as_ref().map(<[u8; 16]>::as_slice))),
        DataType::Decimal256(..) => array
            .as_primitive::<Decimal256Type>()
            .iter()
            .try_for_each(|value| take(value.map(|value| value.to_be_bytes()).as_ref().map(<[u8; 32]>::as_slice))),
        _ => return Err(Error::internal("a column of decimals is none")),
    };
    fits.ok_or_else(|| Error::data("a decimal is too large for the bytes that its column has"))
}

/// The same number in another length, if it fits.
fn resized(value: &[u8], length: usize) -> Option<std::borrow::Cow<'_, [u8]>> {
    let sign = if value.first().is_some_and(|byte| *byte >= 0x80) { 0xff } else { 0 };
    match value.len().checked_sub(length) {
        Some(excess) => {
            let (head, rest) = value.split_at(excess);
            let same_sign = rest.first().is_none_or(|byte| (*byte >= 0x80) == (sign == 0xff));
            (head.iter().all(|byte| *byte == sign) && same_sign).then_some(rest.into())
        }
        None => {
            let mut longer = vec![sign; length - value.len()];
            longer.extend_from_slice(value);
            Some(longer.into())
        }
    }
}

/// The same number without bytes that say nothing but its sign again.
fn shortest(value: &[u8]) -> &[u8] {
    let mut short = value;
    while let [first, next, ..] = short {
        let redundant = (*first == 0 && *next < 0x80) || (*first == 0xff && *next >= 0x80);
        match short.split_first() {
            Some((_, rest)) if redundant => short = rest,
            _ => break,
        }
    }
    short
}

/// How a column is handed to the writer: its field there, and the form of each leaf.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) field: FieldRef,
    forms: Vec<Form>,
}

impl Written {
    /// Fits a column to its leaves in the file.
    ///
    /// # Errors
    /// The file nests its values otherwise than Arrow does, so that Arrow could not write them back.
    pub(super) fn fit(field: &Field, leaves: &[ColumnDescPtr]) -> Result<Self> {
        let mut forms = Vec::with_capacity(leaves.len());
        let mut rest = leaves.iter();
        let unfit = || {
            Error::data("the column is nested in a way that can be read but not written")
                .in_column(field.name())
                .with_help("keep or drop it as a whole, or export it with the usual three levels of a list or map")
        };
        let fitted = fit(field, Levels::default(), &mut rest, &mut forms).ok_or_else(unfit)?;
        if rest.next().is_some() {
            return Err(unfit());
        }
        Ok(Self { field: fitted, forms })
    }

    /// The column in the form in which it is written.
    pub(super) fn apply(&self, array: &ArrayRef) -> Result<ArrayRef> {
        if self.forms.iter().all(|form| *form == Form::AsIs) {
            return Ok(Arc::clone(array));
        }
        let mut forms = self.forms.iter();
        apply(&self.field, array, &mut forms).map_err(|error| error.in_column(self.field.name()))
    }
}

/// The levels of a leaf that Arrow would write.
#[derive(Debug, Clone, Copy, Default)]
struct Levels {
    definition: i16,
    repetition: i16,
}

fn fit<'l>(
    field: &Field,
    mut levels: Levels,
    leaves: &mut impl Iterator<Item = &'l ColumnDescPtr>,
    forms: &mut Vec<Form>,
) -> Option<FieldRef> {
    levels.definition += i16::from(field.is_nullable());
    let inside = Levels { definition: levels.definition + 1, repetition: levels.repetition + 1 };
    let data_type = match field.data_type() {
        DataType::Struct(children) => {
            let children: Option<Fields> = children.iter().map(|child| fit(child, levels, leaves, forms)).collect();
            DataType::Struct(children?)
        }
        DataType::List(child) => DataType::List(fit(child, inside, leaves, forms)?),
        DataType::LargeList(child) => DataType::LargeList(fit(child, inside, leaves, forms)?),
        DataType::Map(child, ordered) => DataType::Map(fit(child, inside, leaves, forms)?, *ordered),
        plain => {
            let leaf = leaves.next()?;
            if leaf.max_def_level() != levels.definition || leaf.max_rep_level() != levels.repetition {
                return None;
            }
            let form = Form::of(plain, leaf);
            let data_type = form.data_type(plain);
            forms.push(form);
            data_type
        }
    };
    Some(Arc::new(Field::new(field.name(), data_type, field.is_nullable())))
}

fn apply<'f>(field: &Field, array: &ArrayRef, forms: &mut impl Iterator<Item = &'f Form>) -> Result<ArrayRef> {
    let broken = |_| Error::internal("a nested column can't be put together to be written");
    let none = || Error::internal("a column is written in another form than was planned");
    Ok(match field.data_type() {
        DataType::Struct(fields) => {
            let array = array.as_struct_opt().ok_or_else(none)?;
            let children = fields
                .iter()
                .zip(array.columns())
                .map(|(field, child)| apply(field, child, forms))
                .collect::<Result<Vec<_>>>()?;
            Arc::new(
                StructArray::try_new_with_length(fields.clone(), children, array.nulls().cloned(), array.len())
                    .map_err(broken)?,
            )
        }
        DataType::List(child) => {
            let array = array.as_list_opt::<i32>().ok_or_else(none)?;
            let values = apply(child, array.values(), forms)?;
            let offsets = array.offsets().clone();
            Arc::new(ListArray::try_new(Arc::clone(child), offsets, values, array.nulls().cloned()).map_err(broken)?)
        }
        DataType::LargeList(child) => {
            let array = array.as_list_opt::<i64>().ok_or_else(none)?;
            let values = apply(child, array.values(), forms)?;
            let offsets = array.offsets().clone();
            Arc::new(
                LargeListArray::try_new(Arc::clone(child), offsets, values, array.nulls().cloned()).map_err(broken)?,
            )
        }
        DataType::Map(child, ordered) => {
            let array = array.as_map_opt().ok_or_else(none)?;
            let entries: ArrayRef = Arc::new(array.entries().clone());
            let entries = apply(child, &entries, forms)?;
            let offsets = array.offsets().clone();
            let entries = entries.as_struct_opt().ok_or_else(none)?.clone();
            Arc::new(
                MapArray::try_new(Arc::clone(child), offsets, entries, array.nulls().cloned(), *ordered)
                    .map_err(broken)?,
            )
        }
        _ => forms.next().ok_or_else(none)?.apply(array)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_value_in_any_length() {
        for (value, short) in [
            (0_i128, [0].as_slice()),
            (-1, &[0xff]),
            (127, &[0x7f]),
            (128, &[0, 0x80]),
            (-128, &[0x80]),
            (-129, &[0xff, 0x7f]),
            (i128::MAX, &i128::MAX.to_be_bytes()),
        ] {
            let bytes = value.to_be_bytes();
            assert_eq!(shortest(&bytes), short);
            assert_eq!(resized(&bytes, short.len()).as_deref(), Some(short));
            assert_eq!(resized(short, 16).as_deref(), Some(bytes.as_slice()));
            assert_eq!(
                resized(&bytes, short.len() - 1).is_none(),
                short.len() > 1 || value != 0 && value != -1,
                "{value}"
            );
        }
    }
}
