//! How the blocks of a file are compressed.

use std::io::{Read, Write};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::error::{Error, Result};

/// The most bytes that the rows of a block take up decompressed.
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

    /// The codec that a file names.
    ///
    /// # Errors
    /// It is not known here.
    pub(super) fn of(name: &[u8]) -> Result<Self> {
        let known = Self::ALL.iter().find(|(_, known)| known.as_bytes() == name).map(|(codec, _)| *codec);
        known.ok_or_else(|| {
            Error::data("the file is compressed with a codec that is not known here")
                .with_help("write it anew with deflate, snappy, zstandard or none; bzip2 and xz are not read")
        })
    }

    /// What a file calls it.
    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(codec, _)| *codec == self).map_or("null", |(_, name)| name)
    }

    /// The bytes of a block as they were, unless they are not sound or more than [`LARGEST`].
    pub(super) fn decompressed(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Null => Some(bytes.to_vec()),
            Self::Deflate => limited(DeflateDecoder::new(bytes)),
            Self::Zstandard => limited(zstd::stream::read::Decoder::new(bytes).ok()?),
            Self::Snappy => {
                let (bytes, check) = bytes.split_last_chunk::<4>()?;
                snap::raw::decompress_len(bytes).ok().filter(|length| *length as u64 <= LARGEST)?;
                let made = snap::raw::Decoder::new().decompress_vec(bytes).ok()?;
                (crc(&made) == u32::from_be_bytes(*check)).then_some(made)
            }
        }
        .filter(|made| made.len() as u64 <= LARGEST)
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

fn limited(input: impl Read) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut made).ok()?;
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
            assert_eq!(codec.decompressed(&made).as_ref(), Some(&bytes), "{name}");
            assert!(*codec == Codec::Null || made.len() < bytes.len() / 4, "{name}");
            assert_ne!(codec.decompressed(&made[..made.len() - 1]).as_ref(), Some(&bytes), "{name}");
        }
        // The check of the bytes 123456789 under CRC-32.
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        assert!(Codec::of(b"bzip2").is_err());
    }

    #[test]
    fn what_grows_beyond_measure_is_refused() {
        // The length of a snappy block stands at its start: here one of 4 GiB.
        assert_eq!(Codec::Snappy.decompressed(&[0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0]), None);
    }
}
