//! Detectors of what names and reaches people, by the rooms that know telephones, names, places and dates.

use super::birth::{BIRTH_YEARS, is_birth_date};
use super::phone::{self, Form};
use super::text::class;
use super::{Candidate, Detector, Entity, Evidence, Needs, Sink, Strength, Text, person, place};

/// Telephone numbers.
pub(super) struct Telephone;

/// Names of persons.
pub(super) struct PersonName;

/// Streets and house numbers.
pub(super) struct Address;

/// Postal codes.
pub(super) struct Postcode;

/// Dates of birth.
pub(super) struct BirthDate;

/// The longest name, address or date, in bytes.
const LONGEST: usize = 160;
/// The most words in a name.
const WORDS: usize = 4;

impl Detector for Telephone {
    fn name(&self) -> &'static str {
        "phone"
    }

    fn entity(&self) -> Entity {
        Entity::Phone
    }

    fn summary(&self) -> &'static str {
        "telephone numbers by the numbering plans of the world; certain with their calling code or if a word agrees"
    }

    fn example(&self) -> &'static str {
        "+41 44 668 18 00"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["phone", "telephone", "mobile", "phone number", "msisdn", "fax"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "phone",
            "telephone",
            "tel",
            "mobile",
            "cell",
            "fax",
            "call",
            "call me",
            "dial",
            "sms",
            "whatsapp",
            "number is",
            "telefon",
            "telefono",
            "teléfono",
            "téléphone",
            "handy",
            "móvil",
            "portable",
        ]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::DIGIT, digits: 7, length: 7, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        let mut spans = 0;
        phone::spans(text.text, &mut |range, phone| {
            spans += 1;
            let sure = phone.strength == Strength::Strong && phone.form == Form::International;
            let evidence = if sure && text.at(range.start) == b'+' { Evidence::Strong } else { Evidence::Fair };
            let reserved = text.slice(range.clone()).windows(6).any(|part| part == b"555-01");
            found.tell(Candidate::new(range, evidence, 0.2).reserved(reserved));
        });
        if spans == 0 && found.hinted(0) {
            whole(text, found, |value| phone::judge(value, None).map(|_| Evidence::Weak));
        }
    }
}

impl Detector for PersonName {
    fn name(&self) -> &'static str {
        "person-name"
    }

    fn entity(&self) -> Entity {
        Entity::PersonName
    }

    fn summary(&self) -> &'static str {
        "names of persons by lists of given and family names; a single name only by header"
    }

    fn example(&self) -> &'static str {
        "my name is John Smith"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["first name", "last name", "full name", "surname"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "name is", "name", "mr", "mrs", "ms", "dr", "dear", "i am", "i'm", "regards", "patient", "employee",
            "customer",
        ]
    }

    fn needs(&self) -> Needs {
        Needs { any: class::LETTER | class::HIGH, length: 2, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        if found.hinted(0) {
            whole(text, found, |value| has_name(value).then_some(Evidence::Weak));
        }
        if memchr::memchr(b' ', text.text.as_bytes()).is_some() {
            names(text, found);
        }
    }
}

impl Detector for Address {
    fn name(&self) -> &'static str {
        "address"
    }

    fn entity(&self) -> Entity {
        Entity::Address
    }

    fn summary(&self) -> &'static str {
        "cells that are a street and a house number in one of many languages"
    }

    fn example(&self) -> &'static str {
        "12 Main Street"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["street", "address", "street address", "address line 1"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::BLANK, any: class::LETTER, length: 6, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        let hinted = found.hinted(0);
        if text.survey.digits == 0 && !hinted {
            return;
        }
        whole(text, found, |value| match place::street(value) {
            Some(Strength::Strong) => Some(Evidence::Fair),
            Some(Strength::Weak) => Some(Evidence::Weak),
            None => None,
        });
    }
}

impl Detector for Postcode {
    fn name(&self) -> &'static str {
        "postcode"
    }

    fn entity(&self) -> Entity {
        Entity::Postcode
    }

    fn summary(&self) -> &'static str {
        "postal codes of some eighty countries, in a column of that name"
    }

    fn example(&self) -> &'static str {
        "SW1A 1AA"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["postcode", "postal code", "zip", "zip code", "plz"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::DIGIT, length: 3, hint: true, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        whole(text, found, |value| place::postcode(value, None).map(|_| Evidence::Weak));
    }
}

impl Detector for BirthDate {
    fn name(&self) -> &'static str {
        "birth-date"
    }

    fn entity(&self) -> Entity {
        Entity::BirthDate
    }

    fn summary(&self) -> &'static str {
        "dates on which somebody may have been born, in a column of that name"
    }

    fn example(&self) -> &'static str {
        "1980-03-12"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["birth date", "date of birth", "dob", "birthday"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn needs(&self) -> Needs {
        Needs { all: class::DIGIT, length: 6, hint: true, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        whole(text, found, |value| is_birth_date(value, &BIRTH_YEARS).then_some(Evidence::Weak));
    }
}

/// Tells of the whole text but for white space round it, if it is judged to be something.
fn whole(text: &Text<'_>, found: &mut Sink<'_>, judge: impl Fn(&str) -> Option<Evidence>) {
    let value = text.text.trim();
    if value.len() <= LONGEST
        && let Some(evidence) = judge(value)
    {
        let start = text.text.len() - text.text.trim_start().len();
        found.tell(Candidate::new(start..start + value.len(), evidence, 0.05));
    }
}

/// Whether a few words hold a given or family name, in any case and script. Only a header makes a person's of it.
fn has_name(value: &str) -> bool {
    let mut words = value.split_whitespace();
    let named = words.by_ref().take(WORDS).any(|word| person::given(word) || person::family(word));
    named && words.count() < WORDS && !value.bytes().any(|byte| byte.is_ascii_digit())
}

/// Tells of the names in a text: of words in a row that begin with capitals, the longest stretch that is one.
fn names(text: &Text<'_>, found: &mut Sink<'_>) {
    let mut row = [(0, 0); WORDS];
    let mut count = 0;
    let mut place = 0;
    let mut flush = |row: &mut [(usize, usize); WORDS], count: &mut usize| {
        for length in (2..=*count).rev() {
            let (Some((start, _)), Some((_, end))) = (row.first(), row.get(length - 1)) else { break };
            if text.text.get(*start..*end).and_then(person::full_name) == Some(Strength::Strong) {
                found.tell(Candidate::new(*start..*end, Evidence::Fair, 0.05));
                row.rotate_left(length);
                *count -= length;
                return;
            }
        }
        row.rotate_left(1);
        *count = count.saturating_sub(1);
    };
    for word in
        text.text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '"' | '!' | '?'))
    {
        let end = place + word.len();
        let sentence_ends = word.ends_with('.') && word.len() > 4;
        let bare = if sentence_ends { word.trim_end_matches('.') } else { word };
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        if capital {
            if count == WORDS {
                flush(&mut row, &mut count);
            }
            if let Some(slot) = row.get_mut(count) {
                *slot = (place, place + bare.len());
                count += 1;
            }
        }
        if !capital || sentence_ends || text.at(end) != b' ' {
            while count > 0 {
                flush(&mut row, &mut count);
            }
        }
        place = end + text.text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    while count > 0 {
        flush(&mut row, &mut count);
    }
}
