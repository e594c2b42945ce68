//! bowdler
pub mod cli;
mod error;
mod format;
mod key;
mod pipeline;
mod rules;
mod transform;
mod unchecked;

pub use error::{Error, ErrorKind, Place, Result, Shape};
pub use key::{Key, KeyId, Keyring, Suite};
pub use pipeline::{Outcome, Progress, RunOptions, Silent, run};
pub use rules::{Plan, Rules};
pub use transform::{CATALOGUE, TransformKind};
