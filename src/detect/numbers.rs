use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::national::{Alphabet, Kind, LONGEST, NATIONAL_NUMBERS};
use super::text::class;
use super::{Candidate, Cue, Detector, Entity, Evidence, Needs, Run, Sink, Text};

/// National numbers of persons and bodies, by the table of them.
pub(super) struct Numbers;

/// A random number of the shape passes at most so often where digits without separators are certain by themselves.
const SURE: f64 = 1e-4;
/// The same, where there are letters: how often of the shape, and how often of any letters and digits.
const SURE_IF_MIXED: (f64, f64) = (1e-3, 1e-5);
/// The same, where it is written with separators in three groups and more.
const SURE_IF_SEPARATED: f64 = 0.012;
/// Where a random number of the shape passes more often than that, a header or a word must agree.
const TELLING: f64 = 0.15;
/// Shapes that hardly anything but their number has, whatever the number's own odds.
const DISTINCT: &[&str] = &["999-99-9999"];
/// The most groups that a number is written in, and the longest of them.
const GROUPS: usize = 8;
const GROUP: usize = 15;

/// One way in which one number is written.
#[derive(Debug, Clone, Copy)]
struct Form {
    /// Its place in the table of numbers.
    number: usize,
    /// Bits of the places where a digit has to be, and where a letter has to be.
    digits: u32,
    letters: u32,
    evidence: Evidence,
    odds: f64,
}

/// The forms of all numbers, by what a candidate shows first.
struct Index {
    /// Without separators: by length.
    compact: Vec<Vec<Form>>,
    /// With separators: by the lengths of the groups and the separators between.
    separated: BTreeMap<u64, Vec<Form>>,
    /// The beginnings of those, so that a walk ends early.
    beginnings: Vec<u64>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index =
        Index { compact: vec![Vec::new(); LONGEST + 1], separated: BTreeMap::new(), beginnings: Vec::new() };
    for (place, number) in NATIONAL_NUMBERS.iter().enumerate() {
        let lengths = number.lengths.iter().map(|length| "9".repeat(usize::from(*length)));
        let shapes = number.shapes.iter().map(|shape| (*shape).to_owned());
        let shapes: Vec<String> =
            if number.alphabet == Alphabet::Digits { lengths.collect() } else { shapes.collect() };
        for shape in shapes {
            // A hash in hexadecimal has a letter in the right place often enough.
            let mixed = shape.bytes().filter(u8::is_ascii_uppercase).count() > 1;
            let evidence = match number.odds_in_shape {
                odds if odds > TELLING => Evidence::Weak,
                odds if odds <= SURE => Evidence::Strong,
                odds if mixed && odds <= SURE_IF_MIXED.0 && number.odds <= SURE_IF_MIXED.1 => Evidence::Strong,
                _ => Evidence::Fair,
            };
            if let Some(forms) = index.compact.get_mut(shape.len()) {
                forms.push(Form::new(place, &shape, evidence));
            }
        }
        for shape in number.separated {
            let mut walk = Walk::default();
            let mut keys = Vec::new();
            for byte in shape.bytes() {
                if byte.is_ascii_alphanumeric() {
                    walk.group += 1;
                } else if byte != b')' {
                    walk.close(byte);
                    keys.push(walk.key);
                }
            }
            walk.close(0);
            let groups = keys.len() + 1;
            let evidence = match number.odds_in_shape {
                _ if DISTINCT.contains(shape) => Evidence::Strong,
                odds if odds > TELLING => Evidence::Weak,
                odds if odds <= SURE_IF_SEPARATED && groups >= 3 => Evidence::Strong,
                _ => Evidence::Fair,
            };
            index.separated.entry(walk.key).or_default().push(Form::new(place, shape, evidence));
            index.beginnings.extend(keys);
        }
    }
    // The best first, as `overlap` has it.
    for forms in index.compact.iter_mut().chain(index.separated.values_mut()) {
        let certain = |form: &Form| form.evidence == Evidence::Strong;
        forms.sort_by(|a, b| {
            (certain(b).cmp(&certain(a))).then_with(|| a.odds.total_cmp(&b.odds)).then_with(|| a.number.cmp(&b.number))
        });
    }
    index.beginnings.sort_unstable();
    index.beginnings.dedup();
    index
});

impl Form {
    fn new(number: usize, shape: &str, evidence: Evidence) -> Self {
        let signs = shape.bytes().filter(u8::is_ascii_alphanumeric).enumerate();
        let (mut digits, mut letters) = (0, 0);
        for (place, sign) in signs {
            match sign {
                b'9' => digits |= 1 << place,
                b'A' => letters |= 1 << place,
                _ => {}
            }
        }
        let odds = NATIONAL_NUMBERS.get(number).map_or(1.0, |number| number.odds_in_shape);
        Self { number, digits, letters, evidence, odds }
    }

    fn accepts(&self, compact: &[u8], digits: u32) -> bool {
        let fits = self.digits & !digits == 0 && self.letters & digits == 0;
        fits && NATIONAL_NUMBERS.get(self.number).is_some_and(|number| number.accepts(compact))
    }
}

/// The lengths of groups and the separators between them, as a number.
#[derive(Debug, Clone, Copy, Default)]
struct Walk {
    key: u64,
    group: usize,
}

impl Walk {
    /// Ends a group with the separator behind it, 0 at the end.
    fn close(&mut self, separator: u8) {
        let sign = match separator {
            b' ' => 1,
            b'-' => 2,
            b'.' => 3,
            b'/' => 4,
            b'+' => 5,
            b'(' => 6,
            0 => 0,
            _ => 7,
        };
        self.key = self.key << 7 | (self.group as u64) << 3 | sign;
        self.group = 0;
    }
}

impl Detector for Numbers {
    fn name(&self) -> &'static str {
        "national-number"
    }

    fn entity(&self) -> Entity {
        Entity::NationalNumber
    }

    fn entity_of(&self, kind: usize) -> Entity {
        match NATIONAL_NUMBERS.get(kind).map(|number| number.kind) {
            Some(Kind::Company | Kind::Licence | Kind::Bank) => Entity::OrganisationNumber,
            _ => Entity::NationalNumber,
        }
    }

    fn summary(&self) -> &'static str {
        "numbers of identity, tax, health and companies of 75 countries: shape, dates and check digits"
    }

    fn example(&self) -> &'static str {
        "SSN: 460-89-9847"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["ssn", "social security number", "national id", "tax id"]
    }

    fn words(&self) -> &'static [&'static str] {
        &[]
    }

    fn kinds(&self) -> Vec<Cue> {
        NATIONAL_NUMBERS
            .iter()
            .map(|number| Cue { name: number.name, headers: number.words, words: number.words })
            .collect()
    }

    fn needs(&self) -> Needs {
        Needs { all: class::DIGIT, digits: 5, length: 6, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        let index = &*INDEX;
        for run in text.runs {
            if run.digits > 0 {
                self::compact(index, text, run, found);
                let start = first_group(text, run);
                if start < run.start || is_separator(text.at(run.end)) {
                    separated(index, text, start, found);
                }
            }
        }
    }
}

/// Tells of the numbers that a run is by itself.
fn compact(index: &Index, text: &Text<'_>, run: &Run, found: &mut Sink<'_>) {
    let range = run.start..run.end;
    let forms = index.compact.get(run.len()).map(Vec::as_slice).unwrap_or_default();
    if forms.is_empty() || text.is_joined(&range) {
        return;
    }
    let mut upper = [0; LONGEST];
    if let Some(compact) = upper.get_mut(..run.len()).map(|upper| upper_case(text.of(run), upper)) {
        tell(forms, text, compact, &range, found);
    }
}

/// The bytes in upper case, and bits of the places where digits are.
fn upper_case<'b>(bytes: &[u8], upper: &'b mut [u8]) -> (&'b [u8], u32) {
    let mut digits = 0;
    for (place, (byte, upper)) in bytes.iter().zip(upper.iter_mut()).enumerate() {
        *upper = byte.to_ascii_uppercase();
        digits |= u32::from(byte.is_ascii_digit()) << (place & 31);
    }
    (upper, digits)
}

/// Tells of every number whose form and check the compact text passes, or of the best and those that the header names.
fn tell(forms: &[Form], text: &Text<'_>, (compact, digits): (&[u8], u32), range: &Range<usize>, found: &mut Sink<'_>) {
    let best_only = found.takes_the_best(text, range);
    let mut has_one = false;
    for form in forms {
        let is_idle = best_only && (has_one || form.evidence == Evidence::Weak) && !found.hinted(form.number);
        if !is_idle && form.accepts(compact, digits) {
            has_one |= form.evidence != Evidence::Weak;
            found.tell(Candidate::new(range.clone(), form.evidence, form.odds).of_kind(form.number));
        }
    }
}

/// Where the first group starts of what a run with digits is in: a short one of letters may stand before.
fn first_group(text: &Text<'_>, run: &Run) -> usize {
    if !matches!(text.before(run.start), b' ' | b'-') {
        return run.start;
    }
    let before = text.slice(0..run.start - 1).iter().rev().take(5);
    match before.take_while(|byte| byte.is_ascii_uppercase()).count() {
        letters @ 1..=4 if !text.before(run.start - 1 - letters).is_ascii_alphanumeric() => run.start - 1 - letters,
        _ => run.start,
    }
}

/// Whether a byte stands between groups of a number.
fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/' | b'+' | b'(')
}

/// Tells of the numbers that are written with separators from a place on.
fn separated(index: &Index, text: &Text<'_>, start: usize, found: &mut Sink<'_>) {
    let before = text.before(start);
    let joins =
        matches!(before, b'-' | b'.' | b'/' | b'_') && text.before(start.saturating_sub(1)).is_ascii_alphanumeric();
    if joins || before.is_ascii_alphanumeric() {
        return;
    }
    let (mut walk, mut upper, mut length, mut place) = (Walk::default(), [0; LONGEST], 0, start);
    let (mut open, mut blanks) = (false, false);
    let comes_from = before == b' ' && text.before(start.saturating_sub(1)).is_ascii_digit();
    for group in 0..GROUPS {
        let bytes = text.slice(place..text.bytes().len());
        walk.group = bytes.iter().take(GROUP + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let end = place + walk.group;
        let Some(room) = upper.get_mut(length..length + walk.group).filter(|room| matches!(room.len(), 1..=GROUP))
        else {
            return;
        };
        upper_case(text.slice(place..end), room);
        length += walk.group;
        let closed = if open && text.at(end) == b')' { end + 1 } else { end };
        if group > 0 {
            let mut whole = walk;
            whole.close(0);
            let range = start..closed;
            if let Some(forms) = index.separated.get(&whole.key)
                && !goes_on(text, closed, blanks)
                && !(blanks && comes_from)
                && let Some(compact) = upper.get(..length)
            {
                let bits = compact.iter().enumerate().filter(|(_, byte)| byte.is_ascii_digit());
                let digits = bits.fold(0u32, |digits, (place, _)| digits | 1 << (place & 31));
                tell(forms, text, (compact, digits), &range, found);
            }
        }
        let separator = text.at(end);
        open = separator == b'(';
        blanks |= separator == b' ';
        walk.close(separator);
        if !is_separator(separator) || index.beginnings.binary_search(&walk.key).is_err() {
            return;
        }
        place = end + 1;
    }
}

/// Whether what ends at a place goes on behind it; over a blank only if there are blanks in it.
fn goes_on(text: &Text<'_>, end: usize, blanks: bool) -> bool {
    let (next, beyond) = (text.at(end), text.at(end + 1));
    blanks && next == b' ' && beyond.is_ascii_digit()
        || next.is_ascii_alphanumeric()
        || next == b'_'
        || matches!(next, b'-' | b'.' | b'/') && beyond.is_ascii_alphanumeric()
}
