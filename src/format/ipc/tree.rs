//! The dictionaries of columns, those inside lists and structs as well.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayData, ArrayRef, AsArray, GenericListArray, MapArray, OffsetSizeTrait, StructArray, make_array,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, FieldRef};

use super::fresh::{like, unfit};
use super::grown::Dictionary;
use crate::error::Result;

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
                let dictionary = Dictionary::new(keys, values, seed)?;
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
    /// There are more values than the keys of a dictionary can count, or than are held.
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

    /// The dictionaries in the order of their numbers: that of their fields.
    pub(super) fn dictionaries(&mut self) -> Vec<&mut Dictionary> {
        match self {
            Self::Plain => Vec::new(),
            Self::Dictionary(dictionary) => vec![dictionary],
            Self::Struct(trees) => trees.iter_mut().flat_map(Self::dictionaries).collect(),
            Self::List(tree) => tree.dictionaries(),
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
