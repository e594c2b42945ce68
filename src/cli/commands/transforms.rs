mod markdown;

use std::process::ExitCode;

use serde::Serialize;

use crate::cli::args::TransformsArgs;
use crate::cli::printer::Printer;
use crate::cli::table::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::rules::{COMMON_PARAMETERS, COMMON_WORDS, CommonWord};
use crate::transform::{self, CATALOGUE, Example, Parameter, Properties, TransformKind, TypeClass, nearest};

/// One transform as JSON has it.
#[derive(Serialize)]
struct Entry {
    name: &'static str,
    summary: &'static str,
    takes: &'static [TypeClass],
    parameters: &'static [Parameter],
    properties: Properties,
    example: Example,
}

/// All transforms as JSON has them.
#[derive(Serialize)]
struct Catalogue {
    transforms: Vec<Entry>,
    /// The parameters that every rule may have.
    common_parameters: &'static [Parameter],
    /// What becomes of the values that every transform treats alike.
    common_words: &'static [CommonWord],
}

impl Entry {
    fn new(kind: &dyn TransformKind) -> Self {
        Self {
            name: kind.name(),
            summary: kind.summary(),
            takes: kind.takes(),
            parameters: kind.parameters(),
            properties: kind.properties(),
            example: kind.example(),
        }
    }
}

/// `bowdler transforms`: the catalogue, or one entry of it.
pub(in crate::cli) fn run(args: &TransformsArgs, printer: &Printer) -> Result<ExitCode> {
    if args.markdown {
        printer.print(&markdown::reference())?;
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = args.name.as_deref().map(find).transpose()?;
    if printer.json() {
        let kinds = chosen.map_or_else(|| CATALOGUE.to_vec(), |kind| vec![kind]);
        let transforms = kinds.into_iter().map(Entry::new).collect();
        printer.print_json(&Catalogue {
            transforms,
            common_parameters: COMMON_PARAMETERS,
            common_words: COMMON_WORDS,
        })?;
    } else {
        let text = chosen.map_or_else(|| list(printer.width()), |kind| explain(kind, printer.width()));
        printer.print(&text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn find(name: &str) -> Result<&'static dyn TransformKind> {
    transform::kind(name).ok_or_else(|| {
        let help = match nearest(name, CATALOGUE.iter().map(|kind| kind.name())) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`bowdler transforms` lists them all".to_owned(),
        };
        Error::new(ErrorKind::Usage, "there is no such transform").with_help(help)
    })
}

fn list(width: Option<usize>) -> String {
    let mut table = Table::new(0);
    for kind in CATALOGUE {
        table.line([kind.name(), kind.summary()]);
    }
    table.render(width)
}

fn explain(kind: &dyn TransformKind, width: Option<usize>) -> String {
    let mut title = Table::new(0);
    title.line([format!("{}: {}", kind.name(), kind.summary())]);
    let mut text = title.render(width);
    let mut part = |title: &str, table: &Table| {
        text.push_str(&format!("\n{title}\n"));
        text.push_str(&table.render(width));
    };
    let mut takes = Table::new(2);
    takes.line([types(kind)]);
    part("Types of columns", &takes);
    part("Parameters", &parameters(kind.parameters()));
    part("Parameters of every rule", &parameters(COMMON_PARAMETERS));
    part("Properties, with any parameters", &properties(&kind.properties()));
    let mut words = Table::new(2);
    COMMON_WORDS.iter().for_each(|CommonWord { value, what }| words.line([value, what]));
    part("What is the same for every transform", &words);
    let Example { rule, source, result } = kind.example();
    let mut example = Table::new(2);
    example.line(["rule", rule]);
    example.line(["before", source]);
    example.line(["after", result.unwrap_or(NO_VALUE)]);
    part("Example, with a key of 32 zero bytes if it goes by a key", &example);
    text
}

/// What stands for a result where there is none.
const NO_VALUE: &str = "(no value)";

/// The types that a transform takes, in a line.
fn types(kind: &dyn TransformKind) -> String {
    match kind.takes() {
        takes if takes == TypeClass::ALL => "all".to_owned(),
        takes => takes.iter().map(|class| class.name()).collect::<Vec<_>>().join(", "),
    }
}

fn parameters(parameters: &[Parameter]) -> Table {
    let mut table = Table::new(2);
    if parameters.is_empty() {
        table.line(["none of its own"]);
    }
    for Parameter { name, takes, what } in parameters {
        table.line([name, takes, what]);
    }
    table
}

fn properties(properties: &Properties) -> Table {
    let mut table = Table::new(2);
    for (name, holds, what) in listed(properties) {
        table.line([name, if holds { "yes" } else { "no" }, what]);
    }
    table.line(["leaks", "", properties.leaks]);
    table
}

/// What a transform promises, one by one: what it is called, whether it holds, what that means.
fn listed(properties: &Properties) -> [(&'static str, bool, &'static str); 7] {
    let Properties {
        deterministic, reversible, unique, keeps_length, keeps_type, keeps_format, always_differs, ..
    } = *properties;
    [
        ("deterministic", deterministic, "the same value becomes the same value, in every run with the same key"),
        ("reversible", reversible, "who holds the key can compute the source value"),
        ("unique", unique, "different values stay different"),
        ("keeps length", keeps_length, "every value has as many characters as before"),
        ("keeps type", keeps_type, "the column has the type it had"),
        ("keeps format", keeps_format, "a value looks like its source looked"),
        ("always differs", always_differs, "no value is ever equal to its source; checked in every run"),
    ]
}
