use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::args::KeySourceArgs;
use super::printer::Printer;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::key::Key;
use crate::pipeline::KeyOrigin;

/// The environment variable that names a key file. It never holds a key.
const KEY_FILE_VARIABLE: &str = "BOWDLER_KEY_FILE";

impl KeySourceArgs {
    /// The key that the person named, if any.
    pub(super) fn given(&self) -> Result<Option<Key>> {
        if let Some(file) = &self.key_file {
            return Key::from_file(file).map(Some);
        }
        if let Some(command) = &self.key_command {
            return from_command(command).map(Some);
        }
        if let Some(descriptor) = self.key_fd {
            return from_descriptor(descriptor).map(Some);
        }
        match std::env::var_os(KEY_FILE_VARIABLE) {
            // Set to nothing, it may have been meant to name a key: no reason to go on without one.
            Some(file) if file.is_empty() => {
                Err(Error::new(ErrorKind::Key, format!("the environment variable {KEY_FILE_VARIABLE} names no file"))
                    .with_help("unset it, to go without a key"))
            }
            Some(file) => Key::from_file(&PathBuf::from(file)).map(Some),
            None => Ok(None),
        }
    }

    /// The key that the person named, or a random one, which is said.
    pub(super) fn given_or_random(&self, printer: &Printer) -> Result<(Key, KeyOrigin)> {
        if let Some(key) = self.given()? {
            return Ok((key, KeyOrigin::Given));
        }
        printer.note(
            &Place::default(),
            "no key given: a random one is made for this run and forgotten, so that its tokens link to nothing",
        );
        Ok((Key::generate()?, KeyOrigin::Random))
    }
}

fn from_command(command: &str) -> Result<Key> {
    let failed = |message: &str| Error::new(ErrorKind::Key, format!("the key command {message}"));
    let mut child = Command::new("/bin/sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|_| failed("can't be started"))?;
    let key = child.stdout.take().ok_or_else(|| failed("prints nothing")).and_then(Key::read);
    let status = child.wait().map_err(|_| failed("can't be waited for"))?;
    if status.success() { key } else { Err(failed("failed")) }
}

fn from_descriptor(descriptor: u32) -> Result<Key> {
    let path = PathBuf::from(format!("/dev/fd/{descriptor}"));
    let file = File::open(&path)
        .map_err(|_| Error::new(ErrorKind::Key, format!("the descriptor {descriptor} is not open for reading")))?;
    Key::read(file)
}
