//! JSON lines and lists of objects, in and out.

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "what tests of the command share")]
mod support;

mod bytes;
mod convert;
mod corpus;
mod hostile;
mod shapes;

use std::num::NonZero;
use std::path::PathBuf;

use bowdler::{Error, Key, Keyring, Outcome, Rules, RunOptions, Silent};
use tempfile::TempDir;

/// A folder with one input, and the way from it to outputs.
pub(crate) struct Bench {
    folder: TempDir,
    name: &'static str,
}

impl Bench {
    pub(crate) fn new(name: &'static str, contents: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), contents).unwrap();
        Self { folder, name }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs rules for the columns of the input into a file of this name.
    pub(crate) fn run(&self, columns: &str, to: &str) -> Result<Outcome, Error> {
        self.run_with(columns, to, &RunOptions { replace: true, ..RunOptions::default() })
    }

    pub(crate) fn run_with(&self, columns: &str, to: &str, options: &RunOptions) -> Result<Outcome, Error> {
        let rules = rules(columns);
        let keys = Keyring::new(Key::from_bytes([0; 32]), rules.suite());
        bowdler::run(&rules, &self.path(self.name), &self.path(to), &keys, options, &Silent)
    }

    /// What becomes of the input as a file of this name.
    #[track_caller]
    pub(crate) fn made(&self, columns: &str, to: &str) -> String {
        let outcome = self.run(columns, to).unwrap_or_else(|error| panic!("{error}"));
        assert!(outcome.published, "{:?}", outcome.files[0].findings);
        String::from_utf8(std::fs::read(self.path(to)).unwrap()).unwrap()
    }

    #[track_caller]
    pub(crate) fn refused(&self, columns: &str) -> Error {
        let to = format!("refused.{}", self.name.rsplit('.').next().unwrap());
        let error = self.run(columns, &to).map(|outcome| outcome.published).expect_err("a refusal");
        assert!(!self.path(&to).exists(), "something was published");
        error
    }
}

/// Rules for one table, whose columns are given as they stand below its heading.
pub(crate) fn rules(columns: &str) -> Rules {
    let domains =
        "[domains]\nperson = { form = \"integer\", max = 999_999_999 }\nname = { form = \"text\", length = 26 }\n";
    let text = format!("version = 1\n{domains}[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\n{columns}\n");
    Rules::parse("rules.toml", &text).unwrap_or_else(|error| panic!("{error}"))
}

/// What becomes of rows as JSON lines.
#[track_caller]
pub(crate) fn lines(rows: &str, columns: &str) -> String {
    Bench::new("in.jsonl", rows).made(columns, "out.jsonl")
}

/// Options that cut a file into blocks of this size, for so many threads.
pub(crate) fn cut(block_size: usize, threads: usize) -> RunOptions {
    RunOptions { block_size, threads: NonZero::new(threads), replace: true, ..RunOptions::default() }
}
