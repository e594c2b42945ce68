//! The process itself: what it leaves behind when it dies, and what it says.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::process::ExitCode;

use super::exit;
use super::printer::Printer;
use crate::error::Error;

/// Keeps what is in memory from core dumps and from other processes of the same user. Best effort: a system that
/// refuses is no reason not to work.
pub(super) fn harden() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Makes every panic, on any thread, say where it is and nothing else: its message may hold a value.
pub(super) fn mute_panics(printer: Printer) {
    set_hook(Box::new(move |panic| {
        // Caught where it happens, and told as a malformed file.
        if crate::format::panics_are_told() {
            return;
        }
        let place = panic.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
        printer.error(&Error::internal(format!("bowdler panicked{place}")).with_help(
            "this is a bug in bowdler: please report the place; the message is left out, since it may hold data",
        ));
    }));
}

/// Runs the command; a panic in it becomes the exit code of a bug.
pub(super) fn guarded(command: impl FnOnce() -> ExitCode) -> ExitCode {
    catch_unwind(AssertUnwindSafe(command)).unwrap_or(ExitCode::from(exit::BUG))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "Zq7canary";

    /// Says to a process of the tests that it is the one to panic.
    const PANICS: &str = "BOWDLER_TEST_PANICS";

    /// Does something only in a process of its own, which the test below starts: the hook is the whole process's.
    #[test]
    #[allow(clippy::panic, reason = "that is what is tested")]
    fn panics_with_a_value() {
        if std::env::var_os(PANICS).is_none() {
            return;
        }
        mute_panics(Printer::default());
        let values: [fn(); 3] = [
            || panic!("no number: {CANARY}"),
            || std::panic::panic_any(CANARY),
            || std::panic::panic_any(CANARY.to_owned()),
        ];
        for value in values {
            guarded(|| {
                value();
                ExitCode::SUCCESS
            });
        }
        assert!(std::thread::spawn(|| panic!("on another thread: {CANARY}")).join().is_err());
    }

    #[test]
    fn a_panic_tells_its_place_and_not_its_message() {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["cli::process::tests::panics_with_a_value", "--exact", "--nocapture"]);
        let output = command.env(PANICS, "1").env("RUST_BACKTRACE", "full").output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(said.matches("bowdler panicked at src/cli/process.rs:").count(), 4, "{said}");
        assert!(!said.contains(CANARY), "{said}");
    }
}
