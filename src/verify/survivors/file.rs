//! A keyed filter of survivors as a file: tags of values of a source, by which the values can be looked for later, with
//! the key and without the source.
//!
//! ```text
//! "bowdler survivors 1\n"
//! entries, ascending by tag:  tag (12 bytes)  label (4 bytes, little-endian)
//! foot: JSON, one line        suite, key id, number of entries, columns and how many values each has
//! length of the foot (4 bytes, little-endian)
//! seal (32 bytes): the tag of the BLAKE3 digest of all before
//! ```
//!
//! A tag is a keyed function of the value's letters and digits. Without the key it tells nothing of it; how many values
//! there are, of which column, nature and number of words, is there for anybody.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rayon::ThreadPool;
use serde::{Deserialize, Serialize};

use super::filter::Filter;
use super::sorter::{Sorter, private};
use super::source::Exports;
use super::tags::{Entry, Label, Labelled, ShortTag, TAG_BYTES, Tagger, hash_of_tag};
use super::{SourceColumn, is_common};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{Key, KeyId, Keyring, Suite};
use crate::pipeline::Staging;
use crate::verify::Gap;

const MAGIC: &[u8] = b"bowdler survivors 1\n";
const ENTRY: usize = TAG_BYTES + 4;
const SEAL: usize = 32;

/// The longest foot that is read, in bytes.
const LONGEST_FOOT: u64 = 64 << 20;

/// How many bytes are read at once: a whole number of entries.
const CHUNK: usize = ENTRY << 12;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Foot {
    suite: String,
    key: String,
    entries: u64,
    columns: Vec<FootColumn>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FootColumn {
    file: String,
    name: String,
    /// Values that tell whose they are and stand in no column before.
    values: u64,
    /// Values that stand in too many rows to be somebody's.
    common: u64,
}

/// A filter that a run is to leave: staged beside its place, and put there when the run has published.
pub struct NewFilter {
    staging: Staging,
    tagger: Tagger,
    suite: Suite,
    key: KeyId,
    path: PathBuf,
}

impl std::fmt::Debug for NewFilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewFilter").field("path", &self.path).finish_non_exhaustive()
    }
}

impl NewFilter {
    /// Prepares to leave a filter of the values of `from` at `path` when a run publishes as `to`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if it would stand in the data set or the exports, or if it exists and `replace` does not
    /// hold; [`ErrorKind::Io`] if nothing can be written there.
    pub fn prepare(path: &Path, from: &Path, to: &Path, keys: &Keyring, replace: bool) -> Result<Self> {
        let folder = |path: &Path| match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.canonicalize().ok(),
            _ => Path::new(".").canonicalize().ok(),
        };
        let real = |path: &Path| Some(folder(path)?.join(path.file_name()?));
        let (place, data_set) = (real(path), real(to));
        let data_set = to.canonicalize().ok().or(data_set);
        if let (Some(place), Some(data_set)) = (&place, &data_set)
            && (place.starts_with(data_set) || *place == crate::pipeline::manifest_beside(data_set))
        {
            let message = "the filter of survivors would be part of the data set, for whose readers it is not";
            return Err(Error::new(ErrorKind::Usage, message).in_file(path));
        }
        let staging = Staging::prepare(from, path, false, replace)?;
        Ok(Self { staging, tagger: Tagger::new(keys), suite: keys.suite(), key: keys.id(), path: path.to_path_buf() })
    }

    /// Writes the filter of the values of the exports, so that it is there but for its name.
    ///
    /// # Errors
    /// The disk fails, or a promise of the program was broken.
    pub(in crate::verify) fn write(
        &self,
        exports: &Exports,
        pool: &ThreadPool,
        block_size: usize,
        gaps: &mut Vec<Gap>,
    ) -> Result<u64> {
        let staged = self.staging.file("")?;
        let folder = staged.parent().unwrap_or(Path::new("."));
        let tagger = &self.tagger;
        let sorter = Sorter::new(folder, pool.current_num_threads());
        exports.each_value(pool, block_size, gaps, &|words, column, nature| {
            let Some(nature) = nature else { return };
            let (value, count) = words.value();
            let label = Label::of_start(1 << count.saturating_sub(1).min(15));
            let start = Entry { tag: tagger.start(words.first()), label, count: 1 };
            let label = Label::of_value(column, nature.number());
            sorter.take([start, Entry { tag: tagger.value(value), label, count: 1 }]);
        })?;
        let cannot = |error: io::Error| Error::io("write the filter of survivors", &self.path, &error);
        let mut out =
            Hashed { file: private(&staged).map_err(cannot)?, hasher: blake3::Hasher::new(), buffer: Vec::new() };
        out.put(MAGIC).map_err(cannot)?;
        let mut foot = Foot {
            suite: self.suite.name().to_owned(),
            key: self.key.to_string(),
            entries: 0,
            columns: exports.columns().iter().map(FootColumn::of).collect(),
        };
        sorter.finish(|entry| {
            if let Labelled::Value { column, .. } = entry.label.read()
                && let Some(of) = foot.columns.get_mut(column)
            {
                if is_common(u64::from(entry.count), exports.cells(column)) {
                    of.common += 1;
                    return Ok(());
                }
                of.values += 1;
            }
            foot.entries += 1;
            out.put(&entry.tag).and_then(|()| out.put(&entry.label.0.to_le_bytes())).map_err(cannot)
        })?;
        let mut text =
            serde_json::to_vec(&foot).map_err(|_| Error::internal("the foot of a filter can't be written"))?;
        text.push(b'\n');
        out.put(&text).and_then(|()| out.put(&(text.len() as u32).to_le_bytes())).map_err(cannot)?;
        out.seal(tagger).map_err(cannot)?;
        Ok(foot.columns.iter().map(|column| column.values).sum())
    }

    /// Gives the filter its name.
    ///
    /// # Errors
    /// The disk fails.
    pub(in crate::verify) fn publish(&self) -> Result<()> {
        self.staging.publish_file()
    }
}

impl FootColumn {
    fn of(column: &SourceColumn) -> Self {
        Self { file: column.file().to_owned(), name: column.name().to_owned(), values: 0, common: 0 }
    }
}

/// A file whose bytes are hashed on their way.
struct Hashed {
    file: File,
    hasher: blake3::Hasher,
    buffer: Vec<u8>,
}

impl Hashed {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hasher.update(&self.buffer);
        self.file.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    fn seal(mut self, tagger: &Tagger) -> io::Result<()> {
        self.flush()?;
        self.file.write_all(&tagger.seal(&self.hasher.finalize()))?;
        self.file.sync_all()
    }
}

/// A filter that a run has left, with the key that it was made with.
pub struct SurvivorFilter {
    path: PathBuf,
    tagger: Tagger,
    foot: Foot,
    /// Where the entries end.
    end: u64,
}

impl std::fmt::Debug for SurvivorFilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SurvivorFilter").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SurvivorFilter {
    /// Opens the filter that `run --survivors` has left.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it can't be read, [`ErrorKind::Usage`] if it is none or is damaged, [`ErrorKind::Key`] if it
    /// was made with another key.
    pub fn open(path: &Path, key: Key) -> Result<Self> {
        let cannot = |error: io::Error| Error::io("read the filter of survivors", path, &error);
        let mut file = File::open(path).map_err(cannot)?;
        let length = file.metadata().map_err(cannot)?.len();
        let mut magic = Vec::new();
        Read::by_ref(&mut file).take(MAGIC.len() as u64).read_to_end(&mut magic).map_err(cannot)?;
        if magic != MAGIC {
            let message = "this is no filter of survivors that this version of bowdler understands";
            return Err(Error::new(ErrorKind::Usage, message)
                .in_file(path)
                .with_help("`bowdler run --survivors FILE` leaves one"));
        }
        let damaged = || damaged(path);
        let after = length.checked_sub(4 + SEAL as u64).ok_or_else(damaged)?;
        let mut count = [0; 4];
        file.seek(SeekFrom::Start(after)).and_then(|_| file.read_exact(&mut count)).map_err(cannot)?;
        let size = u64::from(u32::from_le_bytes(count));
        let end = after.checked_sub(size).filter(|_| size <= LONGEST_FOOT).ok_or_else(damaged)?;
        let mut text = vec![0; size as usize];
        file.seek(SeekFrom::Start(end)).and_then(|_| file.read_exact(&mut text)).map_err(cannot)?;
        let foot: Foot = serde_json::from_slice(&text).map_err(|_| damaged())?;
        let entries = foot.entries.checked_mul(ENTRY as u64).and_then(|bytes| bytes.checked_add(MAGIC.len() as u64));
        let suite = Suite::ALL.iter().find(|(name, _)| *name == foot.suite).map(|(_, suite)| *suite);
        let (Some(suite), true) = (suite, entries == Some(end)) else { return Err(damaged()) };
        let keys = Keyring::new(key, suite);
        if keys.id().to_string() != foot.key {
            let named = if is_key_id(&foot.key) { foot.key.as_str() } else { "(illegible)" };
            let message = format!("this filter was made with the key {named}, and the key given is {}", keys.id());
            return Err(Error::new(ErrorKind::Key, message).in_file(path));
        }
        Ok(Self { path: path.to_path_buf(), tagger: Tagger::new(&keys), foot, end })
    }

    pub(super) fn tagger(&self) -> &Tagger {
        &self.tagger
    }

    pub(super) fn columns(&self) -> Vec<SourceColumn> {
        let column = |column: &FootColumn| SourceColumn::new(column.file.clone(), column.name.clone());
        self.foot.columns.iter().map(column).collect()
    }

    /// How many values there are.
    pub(super) fn values(&self) -> u64 {
        self.foot.columns.iter().fold(0, |sum, column| sum.saturating_add(column.values))
    }

    /// How many values there are of each column, and how many that are too common to be looked for.
    pub(super) fn counts(&self) -> impl Iterator<Item = (&str, &str, u64, u64)> {
        self.foot.columns.iter().map(|of| (of.file.as_str(), of.name.as_str(), of.values, of.common))
    }

    /// What of the output may be one of its values.
    ///
    /// # Errors
    /// As of [`each`](Self::each).
    pub(super) fn filter(&self) -> Result<Filter> {
        let filter = Filter::new(self.foot.entries);
        self.each(|tag, label| match label.read() {
            Labelled::Start { lengths } => filter.add_start(hash_of_tag(tag), lengths),
            Labelled::Value { .. } => filter.add(hash_of_tag(tag)),
        })?;
        Ok(filter)
    }

    /// Goes through all entries.
    ///
    /// # Errors
    /// It can't be read, or is not what the key has sealed.
    pub(super) fn each(&self, mut tell: impl FnMut(&ShortTag, Label)) -> Result<()> {
        let cannot = |error: io::Error| Error::io("read the filter of survivors", &self.path, &error);
        let mut file = BufReader::with_capacity(CHUNK, File::open(&self.path).map_err(cannot)?);
        let mut hasher = blake3::Hasher::new();
        let mut read = |hasher: &mut blake3::Hasher, bytes: &mut [u8]| {
            file.read_exact(bytes).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => damaged(&self.path),
                _ => cannot(error),
            })?;
            hasher.update(bytes);
            Ok::<(), Error>(())
        };
        let mut magic = [0; MAGIC.len()];
        read(&mut hasher, &mut magic)?;
        let mut chunk = vec![0; CHUNK];
        let mut left = self.end - MAGIC.len() as u64;
        while left > 0 {
            let size = left.min(CHUNK as u64);
            let Some(bytes) = chunk.get_mut(..size as usize) else { break };
            read(&mut hasher, bytes)?;
            for entry in bytes.as_chunks::<ENTRY>().0 {
                let [tag @ .., l0, l1, l2, l3] = entry;
                tell(tag, Label(u32::from_le_bytes([*l0, *l1, *l2, *l3])));
            }
            left -= size;
        }
        let mut rest = Vec::new();
        file.read_to_end(&mut rest).map_err(cannot)?;
        let (foot, seal) = rest.split_at(rest.len().saturating_sub(SEAL));
        hasher.update(foot);
        // It is no secret that is compared here: who can try seals can as well make the files.
        if self.tagger.seal(&hasher.finalize()).as_slice() == seal { Ok(()) } else { Err(damaged(&self.path)) }
    }
}

fn damaged(path: &Path) -> Error {
    let message =
        "this filter of survivors is not as the run has left it: it is damaged, or something else has changed it";
    Error::new(ErrorKind::Usage, message).in_file(path).with_help("leave a new one with `bowdler run --survivors FILE`")
}

fn is_key_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
