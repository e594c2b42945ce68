//! Bytes in, compressed bytes out: the same whatever pieces they come in and however many threads there are.
//!
//! What is written is cut into chunks of one size, each of which is compressed alone. In gzip they make up one member: a
//! chunk is a run of deflate blocks that ends at the border of a byte, and the checksums of all are put together, so that
//! a file cut off anywhere is known to be. In zstd, which has no such way, each chunk is a frame with a checksum.

use std::io::{self, Write};

use flate2::{Compress, Crc, FlushCompress, Status};
use rayon::prelude::*;
use zstd::bulk::Compressor;

use super::compression::Compression;

/// How many bytes are gathered until they are compressed, several chunks at once.
pub(super) const GATHERED: usize = 8 << 20;

/// How many bytes are compressed alone. It shows in the output: another size makes other files.
const fn chunk(compression: Compression) -> usize {
    match compression {
        Compression::Gzip => 1 << 20,
        // As much as the window of the level.
        Compression::Zstd => 2 << 20,
    }
}

/// The levels, as the tools have them by default.
const GZIP_LEVEL: u32 = 6;
const ZSTD_LEVEL: i32 = 3;

/// The header of a gzip member that says nothing of when, where and by whom it was made: deflate, no flags, no time, no
/// extra flags, an unknown system.
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// The last deflate block: final, with fixed codes, empty.
const LAST_BLOCK: [u8; 2] = [3, 0];

/// Writes through to another writer and compresses what passes, on the pool of threads that it is called on.
pub(super) struct Chunks<W> {
    out: W,
    compression: Compression,
    /// What is not compressed yet.
    gathered: Vec<u8>,
    /// The checksum and length of what is.
    checksum: Crc,
    is_empty: bool,
}

impl<W: Write> Chunks<W> {
    /// Writes to `out`.
    pub(super) fn new(out: W, compression: Compression) -> Self {
        Self { out, compression, gathered: Vec::new(), checksum: Crc::new(), is_empty: true }
    }

    /// Whether so many bytes more will be work for several threads.
    pub(super) fn is_full_with(&self, bytes: usize) -> bool {
        self.gathered.len() + bytes >= GATHERED
    }

    /// Takes bytes, and compresses them when there are enough.
    ///
    /// # Errors
    /// They can't be written.
    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() < GATHERED {
            return Ok(());
        }
        let whole = self.gathered.len() - self.gathered.len() % chunk(self.compression);
        self.compress(whole)
    }

    /// Compresses the first so many bytes of those gathered.
    fn compress(&mut self, length: usize) -> io::Result<()> {
        let compression = self.compression;
        let chunks = self.gathered[..length].par_chunks(chunk(compression)).map(|chunk| compressed(chunk, compression));
        for compressed in chunks.collect::<Vec<_>>() {
            let (bytes, checksum) = compressed?;
            self.start()?;
            self.out.write_all(&bytes)?;
            self.checksum.combine(&checksum);
        }
        self.gathered.drain(..length);
        Ok(())
    }

    fn start(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.is_empty) && self.compression == Compression::Gzip {
            self.out.write_all(&GZIP_HEADER)?;
        }
        Ok(())
    }

    /// Compresses what is left and writes what ends the file.
    ///
    /// # Errors
    /// It can't be written.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.compress(self.gathered.len())?;
        match self.compression {
            Compression::Gzip => {
                self.start()?;
                self.out.write_all(&LAST_BLOCK)?;
                self.out.write_all(&self.checksum.sum().to_le_bytes())?;
                self.out.write_all(&self.checksum.amount().to_le_bytes())?;
            }
            // A file without a frame would be no zstd.
            Compression::Zstd if self.is_empty => self.out.write_all(&frame(&[])?)?,
            Compression::Zstd => {}
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

/// A chunk compressed alone, and the checksum of what it was.
fn compressed(chunk: &[u8], compression: Compression) -> io::Result<(Vec<u8>, Crc)> {
    let mut checksum = Crc::new();
    match compression {
        Compression::Gzip => {
            checksum.update(chunk);
            Ok((blocks(chunk)?, checksum))
        }
        Compression::Zstd => Ok((frame(chunk)?, checksum)),
    }
}

/// Deflate blocks that end at the border of a byte, none of them the last.
fn blocks(chunk: &[u8]) -> io::Result<Vec<u8>> {
    let mut compress = Compress::new(flate2::Compression::new(GZIP_LEVEL), false);
    let mut out = Vec::with_capacity(chunk.len() / 2 + 64);
    loop {
        let rest = chunk.get(compress.total_in() as usize..).unwrap_or_default();
        let status = compress.compress_vec(rest, &mut out, FlushCompress::Sync).map_err(io::Error::other)?;
        // All is there when there was room for more.
        if compress.total_in() == chunk.len() as u64 && out.len() < out.capacity() {
            return Ok(out);
        }
        if status == Status::StreamEnd {
            return Err(io::ErrorKind::Other.into());
        }
        out.reserve(out.len().max(64));
    }
}

/// A zstd frame with its length and a checksum.
fn frame(chunk: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressor = Compressor::new(ZSTD_LEVEL)?;
    compressor.include_checksum(true)?;
    compressor.compress(chunk)
}
