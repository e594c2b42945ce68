//! The values of each path become a column, are rewritten, and are put back where they stood.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, StringViewArray};

use super::path::Paths;
use super::scan::{Cut, Fault, Scanner};

use crate::error::{Error, Result};
use crate::json::{Kind, is_number, push_string, unescape};
use crate::transform::text::text;
use crate::transform::{Fate, Rewritten, Rows, Transform};
use crate::unchecked::TextBuilder;

/// The rules of paths at work on a column of JSON texts.
pub(super) struct Splice {
    tree: Paths,
    /// Path by path, as written.
    paths: Vec<String>,
    fates: Vec<Fate>,
    /// Path by path; none where nothing is rewritten.
    transforms: Vec<Option<Box<dyn Transform>>>,
    leave_out_unlisted: bool,
}

/// Why a text does not conform.
enum Reason {
    /// The text itself is to blame.
    Text(Fault),
    /// A value at this path does not conform to the path's rule.
    Value(usize),
    /// What the rule made of a value at this path is no value of the same kind.
    Kind(usize),
}

/// The values of one path in a batch, end to end.
struct Leaves {
    builder: TextBuilder,
    /// The text that each is in.
    texts: Vec<u32>,
}

/// What has become of the values of one path.
struct Made {
    values: StringViewArray,
    /// The next value to be put in.
    next: usize,
}

impl Splice {
    pub(super) fn new(
        tree: Paths,
        paths: Vec<String>,
        fates: Vec<Fate>,
        transforms: Vec<Option<Box<dyn Transform>>>,
        leave_out_unlisted: bool,
    ) -> Self {
        Self { tree, paths, fates, transforms, leave_out_unlisted }
    }

    /// Rewrites the texts; `told` hears of each that does not conform, and why.
    fn rewrite(&self, values: &ArrayRef, rows: &Rows<'_>, mut told: impl FnMut(Reason)) -> Result<Rewritten> {
        let sources = text(values)?;
        let mut fails = vec![false; sources.len()];
        let mut fail = |place: usize, reason: Reason| {
            if let Some(fails) = fails.get_mut(place).filter(|fails| !**fails) {
                *fails = true;
                told(reason);
            }
        };
        let mut cuts = Vec::new();
        let mut scanner = Scanner::new(&self.tree, &self.fates, self.leave_out_unlisted);
        for (place, source) in sources.iter().enumerate() {
            if let Some(Err(fault)) = source.map(|source| scanner.scan(place as u32, source, &mut cuts)) {
                fail(place, Reason::Text(fault));
            }
        }
        let mut made = Vec::with_capacity(self.transforms.len());
        for (path, (transform, leaves)) in self.transforms.iter().zip(self.leaves(sources, &cuts)?).enumerate() {
            let column: ArrayRef = Arc::new(leaves.builder.finish());
            let values = match transform {
                Some(transform) if !column.is_empty() => {
                    let owners: Vec<u32> = leaves.texts.iter().map(|text| rows.row(*text as usize) as u32).collect();
                    let rewritten = transform.apply(&column, &rows.of(&owners))?;
                    for leaf in rewritten.invalid {
                        fail(leaves.texts.get(leaf).map_or(usize::MAX, |text| *text as usize), Reason::Value(path));
                    }
                    rewritten.values
                }
                _ => Arc::clone(&column),
            };
            if values.len() != column.len() {
                return Err(broken());
            }
            made.push(Made { values: text(&values)?.clone(), next: 0 });
        }
        self.put_in(sources, &cuts, made, fails, told)
    }

    /// The values of each path.
    fn leaves(&self, sources: &StringViewArray, cuts: &[Cut]) -> Result<Vec<Leaves>> {
        let mut counts = vec![0; self.transforms.len()];
        for (path, _) in cuts.iter().filter_map(|cut| cut.leaf) {
            counts[path as usize] += 1;
        }
        let empty = |count: &usize| Leaves { builder: TextBuilder::new(*count), texts: Vec::with_capacity(*count) };
        let mut leaves: Vec<Leaves> = counts.iter().map(empty).collect();
        let mut unescaped = String::new();
        for cut in cuts {
            let Some((path, kind)) = cut.leaf else { continue };
            let leaves = &mut leaves[path as usize];
            leaves.texts.push(cut.text);
            let source = sources.value(cut.text as usize);
            let written = |from: u32, to: u32| source.get(from as usize..to as usize).ok_or_else(broken);
            match kind {
                Kind::Null => leaves.builder.push_null(),
                Kind::Text { escaped: false } => leaves.builder.push(written(cut.start + 1, cut.end - 1)?),
                Kind::Text { escaped: true } => {
                    unescaped.clear();
                    unescape(written(cut.start + 1, cut.end - 1)?, &mut unescaped);
                    leaves.builder.push(&unescaped);
                }
                Kind::Number | Kind::Boolean => leaves.builder.push(written(cut.start, cut.end)?),
            }
        }
        Ok(leaves)
    }

    /// Puts what was made where the values stood.
    fn put_in(
        &self,
        sources: &StringViewArray,
        cuts: &[Cut],
        mut made: Vec<Made>,
        mut fails: Vec<bool>,
        mut told: impl FnMut(Reason),
    ) -> Result<Rewritten> {
        let mut builder = TextBuilder::new(sources.len());
        let mut cuts = cuts.iter().peekable();
        let mut json = String::new();
        for (place, source) in sources.iter().enumerate() {
            let Some(source) = source else {
                builder.push_null();
                continue;
            };
            let mut from = 0;
            json.clear();
            while let Some(cut) = cuts.next_if(|cut| cut.text as usize == place) {
                json.push_str(source.get(from..cut.start as usize).ok_or_else(broken)?);
                from = cut.end as usize;
                let Some((path, kind)) = cut.leaf else { continue };
                let path = path as usize;
                let Made { values, next } = &mut made[path];
                let value = values.is_valid(*next).then(|| values.value(*next));
                *next += 1;
                if !fails[place] && !push_value(value, kind, &mut json) {
                    fails[place] = true;
                    told(Reason::Kind(path));
                }
            }
            if fails[place] {
                builder.push_null();
            } else if from == 0 {
                builder.push(source);
            } else {
                json.push_str(source.get(from..).ok_or_else(broken)?);
                builder.push(&json);
            }
        }
        let invalid = fails.iter().enumerate().filter(|(_, fails)| **fails).map(|(place, _)| place).collect();
        Ok(Rewritten { values: Arc::new(builder.finish()), invalid })
    }
}

impl Transform for Splice {
    fn apply(&self, values: &ArrayRef, rows: &Rows<'_>) -> Result<Rewritten> {
        self.rewrite(values, rows, |_| ())
    }

    fn explain(&self, values: &ArrayRef, place: usize, rows: &Rows<'_>) -> Option<String> {
        let mut first = None;
        let owner = [rows.row(place) as u32];
        let one = values.slice(place, 1);
        self.rewrite(&one, &rows.of(&owner), |reason| {
            first.get_or_insert(reason);
        })
        .ok()?;
        Some(match first? {
            Reason::Text(fault) => fault.tell(),
            Reason::Value(path) => {
                format!("a value at `{}` does not conform to the rule of that path", self.paths[path])
            }
            Reason::Kind(path) => format!(
                "the rule of `{}` makes of a number or a boolean what is none, and a value keeps its kind",
                self.paths[path]
            ),
        })
    }
}

/// Appends a value of the kind that stood there, or null. What comes in place of a null is a text.
fn push_value(value: Option<&str>, kind: Kind, json: &mut String) -> bool {
    match (value, kind) {
        (None, _) => json.push_str("null"),
        (Some(value), Kind::Text { .. } | Kind::Null) => push_string(value, json),
        (Some(value), Kind::Number) if is_number(value) => json.push_str(value),
        (Some(value @ ("true" | "false")), Kind::Boolean) => json.push_str(value),
        (Some(_), Kind::Number | Kind::Boolean) => return false,
    }
    true
}

fn broken() -> Error {
    Error::internal("a JSON text can't be put together from its parts")
}
