use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{FieldRef, Schema, SchemaRef};
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Encoding, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor, TypePtr};

use super::encoded::{CREATED_BY, EncodedChunk, EncodedRowGroup};
use super::fault::trusted;
use super::group::RowGroup;
use super::pages::Pages;
use super::sample::is_repetitive;
use super::splice::splice;
use super::texts::{Layout, Press, TextChunk};
use super::values::Written;
use crate::error::{Error, Result};
use crate::format::{BlockEncoder, Carried, Decoded, Encoded, Encoder};

/// A column of the output.
pub(super) enum Column {
    /// Its chunks are carried over: the leaves in the source, and what each is called in the output.
    Carried(Vec<(usize, ColumnDescPtr)>),
    /// The plan makes it: its place in what the plan gives back, the leaves in the source, and how it is written.
    Made { place: usize, leaves: Vec<usize>, written: Written },
}

/// Encodes row groups of a Parquet file as row groups of another.
///
/// Each column that is made is written as it was in the source: in its physical and logical type, with its compression
/// (at the usual level of each codec), with a dictionary where the source's chunk had one and the new values come again
/// often enough (else in a delta encoding, where that is smaller), and with statistics as detailed as the source's, computed from the new values.
pub(super) struct ParquetEncoder {
    columns: Vec<Column>,
    /// What is made, in the form in which it is written.
    made: SchemaRef,
    /// The same as Parquet has it.
    made_root: TypePtr,
    /// For each leaf of the source, whether different values stay different.
    unique: Vec<bool>,
    /// What compresses pages, while no block needs it.
    presses: Mutex<Vec<Press>>,
}

impl ParquetEncoder {
    /// An encoder of these columns; `made_root` is the schema of those that are made, and `unique` says for each leaf of
    /// the source whether different values stay different.
    pub(super) fn new(columns: Vec<Column>, made_root: TypePtr, unique: Vec<bool>) -> Self {
        let fields: Vec<_> = columns
            .iter()
            .filter_map(|column| match column {
                Column::Made { written, .. } => Some(Arc::clone(&written.field)),
                Column::Carried(_) => None,
            })
            .collect();
        Self { columns, made: Arc::new(Schema::new(fields)), made_root, unique, presses: Mutex::default() }
    }

    fn made_columns(&self) -> impl Iterator<Item = (usize, &[usize], &Written)> {
        self.columns.iter().filter_map(|column| match column {
            Column::Made { place, leaves, written } => Some((*place, leaves.as_slice(), written)),
            Column::Carried(_) => None,
        })
    }

    /// The writers of the leaves that are made of a row group whose first rows are these.
    fn writers(&self, group: &RowGroup, first: &RecordBatch) -> Result<Vec<LeafWriter>> {
        trusted("the columns of a row group", || {
            let properties = self.properties(group, first)?;
            // The factory wants a file writer, of which it takes the schema and the properties.
            let file = SerializedFileWriter::new(Vec::new(), Arc::clone(&self.made_root), Arc::clone(&properties))?;
            let library =
                ArrowRowGroupWriterFactory::new(&file, Arc::clone(&self.made)).create_column_writers(group.index)?;
            let made = self.made_columns().flat_map(|(_, leaves, written)| leaves.iter().map(|_| &written.field));
            let leaves = file.schema_descr().columns().iter().zip(made).zip(library);
            let writer = |((leaf, field), library): ((&ColumnDescPtr, &FieldRef), ArrowColumnWriter)| match Layout::of(
                leaf,
                field.data_type(),
                &properties,
            ) {
                Some(layout) => LeafWriter::Text(Box::new(TextChunk::new(layout))),
                None => LeafWriter::Library(Box::new(library)),
            };
            Ok::<_, ParquetError>(leaves.map(writer).collect())
        })
    }

    fn properties(&self, group: &RowGroup, first: &RecordBatch) -> Result<WriterPropertiesPtr, ParquetError> {
        let written = SchemaDescriptor::new(Arc::clone(&self.made_root));
        let sources = self.made_columns().flat_map(|(place, leaves, _)| leaves.iter().map(move |leaf| (place, *leaf)));
        let metadata = group.metadata();
        let mut properties = WriterProperties::builder()
            .set_created_by(CREATED_BY.to_owned())
            .set_offset_index_disabled(!has_offset_index(metadata));
        for (leaf, (place, source)) in written.columns().iter().zip(sources) {
            let column = metadata.column(source);
            let has_dictionary = group
                .chunk(source)
                .is_some_and(|chunk| self.has_dictionary(source, &chunk.pages, first.column(place), group.rows()));
            properties = properties
                .set_column_compression(leaf.path().clone(), column.compression_codec().into())
                .set_column_statistics_enabled(leaf.path().clone(), statistics(column))
                .set_column_dictionary_enabled(leaf.path().clone(), has_dictionary);
            if let (Some(encoding), false) = (self.encoding(source, leaf), has_dictionary) {
                properties = properties.set_column_encoding(leaf.path().clone(), encoding);
            }
        }
        Ok(Arc::new(properties.build()))
    }

    /// Whether a chunk gets a dictionary. Where the source's writer gave its own up, or values have become others, a look
    /// at the first values tells: what a transform coarsens comes again and again.
    fn has_dictionary(&self, leaf: usize, source: &Pages, first: &ArrayRef, rows: u64) -> bool {
        let unique = self.unique.get(leaf).is_some_and(|unique| *unique);
        let kept = source.kept_dictionary() && !(unique && source.is_distinct());
        kept || (source.has_dictionary && !unique && is_repetitive(first, rows))
    }

    /// How values are encoded in a chunk without a dictionary, if not plainly. Lengths in the midst of texts, and the
    /// upper bytes of numbers from a small range, would cost the codec more than everything else: without them, texts
    /// take less room and are compressed in a third of the time. Of numbers, only tokens gain in every case; round ones
    /// may compress better as they are.
    fn encoding(&self, source: usize, leaf: &ColumnDescPtr) -> Option<Encoding> {
        match leaf.physical_type() {
            Physical::BYTE_ARRAY => Some(Encoding::DELTA_LENGTH_BYTE_ARRAY),
            Physical::INT32 | Physical::INT64 if self.unique.get(source).is_some_and(|unique| *unique) => {
                Some(Encoding::DELTA_BINARY_PACKED)
            }
            _ => None,
        }
    }
}

fn has_offset_index(group: &RowGroupMetaData) -> bool {
    group.columns().iter().any(|column| column.offset_index_offset().is_some())
}

/// How detailed the statistics of a chunk are.
fn statistics(column: &ColumnChunkMetaData) -> EnabledStatistics {
    if column.column_index_offset().is_some() {
        EnabledStatistics::Page
    } else if column.statistics().is_some() {
        EnabledStatistics::Chunk
    } else {
        EnabledStatistics::None
    }
}

impl Encoder for ParquetEncoder {
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>> {
        let press = self.presses.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        Ok(Box::new(RowGroupEncoder { encoder: self, press, started: None }))
    }
}

/// What encodes the chunk of a leaf.
enum LeafWriter {
    Text(Box<TextChunk>),
    Library(Box<ArrowColumnWriter>),
}

impl LeafWriter {
    fn close(self, press: &mut Press) -> Result<EncodedChunk, ParquetError> {
        match self {
            Self::Text(chunk) => chunk.finish(press),
            Self::Library(writer) => Ok(EncodedChunk::Made(Box::new(writer.close()?))),
        }
    }
}

/// Encodes one row group. The decoded batches pass; their encoded pages stay.
struct RowGroupEncoder<'e> {
    encoder: &'e ParquetEncoder,
    press: Press,
    started: Option<(Arc<RowGroup>, Vec<LeafWriter>)>,
}

impl BlockEncoder for RowGroupEncoder<'_> {
    fn push(&mut self, decoded: &Decoded, made: &RecordBatch) -> Result<()> {
        let Carried::RowGroup(group) = &decoded.carried else {
            return Err(Error::internal("columns that stay were not carried along"));
        };
        let (_, writers) = match &mut self.started {
            Some(started) => started,
            none => none.insert((Arc::clone(group), self.encoder.writers(group, made)?)),
        };
        let mut writers = writers.iter_mut();
        for (place, _, written) in self.encoder.made_columns() {
            let column = made.columns().get(place).ok_or_else(|| Error::internal("a plan made too few columns"))?;
            let column = written.apply(column)?;
            let missing = || ParquetError::General(String::new());
            trusted("what was made of a column", || {
                if let Some(LeafWriter::Text(_)) = writers.as_slice().first() {
                    let (Some(LeafWriter::Text(chunk)), Some(texts)) = (writers.next(), column.as_string_view_opt())
                    else {
                        return Err(missing());
                    };
                    return chunk.push(texts, &mut self.press);
                }
                for leaf in compute_leaves(&written.field, &column)? {
                    let Some(LeafWriter::Library(writer)) = writers.next() else { return Err(missing()) };
                    writer.write(&leaf)?;
                }
                Ok(())
            })
            .map_err(|error| error.in_column(written.field.name()))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Encoded> {
        let missing = || Error::internal("a row group has neither rows nor none");
        let Self { encoder, mut press, started } = *self;
        let (group, writers) = started.ok_or_else(missing)?;
        let mut writers = writers.into_iter();
        let mut chunks = Vec::new();
        for column in &encoder.columns {
            match column {
                Column::Carried(leaves) => {
                    for (leaf, written) in leaves {
                        chunks.push(splice(&group, *leaf, written)?);
                    }
                }
                Column::Made { leaves, .. } => {
                    for _ in leaves {
                        let writer = writers.next().ok_or_else(missing)?;
                        chunks.push(trusted("the end of a column", || writer.close(&mut press))?);
                    }
                }
            }
        }
        encoder.presses.lock().unwrap_or_else(PoisonError::into_inner).push(press);
        Ok(Encoded::RowGroup(EncodedRowGroup { chunks, rows: group.metadata().num_rows() }))
    }
}
