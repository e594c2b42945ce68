use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// How the bytes of a file are compressed as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// gzip, RFC 1952.
    Gzip,
    /// Zstandard, RFC 8878.
    Zstd,
}

impl Compression {
    /// Every compression, with the ending of its files' names.
    pub const ALL: &[(Self, &str)] = &[(Self::Gzip, "gz"), (Self::Zstd, "zst")];

    /// The compression that the ending of a file's name says.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        Self::ALL.iter().find(|(_, known)| ending.eq_ignore_ascii_case(known)).map(|(compression, _)| *compression)
    }

    /// The path without an ending that says how a file is compressed.
    pub fn off(path: &Path) -> PathBuf {
        if Self::of(path).is_some() { path.with_extension("") } else { path.to_path_buf() }
    }

    /// The ending that files compressed in this way are given.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gzip => "gz",
            Self::Zstd => "zst",
        }
    }
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        })
    }
}

/// How many bytes at the start of a file say what it is.
pub(super) const MAGIC: usize = 10;

/// The compression that the first bytes of a file say, by the magic numbers that each format has; none of a text.
///
/// # Errors
/// They are those of a compression or an archive that is not read here, which is named.
pub(super) fn of_start(start: &[u8]) -> Result<Option<Compression>, Error> {
    let refused: &[(&str, &str, bool)] = &[
        ("xz", "xz -dc", start.starts_with(b"\xfd7zXZ\0")),
        // What starts every block follows the three letters and a digit, which alone could be text.
        ("bzip2", "bzip2 -dc", start.starts_with(b"BZh") && start.get(4..10) == Some(b"1AY&SY")),
        ("lz4", "lz4 -dc", start.starts_with(b"\x04\x22\x4d\x18")),
        ("compress (.Z)", "gzip -dc", start.starts_with(b"\x1f\x9d")),
        ("a zip archive", "unzip -p", start.starts_with(b"PK\x03\x04")),
        ("a 7z archive", "7z x -so", start.starts_with(b"7z\xbc\xaf\x27\x1c")),
    ];
    if let Some((what, tool, _)) = refused.iter().find(|(.., is)| *is) {
        return Err(Error::data(format!("the file is {what}, which is not read here"))
            .with_help(format!("decompress it first, as with `{tool}`; gzip and zstd are seen through")));
    }
    let is_zstd_frame = start.starts_with(b"\x28\xb5\x2f\xfd");
    let is_skippable = matches!(start, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
    Ok(match start {
        [0x1f, 0x8b, ..] => Some(Compression::Gzip),
        _ if is_zstd_frame || is_skippable => Some(Compression::Zstd),
        _ => None,
    })
}
