use std::collections::BTreeMap;
use std::io::{self, Read, Write};

/// The length of a file and the BLAKE3 digest of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest {
    /// How many bytes it has.
    pub bytes: u64,
    /// The digest.
    pub hash: blake3::Hash,
}

impl Digest {
    /// That of a folder: its length is that of all files, and its digest that of a list of them, in the order of their
    /// names, each the digest in hexadecimal digits, two blanks, the name, and a line end. It is what `b3sum * | b3sum`
    /// says in the folder.
    pub fn of_folder(files: &BTreeMap<String, Self>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for (name, file) in files {
            hasher.update(format!("{}  {name}\n", file.hash.to_hex()).as_bytes());
        }
        Self { bytes: files.values().map(|file| file.bytes).sum(), hash: hasher.finalize() }
    }
}

/// Reads through to another reader and digests what passes.
pub struct DigestReader<R> {
    inner: R,
    hasher: Box<blake3::Hasher>,
}

impl<R: Read> DigestReader<R> {
    /// Reads from `inner`.
    pub fn new(inner: R) -> Self {
        Self { inner, hasher: Box::default() }
    }

    /// How many bytes have passed.
    pub fn position(&self) -> u64 {
        self.hasher.count()
    }

    /// Reads on to a place, or to the end of the input if that comes first.
    ///
    /// # Errors
    /// The input can't be read.
    pub fn read_to(&mut self, place: u64) -> io::Result<()> {
        let mut buffer = vec![0; 1 << 18];
        loop {
            let left = place.saturating_sub(self.position()).min(buffer.len() as u64) as usize;
            if left == 0 || self.read(&mut buffer[..left])? == 0 {
                return Ok(());
            }
        }
    }

    /// Reads what is left, and gives the digest of everything.
    ///
    /// # Errors
    /// The rest can't be read.
    pub fn finish(mut self) -> io::Result<Digest> {
        self.read_to(u64::MAX)?;
        Ok(Digest { bytes: self.hasher.count(), hash: self.hasher.finalize() })
    }
}

impl<R: Read> Read for DigestReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..length]);
        Ok(length)
    }
}

/// Writes through to another writer and digests what passes.
pub struct DigestWriter<W> {
    inner: W,
    hasher: Box<blake3::Hasher>,
}

impl<W: Write> DigestWriter<W> {
    /// Writes to `inner`.
    pub fn new(inner: W) -> Self {
        Self { inner, hasher: Box::default() }
    }

    /// The digest of what was written.
    pub fn digest(&self) -> Digest {
        Digest { bytes: self.hasher.count(), hash: self.hasher.finalize() }
    }
}

impl<W: Write> Write for DigestWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..length]);
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
