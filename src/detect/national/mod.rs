//! Numbers that states and their services give to persons and bodies: how long they are, how people write them, what
//! words stand near them, and whether their check digits and dates are right.
//!
//! A file a country, each with its table and below it the rules. Rules agree with python-stdnum, an independent
//! library, except where `tests/oracles/national.rs` says why not. There is no clock here: a birth date has to be in the
//! calendar, not in the past.

mod al;
mod ar;
mod at;
mod au;
mod be;
mod bg;
mod br;
mod by;
mod ca;
mod ch;
mod cl;
mod cn;
mod co;
mod cy;
mod cz;
mod de;
mod dk;
mod r#do;
mod ec;
mod ee;
mod eg;
mod es;
mod eu;
mod fi;
mod fr;
mod gb;
mod gr;
mod gt;
mod hk;
mod hr;
mod hu;
mod id;
mod ie;
mod il;
mod r#in;
mod r#is;
mod it;
mod jp;
mod ke;
mod kr;
mod lt;
mod lu;
mod lv;
mod md;
mod me;
mod mk;
mod mt;
mod mu;
mod mx;
mod my;
mod nl;
mod no;
mod nz;
mod parts;
mod pe;
mod pk;
mod pl;
mod pt;
mod py;
mod ro;
mod rs;
mod ru;
mod se;
mod sg;
mod si;
mod sk;
mod sv;
mod th;
mod tr;
mod tw;
mod ua;
mod us;
mod uy;
mod ve;
mod vn;
mod za;

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person, before the state at large.
    National,
    /// A taxpayer, often persons and bodies alike.
    Tax,
    /// A patient or an insured person.
    Health,
    /// A company or another body, which in a small one is a person.
    Company,
    /// Whoever may practise a trade.
    Licence,
    /// A bank.
    Bank,
}

/// The characters of a compact form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alphabet {
    /// 0-9.
    Digits,
    /// 0-9 and A-Z.
    Alphanumeric,
}

/// A national number that a detector can recognise.
///
/// Its compact form is what [`compact`] makes: upper-case ASCII without separators. In shapes, `9` stands for a digit,
/// `A` for a letter, `X` for either, anything else for itself.
#[derive(Debug, Clone, Copy)]
pub struct NationalNumber {
    /// The country in ISO 3166-1 alpha-2, or `EU`.
    pub country: &'static str,
    /// A name for rules and reports: the country in lower case, an underscore, the number's own name, as `us_ssn`.
    pub name: &'static str,
    /// A name for people.
    pub title: &'static str,
    /// What it is for.
    pub kind: Kind,
    /// The lengths of the compact form in characters, ascending.
    pub lengths: &'static [u8],
    /// The characters of the compact form.
    pub alphabet: Alphabet,
    /// The shapes of the compact form, for [`Alphabet::Alphanumeric`]; of digits there is one for each length, and
    /// none is listed.
    pub shapes: &'static [&'static str],
    /// Whether a compact form is valid. Total: text of any length and kind has an answer.
    pub check: fn(&[u8]) -> bool,
    /// The chance that a random string of the alphabet passes, the lengths being equally likely.
    pub odds: f64,
    /// The chance that a random string of one of the shapes passes, the shapes being equally likely: what says whether
    /// a column of strings that look like the number holds it. The same as [`odds`](Self::odds) for digits.
    pub odds_in_shape: f64,
    /// How people write it other than compactly, as shapes.
    pub separated: &'static [&'static str],
    /// Words of headers and texts near it, lower case.
    pub words: &'static [&'static str],
}

impl NationalNumber {
    /// Whether a compact form is this number. Of one repeated character it never is, whatever the check digits say:
    /// that is a placeholder.
    #[inline]
    pub fn accepts(&self, compact: &[u8]) -> bool {
        (self.check)(compact) && compact.iter().any(|byte| Some(byte) != compact.first())
    }
}

const COUNTRIES: &[&[NationalNumber]] = &[
    al::NUMBERS,
    ar::NUMBERS,
    at::NUMBERS,
    au::NUMBERS,
    be::NUMBERS,
    bg::NUMBERS,
    br::NUMBERS,
    by::NUMBERS,
    ca::NUMBERS,
    ch::NUMBERS,
    cl::NUMBERS,
    cn::NUMBERS,
    co::NUMBERS,
    cy::NUMBERS,
    cz::NUMBERS,
    de::NUMBERS,
    dk::NUMBERS,
    r#do::NUMBERS,
    ec::NUMBERS,
    ee::NUMBERS,
    eg::NUMBERS,
    es::NUMBERS,
    eu::NUMBERS,
    fi::NUMBERS,
    fr::NUMBERS,
    gb::NUMBERS,
    gr::NUMBERS,
    gt::NUMBERS,
    hk::NUMBERS,
    hr::NUMBERS,
    hu::NUMBERS,
    id::NUMBERS,
    ie::NUMBERS,
    il::NUMBERS,
    r#in::NUMBERS,
    r#is::NUMBERS,
    it::NUMBERS,
    jp::NUMBERS,
    ke::NUMBERS,
    kr::NUMBERS,
    lt::NUMBERS,
    lu::NUMBERS,
    lv::NUMBERS,
    md::NUMBERS,
    me::NUMBERS,
    mk::NUMBERS,
    mt::NUMBERS,
    mu::NUMBERS,
    mx::NUMBERS,
    my::NUMBERS,
    nl::NUMBERS,
    no::NUMBERS,
    nz::NUMBERS,
    pe::NUMBERS,
    pk::NUMBERS,
    pl::NUMBERS,
    pt::NUMBERS,
    py::NUMBERS,
    ro::NUMBERS,
    rs::NUMBERS,
    ru::NUMBERS,
    se::NUMBERS,
    sg::NUMBERS,
    si::NUMBERS,
    sk::NUMBERS,
    sv::NUMBERS,
    th::NUMBERS,
    tr::NUMBERS,
    tw::NUMBERS,
    ua::NUMBERS,
    us::NUMBERS,
    uy::NUMBERS,
    ve::NUMBERS,
    vn::NUMBERS,
    za::NUMBERS,
];

const COUNT: usize = {
    let (mut country, mut count) = (0, 0);
    while country < COUNTRIES.len() {
        count += COUNTRIES[country].len();
        country += 1;
    }
    count
};

/// All of them, by country and name.
pub const NATIONAL_NUMBERS: &[NationalNumber] = &{
    let mut numbers = [COUNTRIES[0][0]; COUNT];
    let (mut country, mut next) = (0, 0);
    while country < COUNTRIES.len() {
        let mut place = 0;
        while place < COUNTRIES[country].len() {
            numbers[next] = COUNTRIES[country][place];
            next += 1;
            place += 1;
        }
        country += 1;
    }
    numbers
};

/// The longest compact form, in characters.
pub const LONGEST: usize = 32;

/// The compact form of a text: its letters and digits in upper case, without blanks and the signs that people put
/// between (`-` and its longer kin, `.`, `/`, brackets, and `+` but in front).
///
/// `None` where it is empty, longer than [`LONGEST`] or holds anything else.
///
/// ```
/// use bowdler::detect::national::compact;
///
/// let mut buffer = [0; 32];
/// assert_eq!(compact(" 850730-033 28", &mut buffer), Some(b"85073003328".as_slice()));
/// assert_eq!(compact("ab123456c", &mut buffer), Some(b"AB123456C".as_slice()));
/// assert_eq!(compact("12:30", &mut buffer), None);
/// ```
pub fn compact<'buffer>(text: &str, buffer: &'buffer mut [u8; LONGEST]) -> Option<&'buffer [u8]> {
    let mut length = 0;
    for c in text.chars() {
        match c {
            '0'..='9' | 'A'..='Z' | 'a'..='z' => {
                *buffer.get_mut(length)? = (c as u8).to_ascii_uppercase();
                length += 1;
            }
            ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2010}'..='\u{2015}' | '\u{202f}' => {}
            '+' if length > 0 => {}
            _ => return None,
        }
    }
    buffer.get(..length).filter(|compact| !compact.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_in_order_and_whole() {
        assert!(NATIONAL_NUMBERS.iter().is_sorted_by_key(|number| number.name), "by country, then by name");
        let names: BTreeSet<_> = NATIONAL_NUMBERS.iter().map(|number| number.name).collect();
        assert_eq!(names.len(), NATIONAL_NUMBERS.len());
        for number in NATIONAL_NUMBERS {
            let NationalNumber { country, name, lengths, shapes, separated, words, .. } = number;
            assert!(name.starts_with(&format!("{}_", country.to_lowercase())), "{name}");
            assert!(lengths.is_sorted() && !lengths.is_empty(), "{name}");
            assert!(lengths.iter().all(|length| usize::from(*length) <= LONGEST), "{name}");
            assert!(words.iter().all(|word| *word == word.to_lowercase() && word.trim() == *word), "{name}");
            assert!(!words.is_empty(), "{name}");
            assert!(!number.title.ends_with('.'), "{name}");
            let of_shapes: BTreeSet<_> = shapes.iter().map(|shape| shape.len() as u8).collect();
            let mixed = number.alphabet == Alphabet::Alphanumeric;
            assert_eq!(!shapes.is_empty(), mixed, "{name}");
            assert!(!mixed || of_shapes.iter().eq(lengths.iter()), "{name}: shapes and lengths");
            assert!(number.odds <= number.odds_in_shape && (mixed || number.odds == number.odds_in_shape), "{name}");
            for shape in *separated {
                let mut buffer = [0; LONGEST];
                let compact = compact(shape, &mut buffer).unwrap();
                assert!(lengths.contains(&(compact.len() as u8)), "{name}: {shape}");
                assert!(shape.len() > compact.len(), "{name}: {shape} is compact");
            }
        }
    }

    #[test]
    fn every_member_of_the_union_and_many_others_are_there() {
        let countries: BTreeSet<_> = NATIONAL_NUMBERS.iter().map(|number| number.country).collect();
        let union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
        for country in union.split(' ').chain("AU BR CA CH CN GB IN JP KR MX NO NZ TR US ZA".split(' ')) {
            assert!(countries.contains(country), "{country}");
        }
    }

    #[test]
    fn signs_that_people_write_are_taken_out_and_nothing_else_is() {
        for (text, expected) in [
            ("078-05-1120", Some("078051120")),
            ("A123456(3)", Some("A1234563")),
            ("13\u{2011}05\u{a0}1982", Some("13051982")),
            ("131052+308t", Some("131052308T")),
            ("+131052", None),
            ("", None),
            (" - ", None),
            ("1_2", None),
            ("١٢٣", None),
            ("123456789012345678901234567890123", None),
        ] {
            let mut buffer = [0; LONGEST];
            assert_eq!(compact(text, &mut buffer), expected.map(str::as_bytes), "{text:?}");
        }
    }

    #[test]
    fn a_placeholder_is_no_number() {
        let siren = NATIONAL_NUMBERS.iter().find(|number| number.name == "fr_siren").unwrap();
        assert!(siren.accepts(b"732829320") && (siren.check)(b"000000000") && !siren.accepts(b"000000000"));
    }

    #[test]
    fn a_check_answers_to_anything() {
        let mut seed: u32 = 1;
        for number in NATIONAL_NUMBERS {
            for length in 0..=LONGEST {
                for _ in 0..20 {
                    let text: Vec<u8> = (0..length)
                        .map(|_| {
                            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                            (seed >> 24) as u8
                        })
                        .collect();
                    let digits: Vec<u8> = text.iter().map(|byte| b'0' + byte % 10).collect();
                    let known = number.lengths.contains(&(length as u8));
                    assert!(!(number.check)(&text) || known, "{} {length}", number.name);
                    assert!(!(number.check)(&digits) || known, "{} {length}", number.name);
                }
            }
        }
    }
}
