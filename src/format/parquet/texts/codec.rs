use std::io;

use parquet::basic::{CompressionCodec, ZstdLevel};
use zstd::bulk::Compressor;
use zstd::zstd_safe::compress_bound;

/// The codecs that pages are compressed with here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codec {
    None,
    Snappy,
    Zstd,
}

impl Codec {
    pub(super) fn of(codec: CompressionCodec) -> Option<Self> {
        match codec {
            CompressionCodec::UNCOMPRESSED => Some(Self::None),
            CompressionCodec::SNAPPY => Some(Self::Snappy),
            CompressionCodec::ZSTD => Some(Self::Zstd),
            _ => None,
        }
    }
}

impl From<Codec> for CompressionCodec {
    fn from(codec: Codec) -> Self {
        match codec {
            Codec::None => Self::UNCOMPRESSED,
            Codec::Snappy => Self::SNAPPY,
            Codec::Zstd => Self::ZSTD,
        }
    }
}

/// What one thread needs to compress pages, one after the other, whichever columns they are of.
#[derive(Default)]
pub(in crate::format::parquet) struct Press {
    zstd: Option<Compressor<'static>>,
    snappy: Option<snap::raw::Encoder>,
    squeezed: Vec<u8>,
}

impl Press {
    /// The bytes of a page compressed.
    pub(super) fn squeeze<'p>(&'p mut self, codec: Codec, raw: &'p [u8]) -> io::Result<&'p [u8]> {
        self.squeezed.clear();
        match codec {
            Codec::None => return Ok(raw),
            Codec::Snappy => {
                self.squeezed.resize(snap::raw::max_compress_len(raw.len()), 0);
                let length =
                    self.snappy.get_or_insert_with(snap::raw::Encoder::new).compress(raw, &mut self.squeezed)?;
                self.squeezed.truncate(length);
            }
            Codec::Zstd => {
                let zstd = match &mut self.zstd {
                    Some(zstd) => zstd,
                    none => none.insert(Compressor::new(ZstdLevel::default().compression_level())?),
                };
                self.squeezed.reserve(compress_bound(raw.len()));
                zstd.compress_to_buffer(raw, &mut self.squeezed)?;
            }
        }
        Ok(&self.squeezed)
    }
}
