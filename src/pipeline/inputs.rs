use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, ErrorKind, Result, printable};
use crate::format::Format;
use crate::rules::{Assignment, Rules};

use super::Manifest;

/// A file that holds rows of a table.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its path relative to the data set, with `/` between the parts.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// The place of its table in [`Rules::tables`].
    pub table: usize,
    /// Its format.
    pub format: Format,
    /// Its length in bytes.
    pub bytes: u64,
}

/// The files of a data set, in the order of their names.
#[derive(Debug)]
pub struct Inputs {
    files: Vec<Input>,
    left_out: Vec<String>,
    is_folder: bool,
}

impl Inputs {
    /// Finds the files that `from` is or holds, and the table of each.
    ///
    /// # Errors
    /// [`ErrorKind::Data`] if files and tables do not fit, or a file's format is not known; [`ErrorKind::Io`] if the
    /// folder can't be read; [`ErrorKind::Usage`] if there is nothing there.
    pub fn find(rules: &Rules, from: &Path) -> Result<Self> {
        let (inputs, misfits) = Self::survey(rules, from)?;
        Error::all(misfits).map_or(Ok(inputs), Err)
    }

    /// Finds the files that `from` is or holds and that belong to tables, and beside them everything about the files
    /// that does not fit the rules.
    ///
    /// # Errors
    /// As of [`find`](Self::find), but for what does not fit.
    pub(super) fn survey(rules: &Rules, from: &Path) -> Result<(Self, Vec<Error>)> {
        let cannot = |error: std::io::Error| Error::io("read the input", from, &error);
        let is_folder = fs::metadata(from).map_err(cannot)?.is_dir();
        let mut found = Vec::new();
        if is_folder {
            walk(from, "", &mut found)?;
        } else {
            found.push((name_of(from)?, from.to_path_buf()));
        }
        found.sort();
        let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
        let (assignments, misfit) = rules.assign(&names, is_folder);
        let mut misfits = Vec::from_iter(misfit);
        let mut inputs = Self { files: Vec::new(), left_out: Vec::new(), is_folder };
        for ((name, path), assignment) in found.into_iter().zip(assignments) {
            match assignment {
                Assignment::Ignored => {}
                Assignment::LeftOut => inputs.left_out.push(name),
                Assignment::Table(table) => {
                    let Some(format) = Format::of(&path) else {
                        misfits.push(of_no_format(&path));
                        continue;
                    };
                    let bytes = fs::metadata(&path).map_err(|error| Error::io("read the input", &path, &error))?.len();
                    inputs.files.push(Input { name, path, table, format, bytes });
                }
            }
        }
        if inputs.files.is_empty() && misfits.is_empty() {
            misfits.push(Error::data("there is no file here that belongs to a table").in_file(from));
        }
        Ok((inputs, misfits))
    }

    /// The files of a data set that was made by these rules, as its manifest has them. Others beside them are no matter.
    ///
    /// # Errors
    /// [`ErrorKind::Data`] if a file is none of the rules' or of no known format, [`ErrorKind::Io`] if one is not there.
    pub(super) fn of_data_set(rules: &Rules, from: &Path, manifest: &Manifest) -> Result<Self> {
        let is_folder = from.is_dir();
        let mut files = Vec::new();
        for file in &manifest.files {
            let name = file.output.path.clone();
            let path = if is_folder { from.join(&name) } else { from.to_path_buf() };
            let inside = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
            let table = rules.tables().iter().position(|table| table.name == file.table).filter(|_| inside);
            let table = table.ok_or_else(|| {
                Error::data("the manifest has a file that these rules can't have made").in_file(&path)
            })?;
            let format = Format::of(&path).ok_or_else(|| of_no_format(&path))?;
            let bytes = fs::metadata(&path).map_err(|error| Error::io("read the input", &path, &error))?.len();
            files.push(Input { name, path, table, format, bytes });
        }
        Ok(Self { files, left_out: Vec::new(), is_folder })
    }

    /// The files that belong to tables.
    pub fn files(&self) -> &[Input] {
        &self.files
    }

    /// The names of the files that are left out because no rule names them.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// Whether the data set is a folder, not a single file.
    pub fn is_folder(&self) -> bool {
        self.is_folder
    }
}

pub(super) fn of_no_format(path: &Path) -> Error {
    let known: Vec<_> = Format::ALL.iter().flat_map(|(_, endings)| *endings).copied().collect();
    Error::data("the ending of the file's name is that of no known format")
        .in_file(path)
        .with_help(format!("known are {}", known.join(", ")))
}

pub(super) fn name_of(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(|name| name.to_str());
    name.map(str::to_owned).ok_or_else(|| Error::new(ErrorKind::Usage, "this is no name of a file").in_file(path))
}

/// Finds all files below a folder. Links to files are followed, links to folders are not: they may lead in circles.
pub(super) fn walk(folder: &Path, prefix: &str, found: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let cannot = |error: std::io::Error| Error::io("read the folder", folder, &error);
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            let name = path.to_string_lossy().into_owned();
            return Err(Error::data(format!("the file name {} is not UTF-8", printable(&name))).in_file(folder));
        };
        let name = format!("{prefix}{name}");
        let kind = fs::symlink_metadata(&path).map_err(cannot)?.file_type();
        if kind.is_dir() {
            walk(&path, &format!("{name}/"), found)?;
        } else if fs::metadata(&path).map_err(|error| Error::io("read the input", &path, &error))?.is_file() {
            found.push((name, path));
        } else {
            return Err(Error::data("this is neither a file nor a folder, nor a link to a file").in_file(&path));
        }
    }
    Ok(())
}
