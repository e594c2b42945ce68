//! Is it really gone: what of people is left in files, whoever made them.
//!
//! ```text
//! paths --files--> targets --engine--> blocks --look--> cells --detect::Scanner, own patterns, rules--> tallies
//!                     |                                                                                   |
//!                  manifests, names, notes of footers                     report <--assemble-- baseline --+
//! ```
//!
//! Every cell of every row is looked at, and beside them every name and every text that a writer has left in a file.
//! Nothing is believed to be clean because it could not be read: what was not looked at is told as a [`Gap`], and a
//! report with a grave one claims nothing. A data set that has bowdler's manifest is judged by it: in treated columns by
//! what their rule makes, elsewhere by the detectors.

mod assemble;
mod baseline;
mod cells;
mod config;
mod data_set;
mod engine;
mod files;
mod guard;
mod inspection;
mod look;
mod names;
mod report;
mod shapes;
mod survivors;
mod tally;
mod treatment;

use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::ThreadPool;

use crate::detect::{Grade, ScanOptions, Scanner};
use crate::error::Result;
use crate::pipeline::{BLOCK_SIZE, Budget, FileManifest, Progress, workers};
use crate::rules::{Assignment, CsvOptions, Encoding, Listed, Rules, Unlisted};

pub use baseline::Baseline;
pub use config::{Allow, Patterns};
pub use inspection::{Survival, SurvivalLook};
pub use report::{
    Check, ColumnReport, FileReport, Finding, Gap, Part, REPORT_FORMAT, Report, Site, Standing, Totals, Verdict,
};

use data_set::DataSets;
use engine::{Engine, FoundIn, Known, Looked};
use files::{FileForm, Target};
use look::{Judge, Scope};
use survivors::{Confirmed, Exports, Nature, Survivors, Told};
pub use survivors::{NewFilter, SurvivorFilter};
use tally::{Kind, Tallies};
use treatment::Treatment;

/// How a verification is done. Threads and block size change nothing of the report.
#[derive(Debug)]
pub struct VerifyOptions<'r> {
    /// How many threads look at blocks; one a core by default.
    pub threads: Option<NonZero<usize>>,
    /// The size of blocks, in bytes.
    pub block_size: usize,
    /// One row in so many is looked at; all, by default.
    pub sample: Option<NonZero<u64>>,
    /// How sure a finding must be to count.
    pub fail_on: Grade,
    /// How many hits that count are tolerated.
    pub max: u64,
    /// In how many cells of a column there must be a hit of a kind for possible ones to count.
    pub min_hits: u64,
    /// In which share of a column's cells, from 0 to 1, there must be one.
    pub min_ratio: f64,
    /// What is known to be nobody's.
    pub allow: Allow,
    /// What else is looked for.
    pub patterns: Patterns,
    /// Findings that are known.
    pub baseline: Option<Baseline>,
    /// The rules by which the files were made.
    pub rules: Option<&'r Rules>,
    /// Whether manifests count.
    pub manifests: bool,
    /// The encoding of text files where neither rules nor a manifest nor a byte order mark say one; by default UTF-8.
    pub encoding: Option<Encoding>,
    /// What the files were made of: none of its values may stand in them.
    pub against: Option<PathBuf>,
    /// What a run has left of the values of its source: none of them may stand in the files. It counts only without
    /// [`against`](Self::against).
    pub survivors: Option<SurvivorFilter>,
}

impl Default for VerifyOptions<'_> {
    fn default() -> Self {
        Self {
            threads: None,
            block_size: BLOCK_SIZE,
            sample: None,
            fail_on: Grade::Certain,
            max: 0,
            min_hits: 1,
            min_ratio: 0.0,
            allow: Allow::default(),
            patterns: Patterns::default(),
            baseline: None,
            rules: None,
            manifests: true,
            encoding: None,
            against: None,
            survivors: None,
        }
    }
}

impl VerifyOptions<'_> {
    fn weakenings(&self) -> Vec<String> {
        let mut weakenings = Vec::new();
        if let Some(every) = self.sample {
            weakenings.push(format!("sample: one row in {every} was looked at"));
        }
        if self.max > 0 {
            weakenings.push(format!("max: up to {} hits are tolerated", self.max));
        }
        if !self.allow.is_empty() {
            weakenings.push("allow: some values, patterns or columns are allowed".to_owned());
        }
        if self.baseline.is_some() {
            weakenings.push("baseline: what was known before does not count".to_owned());
        }
        if self.fail_on == Grade::Possible && (self.min_hits > 1 || self.min_ratio > 0.0) {
            weakenings.push("min-hits, min-ratio: possible hits that are few in their column do not count".to_owned());
        }
        weakenings
    }
}

/// Looks at every file that the paths are or hold.
///
/// ```
/// use bowdler::Silent;
/// use bowdler::verify::{Verdict, VerifyOptions, verify};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("people.csv");
/// std::fs::write(&path, "id,remark\n1,fine\n2,write to ana@shop.pt\n")?;
/// let report = verify(&[path], &VerifyOptions::default(), &Silent)?;
///
/// assert_eq!(report.verdict, Verdict::Findings);
/// let finding = &report.findings[0];
/// assert_eq!((finding.column.as_deref(), finding.kind.as_str()), (Some("remark"), "email"));
/// assert_eq!((finding.sites[0].row, finding.sites[0].line), (Some(2), Some(3)));
/// assert_eq!(finding.sites[0].shape, "aaa@aaaa.aa");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) if one of the paths is not there,
/// [`ErrorKind::Internal`](crate::ErrorKind::Internal) if a promise of the program was broken.
/// What can't be read or is not understood is no error: it is told in [`Report::coverage`].
pub fn verify(paths: &[PathBuf], options: &VerifyOptions<'_>, progress: &dyn Progress) -> Result<Report> {
    let (mut targets, mut coverage) = files::find(paths)?;
    if targets.is_empty() {
        coverage.push(Gap { grave: true, ..Gap::told(None, "there is no file here: nothing was looked at", None) });
    }
    let sets = if options.manifests { DataSets::find(&targets, &mut coverage) } else { DataSets::default() };
    if !sets.is_empty() {
        let message = "columns that rules have treated are judged by what the manifest says they became";
        coverage.push(Gap::told(None, message, Some("`--no-manifest` has the detectors judge everything")));
        if options.rules.is_some_and(|rules| sets.differ_from(&rules.digest())) {
            coverage.push(Gap::told(None, "the manifest tells of other rules than those given", None));
        }
    }
    let mut looked = missing(&sets, &targets);
    targets.retain(|target| !sets.is_manifest(target));
    let pool = workers(options.threads)?;
    let exports = match &options.against {
        Some(source) => {
            let told = Told { rules: options.rules, sets: &sets, encoding: options.encoding, is_complete: false };
            Some(Exports::find(source, &told, options.block_size, &mut coverage)?)
        }
        None => None,
    };
    let survivors = match (&exports, &options.survivors) {
        (Some(exports), _) => Some(Survivors::read(exports, &pool, options.block_size, &mut coverage)?),
        (None, Some(filter)) => Some(Survivors::of_filter(filter, &mut coverage)?),
        (None, None) => None,
    };
    let tables = assigned(&targets, &sets, options.rules, &mut coverage);
    looked.extend(look_at_all(&targets, &tables, &sets, options, &pool, survivors.as_ref(), progress)?);
    looked.sort_by(|one, other| one.report.name.cmp(&other.report.name));
    names::tell_apart(&mut looked);
    for gap in &mut coverage {
        gap.file = gap.file.as_deref().map(|name| names::shown(name, false));
    }
    if let Some(survivors) = &survivors {
        confirm(survivors, &mut looked, &pool, options.block_size, &mut coverage)?;
    }
    Ok(assemble::assemble(looked, coverage, options, survivors.as_ref()))
}

/// Makes findings of the suspects that stand in the source. Says whether there may be more in a column in which none of
/// those that were looked up does: that is told as a grave gap.
fn confirm(
    survivors: &Survivors<'_>,
    looked: &mut [Looked],
    pool: &ThreadPool,
    block_size: usize,
    gaps: &mut Vec<Gap>,
) -> Result<bool> {
    let mut is_open = false;
    let found = || looked.iter().flat_map(|looked| &looked.found);
    let suspects: BTreeSet<Box<str>> = found().flat_map(|found| found.suspects.runs.keys().cloned()).collect();
    let confirmed = survivors.confirm(&suspects, pool, block_size, gaps)?;
    for looked in looked {
        for found in &mut looked.found {
            let suspects = std::mem::take(&mut found.suspects);
            let mut is_confirmed = false;
            for (run, suspect) in &suspects.runs {
                let Some(Confirmed { column, nature }) = confirmed.get(run) else { continue };
                if !found.treatment.as_ref().is_some_and(|treatment| treatment.may_make(*nature)) {
                    let by_chance = *nature == Nature::ShortNumber;
                    is_confirmed |= !by_chance;
                    found.tallies.survive(Kind::Survivor { column: *column, by_chance }, suspect);
                }
            }
            if suspects.beyond > 0 {
                let message = "more values may be the source's than can be looked up: there are at least so many";
                let gap = Gap { column: found.column.clone(), ..Gap::told(Some(&looked.report.name), message, None) };
                // Where nothing of what was looked up stands in the source, the rest of it may.
                gaps.push(Gap { grave: !is_confirmed, ..gap });
                is_open |= !is_confirmed;
            }
        }
    }
    Ok(is_open)
}

/// A finding for each file that a manifest tells of and that is not there.
fn missing(sets: &DataSets, targets: &[Target]) -> Vec<Looked> {
    let looked = |(path, member): (&std::path::Path, Option<&str>)| {
        let path = names::shown(&path.to_string_lossy().replace('\\', "/"), false);
        let name = member.map_or_else(|| path.clone(), |member| format!("{path}: {member}"));
        let report =
            FileReport { name, format: None, table: None, bytes: 0, blake3: None, rows: 0, columns: Vec::new() };
        Looked {
            report,
            is_member: member.is_some(),
            digest: None,
            found: vec![of_file("missing-file")],
            gaps: Vec::new(),
        }
    };
    sets.missing(targets).into_iter().map(looked).collect()
}

fn of_file(fault: &'static str) -> FoundIn {
    let mut tallies = Tallies { cells: 1, ..Tallies::default() };
    tallies.note(Kind::Rule(fault), 0.0, 0, "", || (None, None));
    tallies.kinds.values_mut().for_each(|tally| tally.sites.clear());
    FoundIn::new(Part::File, None, tallies)
}

/// Looks at all files, several at once, on one pool of workers.
fn look_at_all(
    targets: &[Target],
    tables: &[Option<Assignment>],
    sets: &DataSets,
    options: &VerifyOptions<'_>,
    pool: &ThreadPool,
    survivors: Option<&Survivors<'_>>,
    progress: &dyn Progress,
) -> Result<Vec<Looked>> {
    let threads = pool.current_num_threads();
    let scanner = Scanner::new(&ScanOptions::default());
    let judge = Judge {
        scanner: &scanner,
        allow: &options.allow,
        patterns: &options.patterns,
        survivors,
        scope: Scope::Everything,
    };
    let engine = Engine {
        pool,
        budget: &Budget::new(threads),
        progress,
        block_size: options.block_size,
        judge: &judge,
        sample: options.sample.map(NonZero::get),
    };
    let told: Vec<String> = targets.iter().map(|target| names::shown(&target.name, false)).collect();
    progress.start(&told.iter().zip(targets).map(|(name, target)| (name.as_str(), target.bytes)).collect::<Vec<_>>());
    let results: Vec<Mutex<Option<Result<Looked>>>> = targets.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let (Some(target), Some(result)) = (targets.get(index), results.get(index)) else { break };
            let assigned = tables.get(index).copied().flatten();
            let looked = look_at(&engine, index, target, sets.of(target), options, assigned).map(|mut looked| {
                if sets.is_stray(target) {
                    looked.found.push(of_file("stray-file"));
                }
                looked
            });
            *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(looked);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(targets.len()) {
            scope.spawn(work);
        }
        work();
    });
    progress.finish();
    let results = results.into_iter().filter_map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner));
    results.collect()
}

/// The place of each file among the files of the rules: by its name, or, where that is none of theirs because an output
/// was given another, by the manifest of a run by these very rules. The latter is told.
fn assigned(
    targets: &[Target],
    sets: &DataSets,
    rules: Option<&Rules>,
    coverage: &mut Vec<Gap>,
) -> Vec<Option<Assignment>> {
    let Some(rules) = rules else { return vec![None; targets.len()] };
    let files: Vec<Listed> = targets.iter().map(Target::listed).collect();
    let by_name = rules.assign(&files, false).0.into_iter().map(|all| all.first().copied());
    let assign = |(by_name, target): (Option<Assignment>, &Target)| match by_name {
        // What stands between the tables of a dump is no table, and nobody's.
        _ if target.form == FileForm::Rest => None,
        Some(Assignment::LeftOut) => match sets.table(target, rules) {
            Some(table) => {
                let message = "no rule names this file: that it is of a table of the rules, its manifest alone says";
                coverage.push(Gap::told(Some(&target.name), message, Some("`--no-manifest` goes by names alone")));
                Some(Assignment::Table(table))
            }
            None => by_name,
        },
        by_name => by_name,
    };
    by_name.zip(targets).map(assign).collect()
}

fn look_at(
    engine: &Engine<'_>,
    index: usize,
    target: &Target,
    told: Option<&FileManifest>,
    options: &VerifyOptions<'_>,
    assigned: Option<Assignment>,
) -> Result<Looked> {
    let rules = options.rules;
    let table = rules.and_then(|rules| match assigned {
        Some(Assignment::Table(table)) => rules.tables().get(table).map(|of| (rules, table, of)),
        _ => None,
    });
    let by_rules =
        |path: &str| table.and_then(|(rules, place, _)| Some(Treatment::read(Some(rules.rule_of(place, path)?))));
    let by_manifest = |path: &str| told.and_then(|file| data_set::treatment(file, path));
    let known = Known {
        table: table.map(|(_, _, table)| table.name.clone()).or_else(|| told.map(|file| file.table.clone())),
        csv: table.map(|(rules, place, table)| csv_of_output(rules, place, table.csv.published())),
        // Rules or a byte order mark say the encoding of what they made: in the one that a forged manifest says, text
        // could read as another.
        encoding: told
            .filter(|_| table.is_none())
            .and_then(|file| data_set::encoding(&file.output))
            .or(options.encoding),
        treatments: if table.is_some() {
            Some(&by_rules)
        } else if told.is_some() {
            Some(&by_manifest)
        } else {
            None
        },
    };
    let mut looked = engine.look(index, target, &known)?;
    if let (Some(file), Some(digest)) = (told, &looked.digest)
        && !data_set::is_as_told(file, digest)
    {
        looked.found.push(of_file("changed-file"));
    }
    if rules.is_some() && matches!(assigned, Some(Assignment::LeftOut)) {
        looked.found.push(of_file("unlisted-file"));
    }
    Ok(looked)
}

/// How a file is written that rules have made: without a header, it has the columns that they do not drop.
fn csv_of_output(rules: &Rules, table: usize, mut csv: CsvOptions) -> CsvOptions {
    if !csv.header {
        csv.columns.retain(|name| match rules.rule_of(table, name) {
            Some(rule) => !Treatment::read(Some(rule)).is_absent(),
            None => rules.unlisted() == Unlisted::Error,
        });
    }
    csv
}
