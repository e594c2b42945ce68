use std::fmt;
use std::path::Path;

use super::dump::Archive;
use super::stream::Compression;

/// The formats there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, RFC 4180, in the dialect that the rules declare.
    Csv,
    /// The same with a tab between fields.
    Tsv,
    /// The same with a `|` between fields.
    Psv,
    /// Apache Parquet.
    Parquet,
    /// JSON lines: an object a line.
    JsonLines,
    /// JSON: a list of objects, or objects that follow each other.
    Json,
    /// Arrow IPC, the file format: Feather version 2.
    Arrow,
    /// Arrow IPC, the stream format.
    ArrowStream,
    /// An Avro container file.
    #[cfg(feature = "avro")]
    Avro,
    /// An Excel workbook of one sheet.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// A dump of a database, in SQL.
    Dump,
    /// A dump of PostgreSQL that is a folder. No ending says that: what is in it does.
    DumpFolder,
}

impl Format {
    /// Every format, with the endings of its files' names.
    pub const ALL: &[(Self, &[&str])] = &[
        (Self::Csv, &["csv"]),
        (Self::Tsv, &["tsv", "tab"]),
        (Self::Psv, &["psv"]),
        (Self::Parquet, &["parquet", "pq"]),
        (Self::JsonLines, &["jsonl", "ndjson"]),
        (Self::Json, &["json"]),
        (Self::Arrow, &["arrow", "feather", "ipc"]),
        (Self::ArrowStream, &["arrows"]),
        #[cfg(feature = "avro")]
        (Self::Avro, &["avro"]),
        #[cfg(feature = "xlsx")]
        (Self::Xlsx, &["xlsx"]),
        (Self::Dump, &["sql"]),
    ];

    /// The format of a file by the ending of its name, or by what stands before an ending that says how it is compressed.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = Compression::off(path).extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map(|(format, _)| *format)
    }

    /// The format of what stands at a path: by its name, or by what is in it where that is a folder, or the name says
    /// nothing of an archive that is a dump.
    pub fn at(path: &Path) -> Option<Self> {
        match path.is_dir() {
            true => Archive::at(path).map(|_| Self::DumpFolder),
            false => Self::of(path).or_else(|| Archive::at(path).map(|_| Self::Dump)),
        }
    }

    /// Whether it is a dump, which has many tables.
    pub fn is_dump(self) -> bool {
        matches!(self, Self::Dump | Self::DumpFolder)
    }

    /// Whether files of this format are read and written from their start to their end, so that they may be compressed
    /// as a whole.
    pub fn is_stream(self) -> bool {
        match self {
            Self::Csv | Self::Tsv | Self::Psv | Self::JsonLines | Self::Json | Self::ArrowStream | Self::Dump => true,
            #[cfg(feature = "avro")]
            Self::Avro => true,
            Self::Parquet | Self::Arrow | Self::DumpFolder => false,
            #[cfg(feature = "xlsx")]
            Self::Xlsx => false,
        }
    }

    /// The ending that files of this format are given.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Psv => "psv",
            Self::Parquet => "parquet",
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Arrow => "arrow",
            Self::ArrowStream => "arrows",
            #[cfg(feature = "avro")]
            Self::Avro => "avro",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "xlsx",
            Self::Dump => "sql",
            Self::DumpFolder => "dir",
        }
    }

    /// What the command line calls it: as its files end, but for dumps.
    pub fn name(self) -> &'static str {
        if self == Self::Dump { "dump" } else { self.ending() }
    }

    /// The byte between fields, in formats that are CSV in one dialect or another; rules may declare another.
    pub fn delimiter(self) -> Option<u8> {
        match self {
            Self::Csv => Some(b','),
            Self::Tsv => Some(b'\t'),
            Self::Psv => Some(b'|'),
            _ => None,
        }
    }

    /// Whether it is CSV in one dialect or another.
    pub fn is_delimited(self) -> bool {
        self.delimiter().is_some()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Psv => "PSV",
            Self::Parquet => "Parquet",
            Self::JsonLines => "JSON lines",
            Self::Json => "JSON",
            Self::Arrow => "Arrow",
            Self::ArrowStream => "Arrow stream",
            #[cfg(feature = "avro")]
            Self::Avro => "Avro",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "Excel workbook",
            Self::Dump => "SQL dump",
            Self::DumpFolder => "dump in a folder",
        })
    }
}
