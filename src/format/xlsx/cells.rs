use std::path::Path;

use calamine::{CellErrorType, DataRef, Reader, Xlsx, XlsxError};

use super::package::{open, survey, told};
use super::serial::CALENDAR_1904;
use crate::error::{Error, Place, Result};
use crate::format::parquet::{Fault, guarded};

/// The most cells that are read of a workbook.
const CELLS: usize = 16 << 20;

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(Box<str>),
    Number(f64),
    Boolean(bool),
    /// A date or time, as a number in the calendar of 1900.
    Date(f64),
    /// What a formula has come to that has no result.
    Error(&'static str),
}

/// A cell that is not empty; rows and columns count from 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) value: Value,
}

/// The cells of the one sheet that has some, row by row.
///
/// # Errors
/// The file can't be read or is malformed, there is no such sheet, or more than one, or a formula has no result.
pub(super) fn read(path: &Path) -> Result<Vec<Cell>> {
    survey(path)?;
    let mut workbook = workbook(path)?;
    let is_1904 = workbook.has_1904_epoch();
    let mut found: Option<(usize, Vec<Cell>)> = None;
    for (place, name) in workbook.sheet_names().into_iter().enumerate() {
        let cells = sheet(&mut workbook, &name, is_1904)?;
        if cells.is_empty() {
            continue;
        }
        if let Some((first, _)) = found {
            let message =
                format!("the workbook has several sheets with cells: those at {} and {}", first + 1, place + 1);
            return Err(Error::data(message)
                .with_help("a workbook is one table: save each sheet as a workbook of its own; hidden sheets count"));
        }
        found = Some((place, cells));
    }
    let (_, cells) = found.ok_or_else(|| {
        Error::data("no sheet of the workbook has a cell with anything in it")
            .with_help("an export without rows still names its columns")
    })?;
    Ok(cells)
}

fn workbook(path: &Path) -> Result<Xlsx<std::io::BufReader<std::fs::File>>> {
    let file = std::fs::File::open(path).map_err(|error| Error::io("open the file", path, &error))?;
    // The library goes by its own reading of the package, which is the same archive.
    drop(open(path)?);
    guarded(|| Xlsx::new(std::io::BufReader::new(file)).map_err(|_| Fault::Malformed)).map_err(told)
}

fn sheet(workbook: &mut Xlsx<std::io::BufReader<std::fs::File>>, name: &str, is_1904: bool) -> Result<Vec<Cell>> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut unstored = None;
    let mut is_large = false;
    let read = guarded(|| {
        let mut reader = match workbook.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            // Charts have sheets of their own, without cells.
            Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
            Err(_) => return Err(Fault::Malformed),
        };
        while let Some(record) = reader.next_cell_with_formula_metadata().map_err(|_| Fault::Malformed)? {
            let (row, column) = record.pos;
            let Some(value) = value(record.value, is_1904) else {
                if record.formula.is_some() {
                    unstored.get_or_insert(row);
                }
                continue;
            };
            if cells.len() == CELLS {
                is_large = true;
                return Ok(());
            }
            cells.push(Cell { row, column, value });
        }
        Ok(())
    });
    read.map_err(told)?;
    if is_large {
        return Err(Error::data(format!("the workbook has more than {CELLS} cells"))
            .with_help("a workbook is read as a whole: export the table as CSV or Parquet"));
    }
    if let Some(row) = unstored {
        return Err(Error::data("a formula has no stored result")
            .at(Place { line: Some(u64::from(row) + 1), ..Place::default() })
            .with_help("open the workbook in a spreadsheet program and save it, so that results are stored"));
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let twice = |pair: &[Cell]| matches!(pair, [one, next] if (one.row, one.column) == (next.row, next.column));
    if cells.windows(2).any(twice) { Err(told(Fault::Malformed)) } else { Ok(cells) }
}

/// What a cell holds; none, if that is nothing.
fn value(data: DataRef<'_>, is_1904: bool) -> Option<Value> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::Int(number) => Value::Number(number as f64),
        DataRef::Float(number) => Value::Number(number),
        DataRef::Bool(value) => Value::Boolean(value),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::Text(text.into()),
        DataRef::SharedString(text) => Value::Text(text.into()),
        DataRef::DateTime(date) if date.is_datetime() => {
            Value::Date(date.as_f64() + if is_1904 { CALENDAR_1904 } else { 0.0 })
        }
        DataRef::DateTime(duration) => Value::Number(duration.as_f64()),
        DataRef::Error(error) => Value::Error(match error {
            CellErrorType::Div0 => "#DIV/0!",
            CellErrorType::NA => "#N/A",
            CellErrorType::Name => "#NAME?",
            CellErrorType::Null => "#NULL!",
            CellErrorType::Num => "#NUM!",
            CellErrorType::Ref => "#REF!",
            CellErrorType::Value => "#VALUE!",
            CellErrorType::GettingData => "#GETTING_DATA",
        }),
    })
}
