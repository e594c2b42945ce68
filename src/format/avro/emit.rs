//! A schema as it is written: what a reader needs to know, and none of what its author said beside that.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::schema::{Logical, Name, Type};

/// The schema as a file has it. Types keep their names; where two that are not the same have one name, those behind the
/// first have a number behind it.
pub(super) fn emitted(of: &Type) -> Value {
    Emitter { is_bare: false, named: HashMap::new(), count: 0 }.emit(of, "")
}

/// The schema as the library is given it: with no names but those of fields, and without logical types that it would
/// make another type of.
pub(super) fn bare(of: &Type) -> Value {
    Emitter { is_bare: true, named: HashMap::new(), count: 0 }.emit(of, "")
}

struct Emitter {
    is_bare: bool,
    named: HashMap<Name, Type>,
    count: usize,
}

impl Emitter {
    /// `space` is the namespace that the type stands in, or nothing.
    fn emit(&mut self, of: &Type, space: &str) -> Value {
        let logical = |of: &str, logical: &Option<Logical>| match logical {
            Some(logical) => json!({ "type": of, "logicalType": logical.name() }),
            None => json!(of),
        };
        match of {
            Type::Null => json!("null"),
            Type::Boolean => json!("boolean"),
            Type::Int(of) => logical("int", of),
            Type::Long(of) => logical("long", of),
            Type::Float => json!("float"),
            Type::Double => json!("double"),
            Type::Bytes => json!("bytes"),
            Type::String { is_uuid: true } if !self.is_bare => json!({ "type": "string", "logicalType": "uuid" }),
            Type::String { .. } => json!("string"),
            Type::Decimal { precision, scale, fixed: None } => {
                json!({ "type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale })
            }
            Type::Array(inner) => json!({ "type": "array", "items": self.emit(inner, space) }),
            Type::Map(inner) => json!({ "type": "map", "values": self.emit(inner, space) }),
            Type::Nullable { null_first: true, inner } => json!(["null", self.emit(inner, space)]),
            Type::Nullable { null_first: false, inner } => json!([self.emit(inner, space), "null"]),
            Type::Fixed { name, .. }
            | Type::Enum { name, .. }
            | Type::Record { name, .. }
            | Type::Decimal { fixed: Some((name, _)), .. } => self.named(of, name, space),
        }
    }

    fn named(&mut self, of: &Type, name: &str, space: &str) -> Value {
        let name = match self.name(of, name, space) {
            Ok(name) => name,
            Err(reference) => return json!(reference),
        };
        let (own, short) = name.rsplit_once('.').unwrap_or(("", &name));
        let mut value = match of {
            Type::Fixed { size, logical, .. } => match logical.as_ref().filter(|_| !self.is_bare) {
                Some(logical) => json!({ "type": "fixed", "size": size, "logicalType": logical }),
                None => json!({ "type": "fixed", "size": size }),
            },
            Type::Decimal { precision, scale, fixed } => {
                let size = fixed.as_ref().map(|(_, size)| size);
                json!({ "type": "fixed", "size": size, "logicalType": "decimal", "precision": precision, "scale": scale })
            }
            Type::Enum { symbols, .. } => json!({ "type": "enum", "symbols": symbols }),
            Type::Record { fields, .. } => {
                let fields = fields.iter().map(|(name, of)| json!({ "name": name, "type": self.emit(of, own) }));
                json!({ "type": "record", "fields": fields.collect::<Vec<_>>() })
            }
            _ => json!({}),
        };
        if let Some(value) = value.as_object_mut() {
            value.insert("name".to_owned(), json!(short));
            if own != space {
                value.insert("namespace".to_owned(), json!(own));
            }
        }
        value
    }

    /// The name that a type is to be given, or else the one that it is known by already.
    fn name(&mut self, of: &Type, name: &str, space: &str) -> Result<Name, Name> {
        self.count += 1;
        if self.is_bare {
            return Ok(format!("t{}", self.count));
        }
        // A name without a namespace is taken for one of the namespace that it stands in.
        let is_clear = name.contains('.') || space.is_empty();
        let mut chosen = name.to_owned();
        let mut number = 1;
        while let Some(known) = self.named.get(&chosen) {
            if known == of && is_clear {
                return Err(chosen);
            }
            number += 1;
            chosen = format!("{name}_{number}");
        }
        self.named.insert(chosen.clone(), of.clone());
        Ok(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(schema: &str) -> Type {
        Type::read(&serde_json::from_str(schema).unwrap()).unwrap()
    }

    #[test]
    fn what_is_written_reads_as_what_was_read() {
        let schema = r#"{"type": "record", "name": "T", "namespace": "a.b", "doc": "Ana", "fields": [
            {"name": "one", "type": {"type": "fixed", "name": "F", "size": 3}, "default": "Ana", "aliases": ["Ana"]},
            {"name": "two", "type": [{"type": "record", "name": "other.R", "Ana": "Ana", "fields": [
                {"name": "x", "type": "a.b.F"}, {"name": "y", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "z", "type": {"type": "fixed", "name": "N", "namespace": "", "size": 2}}]}, "null"]},
            {"name": "three", "type": {"type": "map", "values": "other.R"}},
            {"name": "four", "type": {"type": "string", "logicalType": "uuid"}},
            {"name": "five", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}"#;
        let of = read(schema);
        let written = emitted(&of).to_string();
        assert_eq!(read(&written), of);
        assert!(!written.contains("Ana"), "{written}");
        assert_eq!(written.matches("\"size\":3").count(), 1, "types are written once: {written}");
        assert!(!bare(&of).to_string().contains("uuid"));
    }

    #[test]
    fn types_that_are_no_longer_the_same_have_names_of_their_own() {
        let fixed = |size| Type::Fixed { name: "a.F".to_owned(), size, logical: None };
        let fields = [1, 2, 1].iter().enumerate().map(|(place, size)| (format!("f{place}"), fixed(*size))).collect();
        let written = emitted(&Type::Record { name: "a.T".to_owned(), fields });
        let Type::Record { fields, .. } = read(&written.to_string()) else { panic!("a record was expected") };
        let sizes: Vec<u64> = fields.iter().map(|(_, of)| of.least()).collect();
        assert_eq!(sizes, [1, 2, 1]);
    }
}
