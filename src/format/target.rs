//! What becomes of a file in the format of its output.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;

#[cfg(feature = "avro")]
use super::avro::{avro_target, avro_writer};
use super::csv::{csv_encoder, csv_head};
use super::ipc::{ipc_target, ipc_writer};
use super::json::{json_encoder, json_writer};
use super::kind::Format;
use super::parquet::{parquet_target, rows_writer, typed_encoder, typed_schema};
use super::rows::RowsEncoder;
use super::source::{Source, dialect};
use super::stream::text_target;
#[cfg(feature = "xlsx")]
use super::xlsx::xlsx_writer;
use super::{Encoder, Writer};
use crate::error::{Error, ErrorKind, Result};
use crate::rules::{CsvOptions, Delivery, Encoding, Plan, Table};

/// The encodings of a file and of its output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Encodings {
    /// That of the file.
    pub input: Encoding,
    /// That of its output.
    pub output: Encoding,
}

impl Source {
    /// What a plan for this file may leave to the reader and the writer, if the output has the format `to`.
    pub fn delivery(&self, to: Format) -> Delivery {
        match self {
            // What can't be written in the encoding of the output must be seen, so that it can be told where it is.
            Self::Csv(source) if !source.is_carried() => Delivery::Decoded,
            Self::Member(..) if to.is_dump() => Delivery::Verbatim,
            // Arrow and Avro files and workbooks are always written anew.
            Self::Csv(_) | Self::Parquet(_) if self.format() == to => Delivery::Verbatim,
            Self::Json(_) if matches!(to, Format::JsonLines | Format::Json) => Delivery::Verbatim,
            _ => Delivery::Decoded,
        }
    }

    /// The encodings of the file and of its output in the format `to`, each where it may be another than UTF-8.
    pub fn encodings(&self, to: Format, csv: &CsvOptions) -> Encodings {
        let (input, own) = match self {
            Self::Csv(source) => (source.encodings().0, Some(source.encodings().1)),
            Self::Json(source) => (source.encoding(), None),
            _ => (Encoding::default(), None),
        };
        let output = match own {
            _ if !to.is_delimited() => None,
            Some(own) => Some(own),
            None => csv.published().encoding,
        };
        Encodings { input, output: output.unwrap_or_default() }
    }

    /// Makes what encodes and what writes the output of a plan for this file into `file`; `path` is what messages call
    /// it, and its ending says whether it is compressed.
    ///
    /// # Errors
    /// The output's schema has no form in the format, or the file can't be written.
    pub fn target<W: Write + Send + 'static>(
        &self,
        to: Format,
        plan: &Plan,
        table: &Table,
        file: W,
        path: &Path,
    ) -> Result<(Box<dyn Encoder>, Box<dyn Writer>)> {
        let encoding = self.encodings(to, &table.csv).output;
        if let Self::Json(source) = self {
            source.check(plan)?;
        }
        match (to, self) {
            (_, Self::Member(..) | Self::Rest(..)) | (Format::Dump | Format::DumpFolder, _) => {
                let message = format!("{} can't be written as {to}", self.format());
                Err(Error::new(ErrorKind::Usage, message)
                    .with_help("a dump comes out as a dump, and nothing else does"))
            }
            (Format::Csv | Format::Tsv | Format::Psv, _) => {
                let options = dialect(&table.csv, to);
                let head = match self {
                    Self::Csv(source) if source.format() == to => source.head(plan)?,
                    Self::Csv(source) => [source.mark(encoding), &csv_head(&options, plan)?].concat(),
                    _ => csv_head(&options, plan)?,
                };
                self.split();
                text_target(csv_encoder(&options, plan)?, head, encoding, file, path)
            }
            (Format::JsonLines | Format::Json, Self::Json(source)) => source.target(to, plan, file, path),
            (Format::JsonLines | Format::Json, _) => {
                self.split();
                let typed = match self {
                    Self::Csv(source) => Some(Arc::new(typed_schema(plan, table, source.inferred())?)),
                    _ => None,
                };
                Ok((json_encoder(to, plan, typed)?, json_writer(to, file, path)?))
            }
            (Format::Parquet, Self::Parquet(source)) => parquet_target(source, plan, file, path),
            (Format::Parquet, _) => {
                let (encoder, schema) = self.rows_of(plan, table)?;
                Ok((encoder, rows_writer(schema, file, path)?))
            }
            (Format::Arrow | Format::ArrowStream, Self::Ipc(source, format)) => {
                let is_stream = if *format == to { source.is_stream() } else { to == Format::ArrowStream };
                ipc_target(source, plan, is_stream, file, path)
            }
            (Format::Arrow | Format::ArrowStream, _) => {
                let (encoder, schema) = self.rows_of(plan, table)?;
                Ok((encoder, ipc_writer(&schema, to == Format::ArrowStream, file, path)?))
            }
            #[cfg(feature = "avro")]
            (Format::Avro, Self::Avro(source)) => avro_target(source, plan, file, path),
            #[cfg(feature = "avro")]
            (Format::Avro, _) => {
                let (encoder, schema) = self.rows_of(plan, table)?;
                Ok((encoder, avro_writer(&schema, file, path)?))
            }
            #[cfg(feature = "xlsx")]
            (Format::Xlsx, _) => {
                let (encoder, schema) = self.rows_of(plan, table)?;
                Ok((encoder, xlsx_writer(&schema, file, path)?))
            }
        }
    }

    /// What gives the output of a plan as rows of typed columns, for a writer that cuts them itself; and their schema.
    fn rows_of(&self, plan: &Plan, table: &Table) -> Result<(Box<dyn Encoder>, SchemaRef)> {
        self.split();
        match self {
            Self::Csv(source) => typed_encoder(plan, table, source.inferred()),
            Self::Json(source) => typed_encoder(plan, table, &source.inferred(plan)),
            _ if plan.output_schema().fields().is_empty() => {
                Err(Error::data("no column is left").with_help("keep or treat at least one"))
            }
            _ => Ok((Box::new(RowsEncoder), Arc::clone(plan.output_schema()))),
        }
    }
}
