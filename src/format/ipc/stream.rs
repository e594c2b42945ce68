use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::input::exactly;
use super::message::{CONTINUATION, LONGEST_METADATA, Message, malformed};
use crate::error::{Error, Result};
use crate::format::parquet::{Fault, guarded};
use crate::format::{Digest, DigestReader};

/// Messages one after the other.
pub(super) struct Messages {
    input: DigestReader<File>,
    /// Whether the end of the stream has been read.
    has_ended: bool,
}

impl Messages {
    pub(super) fn new(file: File) -> Self {
        Self { input: DigestReader::new(file), has_ended: false }
    }

    /// The next message, or none at the end of the stream.
    ///
    /// # Errors
    /// The file can't be read, is malformed, or ends before the stream does.
    pub(super) fn next(&mut self, path: &Path) -> Result<Option<Message>> {
        if self.has_ended {
            return Ok(None);
        }
        let mut length = self.word(path)?;
        if length == CONTINUATION {
            length = self.word(path)?;
        }
        if length == [0; 4] {
            self.has_ended = true;
            return Ok(None);
        }
        let length = u64::from(u32::from_le_bytes(length));
        if length > LONGEST_METADATA {
            return Err(malformed());
        }
        let metadata = self.take(length, path)?;
        let body = guarded(|| {
            let message = arrow::ipc::root_as_message(&metadata).map_err(|_| Fault::Malformed)?;
            u64::try_from(message.bodyLength()).map_err(|_| Fault::Malformed)
        });
        let body = self.take(body.map_err(|_| malformed())?, path)?;
        Message::new(metadata, body).map(Some)
    }

    fn word(&mut self, path: &Path) -> Result<[u8; 4]> {
        let mut word = [0; 4];
        self.input.read_exact(&mut word).map_err(|error| told(&error, path))?;
        Ok(word)
    }

    fn take(&mut self, length: u64, path: &Path) -> Result<arrow::buffer::Buffer> {
        exactly(&mut self.input, length).map_err(|error| told(&error, path))
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.input.position()
    }

    /// Reads what is left, and gives the digest of the whole file.
    pub(super) fn finish(self) -> std::io::Result<Digest> {
        self.input.finish()
    }
}

fn told(error: &std::io::Error, path: &Path) -> Error {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => Error::data("the file ends before the stream of Arrow in it does")
            .with_help("was it cut off, or not closed by the program that wrote it? Export it again"),
        _ => Error::io("read the file", path, error),
    }
}
