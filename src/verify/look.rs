//! One block, cell by cell.

use arrow::array::{Array, ArrayRef, RecordBatch, StringViewArray, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::{FieldRef, Schema};

use super::cells::{Form, unescaped};
use super::config::{Allow, Patterns};
use super::survivors::{Survivors, Suspects, Words};
use super::tally::{Kind, Tallies};
use super::treatment::Treatment;
use crate::detect::{Entity, Found, Hint, Scanner};
use crate::error::{Error, Result};
use crate::format::{Block, Decoded};
use crate::rules::{leaves, take_apart};

/// The row and the line of a cell, where they are known.
type Spot = (Option<u64>, Option<u64>);

/// What decides whether a hit is a finding.
pub(super) struct Judge<'o> {
    pub(super) scanner: &'o Scanner,
    pub(super) allow: &'o Allow,
    pub(super) patterns: &'o Patterns,
    /// The values of the source, which must not stand here.
    pub(super) survivors: Option<&'o Survivors<'o>>,
    pub(super) scope: Scope,
}

/// What is looked for, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Scope {
    /// Everything.
    #[default]
    Everything,
    /// Values of the source alone.
    Survivors,
    /// Values of the source, in columns through which text may pass from it.
    SurvivorsWhereOpen,
}

impl Judge<'_> {
    pub(super) fn allows(&self, text: &str) -> bool {
        !self.allow.is_empty() && self.allow.allows(text)
    }
}

/// A leaf to look at.
pub(super) struct Column {
    /// Its path.
    pub(super) path: String,
    pub(super) data_type: String,
    pub(super) hint: Hint,
    form: Form,
    /// What the allow list says of it: everything, or these.
    allowed: (bool, Vec<Entity>),
    /// The own patterns that are for it.
    patterns: Vec<usize>,
    pub(super) treatment: Option<Treatment>,
}

/// The leaves of a file.
pub(super) struct Columns {
    fields: Vec<FieldRef>,
    pub(super) leaves: Vec<Column>,
}

impl Columns {
    /// Makes ready to look at a file with this schema. `treatment` gives how a leaf was treated, where that is known.
    ///
    /// # Errors
    /// A column has a type that is not known.
    pub(super) fn new(
        schema: &Schema,
        file: &str,
        judge: &Judge<'_>,
        treatment: impl Fn(&str) -> Option<Treatment>,
    ) -> Result<Self> {
        let column = |leaf: crate::rules::Leaf| {
            let hint = Hint::of_path(&leaf.path);
            Column {
                form: Form::of(&leaf.data_type, !hint.is_empty()),
                allowed: judge.allow.in_column(file, &leaf.path),
                patterns: judge.patterns.for_column(&leaf.path),
                treatment: treatment(&leaf.path),
                data_type: leaf.data_type.to_string(),
                path: leaf.path,
                hint,
            }
        };
        let leaves = leaves(schema)?.into_iter().map(column).collect();
        Ok(Self { fields: schema.fields().iter().cloned().collect(), leaves })
    }
}

impl Column {
    /// Whether a hit is known to be nobody's.
    fn explains(&self, hit: &crate::detect::Hit, text: &str, judge: &Judge<'_>) -> bool {
        self.allowed.0
            || self.allowed.1.contains(&hit.entity)
            || self.treatment.as_ref().is_some_and(|treatment| treatment.explains(hit.entity, hit.reserved))
            || judge.allows(text)
    }
}

/// What was seen of one leaf.
#[derive(Default)]
pub(super) struct LeafSeen {
    pub(super) tallies: Tallies,
    pub(super) suspects: Suspects,
}

impl LeafSeen {
    /// Adds what was seen of what follows; its rows and lines count from its start.
    fn append(&mut self, next: Self, rows: u64, lines: u64) {
        self.tallies.append(next.tallies, rows, lines);
        self.suspects.append(next.suspects, rows, lines);
    }
}

/// What was seen in one block, or in all so far.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) leaves: Vec<LeafSeen>,
    pub(super) rows: u64,
    pub(super) looked_at: u64,
    pub(super) lines: u64,
}

impl Seen {
    pub(super) fn of(leaves: usize) -> Self {
        Self { leaves: std::iter::repeat_with(LeafSeen::default).take(leaves).collect(), ..Self::default() }
    }

    /// Adds what was seen in the block that follows; its rows and lines count from its start.
    pub(super) fn append(&mut self, next: Self) {
        let (rows, lines) = (self.rows, self.lines);
        self.leaves.iter_mut().zip(next.leaves).for_each(|(all, part)| all.append(part, rows, lines));
        self.rows += next.rows;
        self.looked_at += next.looked_at;
        self.lines += next.lines;
    }
}

/// Looks at every cell of a block, or at those of one row in `sample`.
///
/// # Errors
/// The block is not what its format says. Places count from the block's start.
pub(super) fn look(block: Box<dyn Block>, columns: &Columns, judge: &Judge<'_>, sample: Option<u64>) -> Result<Seen> {
    let mut seen = Seen::of(columns.leaves.len());
    let first_row = block.first_row().unwrap_or(0);
    let mut memory = Memory { found: Found::default(), words: Words::default(), clean: Clean::new() };
    for decoded in block.decode()? {
        let (rows, lines) = (seen.rows, seen.lines);
        let decoded = decoded.map_err(|error| error.after(rows, lines))?;
        let all = decoded.batch.num_rows();
        let (batch, chosen) = match sample {
            Some(every) => sampled(&decoded.batch, first_row + rows, every)?,
            None => (decoded.batch.clone(), None),
        };
        let mut part = Seen::of(columns.leaves.len());
        let mut place = 0;
        for (field, array) in columns.fields.iter().zip(batch.columns()) {
            let mut taken = Vec::new();
            take_apart(field, array, &mut taken)?;
            for leaf in taken {
                let (Some(column), Some(leaf_seen)) = (columns.leaves.get(place), part.leaves.get_mut(place)) else {
                    return Err(Error::internal("a batch has more leaves than its schema"));
                };
                let row = |cell: usize| {
                    let row =
                        leaf.owners.as_ref().map_or(cell, |owners| owners.get(cell).map_or(0, |row| *row as usize));
                    chosen.as_ref().map_or(row, |chosen: &Vec<u32>| chosen.get(row).map_or(0, |row| *row as usize))
                };
                let at = |cell| place_of(&decoded, row(cell));
                column.look(&leaf.values, judge, &mut memory, leaf_seen, &at)?;
                place += 1;
            }
        }
        part.rows = all as u64;
        part.looked_at = batch.num_rows() as u64;
        part.lines = decoded.lines();
        seen.append(part);
    }
    Ok(seen)
}

fn place_of(decoded: &Decoded, row: usize) -> Spot {
    let place = decoded.place(row);
    (place.record, place.line)
}

/// The rows of a batch that are in a sample of one in `every`, and which they are. They are chosen by a hash of their
/// numbers: neither by chance nor by anything that data may follow.
fn sampled(batch: &RecordBatch, first_row: u64, every: u64) -> Result<(RecordBatch, Option<Vec<u32>>)> {
    let mixed = |row: u64| {
        let mixed = (row ^ row >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    };
    let in_sample =
        |row: &u32| mixed((first_row + u64::from(*row)).wrapping_add(0x9e37_79b9_7f4a_7c15)) % every.max(1) == 0;
    let rows: Vec<u32> = (0..batch.num_rows() as u32).filter(in_sample).collect();
    let taken = take_record_batch(batch, &UInt32Array::from(rows.clone()));
    Ok((taken.map_err(|_| Error::internal("a sample can't be taken of a batch"))?, Some(rows)))
}

/// What is used again from column to column.
struct Memory {
    found: Found,
    words: Words,
    clean: Clean,
}

impl Column {
    fn look(
        &self,
        values: &ArrayRef,
        judge: &Judge<'_>,
        memory: &mut Memory,
        seen: &mut LeafSeen,
        place: &dyn Fn(usize) -> Spot,
    ) -> Result<()> {
        let nulls = values.logical_null_count() as u64;
        seen.tallies.nulls += nulls;
        seen.tallies.cells += values.len() as u64 - nulls;
        let is_closed = self.treatment.as_ref().is_some_and(|treatment| !treatment.is_open());
        if judge.scope == Scope::SurvivorsWhereOpen && is_closed {
            return Ok(());
        }
        // Whether a rule holds is asked of types that no detector looks at, too.
        let form = match &self.treatment {
            Some(treatment) if !treatment.keeps() => Form::of(values.data_type(), true),
            _ => self.form,
        };
        let Some(texts) = form.texts(values)? else { return Ok(()) };
        memory.clean.clear();
        for cell in 0..texts.len() {
            if texts.is_null(cell) || memory.clean.has(&texts, cell) {
                continue;
            }
            let text = texts.value(cell);
            let mut is_clean = judge.scope != Scope::Everything
                || self.look_at(text, judge, &mut memory.found, &mut seen.tallies, (cell, &|| place(cell)));
            if let Some(survivors) = judge.survivors {
                let plain = unescaped(text);
                let text = plain.as_deref().unwrap_or(text);
                is_clean &= survivors.look(text, cell, &mut memory.words, &mut seen.suspects, place);
            }
            if is_clean {
                memory.clean.add(&texts, cell);
            }
        }
        Ok(())
    }

    /// Looks at one cell, and says whether there was nothing in it at all.
    fn look_at(
        &self,
        text: &str,
        judge: &Judge<'_>,
        found: &mut Found,
        tallies: &mut Tallies,
        (cell, place): (usize, &dyn Fn() -> Spot),
    ) -> bool {
        let plain = unescaped(text);
        let text = plain.as_deref().unwrap_or(text);
        let mut is_clean = true;
        judge.scanner.scan(text, &self.hint, found);
        let survey = found.survey();
        tallies.shapes.add(text, survey);
        for hit in found.hits() {
            is_clean = false;
            let value = text.get(hit.range.clone()).unwrap_or_default();
            if self.explains(hit, value, judge) {
                tallies.allowed += 1;
            } else {
                let tally = tallies.note(Kind::from(hit), hit.odds, cell, value, place);
                if hit.range.len() == survey.length {
                    tally.whole += 1;
                    tally.lengths.add(survey);
                }
            }
        }
        if !self.patterns.is_empty() {
            judge.patterns.each_match(text, Some(&self.patterns), |pattern, range| {
                is_clean = false;
                let value = text.get(range).unwrap_or_default();
                if judge.allows(value) {
                    tallies.allowed += 1;
                } else {
                    tallies.note(Kind::Pattern(pattern), 0.0, cell, value, place);
                }
            });
        }
        if let Some(fault) = self.treatment.as_ref().and_then(|treatment| treatment.fault(text)) {
            is_clean = false;
            tallies.note(Kind::Rule(fault), 0.0, cell, text, place);
        }
        is_clean
    }

    /// Looks at a text that stands for one of the column's values elsewhere: a bound in a footer.
    pub(super) fn look_at_bound(&self, text: &str, cell: usize, judge: &Judge<'_>, tallies: &mut Tallies) {
        let mut found = Found::default();
        tallies.cells += 1;
        for hit in judge.scanner.scan(text, &self.hint, &mut found) {
            let value = text.get(hit.range.clone()).unwrap_or_default();
            if self.explains(hit, value, judge) {
                tallies.allowed += 1;
            } else {
                tallies.note(Kind::from(hit), hit.odds, cell, value, || (None, None));
            }
        }
        judge.patterns.each_match(text, Some(&self.patterns), |pattern, range| {
            tallies.note(Kind::Pattern(pattern), 0.0, cell, text.get(range).unwrap_or_default(), || (None, None));
        });
    }

    /// Whether bounds of its values, as a footer notes them, are what they look like: texts, bytes or whole numbers.
    pub(super) fn has_readable_bounds(&self) -> bool {
        matches!(self.form, Form::Written | Form::Bytes)
    }
}

/// Short texts of a column in which there was nothing: most columns have few values, over and over. What is in it was
/// compared as a whole, so that nothing is taken for clean that is not.
pub(super) struct Clean(Vec<u128>);

impl Clean {
    const SIZE: usize = 1 << 10;
    /// The longest text that a view holds itself.
    const LONGEST: u32 = 12;
    /// A view of a text that is too long is none that is asked for.
    const NONE: u128 = u128::MAX;

    pub(super) fn new() -> Self {
        Self(vec![Self::NONE; Self::SIZE])
    }

    pub(super) fn clear(&mut self) {
        self.0.fill(Self::NONE);
    }

    #[inline]
    fn slot(view: u128) -> usize {
        let mixed = ((view >> 64) as u64 ^ (view as u64).rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 54) as usize % Self::SIZE
    }

    #[inline]
    pub(super) fn has(&self, texts: &StringViewArray, cell: usize) -> bool {
        let view = texts.views().get(cell).copied().unwrap_or(Self::NONE);
        view as u32 <= Self::LONGEST && self.0.get(Self::slot(view)) == Some(&view)
    }

    #[inline]
    pub(super) fn add(&mut self, texts: &StringViewArray, cell: usize) {
        let view = texts.views().get(cell).copied().unwrap_or(Self::NONE);
        if view as u32 <= Self::LONGEST
            && let Some(slot) = self.0.get_mut(Self::slot(view))
        {
            *slot = view;
        }
    }
}
