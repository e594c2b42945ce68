//! One file on its way: blocks read in order on one thread, worked on by the pool in any order, written in order on
//! another thread.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, unbounded};
use rayon::ThreadPool;

use super::budget::Budget;
use super::outcome::{ColumnFindings, FileOutcome, Finding};
use super::publish::StagedFile;
use super::{Job, Progress};
use crate::error::{Error, Result};
use crate::format::{Block, Digest, Encoded, Encoder, Reader, Source, Writer};
use crate::rules::{LeafCounts, Plan, Table};

/// How many values that do not conform are shown of a column and a file. All are counted.
const SHOWN: usize = 10;

/// What all files of a run share.
pub(super) struct Engine<'a> {
    pub(super) pool: &'a ThreadPool,
    pub(super) budget: &'a Budget,
    pub(super) progress: &'a dyn Progress,
    pub(super) block_size: usize,
}

/// A block that was worked on.
struct Done {
    encoded: Encoded,
    rows: u64,
    lines: u64,
    counts: Vec<LeafCounts>,
    /// By leaf; places count from the start of the block.
    invalid: Vec<(usize, Finding)>,
}

/// What the writing thread is told, block by block.
struct Arrival {
    number: usize,
    /// The bytes of the budget that it gives back.
    size: usize,
    /// How far the reader had come with it.
    position: u64,
    done: Result<Done>,
}

impl Engine<'_> {
    /// Runs one file and leaves its output staged, synced and checked.
    pub(super) fn run(
        &self,
        index: usize,
        job: &Job<'_>,
        table: &Table,
        source: Source,
        plan: &Plan,
    ) -> Result<FileOutcome> {
        let (file, unsynced) = StagedFile::create(&job.staged)?;
        let (encoder, writer) = source.target(job.to, plan, table, file, &job.staged)?;
        let mut reader = source.read(plan, self.block_size)?;
        let mut ledger = Ledger::new(job, plan, reader.lines_before());
        let (sender, arrivals) = unbounded();
        let stop = AtomicBool::new(false);
        let written = std::thread::scope(|scope| {
            let writing = scope.spawn(|| self.write(index, writer, arrivals, &mut ledger, &stop));
            let read = self.pool.in_place_scope(|workers| {
                self.read(&mut *reader, sender, &stop, |block, number, size, position, sender| {
                    let encoder = &*encoder;
                    workers.spawn(move |_| {
                        let done = guarded(|| work(block, plan, encoder));
                        // Nobody listens any more only if the writing thread is gone, which is told by its own error.
                        let _ = sender.send(Arrival { number, size, position, done });
                    });
                })
            });
            let written = writing.join().unwrap_or_else(|_| Err(Error::internal("the writing thread panicked")));
            // An error of a block stands before the place to which the reader had come.
            written.and_then(|digest| read.map(|()| digest))
        })
        .map_err(|error| error.in_file(&job.input.path))?;
        let digest = reader.finish().map_err(|error| error.in_file(&job.input.path))?;
        self.progress.done(index);
        let outcome = ledger.close(job, plan, digest, written);
        if outcome.conforms() {
            unsynced.check_and_sync(&outcome.output.2)?;
        }
        Ok(outcome)
    }

    /// Reads all blocks and sends each to the workers.
    fn read(
        &self,
        reader: &mut dyn Reader,
        sender: Sender<Arrival>,
        stop: &AtomicBool,
        spawn: impl Fn(Box<dyn Block>, usize, usize, u64, Sender<Arrival>),
    ) -> Result<()> {
        let mut number = 0;
        while !stop.load(Ordering::Relaxed) {
            let Some(block) = guarded(|| reader.next())? else { break };
            let size = block.size();
            self.budget.take(size);
            spawn(block, number, size, reader.position(), sender.clone());
            number += 1;
        }
        Ok(())
    }

    /// Writes blocks in their order as they arrive. After an error, the rest is only waited for.
    fn write(
        &self,
        index: usize,
        mut writer: Box<dyn Writer>,
        arrivals: Receiver<Arrival>,
        ledger: &mut Ledger<'_>,
        stop: &AtomicBool,
    ) -> Result<Digest> {
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut failure = None;
        for arrival in arrivals {
            waiting.insert(arrival.number, arrival);
            while let Some(arrival) = waiting.remove(&next) {
                next += 1;
                if failure.is_none() {
                    let written = arrival.done.map_err(|error| ledger.locate(error)).and_then(|done| {
                        ledger.enter(&done);
                        self.progress.advance(index, arrival.position, ledger.rows);
                        // What can't be published need not be written: from here on values are only counted.
                        if ledger.conforms() { guarded(|| self.put(&mut *writer, done.encoded)) } else { Ok(()) }
                    });
                    if let Err(error) = written {
                        stop.store(true, Ordering::Relaxed);
                        failure = Some(error);
                    }
                }
                self.budget.give_back(arrival.size);
            }
        }
        match failure {
            Some(error) => Err(error),
            None => guarded(|| self.pool.install(|| writer.finish())),
        }
    }

    /// Writes one block. What the writer has still to encode is work for the pool, so that a run has no more threads
    /// than it was given.
    fn put(&self, writer: &mut dyn Writer, block: Encoded) -> Result<()> {
        match block {
            Encoded::Batches(_) => self.pool.install(|| writer.write(block)),
            Encoded::Bytes(_) | Encoded::RowGroup(_) => writer.write(block),
        }
    }
}

/// Works on one block, from its bytes to its bytes.
fn work(block: Box<dyn Block>, plan: &Plan, encoder: &dyn Encoder) -> Result<Done> {
    let mut first_row = block.first_row().unwrap_or(0);
    let mut encoding = encoder.start()?;
    let (mut rows, mut lines) = (0, 0);
    let mut counts = vec![LeafCounts::default(); plan.leaf_count()];
    let mut invalid = Vec::new();
    for decoded in block.decode()? {
        let decoded = decoded.map_err(|error| error.after(rows, lines))?;
        let applied = plan.apply(&decoded.batch, first_row).map_err(|error| error.after(rows, lines))?;
        encoding.push(&decoded, &applied.batch).map_err(|error| error.after(rows, lines))?;
        counts.iter_mut().zip(&applied.counts).for_each(|(sum, count)| sum.add(count));
        invalid.extend(applied.invalid.into_iter().map(|found| {
            let place = decoded.place(found.row).after(rows, lines);
            (found.leaf, Finding { place, shape: found.shape, reason: found.reason })
        }));
        rows += decoded.batch.num_rows() as u64;
        first_row += decoded.batch.num_rows() as u64;
        lines += decoded.lines();
    }
    Ok(Done { encoded: encoding.finish()?, rows, lines, counts, invalid })
}

/// A panic is a bug, never a way out for data: its message is not carried on.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::internal("bowdler panicked while it worked on this file")))
}

/// What has been written of a file so far.
struct Ledger<'a> {
    job: &'a Job<'a>,
    paths: Vec<String>,
    rows: u64,
    lines: u64,
    counts: Vec<LeafCounts>,
    first: Vec<Vec<Finding>>,
}

impl<'a> Ledger<'a> {
    fn new(job: &'a Job<'a>, plan: &Plan, lines: u64) -> Self {
        let paths: Vec<String> = plan.report().map(|leaf| leaf.leaf.path).collect();
        Self {
            job,
            rows: 0,
            lines,
            counts: vec![LeafCounts::default(); paths.len()],
            first: vec![Vec::new(); paths.len()],
            paths,
        }
    }

    /// The place of an error in its file, from its place in the next block.
    fn locate(&self, error: Error) -> Error {
        error.after(self.rows, self.lines).in_file(&self.job.input.path)
    }

    fn enter(&mut self, done: &Done) {
        for (leaf, finding) in &done.invalid {
            let mut place = finding.place.clone().after(self.rows, self.lines);
            place.file = Some(self.job.input.path.clone());
            place.column = Some(self.paths[*leaf].clone());
            if self.first[*leaf].len() < SHOWN {
                self.first[*leaf].push(Finding { place, ..finding.clone() });
            }
        }
        self.counts.iter_mut().zip(&done.counts).for_each(|(sum, count)| sum.add(count));
        self.rows += done.rows;
        self.lines += done.lines;
    }

    fn conforms(&self) -> bool {
        self.counts.iter().all(|count| count.invalid == 0)
    }

    fn close(self, job: &Job<'_>, plan: &Plan, input: Digest, output: Digest) -> FileOutcome {
        let findings = self
            .paths
            .iter()
            .zip(&self.counts)
            .zip(self.first)
            .filter(|((_, count), _)| count.invalid > 0)
            .map(|((column, count), first)| ColumnFindings { column: column.clone(), count: count.invalid, first })
            .collect();
        FileOutcome {
            table: plan.table().to_owned(),
            input: (job.input.name.clone(), job.input.format, input),
            output: (job.output.clone(), job.to, output),
            rows: self.rows,
            columns: plan.report().zip(self.counts).collect(),
            findings,
        }
    }
}
