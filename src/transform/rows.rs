use std::collections::BTreeMap;

use arrow::array::ArrayRef;

/// Columns by name or path, one value a row of the batch.
pub(crate) type Columns = BTreeMap<String, ArrayRef>;

/// The rows that a column's values belong to: their numbers, and the other columns of the same rows.
#[derive(Debug)]
pub struct Rows<'a> {
    first: u64,
    /// For a leaf inside a list: the row of each of its values.
    owners: Option<&'a [u32]>,
    originals: &'a Columns,
    outputs: &'a Columns,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(first: u64, owners: Option<&'a [u32]>, originals: &'a Columns, outputs: &'a Columns) -> Self {
        Self { first, owners, originals, outputs }
    }

    /// The same rows for values of which each lies in one of these rows of the batch.
    pub(crate) fn of<'b>(&'b self, owners: &'b [u32]) -> Rows<'b> {
        Rows { owners: Some(owners), ..*self }
    }

    /// The row within the batch that value `index` belongs to.
    #[inline]
    pub fn row(&self, index: usize) -> usize {
        self.owners.map_or(index, |owners| owners[index] as usize)
    }

    /// The number of that row in its file, from 0. Only meaningful if the plan said that it needs row numbers.
    #[inline]
    pub fn number(&self, index: usize) -> u64 {
        self.first + self.row(index) as u64
    }

    /// The source values of another column, one a row of the batch.
    pub fn original(&self, column: &str) -> Option<&ArrayRef> {
        self.originals.get(column)
    }

    /// What another column has become, one value a row of the batch.
    pub fn output(&self, column: &str) -> Option<&ArrayRef> {
        self.outputs.get(column)
    }
}
