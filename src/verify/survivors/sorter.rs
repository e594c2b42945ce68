//! Sorts any number of entries in bounded memory: full buffers go to the disk in order, and are merged from there.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::tags::{Entry, ShortTag};
use crate::error::{Error, Result};

/// How many entries are sorted at once: 20 MiB of them.
const BUFFER: usize = 1 << 20;

/// How many entries a thread keeps before it gives them away.
const SHARD: usize = 1 << 12;

/// How many runs are merged into one.
const FAN_IN: usize = 32;

/// Entries on their way into order, from any number of threads.
pub(super) struct Sorter {
    folder: PathBuf,
    buffer: usize,
    shards: Vec<Mutex<Vec<Entry>>>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    entries: Vec<Entry>,
    /// Sorted runs on the disk; those of each level are merged from those of the level before.
    levels: Vec<Vec<PathBuf>>,
    made: usize,
    failure: Option<Error>,
}

impl Sorter {
    /// Sorts in this folder, for so many threads.
    pub(super) fn new(folder: &Path, threads: usize) -> Self {
        Self::with_buffer(folder, threads, BUFFER)
    }

    fn with_buffer(folder: &Path, threads: usize, buffer: usize) -> Self {
        let shards = std::iter::repeat_with(Mutex::default).take(threads + 1).collect();
        Self { folder: folder.to_path_buf(), buffer, shards, kept: Mutex::default() }
    }

    /// Takes entries. What goes wrong is told at the end.
    pub(super) fn take<const N: usize>(&self, entries: [Entry; N]) {
        let place = rayon::current_thread_index().map_or(0, |index| index + 1) % self.shards.len().max(1);
        let Some(shard) = self.shards.get(place) else { return };
        let mut shard = locked(shard);
        shard.extend(entries);
        if shard.len() >= SHARD.min(self.buffer) {
            let entries = std::mem::take(&mut *shard);
            drop(shard);
            locked(&self.kept).take(entries, self.buffer, &self.folder);
        }
    }

    /// Tells of all entries in the order of their tags, those of one tag joined.
    ///
    /// # Errors
    /// The disk failed at any time, or `tell` does.
    pub(super) fn finish(self, tell: impl FnMut(Entry) -> Result<()>) -> Result<()> {
        let Self { folder, buffer, shards, kept } = self;
        let mut kept = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        for shard in shards {
            kept.take(shard.into_inner().unwrap_or_else(PoisonError::into_inner), buffer, &folder);
        }
        if let Some(failure) = kept.failure {
            return Err(failure);
        }
        sort(&mut kept.entries);
        let mut runs = vec![Run::Here(kept.entries.into_iter())];
        for path in kept.levels.iter().flatten() {
            runs.push(Run::open(path)?);
        }
        merge(runs, tell)?;
        kept.levels.iter().flatten().for_each(|path| drop(std::fs::remove_file(path)));
        Ok(())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    fn take(&mut self, entries: Vec<Entry>, buffer: usize, folder: &Path) {
        self.entries.extend(entries);
        if self.entries.len() < buffer || self.failure.is_some() {
            return;
        }
        sort(&mut self.entries);
        // What joins with itself leaves room.
        if self.entries.len() * 2 >= buffer {
            let entries = std::mem::take(&mut self.entries);
            self.failure = self.put_away(entries, folder).err();
        }
    }

    fn put_away(&mut self, entries: Vec<Entry>, folder: &Path) -> Result<()> {
        let mut runs = vec![Run::Here(entries.into_iter())];
        let mut level = 0;
        loop {
            let path = folder.join(format!("run-{}", self.made));
            self.made += 1;
            let cannot = |error: io::Error| Error::io("write tags to be sorted", &path, &error);
            let mut out = BufWriter::new(private(&path).map_err(cannot)?);
            merge(std::mem::take(&mut runs), |entry| out.write_all(&entry.to_bytes()).map_err(cannot))?;
            out.flush().map_err(cannot)?;
            if self.levels.len() <= level {
                self.levels.push(Vec::new());
            }
            let Some(here) = self.levels.get_mut(level) else { return Ok(()) };
            here.push(path);
            if here.len() < FAN_IN {
                return Ok(());
            }
            let merged = std::mem::take(here);
            for path in &merged {
                runs.push(Run::open(path)?);
                // Its name is not needed any more, and its bytes go when it has been read.
                std::fs::remove_file(path).map_err(|error| Error::io("remove sorted tags", path, &error))?;
            }
            level += 1;
        }
    }
}

/// Makes a new file that only its owner can read.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Sorts entries and joins those of one tag.
fn sort(entries: &mut Vec<Entry>) {
    entries.sort_unstable_by_key(|entry| entry.tag);
    entries.dedup_by(|next, kept| {
        let is_same = next.tag == kept.tag;
        if is_same {
            kept.join(next);
        }
        is_same
    });
}

/// Entries in order.
enum Run {
    Here(std::vec::IntoIter<Entry>),
    There { path: PathBuf, file: BufReader<File> },
}

impl Run {
    fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::io("read sorted tags", path, &error))?;
        Ok(Self::There { path: path.to_path_buf(), file: BufReader::new(file) })
    }

    fn next(&mut self) -> Result<Option<Entry>> {
        match self {
            Self::Here(entries) => Ok(entries.next()),
            Self::There { path, file } => {
                let mut bytes = [0; Entry::BYTES];
                let cannot = |error: io::Error| Error::io("read sorted tags", path, &error);
                let (first, rest) = bytes.split_at_mut(1);
                if file.read(first).map_err(cannot)? == 0 {
                    return Ok(None);
                }
                file.read_exact(rest).map_err(cannot)?;
                Ok(Some(Entry::of_bytes(&bytes)))
            }
        }
    }
}

/// Tells of the entries of all runs in order, those of one tag joined.
fn merge(mut runs: Vec<Run>, mut tell: impl FnMut(Entry) -> Result<()>) -> Result<()> {
    let mut heads: Vec<Option<Entry>> = Vec::with_capacity(runs.len());
    let mut order: BinaryHeap<Reverse<(ShortTag, usize)>> = BinaryHeap::new();
    for (place, run) in runs.iter_mut().enumerate() {
        let head = run.next()?;
        order.extend(head.map(|entry| Reverse((entry.tag, place))));
        heads.push(head);
    }
    let mut last: Option<Entry> = None;
    while let Some(Reverse((_, place))) = order.pop() {
        let (Some(run), Some(head)) = (runs.get_mut(place), heads.get_mut(place)) else { continue };
        let entry = std::mem::replace(head, run.next()?);
        order.extend(head.map(|next| Reverse((next.tag, place))));
        let Some(entry) = entry else { continue };
        match &mut last {
            Some(last) if last.tag == entry.tag => last.join(&entry),
            last => {
                if let Some(before) = last.replace(entry) {
                    tell(before)?;
                }
            }
        }
    }
    last.map_or(Ok(()), tell)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::tags::{Label, Labelled};
    use super::*;

    /// Numbers that repeat, as entries.
    fn entries(count: u32) -> impl Iterator<Item = Entry> {
        (0..count).map(|place| {
            let number = place.wrapping_mul(2_654_435_761) % 5_000;
            let mut tag = [0; 12];
            tag[..4].copy_from_slice(&number.wrapping_mul(0x9e37_79b1).to_be_bytes());
            Entry { tag, label: Label::of_value((place % 7) as usize, place % 5), count: 1 }
        })
    }

    #[test]
    fn entries_come_out_sorted_and_joined_however_many_runs_there_are() {
        // The oracle: a map.
        let mut expected: BTreeMap<ShortTag, (usize, u32, u32)> = BTreeMap::new();
        for entry in entries(60_000) {
            let Labelled::Value { column, nature } = entry.label.read() else { panic!() };
            let seen = expected.entry(entry.tag).or_insert((column, nature, 0));
            *seen = (seen.0.min(column), seen.1.min(nature), seen.2 + 1);
        }
        let expected: Vec<Entry> = expected
            .into_iter()
            .map(|(tag, (column, nature, count))| Entry { tag, label: Label::of_value(column, nature), count })
            .collect();
        for buffer in [1 << 20, 5_000, 700, 30] {
            let folder = tempfile::tempdir().unwrap();
            let sorter = Sorter::with_buffer(folder.path(), 2, buffer);
            entries(60_000).for_each(|entry| sorter.take([entry]));
            let files = std::fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(files > 0, buffer < 10_000, "{buffer}");
            assert!(files < 3 * FAN_IN, "{files} files at once");
            let mut sorted = Vec::new();
            sorter
                .finish(|entry| {
                    sorted.push(entry);
                    Ok(())
                })
                .unwrap();
            assert_eq!(sorted, expected, "{buffer}");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn a_disk_that_fails_is_told_at_the_end() {
        let sorter = Sorter::with_buffer(Path::new("/nowhere/at/all"), 1, 10);
        entries(1_000).for_each(|entry| sorter.take([entry]));
        assert_eq!(sorter.finish(|_| Ok(())).unwrap_err().kind(), crate::error::ErrorKind::Io);
    }
}
