//! Rules as resolved: rules, schema and key become what happens to each column of one file.
//!
//! This is the one place where it is decided that something is unlisted.

mod apply;
mod bind;
mod inverse;
mod look;
mod step;

use std::borrow::Cow;

use arrow::datatypes::SchemaRef;

use super::leaf::Leaf;
use super::names::shown;
use crate::transform::Fate;

pub use apply::{Applied, LeafCounts, Nonconforming};
pub use look::Cell;

use step::Step;

/// Who reads and writes round the plan: whether a column that stays can be carried past it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Columns that stay as they are go from the reader to the writer in their encoded form; the plan does not see them
    /// unless another column's rule reads them.
    Verbatim,
    /// Every column that is not dropped goes through the plan.
    Decoded,
}

/// Where a column of the output comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// From the reader, as it is: the place of the column in the source.
    Verbatim(usize),
    /// From the plan: the place of the column in [`Applied::batch`].
    Computed(usize),
}

/// What happens to each column of one file.
pub struct Plan {
    table: String,
    source: SchemaRef,
    leaves: Vec<LeafPlan>,
    /// The columns of the source that the plan reads, ascending.
    wanted: Vec<usize>,
    /// The leaves that are rewritten, each after those whose outputs it reads.
    order: Vec<usize>,
    /// The columns of the source that it gives back, ascending.
    computed: Vec<usize>,
    outputs: Vec<Output>,
    output: SchemaRef,
    /// Leaves whose source values some rule reads.
    originals_read: Vec<usize>,
    /// Leaves whose outputs some rule reads.
    outputs_read: Vec<usize>,
    needs_row_numbers: bool,
}

/// Whether different values of a column are different in the output too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distinct {
    /// That is not promised.
    Never,
    /// They are, or a collision is so unlikely that none is to be reckoned with.
    Values,
    /// They are in all rows that differ in these columns.
    Rows(Vec<String>),
}

/// What happens to one leaf.
struct LeafPlan {
    leaf: Leaf,
    /// The rule as written; none for what is left out because no rule names it.
    rule: Option<String>,
    /// The name or pattern of columns that the rule is for.
    pattern: Option<String>,
    transform: &'static str,
    arms: Vec<&'static str>,
    keeps_nulls: bool,
    mixes_case: bool,
    /// Whether different values stay different.
    unique: bool,
    distinct: Distinct,
    likeness: Option<String>,
    leaks: Vec<&'static str>,
    /// Whether the rule says that its source values may be had back.
    reversible: bool,
    fate: Fate,
    /// How to rewrite it; none where it stays or goes.
    step: Option<Step>,
}

impl LeafPlan {
    /// Its path as it may be told.
    fn told_path(&self) -> Cow<'_, str> {
        let path = self.leaf.path.as_str();
        if self.pattern.as_deref() == Some(path) { path.into() } else { shown(path, true) }
    }
}

/// What the plan does with one leaf, for a person to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafReport {
    /// The leaf in the source, with its path as it may be told: where a pattern names it, or nothing, it is data.
    pub leaf: Leaf,
    /// The name of its transform.
    pub transform: &'static str,
    /// The names of the transforms that make its values: its own, and that of `otherwise` if it has a condition.
    pub arms: Vec<&'static str>,
    /// Whether a null stands where there was one, and nowhere else.
    pub keeps_nulls: bool,
    /// Whether texts that are made of different values may differ in no more than the case of letters.
    pub mixes_case: bool,
    /// The rule as written; none for what is left out because no rule names it.
    pub rule: Option<String>,
    /// The name or pattern that the rule is written for, by which it was chosen; none where there is no rule.
    pub pattern: Option<String>,
    /// Whether different values stay different, in all rows.
    pub unique: bool,
    /// Whether different values may be counted on to stay different.
    pub distinct: Distinct,
    /// What the outcome depends on beside the value: two leaves with the same likeness make the same of the same value.
    /// None, if it depends on more than a rule and the key.
    pub likeness: Option<String>,
    /// What a reader of the output can still learn: of the rows for which the rule holds, and of the others if another
    /// rule holds for them.
    pub leaks: Vec<&'static str>,
    /// Whether the rule says that its source values may be had back with the key.
    pub reversible: bool,
    /// What happens to it.
    pub fate: Fate,
}

impl Plan {
    /// The table of the rules that the plan is for.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The columns of the source that [`apply`](Self::apply) wants, ascending.
    pub fn wanted(&self) -> &[usize] {
        &self.wanted
    }

    /// The columns of the output, in order.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The schema of the output: the source's without what is dropped, and without metadata.
    pub fn output_schema(&self) -> &SchemaRef {
        &self.output
    }

    /// The schema of the source.
    pub fn source_schema(&self) -> &SchemaRef {
        &self.source
    }

    /// Whether some transform goes by row numbers, so that [`apply`](Self::apply) must be told them.
    pub fn needs_row_numbers(&self) -> bool {
        self.needs_row_numbers
    }

    /// How many leaves the source has.
    pub fn leaf_count(&self) -> usize {
        self.leaves.len()
    }

    /// What happens to each leaf, in the order of the source.
    pub fn report(&self) -> impl Iterator<Item = LeafReport> + '_ {
        self.leaves.iter().map(|plan| LeafReport {
            leaf: Leaf { path: plan.told_path().into_owned(), ..plan.leaf.clone() },
            transform: plan.transform,
            arms: plan.arms.clone(),
            keeps_nulls: plan.keeps_nulls,
            mixes_case: plan.mixes_case,
            rule: plan.rule.clone(),
            pattern: plan.pattern.clone(),
            unique: plan.unique,
            distinct: plan.distinct.clone(),
            likeness: plan.likeness.clone(),
            leaks: plan.leaks.clone(),
            reversible: plan.reversible,
            fate: plan.fate,
        })
    }
}
