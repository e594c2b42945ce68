//! From what went wrong to the number that the caller sees, in one place.

use std::process::ExitCode;

use crate::error::{Error, ErrorKind};
use crate::verify::Verdict;

/// The rules and the data have drifted apart, or something was found.
const FINDINGS: u8 = 1;
/// The command line, the rules or the key are wrong.
pub(super) const USAGE: u8 = 2;
/// The data does not fit the rules; nothing was published.
pub(super) const DATA: u8 = 3;
/// Not everything could be looked at.
const INCOMPLETE: u8 = 4;
/// Reading or writing failed.
const IO: u8 = 5;
/// Stopped by somebody at a terminal; other signals have other numbers, by which the process dies.
const STOPPED: u8 = 130;
/// A bug.
pub(super) const BUG: u8 = 70;

/// The exit code of an error.
pub(super) fn code(error: &Error) -> ExitCode {
    ExitCode::from(number(error))
}

/// The exit code of a command whose business is to find what does not fit: 0 if there is nothing, or that of the
/// gravest thing it met. `warned` says that there is something else that counts as a finding.
pub(super) fn code_of_findings(errors: &[Error], warned: bool) -> ExitCode {
    let finding = |error: &Error| match error.kind() {
        ErrorKind::Data => FINDINGS,
        _ => number(error),
    };
    ExitCode::from(errors.iter().map(finding).max().unwrap_or(if warned { FINDINGS } else { 0 }))
}

/// The exit code of a verification.
pub(super) fn code_of_verdict(verdict: Verdict) -> ExitCode {
    ExitCode::from(match verdict {
        Verdict::Clean => 0,
        Verdict::Findings => FINDINGS,
        Verdict::Incomplete => INCOMPLETE,
    })
}

fn number(error: &Error) -> u8 {
    match error.kind() {
        ErrorKind::Usage | ErrorKind::Rules | ErrorKind::Key => USAGE,
        ErrorKind::Data => DATA,
        ErrorKind::Io | ErrorKind::Closed => IO,
        ErrorKind::Stopped => STOPPED,
        ErrorKind::Internal => BUG,
    }
}
