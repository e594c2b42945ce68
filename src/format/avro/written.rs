//! The types of Avro that columns are written in.

use std::collections::BTreeSet;

use arrow::datatypes::{DataType, Field, FieldRef, Fields, TimeUnit};

use super::schema::{Logical, Type, fit};
use crate::error::{Error, Result};

/// A column of the output.
pub(super) struct Column<'s> {
    pub(super) field: &'s Field,
    /// The type that it has in the source, if that is Avro too.
    pub(super) source: Option<&'s Type>,
    /// Whether its values are those of the source.
    pub(super) stays: bool,
}

/// What a table is called that has no name.
const UNNAMED: &str = "row";

/// The schema of a table of such columns. `name` is what the source calls it.
///
/// # Errors
/// There are no columns, or one has no form in Avro.
pub(super) fn table<'s>(columns: impl Iterator<Item = Column<'s>>, name: Option<&str>) -> Result<Type> {
    let name = name.unwrap_or(UNNAMED);
    let mut fields = Vec::new();
    for column in columns {
        let of = typed(&column, name).map_err(|error| error.in_column(column.field.name()))?;
        fields.push((column.field.name().clone(), of));
    }
    if fields.is_empty() {
        return Err(Error::data("no column is left").with_help("keep or treat at least one"));
    }
    check_names(&fields)?;
    let table = Type::Record { name: name.to_owned(), fields };
    if table.least() == 0 {
        return Err(Error::data("a row would take up no bytes in Avro: every column is null without a type")
            .with_help("write the table in another format"));
    }
    Ok(table)
}

/// The type of a column. `name` is that of the record that it is in.
fn typed(column: &Column<'_>, name: &str) -> Result<Type> {
    let field = column.field;
    let inner = value(column, &format!("{name}_{}", field.name()))?;
    Ok(match (column.source, inner) {
        (_, Type::Null) => Type::Null,
        (source, inner) if field.is_nullable() => {
            let null_first = !matches!(source, Some(Type::Nullable { null_first: false, .. }));
            Type::Nullable { null_first, inner: Box::new(inner) }
        }
        (_, inner) => inner,
    })
}

/// The type of a column's values. `name` is for a type that needs one and has none.
fn value(column: &Column<'_>, name: &str) -> Result<Type> {
    let (source, stays) = (column.source.map(Type::inner), column.stays);
    let inner = |field, source| typed(&Column { field, source, stays }, name).map(Box::new);
    Ok(match column.field.data_type() {
        DataType::Null => Type::Null,
        DataType::Boolean => Type::Boolean,
        DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::UInt8 | DataType::UInt16 => Type::Int(None),
        DataType::Int64 | DataType::UInt32 => Type::Long(None),
        DataType::UInt64 => Type::Decimal { precision: 20, scale: 0, fixed: None },
        DataType::Float16 | DataType::Float32 => Type::Float,
        DataType::Float64 => Type::Double,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            Type::String { is_uuid: stays && source == Some(&Type::String { is_uuid: true }) }
        }
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => Type::Bytes,
        DataType::FixedSizeBinary(length) => {
            let size = u64::try_from(*length).ok().filter(|size| *size > 0).ok_or_else(|| unwritable(column.field))?;
            match source {
                Some(of @ Type::Fixed { size: known, .. }) if *known == size && stays => of.clone(),
                Some(Type::Fixed { name, size: known, .. }) if *known == size => {
                    Type::Fixed { name: name.clone(), size, logical: None }
                }
                _ => Type::Fixed { name: fit(name), size, logical: None },
            }
        }
        DataType::Decimal32(digits, behind)
        | DataType::Decimal64(digits, behind)
        | DataType::Decimal128(digits, behind)
        | DataType::Decimal256(digits, behind) => match source {
            Some(of @ Type::Decimal { precision, scale, .. }) if (precision, scale) == (digits, behind) => of.clone(),
            _ if (0..=*digits as i8).contains(behind) => {
                Type::Decimal { precision: *digits, scale: *behind, fixed: None }
            }
            _ => return Err(unwritable(column.field)),
        },
        DataType::Date32 => Type::Int(Some(Logical::Date)),
        DataType::Time32(_) => Type::Int(Some(Logical::TimeMillis)),
        DataType::Time64(TimeUnit::Microsecond) => Type::Long(Some(Logical::TimeMicros)),
        DataType::Date64 => Type::Long(Some(Logical::LocalTimestampMillis)),
        DataType::Timestamp(unit, zone) => Type::Long(Some(match (unit, zone) {
            (TimeUnit::Second | TimeUnit::Millisecond, Some(_)) => Logical::TimestampMillis,
            (TimeUnit::Microsecond, Some(_)) => Logical::TimestampMicros,
            (TimeUnit::Nanosecond, Some(_)) => Logical::TimestampNanos,
            (TimeUnit::Second | TimeUnit::Millisecond, None) => Logical::LocalTimestampMillis,
            (TimeUnit::Microsecond, None) => Logical::LocalTimestampMicros,
            (TimeUnit::Nanosecond, None) => Logical::LocalTimestampNanos,
        })),
        DataType::List(child) | DataType::LargeList(child) => {
            let source = if let Some(Type::Array(source)) = source { Some(&**source) } else { None };
            let items = inner(child, source)?;
            if items.least() == 0 {
                return Err(unwritable(column.field));
            }
            Type::Array(items)
        }
        DataType::Map(entries, _) => {
            let source = if let Some(Type::Map(source)) = source { Some(&**source) } else { None };
            let (key, of) = entry(entries).ok_or_else(|| unwritable(column.field))?;
            if !matches!(key.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View) {
                return Err(Error::data("a map whose keys are no texts has no form in Avro")
                    .with_help("drop the column, or write the table as Parquet"));
            }
            Type::Map(inner(of, source)?)
        }
        DataType::Struct(children) => record(children, source, stays, name)?,
        _ => return Err(unwritable(column.field)),
    })
}

fn record(children: &Fields, source: Option<&Type>, stays: bool, name: &str) -> Result<Type> {
    let known = if let Some(Type::Record { name, fields }) = source { Some((name, fields)) } else { None };
    let name = known.map_or_else(|| fit(name), |(name, _)| name.clone());
    let mut fields = Vec::with_capacity(children.len());
    for field in children {
        let source = known.and_then(|(_, fields)| fields.iter().find(|(name, _)| name == field.name()));
        let source = source.map(|(_, of)| of);
        fields.push((field.name().clone(), typed(&Column { field, source, stays }, &name)?));
    }
    check_names(&fields)?;
    Ok(Type::Record { name, fields })
}

/// The keys and the values of a map.
pub(super) fn entry(entries: &Field) -> Option<(&FieldRef, &FieldRef)> {
    match entries.data_type() {
        DataType::Struct(fields) => fields.first().zip(fields.get(1)),
        _ => None,
    }
}

/// Names of fields must be what the specification allows, and no two the same.
fn check_names(fields: &[(String, Type)]) -> Result<()> {
    let mut names = BTreeSet::new();
    for (name, _) in fields {
        if name.contains('.') || fit(name) != *name {
            return Err(Error::data(
                "the name has no form in Avro: letters of ASCII, digits and `_` are what it may have",
            )
            .in_column(name)
            .with_help("rename the column in the export, or write the table in another format"));
        }
        if !names.insert(name) {
            return Err(Error::data("two columns have one name, which can't be in Avro").in_column(name));
        }
    }
    Ok(())
}

fn unwritable(field: &Field) -> Error {
    Error::data(format!("a column of type {} has no form in Avro", field.data_type()))
        .with_help("drop the column, or write the table as Parquet")
}
