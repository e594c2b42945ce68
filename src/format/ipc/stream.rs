use arrow::buffer::Buffer;

use super::message::{CONTINUATION, LONGEST_METADATA, Message, malformed};
use crate::error::{Error, Result};
use crate::format::parquet::{Fault, guarded};
use crate::format::{Digest, Stream};

/// What room is made for at once, in bytes.
const AT_ONCE: usize = 16 << 20;

/// Messages one after the other.
pub(super) struct Messages {
    input: Stream,
    /// Whether the end of the stream has been read.
    has_ended: bool,
}

impl Messages {
    pub(super) fn new(input: Stream) -> Self {
        Self { input, has_ended: false }
    }

    /// The next message, or none at the end of the stream.
    ///
    /// # Errors
    /// The file can't be read, is malformed, or ends before the stream does.
    pub(super) fn next(&mut self) -> Result<Option<Message>> {
        if self.has_ended {
            return Ok(None);
        }
        let mut length = self.word()?;
        if length == CONTINUATION {
            length = self.word()?;
        }
        if length == [0; 4] {
            self.has_ended = true;
            return Ok(None);
        }
        let length = u64::from(u32::from_le_bytes(length));
        if length > LONGEST_METADATA {
            return Err(malformed());
        }
        let metadata = self.take(length)?;
        let body = guarded(|| {
            let message = arrow::ipc::root_as_message(&metadata).map_err(|_| Fault::Malformed)?;
            u64::try_from(message.bodyLength()).map_err(|_| Fault::Malformed)
        });
        let body = self.take(body.map_err(|_| malformed())?)?;
        Message::new(metadata, body).map(Some)
    }

    fn word(&mut self) -> Result<[u8; 4]> {
        let word = self.take(4)?;
        word.as_slice().try_into().map_err(|_| malformed())
    }

    /// Takes so many bytes. Room is made as they come, so that a length that is a lie costs nothing.
    fn take(&mut self, length: u64) -> Result<Buffer> {
        let length = usize::try_from(length).map_err(|_| malformed())?;
        let mut bytes = Vec::new();
        while bytes.len() < length {
            let next = length.min(bytes.len().saturating_add(AT_ONCE));
            if !self.input.fill(&mut bytes, next)? {
                return Err(Error::data("the file ends before the stream of Arrow in it does")
                    .with_help("was it cut off, or not closed by the program that wrote it? Export it again"));
            }
        }
        Ok(Buffer::from_vec(bytes))
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.input.position()
    }

    /// Reads what is left, and gives the digest of the whole input.
    ///
    /// # Errors
    /// It can't be read.
    pub(super) fn finish(self) -> Result<Digest> {
        self.input.finish()
    }
}
