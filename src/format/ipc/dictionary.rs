//! Dictionaries that grow as rows come: a value gets the next key when it is first seen. What no row has is in none.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayData, ArrayRef, AsArray, GenericListArray, Int64Array, MapArray, OffsetSizeTrait, StructArray,
    UInt32Array, make_array, new_empty_array,
};
use arrow::buffer::{Buffer, OffsetBuffer};
use arrow::compute::{CastOptions, cast_with_options, concat, take};
use arrow::datatypes::{DataType, Field, FieldRef};
use arrow::row::{RowConverter, SortField};

use super::fresh::{like, unfit};
use crate::error::{Error, Result};

/// A column, or a part of one, with the dictionaries in it.
pub(super) enum Tree {
    /// There are none.
    Plain,
    Dictionary(Box<Dictionary>),
    Struct(Vec<Tree>),
    /// A list or map, with what is in it.
    List(Box<Tree>),
}

impl Tree {
    /// The dictionaries of a column. `seed` is what a dictionary that is a column of its own starts with.
    ///
    /// # Errors
    /// Internal, if values have a type that no dictionary has.
    pub(super) fn new(field: &Field, seed: Option<ArrayRef>) -> Result<Self> {
        Ok(match field.data_type() {
            DataType::Dictionary(keys, values) => {
                let mut dictionary = Dictionary::new(keys, values)?;
                if let Some(seed) = seed {
                    dictionary.keys(&seed)?;
                }
                Self::Dictionary(Box::new(dictionary))
            }
            DataType::Struct(children) => {
                let children = children.iter().map(|child| Self::new(child, None)).collect::<Result<Vec<_>>>()?;
                if children.iter().all(Self::is_plain) { Self::Plain } else { Self::Struct(children) }
            }
            DataType::List(child)
            | DataType::LargeList(child)
            | DataType::FixedSizeList(child, _)
            | DataType::Map(child, _) => {
                let child = Self::new(child, None)?;
                if child.is_plain() { Self::Plain } else { Self::List(Box::new(child)) }
            }
            _ => Self::Plain,
        })
    }

    pub(super) fn is_plain(&self) -> bool {
        matches!(self, Self::Plain)
    }

    /// The column with keys in the place of what has a dictionary: what a record batch holds of it.
    ///
    /// # Errors
    /// There are more values than the keys of a dictionary can count.
    pub(super) fn keys(&mut self, array: &ArrayRef) -> Result<ArrayRef> {
        match self {
            Self::Plain => Ok(Arc::clone(array)),
            Self::Dictionary(dictionary) => dictionary.keys(array),
            Self::Struct(trees) => {
                let array = array.as_struct_opt().ok_or_else(unfit)?;
                let children = trees.iter_mut().zip(array.columns()).map(|(tree, child)| tree.keys(child));
                let children = children.collect::<Result<Vec<_>>>()?;
                let fields = array.fields().iter().zip(&children).map(|(field, child)| like(field, child)).collect();
                let keyed = StructArray::try_new_with_length(fields, children, array.nulls().cloned(), array.len());
                Ok(Arc::new(keyed.map_err(|_| unfit())?))
            }
            Self::List(tree) => match array.data_type() {
                DataType::List(child) => list::<i32>(tree, array, child),
                DataType::LargeList(child) => list::<i64>(tree, array, child),
                DataType::FixedSizeList(child, length) => {
                    let list = array.as_fixed_size_list_opt().ok_or_else(unfit)?;
                    let values = tree.keys(list.values())?;
                    let data_type = DataType::FixedSizeList(like(child, &values), *length);
                    let builder = ArrayData::builder(data_type).len(list.len()).nulls(list.nulls().cloned());
                    Ok(make_array(builder.add_child_data(values.to_data()).build().map_err(|_| unfit())?))
                }
                DataType::Map(child, ordered) => {
                    let map = array.as_map_opt().ok_or_else(unfit)?;
                    let entries = tree.keys(&(Arc::new(map.entries().clone()) as ArrayRef))?;
                    let child = like(child, &entries);
                    let entries = entries.as_struct_opt().ok_or_else(unfit)?.clone();
                    let map = MapArray::try_new(child, map.offsets().clone(), entries, map.nulls().cloned(), *ordered);
                    Ok(Arc::new(map.map_err(|_| unfit())?))
                }
                _ => Err(unfit()),
            },
        }
    }

    /// A column without rows and with the dictionaries as they are by now.
    ///
    /// # Errors
    /// Internal, if Arrow refuses to put it together.
    pub(super) fn empty(&mut self, field: &Field) -> Result<ArrayRef> {
        match (self, field.data_type()) {
            (Self::Dictionary(dictionary), data_type) => {
                let values = dictionary.values()?;
                let builder = ArrayData::builder(data_type.clone()).len(0).add_buffer(Buffer::from([]));
                let data = builder.add_child_data(values.to_data()).build().map_err(|_| unfit())?;
                Ok(make_array(data))
            }
            (Self::Struct(trees), DataType::Struct(fields)) => {
                let children = trees.iter_mut().zip(fields).map(|(tree, field)| tree.empty(field));
                let children = children.collect::<Result<Vec<_>>>()?;
                let array = StructArray::try_new_with_length(fields.clone(), children, None, 0);
                Ok(Arc::new(array.map_err(|_| unfit())?))
            }
            (Self::List(tree), data_type) => {
                let (DataType::List(child)
                | DataType::LargeList(child)
                | DataType::FixedSizeList(child, _)
                | DataType::Map(child, _)) = data_type
                else {
                    return Err(unfit());
                };
                let mut builder = ArrayData::builder(data_type.clone()).len(0);
                if !matches!(data_type, DataType::FixedSizeList(..)) {
                    let width = if matches!(data_type, DataType::LargeList(_)) { 8 } else { 4 };
                    builder = builder.add_buffer(Buffer::from(vec![0_u8; width]));
                }
                let data = builder.add_child_data(tree.empty(child)?.to_data()).build().map_err(|_| unfit())?;
                Ok(make_array(data))
            }
            (_, data_type) => Ok(new_empty_array(data_type)),
        }
    }
}

fn list<O: OffsetSizeTrait>(tree: &mut Tree, array: &ArrayRef, child: &FieldRef) -> Result<ArrayRef> {
    let list = array.as_list_opt::<O>().ok_or_else(unfit)?;
    let values = tree.keys(list.values())?;
    let offsets: OffsetBuffer<O> = list.offsets().clone();
    let keyed = GenericListArray::try_new(like(child, &values), offsets, values, list.nulls().cloned());
    Ok(Arc::new(keyed.map_err(|_| unfit())?))
}

/// A dictionary by what it has seen.
pub(super) struct Dictionary {
    key_type: DataType,
    value_type: DataType,
    converter: RowConverter,
    /// The key of each value, by its bytes as the converter has them.
    seen: HashMap<Box<[u8]>, i64>,
    /// The values in the order of their keys, in parts.
    parts: Vec<ArrayRef>,
}

impl Dictionary {
    fn new(key_type: &DataType, value_type: &DataType) -> Result<Self> {
        let converter = RowConverter::new(vec![SortField::new(value_type.clone())]).map_err(|_| unfit())?;
        let (key_type, value_type) = (key_type.clone(), value_type.clone());
        Ok(Self { key_type, value_type, converter, seen: HashMap::new(), parts: Vec::new() })
    }

    fn keys(&mut self, array: &ArrayRef) -> Result<ArrayRef> {
        let rows = self.converter.convert_columns(std::slice::from_ref(array)).map_err(|_| unfit())?;
        let mut added: Vec<u32> = Vec::new();
        let mut keys: Vec<Option<i64>> = Vec::with_capacity(array.len());
        for (place, row) in rows.iter().enumerate() {
            if array.is_null(place) {
                keys.push(None);
                continue;
            }
            keys.push(Some(match self.seen.get(row.as_ref()) {
                Some(key) => *key,
                None => {
                    let key = self.seen.len() as i64;
                    self.seen.insert(row.as_ref().into(), key);
                    added.push(place as u32);
                    key
                }
            }));
        }
        if !added.is_empty() {
            self.parts.push(take(array, &UInt32Array::from(added), None).map_err(|_| unfit())?);
        }
        let options = CastOptions { safe: false, ..CastOptions::default() };
        cast_with_options(&Int64Array::from(keys), &self.key_type, &options).map_err(|_| {
            Error::data(format!("a dictionary has more values than keys of type {} can count", self.key_type))
                .with_help("export the column with wider keys, or as plain values")
        })
    }

    /// All values, in the order of their keys. Those that were there before are the same array, as long as none came.
    fn values(&mut self) -> Result<ArrayRef> {
        let whole = match self.parts.as_slice() {
            [] => new_empty_array(&self.value_type),
            [whole] => Arc::clone(whole),
            parts => {
                let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
                concat(&parts).map_err(|_| unfit())?
            }
        };
        let whole = super::fresh::fresh(&whole, &self.value_type)?;
        self.parts = vec![Arc::clone(&whole)];
        Ok(whole)
    }
}
