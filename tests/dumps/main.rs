//! Dumps of real servers: made by their own tools, treated, and loaded again by their own clients.
//!
//! `tests/install-databases.sh` installs the servers. Where one is missing, its tests say so and pass, but not under
//! `CI=true`.

mod archives;
mod bound;
mod folders;
mod mariadb;
mod mariadb_types;
mod odd;
mod postgres;
mod sakila;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests of the promises")]
mod support;
mod types;

/// Passes over a test whose means are not here; in CI they have to be.
fn skipped(test: &str, why: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{test}: {why}");
    println!("skipped: {test}: {why}");
}
