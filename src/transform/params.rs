//! The parameters of a rule as it was written, with the places they stand at.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut, Range};
use std::sync::Arc;

use super::{Beside, Domain, Recipe};

/// A place in the rules file, in bytes.
pub type Span = Range<usize>;

/// The entries of a table as written, by name, each with the place of its value.
pub type Fields = BTreeMap<String, (Span, Value)>;

/// A value as written.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    List(Vec<(Span, Value)>),
    Table(Fields),
    /// A date, or a number out of range: nothing the language takes.
    Other(&'static str),
}

impl Value {
    /// What kind of value it is, for a message.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Boolean(_) => "a boolean",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(kind) => kind,
        }
    }
}

/// Something wrong in a rules file: where, what, and what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The bytes of the rules file it is about.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead, where that is known.
    pub help: Option<String>,
}

impl Complaint {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A table of the rules file while it is read. Each entry is taken once; what is left over at the end is unknown.
pub struct Section {
    span: Span,
    values: Fields,
    known: Vec<&'static str>,
    taken: Vec<&'static str>,
    complaints: Vec<Complaint>,
}

/// The parameters of one rule, and what its transform may know of the rest of the file.
pub struct Params<'a> {
    section: Section,
    owner: String,
    domains: &'a BTreeMap<String, Domain>,
    beside: Option<&'a Beside>,
    inner: Option<&'a Inner<'a>>,
}

/// What a rule must know that holds rules for the parts of its values.
pub(crate) struct Inner<'a> {
    /// Whether what no rule names is left out; otherwise it does not conform.
    pub(crate) leaves_out_unlisted: bool,
    /// Reads a rule for the part of the column's values that has this path.
    pub(crate) read: &'a ReadRule<'a>,
}

type ReadRule<'a> = dyn Fn(&str, Span, Value, &mut Vec<Complaint>) -> Option<Box<dyn Recipe>> + 'a;

impl<'a> Params<'a> {
    pub(crate) fn new(section: Section, owner: String, domains: &'a BTreeMap<String, Domain>) -> Self {
        Self { section, owner, domains, beside: None, inner: None }
    }

    /// Lets the rule name files beside the rules file.
    pub(crate) fn beside(mut self, beside: &'a Beside) -> Self {
        self.beside = Some(beside);
        self
    }

    /// Takes a parameter that names a file beside the rules file, and reads that. A mistake is told at its place.
    pub(crate) fn file(&mut self, name: &'static str) -> Option<(Span, Arc<[u8]>)> {
        let (span, path) = self.text(name)?;
        match self.beside.map_or_else(|| Beside::nothing().read(&path), |beside| beside.read(&path)) {
            Ok(bytes) => Some((span, bytes)),
            Err((message, help)) => {
                self.complain(Complaint::new(span, format!("the file of `{name}` {message}")).help(help));
                None
            }
        }
    }

    /// The same, for a rule that may hold rules.
    pub(crate) fn holding(self, inner: &'a Inner<'a>) -> Self {
        Self { inner: Some(inner), ..self }
    }

    /// Reads a rule for the part of the column's values that has this path.
    pub(crate) fn rule(&mut self, path: &str, span: Span, value: Value) -> Option<Box<dyn Recipe>> {
        let Some(inner) = self.inner else {
            self.complain(Complaint::new(span, "no rule can stand here"));
            return None;
        };
        let mut complaints = Vec::new();
        let rule = (inner.read)(path, span, value, &mut complaints);
        complaints.into_iter().for_each(|complaint| self.complain(complaint));
        rule
    }

    /// Whether what no rule names is left out; otherwise it does not conform.
    pub(crate) fn leaves_out_unlisted(&self) -> bool {
        self.inner.is_some_and(|inner| inner.leaves_out_unlisted)
    }

    /// What the rule belongs to, `table.column`.
    pub(crate) fn owner(&self) -> &str {
        &self.owner
    }

    /// The identity domains of the rules file.
    pub(crate) fn domains(&self) -> &'a BTreeMap<String, Domain> {
        self.domains
    }

    pub(crate) fn into_section(self) -> Section {
        self.section
    }
}

impl Deref for Params<'_> {
    type Target = Section;

    fn deref(&self) -> &Section {
        &self.section
    }
}

impl DerefMut for Params<'_> {
    fn deref_mut(&mut self) -> &mut Section {
        &mut self.section
    }
}

impl Section {
    pub(crate) fn new(span: Span, values: Fields) -> Self {
        Self { span, values, known: Vec::new(), taken: Vec::new(), complaints: Vec::new() }
    }

    /// The whole table's place.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    pub(crate) fn complain(&mut self, complaint: Complaint) {
        self.complaints.push(complaint);
    }

    /// Takes a parameter of any kind, with its place.
    pub(crate) fn take(&mut self, name: &'static str) -> Option<(Span, Value)> {
        self.known.push(name);
        let entry = self.values.remove(name);
        if entry.is_some() {
            self.taken.push(name);
        }
        entry
    }

    pub(crate) fn text(&mut self, name: &'static str) -> Option<(Span, String)> {
        self.take_as(name, "a text", |value| match value {
            Value::Text(text) => Some(text),
            _ => None,
        })
    }

    pub(crate) fn boolean(&mut self, name: &'static str) -> Option<(Span, bool)> {
        self.take_as(name, "true or false", |value| match value {
            Value::Boolean(boolean) => Some(boolean),
            _ => None,
        })
    }

    /// Takes an integer of at least `least` and at most `most`.
    pub(crate) fn integer(&mut self, name: &'static str, least: i64, most: i64) -> Option<(Span, i64)> {
        self.take_as(name, &format!("an integer from {least} to {most}"), |value| match value {
            Value::Integer(integer) if (least..=most).contains(&integer) => Some(integer),
            _ => None,
        })
    }

    /// Takes a number as it is written, in plain decimal notation.
    pub(crate) fn number(&mut self, name: &'static str) -> Option<(Span, String)> {
        self.take_as(name, "a number", |value| match value {
            Value::Integer(integer) => Some(integer.to_string()),
            Value::Float(float) => Some(float.to_string()),
            _ => None,
        })
    }

    /// Takes a table.
    pub(crate) fn table(&mut self, name: &'static str) -> Option<(Span, Fields)> {
        self.take_as(name, "a table", |value| match value {
            Value::Table(fields) => Some(fields),
            _ => None,
        })
    }

    /// Takes a list of texts; a single text is a list of one.
    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<(Span, String)> {
        match self.take(name) {
            None => Vec::new(),
            Some((span, Value::Text(text))) => vec![(span, text)],
            Some((_, Value::List(values))) => {
                let mut texts = Vec::new();
                for (span, value) in values {
                    match value {
                        Value::Text(text) => texts.push((span, text)),
                        other => self.complain(Complaint::new(
                            span,
                            format!("`{name}` is a list of texts, and this is {}", other.kind()),
                        )),
                    }
                }
                texts
            }
            Some((span, other)) => {
                self.complain(Complaint::new(
                    span,
                    format!("`{name}` takes a list of texts, and this is {}", other.kind()),
                ));
                Vec::new()
            }
        }
    }

    /// Takes a count of things, 0 by default.
    pub(crate) fn count(&mut self, name: &'static str) -> usize {
        self.integer(name, 0, 1_000_000).map_or(0, |(_, count)| count as usize)
    }

    /// Takes one of a few words, each standing for something.
    pub(crate) fn word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<(Span, T)> {
        let (span, text) = self.text(name)?;
        match words.iter().find(|(word, _)| *word == text) {
            Some((_, meaning)) => Some((span, *meaning)),
            None => {
                let help = match nearest(&text, words.iter().map(|(word, _)| *word)) {
                    Some(word) => format!("did you mean \"{word}\"?"),
                    None => format!("it is one of {}", quoted(words.iter().map(|(word, _)| *word))),
                };
                self.complain(Complaint::new(span, format!("`{name}` has no such value")).help(help));
                None
            }
        }
    }

    fn take_as<T>(&mut self, name: &'static str, wanted: &str, read: impl Fn(Value) -> Option<T>) -> Option<(Span, T)> {
        let (span, value) = self.take(name)?;
        let kind = value.kind();
        let read = read(value);
        if read.is_none() {
            self.complain(Complaint::new(span.clone(), format!("`{name}` takes {wanted}, and this is {kind}")));
        }
        read.map(|value| (span, value))
    }

    /// Says that the rule lacks something.
    pub(crate) fn missing(&mut self, message: impl Into<String>, help: impl Into<String>) {
        let span = self.span();
        self.complain(Complaint::new(span, message).help(help));
    }

    /// Whether an entry of this name was written, taken already or not.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name) || self.taken.contains(&name)
    }

    /// The place of a parameter that nobody has taken yet; of one that was not written, that of the whole table.
    pub(crate) fn place(&self, name: &str) -> Span {
        self.values.get(name).map_or_else(|| self.span(), |(span, _)| span.clone())
    }

    /// A parameter that nobody has taken yet.
    pub(crate) fn peek(&self, name: &str) -> Option<&Value> {
        self.values.get(name).map(|(_, value)| value)
    }

    /// Ends the reading early: what was wrong so far, where the rest can't be judged.
    pub(crate) fn complaints(self) -> Vec<Complaint> {
        self.complaints
    }

    /// Ends the reading: what nobody took is unknown.
    pub(crate) fn finish(mut self) -> Vec<Complaint> {
        for (name, (span, _)) in std::mem::take(&mut self.values) {
            let help = match nearest(&name, self.known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if self.known.is_empty() => "nothing is expected here".to_owned(),
                None => format!("it may have {}", quoted(self.known.iter().copied())),
            };
            self.complaints.push(Complaint::new(span, format!("`{name}` is unknown here")).help(help));
        }
        self.complaints
    }
}

fn quoted<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The one of `candidates` that a person may have meant by `written`, if any is near enough.
pub(crate) fn nearest<'c>(written: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(&written.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
