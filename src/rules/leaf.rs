//! Columns as leaves: a nested column is taken apart into the columns of values that it is made of, and put together
//! again from what they have become.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, LargeListArray, ListArray, MapArray, StructArray, UInt32Array,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::compute::{nullif, take};
use arrow::datatypes::{DataType, Field, FieldRef, Schema};

use crate::error::{Error, Result};

/// A column of values: a whole column, or one inside structs, lists and maps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its name in the rules: field names joined by `.`, with `[]` after a list or map.
    pub path: String,
    /// The place of the column that it is, or is part of.
    pub column: usize,
    /// The type of its values.
    pub data_type: DataType,
    /// Whether its values may be null.
    pub nullable: bool,
    /// Whether there may be several values a row, or none.
    pub repeated: bool,
}

/// All leaves of a schema, depth first in the order of its columns.
///
/// # Errors
/// [`ErrorKind::Data`](crate::ErrorKind::Data) for a type that is not known here.
pub(crate) fn leaves(schema: &Schema) -> Result<Vec<Leaf>> {
    let mut leaves = Vec::new();
    for (column, field) in schema.fields().iter().enumerate() {
        let start = Leaf {
            path: field.name().clone(),
            column,
            data_type: field.data_type().clone(),
            nullable: field.is_nullable(),
            repeated: false,
        };
        collect(start, &mut leaves)?;
    }
    Ok(leaves)
}

fn collect(node: Leaf, leaves: &mut Vec<Leaf>) -> Result<()> {
    let child = |path: String, field: &FieldRef, repeated: bool| Leaf {
        path,
        column: node.column,
        data_type: field.data_type().clone(),
        nullable: field.is_nullable(),
        repeated: node.repeated || repeated,
    };
    match &node.data_type {
        DataType::Struct(fields) => {
            for field in fields {
                collect(child(format!("{}.{}", node.path, field.name()), field, false), leaves)?;
            }
            Ok(())
        }
        DataType::List(field) | DataType::LargeList(field) | DataType::Map(field, _) => {
            collect(child(format!("{}[]", node.path), field, true), leaves)
        }
        data_type if is_known(data_type) => {
            leaves.push(node);
            Ok(())
        }
        other => Err(Error::data(format!("bowdler does not know the type {other}"))
            .in_column(&node.path)
            .with_help("nothing passes that is not known: leave the column out of the export, or export it as text")),
    }
}

fn is_known(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => !values.is_nested() && is_known(values),
        other => {
            other.is_primitive()
                || matches!(
                    other,
                    DataType::Boolean
                        | DataType::Null
                        | DataType::Utf8
                        | DataType::LargeUtf8
                        | DataType::Utf8View
                        | DataType::Binary
                        | DataType::LargeBinary
                        | DataType::BinaryView
                        | DataType::FixedSizeBinary(_)
                )
        }
    }
}

/// The values of one leaf in a batch, end to end.
#[derive(Debug, Clone)]
pub(crate) struct LeafValues {
    pub(crate) values: ArrayRef,
    /// For a repeated leaf: the row of each value.
    pub(crate) owners: Option<Arc<[u32]>>,
}

/// A column taken apart: what is left of it without its leaves' values.
pub(crate) enum Frame {
    Leaf,
    Struct { field: FieldRef, children: Vec<(FieldRef, Frame)>, nulls: Option<NullBuffer>, length: usize },
    List { field: FieldRef, child: Box<(FieldRef, Frame)>, lengths: Vec<usize>, nulls: Option<NullBuffer> },
}

/// Takes a column apart. Values under a null struct or list are made null or left out: they are in nobody's way.
///
/// # Errors
/// Internal, if Arrow refuses what its types allow.
pub(crate) fn take_apart(field: &FieldRef, array: &ArrayRef, leaves: &mut Vec<LeafValues>) -> Result<Frame> {
    walk(field, array, None, leaves)
}

fn walk(field: &FieldRef, array: &ArrayRef, owners: Option<Arc<[u32]>>, leaves: &mut Vec<LeafValues>) -> Result<Frame> {
    match array.data_type() {
        DataType::Struct(fields) => {
            let array = array.as_struct();
            let absent = array
                .nulls()
                .filter(|nulls| nulls.null_count() > 0)
                .map(|nulls| BooleanArray::new(!nulls.inner(), None));
            let mut children = Vec::with_capacity(fields.len());
            for (child_field, child) in fields.iter().zip(array.columns()) {
                let child = match &absent {
                    Some(absent) => nullif(child, absent).map_err(|_| broken("a struct"))?,
                    None => Arc::clone(child),
                };
                children.push((Arc::clone(child_field), walk(child_field, &child, owners.clone(), leaves)?));
            }
            Ok(Frame::Struct { field: Arc::clone(field), children, nulls: array.nulls().cloned(), length: array.len() })
        }
        DataType::List(child) => {
            let list = array.as_list::<i32>();
            let offsets: Vec<usize> = list.offsets().iter().map(|offset| *offset as usize).collect();
            walk_list(field, child, list.values(), &offsets, list.nulls(), owners, leaves)
        }
        DataType::LargeList(child) => {
            let list = array.as_list::<i64>();
            let offsets: Vec<usize> = list.offsets().iter().map(|offset| *offset as usize).collect();
            walk_list(field, child, list.values(), &offsets, list.nulls(), owners, leaves)
        }
        DataType::Map(child, _) => {
            let map = array.as_map();
            let offsets: Vec<usize> = map.offsets().iter().map(|offset| *offset as usize).collect();
            let entries: ArrayRef = Arc::new(map.entries().clone());
            walk_list(field, child, &entries, &offsets, map.nulls(), owners, leaves)
        }
        _ => {
            leaves.push(LeafValues { values: Arc::clone(array), owners });
            Ok(Frame::Leaf)
        }
    }
}

fn walk_list(
    field: &FieldRef,
    child_field: &FieldRef,
    values: &ArrayRef,
    offsets: &[usize],
    nulls: Option<&NullBuffer>,
    owners: Option<Arc<[u32]>>,
    leaves: &mut Vec<LeafValues>,
) -> Result<Frame> {
    let length = offsets.len() - 1;
    let is_null = |index: usize| nulls.is_some_and(|nulls| nulls.is_null(index));
    let mut lengths = Vec::with_capacity(length);
    let mut places: Vec<u32> = Vec::new();
    let mut rows: Vec<u32> = Vec::new();
    for index in 0..length {
        let range = if is_null(index) { 0..0 } else { offsets[index]..offsets[index + 1] };
        lengths.push(range.len());
        let row = owners.as_ref().map_or(index as u32, |owners| owners[index]);
        rows.extend(range.clone().map(|_| row));
        places.extend(range.map(|place| place as u32));
    }
    let values = take(values, &UInt32Array::from(places), None).map_err(|_| broken("a list"))?;
    let child = walk(child_field, &values, Some(rows.into()), leaves)?;
    Ok(Frame::List {
        field: Arc::clone(field),
        child: Box::new((Arc::clone(child_field), child)),
        lengths,
        nulls: nulls.cloned(),
    })
}

impl Frame {
    /// Puts a column together again. `next` gives, leaf by leaf in the order in which they were taken, what has become
    /// of its values; nothing, where the leaf is dropped. Nothing comes back if nothing is left of the column.
    pub(super) fn put_together(
        self,
        field: &FieldRef,
        next: &mut impl FnMut() -> Option<ArrayRef>,
    ) -> Result<Option<(FieldRef, ArrayRef)>> {
        match self {
            Self::Leaf => Ok(next().map(|array| {
                let field = retyped(field, array.data_type().clone());
                // A value that does not conform is null for as long as it takes to count it, in any column.
                let nullable = field.is_nullable() || array.null_count() > 0;
                (Arc::new(Field::clone(&field).with_nullable(nullable)), array)
            })),
            Self::Struct { field, children, nulls, length } => {
                let mut fields = Vec::new();
                let mut arrays = Vec::new();
                for (child_field, child) in children {
                    if let Some((child_field, array)) = child.put_together(&child_field, next)? {
                        fields.push(child_field);
                        arrays.push(array);
                    }
                }
                if fields.is_empty() {
                    return Ok(None);
                }
                let array = StructArray::try_new_with_length(fields.into(), arrays, nulls, length)
                    .map_err(|_| broken("a struct"))?;
                Ok(Some((retyped(&field, array.data_type().clone()), Arc::new(array))))
            }
            Self::List { field, child, lengths, nulls } => {
                let (child_field, child) = *child;
                let Some((child_field, values)) = child.put_together(&child_field, next)? else { return Ok(None) };
                let array: ArrayRef = match field.data_type() {
                    DataType::LargeList(_) => Arc::new(
                        LargeListArray::try_new(child_field, OffsetBuffer::from_lengths(lengths), values, nulls)
                            .map_err(|_| broken("a list"))?,
                    ),
                    DataType::Map(_, ordered) => Arc::new(
                        MapArray::try_new(
                            child_field,
                            OffsetBuffer::from_lengths(lengths),
                            values.as_struct().clone(),
                            nulls,
                            *ordered,
                        )
                        .map_err(|_| broken("a map"))?,
                    ),
                    _ => Arc::new(
                        ListArray::try_new(child_field, OffsetBuffer::from_lengths(lengths), values, nulls)
                            .map_err(|_| broken("a list"))?,
                    ),
                };
                Ok(Some((retyped(&field, array.data_type().clone()), array)))
            }
        }
    }
}

/// The field with another type and without metadata, in which a writer may have left values.
fn retyped(field: &Field, data_type: DataType) -> FieldRef {
    Arc::new(Field::new(field.name(), data_type, field.is_nullable()))
}

fn broken(what: &str) -> Error {
    Error::internal(format!("{what} can't be put together from its parts"))
}

#[cfg(test)]
mod tests {
    use arrow::array::{Int32Array, StringArray};
    use arrow::buffer::ScalarBuffer;

    use super::*;

    /// list<struct<n: int32, s: utf8>> with a null list that has values under it, and a null struct with one.
    fn nested() -> (FieldRef, ArrayRef) {
        let fields = vec![Field::new("n", DataType::Int32, true), Field::new("s", DataType::Utf8, true)];
        let structs = StructArray::new(
            fields.into(),
            vec![
                Arc::new(Int32Array::from(vec![1, 2, 3, 4, 5])),
                Arc::new(StringArray::from(vec!["a", "b", "hidden", "d", "under a null struct"])),
            ],
            Some(NullBuffer::from(vec![true, true, true, true, false])),
        );
        let item = Arc::new(Field::new("item", structs.data_type().clone(), true));
        let list = ListArray::new(
            item,
            OffsetBuffer::new(ScalarBuffer::from(vec![0, 2, 3, 5])),
            Arc::new(structs),
            Some(NullBuffer::from(vec![true, false, true])),
        );
        (Arc::new(Field::new("items", list.data_type().clone(), true)), Arc::new(list))
    }

    #[test]
    fn paths_name_every_leaf() {
        let (field, _) = nested();
        let schema = Schema::new(vec![field, Arc::new(Field::new("id", DataType::Int64, false))]);
        let paths: Vec<_> = leaves(&schema).unwrap().into_iter().map(|leaf| leaf.path).collect();
        assert_eq!(paths, ["items[].n", "items[].s", "id"]);
    }

    #[test]
    fn values_under_nulls_are_gone_and_the_rest_comes_back() {
        let (field, array) = nested();
        let mut taken = Vec::new();
        let frame = take_apart(&field, &array, &mut taken).unwrap();
        let texts: Vec<_> = taken[1].values.as_string::<i32>().iter().collect();
        assert_eq!(texts, [Some("a"), Some("b"), Some("d"), None]);
        assert_eq!(taken[1].owners.as_deref(), Some([0, 0, 2, 2].as_slice()));
        let mut leaves = taken.into_iter().map(|leaf| leaf.values);
        let (_, again) = frame.put_together(&field, &mut || leaves.next()).unwrap().unwrap();
        assert_eq!(&again, &array);
    }

    #[test]
    fn a_dropped_leaf_leaves_its_siblings() {
        let (field, array) = nested();
        let mut taken = Vec::new();
        let frame = take_apart(&field, &array, &mut taken).unwrap();
        let mut leaves = [None, Some(Arc::clone(&taken[1].values))].into_iter();
        let (field, _) = frame.put_together(&field, &mut || leaves.next().flatten()).unwrap().unwrap();
        let schema = Schema::new(vec![field]);
        assert_eq!(super::leaves(&schema).unwrap().len(), 1);
    }
}
