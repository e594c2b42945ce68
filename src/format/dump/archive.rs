//! The archives of `pg_dump`: dumps that are no scripts, and are read by `pg_restore`.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::Error;

/// What the custom format and the table of contents of every other start with.
pub(super) const MAGIC: &[u8] = b"PGDMP";

/// The file in a folder, and the first in a tar file, that says what is in the others.
pub(super) const CONTENTS: &str = "toc.dat";

/// The name of the manifest in a folder, which is no file of a dump. Beside a single file it stands after the file's own
/// name and a dot.
pub const MANIFEST_NAME: &str = "bowdler.manifest.json";

/// How many bytes say what an archive is: the header of a file in a tar file.
const HEAD: u64 = 512;

/// An archive of `pg_dump`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archive {
    /// The custom format, one file.
    Custom,
    /// A tar file.
    Tar,
    /// A folder, or the table of contents of one.
    Folder,
}

impl Archive {
    /// The archive that starts like this; none, if it is none.
    pub fn of_head(head: &[u8]) -> Option<Self> {
        let is_tar = || head.get(257..262) == Some(b"ustar") && head.starts_with(CONTENTS.as_bytes());
        // What kind it is stands behind the magic number, its version in three bytes, and the size of two types. The
        // table of contents of a folder says there that it is the one of a tar file.
        match head.strip_prefix(MAGIC) {
            Some(rest) => Some(if rest.get(5).is_none_or(|kind| *kind == 1) { Self::Custom } else { Self::Folder }),
            None => is_tar().then_some(Self::Tar),
        }
    }

    /// The archive that stands at a path, be it a file or a folder; none, if there is none that can be read.
    pub fn at(path: &Path) -> Option<Self> {
        let is_folder = path.is_dir();
        let file = File::open(if is_folder { path.join(CONTENTS) } else { path.to_path_buf() }).ok()?;
        let mut head = Vec::new();
        file.take(HEAD).read_to_end(&mut head).ok()?;
        let archive = Self::of_head(&head)?;
        (!is_folder || archive != Self::Tar).then_some(if is_folder { Self::Folder } else { archive })
    }

    /// Says that it is not read, and what to do.
    pub fn refused(self) -> Error {
        let (message, help) = match self {
            Self::Custom => (
                "this is a dump of PostgreSQL in its custom format, which is not read",
                "`pg_restore -f - FILE | bowdler run RULES -` makes it a plain script",
            ),
            Self::Tar => (
                "this is a dump of PostgreSQL as a tar file, which is not read",
                "`pg_restore -f - FILE | bowdler run RULES -` makes it a plain script",
            ),
            Self::Folder => {
                ("this is the table of contents of a dump that is a folder", "name the folder that it stands in")
            }
        };
        Error::data(message).with_help(help)
    }
}
