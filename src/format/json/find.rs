//! The first pass over a file: which paths are there, and what stands at them.

use std::ops::Range;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::cut::Cut;
use super::decode::no_utf8;
use super::fault::{Fault, Misfit};
use super::lines::place_of;
use super::rows::expect_object;
use super::tree::{Met, ROOT, Tree};
use crate::detect::{Found, Grade, Hint, ScanOptions, Scanner};
use crate::error::{Place, Result};
use crate::json::{Kind, Member, Part, Visitor, Walk};

/// How many paths a file may have.
const MOST_PATHS: usize = 16_384;

/// How many names an object inside a row may have, over all rows: with more, they are data.
const MOST_NAMES: usize = 512;

/// The longest name of a member, in bytes.
const LONGEST_NAME: usize = 256;

/// How many digits in a row the name of a member may have before it is taken for data.
const MOST_DIGITS: usize = 4;

/// How many digits every floating-point number can keep.
const EXACT_DIGITS: usize = 15;

/// The search for the paths of a file, piece after piece.
pub(super) struct Search {
    pub(super) tree: Tree,
    rows: u64,
    lines: u64,
}

impl Default for Search {
    fn default() -> Self {
        Self { tree: Tree::new(), rows: 0, lines: 0 }
    }
}

/// What was found in a piece.
struct Piece {
    tree: Tree,
    rows: u64,
    lines: u64,
}

impl Search {
    /// Adds pieces in their order, each of which is searched on a thread of its own.
    ///
    /// # Errors
    /// The first fault.
    pub(super) fn add(&mut self, cuts: &[Cut]) -> Result<()> {
        for piece in cuts.par_iter().map(search).collect::<Vec<_>>() {
            let piece = piece.map_err(|error| error.after(self.rows, self.lines))?;
            self.tree.merge(&piece.tree.after(self.rows, self.lines), MOST_NAMES);
            self.rows += piece.rows;
            self.lines += piece.lines;
            if self.tree.len() > MOST_PATHS {
                return Err(Fault::new(0, Misfit::Paths).tell(|node| self.tree.path(node), Place::default()));
            }
        }
        Ok(())
    }
}

fn search(cut: &Cut) -> Result<Piece> {
    let bytes = &cut.bytes;
    let text = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(no_utf8(bytes, error.valid_up_to(), cut.start)),
    };
    let mut finder = Finder::new(cut.start);
    let found = cut.rows.each(text, 0, 0, |walk| {
        finder.rows += 1;
        finder.row(text, walk).map(|()| true)
    });
    let rows = finder.rows;
    match found {
        Ok(_) => Ok(Piece { tree: finder.tree, rows, lines: memchr::memchr_iter(b'\n', bytes).count() as u64 }),
        Err(fault) => {
            let place = place_of(bytes, 0, fault.at, cut.start, Some(rows.max(1) as usize - 1));
            Err(fault.tell(|node| finder.tree.path(node), place))
        }
    }
}

/// Finds the paths of objects, object after object.
struct Finder {
    tree: Tree,
    /// For each place, in which object it was met last.
    seen: Vec<u64>,
    objects: u64,
    /// The place of the text in its file, and the rows of it that were begun.
    start: Option<u64>,
    rows: u64,
    /// Up to which byte lines are counted, and how many there are.
    counted: (usize, u64),
    /// Made when a name is met that might be data.
    scanner: Option<Scanner>,
    found: Found,
}

/// An object or a list that the finder is in.
#[derive(Debug, Clone, Copy)]
struct Frame {
    node: u32,
    object: u64,
}

impl Finder {
    fn new(start: Option<u64>) -> Self {
        Self {
            tree: Tree::new(),
            seen: vec![0],
            objects: 0,
            start,
            rows: 0,
            counted: (0, 0),
            scanner: None,
            found: Found::default(),
        }
    }

    /// Notes what was met at a place among the paths and at a byte of `source`.
    fn meet(&mut self, node: u32, met: Met, source: &str, at: usize) {
        if !self.tree.node(node).met.has(met.class()) {
            let (counted, lines) = self.counted;
            let between = source.as_bytes().get(counted.min(at)..counted.max(at)).unwrap_or_default();
            let more = memchr::memchr_iter(b'\n', between).count() as u64;
            // A row may be gone through again.
            let lines = if at < counted { lines - more } else { lines + more };
            self.counted = (at, lines);
            let byte = self.start.map(|start| start + at as u64);
            let place = Place { line: Some(lines + 1), record: Some(self.rows), byte, ..Place::default() };
            self.tree.note(node, met.class(), place);
        }
        self.tree.meet(node, met);
    }

    /// Goes through a row of `source`, where the walk stands.
    fn row<'t>(&mut self, source: &'t str, walk: &mut Walk<'t>) -> Result<(), Fault> {
        expect_object(walk)?;
        let start = walk.at();
        loop {
            let mut at = At { finder: self, source, again: false };
            let walked = walk.value(&mut at, ROOT);
            if !at.again {
                return walked;
            }
            walk.set(source, start);
        }
    }

    /// Whether the name of a new member is data.
    fn is_data(&mut self, object: u32, name: &str) -> bool {
        let is_word = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-');
        let tells = !name.as_bytes().iter().all(is_word) && {
            let scanner = self.scanner.get_or_insert_with(|| Scanner::new(&ScanOptions::default()));
            let hits = scanner.scan(name, &Hint::default(), &mut self.found);
            hits.iter().any(|hit| hit.grade == Grade::Certain)
        };
        tells
            || name.len() > LONGEST_NAME
            || (object != ROOT && (has_digits(name) || self.tree.node(object).members.len() >= MOST_NAMES))
    }
}

/// Whether a name is a number, or has one in it that names have not.
fn has_digits(name: &str) -> bool {
    let longest = name.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
    longest > MOST_DIGITS || (longest > 0 && longest == name.len())
}

/// What a number is by its spelling.
fn number(text: &str) -> Met {
    if text.contains(['e', 'E']) {
        let digits = text.split(['e', 'E']).next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).count();
        let is_finite = text.parse::<f64>().is_ok_and(f64::is_finite);
        let mut met = Met::EXPONENT;
        met.add(if digits > EXACT_DIGITS || !is_finite { Met::LONG } else { Met::NOTHING });
        return met;
    }
    if text.contains('.') || text == "-0" {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        return if digits > EXACT_DIGITS { Met::LONG } else { Met::DECIMAL };
    }
    if text.parse::<i64>().is_ok() { Met::INTEGER } else { Met::LONG }
}

/// A finder at work on a text.
struct At<'f, 't> {
    finder: &'f mut Finder,
    source: &'t str,
    /// Whether an object turned out to have names that are data, so that the row is gone through again without it.
    again: bool,
}

impl Visitor for At<'_, '_> {
    type Node = u32;
    type Frame = Frame;
    type Fault = Fault;

    fn open(&mut self, node: u32, part: Part, _: usize, start: usize) -> Result<Option<Frame>, Fault> {
        let finder = &mut *self.finder;
        let met = if part == Part::Object { Met::OBJECT } else { Met::LIST };
        finder.meet(node, met, self.source, start);
        if finder.tree.node(node).met.has(Met::NAMES) {
            return Ok(None);
        }
        if finder.tree.len() > MOST_PATHS {
            return Err(Fault::new(start, Misfit::Paths));
        }
        finder.objects += 1;
        Ok(Some(Frame { node, object: finder.objects }))
    }

    fn close(&mut self, _: Frame, _: usize) {}

    fn guess(&self, object: Frame, previous: Option<u32>, rest: &[u8]) -> Option<(u32, usize)> {
        self.finder.tree.guess(object.node, previous, rest)
    }

    fn member(&mut self, object: Frame, name: &[u8], at: usize) -> Result<u32, Fault> {
        let finder = &mut *self.finder;
        if let Some(member) = finder.tree.find(object.node, name) {
            return Ok(member);
        }
        let name = std::str::from_utf8(name).unwrap_or_default();
        if finder.is_data(object.node, name) {
            finder.meet(object.node, Met::NAMES, self.source, at);
            self.again = object.node != ROOT;
            return Err(Fault::new(at, Misfit::Names));
        }
        let member = finder.tree.add_member(object.node, name);
        finder.seen.resize(finder.tree.len(), 0);
        Ok(member)
    }

    fn enter(&mut self, object: Frame, member: u32, from: usize) -> Result<(), Fault> {
        match self.finder.seen.get_mut(member as usize) {
            Some(seen) if *seen != object.object => *seen = object.object,
            _ => return Err(Fault::new(from, Misfit::Twice).of(object.node)),
        }
        Ok(())
    }

    fn element(&mut self, list: Frame, _: usize) -> Result<u32, Fault> {
        let finder = &mut *self.finder;
        let element = finder.tree.add_element(list.node);
        finder.seen.resize(finder.tree.len(), 0);
        Ok(element)
    }

    fn value(&mut self, node: u32, value: Member, _: usize, range: Range<usize>) -> Result<(), Fault> {
        let at = range.start;
        let met = match value {
            Member::Scalar(Kind::Text { .. }) => Met::STRING,
            Member::Scalar(Kind::Boolean) => Met::BOOLEAN,
            Member::Scalar(Kind::Number) => number(self.source.get(range).unwrap_or_default()),
            Member::Scalar(Kind::Null) | Member::Empty(_) | Member::Whole(_) => return Ok(()),
        };
        self.finder.meet(node, met, self.source, at);
        Ok(())
    }
}
