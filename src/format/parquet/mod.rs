//! Parquet: row groups in, row groups out.
//!
//! A block is a row group. Columns that stay are never decoded: their chunks are cut out of the source and put into the
//! output as they are ([`splice`]). Columns that are rewritten come back in the same physical and logical type; only
//! INT96, which is no longer written by anybody, comes back as an INT64 timestamp in microseconds. Everything that the
//! source's writer said beside the data (key-value metadata, Bloom filters, statistics of what is rewritten) stays
//! behind.
//!
//! Nothing in a file is believed. The footer is surveyed before the library reads it ([`footer`], [`compact`]), page
//! headers before pages are decompressed ([`pages`]), pages before they are decoded ([`guard`]); what the library says
//! of a failure is never passed on, and its panics are failures like others ([`fault`]).

mod chunks;
mod compact;
mod decode;
mod encode;
mod fault;
mod footer;
mod from_text;
mod group;
mod guard;
mod infer;
mod pages;
mod parse;
mod read;
mod schema;
mod splice;
mod values;
mod write;

#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use parquet::file::metadata::{KeyValue, RowGroupMetaData, SortingColumn};
use parquet::schema::types::SchemaDescriptor;

use crate::error::{Error, Result};
use crate::format::{Encoder, Writer};
use crate::rules::{LeafReport, Output, Plan};
use crate::transform::Fate;

use encode::{Column, ParquetEncoder};
use schema::Way;
use values::Written;
use write::{ParquetFile, RowGroupWriter, properties};

pub use encode::EncodedRowGroup;
pub use fault::panics_are_told;
pub use from_text::typed_target;
pub use group::RowGroup;
pub use infer::{SAMPLE, infer};
pub use read::ParquetSource;

/// Makes what encodes and what writes the output of a plan for a Parquet file as Parquet again.
///
/// # Errors
/// Nothing is left of the columns, a column is nested in a way that can't be written, or the file can't be written.
pub fn parquet_target<W: Write + Send + 'static>(
    source: &ParquetSource,
    plan: &Plan,
    file: W,
    path: &Path,
) -> Result<(Box<dyn Encoder>, Box<dyn Writer>)> {
    let schema = &source.schema;
    let (ways, outputs) = ways(plan, schema.arrow.fields().len())?;
    if outputs.is_empty() {
        return Err(Error::data("no column is left").with_help("keep or treat at least one"));
    }
    let root = schema.pruned(&ways)?;
    let written = SchemaDescriptor::new(Arc::clone(&root));
    let made: Vec<Way> = ways.iter().map(|way| if *way == Way::Made { Way::Made } else { Way::Dropped }).collect();
    let made_root = schema.pruned(&made)?;
    let kept: Vec<usize> = (0..ways.len()).filter(|leaf| ways[*leaf] != Way::Dropped).collect();
    let mut columns = Vec::with_capacity(outputs.len());
    for (place, (column, output)) in outputs.iter().enumerate() {
        let leaves = kept
            .iter()
            .zip(written.columns())
            .filter(|(leaf, _)| schema.written.get_column_root_idx(**leaf) == *column)
            .map(|(leaf, written)| (*leaf, Arc::clone(written)));
        columns.push(match output {
            Output::Verbatim(_) => Column::Carried(leaves.collect()),
            Output::Computed(made) => {
                let (leaves, described): (Vec<_>, Vec<_>) = leaves.unzip();
                let written = Written::fit(plan.output_schema().field(place), &described)?;
                Column::Made { place: *made, leaves, written }
            }
        });
    }
    let mut properties = properties().set_sorting_columns(sorting(source.metadata.row_groups(), &ways));
    if let Some(embedded) = schema.embedded(&source.metadata, &ways) {
        let entry = KeyValue::new(parquet::arrow::ARROW_SCHEMA_META_KEY.to_owned(), embedded);
        properties = properties.set_key_value_metadata(Some(vec![entry]));
    }
    let file = ParquetFile::start(file, path, root, Arc::new(properties.build()))?;
    Ok((
        Box::new(ParquetEncoder::new(columns, made_root, plan.report().map(|leaf| leaf.unique).collect())),
        Box::new(RowGroupWriter(file)),
    ))
}

/// The place of a column in the source, and where the output has it from.
type OutputColumn = (usize, Output);

/// What becomes of each leaf, and which column of the source each output is.
fn ways(plan: &Plan, columns: usize) -> Result<(Vec<Way>, Vec<OutputColumn>)> {
    let leaves: Vec<LeafReport> = plan.report().collect();
    let mut outputs = plan.outputs().iter();
    let mut ways = Vec::with_capacity(leaves.len());
    let mut columns_left = Vec::new();
    for column in 0..columns {
        let of_column = || leaves.iter().filter(|report| report.leaf.column == column);
        if of_column().all(|report| report.fate == Fate::Drop) {
            ways.extend(of_column().map(|_| Way::Dropped));
            continue;
        }
        let output = outputs.next().ok_or_else(|| Error::internal("a plan gives back too few columns"))?;
        let way = if matches!(output, Output::Verbatim(_)) { Way::Carried } else { Way::Made };
        ways.extend(of_column().map(|report| if report.fate == Fate::Drop { Way::Dropped } else { way }));
        columns_left.push((column, *output));
    }
    Ok((ways, columns_left))
}

/// By which columns the output is still sorted: those of the source, up to the first that does not stay.
fn sorting(groups: &[RowGroupMetaData], ways: &[Way]) -> Option<Vec<SortingColumn>> {
    let by = groups.first()?.sorting_columns()?;
    if groups.iter().any(|group| group.sorting_columns() != Some(by)) {
        return None;
    }
    let place = |leaf: usize| ways.iter().take(leaf).filter(|way| **way != Way::Dropped).count();
    let kept: Vec<SortingColumn> = by
        .iter()
        .map_while(|column| {
            let leaf = usize::try_from(column.column_idx).ok()?;
            let stays = ways.get(leaf) == Some(&Way::Carried);
            stays.then(|| SortingColumn { column_idx: place(leaf) as i32, ..column.clone() })
        })
        .collect();
    (!kept.is_empty()).then_some(kept)
}
