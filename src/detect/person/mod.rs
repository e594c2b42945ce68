//! Names of persons: which words are given names or family names, and which texts are a whole name.
//!
//! The words are those of the `fake` crate in all its locales and lists of the most common names of some thirty
//! languages. Case and accents do not matter. Words that are also something else (May, Paris, Grant, Rose) are
//! [`ambiguous`]: alone they prove nothing.

mod common;
mod eastern;
mod family;
mod given;

use std::sync::LazyLock;

use fake::locales::{
    AR_SA, CY_GB, DE_DE, Data, EN, FA_IR, FR_FR, IT_IT, JA_JP, NL_NL, PT_BR, PT_PT, TR_TR, ZH_CN, ZH_TW,
};

use super::fold::{Folded, Lexicon};
use super::strength::Strength;

const GIVEN: u8 = 1;
const FAMILY: u8 = 2;
const AMBIGUOUS: u8 = 4;

/// What is known about each word: given name, family name, something else as well.
static NAMES: LazyLock<Lexicon<u8>> = LazyLock::new(|| {
    fn of<L: Data>() -> impl Iterator<Item = (&'static str, u8)> {
        let given = L::NAME_FIRST_NAME.iter().map(|name| (*name, GIVEN));
        given.chain(L::NAME_LAST_NAME.iter().map(|name| (*name, FAMILY)))
    }
    fn ours(lists: &'static [&'static str], kind: u8) -> impl Iterator<Item = (&'static str, u8)> {
        lists.iter().flat_map(|list| list.split_ascii_whitespace()).map(move |name| (name, kind))
    }
    let names: Vec<(&str, u8)> = of::<EN>()
        .chain(of::<FR_FR>())
        .chain(of::<DE_DE>())
        .chain(of::<CY_GB>())
        .chain(of::<IT_IT>())
        .chain(of::<NL_NL>())
        .chain(of::<PT_PT>())
        .chain(of::<PT_BR>())
        .chain(of::<TR_TR>())
        .chain(of::<JA_JP>())
        .chain(of::<ZH_CN>())
        .chain(of::<ZH_TW>())
        .chain(of::<AR_SA>())
        .chain(of::<FA_IR>())
        .chain(ours(given::GIVEN, GIVEN))
        .chain(ours(family::FAMILY, FAMILY))
        .map(|(name, kind)| (name.trim_matches([' ', '\t', ',']), if name.len() < 3 { kind | AMBIGUOUS } else { kind }))
        .chain(ours(common::COMMON, AMBIGUOUS))
        .collect();
    Lexicon::new(names.into_iter(), |one, other| one | other)
});

/// Whether a word, or words joined by hyphens, is a given name somewhere.
pub fn given(word: &str) -> bool {
    kinds(word) & GIVEN != 0
}

/// Whether a word, or words joined by hyphens, is a family name somewhere. Particles (`van der Meer`) may stand before it.
pub fn family(word: &str) -> bool {
    let name = word.rsplit(' ').next().unwrap_or(word);
    let particles = word.get(..word.len() - name.len()).unwrap_or_default();
    kinds(name) & FAMILY != 0 && particles.split_whitespace().all(is_particle)
}

/// Whether a text is, by its writing and its first character, likely a name from China, Japan or Korea: most of these
/// are, and one in ten other words as short.
pub fn eastern(text: &str) -> bool {
    !text.is_ascii() && eastern::name(text.trim())
}

/// Whether a name is also a common word, a place or a month in some language.
pub fn ambiguous(word: &str) -> bool {
    kinds(word) & AMBIGUOUS != 0
}

fn kinds(word: &str) -> u8 {
    let word = word.trim();
    let known = |word: &str| NAMES.get(word);
    if let Some(kinds) = known(word) {
        return kinds;
    }
    if word.contains('-') {
        return word
            .split('-')
            .map(|part| known(part).unwrap_or_default())
            .reduce(|one, other| one & other)
            .unwrap_or(0);
    }
    // D'Angelo, O’Brien, McDonald: the name without what makes it somebody's child or somewhere's.
    let Some(folded) = Folded::of(word) else { return 0 };
    let bare = ["o'", "d'", "l'", "mc", "mac", "fitz"].iter().find_map(|prefix| folded.as_str().strip_prefix(prefix));
    bare.filter(|bare| bare.len() > 3).and_then(known).map_or(0, |kinds| kinds & FAMILY)
}

/// Tells whether the whole of `text` is the name of a person: two to four names, each with a capital or all in
/// capitals, with titles, initials, particles and endings (`Dr. Ludwig van der Meer Jr.`), or `Last, First`.
///
/// Strong if a given name and a family name are known and not both are [`ambiguous`]; weak if one of them is not known or
/// both can be something else. A single name counts only after a title.
pub fn full_name(text: &str) -> Option<Strength> {
    let text = text.trim();
    if !(4..=80).contains(&text.len()) || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.split_once(',') {
        None => of_words(text.split_whitespace(), false),
        Some((name, ending)) if is_ending(ending.trim()) => of_words(name.split_whitespace(), false),
        Some((last, first)) => of_words(first.split_whitespace().chain(last.split_whitespace()), true),
    }
}

/// Judges words in the order first name, last name. `turned` says that a comma put them so.
fn of_words<'t>(words: impl Iterator<Item = &'t str>, turned: bool) -> Option<Strength> {
    let (mut names, mut initials, mut title, mut particle) = (0_u32, 0_u32, false, false);
    let (mut first, mut last) = (None, 0);
    let (mut either, mut plain) = (0, false);
    for (place, word) in words.enumerate() {
        if place == 0 && is_title(word) {
            title = true;
        } else if title && names == 0 && is_title(word) || names > 0 && is_ending(word) {
        } else if names + initials > 0 && is_particle(word) {
            particle = true;
        } else if is_initial(word) {
            initials += 1;
        } else if is_capitalised(word) {
            let kinds = kinds(word);
            names += 1;
            first = first.or(Some(kinds));
            last = kinds;
            either |= kinds & (GIVEN | FAMILY);
            plain |= kinds & (GIVEN | FAMILY) != 0 && kinds & AMBIGUOUS == 0;
        } else {
            return None;
        }
    }
    let first = first?;
    match names {
        1 if title => Some(if last & FAMILY != 0 { Strength::Strong } else { Strength::Weak }),
        1 if initials > 0 && last & FAMILY != 0 && plain => Some(Strength::Weak),
        2..=4 => {
            let in_order = first & GIVEN != 0 && last & FAMILY != 0;
            let family_first = !turned && first & FAMILY != 0 && last & GIVEN != 0;
            let borne_out = in_order || family_first || (title && either != 0);
            if plain && (borne_out || first & GIVEN != 0 && (particle || initials > 0)) {
                Some(Strength::Strong)
            } else {
                (title || plain || in_order).then_some(Strength::Weak)
            }
        }
        _ => None,
    }
}

/// A letter, or several with full stops.
fn is_initial(word: &str) -> bool {
    let mut letters = word.split_terminator('.');
    let all = letters.all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    all && word.len() <= 6 && !word.is_empty()
}

/// A word that begins with a capital and has nothing but letters and what joins them.
fn is_capitalised(word: &str) -> bool {
    let begins = word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic());
    let begins = begins || ["d'", "d’", "l'", "al-", "el-"].iter().any(|prefix| word.starts_with(prefix));
    begins && word.len() > 1 && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '\u{200c}'))
}

fn in_list(list: &[&str], word: &str) -> bool {
    let word = word.trim_end_matches('.');
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_particle(word: &str) -> bool {
    in_list(PARTICLES, word)
}

fn is_title(word: &str) -> bool {
    in_list(TITLES, word)
}

fn is_ending(word: &str) -> bool {
    in_list(ENDINGS, word)
}

const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "le", "les", "ter",
    "ten", "te", "zu", "zur", "zum", "vom", "af", "av", "bin", "ibn", "bint", "ben", "al", "el", "y", "e", "und", "'t",
    "op", "st", "san", "santa", "het", "in", "t", "degli", "dei", "lo",
];

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "doctor",
    "sir",
    "lady",
    "lord",
    "dame",
    "rev",
    "fr",
    "m",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "mademoiselle",
    "me",
    "maitre",
    "herr",
    "frau",
    "hr",
    "fr",
    "dipl",
    "ing",
    "mag",
    "sr",
    "sra",
    "srta",
    "señor",
    "señora",
    "don",
    "doña",
    "dña",
    "d",
    "sig",
    "sig.ra",
    "signor",
    "signora",
    "signorina",
    "dott",
    "dott.ssa",
    "avv",
    "senhor",
    "senhora",
    "dona",
    "dhr",
    "mevr",
    "mw",
    "drs",
    "ir",
    "mevrouw",
    "meneer",
    "pan",
    "pani",
    "bay",
    "bayan",
    "capt",
    "col",
    "lt",
    "sgt",
    "hon",
];

const ENDINGS: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "m.d", "dds", "esq", "cpa", "mba", "msc", "bsc", "ma", "ba",
    "rn", "filho", "neto", "junior", "jnr", "snr", "dvm", "jd", "obe", "mbe",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case_and_with_any_accents() {
        for word in [
            "John",
            "JOHN",
            "Søren",
            "soren",
            "Zoë",
            "Jean-Pierre",
            "Łukasz",
            "Müller-Lüdenscheidt".split('-').next().unwrap(),
        ] {
            assert!(given(word) || family(word), "{word}");
        }
        for word in [
            "Anna",
            "François",
            "Jürgen",
            "José",
            "Giulia",
            "João",
            "Sjoerd",
            "Małgorzata",
            "Björn",
            "Mihaela",
            "Ayşe",
            "Dmitry",
            "Mohammed",
            "Priya",
            "Xiuying",
            "Takashi",
            "Minjun",
        ] {
            assert!(given(word), "{word}");
        }
        for word in [
            "Smith",
            "Dupont",
            "Müller",
            "García",
            "Rossi",
            "Gonçalves",
            "van der Meer",
            "Kowalska",
            "Sørensen",
            "Popescu",
            "Yılmaz",
            "Ivanova",
            "Haddad",
            "Chatterjee",
            "Zhang",
            "Watanabe",
            "Park",
            "O'Brien",
            "O’Connor",
            "McDonald",
            "D'Angelo",
            "Smith-Jones",
        ] {
            assert!(family(word), "{word}");
        }
        for word in ["", "Keyboard", "invoice", "x", "Quarterly", "server", "12"] {
            assert!(!given(word) && !family(word), "{word}");
        }
    }

    #[test]
    fn names_that_are_words_too_are_ambiguous() {
        for word in
            ["May", "Paris", "Will", "Grant", "Rose", "April", "Mark", "Brown", "Hill", "London", "Petit", "Lange"]
        {
            assert!(ambiguous(word), "{word}");
        }
        for word in ["Johnson", "Giuseppe", "Katarzyna", "Müller"] {
            assert!(!ambiguous(word), "{word}");
        }
    }

    #[test]
    fn whole_names_are_told() {
        use Strength::{Strong, Weak};
        let cases: &[(&str, Option<Strength>)] = &[
            ("John Smith", Some(Strong)),
            ("JOHN SMITH", Some(Strong)),
            ("Smith, John", Some(Strong)),
            ("Smith, John A.", Some(Strong)),
            ("Dr. Anna Müller", Some(Strong)),
            ("Prof. Dr. Anna Müller", Some(Strong)),
            ("John Q. Public", Some(Strong)),
            ("Ludwig van der Meer", Some(Strong)),
            ("María de la Cruz García", Some(Strong)),
            ("Jean-Pierre Dupont", Some(Strong)),
            ("Seán O'Brien", Some(Strong)),
            ("Martin Luther King Jr.", Some(Strong)),
            ("Tanaka Hiroshi", Some(Strong)),
            ("Mr. Smith", Some(Strong)),
            ("Frau Xyzzy", Some(Weak)),
            ("Anna Xyzzy", Some(Weak)),
            ("J. Johnson", Some(Weak)),
            ("Grant Rose", Some(Weak)),
            ("Order Received", None),
            ("Main Street", None),
            ("Paris Texas", None),
            ("john smith", None),
            ("Johnson", None),
            ("John", None),
            ("John Smith 3", None),
            ("Hello World", None),
            ("United States", None),
            ("New York", None),
            ("", None),
        ];
        for (text, strength) in cases {
            assert_eq!(full_name(text), *strength, "{text}");
        }
    }
}
