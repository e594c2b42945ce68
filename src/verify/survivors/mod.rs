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
//!
//! In the place of the source there may be a [`SurvivorFilter`], which holds its values as tags of a keyed function: then
//! runs of words are tagged, too, and tags are compared.

mod file;
mod filter;
mod pass;
mod sorter;
mod source;
mod suspects;
mod tags;
mod value;
mod words;

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::ThreadPool;

use super::Gap;
use crate::error::Result;

use filter::Filter;
use tags::{Labelled, TAG_BYTES, hash_of_tag};
use words::hash_of;

pub use file::{NewFilter, SurvivorFilter};

pub(super) use filter::FirstWords;
pub(super) use pass::each_word;
pub(super) use source::{Exports, Told};
pub(super) use suspects::{Suspect, Suspects};
pub(super) use value::Nature;
pub(super) use words::Words;

/// In how many rows of the source a value may stand and still be somebody's, at least and as a share of the rows.
const COMMON: (u64, u64) = (20, 1000);

/// The values of a source.
pub(super) struct Survivors<'s> {
    filter: Filter,
    columns: Vec<SourceColumn>,
    origin: Origin<'s>,
}

/// What knows the values themselves.
enum Origin<'s> {
    Source(&'s Exports),
    Tags(&'s SurvivorFilter),
}

/// A column of the source whose values are looked for.
#[derive(Debug, Clone)]
pub(super) struct SourceColumn {
    file: String,
    name: String,
}

impl SourceColumn {
    fn new(file: String, name: String) -> Self {
        Self { file, name }
    }

    fn file(&self) -> &str {
        &self.file
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// What messages call it.
    pub(super) fn label(&self) -> String {
        format!("{} of {}", self.name, self.file)
    }
}

/// A suspect that stands in the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Confirmed {
    /// The first column of the source it stands in.
    pub(super) column: usize,
    pub(super) nature: Nature,
}

/// Whether a value that stands in so many of the cells of its column is nobody's.
fn is_common(count: u64, cells: u64) -> bool {
    count > COMMON.0.max(cells / COMMON.1)
}

impl<'s> Survivors<'s> {
    /// Reads the values of a source that may survive: of its columns that tell whose a row is.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`](crate::ErrorKind::Internal) if a promise of the program was broken.
    pub(super) fn read(
        exports: &'s Exports,
        pool: &ThreadPool,
        block_size: usize,
        gaps: &mut Vec<Gap>,
    ) -> Result<Self> {
        let (survivors, left) = Self::of(exports, pool, block_size, gaps)?;
        survivors.tell(&left, gaps);
        Ok(survivors)
    }

    /// The same, and what is to be told of it is given back: how many values of each column are left out.
    ///
    /// # Errors
    /// As of [`read`](Self::read).
    pub(super) fn of(
        exports: &'s Exports,
        pool: &ThreadPool,
        block_size: usize,
        gaps: &mut Vec<Gap>,
    ) -> Result<(Self, Vec<Taken>)> {
        let filter = Filter::new(exports.expected());
        let counts: Vec<[AtomicU64; 2]> = exports.columns().iter().map(|_| Default::default()).collect();
        exports.each_value(pool, block_size, gaps, &|words, column, nature| {
            if let Some(counts) = counts.get(column).and_then(|counts| counts.get(usize::from(nature.is_none()))) {
                counts.fetch_add(1, Ordering::Relaxed);
            }
            if nature.is_some() {
                let (value, count) = words.value();
                filter.add_start(hash_of(words.first()), 1 << count.saturating_sub(1).min(15));
                filter.add(hash_of(value));
            }
        })?;
        let counts =
            counts.into_iter().map(|[taken, left]| Taken { taken: taken.into_inner(), left: left.into_inner() });
        let columns = exports.columns().to_vec();
        Ok((Self { filter, columns, origin: Origin::Source(exports) }, counts.collect()))
    }

    /// Reads the values that a filter holds as tags.
    ///
    /// # Errors
    /// The filter can't be read, or is damaged.
    pub(super) fn of_filter(filter: &'s SurvivorFilter, gaps: &mut Vec<Gap>) -> Result<Self> {
        let survivors = Self { filter: filter.filter()?, columns: filter.columns(), origin: Origin::Tags(filter) };
        tell_of_tags(filter, gaps);
        Ok(survivors)
    }

    /// Says what is looked for and what is not.
    fn tell(&self, counts: &[Taken], gaps: &mut Vec<Gap>) {
        let Origin::Source(exports) = &self.origin else { return };
        if self.columns.is_empty() {
            let message = "no column of the source tells whose a row is: nothing was looked for";
            gaps.push(Gap {
                grave: true,
                ..Gap::told(None, message, Some("say by `--rules` which columns are treated"))
            });
        }
        for (name, columns) in exports.files() {
            let (mut taken, mut left, mut silent) = (0, 0, Vec::new());
            for (column, of) in columns.filter_map(|place| Some((self.columns.get(place)?, counts.get(place)?))) {
                taken += of.taken;
                left += of.left;
                if of.taken == 0 {
                    silent.push(column.name());
                }
            }
            if left > 0 {
                let columns = if silent.is_empty() { String::new() } else { format!(": all of {}", silent.join(", ")) };
                let message = format!(
                    "values of its columns are looked for in the output but for those that are too short, or of a kind \
                     that many share, to tell whose they are{columns}"
                );
                let counts = format!("{taken} are looked for, {left} are not");
                gaps.push(Gap { counts: Some(counts), ..Gap::told(Some(name), &message, None) });
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
        let mut note = |run: &str| {
            is_clean = false;
            suspects.note(run, cell, || place(cell));
        };
        let filter = &self.filter;
        words.read(text);
        match &self.origin {
            Origin::Source(_) => words.each_run(
                |first, _| filter.lengths(first),
                |hash, run| {
                    if filter.has(hash) {
                        note(run);
                    }
                },
            ),
            Origin::Tags(of) => words.each_run(
                |_, first| filter.lengths(hash_of_tag(&of.tagger().start(first))),
                |_, run| {
                    if filter.has(hash_of_tag(&of.tagger().value(run))) {
                        note(run);
                    }
                },
            ),
        }
        is_clean
    }

    /// Which of the suspects stand in the source, and where. What stands in very many rows of it is nobody's.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`](crate::ErrorKind::Internal) if a promise of the program was broken; what a filter's file
    /// gives.
    pub(super) fn confirm(
        &self,
        suspects: &BTreeSet<Box<str>>,
        pool: &ThreadPool,
        block_size: usize,
        gaps: &mut Vec<Gap>,
    ) -> Result<HashMap<Box<str>, Confirmed>> {
        if suspects.is_empty() {
            return Ok(HashMap::new());
        }
        match &self.origin {
            Origin::Source(exports) => {
                let (confirmed, common) = exports.confirm(suspects, pool, block_size, gaps)?;
                if common > 0 {
                    let message = "values of the source that stand in the output are too common in it to be somebody's";
                    gaps.push(Gap { counts: Some(common.to_string()), ..Gap::told(None, message, None) });
                }
                Ok(confirmed)
            }
            Origin::Tags(filter) => {
                let by_tag: HashMap<_, _> =
                    suspects.iter().map(|run| (filter.tagger().value(run), run.clone())).collect();
                let mut confirmed = HashMap::new();
                filter.each(|tag, label| {
                    if let (Some(run), Labelled::Value { column, nature }) = (by_tag.get(tag), label.read())
                        && let Some(nature) = Nature::of_number(nature)
                    {
                        confirmed.insert(run.clone(), Confirmed { column, nature });
                    }
                })?;
                Ok(confirmed)
            }
        }
    }

    /// A column of the source.
    pub(super) fn column(&self, place: usize) -> Option<&SourceColumn> {
        self.columns.get(place)
    }

    /// Whether there is no value to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.filter.is_empty()
    }
}

/// How many values of a column are looked for, and how many are not because they do not tell whose they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    taken: u64,
    left: u64,
}

/// Says what a filter has of the source, and what its tags are worth.
fn tell_of_tags(filter: &SurvivorFilter, gaps: &mut Vec<Gap>) {
    const LOOKUPS: f64 = 1e9;
    let values = filter.values();
    if values == 0 {
        let message = "the filter of survivors holds no value: nothing was looked for";
        gaps.push(Gap { grave: true, ..Gap::told(None, message, None) });
        return;
    }
    let mut counts: Vec<String> = Vec::new();
    let mut silent = Vec::new();
    for (file, name, values, common) in filter.counts() {
        let column = format!("{name} of {file}");
        match common {
            0 => counts.push(format!("{column}: {values}")),
            _ => counts.push(format!("{column}: {values}, and {common} that are too common to be somebody's")),
        }
        if values == 0 {
            silent.push(column);
        }
    }
    // Powers of ten, rounded up: the odds are no more than this.
    let odds = (values as f64 * LOOKUPS).log10() - f64::from(8 * TAG_BYTES as u32) * 2_f64.log10();
    let silent = if silent.is_empty() { String::new() } else { format!("; no value of {}", silent.join(", ")) };
    let message = format!(
        "values of the source are looked for by their tags, of {} bits: the odds that a billion look-ups find one that \
         is not there are below 1 in 10^{:.0}{silent}",
        8 * TAG_BYTES,
        (-odds).floor().max(0.0),
    );
    gaps.push(Gap { counts: Some(counts.join("; ")), ..Gap::told(None, &message, None) });
}
