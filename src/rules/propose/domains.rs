use std::collections::BTreeSet;

use super::{ColumnFacts, TableFacts};
use crate::detect::column::IDENTIFIER;
use crate::detect::words::{PERSON_ID, split};
use crate::detect::{Classification, Harmless, IdentityForm};
use crate::transform::TypeClass;

/// As many different values two columns must have before having the same ones means something.
const ENOUGH: u64 = 20;
/// The part of the values that they must share.
const SHARED: f64 = 0.8;
/// The least maximum of a domain of integers: values grow.
const ROOM: u64 = 999_999_999;

/// Which columns hold the same identities, so that they need the same tokens.
#[derive(Debug, Default)]
pub(super) struct Domains {
    domains: Vec<Domain>,
}

#[derive(Debug)]
struct Domain {
    name: String,
    form: IdentityForm,
    /// The largest integer, where it has that form.
    max: u64,
    /// Table and column of each member.
    members: Vec<(usize, usize)>,
}

impl Domains {
    /// Finds the identities of tables: columns of keys, put together where header and form are the same, or where most
    /// of the values are.
    pub(super) fn find(tables: &[TableFacts], classified: &[Vec<Classification>]) -> Self {
        let mut found = Self::default();
        for (table, (facts, classes)) in tables.iter().zip(classified).enumerate() {
            for (column, (facts_of, class)) in facts.columns.iter().zip(classes).enumerate() {
                if !is_key(facts_of, class) {
                    continue;
                }
                let Some(max) = room(facts_of, class.form) else { continue };
                let stem = stem(&facts_of.path, &facts.name);
                let joined = found.domains.iter_mut().find(|domain| {
                    let joins = |(table, column): &(usize, usize)| {
                        tables
                            .get(*table)
                            .and_then(|table| table.columns.get(*column))
                            .is_some_and(|other| joins(other, facts_of))
                    };
                    domain.form == class.form && (domain.name == stem || domain.members.iter().any(joins))
                });
                match joined {
                    Some(domain) => {
                        domain.members.push((table, column));
                        domain.max = domain.max.max(max);
                    }
                    None => {
                        let name = found.free(&stem);
                        found.domains.push(Domain { name, form: class.form, max, members: vec![(table, column)] });
                    }
                }
            }
        }
        found.fit(tables);
        found
    }

    fn free(&self, stem: &str) -> String {
        let taken: BTreeSet<&str> = self.domains.iter().map(|domain| domain.name.as_str()).collect();
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        std::iter::once(stem.to_owned()).chain(numbered).find(|name| !taken.contains(name.as_str())).unwrap_or_default()
    }

    /// Leaves out of a domain the columns whose type can't hold its largest integer.
    fn fit(&mut self, tables: &[TableFacts]) {
        for domain in &mut self.domains {
            let (form, max) = (domain.form, domain.max);
            domain.members.retain(|(table, column)| {
                let facts = tables.get(*table).and_then(|table| table.columns.get(*column));
                form != IdentityForm::Integer || facts.is_some_and(|facts| capacity(facts) >= max)
            });
        }
        self.domains.retain(|domain| !domain.members.is_empty());
    }

    /// The domain of a column.
    pub(super) fn of(&self, table: usize, column: usize) -> Option<&str> {
        self.domains.iter().find(|domain| domain.members.contains(&(table, column))).map(|domain| domain.name.as_str())
    }

    /// The domains as they are written.
    pub(super) fn written(&self) -> Vec<(String, String)> {
        let form = |domain: &Domain| match domain.form {
            IdentityForm::Integer => format!("{{ form = \"integer\", max = {} }}", grouped(domain.max)),
            IdentityForm::Uuid => "{ form = \"uuid\" }".to_owned(),
            IdentityForm::Text => "{ form = \"text\" }".to_owned(),
        };
        self.domains.iter().map(|domain| (domain.name.clone(), form(domain))).collect()
    }
}

/// Whether a column is to become tokens of a domain.
fn is_key(column: &ColumnFacts, class: &Classification) -> bool {
    let typed = matches!(TypeClass::of(&column.data_type), Some(TypeClass::Text | TypeClass::Integer));
    // Whole numbers of which nothing is known may be anybody's, and must stay whole numbers.
    let numbers = class.form == IdentityForm::Integer && class.harmless.is_none();
    typed
        && class.harmless != Some(Harmless::Empty)
        && (matches!(class.entity, Some(PERSON_ID | IDENTIFIER)) || class.entity.is_none() && numbers)
}

/// Whether two columns have so many values in common that they mean the same.
fn joins(one: &ColumnFacts, other: &ColumnFacts) -> bool {
    one.profile.distinct().min(other.profile.distinct()) >= ENOUGH && one.profile.overlap(&other.profile) >= SHARED
}

/// The largest value that the tokens of a column are to have; none if that is more than its type can hold.
fn room(column: &ColumnFacts, form: IdentityForm) -> Option<u64> {
    if form != IdentityForm::Integer {
        let is_text = TypeClass::of(&column.data_type) == Some(TypeClass::Text);
        return is_text.then_some(0);
    }
    let (_, greatest) = column.profile.range()?;
    let max = std::iter::successors(Some(ROOM), |max| max.checked_mul(10)?.checked_add(9))
        .find(|max| *max as f64 > greatest)?;
    (max <= capacity(column)).then_some(max)
}

fn capacity(column: &ColumnFacts) -> u64 {
    use arrow::datatypes::DataType;
    match column.data_type {
        DataType::Int8 | DataType::UInt8 | DataType::Int16 | DataType::UInt16 => 0,
        DataType::Int32 => i32::MAX as u64,
        DataType::UInt32 => u64::from(u32::MAX),
        _ => i64::MAX as u64,
    }
}

/// What a key is the key of: `customer_id` and `CustomerNo` are the customer's, `id` is the table's.
fn stem(path: &str, table: &str) -> String {
    let words = split(path.rsplit('.').next().unwrap_or(path));
    let kept: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| {
            !matches!(*word, "id" | "uuid" | "guid" | "key" | "no" | "nr" | "number" | "code" | "ref" | "pk" | "fk")
        })
        .collect();
    let stem = if kept.is_empty() { table.trim_end_matches('s').to_owned() } else { kept.join("_") };
    let stem: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if stem.is_empty() { "key".to_owned() } else { stem }
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join("_")
}
