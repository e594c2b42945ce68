//! What is allowed and weaker than it may look: told by `check`, and as far as it is a weakening, in the manifest.

use std::collections::BTreeSet;
use std::fmt;

use arrow::datatypes::DataType;

use super::diagnostic::Annotated;
use super::document::ColumnRule;
use super::{LeafReport, Rules, Table};
use crate::error::Part;
use crate::transform::{Complaint, Facts, Fate, RowCount, Span, TypeClass, Weakness, of_few_values};

/// Names of columns that every table may have for something of its own: that two tables have one says nothing.
const COMMON_NAMES: &[&str] = &["id", "uuid", "key", "code", "number", "name", "type", "status"];

/// What is known of one file of a table without its values.
#[derive(Debug, Clone)]
pub struct FileFacts<'a> {
    /// The place of its table in [`Rules::tables`].
    pub table: usize,
    /// What happens to each of its leaves.
    pub columns: Vec<&'a LeafReport>,
    /// How many rows it has, where that is known.
    pub rows: Option<RowCount>,
}

/// Everything in the rules that is allowed and weaker than it may look, each thing shown in its own line. Advice is no
/// error: nothing stops at it.
#[derive(Debug, Clone, Default)]
pub struct Advice {
    annotated: Annotated,
    weakenings: Vec<String>,
}

impl Advice {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.annotated.complaints().is_empty()
    }

    /// The pieces of advice, one by one, in the order of the rules file.
    pub fn parts(&self) -> Vec<Part> {
        self.annotated.parts()
    }

    /// Of the advice, what a reader of the output can make use of, each in a line for the manifest that names table and
    /// column: not what merely does less than somebody may expect.
    pub fn weakenings(&self) -> &[String] {
        &self.weakenings
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.annotated.fmt_warnings(f)
    }
}

impl Rules {
    /// Looks for what is weaker than it may look, by the rules and by what is known of files. No file is needed: what
    /// depends on none is found without.
    pub fn advise(&self, files: &[FileFacts<'_>]) -> Advice {
        let mut adviser = Adviser { rules: self, complaints: Vec::new(), weakenings: BTreeSet::new() };
        for (place, table) in self.tables().iter().enumerate() {
            let files: Vec<&FileFacts<'_>> = files.iter().filter(|file| file.table == place).collect();
            for column in &table.columns {
                adviser.column(table, column, &files);
            }
            adviser.dates(table, &files);
            adviser.subject(place, table);
        }
        Advice {
            annotated: Annotated::new(&self.name, &self.text, adviser.complaints),
            weakenings: adviser.weakenings.into_iter().collect(),
        }
    }
}

struct Adviser<'a> {
    rules: &'a Rules,
    complaints: Vec<Complaint>,
    weakenings: BTreeSet<String>,
}

impl Adviser<'_> {
    /// Something that does less than it may seem to.
    fn note(&mut self, span: &Span, message: String, help: &str) {
        self.complaints.push(Complaint::new(span.clone(), message).help(help));
    }

    /// Something that a reader of the output can make use of.
    fn weakening(&mut self, table: &Table, column: &ColumnRule, Weakness { message, help }: Weakness) {
        self.weakenings.insert(format!("{}.{}: {message}", table.name, column.pattern.text()));
        self.note(&column.span, message, help);
    }

    fn column(&mut self, table: &Table, column: &ColumnRule, files: &[&FileFacts<'_>]) {
        for facts in facts(table, column, files) {
            for rule in column.rule.arms() {
                let mut weaknesses = rule.recipe.weaknesses(&facts);
                let pseudonym = rule.recipe.domain().is_some() || rule.recipe.properties().unique;
                if pseudonym && rule.recipe.fate() == Fate::Rewrite {
                    weaknesses.extend(of_few_values(&facts));
                }
                weaknesses.into_iter().for_each(|weakness| self.weakening(table, column, weakness));
            }
        }
        let name = column.pattern.text();
        if COMMON_NAMES.contains(&name) {
            return;
        }
        for other in self.tokens_elsewhere(table, name) {
            if column.rule.arms().any(|rule| rule.recipe.fate() == Fate::Keep) {
                let message = format!("`{name}` stays as it is here, and is made a token in table `{other}`");
                self.weakening(
                    table,
                    column,
                    Weakness::new(message, "make it a token of the same domain here as well"),
                );
            } else if column.rule.recipe.domain() == Some(&format!("{}.{name}", table.name)) {
                let message = format!(
                    "without a domain, tokens of `{name}` are other ones here than in table `{other}`: the two do not join"
                );
                self.note(&column.span, message, "declare a domain under [domains] and name it in both rules");
            }
        }
    }

    /// The other tables in which the column of this name is made a token.
    fn tokens_elsewhere(&self, table: &Table, name: &str) -> Vec<String> {
        let is_token = |column: &ColumnRule| column.pattern.text() == name && column.rule.recipe.domain().is_some();
        let others = self.rules.tables().iter().filter(|other| other.name != table.name);
        others.filter(|other| other.columns.iter().any(is_token)).map(|other| other.name.clone()).collect()
    }

    /// Dates that stay beside dates that are shifted give the offset away.
    fn dates(&mut self, table: &Table, files: &[&FileFacts<'_>]) {
        if !shifts(table) {
            return;
        }
        let kept = files.iter().flat_map(|file| &file.columns).filter(|leaf| {
            leaf.fate == Fate::Keep
                && matches!(
                    class(table, &leaf.leaf.path, &leaf.leaf.data_type),
                    Some(TypeClass::Date | TypeClass::Timestamp)
                )
        });
        let patterns: BTreeSet<&str> = kept.filter_map(|leaf| leaf.pattern.as_deref()).collect();
        for column in table.columns.iter().filter(|column| patterns.contains(column.pattern.text())) {
            let message =
                "dates stay as they are beside dates that are shifted: where two belong together, they tell how far";
            self.weakening(table, column, Weakness::new(message, "shift them by the same `days`, or generalise them"));
        }
    }

    /// The dates of one subject go together across tables only if its tokens do.
    fn subject(&mut self, place: usize, table: &Table) {
        let Some((span, label)) = table.subject.as_ref().map(|(span, _)| span).zip(subject_label(table)) else {
            return;
        };
        for other in self.rules.tables().iter().take(place) {
            let same = matches!((&table.subject, &other.subject), (Some((_, here)), Some((_, there))) if here == there);
            if same && subject_label(other).is_some_and(|there| there != label) {
                let message = format!(
                    "the dates of one subject are shifted otherwise here than in table `{}`: the subjects are of different domains",
                    other.name
                );
                self.note(span, message, "make the subject a token of one domain in both tables");
            }
        }
    }
}

/// What is known of the columns that a rule is for: of each type that they have, once. Without a file, one that knows
/// no more than what the rules declare.
fn facts(table: &Table, column: &ColumnRule, files: &[&FileFacts<'_>]) -> Vec<Facts> {
    let name = column.pattern.text();
    let rows = files.iter().map(|file| file.rows).reduce(|sum, rows| Some(sum?.plus(rows?))).flatten();
    let known = Facts { rows, ..Facts::default() };
    let mut facts = Vec::new();
    let leaves = files.iter().flat_map(|file| &file.columns);
    for leaf in leaves.filter(|leaf| leaf.pattern.as_deref() == Some(name)) {
        let data_type = declared(table, &leaf.leaf.path).unwrap_or(&leaf.leaf.data_type);
        facts.push(known.of_type(data_type));
    }
    if files.is_empty() {
        facts.push(declared(table, name).map_or(known, |data_type| known.of_type(data_type)));
    }
    facts.dedup();
    facts
}

/// The type that the rules declare for a column of CSV.
fn declared<'t>(table: &'t Table, column: &str) -> Option<&'t DataType> {
    table.types.get(column).map(|declared| &declared.0)
}

fn class(table: &Table, column: &str, data_type: &DataType) -> Option<TypeClass> {
    TypeClass::of(declared(table, column).unwrap_or(data_type))
}

/// Whether some column of the table is moved by an offset of its subject.
fn shifts(table: &Table) -> bool {
    table.columns.iter().flat_map(|column| column.rule.arms()).any(|rule| rule.recipe.needs_subject())
}

/// What the offsets of a table's subjects are keyed by, where some column goes by them: a domain, or a column's name.
fn subject_label(table: &Table) -> Option<String> {
    let (_, subject) = table.subject.as_ref().filter(|_| shifts(table))?;
    let rule = table.columns.iter().find(|column| column.pattern.text() == subject);
    Some(rule.and_then(|column| column.rule.recipe.domain()).unwrap_or(subject).to_owned())
}
