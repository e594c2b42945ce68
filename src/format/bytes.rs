use std::io::Write;
use std::path::Path;

use super::stream::Written;
use super::{Digest, Encoded, Writer};
use crate::error::{Error, Result};

/// A writer of blocks that are bytes, after `head`. They are compressed if the ending of `path` says so.
///
/// # Errors
/// The head can't be written.
pub fn bytes_writer<W: Write + Send + 'static>(file: W, path: &Path, head: &[u8]) -> Result<Box<dyn Writer>> {
    let mut out = Written::new(file, path);
    out.put(head)?;
    Ok(Box::new(BytesWriter { out }))
}

struct BytesWriter<W: Write> {
    out: Written<W>,
}

impl<W: Write + Send> Writer for BytesWriter<W> {
    fn write(&mut self, block: Encoded) -> Result<()> {
        match block {
            Encoded::Bytes(bytes) => self.out.put(&bytes),
            Encoded::RowGroup(_) | Encoded::Batches(_) | Encoded::File(_) => {
                Err(Error::internal("a file of bytes was given something else"))
            }
        }
    }

    fn works_on(&self, block: &Encoded) -> bool {
        matches!(block, Encoded::Bytes(bytes) if self.out.works_on(bytes.len()))
    }

    fn finish(self: Box<Self>) -> Result<Digest> {
        self.out.finish()
    }
}
