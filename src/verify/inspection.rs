use std::num::NonZero;
use std::path::{Path, PathBuf};

use super::files::{FileForm, Target};
use super::treatment::Treatment;
use super::{FoundIn, Judge, Known, Looked, Survivors, Told, confirm, pool};
use super::{data_set::DataSets, engine::Engine, tally::Kind};
use crate::detect::{Class, ScanOptions, Scanner};
use crate::error::{Error, ErrorKind, Part, Place, Result};
use crate::pipeline::{BLOCK_SIZE, Budget, Inspect, Manifest, Silent, StagedOutput};
use crate::rules::Rules;
use crate::verify::{Allow, Patterns};

/// Looks for values of the source in a data set before it is published: of the columns that the rules treat, none that
/// tells whose it is may stand anywhere in it.
pub struct Survival<'r> {
    rules: &'r Rules,
    from: PathBuf,
    threads: Option<NonZero<usize>>,
    allowed: Vec<String>,
}

impl<'r> Survival<'r> {
    /// Looks for the values of the exports that `from` is or holds, in all output columns but the `allowed`.
    pub fn new(rules: &'r Rules, from: &Path, threads: Option<NonZero<usize>>, allowed: &[String]) -> Self {
        Self { rules, from: from.to_path_buf(), threads, allowed: allowed.to_vec() }
    }

    fn look(&self, outputs: &[StagedOutput<'_>], manifest: &Manifest) -> Result<(Survivors, Vec<Looked>)> {
        let mut gaps = Vec::new();
        let pool = pool(self.threads)?;
        let told = Told { rules: Some(self.rules), sets: &DataSets::default(), encoding: None };
        let survivors = Survivors::read(&self.from, &told, &pool, BLOCK_SIZE, &mut gaps)?;
        let nothing = [Class::Direct, Class::Quasi, Class::Sensitive, Class::None];
        let scanner = Scanner::new(&ScanOptions { without_classes: nothing.to_vec(), ..ScanOptions::default() });
        let judge = Judge {
            scanner: &scanner,
            allow: &Allow::default(),
            patterns: &Patterns::default(),
            survivors: Some(&survivors),
        };
        let engine = Engine {
            pool: &pool,
            budget: &Budget::new(pool.current_num_threads()),
            progress: &Silent,
            block_size: BLOCK_SIZE,
            judge: &judge,
            sample: None,
        };
        let mut looked = Vec::with_capacity(outputs.len());
        for (index, output) in outputs.iter().enumerate() {
            let file = manifest.files.iter().find(|file| file.output.path == output.name);
            let treatments = |path: &str| -> Option<Treatment> { super::data_set::treatment(file?, path) };
            let target = Target {
                name: output.name.to_owned(),
                relative: output.name.to_owned(),
                path: output.path.to_path_buf(),
                root: PathBuf::new(),
                form: FileForm::Table(output.format),
                bytes: file.map_or(1, |file| file.output.bytes),
                dump: None,
            };
            let csv = self.rules.tables().get(output.table).map(|table| table.csv.published());
            let known = Known { csv, treatments: Some(&treatments), ..Known::default() };
            looked.push(engine.look(index, &target, &known)?);
        }
        confirm(&survivors, &mut looked, &pool, BLOCK_SIZE, &mut gaps)?;
        gaps.extend(looked.iter_mut().flat_map(|looked| std::mem::take(&mut looked.gaps)));
        match gaps.into_iter().find(|gap| gap.grave && !self.has_nothing_to_look_for(&survivors)) {
            Some(gap) => {
                let kind = if gap.io { ErrorKind::Io } else { ErrorKind::Data };
                let message = format!("not all of it could be looked at for source values: {}", gap.message);
                Err(Error::new(kind, message).at(Place { file: gap.file.map(PathBuf::from), ..Place::default() }))
            }
            None => Ok((survivors, looked)),
        }
    }

    /// Rules that treat nothing leave nothing to look for.
    fn has_nothing_to_look_for(&self, survivors: &Survivors) -> bool {
        survivors.column(0).is_none()
    }
}

impl Inspect for Survival<'_> {
    fn inspect(&self, outputs: &[StagedOutput<'_>], manifest: &mut Manifest) -> Result<()> {
        let (survivors, looked) = self.look(outputs, manifest)?;
        let mut parts = Vec::new();
        for Looked { report, found, .. } in &looked {
            for FoundIn { column, tallies, .. } in found {
                let Some(name) = column.as_deref().filter(|name| !self.allowed.iter().any(|other| other == name))
                else {
                    continue;
                };
                for (kind, tally) in &tallies.kinds {
                    let Kind::Survivor { column, by_chance: false } = kind else { continue };
                    let Some(of) = survivors.column(*column) else { continue };
                    let site = tally.sites.first();
                    let shape = site.map_or_else(String::new, |site| format!(", the first of shape {}", site.shape));
                    let values = if tally.hits == 1 { "value" } else { "values" };
                    parts.push(Part {
                        place: Place {
                            file: Some(PathBuf::from(&report.name)),
                            record: site.and_then(|site| site.row),
                            line: site.and_then(|site| site.line),
                            column: Some(name.to_owned()),
                            ..Place::default()
                        },
                        message: format!(
                            "{} {values} of the source stand here, from column `{}`{shape}",
                            tally.hits,
                            of.label()
                        ),
                        help: Some("treat the column, or let them stand with `--allow-survivors`".to_owned()),
                    });
                }
            }
        }
        for column in &self.allowed {
            manifest.weakenings.push(format!("--allow-survivors {column}: values of the source may stand there"));
        }
        if parts.is_empty() {
            manifest.check = "passed, and no value of the source stands elsewhere".to_owned();
            return Ok(());
        }
        let told = |part: &Part| format!("error: {}: {}\n", part.place, part.message);
        let report = format!(
            "{}error: source values are in the output; nothing was published\n  help: treat the columns, or let them stand with `--allow-survivors COLUMN`\n",
            parts.iter().map(told).collect::<String>()
        );
        Err(Error::report(ErrorKind::Data, report, parts))
    }
}
