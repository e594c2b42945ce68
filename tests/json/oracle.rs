use std::fmt::Write;

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::{apply, made};

/// A JSON value with the members of its objects in their order and its numbers as written.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Null,
    Boolean(bool),
    Number(String),
    Text(String),
    /// A text that a rule has made: written with no more escapes than there must be.
    Made(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// A rule: the steps of its path, with `[]` for an element and `*` for any name, the rule as written, and what it makes
/// of a value.
type Rule = (&'static [&'static str], &'static str, fn(Node) -> Option<Node>);

const RULES: &[Rule] = &[
    (&["a"], r#""keep""#, Some),
    (&["b"], r#"{ do = "mask" }"#, mask),
    (&["c", "a"], r#"{ do = "replace", with = 7 }"#, seven),
    (&["c", "*"], r#""drop""#, |_| None),
    (&["c", "b", "[]"], r#""null""#, |_| Some(Node::Null)),
    (&["l", "[]"], r#"{ do = "mask", keep_first = 1 }"#, mask_but_first),
    (&["l", "[]", "a"], r#""keep""#, Some),
    (&["l", "[]", "l", "[]", "b"], r#"{ do = "mask" }"#, mask),
    (&["x.y"], r#""drop""#, |_| None),
    (&["[]", "é"], r#"{ do = "mask" }"#, mask),
];

fn rule() -> String {
    let mut paths = String::new();
    for (steps, rule, _) in RULES {
        let mut path = String::new();
        for step in *steps {
            let dot = if path.is_empty() || *step == "[]" { "" } else { "." };
            let quote = if step.contains('.') { "\"" } else { "" };
            write!(path, "{dot}{quote}{step}{quote}").unwrap();
        }
        write!(paths, "'{path}' = {rule}, ").unwrap();
    }
    format!("{{ do = \"json\", paths = {{ {} }} }}", paths.trim_end_matches(", "))
}

/// What a mask of all characters makes of a value: a number or a boolean would not be one any more.
fn mask(node: Node) -> Option<Node> {
    match node {
        Node::Text(text) => Some(Node::Made("*".repeat(text.chars().count()))),
        other => Some(other),
    }
}

fn mask_but_first(node: Node) -> Option<Node> {
    match node {
        Node::Text(text) if text.chars().count() > 1 => {
            Some(Node::Made(text.chars().take(1).chain(text.chars().skip(1).map(|_| '*')).collect()))
        }
        other => mask(other),
    }
}

fn seven(node: Node) -> Option<Node> {
    match node {
        Node::Text(_) => Some(Node::Made("7".into())),
        Node::Number(_) => Some(Node::Number("7".into())),
        other => Some(other),
    }
}

/// What does not conform.
#[derive(Debug)]
struct Nonconforming;

/// What the rules make of a value, said as slowly and plainly as can be: nothing if it is left out.
fn expected(node: Node, path: &mut Vec<String>, unlisted_goes: bool) -> Result<Option<Node>, Nonconforming> {
    let fits = |steps: &[&str], path: &[String]| {
        steps.len() == path.len()
            && steps.iter().zip(path).all(|(step, name)| step == name || (*step == "*" && name != "[]"))
    };
    let leads_on = |element: bool| {
        RULES.iter().any(|(steps, ..)| {
            steps.len() > path.len() && fits(&steps[..path.len()], path) && (steps[path.len()] == "[]") == element
        })
    };
    let best = |path: &[String]| {
        let mut fitting: Vec<_> = RULES.iter().filter(|(steps, ..)| fits(steps, path)).collect();
        fitting.sort_by_key(|(steps, ..)| steps.contains(&"*"));
        fitting.first().copied()
    };
    let rule = best(path);
    // Dropped are a path and all below it, but for what has rules of its own.
    let is_dropped = (1..=path.len()).any(|length| best(&path[..length]).is_some_and(|rule| rule.1 == r#""drop""#));
    match node {
        Node::Object(_) if !leads_on(false) => {
            if is_dropped || unlisted_goes {
                Ok(None)
            } else {
                Err(Nonconforming)
            }
        }
        Node::List(_) if !leads_on(true) => {
            if is_dropped || unlisted_goes {
                Ok(None)
            } else {
                Err(Nonconforming)
            }
        }
        Node::Object(members) => {
            let mut stay = Vec::new();
            for (name, member) in members {
                path.push(name.clone());
                let member = expected(member, path, unlisted_goes);
                path.pop();
                stay.extend(member?.map(|member| (name, member)));
            }
            Ok(Some(Node::Object(stay)))
        }
        Node::List(elements) => {
            let mut stay = Vec::new();
            for element in elements {
                path.push("[]".to_owned());
                let element = expected(element, path, unlisted_goes);
                path.pop();
                stay.extend(element?);
            }
            Ok(Some(Node::List(stay)))
        }
        value => match rule {
            Some((.., "\"null\"", _)) => Ok(Some(Node::Null)),
            Some((_, rule, make)) => match (&value, make(value.clone())) {
                (Node::Number(_) | Node::Boolean(_), Some(_)) if rule.contains("mask") => Err(Nonconforming),
                (Node::Boolean(_), Some(_)) if rule.contains("replace") => Err(Nonconforming),
                (_, made) => Ok(made),
            },
            None if value == Node::Null && (leads_on(true) || leads_on(false)) => Ok(Some(value)),
            None if is_dropped || unlisted_goes => Ok(None),
            None => Err(Nonconforming),
        },
    }
}

/// Writes a value; `style` decides on blanks and escapes, the same in the same place.
fn write_json(node: &Node, style: &[u8], at: &mut usize, json: &mut String) {
    let mut turn = || {
        *at += 1;
        style[*at % style.len()]
    };
    let mut blank = |json: &mut String| json.push_str(["", " ", "\n\t", "\r\n"][usize::from(turn() % 4)]);
    blank(json);
    match node {
        Node::Null => json.push_str("null"),
        Node::Boolean(boolean) => write!(json, "{boolean}").unwrap(),
        Node::Number(number) => json.push_str(number),
        Node::Text(text) => write_text(text, turn() < 80, json),
        Node::Made(text) => {
            turn();
            write_text(text, false, json);
        }
        Node::List(elements) => {
            json.push('[');
            for (place, element) in elements.iter().enumerate() {
                json.push_str(if place > 0 { "," } else { "" });
                write_json(element, style, at, json);
            }
            json.push(']');
        }
        Node::Object(members) => {
            json.push('{');
            for (place, (name, member)) in members.iter().enumerate() {
                json.push_str(if place > 0 { "," } else { "" });
                *at += 1;
                write_text(name, style[*at % style.len()] < 50, json);
                json.push(':');
                write_json(member, style, at, json);
            }
            json.push('}');
        }
    }
    *at += 1;
    json.push_str(["", " ", "\t"][usize::from(style[*at % style.len()] % 3)]);
}

fn write_text(text: &str, escapes: bool, json: &mut String) {
    if escapes {
        json.push('"');
        text.encode_utf16().for_each(|unit| write!(json, "\\u{unit:04X}").unwrap());
        json.push('"');
    } else {
        json.push_str(&serde_json::to_string(text).unwrap());
    }
}

fn tree(node: &Node) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Boolean(boolean) => Value::Bool(*boolean),
        Node::Number(number) => serde_json::from_str(number).unwrap(),
        Node::Text(text) | Node::Made(text) => Value::String(text.clone()),
        Node::List(elements) => Value::Array(elements.iter().map(tree).collect()),
        Node::Object(members) => {
            Value::Object(members.iter().map(|(name, member)| (name.clone(), tree(member))).collect::<Map<_, _>>())
        }
    }
}

/// How many parts a value has, itself counted.
fn size(node: &Node) -> usize {
    1 + match node {
        Node::List(elements) => elements.iter().map(size).sum(),
        Node::Object(members) => members.iter().map(|(_, member)| size(member)).sum(),
        _ => 0,
    }
}

fn nodes() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        Just(Node::Null),
        any::<bool>().prop_map(Node::Boolean),
        "-?(0|[1-9][0-9]{0,4})(\\.[0-9]{1,3})?([eE][+-]?[0-9])?".prop_map(Node::Number),
        any::<String>().prop_map(Node::Text),
        "[a-z\"\\\\/\n]{0,14}".prop_map(Node::Text),
    ];
    leaf.prop_recursive(5, 30, 5, |inner| {
        let names = prop::sample::subsequence(vec!["a", "b", "c", "l", "x.y", "é"], 0..=4).prop_shuffle();
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Node::List),
            3 => (names, prop::collection::vec(inner, 4)).prop_map(|(names, members)| {
                Node::Object(names.into_iter().map(str::to_owned).zip(members).collect())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts_become_what_the_oracle_says(
        batch in prop::collection::vec((nodes(), prop::collection::vec(any::<u8>(), 1..40)), 1..12),
        unlisted_goes in any::<bool>(),
    ) {
        let write = |node: &Node, style: &[u8]| {
            let mut json = String::new();
            write_json(node, style, &mut 0, &mut json);
            json
        };
        let sources: Vec<String> = batch.iter().map(|(node, style)| write(node, style)).collect();
        let texts: Vec<Option<&str>> = sources.iter().map(|source| Some(source.as_str())).collect();
        let applied = apply(&rule(), if unlisted_goes { "drop" } else { "error" }, &texts);
        for (((node, style), source), made) in batch.iter().zip(&sources).zip(made(&applied)) {
            match (expected(node.clone(), &mut Vec::new(), unlisted_goes), made) {
                (Err(Nonconforming) | Ok(None), made) => prop_assert_eq!(made, None, "{}", source),
                (Ok(Some(expected)), None) => prop_assert!(false, "{:?} is not made of {}", expected, source),
                (Ok(Some(expected)), Some(made)) => {
                    prop_assert_eq!(serde_json::from_str::<Value>(made).unwrap(), tree(&expected), "{}", source);
                    // Where nothing is left out, every other byte is where it was.
                    if size(&expected) == size(node) {
                        prop_assert_eq!(made, write(&expected, style), "{}", source);
                    }
                }
            }
        }
    }
}
