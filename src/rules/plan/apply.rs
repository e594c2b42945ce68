use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Schema};

use super::Plan;
use super::bind::kernel_type;
use crate::error::{Error, Result, Shape};
use crate::rules::compare;
use crate::rules::leaf::{Frame, LeafValues, take_apart};
use crate::transform::{Columns, Fate, Rows, shape_of};

/// How many values that do not conform are shown of a leaf and a batch. All are counted.
const SHOWN: usize = 5;

/// A batch as the rules have it.
#[derive(Debug)]
pub struct Applied {
    /// The columns that the plan gives back, in the order of [`Output::Computed`](super::Output::Computed).
    pub batch: RecordBatch,
    /// What happened to each leaf of the source, in the order of [`Plan::report`].
    pub counts: Vec<LeafCounts>,
    /// The first few values of each leaf that do not conform.
    pub invalid: Vec<Nonconforming>,
}

/// What happened to the values of one leaf.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeafCounts {
    /// Nulls in the source.
    pub nulls: u64,
    /// Values that are not what they were.
    pub changed: u64,
    /// Values that are what they were.
    pub kept: u64,
    /// Values that did not conform to the transform and were to be reported.
    pub invalid: u64,
    /// Of the changed values, those that did not conform and became what the rule's `on_invalid` says.
    pub treated: u64,
}

impl LeafCounts {
    /// Adds the counts of another batch.
    pub fn add(&mut self, other: &Self) {
        self.nulls += other.nulls;
        self.changed += other.changed;
        self.kept += other.kept;
        self.invalid += other.invalid;
        self.treated += other.treated;
    }
}

impl LeafCounts {
    /// The counts of so many rows, if these are of one.
    pub(crate) fn times(&self, rows: u64) -> Self {
        Self {
            nulls: self.nulls * rows,
            changed: self.changed * rows,
            kept: self.kept * rows,
            invalid: self.invalid * rows,
            treated: self.treated * rows,
        }
    }
}

/// A value that does not conform to its column's transform.
#[derive(Debug, Clone)]
pub struct Nonconforming {
    /// The place of its leaf in [`Plan::report`].
    pub leaf: usize,
    /// Its row in the batch.
    pub row: usize,
    /// Its shape.
    pub shape: Shape,
    /// Why it does not conform, where the shape alone would not tell.
    pub reason: Option<String>,
}

impl Plan {
    /// Applies the plan to a batch with the columns that are [`wanted`](Self::wanted), in that order. `first_row` is
    /// the number of its first row in its file, from 0; it counts only if the plan
    /// [needs it](Self::needs_row_numbers).
    ///
    /// # Errors
    /// [`ErrorKind::Internal`](crate::ErrorKind::Internal) if the batch is not of the schema that the plan was made
    /// for, or a transform broke its promise. Values that do not conform are no error here.
    pub fn apply(&self, batch: &RecordBatch, first_row: u64) -> Result<Applied> {
        if batch.num_columns() != self.wanted.len() {
            return Err(Error::internal("a plan was given other columns than it wants"));
        }
        let mut values: Vec<Option<LeafValues>> = vec![None; self.leaves.len()];
        let mut frames: Vec<Option<Frame>> = Vec::with_capacity(self.wanted.len());
        for (column, array) in self.wanted.iter().zip(batch.columns()) {
            let mut taken = Vec::new();
            frames.push(Some(take_apart(&self.source.fields()[*column], array, &mut taken)?));
            let places = (0..self.leaves.len()).filter(|leaf| self.leaves[*leaf].leaf.column == *column);
            for (place, taken) in places.zip(taken) {
                values[place] = Some(taken);
            }
        }
        let missing = || Error::internal("a plan was not given a column it wants");
        let mut originals = Columns::new();
        for leaf in &self.originals_read {
            let taken = values[*leaf].as_ref().ok_or_else(missing)?;
            originals.insert(self.leaves[*leaf].leaf.path.clone(), Arc::clone(&taken.values));
        }
        let mut counts = vec![LeafCounts::default(); self.leaves.len()];
        let mut invalid = Vec::new();
        let mut made: Vec<Option<ArrayRef>> = self
            .leaves
            .iter()
            .zip(&values)
            .map(|(plan, taken)| {
                taken.as_ref().filter(|_| plan.fate == Fate::Keep).map(|taken| Arc::clone(&taken.values))
            })
            .collect();
        let mut outputs = Columns::new();
        self.remember(&made, &mut outputs);
        for leaf in &self.order {
            let taken = values[*leaf].as_ref().ok_or_else(missing)?;
            let rows = Rows::new(first_row, taken.owners.as_deref(), &originals, &outputs);
            let (rewritten, count, nonconforming) = self.rewrite(*leaf, &taken.values, &rows)?;
            counts[*leaf] = count;
            invalid.extend(nonconforming);
            made[*leaf] = Some(rewritten);
            if self.outputs_read.contains(leaf) {
                self.remember(&made, &mut outputs);
            }
        }
        for (leaf, plan) in self.leaves.iter().enumerate() {
            if let (Some(taken), true) = (&values[leaf], plan.fate != Fate::Rewrite) {
                let nulls = taken.values.null_count() as u64;
                let rest = taken.values.len() as u64 - nulls;
                let (changed, kept) = if plan.fate == Fate::Keep { (0, rest) } else { (rest, 0) };
                counts[leaf] = LeafCounts { nulls, changed, kept, ..LeafCounts::default() };
            }
        }
        let batch = self.put_together(batch.num_rows(), frames, made)?;
        Ok(Applied { batch, counts, invalid })
    }

    fn rewrite(
        &self,
        leaf: usize,
        source: &ArrayRef,
        rows: &Rows<'_>,
    ) -> Result<(ArrayRef, LeafCounts, Vec<Nonconforming>)> {
        let plan = &self.leaves[leaf];
        let step =
            plan.step.as_ref().ok_or_else(|| Error::internal("a column is to be rewritten and nothing says how"))?;
        let values = layout(source, &kernel_type(source.data_type()))?;
        let stepped = step.apply(&values, rows).map_err(|error| error.in_column(&plan.told_path()))?;
        let nulls = values.null_count() as u64;
        let kept = compare::equal(&values, &stepped.values) as u64;
        let invalid = stepped.invalid.len() as u64;
        let treated = stepped.treated as u64;
        let changed = values.len() as u64 - nulls - kept - invalid;
        let back = layout(&stepped.values, source.data_type())?;
        let nonconforming = stepped.invalid.into_iter().take(SHOWN).map(|place| Nonconforming {
            leaf,
            row: rows.row(place),
            shape: shape_of(&values, place),
            reason: step.explain(&values, place, rows),
        });
        Ok((back, LeafCounts { nulls, changed, kept, invalid, treated }, nonconforming.collect()))
    }

    /// Notes what the leaves have become that other rules read.
    fn remember(&self, made: &[Option<ArrayRef>], outputs: &mut Columns) {
        for leaf in &self.outputs_read {
            if let Some(array) = &made[*leaf] {
                outputs.insert(self.leaves[*leaf].leaf.path.clone(), Arc::clone(array));
            }
        }
    }

    fn put_together(
        &self,
        rows: usize,
        frames: Vec<Option<Frame>>,
        mut made: Vec<Option<ArrayRef>>,
    ) -> Result<RecordBatch> {
        let mut frames = frames;
        let mut fields = Vec::with_capacity(self.computed.len());
        let mut columns = Vec::with_capacity(self.computed.len());
        let missing = || Error::internal("a column is missing from what a plan has made");
        for column in &self.computed {
            let wanted = self.wanted.binary_search(column).map_err(|_| missing())?;
            let frame = frames[wanted].take().ok_or_else(missing)?;
            let mut leaves = (0..self.leaves.len()).filter(|leaf| self.leaves[*leaf].leaf.column == *column);
            let field = &self.source.fields()[*column];
            let (field, array) = frame.put_together(field, &mut || made[leaves.next()?].take())?.ok_or_else(missing)?;
            fields.push(field);
            columns.push(array);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &options)
            .map_err(|_| Error::internal("the columns that a plan has made do not fit together"))
    }
}

/// The same values in another layout of their type.
pub(super) fn layout(values: &ArrayRef, data_type: &DataType) -> Result<ArrayRef> {
    if values.data_type() == data_type {
        return Ok(Arc::clone(values));
    }
    cast(values, data_type)
        .map_err(|_| Error::internal(format!("no {data_type} from a column of type {}", values.data_type())))
}
