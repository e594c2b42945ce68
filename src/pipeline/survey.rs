use std::collections::BTreeSet;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{RecordBatch, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::{DataType, SchemaRef};
use rayon::prelude::*;

use super::demands;
use super::inputs::{length, name_of, not_piped, of_no_format, untold, walk};
use super::names::ending;
use super::{MANIFEST_NAME, Member, Progress};
use crate::detect::words::split;
use crate::detect::{ColumnKind, ColumnProfile, Found, ScanOptions, Scanner};
use crate::error::{Error, Result};
use crate::format::dump::{self, Archive};
use crate::format::{Digest, Format, Source, sniff};
use crate::key::{Key, Keyring};
use crate::rules::names::{held, shown};
use crate::rules::{
    Cell, ColumnFacts, CsvOptions, Delivery, Demands, Encoding, Partition, Pattern, Plan, Rules, TableFacts, keep_all,
    leaves, partitions, pattern, told, without_values,
};
use crate::transform::TypeClass;

/// The size of the blocks that are looked at, in bytes, where the format leaves that open.
const BLOCK_SIZE: usize = 64 << 10;
/// How many blocks of a file are looked at for a sample, at most.
const BLOCKS: u64 = 64;

/// What was found out about files for which there are no rules.
#[derive(Debug)]
pub struct Survey {
    /// The tables, in the order of their first files.
    pub tables: Vec<TableFacts>,
    /// The names of the files that are no data.
    pub ignored: Vec<String>,
    /// The files that were read, in order, with how many rows were looked at.
    pub files: Vec<SurveyedFile>,
}

/// A file that was looked at.
#[derive(Debug)]
pub struct SurveyedFile {
    /// Its name, relative to the data set.
    pub name: String,
    /// How many rows were looked at.
    pub rows: u64,
    /// Its length and digest.
    pub digest: Digest,
}

/// A file that is to be looked at.
struct Candidate {
    name: String,
    path: PathBuf,
    format: Format,
    csv: CsvOptions,
    schema: SchemaRef,
    bytes: u64,
    /// The table of the dump that is meant, if it is one.
    member: Option<Member>,
}

impl Candidate {
    /// An error in this file, whose name may hold cells.
    fn told(&self, error: Error) -> Error {
        untold(error.in_file(&self.path), &self.path, &self.name)
    }

    /// Columns and tables must be called in the rules by their names, which hold nothing of anybody.
    fn check_names(&self) -> Result<()> {
        let help =
            "call it otherwise, or write rules by hand that name it by a pattern, as in `\"contacts.*\" = \"drop\"`";
        let refuse = |what: String, name: &str| {
            let message =
                format!("the name of {what}, {}, looks like personal data and can't stand in rules", shown(name, true));
            Err(self.told(Error::data(message).with_help(help)))
        };
        if let Some(member) = self.member.as_ref().filter(|member| held(member.name(), true).is_some()) {
            return refuse(format!("table {} of the dump", member.place + 1), member.name());
        }
        match leaves(&self.schema)?.iter().enumerate().find(|(_, leaf)| held(&leaf.path, true).is_some()) {
            Some((index, leaf)) => refuse(format!("column {}", index + 1), &leaf.path),
            None => Ok(()),
        }
    }

    fn open(&self) -> Result<Source> {
        match &self.member {
            Some(member) => Ok(Source::Member(Arc::clone(&member.dump), member.place)),
            None => Source::open(&self.path, self.format, &self.csv, false),
        }
    }
}

/// Looks at the files that `from` is or holds: at all rows, or at a sample of so many that are spread over each file.
///
/// `encoding` is that of the CSV files; by default what a byte order mark says, or UTF-8.
///
/// Files of one folder with the same columns, whose names differ in numbers alone, are one table.
///
/// # Errors
/// A file can't be read, or is not what its format says; or there is no file of a known format.
pub fn survey(
    from: &Path,
    sample: Option<NonZero<u64>>,
    encoding: Option<Encoding>,
    progress: &dyn Progress,
) -> Result<Survey> {
    let (candidates, ignored) = candidates(from, encoding)?;
    let names: Vec<String> = candidates.iter().map(|file| told(&file.name, |_| false)).collect();
    let names = names.iter().zip(&candidates).map(|(name, file)| (name.as_str(), file.bytes));
    progress.start(&names.collect::<Vec<_>>());
    let scanner = Scanner::new(&ScanOptions::default());
    let groups = groups(&candidates);
    let mut tables = Vec::with_capacity(groups.len());
    let mut files = Vec::with_capacity(candidates.len());
    let mut names = BTreeSet::new();
    let mut members_of: Vec<Vec<&Member>> = Vec::with_capacity(groups.len());
    for group in groups {
        let mut looker = Looker { scanner: &scanner, sample, progress, columns: Vec::new() };
        for (place, file) in &group {
            let looked = looker.look(*place, file).map_err(|error| file.told(error))?;
            files.push((*place, looked));
        }
        let Some((_, first)) = group.first() else { continue };
        let members: Vec<&str> = group.iter().map(|(_, file)| file.name.as_str()).collect();
        let name = match &first.member {
            Some(member) => member_name(member.name(), &mut names),
            None => table_name(&first.name, &mut names),
        };
        let files = match first.member {
            Some(_) => Vec::new(),
            None => patterns(&members, &candidates, &ignored).map_err(|error| first.told(error))?,
        };
        let what = if first.member.is_some() { "dump" } else { &name };
        let is_called = members.iter().any(|name| is_personal(name));
        tables.push(TableFacts {
            publish_as: is_called.then(|| format!("{what}-{{token}}")),
            name,
            files,
            csv: first.format.is_delimited().then(|| first.csv.clone()),
            columns: looker.columns,
        });
        members_of.push(group.iter().filter_map(|(_, file)| file.member.as_ref()).collect());
    }
    demands::note(&mut tables, &members_of);
    files.sort_by_key(|(place, _)| *place);
    progress.finish();
    let mut files: Vec<SurveyedFile> = files.into_iter().map(|(_, file)| file).collect();
    // The tables of a dump are one file.
    files.dedup_by(|table, first| {
        let is_one = table.name == first.name;
        first.rows += if is_one { table.rows } else { 0 };
        is_one
    });
    Ok(Survey { tables, ignored, files })
}

fn candidates(from: &Path, encoding: Option<Encoding>) -> Result<(Vec<Candidate>, Vec<String>)> {
    not_piped(from)?;
    let cannot = |error: std::io::Error| Error::io("read the input", from, &error);
    let is_folder = fs::metadata(from).map_err(cannot)?.is_dir();
    let mut found = Vec::new();
    if is_folder && Archive::at(from).is_none() {
        walk(from, "", &mut found)?;
    } else {
        found.push((name_of(from)?, from.to_path_buf()));
    }
    found.sort();
    let (mut candidates, mut ignored) = (Vec::new(), Vec::new());
    for (name, path) in found {
        match Format::at(&path) {
            _ if is_folder && name.ends_with(MANIFEST_NAME) => ignored.push(name),
            Some(format) if format.is_dump() => {
                let members =
                    members(&name, &path, format).map_err(|error| untold(error.in_file(&path), &path, &name))?;
                candidates.extend(members);
            }
            Some(format) => {
                let candidate = candidate(&name, &path, format, encoding);
                candidates.push(candidate.map_err(|error| untold(error.in_file(&path), &path, &name))?);
            }
            None if is_folder && is_personal(&name) => {
                let error = Error::data(
                    "the name of a file that is no data looks like personal data, and can't stand in rules",
                );
                return Err(
                    untold(error.in_file(&path), &path, &name).with_help("call it otherwise, or put it elsewhere")
                );
            }
            None if is_folder => ignored.push(name),
            None => return Err(untold(of_no_format(&path), &path, &name)),
        }
    }
    if candidates.is_empty() {
        return Err(Error::data("there is no file of a known format here").in_file(from));
    }
    candidates.iter().try_for_each(Candidate::check_names)?;
    Ok((candidates, ignored))
}

fn candidate(name: &str, path: &Path, format: Format, encoding: Option<Encoding>) -> Result<Candidate> {
    let csv = if format.is_delimited() { sniff(path, encoding)? } else { CsvOptions::default() };
    let bytes = fs::metadata(path).map_err(|error| Error::io("read the input", path, &error))?.len();
    let schema = Source::open(path, format, &csv, false)?.schema().clone();
    Ok(Candidate { name: name.to_owned(), path: path.to_path_buf(), format, csv, schema, bytes, member: None })
}

/// The tables of a dump.
fn members(name: &str, path: &Path, format: Format) -> Result<Vec<Candidate>> {
    let bytes = length(path)?;
    let dump = dump::index(path)?;
    let member = |(place, table): (usize, &dump::DumpTable)| Candidate {
        name: name.to_owned(),
        path: path.to_path_buf(),
        format,
        csv: CsvOptions::default(),
        schema: table.schema.clone(),
        bytes,
        member: Some(Member { dump: Arc::clone(&dump), place }),
    };
    Ok(dump.tables().iter().enumerate().map(member).collect())
}

/// Files that are one table, each with its place among all.
fn groups(candidates: &[Candidate]) -> Vec<Vec<(usize, &Candidate)>> {
    let mut groups: Vec<Vec<(usize, &Candidate)>> = Vec::new();
    for (place, file) in candidates.iter().enumerate() {
        let same = |group: &&mut Vec<(usize, &Candidate)>| {
            group.first().is_some_and(|(_, first)| {
                let is_one = match (&first.member, &file.member) {
                    (Some(one), Some(other)) => one.name() == other.name(),
                    (None, None) => starred(&first.name) == starred(&file.name),
                    _ => false,
                };
                is_one
                    && (first.format, &first.csv) == (file.format, &file.csv)
                    && first.schema.fields() == file.schema.fields()
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push((place, file)),
            None => groups.push(vec![(place, file)]),
        }
    }
    groups
}

/// Whether a name, without the values of its partitions, holds something of somebody.
fn is_personal(name: &str) -> bool {
    held(&without_values(name), false).is_some()
}

/// A name with a star for its numbers, and for what stands between two of them; and for each part of it that holds
/// something of somebody, up to the ending of the file.
fn starred(name: &str) -> String {
    let (folders, file) = name.rsplit_once('/').map_or(("", name), |(folders, file)| (folders, file));
    let starred = match held(file, false) {
        Some(_) => format!("*{}", pattern(file.split_at(file.len() - ending(file)).1)),
        None => without_numbers(file),
    };
    // In a partitioned folder it is the value that differs.
    let folder = |folder: &str| match folder.split_once('=') {
        Some((key, _)) if held(key, true).is_none() => format!("{}=*", pattern(key)),
        _ if held(folder, false).is_some() => "*".to_owned(),
        _ => pattern(folder),
    };
    let folders: Vec<String> = folders.split('/').filter(|name| !name.is_empty()).map(folder).collect();
    folders.into_iter().chain([starred]).collect::<Vec<_>>().join("/")
}

fn without_numbers(file: &str) -> String {
    let mut starred = String::new();
    for c in pattern(file).chars() {
        match c {
            '0'..='9' if starred.ends_with('*') => {}
            '0'..='9' => {
                // 2026-09: the hyphen goes with the digits.
                let shorter = starred.strip_suffix(['-', '_']).filter(|rest| rest.ends_with('*')).map(str::to_owned);
                starred = shorter.unwrap_or_else(|| starred.clone() + "*");
            }
            c => starred.push(c),
        }
    }
    starred
}

/// The patterns for the files of a table: one with stars if it matches no other file, else their names.
///
/// # Errors
/// A name holds something of somebody, so that it can't stand in rules, and the pattern would match other files.
fn patterns(members: &[&str], candidates: &[Candidate], ignored: &[String]) -> Result<Vec<String>> {
    let others =
        || candidates.iter().map(|file| &file.name).chain(ignored).filter(|name| !members.contains(&name.as_str()));
    if let [first, ..] = members
        && members.iter().any(|name| is_personal(name))
    {
        let common = starred(first);
        let matches = |name: &String| Pattern::path(&common).is_none_or(|pattern| pattern.matches(name));
        return match others().any(matches) {
            false => Ok(vec![common]),
            true => Err(Error::data(
                "the name of this file looks like personal data, and a pattern for it in rules would match other files, too",
            )
            .with_help("put such files into a folder of their own, or call them otherwise")),
        };
    }
    if let [first, _, ..] = members {
        let common = starred(first);
        if others().all(|name| starred(name) != common) {
            return Ok(vec![common]);
        }
    }
    Ok(members.iter().map(|name| pattern(name)).collect())
}

/// A name for a table, by its first file, or by the folder where that holds something of somebody: of its words those
/// that are no numbers.
fn table_name(file: &str, taken: &mut BTreeSet<String>) -> String {
    let own = without_values(file);
    let part = own.rsplit('/').find(|part| held(part, false).is_none()).unwrap_or_default();
    let stem = part.split('.').next().unwrap_or_default();
    let words = split(stem);
    let kept: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| {
            word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !word.bytes().all(|byte| byte.is_ascii_digit())
        })
        .collect();
    let stem = if kept.is_empty() { "table".to_owned() } else { kept.join("_") };
    let numbered = (2..).map(|number| format!("{stem}_{number}"));
    let name = std::iter::once(stem.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(stem);
    taken.insert(name.clone());
    name
}

/// A name for a table of a dump: its own, without its schema if no other has it.
fn member_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let short = name.rsplit('.').next().unwrap_or(name);
    let name = if taken.contains(short) { name } else { short };
    taken.insert(name.to_owned());
    name.to_owned()
}

/// Looks at the files of one table, one after the other.
struct Looker<'a> {
    scanner: &'a Scanner,
    sample: Option<NonZero<u64>>,
    progress: &'a dyn Progress,
    columns: Vec<ColumnFacts>,
}

impl Looker<'_> {
    fn look(&mut self, place: usize, file: &Candidate) -> Result<SurveyedFile> {
        let rules = Rules::parse("survey", &keep_all(&file.csv))?;
        let source = file.open()?;
        // A plan needs a key, and one that keeps everything makes nothing of it.
        let keys = Keyring::new(Key::generate()?, rules.suite());
        let plan = rules.bind(0, &told(&file.name, |_| false), source.schema(), &keys, Delivery::Decoded)?;
        let partitions = partitions(&file.name);
        self.start(&plan, &partitions);
        let mut stride = Stride::new(self.sample, file, source.rows());
        let mut reader = source.read(&plan, BLOCK_SIZE)?;
        let (mut rows, mut read, mut lines) = (0, 0, reader.lines_before());
        let mut number = 0;
        while let Some(block) = reader.next()? {
            let wanted = number % stride.blocks == 0;
            number += 1;
            if !wanted {
                continue;
            }
            let size = block.size();
            for decoded in block.decode().map_err(|error| error.after(read, lines))? {
                let decoded = decoded.map_err(|error| error.after(read, lines))?;
                let chosen = stride.choose(&decoded.batch, size)?;
                rows += chosen.num_rows() as u64;
                let mut cells = plan.cells_before(&chosen)?;
                // In the rows it is the same value over and over, and a batch of them says no more than one.
                cells.extend(partitions.iter().map(|partition| vec![Cell::from(partition.value.clone())]));
                self.add(cells);
                read += decoded.batch.num_rows() as u64;
                lines += decoded.lines();
            }
            self.progress.advance(place, reader.position(), rows);
        }
        let digest = reader.finish()?;
        self.progress.done(place);
        Ok(SurveyedFile { name: file.name.clone(), rows, digest })
    }

    fn start(&mut self, plan: &Plan, partitions: &[Partition]) {
        if self.columns.is_empty() {
            self.columns = plan
                .report()
                .map(|leaf| leaf.leaf)
                .map(|leaf| ColumnFacts {
                    profile: ColumnProfile::new(&leaf.path, kind(&leaf.data_type)),
                    path: leaf.path,
                    data_type: leaf.data_type,
                    nullable: leaf.nullable,
                    repeated: leaf.repeated,
                    demands: Demands::default(),
                })
                .collect();
            self.columns.extend(partitions.iter().map(|partition| ColumnFacts {
                profile: ColumnProfile::new(&partition.key, ColumnKind::Text),
                path: partition.key.clone(),
                data_type: DataType::Utf8View,
                nullable: true,
                repeated: false,
                demands: Demands::default(),
            }));
        }
    }

    /// Adds the cells of a batch, several columns at once. What comes of it depends on no other column.
    fn add(&mut self, cells: Vec<Vec<Cell>>) {
        let scanner = self.scanner;
        self.columns.par_iter_mut().zip(cells).for_each(|(column, cells)| {
            let mut found = Found::default();
            for cell in cells {
                column.profile.add(cell.reveal(), scanner, &mut found);
            }
        });
    }
}

/// Which rows belong to a sample: every so many blocks, and of those every so many rows.
struct Stride {
    sample: Option<u64>,
    bytes: u64,
    rows: Option<u64>,
    blocks: u64,
}

impl Stride {
    fn new(sample: Option<NonZero<u64>>, file: &Candidate, rows: Option<u64>) -> Self {
        let sample = sample.map(NonZero::get);
        let blocks = match file.format {
            format if format.is_delimited() && sample.is_some() => (file.bytes / BLOCK_SIZE as u64 / BLOCKS).max(1),
            _ => 1,
        };
        Self { sample, bytes: file.bytes, rows, blocks }
    }

    /// The rows of a batch of a block of so many bytes that belong to the sample.
    fn choose(&mut self, batch: &RecordBatch, size: usize) -> Result<RecordBatch> {
        let count = batch.num_rows() as u64;
        let Some(sample) = self.sample else { return Ok(batch.clone()) };
        let all = *self.rows.get_or_insert(self.bytes * count / (size as u64).max(1));
        let step = (all / self.blocks / sample).max(1);
        if step == 1 {
            return Ok(batch.clone());
        }
        let chosen = UInt32Array::from_iter_values((0..count as u32).step_by(step as usize));
        take_record_batch(batch, &chosen).map_err(|_| Error::internal("rows can't be taken from a batch"))
    }
}

fn kind(data_type: &DataType) -> ColumnKind {
    match TypeClass::of(data_type) {
        Some(TypeClass::Text) => ColumnKind::Text,
        Some(TypeClass::Integer) => ColumnKind::Whole,
        Some(TypeClass::Float | TypeClass::Decimal) => ColumnKind::Fraction,
        Some(TypeClass::Boolean) => ColumnKind::Flag,
        Some(TypeClass::Date) => ColumnKind::Date,
        Some(TypeClass::Timestamp | TypeClass::Time | TypeClass::Duration) => ColumnKind::Moment,
        _ => ColumnKind::Opaque,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_numbers_are_one_pattern() {
        for (name, pattern) in [
            ("orders/orders-2026-09.parquet", "orders/orders-*.parquet"),
            ("a.csv", "a.csv"),
            ("20260901.csv", "*.csv"),
            ("part_1_of_12.csv", "part_*_of_*.csv"),
            ("v1/a[2].csv", "v1/a\\[*\\].csv"),
            ("sales/dt=2026-01-01/c=FR/part-0.csv", "sales/dt=*/c=*/part-*.csv"),
            ("mail/ana@shop.pt.csv.gz", "mail/*.csv.gz"),
            ("ana@shop.pt/part-1.csv", "*/part-*.csv"),
        ] {
            assert_eq!(starred(name), pattern, "{name}");
        }
    }

    #[test]
    fn tables_are_called_by_the_words_of_their_files() {
        let mut taken = BTreeSet::new();
        for (file, name) in [
            ("orders/orders-2026-09.parquet", "orders"),
            ("old/orders.csv", "orders_2"),
            ("2026.csv", "table"),
            ("Données clients.csv", "donnees_clients"),
            ("by customer/ana@shop.pt.csv", "by_customer"),
            ("ana@shop.pt.csv", "table_2"),
        ] {
            assert_eq!(table_name(file, &mut taken), name, "{file}");
        }
    }
}
