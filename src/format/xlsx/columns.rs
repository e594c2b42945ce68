//! The cells of a sheet as columns, each of one type.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, RecordBatchOptions,
    Time32MillisecondArray, TimestampMillisecondArray,
};
use arrow::datatypes::{Field, Schema};

use super::cells::{Cell, Value};
use super::serial::{DAY, Moment, moment, text};
use crate::error::{Error, Place, Result};
use crate::unchecked::TextBuilder;

/// The largest whole number up to which every whole number has a floating-point number of its own.
pub(super) const EXACT: u64 = 1 << 53;

/// The most places of a sheet that are read, if it has fewer cells than a hundredth of that.
const PLACES: u64 = 1 << 24;

/// Makes columns of cells. The first row that has any names them; every row below it, up to the last that has a cell,
/// is a row, also one without.
///
/// A column has the type that all of its cells have: whole numbers, numbers, truth values, dates, timestamps, times. All
/// others are text: numbers in the fewest digits that read back as the same, dates in ISO 8601.
///
/// # Errors
/// A column has cells and no name, or the sheet is almost empty and immense.
pub(super) fn columns(cells: &[Cell]) -> Result<RecordBatch> {
    let first = cells.first().map_or(0, |cell| cell.row);
    let rows = cells.last().map_or(0, |cell| (cell.row - first) as usize);
    let names: BTreeMap<u32, String> = cells
        .iter()
        .take_while(|cell| cell.row == first)
        .map(|cell| (cell.column, shown(&cell.value)))
        .filter(|(_, name)| !name.trim().is_empty())
        .collect();
    let places = rows as u64 * names.len() as u64;
    if places > PLACES && places / 100 > cells.len() as u64 {
        return Err(Error::data("the sheet has very few cells for the rows and columns that it takes up")
            .with_help("is there something far away from the table? Take it out"));
    }
    let mut by_column: BTreeMap<u32, Vec<(usize, &Value)>> = names.keys().map(|column| (*column, Vec::new())).collect();
    for cell in cells.iter().filter(|cell| cell.row > first) {
        let values = by_column.get_mut(&cell.column).ok_or_else(|| {
            Error::data(format!("a cell stands in a column without a name, the one at {}", cell.column + 1))
                .at(Place { line: Some(u64::from(cell.row) + 1), ..Place::default() })
                .with_help("the first row names the columns: nothing passes that no rule can name")
        })?;
        values.push(((cell.row - first) as usize - 1, &cell.value));
    }
    let mut fields = Vec::with_capacity(names.len());
    let mut arrays = Vec::with_capacity(names.len());
    for (name, values) in names.into_values().zip(by_column.into_values()) {
        let array = column(&values, rows);
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
        .map_err(|_| Error::internal("the columns of a sheet do not fit together"))
}

/// A column of so many rows, of which these have a value.
fn column(values: &[(usize, &Value)], rows: usize) -> ArrayRef {
    let numbers = all(values, |value| match value {
        Value::Number(number) => Some(*number),
        _ => None,
    });
    if let Some(numbers) = numbers {
        let is_whole =
            |number: &f64| number.fract() == 0.0 && number.abs() <= EXACT as f64 && !is_negative_zero(*number);
        return match numbers.iter().all(|(_, number)| is_whole(number)) {
            true => Arc::new(Int64Array::from(spread(numbers, rows, |number| number as i64))),
            false => Arc::new(Float64Array::from(spread(numbers, rows, |number| number))),
        };
    }
    let truths = all(values, |value| match value {
        Value::Boolean(truth) => Some(*truth),
        _ => None,
    });
    if let Some(truths) = truths {
        return Arc::new(BooleanArray::from(spread(truths, rows, |truth| truth)));
    }
    let moments = |wanted: fn(Moment) -> Option<i64>| {
        all(values, |value| match value {
            Value::Date(number) => moment(*number).and_then(wanted),
            _ => None,
        })
    };
    let instant = |moment| match moment {
        Moment::Instant(milliseconds) => Some(milliseconds),
        Moment::Time(_) => None,
    };
    let time = |moment| match moment {
        Moment::Time(milliseconds) => Some(milliseconds),
        Moment::Instant(_) => None,
    };
    if let Some(instants) = moments(instant) {
        return match instants.iter().all(|(_, instant)| instant % DAY == 0) {
            true => Arc::new(Date32Array::from(spread(instants, rows, |instant| (instant / DAY) as i32))),
            false => Arc::new(TimestampMillisecondArray::from(spread(instants, rows, |instant| instant))),
        };
    }
    if let Some(times) = moments(time) {
        return Arc::new(Time32MillisecondArray::from(spread(times, rows, |time| time as i32)));
    }
    let mut builder = TextBuilder::new(rows);
    let mut next = 0;
    for (row, value) in values {
        (next..*row).for_each(|_| builder.push_null());
        match value {
            Value::Text(text) => builder.push(text),
            other => builder.push(&shown(other)),
        }
        next = row + 1;
    }
    (next..rows).for_each(|_| builder.push_null());
    Arc::new(builder.finish())
}

/// What all values are, if they all are and there is one; nothing says what an empty column is but that it is text.
fn all<T>(values: &[(usize, &Value)], what: impl Fn(&Value) -> Option<T>) -> Option<Vec<(usize, T)>> {
    let whats: Option<Vec<(usize, T)>> = values.iter().map(|(row, value)| Some((*row, what(value)?))).collect();
    whats.filter(|whats| !whats.is_empty())
}

fn spread<T, V: Clone>(values: Vec<(usize, T)>, rows: usize, convert: impl Fn(T) -> V) -> Vec<Option<V>> {
    let mut spread = vec![None; rows];
    for (row, value) in values {
        if let Some(place) = spread.get_mut(row) {
            *place = Some(convert(value));
        }
    }
    spread
}

fn is_negative_zero(number: f64) -> bool {
    number == 0.0 && number.is_sign_negative()
}

/// A value as text.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Date(number) => moment(*number).and_then(text).unwrap_or_else(|| number.to_string()),
        Value::Error(error) => (*error).to_owned(),
    }
}
