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
mod encoded;
mod fault;
mod footer;
mod from_text;
mod group;
mod guard;
mod infer;
mod notes;
mod pages;
mod parse;
mod read;
mod sample;
mod schema;
mod shared;
mod splice;
mod values;
mod write;

#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use parquet::file::metadata::{KeyValue, RowGroupMetaData, SortingColumn};
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};

use crate::error::{Error, Result};
use crate::format::{Encoder, Writer};
use crate::rules::{LeafReport, Output, Plan};
use crate::transform::Fate;

use encode::{Column, ParquetEncoder};
use schema::Way;
use values::Written;
use write::{ParquetFile, RowGroupWriter, properties};

pub use encoded::EncodedRowGroup;
pub use fault::panics_are_told;
pub(super) use fault::{Fault, caught, guarded};
pub use from_text::{rows_writer, typed_batch, typed_encoder, typed_schema};
pub use group::RowGroup;
pub use infer::{SAMPLE, infer};
pub use notes::Notes;
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
    let (ways, outputs) = ways(plan)?;
    if outputs.is_empty() {
        return Err(Error::data("no column is left").with_help("keep or treat at least one"));
    }
    let root = schema.pruned(&ways)?;
    let written = SchemaDescriptor::new(Arc::clone(&root));
    let made: Vec<Way> = ways.iter().map(|way| if *way == Way::Made { Way::Made } else { Way::Dropped }).collect();
    let made_root = schema.pruned(&made)?;
    let kept = (0..ways.len()).filter(|leaf| ways[*leaf] != Way::Dropped);
    let leaves: Vec<(usize, ColumnDescPtr)> = kept.zip(written.columns().iter().cloned()).collect();
    let column_of = |leaf: &(usize, ColumnDescPtr)| schema.written.get_column_root_idx(leaf.0);
    let mut columns = Vec::with_capacity(outputs.len());
    for ((field, output), leaves) in
        plan.output_schema().fields().iter().zip(outputs).zip(leaves.chunk_by(|a, b| column_of(a) == column_of(b)))
    {
        columns.push(match output {
            Output::Verbatim(_) => Column::Carried(leaves.to_vec()),
            Output::Computed(place) => {
                let (leaves, described): (Vec<_>, Vec<_>) = leaves.iter().cloned().unzip();
                Column::Made { place: *place, leaves, written: Written::fit(field, &described)? }
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

/// What becomes of each leaf, and where each column of the output comes from.
fn ways(plan: &Plan) -> Result<(Vec<Way>, &[Output])> {
    let leaves: Vec<LeafReport> = plan.report().collect();
    let mut outputs = plan.outputs().iter();
    let mut ways = Vec::with_capacity(leaves.len());
    for column in leaves.chunk_by(|a, b| a.leaf.column == b.leaf.column) {
        let way = if column.iter().all(|report| report.fate == Fate::Drop) {
            Way::Dropped
        } else {
            match outputs.next() {
                Some(Output::Verbatim(_)) => Way::Carried,
                Some(Output::Computed(_)) => Way::Made,
                None => return Err(Error::internal("a plan gives back too few columns")),
            }
        };
        ways.extend(column.iter().map(|report| if report.fate == Fate::Drop { Way::Dropped } else { way }));
    }
    Ok((ways, plan.outputs()))
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
