//! The files in a folder, all of which its table of contents must name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::kinds::{self, ROWS};
use super::toc::Contents;
use crate::error::{Error, Result};
use crate::format::dump::archive::{CONTENTS, MANIFEST_NAME};
use crate::format::{Compression, Digest};

/// The largest table of contents, in bytes: a million tables have less.
const LARGEST: u64 = 512 << 20;

/// The ending of files that are compressed in a way that is not read.
const LZ4: &str = ".lz4";

/// Reads the table of contents.
///
/// # Errors
/// It is not there, or not what it should be.
pub(super) fn contents(folder: &Path) -> Result<(Contents, Digest)> {
    let path = folder.join(CONTENTS);
    let cannot = |error: std::io::Error| Error::io("read the table of contents", &path, &error);
    let mut bytes = Vec::new();
    File::open(&path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(cannot)?;
    if bytes.len() as u64 > LARGEST {
        let message = format!("the table of contents is larger than {} MiB", LARGEST >> 20);
        return Err(Error::data(message).in_file(&path));
    }
    let digest = Digest { bytes: bytes.len() as u64, hash: blake3::hash(&bytes) };
    let contents = Contents::read(bytes).map_err(|error| error.in_file(&path))?;
    Ok((contents, digest))
}

/// Finds the files that the table of contents names, by the names that they have there.
///
/// # Errors
/// The entries are not those of a folder, a file is not there, is there in two forms or in one that is not read, or there
/// is another that no entry names.
pub(super) fn find(folder: &Path, contents: &Contents) -> Result<BTreeMap<String, String>> {
    let mut there = BTreeSet::new();
    let cannot = |error: std::io::Error| Error::io("read the folder", folder, &error);
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let name = entry.map_err(cannot)?.file_name();
        let name = name.to_str().ok_or_else(|| Error::data("the name of a file is not UTF-8").in_file(folder))?;
        there.insert(name.to_owned());
    }
    there.remove(CONTENTS);
    there.remove(MANIFEST_NAME);
    let mut found = BTreeMap::new();
    for entry in &contents.entries {
        kinds::check(&entry.kind).map_err(|refused| {
            let error = Error::data(refused.message).in_file(&folder.join(CONTENTS));
            refused.help.into_iter().fold(error, Error::with_help)
        })?;
        let named = entry.file.as_deref().filter(|name| !name.is_empty());
        let name = match named {
            None if !entry.has_rows && entry.kind != ROWS => continue,
            Some(name) if entry.has_rows && entry.kind == ROWS && is_name(name) => name,
            _ => {
                return Err(Error::data("the rows of a table are not in a file as pg_dump names it")
                    .in_file(&folder.join(CONTENTS)));
            }
        };
        if there.remove(&format!("{name}{LZ4}")) {
            return Err(Error::data("the file is lz4, which is not read here")
                .in_file(&folder.join(format!("{name}{LZ4}")))
                .with_help("dump with `--compress=gzip` or `--compress=zstd`"));
        }
        let forms = Compression::ALL.iter().map(|(_, ending)| format!("{name}.{ending}"));
        let mut forms = std::iter::once(name.to_owned()).chain(forms).filter(|form| there.remove(form));
        let missing =
            || Error::data("a file that the table of contents names is not there").in_file(&folder.join(name));
        let form = forms.next().ok_or_else(missing)?;
        if let Some(second) = forms.next() {
            return Err(Error::data("a file of rows is there twice").in_file(&folder.join(second)));
        }
        found.insert(name.to_owned(), form);
    }
    match there.first() {
        None => Ok(found),
        Some(other) => Err(Error::data("the table of contents of the dump does not name this file")
            .in_file(&folder.join(other))
            .with_help("a folder that is a dump has nothing else in it")),
    }
}

/// Whether `pg_dump` gives a file of rows this name: a number, and an ending.
fn is_name(name: &str) -> bool {
    let number = name.strip_suffix(".dat").unwrap_or_default();
    (1..=10).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}
