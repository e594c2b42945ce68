//! One file of a run, from where it is read to where it is staged.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::inputs::{Input, Inputs, Piped};
use super::publish::Destination;
use super::{Passage, RunOptions};
use crate::error::{Error, ErrorKind, Result};
use crate::format::dump::{self, DumpReader};
use crate::format::{Format, Source, Stream};
use crate::rules::{Delivery, Plan};

/// One file's way.
pub(super) struct Job<'a> {
    /// The tables of it: one, or those of a dump that are not left out. None of a dump that comes through a pipe, of
    /// which nobody knows yet what is in it.
    pub(super) inputs: &'a [Input],
    /// Its name relative to the data set.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its length in bytes; 0 if it is not known.
    pub(super) bytes: u64,
    pub(super) from: Format,
    pub(super) to: Format,
    /// The name of the output, relative to the data set.
    pub(super) output: String,
    /// Where the output is staged.
    pub(super) staged: PathBuf,
    piped: Option<&'a Piped>,
    /// What was opened when the rules were bound and can't be opened again.
    opened: Mutex<Option<(Source, Plan)>>,
}

impl<'a> Job<'a> {
    /// The jobs of a run, a file each.
    pub(super) fn all(inputs: &'a Inputs, destination: &Destination, options: &RunOptions) -> Result<Vec<Self>> {
        if let Some(piped) = inputs.pipe() {
            let path = Path::new(crate::format::STANDARD);
            return Ok(vec![Self::new(inputs.files(), path, piped.format, Some(piped), &[], destination, options)?]);
        }
        let mut jobs = Vec::new();
        for inputs in inputs.files().chunk_by(|one, other| one.member.is_some() && one.path == other.path) {
            let Some(first) = inputs.first() else { continue };
            jobs.push(Self::new(inputs, &first.path, first.format, None, &jobs, destination, options)?);
        }
        Ok(jobs)
    }

    fn new(
        inputs: &'a [Input],
        path: &Path,
        from: Format,
        piped: Option<&'a Piped>,
        before: &[Self],
        destination: &Destination,
        options: &RunOptions,
    ) -> Result<Self> {
        let name = inputs.first().map_or_else(|| path.to_string_lossy().into_owned(), |input| input.name.clone());
        let to = options.format.or_else(|| destination.single_format()).unwrap_or(from);
        let output = match destination.single_name() {
            Some(name) => name,
            None if to == from => name.clone(),
            None => renamed(&name, to),
        };
        if let Some(other) = before.iter().find(|job| job.output == output) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("{} and {name} would both be written as {output}", other.name),
            ));
        }
        if (from == Format::Dump) != (to == Format::Dump) {
            let message = format!("{from} can't be written as {to}");
            let help = "a dump comes out as a dump, and nothing else does";
            return Err(Error::new(ErrorKind::Usage, message).with_help(help).in_file(path));
        }
        let staged = destination.file(&output)?;
        let bytes = inputs.first().map_or(0, |input| input.bytes);
        Ok(Self {
            inputs,
            name,
            path: path.to_path_buf(),
            bytes,
            from,
            to,
            output,
            staged,
            piped,
            opened: Mutex::new(None),
        })
    }

    /// The table of a file that holds one.
    pub(super) fn input(&self) -> Result<&'a Input> {
        self.inputs.first().ok_or_else(|| Error::internal("a file of one table has none"))
    }

    /// Binds the rules to what is known of the file before it is read. What can't be opened again stays open.
    pub(super) fn bind(&self, passage: &Passage<'_>) -> Result<()> {
        if self.from != Format::Dump {
            let opened = self.open(passage)?;
            if self.piped.is_some() {
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
                let source = Source::from_stream(piped.take()?, input.format, &table.csv, table.infer)?;
                let plan = passage.bind(input, source.schema(), source.delivery(self.to))?;
                Ok((source, plan))
            }
            None => passage.open(input, |source| source.delivery(self.to)),
        }
    }

    /// Starts reading a dump.
    pub(super) fn read_dump(&self, block_size: usize) -> Result<Box<dyn DumpReader>> {
        let input = match self.piped {
            Some(piped) => piped.take()?,
            None => Stream::open(&self.path)?,
        };
        dump::read(input, block_size)
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

/// The delivery of the tables of a dump.
pub(super) const OF_DUMPS: Delivery = Delivery::Verbatim;

/// The name with the ending of another format.
fn renamed(name: &str, to: Format) -> String {
    Path::new(name).with_extension(to.ending()).to_string_lossy().into_owned()
}
