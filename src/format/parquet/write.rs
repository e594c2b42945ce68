use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::TypePtr;

use super::encoded::{CREATED_BY, EncodedChunk, EncodedRowGroup};
use super::fault::caught;
use crate::error::{Error, Result};
use crate::format::{Digest, DigestWriter, Encoded, Writer};

/// What is digested and written at a time: the library writes chunks that are carried over in pieces of a few kilobytes,
/// which cost twice as much.
const BUFFER: usize = 1 << 18;

/// The properties of every file that is written, to be completed.
pub(super) fn properties() -> WriterPropertiesBuilder {
    WriterProperties::builder().set_created_by(CREATED_BY.to_owned())
}

/// A Parquet file being written: the library's writer, with errors in our own words.
pub(super) struct ParquetFile<W: Write> {
    file: SerializedFileWriter<Out<W>>,
    path: PathBuf,
    failure: Failure,
}

/// The error of the operating system that made the library fail.
type Failure = Arc<Mutex<Option<io::Error>>>;

impl<W: Write + Send> ParquetFile<W> {
    /// Starts a file; `path` is what messages call it.
    ///
    /// # Errors
    /// The file can't be written.
    pub(super) fn start(file: W, path: &Path, root: TypePtr, properties: WriterPropertiesPtr) -> Result<Self> {
        let failure = Failure::default();
        let out =
            Out { inner: BufWriter::with_capacity(BUFFER, DigestWriter::new(file)), failure: Arc::clone(&failure) };
        match caught(|| SerializedFileWriter::new(out, root, properties)) {
            Ok(file) => Ok(Self { file, path: path.to_path_buf(), failure }),
            Err(_) => Err(told(&failure, path)),
        }
    }

    pub(super) fn inner(&self) -> &SerializedFileWriter<Out<W>> {
        &self.file
    }

    /// Writes a row group.
    ///
    /// # Errors
    /// The file can't be written.
    pub(super) fn write(&mut self, group: EncodedRowGroup) -> Result<()> {
        let EncodedRowGroup { chunks, rows } = group;
        let file = &mut self.file;
        let written = caught(|| {
            let mut group = file.next_row_group()?;
            for chunk in chunks {
                match chunk {
                    EncodedChunk::Carried(bytes, close) => group.append_column(&bytes, *close)?,
                    EncodedChunk::Made(chunk) => chunk.append_to_row_group(&mut group)?,
                }
            }
            let written = group.close()?.num_rows();
            if written == rows { Ok(()) } else { Err(ParquetError::General(String::new())) }
        });
        written.map_err(|_| told(&self.failure, &self.path))
    }

    /// Writes the footer, and gives the file's length and digest.
    ///
    /// # Errors
    /// The file can't be written.
    pub(super) fn finish(self) -> Result<Digest> {
        let Self { file, path, failure } = self;
        let out = caught(|| file.into_inner()).map_err(|_| told(&failure, &path))?;
        let mut out = out.inner;
        out.flush().map_err(|error| Error::io("write the file", &path, &error))?;
        Ok(out.get_ref().digest())
    }
}

/// The error for a write that failed.
fn told(failure: &Failure, path: &Path) -> Error {
    match failure.lock().ok().and_then(|mut failure| failure.take()) {
        Some(error) => Error::io("write the file", path, &error),
        None => Error::internal("Parquet refuses what is to be written").in_file(path),
    }
}

/// Writes through, and remembers what went wrong: the library does not tell one failure from another.
pub(super) struct Out<W: Write> {
    inner: BufWriter<DigestWriter<W>>,
    failure: Failure,
}

impl<W: Write> Out<W> {
    fn note<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let again = error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
            if error.kind() != io::ErrorKind::Interrupted
                && let Ok(mut failure) = self.failure.lock()
            {
                failure.get_or_insert(error);
            }
            again
        })
    }
}

impl<W: Write> Write for Out<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.inner.write(bytes);
        self.note(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.inner.flush();
        self.note(result)
    }
}

/// Writes row groups that were encoded already.
pub(super) struct RowGroupWriter<W: Write>(pub(super) ParquetFile<W>);

impl<W: Write + Send> Writer for RowGroupWriter<W> {
    fn write(&mut self, block: Encoded) -> Result<()> {
        match block {
            Encoded::RowGroup(group) => self.0.write(group),
            _ => Err(Error::internal("a Parquet file was given a block of another format")),
        }
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.0.finish()
    }
}
