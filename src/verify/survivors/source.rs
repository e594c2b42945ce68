//! The source, read again as often as it is asked: of its columns that tell whose a row is, value by value.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use arrow::array::Array;
use rayon::ThreadPool;

use super::super::cells::Form;
use super::super::data_set::{self, DataSets};
use super::super::engine::{Treatments, open};
use super::super::files::{Target, find};
use super::super::treatment::Treatment;
use super::super::{Gap, names};
use super::filter::{FirstWords, part_of};
use super::pass::each_block;
use super::value::{Nature, nature};
use super::words::{Words, hash_of, hash_of_first};
use super::{Confirmed, SourceColumn, is_common};
use crate::detect::{Class, Hint, words as headers};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::format::{Block, Source};
use crate::pipeline::FileManifest;
use crate::rules::{Assignment, CsvOptions, Encoding, Rules, leaves, take_apart};

/// Of how many values at least, and of which share of them different ones, a column is taken to tell rows apart.
const DISTINCT: (usize, f64) = (100, 0.9);

/// The files of a source and the columns of them whose values are looked for.
pub(in crate::verify) struct Exports {
    files: Vec<SourceFile>,
    columns: Vec<SourceColumn>,
    /// The values of all columns, nulls left out, as far as they have been read in the pass that is on or was last.
    cells: Vec<AtomicU64>,
    bytes: u64,
    /// With what words a value must begin to be told of; any, if none are said.
    first_words: Option<FirstWords>,
    /// Which part of the values is told of, and of how many: they are dealt out by their hashes.
    part: (u64, u64),
}

struct SourceFile {
    target: Target,
    csv: Option<CsvOptions>,
    encoding: Option<Encoding>,
    leaves: Vec<SourceLeaf>,
    /// The place of the first leaf of each field among all leaves.
    firsts: Vec<usize>,
}

/// A leaf that is looked at.
struct SourceLeaf {
    /// Its place among the leaves of its file.
    place: usize,
    /// The place of its field among the fields of its file.
    field: usize,
    /// Its place among the columns of all files.
    column: usize,
    form: Form,
    is_name: bool,
}

/// What is done with each value: its words, the place of its column, and what it is, if it tells whose it is.
type With<'w> = dyn Fn(&Words, usize, Option<Nature>) + Sync + 'w;

/// What says how the columns of the source were treated.
pub(in crate::verify) struct Told<'t> {
    pub(in crate::verify) rules: Option<&'t Rules>,
    pub(in crate::verify) sets: &'t DataSets,
    /// The encoding of text files where nothing else says one.
    pub(in crate::verify) encoding: Option<Encoding>,
    /// Whether a file of which neither rules nor manifests say anything is left alone.
    pub(in crate::verify) is_complete: bool,
}

impl Told<'_> {
    /// The encoding of a source file where its rules say none.
    fn encoding(&self, target: &Target) -> Option<Encoding> {
        let told = self.sets.made_of(target).and_then(|file| data_set::encoding(&file.input));
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
        (None, told.map(|file| Box::new(move |path: &str| data_set::treatment(file, path)) as Box<_>))
    }
}

impl Exports {
    /// Finds the files of a source and chooses the columns whose values are looked for.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it is not there, [`ErrorKind::Internal`] if a promise of the program was broken.
    pub(in crate::verify) fn find(
        source: &Path,
        told: &Told<'_>,
        block_size: usize,
        gaps: &mut Vec<Gap>,
    ) -> Result<Self> {
        let (targets, unread) = find(&[PathBuf::from(source)])?;
        gaps.extend(unread);
        let bytes = targets.iter().map(|target| target.bytes).sum();
        let mut exports =
            Self { files: Vec::new(), columns: Vec::new(), cells: Vec::new(), bytes, first_words: None, part: (0, 1) };
        for target in targets {
            if target.form.is_table() && target.bytes > 0 {
                exports.choose(target, told, block_size, gaps)?;
            }
        }
        exports.cells.resize_with(exports.columns.len(), AtomicU64::default);
        Ok(exports)
    }

    fn choose(&mut self, target: Target, told: &Told<'_>, block_size: usize, gaps: &mut Vec<Gap>) -> Result<()> {
        let (csv, treatments) = told.of(&target);
        if treatments.is_none() && told.is_complete {
            return Ok(());
        }
        let encoding = told.encoding(&target);
        let chosen = open(&target, csv.as_ref(), encoding).and_then(|source| {
            let all = leaves(source.schema())?;
            let mut firsts = vec![usize::MAX; source.schema().fields().len()];
            for (place, leaf) in all.iter().enumerate().rev() {
                if let Some(first) = firsts.get_mut(leaf.column) {
                    *first = place;
                }
            }
            let distinct = match treatments {
                Some(_) => BTreeSet::new(),
                None => distinct(source, block_size)?,
            };
            let wanted = all.into_iter().enumerate().filter(|(place, leaf)| match &treatments {
                Some(treatments) => treatments(&leaf.path).is_some_and(|treatment| treatment.hides()),
                None => distinct.contains(place) || speaks_of_persons(&leaf.path),
            });
            Ok((wanted.collect::<Vec<_>>(), firsts))
        });
        let (chosen, firsts) = match chosen {
            Ok(chosen) => chosen,
            Err(error) => return unread(error, &target.name, gaps),
        };
        let mut leaves = Vec::new();
        for (place, leaf) in chosen {
            let read = headers::classify(&leaf.path).map(|hint| hint.entity);
            leaves.push(SourceLeaf {
                place,
                field: leaf.column,
                column: self.columns.len(),
                form: Form::of(&leaf.data_type, false),
                is_name: read == Some(headers::FULL_NAME),
            });
            self.columns.push(SourceColumn::new(names::shown(&target.relative, false), names::shown(&leaf.path, true)));
        }
        self.files.push(SourceFile { target, csv, encoding, leaves, firsts });
        Ok(())
    }

    /// Has only values told of that begin with one of these words.
    pub(in crate::verify) fn beginning_with(self, words: FirstWords) -> Self {
        Self { first_words: Some(words), ..self }
    }

    /// Has only one part of so many of the values told of: all parts together have all.
    pub(in crate::verify) fn take_part(&mut self, part: u64, of: u64) {
        self.part = (part, of.max(1));
    }

    /// How many values there may be to look for. Of those that begin with certain words there are few; where there are
    /// more, a filter for these lets more pass that has to be looked up, and nothing is missed.
    pub(super) fn expected(&self) -> u64 {
        /// What a filter of 8 MiB is made for.
        const FEW: u64 = 1 << 22;
        /// The bytes of a value, with what stands round it.
        const VALUE: u64 = 8;
        let all = self.bytes / VALUE;
        if self.first_words.is_some() { all.min(FEW) } else { all }
    }

    /// The columns whose values are looked for.
    pub(super) fn columns(&self) -> &[SourceColumn] {
        &self.columns
    }

    /// How many values a column has, nulls left out, by the last pass.
    pub(super) fn cells(&self, column: usize) -> u64 {
        self.cells.get(column).map_or(0, |cells| cells.load(Ordering::Relaxed))
    }

    /// Whether there is no column whose values are looked for.
    pub(in crate::verify) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The files with columns that are looked at, each with the places of these.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = usize>)> {
        self.files.iter().map(|file| (file.target.name.as_str(), file.leaves.iter().map(|leaf| leaf.column)))
    }

    /// Goes through the values of all chosen columns; of each, `with` is called.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] if a promise of the program was broken.
    pub(super) fn each_value(
        &self,
        pool: &ThreadPool,
        block_size: usize,
        gaps: &mut Vec<Gap>,
        with: &With<'_>,
    ) -> Result<()> {
        self.cells.iter().for_each(|cells| cells.store(0, Ordering::Relaxed));
        for file in self.files.iter().filter(|file| !file.leaves.is_empty()) {
            let fields: BTreeSet<usize> = file.leaves.iter().map(|leaf| leaf.field).collect();
            let fields: Vec<usize> = fields.into_iter().collect();
            let read = open(&file.target, file.csv.as_ref(), file.encoding).and_then(|source| {
                let schema = source.schema().clone();
                let look = |block| self.each_of_block(block, &schema, &fields, file, with);
                each_block(source, fields.clone(), pool, block_size, &look)
            });
            if let Err(error) = read {
                unread(error.at(Place::default()), &file.target.name, gaps)?;
            }
        }
        Ok(())
    }

    fn each_of_block(
        &self,
        block: Box<dyn Block>,
        schema: &arrow::datatypes::Schema,
        fields: &[usize],
        file: &SourceFile,
        with: &With<'_>,
    ) -> Result<()> {
        let mut words = Words::default();
        for decoded in block.decode()? {
            let decoded = decoded?;
            for (field, array) in fields.iter().zip(decoded.batch.columns()) {
                let Some(of) = schema.fields().get(*field) else { continue };
                let mut taken = Vec::new();
                take_apart(of, array, &mut taken)?;
                // The leaves of a field follow each other.
                let first = file.firsts.get(*field).copied().unwrap_or(usize::MAX);
                for leaf in file.leaves.iter().filter(|leaf| leaf.field == *field) {
                    let Some(values) = leaf.place.checked_sub(first).and_then(|place| taken.get(place)) else {
                        continue;
                    };
                    let Some(texts) = leaf.form.texts(&values.values)? else { continue };
                    if let Some(cells) = self.cells.get(leaf.column) {
                        cells.fetch_add((texts.len() - texts.null_count()) as u64, Ordering::Relaxed);
                    }
                    // Exports of databases write a null so in CSV.
                    for text in texts.iter().flatten().filter(|text| *text != "\\N") {
                        if self.first_words.as_ref().is_some_and(|words| !words.has(hash_of_first(text))) {
                            continue;
                        }
                        words.read(text);
                        let (part, of) = self.part;
                        if of > 1 && part_of(hash_of(words.value().0), of) != part {
                            continue;
                        }
                        with(&words, leaf.column, nature(text, &words, leaf.is_name));
                    }
                }
            }
        }
        Ok(())
    }

    /// Which of the suspects stand in the source, and where. What stands in very many rows of it is nobody's: how many
    /// of them do is told, too.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] if a promise of the program was broken.
    pub(super) fn confirm(
        &self,
        suspects: &BTreeSet<Box<str>>,
        pool: &ThreadPool,
        block_size: usize,
        gaps: &mut Vec<Gap>,
    ) -> Result<(HashMap<Box<str>, Confirmed>, u64)> {
        struct Seen {
            column: AtomicU32,
            nature: AtomicU32,
            count: AtomicU64,
        }
        let seen =
            || Seen { column: AtomicU32::new(u32::MAX), nature: AtomicU32::new(u32::MAX), count: AtomicU64::new(0) };
        let wanted: HashMap<&str, Seen> = suspects.iter().map(|run| (run.as_ref(), seen())).collect();
        self.each_value(pool, block_size, gaps, &|words, column, nature| {
            let Some(nature) = nature else { return };
            if let Some(seen) = wanted.get(words.value().0) {
                seen.count.fetch_add(1, Ordering::Relaxed);
                seen.column.fetch_min(column as u32, Ordering::Relaxed);
                seen.nature.fetch_min(nature.number(), Ordering::Relaxed);
            }
        })?;
        let (mut confirmed, mut common) = (HashMap::new(), 0_u64);
        for (run, seen) in wanted {
            let (column, count) = (seen.column.into_inner() as usize, seen.count.into_inner());
            let Some(nature) = Nature::of_number(seen.nature.into_inner()) else { continue };
            if is_common(count, self.cells(column)) {
                common += 1;
            } else {
                confirmed.insert(run.into(), Confirmed { column, nature });
            }
        }
        Ok((confirmed, common))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::*;

    /// The values that a source tells of, and how often.
    fn told(exports: &Exports, block_size: usize) -> BTreeMap<String, usize> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        let found = Mutex::new(BTreeMap::new());
        let mut gaps = Vec::new();
        let with = |words: &Words, _, nature: Option<Nature>| {
            if nature.is_some() {
                *found.lock().unwrap().entry(words.value().0.to_owned()).or_insert(0) += 1;
            }
        };
        exports.each_value(&pool, block_size, &mut gaps, &with).unwrap();
        assert_eq!(gaps, []);
        found.into_inner().unwrap()
    }

    #[test]
    fn all_parts_together_have_every_value_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        let mail = |row: usize| format!("p{row}@example-shop.pt");
        let rows: String = (0..2_000).map(|row| format!("{},{row}\n", mail(row % 1_500))).collect();
        std::fs::write(&path, format!("mail,n\n{rows}")).unwrap();
        let rules = "version = 1\n[tables.t]\nfiles = [\"t.csv\"]\n[tables.t.columns]\nmail = \"drop\"\nn = \"keep\"\n";
        let rules = Rules::parse("rules", rules).unwrap();
        let sets = DataSets::default();
        let of = Told { rules: Some(&rules), sets: &sets, encoding: None, is_complete: true };
        let mut exports = Exports::find(&path, &of, 4_000, &mut Vec::new()).unwrap();
        let mut expected = BTreeMap::new();
        for row in 0..2_000 {
            *expected.entry(mail(row % 1_500).replace(['@', '.', '-'], "")).or_insert(0) += 1;
        }
        assert_eq!(told(&exports, 4_000), expected);
        for parts in [3, 16] {
            let mut all = BTreeMap::new();
            for part in 0..parts {
                exports.take_part(part, parts);
                for (value, count) in told(&exports, 700) {
                    assert!(all.insert(value, count).is_none(), "a value is in two parts");
                }
                assert_eq!(exports.cells(0), 2_000);
            }
            assert_eq!(all, expected);
        }
        // Only what begins with a word that is there is told of: all of it, and little else.
        exports.take_part(0, 1);
        let words = FirstWords::new();
        (0..100).for_each(|row| words.add(hash_of(&format!("p{row}"))));
        let some = told(&exports.beginning_with(words), 900);
        assert!((0..100).all(|row| some.contains_key(&mail(row).replace(['@', '.', '-'], ""))));
        assert!(some.len() < 110, "{}", some.len());
    }
}
