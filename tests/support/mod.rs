//! What the tests of the command share: a folder of their own, and the command run in it as a person would run it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder for one test, gone when the test is.
pub struct Workplace {
    folder: tempfile::TempDir,
}

/// What a run of the command said and did.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Workplace {
    /// A folder with a key file `key` of 32 zero bytes and nothing else.
    pub fn new() -> Self {
        let workplace = Self { folder: tempfile::tempdir().unwrap() };
        workplace.write("key", "0".repeat(64));
        set_mode(&workplace.path("key"), 0o600);
        workplace
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders it stands in.
    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    /// The same, as part of making the folder.
    pub fn with(self, name: &str, contents: impl AsRef<[u8]>) -> Self {
        self.write(name, contents);
        self
    }

    /// The same, with a mode.
    pub fn with_mode(self, name: &str, contents: impl AsRef<[u8]>, mode: u32) -> Self {
        self.write(name, contents);
        set_mode(&self.path(name), mode);
        self
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The command, in this folder, without the environment's key.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bowdler"));
        command.current_dir(self.folder.path()).env_remove("BOWDLER_KEY_FILE");
        command
    }

    /// Runs the command with arguments separated by blanks.
    pub fn bowdler(&self, arguments: &str) -> Ran {
        Ran::new(self.command().args(arguments.split_whitespace()).output().unwrap())
    }

    /// Runs the command with arguments that may hold blanks.
    pub fn bowdler_with(&self, arguments: &[&str]) -> Ran {
        Ran::new(self.command().args(arguments).output().unwrap())
    }

    /// Runs a line of shell in this folder, in which `$BOWDLER` is the command.
    pub fn shell(&self, line: &str) -> Ran {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", line]).current_dir(self.folder.path()).env_remove("BOWDLER_KEY_FILE");
        Ran::new(command.env("BOWDLER", env!("CARGO_BIN_EXE_bowdler")).output().unwrap())
    }

    /// Every file below a folder with its bytes, by name.
    pub fn tree(&self, name: &str) -> Vec<(String, Vec<u8>)> {
        fn walk(root: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(root, &path, found);
                } else {
                    found.push((
                        path.strip_prefix(root).unwrap().to_string_lossy().into_owned(),
                        fs::read(&path).unwrap(),
                    ));
                }
            }
        }
        let mut found = Vec::new();
        if self.path(name).is_dir() {
            walk(&self.path(name), &self.path(name), &mut found);
        }
        found.sort();
        found
    }
}

impl Ran {
    pub fn new(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Asserts the exit code, and shows what was said if it is another.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    /// Asserts that standard error has all of these.
    #[track_caller]
    pub fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.stderr.contains(part), "{part:?} is not in: {}", self.stderr);
        }
        self
    }

    /// Asserts that standard error is empty.
    #[track_caller]
    pub fn says_nothing(self) -> Self {
        assert_eq!(self.stderr, "", "{self:#?}");
        self
    }

    /// Asserts that standard output has all of these.
    #[track_caller]
    pub fn prints(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.stdout.contains(part), "{part:?} is not in: {}", self.stdout);
        }
        self
    }

    /// Asserts that standard output is empty.
    #[track_caller]
    pub fn prints_nothing(self) -> Self {
        assert_eq!(self.stdout, "", "{self:#?}");
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// Standard error as JSON, line by line.
    #[track_caller]
    pub fn log(&self) -> Vec<serde_json::Value> {
        let line = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {self:#?}"));
        self.stderr.lines().map(line).collect()
    }

    /// Asserts that nothing of these is said anywhere.
    #[track_caller]
    pub fn never_says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(
                !self.stderr.contains(part) && !self.stdout.contains(part),
                "{part:?} is said: {}{}",
                self.stdout,
                self.stderr
            );
        }
        self
    }
}

pub fn set_mode(path: &Path, mode: u32) {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}

/// The checkout, where the samples and rules are.
pub fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
