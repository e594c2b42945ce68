use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use parquet::basic::CompressionCodec;
use parquet::file::FOOTER_SIZE;
use parquet::file::metadata::{
    ColumnChunkMetaData, FooterTail, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData,
};

use super::compact::Compact;
use super::fault::guarded;
use crate::error::{Error, Result};

/// The largest footer that is read, in bytes.
const LARGEST_FOOTER: u64 = 256 << 20;

/// The most fields that a schema may have, groups counted.
const MOST_FIELDS: usize = 20_000;

/// How deep groups may lie in groups.
const DEEPEST_GROUP: usize = 100;

/// What a Parquet file begins and ends with. There is no file with less than both and the length of a footer.
const MAGIC: &[u8] = b"PAR1";

/// What is at the end of a file: its schema, and where its columns are.
pub(super) struct Footer {
    pub(super) metadata: ParquetMetaData,
    /// The length of the file.
    pub(super) length: u64,
}

impl Footer {
    /// Reads the footer of a file, and leaves the file at its start.
    ///
    /// # Errors
    /// The file can't be read, is no Parquet file, is encrypted, is compressed as is not known here, or its footer
    /// speaks of what can't be: chunks outside the file or in each other, negative counts, a schema without end.
    pub(super) fn read(file: &mut File, path: &Path) -> Result<Self> {
        let failed = |error: std::io::Error| Error::io("read the file", path, &error);
        let length = file.seek(SeekFrom::End(0)).map_err(failed)?;
        let tail = length.checked_sub(FOOTER_SIZE as u64).filter(|tail| *tail >= MAGIC.len() as u64);
        let tail = tail.ok_or_else(no_parquet)?;
        let mut last = [0; FOOTER_SIZE];
        file.seek(SeekFrom::Start(tail)).map_err(failed)?;
        file.read_exact(&mut last).map_err(failed)?;
        let found = FooterTail::try_new(&last).map_err(|_| no_parquet())?;
        if found.is_encrypted_footer() {
            return Err(encrypted());
        }
        let size = found.metadata_length() as u64;
        let start = tail.checked_sub(size).filter(|start| *start >= MAGIC.len() as u64);
        let start = start.ok_or_else(|| malformed("its footer is longer than the file"))?;
        if size > LARGEST_FOOTER {
            return Err(Error::data(format!("the footer of the file is larger than {} MiB", LARGEST_FOOTER >> 20)));
        }
        let mut bytes = vec![0; size as usize];
        file.seek(SeekFrom::Start(start)).map_err(failed)?;
        file.read_exact(&mut bytes).map_err(failed)?;
        file.rewind().map_err(failed)?;
        survey(&bytes)?;
        let metadata =
            guarded(|| ParquetMetaDataReader::decode_metadata(&bytes)).map_err(|fault| fault.reading("the footer"))?;
        check(&metadata, MAGIC.len() as u64..start)?;
        Ok(Self { metadata: straightened(metadata)?, length })
    }
}

fn no_parquet() -> Error {
    Error::data("this is no Parquet file: it does not end like one").with_help("is it cut off, or another format?")
}

fn encrypted() -> Error {
    Error::data("the file is encrypted, which is not read here").with_help("export it without Parquet encryption")
}

fn malformed(why: &str) -> Error {
    Error::data(format!("the file is malformed: {why}"))
        .with_help("was it cut off, or changed after it was written? Export it again")
}

/// Looks through the footer before the library does: that it is one, that its schema is neither endless nor
/// bottomless, that nothing in it is encrypted.
fn survey(bytes: &[u8]) -> Result<()> {
    const SCHEMA: i16 = 2;
    const ENCRYPTION: i16 = 8;
    let broken = || malformed("its footer is none");
    let mut compact = Compact::new(bytes);
    let mut last = 0;
    while let Some(field) = compact.field(&mut last).ok_or_else(broken)? {
        match field.id {
            SCHEMA if field.is_list() => survey_schema(&mut compact)?,
            ENCRYPTION => return Err(encrypted()),
            _ => compact.skip(field).ok_or_else(broken)?,
        }
    }
    Ok(())
}

fn survey_schema(compact: &mut Compact<'_>) -> Result<()> {
    const CHILDREN: i16 = 5;
    let broken = || malformed("its schema is none");
    let fields = compact.list_of_structs().ok_or_else(broken)?;
    if fields > MOST_FIELDS {
        return Err(Error::data(format!("the schema has more than {MOST_FIELDS} fields")));
    }
    // How many children are still to come, of each group that we are in.
    let mut open: Vec<i64> = Vec::new();
    for _ in 0..fields {
        let (mut children, mut last) = (0, 0);
        while let Some(field) = compact.field(&mut last).ok_or_else(broken)? {
            match field.id {
                CHILDREN => children = compact.integer(field).ok_or_else(broken)?,
                _ => compact.skip(field).ok_or_else(broken)?,
            }
        }
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        if children > 0 {
            open.push(children);
        }
        if open.len() > DEEPEST_GROUP {
            return Err(Error::data(format!("the schema is nested deeper than {DEEPEST_GROUP} groups")));
        }
        while open.last().is_some_and(|left| *left <= 0) {
            open.pop();
        }
    }
    Ok(())
}

/// Where the bytes of a column chunk are.
pub(super) fn range(chunk: &ColumnChunkMetaData) -> Option<Range<u64>> {
    let data = u64::try_from(chunk.data_page_offset()).ok()?;
    let length = u64::try_from(chunk.compressed_size()).ok()?;
    let start = dictionary_offset(chunk).map_or(data, |dictionary| dictionary as u64);
    Some(start..start.checked_add(length)?)
}

/// Where the dictionary is. Some writers say 0, or a place behind the data, where there is none; and some say 0 for the
/// data where there is nothing but a dictionary.
fn dictionary_offset(chunk: &ColumnChunkMetaData) -> Option<i64> {
    let data = chunk.data_page_offset();
    chunk.dictionary_page_offset().filter(|dictionary| *dictionary > 0 && (data == 0 || *dictionary < data))
}

/// Checks what the footer says of the row groups and their chunks, which must lie in `body`.
fn check(metadata: &ParquetMetaData, body: Range<u64>) -> Result<()> {
    let columns = metadata.file_metadata().schema_descr().num_columns();
    let mut taken: Vec<Range<u64>> = Vec::new();
    let mut total: i64 = 0;
    for group in metadata.row_groups() {
        let rows = group.num_rows();
        total = total.checked_add(rows).filter(|_| rows >= 0).ok_or_else(|| malformed("it counts its rows wrongly"))?;
        if group.num_columns() != columns {
            return Err(malformed("a row group has not the columns of the schema"));
        }
        for chunk in group.columns() {
            check_chunk(chunk, rows)?;
            let range = range(chunk).ok_or_else(|| malformed("a column chunk is of negative size"))?;
            if range.is_empty() {
                continue;
            }
            if range.start < body.start || range.end > body.end {
                return Err(malformed("a column chunk lies outside the file").in_column(&chunk.column_path().string()));
            }
            taken.push(range);
        }
    }
    taken.sort_unstable_by_key(|range| range.start);
    if taken.windows(2).any(|pair| pair[0].end > pair[1].start) {
        return Err(malformed("column chunks overlap"));
    }
    Ok(())
}

fn check_chunk(chunk: &ColumnChunkMetaData, rows: i64) -> Result<()> {
    let wrong = if chunk.file_path().is_some() {
        Error::data("the column is in another file, which is not read here")
            .with_help("export the table into one file, without a summary file beside it")
    } else if chunk.compression_codec() == CompressionCodec::LZO {
        Error::data("the column is compressed with LZO, which is not read here")
            .with_help("export it with zstd, snappy, gzip, brotli or lz4")
    } else if chunk.num_values() < 0 || (chunk.column_descr().max_rep_level() == 0 && chunk.num_values() != rows) {
        malformed("a column has not as many values as there are rows")
    } else {
        return Ok(());
    };
    Err(wrong.in_column(&chunk.column_path().string()))
}

/// The metadata without dictionary offsets that point to nothing.
fn straightened(metadata: ParquetMetaData) -> Result<ParquetMetaData> {
    let crooked = |chunk: &ColumnChunkMetaData| chunk.dictionary_page_offset() != dictionary_offset(chunk);
    if !metadata.row_groups().iter().flat_map(RowGroupMetaData::columns).any(crooked) {
        return Ok(metadata);
    }
    let broken = |_| Error::internal("the metadata of a Parquet file can't be put together again");
    let mut whole = metadata.into_builder();
    for group in whole.take_row_groups() {
        let mut group = group.into_builder();
        for chunk in group.take_columns() {
            let dictionary = dictionary_offset(&chunk);
            let chunk = chunk.into_builder().set_dictionary_page_offset(dictionary).build().map_err(broken)?;
            group = group.add_column_metadata(chunk);
        }
        whole = whole.add_row_group(group.build().map_err(broken)?);
    }
    Ok(whole.build())
}
