use bytes::Bytes;
use parquet::basic::ColumnOrder;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::page_index::offset_index::OffsetIndexMetaData;
use parquet::schema::types::ColumnDescPtr;

use super::encoded::EncodedChunk;
use super::fault::trusted;
use super::footer::range;
use super::group::RowGroup;
use super::pages::Pages;
use crate::error::{Error, Result};

/// A chunk of the source as a chunk of the output, byte for byte: the leaf in the source, and what it is there.
///
/// Its statistics come along, for they are of values that stay; its Bloom filter does not, nor anything else that the
/// source's footer may say of it.
pub(super) fn splice(group: &RowGroup, leaf: usize, written: &ColumnDescPtr) -> Result<EncodedChunk> {
    let column = group.metadata().column(leaf);
    let (bytes, pages) = match group.chunk(leaf) {
        Some(chunk) => (chunk.bytes.clone(), chunk.pages.clone()),
        None => (Bytes::new(), Pages::default()),
    };
    let start = range(column).map(|range| range.start).ok_or_else(|| Error::internal("a chunk has no place"))?;
    let trusts_order = has_usual_order(group, leaf);
    let metadata =
        trusted("the description of a column chunk", || describe(column, written, &pages, bytes.len(), trusts_order))?;
    let (column_index, offset_index) = page_index(group, leaf, start, &pages);
    let close = ColumnCloseResult {
        bytes_written: bytes.len() as u64,
        rows_written: group.metadata().num_rows().unsigned_abs(),
        metadata,
        bloom_filter: None,
        column_index: column_index.filter(|_| trusts_order),
        offset_index,
    };
    Ok(EncodedChunk::Carried(bytes, Box::new(close)))
}

/// What the footer will say of the chunk, its places counted from its own start.
fn describe(
    column: &ColumnChunkMetaData,
    written: &ColumnDescPtr,
    pages: &Pages,
    length: usize,
    trusts_order: bool,
) -> Result<ColumnChunkMetaData, ParquetError> {
    let data = pages.data.first().map_or(0, |page| page.start);
    let mut builder = ColumnChunkMetaData::builder(written.clone())
        .set_compression_codec(column.compression_codec())
        .set_encodings_mask(*column.encodings_mask())
        .set_num_values(column.num_values())
        .set_total_compressed_size(length as i64)
        .set_total_uncompressed_size(column.uncompressed_size())
        .set_data_page_offset(data as i64)
        .set_dictionary_page_offset(pages.has_dictionary.then_some(0))
        .set_unencoded_byte_array_data_bytes(column.unencoded_byte_array_data_bytes())
        .set_repetition_level_histogram(column.repetition_level_histogram().cloned())
        .set_definition_level_histogram(column.definition_level_histogram().cloned());
    if let Some(statistics) = column.statistics().filter(|_| trusts_order) {
        builder = builder.set_statistics(statistics.clone());
    }
    if let Some(geography) = column.geo_statistics() {
        builder = builder.set_geo_statistics(Box::new(geography.clone()));
    }
    if let Some(encodings) = column.page_encoding_stats() {
        builder = builder.set_page_encoding_stats(encodings.clone());
    }
    builder.build()
}

/// Whether the source orders the values of a column as the output will say that they are ordered. The least and the
/// largest value by another order would mislead whoever reads them.
fn has_usual_order(group: &RowGroup, leaf: usize) -> bool {
    let file = group.shared.metadata.file_metadata();
    let column = file.schema_descr().column(leaf);
    let usual =
        ColumnOrder::column_order_for_type(column.logical_type_ref(), column.converted_type(), column.physical_type());
    file.column_orders().and_then(|orders| orders.get(leaf)) == Some(&usual)
}

/// The page index of a chunk, if it has one that tells of the pages that are there.
fn page_index(
    group: &RowGroup,
    leaf: usize,
    start: u64,
    pages: &Pages,
) -> (Option<ColumnIndexMetaData>, Option<OffsetIndexMetaData>) {
    let Some(index) = group.shared.metadata.page_index() else { return (None, None) };
    let Some(offsets) = index.offset_index(group.index, leaf) else { return (None, None) };
    let mut offsets = offsets.clone();
    let locations = &mut offsets.page_locations;
    let agrees = locations.len() == pages.data.len()
        && locations.iter().zip(&pages.data).all(|(location, page)| {
            u64::try_from(location.offset) == Ok(start + page.start as u64)
                && usize::try_from(location.compressed_page_size) == Ok(page.len())
        });
    if !agrees {
        return (None, None);
    }
    for (location, page) in locations.iter_mut().zip(&pages.data) {
        location.offset = page.start as i64;
    }
    let columns =
        index.column_index(group.index, leaf).filter(|columns| columns.num_pages() == pages.data.len() as u64);
    (columns.cloned(), Some(offsets))
}
