//! What can be done to a column.
//!
//! A [`TransformKind`] is an entry of the [`CATALOGUE`]: it reads its parameters into a [`Recipe`]. A recipe is bound
//! to the column it is for, once, which chooses the kernel; the result is a [`Transform`], a pure function of the
//! values, the key and the row. Help, completions and the reference are made from the catalogue, and tests walk it.

mod beside;
mod bind;
mod clamp;
mod class;
mod domain;
mod encrypt;
mod fake;
mod generalise;
mod json;
mod keep;
mod makes;
mod mask;
mod memo;
mod network;
mod noise;

mod number;
mod params;
mod primitive;
mod redact;
mod replace;
mod round;
mod rows;
mod shift;
mod slug;
mod strength;
mod template;
mod temporal;
mod text;
mod token;
#[cfg(test)]
mod trial;

use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use serde::Serialize;

use crate::error::Result;

pub(crate) use beside::Beside;
pub(crate) use bind::{Bound, Refusal, Site, Subject};
pub use class::TypeClass;
pub use domain::{Domain, Form};
pub(crate) use fake::fabricated;
pub(crate) use json::inner_column;
pub use makes::{Fabricated, Makes};
pub(crate) use params::{Complaint, Fields, Inner, Params, Section, Span, Value, nearest};
pub(crate) use rows::Columns;
pub use rows::Rows;
pub use strength::RowCount;
pub(crate) use strength::{Facts, Weakness, of_few_values};
pub(crate) use temporal::read_day;
pub(crate) use text::{as_text, has_text, shape_of};
pub(crate) use token::TextToken;

/// What was made of a column: as many values as there were, in the type promised when the plan was made.
#[derive(Debug, Clone)]
pub struct Rewritten {
    /// The new values. A null stays where a null was; a value that did not conform is null here.
    pub values: ArrayRef,
    /// The places of the values that did not conform to the transform, in ascending order. What becomes of them is
    /// decided by the rule's `on_invalid`, not by the transform.
    pub invalid: Vec<usize>,
}

impl Rewritten {
    /// A result in which every value conformed.
    pub(crate) fn all(values: ArrayRef) -> Self {
        Self { values, invalid: Vec::new() }
    }
}

/// What can be done to one column. Implementations are pure: same array, same key, same rows, same result.
pub trait Transform: Send + Sync {
    /// Rewrites `values` (any length, the type the transform was bound to); `rows` gives the place of the values in
    /// their file and the other columns of the same rows.
    ///
    /// Nulls stay null, and where there is a null the result's buffers hold nothing of what the source's held.
    ///
    /// # Errors
    /// Only if a promise of the program is broken: a value that does not conform is no error here.
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten>;

    /// Why the value at `place` does not conform, where its shape alone would not tell: in words that hold nothing of
    /// it. Asked of few values.
    fn explain(&self, values: &ArrayRef, place: usize, rows: &Rows<'_>) -> Option<String> {
        let _ = (values, place, rows);
        None
    }
}

/// What happens to a column under a recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stays, value for value.
    Keep,
    /// It is not in the output.
    Drop,
    /// It is rewritten.
    Rewrite,
}

/// What a transform promises of its output, for a person who must decide, and for the checks that hold it to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Properties {
    /// The same value becomes the same value, in every run with the same key.
    pub deterministic: bool,
    /// The source values are there to be had back: `reveal` gives them to who holds the key, or they never went.
    pub reversible: bool,
    /// Different values stay different.
    pub unique: bool,
    /// Every value has as many characters as before.
    pub keeps_length: bool,
    /// The column has the type it had.
    pub keeps_type: bool,
    /// A value looks like its source looked: the same kind of thing in the same notation.
    pub keeps_format: bool,
    /// No value is ever equal to its source. Checked cell by cell in every run.
    pub always_differs: bool,
    /// What a reader of the output can still learn.
    pub leaks: &'static str,
}

/// One parameter of a transform, as the help shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// Its name in the rules file.
    pub name: &'static str,
    /// What it takes, in a few words.
    pub takes: &'static str,
    /// What it does, and its default.
    pub what: &'static str,
}

/// An example of a transform: the rule as written after the column's `=`, a source value and what becomes of it. With
/// a keyed transform, the result is the one under the key of 32 zero bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Example {
    /// The rule.
    pub rule: &'static str,
    /// A value.
    pub source: &'static str,
    /// What becomes of it; `None` is null.
    pub result: Option<&'static str>,
}

/// One entry of the catalogue: its name, its parameters, what it promises, how it is built.
pub trait TransformKind: Sync {
    /// The word after `do`.
    fn name(&self) -> &'static str;
    /// What it does, in one line without a full stop.
    fn summary(&self) -> &'static str;
    /// Its own parameters, besides those that every rule may have.
    fn parameters(&self) -> &'static [Parameter];
    /// The types of columns it takes, with one parameter or another, in the order of [`TypeClass::ALL`]; text alone by
    /// default.
    fn takes(&self) -> &'static [TypeClass] {
        &[TypeClass::Text]
    }
    /// What it leaves in a column. There is no default: it decides what `verify` lets pass.
    fn makes(&self) -> Makes;
    /// What it promises. Where that depends on parameters, the weakest.
    fn properties(&self) -> Properties;
    /// An example.
    fn example(&self) -> Example;
    /// Reads its parameters. Every mistake is told to `params`; a recipe comes back even then, if one can.
    #[doc(hidden)]
    fn parse(&self, params: &mut Params<'_>) -> Option<Box<dyn Recipe>>;
}

/// A transform with its parameters, not yet bound to a column.
#[doc(hidden)]
pub trait Recipe: std::fmt::Debug + Send + Sync {
    /// What happens to the column.
    fn fate(&self) -> Fate {
        Fate::Rewrite
    }

    /// What it promises with these parameters.
    fn properties(&self) -> Properties;

    /// The columns whose source values it reads.
    fn reads_originals(&self) -> Vec<String> {
        Vec::new()
    }

    /// The columns whose outputs it reads.
    fn reads_outputs(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether it needs to know whose row it is.
    fn needs_subject(&self) -> bool {
        false
    }

    /// Whether it needs to know the number of each row in its file.
    fn needs_row_numbers(&self) -> bool {
        false
    }

    /// Whether it can make a value where there was none, so that `on_null = "replace"` makes sense.
    fn fills_nulls(&self) -> bool {
        false
    }

    /// The identity domain whose tokens it makes, if it does.
    fn domain(&self) -> Option<&str> {
        None
    }

    /// In what it is weaker with these parameters than it may look, as far as that can be told of a column without its
    /// values.
    fn weaknesses(&self, _: &Facts) -> Vec<Weakness> {
        Vec::new()
    }

    /// Whether two texts that it makes of different values may differ in no more than the case of letters, or in
    /// characters that some databases take for the same.
    fn mixes_case(&self) -> bool {
        false
    }

    /// The recipe that gives the source values back, where the rule says that they may be had back.
    fn inverse(&self) -> Option<Box<dyn Recipe>> {
        None
    }

    /// Chooses the kernel for a column. Only called where the fate is to be rewritten.
    ///
    /// # Errors
    /// Says why this column can't be treated so.
    fn bind(&self, site: &Site<'_>) -> Result<Bound, Refusal>;
}

/// Every transform there is, in the order in which they are shown.
pub const CATALOGUE: &[&dyn TransformKind] = &[
    &keep::Keep,
    &keep::Drop,
    &replace::Null,
    &replace::Replace,
    &mask::Mask,
    &token::Token,
    &encrypt::Encrypt,
    &fake::Fake,
    &generalise::Generalise,
    &shift::Shift,
    &round::Round,
    &noise::Noise,
    &clamp::Clamp,
    &network::Network,
    &template::Template,
    &json::Json,
    &redact::Redact,
];

/// The entry of the catalogue with this name.
pub fn kind(name: &str) -> Option<&'static dyn TransformKind> {
    CATALOGUE.iter().copied().find(|kind| kind.name() == name)
}

/// Whether the type is a text of any of Arrow's layouts. Kernels see one layout only: views.
pub(crate) fn is_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}
