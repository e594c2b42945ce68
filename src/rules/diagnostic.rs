use std::fmt;
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::error::{Error, ErrorKind, Part, Place, printable};
use crate::transform::Complaint;

/// Everything that is wrong between a person's rules and what they are for, each thing shown in its own line.
#[derive(Debug, Clone)]
pub struct Rejected {
    kind: ErrorKind,
    name: String,
    text: String,
    complaints: Vec<Complaint>,
}

impl Rejected {
    pub(super) fn new(kind: ErrorKind, name: &str, text: &str, mut complaints: Vec<Complaint>) -> Self {
        complaints.sort_by(|a, b| (a.span.start, &a.message).cmp(&(b.span.start, &b.message)));
        complaints.dedup();
        Self { kind, name: name.to_owned(), text: text.to_owned(), complaints }
    }

    /// The complaints, in the order of the file.
    pub fn complaints(&self) -> &[Complaint] {
        &self.complaints
    }

    /// A complaint with its place in words instead of in lines.
    fn part(&self, complaint: &Complaint) -> Part {
        let start = complaint.span.start.min(self.text.len());
        let line = memchr::memchr_iter(b'\n', &self.text.as_bytes()[..start]).count() as u64 + 1;
        // What is wrong with the files as such stands in no line of the rules.
        let line = Some(line).filter(|_| !complaint.span.is_empty());
        let place = Place { file: Some(PathBuf::from(&self.name)), line, ..Place::default() };
        Part { place, message: complaint.message.clone(), help: complaint.help.clone() }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = Renderer::plain();
        for (place, complaint) in self.complaints.iter().enumerate() {
            if place > 0 {
                f.write_str("\n\n")?;
            }
            let message = printable(&complaint.message);
            let help = complaint.help.as_deref().map(printable);
            let start = complaint.span.start.min(self.text.len());
            let end = complaint.span.end.clamp(start, self.text.len());
            let group = Level::ERROR.primary_title(message).element(
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

impl std::error::Error for Rejected {}

impl From<Rejected> for Error {
    fn from(rejected: Rejected) -> Self {
        let parts = rejected.complaints.iter().map(|complaint| rejected.part(complaint)).collect();
        Self::report(rejected.kind, rejected.to_string(), parts)
    }
}
