//! The paths of the rules inside a JSON text, as a tree that a scanner walks down member by member.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobMatcher};

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// Into the member of an object that has this name.
    Name(String),
    /// Into every member whose name fits the pattern.
    Pattern(String),
    /// Into every element of a list.
    Element,
}

/// A path as written, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    text: String,
    steps: Vec<Step>,
}

impl Path {
    /// Reads a path: names joined by `.`, `[]` after a list, `*` and `?` for characters of one name. A name in double
    /// quotes stands for itself, dots and all.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("[]") {
                steps.push(Step::Element);
                rest = after;
                continue;
            }
            if !steps.is_empty() {
                rest = rest.strip_prefix('.').ok_or("a name comes after a dot")?;
            }
            let (step, after) = match rest.strip_prefix('"') {
                Some(quoted) => quoted_name(quoted)?,
                None => bare_name(rest)?,
            };
            steps.push(step);
            rest = after;
        }
        if steps.is_empty() { Err("a path is not empty") } else { Ok(Self { text: text.to_owned(), steps }) }
    }

    /// The path as written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_pattern(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Pattern(_)))
    }

    /// How specific it is: a path itself before any pattern, then the pattern that spells out more.
    fn specificity(&self) -> usize {
        if !self.is_pattern() {
            return usize::MAX;
        }
        let literal = |step: &Step| match step {
            Step::Name(name) => name.chars().count(),
            Step::Pattern(pattern) => pattern.chars().filter(|c| !matches!(c, '*' | '?')).count(),
            Step::Element => 2,
        };
        self.steps.iter().map(literal).sum()
    }
}

fn quoted_name(text: &str) -> Result<(Step, &str), &'static str> {
    let mut name = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok((Step::Name(name), &text[at + 1..])),
            '\\' => match chars.next() {
                Some((_, c @ ('"' | '\\'))) => name.push(c),
                _ => return Err("in a quoted name, a backslash stands before a quote or another backslash"),
            },
            _ => name.push(c),
        }
    }
    Err("a quoted name has no end")
}

fn bare_name(text: &str) -> Result<(Step, &str), &'static str> {
    let end = text.find(['.', '[', ']', '"']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if rest.starts_with(['[', ']', '"']) && !rest.starts_with("[]") {
        return Err("a name with brackets or quotes stands in double quotes");
    }
    if name.is_empty() {
        return Err("a name is missing before or after a dot");
    }
    let step = if name.contains(['*', '?']) { Step::Pattern(name.to_owned()) } else { Step::Name(name.to_owned()) };
    Ok((step, rest))
}

/// The paths of one rule's rules, each known by its number. A place in the tree is a set of nodes, since a name may fit
/// several patterns.
#[derive(Debug, Clone)]
pub(super) struct Paths {
    nodes: Vec<Node>,
    specificities: Vec<usize>,
}

/// A place to which some path leads, or on the way to it.
#[derive(Debug, Clone, Default)]
struct Node {
    /// The path to it as written.
    text: String,
    names: BTreeMap<Vec<u8>, usize>,
    patterns: Vec<(String, GlobMatcher, usize)>,
    element: Option<usize>,
    /// The path that ends here.
    path: Option<usize>,
}

/// Which path holds at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    None,
    Path(usize),
    /// Two do, and neither is more specific.
    Two,
}

impl Paths {
    /// Puts the paths into a tree.
    ///
    /// # Errors
    /// The number of a path that says the same as an earlier one, or has a pattern that can't be read.
    pub(super) fn new(paths: &[Path]) -> Result<Self, usize> {
        let mut tree = Self { nodes: vec![Node::default()], specificities: Vec::with_capacity(paths.len()) };
        for (number, path) in paths.iter().enumerate() {
            let mut at = 0;
            for step in &path.steps {
                at = tree.child(at, step).ok_or(number)?;
            }
            if tree.nodes[at].path.replace(number).is_some() {
                return Err(number);
            }
            tree.specificities.push(path.specificity());
        }
        Ok(tree)
    }

    /// The node one step below another, which is made if there is none.
    fn child(&mut self, parent: usize, step: &Step) -> Option<usize> {
        let new = self.nodes.len();
        let node = &mut self.nodes[parent];
        let dot = if node.text.is_empty() { "" } else { "." };
        let (child, text) = match step {
            Step::Name(name) => {
                let shown = if name.contains(['.', '[', ']', '"', '*', '?']) || name.is_empty() {
                    format!("{name:?}")
                } else {
                    name.clone()
                };
                (*node.names.entry(name.as_bytes().to_vec()).or_insert(new), format!("{}{dot}{shown}", node.text))
            }
            Step::Pattern(pattern) => {
                let known = node.patterns.iter().find(|(known, ..)| known == pattern).map(|(.., child)| *child);
                if known.is_none() {
                    let glob = pattern.replace('\\', "\\\\").replace('{', "\\{").replace('}', "\\}");
                    let matcher = GlobBuilder::new(&glob).backslash_escape(true).build().ok()?.compile_matcher();
                    node.patterns.push((pattern.clone(), matcher, new));
                }
                (known.unwrap_or(new), format!("{}{dot}{pattern}", node.text))
            }
            Step::Element => (*node.element.get_or_insert(new), format!("{}[]", node.text)),
        };
        if child == new {
            self.nodes.push(Node { text, ..Node::default() });
        }
        Some(child)
    }

    /// Where every text starts.
    pub(super) fn root(&self) -> usize {
        0
    }

    /// Appends to `places` what lies in the member `name` of the object at `places[from..]`.
    #[inline]
    pub(super) fn enter_member(&self, places: &mut Vec<usize>, from: usize, name: &[u8]) {
        for index in from..places.len() {
            let node = &self.nodes[places[index]];
            places.extend(node.names.get(name));
            if !node.patterns.is_empty() {
                let name = std::str::from_utf8(name).unwrap_or_default();
                places
                    .extend(node.patterns.iter().filter(|(_, glob, _)| glob.is_match(name)).map(|(.., child)| *child));
            }
        }
    }

    /// The same for the elements of a list.
    #[inline]
    pub(super) fn enter_element(&self, places: &mut Vec<usize>, from: usize) {
        for index in from..places.len() {
            places.extend(self.nodes[places[index]].element);
        }
    }

    /// Whether some path leads on into the members of an object here.
    #[inline]
    pub(super) fn has_members(&self, places: &[usize]) -> bool {
        places.iter().any(|place| !self.nodes[*place].names.is_empty() || !self.nodes[*place].patterns.is_empty())
    }

    /// Whether some path leads on into the elements of a list here.
    #[inline]
    pub(super) fn has_elements(&self, places: &[usize]) -> bool {
        places.iter().any(|place| self.nodes[*place].element.is_some())
    }

    /// Which path ends here: of several, the most specific.
    #[inline]
    pub(super) fn holds(&self, places: &[usize]) -> Holds {
        let mut holds = Holds::None;
        let mut highest = 0;
        for path in places.iter().filter_map(|place| self.nodes[*place].path) {
            let specificity = self.specificities[path];
            if holds == Holds::None || specificity > highest {
                (holds, highest) = (Holds::Path(path), specificity);
            } else if specificity == highest {
                holds = Holds::Two;
            }
        }
        holds
    }

    /// A place in the words of the rules: a path that they name, or the beginning of one; nothing for the whole text.
    pub(super) fn text(&self, places: &[usize]) -> &str {
        places.first().map_or("", |place| &self.nodes[*place].text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read() {
        let name = |name: &str| Step::Name(name.to_owned());
        let pattern = |pattern: &str| Step::Pattern(pattern.to_owned());
        for (text, steps) in [
            ("name", vec![name("name")]),
            ("address.city", vec![name("address"), name("city")]),
            ("items[].tags[]", vec![name("items"), Step::Element, name("tags"), Step::Element]),
            ("[].id", vec![Step::Element, name("id")]),
            ("[][]", vec![Step::Element, Step::Element]),
            ("*_at", vec![pattern("*_at")]),
            (r#""a.b*".c"#, vec![name("a.b*"), name("c")]),
            (r#""""#, vec![name("")]),
            (r#""say \"x\\\"""#, vec![name(r#"say "x\""#)]),
            ("prénom", vec![name("prénom")]),
        ] {
            assert_eq!(Path::read(text).map(|path| path.steps), Ok(steps), "{text}");
        }
        for text in ["", ".", "a.", ".a", "a..b", "a[0]", "a[", "a]", r#""a"#, r#""a"b"#, r#"a"b""#, r#""\n""#, "[]a"] {
            assert!(Path::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_same_path_twice_is_found() {
        let paths = |texts: &[&str]| texts.iter().map(|text| Path::read(text).unwrap()).collect::<Vec<_>>();
        assert_eq!(Paths::new(&paths(&["a", "b.c", r#"b."c""#])).err(), Some(2));
        assert!(Paths::new(&paths(&["a", "b.c", "b.*", r#"b."*""#])).is_ok());
    }

    #[test]
    fn the_more_specific_path_holds() {
        let texts = ["name", "*", "*me", "n*", "geo.*", "list[]"];
        let paths: Vec<_> = texts.iter().map(|text| Path::read(text).unwrap()).collect();
        let paths = Paths::new(&paths).unwrap();
        for (name, holds) in [
            ("name", Holds::Path(0)),
            ("surname", Holds::Path(2)),
            ("number", Holds::Path(3)),
            ("other", Holds::Path(1)),
            // Names are taken as they are: a dot in one leads nowhere.
            ("geo.lat", Holds::Path(1)),
            // Two letters are spelt out by one pattern, and one by the other.
            ("nome", Holds::Path(2)),
        ] {
            let mut places = vec![paths.root()];
            paths.enter_member(&mut places, 0, name.as_bytes());
            assert_eq!(paths.holds(&places[1..]), holds, "{name}");
        }
        let tie: Vec<_> = ["a*", "*b"].iter().map(|text| Path::read(text).unwrap()).collect();
        let tie = Paths::new(&tie).unwrap();
        let mut places = vec![tie.root()];
        tie.enter_member(&mut places, 0, b"ab");
        assert_eq!(tie.holds(&places[1..]), Holds::Two);
    }
}
