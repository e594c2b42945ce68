//! A rule that stands inside another one, for a part of a column's values.

use arrow::array::ArrayRef;

use super::Rule;
use crate::error::Result;
use crate::rules::arm::{Arm, OnNull};
use crate::transform::{
    Bound, Complaint, Facts, Fate, Properties, Recipe, Refusal, Rewritten, Rows, Site, Span, Transform, Weakness,
};

/// A whole rule, `on_null` and `on_invalid` included, as the transform sees it inside of which it stands.
#[derive(Debug)]
pub(super) struct Nested(Rule);

impl Nested {
    /// Takes a rule that can stand inside another one.
    pub(super) fn new(rule: Rule, span: Span, complaints: &mut Vec<Complaint>) -> Option<Self> {
        if let Some(condition) = &rule.condition {
            complaints.push(
                Complaint::new(condition.span.clone(), "a rule for a part of a value has no `when`")
                    .help("write `when` and `otherwise` in the rule of the column"),
            );
            return None;
        }
        if rule.recipe.inverse().is_some() {
            let message = "the values of a part can't be had back: `reveal` treats whole columns";
            complaints.push(Complaint::new(span, message).help("leave out `reversible`"));
            return None;
        }
        Some(Self(rule))
    }
}

impl Recipe for Nested {
    fn fate(&self) -> Fate {
        self.0.recipe.fate()
    }

    fn properties(&self) -> Properties {
        self.0.recipe.properties()
    }

    fn reads_originals(&self) -> Vec<String> {
        self.0.recipe.reads_originals()
    }

    fn reads_outputs(&self) -> Vec<String> {
        self.0.recipe.reads_outputs()
    }

    fn needs_subject(&self) -> bool {
        self.0.recipe.needs_subject()
    }

    fn needs_row_numbers(&self) -> bool {
        self.0.needs_row_numbers()
    }

    fn weaknesses(&self, facts: &Facts) -> Vec<Weakness> {
        self.0.recipe.weaknesses(facts)
    }

    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal> {
        let site = Site { fill_nulls: self.0.on_null == OnNull::Replace, ..*site };
        Ok(Bound::same_type(&site, NestedArm(self.0.bind(&site)?)))
    }
}

/// A rule at work. A value that became what `on_invalid` says conforms, as far as the transform round it goes.
struct NestedArm(Arm);

impl Transform for NestedArm {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let stepped = self.0.apply(values, rows)?;
        Ok(Rewritten { values: stepped.values, invalid: stepped.invalid })
    }

    fn explain(&self, values: &ArrayRef, place: usize, rows: &Rows<'_>) -> Option<String> {
        self.0.explain(values, place, rows)
    }
}
