//! A run of rows becomes columns. Every path in it must be one that was found when the file was opened.

use std::ops::Range;
use std::sync::Arc;

use super::columns::{Column, Columns, Values};
use super::fault::{Fault, Misfit};
use super::layout::{Layout, Role};
use super::lines::{Entry, Lines, place_of};
use super::rows::{Rows, expect_object};
use super::tree::{ROOT, Shape};
use crate::error::{Error, Result};
use crate::format::{Carried, Decoded};
use crate::json::{Kind, Member, Part, Visitor, Walk, unescape};
use crate::unchecked::Utf8Buffer;

/// How many values a batch has, missing ones included, before another one begins.
const BATCH: usize = 1 << 22;

/// How many values a row may have, missing ones included.
const MOST_VALUES: usize = 1 << 24;

/// Decodes a text batch by batch.
pub(super) struct Decoder {
    layout: Arc<Layout>,
    text: Utf8Buffer,
    rows: Rows,
    /// The place of the text in its file.
    start: Option<u64>,
    /// How far it has come: bytes and stretches.
    at: usize,
    number: usize,
    ended: bool,
}

impl Decoder {
    pub(super) fn new(layout: Arc<Layout>, text: Utf8Buffer, rows: Rows, start: Option<u64>) -> Self {
        Self { layout, text, rows, start, at: 0, number: 0, ended: false }
    }

    fn batch(&mut self) -> Result<Decoded> {
        let (layout, text) = (Arc::clone(&self.layout), self.text.clone());
        let first = self.at;
        let mut run = Run {
            layout: &layout,
            source: text.text(),
            columns: Columns::new(&layout, &text),
            entries: Vec::new(),
            rows: Vec::new(),
            seen: vec![0; layout.tree.len()],
            objects: 0,
            values: 0,
            before: 0,
            unescaped: String::new(),
        };
        let walked = self.rows.each(text.text(), self.at, self.number, |walk| run.row(walk));
        (self.at, self.number) = walked.map_err(|fault| {
            let place = place_of(text.bytes(), first, fault.at, self.start, Some(run.rows.len().saturating_sub(1)));
            self.ended = true;
            fault.tell(|node| layout.tree.path(node), place)
        })?;
        let is_last = match &self.rows {
            Rows::Lines => self.at >= text.bytes().len(),
            Rows::At(ranges) => self.number >= ranges.len(),
        };
        if is_last {
            self.at = text.bytes().len();
            self.ended = true;
        }
        let batch = run.columns.finish(&layout, &layout.schema)?;
        let lines = Lines {
            range: first..self.at,
            entries: run.entries,
            rows: run.rows,
            start: self.start,
            text: self.text.clone(),
        };
        Ok(Decoded { batch, carried: Carried::Json(Arc::new(lines)) })
    }
}

impl Iterator for Decoder {
    type Item = Result<Decoded>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.ended).then(|| self.batch())
    }
}

/// Rows on their way into a batch.
struct Run<'r> {
    layout: &'r Layout,
    source: &'r str,
    columns: Columns,
    entries: Vec<Entry>,
    rows: Vec<u32>,
    /// For each place, in which object it was met last.
    seen: Vec<u64>,
    objects: u64,
    /// How many values there are, missing ones included; and how many there were before this row.
    values: usize,
    before: usize,
    unescaped: String,
}

/// An object or a list that the run is in.
#[derive(Debug, Clone, Copy)]
struct Frame {
    node: u32,
    object: u64,
    /// Its entry; none if it has none.
    entry: Option<usize>,
    /// What its elements are counted as.
    elements: usize,
}

impl<'r> Run<'r> {
    /// Goes through a row, and says whether there is room for another.
    fn row(&mut self, walk: &mut Walk<'r>) -> Result<bool, Fault> {
        self.rows.push(walk.at() as u32);
        expect_object(walk)?;
        self.before = self.values;
        self.count(0, walk.at())?;
        walk.value(self, ROOT)?;
        Ok(self.values < BATCH)
    }

    /// Counts a row or an element.
    #[inline]
    fn count(&mut self, context: usize, at: usize) -> Result<(), Fault> {
        self.columns.counts[context] += 1;
        self.values += self.layout.weight(context);
        if self.values - self.before > MOST_VALUES { Err(Fault::new(at, Misfit::Values)) } else { Ok(()) }
    }

    /// Whether a value needs an entry: whether it may be replaced, or left out beside others that stay.
    #[inline]
    fn has_entry(&self, node: u32, role: Role) -> bool {
        role == Role::Read || (self.layout.leaves_out && self.layout.tree.node(node).is_column()) || node == ROOT
    }

    /// Whether the rules are for the parts of the values at a place, not for the values.
    fn has_parts(&self, node: u32) -> bool {
        matches!(self.layout.tree.node(node).shape, Shape::Object | Shape::List)
    }

    fn push(&mut self, node: u32, from: usize, range: Range<usize>) {
        let Range { start, end } = range;
        let [from, start, end] = [from, start, end].map(|at| at as u32);
        self.entries.push(Entry { node, from, start, end, inside: 0 });
    }

    /// Puts a value into its column.
    fn read(&mut self, node: u32, value: Member, range: Range<usize>) -> Result<(), Fault> {
        let layout = self.layout;
        let place = self.columns.counts[layout.context(node)] - 1;
        let misfit = Fault::new(range.start, Misfit::Kind).of(node);
        let Some(column) = self.columns.column(node) else { return Ok(()) };
        let is_raw = layout.tree.node(node).shape == Shape::Raw;
        let written = || self.source.get(range.clone()).unwrap_or_default();
        match (column.at(place), value) {
            (Values::Text(builder), Member::Empty(_) | Member::Scalar(Kind::Null)) => builder.push_null(),
            (Values::Text(builder), _) if is_raw => builder.push_shared(range),
            (Values::Text(builder), Member::Scalar(Kind::Text { escaped: false })) => {
                builder.push_shared(range.start + 1..range.end - 1);
            }
            (Values::Text(builder), Member::Scalar(Kind::Text { escaped: true })) => {
                self.unescaped.clear();
                unescape(self.source.get(range.start + 1..range.end - 1).unwrap_or_default(), &mut self.unescaped);
                builder.push(&self.unescaped);
            }
            (Values::Text(builder), Member::Scalar(_)) => builder.push_shared(range),
            (Values::Integer(values, nulls), Member::Scalar(Kind::Number)) => {
                values.push(integer(written()).ok_or(misfit)?);
                nulls.append_non_null();
            }
            (Values::Float(values, nulls), Member::Scalar(Kind::Number)) => {
                values.push(float(written()).ok_or(misfit)?);
                nulls.append_non_null();
            }
            (Values::Boolean(values, nulls), Member::Scalar(Kind::Boolean)) => {
                values.append(written() == "true");
                nulls.append_non_null();
            }
            (Values::Object(nulls), Member::Empty(Part::Object)) => nulls.append_non_null(),
            (Values::List(lengths, nulls), Member::Empty(Part::List)) => {
                lengths.push(0);
                nulls.append_non_null();
            }
            (values, Member::Empty(_) | Member::Scalar(Kind::Null)) => values.push_null(),
            _ => return Err(misfit),
        }
        Ok(())
    }
}

/// A whole number in the one spelling that it has.
fn integer(text: &str) -> Option<i64> {
    if text == "-0" { None } else { text.parse().ok() }
}

fn float(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

impl Visitor for Run<'_> {
    type Node = u32;
    type Frame = Frame;
    type Fault = Fault;

    fn open(&mut self, node: u32, part: Part, from: usize, start: usize) -> Result<Option<Frame>, Fault> {
        let layout = self.layout;
        let role = layout.role(node);
        let known = layout.tree.node(node);
        match (role, known.shape, part) {
            (Role::Skipped, ..) | (_, Shape::Raw, _) => return Ok(None),
            (_, Shape::Object, Part::Object) | (_, Shape::List, Part::List) => {}
            _ => return Err(Fault::new(start, Misfit::Kind).of(node)),
        }
        let entry = self.has_entry(node, role).then_some(self.entries.len());
        if entry.is_some() {
            self.push(node, from, start..start);
        }
        let mut elements = 0;
        if role == Role::Read {
            let place = self.columns.counts[layout.context(node)] - 1;
            elements = known.element.map_or(0, |element| layout.context(element));
            match self.columns.column(node).map(|column| column.at(place)) {
                Some(Values::Object(nulls)) => nulls.append_non_null(),
                Some(Values::List(lengths, nulls)) => {
                    lengths.push(0);
                    nulls.append_non_null();
                }
                _ => {}
            }
        }
        self.objects += 1;
        Ok(Some(Frame { node, object: self.objects, entry, elements }))
    }

    fn close(&mut self, frame: Frame, end: usize) {
        let length = self.entries.len();
        if let Some((place, entry)) = frame.entry.and_then(|place| Some((place, self.entries.get_mut(place)?))) {
            entry.end = end as u32;
            entry.inside = (length - place - 1) as u32;
        }
    }

    #[inline]
    fn guess(&self, object: Frame, previous: Option<u32>, rest: &[u8]) -> Option<(u32, usize)> {
        self.layout.tree.guess(object.node, previous, rest)
    }

    fn member(&mut self, object: Frame, name: &[u8], at: usize) -> Result<u32, Fault> {
        let member = self.layout.tree.find(object.node, name);
        member.ok_or(Fault::new(at, Misfit::Unknown).of(object.node))
    }

    #[inline]
    fn enter(&mut self, object: Frame, member: u32, from: usize) -> Result<(), Fault> {
        match self.seen.get_mut(member as usize) {
            Some(seen) if *seen != object.object => *seen = object.object,
            _ => return Err(Fault::new(from, Misfit::Twice).of(object.node)),
        }
        Ok(())
    }

    fn element(&mut self, list: Frame, at: usize) -> Result<u32, Fault> {
        let layout = self.layout;
        let element = layout.tree.node(list.node).element.ok_or(Fault::new(at, Misfit::Kind).of(list.node))?;
        if layout.reads(list.node) {
            self.count(list.elements, at)?;
            if let Some(Values::List(lengths, _)) = self.columns.column(list.node).map(Column::last) {
                lengths.last_mut().into_iter().for_each(|length| *length += 1);
            }
        }
        Ok(element)
    }

    fn value(&mut self, node: u32, value: Member, from: usize, range: Range<usize>) -> Result<(), Fault> {
        let role = self.layout.role(node);
        if self.has_entry(node, role) {
            self.push(node, from, range.clone());
        }
        match role {
            Role::Read => self.read(node, value, range),
            Role::Carried if matches!(value, Member::Scalar(kind) if kind != Kind::Null) && self.has_parts(node) => {
                Err(Fault::new(range.start, Misfit::Kind).of(node))
            }
            Role::Carried | Role::Skipped => Ok(()),
        }
    }
}

/// What goes wrong where a text is no UTF-8.
pub(super) fn no_utf8(bytes: &[u8], at: usize, start: Option<u64>) -> Error {
    Error::data("the file is not UTF-8").at(place_of(bytes, 0, at, start, None)).with_help(
        "JSON is read in UTF-8, and in UTF-16 with a byte order mark, whatever encoding its table or `--encoding` names: \
         export it so, or convert it, as by `iconv -f windows-1252 -t utf-8`",
    )
}
