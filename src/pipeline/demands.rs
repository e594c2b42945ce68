//! What the databases behind dumps demand of columns, for whoever proposes rules: a proposal that can't be loaded is none.

use std::sync::Arc;

use super::Member;
use crate::format::dump::{Constraint, Dump, FoundTable};
use crate::rules::{Demands, TableFacts};

/// Notes what each dump demands of the columns of its tables. `members` are those of each table, in the same order.
pub(super) fn note(tables: &mut [TableFacts], members: &[Vec<&Member>]) {
    // A table of several dumps is demanded the same by all of them, or the more by one.
    let place_of = |dump: &Arc<dyn Dump>, place: usize| {
        let is_it = |member: &&Member| Arc::ptr_eq(&member.dump, dump) && member.place == place;
        members.iter().position(|of| of.iter().any(is_it))
    };
    for (table, of) in members.iter().enumerate() {
        for member in of {
            let facts = member.dump.facts();
            let Some(found) = facts.get(member.place) else { continue };
            for column in &found.columns {
                let Some(demands) = demands_of(tables, table, &column.name) else { continue };
                demands.required |= column.required && !column.has_default;
                demands.max_length = demands.max_length.into_iter().chain(column.max_length).min();
            }
            for constraint in &found.constraints {
                match constraint {
                    Constraint::Unique { columns, .. } => {
                        for column in columns {
                            let Some(demands) = demands_of(tables, table, column) else { continue };
                            demands.unique = true;
                        }
                    }
                    Constraint::ForeignKey { columns, table: name, referenced } => {
                        let other = facts.iter().position(|other| other.name == *name);
                        let Some((other, place)) = other.and_then(|other| Some((facts.get(other)?, other))) else {
                            continue;
                        };
                        let Some(target) = place_of(&member.dump, place) else { continue };
                        for (column, referenced) in columns.iter().zip(referred(other, referenced)) {
                            let place = tables.get(target).and_then(|of| column_of(of, referenced));
                            let (Some(place), Some(demands)) = (place, demands_of(tables, table, column)) else {
                                continue;
                            };
                            demands.refers_to.push((target, place));
                        }
                    }
                }
            }
        }
    }
}

/// The columns that a foreign key refers to.
fn referred<'t>(table: &'t FoundTable, named: &'t [String]) -> &'t [String] {
    if named.is_empty() { table.primary_key() } else { named }
}

fn column_of(table: &TableFacts, name: &str) -> Option<usize> {
    table.columns.iter().position(|column| column.path == name)
}

fn demands_of<'t>(tables: &'t mut [TableFacts], table: usize, column: &str) -> Option<&'t mut Demands> {
    let table = tables.get_mut(table)?;
    let place = column_of(table, column)?;
    table.columns.get_mut(place).map(|column| &mut column.demands)
}
