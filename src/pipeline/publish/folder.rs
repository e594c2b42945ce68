//! An output that is a folder of files, written one after the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::private_folder;
use super::staged::{StagedFile, Unsynced};
use crate::error::{Error, Result};
use crate::format::{Digest, Encoded, Writer, bytes_writer};

/// Writes the files of a folder, each staged, synced and checked when the next one starts.
pub(in crate::pipeline) struct FolderWriter {
    folder: PathBuf,
    open: Option<Open>,
    digests: BTreeMap<String, Digest>,
}

/// The file that is being written.
struct Open {
    name: String,
    writer: Box<dyn Writer>,
    unsynced: Unsynced,
}

impl FolderWriter {
    /// Makes the folder, if it is not there.
    ///
    /// # Errors
    /// It can't be made.
    pub(in crate::pipeline) fn create(folder: &Path) -> Result<Self> {
        private_folder(folder)?;
        Ok(Self { folder: folder.to_path_buf(), open: None, digests: BTreeMap::new() })
    }

    fn start(&mut self, name: String) -> Result<()> {
        self.close()?;
        let path = self.folder.join(&name);
        let (file, unsynced) = StagedFile::create(&path)?;
        self.open = Some(Open { name, writer: bytes_writer(file, &path, b"")?, unsynced });
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let Some(Open { name, writer, unsynced }) = self.open.take() else { return Ok(()) };
        let written = writer.finish()?;
        unsynced.check_and_sync(&written)?;
        self.digests.insert(name, written);
        Ok(())
    }
}

impl Writer for FolderWriter {
    fn write(&mut self, block: Encoded) -> Result<()> {
        match (block, &mut self.open) {
            (Encoded::File(name), _) => self.start(name),
            (block, Some(open)) => open.writer.write(block),
            (_, None) => Err(Error::internal("what belongs to no file was to be written to a folder")),
        }
    }

    /// To end a file may be to compress it.
    fn works_on(&self, block: &Encoded) -> bool {
        let is_next = matches!(block, Encoded::File(_));
        is_next || self.open.as_ref().is_some_and(|open| open.writer.works_on(block))
    }

    fn finish(mut self: Box<Self>) -> Result<Digest> {
        self.close()?;
        Ok(Digest::of_folder(&self.digests))
    }
}
