//! Text in any encoding in, UTF-8 out. What is no text of the encoding is an error: nothing is ever replaced.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE, mem};

use super::carried;
use crate::error::{Error, Place};
use crate::rules::Encoding;

/// How many bytes are decoded at a time.
const PIECE: usize = 64 << 10;

/// Reads text in an encoding other than UTF-8 as UTF-8. A byte order mark stays what it is: the first character.
pub(super) struct Decode<R> {
    inner: R,
    encoding: Encoding,
    /// None for ISO 8859-1, whose bytes are their characters.
    decoder: Option<Decoder>,
    bytes: Box<[u8]>,
    /// What was decoded, of which what is before `given` was given out.
    text: Box<[u8]>,
    given: usize,
    decoded: usize,
    /// How many bytes were decoded.
    place: u64,
    at_end: bool,
}

impl<R: Read> Decode<R> {
    /// Reads from `inner`; none if it is UTF-8 already.
    pub(super) fn new(inner: R, encoding: Encoding) -> Result<Self, R> {
        let decoder = match encoding {
            Encoding::Utf8 => return Err(inner),
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Encoding::Latin1 => None,
            Encoding::Table(table) => Some(table.new_decoder_without_bom_handling()),
        };
        Ok(Self {
            inner,
            encoding,
            decoder,
            bytes: vec![0; PIECE].into(),
            // A byte makes three at most, and what was held back before makes few.
            text: vec![0; PIECE * 3 + 16].into(),
            given: 0,
            decoded: 0,
            place: 0,
            at_end: false,
        })
    }

    pub(super) fn inner(&self) -> &R {
        &self.inner
    }

    pub(super) fn into_inner(self) -> R {
        self.inner
    }

    /// Decodes the next piece, of which nothing is left to give out.
    fn refill(&mut self) -> io::Result<()> {
        let length = self.inner.read(&mut self.bytes)?;
        self.at_end = length == 0;
        let bytes = &self.bytes[..length];
        (self.given, self.decoded) = (0, 0);
        let Some(decoder) = &mut self.decoder else {
            self.decoded = mem::convert_latin1_to_utf8(bytes, &mut self.text);
            return Ok(());
        };
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(bytes, &mut self.text, self.at_end);
        self.decoded = written;
        self.place += read as u64;
        match result {
            DecoderResult::InputEmpty => Ok(()),
            DecoderResult::OutputFull => Err(carried(Error::internal("a piece of text grew more than it can"))),
            DecoderResult::Malformed(length, after) => {
                let start = self.place.saturating_sub(u64::from(length) + u64::from(after));
                Err(carried(self.malformed(start)))
            }
        }
    }

    fn malformed(&self, place: u64) -> Error {
        Error::data(format!("the file is no {}", self.encoding))
            .at(Place { byte: Some(place), ..Place::default() })
            .with_help("is it cut off, or in another encoding? The `csv` of the table says which: `encoding = \"…\"`")
    }
}

impl<R: Read> Read for Decode<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.decoded && !self.at_end {
            self.refill()?;
        }
        let text = &self.text[self.given..self.decoded];
        let length = text.len().min(buffer.len());
        buffer[..length].copy_from_slice(&text[..length]);
        self.given += length;
        Ok(length)
    }
}
