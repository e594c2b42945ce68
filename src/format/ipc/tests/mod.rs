//! What a user would notice, on whole files. The oracles are the library's own readers, on the bytes that came out;
//! pyarrow is asked in `tests/oracles`.

mod arbitrary;
mod dictionaries;
mod hostile;
mod kept;
mod leaks;

use std::io::Cursor;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::{Schema, SchemaRef};
use arrow::ipc::CompressionType;
use arrow::ipc::reader::{FileReader, StreamReader};
use arrow::ipc::writer::{DictionaryHandling, FileWriter, IpcWriteOptions, StreamWriter};

use crate::error::ErrorKind;
use crate::format::Format;
use crate::format::runs::{Given, Run, finds};

fn options(compression: Option<CompressionType>) -> IpcWriteOptions {
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    options.with_dictionary_handling(DictionaryHandling::Delta)
}

fn file_of(batches: &[RecordBatch], compression: Option<CompressionType>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = FileWriter::try_new_with_options(&mut bytes, &batches[0].schema(), options(compression)).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.finish().unwrap();
    bytes
}

fn stream_of(batches: &[RecordBatch], compression: Option<CompressionType>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let schema = batches[0].schema();
    let mut writer = StreamWriter::try_new_with_options(&mut bytes, &schema, options(compression)).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.finish().unwrap();
    bytes
}

/// The whole of a file or stream as one batch, as a reader sees it.
fn table(bytes: &[u8]) -> RecordBatch {
    let (schema, batches): (SchemaRef, Vec<RecordBatch>) = if bytes.starts_with(b"ARROW1") {
        let reader = FileReader::try_new(Cursor::new(bytes), None).unwrap();
        (reader.schema(), reader.map(Result::unwrap).collect())
    } else {
        let reader = StreamReader::try_new(Cursor::new(bytes), None).unwrap();
        (reader.schema(), reader.map(Result::unwrap).collect())
    };
    arrow::compute::concat_batches(&schema, &batches).unwrap()
}
