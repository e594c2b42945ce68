use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::Dialect;
use super::scan::scan;
use crate::error::{Error, Result};
use crate::rules::CsvOptions;

/// How much of a file is looked at, in bytes.
const HEAD: u64 = 256 << 10;

/// The delimiters that are thought of; of two that fit as well, the earlier is taken.
const DELIMITERS: &[u8] = b",;\t|";

/// Finds out which delimiter a CSV file of unknown origin has: the one that cuts the records of its start into the same
/// number of fields each, and into the most. It is the comma, if none does.
///
/// # Errors
/// The file can't be read.
pub fn sniff(path: &Path) -> Result<CsvOptions> {
    let mut head = Vec::new();
    let file = File::open(path).map_err(|error| Error::io("open the file", path, &error))?;
    file.take(HEAD).read_to_end(&mut head).map_err(|error| Error::io("read the file", path, &error))?;
    let is_whole = (head.len() as u64) < HEAD;
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&head);
    let options = |delimiter| CsvOptions { delimiter, ..CsvOptions::default() };
    let fits = |delimiter: &u8| Some((fields(head, is_whole, &Dialect::from(&options(*delimiter)))?, *delimiter));
    // What makes one field of a record is no delimiter: a file that is cut off would be one column, and read to its end.
    let best =
        DELIMITERS.iter().filter_map(fits).filter(|(fields, _)| *fields > 1).rev().max_by_key(|(fields, _)| *fields);
    Ok(options(best.map_or(b',', |(_, delimiter)| delimiter)))
}

/// How many fields every record has; nothing if that differs, or if this is no CSV of the dialect.
fn fields(head: &[u8], is_whole: bool, dialect: &Dialect) -> Option<usize> {
    let mut end = head.len();
    loop {
        let text = head.get(..end)?;
        if let Ok(found) = scan(text, dialect) {
            let is_end = |place: &u32| text.get(*place as usize).is_none_or(|byte| *byte == b'\n');
            let mut places = found.places;
            if is_whole && text.last().is_some_and(|byte| *byte != b'\n') {
                places.push(text.len() as u32);
            }
            let mut records = places.split_inclusive(is_end).filter(|record| record.last().is_some_and(is_end));
            let first = records.next()?.len();
            return records.all(|record| record.len() == first).then_some(first);
        }
        // The start of a file may end inside quotes: a few records less may not.
        if is_whole {
            return None;
        }
        end = memchr::memrchr(b'\n', text.get(..end.checked_sub(1)?)?)? + 1;
        if end < head.len() / 2 {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_of_a_large_file_is_enough() {
        let text = format!("\u{feff}a;b\n{}", "1,5;\"x\ny\"\n".repeat(30_000));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.csv");
        std::fs::write(&path, text).unwrap();
        assert_eq!(sniff(&path).unwrap().delimiter, b';');
    }

    #[test]
    fn the_delimiter_is_the_one_that_cuts_records_alike() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2\n3;4,5\n", b';'),
            ("a\tb, or c\n1\t2\n", b'\t'),
            ("a|b|c\n1|2|3", b'|'),
            ("a;b\n\"x;,\n;\";2\n", b';'),
            ("alone\n1\n", b','),
            ("a,b\n1,2\n3,\"never closed\n", b','),
            ("", b','),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("x.csv");
            std::fs::write(&path, text).unwrap();
            assert_eq!(sniff(&path).unwrap().delimiter as char, delimiter as char, "{text:?}");
        }
    }
}
