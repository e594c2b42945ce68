//! Arrow IPC: record batches in, record batches out, as a file (Feather version 2) or as a stream.
//!
//! A block is a run of rows of one record batch. Every column of the output is a new array, also those that stay
//! ([`fresh`]): a buffer of the source may hold values that no row has, under nulls, behind the end of a slice, in a
//! dictionary. Types are as they were, dictionaries too ([`grown`]); metadata of the schema, its fields and the
//! footer stay behind, for anything may be in there. Rows come out in batches of a fixed number, compressed as the
//! source was ([`write`]).
//!
//! Any row of a file may point to any value of a dictionary: dictionaries alone are held whole, up to a limit, those that
//! are read ([`dictionaries`]) and those that are made. In a stream that is written, one that has become long makes way
//! for another.
//!
//! Nothing in a file is believed. What a message says of its buffers is surveyed before the library allocates for it
//! ([`message`]); what the library says of a failure is never passed on, and its panics are failures like others.

mod decode;
mod dictionaries;
mod footer;
mod fresh;
mod grown;
mod input;
mod message;
mod read;
mod schema;
mod stream;
mod tree;
mod write;

#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow::datatypes::Schema;

use crate::error::{Error, Result};
use crate::format::rows::RowsEncoder;
use crate::format::{Encoder, Writer};
use crate::rules::Plan;
use crate::transform::Fate;

use message::Compression;
use schema::{portable, restored};
use write::{IpcWriter, Layout};

pub use read::IpcSource;
#[cfg(feature = "avro")]
pub(super) use {decode::viewed_whole, schema::viewed_schema};

/// Makes what encodes and what writes the output of a plan for an Arrow file as Arrow again, as a file or a stream.
///
/// # Errors
/// Nothing is left of the columns, or the file can't be written.
pub fn ipc_target<W: Write + Send + 'static>(
    source: &IpcSource,
    plan: &Plan,
    is_stream: bool,
    file: W,
    path: &Path,
) -> Result<(Box<dyn Encoder>, Box<dyn Writer>)> {
    let written = source.written();
    let mut fields = Vec::new();
    let mut seeds = Vec::new();
    for field in plan.output_schema().fields() {
        let column = written.index_of(field.name());
        let column = column.map_err(|_| Error::internal("the output has a column that the source has not"))?;
        let stays = plan.report().filter(|leaf| leaf.leaf.column == column).all(|leaf| leaf.fate == Fate::Keep);
        let restored = restored(field, &written.fields()[column], stays)?;
        seeds.push(if stays { source.ordered_values(column)? } else { None });
        fields.push(restored);
    }
    let schema = Arc::new(Schema::new(fields));
    let writer = IpcWriter::start(file, path, schema, Layout { is_stream, compression: source.compression() }, seeds)?;
    Ok((Box::new(RowsEncoder), Box::new(writer)))
}

/// Makes what writes the output of a plan for a file of another format as Arrow, where an encoder gives batches of
/// `schema`. Text is written as Utf8 and bytes as Binary, which every reader of Arrow knows.
///
/// # Errors
/// The file can't be written.
pub fn ipc_writer<W: Write + Send + 'static>(
    schema: &Schema,
    is_stream: bool,
    file: W,
    path: &Path,
) -> Result<Box<dyn Writer>> {
    let fields = schema.fields().iter().map(|field| portable(field)).collect::<Vec<_>>();
    let seeds = fields.iter().map(|_| None).collect();
    let layout = Layout { is_stream, compression: Compression::Lz4 };
    Ok(Box::new(IpcWriter::start(file, path, Arc::new(Schema::new(fields)), layout, seeds)?))
}
