//! Partitioned folders, as Hive and Spark write them: in `dt=2026-01-01/country=FR/part-0.parquet` the names of folders
//! hold the values of two columns, of which the file itself knows nothing.

use std::borrow::Cow;

use super::names;
use super::spelling::percent_decoded;
use crate::error::Shape;

/// The value of a folder that stands for null.
const NULL: &str = "__HIVE_DEFAULT_PARTITION__";

/// A folder that holds the value of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// The name of the column.
    pub key: String,
    /// Its value in all rows below the folder; none for a null.
    pub value: Option<String>,
}

/// What becomes of a partition in the name of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renamed {
    /// The folder stays as it is.
    Kept,
    /// The folder is left out.
    Dropped,
    /// The folder has another value; none for a null.
    Value(Option<String>),
}

/// The partitions that a file is in, by its path relative to the data set, from the outermost.
pub fn partitions(name: &str) -> Vec<Partition> {
    let folders = name.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').filter_map(partition).collect()
}

/// The name of a file with the folders of its partitions, of which there are as many, renamed.
pub fn renamed(name: &str, renamed: &[Renamed]) -> String {
    let mut renamed = renamed.iter();
    let (folders, file) = name.rsplit_once('/').map_or(("", name), |(folders, file)| (folders, file));
    let folder = |folder: &str| match (partition(folder), folder.split_once('=')) {
        (Some(_), Some((key, _))) => match renamed.next() {
            None | Some(Renamed::Kept) => Some(folder.to_owned()),
            Some(Renamed::Dropped) => None,
            Some(Renamed::Value(value)) => Some(format!("{key}={}", value.as_deref().map_or(NULL.into(), escaped))),
        },
        _ => Some(folder.to_owned()),
    };
    let mut parts: Vec<String> = folders.split('/').filter(|folder| !folder.is_empty()).filter_map(folder).collect();
    parts.push(file.to_owned());
    parts.join("/")
}

/// The name of a file as it may be told: the values of its partitions, which are cells, as their shapes, but for those
/// whose key is `kept`; and what else of the name certainly holds something of somebody, part by part.
pub fn told(name: &str, kept: impl Fn(&str) -> bool) -> String {
    let shapes: Vec<Renamed> = partitions(name)
        .into_iter()
        .map(|partition| match kept(&partition.key) {
            true => Renamed::Kept,
            false => Renamed::Value(partition.value.map(|value| Shape::of(&value).to_string())),
        })
        .collect();
    let shown = |part: &str| match part.split_once('=') {
        Some((key, value)) if partition(part).is_some() => format!("{}={value}", names::shown(key, true)),
        _ => names::shown(part, false).into_owned(),
    };
    // The last part is a file, whatever it looks like.
    let renamed = renamed(name, &shapes);
    let (folders, file) = renamed.rsplit_once('/').map_or((None, &*renamed), |(folders, file)| (Some(folders), file));
    let folders = folders.into_iter().flat_map(|folders| folders.split('/')).map(shown);
    folders.chain([names::shown(file, false).into_owned()]).collect::<Vec<_>>().join("/")
}

/// The folders of a name that are partitions, from the outermost.
pub fn partition_folders(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    let folders = name.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').filter(|folder| partition(folder).is_some())
}

/// What is left of a name without the values of its partitions: what no rule decides of.
pub fn without_values(name: &str) -> String {
    let (folders, file) = name.rsplit_once('/').map_or(("", name), |(folders, file)| (folders, file));
    let key = |folder| match partition(folder) {
        Some(partition) => partition.key,
        None => folder.to_owned(),
    };
    folders
        .split('/')
        .filter(|folder| !folder.is_empty())
        .map(key)
        .chain([file.to_owned()])
        .collect::<Vec<_>>()
        .join("/")
}

/// Whether a name is that of a file as it may be told.
pub fn is_told(name_told: &str, name: &str) -> bool {
    let shapes = told(name, |_| false);
    let is_it = |((one, other), shape): ((&str, &str), &str)| one == other || one == shape;
    name_told.split('/').count() == name.split('/').count()
        && name_told.split('/').zip(name.split('/')).zip(shapes.split('/')).all(is_it)
}

fn partition(folder: &str) -> Option<Partition> {
    let (key, value) = folder.split_once('=')?;
    let key = unescaped(key)?;
    let value = if value == NULL { None } else { Some(unescaped(value)?) };
    (!key.is_empty()).then_some(Partition { key, value })
}

/// The text with every `%` and its two hexadecimal digits taken for the byte that they are; none if that is no text.
fn unescaped(text: &str) -> Option<String> {
    String::from_utf8(percent_decoded(text)).ok()
}

/// The text with what can't stand in the name of a folder written as `%` and two hexadecimal digits.
fn escaped(text: &str) -> Cow<'_, str> {
    const ESCAPED: &str = "\"#%'*/:=?\\{[]^";
    let is_plain = |c: char| !c.is_control() && !ESCAPED.contains(c);
    if !text.is_empty() && text.chars().all(is_plain) && text != "." && text != ".." {
        return Cow::Borrowed(text);
    }
    let mut name = String::new();
    for c in text.chars() {
        if is_plain(c) && c != '.' {
            name.push(c);
        } else {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| name.push_str(&format!("%{byte:02X}")));
        }
    }
    Cow::Owned(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_with_a_key_are_columns() {
        let of = |key: &str, value: Option<&str>| Partition { key: key.into(), value: value.map(str::to_owned) };
        for (name, found) in [
            ("a.csv", vec![]),
            ("a=b.csv", vec![]),
            ("x/a.csv", vec![]),
            ("dt=2026-01-01/a.csv", vec![of("dt", Some("2026-01-01"))]),
            ("x/c=FR/y/d=/a.csv", vec![of("c", Some("FR")), of("d", Some(""))]),
            ("c=__HIVE_DEFAULT_PARTITION__/a.csv", vec![of("c", None)]),
            ("t=10%3A30/u=%zz%/a.csv", vec![of("t", Some("10:30")), of("u", Some("%zz%"))]),
            ("a=b=c/f", vec![of("a", Some("b=c"))]),
            ("=b/%ff=c/f", vec![]),
        ] {
            assert_eq!(partitions(name), found, "{name}");
        }
    }

    #[test]
    fn a_name_is_told_without_its_values() {
        for (name, expected) in [
            ("sales/dt=2026-01-01/email=ana%40shop.pt/part-0.csv", "sales/dt=2026-01-01/email=aaa@aaaa.aa/part-0.csv"),
            ("plain/file.csv", "plain/file.csv"),
            ("ana@shop.pt/dt=2026-01-01/bob@shop.pt=2.csv", "aaa@aaaa.aa/dt=2026-01-01/aaa@aaaa.aa=9.aaa"),
        ] {
            let name_told = told(name, |key| key == "dt");
            assert_eq!(name_told, expected);
            assert!(is_told(&name_told, name) && is_told(name, name) && !is_told(&name_told, "sales/other"));
        }
        assert!(!is_told("dt=9999/a", "dt=12/a"));
    }

    #[test]
    fn folders_are_renamed_and_read_back() {
        let value = |text: &str| Renamed::Value(Some(text.to_owned()));
        for (name, changes, output) in [
            ("dt=2026-01-01/a.csv", vec![Renamed::Kept], "dt=2026-01-01/a.csv"),
            ("x/dt=1/c=FR/a.csv", vec![Renamed::Dropped, value("DE")], "x/c=DE/a.csv"),
            ("dt=1/a.csv", vec![value("10:30/../x")], "dt=10%3A30%2F%2E%2E%2Fx/a.csv"),
            ("dt=1/a.csv", vec![value("..")], "dt=%2E%2E/a.csv"),
            ("dt=1/a.csv", vec![Renamed::Value(None)], "dt=__HIVE_DEFAULT_PARTITION__/a.csv"),
            ("x/y/a.csv", vec![], "x/y/a.csv"),
        ] {
            assert_eq!(renamed(name, &changes), output, "{name}");
        }
        for text in ["", "é", "a%2Fb", "\u{1}", "x.y", "{[]}^"] {
            let name = renamed("k=v/f", &[value(text)]);
            assert_eq!(partitions(&name)[0].value.as_deref(), Some(text), "{name}");
            assert_eq!(name.matches('/').count(), 1, "{name}");
        }
    }
}
