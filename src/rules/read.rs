//! From TOML to the values of the language: nothing but shapes and places, no meaning.

use toml::de::{DeTable, DeValue};

use crate::transform::{Complaint, Fields, Value};

/// Reads a whole file. Every syntax error in it is told.
pub(super) fn read(text: &str) -> (Fields, Vec<Complaint>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let complaints = errors
        .into_iter()
        .map(|error| Complaint::new(error.span().unwrap_or(0..0), format!("this is no TOML: {}", error.message())))
        .collect();
    (fields(table.get_ref()), complaints)
}

fn fields(table: &DeTable<'_>) -> Fields {
    table
        .iter()
        .map(|(name, entry)| {
            let (key, span) = (name.span(), entry.span());
            // A table under a header of its own has its name's place: its contents are the following lines.
            let span = match entry.get_ref() {
                DeValue::Table(_) => key,
                _ => span,
            };
            (name.get_ref().to_string(), (span, value(entry.get_ref())))
        })
        .collect()
}

fn value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or(Value::Other("an integer out of range"), Value::Integer),
        DeValue::Float(float) => float
            .as_str()
            .replace('_', "")
            .parse()
            .ok()
            .filter(|float: &f64| float.is_finite())
            .map_or(Value::Other("a number out of range"), Value::Float),
        DeValue::Boolean(boolean) => Value::Boolean(*boolean),
        DeValue::Datetime(_) => Value::Other("a date"),
        DeValue::Array(values) => {
            Value::List(values.iter().map(|entry| (entry.span(), self::value(entry.get_ref()))).collect())
        }
        DeValue::Table(table) => Value::Table(fields(table)),
    }
}
