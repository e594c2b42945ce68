//! Which files there are, and how each is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Gap;
use super::guard::guarded;
use crate::error::{Error, ErrorKind, Result};
use crate::format::dump::{self, Dump};
use crate::format::{Format, Stream};
use crate::pipeline::{MANIFEST_NAME, length, not_piped};
use crate::rules::Listed;

/// A file to look at.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// As the path that was given leads to it, with `/` between the parts.
    pub(super) name: String,
    /// Relative to the path that was given, with `/` between the parts; of a path to a file, its own name.
    pub(super) relative: String,
    pub(super) path: PathBuf,
    /// The folder that `relative` starts from.
    pub(super) root: PathBuf,
    pub(super) form: FileForm,
    pub(super) bytes: u64,
    /// The dump that is looked at table by table, if it is one.
    pub(super) dump: Option<Arc<dyn Dump>>,
}

impl Target {
    /// The name of the table that is meant, if the file holds many.
    pub(super) fn member(&self) -> Option<&str> {
        match (self.form, &self.dump) {
            (FileForm::Member(place), Some(dump)) => dump.tables().get(place).map(|table| table.name.as_str()),
            _ => None,
        }
    }

    /// What the rules are asked of: the file, or the table in it.
    pub(super) fn listed(&self) -> Listed {
        match self.member() {
            Some(member) => Listed { name: self.file().to_owned(), tables: Some(vec![member.to_owned()]) },
            None => Listed::file(&self.relative),
        }
    }

    /// The name of the file, relative to the path that was given, without that of a table in it.
    pub(super) fn file(&self) -> &str {
        let member = self.member().and_then(|member| self.relative.strip_suffix(member)?.strip_suffix(": "));
        member.unwrap_or(&self.relative)
    }

    fn is_known(&self) -> Result<bool> {
        Stream::open(&self.path).and_then(|mut input| Ok(dump::known(&mut input)?.is_some()))
    }

    /// The tables of a dump, each for itself, and what is none of them; a dump that can't be read is looked at as text.
    pub(super) fn taken_apart(self, gaps: &mut Vec<Gap>) -> Vec<Self> {
        let FileForm::Table(format) = self.form else { return vec![self] };
        if !format.is_dump() || self.bytes == 0 {
            return vec![self];
        }
        let is_folder = format == Format::DumpFolder;
        let is_known = if is_folder { Ok(true) } else { self.is_known() };
        let dump = match is_known {
            Ok(true) => guarded(|| dump::index(&self.path)),
            Ok(false) => return vec![Self { form: FileForm::Text, ..self }],
            Err(error) => Err(error),
        };
        let dump = match dump {
            Ok(dump) => dump,
            Err(error) => {
                gaps.push(Gap {
                    line: error.place().line,
                    io: error.kind() == ErrorKind::Io,
                    ..Gap::grave(&self.name, error.message(), error.help())
                });
                return if is_folder { Vec::new() } else { vec![Self { form: FileForm::Text, ..self }] };
            }
        };
        let member = |(place, table): (usize, &dump::DumpTable)| Self {
            name: format!("{}: {}", self.name, table.name),
            relative: format!("{}: {}", self.relative, table.name),
            form: FileForm::Member(place),
            dump: Some(Arc::clone(&dump)),
            ..self.clone()
        };
        let mut targets: Vec<Self> = dump.tables().iter().enumerate().map(member).collect();
        targets.push(Self { form: FileForm::Rest, dump: Some(Arc::clone(&dump)), ..self.clone() });
        targets
    }
}

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileForm {
    Table(Format),
    /// One table of a dump, by its place.
    Member(usize),
    /// What is no row of a table in a dump, line by line.
    Rest,
    /// Line by line, as free text.
    Text,
}

impl FileForm {
    /// Whether it has columns with names.
    pub(super) fn is_table(self) -> bool {
        matches!(self, Self::Table(_) | Self::Member(_))
    }

    fn of(path: &Path) -> Self {
        match Format::at(path) {
            // An archive that is not read is looked at as far as it goes.
            Some(Format::Dump) if Format::of(path).is_none() => Self::Text,
            format => format.map_or(Self::Text, Self::Table),
        }
    }
}

/// Finds every file that the paths are or hold, in the order of their names, and what of the folders can't be read.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) if one of the paths is not there.
pub(super) fn find(paths: &[PathBuf]) -> Result<(Vec<Target>, Vec<Gap>)> {
    let (mut found, mut gaps) = (Vec::new(), Vec::new());
    for path in paths {
        not_piped(path)?;
        let metadata = fs::metadata(path).map_err(|error| Error::io("read the input", path, &error))?;
        let given = path.to_string_lossy().replace('\\', "/");
        if metadata.is_dir() && Format::at(path).is_none() {
            let prefix = format!("{}/", given.trim_end_matches('/'));
            walk(path, path, &prefix, "", &mut found, &mut gaps);
        } else {
            let relative = path.file_name().map_or_else(|| given.clone(), |name| name.to_string_lossy().into_owned());
            let root = path.parent().map(Path::to_path_buf).unwrap_or_default();
            if metadata.is_dir() {
                found.extend(manifest_in(path, &given));
            }
            found.push(Target {
                name: given,
                relative,
                path: path.clone(),
                root,
                form: FileForm::of(path),
                bytes: length(path)?,
                dump: None,
            });
        }
    }
    let mut found: Vec<Target> = found.into_iter().flat_map(|target: Target| target.taken_apart(&mut gaps)).collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found.dedup_by(|one, other| one.name == other.name);
    Ok((found, gaps))
}

/// The manifest in a dump that is a folder and all of a data set.
fn manifest_in(folder: &Path, given: &str) -> Option<Target> {
    let path = folder.join(MANIFEST_NAME);
    let bytes = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?.len();
    Some(Target {
        name: format!("{}/{MANIFEST_NAME}", given.trim_end_matches('/')),
        relative: MANIFEST_NAME.to_owned(),
        root: folder.to_path_buf(),
        form: FileForm::of(&path),
        bytes,
        dump: None,
        path,
    })
}

/// Finds all files below a folder; a dump that is a folder is one of them. Links to files are followed, links to folders are not: they may lead in circles.
fn walk(folder: &Path, root: &Path, prefix: &str, relative: &str, found: &mut Vec<Target>, gaps: &mut Vec<Gap>) {
    let label = |relative: &str| format!("{prefix}{relative}");
    let Ok(entries) = fs::read_dir(folder) else {
        gaps.push(Gap::grave(&label(relative), "the folder can't be read", None).of_io());
        return;
    };
    for entry in entries {
        let Ok(path) = entry.map(|entry| entry.path()) else {
            gaps.push(Gap::grave(&label(relative), "the folder can't be read to its end", None).of_io());
            return;
        };
        // A name that is no UTF-8 is looked at as far as it is.
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let relative = format!("{relative}{name}");
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.file_type().is_dir());
        let is_dump = is_folder && Format::at(&path).is_some();
        if is_folder && !is_dump {
            walk(&path, root, prefix, &format!("{relative}/"), found, gaps);
            continue;
        }
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_file() || is_dump => found.push(Target {
                name: label(&relative),
                relative,
                root: root.to_path_buf(),
                form: FileForm::of(&path),
                bytes: length(&path).unwrap_or(metadata.len()),
                dump: None,
                path,
            }),
            Ok(_) => {
                let help = Some("name the folder that a link leads to as a path of its own");
                let message = "this is neither a file nor a folder, nor a link to a file: it is not looked at";
                gaps.push(Gap::grave(&label(&relative), message, help));
            }
            Err(_) => gaps.push(Gap::grave(&label(&relative), "the file can't be read", None).of_io()),
        }
    }
}
