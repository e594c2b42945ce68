use std::collections::BTreeMap;

use crate::detect::{Entity, Grade, Hit};
use crate::error::Shape;

use super::Site;
use super::shapes::{Lengths, Shapes};
use super::survivors::Suspect;

/// How many hits of a kind are shown of a column. All are counted.
pub(super) const SHOWN: usize = 10;

/// A kind of thing that is counted together. The order is that of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// What a detector finds.
    Hit { entity: Entity, kind: &'static str, grade: Grade, reserved: bool },
    /// What the own pattern with this place finds.
    Pattern(usize),
    /// What is not as the column's rule would make it.
    Rule(&'static str),
    /// Values of the column of the source with this place; whether they may be there by chance.
    Survivor { column: usize, by_chance: bool },
}

impl From<&Hit> for Kind {
    fn from(hit: &Hit) -> Self {
        Self::Hit { entity: hit.entity, kind: hit.kind, grade: hit.grade, reserved: hit.reserved }
    }
}

/// How much there is of a kind, and where the first are.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) hits: u64,
    pub(super) cells: u64,
    /// The greatest odds of any hit.
    pub(super) odds: f64,
    pub(super) sites: Vec<Site>,
    /// The hits that take up their cells, and how long they are.
    pub(super) whole: u64,
    pub(super) lengths: Lengths,
    /// The cell of the last hit, so that a cell with two counts once.
    last: Option<usize>,
}

/// Everything that was found in one column or elsewhere, by kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tallies {
    pub(super) kinds: BTreeMap<Kind, Tally>,
    /// Hits that the allow list or the rules explain.
    pub(super) allowed: u64,
    /// Values, nulls left out.
    pub(super) cells: u64,
    pub(super) nulls: u64,
    /// What the cells that were scanned are like.
    pub(super) shapes: Shapes,
}

/// Adds the places of what follows, which count from its start, up to as many as are shown.
pub(super) fn append_sites(sites: &mut Vec<Site>, next: Vec<Site>, rows: u64, lines: u64) {
    let room = SHOWN.saturating_sub(sites.len());
    sites.extend(next.into_iter().take(room).map(|site| Site {
        row: site.row.map(|row| row + rows),
        line: site.line.map(|line| line + lines),
        ..site
    }));
}

impl Tallies {
    /// Notes a hit in a cell. `place` gives row and line, and is only asked for the first few.
    pub(super) fn note(
        &mut self,
        kind: Kind,
        odds: f64,
        cell: usize,
        text: &str,
        place: impl FnOnce() -> (Option<u64>, Option<u64>),
    ) -> &mut Tally {
        let tally = self.kinds.entry(kind).or_default();
        tally.hits += 1;
        tally.odds = tally.odds.max(odds);
        if tally.last != Some(cell) {
            tally.last = Some(cell);
            tally.cells += 1;
        }
        if tally.sites.len() < SHOWN {
            let (row, line) = place();
            tally.sites.push(Site { row, line, shape: Shape::of(text).to_string() });
        }
        tally
    }

    /// Adds what was found in the block that follows; its rows and lines count from its start.
    pub(super) fn append(&mut self, next: Self, rows: u64, lines: u64) {
        self.allowed += next.allowed;
        self.cells += next.cells;
        self.nulls += next.nulls;
        self.shapes.append(&next.shapes);
        for (kind, found) in next.kinds {
            let tally = self.kinds.entry(kind).or_default();
            tally.hits += found.hits;
            tally.cells += found.cells;
            tally.odds = tally.odds.max(found.odds);
            tally.whole += found.whole;
            tally.lengths.join(found.lengths);
            tally.last = None;
            append_sites(&mut tally.sites, found.sites, rows, lines);
        }
    }

    /// Notes values of the source, all hits of one at once.
    pub(super) fn survive(&mut self, kind: Kind, suspect: &Suspect) {
        let tally = self.kinds.entry(kind).or_default();
        tally.hits += suspect.hits;
        tally.cells += suspect.cells;
        tally.sites.extend_from_slice(&suspect.sites);
        tally.sites.sort();
        tally.sites.truncate(SHOWN);
    }
}
