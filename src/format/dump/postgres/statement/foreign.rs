//! What is elsewhere: servers, what fetches their rows, and the options by which they are found. Those have hosts and
//! passwords in them.

use std::ops::Range;

use super::Statement;
use super::cursor::Cursor;

/// Passes over `OPTIONS (…)`, if it comes next, and gives where it stands with the blank before it.
#[allow(clippy::option_option, reason = "none, if they have no end; and none, if there are none")]
pub(super) fn options(cursor: &mut Cursor<'_>) -> Option<Option<Range<usize>>> {
    let start = cursor.tokens.get(cursor.at.checked_sub(1)?)?.range.end;
    if !cursor.skip("OPTIONS") {
        return Some(None);
    }
    cursor.parentheses()?;
    Some(Some(start..cursor.tokens.get(cursor.at.checked_sub(1)?)?.range.end))
}

/// The rest of a statement as far as its options.
fn rest(cursor: &mut Cursor<'_>) -> Option<Option<Range<usize>>> {
    while cursor.peek().is_some() {
        if cursor.is("OPTIONS") {
            return options(cursor);
        }
        cursor.at += 1;
    }
    Some(None)
}

/// CREATE SERVER.
pub(super) fn server(cursor: &mut Cursor<'_>) -> Option<Statement> {
    cursor.skip("IF NOT EXISTS");
    let name = cursor.name()?;
    while !cursor.skip("FOREIGN DATA WRAPPER") {
        cursor.next()?;
    }
    let wrapper = cursor.name()?;
    Some(Statement::Server { name, wrapper, options: rest(cursor)? })
}

/// CREATE FOREIGN DATA WRAPPER.
pub(super) fn wrapper(cursor: &mut Cursor<'_>) -> Option<Statement> {
    let name = cursor.name()?;
    let validates = (cursor.at..cursor.tokens.len())
        .any(|at| cursor.is_word_at(at, "VALIDATOR") && !cursor.is_word_at(at.wrapping_sub(1), "NO"));
    Some(Statement::Wrapper { name, validates, options: rest(cursor)? })
}
