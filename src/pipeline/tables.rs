//! The tables of a dump as they are met while it is read.

use std::sync::Arc;

use super::Passage;
use super::inputs::Input;
use super::job::{Job, Member};
use crate::error::Result;
use crate::format::dump::{DumpTable, Tables};
use crate::format::{Encoder, Reading};
use crate::rules::{Assignment, Delivery, Plan};

/// What becomes of one table of a file.
pub(super) struct Section {
    /// The name of the table in the file, where a file holds many.
    pub(super) member: Option<String>,
    pub(super) plan: Plan,
    pub(super) encoder: Box<dyn Encoder>,
}

/// The tables of a dump that were met and are not left out, in the order in which they were met.
pub(super) struct Met<'a> {
    passage: &'a Passage<'a>,
    job: &'a Job<'a>,
    sections: Vec<Arc<Section>>,
    /// How many tables were met, those that are left out among them.
    met: usize,
}

impl<'a> Met<'a> {
    pub(super) fn new(passage: &'a Passage<'a>, job: &'a Job<'a>) -> Self {
        Self { passage, job, sections: Vec::new(), met: 0 }
    }

    pub(super) fn sections(&self) -> &[Arc<Section>] {
        &self.sections
    }

    pub(super) fn into_sections(self) -> Vec<Arc<Section>> {
        self.sections
    }

    /// The place of the table in the rules; none if it is left out.
    fn place(&self, name: &str) -> Result<Option<usize>> {
        Ok(match self.job.member(name) {
            Member::Input(Input { table, .. }) => Some(*table),
            Member::LeftOut => None,
            Member::Unknown => match self.passage.rules.assign_met(name)? {
                Assignment::Table(table) => Some(table),
                Assignment::Ignored | Assignment::LeftOut => None,
            },
        })
    }
}

impl Tables for Met<'_> {
    fn meet(&mut self, table: DumpTable) -> Result<Option<Reading>> {
        let place = self.place(&table.name)?;
        self.met += 1;
        if let Some(names) = self.passage.names {
            names.member(&table.name, self.met, self.passage.rules)?;
        }
        let Some(place) = place else { return Ok(None) };
        let input = Input {
            name: format!("{}: {}", self.job.told, table.name),
            path: self.job.path.clone(),
            told: self.job.told.clone(),
            member: None,
            table: place,
            format: self.job.from,
            bytes: self.job.bytes,
            place: 1,
        };
        let plan = self.passage.bind(&input, &table.schema, Delivery::Verbatim)?;
        let reading = Reading::of(&plan);
        let encoder = table.form.encoder(&plan)?;
        self.sections.push(Arc::new(Section { member: Some(table.name), plan, encoder }));
        Ok(Some(reading))
    }

    fn plan(&self, table: usize) -> Option<&Plan> {
        self.sections.get(table).map(|section| &section.plan)
    }
}
