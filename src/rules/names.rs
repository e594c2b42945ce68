//! Names are data, too: who exports one file a customer may call it by the customer's address. What is judged and what
//! is told of the names of files, folders, tables and columns is decided here, for whoever publishes and whoever
//! verifies.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::spelling::percent_decoded;
use crate::detect::{Entity, Found, Grade, Hint, Hit, ScanOptions, Scanner};
use crate::error::Shape;

/// The longest ending of a file's name, in bytes: `parquet`.
const LONGEST_ENDING: usize = 7;

/// Takes a name apart and puts together what `look` makes of its parts: each text, with what is known of what it holds.
///
/// `key=value`, as partitions are called, is looked at as a value under a header; a file with an ending, in which `look`
/// finds nothing, a second time without it. The name of a column is one text.
pub(crate) fn each_part(name: &str, is_column: bool, mut look: impl FnMut(&str, &Hint) -> String) -> String {
    let part = |part: &str| match part.split_once('=') {
        _ if is_column => look(part, &Hint::default()),
        Some((key, value)) => {
            let value = with_ending(value, &Hint::of_header(key), &mut look);
            format!("{}={value}", look(key, &Hint::default()))
        }
        None => with_ending(part, &Hint::default(), &mut look),
    };
    name.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn with_ending(part: &str, hint: &Hint, look: &mut impl FnMut(&str, &Hint) -> String) -> String {
    let shown = look(part, hint);
    match part.rsplit_once('.') {
        // What an ending is joined to is taken for a part of something longer.
        Some((stem, ending)) if shown == part && ending.len() <= LONGEST_ENDING => {
            format!("{}.{ending}", look(stem, hint))
        }
        _ => shown,
    }
}

/// Scans a part of a name. The mark that stands for a blank in names, `_`, is one where nothing certain is found without
/// that: an address may have it, too.
pub(crate) fn scan<'f>(scanner: &Scanner, text: &str, hint: &Hint, found: &'f mut Found) -> &'f [Hit] {
    let is_certain = |hit: &Hit| hit.grade == Grade::Certain;
    if scanner.scan(text, hint, found).iter().any(is_certain) || !text.contains('_') {
        return found.hits();
    }
    let mut blanks = Found::default();
    if scanner.scan(&text.replace('_', " "), hint, &mut blanks).iter().any(is_certain) {
        *found = blanks;
    }
    found.hits()
}

/// What a name certainly holds of somebody, by the first thing that is found; none of what standards keep for examples.
/// It is what a verification counts by default.
pub(crate) fn held(name: &str, is_column: bool) -> Option<Entity> {
    static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(&ScanOptions::default()));
    let (mut found, mut held) = (Found::default(), None);
    each_part(name, is_column, |text, hint| {
        let plain = percent_decoded(text);
        let hits = scan(&SCANNER, &String::from_utf8_lossy(&plain), hint, &mut found);
        held = held.or_else(|| hits.iter().find(|hit| counts(hit)).map(|hit| hit.entity));
        text.to_owned()
    });
    held
}

fn counts(hit: &Hit) -> bool {
    hit.grade == Grade::Certain && !hit.reserved
}

/// The name of a column, of a folder or of a file as it may be told: its shape, if it certainly holds something of
/// somebody.
pub(crate) fn shown(part: &str, is_column: bool) -> Cow<'_, str> {
    match held(part, is_column) {
        Some(_) => Shape::of(part).to_string().into(),
        None => part.into(),
    }
}

/// A number as a place in an order: `1st`.
pub(crate) fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_hold_is_found_however_it_is_joined() {
        for (name, expected) in [
            ("maria.garcia@gmail.com.csv", Some(Entity::Email)),
            ("maria.garcia@gmail.com/orders.csv", Some(Entity::Email)),
            ("user_maria%40gmail.com.csv.gz", Some(Entity::Email)),
            ("+33612345678.csv", Some(Entity::Phone)),
            ("tel_+33612345678.csv", Some(Entity::Phone)),
            ("card_4539578763621486.parquet", Some(Entity::Card)),
            ("account_DE89370400440532013000_2026.csv", Some(Entity::Iban)),
            ("name=Maria Garcia/part-0.csv", Some(Entity::PersonName)),
            ("orders.csv", None),
            ("20261125.csv", None),
            ("4111111111111111.csv", None),
            ("someone@example.com.csv", None),
        ] {
            assert_eq!(held(name, false), expected, "{name}");
        }
        assert_eq!((held("maria@gmail.com", true), held("e_mail", true)), (Some(Entity::Email), None));
        assert_eq!(shown("maria@gmail.com.csv", false), "aaaaa@aaaaa.aaa.aaa");
    }

    #[test]
    fn places_are_numbered() {
        for (number, told) in
            [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (23, "23rd"), (113, "113th")]
        {
            assert_eq!(ordinal(number), told);
        }
    }
}
