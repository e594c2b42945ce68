use std::path::Path;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

#[cfg(feature = "avro")]
use super::avro::AvroSource;
use super::csv::CsvSource;
use super::dump::Dump;
use super::ipc::IpcSource;
use super::json::JsonSource;
use super::kind::Format;
use super::parquet::{Notes, ParquetSource};
use super::stream::{Stream, is_standard, must_be_plain};
#[cfg(feature = "xlsx")]
use super::xlsx::XlsxSource;
use super::{Reader, Reading};
use crate::error::{Error, ErrorKind, Result};
use crate::rules::{CsvOptions, Plan};

/// A file opened far enough to know its schema.
pub enum Source {
    /// A CSV file.
    Csv(CsvSource),
    /// A Parquet file.
    Parquet(ParquetSource),
    /// A JSON file.
    Json(JsonSource),
    /// An Arrow file or stream, whichever of the two formats its name says.
    Ipc(IpcSource, Format),
    /// An Avro container file.
    #[cfg(feature = "avro")]
    Avro(Box<AvroSource>),
    /// An Excel workbook.
    #[cfg(feature = "xlsx")]
    Xlsx(XlsxSource),
    /// A table of a dump, by its place among the tables.
    Member(Arc<dyn Dump>, usize),
    /// What is no row of a table in a dump: its lines, each a row of one text column.
    Rest(Arc<dyn Dump>, SchemaRef),
}

impl Source {
    /// Opens a file of a table. `csv` says how a CSV file is written, and `infers` whether its columns' types are told
    /// from a sample.
    ///
    /// # Errors
    /// The file can't be read, or is not what its format says.
    pub fn open(path: &Path, format: Format, csv: &CsvOptions, infers: bool) -> Result<Self> {
        match format {
            Format::Csv | Format::Tsv | Format::Psv => Self::from_stream(Stream::open(path)?, format, csv, infers),
            Format::Parquet => {
                must_be_plain(path, format)?;
                Ok(Self::Parquet(ParquetSource::open(path)?))
            }
            Format::JsonLines | Format::Json if !is_standard(path) => Ok(Self::Json(JsonSource::open(path, format)?)),
            Format::JsonLines | Format::Json => Self::from_stream(Stream::open(path)?, format, csv, infers),
            Format::Arrow => {
                must_be_plain(path, format)?;
                Ok(Self::Ipc(IpcSource::open(path)?, format))
            }
            Format::ArrowStream => Ok(Self::Ipc(IpcSource::open(path)?, format)),
            #[cfg(feature = "avro")]
            Format::Avro => Ok(Self::Avro(Box::new(AvroSource::open(path)?))),
            #[cfg(feature = "xlsx")]
            Format::Xlsx => {
                must_be_plain(path, format)?;
                Ok(Self::Xlsx(XlsxSource::open(path)?))
            }
            Format::Dump | Format::DumpFolder => Err(Error::internal("a dump was opened as if it were one table")),
        }
    }

    /// What is no row of a table in a dump.
    pub fn rest(dump: Arc<dyn Dump>) -> Self {
        Self::Rest(dump, Arc::new(Schema::new(vec![Field::new("text", DataType::Utf8View, true)])))
    }

    /// The same of an input that is read once.
    ///
    /// # Errors
    /// As of [`open`](Self::open), and [`ErrorKind::Usage`] if the format can't be read so.
    pub fn from_stream(input: Stream, format: Format, csv: &CsvOptions, infers: bool) -> Result<Self> {
        match format {
            Format::Csv | Format::Tsv | Format::Psv => {
                let input = input.declared(csv.encoding)?;
                let mut source = CsvSource::open(input, &dialect(csv, format))?.of_format(format);
                if infers {
                    source.infer_types()?;
                }
                Ok(Self::Csv(source))
            }
            Format::JsonLines | Format::Json => Ok(Self::Json(JsonSource::from_stream(input, format)?)),
            Format::Arrow | Format::ArrowStream => Ok(Self::Ipc(IpcSource::from_stream(input)?, format)),
            #[cfg(feature = "avro")]
            Format::Avro => Ok(Self::Avro(Box::new(AvroSource::from_stream(input)?))),
            Format::Dump | Format::DumpFolder => Err(Error::internal("a dump was opened as if it were one table")),
            _ => Err(Error::new(ErrorKind::Usage, format!("{format} can't be read through a pipe"))
                .with_help("read it from a file")),
        }
    }

    /// The columns of the file. Text has the type Utf8View.
    pub fn schema(&self) -> &SchemaRef {
        match self {
            Self::Csv(source) => source.schema(),
            Self::Parquet(source) => source.schema(),
            Self::Json(source) => source.schema(),
            Self::Ipc(source, _) => source.schema(),
            #[cfg(feature = "avro")]
            Self::Avro(source) => source.schema(),
            #[cfg(feature = "xlsx")]
            Self::Xlsx(source) => source.schema(),
            Self::Member(dump, place) => &dump.tables()[*place].schema,
            Self::Rest(_, schema) => schema,
        }
    }

    /// How many rows the file has, where it says so without being read.
    pub fn rows(&self) -> Option<u64> {
        match self {
            Self::Parquet(source) => Some(source.rows()),
            Self::Csv(_) | Self::Json(_) | Self::Ipc(..) | Self::Member(..) | Self::Rest(..) => None,
            #[cfg(feature = "avro")]
            Self::Avro(_) => None,
            #[cfg(feature = "xlsx")]
            Self::Xlsx(source) => Some(source.rows()),
        }
    }

    /// What the file says beside its rows, in formats where it can.
    pub fn notes(&self) -> Option<Notes> {
        match self {
            Self::Parquet(source) => Some(source.notes()),
            Self::Ipc(source, _) => Some(source.notes()),
            #[cfg(feature = "avro")]
            Self::Avro(source) => Some(source.notes()),
            #[cfg(feature = "xlsx")]
            Self::Xlsx(source) => Some(source.notes()),
            Self::Csv(_) | Self::Json(_) | Self::Member(..) | Self::Rest(..) => None,
        }
    }

    /// Makes columns of paths that the rules name and the file lacks, where the format leaves it to each row which
    /// columns it has.
    ///
    /// # Errors
    /// A path of the rules can't be told from one of the file.
    pub fn expect<'p>(&mut self, paths: impl Iterator<Item = &'p str>) -> Result<()> {
        match self {
            Self::Json(source) => source.expect(paths),
            _ => Ok(()),
        }
    }

    /// Whether all of the file was read to open it, so that it should not be opened twice.
    pub fn was_read(&self) -> bool {
        matches!(self, Self::Json(_))
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        match self {
            Self::Csv(source) => source.format(),
            Self::Parquet(_) => Format::Parquet,
            Self::Json(source) => source.format(),
            Self::Ipc(_, format) => *format,
            #[cfg(feature = "avro")]
            Self::Avro(_) => Format::Avro,
            #[cfg(feature = "xlsx")]
            Self::Xlsx(_) => Format::Xlsx,
            Self::Member(..) | Self::Rest(..) => Format::Dump,
        }
    }

    /// Notes that the output does not keep the row groups that a source has.
    pub(super) fn split(&self) {
        if let Self::Parquet(source) = self {
            source.split_groups();
        }
    }

    /// Starts reading what the plan wants, in blocks of about `block_size` bytes where the format leaves that open.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read(self, plan: &Plan, block_size: usize) -> Result<Box<dyn Reader>> {
        self.read_what(&Reading::of(plan), block_size)
    }

    /// Starts reading every column, decoded and for nobody to write again, in blocks of about `block_size` bytes or of
    /// a part of a row group. `counts_rows` says whether blocks must know their first row.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read_all(self, block_size: usize, counts_rows: bool) -> Result<Box<dyn Reader>> {
        let wanted = (0..self.schema().fields().len()).collect();
        self.read_columns(wanted, block_size, counts_rows)
    }

    /// The same for some columns, which are `wanted`, ascending.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read_columns(self, wanted: Vec<usize>, block_size: usize, counts_rows: bool) -> Result<Box<dyn Reader>> {
        self.split();
        self.read_what(&Reading { wanted, carried: Vec::new(), counts_rows }, block_size)
    }

    fn read_what(self, reading: &Reading, block_size: usize) -> Result<Box<dyn Reader>> {
        match self {
            Self::Csv(source) => Ok(source.read(reading, block_size)),
            Self::Parquet(source) => source.read(reading),
            Self::Json(source) => source.read(reading, block_size),
            Self::Ipc(source, _) => source.read(reading),
            #[cfg(feature = "avro")]
            Self::Avro(source) => source.read(reading, block_size),
            #[cfg(feature = "xlsx")]
            Self::Xlsx(source) => source.read(reading),
            Self::Member(dump, place) => dump.read_table(place, reading, block_size),
            Self::Rest(dump, _) => dump.read_rest(block_size),
        }
    }
}

/// The dialect of a table's files of a format: as declared, but for a delimiter that is left to the format.
pub(super) fn dialect(options: &CsvOptions, format: Format) -> CsvOptions {
    CsvOptions { delimiter: options.delimiter.or(format.delimiter()), ..options.clone() }
}
