//! One file: opened, its names and notes looked at, its blocks read in order on one thread and looked at by the pool in
//! any order; what was found is put together in the order of the file.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use arrow::array::StringViewArray;
use rayon::ThreadPool;

use super::cells::readable;
use super::files::{FileForm, Target};
use super::guard::guarded;
use super::look::{Columns, Judge, LeafSeen, Scope, Seen, look};
use super::names;
use super::survivors::Suspects;
use super::tally::{Kind, Tallies};
use super::treatment::Treatment;
use super::{ColumnReport, FileReport, Gap, Part};
use crate::detect::{Found, Hint};
use crate::error::{Error, ErrorKind, Result};
use crate::format::{Digest, Format, Notes, Reader, Source, sniff};
use crate::pipeline::{Budget, Progress, go_on};
use crate::rules::{CsvOptions, Encoding};

/// What all files of a verification share.
pub(super) struct Engine<'a> {
    pub(super) pool: &'a ThreadPool,
    pub(super) budget: &'a Budget,
    pub(super) progress: &'a dyn Progress,
    pub(super) block_size: usize,
    pub(super) judge: &'a Judge<'a>,
    pub(super) sample: Option<u64>,
}

/// How a leaf was treated, by its path; nothing, if nobody says.
pub(super) type Treatments<'t> = dyn Fn(&str) -> Option<Treatment> + Sync + 't;

/// What is known of a file before it is looked at.
#[derive(Default)]
pub(super) struct Known<'k> {
    pub(super) table: Option<String>,
    pub(super) csv: Option<CsvOptions>,
    /// The encoding that its text is said to have.
    pub(super) encoding: Option<Encoding>,
    /// How a leaf was treated, by its path: what rules or a manifest say of it, and nothing if they say nothing.
    pub(super) treatments: Option<&'k Treatments<'k>>,
}

/// What was found in a file.
pub(super) struct Looked {
    pub(super) report: FileReport,
    /// Whether it is one table of a dump, which is looked at as a file of its own.
    pub(super) is_member: bool,
    pub(super) digest: Option<Digest>,
    pub(super) found: Vec<FoundIn>,
    pub(super) gaps: Vec<Gap>,
}

/// What was found in one part of a file.
pub(super) struct FoundIn {
    pub(super) part: Part,
    pub(super) column: Option<String>,
    pub(super) tallies: Tallies,
    pub(super) suspects: Suspects,
    pub(super) treatment: Option<Treatment>,
}

impl FoundIn {
    pub(super) fn new(part: Part, column: Option<String>, tallies: Tallies) -> Self {
        Self { part, column, tallies, suspects: Suspects::default(), treatment: None }
    }
}

/// What was seen so far, in the order of the file.
#[derive(Default)]
struct Ledger {
    waiting: BTreeMap<usize, Result<Seen>>,
    next: usize,
    seen: Seen,
    failure: Option<Error>,
}

impl Engine<'_> {
    /// Looks at one file.
    ///
    /// # Errors
    /// A promise of the program was broken. What can't be read or is not understood is no error: it is a gap.
    pub(super) fn look(&self, index: usize, target: &Target, known: &Known<'_>) -> Result<Looked> {
        let name = names::look(&target.relative, self.judge, false);
        let prefix = target.name.strip_suffix(target.relative.as_str()).unwrap_or_default();
        let mut looked = Looked {
            report: FileReport {
                name: format!("{prefix}{}", name.name),
                format: None,
                table: known.table.clone(),
                bytes: target.bytes,
                blake3: None,
                rows: 0,
                columns: Vec::new(),
            },
            is_member: target.member().is_some(),
            digest: None,
            found: vec![FoundIn::new(Part::FileName, None, name.found)],
            gaps: Vec::new(),
        };
        if let Err(error) = self.look_into(index, target, known, &mut looked) {
            if matches!(error.kind(), ErrorKind::Internal | ErrorKind::Stopped) {
                return Err(error);
            }
            let gap = self.gap(&looked.report.name, target, &error);
            looked.gaps.push(gap);
        }
        self.progress.done(index);
        Ok(looked)
    }

    fn gap(&self, name: &str, target: &Target, error: &Error) -> Gap {
        let place = error.place();
        let message = match target.form {
            FileForm::Text => {
                format!("this is no table that is known here, and can't be read as text: {}", error.message())
            }
            FileForm::Table(_) | FileForm::Member(_) | FileForm::Rest => error.message().to_owned(),
        };
        let column = place.column.as_deref();
        let shown = column.map(|column| names::look(column, self.judge, true).name);
        Gap {
            column: shown.filter(|_| target.form.is_table()),
            row: place.record,
            line: place.line,
            io: error.kind() == ErrorKind::Io,
            ..Gap::grave(name, &message, error.help())
        }
    }

    fn look_into(&self, index: usize, target: &Target, known: &Known<'_>, looked: &mut Looked) -> Result<()> {
        if target.bytes == 0 {
            looked.digest = Some(Digest { bytes: 0, hash: blake3::hash(b"") });
            return Ok(());
        }
        let source = guarded(|| open(target, known.csv.as_ref(), known.encoding))?;
        if target.form != FileForm::Text {
            looked.report.format = Some(source.format().to_string());
        }
        let is_member = matches!(source, Source::Member(..));
        let treatment = |path: &str| {
            let treatment = known.treatments.and_then(|treatments| treatments(path));
            if is_member { treatment.map(Treatment::in_dump) } else { treatment }
        };
        let columns = Columns::new(source.schema(), &target.relative, self.judge, treatment)?;
        let names = self.look_at_names(target, &columns, known, looked);
        // Where only values of the source are looked for, in cells, notes are nobody's business.
        if let Some(notes) = (self.judge.scope == Scope::Everything).then(|| source.notes()).flatten() {
            self.look_at_notes(&notes, &columns, &names, looked);
        }
        let mut reader = guarded(|| source.read_all(self.block_size, self.sample.is_some()))?;
        let mut ledger = Ledger { seen: Seen::of(columns.leaves.len()), ..Ledger::default() };
        ledger.seen.lines = reader.lines_before();
        let read = self.read(index, &mut *reader, &columns, &mut ledger);
        let Ledger { seen, failure, .. } = ledger;
        looked.report.rows = seen.looked_at;
        for ((leaf, name), LeafSeen { tallies, suspects }) in columns.leaves.into_iter().zip(&names).zip(seen.leaves) {
            if target.form.is_table() {
                looked.report.columns.push(ColumnReport {
                    name: name.clone(),
                    data_type: leaf.data_type.clone(),
                    rule: leaf.treatment.as_ref().map(|treatment| treatment.rule.clone()),
                    cells: tallies.cells,
                    nulls: tallies.nulls,
                });
            }
            let column = target.form.is_table().then(|| name.clone());
            let treatment = leaf.treatment;
            looked.found.push(FoundIn { suspects, treatment, ..FoundIn::new(Part::Cells, column, tallies) });
        }
        if let Some(error) = failure {
            return Err(error);
        }
        read?;
        let digest = guarded(|| reader.finish())?;
        looked.report.blake3 = Some(digest.hash.to_hex().to_string());
        looked.digest = Some(digest);
        Ok(())
    }

    /// Looks at the names of columns, and says how each may be shown.
    fn look_at_names(&self, target: &Target, columns: &Columns, known: &Known<'_>, looked: &mut Looked) -> Vec<String> {
        let mut shown = Vec::with_capacity(columns.leaves.len());
        for leaf in &columns.leaves {
            let mut name = names::look(&leaf.path, self.judge, true);
            let mut rule = |fault| {
                name.found.note(Kind::Rule(fault), 0.0, 0, "", || (None, None));
            };
            match &leaf.treatment {
                Some(treatment) if treatment.is_absent() => rule("not-dropped"),
                None if known.treatments.is_some() && target.form.is_table() => rule("unlisted-column"),
                _ => {}
            }
            looked.found.push(FoundIn::new(Part::ColumnName, Some(name.name.clone()), name.found));
            shown.push(name.name);
        }
        shown
    }

    /// Looks at what a file says beside its data.
    fn look_at_notes(&self, notes: &Notes, columns: &Columns, names: &[String], looked: &mut Looked) {
        let mut found = Found::default();
        let mut by_key: BTreeMap<String, Tallies> = BTreeMap::new();
        type Texts<'n> = Box<dyn Iterator<Item = &'n str> + 'n>;
        let texts = notes.texts.iter().map(|(key, text)| (key, Box::new(std::iter::once(text.as_str())) as Texts<'_>));
        let of_dictionary = |texts| Box::new(StringViewArray::iter(texts).flatten()) as Texts<'_>;
        let dictionaries = notes.dictionaries.iter().map(|(key, texts)| (key, of_dictionary(texts)));
        let mut cell = 0;
        // A dictionary has many texts of one name, and to read a name takes longer than to look at a text.
        for (key, texts) in texts.chain(dictionaries) {
            let hint = Hint::of_header(key);
            let tallies = by_key.entry(names::look(key, self.judge, true).name).or_default();
            for text in texts {
                self.look_at_note(text, cell, &hint, &mut found, tallies);
                cell += 1;
            }
        }
        for (key, tallies) in by_key {
            looked.found.push(FoundIn::new(Part::Metadata, Some(key), tallies));
        }
        let mut by_leaf: Vec<Tallies> = vec![Tallies::default(); columns.leaves.len()];
        for (cell, (leaf, bound)) in notes.bounds.iter().enumerate() {
            if let (Some(column), Some(tallies)) = (columns.leaves.get(*leaf), by_leaf.get_mut(*leaf))
                && column.has_readable_bounds()
            {
                column.look_at_bound(&readable(bound), cell, self.judge, tallies);
            }
        }
        for (name, tallies) in names.iter().zip(by_leaf) {
            looked.found.push(FoundIn::new(Part::Statistics, Some(name.clone()), tallies));
        }
        for (message, help) in &notes.unseen {
            looked.gaps.push(Gap::grave(&looked.report.name, message, Some(help)));
        }
        if notes.unread_index {
            let message = "its page index can't be read or is too large: the bounds in it were not looked at";
            looked.gaps.push(Gap::grave(&looked.report.name, message, Some("write the file without a page index")));
        }
    }

    fn look_at_note(&self, text: &str, cell: usize, hint: &Hint, found: &mut Found, tallies: &mut Tallies) {
        tallies.cells += 1;
        for hit in self.judge.scanner.scan(text, hint, found) {
            let value = text.get(hit.range.clone()).unwrap_or_default();
            if self.judge.allows(value) {
                tallies.allowed += 1;
            } else {
                tallies.note(Kind::from(hit), hit.odds, cell, value, || (None, None));
            }
        }
        self.judge.patterns.each_match(text, None, |pattern, range| {
            let value = text.get(range).unwrap_or_default();
            tallies.note(Kind::Pattern(pattern), 0.0, cell, value, || (None, None));
        });
    }

    /// Reads all blocks and has each looked at.
    fn read(&self, index: usize, reader: &mut dyn Reader, columns: &Columns, ledger: &mut Ledger) -> Result<()> {
        let shared = Mutex::new(ledger);
        self.pool.in_place_scope(|workers| {
            let mut number = 0;
            loop {
                go_on()?;
                let has_failed = shared.lock().unwrap_or_else(PoisonError::into_inner).failure.is_some();
                let Some(block) = guarded(|| reader.next())?.filter(|_| !has_failed) else { return Ok(()) };
                let (size, position) = (block.size(), reader.position());
                self.budget.take(size);
                let shared = &shared;
                workers.spawn(move |_| {
                    let seen = guarded(|| look(block, columns, self.judge, self.sample));
                    let mut ledger = shared.lock().unwrap_or_else(PoisonError::into_inner);
                    ledger.enter(number, seen);
                    self.progress.advance(index, position, ledger.seen.rows);
                    drop(ledger);
                    self.budget.give_back(size);
                });
                number += 1;
            }
        })
    }
}

impl Ledger {
    /// Notes what was seen in a block, and puts together what has its place by now. After a block that could not be
    /// looked at, nothing counts.
    fn enter(&mut self, number: usize, seen: Result<Seen>) {
        self.waiting.insert(number, seen);
        while let Some(seen) = self.waiting.remove(&self.next) {
            self.next += 1;
            if self.failure.is_some() {
                continue;
            }
            match seen {
                Ok(seen) => self.seen.append(seen),
                Err(error) => self.failure = Some(error.after(self.seen.rows, self.seen.lines)),
            }
        }
    }
}

/// Opens a file as what it is; `csv` and `encoding` are how it is said to be written, where that is said.
pub(super) fn open(target: &Target, csv: Option<&CsvOptions>, encoding: Option<Encoding>) -> Result<Source> {
    /// A byte that no text has: a line is one field.
    const NEVER: u8 = 0x1f;
    let path = &target.path;
    let dump = || target.dump.clone().ok_or_else(|| Error::internal("a table of a dump has no dump"));
    match target.form {
        FileForm::Member(place) => Ok(Source::Member(dump()?, place)),
        FileForm::Rest => Ok(Source::rest(dump()?)),
        FileForm::Table(format) => {
            let sniffed = if csv.is_none() && format.is_delimited() { Some(sniff(path, encoding)?) } else { None };
            let mut csv = csv.cloned().or(sniffed).unwrap_or_default();
            csv.encoding = csv.encoding.or(encoding);
            Source::open(path, format, &csv, false)
        }
        FileForm::Text => {
            let lines = CsvOptions {
                delimiter: Some(NEVER),
                quote: None,
                header: false,
                columns: vec!["text".to_owned()],
                encoding,
                ..CsvOptions::default()
            };
            Source::open(path, Format::Csv, &lines, false)
        }
    }
}
