//! How the blocks of a file are compressed.

use std::io::{Read, Write};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::error::{Error, Result};
use crate::format::parquet::Fault;
use crate::format::stream::most_of;

/// The most bytes that the rows of a block take up decompressed, however many there are before.
pub(super) const LARGEST: u64 = 512 << 20;

/// The level of zstd: its own default.
const ZSTD_LEVEL: i32 = 3;

/// A codec that is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codec {
    Null,
    Deflate,
    Snappy,
    Zstandard,
}

impl Codec {
    const ALL: &[(Self, &str)] =
        &[(Self::Null, "null"), (Self::Deflate, "deflate"), (Self::Snappy, "snappy"), (Self::Zstandard, "zstandard")];

    /// The codecs of the specification that are not read.
    const REFUSED: &[&str] = &["bzip2", "xz"];

    /// The codec that a file names.
    ///
    /// # Errors
    /// It is not known here.
    pub(super) fn of(name: &[u8]) -> Result<Self> {
        if let Some((codec, _)) = Self::ALL.iter().find(|(_, known)| known.as_bytes() == name) {
            return Ok(*codec);
        }
        let refused = Self::REFUSED.iter().find(|known| known.as_bytes() == name);
        let what =
            refused.map_or("a codec that is not known here".to_owned(), |name| format!("{name}, which is not read"));
        Err(Error::data(format!("the blocks of the file are compressed with {what}"))
            .with_help("write it anew with deflate, snappy, zstandard or none"))
    }

    /// What a file calls it.
    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(codec, _)| *codec == self).map_or("null", |(_, name)| name)
    }

    /// The bytes of a block as they were.
    ///
    /// # Errors
    /// They are not sound, or more than what is taken for a table.
    pub(super) fn decompressed(self, bytes: Vec<u8>) -> Result<Vec<u8>> {
        let most = LARGEST.min(most_of(bytes.len() as u64));
        let made = match self {
            Self::Null => Some(bytes),
            Self::Deflate => limited(DeflateDecoder::new(bytes.as_slice()), most),
            Self::Zstandard => {
                zstd::stream::read::Decoder::new(bytes.as_slice()).ok().and_then(|input| limited(input, most))
            }
            Self::Snappy => match bytes.split_last_chunk::<4>() {
                Some((bytes, _)) if snap::raw::decompress_len(bytes).is_ok_and(|length| length as u64 > most) => {
                    return Err(too_large());
                }
                Some((bytes, check)) => {
                    let made = snap::raw::Decoder::new().decompress_vec(bytes).ok();
                    made.filter(|made| crc(made) == u32::from_be_bytes(*check))
                }
                None => None,
            },
        };
        match made {
            Some(made) if made.len() as u64 > most => Err(too_large()),
            Some(made) => Ok(made),
            None => Err(Fault::Malformed.reading("a block")),
        }
    }

    /// The bytes of a block as a file has them.
    ///
    /// # Errors
    /// Internal, if the compressor refuses them.
    pub(super) fn compressed(self, bytes: &[u8]) -> Result<Vec<u8>> {
        let made = match self {
            Self::Null => Some(bytes.to_vec()),
            Self::Deflate => {
                let mut encoder = DeflateEncoder::new(Vec::new(), flate2::Compression::default());
                encoder.write_all(bytes).and_then(|()| encoder.finish()).ok()
            }
            Self::Zstandard => zstd::stream::encode_all(bytes, ZSTD_LEVEL).ok(),
            Self::Snappy => snap::raw::Encoder::new().compress_vec(bytes).ok().map(|mut made| {
                made.extend(crc(bytes).to_be_bytes());
                made
            }),
        };
        made.ok_or_else(|| Error::internal("a block of an Avro file can't be compressed"))
    }
}

/// The error for a block that takes up more than it should.
pub(super) fn too_large() -> Error {
    Error::data("a block of the file grows out of all proportion when it is read")
        .with_help("if it was not made to do harm, write the table in smaller blocks")
}

/// What comes of an input, up to the first byte that is too much.
fn limited(input: impl Read, most: u64) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    input.take(most + 1).read_to_end(&mut made).ok()?;
    Some(made)
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_comes_back_and_damage_is_found() {
        let bytes = b"Ana Silva, ana@loja-azul.pt; ".repeat(100);
        for (codec, name) in Codec::ALL {
            assert_eq!(Codec::of(name.as_bytes()).unwrap(), *codec);
            let made = codec.compressed(&bytes).unwrap();
            assert_eq!(codec.decompressed(made.clone()).unwrap(), bytes, "{name}");
            assert!(*codec == Codec::Null || made.len() < bytes.len() / 4, "{name}");
            assert_ne!(codec.decompressed(made[..made.len() - 1].to_vec()).ok().as_ref(), Some(&bytes), "{name}");
        }
        // The check of the bytes 123456789 under CRC-32.
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        for (name, said) in [("bzip2", "with bzip2"), ("xz", "with xz"), ("Ana", "a codec that is not known")] {
            assert!(Codec::of(name.as_bytes()).unwrap_err().message().contains(said), "{name}");
        }
    }

    #[test]
    fn what_grows_beyond_measure_is_refused() {
        // The length of a snappy block stands at its start: here one of 4 GiB.
        let snappy = [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0];
        let zeros = vec![0; 120 << 20];
        let (deflate, zstandard) =
            (Codec::Deflate.compressed(&zeros).unwrap(), Codec::Zstandard.compressed(&zeros).unwrap());
        for (codec, bytes) in [(Codec::Snappy, &snappy[..]), (Codec::Deflate, &deflate), (Codec::Zstandard, &zstandard)]
        {
            let error = codec.decompressed(bytes.to_vec()).unwrap_err();
            assert!(error.message().contains("out of all proportion"), "{codec:?}: {error}");
        }
        // What stays below 64 MiB may be as small as it likes.
        let zeros = &zeros[..60 << 20];
        assert_eq!(Codec::Zstandard.decompressed(Codec::Zstandard.compressed(zeros).unwrap()).unwrap(), zeros);
    }
}
