use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Digest, DigestWriter, Encoded, Writer};
use crate::error::{Error, Result};

/// A writer of blocks that are bytes, after `head`.
///
/// # Errors
/// The head can't be written.
pub fn bytes_writer<W: Write + Send + 'static>(file: W, path: &Path, head: &[u8]) -> Result<Box<dyn Writer>> {
    let mut writer = BytesWriter { out: DigestWriter::new(file), path: path.to_path_buf() };
    writer.put(head)?;
    Ok(Box::new(writer))
}

struct BytesWriter<W> {
    out: DigestWriter<W>,
    path: PathBuf,
}

impl<W: Write> BytesWriter<W> {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.write_all(bytes).map_err(|error| Error::io("write the file", &self.path, &error))
    }
}

impl<W: Write + Send> Writer for BytesWriter<W> {
    fn write(&mut self, block: Encoded) -> Result<()> {
        match block {
            Encoded::Bytes(bytes) => self.put(&bytes),
            Encoded::RowGroup(_) | Encoded::Batches(_) => {
                Err(Error::internal("a file of bytes was given something else"))
            }
        }
    }

    fn finish(mut self: Box<Self>) -> Result<Digest> {
        self.out.flush().map_err(|error| Error::io("write the file", &self.path, &error))?;
        Ok(self.out.digest())
    }
}
