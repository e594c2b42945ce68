use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Sender, bounded};

use crate::error::{Error, Result};
use crate::format::{Digest, DigestReader};

/// After so many bytes the disk is set to work, so that little is left to wait for at the end.
const STRETCH: usize = 32 << 20;

/// An output file before it is published: mode 0600, written to disk behind the writer's back.
pub(in crate::pipeline) struct StagedFile {
    file: Arc<File>,
    unsynced: usize,
    syncer: Option<Sender<()>>,
}

/// What is left to do for a staged file when everything is in it.
pub(in crate::pipeline) struct Unsynced {
    path: PathBuf,
    file: Arc<File>,
    syncing: JoinHandle<io::Result<()>>,
}

impl StagedFile {
    /// Makes the file.
    ///
    /// # Errors
    /// It exists, or can't be made.
    pub(in crate::pipeline) fn create(path: &Path) -> Result<(Self, Unsynced)> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| Error::io("make the output file", path, &error))?;
        let file = Arc::new(file);
        let (sender, stretches) = bounded::<()>(1);
        let behind = Arc::clone(&file);
        let syncing = std::thread::spawn(move || stretches.iter().try_for_each(|()| behind.sync_data()));
        let unsynced = Unsynced { path: path.to_path_buf(), file: Arc::clone(&file), syncing };
        Ok((Self { file, unsynced: 0, syncer: Some(sender) }, unsynced))
    }
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = (&*self.file).write(bytes)?;
        self.unsynced += written;
        if self.unsynced >= STRETCH {
            self.unsynced = 0;
            // A stretch that is still being written covers this one too, or the end will.
            if let Some(syncer) = &self.syncer {
                let _ = syncer.try_send(());
            }
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Unsynced {
    /// Waits until the file is on the disk, and reads it back meanwhile: it must hold what was written to it. The
    /// writer must be gone by now.
    ///
    /// # Errors
    /// The file can't be synced or read, or holds something else.
    pub(in crate::pipeline) fn check_and_sync(self, written: &Digest) -> Result<()> {
        let cannot = |doing: &str, error: io::Error| Error::io(doing, &self.path, &error);
        let (synced, read) = std::thread::scope(|scope| {
            let (file, syncing) = (&self.file, self.syncing);
            let synced = scope.spawn(move || {
                let behind = syncing.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
                behind.and_then(|()| file.sync_all())
            });
            let read = File::open(&self.path).and_then(|file| DigestReader::new(file).finish());
            (synced.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into())), read)
        });
        synced.map_err(|error| cannot("sync the output file", error))?;
        let read = read.map_err(|error| cannot("read back the output file", error))?;
        if &read == written {
            return Ok(());
        }
        Err(Error::new(crate::error::ErrorKind::Io, "the output file does not hold what was written to it")
            .in_file(&self.path))
    }
}
