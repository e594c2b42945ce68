use std::sync::Arc;

use arrow::array::{Array, ArrayRef, StringViewArray, new_null_array};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::DataType;

use super::{
    Bound, Complaint, Example, Makes, Parameter, Params, Properties, Recipe, Refusal, Rewritten, Rows, Site, Transform,
    TransformKind, TypeClass, Value,
};
use crate::error::{Error, Result};

/// `null`: the column stays, its values go.
pub(super) struct Null;

/// `replace`: every value becomes the same one.
pub(super) struct Replace;

const CONSTANT: Properties = Properties {
    deterministic: true,
    reversible: false,
    unique: false,
    keeps_length: false,
    keeps_type: true,
    keeps_format: false,
    always_differs: false,
    leaks: "which values are null",
};

impl TransformKind for Null {
    fn name(&self) -> &'static str {
        "null"
    }

    fn summary(&self) -> &'static str {
        "the column stays, and every value of it is null"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    fn takes(&self) -> &'static [TypeClass] {
        TypeClass::ALL
    }

    fn makes(&self) -> Makes {
        Makes::Nulls
    }

    fn properties(&self) -> Properties {
        Properties { always_differs: true, leaks: "nothing", ..CONSTANT }
    }

    fn example(&self) -> Example {
        Example { rule: r#""null""#, source: "078-05-1120", result: None }
    }

    fn parse(&self, _: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        Some(Box::new(NullRecipe(self.properties())))
    }
}

#[derive(Debug, Clone)]
struct NullRecipe(Properties);

impl Recipe for NullRecipe {
    fn properties(&self) -> Properties {
        self.0
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        Ok(Bound::same_type(site, self.clone()))
    }
}

impl Transform for NullRecipe {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        Ok(Rewritten::all(new_null_array(values.data_type(), values.len())))
    }
}

impl TransformKind for Replace {
    fn name(&self) -> &'static str {
        "replace"
    }

    fn summary(&self) -> &'static str {
        "every value becomes the same one"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter { name: "with", takes: "a text, a number or a boolean", what: "what every value becomes" }]
    }

    fn takes(&self) -> &'static [TypeClass] {
        &[
            TypeClass::Text,
            TypeClass::Integer,
            TypeClass::Float,
            TypeClass::Decimal,
            TypeClass::Boolean,
            TypeClass::Date,
            TypeClass::Timestamp,
            TypeClass::Time,
            TypeClass::Bytes,
        ]
    }

    fn makes(&self) -> Makes {
        Makes::Constant
    }

    fn properties(&self) -> Properties {
        CONSTANT
    }

    fn example(&self) -> Example {
        Example { rule: r#"{ do = "replace", with = "(removed)" }"#, source: "call me", result: Some("(removed)") }
    }

    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>> {
        let constant = match params.take("with") {
            Some((_, Value::Text(text))) => text,
            Some((_, Value::Integer(integer))) => integer.to_string(),
            Some((_, Value::Float(float))) => float.to_string(),
            Some((_, Value::Boolean(boolean))) => boolean.to_string(),
            Some((span, value)) => {
                let message = format!("`with` takes a text, a number or a boolean, and this is {}", value.kind());
                params.complain(Complaint::new(span, message));
                return None;
            }
            None => {
                params.missing("`replace` needs to know with what", "write `with = \"…\"`");
                return None;
            }
        };
        Some(Box::new(ReplaceRecipe { constant }))
    }
}

#[derive(Debug)]
struct ReplaceRecipe {
    constant: String,
}

impl Recipe for ReplaceRecipe {
    fn properties(&self) -> Properties {
        CONSTANT
    }

    fn fills_nulls(&self) -> bool {
        true
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        let text: ArrayRef = Arc::new(StringViewArray::from_iter_values([&self.constant]));
        let strict = CastOptions { safe: false, ..CastOptions::default() };
        let constant = if site.data_type == &DataType::Utf8View {
            Ok(text)
        } else {
            cast_with_options(&text, site.data_type, &strict)
        };
        match constant {
            Ok(constant) if constant.is_valid(0) => {
                Ok(Bound::same_type(site, Constant { value: constant, fill_nulls: site.fill_nulls }))
            }
            _ => Err(Refusal::new(format!("`with` is no value of a column of type {}", site.data_type))),
        }
    }
}

struct Constant {
    /// An array of the one value.
    value: ArrayRef,
    fill_nulls: bool,
}

impl Transform for Constant {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let places: arrow::array::UInt32Array =
            (0..values.len()).map(|index| (self.fill_nulls || values.is_valid(index)).then_some(0)).collect();
        let replaced = arrow::compute::take(&self.value, &places, None)
            .map_err(|_| Error::internal("a constant can't be repeated"))?;
        Ok(Rewritten::all(replaced))
    }
}
