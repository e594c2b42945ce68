//! Is it really gone: what of people is left in files, whoever made them.
//!
//! Nothing is believed to be clean because it could not be read: what was not looked at is told as a [`Gap`], and a
//! report with a grave one claims nothing.

mod report;

pub use report::{
    Check, ColumnReport, FileReport, Finding, Gap, Part, REPORT_FORMAT, Report, Site, Standing, Totals, Verdict,
};
