use super::checksum::luhn;
use super::{Candidate, Detector, Entity, Evidence, Needs, Run, Sink, Text};

/// Numbers of mobile telephones.
pub(super) struct Imei;

/// The first two digits: the bodies that allocate type codes (GSMA TS.06).
const BODIES: &[&[u8; 2]] = &[
    b"01", b"10", b"30", b"33", b"35", b"44", b"45", b"49", b"50", b"51", b"52", b"53", b"54", b"86", b"91", b"98",
    b"99",
];

impl Detector for Imei {
    fn name(&self) -> &'static str {
        "imei"
    }

    fn entity(&self) -> Entity {
        Entity::Imei
    }

    fn summary(&self) -> &'static str {
        "numbers of mobile telephones: allocating body and check digit; certain if grouped or if a word agrees"
    }

    fn example(&self) -> &'static str {
        "49-015420-323751-8"
    }

    fn headers(&self) -> &'static [&'static str] {
        &["imei", "imei number", "device imei", "handset"]
    }

    fn words(&self) -> &'static [&'static str] {
        &["imei", "handset", "device", "phone", "mobile", "*#06#"]
    }

    fn needs(&self) -> Needs {
        Needs { digits: 15, longest: 6, length: 15, ..Needs::default() }
    }

    fn find(&self, text: &Text<'_>, found: &mut Sink<'_>) {
        for (place, run) in text.runs.iter().enumerate() {
            let range = run.start..run.end;
            if run.len() == 15 && run.is_number() && is_number(text.of(run)) {
                let evidence = if text.is_joined(&range) { Evidence::Weak } else { Evidence::Fair };
                found.tell(Candidate::new(range, evidence, 0.02));
            } else if run.len() == 2
                && let Some(end) = grouped(text, text.runs.get(place..).unwrap_or_default())
            {
                found.tell(Candidate::new(run.start..end, Evidence::Strong, 0.02));
            }
        }
    }
}

fn is_number(digits: &[u8]) -> bool {
    BODIES.iter().any(|body| digits.starts_with(*body)) && luhn(digits)
}

/// Where a number in the groups of its standard ends, if the runs begin with one.
fn grouped(text: &Text<'_>, runs: &[Run]) -> Option<usize> {
    let [body, kind, serial, check, ..] = runs else { return None };
    let (mut digits, mut length, separator) = ([0; 15], 0, text.at(body.end));
    let mut end = None;
    for (run, size) in [(body, 2), (kind, 6), (serial, 6), (check, 1)] {
        let next = end.is_none_or(|end| run.start == end + 1 && text.at(end) == separator);
        if run.len() != size || !run.is_number() || !next {
            return None;
        }
        digits.get_mut(length..length + size)?.copy_from_slice(text.of(run));
        length += size;
        end = Some(run.end);
    }
    (matches!(separator, b'-' | b' ' | b'/') && is_number(&digits)).then_some(check.end)
}
