//! What a verification found, for those who read it: a person at a terminal, a program, a code host, a build server,
//! an auditor with a browser.
//!
//! A [`Report`] holds names, counts, places and shapes, and no value. [`FORMATS`] is every way to write it, in order;
//! all of them tell the same, and the same report gives the same bytes. Names come from data and are escaped for where
//! they stand: nothing in a report drives a terminal, turns the order of what it shows, or becomes markup.

mod count;
mod html;
mod json;
mod junit;
mod markup;
mod sarif;
mod text;
mod words;

use std::io::{self, Write};

pub(crate) use json::escaped_json;

use crate::verify::Report;
use count::Rounding;

/// How a report is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Counts from 1 up to below this are shown as `< N` in every format, what they could be worked out from as
    /// `≥ N`, and the rows behind them are not told: a small count can single out one person. By default, every
    /// count is shown.
    pub round_below: Option<u64>,
    /// How the text for a terminal is drawn; other formats have no use for it.
    pub style: Style,
}

/// How text is drawn. Whether a terminal is there, and takes colours, is for the caller to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Characters alone.
    #[default]
    Plain,
    /// With the colours of ECMA-48 (ANSI) sequences.
    Colour,
}

/// A way to write a report.
pub trait ReportFormat: Sync {
    /// Its name, in lower case.
    fn name(&self) -> &'static str;
    /// What it is for, in one line without a full stop.
    fn summary(&self) -> &'static str;
    /// Writes the report, whole.
    ///
    /// # Errors
    /// `out` can't be written.
    fn write(&self, report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()>;
}

/// Every format there is, in the order in which they are shown.
pub const FORMATS: &[&dyn ReportFormat] = &[&text::Text, &json::Json, &sarif::Sarif, &junit::Junit, &html::Html];

/// The format with this name.
pub fn format(name: &str) -> Option<&'static dyn ReportFormat> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// Writes a report in a format.
///
/// # Errors
/// `out` can't be written.
pub fn write(format: &dyn ReportFormat, report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    format.write(report, options, out)?;
    out.flush()
}

impl Options {
    fn rounding(&self) -> Rounding {
        Rounding(self.round_below)
    }
}
