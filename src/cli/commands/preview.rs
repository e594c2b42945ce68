mod sight;

use std::num::NonZero;
use std::process::ExitCode;

use console::measure_text_width;
use serde::Serialize;

use super::check::ColumnReport;
use crate::cli::args::PreviewArgs;
use crate::cli::printer::Printer;
use crate::cli::table::{Table, shortened};
use crate::error::{Result, printable};
use crate::key::Keyring;
use crate::pipeline::{self, Preview};
use crate::rules::Rules;
use crate::transform::Fate;

use sight::{Became, NULL, Sight, sights};

/// The width that a preview is laid out for where there is no terminal, and the least that it is laid out for.
const WIDTH: usize = 80;

/// The most that a column's name takes up beside its values; a longer one has a line of its own.
const NAME: usize = 24;

/// A preview as JSON has it.
#[derive(Serialize)]
struct Report<'p> {
    /// Whether source values are shown as they are, not as shapes.
    source_shown: bool,
    files: Vec<FileReport<'p>>,
}

#[derive(Serialize)]
struct FileReport<'p> {
    path: &'p str,
    table: &'p str,
    columns: Vec<ColumnReport<'p>>,
    rows: Vec<RowReport<'p>>,
}

#[derive(Serialize)]
struct RowReport<'p> {
    record: u64,
    /// The columns that are not dropped.
    columns: Vec<Sight<'p>>,
}

/// `bowdler preview`: what the rules do to the first rows.
pub(in crate::cli) fn run(args: &PreviewArgs, printer: &Printer) -> Result<ExitCode> {
    let rules = Rules::from_file(&args.rules)?;
    let rows = NonZero::new(usize::from(args.rows)).unwrap_or(NonZero::<usize>::MIN);
    let (key, _) = args.keys.given_or_random(printer)?;
    let keys = Keyring::new(key, rules.suite());
    let previews = pipeline::preview(&rules, &args.from, &keys, rows, args.table.as_deref())?;
    let files: Vec<FileReport<'_>> = previews.iter().map(|preview| file_report(preview, args.show_source)).collect();
    if printer.json() {
        printer.print_json(&Report { source_shown: args.show_source, files })?;
    } else {
        let width = printer.width().unwrap_or(WIDTH).max(WIDTH);
        let texts = previews.iter().zip(&files).map(|(preview, file)| text(preview, file, width));
        printer.print(&texts.collect::<Vec<_>>().join("\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn file_report<'p>(preview: &'p Preview, show_source: bool) -> FileReport<'p> {
    let rows = preview
        .rows
        .iter()
        .map(|row| RowReport { record: row.record, columns: sights(&preview.columns, row, show_source) });
    FileReport {
        path: &preview.input.told,
        table: &preview.table,
        columns: preview.columns.iter().map(ColumnReport::new).collect(),
        rows: rows.collect(),
    }
}

fn text(preview: &Preview, file: &FileReport<'_>, width: usize) -> String {
    let mut head = Table::new(0);
    head.line([format!("{}: table {}", file.path, file.table)]);
    let dropped: Vec<&str> = preview
        .columns
        .iter()
        .filter(|column| column.fate == Fate::Drop)
        .map(|column| column.leaf.path.as_str())
        .collect();
    if !dropped.is_empty() {
        head.line([format!("  dropped: {}", dropped.join(", "))]);
    }
    if file.rows.is_empty() {
        head.line(["  no rows"]);
    }
    let mut text = head.render(Some(width));
    for row in &file.rows {
        text.push_str(&format!("\n  record {}\n", row.record));
        text.push_str(&block(&row.columns, width).render(Some(width)));
    }
    text
}

/// A row, a line for each column: before and after.
fn block(sights: &[Sight<'_>], width: usize) -> Table {
    let mut table = Table::new(4);
    let names: Vec<String> = sights.iter().map(|sight| printable(sight.column)).collect();
    let befores: Vec<String> = sights.iter().map(|sight| printable(&sight.before.text())).collect();
    // What is left of the line beside indent, name, arrow and gaps is for the values: at most half of it for the side
    // before, and the rest for the side after.
    let names_room = names.iter().map(|name| measure_text_width(name)).filter(|width| *width <= NAME).max();
    let room = width - 4 - names_room.unwrap_or(0) - 8;
    let before_room = befores.iter().map(|text| measure_text_width(text)).max().unwrap_or(0).min(room / 2);
    for ((sight, name), before) in sights.iter().zip(&names).zip(&befores) {
        let before = shortened(before, before_room);
        let after = sight.after.text();
        let after = match sight.became {
            // The null that stands in for such a value is none that a run would write.
            Became::Invalid if after == NULL => sight.remark().to_owned(),
            _ => [&shortened(&printable(&after), room - before_room), sight.remark()].join(" ").trim_end().to_owned(),
        };
        if measure_text_width(name) <= NAME {
            table.line([name, &before, "->", &after]);
        } else {
            table.line([name]);
            table.line(["", &before, "->", &after]);
        }
    }
    table
}
