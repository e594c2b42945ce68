//! The columns that stand in the names of folders: what the rules make of them is the name of the output.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringViewArray};
use arrow::datatypes::{DataType, Field, Schema};

use super::inputs::Input;
use super::outcome::{ColumnFindings, Finding};
use super::{Passage, Way};
use crate::error::{Error, Place, Result};
use crate::rules::{LeafCounts, LeafReport, Output, Partition, Renamed, partitions, renamed};

/// What becomes of the partitions that a file is in.
#[derive(Debug, Default)]
pub(super) struct Partitioned {
    /// What happened to each of them, in the order of the folders.
    pub(super) columns: Vec<(LeafReport, LeafCounts)>,
    /// Where a value did not conform.
    pub(super) findings: Vec<ColumnFindings>,
}

/// The name that the output of a file has by what the rules make of it and of its partitions.
///
/// # Errors
/// [`ErrorKind::Data`](crate::ErrorKind::Data) if the rules do not fit, or would need the rows of the file; or if the name
/// must not be published.
pub(super) fn output_name(passage: &Passage<'_>, input: &Input) -> Result<(String, Partitioned)> {
    let (named, partitioned) = after_partitions(passage, input)?;
    let named = match (passage.names, passage.rules.tables().get(input.table)) {
        (Some(names), Some(table)) => names.output(input, table, named, passage.keys)?,
        _ => named,
    };
    Ok((named, partitioned))
}

fn after_partitions(passage: &Passage<'_>, input: &Input) -> Result<(String, Partitioned)> {
    let found = partitions(&input.name);
    // What a data set has in the names of its folders can't be undone, and is carried as it is.
    if found.is_empty() || passage.way == Way::Back {
        return Ok((input.name.clone(), Partitioned::default()));
    }
    let fields = found.iter().map(|partition| Field::new(&partition.key, DataType::Utf8View, true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let in_file = |error: Error| error.in_file(&input.told_path());
    let plan = passage.rules.bind_partitions(input.table, &input.told, &schema, passage.keys).map_err(in_file)?;
    if plan.needs_row_numbers() {
        let message = "a rule that goes by rows can't be for a column that stands in the name of a folder";
        return Err(in_file(Error::data(message)).with_help("keep or drop it, or use a rule that goes by values"));
    }
    let batch = RecordBatch::try_new(Arc::clone(&schema), found.iter().map(column).collect())
        .map_err(|_| Error::internal("the partitions of a file make no row"))?;
    let wanted = batch.project(plan.wanted()).map_err(|_| Error::internal("a plan wants what is not there"))?;
    let applied = plan.apply(&wanted, 0).map_err(in_file)?;
    let mut changes = vec![Renamed::Dropped; found.len()];
    for (field, output) in plan.output_schema().fields().iter().zip(plan.outputs()) {
        let place =
            schema.index_of(field.name()).ok().and_then(|place| Some((changes.get_mut(place)?, found.get(place)?)));
        let Some((change, partition)) = place else { continue };
        let Output::Computed(column) = output else { continue };
        let made = applied.batch.columns().get(*column).and_then(|made| made.as_string_view_opt());
        let made = made.ok_or_else(|| Error::internal("a partition became something else than text"))?;
        let value = made.iter().next().flatten();
        *change = match value == partition.value.as_deref() {
            true => Renamed::Kept,
            false => Renamed::Value(value.map(str::to_owned)),
        };
    }
    let columns: Vec<(LeafReport, LeafCounts)> = plan.report().zip(applied.counts).collect();
    let findings = applied.invalid.into_iter().filter_map(|found| {
        let column = columns.get(found.leaf)?.0.leaf.path.clone();
        let place = Place { file: Some(input.told_path()), column: Some(column.clone()), ..Place::default() };
        let first = vec![Finding { place, shape: found.shape, reason: found.reason }];
        Some(ColumnFindings { column, count: 1, first })
    });
    let findings = findings.collect();
    Ok((renamed(&input.name, &changes), Partitioned { columns, findings }))
}

fn column(partition: &Partition) -> ArrayRef {
    Arc::new(StringViewArray::from_iter([partition.value.as_deref()]))
}
