//! One file on its way: blocks read in order on one thread, worked on by the pool in any order, written in order on
//! another thread.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender, unbounded};
use rayon::ThreadPool;

use super::budget::Budget;
use super::inputs::without_names;
use super::job::Job;
use super::outcome::{ColumnFindings, FileOutcome, Finding};
use super::publish::{Destination, FolderWriter};
use super::tables::{Met, Section};
use super::{Passage, Progress, go_on};
use crate::error::{Error, Result};
use crate::format::dump::{DumpReader, Piece};
use crate::format::{Block, Digest, Encoded, Encoder, Encodings, Format, Reader, Writer, bytes_writer};
use crate::rules::{LeafCounts, Plan};

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
#[derive(Default)]
struct Done {
    encoded: Encoded,
    rows: u64,
    lines: u64,
    counts: Vec<LeafCounts>,
    /// By leaf; places count from the start of the block.
    invalid: Vec<(usize, Finding)>,
}

/// What the writing thread is told, piece by piece.
struct Arrival {
    number: usize,
    /// The bytes of the budget that it gives back.
    size: usize,
    /// How far the reader had come with it.
    position: u64,
    /// The table that it belongs to, and its place among those of the file; none of what stands between tables.
    section: Option<(usize, Arc<Section>)>,
    done: Result<Done>,
}

/// What is read.
enum Feed<'a> {
    /// Rows of one table.
    Table(Box<dyn Reader>, Arc<Section>),
    /// A dump, and what becomes of its tables as they are met.
    Dump(Box<dyn DumpReader>, Met<'a>),
}

impl Feed<'_> {
    fn next(&mut self) -> Result<Option<Piece>> {
        match self {
            Self::Table(reader, _) => Ok(reader.next()?.map(|block| Piece::Rows { table: 0, block })),
            Self::Dump(reader, met) => reader.next(met),
        }
    }

    fn section(&self, place: usize) -> Result<Arc<Section>> {
        let section = match self {
            Self::Table(_, section) => Some(section),
            Self::Dump(_, met) => met.sections().get(place),
        };
        section.map(Arc::clone).ok_or_else(|| Error::internal("there are rows of a table that nobody has met"))
    }

    fn lines_before(&self) -> u64 {
        match self {
            Self::Table(reader, _) => reader.lines_before(),
            Self::Dump(..) => 0,
        }
    }

    fn position(&self) -> u64 {
        match self {
            Self::Table(reader, _) => reader.position(),
            Self::Dump(reader, _) => reader.position(),
        }
    }

    /// What is written after an output that ends before its time.
    fn cut_off(&self) -> Vec<u8> {
        match self {
            Self::Table(..) => Vec::new(),
            Self::Dump(reader, _) => reader.cut_off(),
        }
    }

    /// The digest of the input, and all its tables.
    fn finish(self) -> Result<(Digest, Vec<Arc<Section>>)> {
        match self {
            Self::Table(reader, section) => Ok((reader.finish()?, vec![section])),
            Self::Dump(reader, met) => Ok((reader.finish()?, met.into_sections())),
        }
    }
}

impl Engine<'_> {
    /// Runs one file and leaves its output staged, synced and checked. What is not staged but sent to a pipe is told as
    /// cut off if it fails.
    pub(super) fn run(
        &self,
        index: usize,
        job: &Job<'_>,
        passage: &Passage<'_>,
        destination: &Destination,
    ) -> Result<Vec<FileOutcome>> {
        self.run_untold(index, job, passage, destination)
            .map_err(|error| without_names(error, &job.path, &job.told_path))
    }

    fn run_untold(
        &self,
        index: usize,
        job: &Job<'_>,
        passage: &Passage<'_>,
        destination: &Destination,
    ) -> Result<Vec<FileOutcome>> {
        let mut encodings = Encodings::default();
        let (mut feed, writer, unsynced): (_, Box<dyn Writer>, _) = if job.from == Format::DumpFolder {
            let reader = job.read_dump(self.block_size)?;
            (Feed::Dump(reader, Met::new(passage, job)), Box::new(FolderWriter::create(&job.staged)?), None)
        } else if job.from == Format::Dump {
            let (file, unsynced) = destination.create(&job.staged)?;
            let reader = job.read_dump(self.block_size)?;
            (Feed::Dump(reader, Met::new(passage, job)), bytes_writer(file, &job.staged, b"")?, unsynced)
        } else {
            let (file, unsynced) = destination.create(&job.staged)?;
            let (source, plan) = job.open(passage)?;
            let table = &passage.tables[job.input()?.table];
            let (encoder, writer) = source
                .target(job.to, &plan, table, file, &job.staged)
                .map_err(|error| error.in_file(&job.told_path))?;
            encodings = source.encodings(job.to, &table.csv);
            let reader = source.read(&plan, self.block_size)?;
            (Feed::Table(reader, Arc::new(Section { member: None, plan, encoder })), writer, unsynced)
        };
        let mut ledger = Ledger::new(job, feed.lines_before());
        let passed = self.pass(index, &mut feed, writer, &mut ledger).map_err(|error| error.in_file(&job.told_path));
        if passed.is_err() || !ledger.conforms() {
            destination.cut_off(&feed.cut_off());
        }
        let written = passed?;
        let (digest, sections) = feed.finish().map_err(|error| error.in_file(&job.told_path))?;
        self.progress.done(index);
        if let Some(unsynced) = unsynced.filter(|_| ledger.conforms()) {
            unsynced.check_and_sync(&written)?;
        }
        Ok(ledger.close(&sections, digest, written, encodings))
    }

    /// Passes everything from the reader through the workers to the writer.
    fn pass(
        &self,
        index: usize,
        feed: &mut Feed<'_>,
        writer: Box<dyn Writer>,
        ledger: &mut Ledger<'_>,
    ) -> Result<Digest> {
        let (sender, arrivals) = unbounded();
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let writing = scope.spawn(|| self.write(index, writer, arrivals, ledger, &stop));
            let read = self.pool.in_place_scope(|workers| {
                self.read(feed, sender, &stop, |block, section, mut arrival, sender| {
                    workers.spawn(move |_| {
                        arrival.done = guarded(|| work(block, &section.plan, &*section.encoder));
                        // Nobody listens any more only if the writing thread is gone, which is told by its own error.
                        let _ = sender.send(arrival);
                    });
                })
            });
            let written = writing.join().unwrap_or_else(|_| Err(Error::internal("the writing thread panicked")));
            // An error of a block stands before the place to which the reader had come.
            written.and_then(|digest| read.map(|()| digest))
        })
    }

    /// Reads everything. Blocks of rows go to the workers, and what stands between them to the writer at once.
    fn read(
        &self,
        feed: &mut Feed<'_>,
        sender: Sender<Arrival>,
        stop: &AtomicBool,
        spawn: impl Fn(Box<dyn Block>, Arc<Section>, Arrival, Sender<Arrival>),
    ) -> Result<()> {
        let mut number = 0;
        while !stop.load(Ordering::Relaxed) {
            go_on()?;
            let Some(piece) = guarded(|| feed.next())? else { break };
            let position = feed.position();
            match piece {
                Piece::File { name } => {
                    self.budget.take(0);
                    let done = Ok(Done { encoded: Encoded::File(name), ..Done::default() });
                    let _ = sender.send(Arrival { number, size: 0, position, section: None, done });
                }
                Piece::Text { bytes, lines } => {
                    let size = bytes.len();
                    self.budget.take(size);
                    let done = Ok(Done { encoded: Encoded::Bytes(bytes), lines, ..Done::default() });
                    let _ = sender.send(Arrival { number, size, position, section: None, done });
                }
                Piece::Rows { table, block } => {
                    let section = feed.section(table)?;
                    let size = block.size();
                    self.budget.take(size);
                    let of = Some((table, Arc::clone(&section)));
                    let arrival = Arrival { number, size, position, section: of, done: Ok(Done::default()) };
                    spawn(block, section, arrival, sender.clone());
                }
            }
            number += 1;
        }
        Ok(())
    }

    /// Writes pieces in their order as they arrive. After an error, the rest is only waited for.
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
                    let section = arrival.section;
                    let written =
                        arrival.done.map_err(|error| ledger.locate(section.as_ref(), error)).and_then(|done| {
                            ledger.enter(section.as_ref(), &done);
                            if let Encoded::File(name) = &done.encoded {
                                ledger.go_on_in(name);
                            }
                            self.progress.advance(index, arrival.position, ledger.rows());
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
            // What does not conform has not been written to its end, and must not look as if it had.
            None if !ledger.conforms() => Ok(Digest { bytes: 0, hash: blake3::hash(b"") }),
            None => guarded(|| self.pool.install(|| writer.finish())),
        }
    }

    /// Writes one block. What the writer has still to encode is work for the pool, so that a run has no more threads
    /// than it was given.
    fn put(&self, writer: &mut dyn Writer, block: Encoded) -> Result<()> {
        if writer.works_on(&block) { self.pool.install(|| writer.write(block)) } else { writer.write(block) }
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
    /// The file that is being read, as it may be told.
    file: PathBuf,
    lines: u64,
    /// By table; none of one that has had no rows yet.
    entries: Vec<Option<Entry>>,
}

/// What has been written of a table so far.
struct Entry {
    paths: Vec<String>,
    rows: u64,
    counts: Vec<LeafCounts>,
    first: Vec<Vec<Finding>>,
}

impl Entry {
    fn new(plan: &Plan) -> Self {
        let paths: Vec<String> = plan.report().map(|leaf| leaf.leaf.path).collect();
        Self { rows: 0, counts: vec![LeafCounts::default(); paths.len()], first: vec![Vec::new(); paths.len()], paths }
    }
}

impl<'a> Ledger<'a> {
    fn new(job: &'a Job<'a>, lines: u64) -> Self {
        Self { job, file: job.told_path.clone(), lines, entries: Vec::new() }
    }

    /// Goes on in another file of a folder.
    fn go_on_in(&mut self, name: &str) {
        self.file = self.job.told_path.join(name);
        self.lines = 0;
    }

    fn rows(&self) -> u64 {
        self.entries.iter().flatten().map(|entry| entry.rows).sum()
    }

    /// The place of an error in its file, from its place in the next block.
    fn locate(&self, section: Option<&(usize, Arc<Section>)>, error: Error) -> Error {
        let rows = section.and_then(|(place, _)| self.entries.get(*place)?.as_ref()).map_or(0, |entry| entry.rows);
        error.after(rows, self.lines).in_file(&self.file)
    }

    fn enter(&mut self, section: Option<&(usize, Arc<Section>)>, done: &Done) {
        if let Some((place, section)) = section {
            self.entries.resize_with(self.entries.len().max(place + 1), || None);
            let entry = self.entries[*place].get_or_insert_with(|| Entry::new(&section.plan));
            for (leaf, finding) in &done.invalid {
                let mut place = finding.place.clone().after(entry.rows, self.lines);
                place.file = Some(self.file.clone());
                place.column = Some(entry.paths[*leaf].clone());
                if entry.first[*leaf].len() < SHOWN {
                    entry.first[*leaf].push(Finding { place, ..finding.clone() });
                }
            }
            entry.counts.iter_mut().zip(&done.counts).for_each(|(sum, count)| sum.add(count));
            entry.rows += done.rows;
        }
        self.lines += done.lines;
    }

    fn conforms(&self) -> bool {
        let mut counts = self.entries.iter().flatten().flat_map(|entry| &entry.counts);
        self.job.partitions.findings.is_empty() && counts.all(|count| count.invalid == 0)
    }

    fn close(self, sections: &[Arc<Section>], input: Digest, output: Digest, encodings: Encodings) -> Vec<FileOutcome> {
        let Job { told, from, to, output: written, partitions, .. } = self.job;
        let mut entries = self.entries.into_iter();
        let outcome = |section: &Arc<Section>| {
            let plan = &section.plan;
            let entry = entries.next().flatten().unwrap_or_else(|| Entry::new(plan));
            let found = entry.paths.iter().zip(&entry.counts).zip(entry.first);
            let findings = found
                .filter(|((_, count), _)| count.invalid > 0)
                .map(|((column, count), first)| ColumnFindings { column: column.clone(), count: count.invalid, first })
                .chain(partitions.findings.iter().cloned())
                .collect();
            // A column that stands in the name of a folder has its value in every row.
            let in_names = partitions.columns.iter().map(|(leaf, counts)| (leaf.clone(), counts.times(entry.rows)));
            FileOutcome {
                table: plan.table().to_owned(),
                member: section.member.clone(),
                input: (told.clone(), *from, input),
                output: (written.clone(), *to, output),
                encodings,
                rows: entry.rows,
                columns: plan.report().zip(entry.counts).chain(in_names).collect(),
                findings,
            }
        };
        sections.iter().map(outcome).collect()
    }
}
