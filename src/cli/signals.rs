//! Signals that end a run: it cleans up first, and dies by the signal, so that whoever started it sees why.

#[cfg(unix)]
pub(super) use unix::{end, heed};

#[cfg(not(unix))]
pub(super) fn heed(_: super::printer::Printer) {}

#[cfg(not(unix))]
pub(super) fn end(_: &super::printer::Printer) {}

#[cfg(unix)]
mod unix {
    use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
    use std::sync::{Arc, Once};
    use std::time::Duration;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag::{register, register_conditional_default};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::{emulate_default_handler, signal_name};

    use crate::cli::printer::Printer;
    use crate::error::{Error, ErrorKind, Place};
    use crate::pipeline;

    /// How long a run may take to get to the end of its blocks, and no longer: it may wait for a pipe.
    const PATIENCE: Duration = Duration::from_secs(2);

    /// The signal that came, or 0.
    static CAME: AtomicI32 = AtomicI32::new(0);

    /// From here on, the first signal that asks the process to end stops its run, and what is staged is removed; a
    /// second one ends it as it is. A signal that the process was started to ignore is ignored. Best effort: where
    /// signals can't be heeded they do what they always did.
    pub(in crate::cli) fn heed(printer: Printer) {
        let ignored = ignored();
        let wanted = [SIGTERM, SIGINT, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
        let has_come = Arc::new(AtomicBool::new(false));
        for signal in wanted.clone() {
            let second = register_conditional_default(signal, Arc::clone(&has_come));
            let first = second.and_then(|_| register(signal, Arc::clone(&has_come)));
            if first.is_err() {
                return;
            }
        }
        let Ok(mut signals) = Signals::new(wanted) else { return };
        let wait = move || {
            let Some(signal) = signals.forever().next() else { return };
            CAME.store(signal, Ordering::Relaxed);
            pipeline::stop();
            printer.note(&Place::default(), &format!("{}: stopping; a second signal ends this at once", name(signal)));
            std::thread::sleep(PATIENCE);
            if pipeline::abandon() {
                die(&printer, signal);
            }
        };
        // Without the thread, signals would do nothing the first time, and what they always did the second.
        let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
    }

    /// After an error: if a signal has come, it was that which stopped the run, whatever the error is: signals go to
    /// whoever writes to its pipe, too.
    pub(in crate::cli) fn end(printer: &Printer) {
        match CAME.load(Ordering::Relaxed) {
            0 => {}
            signal => die(printer, signal),
        }
    }

    /// Says what has happened, and dies by the signal.
    fn die(printer: &Printer, signal: i32) -> ! {
        static SAID: Once = Once::new();
        SAID.call_once(|| {
            let message = format!("stopped by {} before its end; nothing was published", name(signal));
            printer.error(&Error::new(ErrorKind::Stopped, message));
        });
        // The first process of a container is not ended by a signal that it has no handler for.
        if std::process::id() != 1 {
            let _ = emulate_default_handler(signal);
        }
        std::process::exit(128 + signal)
    }

    fn name(signal: i32) -> &'static str {
        signal_name(signal).unwrap_or("a signal")
    }

    /// The signals that the process was started to ignore, from the lowest bit on.
    fn ignored() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
    }
}
