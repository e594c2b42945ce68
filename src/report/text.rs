use std::fmt::Write as _;
use std::io::{self, Write};

use console::measure_text_width;

use super::words::{self, FileView};
use super::{Options, ReportFormat, Style};
use crate::error::printable;
use crate::verify::{Finding, Gap, Report, Verdict};

/// How many places of a finding are shown.
const SHOWN: usize = 3;

/// How many findings of a column are shown that do not count. More of them are told in one line: numbers that pass one
/// in ten checks by chance would bury what counts.
const MINOR: usize = 2;

/// Lines for a terminal.
#[derive(Debug)]
pub(super) struct Text;

/// What a piece of text means, by which it is coloured.
#[derive(Debug, Clone, Copy)]
enum Tone {
    Name,
    Bad,
    Unsure,
    Good,
    Plain,
    Aside,
}

impl ReportFormat for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn summary(&self) -> &'static str {
        "Lines for a terminal, by file and column"
    }

    fn write(&self, report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        for file in words::files(report) {
            out.write_all(of_file(&file, options).as_bytes())?;
        }
        for gap in report.coverage.iter().filter(|gap| gap.file.is_none()) {
            out.write_all(of_gap(gap, options).trim_start().as_bytes())?;
        }
        for weakening in &report.weakenings {
            writeln!(out, "{} {}", paint("weaker:", Tone::Unsure, options), printable(weakening))?;
        }
        out.write_all(end(report, options).as_bytes())
    }
}

/// What is to be said of a file: nothing, of one that is whole and has no findings.
fn of_file(file: &FileView<'_>, options: &Options) -> String {
    if file.gaps.is_empty() && file.findings.is_empty() {
        return String::new();
    }
    let mut text = format!("{}\n", paint(&printable(file.name), Tone::Name, options));
    text.extend(file.gaps.iter().map(|gap| of_gap(gap, options)));
    let lines = lines(file, options);
    let width = |place: usize| {
        let cells = lines.iter().filter_map(|line| line.get(place));
        cells.map(|(cell, _)| measure_text_width(cell)).max().unwrap_or_default()
    };
    let widths = [width(0), width(1), width(2), width(3)];
    for line in &lines {
        let mut out = String::from(" ");
        for (place, (cell, tone)) in line.iter().enumerate() {
            let wide = widths.get(place).copied().unwrap_or_default();
            let blanks = " ".repeat(wide.saturating_sub(measure_text_width(cell)));
            let cell = paint(cell, *tone, options);
            // Numbers stand to the right. Writing to a string can't fail.
            let _ = match place {
                3 => write!(out, " {blanks}{cell} "),
                _ => write!(out, " {cell}{blanks} "),
            };
        }
        text.push_str(out.trim_end());
        text.push('\n');
    }
    text + "\n"
}

/// What is said of the findings of a file, cell by cell.
fn lines(file: &FileView<'_>, options: &Options) -> Vec<[(String, Tone); 5]> {
    let mut lines = Vec::new();
    for findings in file.findings.chunk_by(|one, next| words::place(one) == words::place(next)) {
        let (minor, counting): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|finding| words::excuse(finding.standing).is_some());
        lines.extend(counting.into_iter().map(|finding| line(file, finding, options)));
        match minor.as_slice() {
            few if few.len() <= MINOR => lines.extend(few.iter().map(|finding| line(file, finding, options))),
            [first, ..] => lines.push([
                (printable(&words::place(first)), Tone::Name),
                ("not counted".to_owned(), Tone::Unsure),
                (format!("{} kinds, such as {}", minor.len(), printable(&words::what(first))), Tone::Plain),
                (String::new(), Tone::Plain),
                (String::new(), Tone::Plain),
            ]),
            [] => {}
        }
    }
    lines
}

/// What is said of a finding, cell by cell.
fn line(file: &FileView<'_>, finding: &Finding, options: &Options) -> [(String, Tone); 5] {
    let rounding = options.rounding();
    let (grade, tone) = match words::excuse(finding.standing) {
        Some(why) => (format!("{}, {why}", words::grade(finding.grade)), Tone::Unsure),
        None => (words::grade(finding.grade).to_owned(), Tone::Bad),
    };
    let sites: Vec<String> = file
        .sites(finding, rounding)
        .iter()
        .take(SHOWN)
        .map(|site| words::at(site).map_or_else(|| site.shape.clone(), |at| format!("{at}: {}", site.shape)))
        .collect();
    [
        (printable(&words::place(finding)), Tone::Name),
        (grade, tone),
        (printable(&format!("{}, by {}", words::what(finding), finding.check.name())), Tone::Plain),
        (words::counted(finding, file.count(finding, rounding)), Tone::Plain),
        (printable(&sites.join(" | ")), Tone::Aside),
    ]
}

/// What is said of a gap, in one line or, with help, two.
fn of_gap(gap: &Gap, options: &Options) -> String {
    let (word, tone) = if gap.grave { ("not looked at:", Tone::Bad) } else { ("left out:", Tone::Unsure) };
    let column = gap.column.as_ref().map_or_else(String::new, |column| format!("column `{column}`, "));
    let help = gap.help.as_ref().map_or_else(String::new, |help| format!("    help: {}\n", printable(help)));
    format!(
        "  {} {}\n{help}",
        paint(word, tone, options),
        printable(&format!("{column}{}", words::gap(gap, options.rounding())))
    )
}

/// The last lines: how far was looked, and what it comes to.
fn end(report: &Report, options: &Options) -> String {
    let rounding = options.rounding();
    let files = words::files(report);
    let cells =
        rounding.sum(files.iter().flat_map(|file| file.columns()).map(|column| words::cells(column, rounding).0));
    let failing = rounding.sum(files.iter().map(|file| file.counts(rounding).0));
    let other = rounding.sum(files.iter().map(|file| file.counts(rounding).1));
    let tone = match report.verdict {
        Verdict::Clean => Tone::Good,
        Verdict::Findings => Tone::Bad,
        Verdict::Incomplete => Tone::Unsure,
    };
    format!(
        "Looked at {} of {}: {failing} found that count, {other} that do not.\n{} {}\n",
        words::things(cells, "filled cell", "filled cells"),
        words::looked_at(report),
        paint(words::sentence(report), tone, options),
        words::advice(report),
    )
}

/// A piece of text in the colour of what it means.
fn paint(text: &str, tone: Tone, options: &Options) -> String {
    let code = match tone {
        _ if options.style == Style::Plain || text.is_empty() => return text.to_owned(),
        Tone::Plain => return text.to_owned(),
        Tone::Name => "1",
        Tone::Bad => "1;31",
        Tone::Unsure => "33",
        Tone::Good => "32",
        Tone::Aside => "2",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}
