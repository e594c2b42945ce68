use std::collections::BTreeMap;

use super::super::Site;
use super::super::tally::{SHOWN, append_sites};
use crate::error::Shape;

/// How many different suspects of one column are kept.
const MOST: usize = 100_000;

/// A run of words of the output that is in the filter, and where it stands.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Suspect {
    pub(in crate::verify) hits: u64,
    pub(in crate::verify) cells: u64,
    pub(in crate::verify) sites: Vec<Site>,
    last: Option<usize>,
}

/// The suspects of a column of the output.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Suspects {
    pub(in crate::verify) runs: BTreeMap<Box<str>, Suspect>,
    /// Hits of suspects that were not kept, because there were too many others.
    pub(in crate::verify) beyond: u64,
}

impl Suspects {
    pub(in crate::verify) fn note(
        &mut self,
        run: &str,
        cell: usize,
        place: impl FnOnce() -> (Option<u64>, Option<u64>),
    ) {
        if !self.runs.contains_key(run) && self.runs.len() >= MOST {
            self.beyond += 1;
            return;
        }
        let suspect = self.runs.entry(run.into()).or_default();
        suspect.hits += 1;
        if suspect.last != Some(cell) {
            suspect.last = Some(cell);
            suspect.cells += 1;
        }
        if suspect.sites.len() < SHOWN {
            let (row, line) = place();
            suspect.sites.push(Site { row, line, shape: Shape::of(run).to_string() });
        }
    }

    /// Adds those of the block that follows; its rows and lines count from its start.
    pub(in crate::verify) fn append(&mut self, next: Self, rows: u64, lines: u64) {
        self.beyond += next.beyond;
        for (run, found) in next.runs {
            if !self.runs.contains_key(&run) && self.runs.len() >= MOST {
                self.beyond += found.hits;
                continue;
            }
            let suspect = self.runs.entry(run).or_default();
            suspect.hits += found.hits;
            suspect.cells += found.cells;
            suspect.last = None;
            append_sites(&mut suspect.sites, found.sites, rows, lines);
        }
    }
}
