use std::io::Write;
use std::path::{Path, PathBuf};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field};

use super::compress::Chunks;
use super::compression::Compression;
use crate::error::{Error, Result, Shape};
use crate::format::{BlockEncoder, Decoded, Digest, DigestWriter, Encoded, Encoder, Writer, bytes_writer};
use crate::rules::Encoding;

/// A file being written, compressed or not, with the digest of what stands in it.
pub struct Written<W: Write> {
    out: Out<W>,
    path: PathBuf,
}

enum Out<W: Write> {
    Plain(DigestWriter<W>),
    Chunks(Box<Chunks<DigestWriter<W>>>),
}

impl<W: Write> Written<W> {
    /// Writes to `file`; `path` is what messages call it, and its ending says whether it is compressed.
    pub fn new(file: W, path: &Path) -> Self {
        let out = DigestWriter::new(file);
        let out = match Compression::of(path) {
            None => Out::Plain(out),
            Some(compression) => Out::Chunks(Box::new(Chunks::new(out, compression))),
        };
        Self { out, path: path.to_path_buf() }
    }

    /// Whether writing so many bytes is work for a pool of threads, because there is enough to be compressed.
    pub fn works_on(&self, bytes: usize) -> bool {
        matches!(&self.out, Out::Chunks(chunks) if chunks.is_full_with(bytes))
    }

    /// Writes bytes, on the pool of threads that it is called on.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        let put = match &mut self.out {
            Out::Plain(out) => out.write_all(bytes),
            Out::Chunks(chunks) => chunks.put(bytes),
        };
        put.map_err(|error| Error::io("write the file", &self.path, &error))
    }

    /// Writes what is left, on the pool of threads that it is called on, and gives the length and digest of the file as it
    /// stands there.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn finish(self) -> Result<Digest> {
        let flush = |mut out: DigestWriter<W>| out.flush().map(|()| out.digest());
        let digest = match self.out {
            Out::Plain(out) => flush(out),
            Out::Chunks(chunks) => chunks.finish().and_then(flush),
        };
        digest.map_err(|error| Error::io("write the file", &self.path, &error))
    }
}

/// What encodes and what writes a text in this encoding: `head`, and then what `encoder` makes, both in UTF-8. `path` is
/// as of [`bytes_writer`].
///
/// # Errors
/// A character of the head has no form in the encoding, or the file can't be written.
pub fn text_target<W: Write + Send + 'static>(
    encoder: Box<dyn Encoder>,
    head: Vec<u8>,
    encoding: Encoding,
    file: W,
    path: &Path,
) -> Result<(Box<dyn Encoder>, Box<dyn Writer>)> {
    let head = in_encoding(head, encoding)?
        .map_err(|_| Error::data(format!("the name of a column has no form in {encoding}")).with_help(AS_UTF8))?;
    let encoder = match encoding {
        Encoding::Utf8 => encoder,
        _ => Box::new(Transcoder { inner: encoder, encoding }),
    };
    Ok((encoder, bytes_writer(file, path, &head)?))
}

const AS_UTF8: &str = "`csv = { output_encoding = \"utf-8\" }` writes the table as UTF-8, which has every character";

/// Writes UTF-8 in another encoding; within, the characters that have no form in it and where they stand.
fn in_encoding(text: Vec<u8>, encoding: Encoding) -> Result<Result<Vec<u8>, usize>> {
    if encoding == Encoding::Utf8 {
        return Ok(Ok(text));
    }
    let text = simdutf8::basic::from_utf8(&text).map_err(|_| Error::internal("an encoder wrote what is no UTF-8"))?;
    let mut bytes = Vec::with_capacity(text.len());
    Ok(encoding.encode(text, &mut bytes).map(|()| bytes))
}

struct Transcoder {
    inner: Box<dyn Encoder>,
    encoding: Encoding,
}

struct BlockTranscoder<'t> {
    inner: Box<dyn BlockEncoder + 't>,
    encoding: Encoding,
}

impl Encoder for Transcoder {
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>> {
        Ok(Box::new(BlockTranscoder { inner: self.inner.start()?, encoding: self.encoding }))
    }
}

impl BlockEncoder for BlockTranscoder<'_> {
    fn push(&mut self, decoded: &Decoded, made: &RecordBatch) -> Result<()> {
        if !self.encoding.is_unicode() {
            for (field, values) in made.schema_ref().fields().iter().zip(made.columns()) {
                check(field, values, self.encoding, decoded)?;
            }
        }
        self.inner.push(decoded, made)
    }

    fn finish(self: Box<Self>) -> Result<Encoded> {
        match self.inner.finish()? {
            // What was made was looked at, and what was carried past comes from the same encoding or has every character.
            Encoded::Bytes(bytes) => match in_encoding(bytes, self.encoding)? {
                Ok(bytes) => Ok(Encoded::Bytes(bytes)),
                Err(_) => Err(Error::internal("what is carried past has no form in the encoding of the output")),
            },
            other => Ok(other),
        }
    }
}

/// Every value that was made must have a form in the encoding.
fn check(field: &Field, values: &ArrayRef, encoding: Encoding, decoded: &Decoded) -> Result<()> {
    let texts = match values.data_type() {
        DataType::Utf8View => values.clone(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Dictionary(..) => {
            cast(values, &DataType::Utf8View).map_err(|_| Error::internal("texts can't be had as views"))?
        }
        // Numbers, moments and the digits of bytes are ASCII.
        _ => return Ok(()),
    };
    let texts = texts.as_string_view();
    for row in 0..texts.len() {
        let text = if texts.is_null(row) { "" } else { texts.value(row) };
        if !encoding.has_form(text) {
            let shape = Shape::of(text);
            return Err(Error::data(format!("a value of shape {shape} has no form in {encoding}"))
                .at(decoded.place(row))
                .in_column(field.name())
                .with_help(AS_UTF8));
        }
    }
    Ok(())
}
