//! Column chunks of text, encoded here: most columns that are treated are text, and the library's writer spends more on
//! them than what is done to them costs.
//!
//! What comes out is what the library would write: pages of the first version with at most [`ROWS`] rows, pointing into
//! a dictionary or with their lengths first, statistics and page index as detailed as asked for. Only a column that is
//! not nested comes here, compressed with a codec that is [known](Codec); the library writes all others.

mod bounds;
mod codec;
mod packed;
mod text;
mod words;

use arrow::array::{Array, BooleanBufferBuilder, StringViewArray};
use arrow::datatypes::DataType;
use bytes::Bytes;
use parquet::basic::{ConvertedType, Encoding, EncodingMask, LogicalType, PageType, Type as Physical};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{
    ColumnChunkMetaData, ColumnIndexBuilder, LevelHistogram, OffsetIndexBuilder, PageEncodingStats,
};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnDescPtr;

use super::encoded::EncodedChunk;
use bounds::{Bounds, Order, shortened_greatest, shortened_least};
use codec::Codec;
use packed::{push_differences, push_header, push_hybrid, push_levels, width};
use text::Text;
use words::Words;

pub(super) use codec::Press;

/// The most rows of a page.
const ROWS: usize = 20_000;

/// From how many bytes of texts on a page is full.
const BYTES: usize = 1 << 20;

/// How a chunk is written.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    leaf: ColumnDescPtr,
    codec: Codec,
    dictionary: bool,
    statistics: EnabledStatistics,
    offset_index: bool,
}

impl Layout {
    /// The layout of a chunk; nothing, if it is not one of those that are encoded here.
    pub(super) fn of(leaf: &ColumnDescPtr, data_type: &DataType, properties: &WriterProperties) -> Option<Self> {
        let is_text =
            leaf.logical_type_ref() == Some(&LogicalType::String) || leaf.converted_type() == ConvertedType::UTF8;
        let is_flat = leaf.max_rep_level() == 0 && leaf.max_def_level() <= 1 && leaf.path().parts().len() == 1;
        let fits =
            is_text && is_flat && leaf.physical_type() == Physical::BYTE_ARRAY && data_type == &DataType::Utf8View;
        let path = leaf.path();
        fits.then_some(Self {
            leaf: ColumnDescPtr::clone(leaf),
            codec: Codec::of(properties.compression(path).into())?,
            dictionary: properties.dictionary_enabled(path),
            statistics: properties.statistics_enabled(path),
            offset_index: !properties.offset_index_disabled(),
        })
    }
}

/// A column chunk of text that is being encoded.
pub(super) struct TextChunk {
    layout: Layout,
    words: Words,
    /// Whether values still point into the dictionary.
    points: bool,
    page: OpenPage,
    /// The pages, headers included, without that of the dictionary.
    pages: Vec<u8>,
    /// How large they are uncompressed.
    raw_size: usize,
    stats: Vec<PageEncodingStats>,
    rows: u64,
    nulls: u64,
    bytes: i64,
    bounds: Bounds,
    order: Order,
    column_index: ColumnIndexBuilder,
    offset_index: OffsetIndexBuilder,
}

/// The rows of a page.
struct OpenPage {
    validity: BooleanBufferBuilder,
    /// In a page that points into the dictionary: where.
    places: Vec<u32>,
    /// In any other: the lengths of the texts, and the texts end to end.
    lengths: Vec<i32>,
    texts: Vec<u8>,
    /// How many bytes the texts have together.
    bytes: i64,
    bounds: Bounds,
    /// The page as it is before it is compressed.
    raw: Vec<u8>,
}

impl TextChunk {
    pub(super) fn new(layout: Layout) -> Self {
        let mut column_index = ColumnIndexBuilder::new(Physical::BYTE_ARRAY);
        if layout.statistics != EnabledStatistics::Page {
            column_index.to_invalid();
        }
        Self {
            words: Words::new(),
            points: layout.dictionary,
            page: OpenPage {
                validity: BooleanBufferBuilder::new(ROWS),
                places: Vec::new(),
                lengths: Vec::new(),
                texts: Vec::new(),
                bytes: 0,
                bounds: Bounds::default(),
                raw: Vec::new(),
            },
            pages: Vec::new(),
            raw_size: 0,
            stats: Vec::new(),
            rows: 0,
            nulls: 0,
            bytes: 0,
            bounds: Bounds::default(),
            order: Order::default(),
            column_index,
            offset_index: OffsetIndexBuilder::new(),
            layout,
        }
    }

    /// Adds texts.
    ///
    /// # Errors
    /// A null where none may be, or a text of 2 GiB.
    pub(super) fn push(&mut self, texts: &StringViewArray, press: &mut Press) -> Result<(), ParquetError> {
        if self.layout.leaf.max_def_level() == 0 && texts.null_count() > 0 {
            return Err(refused());
        }
        let mut at = 0;
        while at < texts.len() {
            let part = texts.slice(at, (ROWS - self.page.validity.len()).min(texts.len() - at));
            let taken = if self.points { self.point(&part) } else { self.copy(&part)? };
            if self.layout.statistics != EnabledStatistics::None {
                let texts = Text::all(&part).take(taken);
                match part.nulls().filter(|nulls| nulls.null_count() > 0) {
                    None => self.page.bounds.widen(texts),
                    Some(nulls) => {
                        let valid = texts.zip(nulls).filter(|(_, is_valid)| *is_valid);
                        self.page.bounds.widen(valid.map(|(text, _)| text));
                    }
                }
            }
            match part.nulls() {
                Some(nulls) => self.page.validity.append_buffer(&nulls.inner().slice(0, taken)),
                None => self.page.validity.append_n(taken, true),
            }
            at += taken;
            if taken < part.len() || self.page.validity.len() >= ROWS || self.page.texts.len() >= BYTES {
                self.end_page(press)?;
                // What a dictionary has no room for is written out from here on.
                self.points &= taken == part.len();
            }
        }
        Ok(())
    }

    /// Points to texts, and says how many rows that are: not all, if the dictionary is full.
    fn point(&mut self, texts: &StringViewArray) -> usize {
        let page = &mut self.page;
        page.places.reserve(texts.len());
        let nulls = texts.nulls().filter(|nulls| nulls.null_count() > 0);
        let taken = match nulls {
            None => self.words.place(Text::all(texts), &mut page.places),
            Some(nulls) => {
                let valid = Text::all(texts).zip(nulls).filter(|(_, is_valid)| *is_valid).map(|(text, _)| text);
                let placed = self.words.place(valid, &mut page.places);
                nulls.valid_indices().nth(placed).unwrap_or(texts.len())
            }
        };
        let is_valid = |row| nulls.is_none_or(|nulls| nulls.is_valid(row));
        let lengths = texts.views().iter().take(taken).enumerate().filter(|(row, _)| is_valid(*row));
        page.bytes += lengths.map(|(_, view)| i64::from(*view as u32)).sum::<i64>();
        taken
    }

    /// Copies texts, and says how many rows that are: not all, if the page is full.
    fn copy(&mut self, texts: &StringViewArray) -> Result<usize, ParquetError> {
        let page = &mut self.page;
        page.lengths.reserve(texts.len());
        let nulls = texts.nulls();
        let is_valid = |row| nulls.is_none_or(|nulls| nulls.is_valid(row));
        let mut taken = texts.len();
        for (row, text) in Text::all(texts).enumerate().filter(|(row, _)| is_valid(*row)) {
            page.lengths.push(i32::try_from(text.len()).map_err(|_| refused())?);
            text.push_to(&mut page.texts);
            page.bytes += i64::from(text.len());
            if page.texts.len() >= BYTES {
                taken = row + 1;
                break;
            }
        }
        Ok(taken)
    }

    fn end_page(&mut self, press: &mut Press) -> Result<(), ParquetError> {
        let page = &mut self.page;
        let rows = page.validity.len();
        if rows == 0 {
            return Ok(());
        }
        let values = if self.points { page.places.len() } else { page.lengths.len() };
        let nulls = rows - values;
        page.raw.clear();
        if self.layout.leaf.max_def_level() > 0 {
            push_levels(page.validity.as_slice(), rows, nulls, &mut page.raw);
        }
        let encoding = if self.points {
            let width = width(self.words.len().saturating_sub(1));
            page.raw.push(width as u8);
            push_hybrid(&page.places, width, &mut page.raw);
            Encoding::RLE_DICTIONARY
        } else {
            push_differences(&page.lengths, &mut page.raw);
            page.raw.extend_from_slice(&page.texts);
            Encoding::DELTA_LENGTH_BYTE_ARRAY
        };
        let start = self.pages.len();
        let squeezed = press.squeeze(self.layout.codec, &page.raw)?;
        let about = [rows as i32, encoding as i32, Encoding::RLE as i32, Encoding::RLE as i32];
        let header = push_header(PageType::DATA_PAGE, page.raw.len(), squeezed.len(), &about, &mut self.pages)
            .ok_or_else(refused)?;
        self.pages.extend_from_slice(squeezed);
        self.raw_size += header + page.raw.len();
        match self.stats.last_mut() {
            Some(stats) if stats.encoding == encoding => stats.count += 1,
            _ => self.stats.push(PageEncodingStats { page_type: PageType::DATA_PAGE, encoding, count: 1 }),
        }
        self.offset_index.append_offset_and_size(start as i64, (self.pages.len() - start) as i32);
        self.offset_index.append_row_count(rows as i64);
        self.offset_index.append_unencoded_byte_array_data_bytes(Some(page.bytes));
        if self.column_index.valid() {
            let (least, greatest) = match &page.bounds.0 {
                Some((least, greatest)) => (shortened_least(least).to_vec(), shortened_greatest(greatest)),
                None => Default::default(),
            };
            self.column_index.append(values == 0, least, greatest, nulls as i64, None);
            self.column_index.append_histograms(&None, &levels(&self.layout, rows as u64, nulls as u64));
            self.order.note(&self.page.bounds);
        }
        let page = &mut self.page;
        self.rows += rows as u64;
        self.nulls += nulls as u64;
        self.bytes += page.bytes;
        self.bounds.join(&page.bounds);
        page.validity.truncate(0);
        page.places.clear();
        page.lengths.clear();
        page.texts.clear();
        page.bytes = 0;
        page.bounds = Bounds::default();
        Ok(())
    }

    /// Ends the chunk.
    ///
    /// # Errors
    /// The library refuses what it is told of the chunk.
    pub(super) fn finish(mut self, press: &mut Press) -> Result<EncodedChunk, ParquetError> {
        self.end_page(press)?;
        let mut bytes = Vec::new();
        let mut encodings = vec![Encoding::RLE];
        if self.layout.dictionary {
            let raw = self.words.page();
            let squeezed = press.squeeze(self.layout.codec, raw)?;
            bytes.reserve_exact(squeezed.len() + self.pages.len() + 64);
            let about = [self.words.len() as i32, Encoding::PLAIN as i32];
            let header = push_header(PageType::DICTIONARY_PAGE, raw.len(), squeezed.len(), &about, &mut bytes)
                .ok_or_else(refused)?;
            bytes.extend_from_slice(squeezed);
            self.raw_size += header + raw.len();
            let stats = PageEncodingStats { page_type: PageType::DICTIONARY_PAGE, encoding: Encoding::PLAIN, count: 1 };
            self.stats.insert(0, stats);
        }
        encodings.extend(self.stats.iter().map(|stats| stats.encoding));
        let dictionary = bytes.len();
        if dictionary == 0 {
            bytes = self.pages;
        } else {
            bytes.extend_from_slice(&self.pages);
        }
        let layout = &self.layout;
        let mut metadata = ColumnChunkMetaData::builder(ColumnDescPtr::clone(&layout.leaf))
            .set_compression_codec(layout.codec.into())
            .set_encodings_mask(EncodingMask::new_from_encodings(encodings.iter()))
            .set_page_encoding_stats(self.stats)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(self.raw_size as i64)
            .set_num_values(self.rows as i64)
            .set_data_page_offset(dictionary as i64)
            .set_dictionary_page_offset((dictionary > 0).then_some(0));
        if layout.statistics != EnabledStatistics::None {
            metadata = metadata
                .set_statistics(self.bounds.statistics(self.nulls))
                .set_unencoded_byte_array_data_bytes(Some(self.bytes))
                .set_definition_level_histogram(levels(layout, self.rows, self.nulls));
        }
        self.column_index.set_boundary_order(self.order.of_pages());
        let mut offset_index = self.offset_index.build();
        offset_index.page_locations.iter_mut().for_each(|page| page.offset += dictionary as i64);
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: self.rows,
            bloom_filter: None,
            metadata: metadata.build()?,
            column_index: if self.column_index.valid() { Some(self.column_index.build()?) } else { None },
            offset_index: layout.offset_index.then_some(offset_index),
        };
        Ok(EncodedChunk::Carried(Bytes::from(bytes), Box::new(close)))
    }
}

/// How many rows are null and how many are not, if there is a level to tell them.
fn levels(layout: &Layout, rows: u64, nulls: u64) -> Option<LevelHistogram> {
    let told = layout.leaf.max_def_level() > 0 && layout.statistics != EnabledStatistics::None;
    told.then(|| vec![nulls as i64, (rows - nulls) as i64].into())
}

fn refused() -> ParquetError {
    ParquetError::General("a text can't be written".to_owned())
}
