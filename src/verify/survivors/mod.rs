//! Values of the source that stand in the output: in any column, whole or inside free text and JSON.
//!
//! ```text
//! source, pass 1 --identifying columns--> values --> Filter
//! output         --every run of words----> in the filter? --> suspects
//! source, pass 2 --the same values-------> a suspect?     --> survivors
//! ```
//!
//! The second pass compares letters and digits themselves, so that nothing is told that does not stand in both. Nothing
//! here knows what a card or an address looks like: what a detector misses is found all the same. Looked for are the
//! values of columns that rules have treated, but for those that only became coarser; without rules, those of columns
//! whose header speaks of persons, and of those in which hardly any value occurs twice. Of these, values count that
//! tell whose they are ([`value`]); in a column that rules have made, what may stand there by chance does not.

mod filter;
mod value;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use arrow::array::Array;
use rayon::ThreadPool;

use super::cells::Form;
use super::engine::{Treatments, guarded, open};
use super::files::{Target, find};
use super::tally::SHOWN;
use super::treatment::Treatment;
use super::{Gap, Site, data_set::DataSets};
use crate::detect::{Class, Hint, words as headers};
use crate::error::{Error, ErrorKind, Place, Result, Shape};
use crate::format::{Block, Source};
use crate::pipeline::{Budget, FileManifest};
use crate::rules::{Assignment, CsvOptions, Encoding, Rules, leaves, take_apart};

use filter::Filter;
use value::nature;
use words::hash_of;

pub(super) use value::Nature;
pub(super) use words::Words;

/// How many different suspects of one column are kept.
const MOST_SUSPECTS: usize = 100_000;

/// Of how many values at least, and of which share of them different ones, a column is taken to tell rows apart.
const DISTINCT: (usize, f64) = (100, 0.9);

/// In how many rows of the source a value may stand and still be somebody's, at least and as a share of the rows.
const COMMON: (u64, u64) = (20, 1000);

/// The values of a source.
pub(super) struct Survivors {
    filter: Filter,
    files: Vec<SourceFile>,
    columns: Vec<SourceColumn>,
}

struct SourceFile {
    target: Target,
    csv: Option<CsvOptions>,
    encoding: Option<Encoding>,
    /// The leaves that are looked at: the place among the leaves, and the place in `columns`.
    leaves: Vec<(usize, usize)>,
}

/// A column of the source whose values are looked for.
pub(super) struct SourceColumn {
    file: String,
    name: String,
    is_name: bool,
    form: Form,
    /// Values that are looked for, and those that are not because they do not tell whose they are.
    taken: AtomicU64,
    left: AtomicU64,
}

impl SourceColumn {
    /// What messages call it.
    pub(super) fn label(&self) -> String {
        format!("{} of {}", self.name, self.file)
    }
}

/// A run of words of the output that is in the filter, and where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Suspect {
    pub(super) hits: u64,
    pub(super) cells: u64,
    pub(super) sites: Vec<Site>,
    last: Option<usize>,
}

/// The suspects of a column of the output.
#[derive(Debug, Clone, Default)]
pub(super) struct Suspects {
    pub(super) runs: BTreeMap<Box<str>, Suspect>,
    /// Hits of suspects that were not kept, because there were too many others.
    pub(super) beyond: u64,
}

/// A suspect that stands in the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Confirmed {
    /// The first column of the source it stands in.
    pub(super) column: usize,
    pub(super) nature: Nature,
}

impl Suspects {
    fn note(&mut self, run: &str, cell: usize, place: impl FnOnce() -> (Option<u64>, Option<u64>)) {
        if !self.runs.contains_key(run) && self.runs.len() >= MOST_SUSPECTS {
            self.beyond += 1;
            return;
        }
        let suspect = self.runs.entry(run.into()).or_default();
        suspect.hits += 1;
        if suspect.last != Some(cell) {
            suspect.last = Some(cell);
            suspect.cells += 1;
        }
        if suspect.sites.len() < SHOWN {
            let (row, line) = place();
            suspect.sites.push(Site { row, line, shape: Shape::of(run).to_string() });
        }
    }

    /// Adds those of the block that follows; its rows and lines count from its start.
    pub(super) fn append(&mut self, next: Self, rows: u64, lines: u64) {
        self.beyond += next.beyond;
        for (run, found) in next.runs {
            if !self.runs.contains_key(&run) && self.runs.len() >= MOST_SUSPECTS {
                self.beyond += found.hits;
                continue;
            }
            let suspect = self.runs.entry(run).or_default();
            suspect.hits += found.hits;
            suspect.cells += found.cells;
            suspect.last = None;
            let room = SHOWN.saturating_sub(suspect.sites.len());
            suspect.sites.extend(found.sites.into_iter().take(room).map(|site| Site {
                row: site.row.map(|row| row + rows),
                line: site.line.map(|line| line + lines),
                ..site
            }));
        }
    }
}

/// What is done with each value of the source: its words, the place of its column, and what it is, if it is looked for.
type With<'w> = dyn Fn(&Survivors, &Words, usize, Option<Nature>) + Sync + 'w;

/// What says how the columns of the source were treated.
pub(super) struct Told<'t> {
    pub(super) rules: Option<&'t Rules>,
    pub(super) sets: &'t DataSets,
    /// The encoding of text files where nothing else says one.
    pub(super) encoding: Option<Encoding>,
}

impl Told<'_> {
    /// The encoding of a source file where its rules say none.
    fn encoding(&self, target: &Target) -> Option<Encoding> {
        let told = self.sets.made_of(target).and_then(|file| super::data_set::encoding(&file.input));
        told.or(self.encoding)
    }

    /// How the leaves of a source file were treated; nothing, if nobody says.
    fn of(&self, target: &Target) -> (Option<CsvOptions>, Option<Box<Treatments<'_>>>) {
        let files = [target.listed()];
        if let Some(rules) = self.rules
            && let Some(Assignment::Table(place)) =
                rules.assign(&files, false).0.first().and_then(|all| all.first()).copied()
        {
            let csv = rules.tables().get(place).map(|table| table.csv.clone());
            return (csv, Some(Box::new(move |path| Some(Treatment::read(Some(rules.rule_of(place, path)?))))));
        }
        let told: Option<&FileManifest> = self.sets.made_of(target);
        (None, told.map(|file| Box::new(move |path: &str| super::data_set::treatment(file, path)) as Box<_>))
    }
}

impl Survivors {
    /// Reads the values of a source that may survive: of its columns that tell whose a row is.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it is not there, [`ErrorKind::Internal`] if a promise of the program was broken.
    pub(super) fn read(
        source: &Path,
        told: &Told<'_>,
        pool: &ThreadPool,
        block_size: usize,
        gaps: &mut Vec<Gap>,
    ) -> Result<Self> {
        let (targets, unread) = find(&[PathBuf::from(source)])?;
        gaps.extend(unread);
        let bytes = targets.iter().map(|target| target.bytes).sum();
        let mut survivors = Self { filter: Filter::new(bytes), files: Vec::new(), columns: Vec::new() };
        for target in targets {
            if target.form.is_table() && target.bytes > 0 {
                survivors.choose(target, told, block_size, gaps)?;
            }
        }
        survivors.each_value(pool, block_size, gaps, &|this, words, column, is_taken| {
            let Some(of) = this.columns.get(column) else { return };
            if is_taken.is_some() {
                of.taken.fetch_add(1, Ordering::Relaxed);
                let (value, count) = words.value();
                this.filter.add(hash_of(value), words.first(), count);
            } else {
                of.left.fetch_add(1, Ordering::Relaxed);
            }
        })?;
        survivors.tell(gaps);
        Ok(survivors)
    }

    /// Chooses the columns of a file whose values are looked for.
    fn choose(&mut self, target: Target, told: &Told<'_>, block_size: usize, gaps: &mut Vec<Gap>) -> Result<()> {
        let (csv, treatments) = told.of(&target);
        let encoding = told.encoding(&target);
        let chosen = open(&target, csv.as_ref(), encoding).and_then(|source| {
            let all = leaves(source.schema())?;
            let distinct = match treatments {
                Some(_) => BTreeSet::new(),
                None => distinct(source, block_size)?,
            };
            let wanted = all.into_iter().enumerate().filter(|(place, leaf)| match &treatments {
                Some(treatments) => treatments(&leaf.path).is_some_and(|treatment| treatment.hides()),
                None => distinct.contains(place) || speaks_of_persons(&leaf.path),
            });
            Ok(wanted.collect::<Vec<_>>())
        });
        let chosen = match chosen {
            Ok(chosen) => chosen,
            Err(error) => return unread(error, &target.name, gaps),
        };
        let mut leaves = Vec::new();
        for (place, leaf) in chosen {
            let read = headers::classify(&leaf.path).map(|hint| hint.entity);
            leaves.push((place, self.columns.len()));
            self.columns.push(SourceColumn {
                file: target.name.clone(),
                is_name: read == Some(headers::FULL_NAME),
                form: Form::of(&leaf.data_type, false),
                name: leaf.path,
                taken: AtomicU64::new(0),
                left: AtomicU64::new(0),
            });
        }
        self.files.push(SourceFile { target, csv, encoding, leaves });
        Ok(())
    }

    /// Goes through the values of all chosen columns; of each, `with` is called.
    fn each_value(&self, pool: &ThreadPool, block_size: usize, gaps: &mut Vec<Gap>, with: &With<'_>) -> Result<()> {
        let budget = Budget::new(pool.current_num_threads());
        for file in self.files.iter().filter(|file| !file.leaves.is_empty()) {
            let failure = std::sync::Mutex::new(None::<Error>);
            let read = pool.in_place_scope(|workers| {
                let source = open(&file.target, file.csv.as_ref(), file.encoding)?;
                let schema = source.schema().clone();
                let mut reader = source.read_all(block_size, false)?;
                while let Some(block) = guarded(|| reader.next())? {
                    let size = block.size();
                    budget.take(size);
                    let (failure, budget, schema) = (&failure, &budget, schema.clone());
                    workers.spawn(move |_| {
                        let done = guarded(|| self.each_of_block(block, &schema, file, with));
                        if let Err(error) = done {
                            let mut failure = failure.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                            failure.get_or_insert(error);
                        }
                        budget.give_back(size);
                    });
                }
                Ok(())
            });
            let failure = failure.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some(error) = read.err().or(failure) {
                unread(error.at(Place::default()), &file.target.name, gaps)?;
            }
        }
        Ok(())
    }

    fn each_of_block(
        &self,
        block: Box<dyn Block>,
        schema: &arrow::datatypes::Schema,
        file: &SourceFile,
        with: &With<'_>,
    ) -> Result<()> {
        let mut words = Words::default();
        for decoded in block.decode()? {
            let mut taken = Vec::new();
            for (field, array) in schema.fields().iter().zip(decoded?.batch.columns()) {
                take_apart(field, array, &mut taken)?;
            }
            for (place, column) in &file.leaves {
                let (Some(leaf), Some(of)) = (taken.get(*place), self.columns.get(*column)) else { continue };
                let Some(texts) = of.form.texts(&leaf.values)? else { continue };
                // Exports of databases write a null so in CSV.
                for text in texts.iter().flatten().filter(|text| *text != "\\N") {
                    words.read(text);
                    with(self, &words, *column, nature(text, &words, of.is_name));
                }
            }
        }
        Ok(())
    }

    /// Says what is looked for and what is not.
    fn tell(&self, gaps: &mut Vec<Gap>) {
        if self.columns.is_empty() {
            let message = "no column of the source tells whose a row is: nothing was looked for";
            gaps.push(Gap {
                grave: true,
                ..Gap::told(None, message, Some("say by `--rules` which columns are treated"))
            });
        }
        for file in &self.files {
            let (mut taken, mut left, mut silent) = (0, 0, Vec::new());
            for column in file.leaves.iter().filter_map(|(_, place)| self.columns.get(*place)) {
                let of = column.taken.load(Ordering::Relaxed);
                taken += of;
                left += column.left.load(Ordering::Relaxed);
                if of == 0 {
                    silent.push(column.name.as_str());
                }
            }
            if left > 0 {
                let columns = if silent.is_empty() { String::new() } else { format!(": all of {}", silent.join(", ")) };
                let message = format!(
                    "{taken} values of its columns are looked for in the output; {left} are not, because they are too \
                     short, or of a kind that many share, to tell whose they are{columns}"
                );
                gaps.push(Gap::told(Some(&file.target.name), &message, None));
            }
        }
    }

    /// Notes every run of words of a cell of the output that may be a value of the source. Says whether there was none.
    pub(super) fn look(
        &self,
        text: &str,
        cell: usize,
        words: &mut Words,
        suspects: &mut Suspects,
        place: &dyn Fn(usize) -> (Option<u64>, Option<u64>),
    ) -> bool {
        let mut is_clean = true;
        words.read(text);
        words.each_run(
            |first| self.filter.lengths(first),
            |hash, run| {
                if self.filter.has(hash) {
                    is_clean = false;
                    suspects.note(run, cell, || place(cell));
                }
            },
        );
        is_clean
    }

    /// Which of the suspects stand in the source, and where. What stands in very many rows of it is nobody's.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] if a promise of the program was broken.
    pub(super) fn confirm(
        &self,
        suspects: &BTreeSet<Box<str>>,
        pool: &ThreadPool,
        block_size: usize,
        gaps: &mut Vec<Gap>,
    ) -> Result<HashMap<Box<str>, Confirmed>> {
        struct Seen {
            column: AtomicU32,
            nature: AtomicU32,
            count: AtomicU64,
        }
        const NATURES: [Nature; 5] =
            [Nature::Address, Nature::Mixed, Nature::Words, Nature::LongNumber, Nature::ShortNumber];
        if suspects.is_empty() {
            return Ok(HashMap::new());
        }
        let seen =
            || Seen { column: AtomicU32::new(u32::MAX), nature: AtomicU32::new(u32::MAX), count: AtomicU64::new(0) };
        let wanted: HashMap<&str, Seen> = suspects.iter().map(|run| (run.as_ref(), seen())).collect();
        self.each_value(pool, block_size, gaps, &|_, words, column, nature| {
            let Some(nature) = nature else { return };
            if let Some(seen) = wanted.get(words.value().0) {
                seen.count.fetch_add(1, Ordering::Relaxed);
                seen.column.fetch_min(column as u32, Ordering::Relaxed);
                let place = NATURES.iter().position(|other| *other == nature).unwrap_or(0);
                seen.nature.fetch_min(place as u32, Ordering::Relaxed);
            }
        })?;
        let (mut confirmed, mut common) = (HashMap::new(), 0_u64);
        for (run, seen) in wanted {
            let (column, count) = (seen.column.into_inner() as usize, seen.count.into_inner());
            let (Some(of), Some(nature)) = (self.columns.get(column), NATURES.get(seen.nature.into_inner() as usize))
            else {
                continue;
            };
            if count > COMMON.0.max(of.taken.load(Ordering::Relaxed) / COMMON.1) {
                common += 1;
            } else {
                confirmed.insert(run.into(), Confirmed { column, nature: *nature });
            }
        }
        if common > 0 {
            let message =
                format!("{common} values of the source that stand in the output are too common in it to be somebody's");
            gaps.push(Gap::told(None, &message, None));
        }
        Ok(confirmed)
    }

    /// A column of the source.
    pub(super) fn column(&self, place: usize) -> Option<&SourceColumn> {
        self.columns.get(place)
    }
}

/// A source that can't be read is a gap; a bug is an error.
fn unread(error: Error, name: &str, gaps: &mut Vec<Gap>) -> Result<()> {
    if error.kind() == ErrorKind::Internal {
        return Err(error);
    }
    let message = format!("the source can't be read, so that its values were not looked for: {}", error.message());
    gaps.push(Gap { io: error.kind() == ErrorKind::Io, ..Gap::grave(name, &message, error.help()) });
    Ok(())
}

/// Whether the header speaks of what names persons or does harm.
fn speaks_of_persons(path: &str) -> bool {
    let names = Hint::of_header(path).names();
    crate::detect::DETECTORS.iter().any(|detector| {
        let kinds = detector.kinds();
        (0..kinds.len()).any(|kind| {
            kinds.get(kind).is_some_and(|cue| names.contains(&cue.name))
                && matches!(detector.entity_of(kind).class(), Class::Direct | Class::Sensitive)
        })
    })
}

/// The leaves in which hardly any value occurs twice, by the first block of the file.
fn distinct(source: Source, block_size: usize) -> Result<BTreeSet<usize>> {
    let schema = source.schema().clone();
    let all = leaves(&schema)?;
    let mut reader = source.read_all(block_size, false)?;
    let Some(block) = reader.next()? else { return Ok(BTreeSet::new()) };
    let mut values: Vec<(usize, BTreeSet<u64>)> = vec![(0, BTreeSet::new()); all.len()];
    for decoded in block.decode()?.take(1) {
        let mut taken = Vec::new();
        for (field, array) in schema.fields().iter().zip(decoded?.batch.columns()) {
            take_apart(field, array, &mut taken)?;
        }
        for ((leaf, taken), (count, hashes)) in all.iter().zip(taken).zip(&mut values) {
            let Some(texts) = Form::of(&leaf.data_type, false).texts(&taken.values)? else { continue };
            *count += texts.len() - texts.null_count();
            hashes.extend(texts.iter().flatten().map(hash_of));
        }
    }
    let tells = |(_, (count, hashes)): &(usize, &(usize, BTreeSet<u64>))| {
        *count >= DISTINCT.0 && hashes.len() as f64 >= DISTINCT.1 * *count as f64
    };
    Ok(values.iter().enumerate().filter(tells).map(|(place, _)| place).collect())
}
