use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::count::{Rounding, Shown, percent};
use super::markup::escape;
use super::words::{self, FileView};
use super::{Options, ReportFormat};
use crate::detect::Grade;
use crate::verify::{ColumnReport, Finding, Gap, Report, Verdict};
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
            words::verdict(report.verdict),
            STYLE
        )?;
        let files = words::files(report);
        out.write_all(head(report, &files, rounding).as_bytes())?;
        out.write_all(kinds(&files, rounding).as_bytes())?;
        out.write_all(overview(&files, rounding).as_bytes())?;
        out.write_all(left_out(report, rounding).as_bytes())?;
        for (place, file) in files.iter().enumerate() {
            out.write_all(of_file(place, file, rounding).as_bytes())?;
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
    if text.is_empty() {
        return "<span class=\"soft\">(no name)</span>".to_owned();
    }
    format!("<bdi>{}</bdi>", escape(text))
}

/// The verdict and the tiles.
fn head(report: &Report, files: &[FileView<'_>], rounding: Rounding) -> String {
    let class = match report.verdict {
        Verdict::Clean => "good",
        Verdict::Findings => "bad",
        Verdict::Incomplete => "unsure",
    };
    let columns = || files.iter().flat_map(|file| file.columns());
    let counts =
        |counting: fn((Shown, Shown)) -> Shown| rounding.sum(files.iter().map(|file| counting(file.counts(rounding))));
    let rows = rounding.sum(report.files.iter().map(|file| rounding.alone(file.rows)));
    let cells = rounding.sum(columns().map(|column| words::cells(column, rounding).0));
    let grave = report.coverage.iter().filter(|gap| gap.grave).count();
    let mut tiles = vec![
        ("Files looked at", report.totals.files.to_string()),
        ("Tables of dumps", report.totals.tables.to_string()),
        ("Rows", rows.to_string()),
        ("Columns", columns().count().to_string()),
        ("Filled cells", cells.to_string()),
        ("Found that count", counts(|(counting, _)| counting).to_string()),
        ("Found that do not count", counts(|(_, other)| other).to_string()),
        ("Not looked at", grave.to_string()),
    ];
    if report.totals.tables == 0 {
        tiles.retain(|(term, _)| *term != "Tables of dumps");
    }
    let mut html = format!(
        "<header>\n<h1>Does the data set hold personal data?</h1>\n<div class=\"verdict {class}\">\n\
         <p class=\"sentence\">{}</p>\n<p>{}</p>\n</div>\n<dl class=\"tiles\">\n",
        escape(words::sentence(report)),
        escape(words::advice(report))
    );
    for (term, value) in tiles {
        // Writing to a string can't fail, here and below.
        let _ = writeln!(html, "<div><dt>{term}</dt><dd>{}</dd></div>", escape(&value));
    }
    let _ = writeln!(
        html,
        "</dl>\n<p class=\"soft\">Findings count from the grade <em>{}</em> on; {} allowed.</p>",
        words::grade(report.fail_on),
        report.max
    );
    if !report.weakenings.is_empty() {
        html.push_str("<p>What was asked for that makes the verdict weaker:</p>\n<ul>\n");
        for weakening in &report.weakenings {
            let _ = writeln!(html, "<li>{}</li>", name(weakening));
        }
        html.push_str("</ul>\n");
    }
    html + "</header>\n<main>\n"
}

/// What was found of which kind, over all files.
fn kinds(files: &[FileView<'_>], rounding: Rounding) -> String {
    let mut by_kind: BTreeMap<(String, &str), (Fill, Grade, Vec<Shown>)> = BTreeMap::new();
    for (file, finding) in files.iter().flat_map(|file| file.findings.iter().map(move |finding| (file, *finding))) {
        let (fill, grade, counts) = by_kind.entry((words::what(finding), finding.check.name())).or_insert((
            Fill::Unsure,
            finding.grade,
            Vec::new(),
        ));
        if finding.counts() {
            *fill = Fill::Bad;
        }
        *grade = finding.grade.max(*grade);
        counts.push(file.count(finding, rounding));
    }
    if by_kind.is_empty() {
        return String::new();
    }
    let kinds: Vec<_> =
        by_kind.into_iter().map(|(what, (fill, grade, counts))| (what, fill, grade, rounding.sum(counts))).collect();
    let most = kinds.iter().filter_map(|(.., count)| count.exact()).max().unwrap_or_default();
    let mut html = String::from(
        "<section aria-labelledby=\"kinds\">\n<h2 id=\"kinds\">What was found</h2>\n<table>\n\
         <caption>Cells, or hits outside of cells, by kind and check, over all files. Bars are relative to the longest.</caption>\n<thead><tr>\
         <th scope=\"col\">Kind</th><th scope=\"col\">Check</th><th scope=\"col\">Surest grade</th>\
         <th scope=\"col\" class=\"n\">Count</th></tr></thead>\n<tbody>\n",
    );
    for ((what, check), fill, grade, count) in &kinds {
        let bar = count.share(Shown::Exactly(most)).map_or_else(String::new, |share| picture::bar(share, *fill));
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\" class=\"name\">{}</th><td data-label=\"Check\">{check}</td>\
             <td data-label=\"Surest grade\">{}</td><td data-label=\"Count\" class=\"n\"><span>{}{bar}</span></td></tr>",
            name(what),
            graded(*grade),
            escape(&count.to_string())
        );
    }
    html + "</tbody>\n</table>\n</section>\n"
}

/// File by file: how much there is, what was found, and a strip of its columns.
fn overview(files: &[FileView<'_>], rounding: Rounding) -> String {
    let mut html = String::from(
        "<section aria-labelledby=\"files\">\n<h2 id=\"files\">Files</h2>\n<ul class=\"key\" aria-label=\"Colours of columns\">",
    );
    for fill in [Fill::Bad, Fill::Unsure, Fill::Good, Fill::None] {
        let _ = write!(html, "<li>{}{}</li>", picture::patch(fill), meaning(fill));
    }
    html.push_str(
        "</ul>\n<table>\n<caption>One piece of a strip is one column, in order.</caption>\n<thead><tr>\
         <th scope=\"col\">File</th><th scope=\"col\">Table</th><th scope=\"col\" class=\"n\">Rows</th>\
         <th scope=\"col\">Columns</th><th scope=\"col\" class=\"n\">Found that count</th>\
         <th scope=\"col\">Looked at</th></tr></thead>\n<tbody>\n",
    );
    for (place, view) in files.iter().enumerate() {
        let looked = match (view.file, view.gaps.iter().any(|gap| gap.grave)) {
            (None, _) => "<span class=\"bad\">no</span>",
            (Some(_), true) => "<span class=\"unsure\">in part</span>",
            (Some(_), false) => "yes",
        };
        let rows = view.file.map_or_else(|| "unknown".to_owned(), |file| rounding.alone(file.rows).to_string());
        let table = view.file.and_then(|file| file.table.as_deref()).map_or_else(|| NONE.to_owned(), name);
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\" class=\"name\"><a href=\"#file-{place}\">{}</a></th><td data-label=\"Table\">{table}</td>\
             <td data-label=\"Rows\" class=\"n\">{}</td><td data-label=\"Columns\"><span>{}{}</span></td>\
             <td data-label=\"Found that count\" class=\"n\">{}</td><td data-label=\"Looked at\">{looked}</td></tr>",
            name(view.name),
            escape(&rows),
            view.columns().len(),
            heat(view),
            escape(&view.counts(rounding).0.to_string()),
        );
    }
    html + "</tbody>\n</table>\n</section>\n"
}

/// What stands where there is nothing.
const NONE: &str = "<span class=\"soft\">none</span>";

/// What the colour of a column means.
fn meaning(fill: Fill) -> &'static str {
    match fill {
        Fill::Bad => "findings that count",
        Fill::Unsure => "findings that do not count",
        Fill::Good => "nothing found",
        Fill::None => "not all looked at",
    }
}

/// How a column stands.
fn standing(view: &FileView<'_>, column: &ColumnReport) -> Fill {
    let is_it = |name: &Option<String>| name.as_ref() == Some(&column.name);
    let found = || view.findings.iter().filter(|finding| is_it(&finding.column));
    let missed = |gap: &&Gap| gap.grave && (gap.column.is_none() || is_it(&gap.column));
    if found().any(|finding| finding.counts()) {
        Fill::Bad
    } else if view.gaps.iter().any(missed) {
        Fill::None
    } else if found().next().is_some() {
        Fill::Unsure
    } else {
        Fill::Good
    }
}

/// The strip of a file's columns.
fn heat(view: &FileView<'_>) -> String {
    if view.columns().is_empty() {
        return String::new();
    }
    let pieces: Vec<(Fill, String)> = view
        .columns()
        .iter()
        .map(|column| (standing(view, column), format!("{}: {}", column.name, meaning(standing(view, column)))))
        .collect();
    let words: Vec<String> = [Fill::Bad, Fill::Unsure, Fill::Good, Fill::None]
        .into_iter()
        .map(|fill| format!("{}: {}", meaning(fill), pieces.iter().filter(|(of, _)| *of == fill).count()))
        .collect();
    picture::strip(&pieces, &format!("Columns with {}", words.join("; ")))
}

/// What was not looked at, over all files.
fn left_out(report: &Report, rounding: Rounding) -> String {
    if report.coverage.is_empty() {
        return String::new();
    }
    let mut html =
        String::from("<section aria-labelledby=\"left\">\n<h2 id=\"left\">What was not looked at</h2>\n<ul>\n");
    for gap in &report.coverage {
        let file = gap.file.as_deref().map_or_else(|| "The data set".to_owned(), name);
        let column = gap.column.as_deref().map_or_else(String::new, |column| format!(", column {}", name(column)));
        let class = if gap.grave { "<strong class=\"bad\">grave</strong>: " } else { "" };
        let help = gap
            .help
            .as_deref()
            .map_or_else(String::new, |help| format!(" <span class=\"soft\">(help: {})</span>", name(help)));
        let _ = writeln!(html, "<li>{class}{file}{column}: {}{help}</li>", name(&words::gap(gap, rounding)));
    }
    html + "</ul>\n</section>\n"
}

/// One file: its findings, then its columns.
fn of_file(place: usize, view: &FileView<'_>, rounding: Rounding) -> String {
    let mut html =
        format!("<section aria-labelledby=\"file-{place}\">\n<h2 id=\"file-{place}\">{}</h2>\n", name(view.name));
    match view.file {
        Some(file) => {
            let _ = writeln!(
                html,
                "<p class=\"soft\">Format {}, {}</p>",
                file.format.as_deref().map_or_else(|| "unknown".to_owned(), name),
                escape(&words::things(rounding.alone(file.rows), "row", "rows"))
            );
        }
        None => html.push_str("<p class=\"soft\">It was not looked at.</p>\n"),
    }
    html.push_str(&findings(view, rounding));
    if view.columns().is_empty() {
        return html + "</section>\n";
    }
    html.push_str(
        "<h3>Columns</h3>\n<table>\n<thead><tr><th scope=\"col\">Column</th><th scope=\"col\">Type</th>\
         <th scope=\"col\">Rule</th><th scope=\"col\">Standing</th><th scope=\"col\" class=\"n\">Filled cells</th>\
         <th scope=\"col\" class=\"n\">Null</th></tr></thead>\n<tbody>\n",
    );
    for column in view.columns() {
        html.push_str(&of_column(view, column, rounding));
    }
    html + "</tbody>\n</table>\n</section>\n"
}

/// A line of a file's columns.
fn of_column(view: &FileView<'_>, column: &ColumnReport, rounding: Rounding) -> String {
    let (cells, nulls) = words::cells(column, rounding);
    let all = Shown::Exactly(column.cells + column.nulls);
    let share = if all == Shown::Exactly(0) { None } else { nulls.share(all) };
    let class = match standing(view, column) {
        Fill::Bad => "bad",
        Fill::Unsure => "unsure",
        Fill::Good => "good",
        Fill::None => "soft",
    };
    format!(
        "<tr><th scope=\"row\" class=\"name\">{}</th><td data-label=\"Type\">{}</td><td data-label=\"Rule\">{}</td>\
         <td data-label=\"Standing\"><span class=\"{class}\">{}</span></td><td data-label=\"Filled cells\" class=\"n\">{}</td>\
         <td data-label=\"Null\" class=\"n\"><span>{}{}</span></td></tr>\n",
        name(&column.name),
        name(&column.data_type),
        column.rule.as_deref().map_or_else(|| NONE.to_owned(), name),
        meaning(standing(view, column)),
        escape(&cells.to_string()),
        escape(&share.map_or_else(|| nulls.to_string(), percent)),
        share.map_or_else(String::new, |share| picture::bar(share, Fill::None)),
    )
}

/// The findings of a file.
fn findings(view: &FileView<'_>, rounding: Rounding) -> String {
    let mut html = String::new();
    for finding in &view.findings {
        let count = view.count(finding, rounding);
        let excuse = words::excuse(finding.standing)
            .map_or_else(String::new, |why| format!(" <span class=\"soft\">({why})</span>"));
        let fill = if finding.counts() { Fill::Bad } else { Fill::Unsure };
        let bar = match (rounding.0, finding.of) {
            // How many cells there are may be what is not told.
            (Some(_), _) | (_, 0) => String::new(),
            (None, of) => count.share(Shown::Exactly(of)).map_or_else(String::new, |share| picture::bar(share, fill)),
        };
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\" class=\"name\">{}</th><td data-label=\"What\"><span>{}<br><span class=\"soft\">{}</span></span></td>\
             <td data-label=\"Check\">{}</td><td data-label=\"Grade\"><span>{}{excuse}</span></td>\
             <td data-label=\"Count\" class=\"n\"><span>{}{bar}</span></td><td data-label=\"First places\">{}</td></tr>",
            name(&words::place(finding)),
            name(&words::what(finding)),
            name(&finding.message),
            finding.check.name(),
            graded(finding.grade),
            escape(&words::counted(finding, count)),
            places(view, finding, rounding)
        );
    }
    if html.is_empty() && view.file.is_none() {
        // Nobody looked: that nothing was found would say too much.
        return html;
    }
    if html.is_empty() {
        return "<p>Nothing was found.</p>\n".to_owned();
    }
    format!(
        "<h3>Findings</h3>\n<table>\n<thead><tr><th scope=\"col\">Place</th><th scope=\"col\">What</th>\
         <th scope=\"col\">Check</th><th scope=\"col\">Grade</th><th scope=\"col\" class=\"n\">Count</th>\
         <th scope=\"col\">First places</th></tr></thead>\n<tbody>\n{html}</tbody>\n</table>\n"
    )
}

/// Where the first values of a finding are, and what they look like.
fn places(view: &FileView<'_>, finding: &Finding, rounding: Rounding) -> String {
    let sites = view.sites(finding, rounding);
    if sites.is_empty() {
        return "<span class=\"soft\">not told</span>".to_owned();
    }
    let items: Vec<String> = sites
        .iter()
        .map(|site| {
            let at = words::at(site).map_or_else(String::new, |at| format!("{at}: "));
            format!("<li>{at}<code>{}</code></li>", escape(&site.shape))
        })
        .collect();
    format!("<ul class=\"spots\">{}</ul>", items.concat())
}

/// A grade in its colour.
fn graded(grade: Grade) -> String {
    let class = match grade {
        Grade::Certain => "bad",
        Grade::Possible => "unsure",
    };
    format!("<span class=\"{class}\">{}</span>", words::grade(grade))
}
