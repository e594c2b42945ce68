//! Stopping before the end: runs of this process are asked to, and what they have staged is removed. Nothing is published
//! by a run that was asked in time.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::{Error, ErrorKind, Result};

static ASKED: AtomicBool = AtomicBool::new(false);

/// What this process has on the disk that is not published. Who publishes holds it.
static STAGED: Mutex<Staged> = Mutex::new(Staged { folders: Vec::new(), published: false });

struct Staged {
    folders: Vec<PathBuf>,
    /// Whether a data set got its name since the last run began.
    published: bool,
}

/// Asks all runs of this process to stop at the next block. They fail with [`ErrorKind::Stopped`] and leave nothing; one
/// that is about to publish still may.
pub fn stop() {
    ASKED.store(true, Ordering::Release);
}

/// For runs that do not get as far as the next block: removes what they have staged, and holds them up wherever they
/// would publish or clean up, so that the process must end now. If a data set was published in the meantime, nothing
/// of this is done and the answer is `false`: the run ends by itself.
pub fn abandon() -> bool {
    /// A file that is made while its folder is removed is in the way of that, and of little else.
    const TRIES: usize = 8;
    let staged = staged();
    if staged.published {
        return false;
    }
    for folder in &staged.folders {
        // What can't be removed is cleared away by the next run.
        let _ = (0..TRIES).find(|_| fs::remove_dir_all(folder).is_ok() || !folder.exists());
    }
    std::mem::forget(staged);
    true
}

/// Fails if the process was asked to stop.
///
/// # Errors
/// [`ErrorKind::Stopped`].
pub(crate) fn go_on() -> Result<()> {
    if ASKED.load(Ordering::Acquire) {
        return Err(Error::new(ErrorKind::Stopped, "stopped before its end; nothing was published"));
    }
    Ok(())
}

fn staged() -> MutexGuard<'static, Staged> {
    STAGED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes a staging folder, with which a run begins.
pub(super) fn enter(folder: &Path) {
    let mut staged = staged();
    staged.folders.push(folder.to_path_buf());
    staged.published = false;
}

/// Notes that a staging folder is gone; `remove` sees to that.
pub(super) fn leave(folder: &Path, remove: impl FnOnce()) {
    let mut staged = staged();
    remove();
    staged.folders.retain(|other| other != folder);
}

/// Publishes, unless the process was asked to stop.
///
/// # Errors
/// [`ErrorKind::Stopped`], and those of `publish`.
pub(super) fn published(publish: impl FnOnce() -> Result<()>) -> Result<()> {
    let mut staged = staged();
    go_on()?;
    publish()?;
    staged.published = true;
    Ok(())
}
