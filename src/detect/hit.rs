use std::ops::Range;

use serde::Serialize;

use super::Entity;

/// How sure a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// It has the shape, and chance or something else may be the reason.
    Possible,
    /// Chance is no explanation.
    Certain,
}

/// A piece of personal or secret data in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What it is.
    pub entity: Entity,
    /// The name of the detector that found it.
    pub detector: &'static str,
    /// The name of the kind, where the detector tells several apart; else that of the detector.
    pub kind: &'static str,
    /// How sure it is.
    pub grade: Grade,
    /// Where it is, in bytes. Starts and ends on characters.
    pub range: Range<usize>,
    /// How often a random value of the same shape would pass as one, from 0 to 1. Many hits in a column that are
    /// unlikely one by one are certain together.
    pub odds: f64,
    /// Whether it is in a range that standards keep for examples and tests, so that it is nobody's.
    pub reserved: bool,
    /// The place of its kind among all kinds.
    pub(super) order: usize,
}
