//! What happens to one leaf: its transform, what becomes of values that do not conform, and for which rows it holds.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, BooleanBufferBuilder};
use arrow::compute::kernels::zip::zip;
use arrow::compute::{not, nullif};
use arrow::datatypes::DataType;

use super::compare;
use crate::error::{Error, Result};
use crate::rules::document::Rule;
use crate::rules::leaf::Leaf;
use crate::rules::{OnInvalid, OnNull};
use crate::transform::{
    Bound, Fate, Form, Recipe, Refusal, Rewritten, Rows, Site, TextToken, Transform, as_text, has_text,
};

/// What happens to one leaf.
pub(super) struct Step {
    then: Arm,
    condition: Option<Condition>,
}

struct Condition {
    column: String,
    values: BTreeSet<String>,
    otherwise: Arm,
}

/// One rule at work on a leaf.
enum Arm {
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

enum Invalid {
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

/// Binds a rule to a leaf.
pub(super) fn bind<'s>(rule: &Rule, leaf: &Leaf, site: impl Fn(&Rule) -> Site<'s>) -> Result<Step, Refusal> {
    let condition = match &rule.condition {
        None => None,
        Some(condition) => Some(Condition {
            column: condition.column.clone(),
            values: condition.values.iter().cloned().collect(),
            otherwise: arm(&condition.otherwise, leaf, &site(&condition.otherwise))?,
        }),
    };
    Ok(Step { then: arm(rule, leaf, &site(rule))?, condition })
}

/// Binds the way back of a rule. What does not come from the rule's own output is reported.
pub(super) fn bind_inverse(recipe: &dyn Recipe, name: &'static str, site: &Site<'_>) -> Result<Step, Refusal> {
    let Bound { transform, .. } = recipe.bind(site)?;
    let then = Arm::Rewrite {
        name,
        transform,
        always_differs: false,
        fills_nulls: false,
        makes_nulls: false,
        on_invalid: Invalid::Report,
    };
    Ok(Step { then, condition: None })
}

fn arm(rule: &Rule, leaf: &Leaf, site: &Site<'_>) -> Result<Arm, Refusal> {
    if rule.recipe.fate() == Fate::Keep {
        return Ok(Arm::Keep);
    }
    let Bound { transform, data_type } = rule.recipe.bind(site)?;
    if &data_type != site.data_type {
        return Err(Refusal::new(format!("`{}` would make it a column of type {data_type}", rule.name)));
    }
    let on_invalid = match rule.on_invalid {
        OnInvalid::Error => Invalid::Report,
        OnInvalid::Null => Invalid::Null,
        OnInvalid::Token if site.data_type == &DataType::Utf8View => {
            let domain = format!("{}.{}", site.table, leaf.path);
            Invalid::Token(TextToken::new(site.keys, &domain, Form::TEXT_LENGTH, "", ""))
        }
        OnInvalid::Token => {
            return Err(Refusal::new(format!("a text token does not fit a column of type {}", site.data_type))
                .help("write on_invalid = \"null\", or leave it out to be told of such values"));
        }
    };
    Ok(Arm::Rewrite {
        name: rule.name,
        transform,
        always_differs: rule.recipe.properties().always_differs,
        fills_nulls: rule.on_null == OnNull::Replace,
        makes_nulls: rule.name == "null",
        on_invalid,
    })
}

impl Step {
    /// Rewrites the values of a leaf, which have the layout that kernels see.
    pub(super) fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Stepped> {
        let Some(condition) = &self.condition else { return self.then.apply(values, rows) };
        let broken = |_| Error::internal("a condition can't be applied");
        let holds = condition.holds(values.len(), rows)?;
        let fails = not(&holds).map_err(broken)?;
        // Each arm sees only the values that are its own: the others are no business of its checks and counts.
        let then = self.then.apply(&nullif(values, &fails).map_err(broken)?, rows)?;
        let otherwise = condition.otherwise.apply(&nullif(values, &holds).map_err(broken)?, rows)?;
        let merged = zip(&holds, &then.values, &otherwise.values).map_err(broken)?;
        let mut invalid: Vec<usize> = then.invalid.into_iter().filter(|place| holds.value(*place)).collect();
        invalid.extend(otherwise.invalid.into_iter().filter(|place| !holds.value(*place)));
        invalid.sort_unstable();
        Ok(Stepped { values: without_rest(&merged), invalid, treated: then.treated + otherwise.treated })
    }
}

/// The same values, in buffers that hold nothing else.
fn without_rest(values: &ArrayRef) -> ArrayRef {
    match values.data_type() {
        DataType::Utf8View => Arc::new(values.as_string_view().gc()),
        DataType::BinaryView => Arc::new(values.as_binary_view().gc()),
        _ => Arc::clone(values),
    }
}

impl Condition {
    /// For which values the rule holds, never null: a null in the column that decides is in no list.
    fn holds(&self, length: usize, rows: &Rows<'_>) -> Result<BooleanArray> {
        let column = rows
            .original(&self.column)
            .ok_or_else(|| Error::internal("a condition was not given the column it reads"))?;
        if !has_text(column.data_type()) {
            return Err(Error::internal("a condition reads a column that has no text"));
        }
        let texts = as_text(column)?;
        let texts = texts.as_string_view();
        let mut holds = BooleanBufferBuilder::new(length);
        for index in 0..length {
            let row = rows.row(index);
            holds.append(texts.is_valid(row) && self.values.contains(texts.value(row)));
        }
        Ok(BooleanArray::new(holds.finish(), None))
    }
}

impl Arm {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Stepped> {
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
    use arrow::array::{Int64Array, StringViewArray};

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
