use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::types::is_number;

/// Which texts are values of a type that is decoded to text: what the server would take, as far as that can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fit {
    Any,
    Array,
    Bytes,
    Json,
    /// One of the labels of an enum.
    Labels(Arc<[String]>),
    Number,
    Uuid,
}

impl Fit {
    /// The one for an SQL type.
    pub(super) fn of(sql_type: &str, enums: &BTreeMap<String, Arc<[String]>>) -> Self {
        match sql_type {
            _ if sql_type.ends_with("[]") => Self::Array,
            "bytea" => Self::Bytes,
            "json" | "jsonb" => Self::Json,
            "uuid" => Self::Uuid,
            _ if is_number(sql_type) => Self::Number,
            _ => enums.get(sql_type).map_or(Self::Any, |labels| Self::Labels(Arc::clone(labels))),
        }
    }

    pub(super) fn takes(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Array => text.starts_with(['{', '[']) && text.ends_with('}'),
            Self::Bytes => {
                let digits = text.strip_prefix("\\x");
                digits
                    .is_some_and(|digits| digits.len() % 2 == 0 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            }
            Self::Json => serde_json::from_str::<IgnoredAny>(text).is_ok(),
            Self::Labels(labels) => labels.iter().any(|label| label == text),
            Self::Number => text.parse::<f64>().is_ok(),
            Self::Uuid => {
                let (digits, hyphens) = (text.bytes().filter(u8::is_ascii_hexdigit).count(), text.matches('-').count());
                digits == 32 && digits + hyphens == text.len()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fit_types_that_would_take_them() {
        let enums = BTreeMap::from([("public.mood".to_owned(), Arc::from(["sad".to_owned(), "*".to_owned()]))]);
        for (sql_type, takes, refuses) in [
            ("text", vec!["", "anything"], vec![]),
            ("text[]", vec!["{}", "{a,b}", "[0:1]={a,b}"], vec!["*****", ""]),
            ("integer[]", vec!["{1}"], vec!["1"]),
            ("bytea", vec!["\\x", "\\xff00"], vec!["\\xf", "**", "\\xg0"]),
            ("jsonb", vec!["{}", "null", "[1, \"a\"]"], vec!["*", "", "{"]),
            (
                "uuid",
                vec!["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "A0EEBC999C0B4EF8BB6D6BB9BD380A11"],
                vec!["", "a0ee"],
            ),
            ("public.mood", vec!["sad", "*"], vec!["***", "SAD", ""]),
            ("numeric", vec!["1", "-1.5e3", "NaN"], vec!["*", ""]),
            ("double precision", vec!["Infinity", "0.1"], vec!["1,5"]),
        ] {
            let fit = Fit::of(sql_type, &enums);
            assert!(takes.iter().all(|text| fit.takes(text)), "{sql_type}");
            assert!(!refuses.iter().any(|text| fit.takes(text)), "{sql_type}");
        }
    }
}
