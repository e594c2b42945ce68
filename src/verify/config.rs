//! The files with which a person says what is known and what else to look for: allow lists and own patterns.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::{Regex, RegexSet};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::detect::{DETECTORS, Entity, Grade};
use crate::error::{Error, ErrorKind, Place, Result};
use crate::rules::Pattern;
use crate::transform::nearest;

/// The largest of these files that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// The largest that an expression may become, in bytes.
const LARGEST_EXPRESSION: usize = 16 << 20;

/// What is known to be there and to be nobody's.
#[derive(Debug, Clone, Default)]
pub struct Allow {
    values: BTreeSet<String>,
    patterns: RegexSet,
    columns: Vec<AllowedColumn>,
}

#[derive(Debug, Clone)]
struct AllowedColumn {
    file: Option<Pattern>,
    column: Pattern,
    /// None for all.
    entities: Option<Vec<Entity>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowFile {
    #[serde(default)]
    values: Vec<String>,
    #[serde(default)]
    patterns: Vec<String>,
    #[serde(default)]
    columns: Vec<AllowEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowEntry {
    file: Option<String>,
    column: String,
    entities: Option<Vec<String>>,
}

impl Allow {
    /// Reads an allow list: `values`, exact; `patterns`, regular expressions that must match a hit as a whole; `columns`,
    /// each with `column`, a name or pattern of names, and if wanted `file` and `entities`.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it can't be read, [`ErrorKind::Usage`] if it is wrong.
    pub fn from_file(path: &Path) -> Result<Self> {
        let file: AllowFile = read(path)?;
        let wholes = file.patterns.iter().map(|pattern| format!("^(?:{pattern})$"));
        let patterns =
            RegexSet::new(wholes).map_err(|_| wrong(path, "one of the `patterns` is no regular expression"))?;
        let columns = file.columns.into_iter().map(|entry| entry.compile(path)).collect::<Result<_>>()?;
        Ok(Self { values: file.values.into_iter().collect(), patterns, columns })
    }

    /// Whether a hit with this text is allowed anywhere.
    pub(super) fn allows(&self, text: &str) -> bool {
        self.values.contains(text) || self.patterns.is_match(text)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.patterns.is_empty() && self.columns.is_empty()
    }

    /// The entities that are allowed in a column of a file; everything, if the first is true.
    pub(super) fn in_column(&self, file: &str, column: &str) -> (bool, Vec<Entity>) {
        let mut allowed = (false, Vec::new());
        for entry in &self.columns {
            if entry.column.matches(column) && entry.file.as_ref().is_none_or(|pattern| pattern.matches(file)) {
                match &entry.entities {
                    None => allowed.0 = true,
                    Some(entities) => allowed.1.extend(entities),
                }
            }
        }
        allowed
    }
}

impl AllowEntry {
    fn compile(self, path: &Path) -> Result<AllowedColumn> {
        let file = self
            .file
            .map(|file| Pattern::path(&file).ok_or_else(|| wrong(path, "a `file` is no pattern of file names")));
        let column = Pattern::column(&self.column).ok_or_else(|| wrong(path, "a `column` is no pattern of names"))?;
        let entities = self.entities.map(|names| names.iter().map(|name| entity(name, path)).collect::<Result<_>>());
        Ok(AllowedColumn { file: file.transpose()?, column, entities: entities.transpose()? })
    }
}

/// The entity with this name, as reports have it.
fn entity(name: &str, path: &Path) -> Result<Entity> {
    let all: BTreeMap<String, Entity> = DETECTORS
        .iter()
        .flat_map(|detector| (0..detector.kinds().len()).map(|kind| detector.entity_of(kind)))
        .map(|entity| (name_of(entity), entity))
        .collect();
    all.get(name).copied().ok_or_else(|| {
        let help = match nearest(name, all.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", all.keys().cloned().collect::<Vec<_>>().join(", ")),
        };
        wrong(path, "there is no such entity").with_help(help)
    })
}

/// The name of an entity as reports have it.
pub(super) fn name_of(entity: Entity) -> String {
    serde_json::to_value(entity).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What else is looked for: a person's own patterns and lists of words.
#[derive(Debug, Clone, Default)]
pub struct Patterns(Vec<Own>);

#[derive(Debug, Clone)]
pub(super) struct Own {
    pub(super) name: String,
    pub(super) grade: Grade,
    finder: Finder,
    columns: Vec<Pattern>,
}

#[derive(Debug, Clone)]
enum Finder {
    Expression(Regex),
    Words(AhoCorasick),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternsFile {
    patterns: BTreeMap<String, PatternEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternEntry {
    regex: Option<String>,
    words: Option<Vec<String>>,
    words_file: Option<String>,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default = "certain")]
    grade: GradeWord,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum GradeWord {
    Certain,
    Possible,
}

fn certain() -> GradeWord {
    GradeWord::Certain
}

impl Patterns {
    /// Reads patterns: `[patterns.NAME]` with `regex`, or `words`, or `words_file` with a word or phrase a line (whole
    /// words, in whatever case ASCII letters are), and if wanted `columns`, names or patterns of names, and `grade`.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it can't be read, [`ErrorKind::Usage`] if it is wrong.
    pub fn from_file(path: &Path) -> Result<Self> {
        let file: PatternsFile = read(path)?;
        file.patterns.into_iter().map(|(name, entry)| entry.compile(name, path)).collect::<Result<_>>().map(Self)
    }

    pub(super) fn get(&self, place: usize) -> Option<&Own> {
        self.0.get(place)
    }

    /// The places of the patterns that are for a column.
    pub(super) fn for_column(&self, column: &str) -> Vec<usize> {
        let wants = |own: &Own| own.columns.is_empty() || own.columns.iter().any(|pattern| pattern.matches(column));
        (0..self.0.len()).filter(|place| self.0.get(*place).is_some_and(wants)).collect()
    }

    /// Tells of every match in a text, of these patterns or of those that are for no column in particular.
    pub(super) fn each_match(&self, text: &str, of: Option<&[usize]>, mut tell: impl FnMut(usize, Range<usize>)) {
        for (place, own) in self.0.iter().enumerate() {
            let wanted = of.map_or(own.columns.is_empty(), |of| of.contains(&place));
            if !wanted {
                continue;
            }
            match &own.finder {
                Finder::Expression(regex) => {
                    regex
                        .find_iter(text)
                        .filter(|found| !found.is_empty())
                        .for_each(|found| tell(place, found.range()));
                }
                Finder::Words(words) => {
                    for found in words.find_iter(text).filter(|found| is_word(text, &(found.start()..found.end()))) {
                        tell(place, found.start()..found.end());
                    }
                }
            }
        }
    }
}

/// Whether no letter or digit stands right before or behind.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let behind = text.get(range.end..).and_then(|text| text.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
}

impl PatternEntry {
    fn compile(self, name: String, path: &Path) -> Result<Own> {
        let wrong = |what: &str| wrong(path, &format!("`patterns.{name}` {what}"));
        let words = match (self.words, self.words_file) {
            (Some(words), None) => Some(words),
            (None, Some(file)) => {
                let file = path.parent().unwrap_or_else(|| Path::new("")).join(file);
                let text = text_of(&file)?;
                Some(text.lines().map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect())
            }
            (None, None) => None,
            (Some(_), Some(_)) => return Err(wrong("has `words` and `words_file`: one of them is enough")),
        };
        let finder = match (self.regex, words) {
            (Some(regex), None) => {
                let built = regex::RegexBuilder::new(&regex).size_limit(LARGEST_EXPRESSION).build();
                let regex =
                    built.map_err(|_| wrong("has a `regex` that is no regular expression, or one too large"))?;
                Finder::Expression(regex)
            }
            (None, Some(words)) if words.iter().any(|word| !word.trim().is_empty()) => {
                let automaton = AhoCorasick::builder()
                    .ascii_case_insensitive(true)
                    .match_kind(MatchKind::LeftmostLongest)
                    .build(words.iter().filter(|word| !word.trim().is_empty()));
                Finder::Words(automaton.map_err(|_| wrong("has too many words"))?)
            }
            _ => return Err(wrong("needs one of `regex`, `words` and `words_file`")),
        };
        let columns = self.columns.iter().map(|column| {
            Pattern::column(column).ok_or_else(|| wrong("has something in `columns` that is no pattern of names"))
        });
        let columns = columns.collect::<Result<_>>()?;
        let grade = match self.grade {
            GradeWord::Certain => Grade::Certain,
            GradeWord::Possible => Grade::Possible,
        };
        Ok(Own { finder, columns, grade, name })
    }
}

fn wrong(path: &Path, message: &str) -> Error {
    Error::new(ErrorKind::Usage, message).in_file(path)
}

fn text_of(path: &Path) -> Result<String> {
    let cannot = |error: std::io::Error| Error::io("read the file", path, &error);
    if std::fs::metadata(path).map_err(cannot)?.len() > LARGEST {
        return Err(wrong(path, "the file is larger than 64 MiB"));
    }
    let bytes = std::fs::read(path).map_err(cannot)?;
    String::from_utf8(bytes).map_err(|_| wrong(path, "the file is not UTF-8"))
}

/// Reads a TOML file. What is wrong is told by line and in words of the form, not by what stands there: an allow list
/// holds values.
fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = text_of(path)?;
    toml::from_str(&text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = memchr::memchr_iter(b'\n', text.as_bytes().get(..start).unwrap_or_default()).count() as u64 + 1;
        let what = error.message().split(['`', '"', ':']).next().unwrap_or_default().trim().to_owned();
        let message = format!("this is not as it should be: {}", if what.is_empty() { "no valid TOML" } else { &what });
        wrong(path, &message).at(Place { line: Some(line), ..Place::default() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn an_allow_list_allows_what_it_says() {
        let (_folder, path) = file(
            "values = ['qa@corp.com']\npatterns = ['\\+351 9000.*']\n[[columns]]\nfile = 'a/*.csv'\ncolumn = '*_mail'\nentities = ['email']\n",
        );
        let allow = Allow::from_file(&path).unwrap();
        for (text, allowed) in
            [("qa@corp.com", true), ("x qa@corp.com", false), ("+351 90001", true), ("0+351 9000", false)]
        {
            assert_eq!(allow.allows(text), allowed, "{text}");
        }
        assert_eq!(allow.in_column("a/x.csv", "work_mail"), (false, vec![Entity::Email]));
        assert_eq!(allow.in_column("b/x.csv", "work_mail"), (false, vec![]));
    }

    #[test]
    fn own_patterns_find_expressions_and_whole_words() {
        let (_folder, path) =
            file("[patterns.staff]\nregex = 'S-\\d{4}'\n[patterns.town]\nwords = ['Bath', 'Bath Spa']\n");
        let patterns = Patterns::from_file(&path).unwrap();
        let mut found = Vec::new();
        patterns.each_match("S-1234 in bath spa, not bathroom", None, |place, range| found.push((place, range)));
        assert_eq!(found, [(0, 0..6), (1, 10..18)]);
    }

    #[test]
    fn mistakes_are_told_by_line_and_not_by_what_stands_there() {
        for (text, says) in [
            ("values = ['a']\nvalue = ['canary']", "line 2"),
            ("[[columns]]\ncolumn = 'a'\nentities = ['emial']", "did you mean `email`"),
            ("values = 'canary'", "line 1"),
        ] {
            let (_folder, path) = file(text);
            let error = Allow::from_file(&path).unwrap_err();
            let told = format!("{error} {}", error.help().unwrap_or_default());
            assert!(told.contains(says), "{told}");
            assert!(!told.contains("canary"), "{told}");
        }
    }
}
