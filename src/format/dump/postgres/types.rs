//! The types of columns, as `pg_dump` writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow::datatypes::{DataType, TimeUnit};

use crate::format::dump::TableName;

/// Another name for a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Domain {
    /// The type.
    pub(super) base: String,
    /// Whether nulls are forbidden.
    pub(super) required: bool,
    /// Whether it has a default that is no literal.
    pub(super) has_default: bool,
    /// Whether its collation may take different texts for the same.
    pub(super) folds_case: bool,
}

/// The types that a dump makes, by their names as [`plain`] writes them.
#[derive(Debug, Default)]
pub(super) struct UserTypes {
    domains: BTreeMap<String, Domain>,
    labels: BTreeMap<String, Arc<[String]>>,
    fields: BTreeMap<String, usize>,
    others: BTreeSet<String>,
}

impl UserTypes {
    /// What a domain stands for.
    pub(super) fn domain(&self, name: &str) -> Option<&Domain> {
        self.domains.get(name)
    }

    /// The labels of an enum.
    pub(super) fn labels(&self, name: &str) -> Option<Arc<[String]>> {
        self.labels.get(name).map(Arc::clone)
    }

    /// How many fields a composite type has.
    pub(super) fn fields(&self, name: &str) -> Option<usize> {
        self.fields.get(name).copied()
    }

    /// Whether the dump makes a type of this name, of whatever kind.
    pub(super) fn makes(&self, name: &str) -> bool {
        let has = |names: &BTreeSet<String>| names.contains(name);
        self.domains.contains_key(name)
            || self.labels.contains_key(name)
            || self.fields.contains_key(name)
            || has(&self.others)
    }

    /// Enters a domain, over another one perhaps.
    pub(super) fn enter_domain(&mut self, name: &TableName, domain: &Domain) {
        let mut domain = domain.clone();
        if let Some(inner) = self.domains.get(&domain.base) {
            domain.base.clone_from(&inner.base);
            domain.required |= inner.required;
            domain.has_default |= inner.has_default;
            domain.folds_case |= inner.folds_case;
        }
        self.domains.insert(written(name), domain);
    }

    pub(super) fn enter_labels(&mut self, name: &TableName, labels: &[String]) {
        self.labels.insert(written(name), labels.into());
    }

    pub(super) fn enter_fields(&mut self, name: &TableName, fields: usize) {
        self.fields.insert(written(name), fields);
    }

    pub(super) fn enter_other(&mut self, name: &TableName) {
        self.others.insert(written(name));
    }
}

/// Whether a name is written without quotes, but for those that are words of the language.
fn is_simple(name: &str) -> bool {
    let first = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'_';
    name.as_bytes().first().is_some_and(first) && name.bytes().all(|byte| first(&byte) || byte.is_ascii_digit())
}

/// The name of a type as [`plain`] writes it.
fn written(name: &TableName) -> String {
    let part = |part: &str| match is_simple(part) {
        true => part.to_owned(),
        false => format!("\"{}\"", part.replace('"', "\"\"")),
    };
    let own = part(&name.table);
    name.schema.as_deref().map_or(own.clone(), |schema| format!("{}.{own}", part(schema)))
}

/// A type without the quotes that it could do without, as `--quote-all-identifiers` has them. `"char"` is another type
/// than `char`.
pub(super) fn plain(sql: &str) -> String {
    let mut out = String::new();
    let mut rest = sql;
    while let Some((before, quoted)) = rest.split_once('"') {
        out.push_str(before);
        let end = quoted
            .char_indices()
            .scan(false, |pending, (at, character)| {
                let ends = *pending && character != '"';
                *pending = character == '"' && !*pending;
                Some((ends, at))
            })
            .find(|(ends, _)| *ends)
            .map_or(quoted.len(), |(_, at)| at);
        let (name, after) = quoted.split_at(end);
        let name = name.strip_suffix('"').unwrap_or(name);
        if is_simple(name) && (name != "char" || out.ends_with('.')) {
            out.push_str(name);
        } else {
            out.push_str(&format!("\"{name}\""));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The number in parentheses behind the name of a type, if that and no more stands there.
pub(super) fn typmod(sql: &str, name: &str) -> Option<usize> {
    sql.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')?.parse().ok()
}

/// The precision and scale of `numeric(PRECISION,SCALE)`.
pub(super) fn numeric(sql: &str) -> Option<(usize, i32)> {
    let (precision, scale) = sql.strip_prefix("numeric(")?.strip_suffix(')')?.split_once(',')?;
    Some((precision.parse().ok()?, scale.parse().ok()?))
}

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
    let (precision, scale) = numeric(sql)?;
    let (precision, scale) = (u8::try_from(precision).ok()?, i8::try_from(scale).ok()?);
    ((1..=38).contains(&precision) && (0..=precision as i8).contains(&scale))
        .then_some(DataType::Decimal128(precision, scale))
}

/// How many characters a value of an SQL type has at most, where there is a limit.
pub(super) fn max_length(sql: &str) -> Option<usize> {
    match sql {
        "character" => Some(1),
        _ => typmod(sql, "character varying").or_else(|| typmod(sql, "character")),
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
