//! The schema of an Arrow file in its two forms: as the file has it, and as it is read.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, FieldRef, Fields, Schema, SchemaRef};
use arrow::ipc;
use arrow::ipc::convert::try_fb_to_schema;

use crate::error::{Error, Result};
use crate::format::parquet::{Fault, guarded};

/// The most fields of a schema, those inside others counted.
const FIELDS: usize = 20_000;

/// The deepest nesting of fields.
const DEPTH: usize = 32;

/// The longest fixed length of a value, in bytes, and of a list, in values. A null takes up as much when it is read.
const LONGEST_FIXED: i32 = 1 << 20;

/// The time zone that instants are read in. Arrow can write this one without a table of zones.
const UTC: &str = "+00:00";

/// Takes the schema out of the structure that a file has.
///
/// # Errors
/// There is none, or it is malformed, too large, or of a machine of the other byte order.
pub(super) fn read(schema: Option<ipc::Schema<'_>>) -> Result<SchemaRef> {
    let malformed = |fault: Fault| fault.reading("the schema");
    let schema = schema.ok_or_else(|| malformed(Fault::Malformed))?;
    if !schema.endianness().equals_to_target_endianness() {
        return Err(Error::data("the file has the byte order of another machine")
            .with_help("write it anew on a machine with this byte order"));
    }
    let schema = guarded(|| try_fb_to_schema(schema)).map_err(malformed)?;
    let mut fields = 0;
    for field in schema.fields() {
        check(field, 0, &mut fields).map_err(|error| error.in_column(field.name()))?;
    }
    Ok(Arc::new(schema))
}

fn check(field: &Field, depth: usize, fields: &mut usize) -> Result<()> {
    *fields += 1;
    if *fields > FIELDS {
        return Err(Error::data(format!("the schema has more than {FIELDS} fields")));
    }
    if depth > DEPTH {
        return Err(Error::data(format!("the column is nested deeper than {DEPTH} levels")));
    }
    match field.data_type() {
        DataType::Struct(children) if children.is_empty() => {
            Err(Error::data("a struct of the schema has no fields in it")
                .with_help("nothing passes that no rule can name: leave the column out of the export"))
        }
        DataType::FixedSizeBinary(length) if !(1..=LONGEST_FIXED).contains(length) => {
            Err(Error::data(format!("the fixed length of its values is not between 1 and {LONGEST_FIXED} bytes")))
        }
        DataType::FixedSizeList(_, length) if !(1..=LONGEST_FIXED).contains(length) => {
            Err(Error::data(format!("the fixed length of its lists is not between 1 and {LONGEST_FIXED}")))
        }
        other => children(other).into_iter().try_for_each(|child| check(child, depth + 1, fields)),
    }
}

/// The fields inside a type.
pub(super) fn children(data_type: &DataType) -> Vec<&FieldRef> {
    match data_type {
        DataType::Struct(children) => children.iter().collect(),
        DataType::List(child)
        | DataType::LargeList(child)
        | DataType::ListView(child)
        | DataType::LargeListView(child)
        | DataType::FixedSizeList(child, _)
        | DataType::Map(child, _) => vec![child],
        DataType::RunEndEncoded(ends, values) => vec![ends, values],
        DataType::Union(fields, _) => fields.iter().map(|(_, field)| field).collect(),
        _ => Vec::new(),
    }
}

/// The field in the layouts that kernels see, and without metadata, in which a writer may have left values: text is
/// Utf8View, bytes are BinaryView, what a dictionary points to is itself, a list of fixed length is a list.
pub(super) fn viewed(field: &Field) -> FieldRef {
    mapped(field, &|leaf| match leaf {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::Timestamp(unit, Some(_)) => DataType::Timestamp(*unit, Some(UTC.into())),
        other => other.clone(),
    })
}

fn mapped(field: &Field, leaf: &impl Fn(&DataType) -> DataType) -> FieldRef {
    fn inner(data_type: &DataType, leaf: &impl Fn(&DataType) -> DataType) -> DataType {
        match data_type {
            DataType::Struct(children) => DataType::Struct(children.iter().map(|child| mapped(child, leaf)).collect()),
            DataType::List(child) | DataType::FixedSizeList(child, _) => DataType::List(mapped(child, leaf)),
            DataType::LargeList(child) => DataType::LargeList(mapped(child, leaf)),
            DataType::Map(child, ordered) => DataType::Map(mapped(child, leaf), *ordered),
            DataType::Dictionary(_, values) if !values.is_nested() => inner(values, leaf),
            other => leaf(other),
        }
    }
    Arc::new(Field::new(field.name(), inner(field.data_type(), leaf), field.is_nullable()))
}

/// The field with keys in the place of what has a dictionary: what a record batch holds of it.
pub(super) fn keyed(field: &Field) -> FieldRef {
    let data_type = match field.data_type() {
        DataType::Struct(children) => DataType::Struct(children.iter().map(|child| keyed(child)).collect()),
        DataType::List(child) => DataType::List(keyed(child)),
        DataType::LargeList(child) => DataType::LargeList(keyed(child)),
        DataType::FixedSizeList(child, length) => DataType::FixedSizeList(keyed(child), *length),
        DataType::Map(child, ordered) => DataType::Map(keyed(child), *ordered),
        DataType::Dictionary(keys, _) => keys.as_ref().clone(),
        other => other.clone(),
    };
    Arc::new(Field::new(field.name(), data_type, field.is_nullable()))
}

/// The field of the output for a column of an Arrow file, in the types that the source has; some of its leaves may have
/// been dropped. A dictionary whose order means something keeps that only if the column `stays`.
pub(super) fn restored(field: &Field, source: &Field, stays: bool) -> Result<FieldRef> {
    let children = |fields: &Fields, sources: &Fields| -> Result<Fields> {
        let of = |field: &FieldRef| {
            let source = sources.iter().find(|source| source.name() == field.name());
            restored(field, source.ok_or_else(|| Error::internal("a field of the output has no source"))?, stays)
        };
        fields.iter().map(of).collect()
    };
    let data_type = match (field.data_type(), source.data_type()) {
        (DataType::Struct(fields), DataType::Struct(sources)) => DataType::Struct(children(fields, sources)?),
        (DataType::List(child), DataType::List(source)) => DataType::List(restored(child, source, stays)?),
        (DataType::List(child), DataType::FixedSizeList(source, length)) => {
            DataType::FixedSizeList(restored(child, source, stays)?, *length)
        }
        (DataType::LargeList(child), DataType::LargeList(source)) => {
            DataType::LargeList(restored(child, source, stays)?)
        }
        (DataType::Map(child, _), DataType::Map(source, ordered)) => {
            DataType::Map(restored(child, source, stays)?, *ordered)
        }
        (made, written) if *made == *viewed(source).data_type() => written.clone(),
        _ => return Ok(portable(field)),
    };
    let ordered = stays && source.dict_is_ordered().unwrap_or(false);
    Ok(Arc::new(Field::new(field.name(), data_type, field.is_nullable()).with_dict_is_ordered(ordered)))
}

/// The field in the types that every reader of Arrow knows.
pub(super) fn portable(field: &Field) -> FieldRef {
    let data_type = match field.data_type() {
        DataType::Struct(children) => DataType::Struct(children.iter().map(|child| portable(child)).collect()),
        DataType::List(child) => DataType::List(portable(child)),
        DataType::LargeList(child) => DataType::LargeList(portable(child)),
        DataType::Map(child, ordered) => DataType::Map(portable(child), *ordered),
        DataType::Utf8View => DataType::Utf8,
        DataType::BinaryView => DataType::Binary,
        DataType::Timestamp(unit, Some(zone)) if zone.as_ref() == UTC => DataType::Timestamp(*unit, Some("UTC".into())),
        other => other.clone(),
    };
    Arc::new(Field::new(field.name(), data_type, field.is_nullable()))
}

/// The schema with every column as [`keyed`].
pub(super) fn keyed_schema(schema: &Schema) -> SchemaRef {
    Arc::new(Schema::new(schema.fields().iter().map(|field| keyed(field)).collect::<Vec<_>>()))
}

/// The schema with every column as [`viewed`].
pub(in crate::format) fn viewed_schema(schema: &Schema) -> SchemaRef {
    Arc::new(Schema::new(schema.fields().iter().map(|field| viewed(field)).collect::<Vec<_>>()))
}
