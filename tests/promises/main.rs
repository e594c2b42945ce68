//! The promises of the project, each with tests that fail when it is broken.

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests of the commands")]
mod support;

mod all_or_nothing;
mod bounded_memory;
mod closed_world;
mod closed_world_inside;
mod fit_for_an_auditor;
mod names;
mod never_spoken;
mod redacted;
mod same_bijection;
mod same_bytes;
mod same_token;
mod secure_by_default;
mod shape_is_kept;
