//! New arrays from old ones: the same values, and nothing else. Under a null there is zero or nothing, buffers hold what
//! the rows hold, and bits behind the last row are zero.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, BinaryViewBuilder, BooleanArray, FixedSizeBinaryBuilder,
    FixedSizeListArray, GenericByteBuilder, GenericListArray, MapArray, OffsetSizeTrait, PrimitiveArray,
    StringViewBuilder, StructArray, UInt32Array, downcast_primitive_array, new_null_array,
};
use arrow::buffer::{BooleanBuffer, NullBuffer, OffsetBuffer};
use arrow::compute::{cast, nullif, take};
use arrow::datatypes::{
    ArrowNativeType, ByteArrayType, DataType, Field, FieldRef, GenericBinaryType, GenericStringType,
};

use crate::error::{Error, Result};

/// The values of a column in a new array, in the type that the file is to have. Where that is a dictionary, they come
/// as what it points to.
///
/// # Errors
/// A list of fixed length has another, or text is too long for its type; internal, if the types do not fit.
pub(super) fn fresh(array: &ArrayRef, target: &DataType) -> Result<ArrayRef> {
    let nulls = || bits(array.nulls());
    Ok(match target {
        DataType::Dictionary(_, values) => fresh(array, values)?,
        DataType::Null => new_null_array(&DataType::Null, array.len()),
        DataType::Boolean => {
            let array = array.as_boolean_opt().ok_or_else(unfit)?;
            let value = |row| array.is_valid(row) && array.value(row);
            Arc::new(BooleanArray::new(BooleanBuffer::collect_bool(array.len(), value), nulls()))
        }
        DataType::Utf8 => texts::<i32>(array)?,
        DataType::LargeUtf8 => texts::<i64>(array)?,
        DataType::Utf8View => {
            let array = converted(array, &DataType::Utf8View)?;
            let mut builder = StringViewBuilder::with_capacity(array.len());
            array.as_string_view().iter().for_each(|value| builder.append_option(value));
            Arc::new(builder.finish())
        }
        DataType::Binary => bytes::<i32>(array)?,
        DataType::LargeBinary => bytes::<i64>(array)?,
        DataType::BinaryView => {
            let array = converted(array, &DataType::BinaryView)?;
            let mut builder = BinaryViewBuilder::with_capacity(array.len());
            array.as_binary_view().iter().for_each(|value| builder.append_option(value));
            Arc::new(builder.finish())
        }
        DataType::FixedSizeBinary(length) => {
            let array = array.as_fixed_size_binary_opt().ok_or_else(unfit)?;
            let mut builder = FixedSizeBinaryBuilder::with_capacity(array.len(), *length);
            for value in array.iter() {
                match value {
                    Some(value) => builder.append_value(value).map_err(|_| unfit())?,
                    None => builder.append_null(),
                }
            }
            Arc::new(builder.finish())
        }
        DataType::Struct(fields) => {
            let array = array.as_struct_opt().ok_or_else(unfit)?;
            let absent = array.nulls().filter(|nulls| nulls.null_count() > 0);
            let absent = absent.map(|nulls| BooleanArray::new(!nulls.inner(), None));
            let mut children = Vec::with_capacity(fields.len());
            for (field, child) in fields.iter().zip(array.columns()) {
                let child = match &absent {
                    Some(absent) => nullif(child, absent).map_err(|_| unfit())?,
                    None => Arc::clone(child),
                };
                children.push(fresh(&child, field.data_type())?);
            }
            let fields = fields.iter().zip(&children).map(|(field, child)| like(field, child)).collect();
            Arc::new(StructArray::try_new_with_length(fields, children, nulls(), array.len()).map_err(|_| unfit())?)
        }
        DataType::List(child) => list::<i32>(array, child)?,
        DataType::LargeList(child) => list::<i64>(array, child)?,
        DataType::FixedSizeList(child, length) => fixed_list(array, child, *length)?,
        DataType::Map(child, ordered) => {
            let array = array.as_map_opt().ok_or_else(unfit)?;
            let entries: ArrayRef = Arc::new(array.entries().clone());
            let (lengths, entries) = parts(array.offsets(), array.nulls(), &entries)?;
            let entries = fresh(&entries, child.data_type())?;
            let (child, offsets) = (like(child, &entries), OffsetBuffer::from_lengths(lengths));
            let entries = entries.as_struct_opt().ok_or_else(unfit)?.clone();
            Arc::new(MapArray::try_new(child, offsets, entries, nulls(), *ordered).map_err(|_| unfit())?)
        }
        _ => {
            let array = array.as_ref();
            downcast_primitive_array! {
                array => primitive(array, target)?,
                _ => return Err(unfit()),
            }
        }
    })
}

/// The bits of a null buffer in a new one; none, where nothing is null.
fn bits(nulls: Option<&NullBuffer>) -> Option<NullBuffer> {
    let nulls = nulls.filter(|nulls| nulls.null_count() > 0)?;
    Some(NullBuffer::new(BooleanBuffer::collect_bool(nulls.len(), |row| nulls.is_valid(row))))
}

fn primitive<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>, target: &DataType) -> Result<ArrayRef> {
    let same = match (array.data_type(), target) {
        (DataType::Timestamp(unit, _), DataType::Timestamp(target, _)) => unit == target,
        (data_type, target) => data_type == target,
    };
    if !same {
        return Err(unfit());
    }
    let values: Vec<T::Native> = match array.nulls() {
        None => array.values().to_vec(),
        Some(nulls) => {
            let zero = T::default_value();
            array.values().iter().zip(nulls.iter()).map(|(value, valid)| if valid { *value } else { zero }).collect()
        }
    };
    Ok(Arc::new(PrimitiveArray::<T>::new(values.into(), bits(array.nulls())).with_data_type(target.clone())))
}

fn converted(array: &ArrayRef, target: &DataType) -> Result<ArrayRef> {
    if array.data_type() == target {
        return Ok(Arc::clone(array));
    }
    match array.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary | DataType::LargeBinary => {
            cast(array, target).map_err(|_| unfit())
        }
        _ => Err(unfit()),
    }
}

fn texts<O: OffsetSizeTrait>(array: &ArrayRef) -> Result<ArrayRef> {
    let array = converted(array, &DataType::Utf8View)?;
    let array = array.as_string_view();
    let length: u64 = array.views().iter().map(|view| u64::from(*view as u32)).sum();
    built::<GenericStringType<O>, _>(array.iter(), array.len(), length)
}

fn bytes<O: OffsetSizeTrait>(array: &ArrayRef) -> Result<ArrayRef> {
    let array = converted(array, &DataType::BinaryView)?;
    let array = array.as_binary_view();
    let length: u64 = array.views().iter().map(|view| u64::from(*view as u32)).sum();
    built::<GenericBinaryType<O>, _>(array.iter(), array.len(), length)
}

fn built<'v, T: ByteArrayType, V: AsRef<T::Native>>(
    values: impl Iterator<Item = Option<V>>,
    rows: usize,
    length: u64,
) -> Result<ArrayRef> {
    if usize::try_from(length).ok().and_then(T::Offset::from_usize).is_none() {
        return Err(Error::data("the values of a batch are too long for the type of the column")
            .with_help("they come to more than 2 GiB: leave the column out, or export it as large text"));
    }
    let mut builder = GenericByteBuilder::<T>::with_capacity(rows, length as usize);
    values.for_each(|value| builder.append_option(value));
    Ok(Arc::new(builder.finish()))
}

/// How long the lists are, and the values that are in one.
fn parts<O: OffsetSizeTrait>(
    offsets: &OffsetBuffer<O>,
    nulls: Option<&NullBuffer>,
    values: &ArrayRef,
) -> Result<(Vec<usize>, ArrayRef)> {
    let ends: Vec<usize> = offsets.iter().map(|offset| offset.as_usize()).collect();
    let (Some(first), Some(last)) = (ends.first(), ends.last()) else { return Err(unfit()) };
    let is_null = |row: usize| nulls.is_some_and(|nulls| nulls.is_null(row));
    let ranges = ends.windows(2).enumerate().map(|(row, ends)| match ends {
        [start, end] if !is_null(row) => *start..*end,
        _ => 0..0,
    });
    let lengths: Vec<usize> = ranges.clone().map(|range| range.len()).collect();
    if lengths.iter().sum::<usize>() == last - first {
        return Ok((lengths, values.slice(*first, last - first)));
    }
    let places: UInt32Array = ranges.flatten().map(|place| Some(place as u32)).collect();
    Ok((lengths, take(values, &places, None).map_err(|_| unfit())?))
}

fn list<O: OffsetSizeTrait>(array: &ArrayRef, child: &FieldRef) -> Result<ArrayRef> {
    let array = array.as_list_opt::<O>().ok_or_else(unfit)?;
    let (lengths, values) = parts(array.offsets(), array.nulls(), array.values())?;
    let values = fresh(&values, child.data_type())?;
    let (child, offsets) = (like(child, &values), OffsetBuffer::from_lengths(lengths));
    let list = GenericListArray::<O>::try_new(child, offsets, values, bits(array.nulls()));
    Ok(Arc::new(list.map_err(|_| unfit())?))
}

/// Lists of fixed length, whose nulls take up as much as others.
fn fixed_list(array: &ArrayRef, child: &FieldRef, length: i32) -> Result<ArrayRef> {
    let array = array.as_list_opt::<i32>().ok_or_else(unfit)?;
    let mut places = Vec::with_capacity(array.len().saturating_mul(length as usize));
    for row in 0..array.len() {
        if array.is_null(row) {
            places.extend((0..length).map(|_| None));
        } else {
            let start = array.value_offsets()[row];
            if array.value_length(row) != length {
                return Err(unfit());
            }
            places.extend((start..start + length).map(|place| Some(place as u32)));
        }
    }
    let values = take(array.values(), &UInt32Array::from(places), None).map_err(|_| unfit())?;
    let values = fresh(&values, child.data_type())?;
    let list =
        FixedSizeListArray::try_new_with_length(like(child, &values), length, values, bits(array.nulls()), array.len());
    Ok(Arc::new(list.map_err(|_| unfit())?))
}

/// The field with the type of an array.
pub(super) fn like(field: &Field, array: &ArrayRef) -> FieldRef {
    Arc::new(Field::new(field.name(), array.data_type().clone(), field.is_nullable()))
}

pub(super) fn unfit() -> Error {
    Error::internal("a column is not of the type that it is to be written in")
}
