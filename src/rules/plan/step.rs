//! What happens to one leaf: its transform, what becomes of values that do not conform, and for which rows it holds.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, BooleanBufferBuilder};
use arrow::compute::kernels::zip::zip;
use arrow::compute::{not, nullif};
use arrow::datatypes::DataType;

use crate::error::{Error, Result};
use crate::rules::arm::{Arm, OnInvalid, OnNull, Stepped};
use crate::rules::document::Rule;
use crate::transform::{Recipe, Refusal, Rows, Site, as_text, has_text};

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

/// Binds a rule to a leaf.
pub(super) fn bind<'s>(rule: &Rule, site: impl Fn(&Rule) -> Site<'s>) -> Result<Step, Refusal> {
    let condition = match &rule.condition {
        None => None,
        Some(condition) => Some(Condition {
            column: condition.column.clone(),
            values: condition.values.iter().cloned().collect(),
            otherwise: condition.otherwise.bind(&site(&condition.otherwise))?,
        }),
    };
    Ok(Step { then: rule.bind(&site(rule))?, condition })
}

/// Binds the way back of a rule. What does not come from the rule's own output is reported.
pub(super) fn bind_inverse(recipe: &dyn Recipe, name: &'static str, site: &Site<'_>) -> Result<Step, Refusal> {
    Ok(Step { then: Arm::bind(name, recipe, OnNull::Keep, OnInvalid::Error, site)?, condition: None })
}

impl Step {
    /// Why the value at `place` does not conform, where its shape alone would not tell.
    pub(super) fn explain(&self, values: &ArrayRef, place: usize, rows: &Rows<'_>) -> Option<String> {
        let holds = match &self.condition {
            Some(condition) => condition.holds(values.len(), rows).ok()?.value(place),
            None => true,
        };
        match &self.condition {
            Some(condition) if !holds => condition.otherwise.explain(values, place, rows),
            _ => self.then.explain(values, place, rows),
        }
    }

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
