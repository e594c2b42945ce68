//! Columns that a database holds to the same values: foreign keys and what they refer to.

use super::TableFacts;

/// Which columns are kin: by table and column, the place of the group, if there is one.
#[derive(Debug, Default)]
pub(super) struct Kin {
    groups: Vec<Vec<(usize, usize)>>,
}

impl Kin {
    /// Finds the groups of columns that refer to each other, over however many others.
    pub(super) fn find(tables: &[TableFacts]) -> Self {
        let mut kin = Self::default();
        for (table, facts) in tables.iter().enumerate() {
            for (column, facts) in facts.columns.iter().enumerate() {
                for other in &facts.demands.refers_to {
                    kin.join((table, column), *other);
                }
            }
        }
        kin
    }

    fn join(&mut self, one: (usize, usize), other: (usize, usize)) {
        let mut joined = vec![one, other];
        self.groups.retain(|group| {
            let touches = group.contains(&one) || group.contains(&other);
            if touches {
                joined.extend(group);
            }
            !touches
        });
        joined.sort_unstable();
        joined.dedup();
        self.groups.push(joined);
    }

    /// All groups.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[(usize, usize)]> {
        self.groups.iter().map(Vec::as_slice)
    }

    /// The columns that must become the same as this one, itself among them; none, if it has no kin.
    pub(super) fn of(&self, table: usize, column: usize) -> &[(usize, usize)] {
        self.groups.iter().find(|group| group.contains(&(table, column))).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_refers_to_a_column_is_kin_of_all_who_do() {
        let mut kin = Kin::default();
        kin.join((1, 0), (0, 0));
        kin.join((3, 2), (2, 0));
        kin.join((2, 0), (0, 0));
        assert_eq!(kin.of(3, 2), [(0, 0), (1, 0), (2, 0), (3, 2)]);
        assert!(kin.of(3, 1).is_empty());
    }
}
