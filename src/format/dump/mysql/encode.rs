//! What a plan made of rows, written as rows again.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringViewArray};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, Date32Type, TimeUnit, TimestampMicrosecondType, UInt64Type};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::defined::{Column, Definition};
use super::literal::{write_bytes, write_text};
use super::rows::Rows;
use super::types::Type;
use crate::error::{Error, Result};
use crate::format::{BlockEncoder, Carried, Decoded, Encoded, Encoder};
use crate::rules::{Output, Plan};

/// What becomes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// Its values stay as they are written.
    Kept,
    /// Its values are those of this column of what the plan made.
    Made(usize),
    /// Its values are left out.
    Dropped,
}

/// Encodes the rows of a table.
pub(super) struct RowEncoder {
    table: Arc<Definition>,
    /// What becomes of the columns that the server does not compute.
    becomes: Vec<Becomes>,
    /// The columns that stay, those that the server computes among them, by place; none, if all stay.
    staying: Option<Vec<usize>>,
}

impl RowEncoder {
    /// An encoder for a plan.
    ///
    /// # Errors
    /// What the plan makes of a column has not the column's type.
    pub(super) fn new(table: &Arc<Definition>, plan: &Plan) -> Result<Self> {
        let stored: Vec<&Column> = table.stored().collect();
        let mut becomes = vec![Becomes::Dropped; stored.len()];
        for (field, output) in plan.output_schema().fields().iter().zip(plan.outputs()) {
            let place = match output {
                Output::Verbatim(column) => Some(*column),
                Output::Computed(_) => stored.iter().position(|column| column.name == *field.name()),
            };
            let place = place.and_then(|place| Some((stored.get(place)?, becomes.get_mut(place)?)));
            let (column, fate) = place.ok_or_else(|| Error::internal("a plan for another table of a dump"))?;
            *fate = match output {
                Output::Verbatim(_) => Becomes::Kept,
                Output::Computed(made) => {
                    if *field.data_type() != column.sql_type.data_type() {
                        return Err(Error::data(format!(
                            "what the rule makes of the column has the type {}, and the database wants {}",
                            field.data_type(),
                            column.sql_type.data_type()
                        ))
                        .in_column(&column.name)
                        .with_help("choose a rule that keeps the column's type, or drop the column"));
                    }
                    Becomes::Made(*made)
                }
            };
        }
        let drops = becomes.contains(&Becomes::Dropped);
        let mut fates = becomes.iter();
        let stays = |column: &Column| column.generated || fates.next() != Some(&Becomes::Dropped);
        let staying = table.columns.iter().map(stays).collect::<Vec<_>>().into_iter().enumerate();
        let staying = staying.filter(|(_, stays)| *stays).map(|(place, _)| place).collect();
        Ok(Self { table: Arc::clone(table), becomes, staying: drops.then_some(staying) })
    }

    /// The list of columns, where it has to be written anew, for rows whose values belong to these.
    fn list(&self, columns: &[usize]) -> Option<Vec<u8>> {
        let staying = self.staying.as_ref()?;
        let names = columns.iter().filter(|column| staying.contains(column)).filter_map(|column| {
            let name = &self.table.columns.get(*column)?.name;
            Some(format!("`{}`", name.replace('`', "``")))
        });
        Some(format!("({})", names.collect::<Vec<_>>().join(",")).into_bytes())
    }

    /// What a row is put together from, for rows whose values stand so.
    fn parts(&self, values: &[Option<usize>]) -> Vec<Part> {
        let all_kept = self.becomes.iter().all(|becomes| *becomes == Becomes::Kept);
        let mut parts: Vec<Part> = Vec::new();
        for (place, column) in values.iter().enumerate() {
            let becomes = column.and_then(|column| self.becomes.get(column));
            match (becomes, parts.last_mut()) {
                (Some(Becomes::Dropped), _) => {}
                (Some(Becomes::Made(made)), _) => {
                    parts.push(Part { first: place, last: place, from: From::Made(*made) })
                }
                // What the server computes was computed from values that are others now.
                (None, _) if !all_kept => parts.push(Part { first: place, last: place, from: From::Default }),
                (_, Some(Part { last, from: From::Source, .. })) if *last + 1 == place => *last = place,
                _ => parts.push(Part { first: place, last: place, from: From::Source }),
            }
        }
        parts
    }
}

/// A part of a row: the values from the first to the last of these places.
struct Part {
    first: usize,
    last: usize,
    from: From,
}

/// Where the values of a part come from.
#[derive(Clone, Copy)]
enum From {
    /// The source, with all that stands between them.
    Source,
    /// A column that the plan made.
    Made(usize),
    /// The server.
    Default,
}

impl Encoder for RowEncoder {
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>> {
        Ok(Box::new(Block { encoder: self, out: Vec::new() }))
    }
}

/// A block being encoded.
struct Block<'e> {
    encoder: &'e RowEncoder,
    out: Vec<u8>,
}

impl BlockEncoder for Block<'_> {
    fn push(&mut self, decoded: &Decoded, made: &RecordBatch) -> Result<()> {
        let Carried::MySql(rows) = &decoded.carried else {
            return Err(Error::internal("the rows of a dump were not carried along"));
        };
        let parts = self.encoder.parts(&rows.head.layout.values);
        let mut columns = Vec::with_capacity(made.num_columns());
        let stored: Vec<&Column> = self.encoder.table.stored().collect();
        for (place, values) in made.columns().iter().enumerate() {
            let column = self.encoder.becomes.iter().position(|becomes| *becomes == Becomes::Made(place));
            let column = column.and_then(|column| stored.get(column));
            let column = column.ok_or_else(|| Error::internal("a plan made a column that its table has not"))?;
            columns.push(Made::of(column, values)?);
        }
        self.write(rows, &parts, &columns, decoded)
    }

    fn finish(self: Box<Self>) -> Result<Encoded> {
        Ok(Encoded::Bytes(self.out))
    }
}

impl Block<'_> {
    fn write(&mut self, rows: &Rows, parts: &[Part], columns: &[Made<'_>], decoded: &Decoded) -> Result<()> {
        let bytes = rows.bytes();
        let last = rows.head.layout.values.len().saturating_sub(1);
        let list = self.encoder.list(&rows.head.layout.columns);
        let mut heads = rows.heads.iter().peekable();
        self.out.reserve(bytes.len() + bytes.len() / 8);
        let mut gap = 0;
        for row in 0..rows.rows() {
            let start = rows.range(row, 0).start;
            match (heads.next_if(|(_, before)| *before == row), &list) {
                (Some((at, _)), Some(list)) => {
                    let old = at + rows.head.list.start..at + rows.head.list.end;
                    self.copy(bytes, gap..old.start);
                    if !rows.head.has_list {
                        self.out.push(b' ');
                    }
                    self.out.extend_from_slice(list);
                    self.copy(bytes, old.end..start);
                }
                _ => self.copy(bytes, gap..start),
            }
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    // The comma, and whatever blanks stand round it.
                    self.copy(bytes, rows.range(row, part.first - 1).end..rows.range(row, part.first).start);
                }
                match part.from {
                    From::Source => self.copy(bytes, rows.range(row, part.first).start..rows.range(row, part.last).end),
                    From::Default => self.out.extend_from_slice(b"DEFAULT"),
                    From::Made(column) => {
                        let column =
                            columns.get(column).ok_or_else(|| Error::internal("a plan gave back too few columns"))?;
                        column.write(row, &mut self.out).map_err(|why| {
                            Error::data(why)
                                .at(decoded.place(row))
                                .in_column(&column.column.name)
                                .with_help(column.help())
                        })?;
                    }
                }
            }
            gap = rows.range(row, last).end;
        }
        self.copy(bytes, gap..bytes.len());
        Ok(())
    }

    #[inline]
    fn copy(&mut self, bytes: &[u8], range: Range<usize>) {
        self.out.extend_from_slice(bytes.get(range).unwrap_or_default());
    }
}

/// A column that the plan made, ready to be written.
struct Made<'a> {
    column: &'a Column,
    values: Values,
}

/// The values of a column, by how they are written.
enum Values {
    /// Strings.
    Texts(StringViewArray),
    /// Digits, without quotes.
    Numbers(StringViewArray),
    /// Bytes, bits, days and moments.
    Others(ArrayRef),
}

impl<'a> Made<'a> {
    fn of(column: &'a Column, values: &ArrayRef) -> Result<Self> {
        let values = match values.data_type() {
            DataType::Utf8View => Values::Texts(values.as_string_view().clone()),
            _ if matches!(column.sql_type, Type::Bit(_)) => Values::Others(Arc::clone(values)),
            data_type if data_type.is_numeric() => {
                let options = CastOptions { safe: false, ..CastOptions::default() };
                let texts = cast_with_options(values, &DataType::Utf8View, &options)
                    .map_err(|_| Error::internal("numbers have no text").in_column(&column.name))?;
                Values::Numbers(texts.as_string_view().clone())
            }
            _ => Values::Others(Arc::clone(values)),
        };
        Ok(Self { column, values })
    }

    fn help(&self) -> String {
        format!("the column is `{}` in the dump", crate::error::printable(&self.column.written))
    }

    /// Appends the literal of a value.
    ///
    /// # Errors
    /// Why the column can't hold it.
    #[inline]
    fn write(&self, row: usize, out: &mut Vec<u8>) -> Result<(), &'static str> {
        match &self.values {
            Values::Texts(texts) if texts.is_valid(row) => {
                let text = texts.value(row);
                if let Type::Text(form) = &self.column.sql_type
                    && let Some(why) = form.misfit(text)
                {
                    return Err(why);
                }
                if !self.column.repertoire.holds(text) {
                    return Err("a made value has characters that the column's character set has not");
                }
                write_text(text.as_bytes(), out);
            }
            Values::Numbers(numbers) if numbers.is_valid(row) => {
                let number = numbers.value(row);
                if !is_in_range(self.column, number) {
                    return Err("a made number is out of the range of its column");
                }
                out.extend_from_slice(number.as_bytes());
            }
            Values::Others(values) if values.is_valid(row) => self.write_other(values, row, out)?,
            _ => out.extend_from_slice(b"NULL"),
        }
        Ok(())
    }

    fn write_other(&self, values: &ArrayRef, row: usize, out: &mut Vec<u8>) -> Result<(), &'static str> {
        const UNKNOWN: &str = "a made value has no form in a dump";
        match (&self.column.sql_type, values.data_type()) {
            (Type::Bit(_), DataType::Boolean) => write_bytes(&[u8::from(values.as_boolean().value(row))], out),
            (Type::Bit(bits), DataType::UInt64) => {
                let value = values.as_primitive::<UInt64Type>().value(row);
                if *bits < 64 && value >> bits != 0 {
                    return Err("a made number is out of the range of its column");
                }
                let bytes = value.to_be_bytes();
                write_bytes(bytes.get(8 - usize::from(*bits).div_ceil(8)..).unwrap_or(&bytes), out);
            }
            (sql_type, DataType::BinaryView) => {
                let bytes = values.as_binary_view().value(row);
                if let Type::Bytes(Some(most)) = sql_type
                    && bytes.len() > *most as usize
                {
                    return Err("a made value is longer than its column allows");
                }
                write_bytes(bytes, out);
            }
            (_, DataType::FixedSizeBinary(_)) => write_bytes(values.as_fixed_size_binary().value(row), out),
            (_, DataType::Date32) => {
                let days = values.as_primitive::<Date32Type>().value(row);
                let day = Date32Type::to_naive_date_opt(days).filter(is_day).ok_or(NO_DAY)?;
                out.push(b'\'');
                write_day(&day, out);
                out.push(b'\'');
            }
            (sql_type, DataType::Timestamp(TimeUnit::Microsecond, _)) => {
                let micros = values.as_primitive::<TimestampMicrosecondType>().value(row);
                let moment = DateTime::from_timestamp_micros(micros).map(|moment| moment.naive_utc());
                let moment = moment.filter(|moment| is_day(&moment.date())).ok_or(NO_DAY)?;
                let digits = match sql_type {
                    Type::Timestamp(_) if !(1_000_000..2_147_483_648_000_000).contains(&micros) => {
                        return Err("a made moment is before 1970 or after 2038, and its column is a timestamp");
                    }
                    Type::Timestamp(digits) | Type::DateTime(digits) => *digits,
                    _ => return Err(UNKNOWN),
                };
                write_moment(&moment, digits, out);
            }
            _ => return Err(UNKNOWN),
        }
        Ok(())
    }
}

const NO_DAY: &str = "a made day is out of the servers' calendar";

fn is_day(day: &NaiveDate) -> bool {
    (0..=9999).contains(&day.year())
}

fn write_digits(value: u32, digits: u32, out: &mut Vec<u8>) {
    out.extend((0..digits).rev().map(|place| b'0' + (value / 10_u32.pow(place) % 10) as u8));
}

fn write_day(day: &NaiveDate, out: &mut Vec<u8>) {
    write_digits(day.year().unsigned_abs(), 4, out);
    out.push(b'-');
    write_digits(day.month(), 2, out);
    out.push(b'-');
    write_digits(day.day(), 2, out);
}

/// A moment with as many digits of the second's fraction as its column has.
fn write_moment(moment: &NaiveDateTime, digits: u8, out: &mut Vec<u8>) {
    out.push(b'\'');
    write_day(&moment.date(), out);
    for (before, value) in [(b' ', moment.hour()), (b':', moment.minute()), (b':', moment.second())] {
        out.push(before);
        write_digits(value, 2, out);
    }
    if digits > 0 {
        let digits = u32::from(digits.min(6));
        out.push(b'.');
        write_digits(moment.nanosecond() / 10_u32.pow(9 - digits), digits, out);
    }
    out.push(b'\'');
}

/// Whether a column can hold a number that its Arrow type can.
#[inline]
fn is_in_range(column: &Column, number: &str) -> bool {
    match column.sql_type {
        _ if column.unsigned && number.starts_with('-') => false,
        Type::Integer { bits: 24, unsigned } => number.parse::<i64>().is_ok_and(|number| match unsigned {
            true => number < 1 << 24,
            false => (-(1 << 23)..1 << 23).contains(&number),
        }),
        Type::Year => number.parse::<u16>().is_ok_and(|year| year == 0 || (1901..=2155).contains(&year)),
        // Neither NaN nor the infinities are numbers to the servers.
        Type::Float | Type::Double => number.ends_with(|last: char| last.is_ascii_digit()),
        _ => true,
    }
}
