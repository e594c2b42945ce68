//! JSON in its written form (RFC 8259), checked to the letter: what a rule inside a JSON text and the format of JSON
//! lines both read it with.

mod names;
mod text;
mod walk;

#[cfg(test)]
pub(crate) use names::FEW;
pub(crate) use names::{Name, Names};
pub(crate) use text::{Kind, Wrong, is_number, push_string, scalar, string_end, unescape};
pub(crate) use walk::{Member, Part, TWICE, Visitor, Walk, is_json};

/// How deep lists and objects may lie in each other.
pub(crate) const DEEPEST: usize = 128;
