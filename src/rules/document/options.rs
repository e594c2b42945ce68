use std::collections::BTreeMap;

use arrow::datatypes::{DataType, TimeUnit};

use crate::rules::Encoding;
use crate::transform::{Complaint, Section, Value};

/// How the CSV files of a table are written, in and out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvOptions {
    /// The byte between fields. None: that of the file's format, `,` in a `.csv`, a tab in a `.tsv`, `|` in a `.psv`.
    pub delimiter: Option<u8>,
    /// The byte round fields that hold delimiters, quotes or line ends, doubled inside them: `"` by default. None: no
    /// quoting at all.
    pub quote: Option<u8>,
    /// Whether the first record names the columns: true by default.
    pub header: bool,
    /// The names of the columns where there is no header.
    pub columns: Vec<String>,
    /// What an unquoted field holds for it to be null: nothing, by default. A quoted field is never null.
    pub null: String,
    /// Whether a text that bowdler writes anew, and that a spreadsheet would take for a formula, gets a `'` before it:
    /// false by default, for it makes another value of it. Fields that are carried over stay as they are.
    pub formula_guard: bool,
    /// The encoding of the files; by default what a byte order mark says, or UTF-8.
    pub encoding: Option<Encoding>,
    /// The encoding of what is written; by default that of what is read.
    pub output_encoding: Option<Encoding>,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            delimiter: None,
            quote: Some(b'"'),
            header: true,
            columns: Vec::new(),
            null: String::new(),
            formula_guard: false,
            encoding: None,
            output_encoding: None,
        }
    }
}

impl CsvOptions {
    /// How the files that are written say they are written.
    pub fn published(&self) -> Self {
        Self { encoding: self.output_encoding.or(self.encoding), output_encoding: None, ..self.clone() }
    }
}

/// A type that a CSV column has when it becomes a typed format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnType(pub DataType);

const NAMES: &[(&str, DataType)] = &[
    ("text", DataType::Utf8View),
    ("boolean", DataType::Boolean),
    ("int8", DataType::Int8),
    ("int16", DataType::Int16),
    ("int32", DataType::Int32),
    ("int64", DataType::Int64),
    ("uint8", DataType::UInt8),
    ("uint16", DataType::UInt16),
    ("uint32", DataType::UInt32),
    ("uint64", DataType::UInt64),
    ("float32", DataType::Float32),
    ("float64", DataType::Float64),
    ("date", DataType::Date32),
    ("timestamp", DataType::Timestamp(TimeUnit::Microsecond, None)),
];

impl ColumnType {
    /// Reads a type as it is written in rules: one of the names, or `decimal(PRECISION, SCALE)`.
    fn parse(text: &str) -> Option<Self> {
        if let Some((_, data_type)) = NAMES.iter().find(|(name, _)| *name == text) {
            return Some(Self(data_type.clone()));
        }
        let (precision, scale) = text.strip_prefix("decimal(")?.strip_suffix(')')?.split_once(',')?;
        let (precision, scale) = (precision.trim().parse::<u8>().ok()?, scale.trim().parse::<i8>().ok()?);
        let fits = (1..=38).contains(&precision) && scale >= 0 && scale as u8 <= precision;
        fits.then_some(Self(DataType::Decimal128(precision, scale)))
    }
}

/// Reads `csv = { … }`.
pub(super) fn csv(table: &mut Section) -> CsvOptions {
    let mut options = CsvOptions::default();
    let Some((span, fields)) = table.table("csv") else { return options };
    let mut section = Section::new(span, fields);
    options.delimiter = byte(&mut section, "delimiter");
    let delimiter = options.delimiter.unwrap_or(b',');
    match section.take("quote") {
        None => {}
        Some((_, Value::Text(text))) if text.is_empty() => options.quote = None,
        Some((span, value)) => match one_byte(&value) {
            Some(quote) => options.quote = Some(quote),
            None => section.complain(Complaint::new(span, "`quote` is one ASCII character, or \"\" for none")),
        },
    }
    if options.quote == Some(delimiter) {
        let span = section.span();
        section.complain(Complaint::new(span, "delimiter and quote are the same character"));
    }
    let header = section.boolean("header");
    options.header = header.as_ref().is_none_or(|(_, header)| *header);
    options.columns = section.texts("columns").into_iter().map(|(_, name)| name).collect();
    if options.header && !options.columns.is_empty() {
        let span = section.span();
        section.complain(
            Complaint::new(span, "`columns` names the columns of a file without header")
                .help("write `header = false` as well"),
        );
    }
    options.formula_guard = section.boolean("formula_guard").is_some_and(|(_, guard)| guard);
    if let Some((span, null)) = section.text("null") {
        if null.bytes().any(|byte| matches!(byte, b'\n' | b'\r') || byte == delimiter || Some(byte) == options.quote) {
            section.complain(Complaint::new(span, "`null` can't hold a delimiter, a quote or a line end"));
        } else {
            options.null = null;
        }
    }
    options.encoding = encoding(&mut section, "encoding");
    options.output_encoding = encoding(&mut section, "output_encoding");
    for complaint in section.finish() {
        table.complain(complaint);
    }
    options
}

fn encoding(section: &mut Section, name: &'static str) -> Option<Encoding> {
    let (span, name) = section.text(name)?;
    let encoding = Encoding::parse(&name);
    if encoding.is_none() {
        let complaint = Complaint::new(span, "this is no encoding that is known here");
        section.complain(complaint.help(format!("known are {}", Encoding::NAMES)));
    }
    encoding
}

/// Reads `types = { column = "type" }`.
pub(super) fn types(table: &mut Section) -> BTreeMap<String, ColumnType> {
    let mut types = BTreeMap::new();
    let Some((_, fields)) = table.table("types") else { return types };
    for (column, (span, value)) in fields {
        match value {
            Value::Text(text) => match ColumnType::parse(&text) {
                Some(column_type) => {
                    types.insert(column, column_type);
                }
                None => {
                    let names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
                    table.complain(
                        Complaint::new(span, "there is no such type")
                            .help(format!("it is one of {}, or decimal(PRECISION, SCALE)", names.join(", "))),
                    );
                }
            },
            other => table.complain(Complaint::new(span, format!("a type is a text, and this is {}", other.kind()))),
        }
    }
    types
}

fn byte(section: &mut Section, name: &'static str) -> Option<u8> {
    let (span, value) = section.take(name)?;
    let byte = one_byte(&value);
    if byte.is_none() {
        section.complain(Complaint::new(span, format!("`{name}` is one ASCII character, no line end")));
    }
    byte
}

fn one_byte(value: &Value) -> Option<u8> {
    match value {
        Value::Text(text) => match text.as_bytes() {
            [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r' | 0) => Some(*byte),
            _ => None,
        },
        _ => None,
    }
}
