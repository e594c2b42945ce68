//! One file of a run, from where it is read to where it is staged.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::inputs::{Input, Inputs, Piped};
use super::partition::{Partitioned, output_name};
use super::publish::Destination;
use super::{Packing, Passage, RunOptions};
use crate::error::{Error, ErrorKind, Result};
use crate::format::dump::{self, DumpReader};
use crate::format::{Compression, Format, Source, Stream};
use crate::rules::{Plan, told};

/// One file's way.
pub(super) struct Job<'a> {
    /// The tables of it: one, or those of a dump that are not left out. None of a dump that comes through a pipe, of
    /// which nobody knows yet what is in it.
    pub(super) inputs: &'a [Input],
    /// Its name relative to the data set, as it may be told.
    pub(super) told: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Where it is, as it may be told.
    pub(super) told_path: PathBuf,
    /// Its length in bytes; 0 if it is not known.
    pub(super) bytes: u64,
    pub(super) from: Format,
    pub(super) to: Format,
    /// The name of the output, relative to the data set.
    pub(super) output: String,
    /// Where the output is staged.
    pub(super) staged: PathBuf,
    piped: Option<&'a Piped>,
    /// What becomes of the columns that stand in the names of folders.
    pub(super) partitions: Partitioned,
    /// What was opened when the rules were bound and can't be opened again, or not without reading all of it.
    opened: Mutex<Option<(Source, Plan)>>,
}

impl<'a> Job<'a> {
    /// The jobs of a run, a file each.
    ///
    /// # Errors
    /// Two outputs would have one name, one can't have its format, or the rules do not fit the names of folders.
    pub(super) fn all(
        passage: &Passage<'_>,
        inputs: &'a Inputs,
        destination: &Destination,
        options: &RunOptions,
    ) -> Result<Vec<Self>> {
        if let Some(piped) = inputs.pipe() {
            let path = Path::new(crate::format::STANDARD);
            let named = (path.to_string_lossy().into_owned(), Partitioned::default());
            return Ok(vec![Self::new(inputs.files(), path, piped.format, Some(piped), named, destination, options)?]);
        }
        let (mut jobs, mut errors) = (Vec::<Self>::new(), Vec::new());
        for inputs in inputs.by_file() {
            let Some(first) = inputs.first() else { continue };
            let named = match output_name(passage, first) {
                Ok(named) => named,
                Err(error) => {
                    errors.push(error);
                    continue;
                }
            };
            let job = Self::new(inputs, &first.path, first.format, None, named, destination, options)?;
            if let Some(other) = jobs.iter().find(|other| other.output == job.output) {
                let output = told(&job.output, |_| true);
                let message = format!("{} and {} would both be written as {output}", other.told, job.told);
                return Err(Error::new(ErrorKind::Usage, message));
            }
            jobs.push(job);
        }
        Error::all(errors).map_or(Ok(jobs), Err)
    }

    fn new(
        inputs: &'a [Input],
        path: &Path,
        from: Format,
        piped: Option<&'a Piped>,
        (named, partitions): (String, Partitioned),
        destination: &Destination,
        options: &RunOptions,
    ) -> Result<Self> {
        let told = inputs.first().map_or_else(|| named.clone(), |input| input.told.clone());
        let told_path = inputs.first().map_or_else(|| path.to_path_buf(), Input::told_path);
        let to = options.format.or_else(|| destination.single_format()).unwrap_or(from);
        let output = match destination.single_name() {
            Some(_) if options.packing != Packing::Kept => {
                let message = "the name of a single output says how it is compressed, and nothing else does";
                let help = "as in `--to out.csv.gz`; or pipe standard output into a program that compresses";
                return Err(Error::new(ErrorKind::Usage, message).with_help(help));
            }
            Some(name) => name,
            None => renamed(&named, from, to, options.packing),
        };
        if from != to && (from.is_dump() || to.is_dump()) {
            let message = format!("{from} can't be written as {to}");
            let help = "a dump comes out as a dump, and nothing else does";
            return Err(Error::new(ErrorKind::Usage, message).with_help(help).in_file(&told_path));
        }
        // A file that can't be read for being compressed is told as such when it is opened.
        if from.is_stream() || Compression::of(path).is_none() {
            must_have(to, &output)?;
        }
        let staged = destination.file(&output)?;
        let bytes = inputs.first().map_or(0, |input| input.bytes);
        Ok(Self {
            inputs,
            told,
            path: path.to_path_buf(),
            told_path,
            bytes,
            from,
            to,
            output,
            staged,
            piped,
            partitions,
            opened: Mutex::new(None),
        })
    }

    /// The table of a file that holds one.
    pub(super) fn input(&self) -> Result<&'a Input> {
        self.inputs.first().ok_or_else(|| Error::internal("a file of one table has none"))
    }

    /// Binds the rules to what is known of the file before it is read. What can't be opened again, or was read, stays open.
    pub(super) fn bind(&self, passage: &Passage<'_>) -> Result<()> {
        if !self.from.is_dump() {
            let opened = self.open(passage)?;
            if self.piped.is_some() || opened.0.was_read() {
                *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened);
            }
            return Ok(());
        }
        passage.bind_members(self.inputs).map(|_| ())
    }

    /// Opens a file of one table and binds the rules to it.
    pub(super) fn open(&self, passage: &Passage<'_>) -> Result<(Source, Plan)> {
        if let Some(opened) = self.opened.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Ok(opened);
        }
        let input = self.input()?;
        match self.piped {
            Some(piped) => {
                let table = &passage.tables[input.table];
                let mut source = Source::from_stream(piped.take()?, input.format, &table.csv, table.infer)?;
                source.expect(table.paths())?;
                let plan = passage.bind(input, source.schema(), source.delivery(self.to))?;
                Ok((source, plan))
            }
            None => passage.open(input, |source| source.delivery(self.to)),
        }
    }

    /// Starts reading a dump.
    pub(super) fn read_dump(&self, block_size: usize) -> Result<Box<dyn DumpReader>> {
        if self.from == Format::DumpFolder {
            return dump::read_folder(&self.path, block_size);
        }
        let input = match self.piped {
            Some(piped) => piped.take()?,
            None => Stream::open(&self.path).map_err(|error| error.told_as(&self.path, &self.told_path))?,
        };
        dump::read(input, block_size).map_err(|error| error.told_as(&self.path, &self.told_path))
    }

    /// What a table of the dump is, if it is one of those that are not left out; nothing is known of what comes through
    /// a pipe.
    pub(super) fn member(&self, name: &str) -> Member<'a> {
        if self.piped.is_some() {
            return Member::Unknown;
        }
        let is_it = |input: &&Input| input.member.as_ref().is_some_and(|member| member.name() == name);
        self.inputs.iter().find(is_it).map_or(Member::LeftOut, Member::Input)
    }
}

/// What is known of a table of a dump before the dump is read.
pub(super) enum Member<'a> {
    Input(&'a Input),
    LeftOut,
    Unknown,
}

/// The name with the endings of the format and the compression of the output; as it is where they are the input's.
fn renamed(name: &str, from: Format, to: Format, packing: Packing) -> String {
    let path = Path::new(name);
    let input = Compression::of(path);
    let output = match packing {
        _ if !to.is_stream() => None,
        Packing::Kept => input,
        Packing::Plain => None,
        Packing::In(compression) => Some(compression),
    };
    if to == from && (output == input || !to.is_stream()) {
        return name.to_owned();
    }
    let mut renamed = Compression::off(path);
    if to != from {
        renamed.set_extension(to.ending());
    }
    let ending = output.map_or_else(String::new, |compression| format!(".{}", compression.ending()));
    format!("{}{ending}", renamed.display())
}

/// Some formats are not compressed as a whole, whatever the name of an output says.
fn must_have(to: Format, output: &str) -> Result<()> {
    let output = Path::new(output);
    match Compression::of(output) {
        Some(compression) if !to.is_stream() => {
            let message = format!("{to} is not written in {compression}, as the name of the output says");
            let help = format!("{to} compresses what is in it itself: take `.{}` off the name", compression.ending());
            Err(Error::new(ErrorKind::Usage, message).in_file(output).with_help(help))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_called_what_it_is() {
        use Compression::{Gzip, Zstd};
        use Format::{Csv, Parquet};
        for (name, from, to, packing, output) in [
            ("a.csv", Csv, Csv, Packing::Kept, "a.csv"),
            ("b/a.CSV.GZ", Csv, Csv, Packing::Kept, "b/a.CSV.GZ"),
            ("b/a.csv.gz", Csv, Csv, Packing::Plain, "b/a.csv"),
            ("b/a.csv.gz", Csv, Csv, Packing::In(Gzip), "b/a.csv.gz"),
            ("b.c/a.csv.gz", Csv, Csv, Packing::In(Zstd), "b.c/a.csv.zst"),
            ("a.csv", Csv, Csv, Packing::In(Zstd), "a.csv.zst"),
            ("a.csv.gz", Csv, Parquet, Packing::Kept, "a.parquet"),
            ("a.csv.gz", Csv, Parquet, Packing::In(Gzip), "a.parquet"),
            ("a.parquet", Parquet, Csv, Packing::Kept, "a.csv"),
            ("2026.09.pq", Parquet, Csv, Packing::In(Gzip), "2026.09.csv.gz"),
            ("a.pq", Parquet, Parquet, Packing::In(Gzip), "a.pq"),
        ] {
            assert_eq!(renamed(name, from, to, packing), output, "{name} from {from} to {to}, {packing:?}");
        }
    }
}
