use std::collections::BTreeMap;

use super::days::Days;
use super::sketch::Sketch;
use super::written::{self, DATES, Dialled, Number};
use crate::detect::checksum::luhn;
use crate::detect::overlap::resolve;
use crate::detect::words::{self, HeaderHint};
use crate::detect::{Class, Entity, Found, Grade, Hint, Hit, Scanner, Strength, birth, person, place};

/// The longest cell that can be a name of anything, in bytes.
const LONGEST_NAME: usize = 64;
/// As many words make a text.
const WORDS_OF_TEXT: usize = 6;
/// The part of a cell that a hit must take up to be the cell, in percent.
const WHOLE: usize = 80;

/// The type of a column, as far as it says something about what the column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text, which may hold anything.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers with a fraction.
    Fraction,
    /// True or false.
    Flag,
    /// Days.
    Date,
    /// Moments, and times of day.
    Moment,
    /// Bytes, and whatever else is not read.
    Opaque,
}

/// How often one kind of data was found in a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally {
    pub(super) entity: Entity,
    /// The cells that it takes up, and how often chance would do the same, summed.
    pub(super) whole: u64,
    pub(super) odds: f64,
    /// Of those, the certain ones.
    pub(super) certain: u64,
    /// The cells that hold a certain one among other things.
    pub(super) inside: u64,
}

/// What the cells of a column are like: counts and extremes, and no value. Cells are added one by one, so that a column
/// of any length can be looked at.
///
/// ```
/// use bowdler::detect::{ColumnKind, ColumnProfile, Scanner, ScanOptions, Found, classify_columns};
///
/// let (scanner, mut found) = (Scanner::new(&ScanOptions::default()), Found::default());
/// let mut column = ColumnProfile::new("x7", ColumnKind::Text);
/// for cell in ["ana@shop.pt", "li@shop.cn", "zoe@shop.fr"] {
///     column.add(Some(cell), &scanner, &mut found);
/// }
/// assert_eq!(classify_columns(&[column])[0].entity, Some("email"));
/// ```
#[derive(Debug, Clone)]
pub struct ColumnProfile {
    pub(super) header: String,
    pub(super) said: Option<HeaderHint>,
    hint: Hint,
    pub(super) kind: ColumnKind,
    pub(super) nulls: u64,
    pub(super) blanks: u64,
    /// The cells with something in them; all counts below are of these.
    pub(super) values: u64,
    pub(super) sketch: Sketch,
    pub(super) tallies: BTreeMap<&'static str, Tally>,
    pub(super) length: u64,
    pub(super) longest: usize,
    pub(super) shortest: usize,
    /// Cells with letters, with digits, with blanks, of many words, with an `@`.
    pub(super) lettered: u64,
    pub(super) digited: u64,
    pub(super) spaced: u64,
    pub(super) texts: u64,
    pub(super) ats: u64,
    pub(super) numbers: u64,
    pub(super) wholes: u64,
    pub(super) padded: u64,
    pub(super) negatives: u64,
    pub(super) least: f64,
    pub(super) greatest: f64,
    pub(super) most_digits: usize,
    /// The longest run of digits in any cell.
    pub(super) longest_digits: usize,
    /// Whole numbers that are one more than the one before.
    pub(super) steps: u64,
    /// Whole numbers that are more than the one before.
    pub(super) rises: u64,
    last: f64,
    pub(super) days: Days,
    /// Whole numbers whose last digit is Luhn's.
    pub(super) luhn: u64,
    pub(super) dates: [u64; DATES.len()],
    pub(super) any_dates: u64,
    pub(super) earliest: i32,
    pub(super) latest: i32,
    pub(super) flags: u32,
    pub(super) flagged: u64,
    pub(super) uuids: u64,
    pub(super) times: u64,
    pub(super) full_names: u64,
    pub(super) maybe_names: u64,
    /// Cells that are likely names in Chinese, Japanese or Korean writing.
    pub(super) eastern: u64,
    pub(super) given: u64,
    pub(super) family: u64,
    /// Cells with a given name among their words that is nothing else.
    pub(super) name_words: u64,
    /// Cells with a given or a family name anywhere in them that is nothing else.
    pub(super) names_inside: u64,
    pub(super) cities: u64,
    pub(super) countries: u64,
    pub(super) states: u64,
    pub(super) streets: u64,
    pub(super) maybe_streets: u64,
    /// Cells that are written as telephone numbers are, with a plus sign and without.
    pub(super) international: u64,
    pub(super) national: u64,
    pub(super) postcodes: u64,
}

impl ColumnProfile {
    /// Whether a word of the header is in a list.
    pub(super) fn speaks(&self, list: &[&str]) -> bool {
        words::split(&self.header).iter().any(|word| {
            let word = word.as_str();
            let single = word.strip_suffix('s').filter(|single| single.len() > 2);
            list.contains(&word) || single.is_some_and(|single| list.contains(&single))
        })
    }

    /// A column without cells. A nested column's header is its path.
    pub fn new(header: &str, kind: ColumnKind) -> Self {
        // A leaf is called by its own name first; what it lies in says whose it is.
        let own = header.rsplit('.').next().unwrap_or(header);
        let own = if matches!(own, "key" | "value" | "item" | "element") { header } else { own };
        // `price.pw` is no password.
        let anything = |said: &HeaderHint| matches!(said.entity, words::PASSWORD | words::SECRET | words::USER_NAME);
        let own_says = words::classify(own).filter(|said| !anything(said) || !words::is_about(header));
        let said = own_says.or_else(|| words::classify(header));
        Self {
            header: header.to_owned(),
            said,
            hint: if words::is_about(header) { Hint::of_path(header) } else { Hint::of_header(own) },
            kind,
            nulls: 0,
            blanks: 0,
            values: 0,
            sketch: Sketch::default(),
            tallies: BTreeMap::new(),
            length: 0,
            longest: 0,
            shortest: usize::MAX,
            lettered: 0,
            digited: 0,
            spaced: 0,
            texts: 0,
            ats: 0,
            numbers: 0,
            wholes: 0,
            padded: 0,
            negatives: 0,
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
            most_digits: 0,
            longest_digits: 0,
            steps: 0,
            rises: 0,
            last: f64::NAN,
            days: Days::default(),
            luhn: 0,
            dates: [0; DATES.len()],
            any_dates: 0,
            earliest: i32::MAX,
            latest: i32::MIN,
            flags: u32::MAX,
            flagged: 0,
            uuids: 0,
            times: 0,
            full_names: 0,
            maybe_names: 0,
            eastern: 0,
            given: 0,
            family: 0,
            name_words: 0,
            names_inside: 0,
            cities: 0,
            countries: 0,
            states: 0,
            streets: 0,
            maybe_streets: 0,
            international: 0,
            national: 0,
            postcodes: 0,
        }
    }

    /// The header it was made for.
    pub fn header(&self) -> &str {
        &self.header
    }

    /// How many cells hold a value: not null, and more than blanks.
    pub fn values(&self) -> u64 {
        self.values
    }

    /// How many different values there are, about where there are a thousand and more.
    pub fn distinct(&self) -> u64 {
        self.sketch.distinct()
    }

    /// The least and the greatest number, where all values are numbers.
    pub fn range(&self) -> Option<(f64, f64)> {
        (self.values > 0 && self.numbers == self.values).then_some((self.least, self.greatest))
    }

    /// How many cells hold blanks alone, or nothing.
    pub fn blanks(&self) -> u64 {
        self.blanks
    }

    /// Which part of the values of the column with fewer of them the other one has too, from 0 to 1.
    pub fn overlap(&self, other: &Self) -> f64 {
        self.sketch.overlap(&other.sketch)
    }

    /// The way in which most dates are written, as for strftime, and whether all values are written so; none where dates
    /// are few.
    pub fn date_format(&self) -> Option<(&'static str, bool)> {
        let (place, count) =
            self.dates.iter().enumerate().max_by_key(|(place, count)| (**count, usize::MAX - place))?;
        let format = *DATES.get(if place < written::ISO { 0 } else { place })?;
        let count = if place < written::ISO { self.dates.iter().take(written::ISO).sum() } else { *count };
        (count * 2 > self.values).then_some((format, count == self.values && self.blanks == 0))
    }

    /// Whether dates in ISO 8601 are most of the values.
    pub fn is_iso_date(&self) -> bool {
        self.date_format().is_some_and(|(format, _)| format == DATES[0])
    }

    /// Adds a cell; none is a null.
    pub fn add(&mut self, cell: Option<&str>, scanner: &Scanner, found: &mut Found) {
        let Some(cell) = cell else {
            self.nulls += 1;
            return;
        };
        let value = cell.trim();
        if value.is_empty() {
            self.blanks += 1;
            return;
        }
        self.values += 1;
        self.sketch.add(value);
        self.add_form(value);
        self.add_number(value);
        self.add_date(value);
        if matches!(self.kind, ColumnKind::Text | ColumnKind::Whole) {
            self.add_hits(value, scanner, found);
        }
        if self.kind == ColumnKind::Text && value.len() <= LONGEST_NAME {
            self.add_names(value);
        }
    }

    fn add_form(&mut self, value: &str) {
        let length = value.chars().count();
        self.length += length as u64;
        self.longest = self.longest.max(length);
        self.shortest = self.shortest.min(length);
        let has = |test: fn(char) -> bool| u64::from(value.chars().any(test));
        self.lettered += has(char::is_alphabetic);
        self.digited += has(|c| c.is_ascii_digit());
        self.spaced += has(char::is_whitespace);
        self.ats += u64::from(value.contains('@'));
        let digits = value.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
        self.longest_digits = self.longest_digits.max(digits.unwrap_or_default());
        self.texts += u64::from(value.split_whitespace().nth(WORDS_OF_TEXT - 1).is_some() || value.contains('\n'));
        let flags = written::flags(value);
        self.flagged += u64::from(flags != 0);
        self.flags &= flags;
        self.days.add(value);
        self.uuids += u64::from(written::is_uuid(value));
        self.times += u64::from(written::is_time(value));
        match written::dialled(value) {
            Some(Dialled::International) => self.international += 1,
            Some(Dialled::National) => self.national += 1,
            None => {}
        }
    }

    fn add_number(&mut self, text: &str) {
        let Some(Number { value, is_whole, is_padded, digits }) = written::number(text) else { return };
        self.numbers += 1;
        self.wholes += u64::from(is_whole);
        self.padded += u64::from(is_padded);
        self.luhn += u64::from(is_whole && digits > 6 && luhn(text.as_bytes()));
        self.negatives += u64::from(value < 0.0);
        self.least = self.least.min(value);
        self.greatest = self.greatest.max(value);
        self.most_digits = self.most_digits.max(digits);
        self.steps += u64::from(is_whole && value - self.last == 1.0);
        self.rises += u64::from(is_whole && value > self.last);
        self.last = value;
    }

    fn add_date(&mut self, value: &str) {
        if !(6..=40).contains(&value.len()) || !value.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        let mut year = None;
        for (format, count) in DATES.iter().zip(&mut self.dates) {
            if let Some(found) = written::date(value, format) {
                *count += 1;
                year = year.or(Some(found));
            }
        }
        if let Some(year) = year.or_else(|| birth::date(value).map(|(year, _, _)| year)) {
            self.any_dates += 1;
            self.earliest = self.earliest.min(year);
            self.latest = self.latest.max(year);
        }
    }

    fn add_hits(&mut self, value: &str, scanner: &Scanner, found: &mut Found) {
        scanner.scan_for_all(value, &self.hint, found);
        let takes_up = |hit: &Hit| hit.range.len() * 100 >= value.len() * WHOLE;
        for hit in found.hits.iter().filter(|hit| takes_up(hit)) {
            self.tally(hit, true);
        }
        if found.hits.iter().all(takes_up) {
            return;
        }
        resolve(&mut found.hits);
        for hit in found.hits.iter().filter(|hit| !takes_up(hit)) {
            if hit.grade == Grade::Certain && hit.entity.class() != Class::None {
                self.tally(hit, false);
            }
        }
    }

    fn tally(&mut self, hit: &Hit, whole: bool) {
        let certain = hit.grade == Grade::Certain;
        let empty = Tally { entity: hit.entity, whole: 0, odds: 0.0, certain: 0, inside: 0 };
        let tally = self.tallies.entry(hit.kind).or_insert(empty);
        tally.inside += u64::from(!whole);
        tally.whole += u64::from(whole);
        tally.certain += u64::from(whole && certain);
        tally.odds += if whole { hit.odds } else { 0.0 };
    }

    fn add_names(&mut self, value: &str) {
        let has_digits = value.bytes().any(|byte| byte.is_ascii_digit());
        self.postcodes += u64::from(has_digits && place::postcode(value, None) == Some(Strength::Strong));
        if value.contains(' ') {
            let street = place::street(value);
            self.streets += u64::from(street == Some(Strength::Strong));
            self.maybe_streets += u64::from(street == Some(Strength::Weak));
        }
        if has_digits && !value.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            return;
        }
        let sure = |word: &str| word.len() >= 4 && person::given(word) && !person::ambiguous(word);
        self.name_words += u64::from(value.split(|c: char| !c.is_alphabetic()).any(sure));
        self.names_inside += u64::from(value.split(parts_names).any(is_name_alone));
        if has_digits {
            return;
        }
        match person::full_name(value) {
            Some(Strength::Strong) => self.full_names += 1,
            Some(Strength::Weak) => self.maybe_names += 1,
            None => {}
        }
        self.eastern += u64::from(person::eastern(value));
        self.given += u64::from(value.split_whitespace().count() <= 2 && value.split_whitespace().all(person::given));
        self.family += u64::from(person::family(value));
        self.cities += u64::from(place::city(value));
        self.countries += u64::from(place::country(value) || place::country_code(value));
        self.states += u64::from(place::us_state(value));
    }

    /// Which part of the values a count is.
    pub(super) fn share(&self, count: u64) -> f64 {
        if self.values == 0 { 0.0 } else { count as f64 / self.values as f64 }
    }

    /// The mean length of a value, in characters.
    pub fn mean_length(&self) -> f64 {
        self.share(self.length)
    }

    /// Whether many of its values are several words.
    pub fn has_words(&self) -> bool {
        self.share(self.spaced) > 0.1 || self.texts > 0
    }

    /// How many cells are a value of this, or hold one.
    pub(super) fn found(&self, wanted: Entity) -> (u64, u64) {
        let of = self.tallies.values().filter(|tally| tally.entity == wanted);
        of.fold((0, 0), |(whole, inside), tally| (whole + tally.whole, inside + tally.inside))
    }
}

/// Whether a character stands between words, and in no name.
fn parts_names(c: char) -> bool {
    !c.is_alphabetic() && !matches!(c, '\'' | '’' | '-')
}

/// Whether a word is a name of somebody, and hardly anything else. A short one has to begin with a capital.
fn is_name_alone(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    let letters = word.chars().count();
    let long = letters >= 4 || letters == 3 && word.starts_with(char::is_uppercase);
    long && (person::given(word) || person::family(word)) && !person::ambiguous(word)
}
