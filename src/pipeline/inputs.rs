use std::fmt;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Error, ErrorKind, Result, Shape};
use crate::format::dump::{self, Archive, Dump};
use crate::format::{Format, Stream, is_standard};
use crate::rules::{Assignment, Listed, Rules, names, told};
use crate::transform::nearest;

use super::Manifest;

/// A file that holds rows of a table, or one of the tables of a file that holds many.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its path relative to the data set, with `/` between the parts.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its name as it may be told: the values of its partitions are cells.
    pub told: String,
    /// The table of the dump that is meant, if it is one.
    pub member: Option<Member>,
    /// The place of its table in [`Rules::tables`].
    pub table: usize,
    /// Its format.
    pub format: Format,
    /// The length of the file in bytes.
    pub bytes: u64,
    /// Its place among all files of the data set in the order of their names, from 1.
    pub place: usize,
}

impl Input {
    /// Where it is, as it may be told.
    pub(super) fn told_path(&self) -> PathBuf {
        told_path(&self.path, &self.name, &self.told)
    }

    /// What went wrong with it, as it may be told.
    pub(super) fn untold(&self, error: Error) -> Error {
        without_names(error, &self.path, &self.told_path())
    }
}

/// What went wrong with a file, without what its name and those of its columns hold.
pub(super) fn without_names(error: Error, path: &Path, told: &Path) -> Error {
    error.told_as(path, told).columns_told(|column| names::shown(column, true).into_owned())
}

/// What went wrong with a file or a folder that has this name in the data set, told without what its name holds.
pub(super) fn untold(error: Error, path: &Path, name: &str) -> Error {
    without_names(error, path, &told_path(path, name, &told(name, |_| false)))
}

/// Where a file with this name is, told by another name.
pub(super) fn told_path(path: &Path, name: &str, told: &str) -> PathBuf {
    let folders = Path::new(name).components().count();
    let root = path.ancestors().nth(folders).filter(|_| told != name);
    root.map_or_else(|| path.to_path_buf(), |root| root.join(told))
}

/// A table of a dump.
#[derive(Debug, Clone)]
pub struct Member {
    /// The dump.
    pub dump: Arc<dyn Dump>,
    /// Its place among the tables of the dump.
    pub place: usize,
}

impl Member {
    /// Its name in the dump.
    pub fn name(&self) -> &str {
        self.dump.tables().get(self.place).map_or("", |table| &table.name)
    }
}

/// The files of a data set, in the order of their names.
#[derive(Debug)]
pub struct Inputs {
    files: Vec<Input>,
    left_out: Vec<String>,
    is_folder: bool,
    piped: Option<Piped>,
}

/// An input that can be read once.
pub(super) struct Piped {
    /// Its format.
    pub(super) format: Format,
    stream: Mutex<Option<Stream>>,
}

impl Piped {
    /// Takes what is to be read.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] if it was taken before.
    pub(super) fn take(&self) -> Result<Stream> {
        let stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner).take();
        stream.ok_or_else(|| Error::internal("an input that can be read once was asked for twice"))
    }
}

impl fmt::Debug for Piped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.format)
    }
}

/// Which table of the rules an input that comes through a pipe belongs to, and its format; none that is not said is
/// found out.
#[derive(Debug, Clone, Default)]
pub struct PipedAs {
    /// The name of the table.
    pub table: Option<String>,
    /// The format.
    pub format: Option<Format>,
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

    /// Takes what comes through a pipe for one file: a dump, or of the table that `told` names, or of the only one that
    /// there is.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if it is not known which table it belongs to, or its format can't be read so;
    /// [`ErrorKind::Io`] if it can't be read.
    pub(super) fn piped(rules: &Rules, path: &Path, told: &PipedAs) -> Result<Self> {
        let mut stream = Stream::open(path)?;
        let is_dump = match told.format {
            Some(format) => format == Format::Dump,
            None => told.table.is_none() && dump::known(&mut stream)?.is_some(),
        };
        let mut files = Vec::new();
        let mut format = Format::Dump;
        if !is_dump {
            let table = piped_table(rules, told.table.as_deref())?;
            let patterns = rules.tables()[table].patterns();
            let by_name = || patterns.iter().find_map(|pattern| Format::of(Path::new(pattern)));
            format = told.format.or_else(by_name).unwrap_or(Format::Csv);
            let name = path.to_string_lossy().into_owned();
            files.push(Input {
                told: name.clone(),
                name,
                path: path.to_path_buf(),
                member: None,
                table,
                format,
                bytes: 0,
                place: 1,
            });
        }
        let piped = Some(Piped { format, stream: Mutex::new(Some(stream)) });
        Ok(Self { files, left_out: Vec::new(), is_folder: false, piped })
    }

    /// Finds the files that `from` is or holds and that belong to tables, and beside them everything about the files
    /// that does not fit the rules.
    ///
    /// # Errors
    /// As of [`find`](Self::find), but for what does not fit.
    pub(super) fn survey(rules: &Rules, from: &Path) -> Result<(Self, Vec<Error>)> {
        not_piped(from)?;
        let cannot = |error: std::io::Error| Error::io("read the input", from, &error);
        let is_folder = fs::metadata(from).map_err(cannot)?.is_dir();
        // A dump that is a folder is one file, and all of the data set.
        let is_one = !is_folder || Archive::at(from).is_some();
        let mut found = Vec::new();
        if !is_one {
            walk(from, "", &mut found)?;
        } else {
            found.push((name_of(from)?, from.to_path_buf()));
        }
        found.sort();
        let mut misfits = Vec::new();
        let (mut listed, mut dumps) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
        for (name, path) in &found {
            let is_dump = Format::at(path).is_some_and(Format::is_dump) && !rules.ignores(name);
            let mut misfit = |error: Error| misfits.push(untold(error.in_file(path), path, name));
            let dump = if is_dump { dump::index(path).map_err(&mut misfit).ok() } else { None };
            let names = |dump: &Arc<dyn Dump>| dump.tables().iter().map(|table| table.name.clone()).collect();
            listed.push(Listed { name: name.clone(), tables: dump.as_ref().map(names).or(is_dump.then(Vec::new)) });
            dumps.push(dump);
        }
        let (assignments, misfit) = rules.assign(&listed, !is_one);
        misfits.extend(misfit);
        let mut inputs = Self { files: Vec::new(), left_out: Vec::new(), is_folder, piped: None };
        for (index, (((name, path), assignments), dump)) in found.into_iter().zip(assignments).zip(dumps).enumerate() {
            for (place, assignment) in assignments.into_iter().enumerate() {
                let member = dump.clone().map(|dump| Member { dump, place });
                match assignment {
                    Assignment::Ignored => {}
                    Assignment::LeftOut => inputs.left_out.push(match member {
                        Some(member) => format!("{}: {}", told(&name, |_| false), names::shown(member.name(), true)),
                        None => told(&name, |_| false),
                    }),
                    Assignment::Table(table) => {
                        let Some(format) = Format::at(&path) else {
                            misfits.push(untold(of_no_format(&path), &path, &name));
                            continue;
                        };
                        let bytes = length(&path).map_err(|error| untold(error, &path, &name))?;
                        let told = rules.told(table, &name);
                        let name = if is_one && is_folder { ALL.to_owned() } else { name.clone() };
                        let path = path.clone();
                        inputs.files.push(Input { name, path, told, member, table, format, bytes, place: index + 1 });
                    }
                }
            }
        }
        if inputs.files.is_empty() && misfits.is_empty() {
            let error = Error::data("there is no file here that belongs to a table").in_file(from);
            misfits.push(if is_folder { error } else { untold(error, from, &name_of(from)?) });
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
        for (index, file) in manifest.files.iter().enumerate() {
            let name = file.output.path.clone();
            let path = if is_folder { from.join(&name) } else { from.to_path_buf() };
            let inside = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
            let table = rules.tables().iter().position(|table| table.name == file.table).filter(|_| inside);
            let refused = |error: Error| untold(error.in_file(&path), &path, &name);
            let foreign = || refused(Error::data("the manifest has a file that these rules can't have made"));
            let table = table.ok_or_else(foreign)?;
            let format = Format::at(&path).ok_or_else(|| refused(of_no_format(&path)))?;
            if format.is_dump() {
                return Err(refused(Error::new(ErrorKind::Usage, "a dump can't be revealed")));
            }
            let bytes = length(&path).map_err(refused)?;
            let place = index + 1;
            let told = told(&name, |_| true);
            files.push(Input { told, name, path, member: None, table, format, bytes, place });
        }
        Ok(Self { files, left_out: Vec::new(), is_folder, piped: None })
    }

    /// What comes through a pipe, if that is the input.
    pub(super) fn pipe(&self) -> Option<&Piped> {
        self.piped.as_ref()
    }

    /// The files that belong to tables.
    pub fn files(&self) -> &[Input] {
        &self.files
    }

    /// The same file by file: the tables of a dump are together.
    pub(super) fn by_file(&self) -> impl Iterator<Item = &[Input]> {
        self.files.chunk_by(|one, other| one.member.is_some() && one.path == other.path)
    }

    /// The names of the files that are left out because no rule names them, as they may be told.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// Whether the data set is a folder, not a single file.
    pub fn is_folder(&self) -> bool {
        self.is_folder
    }
}

/// What is read more than once can't come through a pipe.
///
/// # Errors
/// [`ErrorKind::Usage`] if it does.
pub(crate) fn not_piped(path: &Path) -> Result<()> {
    if is_standard(path) {
        return Err(Error::new(ErrorKind::Usage, "standard input can't be read more than once, as this command does")
            .with_help("write it to a file"));
    }
    Ok(())
}

/// The length of a file, or of all files in a dump that is a folder.
pub(crate) fn length(path: &Path) -> Result<u64> {
    let cannot = |error: std::io::Error| Error::io("read the input", path, &error);
    let metadata = fs::metadata(path).map_err(cannot)?;
    if !metadata.is_dir() {
        return Ok(metadata.len());
    }
    let lengths = fs::read_dir(path).map_err(cannot)?.map(|entry| Ok(fs::metadata(entry?.path())?.len()));
    lengths.sum::<std::io::Result<u64>>().map_err(cannot)
}

/// The name of a dump that is a folder and all of a data set, relative to that.
const ALL: &str = ".";

/// The table of the rules that a pipe is for.
fn piped_table(rules: &Rules, name: Option<&str>) -> Result<usize> {
    match (name, rules.tables()) {
        (Some(name), _) => place_of(rules, name),
        (None, [_]) => Ok(0),
        (None, _) => {
            Err(Error::new(ErrorKind::Usage, "the rules have several tables, and this is no dump that is known")
                .with_help("say by `--table` whose rows come through the pipe"))
        }
    }
}

/// The place of a table of the rules.
pub(super) fn place_of(rules: &Rules, name: &str) -> Result<usize> {
    let names = || rules.tables().iter().map(|table| table.name.as_str());
    names().position(|table| table == name).ok_or_else(|| {
        let help = match nearest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the tables are {}", names().collect::<Vec<_>>().join(", ")),
        };
        Error::new(ErrorKind::Usage, "the rules have no such table").with_help(help)
    })
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

/// Finds all files below a folder; a dump that is a folder is one of them. Links to files are followed, links to folders
/// are not: they may lead in circles.
pub(super) fn walk(folder: &Path, prefix: &str, found: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let cannot = |error: std::io::Error| untold(Error::io("read the folder", folder, &error), folder, prefix);
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let error = Error::data(format!("a file name of shape {} is not UTF-8", Shape::of(&name)));
            return Err(untold(error.in_file(folder), folder, prefix));
        };
        let name = format!("{prefix}{name}");
        let kind = fs::symlink_metadata(&path).map_err(cannot)?.file_type();
        if kind.is_dir() && Archive::at(&path).is_none() {
            walk(&path, &format!("{name}/"), found)?;
            continue;
        }
        let cannot = |error: std::io::Error| untold(Error::io("read the input", &path, &error), &path, &name);
        if !kind.is_dir() && !fs::metadata(&path).map_err(cannot)?.is_file() {
            let error = Error::data("this is neither a file nor a folder, nor a link to a file").in_file(&path);
            return Err(untold(error, &path, &name));
        }
        found.push((name, path));
    }
    Ok(())
}
