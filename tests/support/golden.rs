//! The golden entries: for every transform, rules with values and what becomes of them, for good.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The entries of one transform: `tests/golden/NAME.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Golden {
    /// The lines of `[domains]` that the rules name.
    #[serde(default)]
    pub domains: String,
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
}

/// A rule, and what becomes of values of a type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub rule: String,
    #[serde(rename = "type")]
    pub data_type: String,
    pub inputs: Vec<Cell>,
    /// What becomes of them by suite, or in both, where it is the same; none yet, while an entry is made.
    pub both: Option<Vec<Cell>>,
    pub sha256: Option<Vec<Cell>>,
    pub blake3: Option<Vec<Cell>>,
}

/// A value as text, or something that is none.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    Value(String),
    Nothing { is: Nothing },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nothing {
    /// A null.
    Null,
    /// A value that does not conform.
    Invalid,
    /// A value of a column that is not there.
    Dropped,
}

impl Cell {
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Value(text) => Some(text),
            Self::Nothing { .. } => None,
        }
    }
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The entries of all transforms, by name.
pub fn all() -> BTreeMap<String, Golden> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            (name, toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        })
        .collect()
}
