//! Dates of birth: of people who are grown up, in text and as dates.

use std::fmt::Write;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Date32Builder};
use arrow::datatypes::Date32Type;
use chrono::{Datelike, Days, NaiveDate};

use super::coded::push;
use super::kernel::{Compose, Draw, Keys, Word};
use crate::error::Result;
use crate::transform::{Rewritten, Rows, Transform};

/// Days from 1 January 1970 to 1 January 1940, the first of them.
const FIRST: i32 = -10_958;

/// As many days as there are from then to the end of 2004.
const COUNT: u64 = 23_742;

/// Dates in ISO 8601.
pub(super) struct Birth;

impl Compose for Birth {
    fn compose(&self, draw: &Draw, value: &mut String) {
        push_date(value, FIRST + draw.turned(Word::First, COUNT) as i32);
    }

    fn turns(&self) -> u64 {
        COUNT
    }
}

/// Appends the date so many days after 1 January 1970; nothing for a day outside the calendar.
fn push_date(value: &mut String, days: i32) {
    let (epoch, distance) = (NaiveDate::default(), Days::new(days.unsigned_abs().into()));
    let date = if days < 0 { epoch.checked_sub_days(distance) } else { epoch.checked_add_days(distance) };
    if let Some(date) = date {
        match u64::try_from(date.year()) {
            Ok(year @ 0..=9_999) => {
                push(value, year, 4);
                for part in [date.month(), date.day()] {
                    value.push('-');
                    push(value, part.into(), 2);
                }
            }
            _ => {
                let _ = write!(value, "{date}");
            }
        }
    }
}

/// The kernel for columns of dates: a date becomes what its text becomes in a column of texts.
pub(super) struct Births {
    keys: Keys,
}

impl Births {
    pub(super) fn new(keys: Keys) -> Self {
        Self { keys }
    }
}

impl Transform for Births {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        let source = values.as_primitive::<Date32Type>();
        let mut builder = Date32Builder::with_capacity(source.len());
        let mut text = String::new();
        for index in 0..source.len() {
            if source.is_null(index) {
                let drawn =
                    self.keys.null(rows.number(index)).map(|draw| FIRST + draw.turned(Word::First, COUNT) as i32);
                builder.append_option(drawn);
                continue;
            }
            text.clear();
            push_date(&mut text, source.value(index));
            let draw = Draw::of(&self.keys.values.tag(text.as_bytes()), &text);
            let day = |draw: Draw| FIRST + draw.turned(Word::First, COUNT) as i32;
            let made = day(draw);
            builder.append_value(if made == source.value(index) { day(draw.next()) } else { made });
        }
        Ok(Rewritten::all(Arc::new(builder.finish())))
    }
}
