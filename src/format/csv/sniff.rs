//! How a CSV file is written, told from its beginning: for whoever has a file and no rules for it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::detect::{Strength, birth, person, words};
use crate::error::Result;
use crate::format::Format;
use crate::format::Stream;
use crate::rules::{CsvOptions, Encoding};

/// How much of a file is looked at, in bytes, and how many records.
const LOOKED_AT: usize = 256 << 10;
const RECORDS: usize = 200;

/// The delimiters there may be; of two that fit as well, the earlier is taken.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// What stands for null in dumps of databases, unquoted.
const NULLS: [&str; 3] = ["\\N", "NULL", "null"];

/// Tells the dialect of a CSV file: its delimiter and quote, whether it has a header, and what stands for null. The
/// encoding is what it is said to be, or what a byte order mark says.
///
/// # Errors
/// The file can't be read. One that is no CSV has the default dialect: reading it will tell.
pub fn sniff(path: &Path, encoding: Option<Encoding>) -> Result<CsvOptions> {
    let mut start = Vec::new();
    let is_cut = Stream::open(path)?.declared(encoding)?.fill(&mut start, LOOKED_AT)?;
    let text = String::from_utf8_lossy(&start);
    let usual = Format::of(path).and_then(Format::delimiter).unwrap_or(b',');
    Ok(CsvOptions { encoding, ..dialect(text.trim_start_matches('\u{feff}'), is_cut, usual) })
}

/// The dialect of a text; `usual` is the delimiter of its format.
fn dialect(text: &str, is_cut: bool, usual: u8) -> CsvOptions {
    let quote = if quotes(text, '\'') > 2 && quotes(text, '"') == 0 { b'\'' } else { b'"' };
    let mut best: Option<(usize, f64, u8, Vec<Vec<Field>>)> = None;
    for delimiter in std::iter::once(usual).chain(DELIMITERS.into_iter().filter(|delimiter| *delimiter != usual)) {
        let mut records = records(text, delimiter, quote);
        if is_cut && records.len() > 1 {
            records.pop();
        }
        records.truncate(RECORDS);
        let (fields, share) = agreement(&records);
        // Most records must agree before it counts how many fields they have. What makes one field of a record is no
        // delimiter: a file that is cut off or ragged would be one column, and nobody would be told.
        let rank = |fields: usize, share: f64| {
            let cuts = fields > 1;
            (cuts && share > 0.9, fields * usize::from(cuts && share > 0.5))
        };
        let better = best.as_ref().is_none_or(|(most, agreed, ..)| rank(fields, share) > rank(*most, *agreed));
        if better {
            best = Some((fields, share, delimiter, records));
        }
    }
    let (delimiter, records) = best.map_or((usual, Vec::new()), |(_, _, delimiter, records)| (delimiter, records));
    let null = null(&records);
    let delimiter = Some(delimiter).filter(|delimiter| *delimiter != usual);
    let mut options = CsvOptions { delimiter, quote: Some(quote), null, ..CsvOptions::default() };
    if !has_header(&records) {
        options.header = false;
        options.columns = (1..=records.first().map_or(0, Vec::len)).map(|column| format!("column_{column}")).collect();
    }
    options
}

/// How many fields seem to be in quotes of this kind.
fn quotes(text: &str, quote: char) -> usize {
    text.split([',', ';', '\t', '|', '\n'])
        .map(str::trim_end)
        .filter(|field| field.len() > 1 && field.starts_with(quote) && field.ends_with(quote))
        .count()
}

/// A field without its quotes, and whether it had some.
#[derive(Debug, Clone, PartialEq)]
struct Field {
    text: String,
    is_quoted: bool,
}

fn records(text: &str, delimiter: u8, quote: u8) -> Vec<Vec<Field>> {
    let (delimiter, quote) = (char::from(delimiter), char::from(quote));
    let (mut all, mut record) = (Vec::new(), Vec::new());
    let mut field = Field { text: String::new(), is_quoted: false };
    let mut inside = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            _ if inside && c == quote && rest.peek() == Some(&quote) => field.text.extend(rest.next()),
            _ if inside && c == quote => inside = false,
            _ if inside => field.text.push(c),
            _ if c == quote && field.text.is_empty() => (inside, field.is_quoted) = (true, true),
            _ if c == delimiter => {
                record.push(std::mem::replace(&mut field, Field { text: String::new(), is_quoted: false }))
            }
            '\n' => {
                record.push(std::mem::replace(&mut field, Field { text: String::new(), is_quoted: false }));
                all.push(std::mem::take(&mut record));
            }
            '\r' if rest.peek() == Some(&'\n') => {}
            _ => field.text.push(c),
        }
    }
    if !field.text.is_empty() || !record.is_empty() {
        record.push(field);
        all.push(record);
    }
    all
}

/// How many fields most records have, and which part of them has so many.
fn agreement(records: &[Vec<Field>]) -> (usize, f64) {
    let mut counts: Vec<usize> = records.iter().map(Vec::len).collect();
    counts.sort_unstable();
    let most = counts.chunk_by(|one, other| one == other).max_by_key(|chunk| chunk.len());
    most.and_then(|chunk| Some((*chunk.first()?, chunk.len() as f64 / counts.len() as f64))).unwrap_or((1, 0.0))
}

/// What stands for null: a word that is usual for it, unless empty fields are there as well.
fn null(records: &[Vec<Field>]) -> String {
    let bare = || records.iter().flatten().filter(|field| !field.is_quoted);
    let empty = bare().any(|field| field.text.is_empty());
    let word = NULLS.iter().find(|word| bare().any(|field| field.text == **word));
    word.filter(|word| **word == "\\N" || !empty).map_or_else(String::new, |word| (*word).to_owned())
}

/// Whether the first record names the columns: it is unlike the others.
fn has_header(records: &[Vec<Field>]) -> bool {
    let Some((first, rest)) = records.split_first() else { return true };
    let names: BTreeSet<&str> = first.iter().map(|field| field.text.trim()).collect();
    if names.len() < first.len()
        && first.len() > 1
        && rest.iter().any(|record| record.len() == first.len())
        && names.contains("")
    {
        // A column without a name: of a file with a header all the same, if the names are words.
        return first.iter().all(|field| !is_value(field.text.trim()));
    }
    let known = first.iter().filter(|field| words::classify(&field.text).is_some()).count();
    let values = first.iter().filter(|field| is_value(field.text.trim())).count();
    if values > 0 && known * 2 <= first.len() {
        // Years name columns, too.
        let years = first.iter().filter(|field| is_year(field.text.trim())).count();
        return years == values
            && years < first.len()
            && !rest.iter().any(|record| {
                record.iter().zip(first).any(|(below, name)| is_year(&name.text) && is_year(below.text.trim()))
            });
    }
    if known > 0 || rest.is_empty() {
        return true;
    }
    // A record that is no header has values that come again below it, or is written as the others are.
    let again = first.iter().enumerate().filter(|(place, field)| {
        !field.text.is_empty()
            && rest.iter().any(|record| record.get(*place).is_some_and(|below| below.text == field.text))
    });
    let named = first.iter().any(|field| person::full_name(&field.text) == Some(Strength::Strong));
    again.count() * 3 < first.len().max(3) && !named
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1800..2100).contains(&year))
}

/// Whether a text is no name of a column: a number, a date, an address.
fn is_value(text: &str) -> bool {
    let number = text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'+' | b' ' | b'%' | b':' | b'/' | b'(' | b')')
        });
    number || birth::date(text).is_some() || text.contains('@') && text.contains('.') || text.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialect_is_told_from_the_first_records() {
        let plain = CsvOptions::default;
        let headless = |columns: &[&str]| CsvOptions {
            header: false,
            columns: columns.iter().map(|name| (*name).to_owned()).collect(),
            ..plain()
        };
        for (text, options) in [
            ("", plain()),
            ("id,name\n1,Ana\n2,Li\n", plain()),
            ("id;price\n1;1,5\n2;2,5\n", CsvOptions { delimiter: Some(b';'), ..plain() }),
            ("id\tnote\r\n1\ta, b\r\n2\tc, d\r\n", CsvOptions { delimiter: Some(b'\t'), ..plain() }),
            ("id|x\n1|a\n", CsvOptions { delimiter: Some(b'|'), ..plain() }),
            ("id,x\n1,\\N\n2,\n", CsvOptions { null: "\\N".to_owned(), ..plain() }),
            ("id,x\n1,NULL\n2,b\n", CsvOptions { null: "NULL".to_owned(), ..plain() }),
            ("id,x\n1,NULL\n2,\n", plain()),
            ("'id';'x'\n'1';'a;b'\n'2';'c'\n", CsvOptions { delimiter: Some(b';'), quote: Some(b'\''), ..plain() }),
            ("\"id\",\"x;y;z\"\n\"1\",\"a;b;c\"\n\"2\",\"a\nb;c;d\"\n", plain()),
            ("1,Ana,ana@shop.pt\n2,Li,li@shop.cn\n", headless(&["column_1", "column_2", "column_3"])),
            ("Ana Silva,Lisboa\nJohn Smith,Porto\n", headless(&["column_1", "column_2"])),
            ("country,2019,2020\nFR,12,13\nDE,14,15\n", plain()),
            ("alpha\nbeta\n", plain()),
        ] {
            assert_eq!(dialect(text, false, b','), options, "{text:?}");
        }
    }

    #[test]
    fn the_ending_of_a_name_says_which_delimiter_is_usual() {
        for (name, text, delimiter) in [
            ("x.tsv", "alone\n1\n", None),
            ("x.tab", "a\tb, or c\n1\t2, or 3\n", None),
            ("x.psv", "a|b\n1|2\n", None),
            ("x.tsv", "a,b\n1,2\n", Some(b',')),
            ("x.csv", "a\tb\n1\t2\n", Some(b'\t')),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            assert_eq!(sniff(&path, None).unwrap().delimiter, delimiter, "{name}: {text:?}");
        }
    }

    #[test]
    fn the_start_of_a_large_file_is_enough() {
        let text = format!("\u{feff}a;b\n{}", "1,5;\"x\ny\"\n".repeat(30_000));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.csv");
        std::fs::write(&path, text).unwrap();
        assert_eq!(sniff(&path, None).unwrap().delimiter, Some(b';'));
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
            assert_eq!(
                char::from(sniff(&path, None).unwrap().delimiter.unwrap_or(b',')),
                char::from(delimiter),
                "{text:?}"
            );
        }
    }
}
