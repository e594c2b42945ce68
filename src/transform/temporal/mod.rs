//! Dates and times, however a column holds them: what kernels over dates share.
//!
//! A [`Change`] is a function of one day of the calendar. It is applied to text in ISO 8601 ([`iso`]), to text in a
//! declared format ([`format`]) and to every date and timestamp type of Arrow, and means the same in all of them. What
//! a kernel may do to the time of day is little, and said once a column by its [`Clock`].

mod calendar;
mod format;
mod iso;
mod layout;

use arrow::array::ArrayRef;
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Date64Type, TimeUnit, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType,
};

pub(super) use calendar::Date;

use super::primitive::rewrite_primitive;
use super::text::rewrite_text;
use super::{Complaint, Params, Rewritten, Span, Value, is_text};
use crate::error::{Error, Result};
use crate::unchecked::TextBuilder;
use format::Format;
pub(crate) use iso::read_day;
pub(super) use iso::write_day;

/// The types a date kernel takes, for a message.
pub(super) const TAKES: &str = "dates and timestamps, or dates in text";

/// How much of the time of day stays. What does not stay becomes zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// All of it.
    Whole,
    /// The hour.
    Hour,
    /// Nothing: midnight.
    Midnight,
}

/// What is done to the dates of a column.
pub(super) trait Change {
    /// How much of the time of day stays.
    fn clock(&self) -> Clock;

    /// What becomes of the date of value `index`, or nothing if the value does not conform.
    fn date(&mut self, index: usize, date: Date) -> Option<Date>;

    /// The same for a day counted from 1970-01-01. Only to be overridden by what is quicker.
    #[inline]
    fn day(&mut self, index: usize, day: i64) -> Option<i64> {
        self.date(index, Date::from_day(day)).map(Date::to_day)
    }
}

/// Room to read dates in, for any number of them.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    bytes: Vec<u8>,
    text: String,
}

/// How dates are written where they are text.
#[derive(Debug, Clone)]
pub(super) enum Notation {
    Iso,
    Declared(Format),
}

impl Notation {
    /// Takes the parameter `format`: ISO 8601 where there is none. A mistake in it is told to `params`.
    pub(super) fn take(params: &mut Params<'_>) -> Option<Self> {
        let Some((span, written)) = params.text("format") else {
            return (!params.has("format")).then_some(Self::Iso);
        };
        match Format::new(&written) {
            Ok(format) => Some(Self::Declared(format)),
            Err(message) => {
                let help = "write it as for strftime: `%d/%m/%Y`, `%Y-%m-%d %H:%M:%S`";
                params.complain(Complaint::new(span, message).help(help));
                None
            }
        }
    }

    /// The date of a text, if that conforms. `scratch` is room to work in.
    pub(super) fn read(&self, value: &str, scratch: &mut Scratch) -> Option<Date> {
        let mut date = None;
        let note = |found| {
            date = Some(found);
            date
        };
        match self {
            Self::Iso => iso::rewrite(value, &mut scratch.bytes, Clock::Whole, note).is_some(),
            Self::Declared(Format::Fixed(layout)) => {
                layout.rewrite(value, &mut scratch.bytes, Clock::Whole, note).is_some()
            }
            Self::Declared(Format::Free(free)) => free.rewrite(value, &mut scratch.text, Clock::Whole, note).is_some(),
        }
        .then_some(date)?
    }

    /// Whether a date may have a time beside it.
    pub(super) fn has_time(&self) -> bool {
        match self {
            Self::Iso => true,
            Self::Declared(format) => format.has_time(),
        }
    }

    /// Whether all dates are of one length, whichever they are.
    pub(super) fn keeps_length(&self) -> bool {
        match self {
            Self::Iso => true,
            Self::Declared(format) => matches!(format, Format::Fixed(_)),
        }
    }
}

/// Takes a parameter that is a date, as text in ISO 8601; `None` is a mistake, which is told to `params`, and `Some(None)`
/// none given.
pub(super) fn take_date(params: &mut Params<'_>, name: &'static str) -> Option<Option<(Span, Date)>> {
    let (span, value) = match params.take(name) {
        None => return Some(None),
        Some(entry) => entry,
    };
    let date = match &value {
        Value::Text(text) => iso::date(text.as_bytes()),
        _ => None,
    };
    if date.is_none() {
        params.complain(
            Complaint::new(span.clone(), format!("`{name}` takes a date of the calendar"))
                .help("write it in quotes, as year, month and day: \"2026-01-01\""),
        );
    }
    date.map(|date| Some((span, date)))
}

/// Whether a type holds dates, or text that may.
pub(super) fn takes(data_type: &DataType) -> bool {
    is_text(data_type) || matches!(data_type, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..))
}

/// Applies a change to every date of a column. Timestamps with a time zone are taken in UTC; text with an offset is
/// taken as it stands, in local time.
///
/// # Errors
/// Internal, if the plan bound it to a type that holds no dates.
pub(super) fn rewrite(values: &ArrayRef, notation: &Notation, change: &mut impl Change) -> Result<Rewritten> {
    match values.data_type() {
        DataType::Utf8View => rewrite_notation(values, notation, change),
        DataType::Date32 => rewrite_native::<Date32Type, 1>(values, change),
        DataType::Date64 => rewrite_native::<Date64Type, 86_400_000>(values, change),
        DataType::Timestamp(TimeUnit::Second, _) => rewrite_native::<TimestampSecondType, 86_400>(values, change),
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            rewrite_native::<TimestampMillisecondType, 86_400_000>(values, change)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            rewrite_native::<TimestampMicrosecondType, 86_400_000_000>(values, change)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            rewrite_native::<TimestampNanosecondType, 86_400_000_000_000>(values, change)
        }
        other => Err(Error::internal(format!("a transform of dates was bound to a column of type {other}"))),
    }
}

fn rewrite_notation(values: &ArrayRef, notation: &Notation, change: &mut impl Change) -> Result<Rewritten> {
    let builder = TextBuilder::new(values.len());
    let clock = change.clock();
    let push = |written: Option<&str>, builder: &mut TextBuilder| written.map(|text| builder.push(text)).is_some();
    match notation {
        Notation::Iso => {
            let mut written = Vec::new();
            rewrite_text(values, builder, |index, value, builder| {
                push(iso::rewrite(value, &mut written, clock, |date| change.date(index, date)), builder)
            })
        }
        Notation::Declared(Format::Fixed(layout)) => {
            let mut written = Vec::new();
            rewrite_text(values, builder, |index, value, builder| {
                push(layout.rewrite(value, &mut written, clock, |date| change.date(index, date)), builder)
            })
        }
        Notation::Declared(Format::Free(free)) => {
            let mut written = String::new();
            rewrite_text(values, builder, |index, value, builder| {
                push(free.rewrite(value, &mut written, clock, |date| change.date(index, date)), builder)
            })
        }
    }
}

/// Rewrites a type that counts from 1970-01-01, `PER_DAY` of its units a day.
fn rewrite_native<T, const PER_DAY: i64>(values: &ArrayRef, change: &mut impl Change) -> Result<Rewritten>
where
    T: ArrowPrimitiveType<Native: Into<i64> + TryFrom<i64>>,
{
    let clock = change.clock();
    rewrite_primitive::<T>(values, |index, value| {
        let value = value.into();
        let (day, time) = (value.div_euclid(PER_DAY), value.rem_euclid(PER_DAY));
        let lost = match clock {
            Clock::Whole => 0,
            Clock::Hour => time % (PER_DAY / 24).max(1),
            Clock::Midnight => time,
        };
        let moved = change.day(index, day)?.checked_sub(day)?.checked_mul(PER_DAY)?;
        T::Native::try_from(value.checked_add(moved)?.checked_sub(lost)?).ok()
    })
}
