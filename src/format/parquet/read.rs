use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow::datatypes::{Schema, SchemaRef};
use bytes::Bytes;
use parquet::file::metadata::{ColumnChunkMask, PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};

use super::chunks::{Chunks, are_in_order};
use super::decode::RowGroupBlock;
use super::fault::guarded;
use super::footer::{Footer, range};
use super::group::RowGroup;
use super::schema::FileSchema;
use super::shared::Shared;
use crate::error::{Error, Result};
use crate::format::{Block, Digest, DigestReader, Reader, Reading};

/// How much of a file is passed over at a time.
const PASSING: usize = 1 << 20;

/// How many rows a block has, if it may be a part of a row group.
const PART: u64 = 131_072;

/// How much of a file may be read for the page index of the columns that are carried over. Where it is larger, they go
/// without one.
const LARGEST_PAGE_INDEX: u64 = 64 << 20;

/// A Parquet file whose footer has been read.
pub struct ParquetSource {
    path: PathBuf,
    pub(super) file: File,
    pub(super) length: u64,
    pub(super) metadata: Arc<ParquetMetaData>,
    pub(super) schema: Arc<FileSchema>,
    /// Whether the output keeps the row groups, so that each must be one block.
    keeps_groups: AtomicBool,
}

impl ParquetSource {
    /// Opens a Parquet file and reads its footer.
    ///
    /// # Errors
    /// The file can't be read, or is refused: see `Footer::read` and `FileSchema::read`.
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path).map_err(|error| Error::io("open the file", path, &error))?;
        let in_file = |error: Error| error.in_file(path);
        let Footer { metadata, length } = Footer::read(&mut file, path).map_err(in_file)?;
        let schema = FileSchema::read(&metadata).map_err(in_file)?;
        Ok(Self {
            path: path.to_path_buf(),
            file,
            length,
            metadata: Arc::new(metadata),
            schema: Arc::new(schema),
            keeps_groups: AtomicBool::new(true),
        })
    }

    /// Notes that the output has no row groups. A block is then a part of one, so that what is made of it does not grow
    /// with the row groups of the source.
    pub fn split_groups(&self) {
        self.keeps_groups.store(false, Ordering::Relaxed);
    }

    /// The rows of the file, all of its row groups together.
    pub fn rows(&self) -> u64 {
        let groups = self.metadata.row_groups().iter();
        groups.fold(0, |rows: u64, group| rows.saturating_add(group.num_rows().unsigned_abs()))
    }

    /// The columns of the file. Text has the type Utf8View, bytes have BinaryView.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema.arrow
    }

    /// Starts reading what is decoded and what is carried past, a row group a block, or a part of one.
    ///
    /// # Errors
    /// The file can't be read.
    pub(in crate::format) fn read(self, reading: &Reading) -> Result<Box<dyn Reader>> {
        let Reading { wanted, carried, .. } = reading;
        let levels = self.schema.levels(wanted).map_err(|fault| fault.reading("the schema").in_file(&self.path))?;
        let fields: Vec<_> = wanted.iter().map(|column| Arc::clone(&self.schema.arrow.fields()[*column])).collect();
        let wanted_leaves = self.schema.leaves(wanted);
        let carried_leaves = self.schema.leaves(carried);
        let mut needed = [wanted_leaves.as_slice(), &carried_leaves].concat();
        needed.sort_unstable();
        needed.dedup();
        let groups = self
            .metadata
            .row_groups()
            .iter()
            .map(|group| {
                let mut places: Places =
                    needed.iter().filter_map(|leaf| Some((*leaf, range(group.column(*leaf))?))).collect();
                places.sort_by_key(|(_, range)| range.start);
                places
            })
            .collect::<Vec<_>>();
        let in_order = are_in_order(groups.iter().flatten().map(|(_, range)| range));
        let mut file = self.file;
        let metadata = with_page_index(&self.metadata, &mut file, self.length, &carried_leaves);
        file.rewind().map_err(|error| Error::io("read the file", &self.path, &error))?;
        let shared = Arc::new(Shared {
            path: self.path,
            metadata,
            schema: self.schema,
            levels,
            batch_schema: Arc::new(Schema::new(fields)),
            wanted_leaves,
            length: self.length,
        });
        Ok(Box::new(ParquetReader {
            input: if in_order { Input::InOrder(DigestReader::new(file)) } else { Input::Scattered { file, read: 0 } },
            groups: groups.into_iter().enumerate(),
            part: if self.keeps_groups.into_inner() { u64::MAX } else { PART },
            open: None,
            rows: 0,
            shared,
        }))
    }
}

/// The metadata with the page index of these leaves. The page index helps whoever reads the output and nobody else:
/// where it is malformed or immense, there is none.
fn with_page_index(
    metadata: &Arc<ParquetMetaData>,
    file: &mut File,
    length: u64,
    leaves: &[usize],
) -> Arc<ParquetMetaData> {
    read_page_index(metadata, file, length, leaves).map_or_else(|| Arc::clone(metadata), Arc::new)
}

pub(super) fn read_page_index(
    metadata: &ParquetMetaData,
    file: &mut File,
    length: u64,
    leaves: &[usize],
) -> Option<ParquetMetaData> {
    let chunks = || metadata.row_groups().iter().flat_map(|group| leaves.iter().map(|leaf| group.column(*leaf)));
    let span = |offset: Option<i64>, size: Option<i32>| {
        let start = u64::try_from(offset?).ok()?;
        Some(start..start.checked_add(u64::try_from(size?).ok()?)?)
    };
    let offsets = || chunks().filter_map(|chunk| span(chunk.offset_index_offset(), chunk.offset_index_length()));
    let columns = || chunks().filter_map(|chunk| span(chunk.column_index_offset(), chunk.column_index_length()));
    let start = offsets().chain(columns()).map(|span| span.start).min()?;
    let end = offsets().chain(columns()).map(|span| span.end).max()?;
    if end > length || end - start > LARGEST_PAGE_INDEX {
        return None;
    }
    let mut bytes = vec![0; (end - start) as usize];
    file.seek(SeekFrom::Start(start)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    for span in offsets().chain(columns()) {
        let bytes = bytes.get((span.start - start) as usize..(span.end - start) as usize)?;
        super::compact::Compact::new(bytes).skip_struct()?;
    }
    let bytes = Chunks::new(vec![(start, Bytes::from(bytes))], length);
    guarded(|| {
        let mut reader = ParquetMetaDataReader::new_with_metadata(metadata.clone())
            .with_page_index_policy(PageIndexPolicy::Optional)
            .with_page_index_mask(ColumnChunkMask::columns(leaves.iter().copied()));
        reader.read_page_indexes(&bytes)?;
        reader.finish()
    })
    .ok()
}

/// The leaves that are needed of a row group and where their chunks are.
type Places = Vec<(usize, Range<u64>)>;

/// Reads row groups one after the other.
struct ParquetReader {
    input: Input,
    /// What is needed of each row group, ascending by place.
    groups: std::iter::Enumerate<std::vec::IntoIter<Places>>,
    /// How many rows a block has at most.
    part: u64,
    /// A row group of which not all blocks have been given out, and the rows that have.
    open: Option<(Arc<RowGroup>, u64)>,
    /// The rows of all blocks that have been given out.
    rows: u64,
    shared: Arc<Shared>,
}

/// How the file is read.
enum Input {
    /// From its start to its end, once.
    InOrder(DigestReader<File>),
    /// Here and there, because the chunks are not in the order of the row groups; at the end, once more for its digest.
    Scattered { file: File, read: u64 },
}

impl Input {
    fn chunk(&mut self, range: &Range<u64>) -> std::io::Result<Bytes> {
        let mut bytes = vec![0; (range.end - range.start) as usize];
        match self {
            Self::InOrder(input) => {
                pass(input, range.start)?;
                input.read_exact(&mut bytes)?;
            }
            Self::Scattered { file, read } => {
                file.seek(SeekFrom::Start(range.start))?;
                file.read_exact(&mut bytes)?;
                *read += bytes.len() as u64;
            }
        }
        Ok(Bytes::from(bytes))
    }
}

/// Reads up to a place in the file.
fn pass(input: &mut DigestReader<File>, place: u64) -> std::io::Result<()> {
    let mut left = place.saturating_sub(input.position());
    let mut passed = vec![0; PASSING.min(left as usize)];
    while left > 0 {
        let length = passed.len().min(left as usize);
        input.read_exact(&mut passed[..length])?;
        left -= length as u64;
    }
    Ok(())
}

impl ParquetReader {
    /// Reads the next row group.
    fn group(&mut self) -> Result<Option<RowGroup>> {
        let Some((index, places)) = self.groups.next() else { return Ok(None) };
        let path = &self.shared.path;
        let mut chunks = Vec::with_capacity(places.len());
        for (leaf, range) in places.iter().filter(|(_, range)| !range.is_empty()) {
            let bytes = self.input.chunk(range).map_err(|error| Error::io("read the file", path, &error))?;
            chunks.push((*leaf, bytes));
        }
        let group = RowGroup::survey(Arc::clone(&self.shared), index, chunks);
        group.map(Some).map_err(|error| error.in_file(path))
    }
}

impl Reader for ParquetReader {
    fn next(&mut self) -> Result<Option<Box<dyn Block>>> {
        let (group, given) = match self.open.take() {
            Some(open) => open,
            None => match self.group()? {
                Some(group) => (Arc::new(group), 0),
                None => return Ok(None),
            },
        };
        let end = given.saturating_add(self.part).min(group.rows());
        if end < group.rows() {
            self.open = Some((Arc::clone(&group), end));
        }
        let first_row = self.rows;
        self.rows += end - given;
        Ok(Some(Box::new(RowGroupBlock::new(group, given..end, first_row))))
    }

    fn position(&self) -> u64 {
        match &self.input {
            Input::InOrder(input) => input.position(),
            Input::Scattered { read, .. } => *read,
        }
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        let path = &self.shared.path;
        let failed = |error: std::io::Error| Error::io("read the file", path, &error);
        let digest = match self.input {
            Input::InOrder(input) => input.finish(),
            Input::Scattered { mut file, .. } => file.rewind().and_then(|()| DigestReader::new(file).finish()),
        }
        .map_err(failed)?;
        if digest.bytes != self.shared.length {
            return Err(Error::data("the file changed while it was read").in_file(path));
        }
        Ok(digest)
    }
}
