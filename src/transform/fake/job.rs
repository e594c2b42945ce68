use super::kernel::{Compose, Draw, Word};
use super::list::{List, clean};

/// What a job title is put together from, and how: `{Seniority} {Field} {Position}`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Jobs {
    pub(super) seniorities: List,
    pub(super) fields: List,
    pub(super) positions: List,
    pub(super) template: &'static str,
}

/// A job title of three parts in the locale's order.
pub(super) struct Job {
    /// The text before each part, and the words that may stand for it.
    parts: Vec<(&'static str, Part, Vec<&'static str>)>,
    rest: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Seniority,
    Field,
    Position,
}

impl Job {
    /// Nothing, if the template has a part that is not known, or no position.
    pub(super) fn of(jobs: &Jobs) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = jobs.template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            let (part, list) = match name {
                "Seniority" => (Part::Seniority, jobs.seniorities),
                "Field" => (Part::Field, jobs.fields),
                "Position" => (Part::Position, jobs.positions),
                _ => return None,
            };
            parts.push((before, part, clean(list, |_| true)));
            rest = after;
        }
        let positions = parts.iter().find(|(_, part, _)| *part == Part::Position)?;
        (positions.2.len() > 1).then_some(Self { parts, rest })
    }
}

impl Compose for Job {
    fn compose(&self, draw: &Draw, value: &mut String) {
        for (before, part, list) in &self.parts {
            value.push_str(before);
            value.push_str(match part {
                Part::Seniority => draw.one(Word::First, list),
                Part::Field => draw.one(Word::Second, list),
                Part::Position => {
                    let place = draw.turned(Word::Third, list.len() as u64);
                    list.get(place as usize).copied().unwrap_or_default()
                }
            });
        }
        value.push_str(self.rest);
    }

    fn turns(&self) -> u64 {
        self.parts.iter().find(|(_, part, _)| *part == Part::Position).map_or(0, |(_, _, list)| list.len() as u64)
    }
}
