use std::fmt;
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::error::{Error, ErrorKind, Part, Place, printable};
use crate::transform::Complaint;

/// Remarks on a person's rules, each of which can be shown in its own line.
#[derive(Debug, Clone, Default)]
pub(super) struct Annotated {
    name: String,
    text: String,
    complaints: Vec<Complaint>,
}

impl Annotated {
    pub(super) fn new(name: &str, text: &str, mut complaints: Vec<Complaint>) -> Self {
        complaints.sort_by(|a, b| (a.span.start, &a.message).cmp(&(b.span.start, &b.message)));
        complaints.dedup();
        Self { name: name.to_owned(), text: text.to_owned(), complaints }
    }

    /// The remarks, in the order of the file.
    pub(super) fn complaints(&self) -> &[Complaint] {
        &self.complaints
    }

    /// The remarks with their places in words instead of in lines.
    pub(super) fn parts(&self) -> Vec<Part> {
        self.complaints.iter().map(|complaint| self.part(complaint)).collect()
    }

    fn part(&self, complaint: &Complaint) -> Part {
        let start = complaint.span.start.min(self.text.len());
        let line = memchr::memchr_iter(b'\n', &self.text.as_bytes()[..start]).count() as u64 + 1;
        // What is wrong with the files as such stands in no line of the rules.
        let line = Some(line).filter(|_| !complaint.span.is_empty());
        let place = Place { file: Some(PathBuf::from(&self.name)), line, ..Place::default() };
        Part { place, message: complaint.message.clone(), help: complaint.help.clone() }
    }

    /// Shows the remarks as warnings.
    pub(super) fn fmt_warnings(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(&Level::WARNING, f)
    }

    fn fmt(&self, level: &Level<'static>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = Renderer::plain();
        for (place, complaint) in self.complaints.iter().enumerate() {
            if place > 0 {
                f.write_str("\n\n")?;
            }
            let message = printable(&complaint.message);
            let help = complaint.help.as_deref().map(printable);
            let start = complaint.span.start.min(self.text.len());
            let end = complaint.span.end.clamp(start, self.text.len());
            let group = level.clone().primary_title(message).element(
                Snippet::source(&self.text).path(&self.name).annotation(AnnotationKind::Primary.span(start..end)),
            );
            let group = match &help {
                Some(help) => group.element(Level::HELP.message(help)),
                None => group,
            };
            f.write_str(&renderer.render(&[group]))?;
        }
        Ok(())
    }
}

/// Everything that is wrong between a person's rules and what they are for, each thing shown in its own line.
#[derive(Debug, Clone)]
pub struct Rejected {
    kind: ErrorKind,
    annotated: Annotated,
}

impl Rejected {
    pub(super) fn new(kind: ErrorKind, name: &str, text: &str, complaints: Vec<Complaint>) -> Self {
        Self { kind, annotated: Annotated::new(name, text, complaints) }
    }

    /// The complaints, in the order of the file.
    pub fn complaints(&self) -> &[Complaint] {
        self.annotated.complaints()
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.annotated.fmt(&Level::ERROR, f)
    }
}

impl std::error::Error for Rejected {}

impl From<Rejected> for Error {
    fn from(rejected: Rejected) -> Self {
        Self::report(rejected.kind, rejected.to_string(), rejected.annotated.parts())
    }
}
