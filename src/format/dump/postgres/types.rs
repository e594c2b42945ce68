//! The types of columns, as `pg_dump` writes them.

use arrow::datatypes::{DataType, TimeUnit};

/// The offset in which the times of `timestamp with time zone` are kept: their instants.
pub(super) const UTC: &str = "+00:00";

/// The type that values of an SQL type are decoded to. What has no type in which every value is written back as it was
/// is text.
pub(super) fn data_type(sql: &str) -> DataType {
    match sql {
        "smallint" => DataType::Int16,
        "integer" => DataType::Int32,
        "bigint" => DataType::Int64,
        "boolean" => DataType::Boolean,
        "date" => DataType::Date32,
        _ if is_timestamp(sql, "without time zone") => DataType::Timestamp(TimeUnit::Microsecond, None),
        _ if is_timestamp(sql, "with time zone") => DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into())),
        _ => decimal(sql).unwrap_or(DataType::Utf8View),
    }
}

/// `timestamp` or `timestamp(3)`, with or without time zone.
fn is_timestamp(sql: &str, zone: &str) -> bool {
    let Some(rest) = sql.strip_prefix("timestamp").and_then(|rest| rest.strip_suffix(zone)) else { return false };
    rest == " " || rest.trim_end().strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).is_some()
}

/// `numeric(PRECISION,SCALE)`. A number without declared scale has as many decimals as was written, and is text.
fn decimal(sql: &str) -> Option<DataType> {
    let (precision, scale) = sql.strip_prefix("numeric(")?.strip_suffix(')')?.split_once(',')?;
    let (precision, scale) = (precision.parse::<u8>().ok()?, scale.parse::<i8>().ok()?);
    ((1..=38).contains(&precision) && (0..=precision as i8).contains(&scale))
        .then_some(DataType::Decimal128(precision, scale))
}

/// How many characters a value of an SQL type has at most, where there is a limit.
pub(super) fn max_length(sql: &str) -> Option<usize> {
    match sql {
        "character" => Some(1),
        _ => {
            let rest = sql.strip_prefix("character varying(").or_else(|| sql.strip_prefix("character("))?;
            rest.strip_suffix(')')?.parse().ok()
        }
    }
}

/// Whether `pg_dump` writes a value of an SQL type without quotes where it looks like a number.
pub(super) fn is_number(sql: &str) -> bool {
    matches!(sql, "smallint" | "integer" | "bigint" | "oid" | "real" | "double precision") || sql.starts_with("numeric")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_types_have_the_types_that_keep_their_values() {
        let timestamp = DataType::Timestamp(TimeUnit::Microsecond, None);
        let instant = DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into()));
        for (sql, data_type, length) in [
            ("smallint", DataType::Int16, None),
            ("integer", DataType::Int32, None),
            ("bigint", DataType::Int64, None),
            ("boolean", DataType::Boolean, None),
            ("date", DataType::Date32, None),
            ("timestamp without time zone", timestamp.clone(), None),
            ("timestamp(3) without time zone", timestamp, None),
            ("timestamp with time zone", instant.clone(), None),
            ("timestamp(0) with time zone", instant, None),
            ("timestamp without time zone[]", DataType::Utf8View, None),
            ("numeric(5,2)", DataType::Decimal128(5, 2), None),
            ("numeric(5,0)", DataType::Decimal128(5, 0), None),
            ("numeric(5,-2)", DataType::Utf8View, None),
            ("numeric(2,5)", DataType::Utf8View, None),
            ("numeric(50,2)", DataType::Utf8View, None),
            ("numeric", DataType::Utf8View, None),
            ("integer[]", DataType::Utf8View, None),
            ("character varying(45)", DataType::Utf8View, Some(45)),
            ("character varying", DataType::Utf8View, None),
            ("character varying(45)[]", DataType::Utf8View, None),
            ("character(2)", DataType::Utf8View, Some(2)),
            ("character", DataType::Utf8View, Some(1)),
            ("uuid", DataType::Utf8View, None),
            ("public.mood", DataType::Utf8View, None),
            ("double precision", DataType::Utf8View, None),
        ] {
            assert_eq!((super::data_type(sql), max_length(sql)), (data_type, length), "{sql}");
        }
    }
}
