//! Columns in the making: the values of each path, with a null wherever a row or an element has none.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, BooleanBufferBuilder, Float64Array, Int64Array, ListArray, NullBufferBuilder, RecordBatch,
    RecordBatchOptions, StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, FieldRef, SchemaRef};

use super::layout::Layout;
use super::tree::Shape;
use crate::error::{Error, Result};
use crate::unchecked::{TextBuilder, Utf8Buffer};

/// The values of one path.
pub(super) enum Values {
    Text(TextBuilder),
    Integer(Vec<i64>, NullBufferBuilder),
    Float(Vec<f64>, NullBufferBuilder),
    Boolean(BooleanBufferBuilder, NullBufferBuilder),
    /// Which objects are there.
    Object(NullBufferBuilder),
    /// How many elements each list has, and which lists are there.
    List(Vec<usize>, NullBufferBuilder),
}

impl Values {
    pub(super) fn push_null(&mut self) {
        match self {
            Self::Text(builder) => builder.push_null(),
            Self::Integer(values, nulls) => {
                values.push(0);
                nulls.append_null();
            }
            Self::Float(values, nulls) => {
                values.push(0.0);
                nulls.append_null();
            }
            Self::Boolean(values, nulls) => {
                values.append(false);
                nulls.append_null();
            }
            Self::Object(nulls) => nulls.append_null(),
            Self::List(lengths, nulls) => {
                lengths.push(0);
                nulls.append_null();
            }
        }
    }
}

/// The values of one path, and how many of its places are filled.
pub(super) struct Column {
    values: Values,
    filled: usize,
}

impl Column {
    fn new(shape: Shape, text: &Utf8Buffer) -> Self {
        let nulls = || NullBufferBuilder::new(0);
        let values = match shape {
            Shape::Text | Shape::Raw => Values::Text(TextBuilder::over(text.clone(), 0)),
            Shape::Integer => Values::Integer(Vec::new(), nulls()),
            Shape::Float => Values::Float(Vec::new(), nulls()),
            Shape::Boolean => Values::Boolean(BooleanBufferBuilder::new(0), nulls()),
            Shape::Object => Values::Object(nulls()),
            Shape::List => Values::List(Vec::new(), nulls()),
        };
        Self { values, filled: 0 }
    }

    /// The values, all places before `place` filled; who calls it fills that one.
    #[inline]
    pub(super) fn at(&mut self, place: usize) -> &mut Values {
        self.fill(place);
        self.filled = place + 1;
        &mut self.values
    }

    /// The values, where the last place is filled already.
    #[inline]
    pub(super) fn last(&mut self) -> &mut Values {
        &mut self.values
    }

    fn fill(&mut self, places: usize) {
        while self.filled < places {
            self.values.push_null();
            self.filled += 1;
        }
    }
}

/// The columns of a run of rows.
pub(super) struct Columns {
    /// By place in the tree; none where nothing is read.
    columns: Vec<Option<Column>>,
    /// How many rows there are so far, and after that how many elements the lists at each place have.
    pub(super) counts: Vec<usize>,
}

impl Columns {
    pub(super) fn new(layout: &Layout, text: &Utf8Buffer) -> Self {
        let column = |node| layout.reads(node).then(|| Column::new(layout.tree.node(node).shape, text));
        Self { columns: (0..layout.tree.len() as u32).map(column).collect(), counts: vec![0; layout.contexts()] }
    }

    #[inline]
    pub(super) fn column(&mut self, node: u32) -> Option<&mut Column> {
        self.columns.get_mut(node as usize)?.as_mut()
    }

    /// The batch of the columns that are wanted.
    pub(super) fn finish(mut self, layout: &Layout, schema: &SchemaRef) -> Result<RecordBatch> {
        let rows = self.counts.first().copied().unwrap_or_default();
        let wanted = layout.wanted().iter().zip(schema.fields());
        let columns =
            wanted.map(|(node, field)| self.array(layout, *node, field)).collect::<Result<Vec<ArrayRef>>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options).map_err(|_| broken())
    }

    fn array(&mut self, layout: &Layout, node: u32, field: &FieldRef) -> Result<ArrayRef> {
        let mut column = self.columns.get_mut(node as usize).and_then(Option::take).ok_or_else(broken)?;
        let length = self.counts.get(layout.context(node)).copied().unwrap_or_default();
        column.fill(length);
        Ok(match column.values {
            Values::Text(builder) => Arc::new(builder.finish()),
            Values::Integer(values, mut nulls) => Arc::new(Int64Array::new(values.into(), nulls.finish())),
            Values::Float(values, mut nulls) => Arc::new(Float64Array::new(values.into(), nulls.finish())),
            Values::Boolean(mut values, mut nulls) => Arc::new(BooleanArray::new(values.finish(), nulls.finish())),
            Values::Object(mut nulls) => {
                let DataType::Struct(fields) = field.data_type() else { return Err(broken()) };
                let members = layout.tree.node(node).members.iter().zip(fields);
                let arrays =
                    members.map(|(member, field)| self.array(layout, *member, field)).collect::<Result<Vec<_>>>()?;
                let array = StructArray::try_new_with_length(fields.clone(), arrays, nulls.finish(), length);
                Arc::new(array.map_err(|_| broken())?)
            }
            Values::List(lengths, mut nulls) => {
                let (DataType::List(item), Some(element)) = (field.data_type(), layout.tree.node(node).element) else {
                    return Err(broken());
                };
                let values = self.array(layout, element, item)?;
                let offsets = OffsetBuffer::from_lengths(lengths);
                let array = ListArray::try_new(Arc::clone(item), offsets, values, nulls.finish());
                Arc::new(array.map_err(|_| broken())?)
            }
        })
    }
}

fn broken() -> Error {
    Error::internal("the columns of a run of objects do not fit together")
}
