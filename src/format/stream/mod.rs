//! What stands between the bytes of a file and the text of a format, in and out: compression and text encodings.

mod compress;
mod compression;
mod decode;
mod decompress;
mod encode;
mod out;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Digest, DigestReader, Format};
use crate::error::{Error, Result};
use crate::rules::Encoding;

use decode::Decode;
use decompress::Decompress;

use compression::MAGIC;

#[cfg(feature = "avro")]
pub(super) use decompress::most_of;

pub use compression::Compression;
pub use out::{Written, text_target};

/// The path that stands for standard input, and for standard output where something is written.
pub const STANDARD: &str = "-";

/// Whether a path stands for standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD
}

/// The text of an input that is read once, from its start to its end: decompressed, and in UTF-8.
pub struct Stream {
    path: PathBuf,
    input: Box<Decode<Decompress<Box<dyn Read + Send>>>>,
    /// What was read to be looked at and not yet given out.
    head: Vec<u8>,
}

impl Stream {
    /// Opens a file, or standard input if the path is `-`. Its first bytes say whether it is compressed, and a byte
    /// order mark whether it is UTF-16; without one it is taken for UTF-8, which is for its format to check.
    ///
    /// # Errors
    /// The file can't be opened or read, is compressed in another way than its name says, or in a way that is not read
    /// here.
    pub fn open(path: &Path) -> Result<Self> {
        let input: Box<dyn Read + Send> = if is_standard(path) {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(|error| Error::io("open the file", path, &error))?)
        };
        let input = Decompress::new(DigestReader::new(input), Compression::of(path))
            .and_then(|input| Decode::new(input, None))
            .map_err(|error| told(path, error))?;
        Ok(Self { path: path.to_path_buf(), input: Box::new(input), head: Vec::new() })
    }

    /// The rest of a file that is neither compressed nor to be decoded, from a place in it on. Messages call it `path`.
    pub(super) fn over(path: &Path, input: Box<dyn Read + Send>) -> Self {
        let input = Box::new(Decode::through(Decompress::plain(DigestReader::new(input))));
        Self { path: path.to_path_buf(), input, head: Vec::new() }
    }

    /// The same text, of which nothing has been read, in this encoding, if one is given.
    ///
    /// # Errors
    /// The byte order mark of the file is that of another encoding, or it can't be read.
    pub fn declared(self, encoding: Option<Encoding>) -> Result<Self> {
        let Some(encoding) = encoding else { return Ok(self) };
        let Self { path, input, head } = self;
        let (input, head) = input.declared(head, encoding).map_err(|error| told(&path, error))?;
        Ok(Self { path, input: Box::new(input), head })
    }

    /// Refuses a text in another encoding, for formats that have none but UTF-8.
    ///
    /// # Errors
    /// The file has the byte order mark of another encoding.
    pub fn must_be_utf8(&self, format: &str) -> Result<()> {
        match self.encoding() {
            Encoding::Utf8 => Ok(()),
            other => Err(Error::data(format!("the file is {other}, and {format} is read in UTF-8 alone"))
                .in_file(&self.path)
                .with_help("export it as UTF-8; a shell that writes UTF-16 is one way that it came about")),
        }
    }

    /// The same text, of which nothing has been read, behind another.
    pub(super) fn behind(self, text: Vec<u8>) -> Self {
        Self { head: text, ..self }
    }

    /// How the file is compressed.
    pub fn compression(&self) -> Option<Compression> {
        self.input.inner().compression()
    }

    /// The encoding that the file has.
    pub fn encoding(&self) -> Encoding {
        self.input.encoding()
    }

    /// Whether the text is the bytes of the file, so that a place in one is a place in the other.
    pub fn is_as_it_stands(&self) -> bool {
        self.compression().is_none() && self.encoding() == Encoding::Utf8
    }

    /// What messages call it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes of the file were read, as they stand there.
    pub fn position(&self) -> u64 {
        self.input.inner().position()
    }

    /// The next `size` bytes of the text, left where they are; fewer if the input ends before.
    ///
    /// # Errors
    /// The input can't be read.
    pub fn peek(&mut self, size: usize) -> Result<&[u8]> {
        let mut head = std::mem::take(&mut self.head);
        self.read_to(&mut head, size)?;
        self.head = head;
        Ok(self.head.get(..size).unwrap_or(&self.head))
    }

    /// Reads until `buffer` holds `size` bytes of the text. False if the input ended before.
    ///
    /// # Errors
    /// The input can't be read.
    pub fn fill(&mut self, buffer: &mut Vec<u8>, size: usize) -> Result<bool> {
        let peeked = size.saturating_sub(buffer.len()).min(self.head.len());
        buffer.extend(self.head.drain(..peeked));
        self.read_to(buffer, size)
    }

    fn read_to(&mut self, buffer: &mut Vec<u8>, size: usize) -> Result<bool> {
        let mut length = buffer.len();
        if length >= size {
            return Ok(true);
        }
        buffer.resize(size, 0);
        let filled = loop {
            match self.input.read(&mut buffer[length..]) {
                Ok(read) => {
                    length += read;
                    if read == 0 || length == size {
                        break Ok(length == size);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Err(told(&self.path, error)),
            }
        };
        buffer.truncate(length);
        filled
    }

    /// Reads what is left, and gives the digest of the file as it stands there.
    ///
    /// # Errors
    /// The rest can't be read, or what is compressed is not sound.
    pub fn finish(self) -> Result<Digest> {
        self.input.into_inner().finish().map_err(|error| told(&self.path, error))
    }
}

/// A file that is not read from its start to its end is not seen through if it is compressed as a whole.
///
/// # Errors
/// Its name or its first bytes say that it is, or it can't be read.
pub fn must_be_plain(path: &Path, format: Format) -> Result<()> {
    let mut start = Vec::with_capacity(MAGIC);
    let read = File::open(path).and_then(|file| file.take(MAGIC as u64).read_to_end(&mut start));
    read.map_err(|error| Error::io("open the file", path, &error))?;
    match compression::of_start(&start).ok().flatten().or(Compression::of(path)) {
        None => Ok(()),
        Some(compression) => Err(Error::data(format!("a {format} file that is compressed as a whole is not read"))
            .in_file(path)
            .with_help(format!("take the {compression} off it first; {format} compresses what is in it itself"))),
    }
}

/// An error of ours on its way through a reader, where all errors are the system's.
fn carried(error: Error) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

/// What came through a reader: an error of ours, or one of the system.
fn told(path: &Path, error: io::Error) -> Error {
    match error.downcast::<Error>() {
        Ok(own) => own.in_file(path),
        Err(error) => Error::io("read the file", path, &error),
    }
}
