//! A data set through its rules: every file read in order, worked on in parallel, written in order, and published only
//! when all of it is there and has been checked.

mod budget;
mod check;
mod engine;
mod inputs;
mod manifest;
mod outcome;
mod preview;
mod progress;
mod publish;
mod reveal;
mod survey;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, ErrorKind, Result};
use crate::format::{Digest, Format, Source};
use crate::key::Keyring;
use crate::rules::{Delivery, Plan, Rules, Table};

pub use check::{FileFit, Fit, check};
pub use inputs::{Input, Inputs};
pub use manifest::{ColumnManifest, FileManifest, InputManifest, KeyManifest, KeyOrigin, Manifest, OutputManifest};
pub use outcome::{ColumnFindings, FileOutcome, Finding, Outcome};
pub use preview::{Glance, Preview, PreviewRow, preview};
pub use progress::{Progress, Silent};
pub use publish::MANIFEST_NAME;
pub use reveal::reveal;
pub use survey::{Survey, SurveyedFile, survey};

pub(crate) use budget::Budget;
use engine::Engine;
pub(crate) use publish::{Staging, manifest_beside};

/// The size of the blocks that a file is cut into, in bytes, where its format leaves that open.
pub const BLOCK_SIZE: usize = 1 << 20;

/// How a run is done. None of it changes a byte of the output but `format`.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// How many threads work on blocks; one a core by default.
    pub threads: Option<NonZero<usize>>,
    /// The size of blocks, in bytes.
    pub block_size: usize,
    /// Whether an existing data set at the destination is replaced.
    pub replace: bool,
    /// The format of the outputs; each input's own by default, or the one that the name of a single output file says.
    pub format: Option<Format>,
    /// Where the key is from, for the manifest.
    pub key_origin: KeyOrigin,
    /// What the inputs must still be, in the order of their names: those that the rules were made for. Anything, if
    /// there are none.
    pub inputs: Vec<Digest>,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            threads: None,
            block_size: BLOCK_SIZE,
            replace: false,
            format: None,
            key_origin: KeyOrigin::Given,
            inputs: Vec::new(),
        }
    }
}

/// Runs the rules over a file or a folder and publishes the outcome as `to`.
///
/// # Errors
/// Whatever goes wrong, nothing of the destination has changed. Values that do not conform are no error: they come back
/// as an [`Outcome`] that was not published.
pub fn run(
    rules: &Rules,
    from: &Path,
    to: &Path,
    keys: &Keyring,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Outcome> {
    run_inspected(rules, from, to, keys, options, progress, &Unseen)
}

/// An output as it is staged, before it has its name.
#[derive(Debug, Clone)]
pub struct StagedOutput<'o> {
    /// Its name relative to the data set.
    pub name: &'o str,
    /// Where it is.
    pub path: &'o Path,
    /// Its format.
    pub format: Format,
    /// The place of its table in [`Rules::tables`].
    pub table: usize,
}

/// Who looks at a data set before it is published, and may forbid that.
pub trait Inspect {
    /// Looks at the outputs, whose manifest is given, and may add to it.
    ///
    /// # Errors
    /// The data set must not be published.
    fn inspect(&self, outputs: &[StagedOutput<'_>], manifest: &mut Manifest) -> Result<()>;

    /// Is told that the data set has its name now.
    ///
    /// # Errors
    /// What was to be left beside the data set is not there.
    fn published(&self) -> Result<()> {
        Ok(())
    }
}

/// Nobody looks.
struct Unseen;

impl Inspect for Unseen {
    fn inspect(&self, _: &[StagedOutput<'_>], _: &mut Manifest) -> Result<()> {
        Ok(())
    }
}

/// The same as [`run`], but `inspector` looks at the data set before it is published.
///
/// # Errors
/// As of [`run`], and whatever the inspector finds.
pub fn run_inspected(
    rules: &Rules,
    from: &Path,
    to: &Path,
    keys: &Keyring,
    options: &RunOptions,
    progress: &dyn Progress,
    inspector: &dyn Inspect,
) -> Result<Outcome> {
    let inputs = Inputs::find(rules, from)?;
    pass(&Passage::forward(rules, keys), &inputs, from, to, options, progress, inspector)
}

/// Which way data goes through the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// From exports to a data set.
    Forward,
    /// From a data set to what its reversible columns were made of.
    Back,
}

/// The rules, the key, and the way that data goes through them.
struct Passage<'a> {
    rules: &'a Rules,
    keys: &'a Keyring,
    way: Way,
    /// The tables as the files that are read have them.
    tables: &'a [Table],
}

impl<'a> Passage<'a> {
    fn forward(rules: &'a Rules, keys: &'a Keyring) -> Self {
        Self { rules, keys, way: Way::Forward, tables: rules.tables() }
    }

    fn back(rules: &'a Rules, published: &'a [Table], keys: &'a Keyring) -> Self {
        Self { rules, keys, way: Way::Back, tables: published }
    }

    /// Opens a file as far as its schema and binds the rules to it.
    fn open(&self, input: &Input, delivery: impl FnOnce(&Source) -> Delivery) -> Result<(Source, Plan)> {
        let source = Source::open(&input.path, input.format, &self.tables[input.table])?;
        let (table, name, delivery) = (input.table, &input.name, delivery(&source));
        let plan = match self.way {
            Way::Forward => self.rules.bind(table, name, source.schema(), self.keys, delivery),
            Way::Back => self.rules.bind_inverse(table, name, source.schema(), self.keys, delivery),
        };
        Ok((source, plan.map_err(|error| error.in_file(&input.path))?))
    }
}

/// Passes all inputs through the rules and publishes the outcome as `to`.
fn pass(
    passage: &Passage<'_>,
    inputs: &Inputs,
    from: &Path,
    to: &Path,
    options: &RunOptions,
    progress: &dyn Progress,
    inspector: &dyn Inspect,
) -> Result<Outcome> {
    let staging = Staging::prepare(from, to, inputs.is_folder(), options.replace)?;
    let jobs = jobs(inputs, &staging, options)?;
    bind_all(passage, &jobs)?;
    progress.start(&jobs.iter().map(|job| (job.input.name.as_str(), job.input.bytes)).collect::<Vec<_>>());
    let outcomes = run_jobs(passage, &jobs, options, progress)?;
    let mut manifest = Manifest::new(passage.rules, passage.keys, options.key_origin, inputs.left_out(), &outcomes);
    if passage.way == Way::Back {
        manifest.weakenings.push(reveal::weakening(&outcomes));
    }
    check_inputs(&outcomes, &options.inputs)?;
    let conforms = outcomes.iter().all(FileOutcome::conforms);
    if conforms {
        let mut staged = Vec::with_capacity(jobs.len());
        for job in &jobs {
            let Job { input, to: format, output, staged: path } = job;
            staged.push(StagedOutput { name: output, path, format: *format, table: input.table });
        }
        inspector.inspect(&staged, &mut manifest)?;
        staging.publish(&manifest)?;
        inspector.published()?;
    }
    progress.finish();
    Ok(Outcome { published: conforms, files: outcomes, manifest })
}

/// Rules that were made for these inputs say nothing about others.
fn check_inputs(outcomes: &[FileOutcome], expected: &[Digest]) -> Result<()> {
    if expected.is_empty() || outcomes.iter().map(|file| &file.input.2).eq(expected) {
        return Ok(());
    }
    Err(Error::data("the input has changed since it was looked at")
        .with_help("run it again, when nothing writes to it"))
}

/// One file's way.
struct Job<'a> {
    input: &'a Input,
    to: Format,
    /// The name of the output, relative to the data set.
    output: String,
    /// Where the output is staged.
    staged: PathBuf,
}

fn jobs<'a>(inputs: &'a Inputs, staging: &Staging, options: &RunOptions) -> Result<Vec<Job<'a>>> {
    let mut jobs: Vec<Job<'a>> = Vec::new();
    for input in inputs.files() {
        let to = options.format.or_else(|| staging.single_format()).unwrap_or(input.format);
        let output = match staging.single_name() {
            Some(name) => name,
            None if to == input.format => input.name.clone(),
            None => renamed(&input.name, to),
        };
        if let Some(other) = jobs.iter().find(|job| job.output == output) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("{} and {} would both be written as {output}", other.input.name, input.name),
            ));
        }
        let staged = staging.file(&output)?;
        jobs.push(Job { input, to, output, staged });
    }
    Ok(jobs)
}

/// The name with the ending of another format.
fn renamed(name: &str, to: Format) -> String {
    Path::new(name).with_extension(to.ending()).to_string_lossy().into_owned()
}

/// Binds the rules to every file before the first byte is written. What does not fit is told of all files at once.
fn bind_all(passage: &Passage<'_>, jobs: &[Job<'_>]) -> Result<()> {
    let open = |job: &Job<'_>| passage.open(job.input, |source| source.delivery(job.to)).err();
    Error::all(jobs.iter().filter_map(open).collect()).map_or(Ok(()), Err)
}

/// Runs all jobs, several at once, on one pool of workers. The first error in the order of the files is the one that
/// comes back, however they were scheduled.
fn run_jobs(
    passage: &Passage<'_>,
    jobs: &[Job<'_>],
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Vec<FileOutcome>> {
    let threads = match options.threads {
        Some(threads) => threads.get(),
        None => std::thread::available_parallelism().map_or(1, NonZero::get),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("bowdler worker {index}"))
        .build()
        .map_err(|_| Error::new(ErrorKind::Io, "the system gives no threads"))?;
    let budget = Budget::new(threads);
    let engine = Engine { pool: &pool, budget: &budget, progress, block_size: options.block_size };
    let results: Vec<Mutex<Option<Result<FileOutcome>>>> = jobs.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let work = || {
        while !failed.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else { break };
            let result = passage
                .open(job.input, |source| source.delivery(job.to))
                .and_then(|(source, plan)| engine.run(index, job, &passage.tables[job.input.table], source, &plan));
            failed.fetch_or(result.is_err(), Ordering::Relaxed);
            *results[index].lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(jobs.len()) {
            scope.spawn(work);
        }
        work();
    });
    let results = results.into_iter().filter_map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner));
    results.collect()
}
