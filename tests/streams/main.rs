//! What stands between the bytes of a file and the text of a table: compression and text encodings, in and out.
//!
//! `gzip`, `zstd` and `python3` say what is right. Where one is missing, its tests say so and pass, but not under
//! `CI=true`.

mod compressed;
mod dumps;
mod encodings;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod support;

use std::io::Write;
use std::process::{Command, Stdio};

/// The ways of compression: the ending, and the program.
const WAYS: [(&str, &str); 2] = [("gz", "gzip"), ("zst", "zstd")];

/// Rules that keep everything of `t.*`.
const KEEP: &str = "version = 1\n[tables.t]\nfiles = [\"t.*\"]\n[tables.t.columns]\n\"*\" = \"keep\"\n";

/// What a program makes of bytes; nothing, and a word about it, if it is not there.
fn filter(program: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let (name, arguments) = program.split_first().unwrap();
    let pipes = |command: &mut Command| command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut process) = pipes(Command::new(name).args(arguments)) else {
        println!("skipped: there is no {name}");
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{name} must be there");
        return None;
    };
    let mut stdin = process.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        process.wait_with_output().unwrap()
    });
    assert!(output.status.success(), "{program:?}");
    Some(output.stdout)
}

/// Rows of a table of about so many bytes, no two alike.
fn table(bytes: usize) -> String {
    let mut table = String::from("id,name,note\r\n");
    let mut row: u64 = 0;
    while table.len() < bytes {
        let note = row.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24;
        table.push_str(&format!("{row},\"Ana {}\",{note:x}\r\n", row % 977));
        row += 1;
    }
    table
}
