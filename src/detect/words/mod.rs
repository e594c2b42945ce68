//! What the heading of a column says about its values.
//!
//! A heading is split into words, each word is brought to its English form (`plz` is a post code, `fst` is first), and
//! the words are looked up together in a table of entities, in any order: `date_naissance` and `birthDate` are the same.
//! What the words say is then weighed by the words left over: `customer_name` is a person's, `product_name` is not, and
//! `email_count` is no e-mail address.

mod entities;
mod further;
mod lone;
mod phrases;
mod synonyms;
#[cfg(test)]
mod tests;

use super::fold::Folded;
use super::strength::Strength;
use lone::{INDIVIDUALS, QUALITIES};
use phrases::{Kind, PARTICLES, PERSONS, PHRASES, Phrase, STOPS, THINGS};

pub use entities::*;

/// What a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderHint {
    /// The name of an entity: one of the constants of this module.
    pub entity: &'static str,
    /// How plainly it says so.
    pub confidence: Strength,
}

/// Tells what a column with this heading is likely to hold; nothing if the heading does not say, or speaks of
/// something that is about no person.
///
/// ```
/// use bowdler::detect::Strength;
/// use bowdler::detect::words::classify;
///
/// let hint = classify("custFstNm").unwrap();
/// assert_eq!((hint.entity, hint.confidence), ("first_name", Strength::Strong));
/// assert_eq!(classify("date de naissance").unwrap().entity, "date_of_birth");
/// assert_eq!(classify("is_email_verified"), None);
/// ```
pub fn classify(header: &str) -> Option<HeaderHint> {
    match read(header) {
        Reading::Says(hint) => Some(hint),
        Reading::Stopped | Reading::Nothing => None,
    }
}

/// Whether a heading names an entity together with a word that makes it something about it: `phone_model`, `price.pw`.
pub(super) fn is_about(header: &str) -> bool {
    let quality = |word: &String| QUALITIES.contains(&synonyms::english(word).unwrap_or(word));
    read(header) == Reading::Stopped || split(header).iter().any(quality)
}

/// What the words of a heading come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Says(HeaderHint),
    /// It says what is known of an entity, not the entity.
    Stopped,
    Nothing,
}

fn read(header: &str) -> Reading {
    let mut words: Vec<&'static str> = Vec::new();
    let mut unknown = 0;
    let written = split(header);
    for (place, word) in written.iter().enumerate() {
        let english = synonyms::english(word);
        if let Some(side) = side_of_name(word, written.get(place + 1)) {
            words.push(side);
        } else if let Some(english) = english {
            words.extend(english.split(' '));
        } else if let Some(same) = phrases::known(word) {
            words.push(same);
        } else if !word.bytes().all(|byte| byte.is_ascii_digit()) && !PARTICLES.contains(&word.as_str()) {
            unknown += 1;
        }
    }
    words.retain(|word| !PARTICLES.contains(word));
    let Some(phrase) = PHRASES.iter().filter(|phrase| phrase.is_in(&words)).reduce(Phrase::longer) else {
        // A column that is called by those who are in it: `patient`, `Ansprechpartner`.
        let of_persons = unknown == 0 && !words.is_empty() && words.iter().all(|word| INDIVIDUALS.contains(word));
        let said = HeaderHint { entity: FULL_NAME, confidence: Strength::Weak };
        return if of_persons { Reading::Says(said) } else { Reading::Nothing };
    };
    let left: Vec<&str> = words.into_iter().filter(|word| !phrase.words().any(|own| own == *word)).collect();
    if left.iter().any(|word| STOPS.contains(word)) {
        return Reading::Stopped;
    }
    let of_things = left.iter().any(|word| THINGS.contains(word));
    let of_persons = left.iter().any(|word| PERSONS.contains(word));
    let lower = |strong: bool| if strong { Strength::Strong } else { Strength::Weak };
    let confidence = match phrase.kind {
        Kind::Plain => lower(unknown == 0 && !of_things),
        Kind::Vague => Strength::Weak,
        Kind::OfPersons if of_things || unknown > 0 && !of_persons => return Reading::Nothing,
        Kind::OfPersons => lower(of_persons && unknown == 0),
        Kind::Alone if unknown > 0 || !left.iter().all(|word| PERSONS.contains(word)) => return Reading::Nothing,
        Kind::Bare if unknown > 0 || !left.is_empty() => return Reading::Nothing,
        Kind::Alone | Kind::Bare => Strength::Strong,
        Kind::Named if of_things => return Reading::Nothing,
        Kind::Named => lower(unknown == 0),
    };
    Reading::Says(HeaderHint { entity: phrase.entity, confidence })
}

/// `f_nm` and `l_name` are the first and the last name.
fn side_of_name(word: &str, next: Option<&String>) -> Option<&'static str> {
    let of_name = matches!(next.map(String::as_str), Some("name" | "nm" | "nme"));
    match word {
        "f" if of_name => Some("first"),
        "l" if of_name => Some("last"),
        _ => None,
    }
}

/// The words of a heading in small letters without accents: cut at marks, at capitals, and between letters and digits.
pub fn split(header: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut finish = |word: &mut String| {
        if !word.is_empty() {
            words.extend(Folded::of(word).map(|folded| folded.as_str().to_owned()));
            word.clear();
        }
    };
    let mut last = None;
    let mut rest = header.chars().peekable();
    while let Some(c) = rest.next() {
        let cut = last.is_some_and(|last: char| {
            let hump = c.is_uppercase() && last.is_lowercase();
            let end_of_capitals =
                c.is_uppercase() && last.is_uppercase() && rest.peek().is_some_and(|next| next.is_lowercase());
            hump || end_of_capitals || c.is_numeric() != last.is_numeric()
        });
        if cut || !c.is_alphanumeric() {
            finish(&mut word);
        }
        if c.is_alphanumeric() {
            word.push(c);
        }
        last = Some(c);
    }
    finish(&mut word);
    words
}
