use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use arrow::array::ArrayRef;

use crate::error::Result;
use crate::transform::text::rewrite_text;
use crate::transform::{Complaint, Params, Rewritten, Rows, Transform};
use crate::unchecked::Words;

/// Texts that become the class that a file says they are in.
///
/// The file is CSV (RFC 4180) without a header, each line a value, its class, the class of that, and so on: a
/// generalisation hierarchy as ARX has them.
#[derive(Clone)]
pub(super) struct Hierarchy(Arc<Classes>);

struct Classes {
    /// The class of each value, by its place among the words.
    places: HashMap<Box<str>, usize>,
    words: Words,
}

/// What is wrong with a file: the message, which says nothing of what is in it.
type Fault = String;

impl Hierarchy {
    /// Takes `hierarchy` and what goes with it, and reads the file. A mistake is told to `params`.
    pub(super) fn take(params: &mut Params<'_>) -> Option<Self> {
        let level = match params.integer("level", 1, 1_000) {
            Some((span, level)) => Some((span, level as usize)),
            None => (!params.has("level")).then(|| (params.place("hierarchy"), 1)),
        };
        let delimiter = match params.text("delimiter") {
            Some((span, text)) => match *text.as_bytes() {
                [delimiter] if delimiter != b'"' && !delimiter.is_ascii_control() || delimiter == b'\t' => {
                    Some(delimiter)
                }
                _ => {
                    params.complain(Complaint::new(
                        span,
                        "`delimiter` takes one character of ASCII, as \";\" or \"\\t\"",
                    ));
                    None
                }
            },
            None => (!params.has("delimiter")).then_some(b','),
        };
        let (span, bytes) = params.file("hierarchy")?;
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let ((place, level), delimiter) = (level?, delimiter?);
        let fault = |message: Fault| Complaint::new(span, message);
        let made = match levels(bytes, delimiter) {
            Ok(levels) if level > levels => {
                let message = format!("the hierarchy has {levels} levels above the values, and no level {level}");
                Err(Complaint::new(place, message).help("choose a lower `level`, or see whether `delimiter` is right"))
            }
            Ok(levels) => classes(bytes, delimiter, levels, level).map_err(fault),
            Err(message) => Err(fault(message)),
        };
        match made {
            Ok(classes) => Some(Self(Arc::new(classes))),
            Err(complaint) => {
                params.complain(complaint);
                None
            }
        }
    }
}

/// The line on which the first record from a byte on begins, from 1. Blank lines before it are none of it.
fn line(bytes: &[u8], start: u64) -> usize {
    let (before, from) = bytes.split_at_checked(start as usize).unwrap_or((bytes, &[]));
    let blank = from.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    1 + before.iter().chain(blank).filter(|byte| **byte == b'\n').count()
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes)
}

/// How many classes the first line has beside its value.
fn levels(bytes: &[u8], delimiter: u8) -> Result<usize, Fault> {
    match reader(bytes, delimiter).into_byte_records().next() {
        Some(Ok(first)) => Ok(first.len().saturating_sub(1)),
        Some(Err(_)) => Err("line 1 of the hierarchy can't be read".to_owned()),
        None => Err("the hierarchy has no lines".to_owned()),
    }
}

/// The class of each value at a level that the first line has.
fn classes(bytes: &[u8], delimiter: u8, levels: usize, level: usize) -> Result<Classes, Fault> {
    let mut places: HashMap<Box<str>, usize> = HashMap::new();
    let mut starts: HashMap<Box<str>, u64> = HashMap::new();
    let mut known: HashMap<Box<str>, usize> = HashMap::new();
    let mut words: Vec<Box<str>> = Vec::new();
    let mut reader = reader(bytes, delimiter);
    let mut record = csv::ByteRecord::new();
    let at = |start| format!("line {} of the hierarchy", line(bytes, start));
    loop {
        let start = reader.position().byte();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(format!("{} can't be read", at(start))),
        }
        if record.len() != levels + 1 {
            return Err(format!("{} has not as many fields as the first one", at(start)));
        }
        let field = |place: usize| -> Result<&str, Fault> {
            let bytes = record.get(place).unwrap_or_default();
            std::str::from_utf8(bytes).map_err(|_| format!("{} is not UTF-8", at(start)))
        };
        let (value, class) = (field(0)?, field(level)?);
        if let Some(before) = starts.insert(value.into(), start) {
            return Err(format!("{} is for the same value as line {}", at(start), line(bytes, before)));
        }
        let place = *known.entry(class.into()).or_insert_with(|| {
            words.push(class.into());
            words.len() - 1
        });
        places.insert(value.into(), place);
    }
    Ok(Classes { places, words: Words::new(words.iter().map(|word| &**word)) })
}

impl Transform for Hierarchy {
    fn apply(&self, values: &ArrayRef, _: &Rows<'_>) -> Result<Rewritten> {
        let Classes { places, words } = &*self.0;
        rewrite_text(values, words.builder(values.len()), |_, value, builder| {
            places.get(value).map(|place| builder.push_word(words, *place)).is_some()
        })
    }
}

impl fmt::Debug for Hierarchy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hierarchy({} values)", self.0.places.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CITIES: &str =
        "Lyon,FR,Europe\n\"Paris\",FR,Europe\nTokyo,JP,Asia\n\"a,b\",\"a rather long country name\",*\n";

    fn made(file: &[u8], delimiter: u8, level: usize) -> Result<Vec<(String, usize)>, Fault> {
        let classes = classes(file, delimiter, levels(file, delimiter)?, level)?;
        let mut places: Vec<_> = classes.places.iter().map(|(value, place)| (value.to_string(), *place)).collect();
        places.sort();
        assert_eq!(classes.words.len(), places.iter().map(|(_, place)| place + 1).max().unwrap_or(0));
        Ok(places)
    }

    #[test]
    fn a_class_is_the_field_of_its_level() {
        let of =
            |pairs: &[(&str, usize)]| Ok(pairs.iter().map(|(value, place)| ((*value).to_owned(), *place)).collect());
        assert_eq!(made(CITIES.as_bytes(), b',', 1), of(&[("Lyon", 0), ("Paris", 0), ("Tokyo", 1), ("a,b", 2)]));
        assert_eq!(made(CITIES.as_bytes(), b',', 2), of(&[("Lyon", 0), ("Paris", 0), ("Tokyo", 1), ("a,b", 2)]));
        assert_eq!(made(b"1;x\r\n2;x\r\n", b';', 1), of(&[("1", 0), ("2", 0)]));
    }

    #[test]
    fn what_is_wrong_is_told_by_its_line_and_never_by_its_value() {
        for (file, message) in [
            (&b""[..], "has no lines"),
            (b"\nsecret,x\r\n\r\nsecret,y\n", "line 4 of the hierarchy is for the same value as line 2"),
            (b"a,x\n\n\nsecret\n", "line 4 of the hierarchy has not as many fields"),
            (b"a,x\nb,secret,y\n", "line 2 of the hierarchy has not as many fields"),
            (b"a,x\nsecret,\xff\n", "line 2 of the hierarchy is not UTF-8"),
        ] {
            let fault = made(file, b',', 1).unwrap_err();
            assert!(fault.contains(message) && !fault.contains("secret"), "{fault}");
        }
    }
}
