use arrow::datatypes::DataType;

use super::Transform;
use crate::key::Keyring;

/// The column a recipe is bound to.
pub struct Site<'a> {
    /// The name of its table in the rules.
    pub(crate) table: &'a str,
    /// Its name, or its path if it is nested.
    pub(crate) column: &'a str,
    /// The type of its values; text is always `Utf8View`, bytes are always `BinaryView`.
    pub(crate) data_type: &'a DataType,
    /// Whose row it is: the column, and the identity domain its values belong to.
    pub(crate) subject: Option<Subject<'a>>,
    /// Whether a null is to become a value.
    pub(crate) fill_nulls: bool,
    pub(crate) keys: &'a Keyring,
}

/// The column that says whose row it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) column: &'a str,
    /// The domain of its token, so that one person's rows go together across tables.
    pub(crate) domain: Option<&'a str>,
}

/// A recipe that found its column.
pub struct Bound {
    pub(crate) transform: Box<dyn Transform>,
    /// The type of what it makes.
    pub(crate) data_type: DataType,
}

impl Bound {
    /// A transform whose output has the type of its input.
    pub(crate) fn same_type(site: &Site<'_>, transform: impl Transform + 'static) -> Self {
        Self { transform: Box::new(transform), data_type: site.data_type.clone() }
    }
}

/// Why a column can't be treated as a rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The type is none that the transform can treat.
    pub(crate) fn of_type(transform: &str, site: &Site<'_>, takes: &str) -> Self {
        Self::new(format!("`{transform}` can't treat a column of type {}", site.data_type))
            .help(format!("`{transform}` takes {takes}"))
    }
}
