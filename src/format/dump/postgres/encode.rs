use std::sync::Arc;

use arrow::array::RecordBatch;

use super::Rows;
use super::copy::{self, CopyRows};
use super::fit::Fit;
use super::insert::{self, InsertRows};
use super::layout::Layout;
use super::types::is_number;
use super::value::{Column, Words};
use crate::error::{Error, Result};
use crate::format::dump::{FoundColumn, RowForm, Treatment};
use crate::format::{BlockEncoder, Carried, Decoded, Encoded, Encoder};
use crate::rules::{Output, Plan};

/// How the rows of a table are written: as they were read, in COPY or INSERT.
pub(super) struct Form {
    pub(super) columns: Arc<[FoundColumn]>,
    /// Which texts each column takes.
    pub(super) fits: Arc<[Fit]>,
}

impl RowForm for Form {
    fn encoder(&self, plan: &Plan) -> Result<Box<dyn Encoder>> {
        let source = plan.source_schema();
        let mut fates = vec![Fate::Dropped; source.fields().len()];
        for (field, output) in plan.output_schema().fields().iter().zip(plan.outputs()) {
            let place = source.index_of(field.name()).ok().and_then(|column| fates.get_mut(column));
            let place = place.ok_or_else(|| Error::internal("the output has a column that the source has not"))?;
            *place = match output {
                Output::Verbatim(_) => Fate::Verbatim,
                Output::Computed(made) => Fate::Computed(*made),
            };
        }
        // What a rule leaves as it is, or makes null, is what the database gave out.
        let treatment = Treatment::of(plan);
        let is_made = |column: &FoundColumn| {
            treatment.column(&column.name).is_some_and(|treated| treated.makers().next().is_some())
        };
        let fits = self.columns.iter().zip(&*self.fits);
        let fits = fits.map(|(column, fit)| if is_made(column) { fit.clone() } else { Fit::Any }).collect();
        Ok(Box::new(RowEncoder { columns: Arc::clone(&self.columns), fits, fates }))
    }
}

/// Where the values of a column of the table come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Dropped,
    Verbatim,
    Computed(usize),
}

struct RowEncoder {
    columns: Arc<[FoundColumn]>,
    fits: Arc<[Fit]>,
    /// By column of the table.
    fates: Vec<Fate>,
}

impl Encoder for RowEncoder {
    fn start(&self) -> Result<Box<dyn BlockEncoder + '_>> {
        Ok(Box::new(RowBlockEncoder { encoder: self, out: Vec::new() }))
    }
}

struct RowBlockEncoder<'e> {
    encoder: &'e RowEncoder,
    out: Vec<u8>,
}

/// What the values at one place of all rows are made of.
enum Part<'b> {
    /// They stay, with what stands between them, as far as this place.
    Verbatim {
        first: usize,
        last: usize,
    },
    Made {
        value: usize,
        made: Made<'b>,
    },
}

/// A column that the plan made.
struct Made<'b> {
    column: &'b FoundColumn,
    fit: &'b Fit,
    values: Column<'b>,
}

impl RowBlockEncoder<'_> {
    /// What the rows of a layout are put together from, in order.
    fn parts<'b>(&'b self, layout: &Layout, made: &'b RecordBatch) -> Result<Vec<Part<'b>>> {
        let mut parts: Vec<Part<'b>> = Vec::new();
        for (value, place) in layout.places.iter().enumerate() {
            // What the database computes is written as it stands.
            let fate = place.map_or(Some(&Fate::Verbatim), |column| self.encoder.fates.get(column));
            match (fate, parts.last_mut()) {
                (Some(Fate::Dropped), _) => {}
                (Some(Fate::Verbatim), Some(Part::Verbatim { last, .. })) if *last + 1 == value => *last = value,
                (Some(Fate::Verbatim), _) => parts.push(Part::Verbatim { first: value, last: value }),
                (Some(Fate::Computed(computed)), _) => {
                    let column = place.and_then(|column| self.encoder.columns.get(column));
                    let fit = place.and_then(|column| self.encoder.fits.get(column));
                    let values = made.columns().get(*computed);
                    let (Some(column), Some(fit), Some(values)) = (column, fit, values) else {
                        return Err(Error::internal("a plan gave back too few columns"));
                    };
                    parts.push(Part::Made { value, made: Made { column, fit, values: Column::new(values)? } });
                }
                (None, _) => return Err(Error::internal("a plan is for other columns than a dump has")),
            }
        }
        Ok(parts)
    }
}

impl BlockEncoder for RowBlockEncoder<'_> {
    fn push(&mut self, decoded: &Decoded, made: &RecordBatch) -> Result<()> {
        let Carried::Postgres(rows) = &decoded.carried else {
            return Err(Error::internal("rows of a dump were not carried along"));
        };
        let mut out = std::mem::take(&mut self.out);
        match &**rows {
            Rows::Copy(rows) => {
                let parts = self.parts(&rows.layout, made)?;
                out.reserve(rows.bytes().len());
                copy_rows(rows, &parts, &mut out)?;
            }
            Rows::Insert(rows) => {
                let parts = self.parts(&rows.layout, made)?;
                out.reserve(rows.bytes().len());
                insert_rows(rows, &parts, &mut out)?;
            }
        }
        self.out = out;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Encoded> {
        Ok(Encoded::Bytes(self.out))
    }
}

fn copy_rows(rows: &CopyRows, parts: &[Part<'_>], out: &mut Vec<u8>) -> Result<()> {
    for record in 0..rows.records() {
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                out.push(b'\t');
            }
            match part {
                Part::Verbatim { first, last } => {
                    let range = rows.range(record, *first).start..rows.range(record, *last).end;
                    out.extend_from_slice(&rows.bytes()[range]);
                }
                Part::Made { made, .. } => {
                    let field = made.text(record).map(|text| text.map(|text| copy::escape(text, out)));
                    match field {
                        Ok(Some(())) => {}
                        Ok(None) => made
                            .write(record, copy::NULL, Words::Short, out)
                            .map_err(|error| error.at(rows.place(record)))?,
                        Err(error) => return Err(error.at(rows.place(record))),
                    }
                }
            }
        }
        out.push(b'\n');
    }
    Ok(())
}

fn insert_rows(rows: &InsertRows, parts: &[Part<'_>], out: &mut Vec<u8>) -> Result<()> {
    let bytes = rows.bytes();
    let left: Vec<usize> = parts
        .iter()
        .flat_map(|part| match part {
            Part::Verbatim { first, last } => *first..*last + 1,
            Part::Made { value, .. } => *value..*value + 1,
        })
        .collect();
    let is_whole = left.len() == rows.layout.places.len();
    let head = if is_whole { rows.layout.head.bytes.clone() } else { rows.layout.head.of(&left) };
    let mut heads = rows.heads().iter().map(|head| *head as usize).peekable();
    let mut at = 0;
    for record in 0..rows.records() {
        let tuple = rows.tuple(record);
        if let Some(start) = heads.next_if(|start| *start < tuple.start) {
            out.extend_from_slice(&bytes[at..start]);
            out.extend_from_slice(&head);
            at = start + rows.layout.head.bytes.len();
        }
        out.extend_from_slice(&bytes[at..tuple.start]);
        at = tuple.start;
        if !is_whole {
            out.push(b'(');
        }
        for (place, part) in parts.iter().enumerate() {
            if !is_whole && place > 0 {
                out.extend_from_slice(b", ");
            }
            match part {
                Part::Verbatim { first, last } => {
                    let range = rows.range(record, *first).start..rows.range(record, *last).end;
                    let start = if is_whole { at } else { range.start };
                    out.extend_from_slice(&bytes[start..range.end]);
                    at = range.end;
                }
                Part::Made { value, made } => {
                    let range = rows.range(record, *value);
                    if is_whole {
                        out.extend_from_slice(&bytes[at..range.start]);
                    }
                    made.literal(record, out).map_err(|error| error.at(rows.place(record)))?;
                    at = range.end;
                }
            }
        }
        if is_whole {
            out.extend_from_slice(&bytes[at..tuple.end]);
        } else {
            out.push(b')');
        }
        at = tuple.end;
    }
    out.extend_from_slice(&bytes[at..]);
    Ok(())
}

impl Made<'_> {
    /// A text, if the column is one and it is not null.
    ///
    /// # Errors
    /// The text does not fit the column.
    #[inline]
    fn text(&self, row: usize) -> Result<Option<&[u8]>> {
        let Column::Text(values) = &self.values else { return Ok(None) };
        if self.values.is_null(row) {
            return Ok(None);
        }
        let text = values.value(row);
        if let Some(limit) = self.column.max_length
            && text.len() > limit
            && text.chars().count() > limit
        {
            return Err(Error::data(format!(
                "a made value is longer than the {limit} characters of {}",
                self.column.sql_type
            ))
            .in_column(&self.column.name)
            .with_help("choose a rule whose values fit, such as `mask`, or a token of a shorter domain"));
        }
        if !self.fit.has(text) {
            return Err(Error::data(format!("a made value is no {}, and the database would refuse it", self.column.sql_type))
                .in_column(&self.column.name)
                .with_help("choose a rule that makes values of the type: `replace` with one, `null`, or a token whose domain has their form"));
        }
        if memchr::memchr(0, text.as_bytes()).is_some() {
            return Err(Error::data("a made value has a NUL character, which PostgreSQL does not take")
                .in_column(&self.column.name));
        }
        Ok(Some(text.as_bytes()))
    }

    /// Writes a value that is no text, or a null.
    fn write(&self, row: usize, null: &[u8], words: Words, out: &mut Vec<u8>) -> Result<()> {
        if self.values.is_null(row) {
            out.extend_from_slice(null);
            return Ok(());
        }
        if self.values.write(row, words, out) {
            return Ok(());
        }
        Err(Error::data(format!("a made value is outside the calendar of {}", self.column.sql_type))
            .in_column(&self.column.name)
            .with_help(
                "what is made of `infinity` is: keep it where it stands, with `when` and `otherwise`, or make it null",
            ))
    }

    /// Writes a value as a literal, as `pg_dump` would.
    fn literal(&self, row: usize, out: &mut Vec<u8>) -> Result<()> {
        if let Some(text) = self.text(row)? {
            if is_number(&self.column.sql_type) && is_plain_number(text) {
                out.extend_from_slice(text);
            } else {
                insert::quote(text, out);
            }
            return Ok(());
        }
        let quoted = matches!(self.values, Column::Date(_) | Column::Timestamp(_)) && !self.values.is_null(row);
        if quoted {
            out.push(b'\'');
        }
        self.write(row, b"NULL", Words::Long, out)?;
        if quoted {
            out.push(b'\'');
        }
        Ok(())
    }
}

/// Whether a text can stand as a number without quotes.
fn is_plain_number(text: &[u8]) -> bool {
    let digits = text.iter().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte));
    digits && std::str::from_utf8(text).is_ok_and(|text| text.parse::<f64>().is_ok())
}
