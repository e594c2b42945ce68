//! What a file says beside its rows.

use std::collections::BTreeMap;

use serde_json::Value;

use super::container::{CODEC, SCHEMA};
use crate::format::Notes;

/// The entries of a header, and what the schema says beside types and names of fields.
pub(super) fn of(entries: &BTreeMap<String, Vec<u8>>) -> Notes {
    let mut notes = Notes::default();
    for (key, value) in entries {
        match (key.as_str(), std::str::from_utf8(value)) {
            (CODEC, _) => {}
            (SCHEMA, Ok(text)) => {
                if let Ok(schema) = serde_json::from_str(text) {
                    texts(SCHEMA, &schema, &mut notes.texts);
                }
            }
            (_, Ok(text)) => {
                notes.texts.push(("key".to_owned(), key.clone()));
                notes.texts.push((key.clone(), text.to_owned()));
            }
            (_, Err(_)) => {
                notes.texts.push(("key".to_owned(), key.clone()));
                let unseen = (
                    "the header has entries that are no text: they were not looked at",
                    "write the file anew without them, or with bowdler",
                );
                if !notes.unseen.contains(&unseen) {
                    notes.unseen.push(unseen);
                }
            }
        }
    }
    notes.texts.sort();
    notes.texts.dedup();
    notes
}

/// What the specification has a word for, and is no place for anything else.
const KNOWN: &[&str] = &["type", "logicalType", "order", "size", "precision", "scale", "items", "values"];

fn texts(key: &str, value: &Value, told: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) if !KNOWN.contains(&key) => told.push((key.to_owned(), text.clone())),
        Value::Number(number) if !KNOWN.contains(&key) => told.push((key.to_owned(), number.to_string())),
        Value::Array(values) => values.iter().for_each(|value| texts(key, value, told)),
        Value::Object(properties) => {
            // The name of a field is that of a column, which is looked at with the columns.
            let is_type = properties.contains_key("fields") || properties.contains_key("size");
            for (key, value) in properties {
                const OF_THE_FORMAT: &[&str] = &[
                    "type",
                    "logicalType",
                    "order",
                    "size",
                    "precision",
                    "scale",
                    "items",
                    "values",
                    "fields",
                    "doc",
                    "name",
                    "namespace",
                    "symbols",
                    "default",
                    "aliases",
                ];
                if !OF_THE_FORMAT.contains(&key.as_str()) {
                    told.push(("key".to_owned(), key.clone()));
                }
                if key != "name" || is_type {
                    texts(key, value, told);
                }
            }
        }
        _ => {}
    }
}
