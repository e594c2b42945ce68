use std::ops::Range;

use super::hint::Hint;
use super::text::Text;

/// How far a candidate convinces by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// Nothing, unless a header or a word nearby agrees: then it is certain.
    Weak,
    /// Possible, and nothing makes it certain.
    Capped,
    /// Possible; certain if a header or a word nearby agrees.
    Fair,
    /// Certain.
    Strong,
}

/// What a detector found.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// Which of the detector's kinds it is.
    pub kind: usize,
    /// How far it convinces.
    pub evidence: Evidence,
    /// How often a random value of the same shape would pass as one, from 0 to 1.
    pub odds: f64,
    /// Whether it is in a range that standards keep for examples and tests.
    pub reserved: bool,
}

impl Candidate {
    /// A candidate of the detector's first kind.
    pub fn new(range: Range<usize>, evidence: Evidence, odds: f64) -> Self {
        Self { range, kind: 0, evidence, odds, reserved: false }
    }

    /// The same, of another kind.
    #[must_use]
    pub fn of_kind(self, kind: usize) -> Self {
        Self { kind, ..self }
    }

    /// The same, in a range kept for examples, if so.
    #[must_use]
    pub fn reserved(self, reserved: bool) -> Self {
        Self { reserved, ..self }
    }
}

/// A candidate and the detector that found it.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub candidate: Candidate,
    /// The place of the detector among all detectors.
    pub detector: usize,
    /// The place of its kind among all kinds.
    pub cue: usize,
}

/// Where a detector tells what it found.
pub struct Sink<'a> {
    pub(super) told: &'a mut Vec<Told>,
    pub(super) hint: &'a Hint,
    pub(super) detector: usize,
    pub(super) first_cue: usize,
    /// Whether, of what takes up the whole text, only the best is asked for.
    pub(super) best_only: bool,
}

impl Sink<'_> {
    /// Tells of a candidate.
    #[inline]
    pub fn tell(&mut self, candidate: Candidate) {
        let cue = self.first_cue + candidate.kind;
        self.told.push(Told { candidate, detector: self.detector, cue });
    }

    /// Whether, of candidates that all take up this range, only the best by evidence, odds and kind has to be told, and none
    /// that is weak and that the header does not name: the range is the whole text, in which no word can agree.
    #[inline]
    pub fn takes_the_best(&self, text: &Text<'_>, range: &Range<usize>) -> bool {
        self.best_only && range.len() == text.survey.length
    }

    /// Whether the column's header names this kind of the detector's.
    #[inline]
    pub fn hinted(&self, kind: usize) -> bool {
        self.hint.has(self.first_cue + kind)
    }
}
