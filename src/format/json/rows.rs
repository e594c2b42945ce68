//! Where the rows of a text are.

use std::ops::Range;
use std::sync::Arc;

use super::fault::{Fault, LARGEST_ROW, Misfit};
use crate::json::Walk;

/// How the rows of a file are told apart.
#[derive(Debug, Clone)]
pub(super) enum Rows {
    /// One a line.
    Lines,
    /// At these bytes of the text, as who cut it has found out.
    At(Arc<[Range<usize>]>),
}

impl Rows {
    /// The next stretch of a text that may hold a row, from `at` on; `number` is that of the next one.
    fn stretch(&self, source: &str, at: usize, number: usize) -> Option<Range<usize>> {
        match self {
            Self::Lines if at >= source.len() => None,
            Self::Lines => {
                let rest = source.as_bytes().get(at..).unwrap_or_default();
                Some(at..memchr::memchr(b'\n', rest).map_or(source.len(), |end| at + end))
            }
            Self::At(ranges) => ranges.get(number).cloned(),
        }
    }

    /// How many rows a text has.
    pub(super) fn count(&self, bytes: &[u8]) -> u64 {
        match self {
            Self::Lines => {
                bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count() as u64
            }
            Self::At(ranges) => ranges.len() as u64,
        }
    }

    /// Goes through the rows of a text from `at` on, the first of which has this number, as long as `go_on` says so, and
    /// gives back where it came to. `row` goes through the object that is to begin where the walk stands.
    ///
    /// # Errors
    /// The first fault.
    pub(super) fn each<'t>(
        &self,
        source: &'t str,
        mut at: usize,
        mut number: usize,
        mut row: impl FnMut(&mut Walk<'t>) -> Result<bool, Fault>,
    ) -> Result<(usize, usize), Fault> {
        let mut walk = Walk::new(source);
        while let Some(stretch) = self.stretch(source, at, number) {
            if stretch.len() > LARGEST_ROW {
                return Err(Fault::new(stretch.start, Misfit::Large));
            }
            walk.set(source.get(..stretch.end).unwrap_or_default(), stretch.start);
            walk.blanks();
            let is_blank = walk.at() == stretch.end;
            let mut goes_on = true;
            if !is_blank {
                goes_on = row(&mut walk)?;
                walk.blanks();
                if walk.at() < stretch.end {
                    return Err(Fault::new(walk.at(), Misfit::After));
                }
            }
            number += 1;
            at = match self {
                Self::Lines => stretch.end + 1,
                Self::At(_) => stretch.end,
            };
            if !goes_on {
                break;
            }
        }
        Ok((at, number))
    }
}

/// A row is an object.
pub(super) fn expect_object(walk: &Walk<'_>) -> Result<(), Fault> {
    if walk.byte() == Some(b'{') { Ok(()) } else { Err(Fault::new(walk.at(), Misfit::NoObject)) }
}
