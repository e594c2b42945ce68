//! Names of files and columns: they may hold what they should not, and are shown without it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::detect::{Found, Hint, ScanOptions, Scanner};
use crate::error::Shape;
use crate::rules::names;

use super::Looked;
use super::cells::percent_decoded;
use super::config::{Allow, Patterns};
use super::look::{Judge, Scope};
use super::tally::{Kind, Tallies};

/// A name as it may be shown: what a detector finds in it is replaced by its shape.
pub(super) struct Shown {
    pub(super) name: String,
    /// What was found in it.
    pub(super) found: Tallies,
}

/// A name as messages may have it that are about files that are not looked at.
pub(super) fn shown(name: &str, is_column: bool) -> String {
    static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(&ScanOptions::default()));
    let (allow, patterns) = (Allow::default(), Patterns::default());
    let judge =
        Judge { scanner: &SCANNER, allow: &allow, patterns: &patterns, survivors: None, scope: Scope::Everything };
    look(name, &judge, is_column).name
}

/// Tells files apart that are shown by the same name, because only their shapes are: all but the first get a number, in
/// the order in which they stand.
pub(super) fn tell_apart(looked: &mut [Looked]) {
    let mut taken: BTreeSet<String> = looked.iter().map(|looked| looked.report.name.clone()).collect();
    let mut seen = BTreeSet::new();
    for looked in looked {
        if seen.insert(looked.report.name.clone()) {
            continue;
        }
        let numbered = |number: u64| format!("{} ({number})", looked.report.name);
        let Some(name) = (2..).map(numbered).find(|name| taken.insert(name.clone())) else { continue };
        for gap in looked.gaps.iter_mut().filter(|gap| gap.file.as_ref() == Some(&looked.report.name)) {
            gap.file = Some(name.clone());
        }
        looked.report.name = name;
    }
}

/// Looks at a name, part by part.
pub(super) fn look(name: &str, judge: &Judge, is_column: bool) -> Shown {
    let mut found = Tallies { cells: 1, ..Tallies::default() };
    let name = names::each_part(name, is_column, |text, hint| look_at(text, hint, judge, &mut found));
    Shown { name, found }
}

fn look_at(text: &str, hint: &Hint, judge: &Judge, found: &mut Tallies) -> String {
    let plain = percent_decoded(text);
    let mut memory = Found::default();
    let mut shown = String::new();
    let mut end = 0;
    let allowed = found.allowed;
    for hit in names::scan(judge.scanner, &plain, hint, &mut memory) {
        let value = plain.get(hit.range.clone()).unwrap_or_default();
        if judge.allows(value) {
            found.allowed += 1;
            continue;
        }
        found.note(Kind::from(hit), hit.odds, 0, value, || (None, None));
        shown.push_str(plain.get(end..hit.range.start).unwrap_or_default());
        shown.push_str(&Shape::of(value).to_string());
        end = hit.range.end;
    }
    judge.patterns.each_match(&plain, None, |pattern, range| {
        found.note(Kind::Pattern(pattern), 0.0, 0, plain.get(range).unwrap_or_default(), || (None, None));
        // Two finders may disagree on what of it is theirs: then nothing of it is shown.
        shown = Shape::of(&plain).to_string();
        end = plain.len();
    });
    if end == 0 && found.allowed == allowed {
        return text.to_owned();
    }
    shown.push_str(plain.get(end..).unwrap_or_default());
    shown
}
