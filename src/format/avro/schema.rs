//! The schema of a container file: read, checked, and with every name in it resolved.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::format::parquet::Fault;

/// The most fields of a schema, those inside others and those of types that are named again counted.
const FIELDS: usize = 20_000;

/// The deepest nesting of types.
const DEPTH: usize = 32;

/// The longest fixed length of a value, in bytes. A null takes up as much when it is read.
const LONGEST_FIXED: u64 = 1 << 20;

/// The most digits of a decimal: those that 256 bits hold.
const DIGITS: u64 = 76;

/// The name of a type in full: with the namespace, if it has one, and a full stop before it.
pub(super) type Name = String;

/// A type of Avro, as far as there is a treatment for its values. What a logical type says is part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    Null,
    Boolean,
    /// A 32-bit integer.
    Int(Option<Logical>),
    /// A 64-bit integer.
    Long(Option<Logical>),
    Float,
    Double,
    Bytes,
    /// Text; whether it is said to be a UUID.
    String {
        is_uuid: bool,
    },
    /// Bytes of one length; what a logical type says beside that.
    Fixed {
        name: Name,
        size: u64,
        logical: Option<String>,
    },
    /// A decimal number of so many digits, of which `scale` stand behind the point: in bytes, or in a fixed length.
    Decimal {
        precision: u8,
        scale: i8,
        fixed: Option<(Name, u64)>,
    },
    Enum {
        name: Name,
        symbols: Vec<String>,
    },
    Array(Box<Type>),
    Map(Box<Type>),
    Record {
        name: Name,
        fields: Vec<(String, Type)>,
    },
    /// A union of null and one other type; whether null is the first of the two.
    Nullable {
        null_first: bool,
        inner: Box<Type>,
    },
}

/// What an integer stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Logical {
    Date,
    TimeMillis,
    TimeMicros,
    TimestampMillis,
    TimestampMicros,
    TimestampNanos,
    LocalTimestampMillis,
    LocalTimestampMicros,
    LocalTimestampNanos,
}

impl Logical {
    const OF_INT: &[(Self, &str)] = &[(Self::Date, "date"), (Self::TimeMillis, "time-millis")];

    const OF_LONG: &[(Self, &str)] = &[
        (Self::TimeMicros, "time-micros"),
        (Self::TimestampMillis, "timestamp-millis"),
        (Self::TimestampMicros, "timestamp-micros"),
        (Self::TimestampNanos, "timestamp-nanos"),
        (Self::LocalTimestampMillis, "local-timestamp-millis"),
        (Self::LocalTimestampMicros, "local-timestamp-micros"),
        (Self::LocalTimestampNanos, "local-timestamp-nanos"),
    ];

    /// What the specification calls it.
    pub(super) fn name(self) -> &'static str {
        let known = Self::OF_INT.iter().chain(Self::OF_LONG);
        known.into_iter().find(|(logical, _)| *logical == self).map_or("", |(_, name)| name)
    }

    fn of(known: &[(Self, &str)], properties: &Map<String, Value>) -> Option<Self> {
        let name = properties.get("logicalType")?.as_str()?;
        known.iter().find(|(_, known)| *known == name).map(|(logical, _)| *logical)
    }
}

impl Type {
    /// Reads the schema of a table: a record.
    ///
    /// # Errors
    /// It is malformed, too large, no record, or there is no treatment for one of its types.
    pub(super) fn read(schema: &Value) -> Result<Self> {
        let mut parser = Parser { named: HashMap::new(), fields: 0 };
        let read = parser.read(schema, None, 0)?;
        match &read {
            Self::Record { .. } if read.least() > 0 => Ok(read),
            Self::Record { .. } => Err(Error::data("a row of the file takes up no bytes: there is nothing in it")),
            _ => Err(Error::data("the file holds no table: its schema is not a record")),
        }
    }

    /// The fewest bytes that a value takes up in a file.
    pub(super) fn least(&self) -> u64 {
        match self {
            Self::Null => 0,
            Self::Float => 4,
            Self::Double => 8,
            Self::Fixed { size, .. } | Self::Decimal { fixed: Some((_, size)), .. } => *size,
            Self::Record { fields, .. } => fields.iter().map(|(_, of)| of.least()).sum(),
            _ => 1,
        }
    }

    /// About how many bytes a null takes up in memory where there is room for a value.
    pub(super) fn room(&self) -> u64 {
        match self {
            Self::Fixed { size, .. } => *size,
            Self::Decimal { .. } => 32,
            Self::Record { fields, .. } => fields.iter().map(|(_, of)| of.room()).sum(),
            Self::Nullable { inner, .. } => inner.room(),
            _ => 16,
        }
    }

    /// What is in a union with null, or the type itself.
    pub(super) fn inner(&self) -> &Self {
        match self {
            Self::Nullable { inner, .. } => inner,
            other => other,
        }
    }

    /// How many types there are in it, itself counted.
    fn count(&self) -> usize {
        1 + match self {
            Self::Array(inner) | Self::Map(inner) | Self::Nullable { inner, .. } => inner.count(),
            Self::Record { fields, .. } => fields.iter().map(|(_, of)| of.count()).sum(),
            _ => 0,
        }
    }

    fn depth(&self) -> usize {
        1 + match self {
            Self::Array(inner) | Self::Map(inner) | Self::Nullable { inner, .. } => inner.depth(),
            Self::Record { fields, .. } => fields.iter().map(|(_, of)| of.depth()).max().unwrap_or(0),
            _ => 0,
        }
    }
}

fn malformed() -> Error {
    Fault::Malformed.reading("the schema")
}

struct Parser {
    /// The types that have names. One that is still being read is none yet.
    named: HashMap<Name, Option<Type>>,
    fields: usize,
}

impl Parser {
    fn read(&mut self, schema: &Value, namespace: Option<&str>, depth: usize) -> Result<Type> {
        self.enter(1, depth)?;
        match schema {
            Value::String(name) => self.called(name, &Map::new(), namespace, depth),
            Value::Array(branches) => self.union(branches, namespace, depth),
            Value::Object(properties) => match properties.get("type").ok_or_else(malformed)? {
                Value::String(name) => self.called(name, properties, namespace, depth),
                other => self.read(other, namespace, depth + 1),
            },
            _ => Err(malformed()),
        }
    }

    fn enter(&mut self, fields: usize, depth: usize) -> Result<()> {
        self.fields += fields;
        if self.fields > FIELDS {
            return Err(Error::data(format!("the schema has more than {FIELDS} fields")));
        }
        if depth > DEPTH {
            return Err(Error::data(format!("the schema is nested deeper than {DEPTH} levels")));
        }
        Ok(())
    }

    /// A union. One of them is known: null and something else, in either order.
    fn union(&mut self, branches: &[Value], namespace: Option<&str>, depth: usize) -> Result<Type> {
        let is_null = |branch: &Value| branch == "null" || branch.get("type").is_some_and(|of| of == "null");
        match branches {
            [one, other] if is_null(one) != is_null(other) => {
                let null_first = is_null(one);
                let inner = Box::new(self.read(if null_first { other } else { one }, namespace, depth + 1)?);
                match *inner {
                    Type::Nullable { .. } => Err(malformed()),
                    _ => Ok(Type::Nullable { null_first, inner }),
                }
            }
            _ => Err(unknown("a union of anything but null and one other type")),
        }
    }

    /// A type by what it is called, and what is said of it.
    fn called(
        &mut self,
        called: &str,
        properties: &Map<String, Value>,
        namespace: Option<&str>,
        depth: usize,
    ) -> Result<Type> {
        let logical = properties.get("logicalType").and_then(Value::as_str);
        Ok(match called {
            "null" => Type::Null,
            "boolean" => Type::Boolean,
            "int" => Type::Int(Logical::of(Logical::OF_INT, properties)),
            "long" => Type::Long(Logical::of(Logical::OF_LONG, properties)),
            "float" => Type::Float,
            "double" => Type::Double,
            "bytes" => match decimal(properties, None) {
                Some((precision, scale)) => Type::Decimal { precision, scale, fixed: None },
                None => Type::Bytes,
            },
            "string" => Type::String { is_uuid: logical == Some("uuid") },
            "array" | "map" => {
                let key = if called == "array" { "items" } else { "values" };
                let inner = Box::new(self.read(properties.get(key).ok_or_else(malformed)?, namespace, depth + 1)?);
                match called {
                    "array" if inner.least() == 0 => return Err(unknown("an array of what takes up no bytes")),
                    "array" => Type::Array(inner),
                    _ => Type::Map(inner),
                }
            }
            "fixed" | "enum" | "record" => {
                let name = full_name(properties, namespace)?;
                if self.named.insert(name.clone(), None).is_some() {
                    return Err(malformed());
                }
                let of = match called {
                    "fixed" => fixed(fit(&name), properties)?,
                    "enum" => Type::Enum { symbols: symbols(properties)?, name: fit(&name) },
                    _ => self.record(name.clone(), properties, depth)?,
                };
                self.named.insert(name, Some(of.clone()));
                of
            }
            name => {
                let full = namespace.filter(|_| !name.contains('.')).map(|space| format!("{space}.{name}"));
                let found = full.and_then(|full| self.named.get(&full)).or_else(|| self.named.get(name));
                let of = found.ok_or_else(malformed)?.clone();
                let of = of.ok_or_else(|| unknown("a record that has itself in it"))?;
                self.enter(of.count(), depth + of.depth())?;
                of
            }
        })
    }

    fn record(&mut self, name: Name, properties: &Map<String, Value>, depth: usize) -> Result<Type> {
        let namespace = name.rsplit_once('.').map(|(space, _)| space.to_owned());
        let listed = properties.get("fields").and_then(Value::as_array).ok_or_else(malformed)?;
        let mut fields = Vec::new();
        let mut names = BTreeSet::new();
        for field in listed {
            let called = field.get("name").and_then(Value::as_str).ok_or_else(malformed)?;
            if !names.insert(called) {
                return Err(Error::data("two fields of a record have one name"));
            }
            let of = field.get("type").ok_or_else(malformed)?;
            let of = self.read(of, namespace.as_deref(), depth + 1);
            fields.push((called.to_owned(), of.map_err(|error| error.in_column(called))?));
        }
        if fields.is_empty() {
            return Err(Error::data("a record of the schema has no fields in it")
                .with_help("nothing passes that no rule can name: leave the column out of the export"));
        }
        Ok(Type::Record { name: fit(&name), fields })
    }
}

/// A name that the specification allows: what it does not is a `_`. Full stops part namespaces, and may stay.
pub(super) fn fit(name: &str) -> String {
    let fit = |part: &str| {
        let mut part: String = part.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        if part.is_empty() || part.starts_with(|c: char| c.is_ascii_digit()) {
            part.insert(0, '_');
        }
        part
    };
    name.split('.').map(fit).collect::<Vec<_>>().join(".")
}

fn full_name(properties: &Map<String, Value>, namespace: Option<&str>) -> Result<Name> {
    let name = properties.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
    let name = name.ok_or_else(malformed)?;
    if name.contains('.') {
        return Ok(name.to_owned());
    }
    Ok(match properties.get("namespace").and_then(Value::as_str).or(namespace) {
        Some(space) if !space.is_empty() => format!("{space}.{name}"),
        _ => name.to_owned(),
    })
}

fn fixed(name: Name, properties: &Map<String, Value>) -> Result<Type> {
    let size = properties.get("size").and_then(Value::as_u64).ok_or_else(malformed)?;
    if !(1..=LONGEST_FIXED).contains(&size) {
        let message = format!("the fixed length of its values is not between 1 and {LONGEST_FIXED} bytes");
        return Err(Error::data(message));
    }
    if let Some((precision, scale)) = decimal(properties, Some(size)) {
        return Ok(Type::Decimal { precision, scale, fixed: Some((name, size)) });
    }
    let logical = properties.get("logicalType").and_then(Value::as_str);
    let logical = logical.filter(|of| matches!((*of, size), ("duration", 12) | ("uuid", 16)));
    Ok(Type::Fixed { name, size, logical: logical.map(str::to_owned) })
}

/// The digits of a decimal, and how many of them stand behind the point. What is not sound is no decimal, but the bytes
/// that it is written in: so the specification says.
fn decimal(properties: &Map<String, Value>, size: Option<u64>) -> Option<(u8, i8)> {
    properties.get("logicalType").filter(|of| *of == "decimal")?;
    let precision = properties.get("precision")?.as_u64().filter(|digits| (1..=DIGITS).contains(digits))?;
    let scale = properties.get("scale").map_or(Some(0), Value::as_u64).filter(|scale| *scale <= precision)?;
    // A byte holds 8 bits, one of the first is the sign, and a digit takes up log2(10) of them.
    let fits = |size: u64| precision as f64 <= ((8 * size - 1) as f64 * std::f64::consts::LOG10_2).floor();
    // No more bytes than the type that it is read into has.
    let widest = if precision > 38 { 32 } else { 16 };
    (size.is_none_or(|size| fits(size) && size <= widest)).then_some((precision as u8, scale as i8))
}

fn symbols(properties: &Map<String, Value>) -> Result<Vec<String>> {
    let symbols = properties.get("symbols").and_then(Value::as_array).ok_or_else(malformed)?;
    let symbols = symbols.iter().map(|symbol| symbol.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
    symbols.filter(|symbols| !symbols.is_empty()).ok_or_else(malformed)
}

fn unknown(what: &str) -> Error {
    Error::data(format!("there is no treatment for {what}"))
        .with_help("leave the column out of the export, or write it as another type")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_resolved_where_they_are_used() {
        let schema = r#"{"type": "record", "name": "T", "namespace": "a.b", "fields": [
            {"name": "one", "type": {"type": "fixed", "name": "F", "size": 3}},
            {"name": "two", "type": ["F", "null"]},
            {"name": "three", "type": "a.b.F"}]}"#;
        let fixed = Type::Fixed { name: "a.b.F".to_owned(), size: 3, logical: None };
        let Type::Record { name, fields } = Type::read(&serde_json::from_str(schema).unwrap()).unwrap() else {
            panic!("a record was expected");
        };
        assert_eq!(name, "a.b.T");
        assert_eq!(fields[0].1, fixed);
        assert_eq!(fields[1].1, Type::Nullable { null_first: false, inner: Box::new(fixed.clone()) });
        assert_eq!(fields[2].1, fixed);
    }

    #[test]
    fn names_of_types_that_are_not_allowed_are_made_to_fit() {
        let schema = r#"{"type": "record", "name": "Ana Silva", "namespace": "a.1", "fields": [
            {"name": "one", "type": {"type": "fixed", "name": "F-1", "size": 3}}, {"name": "two", "type": "F-1"}]}"#;
        let Type::Record { name, fields } = Type::read(&serde_json::from_str(schema).unwrap()).unwrap() else {
            panic!("a record was expected");
        };
        assert_eq!(name, "a._1.Ana_Silva");
        assert_eq!(fields[1].1, Type::Fixed { name: "a._1.F_1".to_owned(), size: 3, logical: None });
    }

    #[test]
    fn what_has_no_treatment_is_refused() {
        let field =
            |of: &str| format!(r#"{{"type": "record", "name": "T", "fields": [{{"name": "f", "type": {of}}}]}}"#);
        for (schema, said) in [
            (r#""long""#.to_owned(), "not a record"),
            (field(r#"["int", "long"]"#), "a union"),
            (field(r#"["null", "int", "long"]"#), "a union"),
            (field(r#"["null", "T"]"#), "has itself in it"),
            (field(r#""U""#), "malformed"),
            (field(r#""null""#), "no bytes"),
            (field(r#"{"type": "array", "items": "null"}"#), "no bytes"),
            (field(r#"{"type": "fixed", "name": "F", "size": 9000000}"#), "fixed length"),
            (field(r#"{"type": "record", "name": "R", "fields": []}"#), "no fields"),
            (field(r#"{"type": "enum", "name": "E", "symbols": []}"#), "malformed"),
            (field(&format!("{}\"int\"{}", "{\"type\": ".repeat(40), "}".repeat(40))), "nested deeper"),
        ] {
            let error = Type::read(&serde_json::from_str(&schema).unwrap()).unwrap_err();
            assert!(error.message().contains(said), "{schema}: {error}");
        }
        // Each level names the one before it twice.
        let mut of = r#"{"type": "record", "name": "R0", "fields": [{"name": "f", "type": "int"}]}"#.to_owned();
        for level in 1..24 {
            let before = level - 1;
            of = format!(
                r#"{{"type": "record", "name": "R{level}", "fields": [
                    {{"name": "a", "type": {of}}}, {{"name": "b", "type": "R{before}"}}]}}"#
            );
        }
        let error = Type::read(&serde_json::from_str(&of).unwrap()).unwrap_err();
        assert!(error.message().contains("more than"), "{error}");
    }

    #[test]
    fn decimals_that_are_not_sound_are_bytes() {
        let read = |of: &str| decimal(serde_json::from_str::<Value>(of).unwrap().as_object().unwrap(), Some(4));
        assert_eq!(read(r#"{"logicalType": "decimal", "precision": 9, "scale": 2}"#), Some((9, 2)));
        assert_eq!(read(r#"{"logicalType": "decimal", "precision": 9}"#), Some((9, 0)));
        assert_eq!(read(r#"{"logicalType": "decimal", "precision": 10}"#), None);
        assert_eq!(read(r#"{"logicalType": "decimal", "precision": 3, "scale": 4}"#), None);
        assert_eq!(read(r#"{"precision": 3}"#), None);
    }
}
