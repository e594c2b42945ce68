use std::num::NonZero;
use std::path::{Path, PathBuf};

use rayon::ThreadPool;

use super::files::{FileForm, Target};
use super::survivors::{Exports, FirstWords, NewFilter, each_word};
use super::treatment::Treatment;
use super::{FoundIn, Gap, Judge, Known, Looked, Scope, Survivors, Told, confirm};
use super::{data_set::DataSets, engine::Engine, tally::Kind};
use crate::detect::{Class, ScanOptions, Scanner};
use crate::error::{Error, ErrorKind, Part, Place, Result};
use crate::pipeline::{BLOCK_SIZE, Budget, FileManifest, Inspect, Manifest, Silent, StagedOutput, workers};
use crate::rules::{CsvOptions, Rules, leaves};
use crate::verify::{Allow, Patterns};

/// Looks for values of the source in a data set before it is published: of the columns that the rules treat, none that
/// tells whose it is may stand in it.
#[derive(Debug)]
pub struct Survival<'r> {
    rules: &'r Rules,
    from: PathBuf,
    threads: Option<NonZero<usize>>,
    block_size: usize,
    allowed: Vec<String>,
    looks: SurvivalLook,
    leaves: Option<NewFilter>,
}

/// Into how many parts the values of the source are dealt, one after the other: into more where so much of the output is
/// alike to them that not all of it can be looked up at once.
const PARTS: [u64; 3] = [1, 16, LAST_PARTS];
const LAST_PARTS: u64 = 256;

/// In which columns of the output values of the source are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SurvivalLook {
    /// In those through which text may pass from the source: kept ones, redacted ones, JSON with paths that stay. In the
    /// others every value is made anew or of a few characters of its own cell, and the run has compared it with what it
    /// was made of.
    #[default]
    Open,
    /// In all.
    Everywhere,
    /// In none.
    Nowhere,
    /// In none, because what goes through a pipe can't be read again.
    Piped,
}

impl<'r> Survival<'r> {
    /// Looks for the values of the exports that `from` is or holds in all columns through which text may pass.
    pub fn new(rules: &'r Rules, from: &Path) -> Self {
        Self {
            rules,
            from: from.to_path_buf(),
            threads: None,
            block_size: BLOCK_SIZE,
            allowed: Vec::new(),
            looks: SurvivalLook::Open,
            leaves: None,
        }
    }

    /// The same with so many threads, and blocks of this size. Neither changes what is found.
    pub fn on(self, threads: Option<NonZero<usize>>, block_size: usize) -> Self {
        Self { threads, block_size, ..self }
    }

    /// The same, looking elsewhere, and letting values stand in columns of the output that have these names.
    pub fn looking(self, looks: SurvivalLook, allowed: &[String]) -> Self {
        Self { looks, allowed: allowed.to_vec(), ..self }
    }

    /// The same, leaving a filter of the values when the data set is published.
    pub fn leaving(self, filter: Option<NewFilter>) -> Self {
        Self { leaves: filter, ..self }
    }

    fn exports(&self, gaps: &mut Vec<Gap>) -> Result<Exports> {
        let told = Told { rules: Some(self.rules), sets: &DataSets::default(), encoding: None, is_complete: true };
        Exports::find(&self.from, &told, self.block_size, gaps)
    }

    fn leave(&self, filter: &NewFilter, pool: &ThreadPool, manifest: &mut Manifest) -> Result<()> {
        let mut gaps = Vec::new();
        let exports = self.exports(&mut gaps)?;
        filter.write(&exports, pool, self.block_size, &mut gaps)?;
        nothing_left_out(gaps)?;
        manifest.weakenings.push(
            "--survivors: a filter was left by which who has it and the key can tell whether a value stood in the source"
                .to_owned(),
        );
        Ok(())
    }

    /// What of the source stands in columns of the outputs in which nothing may.
    fn look(&self, outputs: &[Staged<'_>], pool: &ThreadPool) -> Result<Vec<Part>> {
        let mut gaps = Vec::new();
        let mut exports = self.exports(&mut gaps)?;
        nothing_left_out(gaps)?;
        if exports.is_empty() {
            return Ok(Vec::new());
        }
        if self.looks == SurvivalLook::Open {
            let words = FirstWords::new();
            let mut is_anywhere = false;
            for output in outputs {
                is_anywhere |= output.each_open_word(pool, self.block_size, &words)?;
            }
            if !is_anywhere {
                return Ok(Vec::new());
            }
            exports = exports.beginning_with(words);
        }
        for of in PARTS {
            let mut parts = Vec::new();
            let mut has_more = false;
            for part in 0..of {
                exports.take_part(part, of);
                let (found, is_open) = self.look_for(&exports, outputs, pool, of == LAST_PARTS)?;
                parts.extend(found);
                has_more |= is_open;
            }
            if !has_more || !parts.is_empty() {
                return Ok(parts);
            }
        }
        Ok(Vec::new())
    }

    /// The same for the values that the exports tell of, and whether there may be more than could be looked up, which is
    /// an error in the end.
    fn look_for(
        &self,
        exports: &Exports,
        outputs: &[Staged<'_>],
        pool: &ThreadPool,
        is_last: bool,
    ) -> Result<(Vec<Part>, bool)> {
        let mut gaps = Vec::new();
        let (survivors, _) = Survivors::of(exports, pool, self.block_size, &mut gaps)?;
        if survivors.is_empty() {
            return nothing_left_out(gaps).map(|()| (Vec::new(), false));
        }
        let nothing = [Class::Direct, Class::Quasi, Class::Sensitive, Class::None];
        let scanner = Scanner::new(&ScanOptions { without_classes: nothing.to_vec(), ..ScanOptions::default() });
        let judge = Judge {
            scanner: &scanner,
            allow: &Allow::default(),
            patterns: &Patterns::default(),
            survivors: Some(&survivors),
            scope: match self.looks {
                SurvivalLook::Open => Scope::SurvivorsWhereOpen,
                _ => Scope::Survivors,
            },
        };
        let engine = Engine {
            pool,
            budget: &Budget::new(pool.current_num_threads()),
            progress: &Silent,
            block_size: self.block_size,
            judge: &judge,
            sample: None,
        };
        let mut looked = Vec::with_capacity(outputs.len());
        for (index, output) in outputs.iter().enumerate() {
            let treatments = |path: &str| output.treatment(path);
            let known = Known { csv: output.csv(), treatments: Some(&treatments), ..Known::default() };
            looked.push(engine.look(index, &output.target, &known)?);
        }
        let mut open = Vec::new();
        let has_more = confirm(&survivors, &mut looked, pool, self.block_size, &mut open)?;
        gaps.extend(looked.iter_mut().flat_map(|looked| std::mem::take(&mut looked.gaps)));
        if !has_more || is_last {
            gaps.extend(open);
        }
        nothing_left_out(gaps)?;
        Ok((self.parts(&survivors, &looked), has_more))
    }

    /// What of it stands in columns in which nothing may.
    fn parts(&self, survivors: &Survivors<'_>, looked: &[Looked]) -> Vec<Part> {
        let mut parts = Vec::new();
        for Looked { report, found, .. } in looked {
            for FoundIn { column, tallies, treatment, .. } in found {
                let is_open = || treatment.as_ref().is_none_or(Treatment::is_open);
                let Some(name) = column.as_deref().filter(|name| {
                    !self.allowed.iter().any(|other| other == name)
                        && (self.looks == SurvivalLook::Everywhere || is_open())
                }) else {
                    continue;
                };
                for (kind, tally) in &tallies.kinds {
                    let Kind::Survivor { column, by_chance: false } = kind else { continue };
                    let Some(of) = survivors.column(*column) else { continue };
                    let site = tally.sites.first();
                    let shape = site.map_or_else(String::new, |site| format!(", the first of shape {}", site.shape));
                    let values =
                        if tally.hits == 1 { "value of the source stands" } else { "values of the source stand" };
                    parts.push(Part {
                        place: Place {
                            file: Some(PathBuf::from(&report.name)),
                            record: site.and_then(|site| site.row),
                            line: site.and_then(|site| site.line),
                            column: Some(name.to_owned()),
                            ..Place::default()
                        },
                        message: format!("{} {values} here, from column `{}`{shape}", tally.hits, of.label()),
                        help: Some(format!("treat the column, or let them stand with `--allow-survivors {name}`")),
                    });
                }
            }
        }
        parts
    }
}

/// An output with what is known of it.
struct Staged<'s> {
    target: Target,
    rules: &'s Rules,
    table: usize,
    manifest: &'s Manifest,
}

impl<'s> Staged<'s> {
    /// All outputs; of a dump, its tables. What stands between these was written anew.
    fn all(outputs: &[StagedOutput<'_>], rules: &'s Rules, manifest: &'s Manifest) -> Result<Vec<Self>> {
        let (mut all, mut gaps) = (Vec::new(), Vec::new());
        for same in outputs.chunk_by(|one, other| one.path == other.path) {
            let Some(output) = same.first() else { continue };
            let mut files = manifest.files.iter().filter(|file| file.output.path == output.name);
            let target = Target {
                name: output.name.to_owned(),
                relative: output.name.to_owned(),
                path: output.path.to_path_buf(),
                root: PathBuf::new(),
                form: FileForm::Table(output.format),
                bytes: files.next().map_or(1, |file| file.output.bytes),
                dump: None,
            };
            for target in target.taken_apart(&mut gaps).into_iter().filter(|target| target.form != FileForm::Rest) {
                let of = same.iter().find(|output| output.member == target.member()).unwrap_or(output);
                all.push(Self { target, rules, table: of.table, manifest });
            }
        }
        nothing_left_out(gaps)?;
        Ok(all)
    }

    fn treatment(&self, path: &str) -> Option<Treatment> {
        super::data_set::treatment(self.file()?, path)
    }

    /// How it is written, if it is CSV: without a header, it has the columns that were not dropped.
    fn csv(&self) -> Option<CsvOptions> {
        let mut csv = self.rules.tables().get(self.table)?.csv.published();
        if let Some(file) = self.file().filter(|_| !csv.header) {
            let stays = |name: &str| super::data_set::treatment(file, name).is_none_or(|of| !of.is_absent());
            csv.columns = file.columns.iter().map(|of| of.name.clone()).filter(|name| stays(name)).collect();
        }
        Some(csv)
    }

    /// What the manifest tells of it.
    fn file(&self) -> Option<&'s FileManifest> {
        let is_it = |file: &&FileManifest| {
            file.output.path == self.target.file() && file.member.as_deref() == self.target.member()
        };
        self.manifest.files.iter().find(is_it)
    }

    /// Notes every word of the columns through which text may pass. Says whether there is such a column.
    fn each_open_word(&self, pool: &ThreadPool, block_size: usize, words: &FirstWords) -> Result<bool> {
        // Places count from the start of a block here, and would mislead.
        let unplaced = |error: Error| Error::new(error.kind(), error.message()).in_file(Path::new(&self.target.name));
        self.each_word_of_open_columns(pool, block_size, words).map_err(unplaced)
    }

    fn each_word_of_open_columns(&self, pool: &ThreadPool, block_size: usize, words: &FirstWords) -> Result<bool> {
        let source = super::engine::open(&self.target, self.csv().as_ref(), None)?;
        let all = leaves(source.schema())?;
        let is_open = |path: &str| self.treatment(path).is_none_or(|treatment| treatment.is_open());
        let open: Vec<bool> = all.iter().map(|leaf| is_open(&leaf.path)).collect();
        let fields: std::collections::BTreeSet<usize> =
            all.iter().zip(&open).filter(|(_, is_open)| **is_open).map(|(leaf, _)| leaf.column).collect();
        if fields.is_empty() || self.target.bytes == 0 {
            return Ok(false);
        }
        each_word(source, &fields.into_iter().collect::<Vec<_>>(), pool, block_size, words)?;
        Ok(true)
    }
}

/// What could not be looked at is no reason to publish.
fn nothing_left_out(gaps: Vec<Gap>) -> Result<()> {
    match gaps.into_iter().find(|gap| gap.grave) {
        Some(gap) => {
            let kind = if gap.io { ErrorKind::Io } else { ErrorKind::Data };
            let message = format!("not all of it could be looked at for source values: {}", gap.message);
            Err(Error::new(kind, message).at(Place { file: gap.file.map(PathBuf::from), ..Place::default() }))
        }
        None => Ok(()),
    }
}

impl Inspect for Survival<'_> {
    fn inspect(&self, outputs: &[StagedOutput<'_>], manifest: &mut Manifest) -> Result<()> {
        let pool = workers(self.threads)?;
        let not_looked = match self.looks {
            SurvivalLook::Nowhere => {
                Some("--no-check-survivors: values of the source were not looked for in the data set")
            }
            SurvivalLook::Piped => {
                Some("a pipe: it can't be read again, so that values of the source were not looked for")
            }
            SurvivalLook::Open | SurvivalLook::Everywhere => None,
        };
        if let Some(message) = not_looked {
            manifest.weakenings.push(message.to_owned());
        } else {
            let staged = Staged::all(outputs, self.rules, manifest)?;
            let parts = self.look(&staged, &pool)?;
            if !parts.is_empty() {
                return Err(refusal(parts));
            }
            drop(staged);
            let message = |column: &String| format!("--allow-survivors {column}: values of the source may stand there");
            manifest.weakenings.extend(self.allowed.iter().map(message));
            manifest.check = match self.looks {
                SurvivalLook::Open => "passed, and no value of the source stands in a column through which text passes",
                _ => "passed, and no value of the source stands elsewhere",
            }
            .to_owned();
        }
        self.leaves.as_ref().map_or(Ok(()), |filter| self.leave(filter, &pool, manifest))
    }

    fn published(&self) -> Result<()> {
        self.leaves.as_ref().map_or(Ok(()), NewFilter::publish)
    }
}

fn refusal(parts: Vec<Part>) -> Error {
    let told = |part: &Part| format!("error: {}: {}\n", part.place, part.message);
    let report = format!(
        "{}error: source values are in the output; nothing was published\n  help: treat the columns, or let them stand with `--allow-survivors COLUMN`\n",
        parts.iter().map(told).collect::<String>()
    );
    Error::report(ErrorKind::Data, report, parts)
}
