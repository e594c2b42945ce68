use std::fs;
use std::io;
use std::path::Path;

/// Gives `folder` the name `destination`. A folder that has it already gets the name of `folder`, in the same step
/// where the system can do that.
pub(super) fn put(folder: &Path, destination: &Path) -> io::Result<()> {
    match fs::symlink_metadata(destination) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::rename(folder, destination),
        Err(error) => Err(error),
        Ok(_) => exchange(folder, destination).or_else(|_| one_after_the_other(folder, destination)),
    }
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// For file systems that can't exchange two names: there is a moment without either.
fn one_after_the_other(folder: &Path, destination: &Path) -> io::Result<()> {
    let aside = folder.with_extension("replaced");
    fs::rename(destination, &aside)?;
    if let Err(error) = fs::rename(folder, destination) {
        fs::rename(&aside, destination)?;
        return Err(error);
    }
    fs::remove_dir_all(&aside)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn there_is_no_moment_without_a_data_set() {
        let parent = tempfile::tempdir().unwrap();
        let (new, old) = (parent.path().join("new"), parent.path().join("old"));
        for folder in [&new, &old] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("data"), folder.to_string_lossy().as_bytes()).unwrap();
        }
        put(&new, &old).unwrap();
        // Each stands in the other's place: that takes one step, and anything else more than one.
        for (folder, other) in [(&new, &old), (&old, &new)] {
            assert_eq!(fs::read(folder.join("data")).unwrap(), other.to_string_lossy().as_bytes());
        }
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 2);
    }
}
