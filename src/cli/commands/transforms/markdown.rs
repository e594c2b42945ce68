use super::{NO_VALUE, listed, types};
use crate::rules::{COMMON_PARAMETERS, COMMON_WORDS};
use crate::transform::{CATALOGUE, Example, Parameter, TransformKind};

/// What the page begins with.
const HEAD: &str = "\
# Transforms

What can be done to a column, as `bowdler transforms NAME` explains it. This page is made of the catalogue, by
`cargo run -- transforms --markdown > rules/REFERENCE.md`; a test tells when it has to be made again.
Every column of a CSV file is text.
";

/// The reference of all transforms: one table of what they promise, a section for each, and what is the same for all.
pub(super) fn reference() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n## What each promises\n\nWith any parameters; a column may be promised more than that.\n\n");
    page.push_str(&promises());
    for kind in CATALOGUE {
        page.push_str(&section(*kind));
    }
    page.push_str("\n## Parameters of every rule\n\n");
    page.push_str(&parameters(COMMON_PARAMETERS));
    page.push_str("\n## What is the same for every transform\n\n");
    page.push_str(&row(["a value", "what becomes of it"]));
    page.push_str("|---|---|\n");
    COMMON_WORDS.iter().for_each(|word| page.push_str(&row([word.value, word.what])));
    page
}

fn promises() -> String {
    let mut table = String::new();
    for (place, kind) in CATALOGUE.iter().enumerate() {
        let promises = listed(&kind.properties());
        if place == 0 {
            table.push_str(&row(std::iter::once("`do`").chain(promises.map(|(name, ..)| name))));
            table.push_str(&format!("|{}\n", "---|".repeat(1 + promises.len())));
        }
        let holds = promises.map(|(_, holds, _)| if holds { "yes" } else { "" });
        table.push_str(&row(std::iter::once(link(*kind).as_str()).chain(holds)));
    }
    if let Some(kind) = CATALOGUE.first() {
        table.push('\n');
        for (name, _, what) in listed(&kind.properties()) {
            table.push_str(&format!("- {name}: {what}\n"));
        }
    }
    table
}

fn section(kind: &dyn TransformKind) -> String {
    let Example { rule, source, result } = kind.example();
    let own = match kind.parameters() {
        [] => "It has no parameters of its own.\n".to_owned(),
        own => parameters(own),
    };
    format!(
        "\n## `{name}`\n\n{summary}.\n\n- Takes: {types}\n- What a reader of the output can still learn: {leaks}\n\n{own}\n\
         ```toml\ncolumn = {rule}\n```\n\n`{source}` becomes {result}.\n",
        name = kind.name(),
        summary = capital(kind.summary()),
        types = types(kind),
        leaks = kind.properties().leaks,
        result = result.map_or(NO_VALUE.to_owned(), |result| format!("`{result}`")),
    )
}

fn parameters(parameters: &[Parameter]) -> String {
    let mut table = row(["parameter", "takes", "what"]) + "|---|---|---|\n";
    for Parameter { name, takes, what } in parameters {
        table.push_str(&row([format!("`{name}`").as_str(), takes, what]));
    }
    table
}

/// A line of a table. A `|` in a cell would end it, in code as well.
fn row<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn link(kind: &dyn TransformKind) -> String {
    format!("[`{0}`](#{0})", kind.name())
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
