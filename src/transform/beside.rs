use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest file beside a rules file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// The files beside a rules file, for the rules that name one. Each is read once, and all are remembered: they belong to
/// the rules, and to the rules' digest.
pub struct Beside {
    /// The folder of the rules file; rules read from text have none.
    folder: Option<PathBuf>,
    read: RefCell<BTreeMap<String, Arc<[u8]>>>,
}

/// What is wrong with a file, and what to do about it. Neither has anything of what is in it.
type Fault = (&'static str, &'static str);

impl Beside {
    /// The files of a folder.
    pub(crate) fn folder(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), read: RefCell::default() }
    }

    /// No files at all.
    pub(crate) fn nothing() -> Self {
        Self { folder: None, read: RefCell::default() }
    }

    /// Reads a file by its path from the folder.
    pub(super) fn read(&self, path: &str) -> Result<Arc<[u8]>, Fault> {
        let Some(folder) = &self.folder else {
            return Err(("can't be read: these rules stand in no folder", "read the rules from a file, not from text"));
        };
        if let Some(bytes) = self.read.borrow().get(path) {
            return Ok(Arc::clone(bytes));
        }
        let bytes = read(&folder.join(path)).map_err(|error| match error.kind() {
            ErrorKind::NotFound => ("does not exist", "its path starts from the folder of the rules file"),
            ErrorKind::PermissionDenied => ("may not be read", "let the user who runs this read it"),
            _ => ("can't be read", "it must be a file, by its path from the folder of the rules file"),
        })?;
        if bytes.len() as u64 > LARGEST {
            return Err(("is larger than 16 MiB", "cut it down to the values that the column may have"));
        }
        let bytes: Arc<[u8]> = bytes.into();
        self.read.borrow_mut().insert(path.to_owned(), Arc::clone(&bytes));
        Ok(bytes)
    }

    /// The files that were read, by their paths as written, each with its digest.
    pub(crate) fn digests(self) -> Vec<(String, blake3::Hash)> {
        let files = self.read.into_inner().into_iter();
        files.map(|(path, bytes)| (path, blake3::hash(&bytes))).collect()
    }
}

/// Reads a file, of one that is too large one byte too many. What is no file, a pipe say, might never end.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
