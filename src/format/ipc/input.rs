use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use arrow::buffer::Buffer;

use crate::format::{Digest, DigestReader};

/// A file of which pieces are read.
pub(super) enum Input {
    /// From its start to its end, once.
    InOrder(DigestReader<File>),
    /// Here and there, because the pieces are not in order; at the end, once more for its digest.
    Scattered { file: File, read: u64 },
}

impl Input {
    /// Starts reading, in order if the pieces are.
    pub(super) fn start(mut file: File, in_order: bool) -> io::Result<Self> {
        file.rewind()?;
        Ok(if in_order { Self::InOrder(DigestReader::new(file)) } else { Self::Scattered { file, read: 0 } })
    }

    /// Reads a piece, which lies inside the file.
    pub(super) fn piece(&mut self, range: &Range<u64>) -> io::Result<Buffer> {
        match self {
            Self::InOrder(input) => {
                input.read_to(range.start)?;
                exactly(input, range.end - range.start)
            }
            Self::Scattered { file, read } => {
                *read += range.end - range.start;
                piece_of(file, range)
            }
        }
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        match self {
            Self::InOrder(input) => input.position(),
            Self::Scattered { read, .. } => *read,
        }
    }

    /// Reads what is left, and gives the digest of the whole file.
    pub(super) fn finish(self) -> io::Result<Digest> {
        match self {
            Self::InOrder(input) => input.finish(),
            Self::Scattered { mut file, .. } => file.rewind().and_then(|()| DigestReader::new(file).finish()),
        }
    }
}

/// Reads a piece of a file, inside of which it lies.
pub(super) fn piece_of(mut file: &File, range: &Range<u64>) -> io::Result<Buffer> {
    file.seek(SeekFrom::Start(range.start))?;
    exactly(&mut file, range.end - range.start)
}

/// Reads so many bytes. Room is made as they come, so that a length that is a lie costs nothing.
pub(super) fn exactly(input: &mut impl Read, length: u64) -> io::Result<Buffer> {
    /// What room is made for at once, in bytes.
    const AT_ONCE: u64 = 64 << 20;
    let mut bytes = Vec::with_capacity(length.min(AT_ONCE) as usize);
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(Buffer::from_vec(bytes)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
