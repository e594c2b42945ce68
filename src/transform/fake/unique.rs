//! `unique = true`: no two numbers have one fake, by arithmetic.
//!
//! A hash into a list or a notation meets itself: among a million fakes drawn from a thousand million, some five hundred
//! pairs are equal. So the part of the fake that tells it from all others is not drawn here but is the image of the
//! source number under a keyed permutation. That takes a source whose values can be counted: whole numbers from 0 to
//! below the half of the fakes there are. Any other value does not conform, and nothing is published with it.
//!
//! Why the half: each number has two fakes of its own, the images `2p` and `2p + 1` of its place `p`, so that where
//! one of them is the very value it is to hide the other stands in, and nobody else's is touched.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef};

use super::kernel::{Compose, Draw, Keys};
use crate::error::{Error, Result};
use crate::key::{Permutation, Purpose, SMALLEST_DOMAIN};
use crate::transform::text::{as_text, text};
use crate::transform::{Rewritten, Rows, Site, Transform};
use crate::unchecked::TextBuilder;

/// How many fakes of a kind there must be: two for each number of the smallest domain that may be permuted.
pub(super) const LEAST: u64 = 2 * SMALLEST_DOMAIN as u64;

/// How many numbers can have a fake of their own where there are so many fakes.
pub(super) fn numbers(turns: u64) -> u64 {
    turns / 2
}

/// The kernel of unique fakes.
pub(super) struct Unique {
    parts: Box<dyn Compose>,
    keys: Keys,
    permutation: Permutation,
    numbers: u64,
    /// The column whose numbers the fakes are for; without one, the column itself.
    of: Option<String>,
}

impl Unique {
    pub(super) fn new(parts: Box<dyn Compose>, site: &Site<'_>, context: &str, of: Option<String>) -> Self {
        let numbers = numbers(parts.turns());
        let last = u128::from(numbers).saturating_sub(1);
        let permutation = site.keys.permutation(Purpose::Fake, &format!("{context} unique"), last);
        Self { keys: Keys::new(site, context), permutation, numbers, parts, of }
    }
}

/// Reads a whole number as it is written canonically: digits, and no zero in front.
fn whole(text: &str) -> Option<u64> {
    let canonical = text == "0" || !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if canonical { text.parse().ok() } else { None }
}

impl Transform for Unique {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let source = text(values)?;
        let other = match &self.of {
            None => None,
            Some(of) => {
                let missing = || Error::internal("a unique fake was not given the column that it is of");
                Some(text(&as_text(rows.original(of).ok_or_else(missing)?)?)?.clone())
            }
        };
        let number = |index: usize| -> Option<(&str, u64)> {
            let text = match &other {
                None => source.value(index),
                Some(other) => {
                    let row = rows.row(index);
                    if other.is_null(row) {
                        return None;
                    }
                    other.value(row)
                }
            };
            whole(text).filter(|number| *number < self.numbers).map(|number| (text, number))
        };
        let valid = || (0..source.len()).filter(|index| source.is_valid(*index));
        let mut places: Vec<u128> = valid().filter_map(number).map(|(_, number)| u128::from(number)).collect();
        self.permutation.apply(&mut places);
        let mut places = places.into_iter();
        let mut invalid = Vec::new();
        let mut builder = TextBuilder::new(source.len());
        let mut fake = String::new();
        for index in 0..source.len() {
            if source.is_null(index) {
                builder.push_null();
                continue;
            }
            let Some(((written, _), place)) = number(index).and_then(|number| Some((number, places.next()?))) else {
                builder.push_null();
                invalid.push(index);
                continue;
            };
            let draw = Draw::of(&self.keys.values.tag(written.as_bytes()), written);
            fake.clear();
            self.parts.compose(&draw.at(2 * place as u64), &mut fake);
            if fake == source.value(index) {
                fake.clear();
                self.parts.compose(&draw.at(2 * place as u64 + 1), &mut fake);
            }
            builder.push(&fake);
        }
        Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
    }
}
