//! Avro: container files in, container files out.
//!
//! A block here is a run of a file's own blocks. Of the header, only the schema comes out, and of that what a reader
//! needs: types, names of types and fields, the order of unions. Documentation, defaults, aliases, properties and other
//! entries stay behind, for anything may be in there; so do the symbols of enumerations, which become texts ([`emit`]).
//! Rows come out in blocks that depend on the rows alone, compressed as the source was ([`write`]).
//!
//! Nothing in a file is believed. The container is read here ([`container`], [`codec`]), and rows are walked through
//! before the library decodes them ([`walk`]); what the library says of a failure is never passed on, and its panics are
//! failures like others. A file has no end that it tells of: one that is cut off just behind a block is a whole file.

mod codec;
mod container;
mod emit;
mod notes;
mod read;
mod schema;
mod walk;
mod write;
mod written;

#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::Path;

use arrow::datatypes::Schema;

use crate::error::Result;
use crate::format::rows::RowsEncoder;
use crate::format::{Encoder, Writer};
use crate::rules::Plan;
use crate::transform::Fate;

use codec::Codec;
use write::AvroWriter;
use written::{Column, table};

pub use read::AvroSource;

/// Makes what encodes and what writes the output of a plan for an Avro file as Avro again.
///
/// # Errors
/// Nothing is left of the columns, one has no form in Avro, or the file can't be written.
pub fn avro_target<W: Write + Send + 'static>(
    source: &AvroSource,
    plan: &Plan,
    file: W,
    path: &Path,
) -> Result<(Box<dyn Encoder>, Box<dyn Writer>)> {
    let fields = plan.output_schema().fields();
    let columns = fields.iter().map(|field| {
        let place = source.schema().index_of(field.name()).ok();
        let stays = plan.report().filter(|leaf| Some(leaf.leaf.column) == place).all(|leaf| leaf.fate == Fate::Keep);
        Column { field, source: source.column(field.name()), stays }
    });
    let schema = table(columns, Some(source.name()))?;
    Ok((Box::new(RowsEncoder), Box::new(AvroWriter::start(file, path, fields, schema, source.codec())?)))
}

/// Makes what writes the output of a plan for a file of another format as Avro, where an encoder gives batches of
/// `schema`. It is compressed with deflate, which every reader of Avro knows.
///
/// # Errors
/// A column has no form in Avro, or the file can't be written.
pub fn avro_writer<W: Write + Send + 'static>(schema: &Schema, file: W, path: &Path) -> Result<Box<dyn Writer>> {
    let fields = schema.fields();
    let columns = fields.iter().map(|field| Column { field, source: None, stays: false });
    Ok(Box::new(AvroWriter::start(file, path, fields, table(columns, None)?, Codec::Deflate)?))
}
