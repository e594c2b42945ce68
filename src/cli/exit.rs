//! From what went wrong to the number that the caller sees, in one place.

use std::process::ExitCode;

use crate::error::{Error, ErrorKind};

/// The rules and the data have drifted apart, or something was found.
pub(super) const FINDINGS: u8 = 1;
/// The command line or the rules are wrong.
pub(super) const USAGE: u8 = 2;
/// The data does not fit the rules; nothing was published.
pub(super) const DATA: u8 = 3;

/// The exit code of an error.
pub(super) fn code(error: &Error) -> ExitCode {
    ExitCode::from(match error.kind() {
        ErrorKind::Usage | ErrorKind::Rules | ErrorKind::Key => USAGE,
        ErrorKind::Data => DATA,
        ErrorKind::Io => 5,
        ErrorKind::Internal => 70,
    })
}
