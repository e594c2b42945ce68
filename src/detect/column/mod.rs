//! What a whole column holds: judged by its header, by its values and their agreement, and by the columns beside it.
//!
//! ```text
//! cells --ColumnProfile::add--> counts of what each cell is, and what it looks like   (no value is remembered)
//! header --words::classify----> what the column is said to hold
//!        --judge--------------> do the values bear it out?  do they say it by themselves?
//!        --neighbours---------> a `name` beside an e-mail address is a person's
//!        --harmless-----------> or is there proof that nobody can be found by it?
//! ```
//!
//! A column without a finding is not thereby harmless: [`Classification::harmless`] says so only on evidence.

mod days;
mod harmless;
mod judge;
mod profile;
mod sketch;
mod words;
mod written;

use serde::Serialize;

use super::{Class, Grade};

pub use harmless::Harmless;
pub(crate) use judge::DENSE;
pub use judge::class_of;
pub use profile::{ColumnKind, ColumnProfile};

/// What the values of an identifying column are written as, which is what tokens for them have to be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityForm {
    /// Whole numbers without leading zeros, none of them negative.
    Integer,
    /// UUIDs.
    Uuid,
    /// Anything else.
    Text,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Classification {
    /// What it is: one of [`words::ENTITIES`](super::words::ENTITIES), [`IDENTIFIER`], [`WALLET`] or
    /// [`ORGANISATION_NUMBER`]; none where that is not known.
    pub entity: Option<&'static str>,
    /// What it means for the persons in it.
    pub class: Class,
    /// How sure that is.
    pub grade: Grade,
    /// Why, in one line without a full stop that holds no value.
    pub why: String,
    /// The evidence that nobody can be found by it, where there is any.
    pub harmless: Option<Harmless>,
    /// How its values are written.
    pub form: IdentityForm,
}

/// The key of something that is no person, or of it is not known what.
pub const IDENTIFIER: &str = "identifier";
/// The address of a purse of a cryptocurrency.
pub const WALLET: &str = "wallet";
/// A number that a state gave a firm or another body.
pub const ORGANISATION_NUMBER: &str = "organisation_number";

/// Classifies the columns of one table. They are judged together: neighbours bear each other out.
pub fn classify(columns: &[ColumnProfile]) -> Vec<Classification> {
    judge::table(columns)
}
