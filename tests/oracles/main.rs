//! What others' programs say, asked while the tests run: nothing here trusts the code under test to know what is right.
//!
//! `tests/install-oracles.sh` installs them. Where one is missing, its tests say so and pass, but not under `CI=true`.

mod arrow;
#[cfg(feature = "avro")]
mod avro;
mod national;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::de::DeserializeOwned;
use serde_json::Value;

/// A Python program that answers a line with a line.
struct Oracle {
    process: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    /// Starts `tests/oracles/{script}`; `None` where Python or the library `needs` is missing.
    fn start(script: &str, needs: &str) -> Option<Self> {
        let there = Command::new("python3").args(["-c", &format!("import {needs}")]).output();
        if !there.is_ok_and(|output| output.status.success()) {
            println!("skipped: there is no python3 with {needs}; see tests/install-oracles.sh");
            assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "python3 with {needs} must be there");
            return None;
        }
        let path = format!("{}/tests/oracles/{script}", env!("CARGO_MANIFEST_DIR"));
        let mut command = Command::new("python3");
        let mut process = command.arg(path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (questions, answers) = (process.stdin.take(), BufReader::new(process.stdout.take().unwrap()));
        Some(Self { process, questions, answers })
    }

    fn ask<T: DeserializeOwned>(&mut self, question: &Value) -> T {
        let questions = self.questions.as_mut().unwrap();
        writeln!(questions, "{question}").unwrap();
        questions.flush().unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        // The end of its input is what ends it.
        drop(self.questions.take());
        let _ = self.process.wait();
    }
}
