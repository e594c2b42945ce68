//! Every command of the README, run as it stands.

#[allow(dead_code, reason = "shared with the other tests")]
mod support;

use std::path::Path;

use support::{Workplace, checkout};

/// The blocks of shell in the README, in order.
fn blocks() -> Vec<String> {
    let readme = std::fs::read_to_string(checkout().join("README.md")).unwrap();
    let mut blocks = Vec::new();
    let mut block: Option<String> = None;
    for line in readme.lines() {
        match &mut block {
            None if line == "```sh" => block = Some(String::new()),
            Some(_) if line == "```" => blocks.extend(block.take()),
            Some(block) => block.push_str(&format!("{line}\n")),
            None => {}
        }
    }
    blocks
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let workplace = Workplace::new();
    for folder in ["rules", "samples"] {
        std::os::unix::fs::symlink(checkout().join(folder), workplace.path(folder)).unwrap();
    }
    let command = Path::new(env!("CARGO_BIN_EXE_bowdler")).parent().unwrap().display().to_string();
    let blocks = blocks();
    assert_eq!(blocks.len(), 3, "the main job, the tests, and the examples");
    assert_eq!(blocks[1], "cargo test --locked\n", "this test is run by it");

    let main_job = blocks[0].replace("cargo run --release --locked --", "bowdler");
    assert_ne!(main_job, blocks[0]);
    let ran = workplace.shell(&format!("set -e; PATH={command}:$PATH\n{main_job}")).exits(0);
    assert_eq!(ran.stdout.lines().filter(|line| line.contains(',')).count(), 4, "the header and the first customers");
    assert!(workplace.path("staging/orders/orders-2026-09.parquet").exists());

    let ran = workplace.shell(&format!("set -e; PATH={command}:$PATH\n{}", blocks[2])).exits(0);
    assert!(ran.stdout.contains("token"));
    assert!(workplace.path("customers.parquet").exists());
    let dump = workplace.read("shop.sql");
    assert!(dump.ends_with("-- PostgreSQL database dump complete\n--\n\n\\unrestrict sampleSessionToken0000000000000000000000000000000000000000000000\n\n"), "{dump}");
    assert!(workplace.path("shop.sql.gz").exists());
}
