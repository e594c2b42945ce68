use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::candidate::{Candidate, Evidence, Sink, Told};
use super::hint::{Cues, Hint};
use super::hit::{Grade, Hit};
use super::overlap::resolve;
use super::text::{Needs, Run, Survey, Text, class};
use super::{Class, DETECTORS, Entity};

/// Which detectors a scanner runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanOptions {
    /// Only what finds one of these; all, if empty.
    pub only: Vec<Entity>,
    /// Nothing that finds one of these.
    pub without: Vec<Entity>,
    /// Nothing of these classes.
    pub without_classes: Vec<Class>,
}

impl ScanOptions {
    fn want(&self, entity: Entity) -> bool {
        (self.only.is_empty() || self.only.contains(&entity))
            && !self.without.contains(&entity)
            && !self.without_classes.contains(&entity.class())
    }
}

/// What a scan found, and the memory it works in. One serves any number of scans, one after the other.
#[derive(Debug, Default)]
pub struct Found {
    pub(super) hits: Vec<Hit>,
    survey: Survey,
    runs: Vec<Run>,
    told: Vec<Told>,
}

impl Found {
    /// The hits of the last scan, in the order of the text. None overlaps another.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// What the one pass over the text of the last scan told.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }
}

/// How far before and behind a candidate words count as near, in bytes.
const BEFORE: usize = 72;
const BEHIND: usize = 32;

/// A detector at work.
struct Active {
    needs: Needs,
    detector: usize,
    first_cue: usize,
}

/// Finds personal and secret data in texts of any length: cells, notes, whole documents.
///
/// ```
/// use bowdler::detect::{Found, Grade, Hint, ScanOptions, Scanner};
///
/// let scanner = Scanner::new(&ScanOptions::default());
/// let mut found = Found::default();
/// let text = "Ring me, or write to ana@shop.pt.";
/// let hits = scanner.scan(text, &Hint::default(), &mut found);
///
/// assert_eq!(hits[0].detector, "email");
/// assert_eq!(hits[0].grade, Grade::Certain);
/// assert_eq!(&text[hits[0].range.clone()], "ana@shop.pt");
/// ```
pub struct Scanner {
    options: ScanOptions,
    active: Vec<Active>,
    names: Vec<&'static str>,
    /// By the classes of a text's bytes, a bit for each active detector that they are enough for.
    by_classes: Vec<u64>,
    words: Option<AhoCorasick>,
    /// Of which kinds each word speaks.
    speaks_of: Vec<Cues>,
}

impl Scanner {
    /// Makes a scanner, which costs some milliseconds: once, not for each column.
    pub fn new(options: &ScanOptions) -> Self {
        let (mut active, mut names, mut words) = (Vec::new(), Vec::new(), BTreeMap::<&str, Cues>::new());
        for (place, detector) in DETECTORS.iter().enumerate() {
            let kinds = detector.kinds();
            if (0..kinds.len()).any(|kind| options.want(detector.entity_of(kind))) {
                active.push(Active { needs: detector.needs(), detector: place, first_cue: names.len() });
            }
            for cue in kinds {
                for word in cue.words {
                    words.entry(word).or_default().add(names.len());
                }
                names.push(cue.name);
            }
        }
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(words.keys());
        let speaks_of = words.into_values().collect();
        let allowed = |classes: u16| {
            let allows = active.iter().map(|active: &Active| u64::from(active.needs.allow(classes)));
            allows.enumerate().fold(0, |all, (place, allows)| all | allows << place)
        };
        let by_classes = (0..class::ALL).map(allowed).collect();
        Self { options: options.clone(), active, names, by_classes, words: automaton.ok(), speaks_of }
    }

    /// Finds what is in a text: a cell of a column whose header gave `hint`, or free text.
    pub fn scan<'f>(&self, text: &str, hint: &Hint, found: &'f mut Found) -> &'f [Hit] {
        self.look(text, hint, found, self.options == ScanOptions::default());
        resolve(&mut found.hits);
        &found.hits
    }

    /// The same, with all hits that overlap others: one number may pass as several kinds, and which of them a column
    /// holds shows in many cells only. [`resolve`] leaves the best.
    pub(super) fn scan_for_all(&self, text: &str, hint: &Hint, found: &mut Found) {
        self.look(text, hint, found, false);
    }

    /// Finds the hits in a text, or those of them that [`resolve`] may leave.
    fn look(&self, text: &str, hint: &Hint, found: &mut Found, best_only: bool) {
        let Found { hits, survey: surveyed, runs, told } = found;
        hits.clear();
        told.clear();
        let survey = Survey::of(text.as_bytes(), runs);
        *surveyed = survey;
        let view = Text { text, survey, runs };
        let mut enough = self.by_classes.get(usize::from(survey.classes)).copied().unwrap_or(u64::MAX);
        while enough != 0 {
            let place = enough.trailing_zeros() as usize;
            enough &= enough - 1;
            let Some(Active { needs, detector, first_cue }) = self.active.get(place) else { break };
            if !needs.measure(&survey) || needs.hint && !hint.has(*first_cue) {
                continue;
            }
            if let Some(place) = DETECTORS.get(*detector) {
                place.find(&view, &mut Sink { told, hint, detector: *detector, first_cue: *first_cue, best_only });
            }
        }
        let mut near = Near::default();
        for Told { candidate, detector, cue } in told.drain(..) {
            let agreed = match candidate.evidence {
                Evidence::Strong | Evidence::Capped => false,
                Evidence::Fair | Evidence::Weak => hint.has(cue) || near.words(self, &view, &candidate.range).has(cue),
            };
            if let Some(grade) = grade(&candidate, agreed) {
                hits.extend(self.hit(candidate, grade, detector, cue));
            }
        }
    }

    fn hit(&self, candidate: Candidate, grade: Grade, detector: usize, cue: usize) -> Option<Hit> {
        let Candidate { range, kind, odds, reserved, .. } = candidate;
        let detector = DETECTORS.get(detector)?;
        let entity = detector.entity_of(kind);
        self.options.want(entity).then_some(Hit {
            entity,
            detector: detector.name(),
            kind: self.names.get(cue)?,
            grade,
            range,
            odds,
            reserved,
            order: cue,
        })
    }

    /// Adds the kinds that words in `text` speak of.
    fn listen(&self, text: &[u8], cues: &mut Cues) {
        let Some(words) = &self.words else { return };
        let word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
        for found in words.find_overlapping_iter(text) {
            let before = found.start().checked_sub(1).and_then(|place| text.get(place));
            if !word(before)
                && !word(text.get(found.end()))
                && let Some(kinds) = self.speaks_of.get(found.pattern().as_usize())
            {
                cues.add_all(kinds);
            }
        }
    }
}

fn grade(candidate: &Candidate, agreed: bool) -> Option<Grade> {
    match (candidate.evidence, agreed) {
        (Evidence::Strong, _) | (Evidence::Fair | Evidence::Weak, true) => Some(Grade::Certain),
        (Evidence::Fair | Evidence::Capped, _) => Some(Grade::Possible),
        (Evidence::Weak, false) => None,
    }
}

/// The kinds that words near the last range speak of: several candidates often have one range.
#[derive(Default)]
struct Near {
    range: Range<usize>,
    cues: Cues,
}

impl Near {
    fn words(&mut self, scanner: &Scanner, text: &Text<'_>, range: &Range<usize>) -> &Cues {
        if self.range != *range {
            self.range = range.clone();
            self.cues = Cues::default();
            let before = text.slice(range.start.saturating_sub(BEFORE)..range.start);
            let behind = text.slice(range.end..text.bytes().len().min(range.end + BEHIND));
            for side in [before, behind] {
                if side.len() >= 2 {
                    scanner.listen(side, &mut self.cues);
                }
            }
        }
        &self.cues
    }
}
