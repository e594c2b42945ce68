//! The loop over a column of texts: what is found, what is joined, what is put in its place.

use std::ops::Range;

use arrow::array::{Array, ArrayRef, StringViewArray};

use super::kind::place_of;
use super::own::Own;
use super::stand_in::{StandIn, What, With};
use crate::detect::{Entity, Found, Grade, Hint, Scanner};
use crate::error::{Error, Result};
use crate::transform::text::{as_text, rewrite_text, text};
use crate::transform::{Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// What stands where nothing else can: it has no letter and no digit, so that it holds no value.
const BLANK: &str = "***";

/// Takes what is found out of texts.
pub(super) struct Redactor {
    /// None, if nothing is to be found but the row's own values.
    pub(super) scanner: Option<Scanner>,
    pub(super) hint: Hint,
    pub(super) grade: Grade,
    pub(super) also: Vec<String>,
    pub(super) local_part: bool,
    pub(super) with: With,
    pub(super) stand_in: StandIn,
}

/// A piece of a text that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    range: Range<usize>,
    what: What,
}

/// The memory of a batch.
#[derive(Default)]
struct Scratch {
    found: Found,
    own: Own,
    pieces: Vec<Piece>,
    text: String,
    stand_in: String,
}

impl Transform for Redactor {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let missing = || Error::internal("a column that `redact` reads is not there");
        let originals: Vec<ArrayRef> = self
            .also
            .iter()
            .map(|column| rows.original(column).ok_or_else(missing).and_then(as_text))
            .collect::<Result<_>>()?;
        let originals: Vec<&StringViewArray> = originals.iter().map(text).collect::<Result<_>>()?;
        let outputs: Vec<ArrayRef> = match self.with {
            With::Fake => self
                .also
                .iter()
                .map(|column| rows.output(column).ok_or_else(missing).and_then(as_text))
                .collect::<Result<_>>()?,
            _ => Vec::new(),
        };
        let outputs: Vec<&StringViewArray> = outputs.iter().map(text).collect::<Result<_>>()?;
        let mut scratch = Scratch::default();
        let mut last = None;
        rewrite_text(values, TextBuilder::new(values.len()), |index, value, builder| {
            let row = rows.row(index);
            if last != Some(row) {
                last = Some(row);
                scratch.own.clear();
                for (column, originals) in originals.iter().enumerate() {
                    if let Some(own) = at(originals, row) {
                        scratch.own.add(column, own, self.local_part);
                    }
                }
            }
            self.find(value, &mut scratch);
            if scratch.pieces.is_empty() {
                builder.push(value);
            } else {
                let output = |column: usize| outputs.get(column).and_then(|outputs| at(outputs, row));
                self.put_in(value, output, &mut scratch);
                builder.push(&scratch.text);
            }
            true
        })
    }
}

/// The value in a row, if there is one.
fn at(values: &StringViewArray, row: usize) -> Option<&str> {
    (row < values.len() && values.is_valid(row)).then(|| values.value(row))
}

impl Redactor {
    /// Finds the pieces of a text that go, in order; none overlaps another.
    fn find(&self, text: &str, scratch: &mut Scratch) {
        let Scratch { found, own, pieces, .. } = scratch;
        pieces.clear();
        pieces
            .extend(own.search(text).iter().map(|hit| Piece { range: hit.range.clone(), what: What::Own(hit.source) }));
        join(pieces);
        let Some(scanner) = &self.scanner else { return };
        let owns = pieces.len();
        for hit in scanner.scan(text, &self.hint, found).iter().filter(|hit| hit.grade >= self.grade) {
            let Some(kind) = place_of(hit.entity) else { continue };
            let own = pieces.get(..owns).unwrap_or_default();
            let touches = |piece: &&Piece| piece.range.start < hit.range.end && hit.range.start < piece.range.end;
            if hit.entity == Entity::PersonName && own.iter().any(|piece| touches(&piece)) {
                let rest = rest_of(text, &hit.range, own.iter().filter(touches));
                pieces.extend(rest.into_iter().map(|range| Piece { range, what: What::RestOfName }));
            } else {
                pieces.push(Piece { range: hit.range.clone(), what: What::Kind(kind) });
            }
        }
        join(pieces);
    }

    /// Writes the text with something else in place of its pieces, and makes sure that none of the row's own values is
    /// in it: not in what was put in, nor in what came to stand side by side.
    fn put_in<'o>(&self, text: &str, output: impl Fn(usize) -> Option<&'o str>, scratch: &mut Scratch) {
        let Scratch { own, pieces, text: made, stand_in, .. } = scratch;
        made.clear();
        let mut from = 0;
        for Piece { range, what } in pieces.iter() {
            made.push_str(text.get(from..range.start).unwrap_or_default());
            from = range.end;
            let output = match what {
                What::Own(source) => output(source.column),
                _ => None,
            };
            let found = text.get(range.clone()).unwrap_or_default();
            stand_in.clear();
            self.stand_in.push(*what, found, output, stand_in);
            if stand_in == found || !own.is_empty() && !own.search(stand_in).is_empty() {
                stand_in.clear();
                self.stand_in.push_tag(*what, stand_in);
            }
            made.push_str(stand_in);
        }
        made.push_str(text.get(from..).unwrap_or_default());
        if own.is_empty() {
            return;
        }
        // Each round takes letters or digits away and puts none in, so that it comes to an end.
        loop {
            pieces.clear();
            pieces.extend(
                own.search(made).iter().map(|hit| Piece { range: hit.range.clone(), what: What::Own(hit.source) }),
            );
            if pieces.is_empty() {
                return;
            }
            join(pieces);
            pieces.iter().rev().for_each(|piece| made.replace_range(piece.range.clone(), BLANK));
        }
    }
}

/// Joins pieces that overlap; what the longer one is, the whole is, and of two of one length the first in the list.
fn join(pieces: &mut Vec<Piece>) {
    if pieces.len() < 2 {
        return;
    }
    pieces.sort_by_key(|piece| piece.range.start);
    let mut longest = 0;
    pieces.dedup_by(|next, kept| {
        longest = if longest == 0 { kept.range.len() } else { longest };
        if next.range.start >= kept.range.end {
            longest = next.range.len();
            return false;
        }
        if next.range.len() > longest {
            longest = next.range.len();
            kept.what = next.what;
        }
        kept.range.end = kept.range.end.max(next.range.end);
        true
    });
}

/// What is left of a range between pieces in it, without what is no letter and no digit at its ends.
fn rest_of<'p>(text: &str, range: &Range<usize>, pieces: impl Iterator<Item = &'p Piece>) -> Vec<Range<usize>> {
    let mut rest = Vec::new();
    let mut from = range.start;
    for end in pieces.map(|piece| piece.range.clone()).chain(std::iter::once(range.end..range.end)) {
        let left = text.get(from..end.start).unwrap_or_default();
        let bare = left.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = from + left.len() - bare.len();
        let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !bare.is_empty() {
            rest.push(start..start + bare.len());
        }
        from = end.end.max(from);
    }
    rest
}
