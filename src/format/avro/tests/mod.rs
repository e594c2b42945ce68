//! Container files put together byte by byte, and what becomes of them.

mod hostile;
mod kept;
mod leaks;

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;
use arrow_avro::reader::ReaderBuilder;

/// A number as the specification writes it.
fn long(value: i64) -> Vec<u8> {
    let mut left = ((value << 1) ^ (value >> 63)) as u64;
    let mut bytes = Vec::new();
    while left >= 128 {
        bytes.push((left % 128) as u8 + 128);
        left /= 128;
    }
    bytes.push(left as u8);
    bytes
}

/// A text, or bytes: behind their length.
fn counted(bytes: &[u8]) -> Vec<u8> {
    [long(bytes.len() as i64), bytes.to_vec()].concat()
}

/// A file without compression of these blocks, each so many rows.
fn file(schema: &str, entries: &[(&str, &[u8])], blocks: &[(i64, &[u8])]) -> Vec<u8> {
    let mut bytes = b"Obj\x01".to_vec();
    bytes.extend(long(entries.len() as i64 + 1));
    for (key, value) in [("avro.schema", schema.as_bytes())].iter().chain(entries) {
        bytes.extend(counted(key.as_bytes()));
        bytes.extend(counted(value));
    }
    bytes.push(0);
    bytes.extend([7; 16]);
    for (count, rows) in blocks {
        bytes.extend(long(*count));
        bytes.extend(counted(rows));
        bytes.extend([7; 16]);
    }
    bytes
}

/// The rows of a file without compression, as the library reads them.
fn table(bytes: &[u8]) -> RecordBatch {
    let reader = ReaderBuilder::new().build(std::io::Cursor::new(bytes)).unwrap();
    let schema = reader.schema();
    concat_batches(&schema, &reader.collect::<Result<Vec<_>, _>>().unwrap()).unwrap()
}

/// The text of the schema in a file.
fn schema_of(bytes: &[u8]) -> serde_json::Value {
    let start = memchr::memmem::find(bytes, b"avro.schema").unwrap() + b"avro.schema".len();
    let start = start + bytes[start..].iter().position(|byte| *byte == b'{').unwrap();
    let mut values = serde_json::Deserializer::from_slice(&bytes[start..]).into_iter();
    values.next().unwrap().unwrap()
}
