use std::sync::Arc;

use arrow::datatypes::{Schema, SchemaRef};

use super::tree::{ROOT, Shape, Tree};
use crate::format::Reading;

/// What becomes of the values at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// They are left out: looked at only for their syntax.
    Skipped,
    /// They are carried past: each path in them must be known.
    Carried,
    /// They go into columns.
    Read,
}

/// What of the objects of a file is read.
pub(super) struct Layout {
    pub(super) tree: Arc<Tree>,
    /// By place in the tree.
    roles: Vec<Role>,
    /// By place in the tree: of what a place has one value each. 0 is rows, others are elements of lists.
    contexts: Vec<u32>,
    /// By context: how many columns get a value more with each row or element.
    weights: Vec<usize>,
    /// The places of the columns that are wanted.
    wanted: Vec<u32>,
    pub(super) schema: SchemaRef,
    /// Whether some column is left out.
    pub(super) leaves_out: bool,
}

impl Layout {
    pub(super) fn new(tree: Arc<Tree>, reading: &Reading) -> Self {
        let columns = tree.columns().to_vec();
        let of = |places: &[usize]| places.iter().filter_map(|place| columns.get(*place).copied()).collect::<Vec<_>>();
        let (wanted, carried) = (of(&reading.wanted), of(&reading.carried));
        let all = tree.schema();
        let fields = reading.wanted.iter().filter_map(|place| all.fields().get(*place).cloned()).collect::<Vec<_>>();
        let mut layout = Self {
            roles: vec![Role::Skipped; tree.len()],
            contexts: vec![0; tree.len()],
            weights: vec![1],
            schema: Arc::new(Schema::new(fields)),
            leaves_out: columns.iter().any(|column| !wanted.contains(column) && !carried.contains(column)),
            wanted,
            tree,
        };
        for column in columns {
            let role = match () {
                () if layout.wanted.contains(&column) => Role::Read,
                () if carried.contains(&column) => Role::Carried,
                () => Role::Skipped,
            };
            layout.assign(column, role, 0);
        }
        layout
    }

    fn assign(&mut self, node: u32, role: Role, context: u32) {
        self.roles[node as usize] = role;
        self.contexts[node as usize] = context;
        self.weights[context as usize] += usize::from(role == Role::Read);
        let tree = Arc::clone(&self.tree);
        match tree.node(node).shape {
            Shape::Object => tree.node(node).members.iter().for_each(|member| self.assign(*member, role, context)),
            Shape::List => {
                if let Some(element) = tree.node(node).element {
                    self.weights.push(1);
                    self.assign(element, role, self.weights.len() as u32 - 1);
                }
            }
            _ => {}
        }
    }

    #[inline]
    pub(super) fn role(&self, node: u32) -> Role {
        if node == ROOT { Role::Carried } else { self.roles[node as usize] }
    }

    #[inline]
    pub(super) fn reads(&self, node: u32) -> bool {
        self.roles[node as usize] == Role::Read
    }

    /// Of what a place has one value each.
    #[inline]
    pub(super) fn context(&self, node: u32) -> usize {
        self.contexts[node as usize] as usize
    }

    pub(super) fn contexts(&self) -> usize {
        self.weights.len()
    }

    /// How many values a row or an element more is, missing ones included.
    #[inline]
    pub(super) fn weight(&self, context: usize) -> usize {
        self.weights[context]
    }

    pub(super) fn wanted(&self) -> &[u32] {
        &self.wanted
    }
}
