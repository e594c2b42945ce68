//! Names that are published: of files and folders, of the tables of a dump, of columns. They are data where nobody wrote
//! them into the rules or on the command line, and are judged before anything is written.

use std::path::Path;

use super::inputs::Input;
use crate::detect::Entity;
use crate::error::{Error, ErrorKind, Result};
use crate::format::Compression;
use crate::key::Keyring;
use crate::rules::names::{held, ordinal, shown};
use crate::rules::{Pattern, Plan, Rules, Table, leaves, partition_folders, without_values};
use crate::transform::Fate;

/// Which names may be published.
#[derive(Debug)]
pub(super) struct Names {
    /// Whether the outputs have the names of their inputs, as those of a folder do.
    of_inputs: bool,
    /// What may stand, whatever it looks like.
    allowed: Vec<Pattern>,
}

impl Names {
    /// Whether names of inputs are published, and the patterns of those that may be whatever is found in them.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if one is no pattern.
    pub(super) fn new(of_inputs: bool, allowed: &[String]) -> Result<Self> {
        let pattern = |text: &String| {
            let wrong =
                || Error::new(ErrorKind::Usage, "`--allow-names` takes a pattern of names, as in \"by_account/*\"");
            Pattern::path(text).ok_or_else(wrong)
        };
        Ok(Self { of_inputs, allowed: allowed.iter().map(pattern).collect::<Result<_>>()? })
    }

    /// What a name certainly holds of somebody, if that must not be published.
    fn forbids(&self, name: &str, judged: &str, is_column: bool) -> Option<String> {
        let held = held(judged, is_column)?;
        (!self.allowed.iter().any(|pattern| pattern.matches(name))).then(|| words(held))
    }

    /// The name of the output of a file: what the rules of its table make of it, or `named`, which is its own after what
    /// they make of its partitions.
    ///
    /// # Errors
    /// [`ErrorKind::Data`] if it can't be published.
    pub(super) fn output(&self, input: &Input, table: &Table, named: String, keys: &Keyring) -> Result<String> {
        if !self.of_inputs {
            return Ok(named);
        }
        let own = without_values(&input.name);
        if let Some(publish_as) = &table.publish_as {
            let (stem, ending) = own.split_at(own.len() - ending(&own));
            let name = publish_as.name(stem, keys) + ending;
            return Ok(partition_folders(&named).rfold(name, |name, folder| format!("{folder}/{name}")));
        }
        match self.forbids(&input.name, &own, false) {
            None => Ok(named),
            Some(held) => Err(Error::data(format!(
                "the name of this file, the {} in the order of names, would be published and holds what looks like {held}",
                ordinal(input.place)
            ))
            .in_file(&input.told_path())
            .with_help(
                "let `publish_as` of its table say what its files are called, call it otherwise, or let the name stand \
                 with `--allow-names PATTERN`",
            )),
        }
    }

    /// Whether a table of a dump, the `place`th of it, may have its name: whatever becomes of its rows, its definition
    /// stays. One that the rules name letter by letter may.
    ///
    /// # Errors
    /// [`ErrorKind::Data`] if not.
    pub(super) fn member(&self, name: &str, place: usize, rules: &Rules) -> Result<()> {
        let short = name.rsplit('.').next().unwrap_or(name);
        let is_named = || rules.tables().iter().any(|table| table.name == name || table.name == short);
        match self.forbids(name, name, true).filter(|_| !is_named()) {
            None => Ok(()),
            Some(held) => Err(Error::data(format!(
                "the name of table {place} of the dump, {}, would be published and holds what looks like {held}",
                shown(name, true)
            ))
            .with_help("dump without it, or let the name stand with `--allow-names PATTERN`")),
        }
    }

    /// Whether the columns may have their names: those that a rule names letter by letter may, and those that are dropped
    /// are in no output but that of a dump, of which the definitions stay.
    ///
    /// # Errors
    /// [`ErrorKind::Data`] with the first that may not.
    pub(super) fn columns(&self, plan: &Plan, in_dump: bool) -> Result<()> {
        for (index, (leaf, report)) in leaves(plan.source_schema())?.iter().zip(plan.report()).enumerate() {
            let path = &leaf.path;
            if (report.fate == Fate::Drop && !in_dump) || report.pattern.as_ref() == Some(path) {
                continue;
            }
            if let Some(held) = self.forbids(path, path, true) {
                let instead = if in_dump { "dump without it" } else { "drop it" };
                return Err(Error::data(format!(
                    "the name of column {}, {}, would be published and holds what looks like {held}",
                    index + 1,
                    shown(path, true)
                ))
                .with_help(format!(
                    "{instead}, name it letter by letter in the rules, or let the name stand with `--allow-names PATTERN`"
                )));
            }
        }
        Ok(())
    }

    /// What stands in the manifest of it.
    pub(super) fn weakenings(&self) -> impl Iterator<Item = String> {
        self.allowed.iter().map(|pattern| {
            format!("--allow-names {}: names may stand there that look like personal data", pattern.text())
        })
    }
}

/// The length of the ending of a file's name that says its format and its compression, with its dot.
pub(super) fn ending(name: &str) -> usize {
    let plain = Compression::off(Path::new(name));
    let stem = plain.with_extension("");
    name.len() - stem.as_os_str().len().min(name.len())
}

fn words(entity: Entity) -> String {
    let name = serde_json::to_value(entity).ok().and_then(|name| name.as_str().map(str::to_owned));
    name.unwrap_or_default().replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_says_format_and_compression() {
        for (name, expected) in [("a/b.csv", ".csv"), ("a.b/c.d.csv.gz", ".csv.gz"), ("x.parquet", ".parquet")] {
            assert_eq!(&name[name.len() - ending(name)..], expected);
        }
    }
}
