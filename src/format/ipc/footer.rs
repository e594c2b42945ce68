//! The end of an Arrow file: where its messages are.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use arrow::datatypes::{Schema, SchemaRef};
use arrow::ipc::convert::IpcSchemaEncoder;
use arrow::ipc::writer::DictionaryTracker;
use arrow::ipc::{Block, FooterBuilder, MetadataVersion, root_as_footer};
use flatbuffers::FlatBufferBuilder;

use super::input::piece_of;
use crate::error::{Error, Result};
use crate::format::parquet::{Fault, guarded};

/// What stands at both ends of a file.
pub(super) const MAGIC: [u8; 6] = *b"ARROW1";

/// The length of what follows the footer: its length and the magic.
const TAIL: u64 = 10;

/// The longest footer, in bytes.
const LONGEST: u64 = 256 << 20;

/// Where a message is in a file.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The whole of it.
    pub(super) range: Range<u64>,
    /// How much of that is its metadata, with what stands before it.
    pub(super) metadata: u64,
}

/// What the footer of a file says.
pub(super) struct Footer {
    pub(super) schema: SchemaRef,
    pub(super) dictionaries: Vec<Piece>,
    pub(super) batches: Vec<Piece>,
    /// Keys and values that its writer noted there.
    pub(super) notes: Vec<(String, String)>,
}

impl Footer {
    /// Reads the footer of a file of this length.
    ///
    /// # Errors
    /// The file can't be read, or is malformed.
    pub(super) fn read(file: &mut File, length: u64, path: &Path) -> Result<Self> {
        let cannot = |error: std::io::Error| Error::io("read the file", path, &error);
        let cut_off = || {
            Error::data("this is no whole Arrow file: its footer is none")
                .with_help("was it cut off, or not closed by the program that wrote it? Export it again")
        };
        let end = length.checked_sub(TAIL).filter(|end| *end > MAGIC.len() as u64).ok_or_else(cut_off)?;
        file.seek(SeekFrom::Start(end)).map_err(cannot)?;
        let tail = piece_of(file, &(end..length)).map_err(cannot)?;
        let size = tail.split_first_chunk::<4>().filter(|(_, magic)| *magic == MAGIC);
        let size = size.map(|(size, _)| i32::from_le_bytes(*size)).and_then(|size| u64::try_from(size).ok());
        let size = size.filter(|size| (1..=LONGEST).contains(size));
        let start = size.and_then(|size| end.checked_sub(size)).ok_or_else(cut_off)?;
        let bytes = piece_of(file, &(start..end)).map_err(cannot)?;
        let malformed = |fault: Fault| fault.reading("the footer");
        let footer = guarded(|| root_as_footer(&bytes).map_err(|_| Fault::Malformed)).map_err(malformed)?;
        let schema = super::schema::read(footer.schema())?;
        let pieces = |blocks: Vec<Block>| pieces(&blocks, start).ok_or_else(|| malformed(Fault::Malformed));
        let dictionaries = pieces(footer.dictionaries().into_iter().flatten().copied().collect())?;
        let batches = pieces(footer.recordBatches().into_iter().flatten().copied().collect())?;
        let entries = footer.custom_metadata().into_iter().flatten();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let notes = entries.map(|entry| (text(entry.key()), text(entry.value()))).collect();
        Ok(Self { schema, dictionaries, batches, notes })
    }
}

/// Where the messages are. None may share bytes with another: a file would grow without bounds as it is read.
fn pieces(blocks: &[Block], end: u64) -> Option<Vec<Piece>> {
    let mut pieces = Vec::with_capacity(blocks.len());
    for block in blocks {
        let start = u64::try_from(block.offset()).ok()?;
        let metadata = u64::try_from(block.metaDataLength()).ok().filter(|length| *length > 0)?;
        let length = metadata.checked_add(u64::try_from(block.bodyLength()).ok()?)?;
        let range = start..start.checked_add(length).filter(|place| *place <= end)?;
        pieces.push(Piece { range, metadata });
    }
    let mut ranges: Vec<&Range<u64>> = pieces.iter().map(|piece| &piece.range).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.windows(2).all(|pair| matches!(pair, [one, next] if one.end <= next.start)).then_some(pieces)
}

/// The bytes of a footer, with what follows it.
pub(super) fn footer(schema: &Schema, dictionaries: &[Block], batches: &[Block]) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let dictionaries = builder.create_vector(dictionaries);
    let batches = builder.create_vector(batches);
    let mut tracker = DictionaryTracker::new(true);
    let schema =
        IpcSchemaEncoder::new().with_dictionary_tracker(&mut tracker).schema_to_fb_offset(&mut builder, schema);
    let mut footer = FooterBuilder::new(&mut builder);
    footer.add_version(MetadataVersion::V5);
    footer.add_schema(schema);
    footer.add_dictionaries(dictionaries);
    footer.add_recordBatches(batches);
    let footer = footer.finish();
    builder.finish(footer, None);
    let mut bytes = builder.finished_data().to_vec();
    bytes.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&MAGIC);
    bytes
}
