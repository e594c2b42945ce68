//! One rule at work on a column: its transform, held to its promises, and what becomes of values that do not conform.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray, BooleanBufferBuilder};
use arrow::compute::kernels::zip::zip;
use arrow::compute::{not, nullif};
use arrow::datatypes::DataType;

use super::compare;
use crate::error::{Error, Result};
use crate::transform::{Bound, Fate, Form, Recipe, Refusal, Rewritten, Rows, Site, TextToken, Transform};

/// What becomes of a null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnNull {
    /// It stays null.
    #[default]
    Keep,
    /// It becomes a value as if there had been one.
    Replace,
}

/// What becomes of a value that the transform can't treat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnInvalid {
    /// All of them are counted and located, and nothing is published.
    #[default]
    Error,
    /// It becomes null.
    Null,
    /// It becomes a text token.
    Token,
}

/// One rule at work on a leaf.
pub(super) enum Arm {
    Keep,
    Rewrite {
        name: &'static str,
        transform: Box<dyn Transform>,
        always_differs: bool,
        fills_nulls: bool,
        makes_nulls: bool,
        on_invalid: Invalid,
    },
}

pub(super) enum Invalid {
    Report,
    Null,
    Token(TextToken),
}

/// What a step made of a leaf's values.
pub(super) struct Stepped {
    pub(super) values: ArrayRef,
    /// The places of values that do not conform and are to be reported, ascending.
    pub(super) invalid: Vec<usize>,
    /// How many values did not conform and became what `on_invalid` says.
    pub(super) treated: usize,
}

impl Stepped {
    /// Values that all conformed, or of which those that did not are to be reported.
    fn reported(rewritten: Rewritten) -> Self {
        Self { values: rewritten.values, invalid: rewritten.invalid, treated: 0 }
    }
}

impl Arm {
    /// Binds a recipe to a column.
    pub(super) fn bind(
        name: &'static str,
        recipe: &dyn Recipe,
        on_null: OnNull,
        on_invalid: OnInvalid,
        site: &Site<'_>,
    ) -> Result<Self, Refusal> {
        if recipe.fate() == Fate::Keep {
            return Ok(Self::Keep);
        }
        let Bound { transform, data_type } = recipe.bind(site)?;
        if &data_type != site.data_type {
            return Err(Refusal::new(format!("`{name}` would make it a column of type {data_type}")));
        }
        let on_invalid = match on_invalid {
            OnInvalid::Error => Invalid::Report,
            OnInvalid::Null => Invalid::Null,
            OnInvalid::Token if site.data_type == &DataType::Utf8View => {
                let domain = format!("{}.{}", site.table, site.column);
                Invalid::Token(TextToken::new(site.keys, &domain, Form::TEXT_LENGTH, "", ""))
            }
            OnInvalid::Token => {
                return Err(Refusal::new(format!("a text token does not fit a column of type {}", site.data_type))
                    .help("write on_invalid = \"null\", or leave it out to be told of such values"));
            }
        };
        Ok(Self::Rewrite {
            name,
            transform,
            always_differs: recipe.properties().always_differs,
            fills_nulls: on_null == OnNull::Replace,
            makes_nulls: name == "null",
            on_invalid,
        })
    }

    /// Why the value at `place` does not conform, where its shape alone would not tell.
    pub(super) fn explain(&self, values: &ArrayRef, place: usize, rows: &Rows<'_>) -> Option<String> {
        match self {
            Self::Keep => None,
            Self::Rewrite { transform, .. } => transform.explain(values, place, rows),
        }
    }

    /// Rewrites values that have the layout that kernels see.
    pub(super) fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Stepped> {
        let Self::Rewrite { name, transform, always_differs, fills_nulls, makes_nulls, on_invalid } = self else {
            return Ok(Stepped::reported(Rewritten::all(Arc::clone(values))));
        };
        let rewritten = transform.apply(values, rows)?;
        hold_to_promise(name, values, &rewritten, *fills_nulls, *makes_nulls)?;
        if *always_differs && compare::equal(values, &rewritten.values) > 0 {
            return Err(Error::internal(format!("`{name}` left a value as it was, which it promises never to do")));
        }
        let treated = rewritten.invalid.len();
        match on_invalid {
            Invalid::Report => Ok(Stepped::reported(rewritten)),
            Invalid::Null => Ok(Stepped { values: rewritten.values, invalid: Vec::new(), treated }),
            Invalid::Token(_) if treated == 0 => Ok(Stepped::reported(rewritten)),
            Invalid::Token(token) => {
                let mut places = BooleanBufferBuilder::new(values.len());
                places.append_n(values.len(), false);
                rewritten.invalid.iter().for_each(|place| places.set_bit(*place, true));
                let places = BooleanArray::new(places.finish(), None);
                let broken = |_| Error::internal("tokens can't be put in place of values that do not conform");
                let others = not(&places).map_err(broken)?;
                let tokens = token.apply(&nullif(values, &others).map_err(broken)?, rows)?;
                let values = zip(&places, &tokens.values, &rewritten.values).map_err(broken)?;
                Ok(Stepped { values, invalid: Vec::new(), treated })
            }
        }
    }
}

/// A transform keeps what it promised when the plan was made: as many values, of the type promised, null where there
/// was a null or a value that does not conform, and nowhere else.
fn hold_to_promise(
    name: &str,
    values: &ArrayRef,
    rewritten: &Rewritten,
    fills_nulls: bool,
    makes_nulls: bool,
) -> Result<()> {
    let made = &rewritten.values;
    let nulls = values.null_count() + rewritten.invalid.len();
    let kept = made.len() == values.len()
        && made.data_type() == values.data_type()
        && (makes_nulls || fills_nulls || made.null_count() == nulls);
    if kept { Ok(()) } else { Err(Error::internal(format!("`{name}` did not keep the shape of its column"))) }
}

#[cfg(test)]
mod tests {
    use arrow::array::{AsArray, Int64Array, StringViewArray};

    use super::*;
    use crate::error::ErrorKind;
    use crate::transform::Columns;

    type Fault = fn(&ArrayRef) -> ArrayRef;

    /// A transform with a fault of its own.
    struct Faulty(Fault);

    impl Transform for Faulty {
        fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
            Ok(Rewritten::all(self.0(values)))
        }
    }

    fn apply(faulty: Fault, values: &[Option<&str>]) -> Result<Stepped> {
        let arm = Arm::Rewrite {
            name: "faulty",
            transform: Box::new(Faulty(faulty)),
            always_differs: true,
            fills_nulls: false,
            makes_nulls: false,
            on_invalid: Invalid::Report,
        };
        let values: ArrayRef = Arc::new(StringViewArray::from_iter(values.iter().copied()));
        arm.apply(&values, &Rows::new(0, None, &Columns::new(), &Columns::new()))
    }

    #[test]
    fn a_transform_that_breaks_its_promise_is_stopped() {
        let values = [Some("Ana"), None, Some("a value of more than twelve bytes")];
        let cases: [(&str, Fault); 5] = [
            ("every value is still its source", Arc::clone),
            ("one value is still its source", |values| {
                let texts = values.as_string_view().iter().enumerate();
                Arc::new(StringViewArray::from_iter(
                    texts.map(|(place, text)| if place == 0 { Some("Bo") } else { text }),
                ))
            }),
            ("a row is missing", |_| Arc::new(StringViewArray::from_iter([Some("x"), None]))),
            ("a null became a value", |_| Arc::new(StringViewArray::from_iter_values(["x", "y", "z"]))),
            ("another type", |_| Arc::new(Int64Array::from(vec![Some(1), None, Some(2)]))),
        ];
        for (case, faulty) in cases {
            let error = apply(faulty, &values).err().expect(case);
            assert_eq!(error.kind(), ErrorKind::Internal, "{case}");
            assert!(!error.to_string().contains("Ana"), "{case}");
        }
        let whole = |_: &ArrayRef| -> ArrayRef { Arc::new(StringViewArray::from_iter([Some("x"), None, Some("y")])) };
        assert!(apply(whole, &values).is_ok());
    }
}
