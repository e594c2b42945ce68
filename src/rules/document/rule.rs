use std::collections::BTreeMap;

use serde::Serialize;

use super::Unlisted;
use super::nested::Nested;
use crate::rules::Distinct;
use crate::rules::arm::{Arm, OnInvalid, OnNull};
use crate::transform::{
    self, Beside, CATALOGUE, Complaint, Domain, Facts, Fate, Fields, Inner, Parameter, Params, Recipe, Refusal,
    Section, Site, Span, Value, inner_column, nearest,
};

/// The parameters that every rule may have, whatever it does.
pub const COMMON_PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "on_null",
        takes: "\"keep\" or \"replace\"",
        what: "whether a null stays null, the default, or becomes a value, where the transform can make one from nothing",
    },
    Parameter {
        name: "on_invalid",
        takes: "\"error\", \"null\" or \"token\"",
        what: "what becomes of a value that the transform can't treat: all are counted and nothing is published, the \
               default; or it becomes null; or a text token",
    },
    Parameter {
        name: "when",
        takes: "{ column = \"…\", in = […] }",
        what: "for which rows the rule holds: those whose source value of the column is in the list; all by default",
    },
    Parameter { name: "otherwise", takes: "a rule", what: "what happens in the other rows; needed beside `when`" },
];

/// A kind of value that every transform treats alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CommonWord {
    /// Which values.
    pub value: &'static str,
    /// What becomes of them.
    pub what: &'static str,
}

/// What becomes of values that are none, or none that a transform can treat: the same whatever a rule does.
pub const COMMON_WORDS: &[CommonWord] = &[
    CommonWord {
        value: "a null",
        what: "stays null; with `on_null = \"replace\"` it becomes a value, where the transform can make one from \
               nothing",
    },
    CommonWord {
        value: "an empty text",
        what: "is a value, not a null, and treated like any other; in CSV a field that holds nothing is null unless it \
               is in quotes, or `csv.null` says what a null is written as",
    },
    CommonWord {
        value: "a value that can't be treated",
        what: "does not conform: all are counted and located, the first shown by their shape, and nothing is \
               published; with `on_invalid = \"null\"` it becomes null, with \"token\" a text token",
    },
    CommonWord {
        value: "a column of another type",
        what: "is refused when rules and schema are put together, before anything is written",
    },
];

/// What a rule may know of what stands elsewhere.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// The identity domains of the rules file.
    pub(super) domains: &'a BTreeMap<String, Domain>,
    /// The files beside the rules file.
    pub(super) beside: &'a Beside,
    /// What becomes of what no rule names.
    pub(super) unlisted: Unlisted,
}

/// What a person wants done to a column.
#[derive(Debug)]
pub(in crate::rules) struct Rule {
    /// The transform's name.
    pub(in crate::rules) name: &'static str,
    pub(in crate::rules) recipe: Box<dyn Recipe>,
    pub(in crate::rules) on_null: OnNull,
    pub(in crate::rules) on_invalid: OnInvalid,
    pub(in crate::rules) condition: Option<Condition>,
    /// The rule in one line, for the manifest.
    pub(in crate::rules) written: String,
}

impl Rule {
    /// The rule itself, and the one that holds for the other rows if there is one.
    pub(in crate::rules) fn arms(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.condition.as_ref().map(|condition| &*condition.otherwise))
    }

    /// Binds it to a column, without its condition.
    pub(in crate::rules) fn bind(&self, site: &Site<'_>) -> Result<Arm, Refusal> {
        Arm::bind(self.name, &*self.recipe, self.on_null, self.on_invalid, site)
    }

    /// Whether a null stands where there was one, and nowhere else.
    pub(in crate::rules) fn keeps_nulls(&self) -> bool {
        let makes_nulls = self.name == "null" || self.recipe.fate() == Fate::Drop || self.on_invalid == OnInvalid::Null;
        !makes_nulls && self.on_null == OnNull::Keep
    }

    /// Whether different values may be counted on to stay different.
    pub(in crate::rules) fn distinct(&self, facts: &Facts) -> Distinct {
        let properties = self.recipe.properties();
        if self.condition.is_some() || self.on_null == OnNull::Replace || self.on_invalid == OnInvalid::Token {
            return Distinct::Never;
        }
        match self.name {
            _ if properties.unique || self.recipe.fate() == Fate::Keep => Distinct::Values,
            // Its only weakness would be a length at which tokens collide.
            "token" if self.recipe.weaknesses(facts).is_empty() => Distinct::Values,
            "template" => Distinct::Rows(self.recipe.reads_outputs()),
            // A unique fake goes by its own values, or by those of another column.
            "fake" if !self.recipe.fills_nulls() => Distinct::Rows(self.recipe.reads_originals()),
            _ => Distinct::Never,
        }
    }

    /// What the outcome depends on beside the value, if that is no more than the rule and the key.
    pub(in crate::rules) fn likeness(&self) -> Option<String> {
        if self.condition.is_some() || self.on_null == OnNull::Replace || self.on_invalid == OnInvalid::Token {
            return None;
        }
        match self.recipe.fate() {
            Fate::Keep => return Some(self.name.to_owned()),
            Fate::Drop => return None,
            Fate::Rewrite => {}
        }
        let recipe = &self.recipe;
        let reads_more = !recipe.reads_originals().is_empty() || !recipe.reads_outputs().is_empty();
        let depends = reads_more || recipe.needs_subject() || recipe.needs_row_numbers();
        // What `redact` looks for goes by the name of the column.
        let by_value = recipe.properties().deterministic && !depends && !matches!(self.name, "redact" | "json");
        by_value.then(|| format!("{} {recipe:?}", self.name))
    }

    /// Whether it goes by the row's number in its file, its condition not counted.
    pub(in crate::rules) fn needs_row_numbers(&self) -> bool {
        self.on_null == OnNull::Replace || self.recipe.needs_row_numbers()
    }
}

/// For which rows a rule holds, and which rule holds for the others. Decided on source values.
#[derive(Debug)]
pub(in crate::rules) struct Condition {
    pub(in crate::rules) span: Span,
    pub(in crate::rules) column: String,
    /// In the canonical text of a value.
    pub(in crate::rules) values: Vec<String>,
    pub(in crate::rules) otherwise: Box<Rule>,
}

/// Reads a rule: a bare word, or a table with `do`.
pub(super) fn read(
    table: &str,
    column: &str,
    span: Span,
    value: Value,
    known: Known<'_>,
    complaints: &mut Vec<Complaint>,
) -> Option<Rule> {
    let written = written(&value);
    let fields = match value {
        Value::Text(name) => Fields::from([("do".to_owned(), (span.clone(), Value::Text(name)))]),
        Value::Table(fields) => fields,
        other => {
            let message = format!("a rule is a word or a table, and this is {}", other.kind());
            complaints.push(Complaint::new(span, message).help("as in \"keep\" or { do = \"mask\", keep_last = 4 }"));
            return None;
        }
    };
    let mut section = Section::new(span, fields);
    let Some(kind) = kind(&mut section) else {
        complaints.extend(section.complaints());
        return None;
    };
    let on_null = section.word("on_null", &[("keep", OnNull::Keep), ("replace", OnNull::Replace)]);
    let on_invalid = section
        .word("on_invalid", &[("error", OnInvalid::Error), ("null", OnInvalid::Null), ("token", OnInvalid::Token)])
        .map_or_else(OnInvalid::default, |(_, on_invalid)| on_invalid);
    let when = section.table("when");
    let otherwise = section.take("otherwise");
    let read_inner = |path: &str, span: Span, value, complaints: &mut Vec<Complaint>| {
        let rule = read(table, &inner_column(column, path), span.clone(), value, known, complaints)?;
        Nested::new(rule, span, complaints).map(|rule| Box::new(rule) as Box<dyn Recipe>)
    };
    let inner = Inner { leaves_out_unlisted: known.unlisted == Unlisted::Drop, read: &read_inner };
    let owner = format!("{table}.{column}");
    let mut params = Params::new(section, owner, known.domains).beside(known.beside).holding(&inner);
    let recipe = kind.parse(&mut params);
    let mut section = params.into_section();
    let condition = match (when, otherwise) {
        (None, None) => None,
        (None, Some((span, _))) => {
            section.complain(Complaint::new(span, "`otherwise` belongs to `when`, and there is none"));
            None
        }
        (Some((span, _)), None) => {
            section.complain(
                Complaint::new(span, "the rule does not say what happens to the other rows")
                    .help("write `otherwise = \"null\"`, or any rule"),
            );
            None
        }
        (Some((span, when)), Some((other_span, other))) => {
            let other = read(table, column, other_span.clone(), other, known, complaints);
            condition(span, when, other_span, other, &mut section)
        }
    };
    if let (Some(recipe), Some((span, OnNull::Replace))) = (&recipe, &on_null)
        && !recipe.fills_nulls()
    {
        section.complain(
            Complaint::new(span.clone(), format!("`{}` can't make a value from nothing", kind.name()))
                .help("`replace`, `fake` and `template` can"),
        );
    }
    if let (Some(recipe), Some(condition)) = (&recipe, &condition)
        && recipe.fate() == Fate::Drop
    {
        section.complain(Complaint::new(condition.span.clone(), "a column is dropped for all rows or for none"));
    }
    let reversible = |recipe: &dyn Recipe| recipe.inverse().is_some();
    let otherwise = condition.as_ref().map(|condition| &*condition.otherwise.recipe);
    if let Some(recipe) = &recipe
        && (reversible(&**recipe) || otherwise.is_some_and(reversible))
    {
        if let Some(condition) = &condition {
            let message = "the values of a reversible column can't be had back where a rule holds for some rows only";
            let complaint = Complaint::new(condition.span.clone(), message);
            section.complain(complaint.help("leave out `when`, or `reversible`"));
        }
        if on_invalid == OnInvalid::Token {
            let message = "a token in a reversible column would be taken for an encrypted value";
            section.missing(message, "write on_invalid = \"null\", or leave it out to be told of such values");
        }
    }
    let failed = complaints.len();
    complaints.extend(section.finish());
    let recipe = recipe.filter(|_| complaints.len() == failed)?;
    let on_null = on_null.map_or_else(OnNull::default, |(_, on_null)| on_null);
    Some(Rule { name: kind.name(), recipe, on_null, on_invalid, condition, written })
}

/// Finds the transform that `do` names.
fn kind(section: &mut Section) -> Option<&'static dyn transform::TransformKind> {
    let Some((span, value)) = section.take("do") else {
        section.missing("the rule does not say what to do", "write do = \"…\"");
        return None;
    };
    let Value::Text(name) = &value else {
        section.complain(Complaint::new(span, format!("`do` takes a transform's name, and this is {}", value.kind())));
        return None;
    };
    let kind = transform::kind(name);
    if kind.is_none() {
        let help = match nearest(name, CATALOGUE.iter().map(|kind| kind.name())) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => "`bowdler transforms` lists them all".to_owned(),
        };
        section.complain(Complaint::new(span, "there is no such transform").help(help));
    }
    kind
}

fn condition(
    span: Span,
    when: Fields,
    other_span: Span,
    otherwise: Option<Rule>,
    outer: &mut Section,
) -> Option<Condition> {
    let mut section = Section::new(span.clone(), when);
    let column = section.text("column").map(|(_, column)| column);
    let values: Option<Vec<String>> = match section.take("in") {
        Some((_, Value::List(values))) => values.into_iter().map(|(_, value)| canonical(&value)).collect(),
        _ => None,
    };
    if column.is_none() || values.as_ref().is_none_or(Vec::is_empty) {
        section.missing(
            "`when` names a column and the values for which the rule holds",
            "as in when = { column = \"country\", in = [\"DE\"] }",
        );
    }
    for complaint in section.finish() {
        outer.complain(complaint);
    }
    let otherwise = otherwise?;
    if otherwise.recipe.fate() == Fate::Drop || otherwise.condition.is_some() {
        outer.complain(Complaint::new(
            other_span,
            "`otherwise` is a rule for values: not `drop`, and without a `when` of its own",
        ));
    }
    Some(Condition { span, column: column?, values: values?, otherwise: Box::new(otherwise) })
}

/// The canonical text of a value, as columns are compared with it.
fn canonical(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(integer) => Some(integer.to_string()),
        Value::Boolean(boolean) => Some(boolean.to_string()),
        _ => None,
    }
}

/// Writes the name of a field, in quotes where it needs them: the path of a list does.
fn written_name(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { format!("{name:?}") }
}

/// Writes a value in one line, a table in the order of its names but for `do`, which comes first.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Integer(integer) => integer.to_string(),
        Value::Float(float) => float.to_string(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::List(values) => {
            format!("[{}]", values.iter().map(|(_, value)| written(value)).collect::<Vec<_>>().join(", "))
        }
        Value::Table(fields) => {
            let (first, rest): (Vec<_>, Vec<_>) = fields.iter().partition(|(name, _)| *name == "do");
            let entry =
                |(name, (_, value)): (&String, &(Span, Value))| format!("{} = {}", written_name(name), written(value));
            format!("{{ {} }}", first.into_iter().chain(rest).map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Other(kind) => (*kind).to_owned(),
    }
}
