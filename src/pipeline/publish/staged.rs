use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Sender, bounded};

use crate::error::{Error, ErrorKind, Result};
use crate::format::{Digest, DigestReader};

/// After so many bytes the disk is set to work and what is there is read back, so that little is left to wait for at
/// the end.
const STRETCH: u64 = 32 << 20;

/// An output file before it is published: mode 0600, synced and read back behind the writer's back.
pub(in crate::pipeline) struct StagedFile {
    file: Arc<File>,
    written: u64,
    synced: u64,
    behind: Sender<u64>,
}

/// What is left to do for a staged file when everything is in it.
pub(in crate::pipeline) struct Unsynced {
    path: PathBuf,
    file: Arc<File>,
    behind: JoinHandle<io::Result<DigestReader<File>>>,
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
        let cannot = |error: io::Error| Error::io("make the output file", path, &error);
        let file = Arc::new(options.open(path).map_err(cannot)?);
        let mut back = DigestReader::new(File::open(path).map_err(cannot)?);
        let (sender, stretches) = bounded(1);
        let syncing = Arc::clone(&file);
        let behind = std::thread::spawn(move || {
            for end in stretches {
                syncing.sync_data()?;
                back.read_to(end)?;
            }
            Ok(back)
        });
        let unsynced = Unsynced { path: path.to_path_buf(), file: Arc::clone(&file), behind };
        Ok((Self { file, written: 0, synced: 0, behind: sender }, unsynced))
    }
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = (&*self.file).write(bytes)?;
        self.written += length as u64;
        // If the stretch before is not done yet, the next one covers this one too.
        if self.written - self.synced >= STRETCH && self.behind.try_send(self.written).is_ok() {
            self.synced = self.written;
        }
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Unsynced {
    /// Waits until the file is on the disk and has been read back: it must hold what was written to it. The writer
    /// must be gone by now.
    ///
    /// # Errors
    /// The file can't be synced or read, or holds something else.
    pub(in crate::pipeline) fn check_and_sync(self, written: &Digest) -> Result<()> {
        let failed = |_| Err(io::ErrorKind::Other.into());
        let cannot = |doing: &str, error: io::Error| Error::io(doing, &self.path, &error);
        let back = self.behind.join().unwrap_or_else(failed).map_err(|error| cannot("sync the output file", error))?;
        let (synced, read) = std::thread::scope(|scope| {
            let synced = scope.spawn(|| self.file.sync_all());
            let read = back.finish();
            (synced.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into())), read)
        });
        synced.map_err(|error| cannot("sync the output file", error))?;
        let read = read.map_err(|error| cannot("read back the output file", error))?;
        if &read == written {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Io, "the output file does not hold what was written to it").in_file(&self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::DigestWriter;

    #[test]
    fn a_file_that_does_not_hold_what_was_written_to_it_is_refused() {
        type Harm = fn(&Path) -> io::Result<()>;
        let cases: [(&str, Harm); 4] = [
            ("nothing", |_| Ok(())),
            ("a byte changed", |path| {
                use std::os::unix::fs::FileExt;
                OpenOptions::new().write(true).open(path)?.write_all_at(b"X", 2)
            }),
            ("a byte cut off", |path| OpenOptions::new().write(true).open(path)?.set_len(10)),
            ("a byte added", |path| OpenOptions::new().append(true).open(path)?.write_all(b"X")),
        ];
        for (case, harm) in cases {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("data");
            let (file, unsynced) = StagedFile::create(&path).unwrap();
            let mut writer = DigestWriter::new(file);
            writer.write_all(b"id,name\n1,x").unwrap();
            let written = writer.digest();
            drop(writer);
            harm(&path).unwrap();
            let checked = unsynced.check_and_sync(&written);
            assert_eq!(checked.is_ok(), case == "nothing", "{case}");
        }
    }
}
