//! Keys in files: written for their owner alone, and read only while that still holds.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use zeroize::Zeroizing;

use super::Key;
use crate::error::{Error, ErrorKind, Result};

/// More bytes than any key is written with; a longer file is none.
const LONGEST: u64 = 1024;

impl Key {
    /// Reads a key from a file that only its owner can read.
    ///
    /// # Errors
    /// [`ErrorKind::Key`] if the file can't be read, belongs to somebody else, is open to its group or to others, or
    /// holds no key.
    pub fn from_file(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| Self::unusable(path, &error))?;
        #[cfg(unix)]
        check_owner_and_mode(path, &file)?;
        Self::read(file).map_err(|error| error.in_file(path))
    }

    /// Reads a key from what a descriptor, a pipe or a secret manager gives.
    ///
    /// # Errors
    /// [`ErrorKind::Key`] if it can't be read or holds no key.
    pub fn read(source: impl Read) -> Result<Self> {
        let mut text = Zeroizing::new(Vec::with_capacity(LONGEST as usize));
        source
            .take(LONGEST)
            .read_to_end(&mut text)
            .map_err(|error| Error::new(ErrorKind::Key, format!("cannot read the key: {}", error.kind())))?;
        Self::parse(&text)
    }

    /// Writes the key to a new file, mode 0600.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if the file exists, [`ErrorKind::Io`] if it can't be written.
    pub fn write_new(&self, path: &Path) -> Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Error::new(ErrorKind::Usage, "the key file exists already, and a key is never overwritten")
                    .in_file(path)
            }
            _ => Error::io("make the key file", path, &error),
        })?;
        let mut text = self.to_text();
        text.push('\n');
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(|error| Error::io("write the key file", path, &error))
    }

    fn unusable(path: &Path, error: &std::io::Error) -> Error {
        Error::new(ErrorKind::Key, format!("cannot open the key file: {}", error.kind())).in_file(path)
    }
}

#[cfg(unix)]
fn check_owner_and_mode(path: &Path, file: &File) -> Result<()> {
    use std::os::unix::fs::MetadataExt;

    let metadata = file.metadata().map_err(|error| Key::unusable(path, &error))?;
    let refuse = |message: String| {
        Err(Error::new(ErrorKind::Key, message).in_file(path).with_help("a key file belongs to its user, mode 0600"))
    };
    if metadata.mode() & 0o077 != 0 {
        return refuse(format!("the key file has mode {:04o}: others can read it", metadata.mode() & 0o7777));
    }
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return refuse("the key file belongs to another user".to_owned());
    }
    Ok(())
}
