//! A data set through its rules: every file read in order, worked on in parallel, written in order, and published only
//! when all of it is there and has been checked.

mod budget;
mod check;
mod demands;
mod engine;
mod inputs;
mod job;
mod manifest;
mod names;
mod outcome;
mod partition;
mod preview;
mod progress;
mod publish;
mod reveal;
mod stop;
mod survey;
mod tables;
mod workers;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::datatypes::SchemaRef;

use crate::error::{Error, Result};
use crate::format::{Compression, Digest, Format, Source, is_standard};
use crate::key::Keyring;
use crate::rules::names::shown;
use crate::rules::{Delivery, Plan, Rules, Table};

pub use check::{FileFit, Fit, check};
pub use inputs::{Input, Inputs, Member, PipedAs};
pub use manifest::{ColumnManifest, FileManifest, InputManifest, KeyManifest, KeyOrigin, Manifest, OutputManifest};
pub use outcome::{ColumnFindings, FileOutcome, Finding, Outcome};
pub use preview::{Glance, Preview, PreviewRow, preview};
pub use progress::{Progress, Silent};
pub use publish::MANIFEST_NAME;
pub use reveal::reveal;
pub use stop::{abandon, stop};
pub use survey::{Survey, SurveyedFile, survey};

pub(crate) use budget::Budget;
use engine::Engine;
pub(crate) use inputs::{length, not_piped};
use job::Job;
use names::Names;
use publish::Destination;
pub(crate) use publish::{Staging, manifest_beside};
pub(crate) use stop::go_on;
pub(crate) use workers::workers;

/// The size of the blocks that a file is cut into, in bytes, where its format leaves that open.
pub const BLOCK_SIZE: usize = 1 << 20;

/// How the outputs in a folder are compressed, whose formats can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Packing {
    /// As its input is, by its name.
    #[default]
    Kept,
    /// Not at all.
    Plain,
    /// In this way.
    In(Compression),
}

/// How a run is done. None of it changes a byte of the output but `format` and `packing`.
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
    /// How the outputs in a folder are compressed. The name of a single output file says it.
    pub packing: Packing,
    /// Where the key is from, for the manifest.
    pub key_origin: KeyOrigin,
    /// What the inputs must still be, in the order of their names: those that the rules were made for. Anything, if
    /// there are none.
    pub inputs: Vec<Digest>,
    /// What an input that comes through a pipe is.
    pub piped: PipedAs,
    /// The patterns of names that may be published, though they look like personal data: of files, relative to the data
    /// set, of tables of a dump, of columns.
    pub allow_names: Vec<String>,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            threads: None,
            block_size: BLOCK_SIZE,
            replace: false,
            format: None,
            packing: Packing::Kept,
            key_origin: KeyOrigin::Given,
            inputs: Vec::new(),
            piped: PipedAs::default(),
            allow_names: Vec::new(),
        }
    }
}

/// Runs the rules over a file or a folder and publishes the outcome as `to`. Either may be `-`: then a file is read from
/// standard input, or written to standard output as soon as it is there, without a manifest.
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
    /// The name of the table in it, if it holds many: then there is one of these for each.
    pub member: Option<&'o str>,
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
    let inputs = match is_standard(from) {
        true => Inputs::piped(rules, from, &options.piped)?,
        false => Inputs::find(rules, from)?,
    };
    let names = Names::new(inputs.is_folder(), &options.allow_names)?;
    let passage = Passage { names: Some(&names), ..Passage::forward(rules, keys) };
    pass(&passage, &inputs, from, to, options, progress, inspector)
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
    /// Which names may be published; anything, where nothing is, or what is published has its names already.
    names: Option<&'a Names>,
}

impl<'a> Passage<'a> {
    fn forward(rules: &'a Rules, keys: &'a Keyring) -> Self {
        Self { rules, keys, way: Way::Forward, tables: rules.tables(), names: None }
    }

    fn back(rules: &'a Rules, published: &'a [Table], keys: &'a Keyring) -> Self {
        Self { rules, keys, way: Way::Back, tables: published, names: None }
    }

    /// Opens a file as far as its schema and binds the rules to it.
    fn open(&self, input: &Input, delivery: impl FnOnce(&Source) -> Delivery) -> Result<(Source, Plan)> {
        let source = match &input.member {
            Some(member) => Source::Member(Arc::clone(&member.dump), member.place),
            None => {
                let table = &self.tables[input.table];
                Source::open(&input.path, input.format, &table.csv, table.infer)
                    .and_then(|mut source| source.expect(table.paths()).map(|()| source))
                    .map_err(|error| input.untold(error))?
            }
        };
        let delivery = delivery(&source);
        let plan = self.bind(input, source.schema(), delivery)?;
        Ok((source, plan))
    }

    fn bind(&self, input: &Input, schema: &SchemaRef, delivery: Delivery) -> Result<Plan> {
        let table = input.table;
        let name = &match &input.member {
            Some(member) => format!("{}: {}", input.told, shown(member.name(), true)),
            None => input.told.clone(),
        };
        let plan = match self.way {
            Way::Forward => self.rules.bind(table, name, schema, self.keys, delivery),
            Way::Back => self.rules.bind_inverse(table, name, schema, self.keys, delivery),
        };
        let is_dump = input.format.is_dump();
        let named = |plan: &Plan| self.names.map_or(Ok(()), |names| names.columns(plan, is_dump));
        plan.and_then(|plan| named(&plan).map(|()| plan))
            .map_err(|error| input.untold(error.in_file(&input.told_path())))
    }

    /// Binds the rules to the tables of a dump, all of them together: what one table may become, another may forbid.
    fn bind_members(&self, inputs: &[Input]) -> Result<Vec<Plan>> {
        let Some(dump) = inputs.iter().find_map(|input| input.member.as_ref()).map(|member| &member.dump) else {
            return Ok(Vec::new());
        };
        let (mut plans, mut errors) = (Vec::with_capacity(inputs.len()), Vec::new());
        let told = inputs.first().map_or_else(PathBuf::new, Input::told_path);
        for input in inputs {
            let Some(table) = input.member.as_ref().and_then(|member| dump.tables().get(member.place)) else {
                continue;
            };
            match self.bind(input, &table.schema, Delivery::Verbatim) {
                Ok(plan) => plans.push(plan),
                Err(error) => errors.push(error),
            }
        }
        for (place, table) in dump.tables().iter().enumerate() {
            let judged = self.names.map_or(Ok(()), |names| names.member(&table.name, place + 1, self.rules));
            errors.extend(judged.err().map(|error| error.in_file(&told)));
        }
        if errors.is_empty() {
            let mut by_place = vec![None; dump.tables().len()];
            for (input, plan) in inputs.iter().zip(&plans) {
                let place = input.member.as_ref().and_then(|member| by_place.get_mut(member.place));
                place.into_iter().for_each(|place| *place = Some(plan));
            }
            errors.extend(dump.misfits(&by_place).into_iter().map(|error| error.in_file(&told)));
        }
        Error::all(errors).map_or(Ok(plans), Err)
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
    let destination = Destination::prepare(from, to, inputs.is_folder(), options.replace)?;
    let jobs = Job::all(passage, inputs, &destination, options)?;
    let pool = workers(options.threads)?;
    pool.install(|| bind_all(passage, &jobs))?;
    progress.start(&jobs.iter().map(|job| (job.told.as_str(), job.bytes)).collect::<Vec<_>>());
    let outcomes = run_jobs(passage, &jobs, &destination, &pool, options, progress)?;
    let mut manifest = Manifest::new(passage.rules, passage.keys, options.key_origin, inputs.left_out(), &outcomes);
    manifest.weakenings.extend(passage.names.into_iter().flat_map(Names::weakenings));
    if passage.way == Way::Back {
        manifest.weakenings.push(reveal::weakening(&outcomes));
    }
    check_inputs(&outcomes, &options.inputs)?;
    let conforms = outcomes.iter().all(FileOutcome::conforms);
    if conforms {
        let mut staged = Vec::with_capacity(jobs.len());
        for job in &jobs {
            for input in job.inputs {
                staged.push(StagedOutput {
                    name: &job.output,
                    path: &job.staged,
                    format: job.to,
                    table: input.table,
                    member: input.member.as_ref().map(Member::name),
                });
            }
        }
        inspector.inspect(&staged, &mut manifest)?;
        destination.publish(&manifest)?;
        inspector.published()?;
    }
    progress.finish();
    Ok(Outcome { published: conforms, files: outcomes, manifest })
}

/// Rules that were made for these inputs say nothing about others.
fn check_inputs(outcomes: &[FileOutcome], expected: &[Digest]) -> Result<()> {
    // The tables of one file have one input.
    let files = outcomes.chunk_by(|one, other| one.input.0 == other.input.0);
    if expected.is_empty() || files.filter_map(|tables| Some(&tables.first()?.input.2)).eq(expected) {
        return Ok(());
    }
    Err(Error::data("the input has changed since it was looked at")
        .with_help("run it again, when nothing writes to it"))
}

/// Binds the rules to every file before the first byte is written. What does not fit is told of all files at once.
fn bind_all(passage: &Passage<'_>, jobs: &[Job<'_>]) -> Result<()> {
    Error::all(jobs.iter().filter_map(|job| job.bind(passage).err()).collect()).map_or(Ok(()), Err)
}

/// Runs all jobs, several at once, on one pool of workers. The first error in the order of the files is the one that
/// comes back, however they were scheduled.
fn run_jobs(
    passage: &Passage<'_>,
    jobs: &[Job<'_>],
    destination: &Destination,
    pool: &rayon::ThreadPool,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Vec<FileOutcome>> {
    let threads = pool.current_num_threads();
    let budget = Budget::new(threads);
    let engine = Engine { pool, budget: &budget, progress, block_size: options.block_size };
    let results: Vec<Mutex<Option<Result<Vec<FileOutcome>>>>> = jobs.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let work = || {
        while !failed.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else { break };
            let result = engine.run(index, job, passage, destination);
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
    Ok(results.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}
