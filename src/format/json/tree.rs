//! What is known of the objects of a file: every path that leads to a value, and what stands there.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef};

use super::fault::{Fault, Misfit};
use crate::error::Place;
use crate::json::DEEPEST;
use crate::transform::Fate;

/// What was met at a place, bit by bit. Null, `{}` and `[]` leave no mark: they say that nothing is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Met(u16);

impl Met {
    pub(super) const NOTHING: Self = Self(0);
    pub(super) const STRING: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(1 << 1);
    /// A whole number of 64 bits in the one spelling that it has.
    pub(super) const INTEGER: Self = Self(1 << 2);
    /// A number without exponent that is none of those.
    pub(super) const DECIMAL: Self = Self(1 << 3);
    /// A number with an exponent.
    pub(super) const EXPONENT: Self = Self(1 << 4);
    /// A number with more digits than a floating-point number keeps.
    pub(super) const LONG: Self = Self(1 << 5);
    pub(super) const OBJECT: Self = Self(1 << 6);
    pub(super) const LIST: Self = Self(1 << 7);
    /// An object whose names are data, as far as can be told.
    pub(super) const NAMES: Self = Self(1 << 8);

    const NUMBER: Self = Self(Self::INTEGER.0 | Self::DECIMAL.0 | Self::EXPONENT.0 | Self::LONG.0);
    const SCALAR: Self = Self(Self::NUMBER.0 | Self::STRING.0 | Self::BOOLEAN.0);

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What of it decides whether a place has parts.
    pub(super) fn class(self) -> Self {
        let classes = [Self::OBJECT, Self::LIST, Self::NAMES].into_iter();
        classes.into_iter().find(|class| self.has(*class)).unwrap_or(Self::SCALAR)
    }

    fn only(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    fn shape(self) -> Shape {
        let kinds = [Self::OBJECT, Self::LIST, Self::SCALAR].into_iter().filter(|kind| self.has(*kind)).count();
        match self {
            _ if kinds > 1 || self.has(Self::NAMES) => Shape::Raw,
            _ if self.has(Self::OBJECT) => Shape::Object,
            _ if self.has(Self::LIST) => Shape::List,
            Self::NOTHING => Shape::Text,
            _ if self.only(Self::INTEGER) => Shape::Integer,
            _ if self.only(Self::BOOLEAN) => Shape::Boolean,
            _ if self.has(Self::EXPONENT) && self.only(Self::NUMBER) && !self.has(Self::LONG) => Shape::Float,
            _ => Shape::Text,
        }
    }

    /// Whether all that stands there are numbers that a floating-point number keeps.
    fn is_float(self) -> bool {
        self.only(Self::NUMBER) && self.has(Self(Self::DECIMAL.0 | Self::EXPONENT.0)) && !self.has(Self::LONG)
    }
}

/// How the values of a place become a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Strings, decimal numbers in their own spelling, or several kinds together.
    Text,
    Integer,
    Float,
    Boolean,
    Object,
    List,
    /// Values of which some have parts and others have not, or objects whose names are data: each in its own JSON text.
    Raw,
}

/// A place in the objects.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The name of the member; none for an element.
    pub(super) name: Box<str>,
    /// Whether the name is written without escapes.
    is_plain: bool,
    parent: u32,
    /// Its place among the members of its parent.
    place: u32,
    pub(super) members: Vec<u32>,
    by_name: HashMap<Box<[u8]>, u32>,
    pub(super) element: Option<u32>,
    pub(super) met: Met,
    /// Where values with parts and values without were met first, in the order of the file.
    firsts: Vec<(Met, Place)>,
    pub(super) shape: Shape,
}

impl Node {
    /// Whether it is a member of a row's object.
    pub(super) fn is_column(&self) -> bool {
        self.parent == ROOT
    }

    /// Its place among the members of the object that it is in.
    pub(super) fn place(&self) -> usize {
        self.place as usize
    }
}

/// All places, each known by its number; 0 is the object of a row.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// The object of a row.
pub(super) const ROOT: u32 = 0;

/// How many members are tried before a name is looked up: those that follow the last one.
const AHEAD: usize = 3;

impl Tree {
    pub(super) fn new() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.push("", ROOT, 0);
        tree.nodes[ROOT as usize].met = Met::OBJECT;
        tree
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    #[inline]
    pub(super) fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    pub(super) fn parent(&self, node: u32) -> u32 {
        self.node(node).parent
    }

    pub(super) fn meet(&mut self, node: u32, met: Met) {
        self.nodes[node as usize].met.add(met);
    }

    /// Notes where something of a class is met for the first time.
    pub(super) fn note(&mut self, node: u32, class: Met, place: Place) {
        let node = &mut self.nodes[node as usize];
        if !node.met.has(class) {
            node.firsts.push((class, place));
        }
    }

    /// Where what stands at a place turned out to be of several classes, counted from the start of the file.
    pub(super) fn odd_one(&self, node: u32) -> Place {
        self.node(node).firsts.last().map(|(_, place)| place.clone()).unwrap_or_default()
    }

    /// The same paths of a text with so many rows and lines before it.
    pub(super) fn after(mut self, rows: u64, lines: u64) -> Self {
        for (_, place) in self.nodes.iter_mut().flat_map(|node| &mut node.firsts) {
            *place = std::mem::take(place).after(rows, lines);
        }
        self
    }

    fn push(&mut self, name: &str, parent: u32, place: u32) -> u32 {
        let number = self.nodes.len() as u32;
        self.nodes.push(Node {
            name: name.into(),
            is_plain: !name.bytes().any(|byte| matches!(byte, b'"' | b'\\' | ..0x20)),
            parent,
            place,
            members: Vec::new(),
            by_name: HashMap::new(),
            element: None,
            met: Met::NOTHING,
            firsts: Vec::new(),
            shape: Shape::Text,
        });
        number
    }

    pub(super) fn add_member(&mut self, object: u32, name: &str) -> u32 {
        let place = self.node(object).members.len() as u32;
        let member = self.push(name, object, place);
        let node = &mut self.nodes[object as usize];
        node.members.push(member);
        node.by_name.insert(name.as_bytes().into(), member);
        member
    }

    /// The element of a list, which is made if there is none.
    pub(super) fn add_element(&mut self, list: u32) -> u32 {
        match self.node(list).element {
            Some(element) => element,
            None => {
                let element = self.push("", list, 0);
                self.nodes[list as usize].element = Some(element);
                element
            }
        }
    }

    /// The member of an object whose name, followed by a quote, `rest` begins with, if it is one of those that come
    /// after `previous`; and the length of the name.
    #[inline]
    pub(super) fn guess(&self, object: u32, previous: Option<u32>, rest: &[u8]) -> Option<(u32, usize)> {
        let members = &self.node(object).members;
        let first = previous.map_or(0, |previous| self.node(previous).place as usize + 1);
        members.iter().skip(first).take(AHEAD).find_map(|member| {
            let node = self.node(*member);
            let length = node.name.len();
            let fits =
                node.is_plain && rest.get(length) == Some(&b'"') && rest.get(..length) == Some(node.name.as_bytes());
            fits.then_some((*member, length))
        })
    }

    #[inline]
    pub(super) fn find(&self, object: u32, name: &[u8]) -> Option<u32> {
        self.node(object).by_name.get(name).copied()
    }

    /// Adds what is known of other objects. An object that gets more names than `most_names` has data for names.
    pub(super) fn merge(&mut self, other: &Self, most_names: usize) {
        self.merge_node(ROOT, other, ROOT, most_names);
    }

    fn merge_node(&mut self, node: u32, other: &Self, from: u32, most_names: usize) {
        let known = other.node(from);
        known.firsts.iter().for_each(|(class, place)| self.note(node, *class, place.clone()));
        self.meet(node, known.met);
        for member in &known.members {
            let name = &other.node(*member).name;
            let here = match self.find(node, name.as_bytes()) {
                Some(here) => here,
                None if node != ROOT && self.node(node).members.len() >= most_names => {
                    self.meet(node, Met::NAMES);
                    return;
                }
                None => self.add_member(node, name),
            };
            self.merge_node(here, other, *member, most_names);
        }
        if let Some(element) = known.element {
            let here = self.add_element(node);
            self.merge_node(here, other, element, most_names);
        }
    }

    /// Makes sure that a path leads somewhere, if what is known allows it. What is made has no values.
    pub(super) fn expect(&mut self, path: &str) {
        if path.split(['.', '[']).count() > DEEPEST {
            return;
        }
        let mut at = ROOT;
        for (place, name) in path.split('.').enumerate() {
            let bare = name.trim_end_matches("[]");
            let lists = (name.len() - bare.len()) / 2;
            if bare.is_empty() || bare.contains(['[', ']']) || (place > 0 && !self.may_hold(at, Met::OBJECT)) {
                return;
            }
            self.meet(at, Met::OBJECT);
            at = match self.find(at, bare.as_bytes()) {
                Some(member) => member,
                None => self.add_member(at, bare),
            };
            for _ in 0..lists {
                if !self.may_hold(at, Met::LIST) {
                    return;
                }
                self.meet(at, Met::LIST);
                at = self.add_element(at);
            }
        }
    }

    fn may_hold(&self, node: u32, part: Met) -> bool {
        self.node(node).met.only(part)
    }

    /// Settles how the values of each place become a column.
    ///
    /// # Errors
    /// The second of two leaves whose paths are written alike.
    pub(super) fn settle(&mut self) -> Result<(), Fault> {
        for node in &mut self.nodes {
            node.shape = node.met.shape();
        }
        let mut paths = BTreeSet::new();
        match self.leaves().into_iter().find(|leaf| !paths.insert(self.path(*leaf))) {
            Some(leaf) => Err(Fault::new(0, Misfit::Alike).of(leaf)),
            None => Ok(()),
        }
    }

    /// The path of a place as the rules write it.
    pub(super) fn path(&self, node: u32) -> String {
        let mut parts = Vec::new();
        let mut at = node;
        while at != ROOT {
            let here = self.node(at);
            let is_element = self.node(here.parent).element == Some(at);
            parts.push(if is_element { "[]" } else { &here.name });
            if !is_element && here.parent != ROOT {
                parts.push(".");
            }
            at = here.parent;
        }
        parts.into_iter().rev().collect()
    }

    /// The members of a row's object, which are the columns.
    pub(super) fn columns(&self) -> &[u32] {
        &self.node(ROOT).members
    }

    /// The columns that the objects make.
    pub(super) fn schema(&self) -> SchemaRef {
        Arc::new(Schema::new(self.fields(ROOT)))
    }

    fn fields(&self, object: u32) -> Vec<FieldRef> {
        let members = self.node(object).members.iter();
        members.map(|member| Arc::new(Field::new(&*self.node(*member).name, self.data_type(*member), true))).collect()
    }

    fn data_type(&self, node: u32) -> DataType {
        match self.node(node).shape {
            Shape::Text | Shape::Raw => DataType::Utf8View,
            Shape::Integer => DataType::Int64,
            Shape::Float => DataType::Float64,
            Shape::Boolean => DataType::Boolean,
            Shape::Object => DataType::Struct(self.fields(node).into()),
            Shape::List => match self.node(node).element {
                Some(element) => DataType::List(Arc::new(self.item(element))),
                None => DataType::Utf8View,
            },
        }
    }

    fn item(&self, element: u32) -> Field {
        Field::new("item", self.data_type(element), true)
    }

    /// The leaves in the order of [`schema`](Self::schema), depth first.
    pub(super) fn leaves(&self) -> Vec<u32> {
        let mut leaves = Vec::new();
        self.collect(ROOT, &mut leaves);
        leaves
    }

    fn collect(&self, node: u32, leaves: &mut Vec<u32>) {
        match self.node(node).shape {
            Shape::Object => self.node(node).members.iter().for_each(|member| self.collect(*member, leaves)),
            Shape::List => self.node(node).element.iter().for_each(|element| self.collect(*element, leaves)),
            _ => leaves.push(node),
        }
    }

    /// The type of a column of which some leaves are kept that have numbers alone, with floating-point numbers there, and
    /// without what is dropped; none for any other column. `fates` has those of the leaves, by place.
    pub(super) fn number_type(&self, column: u32, fates: &[Option<Fate>]) -> Option<DataType> {
        let mut found = false;
        let data_type = self.pruned(column, fates, &mut found);
        data_type.filter(|_| found)
    }

    fn pruned(&self, node: u32, fates: &[Option<Fate>], found: &mut bool) -> Option<DataType> {
        let known = self.node(node);
        match known.shape {
            Shape::Object => {
                let members = known.members.iter().filter_map(|member| {
                    let data_type = self.pruned(*member, fates, found)?;
                    Some(Arc::new(Field::new(&*self.node(*member).name, data_type, true)))
                });
                let fields: Vec<FieldRef> = members.collect();
                (!fields.is_empty()).then(|| DataType::Struct(fields.into()))
            }
            Shape::List => {
                let item = self.pruned(known.element?, fates, found)?;
                Some(DataType::List(Arc::new(Field::new("item", item, true))))
            }
            _ => match fates.get(node as usize).copied().flatten()? {
                Fate::Drop => None,
                Fate::Keep if known.shape == Shape::Text && known.met.is_float() => {
                    *found = true;
                    Some(DataType::Float64)
                }
                Fate::Keep | Fate::Rewrite => Some(self.data_type(node)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_a_place_makes_its_column() {
        for (met, shape) in [
            (vec![], Shape::Text),
            (vec![Met::STRING], Shape::Text),
            (vec![Met::INTEGER], Shape::Integer),
            (vec![Met::INTEGER, Met::STRING], Shape::Text),
            (vec![Met::INTEGER, Met::DECIMAL], Shape::Text),
            (vec![Met::INTEGER, Met::DECIMAL, Met::EXPONENT], Shape::Float),
            (vec![Met::EXPONENT, Met::LONG], Shape::Text),
            (vec![Met::BOOLEAN], Shape::Boolean),
            (vec![Met::BOOLEAN, Met::INTEGER], Shape::Text),
            (vec![Met::OBJECT], Shape::Object),
            (vec![Met::LIST], Shape::List),
            (vec![Met::LIST, Met::OBJECT], Shape::Raw),
            (vec![Met::STRING, Met::OBJECT], Shape::Raw),
            (vec![Met::OBJECT, Met::NAMES], Shape::Raw),
        ] {
            let mut all = Met::NOTHING;
            met.iter().for_each(|one| all.add(*one));
            assert_eq!(all.shape(), shape, "{met:?}");
        }
    }

    #[test]
    fn expected_paths_are_there_unless_something_else_is() {
        let mut tree = Tree::new();
        let number = tree.add_member(ROOT, "number");
        tree.meet(number, Met::INTEGER);
        for path in ["id", "address.city", "items[].tags[]", "number.parts", "number[]", "", "a..b", "[]", "x]"] {
            tree.expect(path);
        }
        tree.settle().unwrap();
        let paths: Vec<_> = tree.leaves().into_iter().map(|leaf| tree.path(leaf)).collect();
        assert_eq!(paths, ["number", "id", "address.city", "items[].tags[]", "a"]);
        let named: Vec<_> = crate::rules::leaves(&tree.schema()).unwrap().into_iter().map(|leaf| leaf.path).collect();
        assert_eq!(named, paths);
    }
}
