//! Text in any encoding in, UTF-8 out. What is no text of the encoding is an error: nothing is ever replaced.

use std::io::{self, Chain, Cursor, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE, mem};

use super::carried;
use crate::error::{Error, Place};
use crate::rules::Encoding;

/// How many bytes a byte order mark takes up at most.
const MARK: usize = 4;

/// How many bytes are decoded at a time.
const PIECE: usize = 64 << 10;

/// Reads text in any encoding as UTF-8. A byte order mark stays what it is: the first character.
pub(super) struct Decode<R> {
    inner: Chain<Cursor<Vec<u8>>, R>,
    encoding: Encoding,
    way: Way,
    bytes: Box<[u8]>,
    /// What was decoded, of which what is before `given` was given out.
    text: Box<[u8]>,
    given: usize,
    decoded: usize,
    /// How many bytes were decoded.
    place: u64,
    at_end: bool,
}

enum Way {
    /// As it is, for whoever reads it to check.
    Through,
    /// Bytes are their characters.
    Latin1,
    By(Decoder),
}

impl<R: Read> Decode<R> {
    /// Reads from `inner`, which stands at its start: text in this encoding, if one is given; or else in the one that
    /// its byte order mark says, or UTF-8.
    ///
    /// # Errors
    /// The input can't be read, or its byte order mark is that of another encoding.
    pub(super) fn new(inner: R, declared: Option<Encoding>) -> io::Result<Self> {
        Self::after(Vec::with_capacity(MARK), inner, declared)
    }

    /// The same text from its start, of which `head` was given out, in this encoding; and how much of the head remains
    /// given out.
    ///
    /// # Errors
    /// The byte order mark is that of another encoding, or the input can't be read.
    pub(super) fn declared(self, head: Vec<u8>, declared: Encoding) -> io::Result<(Self, Vec<u8>)> {
        if !matches!(self.way, Way::Through) {
            // A mark has said what it is, and what was given out is decoded already.
            return match self.encoding == declared {
                true => Ok((self, head)),
                false => Err(carried(contradiction(self.encoding, declared))),
            };
        }
        let (rest, inner) = self.inner.into_inner();
        let mut start = head;
        start.extend_from_slice(rest.get_ref().get(rest.position() as usize..).unwrap_or_default());
        Ok((Self::after(start, inner, Some(declared))?, Vec::new()))
    }

    /// Reads what was read already, and the rest.
    fn after(mut start: Vec<u8>, mut inner: R, declared: Option<Encoding>) -> io::Result<Self> {
        inner.by_ref().take(MARK.saturating_sub(start.len()) as u64).read_to_end(&mut start)?;
        let encoding = encoding_of(&start, declared).map_err(carried)?;
        Ok(Self::of(start, inner, encoding))
    }

    fn of(start: Vec<u8>, inner: R, encoding: Encoding) -> Self {
        let way = match encoding {
            Encoding::Utf8 => Way::Through,
            Encoding::Utf16Le => Way::By(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Way::By(UTF_16BE.new_decoder_without_bom_handling()),
            Encoding::Latin1 => Way::Latin1,
            Encoding::Table(table) => Way::By(table.new_decoder_without_bom_handling()),
        };
        let piece = if matches!(way, Way::Through) { 0 } else { PIECE };
        Self {
            inner: Cursor::new(start).chain(inner),
            encoding,
            way,
            bytes: vec![0; piece].into(),
            // A byte makes three at most, and what was held back before makes few.
            text: vec![0; piece * 3 + 16].into(),
            given: 0,
            decoded: 0,
            place: 0,
            at_end: false,
        }
    }

    /// Reads from `inner` as it is, whatever its first bytes look like.
    pub(super) fn through(inner: R) -> Self {
        Self::of(Vec::new(), inner, Encoding::Utf8)
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(super) fn inner(&self) -> &R {
        self.inner.get_ref().1
    }

    pub(super) fn into_inner(self) -> R {
        self.inner.into_inner().1
    }

    /// Decodes the next piece, of which nothing is left to give out.
    fn refill(&mut self) -> io::Result<()> {
        let length = self.inner.read(&mut self.bytes)?;
        self.at_end = length == 0;
        let bytes = &self.bytes[..length];
        (self.given, self.decoded) = (0, 0);
        let decoder = match &mut self.way {
            Way::By(decoder) => decoder,
            Way::Latin1 | Way::Through => {
                self.decoded = mem::convert_latin1_to_utf8(bytes, &mut self.text);
                return Ok(());
            }
        };
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(bytes, &mut self.text, self.at_end);
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
        if matches!(self.way, Way::Through) {
            return self.inner.read(buffer);
        }
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

/// The encoding of a text that starts with these bytes. A byte order mark is certain; without one nothing is guessed.
fn encoding_of(start: &[u8], declared: Option<Encoding>) -> Result<Encoding, Error> {
    let marked = match start {
        [0xff, 0xfe, 0, 0] | [0, 0, 0xfe, 0xff] => {
            return Err(Error::data("the file is UTF-32, which is not read here").with_help("export it as UTF-8"));
        }
        [0xef, 0xbb, 0xbf, ..] => Some(Encoding::Utf8),
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => None,
    };
    match (marked, declared) {
        (Some(marked), Some(declared)) if marked != declared => Err(contradiction(marked, declared)),
        _ => Ok(marked.or(declared).unwrap_or_default()),
    }
}

fn contradiction(marked: Encoding, declared: Encoding) -> Error {
    Error::data(format!("the file has the byte order mark of {marked}, and was to be {declared}"))
        .with_help(format!("say `encoding = \"{marked}\"`, or nothing: the mark is known"))
}
