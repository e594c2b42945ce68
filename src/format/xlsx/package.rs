//! A look at the package that a workbook is, before a library believes what it says.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::error::{Error, Result};
use crate::format::parquet::{Fault, guarded};

/// What all parts of a package may take up unpacked, in bytes.
const LARGEST: u64 = 512 << 20;

/// The most parts.
const PARTS: usize = 10_000;

/// What a package starts with: it is a zip archive.
const MAGIC: [u8; 4] = *b"PK\x03\x04";

/// What an encrypted workbook, or one of before 2007, starts with.
const COMPOUND: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// Opens a package.
///
/// # Errors
/// The file can't be read, or is none.
pub(super) fn open(path: &Path) -> Result<ZipArchive<BufReader<File>>> {
    let cannot = |error: std::io::Error| Error::io("open the file", path, &error);
    let file = File::open(path).map_err(cannot)?;
    let mut start = Vec::new();
    (&file).take(MAGIC.len() as u64).read_to_end(&mut start).map_err(cannot)?;
    if start == COMPOUND {
        return Err(Error::data("the workbook is encrypted, or of a version of Excel before 2007")
            .with_help("save it as .xlsx without a password"));
    }
    let none = || Error::data("this is no workbook").with_help("was it cut off? Export it again, as .xlsx");
    if start != MAGIC {
        return Err(none());
    }
    let archive = guarded(|| ZipArchive::new(BufReader::new(file)).map_err(|_| Fault::Malformed));
    let archive = archive.map_err(|_| none())?;
    if archive.len() > PARTS {
        return Err(Error::data(format!("the workbook has more than {PARTS} parts")));
    }
    Ok(archive)
}

/// Gives each part, unpacked, with its name to `see`.
///
/// # Errors
/// A part is malformed, or they are too large together.
pub(super) fn each_part(
    archive: &mut ZipArchive<BufReader<File>>,
    mut see: impl FnMut(&str, &[u8]) -> Result<()>,
) -> Result<()> {
    let mut left = LARGEST;
    for place in 0..archive.len() {
        let part = guarded(|| {
            let part = archive.by_index(place).map_err(|_| Fault::Malformed)?;
            let name = part.name().map_err(|_| Fault::Malformed)?.into_owned();
            let mut bytes = Vec::new();
            part.take(left + 1).read_to_end(&mut bytes).map_err(|_| Fault::Malformed)?;
            Ok::<_, Fault>((name, bytes))
        });
        let (name, bytes) = part.map_err(told)?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            Error::data(format!("the workbook takes up more than {} MiB unpacked", LARGEST >> 20))
                .with_help("a workbook is read as a whole: export the table as CSV or Parquet")
        })?;
        see(&name, &bytes)?;
    }
    Ok(())
}

/// Looks whether the parts of a package can be given to a library: their size, and the numbers that it would make room
/// for.
///
/// # Errors
/// They can't.
pub(super) fn survey(path: &Path) -> Result<()> {
    each_part(&mut open(path)?, |_, bytes| match counts_plausibly(bytes) {
        true => Ok(()),
        false => Err(told(Fault::Malformed)),
    })
}

/// Whether a table of texts has room for as many texts as it says.
fn counts_plausibly(bytes: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    memchr::memmem::find_iter(bytes, COUNT).all(|place| {
        let rest = bytes.get(place + COUNT.len()..).unwrap_or_default();
        let rest = rest.trim_ascii_start().strip_prefix(b"=").unwrap_or_default().trim_ascii_start();
        let digits = rest.get(1..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit());
        let count = digits.fold(0_u64, |count, digit| count.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        // A text takes up five bytes at least; some writers count a little more than there are.
        count <= bytes.len() as u64 / 4 + 1024
    })
}

/// The error for a workbook that can't be read.
pub(super) fn told(fault: Fault) -> Error {
    fault.reading("the workbook")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_without_texts_is_not_believed() {
        for (text, plausible) in [
            ("<sst count=\"2\" uniqueCount=\"2\"><si><t>a</t></si><si/></sst>", true),
            ("<sst uniqueCount=\"99999999\"><si/></sst>", false),
            ("<sst a=\"si>\" uniqueCount = '18446744073709551616'/>", false),
            ("<si><t>uniqueCount of 99999999</t></si>", true),
            ("", true),
        ] {
            assert_eq!(counts_plausibly(text.as_bytes()), plausible, "{text}");
        }
    }
}
