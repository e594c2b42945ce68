//! Sanitises production exports into data sets that developers and testers may have.
//!
//! The way of the data, each step a room of the house:
//!
//! ```text
//! rules.toml --Rules::parse--> Rules --bind(schema, key)--> Plan
//!                                                            |
//! exports --format::Reader--> Block --decode--> RecordBatch --Plan::apply--> RecordBatch --encode--> bytes
//!             (in order)              \____________ on any worker, in any order ____________/           |
//!                                                        data set + manifest <--publish-- format::Writer (in order)
//! ```
//!
//! From the ground up: [`error`], [`key`] and [`detect`], what personal data looks like; [`transform`], what can be done
//! to a column; [`rules`], what a person may write and what it means for the data found; [`mod@format`], bytes to record
//! batches and back; [`pipeline`], which moves them and publishes; [`verify`], which looks at files, whoever made them,
//! for what of people is left in them; [`report`], which writes what it found; [`cli`], which alone prints, reads the
//! environment or knows a terminal. A room imports only from rooms below it.
//!
//! What holds everywhere: what no rule names never passes; no value from the data reaches an error, a log or a report;
//! outputs get their names only when all of them are there and have been checked; the same input, rules and key give
//! the same bytes however they are run.
//!
//! ```
//! use bowdler::{Key, Keyring, RunOptions, Rules, Silent};
//!
//! let folder = tempfile::tempdir()?;
//! let (export, safe) = (folder.path().join("people.csv"), folder.path().join("safe.csv"));
//! std::fs::write(&export, "id,name,email\n42,Ana,ana@shop.example\n")?;
//!
//! let rules = Rules::parse(
//!     "rules.toml",
//!     r#"
//!     version = 1
//!     [domains]
//!     person = { form = "integer", max = 999_999_999 }
//!     [tables.people]
//!     files = ["people.csv"]
//!     [tables.people.columns]
//!     id = { do = "token", domain = "person" }
//!     name = { do = "mask", keep_first = 1 }
//!     email = "drop"
//!     "#,
//! )?;
//! let keys = Keyring::new(Key::from_bytes([7; 32]), rules.suite());
//! let outcome = bowdler::run(&rules, &export, &safe, &keys, &RunOptions::default(), &Silent)?;
//!
//! assert!(outcome.published);
//! assert_eq!(std::fs::read_to_string(&safe)?, "id,name\n830991803,A**\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a panic or a stray print may speak a value"
)]

pub mod cli;
pub mod detect;
pub mod error;
pub mod format;
mod json;
pub mod key;
pub mod pipeline;
pub mod report;
pub mod rules;
pub mod transform;
mod unchecked;
pub mod verify;

pub use error::{Error, ErrorKind, Part, Place, Result, Shape};
pub use key::{Key, KeyId, Keyring, Suite};
pub use pipeline::{Outcome, Progress, RunOptions, Silent, reveal, run};
pub use rules::{Plan, Rules};
