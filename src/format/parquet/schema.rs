//! The schema of a Parquet file in its three forms: as the file has it, as it is read, and as Arrow has it.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, FieldRef, Fields, Schema, SchemaRef, TimeUnit};
use parquet::arrow::{
    ARROW_SCHEMA_META_KEY, FieldLevels, ProjectionMask, encode_arrow_schema, parquet_to_arrow_field_levels,
    parquet_to_arrow_schema, parquet_to_arrow_schema_by_columns,
};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit as ParquetUnit, Type as Physical};
use parquet::file::metadata::ParquetMetaData;
use parquet::schema::types::{ColumnDescPtr, SchemaDescPtr, SchemaDescriptor, Type, TypePtr};

use super::fault::{Fault, guarded};
use crate::error::{Error, Result};

/// The longest fixed length of a value, in bytes. A null takes up as much when it is read.
const LONGEST_FIXED: i32 = 1 << 20;

/// The time zone of what is stored in UTC. Arrow can write this one without a table of zones.
const UTC: &str = "+00:00";

/// What INT96 is read as, and written as where it is rewritten. Spark stores no finer time than this, and a finer unit
/// would not reach the year 9999 that stands for "never" in many a table.
const INT96_UNIT: TimeUnit = TimeUnit::Microsecond;

/// What becomes of a leaf on its way into another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It is not there.
    Dropped,
    /// Its chunks are carried over as they are.
    Carried,
    /// It is read and written.
    Made,
}

/// The schema of a Parquet file.
pub(super) struct FileSchema {
    /// As the file has it.
    pub(super) written: SchemaDescPtr,
    /// As it is read: an INTERVAL as 12 bytes, because Arrow has no interval that holds all of it.
    readable: SchemaDescPtr,
    /// Text is Utf8View, bytes are BinaryView, and there is no metadata.
    pub(super) arrow: SchemaRef,
}

impl FileSchema {
    /// Takes the schema out of the metadata.
    ///
    /// # Errors
    /// A column has a type that is not known here, or that makes no sense.
    pub(super) fn read(metadata: &ParquetMetaData) -> Result<Self> {
        let written = metadata.file_metadata().schema_descr_ptr();
        for root in written.root_schema().get_fields() {
            check(root).map_err(|error| error.in_column(root.name()))?;
        }
        let broken = |_| Error::internal("the schema of a Parquet file can't be put together again");
        let readable = if written.columns().iter().any(|leaf| is_interval(leaf.self_type())) {
            let root = without_intervals(&written.root_schema_ptr()).map_err(broken)?;
            Arc::new(SchemaDescriptor::new(root))
        } else {
            Arc::clone(&written)
        };
        let plain = guarded(|| parquet_to_arrow_schema(&readable, None)).map_err(|_| unknown_type(&readable))?;
        let mut leaves = written.columns().iter();
        let fields: Fields = plain.fields().iter().map(|field| viewed(field, &mut leaves)).collect();
        if fields.len() != written.root_schema().get_fields().len() || leaves.next().is_some() {
            return Err(Error::internal("Arrow sees other columns in a Parquet file than there are"));
        }
        Ok(Self { written, readable, arrow: Arc::new(Schema::new(fields)) })
    }

    /// What it takes to read these columns.
    pub(super) fn levels(&self, columns: &[usize]) -> Result<FieldLevels, Fault> {
        let mask = ProjectionMask::roots(&self.readable, columns.iter().copied());
        guarded(|| parquet_to_arrow_field_levels(&self.readable, mask, Some(self.arrow.fields())))
    }

    /// The leaves of these columns, ascending.
    pub(super) fn leaves(&self, columns: &[usize]) -> Vec<usize> {
        let mut is_meant = vec![false; self.arrow.fields().len()];
        for column in columns {
            is_meant[*column] = true;
        }
        (0..self.written.num_columns()).filter(|leaf| is_meant[self.written.get_column_root_idx(*leaf)]).collect()
    }

    /// The schema of a file in which the leaves have gone these ways.
    pub(super) fn pruned(&self, ways: &[Way]) -> Result<TypePtr> {
        let root = self.written.root_schema();
        let mut ways = ways.iter().copied();
        let fields: Vec<TypePtr> = root
            .get_fields()
            .iter()
            .map(|field| pruned(field, &mut ways))
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        regrouped(root, fields)
    }

    /// The Arrow schema that the file carries in its metadata, if it does, for a file in which the leaves have gone
    /// these ways, in the form in which it is carried. Its metadata stays behind: anything may be in there.
    pub(super) fn embedded(&self, metadata: &ParquetMetaData, ways: &[Way]) -> Option<String> {
        let entries = metadata.file_metadata().key_value_metadata()?;
        entries.iter().find(|entry| entry.key == ARROW_SCHEMA_META_KEY)?;
        let schema = guarded(|| parquet_to_arrow_schema(&self.written, Some(entries))).ok()?;
        let mut ways = ways.iter().copied().zip(self.written.columns());
        let fields: Vec<FieldRef> = schema.fields().iter().filter_map(|field| hinted(field, &mut ways)).collect();
        Some(encode_arrow_schema(&Schema::new(fields)))
    }
}

fn check(node: &TypePtr) -> Result<()> {
    if matches!(node.get_basic_info().logical_type_ref(), Some(LogicalType::_Unknown { .. })) {
        return Err(not_known());
    }
    match node.as_ref() {
        Type::GroupType { fields, .. } if fields.is_empty() => {
            Err(Error::data("a group of the schema has no columns in it")
                .with_help("nothing passes that no rule can name: leave the column out of the export"))
        }
        Type::GroupType { fields, .. } => fields.iter().try_for_each(check),
        Type::PrimitiveType { physical_type: Physical::FIXED_LEN_BYTE_ARRAY, type_length, .. }
            if !(1..=LONGEST_FIXED).contains(type_length) =>
        {
            Err(Error::data(format!("the fixed length of its values is not between 1 and {LONGEST_FIXED} bytes")))
        }
        Type::PrimitiveType { .. } => Ok(()),
    }
}

fn is_interval(node: &Type) -> bool {
    node.is_primitive() && node.get_basic_info().converted_type() == ConvertedType::INTERVAL
}

fn without_intervals(node: &TypePtr) -> Result<TypePtr, parquet::errors::ParquetError> {
    let info = node.get_basic_info();
    if node.is_group() {
        let fields = node.get_fields().iter().map(without_intervals).collect::<Result<_, _>>()?;
        return regroup(node, fields);
    }
    if !is_interval(node) {
        return Ok(Arc::clone(node));
    }
    Type::primitive_type_builder(node.name(), Physical::FIXED_LEN_BYTE_ARRAY)
        .with_repetition(info.repetition())
        .with_length(12)
        .build()
        .map(Arc::new)
}

/// The group with other fields.
fn regroup(node: &Type, fields: Vec<TypePtr>) -> Result<TypePtr, parquet::errors::ParquetError> {
    let info = node.get_basic_info();
    let mut builder = Type::group_type_builder(node.name())
        .with_converted_type(info.converted_type())
        .with_logical_type(info.logical_type_ref().cloned())
        .with_id(info.has_id().then(|| info.id()))
        .with_fields(fields);
    if info.has_repetition() {
        builder = builder.with_repetition(info.repetition());
    }
    builder.build().map(Arc::new)
}

fn regrouped(node: &Type, fields: Vec<TypePtr>) -> Result<TypePtr> {
    regroup(node, fields).map_err(|_| Error::internal("a group of a Parquet schema can't be put together again"))
}

fn not_known() -> Error {
    Error::data("bowdler does not know the type of the column")
        .with_help("nothing passes that is not known: leave the column out of the export, or export it as text")
}

/// Which column has the type that is not known.
fn unknown_type(schema: &SchemaDescriptor) -> Error {
    let roots = schema.root_schema().get_fields();
    let culprit = (0..roots.len()).find(|root| {
        let mask = ProjectionMask::roots(schema, [*root]);
        guarded(|| parquet_to_arrow_schema_by_columns(schema, mask, None)).is_err()
    });
    match culprit {
        Some(root) => not_known().in_column(roots[root].name()),
        None => not_known(),
    }
}

/// The field in the layouts that kernels see, and without metadata, in which a writer may have left values.
fn viewed<'l>(field: &Field, leaves: &mut impl Iterator<Item = &'l ColumnDescPtr>) -> FieldRef {
    let data_type = match field.data_type() {
        DataType::Struct(children) => DataType::Struct(children.iter().map(|child| viewed(child, leaves)).collect()),
        DataType::List(child) => DataType::List(viewed(child, leaves)),
        DataType::LargeList(child) => DataType::LargeList(viewed(child, leaves)),
        DataType::Map(child, ordered) => DataType::Map(viewed(child, leaves), *ordered),
        leaf => {
            let written = leaves.next();
            let is = |physical| written.is_some_and(|leaf| leaf.physical_type() == physical);
            let is_enum = written.is_some_and(|leaf| {
                leaf.logical_type_ref() == Some(&LogicalType::Enum) || leaf.converted_type() == ConvertedType::ENUM
            });
            match leaf {
                DataType::Utf8 => DataType::Utf8View,
                DataType::Binary if is_enum => DataType::Utf8View,
                DataType::Binary => DataType::BinaryView,
                DataType::Timestamp(_, None) if is(Physical::INT96) => DataType::Timestamp(INT96_UNIT, None),
                DataType::Timestamp(unit, Some(_)) => DataType::Timestamp(*unit, Some(UTC.into())),
                other => other.clone(),
            }
        }
    };
    Arc::new(Field::new(field.name(), data_type, field.is_nullable()))
}

fn pruned(node: &TypePtr, ways: &mut impl Iterator<Item = Way>) -> Result<Option<TypePtr>> {
    if node.is_group() {
        let children = node.get_fields();
        let fields: Vec<TypePtr> = children
            .iter()
            .map(|child| pruned(child, ways))
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        let same = fields.len() == children.len() && fields.iter().zip(children).all(|(a, b)| Arc::ptr_eq(a, b));
        return match fields.len() {
            0 => Ok(None),
            _ if same => Ok(Some(Arc::clone(node))),
            _ => regrouped(node, fields).map(Some),
        };
    }
    match ways.next() {
        None | Some(Way::Dropped) => Ok(None),
        Some(Way::Made) if node.get_physical_type() == Physical::INT96 => {
            let info = node.get_basic_info();
            Type::primitive_type_builder(node.name(), Physical::INT64)
                .with_repetition(info.repetition())
                .with_logical_type(Some(LogicalType::timestamp(false, ParquetUnit::MICROS)))
                .with_id(info.has_id().then(|| info.id()))
                .build()
                .map(|node| Some(Arc::new(node)))
                .map_err(|_| Error::internal("a timestamp has no Parquet type"))
        }
        Some(_) => Ok(Some(Arc::clone(node))),
    }
}

/// The field of an embedded schema without the leaves that are dropped, and without metadata.
fn hinted<'l>(field: &Field, ways: &mut impl Iterator<Item = (Way, &'l ColumnDescPtr)>) -> Option<FieldRef> {
    let data_type = match field.data_type() {
        DataType::Struct(children) => {
            let children: Fields = children.iter().filter_map(|child| hinted(child, ways)).collect();
            if children.is_empty() {
                return None;
            }
            DataType::Struct(children)
        }
        DataType::List(child) => DataType::List(hinted(child, ways)?),
        DataType::LargeList(child) => DataType::LargeList(hinted(child, ways)?),
        DataType::ListView(child) => DataType::ListView(hinted(child, ways)?),
        DataType::LargeListView(child) => DataType::LargeListView(hinted(child, ways)?),
        DataType::FixedSizeList(child, length) => DataType::FixedSizeList(hinted(child, ways)?, *length),
        DataType::Map(child, ordered) => DataType::Map(hinted(child, ways)?, *ordered),
        leaf => match ways.next()? {
            (Way::Dropped, _) => return None,
            (Way::Made, written) if written.physical_type() == Physical::INT96 => DataType::Timestamp(INT96_UNIT, None),
            (Way::Made | Way::Carried, _) => leaf.clone(),
        },
    };
    Some(Arc::new(Field::new(field.name(), data_type, field.is_nullable())))
}
