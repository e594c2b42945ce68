use std::collections::BTreeSet;

use super::kin::Kin;
use super::{ColumnFacts, TableFacts, Takes};
use crate::detect::column::IDENTIFIER;
use crate::detect::words::{PERSON_ID, split};
use crate::detect::{Classification, Harmless, IdentityForm};
use crate::transform::TypeClass;

/// As many different values two columns must have before having the same ones means something.
const ENOUGH: u64 = 20;
/// The part of the values that they must share.
const SHARED: f64 = 0.8;
/// How many characters a text token has, and the fewest that it may have.
const TOKEN: u64 = 26;
const SHORTEST: u64 = 8;
/// The least maximum that a domain of integers may have at all.
const FEWEST: u64 = 999_999;
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
    /// The largest integer, where it has that form; of a text, the number of characters.
    max: u64,
    /// Table and column of each member.
    members: Vec<(usize, usize)>,
    /// Of these, those that a database holds to the same values: none of them can be left out.
    kin: Vec<(usize, usize)>,
}

impl Domains {
    /// Finds the identities of tables: columns of keys, put together where header and form are the same, or where most
    /// of the values are; and before them, those that a database holds to the same values.
    pub(super) fn find(tables: &[TableFacts], classified: &[Vec<Classification>], kin: &Kin) -> Self {
        let mut found = Self::default();
        // Of a key without values nothing is known but that values will have to differ.
        let empty = |place: &(usize, usize)| {
            let facts = tables.get(place.0).and_then(|table| table.columns.get(place.1));
            let class = classified.get(place.0).and_then(|classes| classes.get(place.1));
            facts.is_some_and(|facts| facts.demands.unique)
                && class.is_some_and(|class| class.harmless == Some(Harmless::Empty))
                && kin.of(place.0, place.1).is_empty()
        };
        let places = tables.iter().enumerate();
        let places = places.flat_map(|(place, table)| (0..table.columns.len()).map(move |column| (place, column)));
        let alone: Vec<[(usize, usize); 1]> = places.filter(empty).map(|place| [place]).collect();
        for group in kin.groups().chain(alone.iter().map(|place| &place[..])) {
            let of = |place: &(usize, usize)| {
                Some((tables.get(place.0)?.columns.get(place.1)?, classified.get(place.0)?.get(place.1)?))
            };
            let members: Vec<(&ColumnFacts, &Classification)> = group.iter().filter_map(of).collect();
            let all_stay = members.iter().all(|(_, class)| class.harmless.is_some_and(|why| why != Harmless::Empty));
            if let Some(domain) = found.of_kin(tables, group, &members).filter(|_| !all_stay) {
                found.domains.push(domain);
            }
        }
        for (table, (facts, classes)) in tables.iter().zip(classified).enumerate() {
            for (column, (facts_of, class)) in facts.columns.iter().zip(classes).enumerate() {
                if !is_key(facts_of, class) || found.is_kin(table, column) || !kin.of(table, column).is_empty() {
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
                    let fits = domain.kin.is_empty() || max <= domain.max && domain.max <= capacity(facts_of);
                    domain.form == class.form && fits && (domain.name == stem || domain.members.iter().any(joins))
                });
                match joined {
                    Some(domain) => {
                        domain.members.push((table, column));
                        // Integers need room for the greatest of all, and texts must fit the shortest.
                        let is_number = domain.form == IdentityForm::Integer;
                        domain.max = if is_number { domain.max.max(max) } else { domain.max.min(max) };
                    }
                    None => {
                        let name = found.free(&stem);
                        let members = vec![(table, column)];
                        found.domains.push(Domain { name, form: class.form, max, members, kin: Vec::new() });
                    }
                }
            }
        }
        found.fit(tables);
        found
    }

    /// The domain of columns that a database holds to the same values; none, if they are of a type that has no tokens.
    fn of_kin(
        &self,
        tables: &[TableFacts],
        group: &[(usize, usize)],
        members: &[(&ColumnFacts, &Classification)],
    ) -> Option<Domain> {
        let is = |class: TypeClass| members.iter().all(|(facts, _)| TypeClass::of(&facts.data_type) == Some(class));
        // Named after the column that the others refer to.
        let root = group.iter().zip(members).find(|(_, (facts, _))| facts.demands.refers_to.is_empty());
        let ((table, _), (facts, class)) = root.or_else(|| group.iter().zip(members).next())?;
        let name = self.free(&stem(&facts.path, &tables.get(*table)?.name));
        let (form, max) = if is(TypeClass::Integer) {
            let most = members.iter().map(|(facts, _)| width(facts)).min()?;
            let greatest = members.iter().filter_map(|(facts, _)| Some(facts.profile.range()?.1)).fold(0.0, f64::max);
            let roomy = rounds().find(|max| *max as f64 > greatest).filter(|max| *max <= most);
            let narrow = Some(most).filter(|most| *most as f64 >= greatest && *most >= FEWEST);
            (IdentityForm::Integer, roomy.or(narrow)?)
        } else if is(TypeClass::Text) {
            let all_take = |takes: &Takes| members.iter().all(|(facts, _)| facts.demands.takes == *takes);
            let uuids = all_take(&Takes::Uuid);
            if !uuids && !all_take(&Takes::Any) {
                return None;
            }
            let same = members.iter().all(|(_, other)| other.form == class.form);
            let most = members.iter().filter_map(|(facts, _)| facts.demands.max_length).min();
            let most = most.map_or(TOKEN, |most| most as u64).min(TOKEN);
            if most < SHORTEST {
                return None;
            }
            (
                if uuids || same && class.form == IdentityForm::Uuid { IdentityForm::Uuid } else { IdentityForm::Text },
                most,
            )
        } else {
            return None;
        };
        Some(Domain { name, form, max, members: group.to_vec(), kin: group.to_vec() })
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
            let kin = std::mem::take(&mut domain.kin);
            domain.members.retain(|(table, column)| {
                if kin.contains(&(*table, *column)) {
                    return true;
                }
                let facts = tables.get(*table).and_then(|table| table.columns.get(*column));
                form != IdentityForm::Integer || facts.is_some_and(|facts| capacity(facts) >= max)
            });
            domain.kin = kin;
        }
        self.domains.retain(|domain| !domain.members.is_empty());
    }

    /// Whether a database holds a column to the same values as others.
    pub(super) fn is_kin(&self, table: usize, column: usize) -> bool {
        self.domains.iter().any(|domain| domain.kin.contains(&(table, column)))
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
            IdentityForm::Text if domain.max < TOKEN => format!("{{ form = \"text\", length = {} }}", domain.max),
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
        let most = column.demands.max_length.map_or(TOKEN, |most| most as u64).min(TOKEN);
        let fits = form == IdentityForm::Text && most >= SHORTEST || most == TOKEN;
        return (is_text && fits).then_some(most);
    }
    let (_, greatest) = column.profile.range()?;
    let max = rounds().find(|max| *max as f64 > greatest)?;
    (max <= capacity(column)).then_some(max)
}

/// The largest integers that a domain may have: round ones, with room to grow.
fn rounds() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(ROOM), |max| max.checked_mul(10)?.checked_add(9))
}

/// The greatest integer that a column holds.
fn width(column: &ColumnFacts) -> u64 {
    use arrow::datatypes::DataType;
    match column.data_type {
        DataType::Int8 => i8::MAX as u64,
        DataType::UInt8 => u64::from(u8::MAX),
        DataType::Int16 => i16::MAX as u64,
        DataType::UInt16 => u64::from(u16::MAX),
        _ => capacity(column),
    }
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
