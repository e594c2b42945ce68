use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::count::{Rounding, Shown, percent};
use super::markup::escape;
use super::words::{self, Coverage};
use super::{ColumnReport, FileReport, FindingReport, Options, Report, ReportFormat, Verdict};
use crate::detect::Grade;
use picture::Fill;

mod picture;

/// One page that needs nothing else: no script, no font, no picture from elsewhere, and a policy that forbids them.
#[derive(Debug)]
pub(super) struct Html;

const STYLE: &str = include_str!("page.css");

impl ReportFormat for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn summary(&self) -> &'static str {
        "One self-contained page for a browser"
    }

    fn write(&self, report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        let rounding = options.rounding();
        write!(
            out,
            concat!(
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
                "<meta http-equiv=\"Content-Security-Policy\" ",
                "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n",
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
                "<meta name=\"referrer\" content=\"no-referrer\">\n",
                "<title>Verification: {}</title>\n<style>\n{}</style>\n</head>\n<body>\n"
            ),
            report.verdict().name(),
            STYLE
        )?;
        out.write_all(head(report, rounding).as_bytes())?;
        out.write_all(kinds(report, rounding).as_bytes())?;
        out.write_all(overview(report, rounding).as_bytes())?;
        out.write_all(left_out(report).as_bytes())?;
        for (place, file) in report.files.iter().enumerate() {
            out.write_all(of_file(place, file, report, rounding).as_bytes())?;
        }
        writeln!(
            out,
            concat!(
                "</main>\n<footer><p>Made by bowdler {}. This page holds no values: letters of a shape stand as ",
                "<code>A</code>, <code>a</code> or <code>x</code>, digits as <code>9</code>.{}</p></footer>\n</body>\n</html>"
            ),
            env!("CARGO_PKG_VERSION"),
            rounding.0.map_or_else(String::new, |least| format!(" Counts below {least} are not told."))
        )
    }
}

/// A name from outside, kept from turning the order of what stands around it.
fn name(text: &str) -> String {
    format!("<bdi>{}</bdi>", escape(text))
}

/// The verdict and the tiles.
fn head(report: &Report, rounding: Rounding) -> String {
    let verdict = report.verdict();
    let class = match verdict {
        Verdict::Clean => "good",
        Verdict::Findings => "bad",
        Verdict::Incomplete => "unsure",
    };
    let coverage = Coverage::of(words::columns(&report.files), rounding);
    let findings = report.findings().map(|(_, column, finding)| (column, finding));
    let (failing, other) = words::totals(report, findings, rounding);
    let rows = rounding.sum(report.files.iter().map(|file| rounding.alone(file.rows)));
    let looked = coverage.share().map_or_else(|| coverage.scanned.to_string(), percent);
    let tiles = [
        ("Files", report.files.len().to_string()),
        ("Rows", rows.to_string()),
        ("Columns", words::columns(&report.files).count().to_string()),
        ("Filled cells looked at", looked),
        ("Cells with findings that count", failing.to_string()),
        ("Cells with other findings", other.to_string()),
    ];
    let mut html = format!(
        "<header>\n<h1>Does the data set hold personal data?</h1>\n<div class=\"verdict {class}\">\n\
         <p class=\"sentence\">{}</p>\n<p>{}</p>\n</div>\n<dl class=\"tiles\">\n",
        escape(verdict.sentence()),
        escape(verdict.advice())
    );
    for (term, value) in tiles {
        // Writing to a string can't fail, here and below.
        let _ = writeln!(html, "<div><dt>{term}</dt><dd>{}</dd></div>", escape(&value));
    }
    let checks: Vec<String> = report.checks.iter().map(|check| name(check)).collect();
    let _ = writeln!(
        html,
        "</dl>\n<p class=\"soft\">Checks made: {}. Findings count from the grade <em>{}</em> on.</p>\n</header>\n<main>",
        if checks.is_empty() { "none".to_owned() } else { checks.join(", ") },
        words::grade(report.threshold)
    );
    html
}

/// How many cells of which kind were found, over all files.
fn kinds(report: &Report, rounding: Rounding) -> String {
    let mut by_kind: BTreeMap<(String, String), (Grade, Vec<Shown>)> = BTreeMap::new();
    for (_, column, finding) in report.findings() {
        let entry = by_kind.entry((words::what(finding), finding.check.clone())).or_insert((finding.grade, Vec::new()));
        entry.0 = entry.0.max(finding.grade);
        entry.1.push(words::cells_of(finding, column, rounding));
    }
    if by_kind.is_empty() {
        return String::new();
    }
    let kinds: Vec<_> =
        by_kind.into_iter().map(|(what, (grade, counts))| (what, grade, rounding.sum(counts))).collect();
    let most = kinds.iter().filter_map(|(.., count)| count.exact()).max().unwrap_or_default();
    let mut html = String::from(
        "<section aria-labelledby=\"kinds\">\n<h2 id=\"kinds\">What was found</h2>\n<table>\n\
         <caption>Cells by kind and check, over all files. Bars are relative to the longest.</caption>\n<thead><tr>\
         <th scope=\"col\">Kind</th><th scope=\"col\">Check</th><th scope=\"col\">Surest grade</th>\
         <th scope=\"col\" class=\"n\">Cells</th></tr></thead>\n<tbody>\n",
    );
    for ((what, check), grade, count) in &kinds {
        let (_, fill) = tone(*grade);
        let bar = count.share(Shown::Exactly(most)).map_or_else(String::new, |share| picture::bar(share, fill));
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\" class=\"name\">{}</th><td data-label=\"Check\">{}</td>\
             <td data-label=\"Surest grade\">{}</td><td data-label=\"Cells\" class=\"n\"><span>{}{bar}</span></td></tr>",
            name(what),
            name(check),
            graded(*grade),
            escape(&count.to_string())
        );
    }
    html + "</tbody>\n</table>\n</section>\n"
}

/// File by file: how much there is, how far it was looked at, and a strip of its columns.
fn overview(report: &Report, rounding: Rounding) -> String {
    let mut html = String::from(
        "<section aria-labelledby=\"files\">\n<h2 id=\"files\">Files</h2>\n<ul class=\"key\" aria-label=\"Colours of columns\">",
    );
    for (fill, meaning) in [
        (Fill::Bad, "certain findings"),
        (Fill::Unsure, "possible findings"),
        (Fill::Good, "nothing found"),
        (Fill::None, "not all looked at"),
    ] {
        let _ = write!(html, "<li>{}{meaning}</li>", picture::patch(fill));
    }
    html.push_str(
        "</ul>\n<table>\n<caption>One piece of a strip is one column, in order.</caption>\n<thead><tr>\
         <th scope=\"col\">File</th><th scope=\"col\" class=\"n\">Rows</th><th scope=\"col\">Columns</th>\
         <th scope=\"col\" class=\"n\">Looked at</th><th scope=\"col\" class=\"n\">Cells that count</th></tr></thead>\n<tbody>\n",
    );
    for (place, file) in report.files.iter().enumerate() {
        let coverage = Coverage::of(file.columns.iter(), rounding);
        let (failing, _) = words::totals(report, file.findings(), rounding);
        let looked = match (&file.skipped, coverage.share()) {
            (Some(_), _) => "not all".to_owned(),
            (None, Some(share)) => percent(share),
            (None, None) => coverage.scanned.to_string(),
        };
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\" class=\"name\"><a href=\"#file-{place}\">{}</a></th>\
             <td data-label=\"Rows\" class=\"n\">{}</td><td data-label=\"Columns\"><span>{}{}</span></td>\
             <td data-label=\"Looked at\" class=\"n\">{}</td><td data-label=\"Cells that count\" class=\"n\">{}</td></tr>",
            name(&file.path),
            escape(&rounding.alone(file.rows).to_string()),
            file.columns.len(),
            heat(file),
            escape(&looked),
            escape(&failing.to_string())
        );
    }
    html + "</tbody>\n</table>\n</section>\n"
}

/// The strip of a file's columns.
fn heat(file: &FileReport) -> String {
    if file.columns.is_empty() {
        return String::new();
    }
    let (mut counts, mut pieces) = ([0_usize; 4], Vec::new());
    for column in &file.columns {
        let (place, fill, word) = match column.worst() {
            Some(Grade::Certain) => (0, Fill::Bad, "certain findings"),
            Some(Grade::Possible) => (1, Fill::Unsure, "possible findings"),
            None if column.is_whole() && file.skipped.is_none() => (2, Fill::Good, "nothing found"),
            None => (3, Fill::None, "not all looked at"),
        };
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
        pieces.push((fill, format!("{}: {word}", column.name)));
    }
    let [certain, possible, nothing, left] = counts;
    let words = format!(
        "Columns with certain findings: {certain}; with possible ones: {possible}; with nothing found: {nothing}; not all looked at: {left}"
    );
    picture::strip(&pieces, &words)
}

/// What was not looked at, over all files.
fn left_out(report: &Report) -> String {
    let mut lines = String::new();
    for file in &report.files {
        for (column, why) in words::skipped(file) {
            let column = column.map_or_else(String::new, |column| format!(", column {}", name(&column.name)));
            let _ = writeln!(lines, "<li>{}{column}: {}</li>", name(&file.path), name(why));
        }
    }
    if lines.is_empty() {
        return lines;
    }
    format!(
        "<section aria-labelledby=\"left\">\n<h2 id=\"left\">What was not looked at</h2>\n<ul>\n{lines}</ul>\n</section>\n"
    )
}

/// One file: its columns, then its findings.
fn of_file(place: usize, file: &FileReport, report: &Report, rounding: Rounding) -> String {
    let mut html = format!(
        "<section aria-labelledby=\"file-{place}\">\n<h2 id=\"file-{place}\">{}</h2>\n<p class=\"soft\">Format {}, {}</p>\n",
        name(&file.path),
        name(&file.format),
        escape(&words::things(rounding.alone(file.rows), "row", "rows"))
    );
    if file.columns.is_empty() {
        return html + "<p>No column of it was looked at.</p>\n</section>\n";
    }
    html.push_str(&findings(file, report, rounding));
    html.push_str(
        "<h3>Columns</h3>\n<table>\n<thead><tr><th scope=\"col\">Column</th><th scope=\"col\">Worst finding</th>\
         <th scope=\"col\" class=\"n\">Cells</th><th scope=\"col\" class=\"n\">Null</th>\
         <th scope=\"col\" class=\"n\">Looked at</th><th scope=\"col\" class=\"n\">Different values</th></tr></thead>\n<tbody>\n",
    );
    for column in &file.columns {
        html.push_str(&of_column(column, rounding));
    }
    html + "</tbody>\n</table>\n</section>\n"
}

/// A line of a file's columns.
fn of_column(column: &ColumnReport, rounding: Rounding) -> String {
    let coverage = Coverage::of_column(column, rounding);
    let nulls = share(coverage.nulls, (column.cells > 0).then(|| coverage.nulls.share(coverage.cells)).flatten());
    let looked = share(coverage.scanned, coverage.share());
    let worst = column.worst().map_or_else(|| "<span class=\"soft\">none</span>".to_owned(), graded);
    let distinct = column.distinct.map_or_else(
        || "<span class=\"soft\">not counted</span>".to_owned(),
        |distinct| format!("about {}", escape(&rounding.alone(distinct).to_string())),
    );
    format!(
        "<tr><th scope=\"row\" class=\"name\">{}</th><td data-label=\"Worst finding\">{worst}</td>\
         <td data-label=\"Cells\" class=\"n\">{}</td><td data-label=\"Null\" class=\"n\"><span>{}{}</span></td>\
         <td data-label=\"Looked at\" class=\"n\"><span>{}{}</span></td>\
         <td data-label=\"Different values\" class=\"n\">{distinct}</td></tr>\n",
        name(&column.name),
        escape(&coverage.cells.to_string()),
        escape(&nulls.0),
        nulls.1.map_or_else(String::new, |share| picture::bar(share, Fill::None)),
        escape(&looked.0),
        looked.1.map_or_else(String::new, |share| {
            picture::bar(share, if column.is_whole() { Fill::Good } else { Fill::Unsure })
        }),
    )
}

/// A share in words, and as a number for its bar; the count itself where no share may be told.
fn share(count: Shown, share: Option<f64>) -> (String, Option<f64>) {
    (share.map_or_else(|| count.to_string(), percent), share)
}

/// The findings of a file.
fn findings(file: &FileReport, report: &Report, rounding: Rounding) -> String {
    let mut html = String::new();
    for (column, finding) in file.findings() {
        let count = words::cells_of(finding, column, rounding);
        let below = if report.fails(finding) { "" } else { " <span class=\"soft\">(below threshold)</span>" };
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\" class=\"name\">{}</th><td data-label=\"Kind\">{}</td>\
             <td data-label=\"Check\">{}</td><td data-label=\"Grade\"><span>{}{below}</span></td>\
             <td data-label=\"Cells\" class=\"n\">{}</td><td data-label=\"First places\">{}</td></tr>",
            name(&column.name),
            name(&words::what(finding)),
            name(&finding.check),
            graded(finding.grade),
            escape(&count.to_string()),
            places(finding, column, rounding)
        );
    }
    if html.is_empty() {
        return "<p>Nothing was found.</p>\n".to_owned();
    }
    format!(
        "<h3>Findings</h3>\n<table>\n<thead><tr><th scope=\"col\">Column</th><th scope=\"col\">Kind</th>\
         <th scope=\"col\">Check</th><th scope=\"col\">Grade</th><th scope=\"col\" class=\"n\">Cells</th>\
         <th scope=\"col\">First places</th></tr></thead>\n<tbody>\n{html}</tbody>\n</table>\n"
    )
}

/// Where the first values of a finding are, and what they look like.
fn places(finding: &FindingReport, column: &ColumnReport, rounding: Rounding) -> String {
    let spots = words::spots(finding, column, rounding);
    if spots.is_empty() {
        return "<span class=\"soft\">not told</span>".to_owned();
    }
    let items: Vec<String> = spots
        .iter()
        .map(|spot| {
            let place = spot.line.map_or_else(|| format!("row {}", spot.row), |line| format!("line {line}"));
            format!("<li>{place}: <code>{}</code></li>", escape(&spot.shape.to_string()))
        })
        .collect();
    format!("<ul class=\"spots\">{}</ul>", items.concat())
}

/// A grade in its colour.
fn graded(grade: Grade) -> String {
    format!("<span class=\"{}\">{}</span>", tone(grade).0, words::grade(grade))
}

/// The class of a grade's text, and its fill.
fn tone(grade: Grade) -> (&'static str, Fill) {
    match grade {
        Grade::Certain => ("bad", Fill::Bad),
        Grade::Possible => ("unsure", Fill::Unsure),
    }
}
