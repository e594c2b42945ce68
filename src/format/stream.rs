use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Digest, DigestReader};
use crate::error::{Error, Result};

/// The path that stands for standard input, and for standard output where something is written.
pub const STANDARD: &str = "-";

/// Whether a path stands for standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD
}

/// The bytes of an input that is read once, from its start to its end.
pub struct Stream {
    path: PathBuf,
    input: DigestReader<Box<dyn Read + Send>>,
    /// What was read to be looked at and not yet given out.
    head: Vec<u8>,
}

impl Stream {
    /// Opens a file, or standard input if the path is `-`.
    ///
    /// # Errors
    /// The file can't be opened.
    pub fn open(path: &Path) -> Result<Self> {
        let input: Box<dyn Read + Send> = if is_standard(path) {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(|error| Error::io("open the file", path, &error))?)
        };
        Ok(Self { path: path.to_path_buf(), input: DigestReader::new(input), head: Vec::new() })
    }

    /// An input that is already open, and which messages call `path`.
    pub(super) fn over(path: &Path, input: Box<dyn Read + Send>) -> Self {
        Self { path: path.to_path_buf(), input: DigestReader::new(input), head: Vec::new() }
    }

    /// What messages call it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes of the input were read.
    pub fn position(&self) -> u64 {
        self.input.position()
    }

    /// The next `size` bytes, left where they are; fewer if the input ends before.
    ///
    /// # Errors
    /// The input can't be read.
    pub fn peek(&mut self, size: usize) -> Result<&[u8]> {
        let mut head = std::mem::take(&mut self.head);
        self.read_to(&mut head, size)?;
        self.head = head;
        Ok(self.head.get(..size).unwrap_or(&self.head))
    }

    /// Reads until `buffer` holds `size` bytes. False if the input ended before.
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
                Err(error) => break Err(Error::io("read the file", &self.path, &error)),
            }
        };
        buffer.truncate(length);
        filled
    }

    /// Reads what is left, and gives the digest of everything.
    ///
    /// # Errors
    /// The rest can't be read.
    pub fn finish(self) -> Result<Digest> {
        self.input.finish().map_err(|error| Error::io("read the file", &self.path, &error))
    }
}
