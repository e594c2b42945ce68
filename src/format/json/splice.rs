//! Rows of objects become rows of objects again: what was made is put where the source values stood, what is dropped is
//! cut out, and every other byte stays.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, RecordBatch, StringViewArray};
use arrow::datatypes::{DataType, Float64Type, Int64Type};

use super::lines::{Entry, Lines};
use super::tree::{Met, ROOT, Shape, Tree};
use crate::error::{Error, Result};
use crate::format::{BlockEncoder, Carried, Decoded, Encoded, Encoder, Format};
use crate::json::{is_json, is_number, push_string};
use crate::rules::{Output, Plan};
use crate::transform::Fate;

/// What becomes of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Keep,
    Drop,
    /// Its value is the next one of this number among what is made.
    Replace(u32),
    /// Its parts have actions of their own.
    Enter,
}

/// Encodes rows of objects for a plan.
pub(super) struct Splicer {
    tree: Arc<Tree>,
    /// By place in the tree.
    actions: Vec<Action>,
    /// The places that are replaced.
    replaced: Vec<u32>,
    /// The place of each column in what a plan gives back, by place in the source.
    made: Vec<Option<usize>>,
    /// What rows become where they do not stay as they stand between each other.
    frame: Option<Format>,
}

impl Splicer {
    /// An encoder for a plan. With a `frame`, each row is written as that format has it; else everything that stands
    /// between and round the rows stays.
    pub(super) fn new(tree: &Arc<Tree>, plan: &Plan, frame: Option<Format>) -> Result<Self> {
        let mut splicer = Self {
            actions: vec![Action::Keep; tree.len()],
            replaced: Vec::new(),
            made: vec![None; tree.columns().len()],
            frame,
            tree: Arc::clone(tree),
        };
        let leaves = tree.leaves();
        if leaves.len() != plan.leaf_count() {
            return Err(Error::internal("a plan is for other columns than those of the file"));
        }
        for (leaf, report) in leaves.into_iter().zip(plan.report()) {
            splicer.actions[leaf as usize] = match report.fate {
                Fate::Keep => Action::Keep,
                Fate::Drop => Action::Drop,
                Fate::Rewrite => {
                    splicer.replaced.push(leaf);
                    Action::Replace(splicer.replaced.len() as u32 - 1)
                }
            };
        }
        splicer.resolve(ROOT);
        let mut outputs = plan.outputs().iter();
        for (place, column) in tree.columns().iter().enumerate() {
            if splicer.actions[*column as usize] != Action::Drop {
                splicer.made[place] = match outputs.next() {
                    Some(Output::Computed(made)) => Some(*made),
                    _ => None,
                };
            }
        }
        // A row is there, whatever is left of it.
        splicer.actions[ROOT as usize] = Action::Enter;
        Ok(splicer)
    }

    /// Settles what becomes of a place from what becomes of its parts.
    fn resolve(&mut self, node: u32) -> Action {
        let tree = Arc::clone(&self.tree);
        let known = tree.node(node);
        let parts: Vec<Action> = match known.shape {
            Shape::Object => known.members.iter().map(|member| self.resolve(*member)).collect(),
            Shape::List => known.element.iter().map(|element| self.resolve(*element)).collect(),
            _ => return self.actions[node as usize],
        };
        let action = match () {
            () if parts.iter().all(|part| *part == Action::Drop) => Action::Drop,
            () if parts.iter().all(|part| *part == Action::Keep) => Action::Keep,
            () => Action::Enter,
        };
        self.actions[node as usize] = action;
        action
    }

    /// What a plan made of the values at a place, end to end.
    fn values(&self, node: u32, made: &RecordBatch) -> Result<ArrayRef> {
        let mut steps = Vec::new();
        let mut at = node;
        while !self.tree.node(at).is_column() {
            steps.push(at);
            at = self.tree.parent(at);
        }
        let column = self.made.get(self.tree.node(at).place()).copied().flatten();
        let mut array = column.and_then(|column| made.columns().get(column)).cloned().ok_or_else(broken)?;
        for step in steps.into_iter().rev() {
            array = match array.data_type() {
                DataType::Struct(_) => {
                    array.as_struct().column_by_name(&self.tree.node(step).name).cloned().ok_or_else(broken)?
                }
                DataType::List(_) => {
                    let list = array.as_list::<i32>();
                    let (first, last) = (list.offsets().first() as usize, list.offsets().last() as usize);
                    list.values().slice(first, last - first)
                }
                _ => return Err(broken()),
            };
        }
        Ok(array)
    }
}

impl Encoder for Splicer {
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>> {
        Ok(Box::new(Splice { splicer: self, out: String::new() }))
    }
}

struct Splice<'e> {
    splicer: &'e Splicer,
    out: String,
}

impl BlockEncoder for Splice<'_> {
    fn push(&mut self, decoded: &Decoded, made: &RecordBatch) -> Result<()> {
        let Carried::Json(lines) = &decoded.carried else {
            return Err(Error::internal("rows that stay were not carried along"));
        };
        let splicer = self.splicer;
        let values =
            splicer.replaced.iter().map(|leaf| Made::new(splicer.values(*leaf, made)?)).collect::<Result<_>>()?;
        self.out.reserve(lines.range.len() + lines.range.len() / 8);
        let mut pass = Pass {
            splicer,
            lines,
            text: lines.text.text(),
            values,
            counts: vec![0; splicer.tree.len()],
            copied: lines.range.start,
            out: &mut self.out,
        };
        let mut at = 0;
        while let Some(row) = lines.entries.get(at) {
            at = match splicer.frame {
                None => pass.value(at, ROOT)?,
                Some(frame) => pass.framed(at, row, frame)?,
            };
            pass.counts[ROOT as usize] += 1;
        }
        if splicer.frame.is_none() { pass.copy(lines.range.end) } else { Ok(()) }
    }

    fn finish(self: Box<Self>) -> Result<Encoded> {
        Ok(Encoded::Bytes(self.out.into_bytes()))
    }
}

/// The values that a plan made for one place.
enum Made {
    Text(StringViewArray),
    Integer(Int64Array),
    Float(Float64Array),
    Boolean(BooleanArray),
}

impl Made {
    fn new(values: ArrayRef) -> Result<Self> {
        Ok(match values.data_type() {
            DataType::Utf8View => Self::Text(values.as_string_view().clone()),
            DataType::Int64 => Self::Integer(values.as_primitive::<Int64Type>().clone()),
            DataType::Float64 => Self::Float(values.as_primitive::<Float64Type>().clone()),
            DataType::Boolean => Self::Boolean(values.as_boolean().clone()),
            _ => return Err(broken()),
        })
    }

    fn is_null(&self, place: usize) -> Option<bool> {
        let values: &dyn Array = match self {
            Self::Text(values) => values,
            Self::Integer(values) => values,
            Self::Float(values) => values,
            Self::Boolean(values) => values,
        };
        (place < values.len()).then(|| values.is_null(place))
    }
}

/// One pass over a run of rows.
struct Pass<'p> {
    splicer: &'p Splicer,
    lines: &'p Lines,
    text: &'p str,
    values: Vec<Made>,
    /// By place in the tree: for the row, how many came before; for a list, how many elements.
    counts: Vec<usize>,
    /// Up to where the source is written or left out.
    copied: usize,
    out: &'p mut String,
}

impl Pass<'_> {
    /// Writes the source up to a place.
    #[inline]
    fn copy(&mut self, end: usize) -> Result<()> {
        if self.copied < end {
            self.out.push_str(self.text.get(self.copied..end).ok_or_else(broken)?);
            self.copied = end;
        }
        Ok(())
    }

    /// Writes a row without what stands round it.
    fn framed(&mut self, at: usize, row: &Entry, frame: Format) -> Result<usize> {
        if frame == Format::Json {
            self.out.push_str(",\n");
        }
        let start = self.out.len();
        self.copied = row.start as usize;
        let next = self.value(at, ROOT)?;
        self.copy(row.end as usize)?;
        if frame == Format::JsonLines {
            // A line feed in an object is a blank between its parts: in a string it would be an escape.
            let object = self.out.split_off(start);
            self.out.extend(object.split(['\n', '\r']));
            self.out.push('\n');
        }
        Ok(next)
    }

    /// Writes what has become of the value of entry `at`, and gives the entry after it. `counted` is the place whose
    /// count says which of the values of a path is its own.
    fn value(&mut self, at: usize, counted: u32) -> Result<usize> {
        let entry = *self.lines.entries.get(at).ok_or_else(broken)?;
        let next = at + 1 + entry.inside as usize;
        match self.splicer.actions[entry.node as usize] {
            Action::Keep | Action::Drop => {}
            Action::Replace(number) => self.replace(&entry, number as usize, self.counts[counted as usize])?,
            Action::Enter if self.splicer.tree.node(entry.node).shape == Shape::List => {
                let mut part = at + 1;
                while part < next {
                    part = self.value(part, entry.node)?;
                    self.counts[entry.node as usize] += 1;
                }
            }
            Action::Enter => self.object(at + 1..next, counted)?,
        }
        Ok(next)
    }

    /// Writes the members of an object. One that is left out goes with one of the commas round it.
    fn object(&mut self, members: std::ops::Range<usize>, counted: u32) -> Result<()> {
        let mut at = members.start;
        let mut behind = None;
        let (mut any_stays, mut any_goes) = (false, false);
        while at < members.end {
            let entry = *self.lines.entries.get(at).ok_or_else(broken)?;
            let next = at + 1 + entry.inside as usize;
            if self.splicer.actions[entry.node as usize] == Action::Drop {
                self.copy(behind.unwrap_or(entry.from as usize))?;
                self.copied = entry.end as usize;
                any_goes = true;
            } else {
                if any_goes && !any_stays {
                    self.copied = entry.from as usize;
                }
                any_stays = true;
                self.value(at, counted)?;
            }
            behind = Some(entry.end as usize);
            at = next;
        }
        Ok(())
    }

    /// Writes a value in place of another. Where neither is there, what stood for nothing stays.
    fn replace(&mut self, entry: &Entry, number: usize, place: usize) -> Result<()> {
        let source = self.text.as_bytes().get(entry.start as usize).copied().unwrap_or_default();
        let was_null = matches!(source, b'n') || self.is_empty(entry, source);
        let values = self.values.get(number).ok_or_else(broken)?;
        let is_null = values.is_null(place).ok_or_else(broken)?;
        if is_null && was_null {
            return Ok(());
        }
        self.copy(entry.start as usize)?;
        self.copied = entry.end as usize;
        if is_null {
            self.out.push_str("null");
            return Ok(());
        }
        let values = self.values.get(number).ok_or_else(broken)?;
        match values {
            Made::Text(values) => {
                let node = self.splicer.tree.node(entry.node);
                let kind = if was_null { of_all(node.met) } else { Written::of(source) };
                let kind = if node.shape == Shape::Raw { Written::Any } else { kind };
                if !write(values.value(place), kind, self.out) {
                    return Err(if node.shape == Shape::Raw { self.mixed(entry) } else { self.misfit(entry) });
                }
            }
            Made::Integer(values) => push_display(values.value(place), self.out),
            Made::Float(values) if values.value(place).is_finite() => {
                push_display(Shortest(values.value(place)), self.out);
            }
            Made::Float(_) => return Err(self.misfit(entry)),
            Made::Boolean(values) => self.out.push_str(if values.value(place) { "true" } else { "false" }),
        }
        Ok(())
    }

    /// Whether a value is `{}` or `[]` where there is a path for values without parts.
    fn is_empty(&self, entry: &Entry, source: u8) -> bool {
        let inner = self.text.get(entry.start as usize + 1..entry.end as usize - 1);
        matches!(source, b'{' | b'[') && inner.is_some_and(|inner| inner.trim_ascii().is_empty())
    }

    /// What is wrong is the row that made JSON texts of all values at a path, not the first that is treated.
    fn mixed(&self, entry: &Entry) -> Error {
        Error::data(
            "here stands an object where other rows have other values, or the other way round, so that each value of \
             this path is a text of JSON; what the rule makes of them is none, and a value keeps its kind",
        )
        .at(self.splicer.tree.odd_one(entry.node))
        .of_whole_file()
        .in_column(&self.splicer.tree.path(entry.node))
        .with_help("is it a mistake in the row? Or else name the parts in a rule `{ do = \"json\", paths = { … } }`, or drop it")
    }

    fn misfit(&self, entry: &Entry) -> Error {
        let row = self.counts[ROOT as usize];
        Error::data("what a rule makes of a value is of another kind than the value, and a value keeps its kind")
            .at(self.lines.place(row))
            .in_column(&self.splicer.tree.path(entry.node))
            .with_help(
                "of a number comes a number, of `true` or `false` one of the two; whatever else is to come of them, \
                 `null` and \"drop\" always fit",
            )
    }
}

/// What is written in place of a value, by what stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    String,
    Number,
    Boolean,
    /// Any JSON text.
    Any,
}

impl Written {
    fn of(first: u8) -> Self {
        match first {
            b'-' | b'0'..=b'9' => Self::Number,
            b't' | b'f' => Self::Boolean,
            _ => Self::String,
        }
    }
}

/// What comes in place of nothing: what stands there in other rows, if that is one kind; else a string.
fn of_all(met: Met) -> Written {
    match met {
        _ if met.has(Met::STRING) || met == Met::NOTHING => Written::String,
        _ if !met.has(Met::BOOLEAN) => Written::Number,
        _ if met == Met::BOOLEAN => Written::Boolean,
        _ => Written::String,
    }
}

/// Writes a text as a value of this kind. False, if it is none.
fn write(value: &str, kind: Written, out: &mut String) -> bool {
    let fits = match kind {
        Written::String => {
            push_string(value, out);
            return true;
        }
        Written::Number => is_number(value),
        Written::Boolean => matches!(value, "true" | "false"),
        Written::Any => is_json(value),
    };
    if fits {
        out.push_str(value);
    }
    fits
}

/// A number in the fewest digits that read back as the same.
pub(super) struct Shortest(pub(super) f64);

impl std::fmt::Display for Shortest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

fn push_display(value: impl std::fmt::Display, out: &mut String) {
    use std::fmt::Write as _;
    // Writing to a string does not fail.
    let _ = write!(out, "{value}");
}

fn broken() -> Error {
    Error::internal("rows can't be put together from their parts")
}
