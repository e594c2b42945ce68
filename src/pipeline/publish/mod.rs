//! Publishing: outputs are staged beside the destination, on its file system, under a name that is known for what it
//! is; checked and synced; and given their name in one step. A run that dies leaves the destination as it was, and the
//! next run to the same destination clears its staging away.

mod folder;
mod staged;
mod swap;

use std::fs::{self, DirBuilder, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use super::{Manifest, stop};
use crate::error::{Error, ErrorKind, Result};
use crate::format::{Format, STANDARD, is_standard};

use staged::{StagedFile, Unsynced};

pub(super) use folder::FolderWriter;

pub use crate::format::dump::MANIFEST_NAME;

/// Where the outputs of a run go.
pub(super) enum Destination {
    /// They are staged, and published when all of them are there.
    Staged(Staging),
    /// One output goes to standard output, piece by piece: what is out is out.
    Standard,
}

/// A file that is written.
pub(super) type OutputFile = Box<dyn Write + Send>;

impl Destination {
    /// Prepares to write as `to` what is made of `from`.
    ///
    /// # Errors
    /// As of [`Staging::prepare`], and [`ErrorKind::Usage`] if several files are to go to standard output.
    pub(super) fn prepare(from: &Path, to: &Path, is_folder: bool, replace: bool) -> Result<Self> {
        if !is_standard(to) {
            return Staging::prepare(from, to, is_folder, replace).map(Self::Staged);
        }
        if is_folder {
            return Err(
                usage("a folder can't be written to standard output", from).with_help("name a folder by `--to`")
            );
        }
        Ok(Self::Standard)
    }

    /// The format that the name of a single output file says.
    pub(super) fn single_format(&self) -> Option<Format> {
        match self {
            Self::Staged(staging) => staging.single_format(),
            Self::Standard => None,
        }
    }

    /// The name of a single output file.
    pub(super) fn single_name(&self) -> Option<String> {
        match self {
            Self::Staged(staging) => staging.single_name(),
            Self::Standard => Some(STANDARD.to_owned()),
        }
    }

    /// Where the output with this name is written, its folders made.
    pub(super) fn file(&self, name: &str) -> Result<PathBuf> {
        match self {
            Self::Staged(staging) => staging.file(name),
            Self::Standard => Ok(PathBuf::from(STANDARD)),
        }
    }

    /// Makes the file at a place that [`file`](Self::file) gave, and with it what is left to do when all is written.
    pub(super) fn create(&self, path: &Path) -> Result<(OutputFile, Option<Unsynced>)> {
        match self {
            Self::Staged(_) => {
                let (file, unsynced) = StagedFile::create(path)?;
                Ok((Box::new(file), Some(unsynced)))
            }
            Self::Standard => {
                Ok((standard_output().map_err(|error| Error::io("write the output", path, &error))?, None))
            }
        }
    }

    /// Ends an output that can't be taken back so that whoever reads it fails.
    pub(super) fn cut_off(&self, tail: &[u8]) {
        if let (Self::Standard, false, Ok(mut output)) = (self, tail.is_empty(), standard_output()) {
            // The run has failed already, and says so.
            let _ = output.write_all(tail);
        }
    }

    /// Gives the data set its name.
    pub(super) fn publish(&self, manifest: &Manifest) -> Result<()> {
        match self {
            Self::Staged(staging) => staging.publish(manifest),
            Self::Standard => Ok(()),
        }
    }
}

/// Standard output as a file: blocks are large, and need no buffer that looks for line ends.
#[cfg(unix)]
fn standard_output() -> std::io::Result<OutputFile> {
    use std::os::fd::AsFd;
    Ok(Box::new(File::from(std::io::stdout().as_fd().try_clone_to_owned()?)))
}

#[cfg(not(unix))]
fn standard_output() -> std::io::Result<OutputFile> {
    Ok(Box::new(std::io::stdout()))
}

/// A place for outputs that are not published yet. What is still there when it is dropped is removed.
pub(crate) struct Staging {
    folder: PathBuf,
    destination: PathBuf,
    is_folder: bool,
    /// Held, and with it the lock, as long as the run lasts.
    _lock: File,
}

impl Staging {
    /// Prepares to publish as `to` what is made of `from`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if the destination exists and is not to be replaced, is no data set of bowdler's, is a link,
    /// or is the input or inside it or round it, or if another run is writing to it; [`ErrorKind::Io`] if no staging can
    /// be made beside it.
    pub(crate) fn prepare(from: &Path, to: &Path, is_folder: bool, replace: bool) -> Result<Self> {
        let parent = match to.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => return Err(usage("the destination has no folder to stand in", to)),
        };
        let name = to.file_name().ok_or_else(|| usage("the destination has no name", to))?;
        check_apart(from, parent, name, to)?;
        check_destination(to, is_folder, replace)?;
        if !parent.is_dir() {
            return Err(usage("the folder that the destination is to stand in does not exist", parent));
        }
        let mut staging_name = std::ffi::OsString::from(".");
        staging_name.push(name);
        staging_name.push(".bowdler-staging");
        let folder = parent.join(staging_name);
        let lock = claim(&folder)?;
        clear(&folder)?;
        stop::enter(&folder);
        Ok(Self { folder, destination: to.to_path_buf(), is_folder, _lock: lock })
    }

    /// The format that the name of a single output file says.
    pub(super) fn single_format(&self) -> Option<Format> {
        if self.is_folder { None } else { Format::of(&self.destination) }
    }

    /// The name of a single output file.
    pub(super) fn single_name(&self) -> Option<String> {
        let name = self.destination.file_name().filter(|_| !self.is_folder);
        name.map(|name| name.to_string_lossy().into_owned())
    }

    /// Where a single output file is staged: under a name that has the ending of its own and is not the manifest's.
    fn single_file(&self) -> PathBuf {
        let mut name = std::ffi::OsString::from("data-");
        name.push(self.destination.file_name().unwrap_or_default());
        self.folder.join(name)
    }

    /// Where to stage the output with this name relative to the data set, its folders made.
    pub(crate) fn file(&self, name: &str) -> Result<PathBuf> {
        if !self.is_folder {
            return Ok(self.single_file());
        }
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            private_folder(parent)?;
        }
        Ok(path)
    }

    /// Gives the data set its name: the files first, the manifest last.
    pub(super) fn publish(&self, manifest: &Manifest) -> Result<()> {
        let staged_manifest = self.folder.join(MANIFEST_NAME);
        manifest.write(&staged_manifest)?;
        sync_folders(&self.folder)?;
        stop::published(|| self.name_all(&staged_manifest))?;
        let parent = self.destination.parent().filter(|parent| !parent.as_os_str().is_empty());
        sync_folder(parent.unwrap_or(Path::new(".")))
    }

    fn name_all(&self, staged_manifest: &Path) -> Result<()> {
        let destination = &self.destination;
        let cannot = |error: std::io::Error| Error::io("publish the data set", destination, &error);
        if self.is_folder {
            // The staging folder becomes the data set, and the data set that was there takes its place, to be removed.
            swap::put(&self.folder, destination).map_err(cannot)?;
        } else {
            fs::rename(self.single_file(), destination).map_err(cannot)?;
            fs::rename(staged_manifest, manifest_beside(destination)).map_err(cannot)?;
        }
        Ok(())
    }
}

impl Staging {
    /// Gives the one file that was staged its name, without a manifest: what is left beside a data set.
    pub(crate) fn publish_file(&self) -> Result<()> {
        let cannot = |error: std::io::Error| {
            Error::io("put the file in its place, though the data set is published", &self.destination, &error)
        };
        fs::rename(self.single_file(), &self.destination).map_err(cannot)?;
        let parent = self.destination.parent().filter(|parent| !parent.as_os_str().is_empty());
        sync_folder(parent.unwrap_or(Path::new(".")))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a published folder this is the data set that was replaced, or nothing.
        stop::leave(&self.folder, || drop(fs::remove_dir_all(&self.folder)));
    }
}

fn usage(message: &str, path: &Path) -> Error {
    Error::new(ErrorKind::Usage, message).in_file(path)
}

/// Where the manifest of a data set is: in its folder, or beside it if it is a single file.
pub(super) fn manifest_path(data_set: &Path) -> PathBuf {
    if data_set.is_dir() { data_set.join(MANIFEST_NAME) } else { manifest_beside(data_set) }
}

/// The manifest of a single file stands beside it.
pub(crate) fn manifest_beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(MANIFEST_NAME);
    file.with_file_name(name)
}

/// Input and destination must have nothing of each other.
fn check_apart(from: &Path, parent: &Path, name: &std::ffi::OsStr, to: &Path) -> Result<()> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let (Some(source), Some(parent)) = (real(from), real(parent)) else { return Ok(()) };
    let target = real(to).unwrap_or_else(|| parent.join(name));
    if source == target || same_file(from, to) {
        return Err(usage("the destination is the input, which is never overwritten", to));
    }
    if source.is_dir() && target.starts_with(&source) {
        return Err(usage("the destination is inside the input", to));
    }
    if source.starts_with(&target) {
        return Err(usage("the input is inside the destination", to));
    }
    Ok(())
}

#[cfg(unix)]
fn same_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(a), Ok(b)) = (fs::metadata(a), fs::metadata(b)) else { return false };
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn same_file(_: &Path, _: &Path) -> bool {
    false
}

/// What stands at the destination must be nothing, an empty folder, or a thing that may be replaced.
fn check_destination(to: &Path, is_folder: bool, replace: bool) -> Result<()> {
    // The manifest of a single file stands beside it, and comes last: what can't be replaced must be known now.
    let manifest = manifest_beside(to);
    if !is_folder && fs::symlink_metadata(&manifest).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(usage("something that is no file stands where the manifest is to be written", &manifest));
    }
    let metadata = match fs::symlink_metadata(to) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io("look at the destination", to, &error)),
        Ok(metadata) => metadata,
    };
    let kind = metadata.file_type();
    if kind.is_symlink() {
        return Err(usage("the destination is a link, which is not followed", to));
    }
    if kind.is_dir() != is_folder || !(kind.is_dir() || kind.is_file()) {
        let message = if is_folder {
            "the input is a folder, and the destination is none"
        } else {
            "the input is a file, and the destination is none"
        };
        return Err(usage(message, to));
    }
    if is_folder {
        let mut entries = fs::read_dir(to).map_err(|error| Error::io("look at the destination", to, &error))?;
        if entries.next().is_none() {
            return Ok(());
        }
    }
    if !replace {
        return Err(usage("the destination exists", to).with_help("`--replace` puts the new data set in its place"));
    }
    if is_folder && !to.join(MANIFEST_NAME).is_file() {
        return Err(usage("the destination is no data set that bowdler made, so that it is not replaced", to)
            .with_help("remove it yourself if nobody needs it"));
    }
    Ok(())
}

/// Makes or takes over the staging folder and locks it. A lock dies with its process.
fn claim(folder: &Path) -> Result<File> {
    loop {
        private_folder(folder)?;
        let cannot = |error: std::io::Error| Error::io("make a staging folder", folder, &error);
        let lock = File::open(folder).map_err(cannot)?;
        if flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Err(usage("another run is writing to this destination", folder));
        }
        // A run that ended just now may have given the folder another name.
        if is_still(folder, &lock) {
            return Ok(lock);
        }
    }
}

#[cfg(unix)]
fn is_still(folder: &Path, lock: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(named), Ok(locked)) = (fs::symlink_metadata(folder), lock.metadata()) else { return false };
    (named.dev(), named.ino()) == (locked.dev(), locked.ino())
}

#[cfg(not(unix))]
fn is_still(_: &Path, _: &File) -> bool {
    true
}

/// Removes what a run that died has left.
fn clear(folder: &Path) -> Result<()> {
    let cannot = |error: std::io::Error| Error::io("clear the staging folder", folder, &error);
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let is_folder = fs::symlink_metadata(&path).map_err(cannot)?.is_dir();
        if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.map_err(cannot)?;
    }
    Ok(())
}

/// Makes a folder, and those it stands in, that only its owner can open.
fn private_folder(folder: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| Error::io("make a staging folder", folder, &error))
}

/// Makes the names in a folder and below it outlive a power cut.
fn sync_folders(folder: &Path) -> Result<()> {
    let cannot = |error: std::io::Error| Error::io("sync the staging folder", folder, &error);
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    sync_folder(folder)
}

fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| Error::io("sync the folder", folder, &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Key, Keyring, Suite};
    use crate::pipeline::KeyOrigin;
    use crate::rules::Rules;

    #[test]
    fn the_manifest_of_a_file_comes_after_the_file() {
        let rules =
            Rules::parse("rules.toml", "version = 1\n[tables.t]\nfiles = [\"*\"]\ncolumns = { a = \"keep\" }\n");
        let keys = Keyring::new(Key::from_bytes([0; 32]), Suite::default());
        let manifest = Manifest::new(&rules.unwrap(), &keys, KeyOrigin::Given, &[], &[]);
        for in_the_way in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let (from, to) = (folder.path().join("from.csv"), folder.path().join("to.csv"));
            fs::write(&from, "a\n").unwrap();
            let staging = Staging::prepare(&from, &to, false, false).unwrap();
            fs::write(staging.file("to.csv").unwrap(), "a\n").unwrap();
            if in_the_way {
                fs::create_dir(&to).unwrap();
            }
            assert_eq!(staging.publish(&manifest).is_err(), in_the_way);
            // A manifest without its data set would vouch for what is not there.
            assert_eq!(manifest_beside(&to).exists(), !in_the_way);
        }
    }
}
