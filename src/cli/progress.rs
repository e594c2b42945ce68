//! How far a run has come: bars on a terminal, a line every few seconds elsewhere, nothing for who wants it quiet.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{DecimalBytes, HumanDuration, MultiProgress, ProgressBar, ProgressStyle};

use super::printer::{Printer, count};
use crate::error::{Place, printable};
use crate::pipeline::Progress;

/// How long it takes, without a terminal, until the first line, and from one to the next.
const PAUSE: Duration = Duration::from_secs(5);

/// The bar of one file, and the one of them all.
const BAR: &str =
    "{prefix:18!} {wide_bar} {decimal_bytes:>9}/{decimal_total_bytes} {decimal_bytes_per_sec} {msg} {eta}";

/// Tells a person how far a run has come.
pub(super) struct Meter<'p> {
    printer: &'p Printer,
    state: Mutex<State>,
}

struct State {
    files: Vec<File>,
    /// The bars and the one of all files; none without a terminal.
    bars: Option<(MultiProgress, ProgressBar)>,
    started: Instant,
    told: Instant,
}

struct File {
    name: String,
    length: u64,
    bytes: u64,
    rows: u64,
    /// Drawn while the file is being worked on.
    bar: Option<ProgressBar>,
}

impl<'p> Meter<'p> {
    pub(super) fn new(printer: &'p Printer) -> Self {
        let now = Instant::now();
        Self { printer, state: Mutex::new(State { files: Vec::new(), bars: None, started: now, told: now }) }
    }

    /// Takes the bars away.
    pub(super) fn clear(&self) {
        let mut state = self.state();
        state.files.iter_mut().filter_map(|file| file.bar.take()).for_each(|bar| bar.finish_and_clear());
        if let Some((bars, all)) = state.bars.take() {
            all.finish_and_clear();
            let _ = bars.clear();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Meter<'_> {
    fn start(&self, files: &[(&str, u64)]) {
        let mut state = self.state();
        state.files = files
            .iter()
            .map(|(name, length)| File { name: printable(name), length: *length, bytes: 0, rows: 0, bar: None })
            .collect();
        let now = Instant::now();
        (state.started, state.told) = (now, now);
        if self.printer.draws() {
            let bars = MultiProgress::new();
            let all = bars.add(bar("all files", state.length()));
            state.bars = Some((bars, all));
        }
    }

    fn advance(&self, file: usize, bytes: u64, rows: u64) {
        let mut state = self.state();
        let state = &mut *state;
        let Some(entry) = state.files.get_mut(file) else { return };
        (entry.bytes, entry.rows) = (bytes, rows);
        if let Some((bars, all)) = &state.bars {
            let (name, length) = (&entry.name, entry.length);
            let bar = entry.bar.get_or_insert_with(|| bars.insert_before(all, bar(name, length)));
            draw(bar, bytes, rows);
            draw(all, state.bytes(), state.rows());
        } else if self.printer.talks() && state.told.elapsed() >= PAUSE {
            state.told = Instant::now();
            self.printer
                .info(&Place::default(), &line(state.bytes(), state.length(), state.rows(), state.started.elapsed()));
        }
    }

    fn done(&self, file: usize) {
        let mut state = self.state();
        let Some(entry) = state.files.get_mut(file) else { return };
        entry.bytes = entry.length;
        if let Some(bar) = entry.bar.take() {
            bar.finish_and_clear();
        }
        if let Some((_, all)) = &state.bars {
            draw(all, state.bytes(), state.rows());
        }
    }

    fn finish(&self) {
        self.clear();
    }
}

impl State {
    fn length(&self) -> u64 {
        self.files.iter().map(|file| file.length).sum()
    }

    fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }
}

fn bar(name: &str, length: u64) -> ProgressBar {
    // A template that can't be read is a bar without words.
    let style = ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style).with_prefix(name.to_owned())
}

fn draw(bar: &ProgressBar, bytes: u64, rows: u64) {
    bar.set_message(count(rows, "row"));
    bar.set_position(bytes);
}

/// How far it has come, in words.
fn line(bytes: u64, length: u64, rows: u64, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    let rate = if seconds > 0.0 { bytes as f64 / seconds } else { 0.0 };
    let mut line = format!(
        "{} of {}, {}, {}/s",
        DecimalBytes(bytes),
        DecimalBytes(length),
        count(rows, "row"),
        DecimalBytes(rate as u64)
    );
    let left = length.saturating_sub(bytes);
    if rate >= 1.0 && left > 0 {
        let left = Duration::from_secs((left as f64 / rate).ceil() as u64);
        line.push_str(&format!(", about {} left", HumanDuration(left)));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_bytes_rows_rate_and_time_left() {
        let second = Duration::from_secs(1);
        assert_eq!(
            line(50_000_000, 200_000_000, 1_234_567, 5 * second),
            "50.00 MB of 200.00 MB, 1,234,567 rows, 10.00 MB/s, about 15 seconds left"
        );
        assert_eq!(line(7, 7, 1, second), "7 B of 7 B, 1 row, 7 B/s");
        assert_eq!(line(0, 7, 0, Duration::ZERO), "0 B of 7 B, 0 rows, 0 B/s");
    }

    #[test]
    fn the_template_of_the_bars_can_be_read() {
        assert!(ProgressStyle::with_template(BAR).is_ok());
    }
}
