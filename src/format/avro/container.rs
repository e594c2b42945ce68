//! The container: a header, and blocks of rows with a marker behind each.

use std::collections::BTreeMap;

use serde_json::Value;

use super::codec::Codec;
use super::schema::Type;
use super::walk::{long, put_long};
use crate::error::{Error, Result};
use crate::format::parquet::Fault;
use crate::format::{Digest, Stream};

/// What a file starts with.
const MAGIC: [u8; 4] = *b"Obj\x01";

/// The entries of a header that the format itself knows.
pub(super) const SCHEMA: &str = "avro.schema";
pub(super) const CODEC: &str = "avro.codec";

/// The most entries of a header, and the most bytes that they take up.
const ENTRIES: usize = 10_000;
const LONGEST_HEADER: usize = 16 << 20;

/// The most bytes of a block in the file.
const LARGEST_BLOCK: u64 = 512 << 20;

/// The most rows of a block.
const ROWS: u64 = 1 << 24;

/// What room is made for at once, in bytes.
const AT_ONCE: usize = 16 << 20;

/// What stands between blocks.
pub(super) type Marker = [u8; 16];

/// What stands before the blocks of a file.
pub(super) struct Header {
    /// Everything that it says, by key, in bytes.
    pub(super) entries: BTreeMap<String, Vec<u8>>,
    pub(super) schema: Type,
    pub(super) codec: Codec,
    marker: Marker,
}

/// Rows as they stand in a file.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) count: u64,
    pub(super) bytes: Vec<u8>,
}

/// The bytes of a file, from its start to its end.
pub(super) struct Container {
    input: Stream,
    /// What was read of the input and not yet passed.
    ahead: Vec<u8>,
    at: usize,
}

fn malformed(what: &str) -> Error {
    Fault::Malformed.reading(what)
}

fn cut_off() -> Error {
    Error::data("the file ends before the rows in it do")
        .with_help("was it cut off, or not closed by the program that wrote it? Export it again")
}

impl Container {
    /// Reads what stands before the blocks.
    ///
    /// # Errors
    /// The input can't be read, is no container file, or has a schema or a codec that is not known here.
    pub(super) fn open(input: Stream) -> Result<(Self, Header)> {
        let mut container = Self { input, ahead: Vec::new(), at: 0 };
        if container.peek(MAGIC.len())? != MAGIC {
            return Err(Error::data("this is no Avro container file: it does not start as one")
                .with_help("messages of Avro without a container have no schema with them, and are not read"));
        }
        container.at += MAGIC.len();
        let entries = container.entries()?;
        let marker = container.marker()?;
        let codec = entries.get(CODEC).map_or(Ok(Codec::Null), |name| Codec::of(name))?;
        let schema = entries.get(SCHEMA).and_then(|text| serde_json::from_slice::<Value>(text).ok());
        let schema = Type::read(&schema.ok_or_else(|| malformed("the schema"))?)?;
        Ok((container, Header { entries, schema, codec, marker }))
    }

    /// The entries of the header: a map from texts to bytes, in blocks.
    fn entries(&mut self) -> Result<BTreeMap<String, Vec<u8>>> {
        let wrong = || malformed("the header");
        let mut entries = BTreeMap::new();
        let mut size = 0;
        loop {
            let count = self.long()?;
            if count == 0 {
                return Ok(entries);
            }
            if count < 0 {
                self.long()?;
            }
            for _ in 0..count.unsigned_abs() {
                let mut text = || {
                    let length = usize::try_from(self.long()?).ok().filter(|length| *length <= LONGEST_HEADER);
                    size += length.ok_or_else(wrong)?;
                    if size > LONGEST_HEADER {
                        return Err(Error::data(format!("the header takes up more than {LONGEST_HEADER} bytes")));
                    }
                    self.take(length.ok_or_else(wrong)?)
                };
                let key = String::from_utf8(text()?).map_err(|_| wrong())?;
                let value = text()?;
                if entries.insert(key, value).is_some() || entries.len() > ENTRIES {
                    return Err(wrong());
                }
            }
        }
    }

    /// The next block, or none at the end of the file.
    ///
    /// # Errors
    /// The input can't be read, ends inside a block, or is malformed.
    pub(super) fn next(&mut self, header: &Header) -> Result<Option<Rows>> {
        if self.peek(1)?.is_empty() {
            return Ok(None);
        }
        let count = u64::try_from(self.long()?).map_err(|_| malformed("a block"))?;
        let length = u64::try_from(self.long()?).map_err(|_| malformed("a block"))?;
        if count > ROWS || length > LARGEST_BLOCK {
            return Err(Error::data(format!(
                "a block of the file has more than {ROWS} rows, or takes up more than {LARGEST_BLOCK} bytes"
            ))
            .with_help("export the table in smaller blocks"));
        }
        let bytes = self.take(length as usize)?;
        if self.marker()? != header.marker {
            return Err(malformed("a block"));
        }
        Ok(Some(Rows { count, bytes }))
    }

    fn marker(&mut self) -> Result<Marker> {
        let bytes = self.take(size_of::<Marker>())?;
        bytes.try_into().map_err(|_| cut_off())
    }

    fn long(&mut self) -> Result<i64> {
        let bytes = self.peek(10)?;
        let is_cut = bytes.len() < 10;
        match long(bytes) {
            Some((value, length)) => {
                self.at += length;
                Ok(value)
            }
            None if is_cut => Err(cut_off()),
            None => Err(malformed("the file")),
        }
    }

    fn take(&mut self, length: usize) -> Result<Vec<u8>> {
        let from_ahead = length.min(self.ahead.len() - self.at);
        let mut bytes = self.ahead[self.at..self.at + from_ahead].to_vec();
        self.at += from_ahead;
        while bytes.len() < length {
            let next = length.min(bytes.len().saturating_add(AT_ONCE));
            if !self.input.fill(&mut bytes, next)? {
                return Err(cut_off());
            }
        }
        Ok(bytes)
    }

    /// The next bytes, left where they are; fewer if the input ends before.
    fn peek(&mut self, size: usize) -> Result<&[u8]> {
        self.ahead.drain(..self.at);
        self.at = 0;
        if self.ahead.len() < size {
            self.input.fill(&mut self.ahead, size)?;
        }
        Ok(self.ahead.get(..size).unwrap_or(&self.ahead))
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.input.position()
    }

    /// Reads what is left, and gives the digest of the whole input.
    ///
    /// # Errors
    /// It can't be read.
    pub(super) fn finish(self) -> Result<Digest> {
        self.input.finish()
    }
}

/// The header of a file of this schema, and the marker that it has between blocks.
///
/// A marker is there to be found in the middle of a file, and is drawn at random by others. Here it is taken from the
/// schema and the codec, so that the same rows are always the same bytes.
pub(super) fn header(schema: &Value, codec: Codec) -> (Vec<u8>, Marker) {
    let schema = schema.to_string();
    let mut hasher = blake3::Hasher::new_derive_key("bowdler Avro sync marker");
    hasher.update(codec.name().as_bytes()).update(&[0]).update(schema.as_bytes());
    let mut marker = Marker::default();
    hasher.finalize_xof().fill(&mut marker);
    let mut bytes = MAGIC.to_vec();
    let entries = [(SCHEMA, schema.as_str()), (CODEC, codec.name())];
    put_long(entries.len() as i64, &mut bytes);
    for text in entries.into_iter().flat_map(|(key, value)| [key, value]) {
        put_long(text.len() as i64, &mut bytes);
        bytes.extend(text.as_bytes());
    }
    put_long(0, &mut bytes);
    bytes.extend(marker);
    (bytes, marker)
}

/// Adds a block of rows, compressed as it is to be.
pub(super) fn put_block(rows: &Rows, marker: &Marker, bytes: &mut Vec<u8>) {
    put_long(rows.count as i64, bytes);
    put_long(rows.bytes.len() as i64, bytes);
    bytes.extend(&rows.bytes);
    bytes.extend(marker);
}
