use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Finding, Report, Standing};
use crate::error::{Error, ErrorKind, Result};

/// The version of the form of baseline files.
const FORMAT: u32 = 1;

/// The largest baseline that is read, in bytes.
const LARGEST: u64 = 256 << 20;

/// Findings that are known, so that only new ones count: of each the place and the kind, and how many hits there were.
/// No value, no shape and no row is in it; its fingerprints are digests of the names that stand beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The version of the form.
    format: u32,
    /// What this is, for whoever finds the file.
    about: String,
    findings: Vec<Known>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    fingerprint: String,
    file: String,
    part: String,
    column: Option<String>,
    kind: String,
    hits: u64,
}

impl Baseline {
    /// Takes everything that counts in a report as known, and what was known before.
    pub fn of(report: &Report) -> Self {
        let counts = |finding: &&Finding| matches!(finding.standing, Standing::Counts | Standing::InBaseline);
        let known = |finding: &Finding| Known {
            fingerprint: finding.fingerprint.clone(),
            file: finding.file.clone(),
            part: finding.part.name().to_owned(),
            column: finding.column.clone(),
            kind: finding.kind.clone(),
            hits: finding.hits,
        };
        Self {
            format: FORMAT,
            about: "findings of `bowdler verify` that are known: places, kinds and counts, no values".to_owned(),
            findings: report.findings.iter().filter(counts).map(known).collect(),
        }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it can't be read, [`ErrorKind::Usage`] if it is none.
    pub fn from_file(path: &Path) -> Result<Self> {
        let cannot = |error: std::io::Error| Error::io("read the baseline", path, &error);
        let wrong = || Error::new(ErrorKind::Usage, "this is no baseline of this version of bowdler").in_file(path);
        if std::fs::metadata(path).map_err(cannot)?.len() > LARGEST {
            return Err(wrong());
        }
        let bytes = std::fs::read(path).map_err(cannot)?;
        let baseline: Self = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
        if baseline.format == FORMAT { Ok(baseline) } else { Err(wrong()) }
    }

    /// Writes the baseline.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it can't be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(|_| Error::internal("a baseline has no JSON"))?;
        std::fs::write(path, text + "\n").map_err(|error| Error::io("write the baseline", path, &error))
    }

    /// How many hits are known of each fingerprint.
    pub(super) fn known(&self) -> BTreeMap<&str, u64> {
        self.findings.iter().map(|known| (known.fingerprint.as_str(), known.hits)).collect()
    }
}
