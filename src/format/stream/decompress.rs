//! Compressed bytes in, bytes out, and nothing taken on trust: what is cut off, damaged, followed by something else or
//! out of all proportion is an error, and after an error there is never an end.

use std::io::{self, BufReader, Chain, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use zstd::stream::read::Decoder as ZstdDecoder;

use super::carried;
use super::compression::{Compression, MAGIC, of_start};
use crate::error::Error;
use crate::format::{Digest, DigestReader};

/// How much is read at a time from what is compressed.
const READ: usize = 256 << 10;

/// How many bytes may come of each compressed byte. Exports stay far below it; gzip can reach 1032, zstd 30,000.
const LARGEST_RATIO: u64 = 400;

/// How many bytes may come of whatever there is: the ratio counts beyond them.
const ALWAYS: u64 = 64 << 20;

/// The most bytes that may come of so many compressed ones.
pub(in crate::format) fn most_of(compressed: u64) -> u64 {
    compressed.saturating_mul(LARGEST_RATIO).saturating_add(ALWAYS)
}

/// The largest window of a zstd frame, as a power of two: 128 MiB, what zstd itself reads without being asked to.
const LARGEST_WINDOW: u32 = 27;

/// Reads what is compressed, or is not, and digests what it is read from.
pub(super) struct Decompress<R> {
    inner: Inner<R>,
    /// How many bytes came out.
    given: u64,
    /// What went wrong, to be told again to whoever reads on.
    failure: Option<Error>,
}

/// An input whose first bytes have been looked at.
type Input<R> = Chain<Cursor<Vec<u8>>, DigestReader<R>>;

enum Inner<R> {
    Plain(Input<R>),
    Gzip(Box<MultiGzDecoder<BufReader<Input<R>>>>),
    Zstd(ZstdDecoder<'static, BufReader<Input<R>>>),
}

impl<R: Read> Decompress<R> {
    /// Reads from `input`, which stands at its start. `named` is the compression that its name says, if it says one:
    /// then it must have it. Without, the first bytes of the input say what it is.
    ///
    /// # Errors
    /// The input can't be read, is compressed in another way than its name says, or in a way that is not read here.
    pub(super) fn new(mut input: DigestReader<R>, named: Option<Compression>) -> io::Result<Self> {
        let mut start = Vec::with_capacity(MAGIC);
        input.by_ref().take(MAGIC as u64).read_to_end(&mut start)?;
        let compression = of_start(&start).map_err(carried)?;
        if named.is_some() && compression != named {
            return Err(carried(misnamed(named, compression, start.is_empty())));
        }
        let input = Cursor::new(start).chain(input);
        let buffered = |input| BufReader::with_capacity(READ, input);
        let inner = match compression {
            None => Inner::Plain(input),
            Some(Compression::Gzip) => Inner::Gzip(Box::new(MultiGzDecoder::new(buffered(input)))),
            Some(Compression::Zstd) => {
                let mut decoder = ZstdDecoder::with_buffer(buffered(input))?;
                decoder.window_log_max(LARGEST_WINDOW)?;
                Inner::Zstd(decoder)
            }
        };
        Ok(Self { inner, given: 0, failure: None })
    }

    /// Reads from `input` as it is, whatever its first bytes look like.
    pub(super) fn plain(input: DigestReader<R>) -> Self {
        Self { inner: Inner::Plain(Cursor::new(Vec::new()).chain(input)), given: 0, failure: None }
    }

    /// How the input is compressed.
    pub(super) fn compression(&self) -> Option<Compression> {
        match &self.inner {
            Inner::Plain(_) => None,
            Inner::Gzip(_) => Some(Compression::Gzip),
            Inner::Zstd(_) => Some(Compression::Zstd),
        }
    }

    /// How many bytes of the input were read.
    pub(super) fn position(&self) -> u64 {
        let input = match &self.inner {
            Inner::Plain(input) => input,
            Inner::Gzip(decoder) => decoder.get_ref().get_ref(),
            Inner::Zstd(decoder) => decoder.get_ref().get_ref(),
        };
        input.get_ref().1.position()
    }

    /// The digest of the input, which is read to its end: what is compressed must be sound up to there.
    ///
    /// # Errors
    /// The rest can't be read, or is not sound.
    pub(super) fn finish(mut self) -> io::Result<Digest> {
        if self.compression().is_some() {
            io::copy(&mut self, &mut io::sink())?;
        }
        let input = match self.inner {
            Inner::Plain(input) => input,
            Inner::Gzip(decoder) => decoder.into_inner().into_inner(),
            Inner::Zstd(decoder) => decoder.into_inner().into_inner(),
        };
        input.into_inner().1.finish()
    }

    fn is_bomb(&self) -> bool {
        self.given > most_of(self.position())
    }
}

impl<R: Read> Read for Decompress<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(failure) = &self.failure {
            return Err(carried(failure.clone()));
        }
        let (read, compression) = match &mut self.inner {
            Inner::Plain(input) => return input.read(buffer),
            Inner::Gzip(decoder) => (decoder.read(buffer), Compression::Gzip),
            Inner::Zstd(decoder) => (decoder.read(buffer), Compression::Zstd),
        };
        let failure = match read {
            Ok(length) => {
                self.given += length as u64;
                if !self.is_bomb() {
                    return Ok(length);
                }
                disproportionate()
            }
            Err(error) if error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Interrupted => {
                return Err(error);
            }
            Err(error) => damaged(compression, &error),
        };
        Err(carried(self.failure.insert(failure).clone()))
    }
}

fn damaged(compression: Compression, error: &io::Error) -> Error {
    /// What zstd calls a window that is larger than allowed.
    const TOO_LARGE: &str = "Frame requires too much memory for decoding";
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return Error::data(format!("the file is cut off: its {compression} has no end"))
            .with_help("copy or export it again; nothing of what is there was used");
    }
    if error.to_string() == TOO_LARGE {
        return Error::data(format!("the {compression} of the file needs a window of more than 128 MiB"))
            .with_help("compress it anew without `--long`, or give it uncompressed");
    }
    Error::data(format!("the file is damaged: its {compression} is malformed, or something follows it"))
        .with_help(format!("`{compression} -t` says whether it is sound"))
}

fn disproportionate() -> Error {
    Error::data(format!("the file grows to more than {LARGEST_RATIO} times its size when it is decompressed"))
        .with_help("if it is none of those that are made to do harm, decompress it first")
}

fn misnamed(named: Option<Compression>, found: Option<Compression>, is_empty: bool) -> Error {
    let named = named.map_or_else(String::new, |named| named.to_string());
    match found {
        _ if is_empty => Error::data(format!("the name of the file says {named}, and the file is empty"))
            .with_help("is it cut off? Of no rows at all there is still a compressed file"),
        Some(found) => Error::data(format!("the name of the file says {named}, and it is {found}"))
            .with_help(format!("call it `.{}`", found.ending())),
        None => Error::data(format!("the name of the file says {named}, and it is not"))
            .with_help("if it is not compressed, take the ending off its name; or is it damaged?"),
    }
}
