use std::io::Write;
use std::path::{Path, PathBuf};

use arrow::array::{Array, ArrayRef, AsArray, Float64Array, Int64Array, RecordBatch, StringViewArray};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, Int64Type, Schema, TimeUnit};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::columns::EXACT;
use super::serial::{DAY, serial};
use crate::error::{Error, Result};
use crate::format::csv::{has_field, to_fields};
use crate::format::parquet::caught;
use crate::format::{Digest, DigestWriter, Encoded, Writer};

/// The most rows of a sheet, the one that names the columns not counted; and the most columns.
const ROWS: u32 = 1_048_575;
const COLUMNS: usize = 16_384;

/// The most cells that are written: a workbook is held in memory until it is whole.
const CELLS: u64 = 16 << 20;

/// The longest text of a cell, in characters.
const TEXT: usize = 32_767;

/// Makes what writes rows of a schema as a workbook of one sheet. Numbers, truth values, dates and times are cells of
/// their own kinds, where a spreadsheet can hold them exactly; everything else is text.
///
/// # Errors
/// A column has values that are no one text, such as lists; or there are too many columns.
pub fn xlsx_writer<W: Write + Send + 'static>(schema: &Schema, file: W, path: &Path) -> Result<Box<dyn Writer>> {
    for field in schema.fields() {
        if !has_field(field.data_type()) {
            return Err(Error::data(format!("a column of type {} has no form in a workbook", field.data_type()))
                .in_column(field.name())
                .with_help("drop the column, or write the table as Parquet"));
        }
    }
    if schema.fields().len() > COLUMNS {
        return Err(Error::data(format!("a sheet has no more than {COLUMNS} columns"))
            .with_help("drop some, or write the table as CSV or Parquet"));
    }
    let mut writer = XlsxWriter {
        out: DigestWriter::new(file),
        path: path.to_path_buf(),
        workbook: Workbook::new(),
        names: schema.fields().iter().map(|field| field.name().clone()).collect(),
        rows: 0,
        cells: 0,
        date: Format::new().set_num_format("yyyy-mm-dd"),
        timestamp: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        time: Format::new().set_num_format("hh:mm:ss"),
    };
    writer.start()?;
    Ok(Box::new(writer))
}

struct XlsxWriter<W> {
    out: DigestWriter<W>,
    path: PathBuf,
    workbook: Workbook,
    names: Vec<String>,
    /// The rows that were written, the one that names the columns not counted.
    rows: u32,
    cells: u64,
    date: Format,
    timestamp: Format,
    time: Format,
}

impl<W: Write> XlsxWriter<W> {
    /// Names the columns. A workbook says when it was made: always on the same day.
    fn start(&mut self) -> Result<()> {
        let (workbook, names) = (&mut self.workbook, &self.names);
        caught(|| {
            let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
            workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
            let sheet = workbook.add_worksheet();
            for (column, name) in names.iter().enumerate() {
                sheet.write_string(0, column as u16, name)?;
            }
            Ok::<_, Refused>(())
        })
        .map_err(|_| refused())
    }

    fn write_rows(&mut self, batch: &RecordBatch) -> Result<()> {
        let rows = u32::try_from(batch.num_rows()).ok().and_then(|rows| self.rows.checked_add(rows));
        let rows = rows.filter(|rows| *rows <= ROWS).ok_or_else(|| {
            Error::data(format!("a sheet has no more than {ROWS} rows below its header"))
                .with_help("write the table as CSV or Parquet")
        })?;
        self.cells += batch.columns().iter().map(|column| (column.len() - column.null_count()) as u64).sum::<u64>();
        if self.cells > CELLS {
            return Err(Error::data(format!("a workbook is written with no more than {CELLS} cells"))
                .with_help("it is held in memory until it is whole: write the table as CSV or Parquet"));
        }
        let first = self.rows + 1;
        for (place, values) in batch.columns().iter().enumerate() {
            let name = self.names.get(place).map_or("", String::as_str);
            let cells = Cells::of(values).map_err(|error| error.in_column(name))?;
            let format = match cells.kind {
                Kind::Date => Some(&self.date),
                Kind::Timestamp => Some(&self.timestamp),
                Kind::Time => Some(&self.time),
                Kind::Plain => None,
            };
            let workbook = &mut self.workbook;
            let written = caught(|| {
                let sheet = workbook.worksheet_from_index(0)?;
                for row in 0..values.len() {
                    let (at, column) = (first + row as u32, place as u16);
                    if values.is_null(row) {
                        continue;
                    }
                    if let Some(truths) = values.as_boolean_opt() {
                        sheet.write_boolean(at, column, truths.value(row))?;
                        continue;
                    }
                    match (cells.numbers.as_ref().filter(|numbers| numbers.is_valid(row)), format) {
                        (Some(numbers), None) => sheet.write_number(at, column, numbers.value(row))?,
                        (Some(numbers), Some(format)) => {
                            sheet.write_number_with_format(at, column, numbers.value(row), format)?
                        }
                        (None, _) => sheet.write_string(at, column, cells.texts.value(row))?,
                    };
                }
                Ok::<_, Refused>(())
            });
            written.map_err(|_| refused())?;
        }
        self.rows = rows;
        Ok(())
    }
}

/// The library refuses, which it should not: what it would refuse has been refused before.
struct Refused;

impl From<XlsxError> for Refused {
    fn from(_: XlsxError) -> Self {
        Self
    }
}

impl From<Refused> for crate::format::parquet::Fault {
    fn from(_: Refused) -> Self {
        Self::Unsupported
    }
}

fn refused() -> Error {
    Error::internal("the workbook can't be written")
}

/// How cells show their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Date,
    Timestamp,
    Time,
}

/// A column as cells: numbers, and texts for those values that have none.
struct Cells {
    kind: Kind,
    numbers: Option<Float64Array>,
    texts: StringViewArray,
}

impl Cells {
    fn of(values: &ArrayRef) -> Result<Self> {
        let (kind, numbers) = numbers(values)?;
        let texts = to_fields(values).map_err(|row| match row {
            None => Error::internal(format!("no text for a column of type {}", values.data_type())),
            Some(_) => Error::data(format!("a value of type {} has no text", values.data_type()))
                .with_help("is it outside the calendar? Treat the column, or write the table as Parquet"),
        })?;
        let has_number = |row| numbers.as_ref().is_some_and(|numbers: &Float64Array| numbers.is_valid(row));
        let is_long = |row: usize| texts.is_valid(row) && !has_number(row) && texts.value(row).chars().count() > TEXT;
        if (0..texts.len()).any(is_long) {
            return Err(Error::data(format!("a cell holds no more than {TEXT} characters, and a text has more"))
                .with_help("treat the column, or write the table as CSV or Parquet"));
        }
        Ok(Self { kind, numbers, texts })
    }
}

/// The numbers of a column as a spreadsheet has them, where it can hold them exactly.
fn numbers(values: &ArrayRef) -> Result<(Kind, Option<Float64Array>)> {
    let data_type = values.data_type();
    let unfit = |_| Error::internal(format!("no numbers for a column of type {data_type}"));
    let options = CastOptions { safe: true, ..CastOptions::default() };
    let integers = |to: &DataType| -> Result<Int64Array> {
        let cast = cast_with_options(values, to, &options).map_err(unfit)?;
        let cast = cast_with_options(&cast, &DataType::Int64, &options).map_err(unfit)?;
        Ok(cast.as_primitive::<Int64Type>().clone())
    };
    let plain = |numbers: Float64Array| Ok((Kind::Plain, Some(numbers)));
    match data_type {
        integer if integer.is_integer() => {
            let exact = |number: Option<i64>| {
                number.filter(|number| number.unsigned_abs() <= EXACT).map(|number| number as f64)
            };
            plain(integers(&DataType::Int64)?.iter().map(exact).collect())
        }
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            // By its shortest text, a number of 32 bits stays the number that it looks like.
            let texts = to_fields(values).map_err(|_| refused())?;
            let number = |text: Option<&str>| text?.parse::<f64>().ok().filter(|number| number.is_finite());
            plain(texts.iter().map(number).collect())
        }
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..) => {
            let texts = to_fields(values).map_err(|_| refused())?;
            let digits =
                |text: &str| text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
            let number = |text: Option<&str>| text.filter(|text| digits(text) <= 15)?.parse::<f64>().ok();
            plain(texts.iter().map(number).collect())
        }
        DataType::Date32 => {
            let days = integers(&DataType::Int32)?;
            let numbers = days.iter().map(|day| serial(day?.checked_mul(DAY)?)).collect();
            Ok((Kind::Date, Some(numbers)))
        }
        DataType::Date64 | DataType::Timestamp(_, None) => {
            let ticks = ticks(data_type);
            let instants = integers(&DataType::Int64)?;
            let number = |instant: Option<i64>| serial(milliseconds(instant?, ticks)?);
            Ok((Kind::Timestamp, Some(instants.iter().map(number).collect())))
        }
        DataType::Time32(_) | DataType::Time64(_) => {
            let ticks = ticks(data_type);
            let wide = if matches!(data_type, DataType::Time32(_)) { DataType::Int32 } else { DataType::Int64 };
            let times = integers(&wide)?;
            let number = |time: Option<i64>| Some(milliseconds(time?, ticks)? as f64 / DAY as f64);
            Ok((Kind::Time, Some(times.iter().map(number).collect())))
        }
        _ => Ok((Kind::Plain, None)),
    }
}

/// How many units of a type a millisecond has; negative, how many milliseconds a unit has.
fn ticks(data_type: &DataType) -> i64 {
    match data_type {
        DataType::Timestamp(unit, _) | DataType::Time32(unit) | DataType::Time64(unit) => match unit {
            TimeUnit::Second => -1000,
            TimeUnit::Millisecond => 1,
            TimeUnit::Microsecond => 1000,
            TimeUnit::Nanosecond => 1_000_000,
        },
        _ => 1,
    }
}

/// The milliseconds, if they are whole: spreadsheets know nothing finer.
fn milliseconds(units: i64, ticks: i64) -> Option<i64> {
    if ticks < 0 {
        return units.checked_mul(-ticks);
    }
    (units % ticks == 0).then_some(units / ticks)
}

impl<W: Write + Send> Writer for XlsxWriter<W> {
    fn write(&mut self, block: Encoded) -> Result<()> {
        let Encoded::Batches(batches) = block else {
            return Err(Error::internal("a workbook was given a block of another format"));
        };
        batches.iter().try_for_each(|batch| self.write_rows(batch))
    }

    fn finish(mut self: Box<Self>) -> Result<Digest> {
        let workbook = &mut self.workbook;
        let bytes = caught(|| workbook.save_to_buffer().map_err(Refused::from)).map_err(|_| refused())?;
        let cannot = |error: std::io::Error| Error::io("write the file", &self.path, &error);
        self.out.write_all(&bytes).and_then(|()| self.out.flush()).map_err(cannot)?;
        Ok(self.out.digest())
    }
}
