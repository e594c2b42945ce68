//! What can be wrong with an object, in words that hold nothing of it.

use crate::error::{Error, Place};
use crate::json::Wrong;

/// The largest row, in bytes.
pub(super) const LARGEST_ROW: usize = 64 << 20;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// It is no JSON.
    Syntax(&'static str),
    /// A line or an element holds something else than an object.
    NoObject,
    /// Something follows the object of a line.
    After,
    /// An object has a name twice.
    Twice,
    /// A row's object has a name that is data.
    Names,
    /// Two paths are written alike.
    Alike,
    /// There are too many paths.
    Paths,
    /// A member was not there when the paths were found.
    Unknown,
    /// A value is of another kind than those by which its type was told.
    Kind,
    /// A row has too many values.
    Values,
    /// A row has too many bytes.
    Large,
}

/// Something that is wrong, the byte of the text at which it is, and the place among the paths, if it is at one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    misfit: Misfit,
    node: Option<u32>,
}

impl Fault {
    pub(super) fn new(at: usize, misfit: Misfit) -> Self {
        Self { at, misfit, node: None }
    }

    /// The same at a place among the paths.
    pub(super) fn of(self, node: u32) -> Self {
        Self { node: Some(node), ..self }
    }

    /// The fault as an error at `place`.
    pub(super) fn tell(self, path: impl FnOnce(u32) -> String, place: Place) -> Error {
        let (message, help) = match self.misfit {
            Misfit::Syntax(what) => (format!("this is no JSON: {what}"), None),
            Misfit::NoObject => (
                "a row is an object, and here is something else".to_owned(),
                Some("JSON lines hold an object a line; a file that holds a list of objects is called `.json`"),
            ),
            Misfit::After => (
                "something follows the object of this line".to_owned(),
                Some("JSON lines hold an object a line; a file in which objects take up several is called `.json`"),
            ),
            Misfit::Twice => (
                "an object has one name twice".to_owned(),
                Some("programs do not agree on which of the two values holds, so that one could hide behind the other"),
            ),
            Misfit::Names => (
                "a row's object has a name that looks like a value, not like the name of a column".to_owned(),
                Some("export the rows as a list of objects that have the same names"),
            ),
            Misfit::Alike => (
                "two paths are written alike, since there are dots or brackets in a name".to_owned(),
                Some("no rule could say which of the two it means: export one of them under another name"),
            ),
            Misfit::Paths => (
                "there are more than 16384 paths".to_owned(),
                Some("most likely the names of an object are data: export them as values in a list"),
            ),
            Misfit::Unknown => (
                "here is a member that was not there when the paths of the input were found: no rule names it"
                    .to_owned(),
                Some(LOOKED),
            ),
            Misfit::Kind => {
                ("a value is of another kind than all by which the type of its path was told".to_owned(), Some(LOOKED))
            }
            Misfit::Values => (
                "a row has more values than fit in memory".to_owned(),
                Some("a row may have 16777216, those that are missing from objects in lists included"),
            ),
            Misfit::Large => (format!("a row is larger than {} MiB", LARGEST_ROW >> 20), None),
        };
        let mut error = Error::data(message).at(place);
        if let Some(help) = help {
            error = error.with_help(help);
        }
        match self.node.map(path).filter(|path| !path.is_empty()) {
            Some(path) => error.in_column(&path),
            None => error,
        }
    }
}

const LOOKED: &str = "a file is read twice, and must not change in between; of a pipe, the first 16 MiB are looked at, \
                      and the paths that rules name are known beside those";

impl From<Wrong> for Fault {
    fn from((at, what): Wrong) -> Self {
        let misfit = if what == crate::json::TWICE { Misfit::Twice } else { Misfit::Syntax(what) };
        Self::new(at, misfit)
    }
}
